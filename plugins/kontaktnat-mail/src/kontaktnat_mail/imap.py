"""A mailbox read over IMAP (RFC 3501): new mail since last time, and nothing done to it.

The folder is opened for reading only and mails are peeked at, so that not even the mark of having been read
changes. Encrypted always, but to the own machine where that is asked for.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from attrs import evolve, field, frozen

from kontaktnat.errors import Invalid, NotFound, Refused, Usage, reason
from kontaktnat_mail.credentials import printed

if TYPE_CHECKING:
    import imaplib
    import ssl

    from imap_tools import BaseMailBox

PASSWORD, TOKEN = "KONTAKTNAT_MAIL_PASSWORD", "KONTAKTNAT_MAIL_TOKEN"
"""Where in the environment a password or an OAuth token is looked for."""
PORTS = {"tls": 993, "starttls": 143, "plain": 143}
BATCH = 4 << 20
"""Bytes of mail that are asked for at a time, unless one is larger."""
LARGEST = 100 << 20
"""Bytes of a mail; of a larger one only the headers are fetched."""
LEFT = 10_000
"""Of those that are to come once more, at most so many are remembered, the newest."""
_MANY = 200
_TRIES = 2
_SECONDS = 60.0
_UID, _SIZE = re.compile(rb"\bUID (\d+)"), re.compile(rb"\bRFC822\.SIZE (\d+)")
_LOOPBACK = ("localhost", "127.0.0.1", "::1", "[::1]")


@frozen(kw_only=True)
class Account:
    """A mailbox on a server, and how one gets in; the secret is never shown."""

    host: str
    user: str
    secret: str = field(repr=False)
    token: bool = False
    """The secret is an OAuth token (XOAUTH2), not a password."""
    folder: str = "INBOX"
    security: str = "tls"
    """tls, starttls or plain; the last to the own machine only."""
    port: int = 0
    """0: the usual one."""
    certificates: str = ""
    """A file with the certificates to trust; "": the system's."""
    since: date | None = None
    """Of the mail that was not read yet, only what arrived on this day or later."""


@frozen
class State:
    """Up to where a folder has been read; blank where it never was."""

    validity: int = 0
    """The server's number for the folder's numbering (UIDVALIDITY): with another, all numbers are new."""
    last: int = 0
    """The number (UID) of the last mail that was read."""
    left: tuple[int, ...] = ()
    """Numbers of mails that were read and are to come once more, the lowest first."""

    @classmethod
    def read(cls, text: str) -> State:
        """Of what `str()` of it gave; anything else counts as never read."""
        found = re.fullmatch(r"(\d{1,10}):(\d{1,10})(?: ([\d,-]{1,120000}))?", text.strip())
        return cls(int(found[1]), int(found[2]), _numbers(found[3] or "")) if found else cls()

    def __str__(self) -> str:
        return f"{self.validity}:{self.last} {_spans(self.left)}".strip()


def _spans(numbers: Sequence[int]) -> str:
    """1, 2, 3, 7 → "1-3,7"."""
    spans: list[list[int]] = []
    for one in sorted(set(numbers)):
        if spans and one == spans[-1][1] + 1:
            spans[-1][1] = one
        else:
            spans.append([one, one])
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in spans)


def _numbers(text: str) -> tuple[int, ...]:
    found: set[int] = set()
    for span in re.finditer(r"(\d{1,10})(?:-(\d{1,10}))?", text):
        first = int(span[1])
        last = min(int(span[2] or first), first + LEFT)
        found.update(range(first, last + 1))
    return tuple(sorted(found)[-LEFT:])


class Fetched(NamedTuple):
    """One mail as it came."""

    uid: int
    data: bytes
    state: State
    """To be kept once this mail is in the book, and not before: the next fetch begins after it."""


def secret(
    environ: Mapping[str, str] = os.environ, *, command: Sequence[str] = (), token: bool = False,
    path: str = "",
) -> tuple[str, bool]:  # fmt: skip
    """(a password or OAuth token, whether it is a token): what `command` prints, else from the environment.

    `path` names where the command was told. Raises Usage where there is none, Invalid where it fails.
    """
    if command:
        return printed(command, path), token
    for name, is_token in ((TOKEN, True), (PASSWORD, False)):
        if said := environ.get(name, "").strip("\r\n"):
            return said, is_token
    raise Usage(
        "no password for the mailbox; put it into the environment as {password}, an OAuth token as {token}, "
        "or name a command that prints it",
        password=PASSWORD, token=TOKEN,
    )  # fmt: skip


def fetch(account: Account, state: State = State(), *, retry: bool = False) -> Iterator[Fetched]:
    """The mails of a folder that came after `state`, oldest first; never more than a few in memory.

    With `retry` before them those that are to come once more; each is then out of the states that follow.
    Where the server has numbered the folder anew, all are read again: by their ids they are the same mails.
    A connection that is lost is made again once; what came before stays good. Raises Refused, NotFound or
    Invalid in one line where the server cannot be reached or trusted, or lets nobody in, or has no such
    folder, and Usage where the account itself is wrong.
    """
    failed = 0
    while True:
        try:
            with _opened(account) as box:
                state = _valid(box, state)
                for one in _new(box, account, state, retry=retry):
                    yield one
                    state, failed = one.state, 0
                return
        except _lost() as error:
            failed += 1
            if failed >= _TRIES:
                raise Refused(
                    "{host}: the connection was lost ({reason}); what came before is kept, "
                    "fetch again and it goes on from there",
                    host=account.host, reason=_said(error),
                ) from None  # fmt: skip


def mark(account: Account, uids: Sequence[int], state: State) -> None:
    """Mark mails as read on the server: for who asks for it, after the book has taken them.

    Does nothing where the folder has been numbered anew since. Raises as `fetch`.
    """
    try:
        with _opened(account, readonly=False) as box:
            if _valid(box, state) == state:
                for start in range(0, len(uids), _MANY):
                    box.flag([str(uid) for uid in uids[start : start + _MANY]], [r"\Seen"], True)
    except _lost() as error:
        raise Refused("{host}: {reason}", host=account.host, reason=_said(error)) from None


def _lost() -> tuple[type[Exception], ...]:
    import imaplib

    from imap_tools.errors import ImapToolsError

    return (OSError, EOFError, imaplib.IMAP4.error, ImapToolsError)


@contextmanager
def _opened(account: Account, *, readonly: bool = True) -> Iterator[BaseMailBox]:
    from imap_tools.errors import ImapToolsError

    box = _connected(account)
    try:
        _logged_in(box, account)
        try:
            box.folder.set(account.folder, readonly=readonly)
        except ImapToolsError:
            raise _no_folder(box, account) from None
        yield box
    finally:
        try:
            box.logout()
        except Exception:  # the connection may be gone, and a server need not say goodbye
            _closed(box.client)


def _closed(client: imaplib.IMAP4) -> None:
    with suppress(Exception):
        client.shutdown()


def _started(account: Account, port: int, trusted: ssl.SSLContext) -> BaseMailBox:
    """As the library's own for STARTTLS, which leaves the connection open where that fails."""
    import imaplib

    from imap_tools import BaseMailBox

    class Box(BaseMailBox):
        def _get_mailbox_client(self) -> imaplib.IMAP4:
            client = imaplib.IMAP4(account.host, port, _SECONDS)
            try:
                client.starttls(trusted)
            except BaseException:
                _closed(client)
                raise
            return client

    return Box()


def _connected(account: Account) -> BaseMailBox:
    import imaplib
    import ssl

    from imap_tools import MailBox, MailBoxUnencrypted
    from imap_tools.errors import ImapToolsError

    if account.security not in PORTS:
        raise Usage("{value} is no way to secure a connection; there are: tls, starttls, plain",
                    value=account.security)  # fmt: skip
    if account.security == "plain" and account.host not in _LOOPBACK:
        raise Refused(
            "{host}: a mailbox is read without encryption on the own machine only; leave plain out",
            host=account.host,
        )
    port = account.port or PORTS[account.security]
    try:
        if account.security == "plain":
            return MailBoxUnencrypted(account.host, port, timeout=_SECONDS)
        trusted = ssl.create_default_context(cafile=account.certificates or None)
        if account.security == "starttls":
            return _started(account, port, trusted)
        return MailBox(account.host, port, timeout=_SECONDS, ssl_context=trusted)
    except ssl.SSLCertVerificationError as error:
        raise Refused(
            "{host}: its certificate is not to be trusted ({reason}); nothing was sent to it",
            host=account.host, reason=error.verify_message,
        ) from None  # fmt: skip
    except ssl.SSLError:
        raise Refused(
            "{host}, port {port}: no encrypted connection could be made; try starttls",
            host=account.host, port=port,
        ) from None  # fmt: skip
    except (OSError, EOFError, UnicodeError, imaplib.IMAP4.error, ImapToolsError, OverflowError) as error:
        raise NotFound(
            "{host}, port {port}: no mail server answers there ({reason})",
            host=account.host, port=port, reason=_said(error), nearest=(),
        ) from None  # fmt: skip


def _logged_in(box: BaseMailBox, account: Account) -> None:
    import imaplib

    from imap_tools.errors import ImapToolsError

    if any(sign in account.user + account.secret for sign in "\r\n\0"):
        raise Invalid("a user's name or password for a mailbox has no line breaks in it", path="")
    try:
        if account.token:
            box.xoauth2(account.user, account.secret, initial_folder=None)
        elif (account.user + account.secret).isascii():
            box.login(account.user, account.secret, initial_folder=None)
        else:
            box.login_utf8(account.user, account.secret, initial_folder=None)
    except imaplib.IMAP4.abort:
        raise
    except (imaplib.IMAP4.error, ImapToolsError):
        if account.token:
            raise Refused(
                "{host} does not let {user} in with this token; get a new one",
                host=account.host, user=account.user,
            ) from None  # fmt: skip
        raise Refused(
            "{host} does not let {user} in with this password; "
            "many authorities allow programs only a token (XOAUTH2), or none at all",
            host=account.host, user=account.user,
        ) from None  # fmt: skip


def _no_folder(box: BaseMailBox, account: Account) -> NotFound:
    from difflib import get_close_matches

    names: list[str] = []
    with suppress(Exception):
        names = [one.name for one in box.folder.list()]
    nearest = get_close_matches(account.folder, names, cutoff=0.4) or names[:10]
    return NotFound(
        "{folder}: the mailbox has no such folder; it has {nearest}",
        folder=account.folder, nearest=", ".join(nearest) or "INBOX",
    )  # fmt: skip


def _valid(box: BaseMailBox, state: State) -> State:
    """The state as far as it holds for the folder that is open: numbered anew, it begins from the start."""
    _, said = box.client.response("UIDVALIDITY")
    number = said[0] if said and isinstance(said[0], bytes) else b"0"
    validity = int(number) if number.isdigit() else 0
    return state if validity and validity == state.validity else State(validity, 0)


def _new(box: BaseMailBox, account: Account, state: State, *, retry: bool) -> Iterator[Fetched]:
    wanted = f"UID {state.last + 1}:*"
    if account.since:
        wanted += f" SINCE {account.since.day}-{_MONTHS[account.since.month - 1]}-{account.since.year}"
    # "*" is the last mail, even where its number is lower than asked for
    uids = sorted(uid for uid in map(int, box.uids(wanted, charset=None)) if uid > state.last)
    uids = [*(state.left if retry else ()), *uids]
    for start in range(0, len(uids), _MANY):
        part = uids[start : start + _MANY]
        sizes = dict(_answers(box, part, "(UID RFC822.SIZE)", _SIZE))
        for batch in _batches(part, {uid: int(size) for uid, size in sizes.items()}):
            whole = int(sizes.get(batch[0], b"0")) <= LARGEST
            content = dict(_answers(box, batch, f"(UID BODY.PEEK[{'' if whole else 'HEADER'}])", None))
            for uid in batch:
                if uid in content:  # else it was deleted meanwhile
                    left = tuple(one for one in state.left if one > uid) if retry else state.left
                    state = evolve(state, last=max(uid, state.last), left=left)
                    yield Fetched(uid, content[uid], state)


def _batches(uids: Sequence[int], sizes: Mapping[int, int]) -> Iterator[list[int]]:
    batch: list[int] = []
    total = 0
    for uid in uids:
        size = sizes.get(uid, 0)
        if batch and (total + size > BATCH or size > LARGEST):
            yield batch
            batch, total = [], 0
        batch.append(uid)
        total += size
        if size > LARGEST:
            yield batch
            batch, total = [], 0
    if batch:
        yield batch


def _answers(
    box: BaseMailBox, uids: Sequence[int], parts: str, wanted: re.Pattern[bytes] | None
) -> Iterator[tuple[int, bytes]]:
    """(UID, what was asked for) of each answer: a literal, or what `wanted` finds in it."""
    import imaplib

    kind, answers = box.client.uid("FETCH", ",".join(map(str, uids)), parts)
    if kind != "OK":
        raise imaplib.IMAP4.error(str(answers))
    head, literal = b"", b""
    for answer in [*answers, b")"]:
        # A mail comes as (head, literal) and the rest of its line; the number stands before or behind it
        if isinstance(answer, tuple):
            head, literal = answer[0], answer[1]
            continue
        line = head + b" " + (answer or b"")
        number = _UID.search(line)
        if number and wanted is None and head:
            yield int(number[1]), literal
        elif number and wanted is not None and (found := wanted.search(line)):
            yield int(number[1]), found[1]
        head, literal = b"", b""


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _said(error: Any) -> str:
    """What went wrong in one short line; a server's own words are no more than that."""
    if isinstance(error, OSError):
        return str(reason(error))
    text = error.args[0] if error.args else ""
    text = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
    return " ".join(filter(str.isprintable, text.split()))[:100] or type(error).__name__
