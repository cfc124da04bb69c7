"""A mailbox on a real server: Debian's dovecot on loopback, with a certificate made on the spot."""

from __future__ import annotations

import grp
import http.server
import json
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import threading
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

import pytest
from attrs import evolve

from kontaktnat import Book, Contact, Way
from kontaktnat.errors import Invalid, KontaktnatError, NotFound, Refused, Usage
from kontaktnat_mail import imap
from kontaktnat_mail.fetching import fetch as fetch_into
from kontaktnat_mail.imap import Account, State, fetch, mark
from kontaktnat_mail.logging_ import Options
from kontaktnat_mail.parsing import parse

SBIN = os.environ.get("PATH", "") + ":/usr/sbin"
DOVECOT = shutil.which("dovecot", path=SBIN)
MISSING = (os.name == "nt" or DOVECOT is None) and os.environ.get("CI") != "true"
pytestmark = pytest.mark.skipif(MISSING, reason="dovecot is not installed: apt-get install dovecot-imapd")
CONFIG = """
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
log_path = {folder}/log
ssl = yes
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
ssl_dh =
disable_plaintext_auth = no
auth_mechanisms = plain login xoauth2
auth_failure_delay = 0
auth_username_chars =
{users}first_valid_uid = 1
mail_location = maildir:{folder}/mail/%u
mail_max_userip_connections = 0
mailbox_list_index = no
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {folder}/oauth2.conf
}}
passdb {{
  driver = passwd-file
  args = scheme=PLAIN {folder}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {plain}
  }}
  inet_listener imaps {{
    port = {tls}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
"""
NEVER = State()
PASSWORD, TOKEN = "hemligt-ord", "ett.giltigt.bevis"


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _users() -> str:
    """Whose its processes are: of root's server those users that came with it, else oneself."""
    if os.geteuid() == 0:
        return ""
    me, group = pwd.getpwuid(os.geteuid()).pw_name, grp.getgrgid(os.getegid()).gr_name
    return f"default_internal_user = {me}\ndefault_login_user = {me}\ndefault_internal_group = {group}\n"


class Server:
    """A dovecot with one user, its mails in a Maildir."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.plain, self.tls = free_port(), free_port()
        # Dovecot gives no mail to root; mail is then another user's
        owner = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
        self.uid, self.gid = owner.pw_uid, owner.pw_gid
        self._certificate()
        (folder / "users").write_text(f"eva@nybro.example:{PASSWORD}\nåsa@nybro.example:hemligt-örd\n")
        self._checks = self._tokens()
        (folder / "oauth2.conf").write_text(
            f"tokeninfo_url = http://127.0.0.1:{self._checks.server_port}/?token=\n"
            "username_attribute = user\nactive_attribute = active\nactive_value = true\n"
            "tls_ca_cert_file = /dev/null\n"
        )
        (folder / "dovecot.conf").write_text(
            CONFIG.format(
                folder=folder,
                users=_users(),
                uid=self.uid,
                gid=self.gid,
                plain=self.plain,
                tls=self.tls,
            )
        )
        self.empty()
        assert DOVECOT is not None
        self._process = subprocess.Popen(
            [DOVECOT, "-F", "-c", str(folder / "dovecot.conf")], stderr=subprocess.PIPE
        )
        for _ in range(100):
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", self.tls)) == 0:
                    return
            assert self._process.poll() is None, self._process.stderr and self._process.stderr.read()
            time.sleep(0.1)
        raise AssertionError("dovecot does not answer")

    def _certificate(self) -> None:
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
             "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
             "-keyout", str(self.folder / "key.pem"), "-out", str(self.folder / "cert.pem")],
            check=True, capture_output=True,
        )  # fmt: skip

    def _tokens(self) -> http.server.HTTPServer:
        """Who tells a server whether a token holds, as an authority's sign-in does."""

        class Checks(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                good = self.path.endswith(f"token={TOKEN}")
                said = json.dumps({"user": "eva@nybro.example", "active": str(good).lower()}).encode()
                self.send_response(200 if good else 401)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)

            def log_message(self, *_: object) -> None: ...

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Checks)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return server

    @property
    def box(self) -> Path:
        return self.folder / "mail" / "eva@nybro.example"

    def empty(self) -> None:
        shutil.rmtree(self.folder / "mail", ignore_errors=True)
        for part in ("cur", "new", "tmp"):
            (self.box / part).mkdir(parents=True)
            (self.box / f".Arkiv.{2026}" / part).mkdir(parents=True)
        self._own(self.folder / "mail")

    def _own(self, path: Path) -> None:
        if os.geteuid() == 0:
            for one in (path, *path.rglob("*")):
                os.chown(one, self.uid, self.gid)

    def put(self, *mails: bytes, start: int = 1) -> None:
        """Mails as a server delivers them, in this order."""
        for number, data in enumerate(mails, start):
            file = self.box / "new" / f"{1_700_000_000 + number}.M{number}.test"
            file.write_bytes(data)
            os.utime(file, (1_790_000_000 + number,) * 2)
            self._own(file)

    def names(self) -> list[str]:
        """The files as they lie, in which the marks of mails are."""
        return sorted(one.name for part in ("cur", "new") for one in (self.box / part).iterdir())

    def number_anew(self) -> None:
        """As when a mailbox is moved to another server."""
        known = self.box / "dovecot-uidlist"
        head, _, rest = known.read_text().partition("\n")
        version, validity, *others = head.split()
        known.write_text("\n".join((" ".join((version, f"V{int(validity[1:]) + 7}", *others)), rest)))
        for index in self.box.glob("dovecot.index*"):
            index.unlink()

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(20)
        if self._process.stderr:
            self._process.stderr.close()
        self._checks.shutdown()
        self._checks.server_close()


@pytest.fixture(scope="module")
def running() -> Iterator[Server]:
    # Not tmp_path: a socket's path has to be short, and the mail's owner has to get there
    folder = Path(tempfile.mkdtemp(prefix="imap"))
    folder.chmod(0o755)
    server = Server(folder)
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def server(running: Server) -> Server:
    running.empty()
    return running


@pytest.fixture
def account(server: Server) -> Account:
    return Account(
        host="localhost", port=server.tls, user="eva@nybro.example", secret=PASSWORD,
        certificates=str(server.folder / "cert.pem"),
    )  # fmt: skip


def mail(number: int, text: str = "Hej") -> bytes:
    return (
        f"Message-ID: <{number}@nybro.example>\r\nFrom: Eva Ek <eva@nybro.example>\r\n"
        f"Subject: Brev {number}\r\nDate: Thu, 12 Nov 2026 10:00:00 +0100\r\n\r\n{text}\r\n"
    ).encode()


def subjects(account: Account, state: State = NEVER) -> list[str]:
    return [parse(one.data, "imap").subject for one in fetch(account, state)]


def test_new_mail_since_last_time(server: Server, account: Account) -> None:
    server.put(mail(1), mail(2))
    first = list(fetch(account))
    assert [parse(one.data, "").id for one in first] == ["1@nybro.example", "2@nybro.example"]
    kept = State.read(str(first[-1].state))
    assert kept == first[-1].state
    assert subjects(account, kept) == []
    server.put(mail(3), start=3)
    assert subjects(account, kept) == ["Brev 3"]
    assert subjects(account, first[0].state) == ["Brev 2", "Brev 3"], "as far as the book had come"


def test_nothing_is_marked(server: Server, account: Account) -> None:
    server.put(mail(1), mail(2))
    subjects(account)
    assert all(not name.partition(":2,")[2] for name in server.names())


def test_marked_only_where_that_is_asked_for(server: Server, account: Account) -> None:
    server.put(mail(1), mail(2))
    first, _ = list(fetch(account))
    mark(account, [first.uid], first.state)
    assert [name.endswith("S") for name in server.names()] == [True, False]
    mark(account, [2], State(first.state.validity + 1, 2))
    assert [name.endswith("S") for name in server.names()] == [True, False], "numbered anew: not that mail"


def test_numbered_anew_all_is_read_again(server: Server, account: Account) -> None:
    server.put(mail(1), mail(2))
    old = list(fetch(account))
    server.number_anew()
    new = list(fetch(account, old[-1].state))
    assert [one.data for one in new] == [one.data for one in old]
    assert new[-1].state.validity != old[-1].state.validity
    assert subjects(account, new[-1].state) == []


def test_another_folder(server: Server, account: Account) -> None:
    server.put(mail(1))
    assert subjects(evolve(account, folder="Arkiv.2026")) == []
    with pytest.raises(NotFound) as problem:
        subjects(evolve(account, folder="Arkivet"))
    assert "it has Arkiv.2026" in str(problem.value)


def test_since_a_day(server: Server, account: Account) -> None:
    server.put(mail(1))
    assert subjects(evolve(account, since=date(2020, 1, 1))) == ["Brev 1"]
    assert subjects(evolve(account, since=date(2099, 1, 1))) == []


@pytest.mark.parametrize("security", ["starttls", "plain"])
def test_other_ways_to_connect(server: Server, account: Account, security: str) -> None:
    server.put(mail(1))
    assert subjects(evolve(account, security=security, port=server.plain)) == ["Brev 1"]


def test_a_token(server: Server, account: Account) -> None:
    server.put(mail(1))
    assert subjects(evolve(account, secret=TOKEN, token=True)) == ["Brev 1"]


def test_a_password_beyond_ascii(server: Server, account: Account) -> None:
    assert subjects(evolve(account, user="åsa@nybro.example", secret="hemligt-örd")) == []


def test_not_let_in(account: Account) -> None:
    for wrong in (evolve(account, secret="fel"), evolve(account, secret="fel", token=True)):
        with pytest.raises(Refused) as problem:
            subjects(wrong)
        said = str(problem.value)
        assert "does not let eva@nybro.example in" in said
        assert "fel" not in said
        assert "\n" not in said


def test_a_certificate_that_nobody_vouches_for(server: Server, account: Account) -> None:
    for security, port in (("tls", server.tls), ("starttls", server.plain)):
        with pytest.raises(Refused, match="certificate is not to be trusted"):
            subjects(evolve(account, certificates="", security=security, port=port))


def test_a_certificate_of_another_name(account: Account) -> None:
    with pytest.raises(Refused, match="certificate is not to be trusted"):
        subjects(evolve(account, host="127.0.0.1"))


def test_no_encryption_beyond_the_own_machine(account: Account) -> None:
    with pytest.raises(Refused, match="on the own machine only"):
        subjects(evolve(account, security="plain", host="mail.nybro.example"))


def test_where_no_server_answers(account: Account) -> None:
    for wrong in (evolve(account, port=free_port()), evolve(account, host="finns.inte.invalid")):
        with pytest.raises(NotFound, match="no mail server answers there"):
            subjects(wrong)


def test_a_port_without_encryption(server: Server, account: Account) -> None:
    with pytest.raises(Refused, match="no encrypted connection"):
        subjects(evolve(account, port=server.plain))


@contextmanager
def cut(port: int, *limits: int) -> Iterator[int]:
    """A server that goes away in the middle: each connection ends after so many bytes; later ones do not."""
    listening = socket.create_server(("127.0.0.1", 0))

    def pump(source: socket.socket, sink: socket.socket, left: int) -> None:
        with suppress(OSError):
            while left > 0 and (data := source.recv(min(left, 4096))):
                sink.sendall(data)
                left -= len(data)
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def one(here: socket.socket, limit: int) -> None:
        with here, socket.create_connection(("127.0.0.1", port)) as there:
            back = threading.Thread(target=pump, args=(here, there, 1 << 40), daemon=True)
            back.start()
            pump(there, here, limit)
            back.join()

    def serve() -> None:
        with suppress(OSError):
            for number in range(100):
                here, _ = listening.accept()
                limit = limits[number] if number < len(limits) else 1 << 40
                threading.Thread(target=one, args=(here, limit), daemon=True).start()

    waiting = threading.Thread(target=serve, daemon=True)
    waiting.start()
    try:
        yield listening.getsockname()[1]
    finally:
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        waiting.join()
        listening.close()


def test_a_server_that_goes_away_is_asked_again(
    server: Server, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap, "BATCH", 5000)
    server.put(*(mail(n, "Hej " * 300) for n in range(40)))
    with cut(server.tls, 25_000, 20_000, 15_000) as port:
        assert subjects(evolve(account, port=port)) == [f"Brev {n}" for n in range(40)]


def test_a_server_that_stays_away(server: Server, account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imap, "BATCH", 5000)
    server.put(*(mail(n, "Hej " * 300) for n in range(40)))
    came = []
    with cut(server.tls, 25_000, 3_500, 3_500) as port:
        try:
            for one in fetch(evolve(account, port=port)):
                came.append(one)  # noqa: PERF402 - extend() would keep none of those before the end
        except Refused as problem:
            said = str(problem)
    assert "connection" in said
    assert "\n" not in said
    assert 0 < len(came) < 40
    assert len(came) + len(subjects(account, came[-1].state)) == 40, "and none comes twice"


def test_a_large_mail_is_its_headers(
    server: Server, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap, "LARGEST", 2000)
    server.put(mail(1, "Hej " * 1000), mail(2))
    first, second = (parse(one.data, "") for one in fetch(account))
    assert (first.subject, first.text) == ("Brev 1", "")
    assert second.text == "Hej"


def test_ten_thousand_mails(server: Server, account: Account) -> None:
    server.put(*(mail(n, "Hej på dig. " * 40) for n in range(10_000)))
    tracemalloc.start()
    try:
        count = sum(1 for _ in fetch(account))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count == 10_000
    assert peak < 30 << 20, "the mails are more than that together"


@pytest.mark.parametrize(
    ("environ", "options", "expected"),
    [
        ({imap.PASSWORD: "ord"}, {}, ("ord", False)),
        ({imap.PASSWORD: "ord", imap.TOKEN: "bevis"}, {}, ("bevis", True)),
        ({imap.PASSWORD: "ord"}, {"command": ["echo", "annat"]}, ("annat", False)),
        ({}, {"command": ["echo", "ett bevis"], "token": True}, ("ett bevis", True)),
    ],
)  # fmt: skip
def test_where_the_secret_is_from(
    environ: dict[str, str], options: dict[str, object], expected: tuple[str, bool]
) -> None:
    assert imap.secret(environ, **options) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize("command", ["", "false", "true", "finns-inte-alls", "echo"])
def test_no_secret(command: str) -> None:
    with pytest.raises(Invalid if command else Usage):
        imap.secret({}, command=command.split())


def test_the_secret_is_not_shown(account: Account) -> None:
    assert PASSWORD not in repr(account)


def test_what_is_to_come_once_more(server: Server, account: Account) -> None:
    server.put(*(mail(n) for n in range(1, 6)))
    last = list(fetch(account))[-1].state
    state = State.read(str(evolve(last, left=(2, 3, 4, 99))))
    assert str(state).endswith(" 2-4,99")
    assert list(fetch(account, state)) == []
    server.put(mail(6), start=6)
    found = list(fetch(account, state, retry=True))
    assert [one.uid for one in found] == [2, 3, 4, 6]
    assert [one.state.left for one in found[:3]] == [(3, 4, 99), (4, 99), (99,)]
    assert found[0].state.last == 5, "from there it goes on with what is new"
    server.number_anew()
    assert len(list(fetch(account, state, retry=True))) == 6, "numbered anew all comes again"


@pytest.mark.parametrize(
    "text", ["", "x", "1", "1:2:3", "1:2 x", "1:2 3 4", "-1:2", "1:99999999999", "1:2\n"]
)
def test_a_state_that_is_none(text: str) -> None:
    expected = State(1, 2) if text.strip() == "1:2" else State()
    assert State.read(text) == expected


def test_an_account_that_is_wrong(account: Account) -> None:
    for wrong in (evolve(account, security="ssl"), evolve(account, secret="a\r\nB DELETE INBOX")):
        with pytest.raises(KontaktnatError):
            subjects(wrong)


def test_into_the_book_and_marked_only_if_one_says_so(book: Book, server: Server, account: Account) -> None:
    book.add(Contact(name="Eva Ek", ways=[Way(kind="mail", value="eva@nybro.example")]))
    options = Options(own=("anna@lst.example",))
    server.put(mail(1), mail(2))
    assert fetch_into(book, account, options).logged.logged == 2
    server.put(mail(3), start=3)
    assert not any("S" in name.rpartition(",")[2] for name in server.names())
    done = fetch_into(book, account, options, seen=True).logged
    assert (done.read, done.logged) == (1, 1)
    assert [name.rpartition(",")[2] for name in server.names()].count("S") == 1
    server.number_anew()
    assert fetch_into(book, account, options).logged.result.unchanged == 3
