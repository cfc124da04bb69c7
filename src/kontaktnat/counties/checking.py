"""Every mistake in a county pack's folder, in one run: where, what, and what to do about it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kontaktnat.counties.as_if_saved import WORD, Saving, memory
from kontaktnat.counties.finding import packs_of
from kontaktnat.counties.lines import mistakes_in, organisations_of
from kontaktnat.counties.people import people_in
from kontaktnat.descriptors import Vocabulary
from kontaktnat.errors import Ambiguous, NotFound
from kontaktnat.hookspecs import hookimpl
from kontaktnat.i18n import Text, and_more, or_nearest
from kontaktnat.packs.described import described, line_of
from kontaktnat.packs.files import RECORD_FILES, SETTINGS, WORDS
from kontaktnat.packs.mistakes import Mistake, Tell, bare
from kontaktnat.packs.records import NOWHERE, Line, lines
from kontaktnat.packs.words import Brought, as_vocabularies, brought
from kontaktnat.plugins import Plugins
from kontaktnat.text import fold

if TYPE_CHECKING:
    from kontaktnat.book import Book

_ELSEWHERE = frozenset({"node_modules", "build", "dist", "site-packages", "__pycache__"})
_FEW = 5
_ORDER = (SETTINGS, WORDS, *RECORD_FILES)


def check_pack(
    path: str | os.PathLike[str],
    *,
    plugins: Sequence[str | object] | None = None,
    config: Mapping[str, Any] | None = None,
) -> tuple[Mistake, ...]:
    """All that is wrong in a pack, by file and line; those that are a `note` are no mistakes.

    `path`: the pack's folder, or one in which, at whatever depth, a single pack.toml lies: the root of a
    distribution. The guards and checks of `plugins` (None: all that are installed) look at its records as if
    they were saved; nothing is. Raises NotFound where there is no such folder, Ambiguous where there are
    several packs in it, OSError where it cannot be read, and for the plugins what `Plugins` raises.
    """
    folder = pack_folder(path)
    found: list[Mistake] = []
    check = _Checking(folder, Plugins(plugins, config), found.append)
    check.run()
    return tuple(sorted(dict.fromkeys(found), key=_by_place))


def pack_folder(path: str | os.PathLike[str]) -> Path:
    """The folder that holds the pack; raises as `check_pack`."""
    given = Path(path)
    if given.name == SETTINGS and given.is_file():
        return given.parent
    if not given.is_dir():
        raise NotFound("{path}: there is no such folder", path=os.fsdecode(path), nearest=())
    if (given / SETTINGS).exists():
        return given
    inside = sorted(_within(given))
    if len(inside) > 1:
        raise Ambiguous(
            "{text} holds several packs: {shown}{more}; name one",
            text=os.fsdecode(path),
            candidates=[(str(one), one.name) for one in inside],
            shown=", ".join(map(str, inside[:_FEW])),
            more=and_more(len(inside) - _FEW),
        )
    return inside[0] if inside else given


def _within(root: Path) -> Iterator[Path]:
    for folder, below, files in os.walk(root):
        below[:] = [one for one in below if not one.startswith(".") and one not in _ELSEWHERE]
        if SETTINGS in files:
            yield Path(folder)


def _by_place(mistake: Mistake) -> tuple[Any, ...]:
    known = _ORDER.index(mistake.file) if mistake.file in _ORDER else len(_ORDER)
    return mistake.note, known, mistake.file, mistake.line or 0, mistake.column


class _OwnWords:
    """The pack's words among those of the plugins."""

    def __init__(self, vocabularies: Iterable[Vocabulary]) -> None:
        self.vocabularies = tuple(vocabularies)

    @hookimpl
    def register_vocabularies(self) -> Iterable[Vocabulary]:
        return self.vocabularies


class _Found(Exception):
    """Ends the transaction of which nothing is kept."""


class _Checking:
    """One pack that is looked through."""

    def __init__(self, folder: Path, plugins: Plugins, tell: Tell) -> None:
        self.folder, self.plugins = folder, plugins
        self.tell = tell

    def run(self) -> None:
        settings = described(self.folder, self.tell)
        self._settings(settings)
        own = brought(self.folder, self.tell)
        found = lines(self.folder, settings.get("county", NOWHERE), self.tell)
        organisations = organisations_of(found)
        for line in found:
            for mistake in mistakes_in(line, organisations):
                self.tell(mistake)
        for one in own:
            for mistake in people_in(one.row, None):
                self.tell(mistake)
        self._counties(settings.get("county"), found)
        with memory(self.plugins) as book:
            self._own_words(own)
            self._practice(book, settings.get("practice", {}))
            Saving(book, self.tell).run(found)

    # pack.toml

    def _settings(self, settings: Mapping[str, Any]) -> None:
        name = settings.get("name")
        if name and not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", name):
            self.tell(
                Mistake(
                    file=SETTINGS,
                    line=line_of(self.folder, "name"),
                    column="name",
                    problem=Text("{value!r} is no name of a pack", value=name),
                    remedy=Text("write small plain letters, digits and hyphens: vastra-gotaland"),
                )
            )

    def _counties(self, county: str | None, found: Iterable[Line]) -> None:
        """Codes of counties against those that kontaktnat-sweden has, where it is installed."""
        known = sorted({pack.county for pack in packs_of(self.plugins).values() if pack.general})
        if not known:
            self.tell(
                Mistake(
                    file=SETTINGS,
                    problem=Text("codes of municipalities and counties were not looked up"),
                    remedy=Text("install kontaktnat-sweden, which has the table"),
                    note=True,
                )
            )
            return
        remedy = Text("look it up: kontaktnat municipalities lists them")
        if county and county not in known:
            problem = Text("no county has the code {code}", code=county)
            at = line_of(self.folder, "county")
            self.tell(Mistake(file=SETTINGS, line=at, column="county", problem=problem, remedy=remedy))
        for line in found:
            code = line.row.cells.get("county", "")
            if re.fullmatch(r"\d\d", code, re.ASCII) and code not in known:
                self.tell(
                    line.row.mistake("county", Text("no county has the code {code}", code=code), remedy)
                )

    # Words

    def _own_words(self, own: Sequence[Brought]) -> None:
        """Have the pack's words among the plugins', and tell of those that cannot be."""
        from kontaktnat.plugins.loading import Loaded
        from kontaktnat.vocabulary import Words

        installed = Words(self.plugins.pieces("register_vocabularies"))
        taken = {
            name: {
                fold(text): word.id
                for word in installed.of(name).values()
                for text in (word.sv, word.en, *word.synonyms)
            }
            for name in {one.vocabulary for one in own}
        }
        new: list[Brought] = []
        for one in own:
            there = installed.of(one.vocabulary)
            if not there:
                hint = or_nearest(one.vocabulary, installed.names())
                self.tell(
                    one.row.mistake(
                        "vocabulary",
                        Text("there is no vocabulary {name}{hint}", name=one.vocabulary, hint=hint),
                        Text("name one that kontaktnat asks: {names}", names="function, actor_kind, …"),
                    )
                )
            elif one.word.id not in there:
                self._labels(one, taken.get(one.vocabulary, {}))
                new.append(one)
            elif there[one.word.id] != one.word:  # the pack may be installed itself
                problem = Text("there is a word {word} already, and it is another", word=one.word.id)
                self.tell(one.row.mistake("id", problem, Text("use that word, or give yours another id")))
        if new:
            loaded = Loaded(name="pack", plugin=_OwnWords(as_vocabularies(new)), source="given")
            self.plugins._register(loaded)
            self.plugins._pieces.pop("register_vocabularies", None)

    def _labels(self, one: Brought, taken: Mapping[str, str]) -> None:
        """`taken`: folded label or synonym → the word that it means."""
        labels = (
            ("sv", one.word.sv),
            ("en", one.word.en),
            *(("synonyms", text) for text in one.word.synonyms),
        )
        for column, label in labels:
            if word := taken.get(fold(label)):
                problem = Text("{label} is the word {word} already", label=label, word=word)
                self.tell(one.row.mistake(column, problem, Text("use that word, or call yours otherwise")))

    def _practice(self, book: Book, practice: Mapping[str, Any]) -> None:
        asked = {
            "functions": ("function", practice.get("functions", ())),
            "invitations": ("interaction_kind", practice.get("invitations", ())),
            "mandate": ("interaction_kind", practice.get("mandate", ())),
        }
        for name, (vocabulary, given) in asked.items():
            for word in given:
                if not book.words.has(vocabulary, word):
                    error = book.words.unknown(vocabulary, word, f"practice.{name}")
                    self.tell(
                        Mistake(file=SETTINGS, line=line_of(self.folder, name), column=f"practice.{name}",
                                problem=bare(error), remedy=WORD)
                    )  # fmt: skip
        facts = self.plugins.collect("register_facts")
        for name in practice.get("months", ()):
            if name not in facts:
                problem = Text("there is no fact {name}{hint}", name=name, hint=or_nearest(name, facts))
                self.tell(
                    Mistake(file=SETTINGS, line=line_of(self.folder, name),
                            column=f"practice.months.{name}", problem=problem,
                            remedy=Text("correct it, or take it out"))
                )  # fmt: skip
