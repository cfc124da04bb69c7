"""How names are spelled, and which there are: texts that were read wrong, sounds, the package's lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from kontaktnat.text import fold

_BROKEN = re.compile("[ÃÂ][\\u0080-\\u00bf\\u0152-\\u017e\\u02c6\\u02dc\\u2013-\\u2122]")


def mended(text: str) -> str:
    """A text that was read in the wrong character set, read in the right one: "Ã…sa" → "Åsa"."""
    if not _BROKEN.search(text):
        return text
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text


_SOUNDS = [
    (re.compile(pattern), to)
    for pattern, to in (
        (r"ph", "f"), (r"th", "t"), (r"sch|sj(?=[aeiou])", "sh"), (r"tz", "s"),
        (r"tj(?=[aeiou])", "k"), (r"^kh", "h"),
        (r"ch|ck|q(?=u|v)|c(?=[^eiyh])|c$|q", "k"), (r"c", "s"),
        (r"ku(?=[aeio])", "kv"), (r"w", "v"), (r"x", "ks"), (r"z", "s"), (r"(?<=[aou])u(?=[aeio])", "v"),
        (r"hj", "j"), (r"gh", "g"), (r"(?<=[aeiouy])h(?=[lrmnt])", ""), (r"h$", ""), (r"dt", "t"),
        (r"y", "i"),
        (r"j(?=$)", "i"), (r"f(?=$|s|t)", "v"), (r"(.)\1+", r"\1"), (r"(?<=[nlrfst])ie$|ii$", "i"),
        (r"(?<=in)e$", ""),
    )
]  # fmt: skip
_ALIKE = {"par": "per", "peer": "per", "peter": "peter", "olov": "olov", "jon": "jon"}
_OE = re.compile(r"(?<=[bfgjklmnrst])oe(?=[bdgklmnrstv])|^oe(?=[bds])")


@lru_cache(maxsize=1 << 16)
def sound(word: str) -> str:
    """A part of a name as it sounds: "christina" → "kristina", "lindquist" → "lindkvist"."""
    if len(word) == 1:
        return fold(word)
    found = _OE.sub("o", fold(word.replace("đ", "dj")).replace("'", "").replace("’", "").replace("aa", "a"))
    for pattern, to in _SOUNDS:
        found = pattern.sub(to, found)
    return _ALIKE.get(found, found)


_SOMALI = [
    (re.compile(pattern), to)
    for pattern, to in ((r"c(?=[aeiou])|(?<=[aeiou])c$", ""), (r"x", "h"), (r"([aeiou])\1", r"\1"))
]
"""Somali as it is spelled at home, where c is a catch of the voice and x an h: Cali, Xasan."""


@lru_cache(maxsize=1 << 15)
def in_somali(word: str) -> str:
    """A name as it sounds if it is spelled as in Somali and is none that is common here; else ""."""
    plain = fold(word)
    if not re.search(r"^c[aiu]|x|[aeiou]c(?:[aeiou]|$)", plain):
        return ""
    if sound(word) in given_names().called or sound(word) in common_family():
        return ""
    for pattern, to in _SOMALI:
        plain = pattern.sub(to, plain)
    return sound(plain) if len(plain) > 2 else ""


def rows(name: str) -> list[str]:
    text = files("kontaktnat.likeness").joinpath(f"{name}.txt").read_text(encoding="utf-8")
    return [row for row in text.splitlines() if row and not row.startswith("#")]


class _Given(NamedTuple):
    heads: frozenset[str]
    """Names in their usual form, as they sound."""
    common: frozenset[str]
    called: dict[str, frozenset[str]]
    """What somebody is called, as it sounds → the names it may stand for, itself among them."""


@cache
def given_names() -> _Given:
    """The list of given names, read once."""
    heads, common = set(), set()
    called: dict[str, set[str]] = {}
    for row in rows("given"):
        head, _, forms = row.partition(":")
        name = sound(head.rstrip("*"))
        heads.add(name)
        if head.endswith("*"):
            common.add(name)
        for form in (name, *map(sound, filter(None, map(str.strip, forms.split(","))))):
            called.setdefault(form, set()).add(name)
    return _Given(
        frozenset(heads), frozenset(common), {form: frozenset(names) for form, names in called.items()}
    )


@cache
def common_family() -> frozenset[str]:
    """As they sound."""
    return frozenset(map(sound, rows("family")))


@cache
def borne() -> tuple[frozenset[str], frozenset[str]]:
    """Given and family names that are borne, in Sweden or by those who came."""
    from kontaktnat.freetext.name_lists import lists

    known = lists()
    return known.given, known.family | frozenset(rows("family"))


def is_given(words: Sequence[str]) -> bool:
    """Whether these may all be given names."""
    return bool(words) and all(sound(word) in given_names().called for word in words)


def heads_of(word: str) -> frozenset[str]:
    """The names a given name may stand for, as they sound: to look somebody up by."""
    heard = sound(word)
    found = given_names().called.get(heard) or frozenset({heard})
    return found | heads_of(read) if (read := in_somali(word)) else found
