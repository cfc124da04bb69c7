"""Which fields lead to other records, told from the classes and from the records themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

import kontaktnat
from kontaktnat import (
    Actor,
    Assignment,
    Book,
    Commitment,
    Contact,
    FollowUp,
    Interaction,
    Network,
    Participation,
    Pending,
    Role,
    Topic,
)
from kontaktnat.codec import to_doc
from kontaktnat.judge import pointers
from kontaktnat.model import RECORDS, Headcount, Member, Reach, TopicLink
from kontaktnat.model.walk import link_paths, links
from kontaktnat.query import values


@pytest.fixture
def book() -> Iterator[Book]:
    with kontaktnat.open("memory:", by="anna", plugins=[]) as book:
        yield book


def test_paths_of_all_links() -> None:
    assert {name: link_paths(cls) for name, cls in RECORDS.items()} == {
        "actor": ("parent", "succeeded_by"),
        "contact": (),
        "role": ("contact", "actor", "assignment", "covers"),
        "assignment": (),
        "interaction": (
            "network", "participants.role", "participants.contact", "participants.actor",
            "participants.deputy_for", "topics", "assignments", "headcounts.actor",
        ),
        "topic": ("raised_by", "links.topic", "returned.actor", "spread.actor", "uptake.actor"),
        "followup": ("about",),
        "network": ("members.actor", "assignments", "host"),
        "commitment": ("actor", "assignment", "parties"),
        "pending": ("candidates",),
        "setting": (),
    }  # fmt: skip


def everything(book: Book) -> str:
    """A record of each type, which all point at one actor; its id."""
    nybro = book.add(Actor(name="Nybro kommun"))
    orust = book.add(Actor(name="Orust", parent=nybro.id))
    hat = book.add(Role(contact=book.add(Contact(name="Eva Ek")).id, actor=orust.id, covers=[nybro.id]))
    task = book.add(Assignment(name="Ett uppdrag"))
    book.add(Network(name="Nätet", members=[Member(actor=nybro.id)], assignments=[task.id]))
    book.add(Commitment(actor=orust.id, parties=[nybro.id]))
    first = book.add(Topic(title="Ljus", returned=[Reach(actor=nybro.id)]))
    book.add(Topic(title="Mörker", links=[TopicLink(topic=first.id)], raised_by=[nybro.id]))
    parts = [Participation(role=hat.id), Participation(actor=nybro.id)]
    met = book.add(
        Interaction(kind="phone", participants=parts, headcounts=[Headcount(actor=orust.id, count=2)])
    )
    book.add(FollowUp(text="Ring", about=[met.id, nybro.id]))
    book.add(Pending(text="vem?", candidates=[nybro.id]))
    return nybro.id


def test_at_the_paths_stands_what_a_record_says_it_points_at(book: Book) -> None:
    everything(book)
    for name, cls in RECORDS.items():
        for record in book.collection_of(name).all():
            doc = to_doc(record)
            told = {(re.sub(r"\[\d+\]", "", path), id) for path, id, _ in links(record)}
            assert told == {
                (path, id) for path in link_paths(cls) for id in values(doc, path) if id is not None
            }


def test_who_points_at_a_record_in_an_open_transaction(book: Book) -> None:
    id = everything(book)
    book.set("favourite", id)  # a value that happens to be an id is no link
    with book.transaction():
        before = pointers(book._now, {id})
        assert {kind for kind, _ in before[id]} == {
            "actor", "role", "network", "commitment", "topic", "interaction", "followup", "pending"
        }  # fmt: skip
        gone, new = book.followups.all()[0], book.add(FollowUp(text="Skriv", about=[id]))
        book.delete(gone)
        (role,) = book.roles.all()
        book.update(role, covers=())
        after = pointers(book._now, {id})
        assert {*before[id]} - {*after[id]} == {("followup", gone.id), ("role", role.id)}
        assert {*after[id]} - {*before[id]} == {("followup", new.id)}
        many = pointers(book._now, {id, *(f"nobody{n:02}" for n in range(80))})
        assert many == after
