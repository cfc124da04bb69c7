"""What `police-areas` says of itself."""

TITLE = "Local police areas and their municipalities"
DEFINITION = (
    "Commitments of the kind local police area, a row for each area and municipality; those that have ended "
    "too. Certainty: verified stands in the source, unverified is to be checked before relying on it. "
    "County: where the book has municipalities of several."
)
FORMULA = "None: each commitment and each area that is a party of it, by area, and then municipality."
SOURCE = (
    "Practice: which area serves whom is the police's to decide, and no statute lists it. Each row names "
    "where it was read."
)
