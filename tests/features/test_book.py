"""The Book: collections, add, update, delete, transactions, history, two handles on one file."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import attrs
import pytest

import kontaktnat
from kontaktnat import (
    Actor,
    Assignment,
    Book,
    Commitment,
    Conflict,
    Contact,
    FollowUp,
    Interaction,
    Invalid,
    Member,
    Network,
    NotFound,
    PartialDate,
    Participation,
    Pending,
    Refused,
    Role,
    Topic,
    TopicLink,
    Usage,
    Veto,
    Way,
    hookimpl,
)
from kontaktnat.extend import Field, Outward, Transaction, Vocabulary, Word
from kontaktnat.model import ActorId, AssignmentId, Record, TopicId
from kontaktnat.query import F

OpenBook = Callable[..., Book]


def numbers(book: Book) -> list[int]:
    return [transaction.number for transaction in book.history()]


# Collections


def test_a_collection_gives_its_records_by_id(book: Book) -> None:
    nybro = book.add(Actor(name="Nybro kommun", kind="municipality", place="0881"))
    kalmar = book.add(Actor(name="Kalmar kommun", kind="municipality", place="0880"))
    assert book.actors.get(nybro.id) == nybro
    assert book.actors.all() == list(book.actors) == [nybro, kalmar]
    assert book.actors.count() == 2
    assert book.get(kalmar.id) == kalmar
    assert book.contacts.all() == []


@pytest.mark.parametrize(
    ("type_name", "record"),
    [
        ("actor", Actor(name="Nybro kommun")),
        ("contact", Contact(name="Eva Ek")),
        ("assignment", Assignment(name="Samordning")),
        ("network", Network(name="Förebyggarna")),
        ("commitment", Commitment(kind="agreement")),
        ("topic", Topic(title="Skadegörelse vid skolan")),
        ("interaction", Interaction(kind="phone")),
        ("followup", FollowUp(text="Ring Eva")),
        ("pending", Pending(text="vem är det?")),
    ],
)
def test_every_type_is_saved_and_read_back(book: Book, type_name: str, record: Record) -> None:
    saved = book.add(record)
    assert book.collection_of(type_name).all() == [saved]
    assert book.get(saved.id) == saved


def test_what_is_not_there_is_not_found(book: Book) -> None:
    eva = book.add(Contact(name="Eva Ek"))
    with pytest.raises(NotFound, match="no actor kx7f0001") as caught:
        book.actors.get(eva.id)
    assert caught.value.exit_code == 3
    with pytest.raises(NotFound, match="no record zzzz"):
        book.get("zzzz")


def test_where_takes_fields_and_conditions_together(book: Book) -> None:
    nybro = book.add(Actor(name="Nybro kommun", kind="municipality", place="0881", tags=["pilot"]))
    kalmar = book.add(Actor(name="Kalmar kommun", kind="municipality", place="0880"))
    other = book.add(Actor(name="Brottsofferjouren Ekdungen"))
    assert book.actors.where(kind="municipality") == [nybro, kalmar]
    assert book.actors.where(kind="municipality", place="0881") == [nybro]
    assert book.actors.where(F("name").contains("kommun") & ~F("place").is_("0880")) == [nybro]
    assert book.actors.where(F("name").contains("kommun"), place="0880") == [kalmar]
    assert book.actors.where() == [nybro, kalmar, other]
    assert book.actors.count(kind="municipality") == 2


def test_where_knows_the_defaults_that_a_document_leaves_out(book: Book) -> None:
    plain = book.add(Actor(name="Ett bolag"))
    other = book.add(
        Actor(name="Nybro kommun", kind="municipality", place="0881", parent=plain.id, shared=True)
    )
    assert book.actors.where(kind="other") == [plain]
    assert book.actors.where(parent=None) == [plain]
    assert book.actors.where(place="") == [plain]
    assert book.actors.where(shared=False) == [plain]
    assert book.actors.where(shared=True) == [other]
    assert book.actors.where(protected=False) == [plain, other]


def test_where_takes_several_values_as_any_of_them(book: Book) -> None:
    a = book.add(Actor(name="A", place="0881"))
    b = book.add(Actor(name="B", place="0880"))
    c = book.add(Actor(name="C"))
    assert book.actors.where(place=["0881", "0880"]) == [a, b]
    assert book.actors.where(place=["0881", ""]) == [a, c]
    assert book.actors.where(place=[]) == []


def test_where_looks_into_lists_and_dates(book: Book) -> None:
    a = book.add(Actor(name="A", tags=["pilot", "liten"]))
    b = book.add(Actor(name="B"))
    role = book.add(Role(actor=a.id, covers=[b.id], since="2025-01"))
    done = book.add(FollowUp(text="Ring", due=date(2026, 11, 20), done_on="2026-11-12"))
    left = book.add(FollowUp(text="Skriv", due="2026-11-20"))
    assert book.actors.where(tags="liten") == [a]
    assert book.roles.where(covers=b.id) == [role]
    assert book.roles.where(since=PartialDate(2025, 1)) == [role]
    assert book.followups.where(due=date(2026, 11, 20)) == [done, left]
    assert book.followups.where(done_on=None) == [left]


def test_a_field_that_does_not_exist_is_refused_with_the_nearest(book: Book) -> None:
    with pytest.raises(Invalid, match=r"plase: actor has no such field \(nearest: place\)") as caught:
        book.actors.where(plase="0881")
    assert caught.value.fields["path"] == "plase"
    with pytest.raises(Invalid, match="nearest: actor"):
        book.collection_of("acter")


# Add


def test_a_new_record_gets_its_bookkeeping_from_the_book(book: Book) -> None:
    eva = book.add(
        Contact(name="Eva Ek", rev=7, created_by="x", changed_by="y", changed=datetime(2020, 1, 1))
    )
    assert (eva.id, eva.rev, eva.created_by) == ("kx7f0001", 1, "anna")
    assert eva.created == datetime(2026, 11, 12, 12, 0, tzinfo=UTC)
    assert (eva.changed, eva.changed_by) == (None, "")


def test_a_new_id_is_eight_characters_of_crockford(open_book: OpenBook) -> None:
    book = open_book(ids=None)
    found = {book.add(Actor(name="A")).id for _ in range(20)}
    assert len(found) == 20
    assert all(len(id) == 8 and set(id) <= set("0123456789abcdefghjkmnpqrstvwxyz") for id in found)


def test_an_id_that_is_drawn_twice_is_drawn_again(open_book: OpenBook) -> None:
    drawn = iter(["kx7f0001", "kx7f0001", "kx7f0002"])
    book = open_book(ids=lambda: next(drawn))
    book.add(Actor(name="A"))
    assert book.add(Contact(name="B")).id == "kx7f0002"


def test_an_id_that_is_taken_is_refused_in_every_type(book: Book) -> None:
    eva = book.add(Contact(name="Eva Ek"))
    with pytest.raises(Conflict) as caught:
        book.add(Contact(id=eva.id, name="Bo Björk"))
    assert caught.value.exit_code == 6
    with pytest.raises(Conflict, match="contact kx7f0001 is already there"):
        book.add(Actor(id=ActorId(eva.id), name="Nybro kommun"))
    assert book.actors.all() == []


def test_what_is_saved_is_normalised(book: Book) -> None:
    meeting = book.add(
        Interaction(
            kind="visit",
            when=datetime(2026, 11, 12, 13, 0),
            agenda=["Läget", "Trygga skolvägar"],
            mandate=[1, 2],
        )
    )
    assert isinstance(meeting.when, datetime)
    assert meeting.when.isoformat() == "2026-11-12T13:00:00+01:00"
    assert meeting.agenda == ("Läget", "Trygga skolvägar")
    assert meeting.mandate == (1, 2)
    assert book.add(Interaction(kind="mail", when=date(2026, 11, 12))).when == PartialDate(2026, 11, 12)
    assert book.add(Role(actor=book.add(Actor(name="A")).id, since="2018-09")).since == PartialDate(2018, 9)
    assert book.interactions.get(meeting.id) == meeting


def test_a_bare_id_becomes_the_role_contact_or_actor_that_attended(book: Book) -> None:
    nybro = book.add(Actor(name="Nybro kommun"))
    eva = book.add(Contact(name="Eva Ek"))
    hat = book.add(Role(contact=eva.id, actor=nybro.id))
    meeting = book.add(Interaction(kind="visit", participants=[hat.id, eva.id, nybro.id]))
    assert meeting.participants == (
        Participation(role=hat.id),
        Participation(contact=eva.id),
        Participation(actor=nybro.id),
    )
    assert {one.status for one in meeting.participants} == {"attended"}
    assert book.interactions.get(meeting.id) == meeting


def test_errors_name_the_path(book: Book) -> None:
    a = book.add(Actor(name="A"))
    with pytest.raises(Invalid, match=r"^participants\[2\]: no role, contact or actor kx7f$") as caught:
        book.add(Interaction(kind="visit", participants=[a.id, a.id, "kx7f"]))
    assert caught.value.fields["path"] == "participants[2]"
    assert caught.value.exit_code == 5
    for record, message in [
        (Interaction(participants=[Participation(role="kx7f")]), r"participants\[0\].role: no role kx7f"),
        (Role(), "actor: a role is at an actor"),
        (Role(actor=a.id, covers=[a.id, "kx7f"]), r"covers\[1\]: no actor kx7f"),
        (Role(actor=a.id, contact=a.id), "contact: no contact kx7f0001"),
        (FollowUp(text="Ring", about=["zzzz"]), r"about\[0\]: no record zzzz"),
        (Network(name="N", members=[Member(actor=ActorId("zzzz"))]), r"members\[0\].actor: no actor zzzz"),
        (Topic(title="T", links=[TopicLink(topic=TopicId("zzzz"))]), r"links\[0\].topic: no topic zzzz"),
    ]:
        with pytest.raises(Invalid, match=message):
            book.add(record)
    assert book.version == 1


def test_no_uniqueness_on_mail_or_organisation_number(book: Book) -> None:
    shared = Way(kind="mail", value="info@nybro.example")
    a = book.add(Actor(name="Domstolsverket", org_number="202100-2742", ways=[shared]))
    b = book.add(Actor(name="Kalmar tingsrätt", org_number="202100-2742", ways=[shared]))
    assert book.actors.where(org_number="202100-2742") == [a, b]


def test_links_inside_one_transaction_may_point_forward(book: Book) -> None:
    with book.transaction():
        role = book.add(Role(actor=ActorId("nybro001")))
        book.add(Actor(id=ActorId("nybro001"), name="Nybro kommun"))
    assert book.roles.get(role.id).actor == "nybro001"


# Update


def test_an_update_raises_the_rev_and_says_who_and_when(book: Book, clock: Any) -> None:
    eva = book.add(Contact(name="Eva Ek"))
    clock.move(days=1)
    with book.transaction(by="bo"):
        changed = book.update(eva, note="vill ha underlag")
    assert (changed.rev, changed.note, changed.changed_by) == (2, "vill ha underlag", "bo")
    assert changed.changed == clock.now
    assert (changed.created, changed.created_by) == (eva.created, "anna")
    assert book.contacts.get(eva.id) == changed


def test_an_update_by_id_means_the_record_as_it_is_now(pair: tuple[Book, Book]) -> None:
    here, there = pair
    eva = here.add(Contact(name="Eva Ek"))
    there.refresh()
    there.update(eva, note="från bo")
    assert here.update(eva.id, tags=["samordnare"]).rev == 3
    found = here.contacts.get(eva.id)
    assert (found.note, found.tags) == ("från bo", ("samordnare",))


def test_a_stale_copy_conflicts_and_the_fields_are_named(book: Book) -> None:
    eva = book.add(Contact(name="Eva Ek"))
    with book.transaction(by="bo"):
        book.update(eva, note="ny", tags=["t"])
    with pytest.raises(Conflict, match=r"was changed by bo since it was read \(note, tags\)") as caught:
        book.update(eva, purpose="crime_prevention_support")
    assert caught.value.fields["changed"] == ["note", "tags"]
    assert caught.value.exit_code == 6
    with pytest.raises(Conflict):
        book.delete(eva)
    assert book.contacts.get(eva.id).purpose == ""


def test_two_handles_conflict_also_when_neither_has_refreshed(pair: tuple[Book, Book]) -> None:
    here, there = pair
    eva = here.add(Contact(name="Eva Ek"))
    there.refresh()
    copy = there.contacts.get(eva.id)
    here.update(eva, note="hos anna")
    with pytest.raises(Conflict) as caught:
        there.update(copy, note="hos bo")
    assert caught.value.fields["changed"] == ["note"]
    assert there.contacts.get(eva.id).note == "hos anna"


def test_what_was_saved_while_a_transaction_was_open_conflicts_at_its_end(pair: tuple[Book, Book]) -> None:
    here, there = pair
    eva = here.add(Contact(name="Eva Ek"))
    there.refresh()
    with pytest.raises(Conflict) as caught, there.transaction():  # noqa: PT012
        there.update(eva, note="hos bo")
        there.add(Contact(name="Bo Björk"))
        here.update(eva, note="hos anna")
    assert caught.value.fields["changed"] == ["note"]
    assert [one.note for one in there.contacts.all()] == ["hos anna"]


def test_unchanged_values_save_nothing(book: Book) -> None:
    eva = book.add(Contact(name="Eva Ek", ways=[Way(kind="phone", value="070-174 06 05")], tags=["a"]))
    assert book.update(eva, name="Eva Ek", tags=["a"]) == eva
    assert book.update(eva) == eva
    assert book.update(eva.id, note="") == eva
    assert book.version == 1


def test_an_update_refuses_what_is_not_for_it(book: Book) -> None:
    eva = book.add(Contact(name="Eva Ek"))
    with pytest.raises(Invalid, match=r"nmae: contact has no such field \(nearest: name\)"):
        book.update(eva, nmae="Eva")
    for field in ("id", "rev", "created", "created_by", "changed", "changed_by", "hidden"):
        with pytest.raises(Invalid, match="the book keeps this itself") as caught:
            book.update(eva, **{field: "x"})
        assert caught.value.fields["path"] == field
    with pytest.raises(Invalid, match="name: may not be empty"):
        book.update(eva, name=" ")
    with pytest.raises(Invalid, match="note"):
        book.update(eva, note=5)
    with pytest.raises(NotFound):
        book.update("zzzz", note="x")
    with pytest.raises(NotFound):
        book.update(Contact(name="Aldrig sparad"), note="x")
    assert book.version == 1


def test_an_update_can_empty_a_field_and_point_at_participants(book: Book) -> None:
    a = book.add(Actor(name="A", note="x", tags=["t"]))
    a = book.update(a, note="", tags=())
    assert (a.note, a.tags) == ("", ())
    meeting = book.add(Interaction(kind="visit"))
    assert book.update(meeting, participants=[a.id]).participants == (Participation(actor=a.id),)
    with pytest.raises(Invalid, match=r"participants\[0\]: no role"):
        book.update(meeting.id, participants=["zzzz"])


def test_links_are_judged_on_update_too(book: Book) -> None:
    a = book.add(Actor(name="A"))
    role = book.add(Role(actor=a.id))
    with pytest.raises(Invalid, match="actor: a role is at an actor"):
        book.update(role, actor=None)
    with pytest.raises(Invalid, match="assignment: no assignment zzzz"):
        book.update(role, assignment=AssignmentId("zzzz"))


# Delete


def test_a_record_is_deleted_and_stays_in_history(book: Book) -> None:
    eva = book.add(Contact(name="Eva Ek"))
    book.delete(eva)
    assert book.contacts.all() == []
    assert [change.after is None for one in book.history(eva.id) for change in one.changes] == [False, True]
    with pytest.raises(NotFound):
        book.delete(eva)
    with pytest.raises(NotFound):
        book.delete(eva.id)


def test_what_others_point_at_cannot_be_deleted(book: Book) -> None:
    nybro = book.add(Actor(name="Nybro kommun"))
    eva = book.add(Contact(name="Eva Ek"))
    hat = book.add(Role(contact=eva.id, actor=nybro.id))
    with pytest.raises(Refused, match=f"actor {nybro.id} is still referred to by role {hat.id};") as caught:
        book.delete(nybro)
    assert caught.value.fields["pointing"] == [("role", hat.id)]
    assert caught.value.exit_code == 6
    assert book.actors.get(nybro.id) == nybro
    with book.transaction():  # together, in any order
        book.delete(nybro)
        book.delete(eva)
        book.delete(hat)
    assert (book.actors.count(), book.contacts.count(), book.roles.count()) == (0, 0, 0)


def test_many_that_point_are_counted(book: Book) -> None:
    a = book.add(Actor(name="A"))
    for _ in range(7):
        book.add(Role(actor=a.id))
    with pytest.raises(Refused, match="role kx7f0006, 2 more; delete") as caught:
        book.delete(a)
    assert len(caught.value.fields["pointing"]) == 7


def test_an_id_in_free_text_is_no_link(book: Book) -> None:
    a = book.add(Actor(name="A"))
    book.add(FollowUp(text=f"Se {a.id}", tags=[a.id]))
    book.delete(a)
    assert book.actors.all() == []


def test_a_record_may_point_at_itself_and_still_go(book: Book) -> None:
    a = book.add(Actor(name="A"))
    book.update(a, parent=a.id)
    book.delete(a.id)
    assert book.actors.all() == []


def test_two_processes_cannot_each_break_what_the_other_relies_on(pair: tuple[Book, Book]) -> None:
    here, there = pair
    nybro = here.add(Actor(name="Nybro kommun"))
    there.refresh()
    with pytest.raises(Refused), there.transaction():  # noqa: PT012
        there.delete(nybro)
        here.add(Role(actor=nybro.id))
    with pytest.raises(Invalid, match="actor: no actor"), here.transaction():  # noqa: PT012
        here.add(Role(actor=nybro.id, title="ny"))
        there.delete(there.roles.all()[0])
        there.delete(nybro)
    assert here.roles.all() == []


def test_an_id_used_again_never_has_a_rev_it_had(book: Book) -> None:
    first = book.add(Actor(id=ActorId("nybro001"), name="Nybro kommun"))
    book.update(first, note="x")
    book.delete(first.id)
    again = book.add(Actor(id=ActorId("nybro001"), name="Nybro kommun"))
    assert again.rev == 3
    assert book.update(again, note="y").rev == 4
    with pytest.raises(Conflict):
        book.update(first, note="stale")
    book.delete(again.id)
    with book.transaction():
        third = book.add(Actor(id=ActorId("nybro001"), name="Nybro kommun"))
        third = book.update(third, note="z")
    assert book.actors.get(third.id).rev == third.rev == 5


# Transactions


def test_a_transaction_is_one_step_with_its_label_and_writer(book: Book) -> None:
    with book.transaction("möte 12 nov", by="bo"):
        eva = book.add(Contact(name="Eva Ek"))
        book.add(FollowUp(text="Ring Eva", about=[eva.id]))
        assert book.contacts.get(eva.id) == eva  # its own changes are seen inside
    (only,) = book.history()
    assert (only.number, only.label, only.by, len(only.changes)) == (1, "möte 12 nov", "bo", 2)
    assert book.contacts.get(eva.id).created_by == "bo"


def test_all_or_nothing(book: Book) -> None:
    eva = book.add(Contact(name="Eva Ek"))
    with pytest.raises(ZeroDivisionError), book.transaction():  # noqa: PT012
        book.update(eva, note="x")
        book.add(Contact(name="Bo Björk"))
        raise ZeroDivisionError
    with pytest.raises(Invalid), book.transaction():  # noqa: PT012
        book.add(Contact(name="Maj Lind"))
        book.add(Role())
    assert book.contacts.all() == [eva]
    assert book.version == 1


def test_an_empty_transaction_stores_nothing(book: Book) -> None:
    with book.transaction("ingenting"):
        pass
    with book.transaction("fram och tillbaka"):
        book.delete(book.add(Contact(name="Eva Ek")))
    assert book.version == 0
    assert list(book.history()) == []


def test_a_nested_transaction_undoes_only_itself(book: Book) -> None:
    with book.transaction("yttre"):
        eva = book.add(Contact(name="Eva Ek"))
        with pytest.raises(ZeroDivisionError), book.transaction("inre"):  # noqa: PT012
            eva2 = book.update(eva, note="x")
            book.delete(eva2)
            book.add(Contact(name="Bo Björk"))
            raise ZeroDivisionError
        assert book.contacts.all() == [eva]
        with book.transaction("inre"):
            book.update(eva, note="y")
    assert [one.note for one in book.contacts.all()] == ["y"]
    assert numbers(book) == [1]


def test_a_refused_step_can_be_caught_inside(book: Book) -> None:
    with book.transaction():
        book.add(Contact(name="Eva Ek"))
        with pytest.raises(Conflict):
            book.add(Contact(id=book.contacts.all()[0].id, name="Bo Björk"))
    assert [one.name for one in book.contacts.all()] == ["Eva Ek"]


def test_delete_and_add_in_one_transaction_replaces(book: Book) -> None:
    old = book.add(Actor(id=ActorId("nybro001"), name="Nybro kommun", note="x"))
    with book.transaction():
        book.delete(old)
        new = book.add(Actor(id=old.id, name="Nybro kommun"))
    assert (new.rev, new.note) == (2, "")
    assert new.created is not None
    assert book.actors.get(old.id) == new


def test_a_dry_run_judges_and_forgets(book: Book) -> None:
    told: list[Transaction] = []
    book.on_commit(told.append)
    with book.transaction(dry_run=True):
        eva = book.add(Contact(name="Eva Ek"))
        assert book.contacts.all() == [eva]
    with pytest.raises(Invalid), book.transaction(dry_run=True):
        book.add(Role())
    with book.transaction():
        book.add(Contact(name="Bo Björk"))
        with book.transaction(dry_run=True):
            book.add(Contact(name="Maj Lind"))
        with pytest.raises(Invalid), book.transaction(dry_run=True):
            book.add(Role())
    assert [one.name for one in book.contacts.all()] == ["Bo Björk"]
    assert (book.version, len(told)) == (1, 1)


def test_a_search_inside_a_transaction_sees_its_changes(book: Book) -> None:
    eva = book.add(Contact(name="Eva Ek", note="skadegörelse"))
    with book.transaction():
        book.update(eva, note="belysning")
        bo = book.add(Contact(name="Bo Björk", note="belysning"))
        assert book.find("skadegörelse") == []
        assert [one.id for one in book.find("belysning")] == [bo.id, eva.id]
        assert [one.id for one in book.contacts.where(note="belysning")] == [eva.id, bo.id]


# Finding


def test_find_folds_letters_names_first_in_swedish_order(book: Book) -> None:
    for name in ("Örjan Asp", "Åsa Ek", "Ärla Asp", "Anna Asp"):
        book.add(Contact(name=name))
    book.add(FollowUp(text="Ring asp-folket"))
    book.add(Contact(name="Bo Björk", note="känner Asp"))
    names = [getattr(one, "name", "") or getattr(one, "text", "") for one in book.find("asp")]
    assert names == ["Anna Asp", "Ring asp-folket", "Ärla Asp", "Örjan Asp", "Bo Björk"]
    assert [one.name for one in book.find("asa") if isinstance(one, Contact)] == ["Åsa Ek"]
    assert book.find("asp ärla")[0] == book.contacts.where(name="Ärla Asp")[0]
    assert book.find("finns inte") == []


def test_find_shows_first_what_is_called_so(book: Book) -> None:
    note = book.add(Contact(name="Anna Asp", note="föreningarnas skola"))
    book.add(Actor(name="Idrottsföreningen i Nybro skola"))
    for name in ("Åsa skola och förening", "Skola och föreningar", "Ärla förening för skolan"):
        book.add(Actor(name=name))
    assert [getattr(one, "name", "") for one in book.find("skola förening")] == [
        "Skola och föreningar",
        "Åsa skola och förening",
        "Ärla förening för skolan",
        "Idrottsföreningen i Nybro skola",
        "Anna Asp",
    ]
    found = [one.id for one in book.find("föreningarnas")]
    assert (len(found), found[-1]) == (4, note.id), "a stem in a name is before the very word in a note"


def test_find_by_the_stem_of_a_word_in_a_transaction_as_outside(book: Book) -> None:
    eva = book.add(Contact(name="Eva Ek", note="ringer skolan"))
    with book.transaction():
        bo = book.add(Contact(name="Bo Björk", note="Skolorna"))
        assert [one.id for one in book.find("skolornas")] == [bo.id, eva.id]
        book.update(eva, note="ringer polisen")
        assert [one.id for one in book.find("skolornas")] == [bo.id]
        book.delete(bo.id)
        assert book.find("skolornas") == []
        assert [one.id for one in book.find("poliser ringa")] == [eva.id]
    assert [one.id for one in book.find("poliser ringa")] == [eva.id]
    assert book.find("skolornas") == []
    book.undo()
    assert [one.id for one in book.find("skolornas")] == [eva.id]


# Modes and opening


def test_a_book_for_reading_refuses_to_write(open_book: OpenBook, place: Path) -> None:
    with pytest.raises(NotFound):
        open_book(place)
    with pytest.raises(NotFound):
        open_book(place, mode="r")
    eva = open_book(place, mode="create").add(Contact(name="Eva Ek"))
    reader = open_book(place, mode="r")
    for write in (
        lambda: reader.add(Contact(name="Bo Björk")),
        lambda: reader.update(eva, note="x"),
        lambda: reader.delete(eva),
        lambda: reader.set("by", "bo"),
        reader.undo,
    ):
        with pytest.raises((Refused, NotFound)):
            write()
    with pytest.raises(Refused, match="for reading only"):
        reader.undo(1)
    assert reader.contacts.all() == [eva]
    assert open_book(place, mode="create").contacts.all() == [eva]


def test_opening_says_what_is_wrong(open_book: OpenBook, place: Path) -> None:
    with pytest.raises(Usage, match="mode is r, rw or create, not w"):
        open_book(place, mode="w")
    with pytest.raises(Usage, match="no installed plugin opens postgresql: books"):
        open_book("postgresql://kalmar.example/kn")


def test_who_writes(open_book: OpenBook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "login")
    book = open_book(by=None)
    assert book.by == "login"
    assert book.add(Contact(name="Eva Ek")).created_by == "login"
    book.set("by", "bokens")
    assert book.add(Contact(name="Bo Björk")).created_by == "bokens"
    with book.transaction(by="cia"):
        assert book.add(Contact(name="Maj Lind")).created_by == "cia"


def test_settings_are_kept_told_and_undone(book: Book) -> None:
    assert book.setting("county", "?") == "?"
    book.set("county", "08")
    book.set("county", "08")
    assert (book.setting("county"), book.version) == ("08", 1)
    book.set("county", "07")
    book.undo()
    assert book.setting("county") == "08"
    book.set("county", None)
    book.set("county", None)
    assert (book.setting("county"), book.version) == (None, 4)
    with pytest.raises(Invalid):
        book.set("when", object())


# History and news


def test_history_tells_what_was_recorded_when(book: Book, clock: Any) -> None:
    eva = book.add(Contact(name="Eva Ek"))
    clock.move(days=3)
    book.add(Contact(name="Bo Björk"))
    book.update(eva, note="x")
    assert numbers(book) == [1, 2, 3]
    first, third = book.history(eva.id)
    assert (first.number, third.number) == (1, 3)
    assert (first.at, third.at) == (datetime(2026, 11, 12, 12, tzinfo=UTC), clock.now)
    (change,) = third.changes
    assert change.before is not None
    assert change.after is not None
    assert "note" not in change.before
    assert change.after["note"] == "x"
    assert list(book.history("zzzz")) == []
    assert [one.number for one in book.changes(1)] == [2, 3]
    assert [one.number for one in book.changes(since=3)] == []


def test_listeners_are_told_after_the_commit_and_can_stop(
    book: Book, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[int] = []

    def broken(_: Transaction) -> None:
        raise RuntimeError("listener")

    book.on_commit(broken)
    stop = book.on_commit(lambda done: told.append(done.number))
    book.add(Contact(name="Eva Ek"))
    with pytest.raises(ZeroDivisionError), book.transaction():  # noqa: PT012
        book.add(Contact(name="Bo Björk"))
        raise ZeroDivisionError
    assert told == [1]
    assert "a listener failed after transaction 1" in caplog.text
    stop()
    stop()
    book.add(Contact(name="Maj Lind"))
    assert (told, book.version) == ([1], 2)


def test_a_listener_may_write(book: Book) -> None:
    def note(done: Transaction) -> None:
        if done.label != "efteråt":
            with book.transaction("efteråt"):
                book.add(FollowUp(text=f"Se {done.number}"))

    book.on_commit(note)
    book.add(Contact(name="Eva Ek"))
    assert [one.label for one in book.history()] == ["add contact", "efteråt"]


def test_refresh_shows_what_another_handle_wrote(pair: tuple[Book, Book]) -> None:
    here, there = pair
    told: list[int] = []
    there.on_commit(lambda done: told.append(done.number))
    eva = here.add(Contact(name="Eva Ek"))
    assert (here.version, there.version, there.contacts.all()) == (1, 0, [])
    there.refresh()
    assert (there.version, there.contacts.all()) == (1, [eva])
    there.add(Contact(name="Bo Björk"))
    here.refresh()
    assert [one.by for one in here.changes(1)] == ["bo"]
    assert told == [2]  # only of its own


def test_what_is_saved_is_there_for_the_next_process(open_book: OpenBook, place: Path) -> None:
    with open_book(place, mode="create") as book:
        eva = book.add(Contact(name="Åsa Ängström", ways=[Way(kind="mail", value="asa@nybro.example")]))
    script = (
        "import kontaktnat, sys\n"
        "with kontaktnat.open(sys.argv[1], by='bo', plugins=[]) as book:\n"
        "    book.update(sys.argv[2], note='från en annan process')\n"
    )
    subprocess.run([sys.executable, "-c", script, str(place), eva.id], check=True)
    with open_book(place) as book:
        found = book.contacts.get(eva.id)
    assert (found.note, found.rev, found.changed_by) == ("från en annan process", 2, "bo")
    assert attrs.evolve(found, note="", rev=1, changed=None, changed_by="") == eva


# Words and plugins' fields


class Words:
    """A plugin with one word and three fields."""

    name = "orust"

    @hookimpl
    def register_vocabularies(self) -> list[Vocabulary]:
        return [Vocabulary(name="interaction_kind", words=(Word(id="fika", sv="fika", en="coffee"),))]

    @hookimpl
    def register_fields(self) -> list[Field]:
        return [
            Field(name="orust.parish", records=("actor",), type=str, title="Socken"),
            Field(name="orust.members", records=("actor",), type=int, title="Medlemmar"),
            Field(name="orust.share", records=("actor",), type=float, title="Andel"),
            Field(name="orust.colour", records=("contact",), type=str, title="Färg", choices=("röd", "blå")),
        ]


def test_an_unknown_word_is_refused_where_it_is_newly_set(book: Book) -> None:
    with pytest.raises(
        Invalid, match="kind: municipalty is no word for actor kind; nearest: municipality"
    ) as caught:
        book.add(Actor(name="Nybro kommun", kind="municipalty"))
    assert caught.value.fields["nearest"][0] == "municipality"
    assert caught.value.fields["path"] == "kind"
    nybro = book.add(Actor(name="Nybro kommun"))
    with pytest.raises(Invalid, match="kind: kommun"):
        book.update(nybro, kind="kommun")  # a label is no id


def test_a_word_whose_plugin_is_missing_is_kept_where_it_is_untouched(
    open_book: OpenBook, place: Path
) -> None:
    with open_book(place, mode="create", plugins=[Words()]) as book:
        talk = book.add(Interaction(kind="fika", subject="Läget"))
    with open_book(place) as book:
        changed = book.update(talk, subject="Läget i Nybro")
        assert changed.kind == "fika"
        with pytest.raises(Invalid, match="kind: fika"):
            book.add(Interaction(kind="fika"))
        changed = book.update(changed, kind="visit")
        with pytest.raises(Invalid, match="kind: fika"):
            book.update(changed, kind="fika")
        book.undo()
        assert book.interactions.get(talk.id).kind == "fika"
        assert [one.message for one in book.check()] == ["'fika' is no word for interaction kind"]


def test_words_and_fields_are_judged_again_after_an_undo_in_the_same_transaction(open_book: OpenBook) -> None:
    book = open_book(plugins=[Words()])
    book.add(Actor(name="A"))
    with pytest.raises(Invalid, match="kind: nonsens"), book.transaction():  # noqa: PT012
        book.undo()
        book.add(Actor(name="B", kind="nonsens"))
    with book.transaction():
        with pytest.raises(NotFound):
            book.undo(99)
        with pytest.raises(Invalid, match="orust has no such field"), book.transaction(dry_run=True):
            book.add(Actor(name="B", extra={"orust.x": 1}))
    assert [one.name for one in book.actors.all()] == ["A"]


def test_fields_of_plugins_are_typed(open_book: OpenBook) -> None:
    book = open_book(plugins=[Words()])
    fine = {"orust.parish": "Madesjö", "orust.members": 12, "orust.share": 1, "other.thing": [1, {"a": None}]}
    a = book.add(Actor(name="A", extra=fine))
    assert book.actors.get(a.id).extra == fine
    for extra, message in [
        ({"orust.parish": 5}, "extra.orust.parish: 5 is not of type str"),
        ({"orust.members": True}, "extra.orust.members: True is not of type int"),
        ({"orust.members": 1.5}, "1.5 is not of type int"),
        ({"orust.share": "1"}, "is not of type float"),
        ({"orust.parish": None}, "None is not of type str"),
        ({"orust.parsh": "x"}, r"orust has no such field for actor \(it has: orust.members, orust.parish"),
        ({"orust.colour": "röd"}, "orust has no such field for actor"),
        ({"plain": 1}, "extra.plain: write it as plugin.field"),
        ({"other.thing": object()}, "cannot be written as JSON"),
    ]:
        with pytest.raises(Invalid, match=message):
            book.add(Actor(name="B", extra=extra))
    with pytest.raises(Invalid, match=r"extra\.orust\.colour: 'gul' is none of röd, blå"):
        book.add(Contact(name="Eva Ek", extra={"orust.colour": "gul"}))
    book.add(Contact(name="Eva Ek", extra={"orust.colour": "blå"}))


def test_a_field_that_no_longer_fits_is_kept_while_untouched(open_book: OpenBook, place: Path) -> None:
    with open_book(place, mode="create") as book:
        a = book.add(Actor(name="A", extra={"orust.members": "tolv"}))
    with open_book(place, plugins=[Words()]) as book:
        a = book.update(a, note="x")
        with pytest.raises(Invalid, match=r"orust\.members"):
            book.update(a, extra={"orust.members": "tretton"})
        assert book.update(a, extra={"orust.members": 13}).extra == {"orust.members": 13}


class Guard:
    """A plugin that refuses, and remembers what it was asked and told."""

    name = "guard"

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, bool]] = []
        self.told: list[int] = []

    @hookimpl
    def before_save(self, record: Record, before: Record | None, book: Outward) -> None:
        self.asked.append(("save", record.id, before is None))
        if getattr(record, "name", "") == "Förbjuden":
            raise Veto("det namnet tas inte")

    @hookimpl
    def before_delete(self, record: Record, book: Outward) -> None:
        self.asked.append(("delete", record.id, False))
        if "stannar" in record.tags:
            raise Veto("den stannar")

    @hookimpl
    def after_commit(self, transaction: Transaction) -> None:
        self.told.append(transaction.number)


def test_guards_refuse_the_whole_transaction(open_book: OpenBook) -> None:
    guard = Guard()
    book = open_book(plugins=[guard])
    with pytest.raises(Veto, match="det namnet tas inte") as caught, book.transaction():  # noqa: PT012
        book.add(Contact(name="Eva Ek"))
        book.add(Contact(name="Förbjuden"))
    assert caught.value.exit_code == 6
    assert (book.contacts.all(), guard.told) == ([], [])
    stays = book.add(Contact(name="Bo Björk", tags=["stannar"]))
    with pytest.raises(Veto, match="den stannar"):
        book.delete(stays)
    assert guard.told == [1]
    guard.asked.clear()
    book.undo()  # a guard is not asked whether what it let pass may be taken back
    assert (book.contacts.all(), guard.asked, guard.told) == ([], [], [1, 2])


def test_two_books_with_different_plugins_do_not_meet(open_book: OpenBook) -> None:
    guard = Guard()
    one, other = open_book(plugins=[Words(), guard]), open_book(plugins=[])
    one.add(Interaction(kind="fika"))
    with pytest.raises(Invalid, match="fika"):
        other.add(Interaction(kind="fika"))
    other.add(Contact(name="Förbjuden"))
    assert guard.told == [1]
    assert (one.contacts.all(), other.interactions.all()) == ([], [])
    assert one.words.has("interaction_kind", "fika")
    assert not other.words.has("interaction_kind", "fika")


# Archives (words kept, links judged, rows rejected alone)


def lines(*docs: str) -> Any:
    import io

    return io.BytesIO("\n".join(('{"schema":"kontaktnat/1"}', *docs)).encode())


def test_an_archive_comes_back_as_it_was(open_book: OpenBook) -> None:
    import io

    one, other = open_book(plugins=[Words()]), open_book()
    nybro = one.add(Actor(name="Nybro kommun", extra={"orust.members": 12}))
    one.update(nybro, note="x")
    one.add(Interaction(kind="fika", participants=[nybro.id]))
    archive = io.BytesIO()
    one.export_to(archive, "jsonl")
    result = other.import_from(io.BytesIO(archive.getvalue()), format="jsonl")
    assert str(result) == "created 2, updated 0, unchanged 0, rejected 0"
    assert result.batch == other.version == 1
    assert other.actors.all() == one.actors.all()
    assert other.interactions.all() == one.interactions.all()
    again = other.import_from(io.BytesIO(archive.getvalue()), format="jsonl")
    assert (str(again), again.batch) == ("created 0, updated 0, unchanged 2, rejected 0", None)
    one.update(nybro.id, note="y")
    archive = io.BytesIO()
    one.export_to(archive, "jsonl")
    newer = other.import_from(io.BytesIO(archive.getvalue()), format="jsonl")
    assert str(newer) == "created 0, updated 1, unchanged 1, rejected 0"
    other.undo(newer.batch)
    assert (other.actors.get(nybro.id).note, other.actors.get(nybro.id).rev) == ("x", 4)
    older = other.import_from(io.BytesIO(archive.getvalue()), format="jsonl")
    assert len(older.rejected) == 1
    assert "newer or other state of it (rev 4" in older.rejected[0].reason


def test_rows_that_do_not_fit_are_rejected_alone(open_book: OpenBook) -> None:
    book = open_book(plugins=[Guard()])
    taken = book.add(Contact(name="Eva Ek"))
    result = book.import_from(
        lines(
            '{"type":"actor","id":"a0000001","name":"Nybro kommun"}',
            '{"type":"role","id":"r0000001","actor":"a0000001","contact":"zzzzzzzz"}',
            '{"type":"interaction","id":"i0000001","participants":[{"role":"r0000001"}]}',
            '{"type":"contact","id":"c0000001","name":"Förbjuden"}',
            '{"type":"role","id":"r0000002","actor":"a0000001","contact":"c0000001"}',
            '{"type":"actor","id":[1],"name":"Fel id"}',
            '{"type":"actor","name":"Utan id"}',
            '{"type":"aktor","id":"a0000002","name":"Fel slag"}',
            f'{{"type":"actor","id":"{taken.id}","name":"Annans id"}}',
            '{"type":"contact","id":"c0000002","name":"Dold","hidden":["ways"]}',
            '{"type":"interaction","id":"i0000002","participants":["a0000001"],"kind":"okänd"}',
            '{"type":"actor","id":"a0000003","name":"Två gånger","rev":1,"parent":"zzzzzzzz"}',
            '{"type":"actor","id":"a0000003","name":"Två gånger","rev":2,"parent":"zzzzzzzz"}',
            "ingen json",
        ),
        format="jsonl",
    )
    assert str(result) == "created 2, updated 0, unchanged 0, rejected 12"
    assert sorted(one.row for one in result.rejected) == [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15]
    assert [one.name for one in book.actors.all()] == ["Nybro kommun"]
    assert book.interactions.get("i0000002").kind == "okänd"


def test_a_record_without_a_rev_can_be_imported_again_and_edited(book: Book) -> None:
    doc = '{"type":"actor","id":"a0000001","name":"Nybro kommun"}'
    book.import_from(lines(doc), format="jsonl")
    assert (
        str(book.import_from(lines(doc), format="jsonl")) == "created 0, updated 0, unchanged 1, rejected 0"
    )
    other = book.import_from(lines(doc.replace("Nybro", "Annan")), format="jsonl")
    assert str(other) == "created 0, updated 0, unchanged 0, rejected 1"
    nybro = book.actors.get("a0000001")
    assert book.update(nybro, note="x").rev == nybro.rev + 1


def test_rejected_rows_of_an_archive_can_be_imported_again(book: Book) -> None:
    from kontaktnat.exchange import rejects_file

    role = '{"type":"role","id":"r0000001","actor":"a0000001"}'
    first = book.import_from(lines(role), format="jsonl")
    assert str(first) == "created 0, updated 0, unchanged 0, rejected 1"
    book.add(Actor(id=ActorId("a0000001"), name="Nybro kommun"))
    import io

    again = book.import_from(io.BytesIO(rejects_file(first.rejected)), format="jsonl")
    assert str(again) == "created 1, updated 0, unchanged 0, rejected 0"


def test_an_import_inside_a_transaction_has_no_number_yet(book: Book) -> None:
    with book.transaction("allt"):
        result = book.import_from(lines('{"type":"actor","id":"a0000001","name":"A"}'), format="jsonl")
    assert result.batch is None
    assert [one.label for one in book.history()] == ["allt"]
    with book.transaction(dry_run=True):
        book.import_from(lines('{"type":"actor","id":"a0000002","name":"B"}'), format="jsonl")
    assert book.actors.count() == 1


def test_the_public_open_is_the_books(place: Path) -> None:
    with kontaktnat.open(str(place), mode="create", plugins=[]) as book:
        assert isinstance(book, Book)
    with kontaktnat.open(place, mode="r", plugins=[]) as book:
        assert book.version == 0


def test_a_changed_copy_is_not_lost_without_a_word(book: Book) -> None:
    eva = book.add(Contact(name="Eva Ek"))
    with pytest.raises(Usage, match="which fields"):
        book.update(attrs.evolve(eva, note="ringde"))
    assert book.update(eva) == eva


def test_what_is_remembered_for_a_table_is_what_there_was_when_it_began(book: Book) -> None:
    eva = book.add(Contact(name="Eva Ek"))
    table = book.remembering()
    assert table.contacts.get(eva.id) == eva
    assert table.remembering() is table
    book.update(eva, note="Ny")
    assert table.contacts.get(eva.id) == eva
    assert book.contacts.get(eva.id).note == "Ny"
    assert book.remembering().contacts.get(eva.id).note == "Ny"
