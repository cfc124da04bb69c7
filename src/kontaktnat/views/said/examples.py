"""What `examples` says of itself."""

TITLE = "Good examples"
DEFINITION = (
    "Good examples that are not closed: whence each comes, how well it is known to work, whom it has been "
    "spread to, who has taken it up. Those to be looked at anew come first."
)
FORMULA = (
    "SPREAD and UPTAKE count different actors. review_due: its day of review, or REVIEW_MONTHS months (24) "
    "after it was raised, has come; otherwise current."
)
SOURCE = "Practice: 24 months are customary; the setting practice.review_months."
