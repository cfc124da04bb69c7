"""What a type checker knows of the public API. Never run: `mypy --strict` reads it (dev.py lint).

`assert_type` says what is inferred; a `type: ignore` with its code says what is refused, and strict mypy
complains about one that is not needed.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, BinaryIO, assert_type

import kontaktnat
from kontaktnat import (
    Actor,
    Assignment,
    Book,
    Commitment,
    Contact,
    FollowUp,
    Interaction,
    Invalid,
    KontaktnatError,
    Network,
    PartialDate,
    Participation,
    Pending,
    Role,
    Topic,
    Way,
    hookimpl,
)
from kontaktnat.exchange import ImportResult
from kontaktnat.extend import (
    Candidate,
    Check,
    Column,
    Exporter,
    Field,
    Finding,
    Outward,
    Table,
    Transaction,
    View,
    Vocabulary,
    Word,
    to_doc,
)
from kontaktnat.model import (
    ActorId,
    AssignmentId,
    CommitmentId,
    ContactId,
    FollowUpId,
    InteractionId,
    NetworkId,
    PendingId,
    Record,
    RoleId,
    Setting,
    TopicId,
)
from kontaktnat.query import Condition, F
from kontaktnat.refs import resolve


def deciding(book: Book, eva: Contact, pending: Pending) -> None:
    assert_type(book.merge(eva, "kx7f0001", take=["note"]), Contact)
    assert_type(book.merge("kx7f0002", eva), Record)
    assert_type(book.settle(pending, onto=eva), Record | None)
    book.settle(pending, eva)  # type: ignore[call-arg]


def opening(path: Path) -> None:
    assert_type(kontaktnat.open("memory:"), Book)
    with kontaktnat.open(
        path,
        mode="create",
        by="anna",
        plugins=["kalmar", object()],
        config={},
        lock_timeout=1.0,
        migrate=True,
        clock=lambda: datetime.now(UTC),
        ids=lambda: "kx7f0001",
    ) as book:
        assert_type(book, Book)
    kontaktnat.open(path, mode="w")  # type: ignore[arg-type]
    kontaktnat.open(path, "r")  # type: ignore[call-arg]
    kontaktnat.open(3)  # type: ignore[arg-type]


def ids_are_typed(book: Book) -> None:
    actor, contact = book.add(Actor(name="Nybro kommun")), book.add(Contact(name="Eva Ek"))
    assert_type(actor.id, ActorId)
    assert_type(contact.id, ContactId)
    role = book.add(Role(contact=contact.id, actor=actor.id, covers=(actor.id,)))
    assert_type(role.id, RoleId)
    assert_type(role.contact, ContactId | None)
    assert_type(role.actor, ActorId | None)
    assert_type(role.covers, tuple[ActorId, ...])
    Role(contact=actor.id, actor=actor.id)  # type: ignore[arg-type]
    Role(contact=contact.id, actor=contact.id)  # type: ignore[arg-type]
    Role(actor="kx7f0001")  # type: ignore[arg-type]
    Participation(role=contact.id)  # type: ignore[arg-type]
    Participation(role=role.id)


def add_and_update_give_what_they_got(book: Book) -> None:
    assert_type(book.add(Actor(name="A")), Actor)
    assert_type(book.add(Contact(name="A")), Contact)
    assert_type(book.add(Interaction(kind="visit")), Interaction)
    eva = book.contacts.get("kx7f0001")
    assert_type(book.update(eva, note="x"), Contact)
    assert_type(book.update("kx7f0001", note="x"), Record)
    assert_type(book.update(eva.id), Record)
    assert_type(book.reveal(eva.id, "ärende 1"), Record)
    assert_type(book.known(eva), Contact | None)
    assert_type(book.known(Actor(name="A")), Actor | None)
    book.known(Topic(title="x"))  # type: ignore[type-var]
    book.delete(eva)
    book.delete(eva.id)
    book.add("Eva Ek")  # type: ignore[type-var]
    book.update(eva, "x")  # type: ignore[call-overload]
    book.reveal(eva.id)  # type: ignore[call-arg]


def topics_have_a_life(book: Book, nybro: Actor) -> None:
    asked = assert_type(book.raise_topic(Topic(title="x"), at="y"), Topic)
    assert_type(book.lift(asked, to="Brå", on="2026-11"), Topic)
    assert_type(book.bring_home(asked.id, [nybro, "x"], on=date(2026, 11, 12)), Topic)
    book.raise_topic("x")  # type: ignore[arg-type]
    book.answer(asked)  # type: ignore[call-arg]


def collections_are_typed(book: Book) -> None:
    assert_type(book.actors.get("x"), Actor)
    assert_type(book.contacts.all(), list[Contact])
    assert_type(book.roles.where(), list[Role])
    assert_type(book.assignments.get("x").id, AssignmentId)
    assert_type(book.networks.get("x").id, NetworkId)
    assert_type(book.commitments.get("x").id, CommitmentId)
    assert_type(book.topics.get("x").id, TopicId)
    assert_type(book.interactions.get("x").id, InteractionId)
    assert_type(book.followups.get("x").id, FollowUpId)
    assert_type(book.pending.get("x").id, PendingId)
    assert_type(book.settings.all(), list[Setting])
    assert_type([one for one in book.networks], list[Network])  # noqa: C416
    assert_type(book.assignments.where(level="county"), list[Assignment])
    assert_type(book.commitments.where(kind="agreement"), list[Commitment])
    assert_type(book.record_commitment("x", "agreement", note="y"), Commitment)
    assert_type(book.pending.where(kind="contact"), list[Pending])
    assert_type(book.topics.count(status=["open", "lifted"]), int)
    assert_type(book.get("x"), Record)
    assert_type(book.peek(Actor, "x"), Actor | None)
    assert_type(book.find("skadegörelse"), list[Record])


def acts_are_typed(book: Book) -> None:
    meeting = book.interactions.get("x")
    assert_type(book.plan_series(meeting, "3m", until=date(2027, 6, 1)), list[Interaction])
    assert_type(book.update_meetings(meeting, "future", theme="Lägesbild"), list[Interaction])
    assert_type(book.finish(book.followups.get("x"), on="2026-11-12"), tuple[FollowUp, FollowUp | None])
    book.update_meetings(meeting, "later")  # type: ignore[arg-type]
    book.actors.where(cadence="P3M")


def where_knows_its_fields(book: Book) -> None:
    nybro, eva = book.actors.get("x"), book.contacts.get("x")
    book.actors.where(kind="municipality", place=["0881", "0880"], protected=False)
    book.actors.where(F("name").contains("kommun"), ~F("place").is_("0880"), kind="municipality")
    book.roles.where(contact=eva.id, actor=[nybro.id], since=date(2025, 1, 1), until=None)
    book.roles.where(contact=None, since=PartialDate(2025))
    book.followups.where(done_on=None, side="we", due="2026-11")
    book.interactions.where(mandate=2, kind=["visit", "phone"])
    book.actors.where(plase="0881")  # type: ignore[call-arg]
    book.actors.where(kind=5)  # type: ignore[arg-type]
    book.actors.where("Nybro")  # type: ignore[arg-type]
    book.roles.where(contact=nybro.id)  # type: ignore[arg-type]
    book.roles.where(actor=eva.id)  # type: ignore[arg-type]
    book.actors.count(protected="yes")  # type: ignore[arg-type]
    assert_type(F("kind").is_("x") & F("place").is_("y") | ~F("tags").in_(["z"]), Condition)


def times_and_values(book: Book) -> None:
    talk = book.add(
        Interaction(kind="visit", when=date(2026, 11, 12), participants=["kx7f0001", Participation(who="x")])
    )
    assert_type(talk.when, datetime | PartialDate | None)
    assert_type(talk.participants, tuple[Participation, ...])
    assert_type(talk.agenda, tuple[str, ...])
    book.add(Interaction(when="2026-11-12T13:00", agenda=["Läget"], ends=datetime(2026, 11, 12, 14)))
    todo = book.add(FollowUp(text="Ring", due=date(2026, 11, 20), about=[talk.id]))
    assert_type(todo.due, PartialDate | None)
    assert_type(book.contacts.get("x").informed_at, datetime | None)
    assert_type(book.contacts.get("x").ways, tuple[Way, ...])
    Way(kind="mail", value="eva@nybro.example", since="2025")
    Way(kind="mail")  # type: ignore[call-arg]
    Contact()  # type: ignore[call-arg]
    book.contacts.get("x").name = "y"  # type: ignore[misc]


def reading_and_history(book: Book, stream: BinaryIO) -> None:
    out = book.as_of(date(2025, 6, 1))
    assert_type(out, Outward)
    assert_type(out.roles.where(actor=ActorId("x")), list[Role])
    assert_type(book.outward(reveal="ärende 1"), Outward)
    assert_type(book.as_of("2025-06").today, date)
    out.add(Actor(name="A"))  # type: ignore[attr-defined]
    out.undo()  # type: ignore[attr-defined]
    assert_type(book.view("today", days=7), Table)
    assert_type(book.history("x"), Iterator[Transaction])
    assert_type(book.undone(), dict[int, int])
    assert_type(book.changes(since=3), Iterator[Transaction])
    assert_type(book.undo(), Transaction)
    assert_type(book.undo(12, skip_changed=True), Transaction)
    assert_type(book.version, int)
    assert_type(book.on_commit(lambda done: print(done.number)), Callable[[], None])
    assert_type(book.import_from(stream, format="csv"), ImportResult)
    assert_type(book.take([], name="list"), ImportResult)
    assert_type(book.add_county("kalmar"), tuple[int, int])
    book.export_to(stream, "jsonl", options={"history": "yes"}, reveal="ärende 1", as_of="2025")
    with book.transaction("möte", by="bo", dry_run=True) as inside:
        assert_type(inside, None)
    assert_type(resolve(book, "eva@nybro", ("role",)), Record)


def errors() -> None:
    error: KontaktnatError = Invalid("{path}: no", path="x")
    assert_type(error.code, str)
    assert_type(error.exit_code, int)
    assert_type(error.fields, dict[str, Any])
    assert_type(error.message("sv"), str)


class Plugin:
    """What plugin authors write."""

    @hookimpl
    def register_vocabularies(self) -> list[Vocabulary]:
        return [Vocabulary(name="sector", words=(Word(id="x", sv="x", en="x"),))]

    @hookimpl
    def register_fields(self) -> list[Field]:
        Field(name="orust.x", records=("actor",), type=list, title="X")  # type: ignore[arg-type]
        return [Field(name="orust.parish", records=("actor",), type=str, title="Socken")]

    @hookimpl
    def register_exporters(self) -> list[Exporter]:
        def write(out: Outward, stream: BinaryIO, options: object) -> None:
            for contact in out.contacts:
                assert_type(to_doc(contact), dict[str, Any])

        def wrong(out: Book, stream: str) -> None: ...

        Exporter(name="x", suffixes=(".x",), write=wrong)  # type: ignore[arg-type]
        return [Exporter(name="orust", suffixes=(".orust",), write=write)]

    @hookimpl
    def register_views(self) -> list[View]:
        def run(book: Outward, /, **params: Any) -> Table:
            rows = tuple({"name": one.name} for one in book.actors.where(kind="association"))
            return Table(name="x", title="X", columns=(Column(key="name", title="Name"),), rows=rows)

        Column(key="x", title="X", type="colour")  # type: ignore[arg-type]
        return [View(name="x", title="X", run=run)]

    @hookimpl
    def register_checks(self) -> list[Check]:
        def run(record: Record, book: Outward) -> Iterator[Finding]:
            if isinstance(record, Contact) and not record.purpose:
                yield Finding(message="no purpose", type=record.type, id=record.id)

        return [Check(name="x", title="X", run=run)]

    def candidates(self) -> Iterator[Candidate]:
        yield Candidate(row=1, type="contact", fields={"name": "Eva Ek"})
        yield Candidate(type="contact")  # type: ignore[call-arg]
