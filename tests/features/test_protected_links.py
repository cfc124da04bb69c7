"""What links tell of where a protected person works: who stood in for whom, and whom one promised what."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import attrs
import orjson
import pytest

from kontaktnat import (
    Actor,
    Book,
    Contact,
    FollowUp,
    Interaction,
    Member,
    Network,
    Pending,
    Refused,
    Role,
    Way,
)
from kontaktnat.codec import to_doc
from kontaktnat.model import Participation, Record
from kontaktnat.query import F

OpenBook = Callable[..., Book]


@attrs.frozen(kw_only=True)
class There:
    """Two of one workplace, of whom Siv is protected."""

    work: Actor
    siv: Contact
    bo: Contact
    siv_hat: Role
    bo_hat: Role
    network: Network


@pytest.fixture
def book(open_book: OpenBook) -> Book:
    return open_book(plugins=["kalmar", "sweden"])


@pytest.fixture
def there(book: Book) -> There:
    work = book.add(Actor(name="Emmaboda kommun", kind="municipality"))
    siv = book.add(
        Contact(name="Siv Dal", protected=True, ways=[Way(kind="mail", value="siv.dal@a.example")])
    )
    bo = book.add(Contact(name="Bo Ask"))
    siv_hat = book.add(Role(contact=siv.id, actor=work.id, function="case_officer"))
    bo_hat = book.add(Role(contact=bo.id, actor=work.id, function="unit_head"))
    network = book.add(Network(name="Rådet", members=[Member(actor=work.id)], functions=["unit_head"]))
    return There(work=work, siv=siv, bo=bo, siv_hat=siv_hat, bo_hat=bo_hat, network=network)


def said(*things: Record) -> str:
    return str([to_doc(one) for one in things])


# Who stood in for whom


@pytest.mark.parametrize("who", ["hers for his", "his for hers", "herself for him"])
def test_for_whom_a_protected_one_stood_in_is_covered(book: Book, there: There, who: str) -> None:
    first: dict[str, Any] = {"role": there.siv_hat.id, "deputy_for": there.bo_hat.id}
    if who == "his for hers":
        first = {"role": there.bo_hat.id, "deputy_for": there.siv_hat.id}
    elif who == "herself for him":
        first = {"contact": there.siv.id, "deputy_for": there.bo_hat.id}
    met = book.add(
        Interaction(kind="visit", when="2026-11-01", participants=[Participation(status="deputy", **first)])
    )
    open_one = book.add(Interaction(kind="visit", when="2026-11-02", participants=[there.bo_hat.id]))
    for out in (book, book.outward(), book.as_of("2026-11-12")):
        for seen in (
            out.interactions.get(met.id),
            *out.interactions.where(F("when").is_("2026-11-01"), kind="visit"),
        ):
            assert seen.hidden == ("participants",)
            assert [one.deputy_for for one in seen.participants] == [None]
            assert [one.status for one in seen.participants] == ["deputy"]
        assert out.interactions.get(open_one.id).hidden == ()
    (change,) = next(iter(book.history(met.id))).changes
    assert "deputy_for" not in str(change.after)
    assert book.outward(reveal="prov").interactions.get(met.id).participants[0].deputy_for
    assert there.siv.id in next(book.changes(book.version - 1)).reveals


def test_a_role_given_in_the_same_transaction_covers_at_once(book: Book, there: There) -> None:
    with book.transaction():
        hat = book.add(Role(contact=there.siv.id, actor=there.work.id, function="principal"))
        part = Participation(role=there.bo_hat.id, status="deputy", deputy_for=hat.id)
        met = book.add(Interaction(kind="visit", when="2026-11-01", participants=[part]))
        assert book.interactions.get(met.id).hidden == ("participants",)


def test_who_reveals_such_a_meeting_is_logged_for_the_person(book: Book, there: There) -> None:
    part = Participation(role=there.siv_hat.id, status="deputy", deputy_for=there.bo_hat.id)
    met = book.add(Interaction(kind="visit", when="2026-11-01", participants=[part]))
    whole = book.reveal(met.id, "prov")
    assert isinstance(whole, Interaction)
    assert whole.participants[0].deputy_for == there.bo_hat.id
    assert next(book.changes(book.version - 1)).reveals == (met.id, there.siv.id)
    with pytest.raises(Refused, match="participants"):
        book.update(book.interactions.get(met.id), participants=[there.bo_hat.id])
    assert book.update(book.interactions.get(met.id), summary="Läget").summary == "Läget"


def test_a_meeting_told_twice_keeps_who_stood_in(book: Book, there: There) -> None:
    deputies = {there.siv_hat.id: there.bo_hat.id}
    book.meet(there.network, when="2026-11-01", deputies=deputies)
    again = book.meet(there.network, when="2026-11-01", summary="Läget")
    assert (again.new, again.changed) == (False, True)
    assert again.interaction.hidden == ("participants",)
    assert "deputy_for" not in said(again.interaction)
    stored = book.store.get("interaction", again.interaction.id)
    assert stored is not None
    assert there.bo_hat.id in [one.get("deputy_for") for one in stored["participants"]]


# Whom one promised what


@pytest.mark.parametrize("named", ["role", "person"])
def test_a_follow_up_with_a_protected_hat_names_nobody_else(book: Book, there: There, named: str) -> None:
    hers = there.siv_hat.id if named == "role" else there.siv.id
    todo = book.add(FollowUp(text="Ring", about=[hers, there.work.id], due="2026-11-10"))
    for out in (book, book.outward(), book.as_of("2026-11-12")):
        (seen,) = out.followups.all()
        assert (seen.about, seen.hidden) == ((hers,), ("about",))
        assert out.followups.where(about=there.work.id) == []
        assert there.work.name not in str(out.view("today").rows)
    (change,) = next(iter(book.history(todo.id))).changes
    assert there.work.id not in str(change.after)


# What is compared


def rows(book: Book, text: str, type_name: str, *, dry_run: bool = True) -> tuple[str, list[str], int]:
    result = book.import_from(
        io.BytesIO(text.encode()), format="csv", options={"as": type_name}, dry_run=dry_run
    )
    return str(result), [one.reason for one in result.rejected], result.quarantined


RIGHT, WRONG = "siv.dal@a.example", "siv.dal@b.example"


@pytest.mark.parametrize("dry_run", [True, False])
@pytest.mark.parametrize("row", ["Siv Dal;{}", "Siv Dal;{}\nSiv Dal;{}", "siv dal;{}"])
def test_a_row_is_no_question_for_an_address(book: Book, there: There, row: str, dry_run: bool) -> None:
    told = {rows(book, "name;email\n" + row.format(*[mail] * 2), "contact", dry_run=dry_run)
            [0] for mail in (RIGHT, WRONG, RIGHT, WRONG)}  # fmt: skip
    assert len(told) == 1
    assert "updated 0, unchanged 0, rejected 0" in told.pop()
    assert book.reveal(there.siv.id, "prov").rev == 1
    assert book.pending.count() == (0 if dry_run else 2)


def test_a_row_about_a_protected_actor_waits_too(book: Book) -> None:
    shelter = book.add(
        Actor(name="Ett skydd", protected=True, note="not", ways=[Way(kind="mail", value=RIGHT)])
    )
    for line in (f"Ett skydd;{RIGHT};;", f"Ett skydd;{WRONG};;", "Ett skydd;;not;", "Ett skydd;;en not;",
                 "Ett skydd;;<clear>;", "Ett skydd;<clear>;;"):  # fmt: skip
        told, rejected, waiting = rows(book, f"name;email;note;protected\n{line}\n", "actor")
        assert (told, rejected, waiting) == (
            "created 1, updated 0, unchanged 0, rejected 0", [], 1
        ), line  # fmt: skip
    assert rows(book, "name;kind\nEtt skydd;kvinnojour\n", "actor")[0].startswith("created 0, updated 1")
    assert rows(book, "name\nEtt skydd\n", "actor")[0].startswith("created 0, updated 0, unchanged 1")
    assert book.actors.get(shelter.id).rev == 1


def test_a_line_of_an_archive_is_no_question_for_a_workplace(book: Book, there: There) -> None:
    part = Participation(role=there.bo_hat.id, status="deputy", deputy_for=there.siv_hat.id)
    met = book.add(Interaction(kind="visit", when="2026-11-01", participants=[part]))
    other = book.add(Actor(name="Nybro kommun", kind="municipality"))

    def told(type_name: str, id: str, **changes: Any) -> tuple[str, list[str]]:
        doc = {"type": type_name, **(book.store.get(type_name, id) or {}), **changes}
        data = b"\n".join(map(orjson.dumps, ({"schema": "kontaktnat/1"}, doc)))
        result = book.import_from(io.BytesIO(data), format="jsonl", dry_run=True)
        return str(result), [one.reason for one in result.rejected]

    same: tuple[str, list[str]] = ("created 0, updated 0, unchanged 1, rejected 0", [])
    assert told("role", there.siv_hat.id) == told("role", there.siv_hat.id, actor=other.id) == same
    assert told("contact", there.siv.id) == told("contact", there.siv.id, note="gissat") == same
    instead = [{**to_doc(part), "deputy_for": there.bo_hat.id}]
    assert told("interaction", met.id) == told("interaction", met.id, participants=instead) == same
    for guess in (there.work.id, other.id):
        ((_, (reason,)), (_, (unprotected,))) = (
            told("role", there.siv_hat.id, actor=guess, function="principal"),
            told("role", there.siv_hat.id, actor=guess, contact=there.bo.id),
        )
        assert "function differ" in reason
        assert "actor" not in reason + unprotected
    assert "actor differ" in told("role", there.bo_hat.id, actor=other.id)[1][0]


def test_what_is_known_of_a_protected_one_is_not_told(book: Book, there: There) -> None:
    for mail in (RIGHT, WRONG):
        assert book.known(Contact(name="Siv Dal", ways=[Way(kind="mail", value=mail)])) is None
    known = book.known(Contact(name="Siv Dal"))
    assert known is not None
    assert known.id == there.siv.id


def test_adding_tells_no_address(kalmar: Any) -> None:
    kalmar("add", "contact", "Siv Dal", "--protected", "--email", RIGHT)
    right, wrong = (
        kalmar("add", "contact", "Siv Dal", "--email", mail, "--dry-run") for mail in (RIGHT, WRONG)
    )
    assert (right.code, right.out, right.err) == (wrong.code, wrong.out, wrong.err)
    assert right.code == 4


# What waits


@pytest.mark.parametrize(
    "waits",
    [
        {"text": "rad 3", "raw": {"name": "Siv Dal", "mail": RIGHT}},
        {"text": "rad 3", "raw": {"given": "Siv", "family": "Dal", "note": "gissning"}},
        {"text": "rad 3", "raw": {"from": f"Någon <{RIGHT.upper()}>"}},
        {"text": "rad 3", "raw": {"call": ["siv_dal@a.example", "070 174 06 98"]}, "source": "växeln"},
        {"text": "Dal, Siv ringde från 070-174 06 97"},
        {"text": "070-174 06 97", "candidates": "siv"},
        {"text": "070-174 06 97", "candidates": "hat"},
    ],
)
def test_what_waits_and_names_a_protected_one_is_covered(
    book: Book, there: There, waits: dict[str, Any]
) -> None:
    if whom := waits.get("candidates"):
        waits = {**waits, "candidates": [there.siv.id if whom == "siv" else there.siv_hat.id]}
    one = book.add(Pending(kind="contact", **waits))
    other = book.add(Pending(kind="contact", text="rad 4", raw={"name": "Siv Sand"}))
    for out in (book, book.outward(), book.as_of("2026-11-12")):
        seen = out.pending.get(one.id)
        assert set(seen.hidden) == {"text", "raw", "source"} & to_doc(one).keys()
        assert (seen.text, seen.raw, seen.source) == ("…", {}, "")
        assert [found.id for found in out.pending.where(kind="contact")] == [one.id, other.id]
        assert out.pending.where(F("text").contains("070")) == []
        for asked in (RIGHT, "070-174 06 97", "gissning", "rad 3"):
            assert out.find(asked) == []
        assert out.pending.get(other.id).hidden == ()
    (change,) = next(iter(book.history(one.id))).changes
    assert change.after is not None
    assert "text" in change.after["hidden"]
    assert waits["text"] not in str(change.after)
    whole = book.reveal(one.id, "prov")
    assert isinstance(whole, Pending)
    assert whole.text == waits["text"]
    with pytest.raises(Refused):
        book.settle(one.id, new=True)
    assert book.settle(one.id, discard=True) is None


def test_a_name_given_in_the_same_transaction_covers_at_once(book: Book) -> None:
    one = book.add(Pending(kind="contact", text="Pia Sand ringde"))
    assert book.pending.get(one.id).hidden == ()
    with book.transaction():
        book.add(Contact(name="Siv Dal", protected=True))
        assert book.pending.get(one.id).hidden == ()
        book.add(Contact(name="Pia Sand", protected=True))
        assert book.pending.get(one.id).hidden == ("text",)


def test_what_waits_is_no_question_for_an_address(book: Book, there: There) -> None:
    """A row about somebody else would be covered for the right guess alone."""
    ways = [Way(kind="mail", value="kansli@a.example"), Way(kind="phone", value="070-174 06 98")]
    book.update(book.reveal(there.siv.id, "prov"), ways=ways)
    rows(book, "name;email;phone\nBo Ask;kansli@a.example;\nBo Ask;kansli@b.example;\n"
               "Bo Ask;;070-174 06 98\nBo Ask;;070-174 06 97\n", "contact", dry_run=False)  # fmt: skip
    assert [one.hidden for one in book.pending.all()] == [()] * 4
