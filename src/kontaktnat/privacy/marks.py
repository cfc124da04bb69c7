"""What in a text points at people: those in the book, and what looks like a name, number or address.

Simple and cautious: a human looks at all that is marked. Who is called only by a first name, and is not in
the book, is not found.
"""

from __future__ import annotations

import re
import types
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from typing import Literal

from attrs import field, frozen

from kontaktnat.matching import mail_key, phone_key
from kontaktnat.mentions import MAIL, Identity, Mentions, identity, normal
from kontaktnat.plain import Plain
from kontaktnat.query import Doc
from kontaktnat.text import fold

Kind = Literal["contact", "person", "number", "mail", "phone", "address"]
"""`contact`: somebody in the book; `person`: what looks like a name; `number`: like a personnummer;
`address`: where somebody in the book is to be found."""

_PHONE = re.compile(r"(?<![\w+-])(?:\+|00|0)\d(?:[ \t/().–-]{0,3}\d){5,14}(?![\w-])")
_NUMBER = re.compile(r"(?<!\w)(?:\d\d)?(\d\d)(\d\d)(\d\d)[^\S\n]?[-+–]?[^\S\n]?\d{4}(?!\w)")
_UPPER = r"[^\W\d_a-zåäöéèüøæ]"
_CAPITAL = rf"{_UPPER}(?:[^\W\d_]+(?:[-‐‑’'][^\W\d_]+)*|[’'][^\W\d_]+)"
_NAME = re.compile(rf"{_CAPITAL}(?:[ \t_]+(?:(?:von|af|de|van|der)[ \t]+)?{_CAPITAL})+")
_INITIALS = re.compile(rf"(?<!\w)(?:{_UPPER}[.:][ \t]?[-‐‑]?)+[ \t]*{_CAPITAL}")
_SINGLE = re.compile(rf"(?<![^\W_]){_CAPITAL}(?![^\W_])")
_APOSTROPHE = re.compile(rf"(?:O|D|Mc|Mac)[’']{_UPPER}")
_WORD = re.compile(r"[^\s_]+")
_TOKEN = re.compile(r"[^\W_]+")
_COMMON = frozenset({
    "alla", "and", "ar", "atgard", "att", "av", "brå", "call", "da", "de", "den", "det", "dock", "efter",
    "eftersom", "en", "ett", "fick", "fragan", "fran", "han", "har", "hej", "hon", "hos", "i", "idag",
    "igar", "imorgon", "information", "inte", "jag", "kommun", "kommunen", "kommunpolis", "kommunpolisen",
    "lan", "lanet", "lansstyrelsen", "med", "meeting", "men", "mote", "motet", "nar", "ny", "och", "om",
    "pa", "polis", "polisen", "regionen", "samordnare", "samordnaren", "samt", "sedan", "som", "svar",
    "tack", "telefon", "the", "till", "vi", "vid", "we", "with",
})  # fmt: skip
"""Words that begin a sentence, or are written large, and are no part of a name."""


@frozen(eq=False, repr=False)
class Span(Plain):
    """Characters `start` to `end` of a text in NFC."""

    _shown = ("start", "end", "kind")

    start: int
    end: int
    kind: Kind
    people: frozenset[str] = field(default=frozenset())
    """Ids of the contacts that it may be."""


class Marks:
    """Finds people in texts. `people`: contacts by id; `actors`: documents whose names are nobody's.

    `own`: the one whose text it is. What lies inside a mention of them is theirs, be it a namesake's too;
    what only overlaps it is somebody else's.
    """

    def __init__(
        self,
        people: Mapping[str, Identity],
        actors: Iterable[Doc],
        own: str = "",
        addresses: Collection[re.Pattern[str]] = (),
        ids: Mapping[str, str] = types.MappingProxyType({}),
    ) -> None:
        self._people, self._own, self._addresses, self._ids = people, own, addresses, ids
        theirs = people[own].parts if own in people else frozenset[str]()
        self._parts = {part for one in people.values() for part in one.parts if len(part) > 1} - theirs
        self._known = self._finding(people, frozenset())
        names: dict[str, Identity] = {}
        self._places: set[str] = set()
        for doc in actors:
            called = [doc.get("name", ""), *doc.get("aliases", ())]
            called += [one.get("name", "") for one in doc.get("names", ())]
            names[doc["id"]] = identity({"name": one} for one in called if one)
            if doc.get("place"):
                self._places |= {fold(word) for one in called for word in one.split()}
        self._actors = Mentions(names)

    def spot(self, text: str, closely: Collection[str] = ()) -> list[Span]:
        """From left to right, none inside another. `closely`: whose given or family name alone will do."""
        text = normal(text)
        found = [*_apart(self._contacts(text, closely), self._numbered(text))]
        for more in (self._looks(MAIL, "mail", text), self._numbers(text), self._phones(text),
                     *(self._looks(one, "address", text) for one in self._addresses)):  # fmt: skip
            found = [*_apart(found, more)]
        found = [*_apart(found, self._names(text, found))]
        found = [*_apart(found, self._initials(text))]
        found = [*_apart(found, self._singles(text))]
        return sorted(found, key=lambda one: one.start)

    def actors(self, text: str) -> list[tuple[int, int]]:
        """Where actors are named."""
        return [(one.start, one.end) for one in self._actors.spot(normal(text)) if one.kind == "name"]

    def _finding(self, people: Mapping[str, Identity], parts: Set[str]) -> tuple[Mentions, Mentions]:
        """For the one whose text it is, and for all others."""
        own = {id: one for id, one in people.items() if id == self._own}
        rest = {id: one for id, one in people.items() if id != self._own}
        return Mentions(own, parts=parts & own.keys()), Mentions(rest, parts=parts & rest.keys())

    def _contacts(self, text: str, closely: Collection[str]) -> list[Span]:
        found = _told(text, *self._known)
        near = {id: self._people[id] for id in closely if id in self._people}
        if near:
            parts = _told(text, *self._finding(near, near.keys()))
            found = [*_apart(found, parts)]
        return found

    def _numbered(self, text: str) -> Iterator[Span]:
        """Ids of contacts and of hats; `ids` tells whose they are."""
        for one in _TOKEN.finditer(text) if self._ids else ():
            if (id := one[0].casefold()) in self._ids:
                yield Span(one.start(), one.end(), "contact", frozenset(filter(None, (self._ids[id],))))

    @staticmethod
    def _looks(pattern: re.Pattern[str], kind: Kind, text: str) -> Iterator[Span]:
        return (Span(one.start(), one.end(), kind) for one in pattern.finditer(text))

    @staticmethod
    def _phones(text: str) -> Iterator[Span]:
        return (Span(one.start(), one.end(), "phone") for one in _PHONE.finditer(text) if phone_key(one[0]))

    @staticmethod
    def _numbers(text: str) -> Iterator[Span]:
        for one in _NUMBER.finditer(text):
            month, day = int(one[2]), int(one[3]) % 60
            if 1 <= month <= 12 and 1 <= day <= 31:
                yield Span(one.start(), one.end(), "number")

    def _names(self, text: str, found: list[Span]) -> Iterator[Span]:
        taken = [*((one.start, one.end) for one in found), *self.actors(text)]
        for one in _NAME.finditer(text):
            run: list[tuple[int, int]] = []
            for word in [*_WORD.finditer(text, one.start(), one.end()), None]:
                if word and not self._is_none(word[0]) and not any(
                    start < word.end() and word.start() < end for start, end in taken
                ):  # fmt: skip
                    run.append((word.start(), word.end()))
                else:
                    if len(run) > 1:
                        yield Span(run[0][0], run[-1][1], "person")
                    run = []

    def _initials(self, text: str) -> Iterator[Span]:
        for one in _INITIALS.finditer(text):
            if not self._is_none(re.split(r"[.:\s‐‑-]+", one[0], maxsplit=1)[-1]):
                yield Span(one.start(), one.end(), "person")

    def _singles(self, text: str) -> Iterator[Span]:
        """Given and family names of people in the book that stand alone."""
        actors = self.actors(text)
        for one in _SINGLE.finditer(text):
            plain = fold(one[0]).replace("’", "'")
            known = {plain, re.sub(r"'?s$", "", plain)} & self._parts or _APOSTROPHE.match(one[0])
            within = any(start < one.end() and one.start() < end for start, end in actors)
            if known and not within and not self._is_none(one[0]):
                yield Span(one.start(), one.end(), "person")

    def _is_none(self, word: str) -> bool:
        plain = fold(word)
        return bool({plain, plain.removesuffix("s")} & (self._places | _COMMON))


def _told(text: str, own: Mentions, rest: Mentions) -> list[Span]:
    theirs = [Span(one.start, one.end, "contact", one.people) for one in own.spot(text)]
    others = [
        Span(one.start, one.end, "contact", one.people)
        for one in rest.spot(text)
        if not any(other.start <= one.start and one.end <= other.end for other in theirs)
    ]
    return [*_apart(others, theirs)]


def _apart(found: list[Span], more: Iterable[Span]) -> Iterator[Span]:
    """All of `found`, and of `more` what lies beside it."""
    yield from found
    for one in more:
        if not any(one.start < other.end and other.start < one.end for other in found):
            yield one


def keys_of(text: str) -> Set[str]:
    """The mail address or number that a text is, in one spelling."""
    return {mail_key(text), phone_key(text)} - {""}
