"""Rows that were rejected → a workbook with each row's problem, to be corrected and imported again."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, cast

from kontaktnat_excel.reading import Row

_PROBLEM = "problem"


def workbook(rejected: Sequence[tuple[Any, str]]) -> bytes:
    """A sheet for each sheet that a row came from, with its columns and what is wrong."""
    from xlsxwriter import Workbook

    packed = io.BytesIO()
    book = Workbook(packed, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    book.set_properties({"created": datetime(2000, 1, 1)})
    text, red = book.add_format({"num_format": "@"}), book.add_format({"font_color": "#C00000"})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    for name, rows in _by_sheet(rejected).items():
        sheet = book.add_worksheet(name)
        header = list(dict.fromkeys(key for raw, _ in rows for key in raw if key and key != _PROBLEM))
        for at, title in enumerate((*header, _PROBLEM)):
            sheet.write_string(0, at, title)
        for row, (raw, why) in enumerate(rows, 1):
            for at, key in enumerate(header):
                value = raw.get(key)
                if isinstance(value, bool):
                    sheet.write_boolean(row, at, value)
                elif isinstance(value, int | float):
                    sheet.write_number(row, at, value)
                elif isinstance(value, datetime):
                    sheet.write_datetime(row, at, value, moment)
                elif isinstance(value, date):
                    sheet.write_datetime(row, at, cast("datetime", value))
                elif value is not None:
                    sheet.write_string(row, at, str(value), text)
            sheet.write_string(row, len(header), why, red)
        sheet.freeze_panes(1, 0)
    book.close()
    return packed.getvalue()


def _by_sheet(rejected: Sequence[tuple[Any, str]]) -> dict[str, list[tuple[Mapping[str, Any], str]]]:
    found: dict[str, list[tuple[Mapping[str, Any], str]]] = {}
    for raw, why in rejected:
        row = raw if isinstance(raw, Mapping) else {"": str(raw)}
        found.setdefault(raw.sheet if isinstance(raw, Row) else "", []).append((row, why))
    return found
