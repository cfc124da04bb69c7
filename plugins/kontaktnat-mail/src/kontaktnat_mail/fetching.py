"""New mail of a mailbox into the book: once each, up to where it was read last time."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import attrs

from kontaktnat.errors import Invalid, KontaktnatError
from kontaktnat_mail import imap, parsing, sources
from kontaktnat_mail.logging_ import Logged, Options, log

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
    seen: bool = False,
    dry_run: bool = False,
    finish: Callable[[], None] | None = None,
) -> Fetched:
    """Log what is new in a folder, in one transaction that also keeps up to where it has been read.

    `anew`: from its beginning; what the book has changes nothing. `seen`: mark on the server as read what the
    book has taken, once it is saved; `finish` is called in the transaction. Raises what `imap.fetch` does
    before the first mail has come.
    """
    work = _Reading(account, imap.State() if anew else state_of(book, account))

    def end() -> None:
        if work.last is not None:
            book.set(setting_of(account), str(work.last))
        if finish:
            finish()

    done = log(
        book, work.messages(), options, name=account.folder, label="mail fetch", dry_run=dry_run, finish=end
    )
    problem = work.problem
    if seen and work.last is not None and not dry_run:
        rejected = {one.row for one in done.result.rejected}
        taken = [uid for row, uid in enumerate(work.uids, 1) if row not in rejected]
        try:
            imap.mark(account, taken, work.last)
        except KontaktnatError as error:  # what is in the book is told all the same
            problem = problem or error
    return Fetched(logged=done, problem=problem)


class _Reading:
    """Reads a folder, and remembers how far it came."""

    def __init__(self, account: imap.Account, state: imap.State) -> None:
        self._account, self._state = account, state
        self.last: imap.State | None = None
        self.uids: list[int] = []
        self.problem: KontaktnatError | None = None

    def messages(self) -> Iterator[Message]:
        try:
            for one in imap.fetch(self._account, self._state):
                where = f"{self._account.folder}:{one.uid}"
                try:
                    message = parsing.parse(one.data, where)
                except Invalid as problem:
                    message = sources.unread(problem, where)
                yield message
                self.last = one.state
                self.uids.append(one.uid)
        except KontaktnatError as problem:
            if self.last is None:
                raise
            self.problem = problem
