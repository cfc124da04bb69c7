"""Which county pack is meant: by name, title, letter or code, with or without dots on the letters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from kontaktnat.descriptors import CountyPack
from kontaktnat.errors import Ambiguous, NotFound, Usage
from kontaktnat.i18n import Text
from kontaktnat.text import fold

if TYPE_CHECKING:
    from kontaktnat.plugins import Plugins


def packs_of(plugins: Plugins) -> Mapping[str, CountyPack]:
    """The packs of all installed plugins, by name."""
    packs: Mapping[str, CountyPack] = plugins.collect("register_county_packs")
    return packs


def find_pack(plugins: Plugins, name: str) -> CountyPack:
    """The pack of a county: its own, if there is one, before what holds of any.

    Raises NotFound naming the nearest and those there are, Ambiguous where several counties' own are meant,
    Usage for a blank.
    """
    if not name.strip():
        raise Usage("name a county, as in --county kalmar")
    plugins.uncontested("register_county_packs", name)
    packs = packs_of(plugins)
    if name in packs:
        return packs[name]
    wanted = _spellings(name)
    named = [pack for pack in packs.values() if wanted & {*_called(pack)}]
    own = [pack for pack in named if not pack.general] or named
    if len(own) == 1:
        return own[0]
    if own:
        raise Ambiguous(
            "{text} is the county of several packs: {shown}; name one",
            text=name,
            candidates=[(pack.name, pack.title) for pack in own],
            shown=", ".join(pack.name for pack in own),
        )
    raise _not_found(packs.values(), name)


def county_names(packs: Iterable[CountyPack]) -> list[str]:
    """What to type for each county: the name of its own pack, or the county in plain letters."""
    every = list(packs)
    own = {pack.county for pack in every if not pack.general}
    return sorted(_plain(pack) for pack in every if not pack.general or pack.county not in own)


def _plain(pack: CountyPack) -> str:
    return pack.aliases[0] if pack.general and pack.aliases else pack.name


def _not_found(packs: Iterable[CountyPack], name: str) -> NotFound:
    every = list(packs)
    near = _nearest(every, name)
    hint = Text(" (nearest: {names})", names=", ".join(near)) if near else ""
    if any(pack.general for pack in every):
        return NotFound(
            "there is no county {name}{hint}; there are: {all}",
            name=name,
            nearest=near,
            hint=hint,
            all=", ".join(county_names(every)),
        )
    return NotFound(
        "no installed plugin has a county {name}{hint}; there are: {all}; kontaktnat-sweden brings all 21",
        name=name,
        nearest=near,
        hint=hint,
        all=", ".join(county_names(every)) or Text("none"),
    )


def _nearest(packs: list[CountyPack], name: str) -> list[str]:
    """What to type for the counties whose name looks most like it."""
    import difflib  # only where somebody made a slip

    own = {pack.county for pack in packs if not pack.general}
    typed = {
        spelling: _plain(pack)
        for pack in packs
        if not pack.general or pack.county not in own
        for spelling in _called(pack)
        if len(spelling) > 2
    }
    found = difflib.get_close_matches(min(_spellings(name), key=len), typed, 6)
    return list(dict.fromkeys(typed[spelling] for spelling in found))[:3]


def _called(pack: CountyPack) -> Iterator[str]:
    for word in (pack.name, pack.title, pack.county, *pack.aliases):
        yield from _spellings(word)


def _spellings(text: str) -> set[str]:
    """A county's name without dots, hyphens, `län` and the genitive before it: Kalmars län is Kalmar."""
    words = fold(text).replace("-", " ").split()
    if len(words) > 1 and words[-1] == "lan":
        words.pop()
        stem = " ".join(words)
        return {stem, stem.removesuffix("s")}
    return {" ".join(words)}
