"""`add contact`, `add actor`, `add role`: people, where they work, and the hats between."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import click

from kontaktnat.cli.adding import (
    added_line,
    common,
    described,
    refuse_namesake,
    say_known,
    values_given,
    ways_given,
    ways_options,
)
from kontaktnat.cli.app import App, complete, pass_app, say
from kontaktnat.errors import Ambiguous, Invalid, Refused, Usage
from kontaktnat.i18n import Text
from kontaktnat.model import Actor, Contact, Record, Role


@click.command(short_help="A person, with hats.")
@click.argument("name", required=False)
@click.option("--role", "roles", multiple=True, metavar="FUNCTION@ACTOR", help="A hat: samordnare@nybro.",
              shell_complete=complete("role"))  # fmt: skip
@click.option("--title", default="", help="The title in that role.")
@click.option("--since", metavar="DATE", help="Since when in that role.")
@click.option("--protected", is_flag=True, help="Cover address, phone, mail and workplace everywhere.")
@ways_options
@common
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
    record = Contact(
        **values_given(app, "contact", settings, name=name, protected=protected, ways=ways_given(ways))
    )
    with book.transaction("add contact", dry_run=dry_run):
        known = None if new else book.known(record, seen=app.out() if app.reveal is not None else None)
        held = _held(app, known, wanted) if known else set()
        if not new and (known is None or (wanted and not held and not record.ways)):
            # Only the name agrees, and the hat is another: that may be somebody else.
            refuse_namesake(app, record)
        person = known or book.add(record)
        hats = [Role(contact=person.id, actor=actor.id, function=function, title=title, since=day)
                for function, actor in wanted if (function, actor) not in held]  # fmt: skip
        taken = [_put_on(app, hat) for hat in hats]
        lines = [
            added_line(app, dry_run, person),
            *(Text("  {role}", role=described(app, role)) for role in taken),
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


def _put_on(app: App, role: Role) -> Role:
    """A new hat, as it may be seen."""
    book = app.book()
    try:
        made = book.put_on(role)
    except Ambiguous as several:
        made = book.put_on(role, post=app.choose(several))
    return book.roles.get(made.id)


@click.command(short_help="An organisation, authority or association.")
@click.argument("name", required=False)
@click.option("--kind", metavar="WORD", help="kommun, förening, …", shell_complete=complete("actor_kind"))
@click.option("--category", "categories", multiple=True, metavar="CODE",
              help="What it does: icnpo:1200, idrott.",
              shell_complete=complete("categories"))  # fmt: skip
@click.option("--protected", is_flag=True, help="Cover its address, phone and mail everywhere.")
@ways_options
@common
@pass_app
def actor(
    app: App, name: str | None, kind: str | None, categories: tuple[str, ...], protected: bool, new: bool,
    settings: tuple[str, ...], dry_run: bool, **ways: tuple[str, ...],
) -> None:  # fmt: skip
    """Add an organisation, authority or association: `add actor "Nybro IF" --kind förening`."""
    from kontaktnat.cli.values import field_value

    book = app.book()
    given = {
        "name": app.ask(name, "NAME").strip(),
        "kind": app.word(book, "actor_kind", kind) if kind is not None else None,
        "categories": [
            code for one in categories for code in field_value(app, book, "actor", "categories", one)
        ],
        "protected": protected,
        "ways": ways_given(ways),
    }
    record = Actor(**values_given(app, "actor", settings, **given))
    with book.transaction("add actor", dry_run=dry_run):
        known = None if new else book.known(record, seen=app.out() if app.reveal is not None else None)
        if known is None and not new:
            refuse_namesake(app, record)
        line = added_line(app, dry_run, known or book.add(record))
    if known:
        say_known(app, known)
    else:
        say(line)


@click.command(short_help="A hat for a person, or a vacant post.")
@click.argument("function", required=False, metavar="FUNCTION@ACTOR", shell_complete=complete("role"))
@click.option("--contact", "person", metavar="WHO", help="Who holds it; nobody: a vacant post.",
              shell_complete=complete("contacts"))  # fmt: skip
@click.option("--title", default="", help="As it is called there.")
@click.option("--since", metavar="DATE", help="From when.")
@click.option("--until", metavar="DATE", help="Until when.")
@click.option(
    "--term", type=int, metavar="YEAR", help="Of an elected post: the term after that year's election."
)
@ways_options
@common
@pass_app
def role(
    app: App, function: str | None, person: str | None, title: str, since: str | None, until: str | None,
    term: int | None, new: bool, settings: tuple[str, ...], dry_run: bool, **ways: tuple[str, ...],
) -> None:  # fmt: skip
    """Add a hat to a person, or a vacant post: `add role samordnare@nybro --contact eva`.

    A hat for each assignment: `add role samordnare@nybro --contact eva --set assignment=andts`.
    """
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
        "ways": ways_given(ways),
    }
    record = Role(**values_given(app, "role", settings, **given))
    with book.transaction("add role", dry_run=dry_run):
        same = [] if new else _same_roles(app, record, holder, actor)
        made = same[0] if same else _put_on(app, record)
        line = added_line(app, dry_run, made)
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
    """Roles that are this one: both still held, or in the same span; with another assignment it is another.

    Raises Ambiguous where one has none yet, and may be meant.
    """
    book = app.book()
    if isinstance(holder, Contact):
        _held(app, holder, [(role.function, actor)])  # raises where that must not be told
    found = [
        one
        for one in book.roles.where(contact=role.contact, function=role.function)
        if actor.id in (one.actor, *one.covers)
        and one.until == role.until
        and (role.until is None or one.since == role.since)
    ]
    same = [one for one in found if role.assignment in (None, one.assignment)]
    if not same and (bare := [one for one in found if not one.assignment]):
        raise _without_assignment(app, role, bare)
    return same


def _without_assignment(app: App, role: Role, bare: Sequence[Role]) -> Ambiguous:
    """A hat holds one assignment: whether it is that of one that is there, nobody can know but who writes."""
    candidates = [(one.id, described(app, one)) for one in bare]
    return Ambiguous(
        "{text} is there already and holds no assignment: is it that one, write kontaktnat set {id} "
        "assignment={assignment}; is it another hat, write --new",
        text=candidates[0][1],
        candidates=candidates,
        id=candidates[0][0],
        assignment=role.assignment,
    )
