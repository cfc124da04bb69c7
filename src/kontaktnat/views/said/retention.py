"""What `retention` says of itself."""

TITLE = "Due for review"
DEFINITION = (
    "What has lain for so long that it is to be looked at anew: is it still needed? People without any role "
    "any more, people who never were in contact, what waits in quarantine, and drafts. Nothing is changed."
)
FORMULA = (
    "no role any more: RETENTION_ROLE_MONTHS months (24) after the last role ended, the last contact or the "
    "last review (verified_at), whichever is latest. never in contact: neither role nor contact, "
    "RETENTION_UNUSED_MONTHS months (12) after they were written down or reviewed. long in quarantine: "
    "RETENTION_PENDING_MONTHS months (6) after it came. old draft: RETENTION_DRAFT_MONTHS months (6) after "
    "it was last changed. Who has a role, now or from a day to come, an invitation to what is planned or an "
    "open follow-up is not due."
)
SOURCE = (
    "GDPR art. 5.1 e: not longer than necessary. The months are practice, not law (setting: practice). An "
    "authority erases only under a decision (arkivlagen 1990:782, 10 §; arkivförordningen 1991:446, 14 §)."
)
