"""`add`: one subcommand for each type of record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from kontaktnat.cli.app import App, by_option, dry_run_option, pairs, pass_app
from kontaktnat.errors import Ambiguous, Invalid
from kontaktnat.matching import mail_problem, phone_problem
from kontaktnat.model import Actor, ActorId, Contact, Record, Role, Way

C = TypeVar("C", bound=Callable[..., Any])


@click.group()
def add() -> None:
    """Add a contact, an actor, a role, a network, a topic, a follow-up or an assignment."""


def _ways_options(command: C) -> C:
    for name in ("address", "web", "phone", "email"):
        command = click.option(f"--{name}", multiple=True, metavar=name.upper(), help="May be given twice.")(
            command
        )
    return command


def _set_option(command: C) -> C:
    return click.option("--set", "settings", multiple=True, metavar="FIELD=VALUE", help="Any other field.")(
        command
    )


def _common(command: C) -> C:
    return _set_option(by_option(dry_run_option(command)))


@add.command()
@click.argument("name", required=False)
@click.option("--role", "roles", multiple=True, metavar="FUNCTION@ACTOR", help="A hat: samordnare@nybro.")
@click.option("--title", default="", help="The title in that role.")
@click.option("--since", metavar="DATE", help="Since when in that role.")
@click.option("--protected", is_flag=True, help="Cover address, phone, mail and workplace everywhere.")
@click.option("--new", is_flag=True, help="Somebody else of the same name.")
@_ways_options
@_common
@pass_app
def contact(
    app: App,
    name: str | None,
    roles: tuple[str, ...],
    title: str,
    since: str | None,
    protected: bool,
    new: bool,
    settings: tuple[str, ...],
    dry_run: bool,
    **ways: tuple[str, ...],
) -> None:
    """Add a person: `add contact "Eva Ek" --role samordnare@nybro --email eva.ek@nybro.example`."""
    book = app.book()
    name = app.ask(name, "NAME").strip()
    wanted = [_function_at(app, role) for role in roles]
    day = app.day(since, past=True) if since else None
    record = Contact(name=name, ways=_ways(ways), protected=protected, **_values(app, "contact", settings))
    with book.transaction("add contact", dry_run=dry_run):
        known = None if new else book.known(record)
        held = _held(app, known, wanted) if known else set()
        if known is None and not new:
            _refuse_namesake(app, name)
        if known and wanted and not held and not set(record.ways):
            # Only the name agrees, and the hat is another: that may be somebody else.
            _refuse_namesake(app, name)
        person = known or book.add(record)
        taken = [_put_on(app, person, function, actor, title, day)
                 for function, actor in wanted if (function, actor.id) not in held]  # fmt: skip
    if known and not taken:
        click.echo(f"{person.name} was there already ({person.id}); nothing changed")
        return
    _say(app, dry_run, person)
    for role in taken:
        click.echo(f"  {_described(app, role)}")


def _function_at(app: App, text: str) -> tuple[str, Actor]:
    function, at, actor = text.partition("@")
    if not at or not actor.strip():
        raise Invalid("--role {text}: write FUNCTION@ACTOR, as in samordnare@nybro", text=text, path="role")
    book = app.book()
    word = book.words.lookup("function", function)
    found = app.pick(book, actor, ("actor",))
    assert isinstance(found, Actor)
    return word, found


def _held(app: App, known: Contact, wanted: Sequence[tuple[str, Actor]]) -> set[tuple[str, ActorId]]:
    """Which of the wanted hats the person wears already."""
    book = app.book()
    worn = book.as_of(book.today).roles.where(contact=known.id)
    return {
        (function, actor.id)
        for function, actor in wanted
        for role in worn
        if role.function == function and actor.id in (role.actor, *role.covers)
    }


def _refuse_namesake(app: App, name: str) -> None:
    """The same name alone never makes two persons one, nor one two."""
    from kontaktnat.refs import describe
    from kontaktnat.text import fold

    book = app.book()
    namesakes = [one for one in book.contacts.all() if fold(one.name) == fold(name)]
    if namesakes:
        raise Ambiguous(
            "{text} is a name that is there already: {shown}. Is it somebody else, write --new; "
            "a further hat is added with: add role FUNCTION@ACTOR --contact {first}",
            text=name,
            candidates=[(one.id, describe(book, one)) for one in namesakes],
            shown="; ".join(f"{describe(book, one)} {one.id}" for one in namesakes),
            first=namesakes[0].id,
        )


def _put_on(app: App, person: Contact, function: str, actor: Actor, title: str, since: Any) -> Role:
    """A new hat: the vacant post of that function there, or else a role of its own."""
    book = app.book()
    vacant = [
        role
        for role in book.as_of(book.today).roles.where(contact=None, function=function)
        if actor.id == role.actor or actor.id in role.covers
    ]
    if vacant:
        return book.update(
            book.roles.get(vacant[0].id), contact=person.id, title=title or vacant[0].title, since=since
        )
    return book.add(Role(contact=person.id, actor=actor.id, function=function, title=title, since=since))


@add.command()
@click.argument("name", required=False)
@click.option("--kind", default="other", metavar="WORD", help="kommun, förening, …")
@click.option("--protected", is_flag=True, help="Cover its address, phone and mail everywhere.")
@click.option("--new", is_flag=True, help="Another of the same name.")
@_ways_options
@_common
@pass_app
def actor(
    app: App, name: str | None, kind: str, protected: bool, new: bool, settings: tuple[str, ...],
    dry_run: bool, **ways: tuple[str, ...],
) -> None:  # fmt: skip
    """Add an organisation, authority or association."""
    book = app.book()
    record = Actor(
        name=app.ask(name, "NAME").strip(),
        kind=book.words.lookup("actor_kind", kind),
        protected=protected,
        ways=_ways(ways),
        **_values(app, "actor", settings),
    )
    with book.transaction("add actor", dry_run=dry_run):
        known = None if new else book.known(record)
        if known is None:
            _say(app, dry_run, book.add(record))
        else:
            click.echo(f"{known.name} was there already ({known.id}); nothing changed")


@add.command()
@click.argument("function", required=False, metavar="FUNCTION@ACTOR")
@click.option("--contact", "person", metavar="WHO", help="Who holds it; nobody: a vacant post.")
@click.option("--title", default="", help="As it is called there.")
@click.option("--since", metavar="DATE", help="From when.")
@click.option("--until", metavar="DATE", help="Until when.")
@_ways_options
@_common
@pass_app
def role(
    app: App, function: str | None, person: str | None, title: str, since: str | None, until: str | None,
    settings: tuple[str, ...], dry_run: bool, **ways: tuple[str, ...],
) -> None:  # fmt: skip
    """Add a hat to a person, or a vacant post: `add role samordnare@nybro --contact eva`."""
    book = app.book()
    word, actor = _function_at(app, app.ask(function, "FUNCTION@ACTOR"))
    holder = app.pick(book, person, ("contact",)) if person else None
    record = Role(
        contact=holder.id if isinstance(holder, Contact) else None,
        actor=actor.id,
        function=word,
        title=title,
        since=app.day(since, past=True) if since else None,
        until=app.day(until, past=False) if until else None,
        ways=_ways(ways),
        **_values(app, "role", settings),
    )
    with book.transaction("add role", dry_run=dry_run):
        same = book.roles.where(contact=record.contact, actor=actor.id, function=word)
        still = [one for one in same if one.until is None and record.until is None]
        if still:
            click.echo(f"{_described(app, still[0])} was there already ({still[0].id}); nothing changed")
        else:
            _say(app, dry_run, book.add(record))


def _plain(type_name: str, field: str, summary: str) -> None:
    """A subcommand for a type that needs only a name and fields."""

    @add.command(type_name, help=summary)
    @click.argument("name", required=False, metavar=field.upper())
    @_common
    @pass_app
    def command(app: App, name: str | None, settings: tuple[str, ...], dry_run: bool) -> None:
        from kontaktnat.model import RECORDS

        book = app.book()
        wanted = app.ask(name, field.upper()).strip()
        values = _values(app, type_name, settings)
        cls: Any = RECORDS[type_name]
        record = cls(**{**values, field: wanted})
        with book.transaction(f"add {type_name}", dry_run=dry_run):
            same = book.collection_of(type_name).where(**{field: wanted})  # type: ignore[attr-defined]
            if same and type_name != "followup":
                click.echo(f"{wanted} was there already ({same[0].id}); nothing changed")
            else:
                _say(app, dry_run, book.add(record))


_plain("network", "name", "Add a network: `add network NAME --set level=county`.")
_plain("assignment", "name", "Add an assignment (uppdrag).")
_plain("topic", "title", "Add a problem, proposal, question or example: `--set kind=question`.")
_plain("followup", "text", "Add something to do: `add followup TEXT --set due=2v --set about=eva`.")
_plain("commitment", "kind", "Add a duty or agreement: `add commitment agreement --set actor=nybro`.")


def _ways(given: dict[str, tuple[str, ...]]) -> list[Way]:
    ways = []
    for option, values in given.items():
        kind = "mail" if option == "email" else option
        for value in values:
            judge = {"mail": mail_problem, "phone": phone_problem}.get(kind)
            if judge and (problem := judge(value)):
                raise Invalid("--{option}: {problem}", option=option, problem=problem, path=option)
            ways.append(Way(kind=kind, value=value.strip()))
    return ways


def _values(app: App, type_name: str, settings: Sequence[str]) -> dict[str, Any]:
    from kontaktnat.cli.values import field_value

    return {
        name: field_value(app, app.book(), type_name, name, text) for name, text in pairs(settings).items()
    }


def _described(app: App, record: Record) -> str:
    from kontaktnat.refs import describe

    return describe(app.book(), record)


def _say(app: App, dry_run: bool, record: Record) -> None:
    what = "would add" if dry_run else "added"
    click.echo(f"{what}: {_described(app, record)} ({record.type} {record.id})")
