"""What the views say of themselves."""

from kontaktnat.extend import Text

SHARE_TITLE = Text("Civil society at the meetings")
SHARE_DEFINITION = Text(
    "A row for each meeting that was held from SINCE (12 months ago) until UNTIL (today): those with a "
    "network "
    "(NETWORK, or any), and network meetings and trainings without one. People: who was present, hosts aside."
)
SHARE_FORMULA = Text(
    "Civil, other, unknown: the people by the actor whose hat they wore, or which they came as; heads that "
    "were only counted are of their actor, and an actor that is named alone is one person. An actor is of "
    "civil society by its sector; where none is set by its kind, then a category of ICNPO, then legal "
    "form 61, "
    "63 or 72. Unknown: it says none of these, or the person wore no hat. At least: civil / people. At most: "
    "(civil + unknown) / people. Who is protected and came in a hat is not counted, and a note says how many."
)
NETWORKS_TITLE = Text("Civil society in the networks")
NETWORKS_DEFINITION = Text(
    "A row for each network: its meetings held from SINCE (12 months ago) until UNTIL (today), who was "
    "there, "
    "and its members today."
)
NETWORKS_FORMULA = Text(
    "With civil: meetings at which somebody from civil society was present. People, civil, other, unknown: "
    "summed over the meetings, so that who came twice counts twice; as in civil-share. Members: actors that "
    "are members today, and of these those of civil society, and those of which it is unknown."
)
GAPS_TITLE = Text("Kinds of associations without any contact")
GAPS_DEFINITION = Text(
    "A row for each municipality (PLACE, or all) and group of ICNPO (LEVEL=subgroup: each subgroup) with "
    "which "
    "there was no contact from SINCE (12 months ago) until UNTIL (today). State: no contact, though there "
    "are "
    "associations of it in the book; none known: there are none, which says nothing of the municipality."
)
GAPS_FORMULA = Text(
    "Associations: actors of civil society with a category of ICNPO in the group whose place is the "
    "municipality. Contact: somebody who wore one of its hats was present, or it was there itself, as in the "
    "view silence. Last: its latest contact ever. Associations without a category or a place are in no row, "
    "and a note says how many there are."
)
DISTANCE_TITLE = Text("How far associations are from us in the network")
DISTANCE_DEFINITION = Text(
    "A row for each association (CATEGORY, with what is below it, or all). Steps: how many people one has to "
    "be introduced by or to, from us or from A; 0: one of us has a post there. State: no way, if nobody "
    "there has been met by anybody who leads there; nobody known, if no post there is held by anybody who "
    "may "
    "be seen."
)
DISTANCE_FORMULA = Text(
    "The links are those of the view path: who holds posts at one actor today, or was present at one "
    "interaction. We are who has a post at a host of a network; where no network has a host, at a county "
    "administrative board. Nearest: the person there to whom it is that far; at congregations, parties "
    "and unions nobody is named. Protected people are no step on the way and are met at nobody's."
)
SUGGESTED_TITLE = Text("What associations may be")
SUGGESTED_DEFINITION = Text(
    "A row for each suggestion: a category of ICNPO, a legal form, or the sector, for an actor that has "
    "none. Nothing is set before somebody says so: kontaktnat civilsociety suggest."
)
SUGGESTED_FORMULA = Text(
    "By its kind, by words and abbreviations in its name, by the first digits of its organisation number, by "
    "what a municipality's register calls it (its tags). Companies and authorities are passed by, and so is "
    "what somebody has said no to. With it: what is set along with it where nobody has said it."
)
SOURCE = Text("ICNPO (UN 2003), legal forms (SCB). Practice: 12 months.")
