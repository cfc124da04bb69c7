"""`mail send --smtp` and `mail invite --smtp` as they are typed, with a real server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kontaktnat import Book, Contact, Interaction, Participation, Way
from kontaktnat_mail import journal
from kontaktnat_mail.identity import source_of
from kontaktnat_mail.settings import Smtp

Serve = Callable[..., Smtp]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "b.kn"


@pytest.fixture
def book(open_book: Callable[..., Book], place: Path) -> Book:
    """With Bo, Eva and Åsa, and a meeting of theirs."""
    book = open_book(place, mode="create")
    parts = []
    for name in ("Bo Björk", "Eva Ek", "Åsa Öberg"):
        way = Way(kind="mail", value=f"{name.split()[0].lower().replace('å', 'a')}@x.example")
        parts.append(Participation(contact=book.add(Contact(name=name, ways=[way])).id, status="invited"))
    book.add(
        Interaction(kind="visit", when="2097-03-18T13:00", status="planned", subject="Vårmöte",
                    participants=parts)
    )  # fmt: skip
    return book


@pytest.fixture
def kn(tmp_path: Path, place: Path, book: Book) -> Callable[..., tuple[int, str, str]]:
    """`kn(server, "mail", "send", …)`: what a command does in a process of its own."""

    def run(server: Smtp, *args: str, **environment: str) -> tuple[int, str, str]:
        config = tmp_path / "config.toml"
        said = {"host": server.host, "port": server.port, "user": server.user, "ca_file": server.ca_file,
                "tls": server.tls, "per_minute": 0, "retries": 0}  # fmt: skip
        lines = [f"{name} = {json.dumps(value)}" for name, value in said.items()]
        text = '[plugins.mail]\nme = ["Anna Ask <anna@lst.example>"]\n[plugins.mail.smtp]\n'
        config.write_text(text + "\n".join(lines) + '\npassword = { env = "HEMLIGT" }\n', "utf-8")
        env = {**os.environ, "KONTAKTNAT_CONFIG": str(config), "KONTAKTNAT_LANG": "en", "PYTHONUTF8": "1",
               "HEMLIGT": server.password} | environment  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-m", "kontaktnat", "-b", str(place), *args],
            capture_output=True, env=env, cwd=tmp_path, check=False,
        )  # fmt: skip
        book.refresh()
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    return run


SEND = ("mail", "send", "--to", "contacts", "--template", "details", "--smtp")


def test_a_mailing_is_sent_told_and_not_sent_again(serve: Serve, box: Any, kn: Any, book: Book) -> None:
    server = serve()
    assert kn(server, *SEND, "--dry-run")[:2] == (0, "")
    assert box.taken == []
    code, out, err = kn(server, *SEND)
    assert (code, out) == (0, "3 mails sent\n"), err
    assert box.to == ["bo@x.example", "eva@x.example", "asa@x.example"]
    assert [one["X-Unsent"] for one in box.mails()] == [None] * 3
    ids = {source_of(one["Message-ID"]) for one in box.mails()}
    assert {one.source for one in book.interactions.all() if one.kind == "mail"} == ids
    code, out, _ = kn(server, *SEND)
    assert code == 0
    first, last = out.splitlines()
    assert (first[:15], last) == ("3 have had it (", "0 mails sent")
    assert len(box.taken) == 3
    assert kn(server, *SEND, "--again", "eva")[1].endswith("1 mail sent\n")
    assert kn(server, *SEND, "--anew")[1] == "3 mails sent\n"


def test_what_is_said_of_a_meeting_is_part_of_a_mailing(serve: Serve, box: Any, kn: Any, book: Book) -> None:
    remind = ("mail", "send", "--to", "contacts", "--template", "reminder", "--meeting", "vårmöte", "--smtp")
    server = serve()
    assert kn(server, *remind)[1] == "3 mails sent\n"
    assert kn(server, *remind)[1].endswith("0 mails sent\n")
    [meeting] = [one for one in book.interactions.all() if one.kind == "visit"]
    book.update(meeting, place="Kalmar")
    assert kn(server, *remind)[1] == "3 mails sent\n", "of where it is now they have not been told"


def test_it_goes_on_after_a_failure(serve: Serve, box: Any, kn: Any, book: Book) -> None:
    box.says = lambda n, to: "452 4.2.2 Full" if to.startswith("bo") else ""
    box.after = lambda n: "gone" if n == 1 else ""
    server = serve()
    code, out, err = kn(server, *SEND)
    assert code == 6
    assert "  put off by the server: Bo Björk <bo@x.example>: 452 4.2.2 Full" in out
    assert "  may have it or not: Eva Ek <eva@x.example>" in out
    assert err.splitlines()[-1].startswith("kontaktnat: 3 of 3 have not gone for certain"), (out, err)


def test_a_wrong_password(serve: Serve, box: Any, kn: Any) -> None:
    code, out, err = kn(serve(), *SEND, HEMLIGT="fel-lösen")
    assert (code, out) == (6, "3 are still to be sent\n")
    assert "does not let anna@lst.example in (535)" in err.splitlines()[-1]
    assert "fel-lösen" not in err
    assert box.taken == []


def test_an_invitation_goes_on_where_it_was_broken_off(serve: Serve, box: Any, kn: Any, book: Book) -> None:
    server = serve()
    box.says = lambda n, to: "451 4.7.1 Later" if to.startswith("eva") else ""
    code, out, err = kn(server, "mail", "invite", "vårmöte", "--smtp")
    assert (code, box.to) == (6, ["bo@x.example", "asa@x.example"]), err
    box.says = lambda n, to: ""
    code, out, err = kn(server, "mail", "invite", "vårmöte", "--smtp")
    assert (code, out) == (0, "1 mail sent\n"), err
    assert box.to == ["bo@x.example", "asa@x.example", "eva@x.example"]
    code, _, err = kn(server, "mail", "invite", "vårmöte", "--smtp")
    assert code == 6
    assert "all its guests are invited already" in err
    assert kn(server, "mail", "invite", "vårmöte", "--cancel", "--smtp")[1] == "3 mails sent\n"
    methods = [part.get_param("method") for mail in box.mails() for part in mail.walk() if
               part.get_content_type() == "text/calendar"]  # fmt: skip
    assert methods == ["REQUEST"] * 3 + ["CANCEL"] * 3


def test_who_is_no_longer_asked_is_told_once_however_often_it_is_broken_off(
    serve: Serve, box: Any, kn: Any, book: Book
) -> None:
    server = serve()
    kn(server, "mail", "invite", "vårmöte", "--smtp")
    [meeting] = [one for one in book.interactions.all() if one.kind == "visit"]
    book.update(meeting, participants=meeting.participants[1:])  # without Bo
    box.taken.clear()
    box.says = lambda n, to: "451 4.7.1 Later" if to.startswith("bo") else ""
    assert kn(server, "mail", "invite", "vårmöte", "--update", "--smtp")[0] == 6
    assert box.to == ["eva@x.example", "asa@x.example"]
    box.says = lambda n, to: ""
    code, out, err = kn(server, "mail", "invite", "vårmöte", "--update", "--smtp")
    assert (code, out) == (0, "1 mail sent\n"), err
    assert box.to == ["eva@x.example", "asa@x.example", "bo@x.example"]
    methods = [part.get_param("method") for mail in box.mails() for part in mail.walk() if
               part.get_content_type() == "text/calendar"]  # fmt: skip
    assert methods == ["REQUEST", "REQUEST", "CANCEL"]
    assert kn(server, "mail", "invite", "vårmöte", "--update", "--smtp")[1] == "2 mails sent\n"
    assert box.to.count("bo@x.example") == 1


COUNTER = """From: eva@x.example
To: anna@lst.example
Subject: Ny tid
Date: Mon, 10 Nov 2025 10:00:00 +0100
Message-ID: <1@x.example>
Content-Type: text/calendar; method=COUNTER

BEGIN:VCALENDAR
METHOD:COUNTER
BEGIN:VEVENT
UID:{meeting}@kontaktnat
SEQUENCE:2
DTSTART:20970320T120000Z
ATTENDEE:mailto:eva@x.example
END:VEVENT
END:VCALENDAR
"""


@pytest.mark.parametrize(
    ("says", "method", "to"),
    [("yes", "REQUEST", ["bo", "eva", "asa"]), ("nej", "DECLINECOUNTER", ["eva"])],
)
def test_who_proposes_another_time_is_answered_once_however_often_it_is_broken_off(
    serve: Serve, box: Any, kn: Any, book: Book, tmp_path: Path, says: str, method: str, to: list[str]
) -> None:
    server = serve()
    kn(server, "mail", "invite", "vårmöte", "--smtp")
    [meeting] = [one for one in book.interactions.all() if one.kind == "visit"]
    (tmp_path / "1.eml").write_text(COUNTER.format(meeting=meeting.id))
    assert kn(server, "mail", "log", "1.eml")[0] == 0
    [asked] = book.followups.all()
    box.taken.clear()
    box.says = lambda n, to: "451 4.7.1 Later" if to.startswith("eva") else ""
    assert kn(server, "mail", "invite", "vårmöte", "--proposed", says, "--smtp")[0] == 6
    box.says = lambda n, to: ""
    code, _, err = kn(server, "mail", "invite", "vårmöte", "--proposed", says, "--smtp")
    assert code == 0, err
    assert sorted(box.to) == sorted(f"{one}@x.example" for one in to)
    methods = {part.get_param("method") for mail in box.mails() for part in mail.walk() if
               part.get_content_type() == "text/calendar"}  # fmt: skip
    assert methods == {method}
    assert book.followups.get(asked.id).done_on is not None
    assert str(book.interactions.get(meeting.id).when)[:10] == (
        "2097-03-20" if says == "yes" else "2097-03-18"
    )
    code, _, err = kn(server, "mail", "invite", "vårmöte", "--proposed", says, "--smtp")
    assert (code, "nobody has proposed another time" in err) == (3, True)


def test_a_time_that_is_proposed_is_taken_though_an_earlier_change_has_not_come_to_all(
    serve: Serve, box: Any, kn: Any, book: Book, tmp_path: Path
) -> None:
    server = serve()
    kn(server, "mail", "invite", "vårmöte", "--smtp")
    [meeting] = [one for one in book.interactions.all() if one.kind == "visit"]
    box.says = lambda n, to: "451 4.7.1 Later" if to.startswith("bo") else ""
    assert kn(server, "mail", "invite", "vårmöte", "--update", "--smtp")[0] == 6
    (tmp_path / "1.eml").write_text(COUNTER.format(meeting=meeting.id))
    assert kn(server, "mail", "log", "1.eml")[0] == 0
    box.taken.clear()
    box.says = lambda n, to: ""
    code, _, err = kn(server, "mail", "invite", "vårmöte", "--proposed", "yes", "--smtp")
    assert code == 0, err
    assert str(book.interactions.get(meeting.id).when)[:10] == "2097-03-20"
    assert sorted(box.to) == ["asa@x.example", "bo@x.example", "eva@x.example"]


def test_where_another_process_sends_nothing_is_written_down(
    serve: Serve, box: Any, kn: Any, book: Book, place: Path
) -> None:
    server, before = serve(), book.version
    with journal.opened(journal.beside(str(place)), book.clock()):
        code, out, err = kn(server, "mail", "invite", "vårmöte", "--smtp")
    assert (code, out) == (7, ""), err
    assert err.splitlines()[-1].startswith("kontaktnat: another process is sending")
    assert book.version == before
    assert kn(server, "mail", "invite", "vårmöte", "--smtp")[:2] == (0, "3 mails sent\n")


def test_an_invitation_that_never_left_goes_with_the_next_try(
    serve: Serve, box: Any, kn: Any, book: Book
) -> None:
    server = serve()
    assert kn(server, "mail", "invite", "vårmöte", "--smtp", HEMLIGT="fel")[0] == 6
    assert box.taken == []
    assert kn(server, "mail", "invite", "vårmöte", "--smtp")[:2] == (0, "3 mails sent\n")


def test_what_is_remembered_is_told_and_erased(serve: Serve, kn: Any, book: Book, place: Path) -> None:
    kn(serve(), *SEND)
    [eva] = [one for one in book.contacts.all() if one.name == "Eva Ek"]
    path = journal.beside(str(place))
    assert eva.id in path.read_text()
    extract = book.privacy.extract(eva.id)
    assert "which mailings they have been sent" in str(extract.data())
    book.privacy.erase(eva.id, decision="Dnr 1-2026")
    assert eva.id not in path.read_text()
    assert len(journal.read(path)) == 2


def test_the_copy_among_what_has_been_sent_is_the_same_mail(
    serve: Serve, box: Any, kn: Any, book: Book, tmp_path: Path
) -> None:
    server = serve()
    kn(server, *SEND)
    before = book.interactions.all()
    for n, (_, data) in enumerate(box.taken):
        (tmp_path / f"{n}.eml").write_bytes(data)
    code, out, err = kn(server, "mail", "log", *(str(tmp_path / f"{n}.eml") for n in range(3)))
    assert code == 0, err
    assert out.splitlines()[-1] == "3 mails read: there already 3"
    assert book.interactions.all() == before
