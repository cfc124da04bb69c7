"""Whether a cell of a pack tells of a person: a name, a mail address, a mobile phone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kontaktnat.i18n import Text
from kontaktnat.mailboxes import is_shared
from kontaktnat.model import Record
from kontaktnat.packs import cells
from kontaktnat.packs.files import Row
from kontaktnat.packs.mistakes import Mistake

_MAIL = re.compile(r"[^\s@<>(),;:|\"']+@[^\s@<>(),;:|\"']+\.[^\W\d_]{2,}")
_MOBILE = re.compile(r"(?<!\d)(?:(?:\+|00)[ ]?46[ \-()0]*|0)7[ -]*[02369](?:[ -]*\d){7}(?!\d)")
_CALLED = ("name", "aliases")
"""What an organisation is called: there a single word is no person, and a name begins the cell."""
_GENERAL = frozenset({"aktiebolag", "ab", "förening", "stiftelse", "kommun", "län", "region"})


def people_in(row: Row, cls: type[Record]) -> Iterator[Mistake]:
    """A mistake for each cell that tells of somebody; what it says is not repeated."""
    for column, text in row.cells.items():
        if column == "key" or not cells.is_prose(cls, column):
            continue
        organisation = row.cells.get("name", "")
        if any(not is_shared(mail[0], organisation=organisation) for mail in _MAIL.finditer(text)):
            yield row.mistake(
                column,
                Text("a mail address that may be a person's"),
                Text("take it out, or write a shared one (info@…, registrator@…)"),
            )
        if _MOBILE.search(text):
            yield row.mistake(
                column,
                Text("a mobile phone, which may be a person's"),
                Text("take it out; people and their numbers belong in the book alone"),
            )
        if _names_somebody(text, called=column in _CALLED):
            yield row.mistake(
                column,
                Text("what looks like a person's name"),
                Text("write the function or the organisation: a pack holds no persons"),
            )


def _names_somebody(text: str, *, called: bool) -> bool:
    if called:
        return any(_is_person(part.strip()) for part in text.split("|"))
    from kontaktnat.freetext.names import names
    from kontaktnat.freetext.sentences import sentences

    plain = _MAIL.sub(" ", text)
    return any(
        len(plain[start:end][first:last].split()) > 1 or _is_given(plain[start:end][first:last])
        for start, end in sentences(plain)
        for first, last in names(plain[start:end])
    )


def _is_given(word: str) -> bool:
    from kontaktnat.freetext.name_lists import lists

    lower = word.lower()
    return lists().is_given(lower) and not lists().is_word(lower) and lower not in lists().places


def _is_person(text: str) -> bool:
    """Eva Ek, but neither Nybro nor Ek & Söner AB: two or three words, and a given name first."""
    from kontaktnat.freetext.name_lists import lists

    words = text.split()
    known = lists()
    return (
        2 <= len(words) <= 3
        and all(word[0].isupper() for word in words if word not in ("von", "van", "af", "de"))
        and known.is_given(words[0].lower())
        and not any(word.lower() in known.places or word.lower() in _GENERAL for word in words)
        and (known.is_family(words[-1].lower()) or not known.is_word(words[0].lower()))
    )
