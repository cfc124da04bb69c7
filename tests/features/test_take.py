"""Candidates that a program has read itself: taken as an importer's, in one transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from kontaktnat import Book, Contact, Invalid, Refused, Way
from kontaktnat.extend import Candidate


def person(row: int, name: str, mail: str = "") -> Candidate:
    ways = [{"kind": "mail", "value": mail}] if mail else []
    return Candidate(row=row, type="contact", fields={"name": name, "ways": ways}, raw={"name": name})


def mail(source: str, *guests: Mapping[str, Any], **said: Any) -> Candidate:
    fields: dict[str, Any] = {
        "source": source,
        "when": "2026-11-10T09:00:00+01:00",
        "once": True,
        "guests": guests,
        **said,
    }
    return Candidate(row=1, type="interaction", fields=fields)


def test_they_are_counted_as_an_imports(book: Book) -> None:
    book.add(Contact(name="Bo Alm", ways=[Way(kind="mail", value="bo@torsas.example")]))
    rows = [
        person(1, "Eva Ek"),
        person(2, "Bo Alm", "bo@torsas.example"),
        Candidate(row=3, problem="a slip"),
        person(4, "Bo Alm", "bo@nybro.example"),
    ]
    result = book.take(rows, name="the list", label="the list is taken")
    assert (result.created, result.unchanged, result.quarantined) == (2, 1, 1)
    assert [(one.row, one.reason) for one in result.rejected] == [(3, "a slip")]
    assert [*book.store.transactions()][-1].label == "the list is taken"
    assert result.batch == book.version
    assert "the list" in book.contacts.where(name="Eva Ek")[0].source
    book.undo()
    assert [one.name for one in book.contacts.all()] == ["Bo Alm"]


def test_of_a_dry_run_nothing_stays(book: Book) -> None:
    result = book.take([person(1, "Eva Ek")], name="x", dry_run=True)
    assert (result.created, result.batch, book.contacts.all()) == (1, None, [])


def test_what_is_finished_is_part_of_it_and_what_is_raised_undoes_all(book: Book) -> None:
    def finish() -> None:
        assert book.contacts.where(name="Eva Ek"), "all have been taken"
        book.set("x", 1)

    book.take([person(1, "Eva Ek")], name="x", finish=finish)
    book.undo()
    assert (book.contacts.all(), book.setting("x")) == ([], None)

    def breaks() -> Iterator[Candidate]:
        yield person(1, "Eva Ek")
        raise Invalid("the rest cannot be read", path="")

    with pytest.raises(Invalid, match="the rest"):
        book.take(breaks(), name="x")
    assert not book.contacts.all()


def test_what_comes_once_changes_no_more(book: Book) -> None:
    eva = book.add(Contact(name="Eva Ek", ways=[Way(kind="mail", value="eva@nybro.example")]))
    guest = {"mail": "eva@nybro.example", "status": "attended"}
    assert book.take([mail("a", guest, subject="Lokaler")], name="x").created == 1
    assert book.take([mail("a", guest, subject="Annat")], name="x").unchanged == 1
    [found] = book.interactions.all()
    assert (found.subject, found.status, found.participants[0].contact) == ("Lokaler", "held", eva.id)
    assert found.extra == {}, "no edition of a calendar's"


def test_without_one_who_is_needed_it_waits(book: Book) -> None:
    book.add(Contact(name="Eva Ek", ways=[Way(kind="mail", value="eva@nybro.example")]))
    eva = {"mail": "eva@nybro.example"}
    bo = {"mail": "bo@torsas.example", "needed": True}
    result = book.take([mail("a", eva, bo), mail("a", eva, bo)], name="x")
    assert (result.created, result.held_back, result.unchanged, result.strangers) == (1, 1, 1, 1)
    assert not book.interactions.all()
    result = book.take([mail("b", {**eva, "needed": True}, bo)], name="x")
    assert (result.created, result.held_back) == (1, 0), "one of them is enough"
    [waits] = book.pending.all()
    assert len(waits.raw["meetings"]) == 2
    book.settle(waits, new=True)
    assert sorted(len(one.participants) for one in book.interactions.all()) == [2, 2]


def test_a_guest_who_is_ignored_does_not_wait(book: Book) -> None:
    invited: dict[str, Any] = {
        "source": "ics:a",
        "when": "2026-11-20T13:00:00+01:00",
        "guests": [{"mail": "x@post.example"}],
    }
    meeting = Candidate(row=1, type="interaction", fields=invited)
    book.take([meeting], name="x")
    [waits] = book.pending.all()
    book.settle(waits, ignore=True)
    book.take([Candidate(row=1, type="interaction", fields={**invited, "source": "ics:b"})], name="x")
    assert not book.pending.all()
    assert len(book.interactions.all()) == 2


def test_whose_address_is_covered_cannot_be_asked_of_what_is_ignored(book: Book) -> None:
    """One who waits and may be somebody protected is discarded, and not ignored by an address unseen."""
    book.add(Contact(name="Siv Ek", protected=True))
    invited: dict[str, Any] = {
        "source": "ics:a",
        "when": "2026-11-20T13:00:00+01:00",
        "guests": [{"mail": "siv@post.example", "name": "Siv Ek"}],
    }
    book.take([Candidate(row=1, type="interaction", fields=invited)], name="x")
    [waits] = book.pending.all()
    assert waits.hidden
    with pytest.raises(Refused):
        book.settle(waits, ignore=True)
    assert not [one for one in book.settings.all() if one.id.startswith("ignored.")]
    book.settle(waits, discard=True)
