"""Days and times as a letter has them: `torsdag 12 november 2026 kl. 13.00–15.00`."""

from __future__ import annotations

from datetime import date, datetime

from kontaktnat.model import Moment, PartialDate, stockholm

_DAYS = {
    "sv": ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS = {
    "sv": ("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober",
           "november", "december"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
}  # fmt: skip


def day(when: date, lang: str) -> str:
    """`torsdag 12 november 2026`, `Thursday 12 November 2026`."""
    return f"{_DAYS[lang][when.weekday()]} {when.day} {_MONTHS[lang][when.month - 1]} {when.year}"


def clock(when: datetime, lang: str) -> str:
    """`13.00` as Swedish has it, `13:00` in English; by Stockholm's clocks."""
    local = when.astimezone(stockholm())
    return f"{local:%H.%M}" if lang == "sv" else f"{local:%H:%M}"


def span(when: Moment | None, ends: datetime | None, lang: str) -> str:
    """When a meeting is; "" where that is not known. Of more than a day, its first and its last."""
    if when is None:
        return ""
    if isinstance(when, PartialDate):
        return _partial(when, ends, lang)
    local = when.astimezone(stockholm())
    at = "kl. " if lang == "sv" else ""
    first = f"{day(local.date(), lang)} {at}{clock(when, lang)}"
    if ends is None:
        return first
    last = ends.astimezone(stockholm())
    if last.date() == local.date():
        return f"{first}–{clock(ends, lang)}"
    return f"{first} – {day(last.date(), lang)} {at}{clock(ends, lang)}"


def _partial(when: PartialDate, ends: datetime | None, lang: str) -> str:
    if when.month is None:
        return str(when.year)
    if when.day is None:
        return f"{_MONTHS[lang][when.month - 1]} {when.year}"
    last = ends.astimezone(stockholm()).date() if ends else when.first
    return day(when.first, lang) + (f" – {day(last, lang)}" if last > when.first else "")
