"""Two books that began as copies: what was done in both is in both afterwards, nothing is chosen unasked."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

import kontaktnat
from kontaktnat import (
    Actor,
    Book,
    Contact,
    FollowUp,
    Interaction,
    Invalid,
    NotFound,
    Pending,
    Refused,
    Role,
    Usage,
    Veto,
    Way,
    hookimpl,
)
from kontaktnat.joining.differing import differences, is_difference
from kontaktnat.model.base import ActorId, ContactId
from kontaktnat.testing.injection import FixedClock

BOOKKEEPING = {"rev", "changed", "changed_by"}
PHONE, OTHER_PHONE, THIRD_PHONE = "070-174 06 05", "070-174 06 06", "070-174 06 07"


def docs(book: Book, *, settings: bool = False) -> dict[str, dict[str, Any]]:
    """The archive by id, whole, but for bookkeeping and what waits."""
    stream = BytesIO()
    book.export_to(stream, "jsonl", reveal="a test")
    found = [json.loads(line) for line in stream.getvalue().splitlines()][1:]
    return {
        doc["id"]: {key: value for key, value in doc.items() if key not in BOOKKEEPING}
        for doc in found
        if settings or doc["type"] not in ("setting", "pending")
    }


class Books:
    """Copies of one book, each with its own clock and ids."""

    def __init__(self, folder: Path, open_book: Callable[..., Book]) -> None:
        self._folder = folder
        self._open = open_book
        self._made = 0

    def open(self, name: str, **options: Any) -> Book:
        """A book; its clock and ids are no other's."""
        self._made += 1
        clock = FixedClock()
        clock.move(days=self._made, seconds=self._made)

        def ticking() -> Any:
            clock.move(seconds=1)
            return clock.now

        numbers = iter(range(1, 10_000))
        ids = lambda made=self._made: f"{'abcdefgh'[made % 8]}x{next(numbers):06}"  # noqa: E731
        return self._open(self._folder / name, mode="create", by=name.partition(".")[0], clock=ticking,
                          ids=ids, **options)  # fmt: skip

    def copy(self, book: Book, name: str, **options: Any) -> Book:
        """A copy of its file, opened."""
        shutil.copy(book.place, self._folder / name)
        return self.open(name, **options)


@pytest.fixture
def books(tmp_path: Path, open_book: Callable[..., Book]) -> Books:
    return Books(tmp_path, open_book)


@pytest.fixture
def anna(books: Books) -> Book:
    """A book with a town, its coordinator and a meeting."""
    book = books.open("anna.kn")
    nybro = book.add(Actor(name="Nybro kommun", kind="municipality"))
    eva = book.add(Contact(name="Eva Ek", ways=[Way(kind="phone", value=PHONE)], tags=["a"]))
    hat = book.add(Role(contact=eva.id, actor=nybro.id, title="Samordnare"))
    book.add(Interaction(kind="visit", when="2026-11-01", participants=[hat.id], summary="Om parken"))
    return book


@pytest.fixture
def bo(anna: Book, books: Books) -> Book:
    """A copy of hers."""
    return books.copy(anna, "bo.kn")


def only(book: Book, type: str) -> Any:
    (one,) = book.collection_of(type).all()
    return one


def converge(one: Book, other: Book) -> None:
    one.join(other)
    other.join(one)
    assert docs(one) == docs(other)


# What fits


def test_what_one_of_them_changed_is_in_both(anna: Book, bo: Book) -> None:
    anna.update(only(anna, "contact"), note="Ring helst på morgonen")
    bo.update(only(bo, "contact"), family="Ek", tags=["a", "b"])
    bo.update(only(bo, "actor"), aliases=["Nybro"])
    made = bo.add(Contact(name="Siv Dal"))
    before = docs(anna)

    done = anna.join(bo)

    assert str(done) == "created 1, updated 2, deleted 0, conflicts 0, left out 0"
    eva = anna.contacts.get(only(bo, "role").contact)
    assert (eva.note, eva.family, eva.tags) == ("Ring helst på morgonen", "Ek", ("a", "b"))
    assert anna.contacts.get(made.id).created_by == "bo"
    assert done.number == anna.version
    anna.undo(done.number)
    assert docs(anna) == before


def test_a_rev_is_this_books_own(anna: Book, bo: Book) -> None:
    for note in ("a", "b", "c"):
        bo.update(only(bo, "contact").id, note=note)
    anna.join(bo)
    assert only(anna, "contact").rev == 2
    assert only(anna, "contact").changed_by == "anna"


def test_lists_go_item_by_item(anna: Book, bo: Book) -> None:
    eva = only(anna, "contact")
    anna.update(eva, ways=[*eva.ways, Way(kind="mail", value="eva@nybro.example")], tags=["b"])
    theirs = [Way(kind="phone", value="0701740605", label="jobb"), Way(kind="phone", value=OTHER_PHONE)]
    bo.update(only(bo, "contact").id, ways=theirs, tags=["a", "c"])
    done = anna.join(bo)
    assert not done.conflicts
    found = only(anna, "contact")
    assert [(one.value, one.label) for one in found.ways] == [
        ("0701740605", "jobb"), ("eva@nybro.example", ""), (OTHER_PHONE, ""),
    ]  # fmt: skip
    assert set(found.tags) == {"b", "c"}
    bo.join(anna)
    assert docs(anna) == docs(bo)


def test_a_plugins_fields_go_one_by_one(anna: Book, bo: Book) -> None:
    anna.update(only(anna, "actor"), extra={"far.one": 1})
    bo.update(only(bo, "actor").id, extra={"far.two": 2})
    anna.join(bo)
    assert only(anna, "actor").extra == {"far.one": 1, "far.two": 2}


def test_what_is_deleted_there_goes_here(anna: Book, bo: Book) -> None:
    gone = only(bo, "interaction")
    bo.delete(gone)
    assert anna.join(bo).deleted == 1
    assert anna.interactions.count() == 0
    bo.undo(bo.version)
    assert anna.join(bo).created == 1
    assert only(anna, "interaction").summary == "Om parken"
    assert only(anna, "interaction").rev > gone.rev


def test_what_is_deleted_in_both_is_gone(anna: Book, bo: Book) -> None:
    for book in (anna, bo):
        book.delete(only(book, "interaction"))
    assert str(anna.join(bo)) == "created 0, updated 0, deleted 0, conflicts 0, left out 0"


def test_only_what_is_new_is_taken_by_the_next(anna: Book, bo: Book) -> None:
    bo.update(only(bo, "contact"), note="en")
    anna.join(bo)
    anna.update(only(anna, "contact").id, note="två")
    version = anna.version
    assert anna.join(bo).updated == 0  # what it says there was taken, and changed since
    assert anna.version == version
    bo.update(only(bo, "actor"), note="tre")
    anna.join(bo)
    assert (only(anna, "contact").note, only(anna, "actor").note) == ("två", "tre")


def test_to_and_fro_and_on(anna: Book, bo: Book) -> None:
    for n in range(4):
        bo.update(only(bo, "contact").id, note=f"bo {n}")
        anna.update(only(anna, "actor").id, note=f"anna {n}")
        converge(anna, bo)
    anna.update(only(anna, "contact").id, note="anna")  # and she knows what he wrote
    assert not bo.join(anna).conflicts
    assert only(bo, "contact").note == "anna"
    version = anna.version, bo.version
    for _ in range(3):
        anna.join(bo)
        bo.join(anna)
    assert anna.version + bo.version <= sum(version) + 2  # it comes to rest


def test_what_the_other_took_from_here_and_changed(anna: Book, bo: Book) -> None:
    anna.update(only(anna, "contact").id, note="ett")
    bo.join(anna)
    anna.update(only(anna, "contact").id, note="två")
    bo.update(only(bo, "actor").id, note="bo")
    done = anna.join(bo)  # his older note is hers
    assert not done.conflicts
    assert only(anna, "contact").note == "två"


def test_each_took_an_older_state_of_the_other(anna: Book, bo: Book, books: Books) -> None:
    anna.update(only(anna, "contact").id, note="anna")
    bo.update(only(bo, "actor").id, note="bo")
    old_anna, old_bo = books.copy(anna, "old_anna.kn"), books.copy(bo, "old_bo.kn")
    anna.join(old_bo)
    bo.join(old_anna)
    anna.update(only(anna, "contact").id, note="anna 2")
    bo.update(only(bo, "actor").id, note="bo 2")
    assert not anna.join(bo).conflicts
    assert (only(anna, "contact").note, only(anna, "actor").note) == ("anna 2", "bo 2")
    converge(bo, anna)


def test_a_third_book(anna: Book, bo: Book, books: Books) -> None:
    bo.update(only(bo, "contact").id, note="bo")
    siv = books.copy(bo, "siv.kn")
    siv.update(only(siv, "actor").id, note="siv")
    anna.join(siv)  # brings what bo had by then
    assert (only(anna, "contact").note, only(anna, "actor").note) == ("bo", "siv")
    anna.update(only(anna, "contact").id, note="anna")
    done = anna.join(bo)
    assert not done.conflicts
    assert only(anna, "contact").note == "anna"
    bo.update(only(bo, "contact").id, tags=["bo"])
    siv.join(bo)
    siv.join(anna)
    assert (only(siv, "contact").note, only(siv, "contact").tags) == ("anna", ("bo",))


def test_a_file_may_be_renamed_and_an_older_backup_put_back(anna: Book, bo: Book, books: Books) -> None:
    bo.update(only(bo, "contact").id, note="bo")
    backup = books.copy(bo, "backup.kn")
    bo.update(only(bo, "contact").id, note="bo 2")
    anna.join(bo)
    anna.update(only(anna, "contact").id, note="anna")
    assert not anna.join(books.copy(bo, "renamed.kn")).conflicts
    backup.update(only(backup, "actor").id, note="nytt")
    done = anna.join(backup)
    assert only(anna, "actor").note == "nytt"
    assert not done.conflicts  # what it says of the contact she had, and changed


def test_an_undone_merge_can_be_made_again(anna: Book, bo: Book) -> None:
    bo.update(only(bo, "contact").id, note="bo")
    before = docs(anna, settings=True)
    anna.join(bo)
    anna.undo(anna.version)
    assert docs(anna, settings=True) == before
    assert anna.join(bo).updated == 1
    assert only(anna, "contact").note == "bo"


# What both changed


def differing(anna: Book, bo: Book) -> Pending:
    anna.update(only(anna, "contact").id, note="anna", tags=["a", "anna"])
    bo.update(only(bo, "contact").id, note="bo", tags=["a", "bo"])
    (waiting,) = anna.join(bo).conflicts
    return waiting


def test_what_both_changed_waits(anna: Book, bo: Book) -> None:
    waiting = differing(anna, bo)
    assert is_difference(waiting)
    assert differences(waiting) == {"note": {"here": "anna", "there": "bo"}}
    assert only(anna, "contact").note == "anna"
    assert only(anna, "contact").tags == ("a", "anna", "bo")
    assert anna.join(bo).conflicts == ()
    assert anna.pending.all() == [waiting]


def test_it_is_decided_either_way_and_undone(anna: Book, bo: Book) -> None:
    waiting = differing(anna, bo)
    assert anna.decide(waiting, "there").note == "bo"  # type: ignore[union-attr]
    assert anna.pending.count() == 0
    anna.undo()
    assert (only(anna, "contact").note, anna.pending.count()) == ("anna", 1)
    anna.decide(waiting.id, {"note": "here"})
    assert (only(anna, "contact").note, anna.pending.count()) == ("anna", 0)
    assert anna.join(bo).conflicts == ()


def test_field_by_field(anna: Book, bo: Book) -> None:
    anna.update(only(anna, "contact").id, note="anna", source="anna", family="Ek-Ek")
    bo.update(only(bo, "contact").id, note="bo", source="bo")
    (waiting,) = anna.join(bo).conflicts
    anna.decide(waiting, {"source": "there"})
    left = only(anna, "pending")
    assert list(differences(left)) == ["note"]
    anna.decide(left, "here")
    found = only(anna, "contact")
    assert (found.note, found.source, found.family) == ("anna", "bo", "Ek-Ek")


def test_a_merge_whose_conflicts_were_decided_is_undone_as_the_later_changes_let_it(
    anna: Book, bo: Book
) -> None:
    waiting = differing(anna, bo)
    number = anna.version
    anna.decide(waiting, "there")
    with pytest.raises(Refused, match="later changes build on it"):
        anna.undo(number)
    anna.undo(anna.version)
    anna.undo(number)
    assert (only(anna, "contact").note, only(anna, "contact").tags) == ("anna", ("a", "anna"))
    assert anna.pending.count() == 0


def test_what_is_changed_again_there_waits_in_its_newest_form(anna: Book, bo: Book) -> None:
    differing(anna, bo)
    bo.update(only(bo, "contact").id, note="bo 2")
    anna.join(bo)
    assert differences(only(anna, "pending")) == {"note": {"here": "anna", "there": "bo 2"}}
    bo.update(only(bo, "contact").id, note="anna")
    anna.join(bo)
    assert anna.pending.count() == 0


def test_what_waits_here_waits_there_too_and_a_decision_travels(anna: Book, bo: Book) -> None:
    differing(anna, bo)
    bo.join(anna)
    waiting = only(bo, "pending")
    assert differences(waiting) == {"note": {"here": "bo", "there": "anna"}}
    assert not bo.join(anna).conflicts
    anna.decide(only(anna, "pending"), "here")
    bo.join(anna)
    assert (only(bo, "contact").note, bo.pending.count()) == ("anna", 0)
    converge(anna, bo)


def test_decided_there_and_waiting_here(anna: Book, bo: Book) -> None:
    differing(anna, bo)
    bo.join(anna)
    bo.decide(only(bo, "pending"), "here")
    anna.join(bo)
    assert (only(anna, "contact").note, anna.pending.count()) == ("bo", 0)
    converge(anna, bo)


def test_decided_otherwise_in_both_waits_again(anna: Book, bo: Book) -> None:
    differing(anna, bo)
    bo.join(anna)
    for book in (anna, bo):
        book.decide(only(book, "pending"), "here")
    assert len(anna.join(bo).conflicts) == 1
    assert only(anna, "contact").note == "anna"


def test_deleted_here_and_changed_there(anna: Book, bo: Book) -> None:
    anna.delete(only(anna, "interaction"))
    bo.update(only(bo, "interaction"), summary="Om torget")
    (waiting,) = anna.join(bo).conflicts
    assert anna.interactions.count() == 0
    anna.decide(waiting, "there")
    assert only(anna, "interaction").summary == "Om torget"
    assert only(anna, "interaction").rev > 1
    anna.undo()
    assert anna.interactions.count() == 0
    anna.decide(only(anna, "pending"), "here")
    assert (anna.interactions.count(), anna.pending.count()) == (0, 0)


def test_changed_here_and_deleted_there(anna: Book, bo: Book) -> None:
    anna.update(only(anna, "interaction"), summary="Om torget")
    bo.delete(only(bo, "interaction"))
    (waiting,) = anna.join(bo).conflicts
    assert only(anna, "interaction").summary == "Om torget"
    bo.join(anna)
    assert len(bo.pending.all()) == 1
    anna.decide(waiting, "there")
    assert anna.interactions.count() == 0
    bo.join(anna)
    assert (bo.interactions.count(), bo.pending.count()) == (0, 0)


def test_one_id_made_on_both_sides(anna: Book, bo: Book) -> None:
    anna.add(Contact(id=ContactId("samesame"), name="Siv Dal", note="anna"))
    bo.add(Contact(id=ContactId("samesame"), name="Siv Dahl", note="anna"))
    (waiting,) = anna.join(bo).conflicts
    assert differences(waiting) == {"name": {"here": "Siv Dal", "there": "Siv Dahl"}}


def test_one_id_of_two_types_is_left_out(anna: Book, bo: Book) -> None:
    anna.add(Contact(id=ContactId("samesame"), name="Siv Dal"))
    bo.add(Actor(id=ActorId("samesame"), name="Emmaboda kommun"))
    (left,) = anna.join(bo).left_out
    assert (left.type, left.id) == ("actor", "samesame")
    assert str(left.reason) == "contact samesame is already there"


def test_what_does_not_go_together_waits_as_it_is(anna: Book, bo: Book) -> None:
    anna.update(only(anna, "role"), until="2026-06")
    bo.update(only(bo, "role"), since="2026-09", title="Chef")
    (waiting,) = anna.join(bo).conflicts
    assert sorted(differences(waiting)) == ["since", "title"]
    assert only(anna, "role").title == "Samordnare"
    with pytest.raises(Invalid, match="before"):
        anna.decide(waiting, "there")
    anna.decide(waiting, {"title": "there", "since": "here"})
    assert only(anna, "role").title == "Chef"


@pytest.mark.parametrize("side", ["here", "there"])
def test_decided_at_once_where_it_is_asked_for(anna: Book, bo: Book, side: Any) -> None:
    anna.update(only(anna, "contact").id, note="anna")
    bo.update(only(bo, "contact").id, note="bo")
    done = anna.join(bo, take=side)
    assert (done.conflicts, anna.pending.count()) == ((), 0)
    assert only(anna, "contact").note == {"here": "anna", "there": "bo"}[side]
    converge(bo, anna)


def test_a_settings_value_waits_too(anna: Book, bo: Book) -> None:
    anna.set("by", "anna")
    bo.set("by", "bo")
    bo.set("county", "08")
    (waiting,) = anna.join(bo).conflicts
    assert anna.setting("county") == "08"
    anna.decide(waiting, "there")
    assert anna.setting("by") == "bo"


def test_a_dry_run_tells_all_and_saves_nothing(anna: Book, bo: Book) -> None:
    anna.update(only(anna, "contact").id, note="anna")
    bo.update(only(bo, "contact").id, note="bo", tags=[])
    before, version = docs(anna, settings=True), anna.version
    done = anna.join(bo, dry_run=True)
    assert (done.updated, len(done.conflicts), done.number) == (1, 1, None)
    assert (docs(anna, settings=True), anna.version) == (before, version)
    assert anna.pending.count() == 0


# What is refused and left out


def test_books_that_have_nothing_in_common(anna: Book, books: Books) -> None:
    other = books.open("other.kn")
    other.add(Actor(name="Emmaboda kommun"))
    with pytest.raises(Refused, match="nothing in common"):
        anna.join(other)
    with pytest.raises(Refused, match="itself"):
        anna.join(anna)
    assert anna.pending.count() == 0


def test_not_inside_a_transaction(anna: Book, bo: Book) -> None:
    with anna.transaction("mine"), pytest.raises(Usage, match="of its own"):
        anna.join(bo)
    with pytest.raises(Usage, match="here or there"):
        anna.join(bo, take="both")  # type: ignore[arg-type]


def test_decide_says_what_is_wrong(anna: Book, bo: Book) -> None:
    waiting = differing(anna, bo)
    with pytest.raises(Invalid, match="nothing is to be decided"):
        anna.decide(waiting, {"nott": "here"})
    with pytest.raises(Usage, match="here or there"):
        anna.decide(waiting, {"note": "both"})  # type: ignore[dict-item]
    with pytest.raises(Refused, match="here or there"):
        anna.settle(waiting, new=True)
    plain = anna.add(Pending(kind="contact", text="?", raw={"name": "Siv Dal"}))
    with pytest.raises(Invalid, match="two books"):
        anna.decide(plain, "here")
    anna.delete(only(anna, "interaction"))
    anna.delete(only(anna, "role"))
    anna.delete(only(anna, "contact"))
    with pytest.raises(NotFound, match="any more"):
        anna.decide(waiting.id, "there")
    anna.decide(waiting.id, "here")


def test_a_veto_leaves_out_one_record_and_the_next_merge_tries_again(anna: Book, books: Books) -> None:
    class Plugin:
        strict = True

        @hookimpl
        def before_save(self, record: Any, before: Any, book: Any) -> None:
            if self.strict and getattr(record, "name", "") == "Siv Dal":
                raise Veto("no Siv here")

    plugin = Plugin()
    bo = books.copy(anna, "bo.kn")
    siv = bo.add(Contact(name="Siv Dal"))
    hat = bo.add(Role(contact=siv.id, actor=only(bo, "actor").id))
    bo.update(only(bo, "interaction"), summary="Om torget")
    mine = books.copy(anna, "mine.kn", plugins=[plugin])
    done = mine.join(bo)
    assert {one.id: str(one.reason) for one in done.left_out} == {
        siv.id: "no Siv here", hat.id: f"contact: no contact {siv.id}",
    }  # fmt: skip
    assert only(mine, "interaction").summary == "Om torget"
    plugin.strict = False
    bo.update(only(bo, "interaction").id, summary="Om gatan")
    assert mine.join(bo).created == 2
    assert docs(mine) == docs(bo)
    assert mine.join(bo).created == 0


def test_what_something_here_points_at_stays(anna: Book, bo: Book) -> None:
    met = only(bo, "interaction")
    bo.delete(met)
    due = anna.add(FollowUp(text="Ring", about=[met.id]))
    (left,) = anna.join(bo).left_out
    assert "still referred to" in str(left.reason)
    assert anna.interactions.count() == 1
    anna.delete(due)
    assert anna.join(bo).deleted == 1


# Who is protected


def test_protected_in_one_is_protected(anna: Book, bo: Book) -> None:
    bo.update(only(bo, "contact"), protected=True)
    anna.update(only(anna, "contact"), note="anna")
    anna.join(bo)
    assert only(anna, "contact").protected
    assert "note" in only(anna, "contact").hidden


def test_it_is_lifted_in_both_or_not_at_all(anna: Book, bo: Book) -> None:
    for book in (anna, bo):
        book.update(only(book, "contact"), protected=True)
    converge(anna, bo)
    bo.update(bo.reveal(only(bo, "contact").id, "a test"), protected=False)
    anna.join(bo)
    assert only(anna, "contact").protected
    bo.join(anna)
    assert not only(bo, "contact").protected  # nothing was done there since
    anna.update(anna.reveal(only(anna, "contact").id, "a test"), protected=False)
    converge(anna, bo)
    assert not only(anna, "contact").protected


def test_what_was_accepted_of_one_who_is_protected(anna: Book, bo: Book) -> None:
    id = only(anna, "contact").id
    anna.set(f"accepted.{id}", {"path": "note", "reason": "Storgatan"})
    bo.set(f"accepted.{id}", {"path": "note", "reason": "Lillgatan"})
    for book in (anna, bo):
        book.update(only(book, "contact"), protected=True)
    (waiting,) = anna.join(bo).conflicts
    assert "raw" in waiting.hidden


def protected_difference(anna: Book, bo: Book) -> Pending:
    for book, note in ((anna, "hemma på Storgatan"), (bo, "hemma på Lillgatan")):
        book.update(only(book, "contact"), protected=True, note=note)
    (waiting,) = anna.join(bo).conflicts
    return waiting


def test_what_is_covered_stays_so_while_it_waits(anna: Book, bo: Book) -> None:
    waiting = protected_difference(anna, bo)
    assert "raw" in waiting.hidden
    assert not waiting.raw
    assert not waiting.candidates
    for one in anna.history():
        assert "gatan" not in repr([change.after for change in one.changes])
    for given in (waiting, waiting.id):
        with pytest.raises(Refused, match="covered"):
            anna.decide(given, "there")
    whole = anna.reveal(waiting.id, "a test")
    anna.decide(whole, "there")  # type: ignore[arg-type]
    assert anna.reveal(only(anna, "contact").id, "a test").note.endswith("Lillgatan")  # type: ignore[attr-defined]


def test_it_is_not_decided_unseen(anna: Book, bo: Book) -> None:
    for book in (anna, bo):
        book.update(only(book, "contact"), protected=True, note=book.by)
    assert len(anna.join(bo, take="there").conflicts) == 1


def test_a_role_that_comes_to_a_protected_one_tells_nothing(anna: Book, bo: Book) -> None:
    """Whose the post would be stands in what differs; where it is, nobody covers."""
    siv = {}
    for book in (anna, bo):
        siv[book] = book.add(Contact(id=ContactId("sivsiv00"), name="Siv Dal", protected=book is bo))
    anna.update(only(anna, "role"), contact=None)
    bo.update(only(bo, "role"), contact="sivsiv00")
    anna.join(bo)
    seen = [*anna.pending.all(), *(one for t in anna.history() for one in t.changes if one.type == "pending")]
    assert seen
    for one in seen:
        assert "sivsiv00" not in repr(one) + repr(getattr(one, "raw", "")) + repr(getattr(one, "after", ""))


def test_what_a_protected_one_lost_here_and_says_there(anna: Book, bo: Book) -> None:
    for book in (anna, bo):
        book.update(only(book, "contact").id, protected=True)
        book.delete(only(book, "interaction"))
        book.delete(only(book, "role"))
    anna.delete(only(anna, "contact").id)
    bo.update(bo.reveal(only(bo, "contact").id, "a test"), note="Storgatan")
    done = anna.join(bo)
    (left,) = done.left_out
    assert "covered" in str(left.reason)
    assert anna.pending.count() == 0
    assert "Storgatan" not in Path(anna.place).read_text(encoding="utf-8")


def test_why_a_protected_ones_role_was_left_out_is_not_told(anna: Book, bo: Book) -> None:
    bo.update(only(bo, "contact"), protected=True)
    place = bo.add(Actor(name="Skyddat boende"))
    bo.add(Role(contact=only(bo, "contact").id, actor=place.id))
    anna.add(Contact(id=ContactId(place.id), name="Siv Dal"))
    left = {one.type: str(one.reason) for one in anna.join(bo).left_out}
    assert place.id not in left["role"]


# Who was erased


def test_who_was_erased_here_does_not_come_back(anna: Book, bo: Book) -> None:
    eva = only(bo, "contact")
    anna.privacy.erase(eva.id, decision="KS 2026/1")
    bo.update(eva, note="Ny adress: Storgatan 1")
    met = only(bo, "interaction")
    bo.update(
        met, summary="Eva Ek och torget", theme="torg", participants=[*met.participants, only(bo, "actor").id]
    )
    bo.add(FollowUp(text="Ring Eva Ek", about=[eva.id]))
    bo.add(Contact(name="Siv Dal", note="Kollega till Eva Ek"))
    done = anna.join(bo)
    assert done.erased_here >= 3
    text = Path(anna.place).read_text(encoding="utf-8")
    for gone in ("Eva Ek", eva.id, "Storgatan", PHONE):
        assert gone not in text
    assert only(anna, "interaction").theme == "torg"
    assert anna.contacts.where(name="Siv Dal")
    assert anna.pending.count() == 0


def test_who_was_anonymised_here_stays_so(anna: Book, bo: Book) -> None:
    eva = only(bo, "contact")
    anna.privacy.anonymise(eva.id, decision="KS 2026/1")
    bo.update(eva, note="Storgatan 1", ways=[Way(kind="phone", value=OTHER_PHONE)])
    anna.join(bo)
    text = Path(anna.place).read_text(encoding="utf-8")
    for gone in ("Eva Ek", "Storgatan", "174 06 06"):
        assert gone not in text
    assert anna.pending.count() == 0


def test_who_was_erased_after_a_merge_does_not_come_back_by_the_next(anna: Book, bo: Book) -> None:
    siv = bo.add(Contact(name="Siv Dal"))
    converge(anna, bo)
    anna.privacy.erase(siv.id, decision="KS 2026/1")
    bo.update(siv.id, note="Storgatan 1")
    assert anna.join(bo).erased_here == 1
    assert "Siv Dal" not in Path(anna.place).read_text(encoding="utf-8")


def test_what_waits_of_one_who_is_erased_goes_too(anna: Book, bo: Book) -> None:
    differing(anna, bo)
    anna.privacy.erase(only(anna, "contact").id, decision="KS 2026/1")
    assert anna.pending.count() == 0


def test_what_two_books_differ_in_of_another_stays_without_the_one_who_is_erased(
    anna: Book, bo: Book
) -> None:
    """Only what is theirs goes: of a text the name, of a list of those who came the whole field."""
    met, nybro = only(anna, "interaction"), only(anna, "actor")
    for book, words in ((anna, "i parken"), (bo, "på torget")):
        siv = book.add(Contact(id=ContactId("s1v"), name="Siv Dal")) if book is anna else None
        assert siv or book is bo
        book.update(met.id, summary=f"Siv Dal berättade {words}", subject=words)
        book.update(nybro.id, note=f"Ring Siv Dal {words}")
    anna.join(bo)
    assert anna.pending.count() == 2
    before = {one.kind: one for one in anna.pending.all()}
    assert sorted(differences(before["interaction"])) == ["subject", "summary"]
    told = anna.privacy.erase("s1v", decision="KS 2026/1")
    left = {one.kind: one for one in anna.pending.all()}
    assert differences(left["interaction"]) == {
        "subject": {"here": "i parken", "there": "på torget"},
        "summary": {"base": "Om parken", "here": "[erased] berättade i parken",
                    "there": "[erased] berättade på torget"},
    }  # fmt: skip
    assert differences(left["actor"])["note"]["there"] == "Ring [erased] på torget"
    assert ("pending", left["actor"].id) in told.changed
    assert "Siv" not in Path(anna.place).read_text(encoding="utf-8")
    assert anna.decide(left["actor"], "there").note == "Ring [erased] på torget"  # type: ignore[union-attr]


def test_a_difference_that_was_the_erased_persons_alone_goes(anna: Book, bo: Book) -> None:
    siv = anna.add(Contact(name="Siv Dal"))
    anna.update(only(anna, "interaction").id, subject="Siv Dal")
    bo.update(only(bo, "interaction").id, subject="Siv  Dal", summary="bo")
    anna.update(only(anna, "interaction").id, summary="anna")
    anna.join(bo)
    anna.privacy.erase(siv.id, decision="KS 2026/1")
    left = only(anna, "pending")
    assert list(differences(left)) == ["summary"]
    assert left.text == "bo.kn says something else: summary"


def test_where_a_namesake_may_be_meant_all_of_a_difference_goes(anna: Book, bo: Book) -> None:
    siv = anna.add(Contact(name="Siv Dal"))
    anna.add(Contact(name="Siv Dal"))
    anna.update(only(anna, "interaction").id, summary="Siv Dal, anna")
    bo.update(only(bo, "interaction").id, summary="Siv Dal, bo")
    anna.join(bo)
    anna.privacy.erase(siv.id, decision="KS 2026/1")
    assert anna.pending.count() == 0


def test_what_waits_of_one_that_is_merged_waits_of_the_one_that_stays(anna: Book, bo: Book) -> None:
    waiting = differing(anna, bo)
    eva = anna.contacts.where(name="Eva Ek")[0]
    kept = anna.add(Contact(name="Eva Alm", note="alm"))
    before = docs(anna, settings=True)
    anna.merge(kept, eva)
    left = only(anna, "pending")
    assert differences(left) == differences(waiting)
    assert anna.decide(left, "there").id == kept.id  # type: ignore[union-attr]
    assert (only(anna, "contact").note, anna.pending.count()) == ("bo", 0)
    anna.undo()
    anna.undo()
    assert docs(anna, settings=True) == before
    assert anna.pending.all()[0].source == waiting.source


def test_of_two_that_are_merged_what_waits_is_joined(anna: Book, bo: Book) -> None:
    alm = anna.add(Contact(name="Eva Alm"))
    converge(anna, bo)
    ek = anna.contacts.where(name="Eva Ek")[0]
    for book, name in ((anna, "anna"), (bo, "bo")):
        book.update(ek.id, note=name, family=name)
        book.update(alm.id, note=f"{name} alm", source=name)
    anna.join(bo)
    assert anna.pending.count() == 2
    anna.merge(alm.id, ek.id)
    found = differences(only(anna, "pending"))
    assert sorted(found) == ["family", "note", "source"]
    assert found["note"]["there"] == "bo alm"


def test_a_deletion_that_waits_of_one_that_is_merged_is_dropped(anna: Book, bo: Book) -> None:
    spare = anna.add(Contact(name="Siv Dal"))
    converge(anna, bo)
    anna.update(spare.id, note="anna")
    bo.delete(spare.id)
    anna.join(bo)
    assert list(differences(only(anna, "pending"))) == ["record"]
    anna.merge(anna.contacts.where(name="Eva Ek")[0], anna.contacts.get(spare.id))
    assert anna.pending.count() == 0


def test_what_was_left_out_of_one_who_is_erased_is_forgotten(anna: Book, bo: Book) -> None:
    """A merge remembers by their ids what it could not take."""
    eva = only(bo, "contact")
    anna.join(bo)
    bo.delete(only(bo, "interaction"))
    hat = only(bo, "role")
    bo.delete(hat)
    bo.delete(eva.id)
    met = anna.add(Interaction(kind="visit", participants=[only(anna, "role").id]))
    left = {one.id for one in anna.join(bo).left_out}
    assert left == {eva.id, hat.id}
    assert eva.id in repr(anna.setting("merged"))
    anna.privacy.erase(eva.id, decision="KS 2026/1")
    assert eva.id not in Path(anna.place).read_text(encoding="utf-8")
    anna.join(bo)
    assert eva.id not in Path(anna.place).read_text(encoding="utf-8")
    assert anna.interactions.get(met.id).participants[0].actor


def test_who_was_erased_there_is_told_and_stays(anna: Book, bo: Book) -> None:
    eva = only(anna, "contact")
    bo.privacy.erase(eva.id, decision="KS 2026/1")
    before = docs(anna)
    done = anna.join(bo)
    assert done.erased_there == (eva.id,)
    assert docs(anna) == before
    assert not [one for one in anna.settings.all() if one.id.startswith("erasure")]


def test_who_was_erased_there_after_both_merged(anna: Book, bo: Book) -> None:
    anna.update(only(anna, "interaction"), theme="park")
    bo.join(anna)
    eva = only(anna, "contact")
    bo.privacy.erase(eva.id, decision="KS 2026/1")
    bo.update(only(bo, "interaction").id, theme="torg")
    done = anna.join(bo)
    assert done.erased_there == (eva.id,)
    met = only(anna, "interaction")
    assert (met.theme, [one.role for one in met.participants]) == ("torg", [only(anna, "role").id])
    assert not done.conflicts


# The other book


def test_the_other_is_only_read(anna: Book, bo: Book, open_book: Callable[..., Book]) -> None:
    bo.update(only(bo, "contact"), note="bo")
    bo.close()
    path = Path(bo.place)
    before = path.read_bytes(), sorted(path.parent.iterdir())
    with open_book(path, mode="r") as other:
        anna.join(other)
    assert (path.read_bytes(), sorted(path.parent.iterdir())) == before
    assert only(anna, "contact").note == "bo"


def test_memory_books_too(book: Book) -> None:
    with pytest.raises(Refused):
        book.join(kontaktnat.open("memory:", mode="create", plugins=[]))


def test_two_threads_that_cross(anna: Book, bo: Book) -> None:
    """Each takes over the other's book at the same time, again and again: neither waits for ever."""
    failed: list[BaseException] = []

    def work(book: Book, other: Book) -> None:
        try:
            for n in range(10):
                book.update(only(book, "contact").id, **{"note" if book is anna else "source": f"{n}"})
                book.join(other)
        except BaseException as error:
            failed.append(error)

    threads = [Thread(target=work, args=pair, daemon=True) for pair in ((anna, bo), (bo, anna))]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert not any(one.is_alive() for one in threads)
    assert not failed
    converge(anna, bo)
    assert (only(anna, "contact").note, only(anna, "contact").source) == ("9", "9")
