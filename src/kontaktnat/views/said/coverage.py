"""What `coverage` says of itself."""

TITLE = "Which assignment reaches which municipality"
DEFINITION = (
    "A row for each municipality (MUNICIPALITY, or all) and each active assignment (ASSIGNMENT, or all) "
    "that is addressed to it or held there, in Swedish order. Holders: who holds it there today, at the "
    "municipality, at a part of it or covering it. Last contact: the latest interaction held that serves "
    "the assignment and at which somebody from there was. The notes count in how many municipalities an "
    "assignment has a holder."
)
FORMULA = (
    "Covered: a holder, and contact within the last 12 months. Holder without contact, contact without "
    "holder: one of the two. None: neither. An interaction serves its own assignments, otherwise those of "
    "its network, otherwise those of the hats worn there. Invitations: how many times somebody there was "
    "called to a meeting that serves it, in the last 12 months. Protected people are left out; where one "
    "may be the holder or the contact that is missing, the row has no state."
)
SOURCE = (
    "Practice: the 12 months are this library's own measure. Which kinds of interaction are invitations is "
    "a setting (practice, invitations)."
)
