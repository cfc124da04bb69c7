"""Ways to send that plugins bring, and those of this one, by the hook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kontaktnat import Book, Contact, Invalid, NotFound, Refused, hookimpl
from kontaktnat.extend import Mailer, Outgoing
from kontaktnat.model import Participation
from kontaktnat_mail import journal, plugin, sending
from kontaktnat_mail.settings import Config, Smtp

AT = datetime(2026, 11, 12, 12, 0, tzinfo=UTC)


class Pigeons:
    """Takes letters until one is too heavy."""

    def __init__(self) -> None:
        self.flown: list[str] = []
        self.does: str = ""

    @hookimpl
    def register_mailers(self) -> Iterable[Mailer]:
        return [Mailer(name="pigeons", summary="by air", send=self.send)]

    def send(self, letters: Iterable[Outgoing], options: Mapping[str, str]) -> Iterator[Outgoing]:
        for letter in letters:
            if self.does == "refuse":
                raise Refused("too heavy")
            if self.does == "crash":
                raise RuntimeError("lost")
            self.flown.append(letter.name)
            yield letter


@pytest.fixture
def pigeons() -> Pigeons:
    return Pigeons()


@pytest.fixture
def book_plugins(pigeons: Pigeons) -> list[object]:
    return [plugin, pigeons]


def letter(who: Contact) -> Outgoing:
    return Outgoing(id=f"{who.id}@x", to="a@x.example", name=who.name, who=who.id, sender="anna@lst.example",
                    data=b"From: anna@lst.example\r\n\r\nHej\r\n", at=AT,
                    participation=Participation(contact=who.id))  # fmt: skip


def test_another_plugins_way_mails_nobody_twice_either(book: Book, pigeons: Pigeons, tmp_path: Path) -> None:
    letters = [letter(book.add(Contact(name=name))) for name in ("Bo", "Eva")]
    way, path = sending.way(book, "pigeons", Config()), tmp_path / "j"
    pigeons.does = "refuse"
    first = sending.deliver(book, letters, way, "m", path=path)
    assert (str(first.error), len(first.rest), pigeons.flown) == ("too heavy", 2, [])
    pigeons.does = ""
    assert len(sending.deliver(book, letters[:1], way, "m", path=path).sent) == 1
    pigeons.does = "crash"  # nobody can know whether it has gone
    broken = sending.deliver(book, letters, way, "m", path=path)
    assert "failed in pigeons" in str(broken.error)
    pigeons.does = ""
    last = sending.deliver(book, letters, way, "m", path=path)
    assert ([one.name for one in last.unknown], len(last.before)) == (["Eva"], 1)
    assert pigeons.flown == ["Bo"]
    assert {one.state for one in journal.read(path)} == {"logged", "trying"}


def test_there_is_no_such_way(book: Book) -> None:
    with pytest.raises(NotFound, match="there is no mailer owls; there are: drafts, pigeons, smtp"):
        sending.way(book, "owls", Config())
    with pytest.raises(Invalid, match="name the server that sends"):
        sending.way(book, "smtp", Config())


def mailer(book: Book, name: str) -> Mailer:
    found: Mailer = book.plugins.find("register_mailers", name, "mailer")
    return found


def test_our_own_by_the_hook(
    book: Book, serve: Callable[..., Smtp], box: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters = [letter(book.add(Contact(name=name))) for name in ("Bo", "Eva")]
    assert [*mailer(book, "drafts").send(letters, {"folder": str(tmp_path / "ut")})] == letters
    assert len([*(tmp_path / "ut").iterdir()]) == 2
    server = serve()
    monkeypatch.setenv("KONTAKTNAT_SMTP_PASSWORD", server.password)
    options = {"host": server.host, "port": str(server.port), "user": server.user, "ca_file": server.ca_file,
               "tls": "starttls"}  # fmt: skip
    assert [*mailer(book, "smtp").send(letters, options)] == letters
    assert len(box.taken) == 2
    box.says = lambda n, to: "550 No"
    with pytest.raises(Refused, match="Bo: 550 No"):
        [*mailer(book, "smtp").send(letters, options)]
    for wrong in ({"port": "x"}, {"tls": "none"}, {"nonsense": "1"}):
        with pytest.raises(Invalid):
            [*mailer(book, "smtp").send(letters, wrong)]
