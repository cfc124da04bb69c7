"""What `today` says of itself."""

TITLE = "What is due"
DEFINITION = (
    "Open follow-ups that are overdue, due within DAYS days (14) or without a date; meetings planned "
    "within DAYS days, and those that are still planned though their day has passed; actors, roles and "
    "networks to be in contact with again within DAYS days; lifted questions whose answer is overdue, "
    "answers to bring home, examples to look at anew within DAYS days; of commitments what the law asks "
    "for or an agreement says, if it is overdue, due within DAYS days, or was 6 or 3 months ahead within "
    "the last DAYS days; reports of assignments whose text begins with a day, within DAYS days. With "
    "OWNER, only the follow-ups that OWNER sees to. Today is the as-of date, or the clock's day in "
    "Stockholm."
)
FORMULA = (
    "overdue: due before today. Whom to be in contact with is reckoned as in the view cadence, and left "
    "out where something with them is planned, today or later. To confirm: elected roles held today that "
    "began before the running term of office. Topics stand as in the view lifted, commitments as in the "
    "view commitments; what is custom there is not told of here."
)
SOURCE = (
    "Practice: DAYS is the setting practice.ahead_days, and those of the views cadence and lifted. Terms "
    "of office: kommunallagen (2017:725) 5 kap. 9 § and 6 kap. 18 §."
)
