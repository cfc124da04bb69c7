"""Mails → interactions: who took part, when and about what; what waits, what is left out, and what came back.

One mail is one interaction, however often and from wherever it is read. What nobody wrote is never contact:
automatic answers and list mail are left out, or logged as such with nobody present; a bounce marks the
address.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import attrs

from kontaktnat.errors import KontaktnatError
from kontaktnat.extend import Candidate, Text, mail_key
from kontaktnat.model import Actor, Contact, Interaction, Role, day_of, holds
from kontaktnat.query import F
from kontaktnat_mail.answers import FORMAT, is_answer
from kontaktnat_mail.identity import source_of, sources_of
from kontaktnat_mail.quotes import without_quotes
from kontaktnat_mail.threads import THREAD, Threads

if TYPE_CHECKING:
    from kontaktnat import Book
    from kontaktnat.exchange import ImportResult
    from kontaktnat.extend import Address, Message
    from kontaktnat.model import Way

KIND, AUTOMATIC_KIND = "mail", "automatic_mail"
ATTACHMENTS, AUTOMATIC = "mail.attachments", "mail.automatic"
_SUBJECT, _BODY, _NAMES = 300, 20_000, 1_000
"""Characters that are kept."""
SHOWN = 20
"""Mails that are told of one by one; of more only the counts are told."""

LEFT = ("automatic", "list", "bounce", "answer", "nobody", "repeated")
"""Why a mail makes no interaction of its own, beside what `ImportResult` counts."""


@attrs.frozen(kw_only=True)
class Options:
    """What somebody wants of their mails."""

    own: tuple[str, ...]
    """One's own addresses."""
    keep_body: bool = False
    automatic: bool = False
    """Log automatic answers too, as such."""
    lists: bool = False
    """Log what came by a list too, as such."""


@attrs.frozen(kw_only=True, repr=False)
class Told:
    """What became of one mail, for eyes."""

    message: Message
    direction: str
    what: str
    """logged, there, waits, ignored, rejected, or one of LEFT."""
    interaction: Interaction | None = None
    reason: str = ""


@attrs.define(kw_only=True, repr=False)
class Logged:
    """What became of all. Each mail that was read is counted in `result` or once in `left`."""

    result: ImportResult
    answers: ImportResult | None = None
    """What became of answers to invitations; those of a meeting that is not here are logged as mails."""
    left: Counter[str] = attrs.field(factory=Counter)
    marked: list[str] = attrs.field(factory=list)
    """Ids of the records of which an address is marked as come back."""
    unmarked: list[str] = attrs.field(factory=list)
    """Of those of which a mark is gone, for somebody has written from the address since."""
    told: list[Told] = attrs.field(factory=list)

    @property
    def read(self) -> int:
        """How many mails were read."""
        one = self.result
        taken = one.created + one.updated + one.unchanged + one.ignored + len(one.rejected)
        return taken + self.left.total()

    @property
    def logged(self) -> int:
        """How many are new in the book."""
        return self.result.created - self.result.held_back


def log(
    book: Book,
    messages: Iterable[Message],
    options: Options,
    *,
    name: str,
    label: str = "mail log",
    dry_run: bool = False,
    finish: Callable[[], None] | None = None,
) -> Logged:
    """Take mails one by one, in one transaction; `name` says where they are from, to what waits.

    `finish` is called in the transaction, last. What `messages` raises undoes all.
    """
    work = _Work(book, options)

    def end() -> None:
        work.end(name)
        if finish:
            finish()

    result = book.take(work.candidates(messages), name=name, label=label, dry_run=dry_run, finish=end)
    batch = result.batch
    if work.more is not None:  # answers to meetings that are not here
        result = _sum(result, work.more)
        result.batch = batch
    done = Logged(result=result, answers=work.answered, left=work.left, marked=work.marked)
    done.unmarked = work.unmarked
    done.told = work.told(result)
    return done


def _sum(one: ImportResult, other: ImportResult) -> ImportResult:
    return attrs.evolve(
        one,
        created=one.created + other.created,
        unchanged=one.unchanged + other.unchanged,
        rejected=[*one.rejected, *other.rejected],
        held_back=one.held_back + other.held_back,
        ignored=one.ignored + other.ignored,
        ignored_rows=[*one.ignored_rows, *other.ignored_rows],
        strangers=one.strangers + other.strangers,
        waiting=[*one.waiting, *other.waiting],
    )


class _Work:
    """One reading of mails."""

    def __init__(self, book: Book, options: Options) -> None:
        self._book, self._options = book, options
        self._own = frozenset(map(mail_key, options.own))
        self._threads: Threads | None = None
        self._there: frozenset[str] = frozenset()
        self._seen: set[str] = set()
        self._bounced: dict[str, date] = {}
        self._heard: dict[str, date] = {}
        """By address, the last day on which somebody wrote from it."""
        self._answers: list[tuple[Candidate, tuple[bytes, ...], str]] = []
        """What the mail would be, its answers, and why it is none where no meeting here is meant."""
        self._few: list[tuple[int, Message, str]] = []
        self._found: dict[str, Interaction] = {}
        self._row = 0
        self.left: Counter[str] = Counter()
        self.marked: list[str] = []
        self.unmarked: list[str] = []
        self.answered: ImportResult | None = None
        self.more: ImportResult | None = None

    def candidates(self, messages: Iterable[Message]) -> Iterator[Candidate]:
        """Those of which an interaction is made, or that cannot be read."""
        self._threads = Threads(self._book)
        self._there = frozenset(self._threads.sources)
        for message in map(self._ours, messages):
            self._row += 1
            left = self._left(message)
            if self._row <= SHOWN:
                self._few.append((self._row, message, left))
            # A calendar's answer is one also where a program sent it in somebody's name.
            data = self._answer(message) if left in ("", "automatic", "list") else ()
            if left and not data:
                self.left[left] += 1
                continue
            candidate = self._candidate(message)
            if data and not candidate.problem:
                self._answers.append((candidate, data, left))
            elif left:
                self.left[left] += 1
            else:
                yield candidate

    def _left(self, message: Message) -> str:
        if message.problem:
            return ""
        if message.automatic == "bounce":
            for address in message.bounced:
                day = day_of(message.date) if message.date else self._book.today
                key = mail_key(address)
                self._bounced[key] = max(self._bounced.get(key, day), day)
            return "bounce"
        if message.date and not message.automatic and not self._is_to_come(message.date):
            key, day = mail_key(message.sender.mail), day_of(message.date)
            self._heard[key] = max(self._heard.get(key, day), day)
        source = source_of(message.id)
        if source in self._seen:
            return "repeated"
        self._seen.add(source)
        if message.automatic in ("reply", "generated") and not self._options.automatic:
            return "automatic"
        if message.automatic == "list" and not self._options.lists:
            return "list"
        if not any(True for _ in self._others(message)):
            return "nobody"
        return ""

    def _ours(self, message: Message) -> Message:
        """A mailing of one's own says how to be rid of it, as a list's mail does, and is none."""
        ours = message.automatic == "list" and self._direction(message) == "out"
        return attrs.evolve(message, automatic="") if ours else message

    def _is_to_come(self, sent: datetime) -> bool:
        """Whether a mail says it was sent later than clocks of different zones explain."""
        return day_of(sent) > self._book.today + timedelta(days=1)

    def _direction(self, message: Message) -> str:
        return "out" if mail_key(message.sender.mail) in self._own else "in"

    def _others(self, message: Message) -> Iterator[tuple[Address, str, bool]]:
        """(address, part, whether it is needed) of everybody but oneself, each once."""
        out = self._direction(message) == "out"
        listed = [(message.sender, "host", True)] if not out else []
        listed += [(one, "member", out) for one in message.to]
        listed += [(one, "guest", out) for one in (*message.cc, *message.bcc)]
        seen: set[str] = set()
        for one, part, needed in listed:
            mail = one.mail if "@" in one.mail else ""
            name = one.name if mail else one.name.partition("<")[0].strip(' "')  # Exchange's own addresses
            key = mail_key(mail) or name.casefold()
            if key and key not in seen and key not in self._own:
                seen.add(key)
                same = (mail, name) == (one.mail, one.name)
                yield one if same else attrs.evolve(one, mail=mail, name=name), part, needed

    def _candidate(self, message: Message) -> Candidate:
        row, where = self._row, message.where
        if message.problem:
            return Candidate(row=row, type="interaction", problem=message.problem, raw=where)
        if message.date is None or message.date.tzinfo is None:
            problem = Text("{where}: it does not say when it was sent", where=where)
            return Candidate(row=row, type="interaction", problem=problem, raw=where)
        if self._is_to_come(message.date):
            problem = Text("{where}: it says that it was sent on {day}, which is yet to come", where=where,
                           day=str(day_of(message.date)))  # fmt: skip
            return Candidate(row=row, type="interaction", problem=problem, raw=where)
        sources = sources_of(message.id)
        source = next((one for one in sources if one in self._there), sources[0])
        others = [*self._others(message)]
        said = bool(message.automatic)
        extra: dict[str, Any] = {}
        assert self._threads is not None
        if thread := self._threads.of(message, [one.mail for one, _, _ in others if one.mail]):
            extra[THREAD] = thread
        if message.attachments:
            extra[ATTACHMENTS] = _short("; ".join(message.attachments), _NAMES)
        if said:
            extra[AUTOMATIC] = message.automatic
        fields: dict[str, Any] = {
            "source": source,
            "once": True,
            "kind": AUTOMATIC_KIND if said else KIND,
            "when": message.date.isoformat(),
            "direction": self._direction(message),
            "subject": _short(" ".join(message.subject.split()), _SUBJECT),
            "registry_number": message.registry_number,
            "summary": _short(without_quotes(message.text), _BODY) if self._options.keep_body else "",
            "extra": extra,
            "guests": [
                {"mail": one.mail, "name": one.name, "part": part, "needed": needed,
                 "status": "absent" if said else "attended"}
                for one, part, needed in others
            ],
        }  # fmt: skip
        return Candidate(row=row, type="interaction", fields=fields, raw=where)

    def _answer(self, message: Message) -> tuple[bytes, ...]:
        """The answers to invitations in a mail that came in; none where no plugin reads calendars."""
        if self._direction(message) == "out" or not message.calendar:
            return ()
        if FORMAT not in self._book.plugins.collect("register_importers"):
            return ()
        return tuple(data for method, data in message.calendar if is_answer(method, data))

    # When all have come

    def end(self, name: str) -> None:
        """What is done when all have been taken, in the same transaction."""
        self._answer_all(name)
        self._mark()
        wanted = [source for _, message, _ in self._few for source in sources_of(message.id)]
        self._found = {one.source: one for one in self._book.interactions.where(F("source").in_(wanted))}

    def _answer_all(self, name: str) -> None:
        if not self._answers:
            return
        importer = self._book.plugins.find("register_importers", FORMAT, Text("importer"))
        candidates: list[Candidate] = []
        for n, (_, answers, _) in enumerate(self._answers):
            for data in answers:
                candidates += [attrs.evolve(one, row=n) for one in importer.read(io.BytesIO(data), {})]
        self.answered = self._book.take(candidates, name=name)
        homeless = {one.row for one in self.answered.rejected}
        self.left["answer"] += len(self._answers) - len(homeless)
        others = [(mail, left) for n, (mail, _, left) in enumerate(self._answers) if n in homeless]
        self.left.update(left for _, left in others if left)
        mails = [mail for mail, left in others if not left]
        self._few = [
            (row, message, "answer" if self._is_home(row, homeless) else left)
            for row, message, left in self._few
        ]
        if mails:
            self.more = self._book.take(mails, name=name)

    def _is_home(self, row: int, homeless: set[int]) -> bool:
        return any(mail.row == row and n not in homeless for n, (mail, _, _) in enumerate(self._answers))

    def _mark(self) -> None:
        """Mark addresses that came back, of what may be seen; those from which somebody wrote since, not."""
        gone = {key: day for key, day in self._bounced.items() if self._heard.get(key, date.min) <= day}
        if not gone and not self._heard:
            return
        book = self._book
        records: list[Contact | Role | Actor] = [
            *book.contacts.all(), *book.roles.all(), *book.actors.all()
        ]  # fmt: skip
        for record in records:
            ways = [self._told_of(way, gone) for way in record.ways]
            if tuple(ways) == tuple(record.ways):
                continue
            both = zip(ways, record.ways, strict=True)
            came_back = any(new.bounced_on and not way.bounced_on for new, way in both)
            try:
                with book.transaction():
                    book.update(record, ways=ways)
            except KontaktnatError:
                continue  # a plugin, or a finding in what stands there already, has something against it
            (self.marked if came_back else self.unmarked).append(record.id)

    def _told_of(self, way: Way, gone: Mapping[str, date]) -> Way:
        """An address as it stands after these mails."""
        if way.kind != "mail":
            return way
        key = mail_key(way.value)
        if way.bounced_on:
            heard = self._heard.get(key)
            works = heard is not None and way.bounced_on.last < heard and key not in gone
            return attrs.evolve(way, bounced_on=None) if works else way
        day = gone.get(key)
        return attrs.evolve(way, bounced_on=day) if day and holds(way.since, way.until, day) else way

    def told(self, result: ImportResult) -> list[Told]:
        """What became of each, where they are few."""
        if self._row > SHOWN:
            return []
        reasons = {one.row: one.reason for one in result.rejected}
        before = self._there
        found = []
        for row, message, left in self._few:
            one = next((self._found[key] for key in sources_of(message.id) if key in self._found), None)
            what = left
            if row in reasons:
                what = "rejected"
            elif not left and one is not None:
                what = "there" if one.source in before else "logged"
            elif not left:
                what = "ignored" if row in result.ignored_rows else "waits"
            found.append(Told(message=message, direction=self._direction(message), what=what,
                              interaction=one, reason=reasons.get(row, "")))  # fmt: skip
        return found


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def when(message: Message) -> datetime | None:
    """When it was sent, as people here tell it."""
    from kontaktnat.model import stockholm

    return message.date.astimezone(stockholm()) if message.date else None
