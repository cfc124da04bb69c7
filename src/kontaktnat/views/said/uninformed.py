"""What `uninformed` says of itself."""

TITLE = "People not yet informed"
DEFINITION = (
    "People who have not been told what is kept of them and why: how they came in, since when, and the "
    "latest day by law. Those whose day comes first stand first."
)
FORMULA = (
    "Latest: one month after the day they were written down, or the day of the first interaction from that "
    "day on which they took part in, or are invited to, if that is earlier. overdue: that day has been, or "
    "nobody knows when they were written down. Whoever gave the data themselves is to be informed at once, "
    "which no date here can tell."
)
SOURCE = (
    "GDPR (EU) 2016/679 art. 13.1 and 14.3 a-b; a month as in regulation (EEC, Euratom) 1182/71 art. 3.2, "
    "never put off over a weekend or holiday (art. 3.4)."
)
