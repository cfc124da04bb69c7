"""The lists of names that the package brings, made by `tools/make_names.py`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from attrs import frozen

_SWEDISH = frozenset("åäöé")


@frozen
class Lists:
    """Names in lower case."""

    given: frozenset[str]
    family: frozenset[str]
    places: frozenset[str]
    words: frozenset[str]
    """Names that are words of everyday Swedish, too."""

    def is_given(self, word: str) -> bool:
        return any(_among(form, self.given) for form in _forms(word))

    def is_family(self, word: str) -> bool:
        return any(_among(form, self.family) for form in _forms(word))

    def is_word(self, word: str) -> bool:
        return word in self.words


@cache
def lists() -> Lists:
    """The lists of the package, read once."""
    read = {name: _read(name) for name in ("given", "family", "places")}
    words = frozenset(row[:-1] for rows in read.values() for row in rows if "*" in row)
    names = {name: frozenset("\n".join(rows).replace("*", "").split("\n")) for name, rows in read.items()}
    return Lists(
        given=names["given"] | frozenset(_unaccented("\n".join(names["given"])).split("\n")),
        family=names["family"] | frozenset(_unaccented("\n".join(names["family"])).split("\n")),
        places=names["places"],
        words=words,
    )


def _read(name: str) -> list[str]:
    return (
        files("kontaktnat.freetext").joinpath(f"{name}.txt").read_text(encoding="utf-8").lower().splitlines()
    )


def _unaccented(names: str) -> str:
    """As they are written without the letters that a Swedish keyboard lacks: Jovanović → Jovanovic."""
    if names.isascii():
        return names
    from kontaktnat.text import fold

    return names.translate({ord(letter): fold(letter) for letter in set(names) - _SWEDISH if letter > "\x7f"})


def _forms(word: str) -> Iterator[str]:
    """The word, and what it is a genitive of."""
    lower = word.lower().replace("’", "'")
    for one in (lower, _unaccented(lower)):
        yield one
        if one.endswith("s"):
            yield one[:-1].rstrip("'")


def _among(word: str, names: frozenset[str]) -> bool:
    return word in names or ("-" in word and all(part in names for part in word.split("-")))
