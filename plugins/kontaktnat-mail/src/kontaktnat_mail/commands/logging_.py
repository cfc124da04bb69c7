"""`mail log`: mails that were saved become interactions."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kontaktnat.errors import Invalid, NotFound, Usage, reason
from kontaktnat.extend import Text, accept_option, by_option, complete, mail_key, mail_problem, say, tr
from kontaktnat.model import Contact, FollowUp, Role, day_of
from kontaktnat_mail.commands.proposed import tell_proposals

if TYPE_CHECKING:
    from kontaktnat import Book
    from kontaktnat.extend import Message, MessageSource, Outward
    from kontaktnat.model import Interaction, Participation
    from kontaktnat_mail.outcomes import Logged, Told

C = TypeVar("C", bound=Callable[..., Any])

STANDARD_INPUT = "-"
REJECTED = 5
"""So many of those that cannot be taken are named."""


def _free(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    """Raises Invalid for a file that is there, for somebody may be going through its list, and for one that
    cannot be: what came in would be saved before that is told.
    """
    if value is None:
        return None
    try:
        if Path(value).exists():
            raise Invalid("{path}: it is there already; name a new file", path=value)
        Path(value).parent.stat()
    except OSError as error:
        raise Invalid("{path}: {problem}", path=value, problem=reason(error)) from None
    return value


def _list(file: Path, lines: Sequence[str]) -> None:
    try:
        with file.open("x", encoding="utf-8") as stream:
            stream.write("".join(f"{' '.join(tr(one).split())}\n" for one in lines))
    except OSError as error:
        if not isinstance(error, FileExistsError):
            with suppress(OSError):
                file.unlink()  # half a list, which would be in the way of the next
        raise Invalid("{path}: {problem}", path=str(file), problem=reason(error)) from None
    say(Text("{n} that was not taken is listed in {path}", "{n} that were not taken are listed in {path}",
             n=len(lines), path=file))  # fmt: skip


def log_options(command: C) -> C:
    """What becomes of mails, wherever they are read from."""
    for option in reversed((
        click.option("--me", metavar="ADDRESS", multiple=True,
                     help="Your own address; kept for the next time."),
        click.option("--keep-body", is_flag=True, help="Keep what they wrote, without quotes and signature."),
        click.option("--automatic", is_flag=True, help="Log automatic answers too, as such."),
        click.option("--lists", is_flag=True, help="Log what came by a mailing list too, as such."),
        click.option("--rejects", metavar="FILE", type=click.Path(), callback=_free,
                     help="A new file for the list of those that are not taken."),
        click.option("--dry-run", is_flag=True, help="Show what would become of them, save nothing."),
        by_option,
        accept_option,
    )):  # fmt: skip
        command = option(command)
    return command


@click.command()
@click.argument("files", nargs=-1, metavar="FILE…", type=click.Path(allow_dash=True))
@click.option(
    "--source",
    metavar="NAME",
    shell_complete=complete("message_sources"),
    help="Instead of looking at the files: how they are read.",
)
@log_options
@click.pass_obj
def log(
    app: Any, /, files: tuple[str, ...], source: str | None, me: Sequence[str], dry_run: bool,
    rejects: str | None, **wanted: bool,
) -> None:  # fmt: skip
    """Take in mails that were saved: who it was, when and about what. Undone as one.

    FILE is what Outlook gives when a mail is dragged out (.msg), .eml, an mbox, a Maildir or a folder of
    them; - is standard input. The body is not kept unless you say so. Whom nobody surely knows is asked about
    in `review`. The same mail again changes nothing.
    """
    from kontaktnat_mail import logging_

    files = files or (app.ask(None, "FILE"),)
    book: Book = app.book()
    told, me = own(app, book, me)
    sources = [_source(book, one, source) for one in files]
    options = logging_.Options(own=told, **wanted)
    name = (
        Path(files[0]).resolve().name if len(files) == 1 else tr(Text("{n} file", "{n} files", n=len(files)))
    )
    done = logging_.log(
        book,
        _progress(_read(files, sources)),
        options,
        name="stdin" if files == (STANDARD_INPUT,) else name,
        dry_run=dry_run,
        finish=partial(remember, book, me) if me else None,
    )
    tell(app, book, done, dry_run=dry_run, rejects=rejects)


def tell(app: Any, book: Book, done: Logged, *, dry_run: bool, rejects: str | None) -> None:
    """Say what became of mails, and what looks like a promise in them; list what is not taken in a file."""
    _say(book, done, dry_run=dry_run)
    if rejects and done.result.rejected:
        _list(Path(rejects), [_where(one.raw, one.reason) for one in done.result.rejected])
    for one in done.told:
        if one.what == "logged":
            _suggest(app, book, one, dry_run=dry_run)


def _suggest(app: Any, book: Book, one: Told, *, dry_run: bool) -> None:
    """What looks like a promise in a mail; a follow-up only if somebody says so."""
    from kontaktnat_mail.promises import suggestions

    mail = one.interaction
    if mail is None or mail.kind != "mail":
        return
    about = [str(part.role or part.contact or part.actor) for part in mail.participants]
    for found in suggestions(one.message.text, one.message.date, ours=one.direction == "out"):
        due = Text("due {day}", day=found.due) if found.due else Text("no day named")
        if found.side == "they":
            say(Text('they promise? "{text}" ({due})', text=found.text, due=due))
        else:
            say(Text('a promise of yours? "{text}" ({due})', text=found.text, due=due))
        if dry_run:
            continue
        if not app.interactive:
            say(Text("  if so: kontaktnat add followup TEXT --about {about}", about=",".join(about[:1])))
        elif app.confirm(Text("Make a follow-up of it?")):
            with book.transaction("mail log"):
                book.add(FollowUp(text=found.text, due=found.due, side=found.side, about=about,
                                  since=one.message.date and day_of(one.message.date)))  # fmt: skip
            say(Text("undo {number} takes it back", number=book.version))


def own(app: Any, book: Book, me: Sequence[str]) -> tuple[tuple[str, ...], Sequence[str]]:
    """One's own addresses: those given now, those of the settings, and what a calendar's import was told; and
    which of them are to be kept.
    """
    from kontaktnat_mail.settings import own_addresses

    told = book.setting(f"told.ics.me.{book.by}") or ""
    known = list(own_addresses(book, book.plugins.settings("mail")))
    known += [one.strip() for one in str(told).split("|") if "@" in one]
    if not me and not known:
        if not app.interactive:
            raise Usage("which address is yours? say it once: kontaktnat mail log FILE --me ADDRESS")
        me = [app.ask(None, Text("Your own address"))]
    _refuse(me)
    return tuple(dict.fromkeys([*me, *known])), me


def _refuse(me: Iterable[str]) -> None:
    """Raise Invalid for what is no address, nor a name with one: `Anna Ask <anna@lst.example>`."""
    for one in me:
        if problem := mail_problem(mail_key(one)):
            raise Invalid("{option}: {problem}", option="--me", problem=problem, path="me")


def remember(book: Book, me: Sequence[str]) -> None:
    """Keep one's own addresses for the next time; one that was said with a name with it."""
    from kontaktnat_mail.settings import kept_addresses, remembered_as

    kept: dict[str, str] = {}
    for one in (*kept_addresses(book), *me):
        if "<" in one or mail_key(one) not in kept:
            kept[mail_key(one)] = " ".join(one.split())
    book.set(remembered_as(book), [*kept.values()])


def _source(book: Book, file: str, named: str | None) -> MessageSource:
    """What reads a file; raises NotFound where there is no such file, Usage where nothing knows it."""
    if named:
        found: MessageSource = book.plugins.find("register_message_sources", named, Text("source of mails"))
        return found
    if file != STANDARD_INPUT:
        _must_be_there(file)
    sources: Iterable[MessageSource] = book.plugins.collect("register_message_sources").values()
    suffix = Path(file).suffix.lower()
    for one in sources:
        if suffix and suffix in one.suffixes:
            return one
    for one in sources:
        if one.recognises is not None and one.recognises(file):
            return one
    raise Usage("{path}: this is no mail; save it as .eml or .msg", path=file)


def _must_be_there(file: str) -> None:
    try:
        Path(file).stat()
    except (FileNotFoundError, NotADirectoryError):
        raise NotFound("{path}: there is no such file or folder", path=file, nearest=()) from None
    except OSError as error:
        raise Invalid("{path}: {problem}", path=file, problem=reason(error)) from None


def _read(files: Sequence[str], sources: Sequence[MessageSource]) -> Iterator[Message]:
    for file, source in zip(files, sources, strict=True):
        yield from source.read(file, {})


def _progress(messages: Iterator[Message]) -> Iterator[Message]:
    """Says on a terminal how far it has come: nobody knows beforehand how many there are."""
    if not sys.stderr.isatty():
        yield from messages
        return
    n = 0
    for n, message in enumerate(messages, 1):
        if n % 100 == 0:
            click.echo(f"\r{n}", nl=False, err=True)
        yield message
    if n >= 100:
        click.echo("\r" + " " * len(str(n)) + "\r", nl=False, err=True)


def _say(book: Book, done: Logged, *, dry_run: bool) -> None:
    for one in done.told:
        _say_one(book, one, dry_run=dry_run)
    rejected = done.result.rejected
    if not done.told:
        for wrong in rejected[:REJECTED]:
            say(Text("not taken: {reason}", reason=_where(wrong.raw, wrong.reason)), err=True)
        if len(rejected) > REJECTED:
            more = len(rejected) - REJECTED
            told = Text("… and {n} more not taken; --rejects FILE lists them all",
                        "… and {n} more not taken; --rejects FILE lists them all", n=more)  # fmt: skip
            say(told, err=True)
    for line in _counts(done):
        say(line)
    if n := len(done.marked):
        say(Text("{n} record has an address that came back, and it is marked: {whom}",
                 "{n} records have an address that came back, and it is marked: {whom}", n=n,
                 whom=_whose(book, done.marked)))  # fmt: skip
    if n := len(done.unmarked):
        say(Text("{n} record has an address that came back once, and works again: {whom}",
                 "{n} records have an address that came back once, and works again: {whom}", n=n,
                 whom=_whose(book, done.unmarked)))  # fmt: skip
    if n := len(done.nobodys):
        say(Text("{n} address came back and is nobody's here who may be seen: {whom}",
                 "{n} addresses came back and are nobody's here who may be seen: {whom}", n=n,
                 whom=_first(done.nobodys)))  # fmt: skip
    if done.answers is not None and (n := done.left["answer"]):
        say(Text("{n} answer to an invitation: {counts}", "{n} answers to invitations: {counts}", n=n,
                 counts=done.answers.summary))  # fmt: skip
    strangers = done.result.strangers + (done.answers.strangers if done.answers else 0)
    if strangers:
        say(Text("{n} person whom nobody surely knows waits: kontaktnat review",
                 "{n} people whom nobody surely knows wait: kontaktnat review", n=strangers))  # fmt: skip
    if done.result.batch:
        say(Text("undo {number} takes it back", number=done.result.batch))
    elif dry_run:
        say(Text("nothing was saved"))


def _whose(book: Outward, ids: Sequence[str]) -> str:
    """Names of contacts, roles and actors; of more than a few how many more there are."""
    return _first([_called(book, role=id, contact=id, actor=id) for id in ids[:REJECTED]], len(ids))


def _first(names: Sequence[str], n: int = 0) -> str:
    """The first of several, and of how many there are more."""
    told = list(names[:REJECTED])
    if more := (n or len(names)) - len(told):
        told.append(Text("… and {n} more", "… and {n} more", n=more))
    return ", ".join(map(tr, told))


def _where(where: Any, reason: str) -> str:
    return reason if str(where) in reason else Text("{where}: {reason}", where=where, reason=reason)


def _counts(done: Logged) -> Iterator[Text]:
    """All mails that were read, each in one of the numbers."""
    result, left = done.result, done.left
    numbers: list[tuple[Text, int]] = [
        (Text("logged"), done.logged),
        (Text("waiting for who they are from or to"), result.held_back),
        (Text("there already"), result.updated + result.unchanged),
        (Text("answers to invitations"), left["answer"]),
        (Text("automatic answers left out"), left["automatic"]),
        (Text("list mail left out"), left["list"]),
        (Text("came back undelivered"), left["bounce"]),
        (Text("twice among them"), left["repeated"]),
        (Text("to or from nobody else"), left["nobody"]),
        (Text("from or to whom you ignore"), result.ignored),
        (Text("not taken"), len(result.rejected)),
    ]
    said = [Text("{what} {n}", what=what, n=n) for what, n in numbers if n]
    joined = ", ".join(map(tr, said))
    if joined:
        yield Text("{n} mail read: {what}", "{n} mails read: {what}", n=done.read, what=joined)
    else:
        yield Text("{n} mail read", "{n} mails read", n=done.read)


_WHAT: dict[str, tuple[Text, Text]] = {
    "logged": (Text("logged"), Text("would be logged")),
    "there": (Text("there already"),) * 2,
    "waits": (Text("waits till it is known who they are"), Text("would wait till it is known who they are")),
    "ignored": (Text("left out: you ignore them"),) * 2,
    "automatic": (Text("left out: an automatic answer; --automatic logs it"),) * 2,
    "list": (Text("left out: it came by a mailing list; --lists logs it"),) * 2,
    "bounce": (Text("came back undelivered; no contact"),) * 2,
    "answer": (Text("an answer to an invitation, told to the meeting"),) * 2,
    "repeated": (Text("the same mail once more"),) * 2,
    "nobody": (Text("left out: to or from nobody else"),) * 2,
}


def _say_one(book: Book, one: Told, *, dry_run: bool) -> None:
    from kontaktnat_mail.outcomes import when

    message = one.message
    if one.what == "rejected":
        say(Text("not taken: {reason}", reason=_where(message.where, one.reason)), err=True)
        return
    moment = when(message)
    day = str(moment.date()) if moment else "?"
    subject = " ".join(message.subject.split())[:80] or Text("(no subject)")
    who = _who(book, one)
    line = Text("{day} to {who}: {subject}", day=day, who=who, subject=subject)
    if one.direction == "in":
        line = Text("{day} from {who}: {subject}", day=day, who=who, subject=subject)
    say(line)
    what = _WHAT[one.what][dry_run]
    if one.interaction is not None and not dry_run:
        say(Text("  {what} ({id})", what=what, id=one.interaction.id))
        if one.what == "logged":
            _say_hats(book, one.interaction)
    else:
        say(Text("  {what}", what=what))
    if one.what == "answer":
        tell_proposals(book, message)


def _say_hats(book: Outward, mail: Interaction) -> None:
    """Of whom it is not told in which hat, so that no actor has it: how it is told."""
    day = day_of(mail.when) if mail.when else book.today
    for part in mail.participants:
        who = book.peek(Contact, part.contact) if part.contact else None
        if who is None or who.hidden:
            continue
        hats = book.hats(who.id, day)
        if len(hats) < 2 or any(one.hidden for one in hats) or len({one.actor for one in hats}) == 1:
            continue
        if len(mail.participants) == 1:
            say(Text("  {name} has several roles, and it is not told which: kontaktnat set {id} "
                     "participants=FUNCTION@ACTOR", name=who.name, id=mail.id))  # fmt: skip
        else:
            say(Text("  {name} has several roles, and it is not told which: kontaktnat edit {id}",
                     name=who.name, id=mail.id))  # fmt: skip


def _who(book: Outward, one: Told) -> str:
    """Whom the book took them for; as the mail has it, where it did not."""
    message = one.message
    if one.interaction is not None:
        mail = one.interaction
        parts, day = mail.participants, day_of(mail.when) if mail.when else book.today
        chosen = [part for part in parts if part.part == "host"] if one.direction == "in" else list(parts)
        if names := [name for part in chosen or parts if (name := _name(book, part, day))]:
            return ", ".join(names)
    people = [message.sender] if one.direction == "in" else [*message.to, *message.cc]
    return ", ".join(person.name or person.mail for person in people[:3]) or "?"


def _name(book: Outward, part: Participation, on: date) -> str:
    at = {hat.actor for hat in book.hats(part.contact, on)} if part.contact else {part.actor}
    return _called(book, role=part.role, contact=part.contact, actor=at.pop() if len(at) == 1 else None)


def _called(book: Outward, *, role: str | None, contact: str | None, actor: str | None) -> str:
    """`Eva Ek (Nybro kommun)` of the one of them that there is."""
    from kontaktnat.model import Actor

    hat = book.peek(Role, role) if role else None
    who = book.peek(Contact, (hat.contact if hat else contact) or "")
    where = book.peek(Actor, (hat.actor if hat else actor) or "")
    names = [one.name for one in (who, where) if one]
    return Text("{name} ({actor})", name=names[0], actor=names[1]) if len(names) == 2 else "".join(names)
