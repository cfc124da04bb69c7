"""What `cadence` says of itself."""

TITLE = "Whom to be in contact with, and when"
DEFINITION = (
    "Actors, roles held today and networks that have a cadence: when we were last in contact, and when we "
    "are to be again. What is due first comes first."
)
FORMULA = (
    "due = the day of the latest contact + the cadence. Any contact counts that was held, of whatever kind: "
    "with an actor through anyone who wears a hat there or covers it, with a role through whoever holds it "
    "in whichever hat since they hold it, with a network a meeting. Where there was none, the cadence is "
    "counted from the role's first day, from that on which the actor succeeded another, or else from the "
    "day on which it came into the book. planned: something with them is planned, today or later."
)
SOURCE = "Practice: the field cadence of an actor, a role or a network; no statute says how often."
