"""A county pack is a folder of data: `pack.toml` and one CSV file per type of record.

    pack.toml          name, county (SCB code, two digits), title, version, aliases = […], [practice]
    actors.csv         key;name;kind;place;aliases;…
    assignments.csv    roles.csv    networks.csv    commitments.csv        (any may be absent)
    words.csv          vocabulary;id;sv;en;synonyms

The files are UTF-8 and `;`-separated, the first line names the columns. A column is a field of the record,
an `extra` field (`pack.certainty`, kept as text), or one of these:

`key`      the record's name in the world, as `se:municipality:0881`. Its id is made from type and key, so
           that the same actor has the same id in every book and two packs may share it.
`county`   the SCB code, where it is not the pack's; `none` for a record of no county (a national body).
`members`  of a network: keys of actors, each with `@` and the date it joined where that is known.

A field that refers to a record holds its key. Several values in a cell are separated by `|`; yes and no
are written out; an empty cell leaves the field's default, and so does `unknown` in a column of dates, which
says that no source tells it. No persons: a pack's roles are vacant.

`[practice]` in pack.toml is what is customary in the county (see `kontaktnat.practice`): after how long what
is kept is reviewed, say. A book keeps its own where it has any.

`kontaktnat.counties` checks such a folder and fills a book from it.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kontaktnat.descriptors import CountyPack, Vocabulary
from kontaktnat.packs.described import described
from kontaktnat.packs.mistakes import Mistake, refuse

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from kontaktnat.model import Record

__all__ = ["Mistake", "load_pack", "load_words"]


def load_pack(folder: Traversable) -> CountyPack:
    """The pack in `folder`, a path or a package's resource. Reads pack.toml only; the rest when asked.

    Raises Invalid naming the entry of pack.toml that is wrong. `records()` of the pack raises Invalid
    naming file, line and column, before it has given anything.
    """
    settings = described(folder, refuse)
    return CountyPack(**settings, records=partial(_records, folder, settings["county"]))


def load_words(folder: Traversable) -> tuple[Vocabulary, ...]:
    """The words of the pack in `folder`; none where it has no words.csv.

    Raises Invalid naming line and column.
    """
    from kontaktnat.packs.words import as_vocabularies, brought

    return as_vocabularies(brought(folder, refuse))


def _records(folder: Traversable, county: str) -> tuple[Record, ...]:
    from kontaktnat.packs.records import lines

    return tuple(line.record for line in lines(folder, county, refuse) if line.record is not None)
