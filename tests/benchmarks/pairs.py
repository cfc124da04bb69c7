"""Measuring in pairs."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable
from typing import NamedTuple

PAIRS = 21


class Row(NamedTuple):
    """What one thing costs, as ours divided by the baseline in each pair."""

    subject: str
    what: str
    baseline: str
    ratios: list[float]
    seconds: float
    """Median time of ours."""
    target: float | None = None
    """The ratio that the design promises, if it promises one."""

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
    ours: Callable[[], object],
    baseline: tuple[str, Callable[[], object]],
    *,
    before: Callable[[], object] = lambda: None,
    pairs: int = PAIRS,
    target: float | None = None,
) -> Row:
    """Both by turns, in changing order; `before` prepares each run of ours and is not measured.

    One pair goes first and does not count: it warms the disk's cache and writes bytecode.
    """
    name, theirs = baseline
    ratios, times = [], []
    for number in range(-1, pairs):
        before()
        if number % 2:
            other, own = seconds(theirs), seconds(ours)
        else:
            own, other = seconds(ours), seconds(theirs)
        if number >= 0:
            ratios.append(own / other)
            times.append(own)
    return Row(subject, what, name, ratios, statistics.median(times), target)


def table(rows: Iterable[Row]) -> str:
    """The rows for eyes."""
    head = ("subject", "what", "median", "min", "max", "target", "ours, ms", "compared with")
    lines = [
        (
            row.subject,
            row.what,
            f"{row.median:.2f}",
            f"{min(row.ratios):.2f}",
            f"{max(row.ratios):.2f}",
            "" if row.target is None else f"{row.target:.2f}{'' if row.median <= row.target else ' !'}",
            f"{row.seconds * 1000:.1f}",
            row.baseline,
        )
        for row in rows
    ]
    widths = [max(map(len, column)) for column in zip(head, *lines, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in (head, *lines)
    )
