"""Mails → the book: which become interactions, which wait, and what is left out.

One mail is one interaction, however often and from wherever it is read. What nobody wrote is never contact:
automatic answers and list mail are left out, or logged as such with nobody present; a bounce marks the
address.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import attrs

from kontaktnat.extend import Text
from kontaktnat.query import F
from kontaktnat_mail.answers import FORMAT, is_answer
from kontaktnat_mail.bounces import Bounces
from kontaktnat_mail.candidates import Candidates
from kontaktnat_mail.identity import source_of, sources_of
from kontaktnat_mail.outcomes import SHOWN, Logged, Told, both
from kontaktnat_mail.sides import Sides

if TYPE_CHECKING:
    from kontaktnat import Book
    from kontaktnat.exchange import ImportResult
    from kontaktnat.extend import Candidate, Message
    from kontaktnat.model import Interaction


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
        result = both(result, work.more)
        result.batch = batch
    told, seen = work.told(result), work.bounces
    return Logged(
        result=result, answers=work.answered, left=work.left, told=told,
        marked=seen.marked, unmarked=seen.unmarked, nobodys=seen.nobodys,
    )  # fmt: skip


class _Work:
    """One reading of mails."""

    def __init__(self, book: Book, options: Options) -> None:
        self._book, self._options = book, options
        self._sides = Sides(options.own)
        self._there: frozenset[str] = frozenset()
        self._seen: set[str] = set()
        self._answers: list[tuple[Candidate, tuple[bytes, ...], str]] = []
        """What the mail would be, its answers, and why it is none where no meeting here is meant."""
        self._few: list[tuple[int, Message, str]] = []
        self._found: dict[str, Interaction] = {}
        self._row = 0
        self.bounces = Bounces(book)
        self.left: Counter[str] = Counter()
        self.answered: ImportResult | None = None
        self.more: ImportResult | None = None

    def candidates(self, messages: Iterable[Message]) -> Iterator[Candidate]:
        """Those of which an interaction is made, or that cannot be read."""
        made = Candidates(self._book, self._sides, keep_body=self._options.keep_body)
        self._there = made.there
        for message in map(self._sides.ours, messages):
            self._row += 1
            left = self._left(message)
            if self._row <= SHOWN:
                self._few.append((self._row, message, left))
            # A calendar's answer is one also where a program sent it in somebody's name.
            data = self._answer(message) if left in ("", "automatic", "list") else ()
            if left and not data:
                self.left[left] += 1
                continue
            candidate = made.of(message, self._row)
            if data and not candidate.problem:
                self._answers.append((candidate, data, left))
            elif left:
                self.left[left] += 1
            else:
                yield candidate

    def _left(self, message: Message) -> str:
        """Why a mail is no interaction of its own; "" for one that is, or that cannot be read."""
        if message.problem:
            return ""
        self.bounces.take(message)
        if message.automatic == "bounce":
            return "bounce"
        source = source_of(message.id)
        if source in self._seen:
            return "repeated"
        self._seen.add(source)
        if message.automatic in ("reply", "generated") and not self._options.automatic:
            return "automatic"
        if message.automatic == "list" and not self._options.lists:
            return "list"
        if not any(True for _ in self._sides.others(message)):
            return "nobody"
        return ""

    def _answer(self, message: Message) -> tuple[bytes, ...]:
        """The answers to invitations in a mail that came in; none where no plugin reads calendars."""
        if self._sides.direction(message) == "out" or not message.calendar:
            return ()
        if FORMAT not in self._book.plugins.collect("register_importers"):
            return ()
        return tuple(data for method, data in message.calendar if is_answer(method, data))

    # When all have come

    def end(self, name: str) -> None:
        """What is done when all have been taken, in the same transaction."""
        self._answer_all(name)
        self.bounces.mark()
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
            found.append(Told(message=message, direction=self._sides.direction(message), what=what,
                              interaction=one, reason=reasons.get(row, "")))  # fmt: skip
        return found
