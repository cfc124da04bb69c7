"""What every mailer promises, as tests to inherit.

class TestMyMailer(MailerContract):
    name = "paper"
    plugins = ("paper",)

    @pytest.fixture(autouse=True)
    def place(self, tmp_path):
        self.options = {"folder": str(tmp_path)}

    def left(self):
        return [file.read_bytes() for file in sorted(Path(self.options["folder"]).iterdir())]
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

import pytest

from kontaktnat.correspondence import Outgoing
from kontaktnat.model import ContactId, Participation, id_for
from kontaktnat.testing.format_contracts import sample_book
from kontaktnat.testing.injection import NOON

if TYPE_CHECKING:
    from kontaktnat.extend import Mailer


def letter(n: int, to: str = "") -> Outgoing:
    """A letter that is ready, like every other but for its number: `to` n@nybro.example."""
    id, to = f"{n}.kanarie@lst.example", to or f"{n}@nybro.example"
    head = (
        f"From: anna@lst.example\r\nTo: {to}\r\nMessage-ID: <{id}>\r\nSubject: =?utf-8?q?M=C3=B6te?= {n}\r\n"
    )
    mime = (
        "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n"
    )
    text = f"Välkommen, {n}!\r\n.\r\nFrom den 12 november\r\n"
    who = id_for(f"letter:{n}")
    return Outgoing(
        id=id, to=to, name="Eva Ek", who=who, sender="anna@lst.example", subject=f"Möte {n}", text=text,
        data=f"{head}{mime}\r\n{text}".encode(), at=NOON, participation=Participation(contact=ContactId(who)),
    )  # fmt: skip


class MailerContract:
    """For every mailer. Give `name`, what brings it in `plugins`, and `options`; override `left`."""

    name: ClassVar[str]
    plugins: ClassVar[Sequence[str | object]] = ()
    options: Mapping[str, str] = {}

    letter = staticmethod(letter)
    """`TestMyMailer.letter(1)`: a letter that is ready, for tests of one's own."""

    def left(self) -> Sequence[bytes]:
        """The mails that have left in this test, whole, in the order in which they left."""
        raise NotImplementedError

    @pytest.fixture
    def mailer(self) -> Iterator[Mailer]:
        """The mailer, as a Book finds it."""
        with sample_book(self.plugins, empty=True) as book:
            yield book.plugins.find("register_mailers", self.name, "mailer")

    def test_it_describes_itself(self, mailer: Mailer) -> None:
        assert mailer.summary

    def test_each_letter_leaves_whole_and_in_order(self, mailer: Mailer) -> None:
        letters = [letter(n) for n in range(1, 13)]
        assert list(mailer.send(iter(letters), self.options)) == letters
        left = list(self.left())
        assert len(left) == len(letters)
        for one, sent in zip(letters, left, strict=True):
            assert one.data.replace(b"\r\n", b"\n") in sent.replace(b"\r\n", b"\n")

    def test_none_is_none(self, mailer: Mailer) -> None:
        assert list(mailer.send([], self.options)) == []

    def test_a_letter_that_was_yielded_has_left_and_the_next_has_not(self, mailer: Mailer) -> None:
        """Whoever stops in the middle knows from what was yielded which were sent."""
        sending = mailer.send(iter([letter(1), letter(2), letter(3)]), self.options)
        for n in (1, 2):
            assert next(sending).id == letter(n).id
            assert len(self.left()) == n

    def test_what_breaks_off_takes_nothing_back(self, mailer: Mailer) -> None:
        def breaking() -> Iterator[Outgoing]:
            yield letter(1)
            raise KeyboardInterrupt

        gone: list[str] = []
        with pytest.raises(KeyboardInterrupt):
            gone.extend(one.id for one in mailer.send(breaking(), self.options))
        assert len(self.left()) == 1
        assert [one.id for one in mailer.send([letter(2)], self.options)] == [letter(2).id]
        assert len(self.left()) == 2

    def test_an_address_that_would_be_a_path_or_a_command_is_none(self, mailer: Mailer) -> None:
        """The address comes from a book, and what stands in books was typed, or imported."""
        before = len(self.left())
        odd = letter(1, to="../../eva;|$(x)@nybro.example")
        assert [one.id for one in mailer.send([odd], self.options)] == [odd.id]
        assert len(self.left()) == before + 1
