"""`add`: one subcommand for each type of record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import attrs
import click

from kontaktnat.cli.app import App, Commands, by_option, complete, dry_run_option, pairs, pass_app, say
from kontaktnat.errors import Ambiguous, Invalid, Refused, Usage
from kontaktnat.i18n import Text, joined
from kontaktnat.model import Actor, Contact, FollowUp, Record, Role, Topic, Way
from kontaktnat.model.names import type_label

if TYPE_CHECKING:
    from kontaktnat.book import Book

C = TypeVar("C", bound=Callable[..., Any])


@click.group(cls=Commands)
def add() -> None:
    """Add a contact, an actor, a role, a network, a topic, a follow-up, an assignment or a commitment."""


_METAVARS = {
    "address": Text("ADDRESS"),
    "web": Text("WEB"),
    "phone": Text("PHONE"),
    "email": Text("EMAIL"),
}


def _ways_options(command: C) -> C:
    for name, metavar in _METAVARS.items():
        command = click.option(f"--{name}", multiple=True, metavar=metavar, help="May be given twice.")(
            command
        )
    return command


def _common(command: C) -> C:
    command = click.option("--new", is_flag=True, help="Another one, though there is one of that name.")(
        command
    )
    command = click.option("--set", "settings", multiple=True, metavar="FIELD=VALUE", help="Another field.",
                           shell_complete=complete("fields"))(command)  # fmt: skip
    return by_option(dry_run_option(command))


@add.command(short_help="A person, with hats.")
@click.argument("name", required=False)
@click.option("--role", "roles", multiple=True, metavar="FUNCTION@ACTOR", help="A hat: samordnare@nybro.",
              shell_complete=complete("role"))  # fmt: skip
@click.option("--title", default="", help="The title in that role.")
@click.option("--since", metavar="DATE", help="Since when in that role.")
@click.option("--protected", is_flag=True, help="Cover address, phone, mail and workplace everywhere.")
@_ways_options
@_common
@pass_app
def contact(
    app: App, name: str | None, roles: tuple[str, ...], title: str, since: str | None, protected: bool,
    new: bool, settings: tuple[str, ...], dry_run: bool, **ways: tuple[str, ...],
) -> None:  # fmt: skip
    """Add a person: `add contact "Eva Ek" --role samordnare@nybro --email eva.ek@nybro.example`."""
    book = app.book()
    name = app.ask(name, "NAME").strip()
    if (title or since) and not roles:
        raise Usage("--title and --since belong to a role; name it with --role FUNCTION@ACTOR")
    wanted = dict.fromkeys(_function_at(app, role, "--role ") for role in roles)
    day = app.day(since, past=True) if since else None
    record = Contact(**_values(app, "contact", settings, name=name, protected=protected, ways=_ways(ways)))
    with book.transaction("add contact", dry_run=dry_run):
        known = None if new else book.known(record)
        held = _held(app, known, wanted) if known else set()
        if not new and (known is None or (wanted and not held and not record.ways)):
            # Only the name agrees, and the hat is another: that may be somebody else.
            refuse_namesake(app, record)
        person = known or book.add(record)
        hats = [Role(contact=person.id, actor=actor.id, function=function, title=title, since=day)
                for function, actor in wanted if (function, actor) not in held]  # fmt: skip
        taken = [_put_on(app, hat) for hat in hats]
        lines = [
            _line(app, dry_run, person),
            *(Text("  {role}", role=_described(app, role)) for role in taken),
        ]
    if known and not taken:
        say_known(app, known)
    else:
        for line in lines:
            say(line)


def _function_at(app: App, text: str, option: str = "") -> tuple[str, Actor]:
    function, at, actor = text.partition("@")
    if not at or not actor.strip() or not function.strip():
        raise Invalid("{option}{text}: write FUNCTION@ACTOR, as in samordnare@nybro",
                      option=option, text=text, path="role")  # fmt: skip
    book = app.book()
    word = app.word(book, "function", function)
    found = app.pick(book, actor, ("actor",))
    assert isinstance(found, Actor)
    return word, found


def _held(app: App, person: Contact, wanted: Iterable[tuple[str, Actor]]) -> set[tuple[str, Actor]]:
    """Which of the wanted hats the person wears already."""
    book = app.book()
    reader = book if app.reveal is None else app.out()
    worn = reader.as_of(book.today).roles.where(contact=person.id)
    if {role.function for role in worn if "actor" in role.hidden} & {function for function, _ in wanted}:
        raise Refused(
            "{name} is protected and has such a role at a covered workplace already; "
            "kontaktnat --reveal REASON add … compares",
            name=person.name,
        )
    return {
        (function, actor)
        for function, actor in wanted
        for role in worn
        if role.function == function and actor.id in (role.actor, *role.covers)
    }


def refuse_namesake(app: App, record: Record) -> None:
    """The same name alone never makes two one, nor one two."""
    from kontaktnat.outward import title_of
    from kontaktnat.refs import describe, names_of
    from kontaktnat.text import fold

    book, name = app.book(), title_of(record)
    namesakes = [
        one for one in book.collection_of(record.type).all() if fold(name) in map(fold, names_of(one))
    ]
    if namesakes:
        hat = Text(
            "; a further hat is added with: add role FUNCTION@ACTOR --contact {id}", id=namesakes[0].id
        )
        candidates = [(one.id, describe(book, one)) for one in namesakes]
        raise Ambiguous(
            "{text} is a name that is there already: {shown}. Is it another, write --new{hat}",
            text=name,
            candidates=candidates,
            shown=joined("; ", (Text("{name} {id}", name=name, id=id) for id, name in candidates)),
            hat=hat if record.type == "contact" else "",
        )


def _put_on(app: App, role: Role) -> Role:
    """A new hat, as it may be seen: in the vacant post of that function there, or else beside it."""
    book = app.book()
    return book.roles.get(_post_filled(app, role).id)


def _post_filled(app: App, role: Role) -> Role:
    from kontaktnat.acts.handover import told_of
    from kontaktnat.model.dates import holds

    book = app.book()
    if role.contact and book.contacts.get(role.contact).protected:
        return book.add(role)  # a pack's post has an id that is known: filling it would tell the workplace
    vacant = [
        post
        for post in book.as_of(book.today).roles.where(contact=None, function=role.function)
        if "contact" not in post.hidden and role.actor in (post.actor, *post.covers)
    ]
    ahead = role.since is not None and role.since.first > book.today
    if not vacant or role.contact is None or not (ahead or holds(role.since, role.until, book.today)):
        return book.add(role)
    post = vacant[0].id if len(vacant) == 1 else app.choose(_which_post(app, vacant))
    if ahead:  # vacant until then
        stands = book.update(book.roles.get(post), until=role.since)
        return book.add(attrs.evolve(role, actor=stands.actor, covers=role.covers or stands.covers))
    given = {
        field.name: getattr(role, field.name)
        for field in attrs.fields(Role)
        if field.name != "actor" and getattr(role, field.name) != field.default
    }
    if told_of(book, post):  # a meeting met the vacant post, and minutes keep that
        post = book.handover(post, role.contact, on=role.since).role.id
        given.pop("since", None)
    return book.update(book.roles.get(post), **given)


def _which_post(app: App, vacant: Sequence[Role]) -> Ambiguous:
    candidates = [(post.id, _described(app, post)) for post in vacant]
    return Ambiguous(
        "{text} are vacant there: {shown}; write FUNCTION@MUNICIPALITY",
        text=Text("several posts"),
        candidates=candidates,
        shown=joined("; ", (Text("{id} {what}", id=id, what=what) for id, what in candidates)),
    )


@add.command(short_help="An organisation, authority or association.")
@click.argument("name", required=False)
@click.option("--kind", metavar="WORD", help="kommun, förening, …", shell_complete=complete("actor_kind"))
@click.option("--protected", is_flag=True, help="Cover its address, phone and mail everywhere.")
@_ways_options
@_common
@pass_app
def actor(
    app: App, name: str | None, kind: str | None, protected: bool, new: bool, settings: tuple[str, ...],
    dry_run: bool, **ways: tuple[str, ...],
) -> None:  # fmt: skip
    """Add an organisation, authority or association: `add actor "Nybro IF" --kind förening`."""
    book = app.book()
    given = {
        "name": app.ask(name, "NAME").strip(),
        "kind": app.word(book, "actor_kind", kind) if kind is not None else None,
        "protected": protected,
        "ways": _ways(ways),
    }
    record = Actor(**_values(app, "actor", settings, **given))
    with book.transaction("add actor", dry_run=dry_run):
        known = None if new else book.known(record)
        if known is None and not new:
            refuse_namesake(app, record)
        line = _line(app, dry_run, known or book.add(record))
    if known:
        say_known(app, known)
    else:
        say(line)


@add.command(short_help="A hat for a person, or a vacant post.")
@click.argument("function", required=False, metavar="FUNCTION@ACTOR", shell_complete=complete("role"))
@click.option("--contact", "person", metavar="WHO", help="Who holds it; nobody: a vacant post.",
              shell_complete=complete("contacts"))  # fmt: skip
@click.option("--title", default="", help="As it is called there.")
@click.option("--since", metavar="DATE", help="From when.")
@click.option("--until", metavar="DATE", help="Until when.")
@click.option(
    "--term", type=int, metavar="YEAR", help="Of an elected post: the term after that year's election."
)
@_ways_options
@_common
@pass_app
def role(
    app: App, function: str | None, person: str | None, title: str, since: str | None, until: str | None,
    term: int | None, new: bool, settings: tuple[str, ...], dry_run: bool, **ways: tuple[str, ...],
) -> None:  # fmt: skip
    """Add a hat to a person, or a vacant post: `add role samordnare@nybro --contact eva`."""
    book = app.book()
    word, actor = _function_at(app, app.ask(function, "FUNCTION@ACTOR"))
    holder = app.pick(book, person, ("contact",)) if person is not None else None
    first, end = _term(app, word, term, since or until) if term is not None else (None, None)
    given = {
        "contact": holder.id if holder else None,
        "actor": actor.id,
        "function": word,
        "title": title,
        "since": app.day(since, past=True) if since else first,
        "until": app.day(until, past=False) if until else end,
        "ways": _ways(ways),
    }
    record = Role(**_values(app, "role", settings, **given))
    with book.transaction("add role", dry_run=dry_run):
        same = [] if new else _same_roles(app, record, holder, actor)
        made = same[0] if same else _put_on(app, record)
        line = _line(app, dry_run, made)
    if same:
        say_known(app, made)
    else:
        say(line)


def _term(app: App, function: str, year: int, dated: str | None) -> tuple[date, date]:
    """First and last day of the term of office (kommunallagen 5:9, 6:18)."""
    from kontaktnat.model.terms import is_election, term

    if dated:
        raise Usage("--term says since when and until when; leave --since and --until out")
    word = app.book().words.of("function")[function]
    if not word.elected:
        raise Invalid("--term: {function} is no elected post; write --since and --until", path="term",
                      function=app.book().words.name("function", function))  # fmt: skip
    if not 1 <= year < 9990 or not is_election(year):
        raise Invalid("--term: there is no election in {year}; councils are elected in 2022, 2026 and so on",
                      path="term", year=year)  # fmt: skip
    return term(word.elected, year)


def _same_roles(app: App, role: Role, holder: Record | None, actor: Actor) -> list[Role]:
    """Roles that are this one: both still held, or in the same span."""
    book = app.book()
    if isinstance(holder, Contact):
        _held(app, holder, [(role.function, actor)])  # raises where that must not be told
    return [
        one
        for one in book.roles.where(contact=role.contact, function=role.function)
        if actor.id in (one.actor, *one.covers)
        and one.until == role.until
        and (role.until is None or one.since == role.since)
    ]


def _plain(type_name: str, field: str, *, help: str, short_help: str, metavar: str) -> None:
    """A subcommand for a type that needs only a name and fields."""

    @add.command(type_name, help=help, short_help=short_help)
    @click.argument("name", required=False, metavar=metavar,
                    shell_complete=complete("commitment_kind") if field == "kind" else None)  # fmt: skip
    @_common
    @pass_app
    def command(app: App, name: str | None, new: bool, settings: tuple[str, ...], dry_run: bool) -> None:
        from kontaktnat.cli.values import field_value
        from kontaktnat.model import RECORDS

        book = app.book()
        wanted = field_value(app, book, type_name, field, app.ask(name, metavar).strip())
        record: Record = RECORDS[type_name](**_values(app, type_name, settings, **{field: wanted}))
        with book.transaction(f"add {type_name}", dry_run=dry_run):
            known = None if new else said_already(app, record)
            if known is None and not new and field in ("name", "title"):
                refuse_namesake(app, record)
            line = _line(app, dry_run, known or _made(book, record))
        if known:
            say_known(app, known)
        else:
            say(line)


def _made(book: Book, record: Record) -> Record:
    return book.raise_topic(record) if isinstance(record, Topic) else book.add(record)


def said_already(app: App, record: Record) -> Record | None:
    """A record that says all that this one does; what is done is over."""
    from kontaktnat.codec import to_doc

    said = to_doc(record).items()
    return next(
        (
            one
            for one in app.book().collection_of(record.type).all()
            if said <= to_doc(one).items() and not getattr(one, "done_on", None)
        ),
        None,
    )


_plain(
    "network",
    "name",
    help="Add a network: `add network NAME --set level=county --set members=nybro,kalmar`.",
    short_help="A network that meets.",
    metavar="NAME",
)
_plain(
    "assignment",
    "name",
    help="Add an assignment (uppdrag): `add assignment NAME --set level=county`.",
    short_help="An assignment (uppdrag).",
    metavar="NAME",
)
_plain(
    "topic",
    "title",
    help="Add a problem, proposal, question or example: `add topic TITLE --set kind=question`.",
    short_help="A problem, proposal, question or example.",
    metavar="TITLE",
)
_plain(
    "commitment",
    "kind",
    help="Add a duty or agreement: `add commitment agreement --set actor=nybro`.",
    short_help="A duty or agreement.",
    metavar="KIND",
)


@add.command(short_help="Something to do.")
@click.argument("text", required=False)
@click.option("--due", metavar="WHEN", help="When it is due: 2v, fre, 2026-12-01.")
@click.option("--about", metavar="A,B", help="Whom or what it is about.", shell_complete=complete("people"))
@click.option("--owner", metavar="NAME", help="Who sees to it; otherwise whoever writes.",
              shell_complete=complete("owners"))  # fmt: skip
@click.option("--they", is_flag=True, help="They promised it, not we.")
@click.option("--every", metavar="SPAN", help="Comes again once it is done: 1m, 2v, varje kvartal.")
@_common
@pass_app
def followup(
    app: App, text: str | None, due: str | None, about: str | None, owner: str | None, they: bool,
    every: str | None, new: bool, settings: tuple[str, ...], dry_run: bool,
) -> None:  # fmt: skip
    """Add something to do: `add followup "skicka underlag" --due 2v --about eva --every 1m`.

    What comes again counts from the day it is due; without one, from today, and is due a span from now.
    """
    from kontaktnat.cli.values import field_value
    from kontaktnat.model.dates import to_date

    book = app.book()
    given = {
        "text": app.ask(text, "TEXT").strip(),
        "due": app.day(due, past=False) if due is not None else None,
        "about": field_value(app, book, "followup", "about", about) if about is not None else None,
        "owner": owner,
        "side": "they" if they else None,
    }
    values = _values(app, "followup", settings, **given)
    if every is not None:
        values = _recurring(values, every, book.today)
    record = FollowUp(**{"owner": app.by or book.by, **values})
    with book.transaction("add followup", dry_run=dry_run):
        known = None if new else said_already(app, record)
        line = _line(
            app, dry_run, known or book.add(attrs.evolve(record, since=record.since or to_date(book.today)))
        )
    if known:
        say_known(app, known)
    else:
        say(line)


def _recurring(values: dict[str, Any], every: str, today: date) -> dict[str, Any]:
    from kontaktnat.model.spans import later, repeating
    from kontaktnat.timewords import parse_span

    if "recurrence" in values:
        raise Usage("--set {name}: this is given already, without --set", name="recurrence")
    span = parse_span(every)
    due = values.get("due")
    recurrence = repeating(due.last if due else today, span)
    return {"due": later(today, span), **values, "recurrence": recurrence}


def _ways(given: dict[str, tuple[str, ...]]) -> list[Way]:
    from kontaktnat.ways import way_of

    return [
        way_of(option, value, f"--{option}")
        for option, values in given.items()
        for value in dict.fromkeys(map(str.strip, values))
    ]


def _values(app: App, type_name: str, settings: Sequence[str], **given: Any) -> dict[str, Any]:
    """What options and arguments gave, and the fields of `--set`; a field cannot have both."""
    from kontaktnat.cli.values import field_value

    values = {name: value for name, value in given.items() if value}
    for name, text in pairs(settings).items():
        if name in values:
            raise Usage("--set {name}: this is given already, without --set", name=name)
        values[name] = field_value(app, app.book(), type_name, name, text)
    return values


def _described(app: App, record: Record) -> str:
    from kontaktnat.refs import describe

    return describe(app.book(), record)


def _line(app: App, dry_run: bool, record: Record) -> str:
    fields = {
        "what": _described(app, record),
        "type": type_label(record.type),
        "id": record.id,
    }
    if dry_run:
        return Text("would add: {what} ({type} {id})", **fields)
    return Text("added: {what} ({type} {id})", **fields)


def say_known(app: App, record: Record) -> None:
    what = _described(app, record)
    say(Text("{what} was there already ({id}); nothing changed", what=what, id=record.id))
