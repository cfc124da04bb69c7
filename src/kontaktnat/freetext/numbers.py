"""Personnummer and samordningsnummer in a text (SKV 704, SKV 707; lag 2018:218, 3 kap. 10 §).

Ten or twelve digits, a separator only before the last four or none, a valid date (samordningsnummer: day +
60) and a control digit by Luhn. Organisation numbers have a third digit of 2 or more and so no month; the
century of a number with twelve digits is 18, 19 or 20, which leaves out those with the prefix 16.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

_HIDDEN = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f")
"""Characters that nobody sees: soft hyphens, joiners, marks of order and of direction."""
_DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d")
_PLUSES = frozenset("+\uff0b")

_NUMBER = re.compile(
    # Not inside a longer number or one that goes on: 0019850101980933, 978-850101-9802, 1.8501019802.
    r"(?<!\d)(?<!\d[-+.])(?<!\+)((?:18|19|20)?\d{6})( ?[-+] ?| )?(\d{4})(?!\d)(?![-+.]\d)"
)
_SAYS_PERSON = re.compile(
    r"(?:person|samordn|födelse)\w*?(?:nr|nummer|numret)\w*|\bpe?rs?n?(?:o?nu?m?)?r?\b|\bpnr|\bp-?nr|\bsamnr"
    r"|\bfödd\w*|\bf\.|\bssn",
    re.IGNORECASE,
)
_SAYS_PHONE = re.compile(
    r"\b(?:\w*tele?\w*|tfn|tlf|t|\w*mobil\w*|mob|m|sms\w*|mms|ring\w*|ringer|\w*nås|växel\w*|direkt\w*|jour\w*|fax\w*"
    r"|swish\w*|whatsapp|signal|lur\w*|anknytning\w*|phone|cell|call)\b",
    re.IGNORECASE,
)
_NEAR = 40
_HEX = re.compile(r"[0-9a-f-]{16,}", re.IGNORECASE)
_MOBILE = "07"
_OF_SAMORDNING = 60


def numbers(text: str) -> Iterator[tuple[int, int]]:
    """The (start, end) of every personnummer and samordningsnummer; `text` is in NFC."""
    plain, places = _plain(text)
    for found in _NUMBER.finditer(plain):
        if _is_one(found) and not _inside_hash(plain, found) and not _is_phone(found):
            yield places[found.start()], places[found.end() - 1] + 1


def _plain(text: str) -> tuple[str, list[int]]:
    """The text with ASCII digits, hyphens and blanks and nothing unseen, and where each character stood."""
    if text.isascii():
        return text, list(range(len(text)))
    letters, places = [], []
    for n, letter in enumerate(text):
        if letter in _HIDDEN:
            continue
        if letter in _DASHES:
            plain = "-"
        elif letter in _PLUSES:
            plain = "+"
        elif letter.isspace():
            plain = "\n" if letter in "\n\r\u2028\u2029" else " "
        elif (digit := unicodedata.decimal(letter, None)) is not None:
            plain = str(digit)
        else:
            plain = letter
        letters.append(plain)
        places.append(n)
    return "".join(letters), places


def _is_one(found: re.Match[str]) -> bool:
    from stdnum import luhn

    front, separator, last = found[1], found[2], found[3]
    if separator and separator.strip() == "" and not _says(found, _SAYS_PERSON):
        return False  # "850101 9802" may be a time or two amounts, unless it is said what it is
    if separator and len(separator) > 1 and not _says(found, _SAYS_PERSON):
        return False  # likewise "850101 - 9802"
    return _is_day(front) and bool(luhn.is_valid(front[-6:] + last))


def _is_day(digits: str) -> bool:
    month, day = int(digits[-4:-2]), int(digits[-2:])
    if day > _OF_SAMORDNING:
        day -= _OF_SAMORDNING
    short = 6
    years = [digits[:4]] if len(digits) > short else [century + digits[:2] for century in ("20", "19", "18")]
    return any(_exists(int(year), month, day) for year in years)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _says(found: re.Match[str], words: re.Pattern[str]) -> bool:
    return _last(words, found) >= 0


def _last(words: re.Pattern[str], found: re.Match[str]) -> int:
    """Where the last of these words begins that stand shortly before on the line, or -1."""
    start = max(0, found.start() - _NEAR)
    before = found.string[start : found.start()]
    line = before.rfind("\n") + 1
    return max((start + word.start() for word in words.finditer(before, line)), default=-1)


def _inside_hash(plain: str, found: re.Match[str]) -> bool:
    """Whether it is a piece of an id as computers make them: 1f2e8501019802ab…"""
    start, end = found.span()
    while start and (plain[start - 1].isalnum() or plain[start - 1] == "-"):
        start -= 1
    while end < len(plain) and (plain[end].isalnum() or plain[end] == "-"):
        end += 1
    token = plain[start:end]
    return bool(_HEX.fullmatch(token)) and any(letter.isalpha() for letter in token)


def _is_phone(found: re.Match[str]) -> bool:
    """Whether it is written as a phone number: 0701740605, or "tel 070174-0605".

    Ten digits that begin with 07 are a mobile number unless it is said that they are something else; other
    area codes only where it is said that one can ring there, since people born from 2000 on begin with 0 too.
    """
    digits = found[1] + found[3]
    if len(digits) != 10 or digits[0] != "0":
        return False
    import phonenumbers

    phone, person = _last(_SAYS_PHONE, found), _last(_SAYS_PERSON, found)
    if not phonenumbers.is_valid_number(phonenumbers.parse(digits, "SE")):
        return False
    return phone > person or (phone == person and not found[2] and digits.startswith(_MOBILE))
