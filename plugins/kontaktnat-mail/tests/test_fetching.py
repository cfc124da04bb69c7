"""A mailbox into the book: from where it was read last time, once each, whatever stops it in the middle."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from kontaktnat import Book, Contact, Refused, Way
from kontaktnat.testing import FixedClock
from kontaktnat_mail import imap
from kontaktnat_mail.fetching import Fetched, fetch, state_of
from kontaktnat_mail.imap import Account, State
from kontaktnat_mail.logging_ import Options

ACCOUNT = Account(host="imap.nybro.example", user="anna", secret="hemligt")


class Box:
    """A folder on a server; `breaks_after`: the connection is lost after so many."""

    def __init__(self) -> None:
        self.mails: list[bytes] = []
        self.validity = 7
        self.breaks_after: int | None = None
        self.marked: list[int] = []

    def fetch(self, account: Account, state: State, *, retry: bool = False) -> Iterator[imap.Fetched]:
        state = state if state.validity == self.validity else State(self.validity)
        again = state.left if retry else ()
        uids = [*again, *range(state.last + 1, len(self.mails) + 1)]
        for n, uid in enumerate(uids):
            if n == self.breaks_after:
                raise Refused("the connection was lost")
            left = tuple(one for one in state.left if one > uid) if retry else state.left
            state = State(self.validity, max(state.last, uid), left)
            yield imap.Fetched(uid, self.mails[uid - 1], state)

    def mark(self, account: Account, uids: list[int], state: State) -> None:
        self.marked += uids


@pytest.fixture
def box(monkeypatch: pytest.MonkeyPatch) -> Box:
    made = Box()
    monkeypatch.setattr(imap, "fetch", made.fetch)
    monkeypatch.setattr(imap, "mark", made.mark)
    made.mails = [mail(n) for n in range(1, 4)]
    return made


@pytest.fixture(autouse=True)
def eva(book: Book) -> Contact:
    return book.add(Contact(name="Eva Ek", ways=[Way(kind="mail", value="eva@nybro.example")]))


def mail(n: int) -> bytes:
    return (
        f"From: eva@nybro.example\r\nTo: anna@lst.example\r\nDate: Tue, {n} Nov 2026 09:00:00 +0100\r\n"
        f"Subject: Nummer {n}\r\nMessage-ID: <{n}@nybro.example>\r\n\r\nHej\r\n"
    ).encode()


def read(book: Book, **options: Any) -> Fetched:
    return fetch(book, ACCOUNT, Options(own=("anna@lst.example",)), **options)


def subjects(book: Book) -> list[str]:
    return sorted(one.subject for one in book.interactions.all())


def test_since_last_time(book: Book, box: Box) -> None:
    assert read(book).logged.logged == 3
    version = book.version
    assert read(book).logged.read == 0
    assert book.version == version, "nothing new, nothing saved"
    box.mails.append(mail(4))
    again = read(book).logged
    assert (again.read, again.logged) == (1, 1)
    assert not box.marked, "nothing is done on the server"


def test_undone_it_is_read_once_more(book: Book, box: Box) -> None:
    read(book)
    book.undo()
    assert (book.interactions.count(), state_of(book, ACCOUNT)) == (0, State())
    assert read(book).logged.logged == 3


def test_what_came_before_the_connection_was_lost_is_kept(book: Book, box: Box) -> None:
    box.breaks_after = 2
    done = read(book)
    assert done.problem is not None
    assert done.logged.logged == 2
    assert state_of(book, ACCOUNT).last == 2
    box.breaks_after = 0
    with pytest.raises(Refused, match="lost"):
        read(book)
    box.breaks_after = None
    assert read(book).logged.logged == 1
    assert subjects(book) == ["Nummer 1", "Nummer 2", "Nummer 3"]


def test_numbered_anew_and_read_anew_they_are_the_same_mails(book: Book, box: Box) -> None:
    read(book)
    box.validity = 8
    assert read(book).logged.result.unchanged == 3
    assert read(book, anew=True).logged.result.unchanged == 3
    assert len(subjects(book)) == 3


def test_a_mail_that_cannot_be_read_is_no_end(book: Book, box: Box) -> None:
    box.mails.insert(1, b"this is no mail")
    done = read(book).logged
    assert (done.read, done.logged) == (4, 3)
    assert "INBOX:2" in str(done.result.rejected[0].reason)
    assert read(book).logged.read == 0, "nor is it asked for again"


def personal(n: int) -> bytes:
    return mail(n).replace(f"Nummer {n}".encode(), f"Ang. 19811218-9876 ({n})".encode())


def test_what_a_check_has_something_against_comes_again_if_one_says_so(book: Book, box: Box) -> None:
    box.mails = [personal(1), mail(2), b"this is no mail", personal(4), mail(5)]
    first = read(book)
    assert (first.logged.logged, len(first.logged.result.rejected), first.again) == (2, 3, 2)
    assert state_of(book, ACCOUNT) == State(7, 5, (1, 4))
    box.mails.append(mail(6))
    assert (read(book).logged.read, read(book).again) == (1, 0), "not unasked"
    assert state_of(book, ACCOUNT) == State(7, 6, (1, 4))
    once_more = read(book, retry=True)
    assert (once_more.logged.read, once_more.again) == (2, 2)
    with book.accepting("what they were asked"):
        assert read(book, retry=True).logged.logged == 2
    assert state_of(book, ACCOUNT) == State(7, 6)
    book.undo()
    assert state_of(book, ACCOUNT) == State(7, 6, (1, 4)), "an undo takes back both"


def test_what_is_to_come_again_is_kept_where_the_connection_is_lost(book: Book, box: Box) -> None:
    box.mails = [personal(n) for n in range(1, 4)]
    read(book)
    box.breaks_after = 1
    with book.accepting("what they were asked"):
        assert read(book, retry=True).problem is not None
    assert state_of(book, ACCOUNT) == State(7, 3, (2, 3))


def test_a_mail_of_a_day_to_come_comes_again_on_that_day(book: Book, box: Box, clock: FixedClock) -> None:
    box.mails = [mail(20)]
    assert read(book).again == 1
    clock.move(days=8)
    assert read(book, retry=True).logged.logged == 1


def test_marked_only_if_one_says_so_and_once_it_is_saved(book: Book, box: Box) -> None:
    read(book, seen=True, dry_run=True)
    assert (box.marked, book.interactions.count(), state_of(book, ACCOUNT)) == ([], 0, State())
    read(book, seen=True)
    assert box.marked == [1, 2, 3]


def test_what_the_book_has_not_taken_is_not_marked(book: Book, box: Box) -> None:
    box.mails.insert(1, b"this is no mail")
    box.mails.append(mail(4).replace(b"Nummer 4", b"Ang. 19811218-9876"))
    assert len(read(book, seen=True).logged.result.rejected) == 2
    assert box.marked == [1, 3, 4]


def test_what_is_in_the_book_is_told_though_it_cannot_be_marked(
    book: Book, box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(*_: object) -> None:
        raise Refused("the connection was lost")

    monkeypatch.setattr(imap, "mark", lost)
    done = read(book, seen=True)
    assert (done.logged.logged, str(done.problem)) == (3, "the connection was lost")


def test_which_mailbox_it_is_stands_nowhere(book: Book, box: Box) -> None:
    read(book)
    assert "imap.nybro.example" not in str([one.id for one in book.settings.all()])
    assert (
        state_of(book, Account(host="imap.nybro.example", user="anna", secret="", folder="Arkiv")) == State()
    )
