"""Measuring in pairs."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

PAIRS = 21
OFTEN = 5
"""Times as many pairs for what waits for the disk, whose moods differ more than a processor's."""
FEWEST = 3
PATIENCE = 20.0
"""Seconds after which `FEWEST` pairs must do: TinyDB as it is takes one for an insert into a large file."""


class Row(NamedTuple):
    """What one thing costs, as ours divided by the baseline in each pair."""

    subject: str
    what: str
    baseline: str
    ratios: list[float]
    ours: float
    """Median of ours, in `unit`."""
    target: float | None = None
    """The ratio that the design promises, if it promises one."""
    documents: int | None = None
    """How many there were, where that matters."""
    unit: str = "s"
    """Seconds; "B": bytes; "": a count."""

    @property
    def median(self) -> float:
        return statistics.median(self.ratios)


def seconds(work: Callable[[], object]) -> float:
    """How long it takes once."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def in_pairs(
    subject: str,
    what: str,
    ours: Callable[[], Any],
    baseline: tuple[str, Callable[[], Any]],
    *,
    before: Callable[[], object] = lambda: None,
    measure: Callable[[Callable[[], Any]], float] = seconds,
    pairs: int = PAIRS,
    times: int = 1,
    patience: float = PATIENCE,
    target: float | None = None,
    documents: int | None = None,
    unit: str = "s",
) -> Row:
    """Both by turns, in changing order; `before` prepares each run of ours and is not measured.

    One pair goes first and does not count: it warms the disk's cache and writes bytecode. A run does its
    work `times` times, so that what takes microseconds can be seen by the clock. `measure` runs something
    and tells what it cost. After `patience` seconds a few pairs are enough.
    """
    name, theirs = baseline
    ratios: list[float] = []
    costs = []
    began = time.perf_counter()
    for number in range(-1, pairs):
        if len(ratios) >= FEWEST and time.perf_counter() - began > patience:
            break
        before()
        if number % 2:
            other, own = measure(theirs), measure(ours)
        else:
            own, other = measure(ours), measure(theirs)
        if number >= 0:
            ratios.append(own / other)
            costs.append(own / times)
    return Row(subject, what, name, ratios, statistics.median(costs), target, documents, unit)


def growth(rows: Sequence[Row]) -> list[float | None]:
    """For each row, what ours is there divided by what it is among the next smaller number of documents."""
    sizes = {(row.subject, row.what, row.documents or 0): row.ours for row in rows}

    def of(row: Row) -> float | None:
        smaller = [
            size for subject, what, size in sizes
            if (subject, what) == (row.subject, row.what) and size < (row.documents or 0)
        ]  # fmt: skip
        return row.ours / sizes[row.subject, row.what, max(smaller)] if smaller else None

    return [of(row) for row in rows]


def table(rows: Iterable[Row]) -> str:
    """The rows for eyes."""
    rows = list(rows)
    head = (
        "subject", "what", "documents", "median", "min", "max", "target", "ours", "growth", "compared with",
    )  # fmt: skip
    lines = [
        (
            row.subject,
            row.what,
            "" if row.documents is None else f"{row.documents:,}",
            _ratio(row.median),
            _ratio(min(row.ratios)),
            _ratio(max(row.ratios)),
            "" if row.target is None else f"{_ratio(row.target)}{'' if row.median <= row.target else ' !'}",
            _amount(row),
            "" if grown is None else _ratio(grown),
            row.baseline,
        )
        for row, grown in zip(rows, growth(rows), strict=True)
    ]
    widths = [max(map(len, column)) for column in zip(head, *lines, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in (head, *lines)
    )


def _ratio(value: float) -> str:
    return f"{value:.2f}" if value >= 0.1 else f"{value:.2g}"


def _amount(row: Row) -> str:
    match row.unit:
        case "s":
            return f"{row.ours * 1000:.1f} ms" if row.ours >= 0.001 else f"{row.ours * 1e6:.1f} µs"
        case "B":
            return f"{row.ours:,.0f} B" if row.ours < 1e6 else f"{row.ours / 1e6:.1f} MB"
    return f"{row.ours:g}"
