"""What `police-areas` says of itself."""

TITLE = "Local police areas and their municipalities"
DEFINITION = (
    "Commitments of the kind local police area, a row for each area and municipality; those that have ended "
    "too. Certainty: verified stands in the source, unverified is to be checked before relying on it. "
    "County: where the book has municipalities of several."
)
FORMULA = ""
SOURCE = "The county packs; each row names where it was read."
