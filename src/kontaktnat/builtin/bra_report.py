"""The report to Brå on a year, as Markdown to paste into an answer, or as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, BinaryIO

from kontaktnat.builtin.parameters import number
from kontaktnat.extend import Outward, Table
from kontaktnat.i18n import Text, language, tr
from kontaktnat.options import check_options
from kontaktnat.privacy.suppression import FEW
from kontaktnat.views.bra_report import POINTS, TOTAL, UNMARKED, due_year
from kontaktnat.views.said import bra_report as said

_HEADINGS = {
    "1": Text("2 § 1: support to knowledge-based local and regional work"),
    "2": Text("2 § 2: development of cooperation and exchange of experience"),
    "3": Text("2 § 3: support to competence and cross-sector training"),
    "4": Text("2 § 4: support to and initiative for measures across municipal borders"),
    UNMARKED: Text("Marked with none of the points"),
    TOTAL: Text("Total, each counted once"),
}
_MEASURES = {
    "interactions": Text("Interactions"),
    "municipalities": Text("Municipalities"),
    "people": Text("People"),
}
_WITHHELD = ".."


def write(out: Outward, stream: BinaryIO, options: Mapping[str, str]) -> None:
    """One year (`--set year=2026`; by default the one that is due) as Markdown, or `--set as=csv`."""
    check_options(options, year=None, **{"as": ("markdown", "csv")})
    given = options.get("year", "").strip()
    year = number("year", given, 9999) if given else due_year(out.today)
    table = out.view("bra-report", year=year)
    if options.get("as") == "csv":
        stream.write(_csv(table).encode())
        return
    stream.write("\n".join(_markdown(out, table, year)).encode())


def _csv(table: Table) -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, [one.key for one in table.columns], lineterminator="\n")
    writer.writeheader()
    writer.writerows(table.rows)
    return text.getvalue()


def _markdown(out: Outward, table: Table, year: int) -> Iterator[str]:
    rows = table.rows
    yield f"# {tr(Text('Report to Brå on {year}: förordning (2016:1258) 4 §', year=year))}"
    yield ""
    for note in table.notes:
        yield f"- {tr(note)}"
    yield ""
    yield f"## {tr(Text('In short'))}"
    yield ""
    heads = [Text("Point"), *_MEASURES.values()]
    points = (*POINTS, UNMARKED, TOTAL)
    yield from _table(heads, ([_HEADINGS[one], *(_n(rows, each, one) for each in _MEASURES)]
                              for one in points))  # fmt: skip
    for point in points:
        yield from ("", f"## {tr(_HEADINGS[point])}", "")
        kinds = [row for row in rows if (row["measure"], row["point"]) == ("by_kind", point)]
        counted = [(out.words.label("interaction_kind", row["kind"], language()) or tr(Text("no kind")),
                    str(row["n"])) for row in kinds]  # fmt: skip
        if not counted:
            yield tr(Text("No interactions."))
            continue
        yield from _table([Text("Interactions held"), Text("Number")], counted)
        yield ""
        yield f"- {tr(Text('Municipalities reached: {n}', n=_n(rows, 'municipalities', point)))}"
        yield f"- {tr(Text('People present: {n}', n=_n(rows, 'people', point)))}"
    yield from ("", f"## {tr(Text('What is withheld, and why'))}", "", tr(_withheld(rows)))
    yield from ("", f"## {tr(Text('How it is counted'))}", "")
    what = Text(
        "Interactions held in {year}, in all and by kind, the municipalities that anybody was there from, "
        "and the people present, by the points of förordning (2016:1258) 2 § that the interactions are "
        "marked with. Counts of people under {few} stand as .. , and so do others where they would tell one.",
        year=year,
        few=FEW,
    )
    for part in (what, said.FORMULA, said.SOURCE):
        yield from (tr(part), "")


def _withheld(rows: Sequence[Mapping[str, Any]]) -> str:
    n = sum(row["n"] is None for row in rows)
    if not n:
        return Text("Nothing: no count of people is under {few}.", few=FEW)
    return Text(
        "{n} count of people stands as .. : under {few}, or withheld so that another cannot be worked out "
        "from it. Few people may be recognised; interactions and municipalities are no people.",
        "{n} counts of people stand as .. : under {few}, or withheld so that another cannot be worked out "
        "from them. Few people may be recognised; interactions and municipalities are no people.",
        n=n,
        few=FEW,
    )


def _n(rows: Sequence[Mapping[str, Any]], measure: str, point: str) -> str:
    found = next(row["n"] for row in rows if (row["measure"], row["point"]) == (measure, point))
    return _WITHHELD if found is None else str(found)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    def line(cells: Iterable[str]) -> str:
        return f"| {' | '.join(_cell(tr(cell)) for cell in cells)} |"

    yield line(heads)
    yield line(["---", *["--:"] * (len(heads) - 1)])
    yield from map(line, rows)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
