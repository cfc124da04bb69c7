"""What `lifted` says of itself."""

TITLE = "Lifted topics and open questions"
DEFINITION = (
    "Topics that were lifted, and questions that are not closed: where each stands, and who has not got "
    "the answer yet. The worst comes first."
)
FORMULA = (
    "to_lift: neither lifted nor answered. waiting: lifted, no answer. overdue: the same ANSWER_DAYS days "
    "(60) after it was lifted. to_return: answered, but not returned to all who asked. unreturned: the same "
    "RETURN_DAYS days (14) after it was answered. returned: to all who asked. DAYS counts from the day it "
    "was lifted, or from that of the answer where this is to be returned; of a month, from its last day. An "
    "actor that has been succeeded counts as its successor."
)
SOURCE = "Practice: 60 and 14 days are customary; the settings practice.answer_days and practice.return_days."
