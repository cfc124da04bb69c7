"""`list`: records of one type, filtered as `where` filters, or a set of filters that was saved."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import click

from kontaktnat.cli.app import (
    App,
    accept_option,
    as_of_option,
    by_option,
    complete,
    dry_run_option,
    output_option,
    pairs,
    pass_app,
    reveal_option,
    say,
)
from kontaktnat.cli.render import emit_records, emit_view
from kontaktnat.descriptors import Column, Table
from kontaktnat.errors import NotFound, Usage
from kontaktnat.i18n import Text
from kontaktnat.model import Network, Record

if TYPE_CHECKING:
    from kontaktnat.outward import Outward

_OF_NETWORK = ("contacts", "roles", "actors")


@click.command("list")
@click.argument("what", required=False, shell_complete=complete("lists"))
@click.argument("filters", nargs=-1, metavar="[FIELD=VALUE]...", shell_complete=complete("filters"))
@click.option("--network", metavar="NAME", help="Of a network: its actors, and the contacts or roles that "
              "represent them.", shell_complete=complete("networks"))  # fmt: skip
@click.option("--save", metavar="NAME", help="Keep these filters under a name.")
@output_option
@as_of_option
@reveal_option
@by_option
@accept_option
@dry_run_option
@pass_app
def list_(
    app: App, what: str | None, filters: tuple[str, ...], network: str | None, save: str | None, output: str,
    as_of: str | None, dry_run: bool,
) -> None:  # fmt: skip
    """Records of one type: actors, contacts, roles, assignments, interactions, topics, followups,
    networks, commitments, pending; or words; or a list saved under a name.

    A filter is FIELD=VALUE, as in `list roles actor=nybro` or `list interactions when=2026-11`; FIELD=
    means not set, as in `list followups done_on=`. `list contacts --network N -o addresses` is whom to
    write to before a network's meeting.
    """
    from kontaktnat.views.listing import PLURALS, listing

    if save is not None:
        app.book("rw")
    book = app.out(as_of)
    what = app.ask(what, "WHAT")
    saved = book.setting(f"list.{what}")
    if saved is not None:
        what, filters = saved["what"], (*saved["filters"], *filters)
        network = network or saved.get("network")
    lists = [*PLURALS, "words"]
    if what not in lists:
        own = [one.id.removeprefix("list.") for one in book.settings.all() if one.id.startswith("list.")]
        near = difflib.get_close_matches(what, [*lists, *own], 1)
        hint = Text(" (nearest: {names})", names=near[0]) if near else ""
        raise NotFound("there is no list {what}{hint}; there are {all}", what=what, hint=hint, nearest=near,
                       all=", ".join([*lists, *own]))  # fmt: skip
    if network and what not in _OF_NETWORK:
        raise Usage(
            "--network goes with {lists}; of interactions write network=NAME", lists=", ".join(_OF_NETWORK)
        )
    if what == "words":
        table = _words(book, filters)
        emit: Callable[[], None] = partial(emit_view, book, table, output)
    else:
        type_name = PLURALS[what]
        records, reached = _chosen(app, book, type_name, filters, network)
        emit = partial(emit_records, book, records, listing(book, type_name, records), output, reached)
    if save is not None:
        kept = {"what": what, "filters": list(filters)} | ({"network": network} if network else {})
        _save(app, save.strip(), kept, lists, dry_run=dry_run)
    emit()


def _chosen(
    app: App, book: Outward, type_name: str, filters: Sequence[str], network: str | None
) -> tuple[list[Record], list[Record] | None]:
    """The records that filters choose, and of a network's through whom they are reached."""
    from kontaktnat.cli.values import condition

    conditions = [condition(app, book, type_name, *pair) for pair in pairs(filters).items()]
    records = book.collection_of(type_name).where(*conditions)  # type: ignore[attr-defined]
    return _of_network(app, book, network, records) if network else (records, None)


def chosen(app: App, book: Outward, text: str) -> list[Record]:
    """Whom or what a text names: as after `list` (`roles function=coordinator`, or a list saved under a
    name), or as `show` takes it: a network, a person, an actor, or a hat.

    Of a network's list the hats through which it is reached. Raises Usage for words that are no such text.
    """
    import shlex

    from kontaktnat.views.listing import PLURALS

    try:
        words = shlex.split(text)
    except ValueError:
        words = text.split()
    what, filters, network = (words or [""])[0], words[1:], None
    saved = book.setting(f"list.{what}")
    if saved is not None:
        what, filters, network = saved["what"], [*saved["filters"], *filters], saved.get("network")
    if what not in PLURALS:
        return [app.pick(book, text, ("network", "contact", "actor", "role"))]
    if "--network" in filters[:-1]:
        at = filters.index("--network")
        network = filters[at + 1]
        del filters[at : at + 2]
    records, reached = _chosen(app, book, PLURALS[what], filters, network)
    return records if reached is None else reached


def _of_network(
    app: App, book: Outward, name: str, records: list[Record]
) -> tuple[list[Record], list[Record]]:
    """Of the records those of a network, and through whom they are reached: a role has its own mailbox.

    Which members nobody represents is said on standard error: a letter would not reach them.
    """
    from kontaktnat.views.members import is_hushed, members, representatives

    network = app.pick(book, name, ("network",))
    assert isinstance(network, Network)
    of = representatives(book, network, book.today)
    roles = list({role.id: role for held in of.values() for role in held}.values())
    ids = {*members(network, book.today), *(id for role in roles for id in (role.id, role.contact) if id)}
    found = [one for one in records if one.id in ids]
    kept = {one.id for one in found}
    left = [id for id, held in of.items() if not held]
    if left and any(one.type != "actor" for one in found):
        if is_hushed(book, network, book.today):
            hushed = Text("which members nobody represents is not told: somebody protected may represent one")
            say(hushed, err=True)
        else:
            names = ", ".join(book.actors.get(id).name for id in left)
            say(Text("nobody represents: {names}", names=names), err=True)
    if any(one.type == "actor" for one in found):
        return found, found
    return found, [role for role in roles if kept & {role.id, role.contact}]


def _save(app: App, name: str, kept: dict[str, object], lists: list[str], *, dry_run: bool) -> None:
    if not name or name in lists:
        problem = Text("is the name of a list already; take another") if name else Text("a list needs a name")
        raise Usage("--save {name}: {problem}", name=name, problem=problem)
    book, setting = app.book(), f"list.{name}"
    before = book.setting(setting)
    with book.transaction("save list", dry_run=dry_run):
        book.set(setting, kept)
    if before == kept:
        say(Text("kontaktnat list {name}: was kept so already", name=name), err=True)
    elif dry_run:
        say(Text("kontaktnat list {name}: would be kept", name=name), err=True)
    else:
        say(Text("kontaktnat list {name}: is kept", name=name), err=True)


def _words(book: Outward, filters: tuple[str, ...]) -> Table:
    wanted = pairs(filters, "vocabulary=NAME")
    vocabulary, names = wanted.pop("vocabulary", None), book.words.names()
    if wanted:
        raise Usage("{given}: words are filtered by vocabulary=NAME", given=", ".join(wanted))
    schemes = book.schemes.names()
    if vocabulary not in (None, *names, *schemes):
        near = difflib.get_close_matches(str(vocabulary), [*names, *schemes], 1)
        raise NotFound("there is no vocabulary {name}; there are {all}", name=vocabulary, nearest=near,
                       all=", ".join([*names, *schemes]))  # fmt: skip
    columns = tuple(Column(key=key, title=title) for key, title in
                    (("vocabulary", Text("Of")), ("id", Text("Word")), ("sv", Text("Swedish")),
                     ("en", Text("English")), ("synonyms", Text("Also"))))  # fmt: skip
    rows = tuple(
        {
            "vocabulary": name,
            "id": word.id,
            "sv": word.sv,
            "en": word.en,
            "synonyms": ", ".join(word.synonyms),
        }
        for name in names
        if vocabulary in (None, name)
        for word in book.words.of(name).values()
    ) + tuple(
        {
            "vocabulary": name,
            "id": f"{name}:{one.code}",
            "sv": one.sv,
            "en": one.en,
            "synonyms": ", ".join(one.synonyms),
        }
        for name in schemes
        if vocabulary in (None, name)
        for one in book.schemes.of(name).values()
    )
    return Table(name="words", title="Words", columns=columns, rows=rows)
