"""A mailing sent by a server, from where it was broken off, and told in the book once it has gone."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from kontaktnat.errors import Invalid, KontaktnatError, PluginError
from kontaktnat.extend import Outgoing, Text
from kontaktnat.model import Actor, Contact, Interaction, Participation, Role, stockholm
from kontaktnat_mail import journal as journals
from kontaktnat_mail import smtp
from kontaktnat_mail.identity import source_of
from kontaktnat_mail.journal import WAITING, Entry, Journal
from kontaktnat_mail.smtp import Outcome, Waits

if TYPE_CHECKING:
    from kontaktnat import Book
    from kontaktnat.extend import Mailer
    from kontaktnat_mail.composing import Mailing
    from kontaktnat_mail.settings import Config


@attrs.define(kw_only=True, repr=False)
class Sent:
    """What has become of a mailing in this run."""

    sent: list[Outgoing] = attrs.field(factory=list)
    before: list[Entry] = attrs.field(factory=list)
    """Who has had it already."""
    later: list[Outcome] = attrs.field(factory=list)
    """Put off by the server: the same command tries them again."""
    refused: list[Outcome] = attrs.field(factory=list)
    unknown: list[Outgoing] = attrs.field(factory=list)
    """Who may have it or not: they are not sent it again unasked."""
    rest: list[Outgoing] = attrs.field(factory=list)
    """To whom it did not come, for the server went away."""
    error: KontaktnatError | None = None
    logged: int = 0
    """How many interactions the book has of it now that it had not."""


Way = Callable[[Sequence[Outgoing], Journal, str, Waits], Iterator[Outcome]]
"""(letters, journal, mailing, waits) → what becomes of each that has not gone yet."""


def way(book: Book, name: str, config: Config) -> Way:
    """How letters go by the mailer of that name; raises NotFound where no plugin has it."""
    if name == "smtp":
        if not config.smtp.host:
            raise Invalid("{path}: name the server that sends, in the configuration",
                          path="plugins.mail.smtp.host")  # fmt: skip
        return lambda letters, journal, mailing, waits: smtp.send(
            letters, config.smtp, journal, mailing, waits=waits
        )
    mailer: Mailer = book.plugins.find("register_mailers", name, Text("mailer"))

    def through(
        letters: Sequence[Outgoing], journal: Journal, mailing: str, waits: Waits
    ) -> Iterator[Outcome]:
        known = journal.of(mailing)
        for letter in letters:
            if letter.who in known and known[letter.who].state not in WAITING:
                continue
            entry = _entry(letter, mailing, waits)
            journal.note(attrs.evolve(entry, state="trying"))
            try:
                with book.plugins.running("register_mailers", name):
                    gone = [*mailer.send([letter], {})]
            except PluginError:  # it broke down, and nobody knows when
                raise
            except KontaktnatError:  # by the hook's promise it has not gone
                journal.note(attrs.evolve(entry, state="later"))
                raise
            if gone:
                journal.note(attrs.evolve(entry, state="sent", at=_now(waits)))
            yield Outcome(letter=letter, state="sent" if gone else "unknown")

    return through


def _now(waits: Waits) -> str:
    return waits.now().astimezone(UTC).isoformat(timespec="seconds")


def _entry(letter: Outgoing, mailing: str, waits: Waits) -> Entry:
    return Entry(mailing=mailing, who=letter.who, state="queued", id=letter.id, at=_now(waits))


def key(mailing: Mailing, about: str = "") -> str:
    """By what a mailing is known again: what is said in it, also of a meeting, and not to whom or when."""
    parts = [mailing.letter.source, mailing.subject, mailing.lang, mailing.by.mail, about]
    parts += [f"{name}={value}" for name, value in sorted(mailing.fields.items())]
    if mailing.meeting:
        parts += [str(value) for value in attrs.astuple(mailing.meeting, recurse=False)]
    parts += [f"{one.name}:{hashlib.sha256(one.data).hexdigest()}" for one in mailing.attached]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def deliver(
    book: Book, letters: Sequence[Outgoing], by: Way, mailing: str, *, again: Iterable[str] = (),
    path: Path | None = None, waits: Waits | None = None,
    told: Callable[[Outcome], None] = lambda _: None,
) -> Sent:  # fmt: skip
    """Send what has not been sent; `told` of each. `again`: ids of people who are sent it whatever is known
    of them: that they have it, may have it, or that the server refused it. What has gone is told in the book
    also where the server then went away.
    """
    waits = waits or Waits(now=book.clock)
    result = Sent()
    _rehearse(book, letters)
    by_id = {one.who: one for one in letters}
    with journals.opened(path or journals.beside(book.place), waits.now()) as journal:
        _settle(book, journal, mailing, by_id, result)
        for who in again:
            if who in by_id and (entry := journal.of(mailing).get(who)):
                journal.note(attrs.evolve(entry, state="later"))
        known = journal.of(mailing)
        _sort(known, by_id, result)
        journal.note(*(_entry(one, mailing, waits) for one in letters if one.who not in known))
        try:
            for outcome in by(letters, journal, mailing, waits):
                told(outcome)
                _put(outcome, result)
        except KontaktnatError as error:
            result.error = error
        finally:
            _settle(book, journal, mailing, by_id, result)
        told_of = {one.letter.who for one in (*result.later, *result.refused)}
        known = journal.of(mailing)
        result.rest = [one for one in letters if known[one.who].state in WAITING and one.who not in told_of]
    return result


def queue(book: Book, letters: Sequence[Outgoing], mailing: str, *, path: Path | None = None) -> None:
    """Write down that these are to go, before the book says that they have: what was begun goes on there.

    Raises what the book has against telling of them, and StoreBusy.
    """
    waits = Waits(now=book.clock)
    _rehearse(book, letters)
    with journals.opened(path or journals.beside(book.place), waits.now()) as journal:
        known = journal.of(mailing)
        journal.note(*(_entry(one, mailing, waits) for one in letters if one.who not in known))


def _sort(known: Mapping[str, Entry], letters: Mapping[str, Outgoing], result: Sent) -> None:
    """Those of whom something is known from before."""
    for who, entry in known.items():
        letter = letters.get(who)
        if letter is None:
            continue
        if entry.state in ("sent", "logged"):
            result.before.append(entry)
        elif entry.state == "trying":
            result.unknown.append(letter)
        elif entry.state == "refused":
            result.refused.append(Outcome(letter=letter, state="refused", said=entry.said))


def _put(outcome: Outcome, result: Sent) -> None:
    if outcome.state == "sent":
        result.sent.append(outcome.letter)
    elif outcome.state == "unknown":
        result.unknown.append(outcome.letter)
    else:
        (result.later if outcome.state == "later" else result.refused).append(outcome)


def _rehearse(book: Book, letters: Iterable[Outgoing]) -> None:
    """Raise what the book has against telling of them, before the first is sent."""
    with book.transaction("mail send", dry_run=True):
        for subject in dict.fromkeys(one.subject for one in letters):
            book.add(Interaction(kind="mail", when=book.clock(), direction="out", subject=subject))


def _settle(
    book: Book, journal: Journal, mailing: str, letters: Mapping[str, Outgoing], result: Sent
) -> None:
    """Tell the book of what has been sent: one transaction, and only then is it noted as told."""
    waiting = journal.unlogged()
    if not waiting:
        return
    with book.transaction("mail send"):
        there = {one.source for one in book.interactions.where(kind="mail")}
        for entry in waiting:
            letter = letters.get(entry.who) if entry.mailing == mailing else None
            part = letter.participation if letter else _part(book, entry.who)
            if source_of(entry.id) in there or part is None:
                continue
            book.add(
                Interaction(
                    kind="mail",
                    when=letter.at if letter and letter.id == entry.id else entry.when,
                    direction="out",
                    subject=letter.subject if letter else "",
                    participants=[part],
                    source=source_of(entry.id),
                )
            )
            result.logged += 1
    for entry in waiting:
        journal.note(attrs.evolve(entry, state="logged"))


def _part(book: Book, who: str) -> Participation | None:
    """As what somebody took part to whom an earlier run has sent; None for one who is gone."""
    for cls in (Contact, Role, Actor):
        if book.peek(cls, who) is not None:
            return Participation(who=who)
    return None


def lines(result: Sent) -> Iterator[Text]:
    """What became of them, a line each but for those who have it."""
    if n := len(result.before):
        day = max(one.when for one in result.before).astimezone(stockholm()).date()
        yield Text("{n} has had it ({day} at the latest), and is not sent it again",
                   "{n} have had it ({day} at the latest), and are not sent it again",
                   n=n, day=day)  # fmt: skip
    if result.sent or not result.error:
        yield Text("{n} mail sent", "{n} mails sent", n=len(result.sent))
    for one in result.refused:
        yield Text("  refused by the server: {who} <{mail}>: {why}", who=one.letter.name, mail=one.letter.to,
                   why=one.said)  # fmt: skip
    for one in result.later:
        yield Text("  put off by the server: {who} <{mail}>: {why}", who=one.letter.name,
                   mail=one.letter.to, why=one.said)  # fmt: skip
    for letter in result.unknown:
        yield Text("  may have it or not: {who} <{mail}>: the connection was lost when it was handed over; "
                   "if it is not among what you have sent, --again {mail}",
                   who=letter.name, mail=letter.to)  # fmt: skip
    if n := len(result.rest):
        yield Text("{n} is still to be sent", "{n} are still to be sent", n=n)
