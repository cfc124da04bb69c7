"""An actor's document, read for comparing, and under what it is looked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from kontaktnat.likeness import organisations, reach
from kontaktnat.likeness.organisation_words import parsed
from kontaktnat.likeness.told_kind import told_kinds
from kontaktnat.query import Doc

ONE_A_PLACE = frozenset(
    {"municipality", "region", "county_administrative_board", "local_police_area", "police_area",
     "local_crime_prevention_council", "fire_rescue_service"}
)  # fmt: skip
"""Kinds of which a place has one."""


class Organisation:
    """An actor's document, read for comparing."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self.name = str(doc.get("name", ""))
        self.kind = str(doc.get("kind") or "other")
        self.place = str(doc.get("place") or "")
        self.parent = str(doc.get("parent") or "")
        self.successor = str(doc.get("succeeded_by") or "")
        self.id = str(doc.get("id") or "")

    def beside(self, other: Organisation) -> Organisation:
        """Itself; where its kind is not known, of the other's kind if its name may be of such a one."""
        if self.kind != "other" or other.kind == "other" or other.kind not in told_kinds(self.name):
            return self
        found = Organisation(self._doc)
        found.kind = other.kind
        return found

    @cached_property
    def number(self) -> str:
        """The organisation number's ten digits."""
        return "".join(one for one in str(self._doc.get("org_number") or "") if one.isdecimal())[-10:]

    @cached_property
    def others(self) -> tuple[str, ...]:
        """What it is or was called too."""
        former = (str(one["name"]) for one in self._doc.get("names", ()))
        aside = re.findall(r"\(([^)]{2,})\)", self.name) or organisations.initials_behind(self.name)
        bare = [re.sub(r"\s*\([^)]*\)", "", self.name).removesuffix(f" {aside[0]}")] if aside else []
        return tuple(dict.fromkeys((*map(str, self._doc.get("aliases", ())), *former, *bare, *aside)))

    @cached_property
    def former(self) -> frozenset[str]:
        """What it was called before."""
        return frozenset(str(one["name"]) for one in self._doc.get("names", ()))

    @cached_property
    def mails(self) -> frozenset[str]:
        """Comparable spellings."""
        return frozenset(one.key for value in self._ways("mail") for one in reach.mails(value))

    @cached_property
    def domains(self) -> frozenset[str]:
        """Of mail and page, where they are its own."""
        mails = (one.domain for value in self._ways("mail") for one in reach.mails(value))
        webs = map(reach.web, self._ways("web"))
        return frozenset((*mails, *webs)) - {""}

    @cached_property
    def phones(self) -> frozenset[tuple[str, str]]:
        """Numbers with extensions."""
        return frozenset(found for value in self._ways("phone") for found in reach.numbers(value))

    @cached_property
    def webs(self) -> frozenset[str]:
        """Pages."""
        return frozenset(map(reach.web, self._ways("web")))

    def lies_with(self, other: Organisation) -> bool:
        """Whether they have an address in common."""
        return reach.one_address(self._ways("address"), other._ways("address"))

    def _ways(self, kind: str) -> list[str]:
        return [way["value"] for way in self._doc.get("ways", ()) if way["kind"] == kind]


def blocks(one: Organisation) -> Iterator[tuple[str, ...]]:
    """Under what an actor is looked for."""
    if one.place and one.kind in ONE_A_PLACE:
        yield ("kind", one.kind, one.place)
    if one.number:
        yield ("org", one.number)
    for key in one.mails:
        yield ("mail", key)
    for key, _ in one.phones:
        yield ("phone", key)
    for page in one.webs:
        yield ("web", page)
    for name in (one.name, *one.others):
        for key in organisations.found_under(name):
            yield ("name", key)
        if one.parent:  # which the other may have in its name
            for key in organisations.found_under(f"{name} {one.parent}"):
                yield ("name", key)
        words = parsed(name).words
        if one.place:
            for word in words:
                yield ("place", one.place, word[:4])
        if len(words) > 1:
            yield ("name", "".join(word[0] for word in words))
        if initials := parsed(name).initials:
            yield ("name", initials)
