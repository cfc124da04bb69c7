"""What a word on the line may become: names and words. Never of protected people, nor where they work.

Imported only when a shell asks. Whatever goes wrong then, the shell hears nothing: nobody who presses Tab
has asked for an error.
"""

from __future__ import annotations

import inspect
import io
import logging
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import redirect_stderr, redirect_stdout
from functools import cached_property, partial
from typing import Any, get_args, get_type_hints

import attrs
import click
from click.shell_completion import CompletionItem, get_completion_class

from kontaktnat import model
from kontaktnat.cli.app import App
from kontaktnat.cli.language import asked_for, speaking, translated
from kontaktnat.cli.shells import PARTIAL, Shell
from kontaktnat.codec import record_class
from kontaktnat.cover import MARKABLE
from kontaktnat.descriptors import Word
from kontaktnat.errors import Usage
from kontaktnat.i18n import LANGUAGES, language, tr
from kontaktnat.model.base import BOOKKEEPING
from kontaktnat.model.dates import day_of
from kontaktnat.outward import Outward, title_of
from kontaktnat.refs import names_of
from kontaktnat.schemes import Schemes
from kontaktnat.text import begins, collation_key, contains, fold
from kontaktnat.views.listing import PLURALS
from kontaktnat.vocabulary import Words

SHELLS = ("bash", "fish", "powershell", "zsh")
_NAMED = ("actor", "contact", "network", "assignment", "topic")
_OF_ORGANISATIONS = ("actor", "assignment", "network", "topic", "commitment")
"""Types that may be selected by what nobody selects persons by."""
_WORD = re.compile(r"\w+")
Item = CompletionItem[str]


def answer(cli: click.Command, app: App, name: str, variable: str) -> int:
    """Give the shell its script (`bash_source`) or what it may offer (`bash_complete`).

    Raises Usage where there is no such script.
    """
    shell, _, wanted = os.environ[variable].partition("_")
    if shell not in SHELLS or wanted not in ("source", "complete"):
        shells = ", ".join(f"{one}_source" for one in SHELLS)
        raise Usage("{variable}: write one of {shells}", variable=variable, shells=shells)
    speaker = get_completion_class(shell)
    assert speaker is not None
    assert issubclass(speaker, Shell)
    asked = speaker(cli, {"obj": app}, name, variable)
    text = asked.source() if wanted == "source" else _quietly(app, asked)
    # As bytes, for Windows would change the ends of the lines.
    click.echo(text.encode("utf-8", "surrogateescape"), nl=False)
    return 0


def _quietly(app: App, asked: Shell) -> str:
    logging.disable()
    try:
        # A plugin may print; a stray line would be taken for a word.
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            lang = asked_for(asked.get_completion_args()[0])
            with speaking(lang):
                asked.cli = translated(asked.cli)
                return "".join(f"{line}\n" for line in asked.complete().splitlines())
    except (Exception, SystemExit, KeyboardInterrupt):
        return ""
    finally:
        logging.disable(logging.NOTSET)
        app.close()


def offered(what: str, ctx: click.Context, parameter: click.Parameter, typed: str) -> list[Item]:
    """What may be completed where `what` is asked for: see `_Offer`'s methods; otherwise a vocabulary."""
    if what == "file":
        return [CompletionItem(typed, type="file")]
    offer = _Offer(ctx, parameter, typed)
    items: Iterable[Item] = getattr(offer, what)() if hasattr(offer, what) else offer.words(what)
    return list({item.value: item for item in items if not item.value.startswith("-")}.values())


class _Offer:
    """One question of a shell."""

    def __init__(self, ctx: click.Context, parameter: click.Parameter, typed: str) -> None:
        self.ctx = ctx
        self.typed = typed
        given = ctx.params.get(parameter.name or "") if parameter.nargs == -1 else ()
        self.before: tuple[str, ...] = tuple(given or ())
        self.app = ctx.ensure_object(App)

    @cached_property
    def book(self) -> Outward:
        """The book, never with anything revealed, whatever stands on the line."""
        self.app.path = self.ctx.find_root().params.get("book") or None
        return self.app.book("r")

    # Names

    def anything(self) -> Iterable[Item]:
        """WHAT: whatever has a name."""
        return self._at() if "@" in self.typed else self._names(_NAMED, self.before)

    def kind_and_people(self) -> Iterable[Item]:
        """`log KIND WHO...`."""
        if not self.before:
            return self.words("interaction_kind")
        if "@" in self.typed:
            return self._at()
        people = ("contact", "actor")
        return [*self._names(people), *(self._names(people, self.before[1:]) if self.before[1:] else ())]

    def contacts(self) -> Iterable[Item]:
        return self._names(("contact",), self.before)

    def people(self) -> Iterable[Item]:
        return self._names(("contact", "actor"))

    def networks(self) -> Iterable[Item]:
        return self._names(("network",))

    def whom(self) -> Iterable[Item]:
        """Whom one writes to: a network, a person, an actor."""
        return self._at() if "@" in self.typed else self._names(("network", "contact", "actor"))

    def planned(self) -> Iterable[Item]:
        """Meetings to come by what they are called, not those with somebody protected."""
        theirs = self.book.about_protected()
        ahead = [
            one
            for one in self.book.interactions.where(status="planned")
            if one.id not in theirs and one.when and day_of(one.when) >= self.book.today
        ]
        called = ((one.subject, one.theme, self._network(one)) for one in ahead)
        named = [[name for name in names if name and not self._tells(name)] for names in called]
        return self._fitting([names for names in named if names])

    def _network(self, meeting: model.Interaction) -> str:
        found = self.book.peek(model.Network, meeting.network) if meeting.network else None
        return found.name if found else ""

    def topics(self) -> Iterable[Item]:
        return self._names(("topic",))

    def assignments(self) -> Iterable[Item]:
        return self._names(("assignment",))

    def meetings(self) -> Iterable[Item]:
        """Where a topic is raised: a network; an interaction has no name."""
        return self.networks()

    def actors(self) -> Iterable[Item]:
        """Several apart by commas: the last of them."""
        *before, self.typed = self.typed.split(",")
        begun = "".join(f"{one}," for one in before)
        return [CompletionItem(f"{begun}{one.value}") for one in self._names(("actor",))]

    def followups(self) -> Iterable[Item]:
        """Texts of those that are open, not of those about somebody protected."""
        theirs = self.book.about_protected()
        due = [one for one in self.book.followups.where(done_on=None) if not {*one.about} & theirs]
        return self._fitting([(one.text,) for one in due if not self._tells(one.text)], self.before)

    def owners(self) -> Iterable[Item]:
        """Who sees to follow-ups."""
        names = dict.fromkeys(one.owner for one in self.book.followups.where(done_on=None) if one.owner)
        return self._plain(name for name in names if not self._tells(name))

    def role(self) -> Iterable[Item]:
        """FUNCTION@ACTOR."""
        if "@" in self.typed:
            return self._at()
        functions = self.words("function")
        return (CompletionItem(f"{one.value}@", type=PARTIAL, help=one.help) for one in functions)

    def _at(self) -> Iterator[Item]:
        """The actors after @, by the shortest of their names that fits; who is there, this does not tell."""
        left, at, self.typed = self.typed.partition("@")
        found = self._fitting([sorted(names_of(one), key=len) for one in self._seen("actor")])
        return (CompletionItem(f"{left}{at}{one.value}") for one in found)

    def _names(self, types: Iterable[str], before: Sequence[str] = ()) -> Iterator[Item]:
        return self._fitting([[*names_of(one)] for name in types for one in self._seen(name)], before)

    def _seen(self, type_name: str) -> Iterator[model.Record]:
        """Those that are not protected, nor things called after somebody who is."""
        for one in self.book.collection_of(type_name).all():
            if type_name in MARKABLE:
                if one.id not in self.book.protected():
                    yield one
            elif not self._tells(title_of(one)):
                yield one

    def _tells(self, text: str) -> bool:
        """Whether a text names somebody protected, if only by their given or family name."""
        words = " ".join(_WORD.findall(fold(text)))
        return any(contains(text, name) for name in self._protected_names) or any(
            f" {name}{ending} " in f" {words} " for name in self._protected_parts for ending in ("", "s")
        )

    @cached_property
    def _protected_names(self) -> list[str]:
        return [name for one in self._hidden for name in names_of(one)]

    @cached_property
    def _protected_parts(self) -> set[str]:
        people = [one for one in self._hidden if isinstance(one, model.Contact)]
        parts = [one for person in people for one in _parts(person)]
        return {" ".join(_WORD.findall(fold(one))) for one in parts} - {""}

    @cached_property
    def _hidden(self) -> list[model.Record]:
        return [self.book.get(id) for id in self.book.protected()]

    def _fitting(self, named: Sequence[Sequence[str]], before: Sequence[str] = ()) -> Iterator[Item]:
        """Of each that fits the first name that begins so; if there is none, one with a word that does.

        Words that stand bare before (`show Nybro kom`) are the name's beginning: the rest is offered.
        """
        words = " ".join(before).split()
        wanted = " ".join([*words, self.typed])
        found = [next((one for one in names if begins(one, wanted)), "") for names in named]
        if words:
            found = [" ".join(one.split()[len(words) :]) for one in found]
        elif not any(found):
            found = [next((one for one in names if _has(one, wanted)), "") for names in named]
        for one in sorted(filter(None, found), key=collation_key):
            yield CompletionItem(one)

    # Words

    def words(self, vocabulary: str) -> Iterator[Item]:
        """Swedish labels to whom Swedish is spoken, ids to others; but whatever is typed may be ended."""
        known = self._words.of(vocabulary).values()
        spelt = Counter(key for word in known for key in {*map(_key, _spellings(word))})
        for word in known:
            # What two words are called would only be asked back.
            names = [one for one in _spellings(word) if spelt[_key(one)] == 1 or one == word.id]
            if fits := next((one for one in names if begins(one, self.typed)), ""):
                label = tr(self._words.name(vocabulary, word.id))
                yield CompletionItem(fits, help=None if label == fits else label)

    @cached_property
    def _words(self) -> Words:
        return Words(self.app.plugins().pieces("register_vocabularies"))

    def categories(self) -> Iterator[Item]:
        """`--category CODE`."""
        return self._codes("categories")

    def _codes(self, field: str, *, of_persons: bool = False) -> Iterator[Item]:
        """Codes, with what they are called; a title that is begun is ended, as no shell takes letters.

        `of_persons`: none of those that select organisations only.
        """
        schemes, swedish = self._schemes, language() == "sv"
        for name in schemes.kept_in(field):
            known = schemes.of(name)
            spelt = Counter(fold(text) for one in known.values() for text in {one.sv, one.en, *one.synonyms})
            for code, one in known.items():
                value = f"{name}:{code}" if field == "categories" else code
                if of_persons and schemes.is_closed(f"{name}:{code}"):
                    continue
                titles = (one.sv, one.en, *one.synonyms) if swedish else (one.en, one.sv, *one.synonyms)
                told = value if any(begins(text, self.typed) for text in (value, code)) else ""
                own = (text for text in titles if spelt[fold(text)] == 1 and begins(text, self.typed))
                if fits := told or next(own, ""):
                    yield CompletionItem(fits, help=tr(schemes.name(value, field)))

    @cached_property
    def _schemes(self) -> Schemes:
        plugins, hook = self.app.plugins(), "register_category_schemes"
        return Schemes(plugins.collect(hook), (scheme for _, scheme in plugins.pieces(hook)))

    # Fields, lists, and what plugins bring

    def lists(self) -> Iterable[Item]:
        """`list WHAT`, those saved under a name too."""
        ids = [one.id for one in self.book.settings.all() if one.id.startswith("list.")]
        kept = (id.removeprefix("list.") for id in ids)
        return self._plain([*PLURALS, "words", *(one for one in kept if not self._tells(one))])

    def mappings(self) -> Iterable[Item]:
        """`import FILE --map NAME`."""
        ids = [one.id for one in self.book.settings.all() if one.id.startswith("import.")]
        return self._plain(id.removeprefix("import.") for id in ids)

    def filters(self) -> Iterable[Item]:
        """`list WHAT FIELD=VALUE`."""
        what = str(self.ctx.params["what"])
        if saved := self.book.setting(f"list.{what}"):
            what = saved["what"]
        if what == "words":
            names = [*self._words.names(), *self._schemes.names()]
            return self._pair({"vocabulary": lambda: self._plain(names)})
        return self._field(record_class(PLURALS[what]), {"unknown", "hidden", "extra", "id"})

    def fields(self) -> Iterable[Item]:
        """`add TYPE --set FIELD=VALUE`."""
        return self._field(
            record_class(str(self.ctx.command.name)), BOOKKEEPING | {"unknown", "hidden", "extra"}
        )

    def _field(self, cls: type[model.Record], without: Set[str]) -> Iterable[Item]:
        hints = get_type_hints(cls)
        return self._pair({
            one.name: partial(self._value, one, hints[one.name], of_persons=cls.type not in _OF_ORGANISATIONS)
            for one in attrs.fields(cls) if one.name not in without
        })  # fmt: skip

    def _value(self, attribute: Any, hint: Any, *, of_persons: bool) -> Iterable[Item]:
        if vocabulary := attribute.metadata.get("word"):
            return self.words(vocabulary)
        if attribute.name in ("categories", "legal_form"):
            return self._codes(attribute.name, of_persons=of_persons)
        if links := attribute.metadata.get("link"):
            return self._names(MARKABLE if "any" in links else [one for one in links if one in _NAMED])
        if hint is bool:
            return self._plain(("ja", "nej") if language() == "sv" else ("yes", "no"))
        for part in get_args(hint):
            if isinstance(part, type) and issubclass(part, model.Value):
                return self._names([one for one in MARKABLE if one in attrs.fields_dict(part)])
        return ()

    def _pair(self, known: Mapping[str, Callable[[], Iterable[Item]]]) -> Iterable[Item]:
        """The name and =, then its values."""
        name, equals, value = self.typed.partition("=")
        if not equals:
            return [CompletionItem(f"{one.value}=", type=PARTIAL) for one in self._plain(known)]
        self.typed = value
        return [CompletionItem(f"{name}={one.value}", help=one.help) for one in known[name]()]

    def _plain(self, values: Iterable[str]) -> list[Item]:
        return [CompletionItem(one) for one in values if begins(one, self.typed)]

    def views(self) -> Iterable[Item]:
        return self._plain(self.app.plugins().collect("register_views"))

    def parameters(self) -> Iterable[Item]:
        """`view NAME PARAMETER=VALUE`."""
        view = self.app.plugins().find("register_views", self.ctx.params["name"], "view")
        return self._pair(dict.fromkeys([*inspect.signature(view.run).parameters][1:], list))

    def exporters(self) -> Iterable[Item]:
        return self._plain(self.app.plugins().collect("register_exporters"))

    def importers(self) -> Iterable[Item]:
        return self._plain(self.app.plugins().collect("register_importers"))

    def mailers(self) -> Iterable[Item]:
        return self._plain(self.app.plugins().collect("register_mailers"))

    def message_sources(self) -> Iterable[Item]:
        return self._plain(self.app.plugins().collect("register_message_sources"))

    def counties(self) -> Iterable[Item]:
        from kontaktnat.counties.finding import county_names, packs_of

        return self._plain(county_names(packs_of(self.app.plugins()).values()))

    def filled(self) -> Iterable[Item]:
        """Of the county packs, those that the book was filled from."""
        from kontaktnat.counties.ledger import filled_from

        return self._plain(sorted(filled_from(self.app.book("r"))))

    def imported(self) -> Iterable[Item]:
        """`import --as TYPE`."""
        return self._plain(("actor", "contact"))

    def plugins(self) -> Iterable[Item]:
        return self._plain(one.name for one in self.app.plugins().loaded if not one.builtin)

    def languages(self) -> Iterable[Item]:
        return self._plain(LANGUAGES)


def _parts(person: model.Contact) -> Iterator[str]:
    """What a person may be called for short: each given name, the family name, its words without `von`."""
    if person.family:
        yield person.family
    words = (
        f"{person.given} {person.family}".split() if person.given and person.family else person.name.split()
    )
    yield from [one for one in words if not one.islower()] or words


def _has(name: str, start: str) -> bool:
    return any(begins(word, start) for word in name.split())


def _spellings(word: Word) -> tuple[str, ...]:
    if language() == "sv":
        return word.sv, *word.synonyms, word.id, word.en
    return word.id, word.en, word.sv, *word.synonyms


def _key(spelling: str) -> str:
    """A spelling as `Words.lookup` compares it."""
    return fold(spelling).replace("-", " ").replace("_", " ")
