"""Sending (RFC 5321): TLS always, one letter a person, none twice.

What the server answers decides: 2xx has it, 4xx is tried again later, 5xx is told. Before the letter itself
goes the journal says `trying`; where the connection is lost after that, nobody knows whether the server has
it, and it stays so (see `journal`).
"""

from __future__ import annotations

import base64
import contextlib
import smtplib
import ssl
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

import attrs

from kontaktnat.errors import Invalid, Refused
from kontaktnat.extend import Outgoing, Text, check_options
from kontaktnat_mail.journal import WAITING, Entry, Journal
from kontaktnat_mail.settings import TLS, Smtp, secret

_LOST = 3
"""So often in a row the connection may be lost before it is given up."""


@attrs.frozen(kw_only=True, repr=False)
class Outcome:
    """What became of one letter. `state`: sent, later, refused or unknown."""

    letter: Outgoing
    state: str
    said: str = ""
    """What the server said, on one line."""


@attrs.define(kw_only=True, repr=False)
class Waits:
    """The clock and the pauses, for tests to put others in their place."""

    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], datetime] = attrs.field(default=lambda: datetime.now(UTC))


def send(
    letters: Sequence[Outgoing], server: Smtp, journal: Journal, mailing: str, *, waits: Waits | None = None
) -> Iterator[Outcome]:
    """Send what is not sent yet, one by one; what becomes of each, once it is known for this run.

    `mailing`: by what the letters of one mailing are known again. Raises Refused where the server cannot be
    reached, lets nobody in or goes away for good; what has been sent until then is in the journal.
    """
    known = journal.of(mailing)
    queue = [one for one in letters if one.who not in known or known[one.who].state in WAITING]
    run = _Run(server, journal, mailing, waits or Waits())
    try:
        for attempt in range(server.retries + 1):
            if not queue:
                return
            if attempt:
                run.waits.sleep(server.retry_after)
            put_off = []
            for letter in queue:
                outcome = run.send(letter)
                if outcome.state == "later" and attempt < server.retries:
                    put_off.append(letter)
                else:
                    yield outcome
            queue = put_off
    finally:
        run.close()


def send_each(letters: Iterable[Outgoing], options: Mapping[str, str]) -> Iterator[Outgoing]:
    """The hook's way: each letter once the server has it. Raises Refused at the first that it does not take.

    Options: `host`, `port`, `user`, `tls`, `ca_file`; a password or token is in the environment.
    """
    check_options(options, host=None, port=None, user=None, tls=TLS, ca_file=None)
    port = options.get("port") or "0"
    if not (port.isascii() and port.isdecimal() and int(port[:6]) < 65536):
        raise Invalid("{path}: {value} is no port", path="port", value=port)
    host, user, tls, ca_file = (options.get(name, "") for name in ("host", "user", "tls", "ca_file"))
    smtp = connect(Smtp(host=host, port=int(port), user=user, tls=tls, ca_file=ca_file))
    try:
        for letter in letters:
            try:
                smtp.sendmail(letter.sender, [letter.to], letter.data)
            except smtplib.SMTPRecipientsRefused as error:
                code, said = error.recipients[letter.to]
                raise Refused("{who}: {why}", who=letter.name or letter.to, why=_said(code, said)) from None
            except (smtplib.SMTPException, OSError) as error:
                raise Refused("{who}: {why}", who=letter.name or letter.to, why=_why(error)) from None
            yield letter
    finally:
        with contextlib.suppress(smtplib.SMTPException, OSError):
            smtp.quit()


class _Run:
    """One connection after another, and the pace."""

    def __init__(self, server: Smtp, journal: Journal, mailing: str, waits: Waits) -> None:
        self.waits = waits
        self._server = server
        self._journal = journal
        self._mailing = mailing
        self._smtp: smtplib.SMTP | None = None
        self._last: float | None = None
        self._lost = 0

    def send(self, letter: Outgoing) -> Outcome:
        self._pace()
        while True:
            try:
                outcome = self._once(letter)
            except (smtplib.SMTPServerDisconnected, OSError) as error:
                self._drop()
                self._lost += 1
                if self._lost >= _LOST:
                    raise _gone(self._server, error) from None
                continue  # before the letter itself was handed over, so it has not gone
            self._lost = 0
            return outcome

    def _once(self, letter: Outgoing) -> Outcome:
        smtp = self._smtp = self._smtp or connect(self._server)
        code, said = smtp.mail(letter.sender)
        if code // 100 == 5:  # that is about the sender, and so about each letter: nobody has been refused
            raise Refused("{where} takes no mail from {sender}: {why}",
                          where=f"{self._server.host}:{self._server.at_port}", sender=letter.sender,
                          why=_said(code, said))  # fmt: skip
        if code // 100 == 2:
            code, said = smtp.rcpt(letter.to)
        if code // 100 != 2:
            return self._no(letter, code, said)
        self._note(letter, "trying")
        try:
            code, said = smtp.data(letter.data)
        except smtplib.SMTPDataError as error:
            return self._no(letter, error.smtp_code, error.smtp_error)
        except (smtplib.SMTPServerDisconnected, OSError):
            code, said = -1, b""
        if code < 0:
            self._drop()
            return Outcome(letter=letter, state="unknown")
        if code // 100 != 2:
            return self._no(letter, code, said)
        self._note(letter, "sent", code)
        return Outcome(letter=letter, state="sent")

    def _no(self, letter: Outgoing, code: int, said: bytes | str) -> Outcome:
        """4xx: later; anything else: no (RFC 5321, 4.2.1)."""
        state = "later" if code // 100 == 4 or code < 0 else "refused"
        self._note(letter, state, code)
        assert self._smtp is not None
        if code == 421 or code < 0:
            self._drop()
        else:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                self._smtp.rset()
        return Outcome(letter=letter, state=state, said=_said(code, said))

    def _note(self, letter: Outgoing, state: str, code: int | str = "") -> None:
        at = self.waits.now().astimezone(UTC).isoformat(timespec="seconds")
        self._journal.note(
            Entry(mailing=self._mailing, who=letter.who, state=state, id=letter.id, at=at, said=str(code))
        )

    def _pace(self) -> None:
        if self._server.per_minute and self._last is not None:
            rest = self._last + 60 / self._server.per_minute - self.waits.monotonic()
            if rest > 0:
                self.waits.sleep(rest)
        self._last = self.waits.monotonic()

    def _drop(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
        self._smtp = None

    def close(self) -> None:
        if self._smtp is not None:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                self._smtp.quit()
            self._drop()


def connect(server: Smtp) -> smtplib.SMTP:
    """A connection with TLS, and logged in where there is a user. Raises Refused."""
    if not server.host:
        raise Invalid(
            "{path}: name the server that sends, in the configuration", path="plugins.mail.smtp.host"
        )
    where = f"{server.host}:{server.at_port}"
    try:
        trusted = ssl.create_default_context(cafile=server.ca_file or None)
    except (OSError, ssl.SSLError):
        raise Invalid("{path}: no certificates can be read there", path="plugins.mail.smtp.ca_file") from None
    try:
        smtp = _opened(server, trusted)
    except ssl.SSLError as error:
        why = getattr(error, "verify_message", "") or error.reason or ""
        raise Refused("{where}: no safe connection: {why}", where=where, why=why) from None
    except smtplib.SMTPNotSupportedError:
        raise Refused("{where}: the server offers no STARTTLS, and nothing is sent in the open",
                      where=where) from None  # fmt: skip
    except (smtplib.SMTPException, OSError) as error:
        raise Refused("{where} cannot be reached: {why}", where=where, why=_why(error)) from None
    try:
        _log_in(smtp, server)
    except smtplib.SMTPAuthenticationError as error:
        smtp.close()
        raise Refused("{where} does not let {user} in ({code}): wrong password or token, or the server takes "
                      "none from programs; without --smtp drafts are written", where=where, user=server.user,
                      code=error.smtp_code) from None  # fmt: skip
    except (smtplib.SMTPException, OSError) as error:
        smtp.close()
        raise Refused("{where}: {why}", where=where, why=_why(error)) from None
    except BaseException:
        smtp.close()
        raise
    return smtp


def _opened(server: Smtp, trusted: ssl.SSLContext) -> smtplib.SMTP:
    if server.implicit:
        return smtplib.SMTP_SSL(server.host, server.at_port, context=trusted, timeout=server.timeout)
    smtp = smtplib.SMTP(server.host, server.at_port, timeout=server.timeout)
    try:
        smtp.starttls(context=trusted)
        smtp.ehlo()
    except BaseException:
        smtp.close()
        raise
    return smtp


def _log_in(smtp: smtplib.SMTP, server: Smtp) -> None:
    """By XOAUTH2 where there is a token, else PLAIN or LOGIN, in UTF-8 (RFC 4616), which smtplib cannot."""
    if not server.user:
        return
    smtp.ehlo_or_helo_if_needed()
    if token := secret("token", server.token, server.token_command):
        if not (server.user + token).isprintable():
            raise Invalid("{path}: it has characters that no token has", path="plugins.mail.smtp.token")
        # To a challenge, which tells what is wrong, the answer is nothing.
        steps = [f"user={server.user}\1auth=Bearer {token}\1\1", ""]
        _authenticate(smtp, "XOAUTH2", steps, first=True)
        return
    password = secret("password", server.password, server.password_command)
    if not password:
        raise Invalid("{path}: no password and no token: set KONTAKTNAT_SMTP_PASSWORD or _TOKEN, or name a "
                      "command", path="plugins.mail.smtp")  # fmt: skip
    if "LOGIN" in (offered := smtp.esmtp_features.get("auth", "").upper().split()) and "PLAIN" not in offered:
        _authenticate(smtp, "LOGIN", [server.user, password], first=False)
    else:
        _authenticate(smtp, "PLAIN", [f"\0{server.user}\0{password}"], first=True)


def _authenticate(smtp: smtplib.SMTP, how: str, steps: Sequence[str], *, first: bool) -> None:
    """`first`: whether what is said first goes with the command itself. Raises SMTPAuthenticationError."""
    said = [base64.b64encode(one.encode()).decode() for one in steps]
    code, answer = smtp.docmd("AUTH", f"{how} {said.pop(0)}" if first else how)
    while code == 334 and said:
        code, answer = smtp.docmd(said.pop(0))
    if code not in (235, 503):
        raise smtplib.SMTPAuthenticationError(code, answer)


def _gone(server: Smtp, error: Exception) -> Refused:
    return Refused(
        "{where} goes away again and again: {why}; give the same command once more to go on",
        where=f"{server.host}:{server.at_port}",
        why=_why(error),
    )


def _why(error: Exception) -> str:
    """What went wrong, on one line, without what was sent."""
    if isinstance(error, smtplib.SMTPResponseException):
        return _said(error.smtp_code, error.smtp_error)
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return Text("it closed the connection")
    if isinstance(error, TimeoutError):
        return Text("no answer in time")
    return " ".join(str(getattr(error, "strerror", "") or error).split())[:200]


def _said(code: int, said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"{code} {' '.join(text.split())}"[:200]
