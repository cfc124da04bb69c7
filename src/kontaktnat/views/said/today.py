"""What `today` says of itself."""

TITLE = "What is due"
DEFINITION = (
    "Open follow-ups that are overdue, due within DAYS days (14) or without a date, then meetings planned "
    "within DAYS days. Today is the as-of date, or the clock's day in Stockholm."
)
FORMULA = "Overdue: due before today; a month or year is due on its last day. Coming: due after today."
SOURCE = "Practice: 14 days ahead."
