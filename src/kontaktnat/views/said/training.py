"""What `training` says of itself."""

TITLE = "Who has been trained in each municipality"
DEFINITION = (
    "A row for each municipality and audience (AUDIENCE, or all): the trainings held since SINCE, by "
    "default the first day of the council's running term of office. None: no training has reached them."
)
FORMULA = (
    "Participants: the headcounts of the municipality and of actors placed in it, and people present by "
    "name under a hat at one of these or covering one, each person once a training. Where there is a "
    "headcount of the municipality, those by name are not counted beside it; where there is one of an "
    "actor, not that actor's. Trainings: those in which anybody of them took part."
)
SOURCE = (
    "Förordning (2016:1258) 2 § 3; the council's term of office: kommunallagen (2017:725) 5 kap. 9 §. That "
    "each term is trained anew is practice."
)
