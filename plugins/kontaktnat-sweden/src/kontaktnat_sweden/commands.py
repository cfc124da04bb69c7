"""The command `municipalities`; imported when it is run."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence

import attrs
import click

from kontaktnat.extend import Text, tr
from kontaktnat_sweden.table import Municipality, counties
from kontaktnat_sweden.table import municipalities as all_municipalities

COLUMNS = tuple(attribute.name for attribute in attrs.fields(Municipality))


@click.command()
@click.option("--county", metavar="COUNTY", help="Only those of this county: 08, H, Kalmar, vastra-gotaland.")
@click.option(
    "-o",
    "--output",
    type=click.Choice(["table", "json", "csv", "ids"]),
    default="table",
    show_default=True,
    help="ids: the codes, one a line.",
)
def municipalities(county: str | None, output: str) -> None:
    """Sweden's municipalities with SCB's codes, their legal names, and what they call themselves."""
    found = all_municipalities(county)
    render = {"table": _table, "json": _json, "csv": _csv, "ids": _ids}[output]
    click.echo(render(found), nl=False)


def _table(found: Sequence[Municipality]) -> str:
    names = {one.code: one.name for one in counties()}
    titles = tuple(map(tr, (Text("Code"), Text("Municipality"), Text("Calls itself"), Text("County"))))
    rows = [titles, *((one.code, one.legal_name, one.self_name, names[one.county]) for one in found)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)
    return "".join(f"{line}\n" for line in lines)


def _json(found: Sequence[Municipality]) -> str:
    columns = [{"key": key, "title": key, "type": "text"} for key in COLUMNS]
    records = [attrs.asdict(one) for one in found]
    document = {"schema": "kontaktnat/1", "view": "municipalities", "columns": columns, "records": records}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _csv(found: Sequence[Municipality]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(attrs.astuple(one) for one in found)
    return text.getvalue()


def _ids(found: Sequence[Municipality]) -> str:
    return "".join(f"{one.code}\n" for one in found)
