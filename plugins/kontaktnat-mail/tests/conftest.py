"""The fixtures that kontaktnat has for everyone, with this plugin in use; and a real mail server on loopback.

The server has TLS, by a certificate made on the spot, and can be told to misbehave.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import Message
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

from kontaktnat.testing.fixtures import book, clock, ids, open_book
from kontaktnat_mail import plugin
from kontaktnat_mail.settings import Smtp

__all__ = ["book", "book_plugins", "clock", "ids", "open_book"]

USER, PASSWORD, TOKEN = "anna@lst.example", "hemligt-åäö-1", "token-1"


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate of this machine's that signs itself, and its key."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    cert, secret = folder / "cert.pem", folder / "key.pem"
    cert.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return cert, secret


class Box:
    """What the server has taken. `says(n, to)`: what it answers to the nth RCPT instead of 250; "": 250."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, bytes]] = []
        self.asked: list[str] = []
        self.logins: list[str] = []
        self.says: Callable[[int, str], str] = lambda n, to: ""
        self.after: Callable[[int], str] = lambda n: ""
        """What it does with the nth: "go": close before it answers; "gone": before it takes it."""

    @property
    def to(self) -> list[str]:
        """To whom, in the order in which they came."""
        return [to for to, _ in self.taken]

    def mails(self) -> list[Message]:
        """What was taken, parsed."""
        return [message_from_bytes(data) for _, data in self.taken]

    # aiosmtpd's hooks

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        self.asked.append(address)
        if said := self.says(len(self.asked), address):
            return said
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:  # noqa: N802
        n = len(self.taken) + 1
        does = self.after(n)
        if does != "gone":
            self.taken += [(to, envelope.content) for to in envelope.rcpt_tos]
        if does in ("go", "gone"):
            server.transport.abort()
        return "250 taken"

    def authenticate(
        self, server: SMTP, session: Any, envelope: Any, mechanism: str, data: Any
    ) -> AuthResult:
        self.logins.append(mechanism)
        good = isinstance(data, LoginPassword) and (data.login, data.password) == (
            USER.encode(),
            PASSWORD.encode(),
        )
        return AuthResult(success=good, handled=False)


class WithTokens(SMTP):
    """Knows XOAUTH2, as Google and Microsoft have it."""

    async def auth_XOAUTH2(self, _: SMTP, args: list[str]) -> AuthResult:  # noqa: N802
        import base64

        self.event_handler.logins.append("XOAUTH2")
        said = base64.b64decode(args[1]).decode()
        if said == f"user={USER}\1auth=Bearer {TOKEN}\1\1":
            return AuthResult(success=True)
        await self.push("334 " + base64.b64encode(b'{"status":"401"}').decode())
        await self._reader.readline()
        return AuthResult(success=False, handled=False)


class Server(Controller):
    """The server of a Box. `implicit`: TLS from the first byte; `starttls`: whether it offers that."""

    def __init__(
        self, box: Box, keys: tuple[Path, Path], *, implicit: bool = False, starttls: bool = True
    ) -> None:
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(*keys)
        self.made: list[SMTP] = []
        self.offers = starttls and not implicit
        more: dict[str, Any] = {"ssl_context": self.context} if implicit else {}
        super().__init__(box, hostname="127.0.0.1", port=0, **more)

    def factory(self) -> SMTP:
        made = WithTokens(
            self.handler,
            tls_context=self.context if self.offers else None,
            require_starttls=self.offers,
            authenticator=self.handler.authenticate,
            auth_required=self.offers,
            auth_require_tls=self.offers,
        )
        self.made.append(made)
        return made

    def stop(self, no_assert: bool = False) -> None:
        """Stop, with every connection closed."""
        asyncio.run_coroutine_threadsafe(self._close(), self.loop).result(10)
        super().stop(no_assert)

    async def _close(self) -> None:
        for one in self.made:
            if one.transport is not None:
                one.transport.abort()
        for _ in range(5):
            await asyncio.sleep(0.01)

    @property
    def at(self) -> int:
        """Its port."""
        return int(self.server.sockets[0].getsockname()[1])

    def _trigger_server(self) -> None:
        """aiosmtpd looks whether it answers at the port that it was told, and 0 is none."""
        self.port = self.at
        super()._trigger_server()


@pytest.fixture
def book_plugins() -> list[object]:
    """This plugin, and the calendar's, which it builds on."""
    from kontaktnat_calendar import plugin as calendar

    return [calendar, plugin]


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate of this machine's, and its key."""
    return certificate(tmp_path_factory.mktemp("keys"))


@pytest.fixture
def box() -> Box:
    """What the server has taken, and how it behaves."""
    return Box()


@pytest.fixture
def serve(
    box: Box, keys: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Smtp]]:
    """`serve()`: a mail server on loopback, stopped after the test; the settings to reach it."""
    for name in ("PASSWORD", "TOKEN"):
        monkeypatch.delenv(f"KONTAKTNAT_SMTP_{name}", raising=False)
    with ExitStack() as stack:

        def started(*, implicit: bool = False, starttls: bool = True, **settings: Any) -> Smtp:
            server = Server(box, keys, implicit=implicit, starttls=starttls)
            server.start()
            stack.callback(server.stop)
            defaults: dict[str, Any] = {
                "host": "127.0.0.1", "port": server.at, "user": USER, "password": PASSWORD,
                "ca_file": str(keys[0]), "tls": "implicit" if implicit else "starttls", "per_minute": 0,
                "retries": 0, "retry_after": 0.0, "timeout": 10.0,
            }  # fmt: skip
            return Smtp(**defaults | settings)

        yield started
