"""Undo: whatever was done can be taken back, by whoever did it or another, and nothing else goes with it."""

from __future__ import annotations

import io
import weakref
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kontaktnat
from kontaktnat import (
    Actor,
    Book,
    Conflict,
    Contact,
    FollowUp,
    Interaction,
    KontaktnatError,
    NotFound,
    Refused,
    Role,
    Usage,
)
from kontaktnat.codec import to_doc
from kontaktnat.extend import Transaction
from kontaktnat.model import RECORDS, ActorId

OpenBook = Callable[..., Book]
BOOKKEEPING = {"rev", "changed", "changed_by"}


def content(book: Book) -> dict[str, dict[str, Any]]:
    """Everything but what is different after an undo: rev, and who changed it when."""
    return {
        record.id: {key: value for key, value in to_doc(record).items() if key not in BOOKKEEPING}
        for type_name in RECORDS
        for record in book.collection_of(type_name).all()
    }


# Which transaction


def test_the_newest_of_ones_own_is_taken_back(book: Book) -> None:
    eva = book.add(Contact(name="Eva Ek"))
    with book.transaction("annat", by="bo"):
        bo = book.add(Contact(name="Bo Björk"))
    undone = book.undo()
    assert (undone.number, undone.by) == (1, "anna")
    assert book.contacts.all() == [bo]
    with pytest.raises(NotFound, match="nothing of anna's is left to undo"):
        book.undo()
    with book.transaction(by="bo"):
        assert book.undo().number == 2
    assert book.contacts.all() == []
    assert [(one.number, one.undoes, one.by, one.label) for one in book.history()] == [
        (1, None, "anna", "add contact"),
        (2, None, "bo", "annat"),
        (3, 1, "anna", "undo 1"),
        (4, 2, "bo", "undo 2"),
    ]
    assert eva.id not in {one.id for one in book.contacts.all()}


def test_again_and_again_goes_further_back(book: Book) -> None:
    eva = book.add(Contact(name="Eva Ek"))
    book.update(eva, note="ett")
    book.update(eva.id, note="två")
    assert book.undo().number == 3
    assert book.contacts.get(eva.id).note == "ett"
    assert book.undo().number == 2
    assert book.contacts.get(eva.id).note == ""
    assert book.undo().number == 1
    assert book.contacts.all() == []


def test_any_transaction_by_its_number_somebody_elses_too(book: Book) -> None:
    eva = book.add(Contact(name="Eva Ek"))
    with book.transaction(by="bo"):
        book.update(eva, note="från bo")
    book.add(Contact(name="Maj Lind"))
    assert book.undo(2).by == "bo"
    assert book.contacts.get(eva.id).note == ""
    assert [one.by for one in book.history()][-1] == "anna"
    with pytest.raises(NotFound, match="there is no transaction 99"):
        book.undo(99)
    with pytest.raises(Refused, match="transaction 2 is undone already"):
        book.undo(2)


def test_a_reveal_is_nothing_to_undo(book: Book) -> None:
    eva = book.add(Contact(name="Eva Ek", protected=True, note="x"))
    book.reveal(eva.id, "begäran 12")
    with pytest.raises(Refused, match="transaction 2 changed nothing"):
        book.undo(2)
    assert book.undo().number == 1


def test_an_undo_of_an_undo_does_it_again(book: Book) -> None:
    eva = book.add(Contact(name="Eva Ek", note="x"))
    book.undo()
    book.undo(2)
    assert book.contacts.get(eva.id).note == "x"
    with pytest.raises(Refused, match="transaction 2 is undone already"):
        book.undo(2)
    assert book.undo().number == 1  # which is in force again
    assert book.contacts.all() == []


# What comes back


def test_a_creation_a_change_and_a_deletion(book: Book) -> None:
    nybro = book.add(Actor(name="Nybro kommun", note="ett"))
    book.update(nybro, note="två", tags=["t"])
    book.undo()
    back = book.actors.get(nybro.id)
    assert (back.note, back.tags, back.created, back.created_by) == ("ett", (), nybro.created, "anna")
    book.delete(back)
    book.undo()
    assert book.actors.get(nybro.id).note == "ett"


def test_a_transaction_of_many_comes_back_whole(book: Book) -> None:
    nybro = book.add(Actor(name="Nybro kommun"))
    start = content(book)
    with book.transaction("överlämning"):
        eva = book.add(Contact(name="Eva Ek"))
        hat = book.add(Role(contact=eva.id, actor=nybro.id))
        book.add(Interaction(kind="visit", participants=[hat.id]))
        book.update(nybro, note="x")
        book.set("county", "08")
    full = content(book)
    book.undo()
    assert content(book) == start
    book.undo(3)
    assert content(book) == full


def test_a_deletion_of_things_that_hang_together_comes_back_whole(book: Book) -> None:
    with book.transaction():
        nybro = book.add(Actor(name="Nybro kommun"))
        eva = book.add(Contact(name="Eva Ek"))
        hat = book.add(Role(contact=eva.id, actor=nybro.id))
    start = content(book)
    with book.transaction():
        for record in (hat, eva, nybro):
            book.delete(record)
    book.undo()
    assert content(book) == start


def test_a_rev_is_never_used_twice(book: Book) -> None:
    eva = book.add(Contact(name="Eva Ek"))
    changed = book.update(eva, note="x")
    book.undo()
    assert book.contacts.get(eva.id).rev == 3
    with pytest.raises(Conflict):
        book.update(changed, note="y")
    book.delete(eva.id)
    book.undo()
    assert book.contacts.get(eva.id).rev == 4
    seen = set()
    for one in book.history(eva.id):
        for change in one.changes:
            if change.after is not None:
                assert change.after["rev"] not in seen
                seen.add(change.after["rev"])


# What stands in the way


def test_another_field_changed_since_stays(book: Book) -> None:
    eva = book.add(Contact(name="Eva Ek"))
    book.update(eva, note="x")
    with book.transaction(by="bo"):
        book.update(eva.id, tags=["viktig"])
    book.undo()
    found = book.contacts.get(eva.id)
    assert (found.note, found.tags, found.rev) == ("", ("viktig",), 4)


def test_the_same_field_changed_since_refuses_and_names_what_did_it(book: Book, clock: Any) -> None:
    eva = book.add(Contact(name="Eva Ek"))
    book.update(eva, note="x")
    with book.transaction("rättelse", by="bo"):
        book.update(eva.id, note="y")
    book.update(eva.id, tags=["t"])
    with pytest.raises(Refused, match=r"transaction 2 cannot be undone.* 3 rättelse \(bo\)") as caught:
        book.undo(2)
    assert caught.value.exit_code == 6
    assert caught.value.fields["later"][0] == (3, clock.now.isoformat(), "bo", "rättelse")
    assert book.contacts.get(eva.id).note == "y"
    assert book.version == 4
    book.undo(3)
    book.undo(2)  # what stood in the way is gone
    assert (book.contacts.get(eva.id).note, book.contacts.get(eva.id).tags) == ("", ("t",))


def test_the_same_value_set_again_by_another_is_theirs(book: Book) -> None:
    eva = book.add(Contact(name="Eva Ek"))
    book.update(eva, note="x")
    with book.transaction(by="bo"):
        book.update(eva.id, note="y")
        book.update(eva.id, tags=["t"])
    with book.transaction(by="bo"):
        book.update(eva.id, note="x")
    with pytest.raises(Refused) as caught:
        book.undo()
    assert [number for number, *_ in caught.value.fields["later"]] == [3, 4]


def test_a_creation_that_others_built_on(book: Book) -> None:
    nybro = book.add(Actor(name="Nybro kommun"))
    with book.transaction("hatt", by="bo"):
        book.add(Role(actor=nybro.id))
    with pytest.raises(Refused) as caught:
        book.undo()
    assert [(number, label) for number, _, _, label in caught.value.fields["later"]] == [(2, "hatt")]
    book.undo(2)
    book.undo()
    assert content(book) == {}


def test_a_creation_changed_since(book: Book) -> None:
    eva = book.add(Contact(name="Eva Ek"))
    book.update(eva, note="x")
    with pytest.raises(Refused):
        book.undo(1)
    with book.transaction(by="bo"):
        book.delete(eva.id)
    with pytest.raises(Refused) as caught:
        book.undo(1)
    assert [number for number, *_ in caught.value.fields["later"]] == [2, 3]


def test_a_link_whose_target_is_gone_since(book: Book) -> None:
    nybro, kalmar = (book.add(Actor(name=name)) for name in ("Nybro kommun", "Kalmar kommun"))
    hat = book.add(Role(actor=nybro.id))
    book.update(hat, actor=kalmar.id)
    with book.transaction("bort", by="bo"):
        book.delete(nybro)
    with pytest.raises(Refused) as caught:
        book.undo(4)
    assert [(number, label) for number, _, _, label in caught.value.fields["later"]] == [(5, "bort")]
    book.delete(hat.id)
    with pytest.raises(Refused):
        book.undo(4)
    assert book.undo().number == 6  # the hat comes back, at Kalmar
    assert book.roles.get(hat.id).actor == kalmar.id


def test_a_deleted_record_whose_target_is_gone_since(book: Book) -> None:
    nybro = book.add(Actor(name="Nybro kommun"))
    hat = book.add(Role(actor=nybro.id))
    book.delete(hat)
    with book.transaction("bort", by="bo"):
        book.delete(nybro)
    with pytest.raises(Refused) as caught:
        book.undo()
    assert [number for number, *_ in caught.value.fields["later"]] == [4]
    book.undo(4)
    book.undo()
    assert book.roles.get(hat.id).actor == nybro.id


def test_an_old_value_that_does_not_go_with_a_newer_one(book: Book) -> None:
    nybro = book.add(Actor(name="Nybro kommun"))
    hat = book.add(Role(actor=nybro.id, until="2020"))
    book.update(hat, until="2030")
    with book.transaction("ny start", by="bo"):
        book.update(hat.id, since="2025")
    with pytest.raises(Refused) as caught:
        book.undo()
    assert [label for *_, label in caught.value.fields["later"]] == ["ny start"]


def test_what_a_deleted_record_pointed_at_was_undone_since(book: Book) -> None:
    nybro = book.add(Actor(name="Nybro kommun"))
    hat = book.add(Role(actor=nybro.id))
    book.delete(hat)
    book.undo(1)
    with pytest.raises(Refused) as caught:
        book.undo(3)
    assert [label for *_, label in caught.value.fields["later"]] == ["undo 1"]
    book.undo(4)
    book.undo(3)
    assert book.roles.get(hat.id).actor == nybro.id


def test_skip_changed_undoes_the_rest(book: Book) -> None:
    with book.transaction("import"):
        nybro, kalmar, orust = (book.add(Actor(name=name)) for name in ("Nybro", "Kalmar", "Orust"))
        lone = book.add(FollowUp(text="Ring"))
    with book.transaction(by="bo"):
        book.update(nybro, note="x")
        hat = book.add(Role(actor=kalmar.id))
    with pytest.raises(Refused):
        book.undo()
    book.undo(skip_changed=True)
    assert [one.id for one in book.actors.all()] == [nybro.id, kalmar.id]
    assert book.roles.all() == [hat]
    assert book.followups.all() == []
    book.undo(3)
    assert {orust.id, lone.id} <= set(content(book))


def test_skip_changed_keeps_the_fields_that_were_changed_since(book: Book) -> None:
    eva = book.add(Contact(name="Eva Ek"))
    book.update(eva, note="x", tags=["t"])
    with book.transaction(by="bo"):
        book.update(eva.id, note="y")
    book.undo(skip_changed=True)
    found = book.contacts.get(eva.id)
    assert (found.note, found.tags) == ("y", ())


def test_skip_changed_with_nothing_left_says_so(book: Book) -> None:
    eva = book.add(Contact(name="Eva Ek"))
    book.update(eva, note="x")
    with book.transaction(by="bo"):
        book.update(eva.id, note="y")
    with pytest.raises(Refused):
        book.undo(2, skip_changed=True)
    assert book.version == 3


# In its surroundings


def test_a_refused_undo_leaves_nothing_behind(book: Book) -> None:
    nybro = book.add(Actor(name="Nybro kommun"))
    book.add(Role(actor=nybro.id))
    with book.transaction("annat"):
        with pytest.raises(Refused):
            book.undo(1)
        book.add(Contact(name="Eva Ek"))
    assert [(one.label, one.undoes) for one in book.history()][-1] == ("annat", None)


def test_an_undo_is_a_transaction_of_its_own(book: Book) -> None:
    book.add(Actor(name="Nybro kommun"))
    with pytest.raises(Usage), book.transaction():  # noqa: PT012
        book.add(Contact(name="Eva Ek"))
        book.undo()
    with pytest.raises(Usage), book.transaction():  # noqa: PT012
        book.undo()
        book.undo()
    assert book.version == 1


def test_a_dry_run_says_what_it_would_undo(book: Book) -> None:
    nybro = book.add(Actor(name="Nybro kommun"))
    with book.transaction(dry_run=True):
        assert book.undo().number == 1
        assert book.actors.all() == []
    assert (book.actors.all(), book.version) == ([nybro], 1)


def test_two_who_undo_the_same_at_once(open_book: OpenBook, pair: tuple[Book, Book]) -> None:
    here, there = pair
    here.add(Actor(name="Nybro kommun"))
    there.undo(1)
    with pytest.raises(Refused, match="undone already"):
        here.undo(1)  # it looks at the newest state first
    with pytest.raises(Conflict), there.transaction():  # noqa: PT012
        there.undo(2)
        here.undo(2)
    assert [one.name for one in here.actors.all()] == ["Nybro kommun"]


def test_an_import_is_undone_as_one_and_what_was_edited_since_is_reported(book: Book) -> None:
    book.add(Actor(name="Nybro kommun", note="förut"))
    start = content(book)
    rows = "name;note\nNybro kommun;nu\nEtt bolag;\nEn förening;\n".encode()
    result = book.import_from(io.BytesIO(rows), format="csv", options={"as": "actor"})
    assert str(result) == "created 2, updated 1, unchanged 0, rejected 0"
    with book.transaction("efter", by="bo"):
        book.update(book.actors.where(name="Ett bolag")[0], tags=["t"])
    with pytest.raises(Refused) as caught:
        book.undo(result.batch)
    assert [label for *_, label in caught.value.fields["later"]] == ["efter"]
    book.undo(3)
    book.undo(result.batch)
    assert content(book) == start


def test_a_county_is_undone_as_one_and_can_be_filled_in_again(open_book: OpenBook) -> None:
    book = open_book(plugins=["kalmar"])
    added, there = book.add_county("H")
    assert (added > 12, there) == (True, 0)
    full = content(book)
    nybro = book.actors.where(name="Nybro kommun")[0]
    book.undo()
    assert content(book) == {}
    assert book.add_county("kalmar") == (added, 0)
    assert content(book) == full
    with pytest.raises(Conflict):
        book.update(nybro, note="från den första")
    assert book.add_county("08") == (0, added)
    assert book.version == 3


def test_an_undo_brings_back_words_that_no_plugin_knows(book: Book) -> None:
    archive = '{"schema":"kontaktnat/1"}\n{"type":"interaction","id":"i0000001","kind":"fika"}'
    book.import_from(io.BytesIO(archive.encode()), format="jsonl")
    book.delete("i0000001")
    book.undo()
    assert book.interactions.get("i0000001").kind == "fika"


# Whatever is done


names = st.sampled_from(["Eva Ek", "Nybro", "Åsa Öberg", "X"])
pick = st.integers(0, 7)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("actor"), names),
        st.tuples(st.just("contact"), names),
        st.tuples(st.just("role"), pick, pick),
        st.tuples(st.just("talk"), pick, pick),
        st.tuples(st.just("note"), pick, names),
        st.tuples(st.just("tags"), pick, names),
        st.tuples(st.just("move"), pick, pick),
        st.tuples(st.just("dates"), pick, st.sampled_from(["2020", "2025"]), st.sampled_from(["2021", None])),
        st.tuples(st.just("delete"), pick),
        st.tuples(st.just("set"), names),
        st.tuples(st.just("undo"), pick, st.booleans()),
        st.tuples(st.just("undo newest")),
    ).map(lambda step: step if isinstance(step, tuple) else (step,)),
    max_size=14,
)


def take(book: Book, step: tuple[Any, ...]) -> None:
    """One step, which may be refused."""
    kind, *what = step
    everything = [
        one for name in ("actor", "contact", "role", "interaction") for one in book.collection_of(name)
    ]
    actors, contacts, roles = book.actors.all(), book.contacts.all(), book.roles.all()
    any_of = lambda found, n: found[n % len(found)]  # noqa: E731
    match kind:
        case "actor":
            book.add(Actor(name=what[0]))
        case "contact":
            book.add(Contact(name=what[0]))
        case "role" if actors and contacts:
            book.add(Role(contact=any_of(contacts, what[0]).id, actor=any_of(actors, what[1]).id))
        case "talk" if roles:
            with book.transaction("samtal"):
                talk = book.add(Interaction(kind="phone", participants=[any_of(roles, what[0]).id]))
                book.add(FollowUp(text="Ring", about=[talk.id, any_of(everything, what[1]).id]))
        case "note" if actors:
            book.update(any_of(actors, what[0]), note=what[1])
        case "tags" if everything:
            book.update(any_of(everything, what[0]), tags=[what[1]])
        case "move" if roles:
            book.update(any_of(roles, what[0]), actor=any_of(actors, what[1]).id)
        case "dates" if roles:
            book.update(any_of(roles, what[0]), since=what[1], until=what[2])
        case "delete" if everything:
            book.delete(any_of(everything, what[0]))
        case "set":
            book.set("namn", what[0])
        case "undo" if book.version:
            book.undo(1 + what[0] % book.version, skip_changed=what[1])
        case "undo newest":
            book.undo()


def trial() -> Book:
    return kontaktnat.open("memory:", by="anna", plugins=[])


def sound(book: Book) -> None:
    """No link leads nowhere, no rev was used twice."""
    assert list(book.check()) == []
    seen = [
        (change.id, change.after["rev"]) for one in book.history() for change in one.changes if change.after
    ]
    assert len(seen) == len(set(seen))


@settings(max_examples=150)
@given(steps, st.booleans())
def test_undoing_all_gives_back_the_start(script: list[tuple[Any, ...]], one_by_one: bool) -> None:
    with trial() as book:
        with book.transaction(by="before"):
            nybro = book.add(Actor(name="Nybro kommun"))
            eva = book.add(Contact(name="Eva Ek"))
            book.add(Role(contact=eva.id, actor=nybro.id))
        start = content(book)
        for step in script:
            with suppress(KontaktnatError):
                if one_by_one or step[0] != "undo":
                    take(book, step)
        if one_by_one:  # every line of the log, undos too, the newest first
            for number in range(book.version, 1, -1):
                book.undo(number)
        else:
            with suppress(NotFound):
                while True:
                    book.undo()
        assert content(book) == start
        sound(book)


@settings(max_examples=150)
@given(steps)
def test_an_undo_and_its_undo_change_nothing(script: list[tuple[Any, ...]]) -> None:
    with trial() as book:
        for step in script:
            with suppress(KontaktnatError):
                take(book, step)
        sound(book)
        there = content(book)
        for number in range(1, book.version + 1):
            for skip in (False, True):
                try:
                    book.undo(number, skip_changed=skip)
                except (Refused, NotFound):
                    continue
                sound(book)
                book.undo(book.version)
                assert content(book) == there
        sound(book)


def test_an_undo_of_thousands_does_not_search_for_each(book: Book) -> None:
    searched: list[str] = []
    search = book.store.search
    book.store.search = lambda text: searched.append(text) or search(text)
    with book.transaction("import"):
        parent = book.add(Actor(id=ActorId("nybro001"), name="Nybro kommun"))
        for n in range(300):
            book.add(Actor(name=f"Förening {n}", parent=parent.id))
    book.undo()
    assert (book.actors.all(), searched) == ([], [])


def test_a_long_list_of_later_changes_is_cut_in_the_message_only(book: Book) -> None:
    eva = book.add(Contact(name="Eva Ek"))
    first = book.version
    for number in range(9):
        eva = book.update(eva, note=f"{number}")
    with pytest.raises(Refused, match="and 4 more") as error:
        book.undo(first)
    assert len(error.value.fields["later"]) == 9


class Kept:
    """Counts the transactions of a store's log that live at the same time."""

    def __init__(self, book: Book) -> None:
        self.read = self.most = 0
        self._alive: dict[int, object] = {}
        self._transactions = book.store.transactions
        book.store.transactions = self.transactions  # type: ignore[method-assign]

    def transactions(self, since: int = 0, record: str | None = None) -> Iterator[Transaction]:
        for one in map(attrs.evolve, self._transactions(since, record)):
            key = id(one)
            self._alive[key] = weakref.ref(one, lambda _, key=key: self._alive.pop(key))
            self.read += 1
            self.most = max(self.most, len(self._alive))
            yield one


@pytest.mark.parametrize("number", [None, 1, 2])
def test_an_undo_keeps_no_log_in_memory(book: Book, number: int | None) -> None:
    nybro = book.add(Actor(name="Nybro kommun"))
    book.update(nybro, aliases=["Nybro"])
    for n in range(300):
        with book.transaction(by="bo"):
            book.update(nybro.id, note=f"{n}")
    kept = Kept(book)
    if number == 1:
        with pytest.raises(Refused, match="and 296 more") as caught:
            book.undo(number)
        assert len(caught.value.fields["later"]) == 301
    else:
        assert book.undo(number).number == 2
        assert book.actors.get(nybro.id).note == "299"
    assert kept.read > 300
    assert kept.most < 8


def test_an_undo_of_what_is_recent_reads_what_is_recent(book: Book) -> None:
    for n in range(300):
        book.add(Actor(name=f"Förening {n}"))
    book.undo()
    kept = Kept(book)
    assert [book.undo().number for _ in range(3)] == [299, 298, 297]
    assert kept.read < 3 * 80


def test_the_newest_of_ones_own_is_found_far_back(book: Book) -> None:
    book.add(Actor(name="Nybro kommun"))
    with book.transaction(by="bo"):
        orust = book.add(Actor(name="Orust"))
    for n in range(150):
        with book.transaction(by="bo"):
            book.update(orust.id, note=f"{n}")
    assert book.undo().number == 1


def test_a_deletion_is_taken_back_with_a_rev_that_was_never_used(book: Book) -> None:
    docs = [{"id": id, "name": "Nybro", "rev": rev} for rev in (7, 3) for id in ("nybro001", "nybro002")]
    for together in (docs[:2], docs[2:]):  # an archive may bring a lower rev than there was
        for doc in together:
            book.restore("actor", doc)
        with book.transaction("bort"):
            for doc in together:
                book.delete(doc["id"])
    book.undo()
    assert [one.rev for one in book.actors.all()] == [8, 8]
    book.delete("nybro001")
    book.undo()
    assert sorted(one.rev for one in book.actors.all()) == [8, 9]
