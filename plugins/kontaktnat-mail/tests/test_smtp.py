"""Sending to a real server: what it takes, refuses, leaves in doubt; nobody is mailed twice."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import attrs
import pytest

from kontaktnat import Book, Contact, Invalid, KontaktnatError, Refused, StoreBusy, Way
from kontaktnat.extend import Outgoing
from kontaktnat.model import Participation
from kontaktnat_mail import journal, sending, smtp
from kontaktnat_mail.identity import source_of
from kontaktnat_mail.settings import Smtp
from kontaktnat_mail.smtp import Waits

AT = datetime(2026, 11, 12, 12, 0, tzinfo=UTC)
Serve = Callable[..., Smtp]


@pytest.fixture
def people(book: Book) -> list[Contact]:
    names = ("Bo Björk", "Eva Ek", "Åsa Öberg")
    return [
        book.add(Contact(name=name, ways=[Way(kind="mail", value=f"{name[:2].lower()}@x.example")]))
        for name in names
    ]


@pytest.fixture
def letters(people: list[Contact]) -> list[Outgoing]:
    return [letter(one.id, one.name, f"p{n}@x.example") for n, one in enumerate(people)]


def letter(who: str, name: str, to: str) -> Outgoing:
    data = f"From: anna@lst.example\r\nTo: {to}\r\nSubject: Hej\r\n\r\nHej!\r\n.\r\n..slut\r\n"
    return Outgoing(
        id=f"{who}@lst.example", to=to, name=name, who=who, sender="anna@lst.example", subject="Hej",
        text="Hej!", data=data.encode(), at=AT, participation=Participation(who=who),
    )  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "b.kn.mailings"


def deliver(book: Book, letters: list[Outgoing], server: Smtp, path: Path, **more: Any) -> sending.Sent:
    def by(letters: Any, journal: Any, mailing: str, waits: Waits) -> Any:
        return smtp.send(letters, server, journal, mailing, waits=waits)

    return sending.deliver(book, letters, by, "m1", path=path, **more)


def states(path: Path) -> dict[str, str]:
    return {one.id.partition("@")[0]: one.state for one in journal.read(path)}


@pytest.mark.parametrize("implicit", [False, True])
def test_each_gets_a_letter_of_their_own_over_tls(
    book: Book, letters: list[Outgoing], serve: Serve, box: Any, path: Path, implicit: bool
) -> None:
    result = deliver(book, letters, serve(implicit=implicit), path)
    assert box.to == ["p0@x.example", "p1@x.example", "p2@x.example"]
    assert [one["To"] for one in box.mails()] == box.to
    assert box.mails()[0].get_payload() == "Hej!\r\n.\r\n..slut\r\n", "lines of dots come as they were"
    assert len(result.sent) == 3
    assert result.error is None


def test_what_was_sent_is_told_in_the_book_and_is_not_sent_again(
    book: Book, letters: list[Outgoing], serve: Serve, box: Any, path: Path, people: list[Contact]
) -> None:
    server = serve()
    deliver(book, letters, server, path)
    told = {one.source: one for one in book.interactions.all()}
    assert set(told) == {source_of(one.id) for one in letters}
    one = told[source_of(letters[1].id)]
    assert (one.kind, one.direction, one.subject, one.when, one.status) == ("mail", "out", "Hej", AT, "held")
    assert [part.contact for part in one.participants] == [people[1].id]
    again = deliver(book, letters, server, path)
    assert (len(again.sent), len(again.before), len(box.taken)) == (0, 3, 3)
    book.undo()  # what the book forgets, the journal does not
    assert not book.interactions.all()
    assert len(deliver(book, letters, server, path).before) == 3
    assert len(box.taken) == 3


@pytest.mark.parametrize(
    ("settings", "how"),
    [({}, "PLAIN"), ({"token": "token-1"}, "XOAUTH2")],
)
def test_the_server_is_told_who_one_is(
    book: Book, letters: list[Outgoing], serve: Serve, box: Any, path: Path, settings: Any, how: str
) -> None:
    assert len(deliver(book, letters[:1], serve(**settings), path).sent) == 1
    assert box.logins == [how]


@pytest.mark.parametrize("settings", [{"password": "fel"}, {"token": "fel"}])
def test_who_is_not_let_in_sends_nothing_and_hears_why(
    book: Book, letters: list[Outgoing], serve: Serve, box: Any, path: Path, settings: Any
) -> None:
    result = deliver(book, letters, serve(**settings), path)
    assert isinstance(result.error, Refused)
    assert "does not let anna@lst.example in (535)" in str(result.error)
    assert "fel" not in str(result.error)
    assert (len(result.rest), box.taken) == (3, [])
    assert len(deliver(book, letters, serve(), path).sent) == 3


def test_a_password_comes_from_the_environment_or_a_command(
    book: Book, letters: list[Outgoing], serve: Serve, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printing = [sys.executable, "-c", "import sys; sys.stdout.buffer.write('hemligt-åäö-1\\n'.encode())"]
    assert len(deliver(book, letters[:1], serve(password="", password_command=printing), path).sent) == 1
    monkeypatch.setenv("KONTAKTNAT_SMTP_PASSWORD", "hemligt-åäö-1")
    assert len(deliver(book, letters[1:2], serve(password=""), path).sent) == 1


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["no-such-program-here"], "the command cannot be run"),
        ([sys.executable, "-c", "print('hemligt'); raise SystemExit(3)"], "it ended with 3"),
        ([sys.executable, "-c", ""], "it printed nothing"),
        ([], "no password and no token"),
    ],
)
def test_a_password_that_is_not_there(
    book: Book, letters: list[Outgoing], serve: Serve, path: Path, command: list[str], said: str
) -> None:
    result = deliver(book, letters, serve(password="", password_command=command), path)
    assert said in str(result.error)
    assert "hemligt" not in str(result.error)


def test_without_tls_nothing_is_sent(
    book: Book, letters: list[Outgoing], serve: Serve, box: Any, path: Path
) -> None:
    result = deliver(book, letters, serve(starttls=False), path)
    assert "offers no STARTTLS" in str(result.error)
    unknown = deliver(book, letters, serve(ca_file=""), path)
    assert "no safe connection" in str(unknown.error)
    assert (box.taken, box.logins) == ([], [])


def test_a_server_that_is_not_there(book: Book, letters: list[Outgoing], path: Path) -> None:
    result = deliver(book, letters, Smtp(host="127.0.0.1", port=1), path)
    assert "127.0.0.1:1 cannot be reached" in str(result.error)
    assert len(result.rest) == 3
    assert "name the server" in str(deliver(book, letters, Smtp(), path).error)


def test_what_is_refused_is_named_and_does_not_stop_the_others(
    book: Book, letters: list[Outgoing], serve: Serve, box: Any, path: Path
) -> None:
    box.says = lambda n, to: "550 5.1.1 No such user" if to.startswith("p1") else ""
    server = serve()
    result = deliver(book, letters, server, path)
    assert box.to == ["p0@x.example", "p2@x.example"]
    assert [(one.letter.name, one.said) for one in result.refused] == [("Eva Ek", "550 5.1.1 No such user")]
    assert len(book.interactions.all()) == 2
    box.says = lambda n, to: ""
    assert len(deliver(book, letters, server, path).refused) == 1, "what was refused is not asked for again"
    again = deliver(book, letters, server, path, again=[letters[1].who])
    assert [one.name for one in again.sent] == ["Eva Ek"]


def test_what_is_put_off_is_tried_again_in_the_same_run_and_in_the_next(
    book: Book, letters: list[Outgoing], serve: Serve, box: Any, path: Path
) -> None:
    box.says = lambda n, to: "451 4.7.1 Greylisted" if n <= 4 else ""
    slept: list[float] = []
    waits = Waits(sleep=slept.append, now=lambda: AT)
    server = serve(retries=1, retry_after=300.0)
    result = deliver(book, letters, server, path, waits=waits)
    assert slept == [300.0]
    assert [one.name for one in result.sent] == ["Eva Ek", "Åsa Öberg"]
    assert [(one.letter.name, one.said) for one in result.later] == [("Bo Björk", "451 4.7.1 Greylisted")]
    assert [one.name for one in deliver(book, letters, server, path, waits=waits).sent] == ["Bo Björk"]
    assert sorted(box.to) == ["p0@x.example", "p1@x.example", "p2@x.example"]


def test_a_server_that_closes_with_421_is_called_again(
    book: Book, letters: list[Outgoing], serve: Serve, box: Any, path: Path
) -> None:
    box.says = lambda n, to: "421 4.3.2 Closing" if n == 2 else ""
    result = deliver(book, letters, serve(retries=1), path)
    assert (len(result.sent), len(box.logins)) == (3, 2)


@pytest.mark.parametrize("does", ["go", "gone"])
def test_who_may_have_it_is_named_and_not_sent_it_again_unasked(
    book: Book, letters: list[Outgoing], serve: Serve, box: Any, path: Path, does: str
) -> None:
    """The server goes away when the letter has been handed over: whether it has it is not to be known."""
    box.after = lambda n: does if n == 2 and len(box.asked) == 2 else ""
    server = serve()
    result = deliver(book, letters, server, path)
    assert [one.name for one in result.unknown] == ["Eva Ek"]
    assert [one.name for one in result.sent] == ["Bo Björk", "Åsa Öberg"]
    box.after = lambda n: ""
    assert [one.name for one in deliver(book, letters, server, path).unknown] == ["Eva Ek"]
    had = box.to.count("p1@x.example")
    assert had == (1 if does == "go" else 0)
    assert len(book.interactions.all()) == 2
    told = deliver(book, letters, server, path, again=[letters[1].who])
    assert [one.name for one in told.sent] == ["Eva Ek"]
    assert box.to.count("p1@x.example") == had + 1


def test_the_pace_is_kept(book: Book, letters: list[Outgoing], serve: Serve, path: Path) -> None:
    now = [0.0]

    def sleep(seconds: float) -> None:
        now[0] += seconds

    waits = Waits(monotonic=lambda: now[0], sleep=sleep, now=lambda: AT)
    deliver(book, letters, serve(per_minute=20), path, waits=waits)
    assert now[0] == pytest.approx(6.0)


def test_two_processes_do_not_send_at_once(
    book: Book, letters: list[Outgoing], serve: Serve, path: Path
) -> None:
    with journal.opened(path, AT), pytest.raises(StoreBusy):
        deliver(book, letters, serve(), path)
    assert len(deliver(book, letters, serve(), path).sent) == 3


def test_what_the_book_has_against_it_is_told_before_the_first_is_sent(
    book: Book, letters: list[Outgoing], serve: Serve, box: Any, path: Path
) -> None:
    number = attrs.evolve(letters[2], subject="Om 19811228-9874")
    with pytest.raises(KontaktnatError):
        deliver(book, [*letters[:2], number], serve(), path)
    assert box.taken == []


# What is written down


@pytest.mark.parametrize("cut", range(1, 60, 7))
def test_a_line_that_was_cut_off_is_as_if_it_had_not_been_begun(
    book: Book, letters: list[Outgoing], serve: Serve, box: Any, path: Path, cut: int
) -> None:
    """Killed in the middle of noting the server's yes: that one is in doubt, the others go."""
    server = serve()
    deliver(book, letters[:1], server, path)
    lines = path.read_bytes().splitlines(keepends=True)
    noted = next(n for n, line in enumerate(lines) if b'"sent"' in line)
    path.write_bytes(b"".join(lines[:noted]) + lines[noted][:-cut])
    result = deliver(book, letters, server, path)
    assert [one.name for one in result.unknown] == ["Bo Björk"]
    assert box.to == ["p0@x.example", "p1@x.example", "p2@x.example"]


def test_a_journal_that_cannot_be_read_stops_all(
    book: Book, letters: list[Outgoing], serve: Serve, box: Any, path: Path
) -> None:
    path.write_text('{"mailing": "m1"}\n')
    with pytest.raises(Invalid, match="line 1 cannot be read: nothing is sent"):
        deliver(book, letters, serve(), path)
    assert box.taken == []


def test_what_is_old_is_forgotten_but_not_what_is_in_doubt(tmp_path: Path) -> None:
    path = tmp_path / "j"
    old, new = "2025-01-01T00:00:00+00:00", "2026-11-01T00:00:00+00:00"
    made = [("a", "logged", old), ("b", "trying", old), ("c", "logged", new)]
    with journal.opened(path, AT) as file:
        file.note(
            *(journal.Entry(mailing="m", who=who, state=state, id=who, at=at) for who, state, at in made)
        )
    with journal.opened(path, AT) as file:
        assert sorted(file.of("m")) == ["b", "c"]


def test_it_names_nobody(book: Book, letters: list[Outgoing], serve: Serve, path: Path) -> None:
    deliver(book, letters, serve(), path)
    text = path.read_text()
    assert {*json.loads(text.splitlines()[0])} == {"mailing", "who", "state", "id", "at", "said"}
    assert not any(word in text for word in ("Bo", "Eva", "x.example", "Hej"))


KILLED = """
import sys, time
from pathlib import Path
import attrs, kontaktnat
from kontaktnat_mail import journal, sending, smtp
from kontaktnat_mail.identity import source_of
from kontaktnat_mail.settings import Smtp
sys.path.insert(0, {tests!r})
from test_smtp import letter

book = kontaktnat.open({book!r})
server = Smtp(**{server!r})
letters = [letter(one.id, one.name, f"p{{n}}@x.example") for n, one in enumerate(book.contacts.all())]
note = journal.Journal.note
def slow(self, *entries):
    before = sum(one.state == "sent" for one in self._known.values())
    if {when!r} in [one.state for one in entries] and before == {nth}:
        print("now", flush=True)
        time.sleep(60)
    note(self, *entries)
journal.Journal.note = slow
by = lambda letters, journal, mailing, waits: smtp.send(letters, server, journal, mailing, waits=waits)
sending.deliver(book, letters, by, "m1", path=Path({path!r}))
"""


@pytest.mark.parametrize("when", ["sent", "trying"])
def test_a_process_that_was_killed_goes_on_where_it_was_and_mails_nobody_twice(
    open_book: Callable[..., Book], serve: Serve, box: Any, tmp_path: Path, when: str
) -> None:
    """Killed between the server's yes and our note, or before the letter is handed over."""
    place, path = tmp_path / "b.kn", tmp_path / "b.kn.mailings"
    with open_book(place, mode="create") as book:
        for name in ("Bo Björk", "Eva Ek", "Åsa Öberg"):
            book.add(Contact(name=name))
    server = serve()
    code = KILLED.format(tests=str(Path(__file__).parent), book=str(place), server=attrs.asdict(server),
                         path=str(path), when=when, nth=1)  # fmt: skip
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdout.readline().strip() == b"now"
        child.kill()
    with open_book(place) as book:
        letters = [letter(one.id, one.name, f"p{n}@x.example") for n, one in enumerate(book.contacts.all())]
        result = deliver(book, letters, server, path)
        assert len(set(box.to)) == len(box.to), "nobody has it twice"
        assert [one.name for one in result.unknown] == ([letters[1].name] if when == "sent" else [])
        assert len(box.to) == 3
        assert len(book.interactions.all()) == (2 if when == "sent" else 3)


def test_on_a_full_disk_nobody_is_sent_it_once_more(
    book: Book, letters: list[Outgoing], serve: Serve, box: Any, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be written down is no lost connection, after which a letter goes again."""
    sync = os.fsync

    def full(file: int) -> None:
        if b'"sent"' in path.read_bytes():
            raise OSError(errno.ENOSPC, "No space left on device")
        sync(file)

    server = serve()
    monkeypatch.setattr(os, "fsync", full)
    result = deliver(book, letters, server, path)
    assert box.to == ["p0@x.example"]
    assert isinstance(result.error, Invalid)
    assert "No space left" in str(result.error)


def test_a_server_that_does_not_take_the_sender_refuses_nobody(
    book: Book, letters: list[Outgoing], serve: Serve, box: Any, path: Path
) -> None:
    """Once that is mended the same command sends it to all of them."""

    async def refuses(*_: Any) -> str:
        return "553 5.7.1 Sender address rejected: not owned by user"

    server, box.handle_MAIL = serve(), refuses
    result = deliver(book, letters, server, path)
    assert isinstance(result.error, Refused)
    assert "anna@lst.example" in str(result.error)
    assert set(states(path).values()) == {"queued"}
    del box.handle_MAIL
    assert len(deliver(book, letters, server, path).sent) == 3


def test_where_the_journal_cannot_be_written_its_path_is_told(
    book: Book, letters: list[Outgoing], serve: Serve, path: Path, box: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.write_bytes(b'{"half')  # which is taken away first
    whole = Path.open

    def full(self: Path, *args: Any, **more: Any) -> Any:
        if self.name.endswith(".new"):
            raise OSError(errno.ENOSPC, "No space left on device")
        return whole(self, *args, **more)

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(Invalid, match=r"b\.kn\.mailings: No space left on device"):
        deliver(book, letters, serve(), path)
    with pytest.raises(Invalid, match=r"b\.kn\.mailings: No space left on device"):
        journal.forget(path, ["x"])
    assert box.taken == []
