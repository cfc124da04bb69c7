"""What `overlap` says of itself."""

TITLE = "How our assignments hang together"
DEFINITION = (
    "A row for each pair of assignments that run today (or one of which is ASSIGNMENT) and each dimension "
    "(or DIMENSION): how much each has, how much both have, and what that is, five of it by name. No number "
    "is made of several dimensions. Undefined is not 0: nothing is known to compare."
)
FORMULA = (
    "Jaccard: |A∩B| / |A∪B|, undefined where both are empty. Of the smaller: |A∩B| / min(|A|, |B|), "
    "undefined where one is empty. Both with two decimals. Target groups and risk factors: the texts, "
    "without regard to capitals, accents (å is a) and spaces around. Actors: those that a role is at or "
    "covers that holds the assignment today, and today's members of networks that serve it; a successor "
    "counts in the place of the one before it; county boards, who have the assignments themselves, are "
    "left out. Persons: who holds it today, and who was present in the last 12 months at a meeting that "
    "serves it, its hosts left out. Meetings: what was held in the last 12 months, of whatever kind, and "
    "serves it: by assignments of its own, otherwise by those of its network, otherwise by those of the "
    "hats that were worn there. Who is protected counts for nobody."
)
SOURCE = "Practice: 12 months, and the two measures. No statute asks for it."
