"""A pack's post has the same id in every book: a protected person must not be told by it."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kontaktnat import Actor, Book, Contact, Invalid, Pending, Role, hookimpl
from kontaktnat.extend import Change, CountyPack, Transaction
from kontaktnat.model import ActorId, RoleId


def test_a_protected_person_does_not_fill_a_known_post(run_cli: Callable[..., Any]) -> None:
    run_cli("init", "--county", "kalmar")
    (post,) = run_cli("list", "roles", "function=samordnare", "actor=nybro", "-o", "ids").out.split()

    said = run_cli("add", "contact", "Eva Ek", "--role", "samordnare@nybro", "--protected").out

    assert "Nybro" not in said
    posts = {
        role["id"]: role for role in run_cli("list", "roles", "function=samordnare", "-o", "json").records()
    }
    assert "contact" not in posts[post]
    (hers,) = (role for role in posts.values() if "contact" in role)
    assert "actor" not in hers
    assert "Eva" not in run_cli("show", "nybro").out


def test_anybody_else_fills_the_vacant_post(run_cli: Callable[..., Any]) -> None:
    run_cli("init", "--county", "kalmar")
    post = run_cli("list", "roles", "function=samordnare", "actor=nybro", "-o", "ids").out

    said = run_cli("add", "contact", "Eva Ek", "--role", "samordnare@nybro").out

    assert "Nybro kommun" in said
    assert run_cli("list", "roles", "function=samordnare", "actor=nybro", "-o", "ids").out == post


# Protection that comes after


PACK = ["kalmar", "sweden"]
COORDINATOR = ("function=samordnare", "actor=nybro")


@pytest.fixture
def held(kalmar: Callable[..., Any]) -> str:
    """The id of the pack's post at Nybro, which Eva Ek has, with what points at it."""
    kalmar("add", "contact", "Eva Ek", "--role", "samordnare@nybro", "--phone", "070-174 06 11")
    (post,) = kalmar("list", "roles", *COORDINATOR, "-o", "ids").out.split()
    assert kalmar("log", "phone", "eva@nybro", "Läget", "--promised", "ringa").code == 0
    return str(post)


def everything(book: Book) -> str:
    """All that a reader of the book, its log and an archive of it may see."""
    stream = io.BytesIO()
    book.export_to(stream, "jsonl", options={"history": "yes"})
    return stream.getvalue().decode()


def check_moved(book: Book, post: str) -> str:
    """Nothing ties the protected Eva to the post any more; the id of her own role."""
    (eva,) = book.contacts.where(name="Eva Ek")
    assert eva.protected
    (hers,) = book.roles.where(contact=eva.id)
    assert hers.id != post
    assert hers.function == "crime_prevention_coordinator"
    vacant = book.roles.get(post)
    assert (vacant.contact, vacant.hidden, vacant.changed) == (None, (), None)
    assert vacant.actor == next(one.id for one in book.actors.where(kind="municipality", name="Nybro kommun"))
    assert book.store.get("role", hers.id)["actor"] == vacant.actor  # type: ignore[index]
    assert "070-174 06 11" not in everything(book)
    for one in (*book.history(), *book.as_of("2026-11-12").history()):
        assert "070-174 06 11" not in str(one)
        ids = [change.id for change in one.changes]
        assert not (post in ids and {eva.id, hers.id} & {*ids}), one
        for change in one.changes:
            if change.type != "role":
                assert post not in str((change.before, change.after)), one
            elif change.id == post:
                assert eva.id not in str((change.before, change.after))
    assert not [
        one
        for one in book.history(post)
        if one.label not in ("init", "") and not one.label.startswith("county")
    ]
    assert book.roles.where(contact=eva.id) == [hers]
    assert not list(book.check())
    return str(hers.id)


WAYS_TO_PROTECT = {
    "update": lambda book, eva: book.update(eva, protected=True),
    "merge": lambda book, eva: book.merge(eva, book.add(Contact(name="Eva E", protected=True)).id),
    "merge into": lambda book, eva: book.merge(book.add(Contact(name="Eva Ek", protected=True)).id, eva),
    "import": lambda book, eva: book.import_from(
        io.BytesIO(b"name;phone;protected\nEva Ek;070-174 06 11;yes\n"),
        format="csv",
        options={"as": "contact"},
    ),
    "settle": lambda book, eva: book.settle(
        book.add(Pending(kind="contact", text="vem?", raw={"name": "Eva Ek", "protected": True})), onto=eva
    ),
    "undo": lambda book, eva: (
        book.update(eva, protected=True), book.update(eva, protected=False), book.undo()
    ),
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS_TO_PROTECT)
def test_whoever_comes_to_be_protected_leaves_the_known_post(
    kalmar: Any, held: str, open_book: Callable[..., Book], tmp_path: Path, way: str
) -> None:
    book = open_book(tmp_path / "b.kn", plugins=PACK)
    told: list[Any] = []
    book.on_commit(told.append)
    (eva,) = book.contacts.where(name="Eva Ek")
    WAYS_TO_PROTECT[way](book, eva.id)
    hers = check_moved(book, held)
    for news in told:
        assert not (held in str(news) and hers in str(news)), news
    (talk,) = book.interactions.where(kind="phone")
    assert [one.role for one in talk.participants] == [hers]
    assert held not in everything(book).replace(f'"id":"{held}"', "")


def test_by_set_and_back_again(
    kalmar: Any, held: str, open_book: Callable[..., Book], tmp_path: Path
) -> None:
    before = kalmar("export", "jsonl").out
    assert kalmar("set", "eva", "protected=ja").code == 0
    check_moved(open_book(tmp_path / "b.kn", plugins=PACK), held)
    assert "Nybro" not in kalmar("show", "eva").out
    assert kalmar("undo").code == 6
    assert kalmar("undo", "--reveal", "fel person").code == 0
    after = kalmar("export", "jsonl").out
    assert "Nybro" in kalmar("show", "eva").out
    assert [line.partition('"rev"')[0] for line in after.splitlines()] == [
        line.partition('"rev"')[0] for line in before.splitlines()
    ]
    assert kalmar("undo").code == 0, "the undo is undone"
    assert kalmar("show", "eva").code == 0


def test_an_archive_that_has_them_there_is_put_right(
    kalmar: Any, held: str, open_book: Callable[..., Book], tmp_path: Path
) -> None:
    archive = tmp_path / "ut.jsonl"
    assert kalmar("export", "jsonl", "-O", archive).code == 0
    lines = archive.read_text("utf-8").splitlines()
    lines = [line.replace('"name":"Eva Ek"', '"name":"Eva Ek","protected":true') for line in lines]
    assert any('"protected":true' in line for line in lines)
    archive.write_text("\n".join(lines), "utf-8")
    other = open_book(tmp_path / "ny.kn", mode="create", plugins=PACK)
    other.import_from(archive)
    (eva,) = other.contacts.where(name="Eva Ek")
    (hers,) = other.roles.where(contact=eva.id)
    assert hers.id != held
    assert other.roles.get(held).contact is None


def test_a_post_given_to_one_who_is_protected(open_book: Callable[..., Book]) -> None:
    book = open_book(plugins=PACK)
    book.add_county("kalmar")
    post = next(one for one in book.roles.all() if one.function == "crime_prevention_coordinator")
    eva = book.add(Contact(name="Eva Ek", protected=True))
    book.update(post, contact=eva.id)
    assert book.roles.get(post.id).contact is None
    assert [one.id != post.id for one in book.roles.where(contact=eva.id)] == [True]


def test_who_takes_the_post_afterwards_is_in_its_history(
    kalmar: Any, held: str, open_book: Callable[..., Book], tmp_path: Path
) -> None:
    kalmar("set", "eva", "protected=ja")
    kalmar("add", "contact", "Bo Björk", "--role", "samordnare@nybro")
    book = open_book(tmp_path / "b.kn", plugins=PACK)
    assert kalmar("list", "roles", *COORDINATOR, "-o", "ids").out.split() == [held]
    assert "Bo" in kalmar("show", "nybro").out
    labels = [one.label for one in book.history(held)]
    assert labels[-1] == "add contact"


def test_a_pack_that_changed_does_not_stop_it(
    open_book: Callable[..., Book], caplog: pytest.LogCaptureFixture
) -> None:
    actor = Actor(id=ActorId("aaaaaaaa"), name="Ett hus", kind="other")
    post = Role(id=RoleId("bbbbbbbb"), actor=actor.id, function="unit_head")
    reading: list[Any] = [(actor, post)]

    class Packs:
        name = "packs"

        @hookimpl
        def register_county_packs(self) -> list[CountyPack]:
            def records() -> Any:
                if not reading:
                    raise Invalid("{path}: nej", path="actors.csv")
                return reading[0]

            return [CountyPack(name="ett", county="08", title="Ett", version=1, records=records)]

    book = open_book(plugins=[Packs()])
    book.add_county("ett")
    eva, bo = book.add(Contact(name="Eva Ek")), book.add(Contact(name="Bo Björk"))
    book.update(post.id, contact=eva.id)
    other = book.add(Actor(name="Ett annat hus", kind="other"))
    book.merge(other, actor.id)  # the pack's own is in the book no more
    book.update(eva.id, protected=True)
    assert (book.roles.get(post.id).contact, book.roles.get(post.id).actor) == (None, other.id)
    book.update(post.id, contact=bo.id)
    reading.clear()
    book.update(bo.id, protected=True)
    assert book.contacts.get(bo.id).protected
    assert "actors.csv: nej" in caplog.text


def test_check_names_one_who_is_still_there(open_book: Callable[..., Book]) -> None:
    """As a book of an older kontaktnat has it, or an edit by hand."""
    book = open_book(plugins=PACK)
    book.add_county("kalmar")
    post = next(one for one in book.roles.all() if one.function == "crime_prevention_coordinator")
    eva = book.add(Contact(name="Eva Ek"))
    book.update(post, contact=eva.id)
    doc = book.store.get("contact", eva.id)
    assert doc is not None
    change = Change(type="contact", id=eva.id, before=doc, after={**doc, "protected": True})
    book.store.commit(Transaction(at=book.clock(), by="anna", label="", changes=(change,)))
    (found,) = book.check()
    assert (found.type, found.id) == ("contact", eva.id)
    assert post.id not in str(found)
    book.reveal(eva.id, "prov")
    book.update(eva.id, protected=False)
    book.update(eva.id, protected=True)
    assert not list(book.check())


def test_packs_are_read_only_when_somebody_comes_to_be_protected(
    open_book: Callable[..., Book], monkeypatch: pytest.MonkeyPatch
) -> None:
    book = open_book()
    monkeypatch.delitem(sys.modules, "kontaktnat.posts", raising=False)
    nybro = book.add(Actor(name="Nybro kommun"))
    eva = book.add(Contact(name="Eva Ek"))
    book.add(Role(actor=nybro.id, contact=eva.id, function="unit_head"))
    assert "kontaktnat.posts" not in sys.modules
    book.update(eva.id, protected=True)
    assert "kontaktnat.posts" in sys.modules
