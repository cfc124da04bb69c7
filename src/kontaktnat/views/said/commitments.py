"""What `commitments` says of itself."""

TITLE = "What each municipality has committed itself to, and when it is due"
DEFINITION = (
    "A row for each municipality and each thing that is followed of its commitments (all of them: "
    "docs/reference/commitments.md): the latest date that tells of it, when it is due (again), and whose "
    "rule that is. Law: a statute asks for it. Our reading of the law: the statute says at least every "
    "second year, and 24 months from the last time is how we read that. Law, work for: a statute asks "
    "municipalities to work for it, and to be without is no breach by itself. Practice: custom. Agreed: "
    "the agreement itself says so. Not in the book means only that; it says nothing of what there is "
    "elsewhere. An agreement of several municipalities has a row in each of them, with the same id. With "
    "ACTOR, BASIS, STATE or KIND, only those rows."
)
FORMULA = (
    "Due: so many months after the latest date that tells of it; dates to come tell of nothing yet. "
    "Overdue: the day has passed; of a date of which only the month or year is known, its last day with "
    "the months. Unclear: its first day has passed but not its last, or no date is known. Soon: within 6 "
    "months, or half the months after which it comes again where that is less. In place: there, and not "
    "repeated. An agreement that is renewed goes on by RENEWAL_YEARS each time; it is due on the day by "
    "which notice is to be given before its current end (NOTICE_MONTHS), and after that day before the "
    "next one; without renewal its end is the day, and one that has ended stays, overdue, for 12 months, "
    "unless another of its kind is in force. What the law asks for is listed, from the day of the statute"
    " on, also where there is nothing in the book; what a commitment is to contain, our reading, practice"
    " and what is agreed only where there is one. Of kinds of which a newer one takes the older one's "
    "place, the newest counts. Terms of office: due on the first day of the next term, to confirm as in "
    "the view vacancies. Coordination function: in place where somebody holds "
    "crime_prevention_coordinator; where somebody protected may hold it, unclear. Months that are "
    "practice are set by practice.months, as council_last_meeting = 4; those of the law are not. Those "
    "that were succeeded count as their successor. The notes count municipalities whose state is current "
    "or soon, and by themselves those of which no such date is in the book."
)
SOURCE = (
    "Lag (2023:196) om kommuners ansvar för brottsförebyggande arbete; kommunallagen (2017:725) 5 kap. 9 "
    "§ and 6 kap. 18 §; each row names its own. Practice: the setting practice.months; the 6 months and "
    "the 12 months are practice too."
)
