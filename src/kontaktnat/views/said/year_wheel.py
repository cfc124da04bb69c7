"""What `year-wheel` says of itself."""

TITLE = "The year wheel of our assignments"
DEFINITION = (
    "What falls in YEAR (this one), by date: meetings, deadlines and reports, a row for each municipality "
    "(MUNICIPALITY, or all) that has a part in it. Meetings: those held or planned, of the kinds that "
    "people are called to, that serve an assignment or are a network's. Deadlines: when a municipality's "
    "commitments end, and when they are due. Reports: the county's own, without a municipality, of "
    "assignments that say by which day (their reports); they stand there only where all are asked for."
)
FORMULA = (
    "A municipality has a part in a meeting where its people or those of a part of it were invited, "
    "whatever became of it, or were counted; where nobody is named, as a member of the network that day. "
    "Two rows of one municipality clash where at most 14 days lie between them and they serve different "
    "assignments, where of both it is known which; reports clash with nothing. What lies just outside the "
    "year counts. Named are the first three. Of a date without a day, its first counts for a meeting and "
    "its last for a deadline. Protected people are left out."
)
SOURCE = (
    "Practice: the 14 days are this library's own measure. Which kinds of interaction people are called to "
    "is a setting (practice, invitations)."
)
