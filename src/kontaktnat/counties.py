"""Filling a book with a county: what the pack has and the book lacks, in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontaktnat.descriptors import CountyPack
from kontaktnat.errors import Ambiguous, NotFound
from kontaktnat.i18n import Text
from kontaktnat.matching import nearest
from kontaktnat.model.base import Record
from kontaktnat.plugins.claiming import only
from kontaktnat.text import fold

if TYPE_CHECKING:
    from kontaktnat.book import Book


def find_pack(book: Book, name: str) -> CountyPack:
    """The pack of a county, by name, title, letter or code; raises NotFound naming those there are."""
    book.plugins.uncontested("register_county_packs", name)
    packs: dict[str, CountyPack] = dict(book.plugins.collect("register_county_packs"))
    wanted = fold(name.strip())
    named = [
        pack
        for pack in packs.values()
        if wanted in {fold(word) for word in (pack.name, pack.title, pack.county, *pack.aliases)}
    ]
    if len(named) == 1:
        return named[0]
    if named:
        raise Ambiguous(
            "{text} is the county of several packs: {shown}; name one",
            text=name,
            candidates=[(pack.name, pack.title) for pack in named],
            shown=", ".join(pack.name for pack in named),
        )
    near = nearest(name, packs, 1)
    raise NotFound(
        "no installed plugin has a county {name}{hint}; there are: {all}",
        name=name,
        nearest=near,
        hint=Text(" (nearest: {names})", names=near[0]) if near else "",
        all=", ".join(sorted(packs)) or Text("none, install one, as kontaktnat-kalmar"),
    )


def add_county(book: Book, name: str) -> tuple[int, int]:
    """See `Book.add_county`."""
    pack = find_pack(book, name)
    added = there = 0
    with book.plugins.running("register_county_packs", pack.name):
        records = tuple(only(Record, pack.records()))
    with book.transaction(f"county {pack.name} {pack.version}"):
        for record in records:
            if book.peek(type(record), record.id) is not None:
                there += 1
            else:
                book.add(record)
                added += 1
        book.set(f"pack.{pack.name}", pack.version)
        if book.setting("county") is None:
            book.set("county", pack.county)
    return added, there
