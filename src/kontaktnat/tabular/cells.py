"""What a cell says: several values in one, nothing at all, a number that Excel made of text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

from kontaktnat.descriptors import CLEAR
from kontaktnat.matching import phone_problem

_NOTHING = frozenset({"0.0.00", "00.00.0000", "0000-00-00", "0.0.0000", "normal", "aus", "keine angabe",
                      "unspecified", "ej angivet", "ospecificerat", "falskt", "smtp", "ex",
                      "* mycontacts", "mycontacts"})  # fmt: skip
"""What programs write where nobody wrote anything."""
_LONGEST = max(map(len, _NOTHING))
_NOBODY = frozenset({"", "vakant", "vakans", "vacant", "vakant tjänst", "vakant post", "n.n", "nn", "n n",
                     "ej tillsatt", "inte tillsatt", "tillsätts", "rekrytering pågår", "saknas"})  # fmt: skip
"""What people write in a list where nobody has the post."""
_APART = re.compile(r" ::: |\||\n|\r")
_SEVERAL = {
    "mail": re.compile(r" ::: |\||[\n\r;,]|\s/\s"),
    "phone": re.compile(r" ::: |\||[\n\r;,]|\s/\s"),
    "web": re.compile(r" ::: |\||[\n\r]|\s;"),
    "address": re.compile(r" ::: |\|"),
    "tags": re.compile(r" ::: |[|\n\r;,]"),
}


def text_of(cell: Any) -> str:
    """A cell as text: 12.0 is 12, a date is ISO 8601, nothing and what programs write for it is ""."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        text = cell.strip()
        return "" if len(text) <= _LONGEST and text.casefold() in _NOTHING else text
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, date | time) else str(cell).strip()


_EXCHANGE = re.compile(r"(?i)(smtp:)|(?:sip|x400|x500|eum|spo|notes):")
"""What stands before each address of a mailbox in lists from Exchange; only the first is one of mail."""


def apart(target: str, text: str) -> Sequence[str]:
    """The values of a cell that may hold several."""
    parts = [part.strip() for part in _SEVERAL.get(target, _APART).split(text)]
    if target == "mail":
        told = [(part, _EXCHANGE.match(part)) for part in parts]
        parts = [part[found.end() :] if found else part for part, found in told if not found or found[1]]
    elif target == "tags":
        parts = [part.strip('"') for part in parts]  # Mailchimp's
    return [part for part in parts if part and part.casefold() not in _NOTHING]


def phone_of(cell: Any) -> str:
    """A telephone number as it was before a program made a number of it: 701740605.0 → 0701740605."""
    text = text_of(cell)
    number = isinstance(cell, int | float) and not isinstance(cell, bool) and text.isdecimal()
    return with_its_zero(text) if number else text


def with_its_zero(digits: str) -> str:
    """A phone number of which a spreadsheet made a number: 701740611 → "0701740611"."""
    if digits.startswith("0") or len(digits) < 6:
        return digits
    if digits.startswith("46") and not phone_problem(f"+{digits}"):
        return f"+{digits}"
    return f"0{digits}" if not phone_problem(f"0{digits}") else digits


def person(name: str) -> tuple[str, str, str]:
    """(name, given, family) of a name in one cell: "Ek, Eva" is Eva Ek; else nobody knows which is which."""
    family, comma, given = (part.strip() for part in name.partition(","))
    if comma and family and given and "," not in given:
        return f"{given} {family}", given, family
    return name, "", ""


_AND = re.compile(r"\s*[;\n\r]\s*|\s+/\s+|\s+(?:och|and|&|\+)\s+|\s*,\s*")
_POST = re.compile(
    r"(.*\S)\s*[(,]\s*((?:v(?:ice)? ?)?(?:ordf(?:\.|örande)?|kassör|sekr(?:\.|eterare)?))\s*\)?", re.I
)


def persons(text: str) -> list[tuple[str, str, str, str]]:
    """(name, given, family, post) of each in a cell that may name several: "Eva Ek, Bo Berg (kassör)".

    Several only where each part is a whole name: "Ek, Eva" is one person, and so is "Eva och Bo Ek".
    """
    parts = [part for part in _AND.split(text) if part]
    if len(parts) > 1 and all(_is_whole(part) for part in parts):
        return [one for part in parts for one in _one(part)]
    return _one(text)


def _one(text: str) -> list[tuple[str, str, str, str]]:
    told = line(text)
    found = _POST.fullmatch(told)
    told, post = (found[1], found[2]) if found else (told, "")
    return [] if told == CLEAR or is_nobody(told) else [(*person(told), post)]


def _is_whole(text: str) -> bool:
    """Whether it is a given and a family name, in that order."""
    from kontaktnat.freetext.name_lists import lists

    words = line(_POST.sub(r"\1", text)).split()
    return 1 < len(words) < 5 and words[0].split("-")[0].casefold() in lists().given


def is_nobody(name: str) -> bool:
    """Whether it says that there is nobody: "VAKANT", "N.N."."""
    return name.casefold().strip("(). -") in _NOBODY


_OPEN = frozenset({"-", "--", "–", "—", "tillsvidare", "tills vidare", "tv", "pågående", "pågår", "nuvarande",
                   "present", "current", "now", "nu", "?"})  # fmt: skip
"""What people write where a day is not known, or has not come."""
_DAY_FIRST = re.compile(r"(\d\d?)[./-](\d\d?)[.\s/-]+(\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d\d?)[-/.](\d\d?)(?:[t ]\d\d?:\d\d.*)?", re.ASCII | re.IGNORECASE)


@lru_cache(maxsize=4096)
def day(text: str, *, last: bool = False) -> str | None:
    """A day, month or year as ISO 8601, as people write it in a list; "" for none, None for what is unclear.

    `last`: it is the last day of something, and the first one without it is asked for.
    """
    from datetime import UTC, timedelta

    from kontaktnat.errors import Invalid
    from kontaktnat.timewords import parse_day

    plain = line(text).casefold()
    if plain in _OPEN:
        return ""
    if found := _DAY_FIRST.fullmatch(plain):
        plain = f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}"
    elif found := _YEAR_FIRST.fullmatch(plain):
        plain = f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"
    elif not re.search(r"(?<!\d)(?:19|20)\d\d", plain):  # words like "idag" are of the day of the import
        return None
    try:
        moment = parse_day(plain, datetime(2000, 1, 1, tzinfo=UTC), past=True)
        if last and moment.day:
            return (moment.first + timedelta(days=1)).isoformat()
    except (Invalid, OverflowError):
        return None
    return str(moment)


def line(text: str) -> str:
    """A text in one line."""
    return " ".join(text.split())
