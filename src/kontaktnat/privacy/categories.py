"""Which field of which record holds personal data, and of what category: every field there is, one by one.

A test fails for a field of the model that is not told of here, so none can be forgotten. What is a
category follows from GDPR art. 14.1 d and 30.1 c; "" means that a field says nothing of a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kontaktnat.i18n import Text

CATEGORIES: Mapping[str, Text] = {
    "identity": Text("Name"),
    "ways": Text("How somebody is reached at work: mail address, phone number, web and postal address"),
    "post": Text("Post and assignment: where, as what, since when and until when"),
    "protection": Text("That somebody is protected; the data is then hidden wherever it is shown"),
    "handling": Text("Why somebody is in the register, whence the data came, when they were informed"),
    "activity": Text("What somebody has been invited to, taken part in, asked for and promised"),
    "text": Text("Free text, in which people may be named"),
    "quarantine": Text("What was imported or received and is not decided yet, as it came"),
    "users": Text("Who of the authority's own staff wrote or sees to what, and when"),
    "history": Text("Earlier values of all this, in the log of changes"),
    "plugin": Text("Fields that plugins or newer versions have added"),
}
"""Every category with its words, in the order in which they are told."""

PEOPLE = frozenset({"contact", "role", "interaction", "followup", "pending"})
"""Types of record that are about people; what plugins add to them is."""

COMMON: Mapping[str, str] = {
    "id": "", "rev": "", "created": "users", "created_by": "users", "changed": "users",
    "changed_by": "users", "tags": "text", "categories": "", "extra": "plugin", "county": "", "shared": "",
    "draft": "", "unknown": "plugin", "hidden": "",
}  # fmt: skip
"""What all records share."""

FIELDS: Mapping[str, Mapping[str, str]] = {
    # Records, by type
    "actor": {
        "name": "", "kind": "", "names": "", "aliases": "", "place": "", "parent": "", "org_number": "",
        "legal_form": "", "sector": "", "ways": "ways", "protected": "protection", "succeeded_by": "",
        "succeeded_on": "", "cadence": "", "note": "text",
    },
    "contact": {
        "name": "identity", "given": "identity", "family": "identity", "aliases": "identity", "ways": "ways",
        "protected": "protection", "purpose": "handling", "legal_basis": "handling", "source": "handling",
        "informed_at": "handling", "informed_how": "handling", "verified_at": "handling", "note": "text",
    },
    "role": {
        "contact": "post", "actor": "post", "function": "post", "title": "post", "assignment": "post",
        "share": "post", "covers": "post", "ways": "ways", "since": "post", "until": "post",
        "cadence": "post",
    },
    "assignment": {
        "name": "", "level": "", "legal_refs": "", "issuer": "text", "addressee": "text",
        "national_body": "", "starts": "", "ends": "", "horizon": "", "target_groups": "",
        "risk_factors": "", "prevention_level": "", "individual_data": "", "reports": "",
        "invites": "",
    },
    "network": {
        "name": "", "level": "", "members": "", "functions": "", "cadence": "", "assignments": "", "host": "",
    },
    "commitment": {
        "kind": "", "status": "", "actor": "", "assignment": "", "parties": "", "decided_on": "",
        "decided_by": "text", "purposes": "text", "areas": "text", "contents": "", "integrated_with": "text",
        "valid_from": "", "valid_until": "", "updated_on": "", "followed_up_on": "", "due_on": "",
        "meetings_per_year": "", "notice_months": "", "renewal_years": "", "council_terms": "", "url": "",
        "note": "text",
    },
    "interaction": {
        "kind": "activity", "when": "activity", "ends": "activity", "status": "activity",
        "direction": "activity", "subject": "text", "theme": "text", "summary": "text", "place": "activity",
        "network": "activity", "series": "", "agenda": "text", "participants": "activity", "topics": "",
        "assignments": "", "mandate": "", "process_step": "", "asked": "text", "support": "activity",
        "audience": "", "headcounts": "", "registry_number": "", "source": "activity",
    },
    "topic": {
        "kind": "", "title": "text", "text": "text", "raised_by": "", "raised_on": "", "source": "text",
        "links": "", "status": "", "lifted_on": "", "lifted_to": "text", "answer": "text", "answered_on": "",
        "returned": "", "evidence": "", "spread": "", "uptake": "", "review_due": "", "closed_on": "",
    },
    "followup": {
        "text": "text", "since": "activity", "due": "activity", "side": "activity", "owner": "users",
        "about": "activity", "done_on": "activity", "recurrence": "",
    },
    "pending": {
        "kind": "", "text": "quarantine", "raw": "quarantine", "source": "quarantine",
        "candidates": "quarantine",
    },
    "setting": {"value": "users"},
    # Parts of records, by class
    "Way": {
        "kind": "ways", "value": "ways", "label": "ways", "since": "ways", "until": "ways",
        "bounced_on": "ways",
    },
    "FormerName": {"name": "", "until": ""},
    "Participation": {
        "function": "",
        "role": "activity", "contact": "activity", "actor": "", "who": "activity", "status": "activity",
        "part": "activity", "deputy_for": "activity",
    },
    "Headcount": {"actor": "", "count": ""},
    "TopicLink": {"kind": "", "topic": ""},
    "Reach": {"actor": "", "date": ""},
    "Member": {"actor": "", "since": "", "until": ""},
    # The log
    "transaction": {
        "number": "", "at": "users", "by": "users", "label": "text", "changes": "history", "undoes": "",
        "reveals": "users", "final": "",
    },
}  # fmt: skip


def fields_of(category: str) -> tuple[str, ...]:
    """Where the data of a category stands, as in `contact.name`; what all records share, once (`*.tags`)."""
    shared = (f"*.{name}" for name, found in COMMON.items() if found == category)
    own = (
        f"{type}.{name}"
        for type, names in FIELDS.items()
        for name, found in names.items()
        if found == category and type[0].islower()
    )
    return (*shared, *own)


def told(categories: Iterable[str]) -> list[str]:
    """The words of some categories, in their order."""
    wanted = set(categories)
    return [words for id, words in CATEGORIES.items() if id in wanted]
