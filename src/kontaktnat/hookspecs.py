"""Every hook a plugin may implement, with its exact arguments. See docs/reference/hooks.md.

A plugin is a module (or object) named by an entry point of the group `kontaktnat`, with functions
marked `@kontaktnat.hookimpl`. Providers (`register_…`) return frozen descriptors; nothing heavy is
imported until a descriptor's callable is called. A name claimed twice raises PluginConflict.
Guards may refuse; notifications are told afterwards and cannot change anything.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pluggy

from kontaktnat.descriptors import (
    Catalogue,
    CategoryScheme,
    Check,
    Command,
    CountyPack,
    Exporter,
    Fact,
    Field,
    Importer,
    Mailer,
    MessageSource,
    StoreScheme,
    Transaction,
    View,
    Vocabulary,
)
from kontaktnat.model.base import Record

if TYPE_CHECKING:
    from kontaktnat.outward import Outward
    from kontaktnat.persons import Person, PersonalData

PROJECT = "kontaktnat"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)

COMMANDS = frozenset(
    {"add", "check", "delete", "demo", "done", "edit", "export", "find", "handover", "history", "import",
     "init", "list", "log", "merge", "pack", "plugins", "privacy", "review", "set", "show", "snooze", "today",
     "topic", "undo", "view"}
)  # fmt: skip
"""Names of commands that belong to kontaktnat itself, there already or not; no plugin may take them."""


# Providers: called once per Book, when first needed


@hookspec
def register_vocabularies() -> Iterable[Vocabulary]:  # type: ignore[empty-body]
    """Words for kinds, functions, purposes and so on, with Swedish and English labels."""


@hookspec
def register_category_schemes() -> Iterable[CategoryScheme]:  # type: ignore[empty-body]
    """Code lists by which records are classified, whole, and what they may select."""


@hookspec
def register_facts() -> Iterable[Fact]:  # type: ignore[empty-body]
    """What is followed of commitments, kind by kind: where it stands, whose rule it is, when it is due."""


@hookspec
def register_fields() -> Iterable[Field]:  # type: ignore[empty-body]
    """Typed fields under `extra["plugin.field"]`; a wrong type is refused when it is written."""


@hookspec
def register_importers() -> Iterable[Importer]:  # type: ignore[empty-body]
    """Formats that `import` reads."""


@hookspec
def register_exporters() -> Iterable[Exporter]:  # type: ignore[empty-body]
    """Formats that `export` writes."""


@hookspec
def register_county_packs() -> Iterable[CountyPack]:  # type: ignore[empty-body]
    """Counties that `init --county` knows, as data."""


@hookspec
def register_views() -> Iterable[View]:  # type: ignore[empty-body]
    """Questions that `view` answers with a table."""


@hookspec
def register_checks() -> Iterable[Check]:  # type: ignore[empty-body]
    """Tests of single records that `check` runs."""


@hookspec
def register_catalogues() -> Iterable[Catalogue]:  # type: ignore[empty-body]
    """The plugin's own messages in other languages than English."""


@hookspec
def register_commands() -> Iterable[Command]:  # type: ignore[empty-body]
    """Commands of the prompt; a built-in name cannot be taken."""


@hookspec
def register_stores() -> Iterable[StoreScheme]:  # type: ignore[empty-body]
    """Stores by URL scheme: `memory:`, `postgresql://…`."""


@hookspec
def register_message_sources() -> Iterable[MessageSource]:  # type: ignore[empty-body]
    """Where mails are read from: kinds of files, folders, servers."""


@hookspec
def register_mailers() -> Iterable[Mailer]:  # type: ignore[empty-body]
    """Ways for mails to leave: drafts in a folder, servers."""


# Personal data: each plugin's part in a register extract and in an erasure; one that fails stops both


@hookspec
def personal_data(person: Person, book: Outward) -> Iterable[PersonalData]:  # type: ignore[empty-body]
    """What the plugin holds about a person outside the book's records: files, caches, other services.

    What is in records, `extra` included, is told and erased by kontaktnat itself.
    """


@hookspec
def erase_person(person: Person, book: Outward) -> None:
    """Erase all that `personal_data` tells of, for good. Called before the book's own erasure, which may
    still fail and be run again: what is gone already is no error.
    """


# Guards: called inside the write, before anything is stored; one that fails refuses the write


@hookspec
def before_save(record: Record, before: Record | None, book: Outward) -> None:
    """Called for each record that is about to be saved; `before` is its stored state, None if new.

    Both come whole, protected fields too, for they are what is to be judged; `book` is redacted.
    Raise `Veto(reason)` to refuse the whole transaction.
    """


@hookspec
def before_delete(record: Record, book: Outward) -> None:
    """Called for each record that is about to be deleted. Raise `Veto(reason)` to refuse."""


# Notifications: an error in one is logged and goes no further


@hookspec
def after_commit(transaction: Transaction, book: Outward) -> None:
    """Told of each transaction of this Book once it is durable; values of protected people are covered."""


@hookspec
def book_opened(book: Outward, config: Any) -> None:
    """Told once when a Book has been opened. `config` is the plugin's own, see `Config` in the docs."""
