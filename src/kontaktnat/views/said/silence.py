"""What `silence` says of itself."""

TITLE = "Actors without contact"
DEFINITION = (
    "Actors that nobody has been in contact with in the last DAYS days (90), or ever; of one KIND or "
    "SECTOR, if given. Left out are networks, hosts of networks (that is us) and actors that have been "
    "succeeded."
)
FORMULA = (
    "Days: from the latest interaction held in which the actor took part itself or through anyone wearing "
    "one of its hats (at it or covering it), to today. A row where they are more than DAYS, or where there "
    "is none. Of whom it is not told in which of several hats, all at one actor, that actor was reached. "
    "A successor has the contacts of those before it. Who was invited, or absent, was not reached."
)
SOURCE = "Practice: 90 days (setting: practice)."
