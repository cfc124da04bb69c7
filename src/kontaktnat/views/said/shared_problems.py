"""What `shared-problems` says of itself."""

TITLE = "Problems shared by municipalities"
DEFINITION = (
    "Problems raised by LEAST or more municipalities (2), each once however often it was written down, with "
    "the proposals that address it."
)
FORMULA = (
    "Problems joined by links of the kind duplicates are one, which is called as the first that was raised. "
    "A municipality counts once, whether it raised the problem itself or an actor whose place it is did."
)
SOURCE = "Practice: what several municipalities share is what their network is for (interview)."
