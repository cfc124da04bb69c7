"""The lint of free text: personnummer, offences of a person, the health of a child.

What is found is told by its place, and its words never: neither here nor in a log.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from kontaktnat.extend import Check, Finding, hookimpl
from kontaktnat.i18n import Text
from kontaktnat.model import Actor, Contact, Pending, Record, Role

if TYPE_CHECKING:  # Outward brings the whole library with it, and `--help` needs none of it
    from kontaktnat.extend import Outward
    from kontaktnat.freetext.looking import Found
    from kontaktnat.mentions import Mentions

_NEVER = frozenset(("org_number", "registry_number", "legal_form"))
"""Other numbers stand there, and have checks of their own."""
_IDS = r"(?:import|mail):[0-9a-f]+|ics:.+|<[^<>\s]+@[^<>\s]+>|[0-9a-f-]{16,}"
"""A source may be an id that a computer made: `import:1f2e…`, a calendar's UID, a mail's message id."""
_WRITTEN = r"(?:\d\d)?\d{6}[-+–]\d{4}"
"""No phone number is written so."""
_NAMES = r"(?:name|given|family|aliases\[\d+\]|names\[\d+\]\.\w+|ways\[\d+\]\.\w+|place|tags\[\d+\])$"
"""Where no sentences stand; a contact may be called Moa Grip."""

_known: WeakKeyDictionary[Outward, Mentions] = WeakKeyDictionary()


def free_text(record: Record, book: Outward) -> Iterable[Finding]:
    """What the record's texts hold that they may not, with its place in them."""
    from kontaktnat.freetext import look
    from kontaktnat.freetext.first import may_hold, may_hold_number

    for path, text in _texts(record, book):
        if not may_hold_number(text) and (_is_name(path) or not may_hold(text)):
            continue  # as of nearly all
        if _holds_other_numbers(record, path, text):
            continue
        for found in look(text, _people(book)):
            if found.rule == "number" or not _is_name(path):
                yield _finding(record, path, found)


@lru_cache(maxsize=256)
def _is_name(path: str) -> bool:
    return re.search(_NAMES, path) is not None


def _holds_other_numbers(record: Record, path: str, text: str) -> bool:
    """Whether its digits are those of a phone, an organisation, a file or a computer's id."""
    if path in _NEVER or (path == "source" and re.fullmatch(_IDS, text)):
        return True
    at = re.fullmatch(r"ways\[(\d+)\]\.value", path)
    if at is None or not isinstance(record, Actor | Contact | Role):
        return False
    return record.ways[int(at[1])].kind == "phone" and not re.fullmatch(_WRITTEN, text.strip())


def _texts(record: Record, book: Outward) -> Iterator[tuple[str, str]]:
    from kontaktnat.codec import to_doc
    from kontaktnat.prose import texts, texts_of

    if not isinstance(record, Pending):
        return texts_of(record, without=_of_programs(record.extra, book) if record.extra else ())
    doc = to_doc(record)
    _leave_out(doc, book)
    if isinstance(raw := doc.get("raw"), Mapping):  # of what waits, as it is to become
        doc["raw"] = raw = dict(raw)
        _leave_out(raw, book)
        if isinstance(raw.get("hats"), list):
            raw["hats"] = [dict(hat) if isinstance(hat, Mapping) else hat for hat in raw["hats"]]
            for hat in raw["hats"]:
                _leave_out(hat, book)
    return texts(record.type, doc)


def _leave_out(doc: Any, book: Outward) -> None:
    if isinstance(doc, dict) and isinstance(extra := doc.get("extra"), Mapping):
        programs = _of_programs(extra, book)
        doc["extra"] = {key: value for key, value in extra.items() if key not in programs}


def _of_programs(extra: Mapping[str, Any], book: Outward) -> frozenset[str]:
    """What a program wrote there: a picture, or somebody's id elsewhere, holds all kinds of digits."""
    from kontaktnat.descriptors import field_of

    fields = book.plugins.collect("register_fields")
    return frozenset(key for key in extra if (field := field_of(fields, key)) and not field.prose)


def _people(book: Outward) -> Callable[[], Mentions]:
    """The names of the contacts; read when a text first asks for them, once for an Outward."""

    def read() -> Mentions:
        if (known := _known.get(book)) is None:
            from kontaktnat.mentions import Mentions, identity

            people = {
                str(one.id): identity([{"name": one.name, "given": one.given, "family": one.family}])
                for one in book.contacts.all()
            }
            known = _known[book] = Mentions(people, parts=frozenset(people))
        return known

    return read


def _finding(record: Record, path: str, found: Found) -> Finding:
    message, remedy = _told(found)
    return Finding(
        message=message,
        type=record.type,
        id=record.id,
        path=path,
        remedy=remedy,
        rule=found.rule,
        span=(found.start, found.end),
        grave=found.grave,
    )


def _told(found: Found) -> tuple[Text, Text]:
    """What it is, with its place as people count it, and what to do."""
    first, last = found.start + 1, found.end
    if found.rule == "number":
        return (
            Text("characters {first}-{last}: a personnummer or samordningsnummer", first=first, last=last),
            Text("take it out: who is meant is told by name and place of work"),
        )
    if found.rule == "offence":
        return (
            Text(
                "characters {first}-{last}: an offence or suspicion in one sentence with somebody's name",
                first=first,
                last=last,
            ),
            Text("write without the name, or leave it to the police's and the social services' own files"),
        )
    return (
        Text("characters {first}-{last}: the health or care of a child", first=first, last=last),
        Text("write of the matter in general; the case belongs in the school's or the social services' file"),
    )


@hookimpl
def register_checks() -> list[Check]:
    return [
        Check(name="free-text", title="What free text may not hold", run=free_text, on_save=True),
    ]
