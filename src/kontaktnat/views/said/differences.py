"""What `differences` says of itself."""

TITLE = "Where our assignments differ"
DEFINITION = (
    "A row for each field in which two assignments (A and B, or all that run today) are known to differ, and "
    "each value: the assignments that have it. Fields in which they say the same are left out, and named "
    "below. What is not known is a row of its own, and never a difference by itself."
)
FORMULA = (
    "A field differs where two of the assignments have values that are known and not the same. Texts are the "
    "same without regard to capitals, accents (å is a) and spaces around; where a field has several values, "
    "their order does not matter. Empty is not known; yes and no are always known, and what nobody has said "
    "counts as the model has it (no data on individuals, calls to meetings). Fields of plugins are compared "
    "too."
)
SOURCE = "Practice. Whose rule an assignment is, its legal references say."
