"""Copies of a book, edited at random and merged: nothing of either is lost, and they come to agree."""

from __future__ import annotations

from itertools import count, cycle, repeat
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

import kontaktnat
from kontaktnat import Actor, Book, Contact, FollowUp, Interaction, Pending, Role, Way
from kontaktnat.joining.differing import differences
from kontaktnat.joining.threeway import items
from kontaktnat.model.base import ActorId, ContactId
from kontaktnat.testing.injection import TickingClock

TEXTS = st.sampled_from(["", "ett", "två", "tre"])
TAGS = st.sampled_from("abcd")
PEOPLE = ("eva00000", "siv00000")
BOOKKEEPING = {"rev", "created", "changed", "created_by", "changed_by"}

EDITS = st.one_of(
    st.tuples(st.just("set"), st.sampled_from(PEOPLE), st.sampled_from(["note", "family", "source"]), TEXTS),
    st.tuples(st.just("tag"), st.sampled_from(PEOPLE), TAGS),
    st.tuples(st.just("delete"), st.sampled_from(PEOPLE)),
    st.tuples(st.just("hat"), st.sampled_from(PEOPLE)),
    st.tuples(st.just("add"), TEXTS),
    st.tuples(st.just("undo")),
)

OTHERS = st.sampled_from(["a", "b", "c", "here", "there"])
"""Merge that book, or decide all that waits."""


class World:
    """A book and its copies, in memory."""

    def __init__(self, *names: str) -> None:
        self._ids = count(1)
        self.books: dict[str, Book] = {}
        first: Any = self._open("first")
        first.add(Actor(id=ActorId("nybro000"), name="Nybro kommun"))
        for id in PEOPLE:
            first.add(Contact(id=ContactId(id), name=id, tags=["a"]))
        for n, name in enumerate(names, 1):
            copy: Any = self._open(name)
            copy.store._state, copy.store.version = first.store._state, first.store.version
            copy.clock.move(days=n, microseconds=n)
            self.books[name] = copy

    def _open(self, name: str) -> Book:
        ids = lambda: f"x{next(self._ids):07}"  # noqa: E731
        return kontaktnat.open("memory:", by=name, plugins=[], clock=TickingClock(), ids=ids)


def edit(book: Book, what: tuple[str, ...]) -> None:
    """As somebody would; what the book refuses is not done."""
    try:
        match what:
            case ("set", id, field, text):
                book.update(id, **{field: text})
            case ("tag", id, tag):
                tags = book.contacts.get(id).tags
                book.update(id, tags=[one for one in tags if one != tag] if tag in tags else [*tags, tag])
            case ("delete", id):
                book.delete(id)
            case ("hat", id):
                book.add(Role(contact=ContactId(id), actor=ActorId("nybro000")))
            case ("add", text):
                book.add(Contact(name="Ny", note=text))
            case ("undo",):
                book.undo()
    except kontaktnat.KontaktnatError:
        pass


def docs(book: Book) -> dict[tuple[str, str], dict[str, Any]]:
    """All but settings and what waits, tags without their order."""
    return {
        (type, doc["id"]): {
            key: sorted(value) if key == "tags" else value
            for key, value in doc.items()
            if key not in BOOKKEEPING
        }
        for type in ("actor", "contact", "role")
        for doc in book.store.find(type)
    }


Docs = dict[tuple[str, str], dict[str, Any]]


def expected(base: Docs, here: Docs, there: Docs) -> tuple[Docs, set[tuple[str, str]]]:
    """What `here` is after a merge by the plainest reading, and the records of which something waits."""
    found, waiting = dict(here), set()
    for key in {*base, *there}:
        was, mine, theirs = base.get(key), here.get(key), there.get(key)
        if theirs in (was, mine):
            continue
        if mine == was:
            found.pop(key, None)
            if theirs is not None:
                found[key] = theirs
        elif mine is None or theirs is None:
            waiting.add(key)
        else:
            found[key], open = _fields(was or {}, mine, theirs)
            if open:
                waiting.add(key)
    return found, waiting


def _fields(was: Any, mine: Any, theirs: Any) -> tuple[dict[str, Any], bool]:
    doc, open = dict(mine), False
    for name in {*was, *mine, *theirs}:
        one, two, three = was.get(name), mine.get(name), theirs.get(name)
        if name == "tags":
            tags = {*(two or [])} - ({*(one or [])} - {*(three or [])}) | ({*(three or [])} - {*(one or [])})
            doc[name] = sorted(tags)
        elif two == one:
            doc[name] = three
        elif three not in (one, two):
            open = True
    return {name: value for name, value in doc.items() if value not in (None, [])}, open


def settle(book: Book, sides: Any) -> None:
    """Decide all that waits; what does not fit there stays as it is here."""
    for one in book.pending.all():
        for name in differences(one):
            side = next(sides)
            try:
                with book.transaction():
                    book.decide(one.id, {name: side})
            except kontaktnat.KontaktnatError:
                book.decide(one.id, {name: "here"})


def without_empty(found: Docs) -> Docs:
    return {
        key: {name: value for name, value in doc.items() if value not in (None, [])}
        for key, doc in found.items()
    }


@given(st.lists(EDITS, max_size=6), st.lists(EDITS, max_size=6), st.lists(st.booleans(), min_size=8))
def test_two_copies(hers: list[Any], his: list[Any], sides: list[bool]) -> None:
    world = World("anna", "bo")
    anna, bo = world.books.values()
    base = docs(anna)
    for book, edits in ((anna, hers), (bo, his)):
        for what in edits:
            edit(book, what)
    here, there = docs(anna), docs(bo)
    wanted, waiting = expected(base, here, there)

    done = anna.join(bo)

    left = {(one.type, one.id) for one in done.left_out}
    found = docs(anna)
    assert {key for key in {*found, *wanted} if found.get(key) != without_empty(wanted).get(key)} <= left
    assert len(done.conflicts) == len(waiting - left)
    assert docs(bo) == there
    version = anna.version
    again = anna.join(bo)
    assert (again.created, again.updated, again.deleted, anna.version) == (0, 0, 0, version)
    if done.number:
        anna.undo(done.number)
        assert docs(anna) == here
        assert not anna.pending.count()
        anna.undo(anna.version)
        assert docs(anna) == found

    settle(anna, cycle(["here", "there"][one] for one in sides))
    if not left:
        told = bo.join(anna)
        if not told.left_out:
            assert not told.conflicts
            assert docs(bo) == docs(anna)
            assert not anna.join(bo).conflicts
            assert docs(bo) == docs(anna)


@settings(max_examples=settings().max_examples * 60 // 100)
@given(
    st.lists(
        st.tuples(
            st.sampled_from("abc"), st.one_of(EDITS, st.sampled_from(["a", "b", "c", "here", "there"]))
        ),
        max_size=25,
    )
)
def test_three_copies_that_merge_as_it_happens(steps: list[Any]) -> None:
    """However they merged before: all taken round at the end, they say the same."""
    world = World(*"abc")
    books = world.books
    for who, what in steps:
        if isinstance(what, tuple):
            edit(books[who], what)
        elif what not in books:
            settle(books[who], repeat(what))
        elif what != who:
            books[who].join(books[what])
    last = None
    for _ in range(4):
        for who, other in ("ab", "ac", "ba", "ca"):
            last = books[who].join(books[other])
            settle(books[who], cycle(["there", "here"]))
    assert last is not None
    said = [docs(book) for book in books.values()]
    lefts = [
        book.join(other).left_out for book in books.values() for other in books.values() if book is not other
    ]
    if not any(lefts):
        assert said[0] == said[1] == said[2]
    assert not any(book.pending.count() for book in books.values())


ABOUT = st.one_of(
    st.tuples(st.just("note"), st.sampled_from(["eva00000", "siv00000", "nybro000"]), st.booleans()),
    st.tuples(st.just("hat"), st.sampled_from(PEOPLE)),
    st.tuples(st.just("met"), st.sampled_from(PEOPLE), st.booleans()),
    st.tuples(st.just("due"), st.sampled_from(PEOPLE), st.booleans()),
    st.tuples(st.just("waits"), st.sampled_from(PEOPLE), st.booleans()),
    st.tuples(st.just("delete"), st.sampled_from(PEOPLE)),
    st.tuples(st.just("change")),
)


def tell(book: Book, what: tuple[Any, ...]) -> None:
    """Say something of Eva Ekström or Siv, in fields and in texts; what the book refuses is not said."""
    text = "Ring Eva Ekström, eva@nybro.example" if what[-1] is True else "Ring kommunen"
    try:
        match what:
            case ("note", id, _):
                book.update(id, note=text)
            case ("hat", id):
                book.add(Role(contact=id, actor=ActorId("nybro000"), title="Samordnare"))
            case ("met", id, _):
                hats = [one.id for one in book.roles.where(contact=id)]
                book.add(Interaction(kind="visit", participants=[*hats, id][:1], summary=text))
            case ("due", id, _):
                book.add(FollowUp(text=text, about=[id]))
            case ("waits", id, _):
                book.add(Pending(kind="contact", text=text, raw={"name": text}, candidates=[id]))
            case ("delete", id):
                book.delete(id)
            case ("change",):
                for one in book.interactions.all():
                    book.update(one, theme="tema", participants=[*one.participants, "siv00000"])
    except kontaktnat.KontaktnatError:
        pass


def kept(book: Book) -> str:
    """All that a book holds, its history too."""
    store: Any = book.store
    log = (
        (one.label, one.by, change.before, change.after) for one in store._state.log for change in one.changes
    )
    return repr(store._state.docs) + repr(list(log))


@given(*(st.lists(ABOUT, max_size=5) for _ in range(4)), st.booleans(), st.booleans())
def test_who_was_erased_never_comes_back(
    both: list[Any], hers: list[Any], his: list[Any], more: list[Any], merged: bool, anonymised: bool
) -> None:
    world = World("anna", "bo")
    anna, bo = world.books.values()
    for book, said in ((anna, hers), (bo, both)):
        book.update("eva00000", name="Eva Ekström", ways=[Way(kind="mail", value="eva@nybro.example")])
        for what in said:
            tell(book, what)
    if merged:
        bo.join(anna, take="here")
        anna.join(bo, take="there")
    erase = anna.privacy.anonymise if anonymised else anna.privacy.erase
    assert "Ekström" in kept(anna)
    erase("eva00000", decision="KS 2026/1")
    for what in his:
        tell(bo, what)
    for _ in range(2):
        anna.join(bo)
        text = kept(anna)
        for gone in ("Ekström", "eva@nybro.example", *([] if anonymised else ["eva00000"])):
            assert gone not in text
        for what in more:
            tell(bo, what)


LISTS = st.lists(st.sampled_from("abcdef"), max_size=5, unique=True)


@given(LISTS, LISTS, LISTS)
def test_lists(base: list[str], here: list[str], there: list[str]) -> None:
    found = items(base, here, there)
    if not isinstance(found, list):  # both moved what was there
        return
    assert {*found} == {*here} - ({*base} - {*there}) | ({*there} - {*base})
    assert items(base, there, base) == there
    assert items(base, here, base) == here
    assert items(base, here, here) == here
