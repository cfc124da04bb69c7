"""What `crowding` says of itself."""

TITLE = "How our assignments crowd each municipality"
DEFINITION = (
    "A row for each municipality (MUNICIPALITY, or all), in Swedish order. It measures our demands on the "
    "municipality; it never ranks municipalities. The parts stand beside the index, and so does the "
    "county's median, of the indexes that are known."
)
FORMULA = (
    "Index = (A / H) · (1 + D). A: the active assignments that are addressed to the municipality (their "
    "addressee), or that somebody holds there, at it, at a part of it or covering it. H: those who hold "
    "any of them there, not as somebody of a county board; a person counts as the sum of the shares of "
    "these roles, at most 1, and as 1 where a share is not known. D: of the invitations of the last 12 "
    "months to people there, to meetings that serve an assignment, the share where the same person was "
    "called within 14 days to another meeting that serves an assignment which this one does not; that one"
    " may lie outside the 12 months or be planned. An example: 6 assignments, 2 holders, D = 0.25: (6 / "
    "2) · (1 + 0.25) = 3.75. No receiver: H is 0, and there is no index. Unknown: an assignment that asks"
    " something of the municipality has no invitation in the book within the 12 months, to anybody, and "
    "is not said to invite nobody (its invites); or protected people may be among those to count. "
    "Undefined: nobody there was called, so D is 0 / 0. A date without a day counts as its first. "
    "Cancelled meetings, hosts and protected people are not counted; a deputy's invitation is that of "
    "whom they came for."
)
SOURCE = (
    "Practice: this library's own measure. Which kinds of interaction are invitations is a setting "
    "(practice, invitations)."
)
