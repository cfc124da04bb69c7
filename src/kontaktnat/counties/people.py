"""Whether a cell of a pack tells of a person: a name, a mail address, a mobile phone."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from kontaktnat.i18n import Text
from kontaktnat.mailboxes import is_shared
from kontaktnat.model import Record
from kontaktnat.packs import cells
from kontaktnat.packs.files import Row
from kontaktnat.packs.mistakes import Mistake

_MAIL = re.compile(r"[^\s@<>(),;:|\"']+@[^\s@<>(),;:|\"']+\.[^\W\d_]{2,}")
_AT = re.compile(r"\w\s?[(\[{]\s?(?:at|a|snabel-?a)\s?[)\]}]\s?\w+\.\w", re.IGNORECASE)
_MOBILE = re.compile(r"(?<!\d)(?:(?:\+|00)[ ]?46[ \-()0]*|0)7[-‐–−./() ]*[02369](?:[-‐–−./() ]*\d){7}(?!\d)")
_CALLED = ("name", "aliases", "sv", "en", "synonyms")
"""What an organisation or a word is called: there a single word is no person, and a name begins the cell."""
_OF_ORGANISATIONS = frozenset(
    (
        *(
            "ab",
            "aif",
            "aktiebolag",
            "bk",
            "bostäder",
            "brf",
            "bygg",
            "fastigheter",
            "fc",
            "förening",
            "förskola",
        ),
        *(
            "hb",
            "hus",
            "if",
            "ik",
            "kommun",
            "kommuner",
            "kommuns",
            "konsult",
            "län",
            "region",
            "sk",
            "skola",
        ),
        *("skolan", "stad", "stiftelse"),
    )
)
"""Words after which a name is an organisation's: Kinda kommun, Ale IF."""
_INSTITUTION_LAST = re.compile(
    r"(?<=[\w-]{2})(?:skolan|gymnasiet|parken|gatan|vägen|torget|hallen|gården|huset|kyrkan|stiftelsen|fonden|"
    r"föreningen|klubben|jouren|rådet|förbundet|församlingen)$",
    re.IGNORECASE,
)
"""A house or an organisation that bears somebody's name: Anders Personsskolan."""
_INSTITUTION = re.compile(
    rf"(?:[^\W\d_]\S*\s+){{1,3}}(?:{'|'.join(sorted(_OF_ORGANISATIONS, key=len, reverse=True))})\b",
    re.IGNORECASE,
)


def people_in(row: Row, cls: type[Record] | None, organisations: Collection[str] = ()) -> Iterator[Mistake]:
    """A mistake for each cell that tells of somebody; what it says is not repeated.

    `cls`: of which record it is a line, None for words. `organisations`: what is called so is nobody.
    """
    for column, text in row.cells.items():
        if not (cells.is_prose(cls, column) if cls else column in _CALLED):
            continue
        organisation = row.cells.get("name", "")
        own = (not is_shared(mail[0], organisation=organisation) for mail in _MAIL.finditer(text))
        if _AT.search(text) or any(own):
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
        if names_somebody(text, organisations, called=column in _CALLED):
            yield row.mistake(
                column,
                Text("what looks like a person's name"),
                Text("write the function or the organisation: a pack holds no persons"),
            )


def names_somebody(text: str, organisations: Collection[str] = (), *, called: bool = False) -> bool:
    """Whether a person's name seems to stand in a text; `called`: it is what an organisation is called."""
    if called:
        return any(_is_person(part.split()) for part in text.split("|"))
    from kontaktnat.freetext.names import names
    from kontaktnat.freetext.sentences import sentences

    plain = _INSTITUTION.sub("…", _MAIL.sub(" ", text))
    return any(
        found not in organisations and found.removesuffix("s") not in organisations and _bears_names(found)
        for start, end in sentences(plain)
        for first, last in names(plain[start:end])
        for found in (plain[start:end][first:last],)
    )


def _bears_names(text: str) -> bool:
    from kontaktnat.freetext.name_lists import lists

    words = text.split()
    known, first, last = lists(), words[0].lower(), words[-1].lower()
    if len(words) == 1:
        named = known.is_given(first) or known.is_family(first)
        return named and not known.is_word(first) and first not in known.places
    return known.is_given(first) or known.is_family(last) or first.endswith(".")


def _is_person(words: Sequence[str]) -> bool:
    """Eva Ek, E. Ek and Ek, Eva, but neither Nybro nor Ek & Söner AB: two or three words with capitals."""
    from kontaktnat.freetext.name_lists import lists

    known = lists()
    if len(words) == 2 and words[0].endswith(","):
        words = (words[1], words[0][:-1])
    return (
        2 <= len(words) <= 3
        and all(word[0].isupper() for word in words if word and word not in ("von", "van", "af", "de"))
        and (known.is_given(words[0].lower()) or _is_initial(words[0]))
        and not any(word.lower() in known.places | _OF_ORGANISATIONS for word in words)
        and not (_INSTITUTION_LAST.search(words[-1]))
        and (not _is_initial(words[0]) or known.is_family(words[-1].lower()))
    )


def _is_initial(word: str) -> bool:
    return len(word) == 2 and word[0].isupper() and word[1] == "."
