"""What `vacancies` says of itself."""

TITLE = "Who holds which post in each municipality"
DEFINITION = (
    "A row for each municipality and function (FUNCTIONS, with commas between), and for each holder where "
    "there are several. A role counts for the municipality that it is at and for those that it covers. "
    "Since: when the holder's role began; of a vacant post, when the last holder's ended."
)
FORMULA = (
    "Vacant: nobody holds the post on the day. To confirm: an elected function whose holder's role began "
    "before the running term of office, or ended with the term before and has nobody after it. Stale: held "
    "longer than STALE_DAYS days (365), with neither contact with the post nor a check of the holder's "
    "details within them. Filled: all others. A date of which only the month or year is known counts as its "
    "last day, an unknown beginning as the day it was recorded. Last contact: the latest interaction held "
    "at which somebody was present under such a hat, whoever held it then; who was present without "
    "saying in which of several hats, all at one actor, was it in each. The notes count each "
    "municipality where somebody holds the post, stale or to confirm too. Roles of protected people are "
    "left out; where there are such, a post without a holder that may be seen has no state."
)
SOURCE = (
    "Terms of office: kommunallagen (2017:725) 5 kap. 9 § and 6 kap. 18 §. The functions and the 365 days "
    "are practice (setting: practice)."
)
