"""What in a text points at people: those in the book, and what looks like a name, number or address.

Simple and cautious: a human looks at all that is marked. Who is called only by a first name, and is in no
record, is not found.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from typing import Literal

from attrs import field, frozen

from kontaktnat.matching import mail_key, phone_key
from kontaktnat.mentions import Identity, Mentions, identity, normal
from kontaktnat.plain import Plain
from kontaktnat.query import Doc
from kontaktnat.text import fold

Kind = Literal["contact", "person", "number", "mail", "phone"]
"""`contact`: somebody in the book; `person`: what looks like a name; `number`: like a personnummer."""

_MAIL = re.compile(r"[\w.+-]+@\w[\w-]*(?:\.\w[\w-]*)+")
_PHONE = re.compile(r"(?<![\w+-])(?:\+|00|0)\d(?:[ \t/().–-]{0,3}\d){5,14}(?![\w-])")
_NUMBER = re.compile(r"(?<!\w)(?:\d\d)?(\d\d)(\d\d)(\d\d)[-+–]?\d{4}(?!\w)")
_CAPITAL = r"[^\W\d_a-zåäöéèüøæ][^\W\d_]+(?:[-’'][^\W\d_]+)*"
_NAME = re.compile(rf"{_CAPITAL}(?:[ \t]+(?:(?:von|af|de|van|der)[ \t]+)?{_CAPITAL})+")
_WORD = re.compile(r"\S+")
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

    def __init__(self, people: Mapping[str, Identity], actors: Iterable[Doc], own: str = "") -> None:
        self._people, self._own = people, own
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
        found = self._contacts(text, closely)
        for more in (self._looks(_MAIL, "mail", text), self._numbers(text), self._phones(text)):
            found = [*_apart(found, more)]
        found = [*_apart(found, self._names(text, found))]
        return sorted(found, key=lambda one: one.start)

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
        actors = [(one.start, one.end) for one in self._actors.spot(text) if one.kind == "name"]
        taken = [*((one.start, one.end) for one in found), *actors]
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
