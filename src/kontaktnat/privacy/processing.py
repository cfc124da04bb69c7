"""The record of processing activities (GDPR art. 30): out of the model, the plugins and the settings."""

from __future__ import annotations

from collections.abc import Iterator

from kontaktnat.i18n import Text, joined
from kontaktnat.model.names import type_label
from kontaktnat.outward import Outward
from kontaktnat.privacy.categories import CATEGORIES, PEOPLE, fields_of
from kontaktnat.privacy.common import (
    bases,
    purposes,
    recipients,
    time_limits,
    transfers,
    who_answers,
)
from kontaktnat.privacy.controller import answerable
from kontaktnat.privacy.paper import Item, Paper, Section

_SUBJECTS = (
    (
        "role",
        Text("People with posts at municipalities, authorities, the police, companies and associations"),
    ),
    ("elected", Text("Elected representatives and others with assignments")),
    ("named", Text("Others who are named in notes, or in what was received and is not decided yet")),
    ("users", Text("The staff who keep the register")),
)
_SECURITY = (
    (
        "file",
        Text("A book in a file can be read and written by its owner alone; it is locked while written."),
    ),
    ("audit", Text("Every change is logged: who, when and what; damage to the log is noticed.")),
    (
        "protection",
        Text("Protected people and actors are hidden at every output; a reason to reveal one is logged."),
    ),
    ("lint", Text("Free text is examined for personal identity numbers and what else should not be there.")),
    (
        "sensitive",
        Text("There is no field for sensitive data or personal identity numbers, nor any selecting by such."),
    ),
    (
        "erasure",
        Text("Erasure is made under a decision, also in history and copies, and leaves a receipt."),
    ),
    ("local", Text("The data stays where it is kept: the program sends nothing anywhere on its own.")),
)


def processing(book: Outward) -> Paper:
    """The entry; the same book, plugins and settings give the same. Raises Refused as `answerable`."""
    who = answerable(book)
    people = book.contacts.all()
    return Paper(
        name="processing",
        title=Text("Record of processing: contacts in crime prevention"),
        intro=(Text("GDPR art. 30.1. Made by kontaktnat of what it can keep here, and of its settings."),),
        sections=(
            Section(title=Text("Controller"), articles=("30.1 a",), items=who_answers(who)),
            Section(title=Text("Data protection officer"), articles=("30.1 a",),
                    items=[Item(id="dpo", text=who.dpo)]),
            Section(title=Text("Purposes"), articles=("30.1 b",), items=purposes(book, people)),
            Section(title=Text("Legal basis"), articles=("6.1",), items=bases(book, people)),
            Section(title=Text("Categories of people"), articles=("30.1 c",),
                    items=[Item(id=id, text=text) for id, text in _SUBJECTS]),
            Section(title=Text("Categories of personal data"), articles=("30.1 c",),
                    items=tuple(_categories())),
            Section(title=Text("What plugins add"), articles=("30.1 c",), items=tuple(_plugins(book))),
            Section(title=Text("Recipients"), articles=("30.1 d",), items=recipients(who)),
            Section(title=Text("Formats in which data can be handed over"), articles=("30.1 d",),
                    items=tuple(_exports(book))),
            Section(title=Text("Transfers outside the EU/EEA"), articles=("30.1 e",), items=transfers(who)),
            Section(title=Text("Time limits"), articles=("30.1 f",), items=tuple(time_limits(book))),
            Section(title=Text("Security measures"), articles=("30.1 g", "32"),
                    items=[*(Item(id=id, text=text) for id, text in _SECURITY),
                           *(Item(text=text) for text in who.security)]),
        ),
    )  # fmt: skip


def _categories() -> Iterator[Item]:
    for id, words in CATEGORIES.items():
        yield Item(id=id, text=words, detail=fields_of(id))


def _plugins(book: Outward) -> Iterator[Item]:
    added = [*_fields(book), *_elsewhere(book)]
    return iter(added or [Item(text=Text("Nothing."))])


def _fields(book: Outward) -> Iterator[Item]:
    for plugin, one in book.plugins.pieces("register_fields"):
        if of_people := sorted(PEOPLE & {*one.records}):
            types = joined(", ", map(type_label, of_people))
            text = Text("{title}, of {types}: by the plugin {plugin}", title=Text(one.title), types=types,
                        plugin=plugin)  # fmt: skip
            yield Item(id=one.name, text=text, detail=(one.name,))


def _elsewhere(book: Outward) -> Iterator[Item]:
    for name in sorted(
        one.name for one in book.plugins.loaded if "personal_data" in one.hooks and not one.builtin
    ):
        yield Item(id=name, text=Text("Data outside the book, by the plugin {plugin}", plugin=name))
    for name in sorted({one.name for one in book.plugins.failed}):
        yield Item(id=name, text=Text("Not known: the plugin {plugin} could not be used", plugin=name))


def _exports(book: Outward) -> Iterator[Item]:
    for plugin, one in sorted(book.plugins.pieces("register_exporters"), key=lambda piece: piece[1].name):
        summary = Text("{name}: {summary}", name=one.name, summary=Text(one.summary))
        yield Item(id=one.name, text=summary if one.summary else one.name, detail=(plugin,))
