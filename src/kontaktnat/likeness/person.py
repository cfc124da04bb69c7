"""A contact's document, read for comparing, and under what it is looked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from kontaktnat.likeness import names, organisations, reach, spelling
from kontaktnat.query import Doc
from kontaktnat.text import fold

_KINSHIP = re.compile(
    r"\b\w*(?:far|mor|son|dotter|bror|syster|mamma|pappa|kusin|make|maka|sambo)\b (?:till|med|heter)\b|"
    r"\bgift med\b|\bnamne\b|\b(?:sonen?|fadern?|pappan?|farfar|morfar|sonson)\b|"
    r"\b(?:dottern?|modern?|mamman?|brodern?|systern?|slakting)\b|"
    r"\b(?:sin|sitt|hans|hennes) (?:\w+ )?\w*(?:far|mor|son|dotter|bror|syster|mamma|pappa|fader|moder)s?\b|"
    r"\b(?:tva|tre|flera) (?:stycken )?(?:med|av|som har) (?:det |samma )?namn|\bden (?:yngre|aldre)\b|"
    r"samma namn|(?:inte|ej) (?:samma|forvaxla|att forvaxla)|forvaxla inte|eftertrad|foretrad"
)


_BORN = re.compile(r"\bf(?:odd|\.)? ?(?:ar )?((?:19|20)\d\d)\b")


class Hat(NamedTuple):
    """What somebody does where, as far as it is compared."""

    actor: str
    parent: str
    function: str
    title: str
    since: str
    until: str

    def __repr__(self) -> str:  # what is held of people is not shown in a crash
        return "Hat()"

    def meets(self, other: Hat) -> bool:
        """Whether both may have been worn on one day."""
        return not (_before(self.until, other.since) or _before(other.until, self.since))

    @property
    def is_told(self) -> bool:
        """Whether it is said what they do."""
        return bool(self.function or self.title)

    def is_followed_by(self, other: Hat) -> bool:
        """Whether the other begins within half a year of its end."""
        if not (self.until and other.since):
            return False
        end, begin = _months(self.until), _months(other.since)
        return -1 <= begin - end <= 6


def _months(day: str) -> int:
    year, _, rest = day.partition("-")
    return 12 * int(year) + int(rest[:2] or 6)


def _before(until: str, since: str) -> bool:
    size = min(len(until), len(since))
    return bool(size) and until[:size] <= since[:size]


class Person:
    """A contact's document, read for comparing; what it takes is worked out when it is asked for."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self.written: names.Name = names.parsed(
            doc.get("name", ""), doc.get("given", ""), doc.get("family", "")
        )

    @cached_property
    def name(self) -> names.Name:
        """The name, an initial written out where the person's own address does."""
        return names.initials_filled(self.written, [one.key for one in self.mails.values()])

    @cached_property
    def mails(self) -> Mapping[str, reach.Mail]:
        """By their comparable spelling."""
        return {one.key: one for value in self._ways("mail") for one in reach.mails(value)}

    @cached_property
    def phones(self) -> Mapping[str, tuple[str, str]]:
        """Number → extension, and what its label says of it."""
        return {
            key: (extension, reach.line(way.get("label", "")))
            for way in self._all_ways("phone")
            for key, extension in reach.numbers(way["value"])
        }

    @cached_property
    def addresses(self) -> frozenset[str]:
        """Streets and house numbers."""
        return frozenset(filter(None, map(reach.address, self._ways("address"))))

    def lives_with(self, other: Person) -> bool:
        """Whether they have an address in common."""
        mine, theirs = self._ways("address"), other._ways("address")
        return bool(mine and theirs) and reach.one_address(mine, theirs)

    @cached_property
    def webs(self) -> frozenset[str]:
        """Pages."""
        return frozenset(map(reach.page, self._ways("web")))

    @cached_property
    def hats(self) -> tuple[Hat, ...]:
        """What they do where."""
        return tuple(
            Hat(
                *(
                    str(hat.get(name) or "")
                    for name in ("actor", "parent", "function", "title", "since", "until")
                )
            )
            for hat in self._doc.get("hats", ())
        )

    @cached_property
    def age(self) -> int:
        """As in the name, or in a mail address: erik.junior@…"""
        words = {word for one in self.mails.values() for word in one.words}
        words.update(re.findall(r"\b(?:junior|senior|jr|sr)\b", self.note))
        younger, elder = bool(words & {"junior", "jr"}), bool(words & {"senior", "sr"})
        return self.name.age or (0 if younger == elder else 2 if younger else 1)

    @cached_property
    def note(self) -> str:
        """What is noted of them."""
        return fold(str(self._doc.get("note") or ""))

    @cached_property
    def said(self) -> str:
        """The words of the note, with blanks around."""
        return _apart(self.note)

    @cached_property
    def aside(self) -> str:
        """The words of the name as it is written, where more stands there than a name: (born Lund)."""
        name = str(self._doc.get("name") or "")
        return _apart(fold(name)) if len(name.split()) > 2 or re.search(r"[(,/]", name) else ""

    @cached_property
    def has_kin(self) -> bool:
        """Whether a note tells of a relative, or of somebody else of the name."""
        return bool(_KINSHIP.search(f"{self.note} {self.aside}"))

    @cached_property
    def born(self) -> frozenset[str]:
        """Years of birth in a note."""
        return frozenset(_BORN.findall(self.note))

    @cached_property
    def shares_number(self) -> bool:
        """Whether a note says that several have the number."""
        return reach.is_noted_as_shared(self.note)

    @cached_property
    def mobiles(self) -> frozenset[str]:
        """Mobile numbers of which nothing says that others have them too."""
        return frozenset(key for key, (_, line) in self.phones.items() if not line and reach.is_mobile(key))

    def _ways(self, kind: str) -> list[str]:
        return [way["value"] for way in self._all_ways(kind)]

    def _all_ways(self, kind: str) -> list[Doc]:
        """Their own and those of their hats, which may be as much their own."""
        whole = (self._doc, *self._doc.get("hats", ()))
        return [way for one in whole for way in one.get("ways", ()) if way["kind"] == kind]


def _apart(text: str) -> str:
    return f" {re.sub(r'[^a-z0-9]+', ' ', text)} " if text else ""


def blocks(person: Person) -> Iterator[tuple[str, ...]]:
    """Under what a person is looked for: what they share with another, beside a part of the name."""
    name = person.name
    given = {form for word in name.given[:2] for form in spelling.heads_of(word)}
    family = {
        form for word in name.family for form in (spelling.sound(word), spelling.in_somali(word)) if form
    }
    whole = sorted(map(spelling.sound, (*name.given, *name.family)))
    if len(whole) > 1:  # in whatever order
        yield ("name", *whole)
    for key in person.mails:
        yield ("mail", key)
    for key in person.phones:
        yield ("phone", key)
    shared = {("domain", mail.domain) for mail in person.mails.values() if mail.domain}
    shared |= {("address", key) for key in person.addresses}
    posts: set[tuple[str, ...]] = set()
    for hat in person.hats:
        at = {key for place in (hat.actor, hat.parent) if place for key in organisations.found_under(place)}
        shared |= {("at", key) for key in at}
        for post in {hat.function, fold(hat.title)} - {""}:
            posts.add(("post", post))
            yield from (("renamed", key, post, first) for key in at for first in given)
    # A slip of the pen leaves one of the two whole, and mostly the other's first letter.
    parts = {(first, last[:1]) for first in given for last in family or {""}}
    letters = {first[:1] for first in given} | {fold(word)[:1] for word in name.given[:1]}
    parts |= {(letter, last) for last in family for letter in letters or {""}}
    yield from ((*one, *part) for one in shared for part in parts)
    rare = family - spelling.common_family()
    yield from ((*one, "", last) for one in shared for last in rare)
    # Which many have somewhere: only with all of the name.
    yield from ((*one, first, last) for one in posts for first in given for last in family)
