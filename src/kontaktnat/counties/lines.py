"""What a line of a pack lacks or tells too much of, whatever else it says."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from kontaktnat.counties.people import names_somebody, people_in
from kontaktnat.i18n import Text
from kontaktnat.model import RECORDS, Actor, Commitment
from kontaktnat.packs.files import Row
from kontaktnat.packs.mistakes import Mistake
from kontaktnat.packs.records import NOWHERE, Line

AREA = "local_police_area"
_WORDS = 8


def organisations_of(lines: Iterable[Line]) -> frozenset[str]:
    """What the actors and networks of a pack are called, whole and in parts: it is nobody's name."""
    cells = [line.row.cells for line in lines if line.type in ("actor", "network")]
    texts = [cell.get(column, "") for cell in cells for column in ("name", "aliases")]
    names = {part.strip() for text in texts for part in text.split("|")}
    return frozenset(
        " ".join(words[first:last])
        for name in names
        if not names_somebody(name, called=True)
        for words in (name.split()[:_WORDS],)
        for first in range(len(words))
        for last in range(first + 1, len(words) + 1)
    )


def mistakes_in(line: Line, organisations: Collection[str] = ()) -> Iterator[Mistake]:
    """What a row lacks or tells too much of."""
    row, cls = line.row, RECORDS[line.type]
    yield from people_in(row, cls, organisations)
    if not row.whole:
        return
    if cls is Actor and row.cells.get("kind") == "municipality":
        yield from _in_its_county(line)
    if cls is Commitment:
        if row.cells.get("kind") == AREA and "valid_from" not in row.cells:
            yield row.mistake(
                "valid_from",
                Text("a police area without a date: since when does it serve the municipality?"),
                Text("write the date, as 2018-09, or unknown where no source says"),
            )
        yield from _sure(row)


def _in_its_county(line: Line) -> Iterator[Mistake]:
    record = line.record
    if not isinstance(record, Actor) or "county" in line.row.cells:
        return
    if record.county == NOWHERE:  # what its pack lacks is told of the pack
        return
    if record.place and record.county and record.place[:2] != record.county:
        yield line.row.mistake(
            "county",
            Text("municipality {code} is not in county {county}", code=record.place, county=record.county),
            Text("write {code} in the column county, or correct the place", code=record.place[:2]),
        )


def _sure(row: Row) -> Iterator[Mistake]:
    """How sure it is, and by whom it is told."""
    certainty = next((text for name, text in row.cells.items() if name.endswith(".certainty")), None)
    if certainty is None:
        yield row.mistake(
            "pack.certainty",
            Text("it does not say how sure it is"),
            Text("write verified where you have read it in the source, otherwise unverified"),
        )
    if not any(name.endswith(".source") for name in row.cells):
        yield row.mistake(
            "pack.source",
            Text("it does not say where it was read"),
            Text("write the source: a web site and a year, or own knowledge"),
        )
