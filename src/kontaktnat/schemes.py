"""The code lists of all plugins: what a person types → `icnpo:1200`, and back to what it is called.

A value is `scheme:code`. One of a scheme that no plugin brings stays as it is, and `check` names it; one of a
scheme that is there has to be among its codes where it is newly set.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from kontaktnat.descriptors import Category, CategoryScheme
from kontaktnat.errors import Ambiguous, Invalid
from kontaktnat.i18n import Label, Text, joined
from kontaktnat.sensitive import NOTHING_MORE, Declared, compact, reveals
from kontaktnat.text import fold

CATEGORIES = "categories"
"""The field of every record in which codes stand, with their scheme's name before them."""
_BEGUN = 3
"""So many letters of a title will do."""


class Schemes:
    """Code lists by name, as the hook `register_category_schemes` gives them."""

    def __init__(
        self, schemes: Mapping[str, CategoryScheme], declaring: Iterable[CategoryScheme] = ()
    ) -> None:
        """`declaring`: those whose closed categories hold too, though two plugins claim their name."""
        self._schemes = schemes
        self._declaring = (*schemes.values(), *declaring)
        self._codes = {name: {one.code: one for one in scheme.categories} for name, scheme in schemes.items()}

    def names(self) -> list[str]:
        """The schemes there are."""
        return sorted(self._schemes)

    def scheme(self, name: str) -> CategoryScheme | None:
        """The scheme of that name, or None."""
        return self._schemes.get(name)

    def of(self, name: str) -> Mapping[str, Category]:
        """The categories of a scheme by code; empty where nobody brings it."""
        return self._codes.get(name, {})

    def kept_in(self, field: str) -> list[str]:
        """The schemes whose codes stand in a field of the record: `categories`, `legal_form`."""
        return [name for name in self.names() if self._schemes[name].kept_in == field]

    def get(self, value: str) -> Category | None:
        """What `icnpo:1200` is; None where no plugin brings it."""
        scheme, _, code = value.partition(":")
        return self.of(scheme).get(code)

    def title(self, value: str) -> str:
        """What `icnpo:1200` is called, as its reader says it; the value itself where no plugin brings it."""
        found = self.get(value)
        return Label(found.en, found.sv) if found else value

    def name(self, value: str, field: str = CATEGORIES) -> str:
        """The code and its title: "icnpo:1200 Sports"; of a legal form "61 Non-profit associations"."""
        asked = value if field == CATEGORIES else next(iter(self._own(field, value)), value)
        found = self.get(asked)
        return Label(f"{value} {found.en}", f"{value} {found.sv}") if found else value

    def _own(self, field: str, code: str) -> Iterator[str]:
        return (f"{name}:{code}" for name in self.kept_in(field) if code in self.of(name))

    def within(self, value: str) -> tuple[str, ...]:
        """A value and all below it: of `icnpo:1` also `icnpo:1100`, `icnpo:1200`, `icnpo:1300`."""
        scheme, _, code = value.partition(":")
        below = _below(self.of(scheme).values(), code)
        return (value, *(f"{scheme}:{one.code}" for one in below))

    def above(self, value: str) -> str:
        """The value of the group at the top: of `icnpo:1200` `icnpo:1`; itself where there is none above."""
        scheme, _, code = value.partition(":")
        while (found := self.of(scheme).get(code)) and found.parent:
            code = found.parent
        return f"{scheme}:{code}"

    # What a person types

    def lookup(self, text: str, field: str = CATEGORIES) -> str:
        """What a field holds for a code, a title in either language, a synonym, or the start of one.

        `1200`, `icnpo:1200`, `icnpo:idrott` and `Idrott` are `icnpo:1200`. Where a group and the only one
        below it bear one name, that one is meant. A value of a scheme that no plugin brings stays as it is.
        Raises Invalid naming the nearest, Ambiguous where several are meant.
        """
        scheme, wanted, asked = self._asked(text, field)
        if scheme and scheme not in self._schemes:
            return " ".join(text.split())
        if found := self._found(asked, wanted):
            return self._kept(found, field)
        begun = [
            value for value, spelling in self._spellings(asked) if fold(spelling).startswith(fold(wanted))
        ]
        if len(wanted) >= _BEGUN and begun:
            return self._kept(self._one(text, list(dict.fromkeys(begun))), field)
        raise self.unknown(text, field)

    def read(self, text: str, field: str = CATEGORIES) -> str:
        """The same for a cell of a table: by a whole code or name of one category, else as it stands."""
        scheme, wanted, asked = self._asked(text, field)
        try:
            found = "" if scheme and scheme not in self._schemes else self._found(asked, wanted)
        except Ambiguous:
            found = ""
        return self._kept(found, field) if found else text

    def _asked(self, text: str, field: str) -> tuple[str, str, list[str]]:
        """(the scheme that is named, what is asked for in it, where to look)."""
        scheme, colon, rest = " ".join(text.split()).partition(":")
        if not colon:
            return "", scheme, self.kept_in(field)
        scheme = next((one for one in self._schemes if fold(one) == fold(scheme.strip())), scheme.strip())
        return scheme, rest.strip(), [scheme] if scheme in self._schemes else []

    def _found(self, asked: list[str], wanted: str) -> str:
        codes = [f"{name}:{wanted}" for name in asked if wanted in self.of(name)]
        spelt = codes or [
            value for value, spelling in self._spellings(asked) if fold(spelling) == fold(wanted)
        ]
        return self._one(wanted, list(dict.fromkeys(spelt))) if spelt else ""

    def _one(self, text: str, values: list[str]) -> str:
        if len(values) == 2 and self.within(values[0]) == tuple(values):
            return values[1]
        if len(values) == 1:
            return values[0]
        candidates = [(value, self.name(value)) for value in values]
        raise Ambiguous(
            "{text} may mean {candidates_text}; write one of them",
            text=text,
            candidates=candidates,
            candidates_text=joined(", ", (name for _, name in candidates)),
        )

    def _kept(self, value: str, field: str) -> str:
        return value if field == CATEGORIES else value.partition(":")[2]

    def _spellings(self, names: list[str]) -> Iterator[tuple[str, str]]:
        for name in names:
            for one in self.of(name).values():
                for spelling in (one.sv, one.en, *one.synonyms):
                    yield f"{name}:{one.code}", spelling

    # What may not be set, and what selects no persons

    def problem(self, value: str, path: str) -> Invalid | None:
        """What is wrong with a value that is newly set: a scheme that is there does not have it."""
        scheme, colon, code = value.partition(":")
        if not colon or scheme not in self._schemes or code in self.of(scheme):
            return None
        return self.unknown(value, CATEGORIES, path)

    def unknown(self, text: str, field: str = CATEGORIES, path: str = "") -> Invalid:
        """The error for a category that does not exist; `fields["nearest"]` has up to three values."""
        _, wanted, asked = self._asked(text, field)
        spellings = {fold(spelling): value for value, spelling in self._spellings(asked)}
        codes = {one: f"{name}:{one}" for name in asked for one in self.of(name)}
        close: Iterable[str] = difflib.get_close_matches(fold(wanted), spellings, 6, 0.5)
        if wanted.isdecimal():
            close = sorted(codes, key=lambda one: _apart(one, wanted))
        nearest = list(dict.fromkeys(codes.get(one) or spellings[one] for one in close))[:3]
        names = joined(", ", map(self.name, nearest))
        schemes = ", ".join(asked or self.names())
        return Invalid(
            "{at}{text} is no category{of}{hint} (all: kontaktnat list words)",
            at=f"{path}: " if path else "",
            path=path,
            text=text,
            of=Text(" of {schemes}", schemes=schemes) if schemes else "",
            nearest=nearest,
            hint=Text("; nearest: {names}", names=names) if nearest else "",
        )

    def is_closed(self, value: str) -> bool:
        """Whether `icnpo:10100` selects organisations only, as its own plugin or kontaktnat itself says."""
        return compact(value) in self.closed.codes or reveals(CATEGORIES, value)

    @cached_property
    def closed(self) -> Declared:
        """Categories that select organisations only, with all that is below them."""
        found = {
            (scheme.name, one.code): one
            for scheme in self._declaring
            for top in scheme.categories
            if top.organisations_only
            for one in (top, *_below(scheme.categories, top.code))
        }
        if not found:
            return NOTHING_MORE
        titles = {fold(title) for one in found.values() for title in (one.sv, one.en, *one.synonyms)}
        return Declared(
            codes=frozenset(compact(f"{name}:{code}") for name, code in found), titles=frozenset(titles)
        )


def _below(categories: Iterable[Category], code: str) -> list[Category]:
    """All categories below one, row by row."""
    known, found, row = tuple(categories), [], {code}
    while below := [one for one in known if one.parent in row]:
        found += below
        row = {one.code for one in below}
    return found


def _apart(one: str, other: str) -> tuple[int, int]:
    """How far two codes are from one another: first how they begin, then as numbers."""
    alike = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    return -alike, abs(int(one) - int(other)) if one.isdecimal() else len(one)
