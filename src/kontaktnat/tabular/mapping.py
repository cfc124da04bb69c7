"""Which column is what: as somebody told it, otherwise as its header says."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import frozen

from kontaktnat.errors import Invalid
from kontaktnat.i18n import Label, Text, and_more
from kontaktnat.tabular.headers import IGNORE, NAMES, PLAIN, TARGETS, WAYS, Meaning, meaning, meanings, plain

_SHOWN = 20  # of a file's columns in a message; Outlook has 92
_AT_FIELDS = re.compile(r",(?=[^,=]*=|\s*\Z)")
"""Between pairs: a title may have a comma of its own ("Efternamn, förnamn")."""
_LETTERS = 60  # of a column's title there; what was taken for the header may be a text


@frozen(kw_only=True, repr=False)
class Mapped:
    """The columns of a table by what they mean."""

    header: tuple[str, ...]
    columns: tuple[Meaning | None, ...]

    def has(self, *targets: str) -> bool:
        """Whether a column is one of these."""
        return any(one and one.target in targets for one in self.columns)

    def of(self, target: str) -> list[int]:
        """The columns that are this."""
        return [n for n, one in enumerate(self.columns) if one and one.target == target]

    def persons(self) -> dict[str, list[int]]:
        """The columns that name whom one reaches at an organisation, by as what."""
        found: dict[str, list[int]] = {}
        for n in self.of("person"):
            if one := self.columns[n]:
                found.setdefault(one.whose, []).append(n)
        return found

    @property
    def names_somebody(self) -> bool:
        """Whether there is a column by which a row can be called."""
        return self.has("name", "given", "family", "person", "organisation")


def mapped(header: Sequence[str], told: str = "") -> Mapped:
    """The table's columns; `told` is `FIELD=COLUMN,…` and goes before what the headers say.

    Raises Invalid for a field or column that there is not, or told twice.
    """
    titles = numbered(header)
    columns = meanings(titles)
    pairs = [_told(titles, pair) for pair in _AT_FIELDS.split(told) if pair.strip()]
    taken = {meant.target for meant, _ in pairs if meant}
    given: dict[int, Meaning | None] = {}
    for meant, at in pairs:
        if at in given:
            raise Invalid("--map {pair}: the column {column} is told twice", pair=told, column=titles[at],
                          path="map")  # fmt: skip
        given[at] = meant
    for target in taken - WAYS.keys() - {"note", "tags"}:
        if sum(1 for meant, _ in pairs if meant and meant.target == target) > 1:
            raise Invalid("--map {target}=…: it can have one column only", target=target, path="map")
    # What is told of one name stands for all: no column that was not told is taken for another.
    if taken & {"name", "given", "family"}:
        taken |= {"name", "given", "middle", "family"}
    for n, one in enumerate(columns):
        if one and one.target in taken and n not in given:
            columns[n] = None
    for at, meant in given.items():
        columns[at] = meant
    _only_first(columns)
    result = Mapped(header=tuple(titles), columns=tuple(columns))
    if not result.names_somebody:
        raise Invalid(
            "which column is the name? write --map name=COLUMN,email=COLUMN or given=COLUMN,family=COLUMN; "
            "the columns are {columns}",
            columns=columns_of(titles), path="map",
        )  # fmt: skip
    return result


def _only_first(columns: list[Meaning | None]) -> None:
    """Of a field that holds one value the first column is read."""
    seen: set[tuple[str, str, str]] = set()
    for n, one in enumerate(columns):
        if one and one.target in (*NAMES, *PLAIN):
            key = one.target, one.whose, one.part
            if key in seen:
                columns[n] = None
            seen.add(key)


def numbered(header: Sequence[str]) -> list[str]:
    """Titles on one line, of which none stands twice: a second "E-post" is "E-post (2)"."""
    titles: dict[str, None] = {}
    numbers: dict[str, int] = {}
    for n, title in enumerate(" ".join(str(one or "").split()) for one in header):
        name = title or str(Text("column {n}", n=n + 1))
        while name in titles:
            numbers[title] = number = numbers.get(title, 1) + 1
            name = f"{title} ({number})"
        titles[name] = None
    return list(titles)


def _told(titles: Sequence[str], pair: str) -> tuple[Meaning | None, int]:
    target, equals, column = (part.strip() for part in pair.partition("="))
    if not equals:
        raise Invalid("--map {pair}: write FIELD=COLUMN", pair=pair, path="map")
    meant = Meaning(target=target) if target in TARGETS else _in_words(target)
    if meant is None and target != IGNORE:
        raise Invalid("--map {target}=…: a field is one of {known}", target=target,
                      known=", ".join((*TARGETS, IGNORE)), path="map")  # fmt: skip
    if column not in titles:
        raise Invalid("--map {target}={column}: no such column; there are {columns}", target=target,
                      column=column, columns=columns_of(titles), path="map")  # fmt: skip
    return meant, titles.index(column)


def _in_words(target: str) -> Meaning | None:
    """A field as people call it: `email`, `mobil`, `förnamn`, `kommun`."""
    if meant := _BY_ITSELF.get(plain(target)):
        return Meaning(target=meant)
    found = meaning(target)
    return found if found and not found.part else None


_BY_ITSELF = {
    "title": "title", "titel": "title", "kommun": "place", "municipality": "place", "adress": "address",
}  # fmt: skip
"""Words that beside others, in a header, may mean something else."""


def columns_of(titles: Sequence[str]) -> str:
    """The first of a file's columns, for a message."""
    more = and_more(len(titles) - _SHOWN)
    shown = (title if len(title) <= _LETTERS else f"{title[:_LETTERS]}…" for title in titles[:_SHOWN])
    return Text("{shown}{more}", shown=", ".join(shown), more=more)


def find_header(rows: Sequence[Sequence[object]]) -> int:
    """Which of a file's first rows is its header: the one with the most titles that are known.

    A note or a title may stand above it. Where no title is known it is the first row.
    """
    best, most = 0, 0
    for n, cells in enumerate(rows):
        titles = [str(one) for one in cells if isinstance(one, str) and one.strip() and len(one) < 60]
        known = sum(1 for one in meanings(titles) if one)
        if known > most and (known > 1 or len(titles) == 1):
            best, most = n, known
    return best


def shown(mapping: Mapped) -> tuple[tuple[str, str], ...]:
    """(column, what it is taken as), for people."""
    return tuple(
        (title, _said(one))
        for title, one in zip(mapping.header, mapping.columns, strict=True)
        if one and one.target != "label"
    )


def in_swedish(field: str) -> str:
    """What a field of a record is called in a table, or else on a page; "" where it has no name."""
    from kontaktnat.privacy.titles import TITLES

    return _SWEDISH.get(field) or TITLES.get(field, ("", ""))[1]


def _said(one: Meaning) -> str:
    """As `--map` takes it: by the field's own name, or in Swedish."""
    words = [word for word in (one.target, one.label, one.part) if word and word != "whole"]
    return Label(" ".join(words), " ".join(_SWEDISH.get(word, word) for word in words))


_SWEDISH = {
    "name": "namn", "given": "förnamn", "middle": "mellannamn", "family": "efternamn", "mail": "e-post",
    "phone": "telefon", "web": "webb", "address": "adress", "department": "avdelning", "title": "titel",
    "function": "funktion", "aliases": "alias", "tags": "etiketter", "categories": "kategorikod",
    "kind": "slag", "place": "kommun", "org_number": "organisationsnummer", "legal_form": "juridisk form",
    "sector": "sektor", "purpose": "ändamål", "legal_basis": "rättslig grund", "source": "källa",
    "protected": "skyddad", "since": "sedan", "until": "till",
    "person": "kontaktperson", "note": "anteckning",
    "work": "arbete", "home": "hem", "mobile": "mobil",
    "other": "övrigt", "street": "gata", "postcode": "postnummer", "town": "ort", "rest": "land, region",
}  # fmt: skip
