"""New mail of a mailbox into the book: once each, up to where it was read last time."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import attrs

from kontaktnat.errors import Invalid, KontaktnatError
from kontaktnat_mail import imap, parsing, sources
from kontaktnat_mail.logging_ import Options, log
from kontaktnat_mail.outcomes import Logged

if TYPE_CHECKING:
    from kontaktnat import Book
    from kontaktnat.extend import Message, Outward

READ = "mail.read."
"""How the settings begin that keep up to where a folder has been read, by a digest of which folder it is."""


@attrs.frozen(kw_only=True, repr=False)
class Fetched:
    """What came of a mailbox, and why no more did."""

    logged: Logged
    problem: KontaktnatError | None = None
    """What stopped it in the middle, or the marking; what came before is in the book."""
    again: int = 0
    """How many of those that were not taken now come again with `retry`."""


def setting_of(account: imap.Account) -> str:
    """The setting for an account's folder."""
    which = chr(0).join((account.host.lower(), account.user, account.folder))
    return f"{READ}{hashlib.sha256(which.encode('utf-8', 'replace')).hexdigest()[:16]}"


def state_of(book: Outward, account: imap.Account) -> imap.State:
    """Up to where it has been read."""
    return imap.State.read(str(book.setting(setting_of(account)) or ""))


def fetch(
    book: Book,
    account: imap.Account,
    options: Options,
    *,
    anew: bool = False,
    retry: bool = False,
    seen: bool = False,
    dry_run: bool = False,
    finish: Callable[[], None] | None = None,
) -> Fetched:
    """Log what is new in a folder, in one transaction that also keeps up to where it has been read.

    `anew`: from its beginning; what the book has changes nothing. `retry`: those too that were not taken
    before, for a check had something against them, or for their day was yet to come. `seen`: mark on the
    server as read what the book has taken, once it is saved; `finish` is called in the transaction. Raises
    what `imap.fetch` does before the first mail has come.
    """
    known = imap.State() if anew else state_of(book, account)
    work = _Reading(account, known, retry=retry)
    version = book.version
    with book.transaction("mail fetch", dry_run=dry_run):
        done = log(book, work.messages(), options, name=account.folder, finish=finish)
        rejected = {one.row for one in done.result.rejected}
        again = [work.uids[row - 1] for row in rejected if row in work.retried]
        if (state := work.state(again)) != known:
            book.set(setting_of(account), str(state))
    if book.version != version:
        done.result.batch = book.version
    problem = work.problem
    if seen and work.last is not None and not dry_run:
        taken = [uid for row, uid in enumerate(work.uids, 1) if row not in rejected]
        try:
            imap.mark(account, taken, work.last)
        except KontaktnatError as error:  # what is in the book is told all the same
            problem = problem or error
    return Fetched(logged=done, problem=problem, again=len(again))


class _Reading:
    """Reads a folder, and remembers how far it came."""

    def __init__(self, account: imap.Account, state: imap.State, *, retry: bool) -> None:
        self._account, self._state, self._retry = account, state, retry
        self.last: imap.State | None = None
        self.uids: list[int] = []
        self.retried: set[int] = set()
        """Rows of mails that can be read: if they are not taken now, they may be another time."""
        self.problem: KontaktnatError | None = None

    def messages(self) -> Iterator[Message]:
        try:
            for one in imap.fetch(self._account, self._state, retry=self._retry):
                where = f"{self._account.folder}:{one.uid}"
                try:
                    message = parsing.parse(one.data, where)
                except Invalid as problem:
                    message = sources.unread(problem, where)
                yield message
                self.last = one.state
                self.uids.append(one.uid)
                if not message.problem and message.date:
                    self.retried.add(len(self.uids))
        except KontaktnatError as problem:
            if self.last is None:
                raise
            self.problem = problem

    def state(self, again: Iterable[int]) -> imap.State:
        """Up to where the folder has been read, with those that are to come again."""
        reached = self.last or self._state
        left = () if self._retry and self.problem is None else reached.left  # what is there no more is left
        return attrs.evolve(reached, left=tuple(sorted({*left, *again})[-imap.LEFT :]))
