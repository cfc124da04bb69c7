"""What the types of record are called in a sentence. The English name is the type's own."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

from kontaktnat.i18n import Label, Text

_NAMES = {
    "actor": "aktör",
    "contact": "kontakt",
    "role": "roll",
    "assignment": "uppdrag",
    "network": "nätverk",
    "commitment": "åtagande",
    "topic": "ämne",
    "interaction": "händelse",
    "followup": "uppföljning",
    "pending": "karantän",
    "setting": "inställning",
    "record": "post",
}


def type_label(type: str) -> str:
    """The name of a type of record: equal to the type, and said in the reader's language."""
    return Label(type, _NAMES[type]) if type in _NAMES else type


def either(types: Iterable[str]) -> str:
    """One of several types: "role or contact"."""
    return reduce(
        lambda first, second: Text("{first} or {second}", first=first, second=second), map(type_label, types)
    )
