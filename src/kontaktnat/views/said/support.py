"""What `support` says of itself."""

TITLE = "Support given to whom, and who got none"
DEFINITION = (
    "A row for each actor, those without support first: sounding-board talks and other interactions in "
    "which support was given, since SINCE (12 months ago). Actors of the state and the region are left out "
    "unless their SECTOR is asked for, and those without a sector unless they got some."
)
FORMULA = (
    "Talks: interactions held of the kind sounding board, or with anything under support, in which the "
    "actor took part itself or through anyone wearing one of its hats. Steps: of Brå's cooperation process "
    "(1-5). Asked: what was asked for last. Days: from the last of them to today. A successor has the talks "
    "of those before it."
)
SOURCE = "Förordning (2016:1258) 2 § 1 and 4; Brå's cooperation process. 12 months are practice."
