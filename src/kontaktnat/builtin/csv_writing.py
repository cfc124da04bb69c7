"""CSV out: a sheet of one type of record, as programs read it, or as Excel does."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from datetime import date
from typing import Any, BinaryIO

import attrs

from kontaktnat.extend import Outward, record_class
from kontaktnat.options import check_options

_MISREAD = re.compile(r"[=+\-@\t\r']|0\d*$|\d+e\d+$|\d{12,}$", re.IGNORECASE)
"""Text of which Excel would make a formula, or another number."""


def write(out: Outward, stream: BinaryIO, options: Mapping[str, str]) -> None:
    """Records of one type (`--set type=actor`, else contacts). `--set excel=yes`: for Excel.

    That is `;`, a BOM, decimal commas, and an apostrophe before what Excel would take for a formula or make
    another number of.
    """
    from kontaktnat.tabular.exported import exported_sheet

    check_options(options, type=None, excel=("yes", "no"))
    cls = record_class(options.get("type", "contact"))
    excel = options.get("excel") == "yes"
    sheet = exported_sheet(out, cls.type)
    usually_no = [one.name for one in attrs.fields(cls) if one.default is False]
    text = io.TextIOWrapper(
        stream, encoding="utf-8-sig" if excel else "utf-8", newline="", write_through=True
    )
    writer = csv.writer(text, delimiter=";" if excel else ",")
    writer.writerow([column.key for column in sheet.columns])
    for _, cells in sheet.rows:
        for key in usually_no:
            cells[key] = cells[key] or None
        writer.writerow([_written(cells[column.key], excel) for column in sheet.columns])
    text.detach()


def _written(cell: Any, excel: bool) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    text = str(cell)
    if excel and isinstance(cell, float):
        return text.replace(".", ",")
    return f"'{text}" if excel and isinstance(cell, str) and _MISREAD.match(text) else text
