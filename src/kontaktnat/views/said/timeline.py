"""What `timeline` says of itself."""

TITLE = "Contacts with somebody"
DEFINITION = (
    "Interactions in which the actor took part itself or through anyone wearing one of its hats (roles at "
    "it or covering it), the person under any hat, or the network. The hat is the one worn then; where it "
    "is not told in which of several hats, all at one actor, it is that actor's too."
)
FORMULA = (
    "WHO: the actor, person or network. Newest first, at most LIMIT rows (0: all). An actor bears the name "
    "that it had on the day of the interaction."
)
SOURCE = "Practice: old minutes keep the old name and the hat that was worn."
