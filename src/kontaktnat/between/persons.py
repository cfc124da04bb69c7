"""Whether a text that is to leave for another county tells of a person: if it may, it stays here.

It errs on that side. Nothing of what it found is repeated: neither in what the sender is told nor in a log.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from kontaktnat import freetext
from kontaktnat.codec import to_doc
from kontaktnat.i18n import Text
from kontaktnat.mentions import Identity, Mention, Mentions, identity
from kontaktnat.outward import Outward
from kontaktnat.query import strings

_MAIL = re.compile(
    r"\S@\S|\w\s?[(\[{<]\s?(?:at|a|snabel-?a)\s?[)\]}>]\s?\w+\.\w|\w\s?[(\[{<]\s?(?:at|snabel-?a)\s?[)\]}>]"
    r"\s?\w|\w snabel-?a \w|mailto:",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(r"(?<!\w)@\w")
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"]+", re.IGNORECASE)
_LOCAL = re.compile(
    r"\b(?:tele?fon|tel|tfn|tlf|mobil|mob|ankn|anknytning)\b[.:]?\s*\d(?:[ -]?\d){3,}", re.IGNORECASE
)
"""A number without its area code, where it is said what it is."""
_NUMBER = re.compile(
    r"(?<![\d+-])(?:18|19|20)?\d\d[- ]?[01]\d[- ]?\d\d[ +‐‑–−-]{0,3}\d{4}(?!\d|[-+.]\d)", re.ASCII
)
"""As a personnummer is written by hand: `freetext` has to mind that it may be two amounts, this has not."""
_DIGITS = re.compile(r"(?<![\d+])(?:\+|00)?\d(?:[\s/().‐‑–−-]{0,3}\d){5,}")
_DATE = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{4}")
_GLUE = re.compile(r"[_/.=&?#+%\\-]+")
_PLACE = re.compile(r"\s+(?:kommun|län|stad|centrum|tätort)", re.IGNORECASE)
_LEAST = 7
"""Digits of a phone number with its area code."""


class Persons:
    """Looks through texts; `book`: whose people and protected actors are known by name, None: nobody's."""

    def __init__(self, book: Outward | None = None) -> None:
        people = _people(book) if book else {}
        self._known = Mentions(people, parts=set(_bearing_names(book)) if book else frozenset())

    def told_in(self, text: str) -> Text | None:
        """What of a person the text holds, or seems to; None: nothing."""
        text = unicodedata.normalize("NFKC", text)
        if _MAIL.search(text):
            return Text("a mail address")
        if _ACCOUNT.search(text):
            return Text("what looks like somebody's account")
        for found in freetext.look(text, self._known):
            return _FOUND[found.rule]
        if any(map(_is_number, _NUMBER.findall(text))):
            return _FOUND["number"]
        links = [_GLUE.sub(" ", unquote(link)) for link in _LINK.findall(text)]
        if any(map(self._names_ours, (text, _GLUE.sub(" ", text), *(link.title() for link in links)))):
            return Text("the name of somebody in the book, or a number of theirs")
        if _LOCAL.search(text) or any(map(_is_phone, _DIGITS.findall(text))):
            return Text("a phone number")
        return Text("what looks like a person's name") if any(map(_named, (text, *links))) else None

    def _names_ours(self, text: str) -> bool:
        return any(one.kind != "part" or _is_a_name(one, text) for one in self._known.spot(text))


_FOUND: Mapping[str, Text] = {
    "number": Text("a personnummer or samordningsnummer"),
    "offence": Text("an offence or suspicion in one sentence with somebody's name"),
    "minor": Text("the health or care of a child"),
}


def _is_number(written: str) -> bool:
    from kontaktnat.freetext.numbers import numbers

    return any(numbers(re.sub(r"\D", "", written)))


def _bearing_names(book: Outward) -> Iterator[str]:
    """Contacts of whose name a part is a given name: "Polisen Nybro" is kept as a contact, too."""
    from kontaktnat.freetext.name_lists import lists

    known = lists()
    for one in Outward.as_of(book, None).contacts.all():
        if any(map(known.is_given, one.name.split())):
            yield str(one.id)


def _is_a_name(part: Mention, text: str) -> bool:
    """Of a given or family name that stands alone: it has its capital, and is no word or place besides."""
    from kontaktnat.freetext.name_lists import lists

    known, said = lists(), text[part.start : part.end]
    forms = {said.lower(), said.lower().removesuffix("s")}
    return said[0].isupper() and not any(one in known.places or known.is_word(one) for one in forms)


def _is_phone(written: str) -> bool:
    if _DATE.fullmatch(written.strip()):
        return False
    digits = re.sub(r"\D", "", written)
    return written.startswith(("+", "0")) and len(digits) >= _LEAST


def _named(text: str) -> bool:
    from kontaktnat.freetext.names import names
    from kontaktnat.freetext.sentences import sentences

    return any(
        not _PLACE.match(text, start + last)  # Kalmar is a given name too
        for start, end in sentences(text)
        for _, last in names(text[start:end])
    )


def _people(book: Outward) -> dict[str, Identity]:
    """Who is in the book, or waits to be: today and on every day, protected or not."""
    whole = Outward.as_of(book, None)
    known = {str(one.id): identity([to_doc(one)]) for one in whole.contacts.all()}
    known |= {str(one.id): identity([{"ways": to_doc(one).get("ways", ())}]) for one in whole.roles.all()
              if one.contact}  # fmt: skip
    for actor in whole.actors.where(protected=True):
        known[actor.id] = _called((actor.name, *actor.aliases, *(one.name for one in actor.names)))
    for n, names in enumerate(_waiting(whole)):
        known[f"waits {n}"] = _called(names)
    return known


def _called(names: Iterable[str]) -> Identity:
    """By these names whole: a part of a shelter's is a word."""
    found = Identity()
    for name in names:
        found |= Identity(names=identity([{"name": name}]).whole)
    return found


def _waiting(book: Outward) -> Iterator[tuple[str, ...]]:
    """Names in what waits in quarantine, and of who of us sees to something."""
    for pending in book.pending.all():
        told: Any = pending.raw
        names = [told.get(name) for name in ("name", "namn")] if isinstance(told, Mapping) else []
        yield tuple(one for one in (*names, *_guests(told)) if isinstance(one, str) and " " in one.strip())
    for owner in {one.owner for one in book.followups.all() if " " in one.owner.strip()}:
        yield (owner,)


def _guests(told: Any) -> Iterator[str]:
    """Of a mail or a meeting: any two words that may be the name of whom it is about."""
    return (one for one in strings(told) if 0 < one.count(" ") < 4 and len(one) < 60 and one.istitle())
