"""What `representation` says of itself."""

TITLE = "Which members were missing from the meetings"
DEFINITION = (
    "A row for each network (NETWORK, or all) and each actor that was a member of it at one of its meetings "
    "from SINCE (12 months ago) until UNTIL (today), whoever came for it."
)
FORMULA = (
    "Meetings: those held with the network on a day when the actor was a member. Present: somebody attended "
    "under a hat at it or covering it, or the actor itself. Deputy: only somebody's deputy came. Missed: "
    "the others, so that meetings = present + deputy + missed. Streak: meetings missed in a row, up to the "
    "latest one. A successor has the meetings of those before it. A meeting where somebody protected was "
    "there counts only for the members that were seen there."
)
SOURCE = "Practice: 12 months. Cooperation and exchange of experience: förordning (2016:1258) 2 § 2."
