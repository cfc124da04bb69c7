"""What `examples` says of itself."""

TITLE = "Good examples"
DEFINITION = (
    "Good examples that are not closed: whence each comes, how well it is known to work, whom it has been "
    "spread to, who has taken it up. From: the county whose bundle brought it, blank of our own. Those to be "
    "looked at anew, and those that their county no longer sends, come first."
)
FORMULA = (
    "SPREAD and UPTAKE count different actors. review_due: its day of review, or REVIEW_MONTHS months (24) "
    "after it was raised, has come; withdrawn: its county's newest bundle has it no more; otherwise current."
)
SOURCE = "Practice: 24 months are customary; the setting practice.review_months."
