"""What states and bases of what is due mean, for who is handed a page without the definitions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kontaktnat.i18n import Text

_MEANT: Mapping[tuple[str, str], Text] = {
    ("state", "missing"): Text(
        "not in the book: nothing is noted of it, which says nothing of how it is in the municipality"
    ),
    ("state", "overdue"): Text(
        "overdue: reckoned from the latest date in the book; it may have been seen to since"
    ),
    ("basis", "reading"): Text("our reading of the law: the law says how often, the day is reckoned by us"),
    ("basis", "work_for"): Text("law, work for: to be without it is no breach by itself"),
    ("basis", "practice"): Text("practice: a custom, no duty"),
}


def legend(rows: Iterable[Mapping[str, Any]]) -> Iterator[Text]:
    """Of rows with `state` and `basis`, a line for each word that could be taken for a reproach."""
    there = {(key, row[key]) for row in rows for key in ("state", "basis")}
    yield from (said for word, said in _MEANT.items() if word in there)
