"""words.csv: words that a pack brings, as a function or a kind of commitment that only its county has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import attrs

from kontaktnat.descriptors import Vocabulary, Word
from kontaktnat.i18n import Text, or_nearest
from kontaktnat.packs.cells import parts
from kontaktnat.packs.files import WORDS, Row, header, rows, text_of
from kontaktnat.packs.mistakes import Mistake, Slip, Tell

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

COLUMNS = ("vocabulary", "id", "sv", "en", "synonyms")
_NEEDED = COLUMNS[:4]


@attrs.frozen(repr=False)
class Brought:
    """A word, and the row that brings it."""

    row: Row
    vocabulary: str
    word: Word


def brought(folder: Traversable, tell: Tell) -> list[Brought]:
    """The words of the file, in its order; none where there is no such file."""
    found = list(_words(folder, tell))
    first: dict[tuple[str, str], Brought] = {}
    for one in found:
        earlier = first.setdefault((one.vocabulary, one.word.id), one)
        if earlier is not one:
            problem = Text("{key!r} is already on line {line}", key=one.word.id, line=earlier.row.line)
            tell(one.row.mistake("id", problem, Text("take one of them out")))
    return list(first.values())


def as_vocabularies(found: Sequence[Brought]) -> tuple[Vocabulary, ...]:
    """The words by vocabulary."""
    by_name: dict[str, list[Word]] = {}
    for one in found:
        by_name.setdefault(one.vocabulary, []).append(one.word)
    return tuple(Vocabulary(name=name, words=tuple(words)) for name, words in by_name.items())


def _words(folder: Traversable, tell: Tell) -> Iterator[Brought]:
    for row in rows(WORDS, text_of(folder, WORDS, tell), _columns, tell):
        missing = [name for name in _NEEDED if name not in row.cells]
        for name in missing if row.whole else ():
            tell(row.mistake(name, Text("missing"), Text("write it: every word has an id and both labels")))
        if missing or not row.whole:
            continue
        id = row.cells["id"]
        if not re.fullmatch(r"[a-z][a-z0-9_]*", id):
            problem = Text("{value!r} is no id of a word", value=id)
            tell(row.mistake("id", problem, Text("write small plain letters, digits and _: flood_plan")))
            continue
        try:
            synonyms = tuple(parts(row.cells["synonyms"])) if "synonyms" in row.cells else ()
        except Slip as slip:
            tell(row.mistake("synonyms", slip.problem, slip.remedy))
            synonyms = ()
        word = Word(id=id, sv=row.cells["sv"], en=row.cells["en"], synonyms=synonyms)
        yield Brought(row, row.cells["vocabulary"], word)


def _columns(names: Sequence[str], tell: Tell) -> Sequence[str]:
    for name in _NEEDED:
        if name not in names:
            first = ";".join(COLUMNS)
            tell(
                Mistake(
                    file=WORDS,
                    line=1,
                    column=name,
                    problem=Text("the column is missing"),
                    remedy=Text("let the first line be {line}", line=first),
                )
            )

    def wrong(name: str) -> tuple[Text, Text] | None:
        if name in COLUMNS:
            return None
        hint = or_nearest(name, COLUMNS)
        return Text("no such column{hint}", hint=hint), Text("take the column out")

    return header(WORDS, names, wrong, tell)
