"""The check and the two guards, on records alone and in a book."""

from types import SimpleNamespace
from typing import Any

import pytest

import kontaktnat
from kontaktnat import Actor, Contact, FormerName, Veto
from kontaktnat_sweden import rules
from kontaktnat_sweden.rules import refuse_to_delete, refuse_unknown_place

NYBRO = Actor(id="nybr0000", name="Nybro kommun", kind="municipality", place="0881")  # type: ignore[arg-type]


def holding(*actors: Actor) -> Any:
    """A book that holds these municipalities and nothing else."""

    def where(**fields: str) -> list[Actor]:
        return [actor for actor in actors if all(getattr(actor, k) == v for k, v in fields.items())]

    return SimpleNamespace(actors=SimpleNamespace(where=where))


def messages(actor: Actor) -> list[str]:
    return [f"{found.path}: {found.message}; {found.remedy}" for found in rules.check(actor, holding())]


@pytest.mark.parametrize(
    "actor",
    [
        NYBRO,
        Actor(name="Göteborgs stad", aliases=["Göteborgs kommun"], kind="municipality", place="1480"),
        Actor(name="Falun", names=[FormerName(name="Falu kommun")], kind="municipality", place="2080"),
        Actor(name="Mariannelunds kommun", kind="municipality", place="0686", succeeded_by=NYBRO.id),
        Actor(name="En kommun utan plats", kind="municipality"),
        Actor(name="Nybro IF", kind="association", place="0881"),
    ],
)
def test_nothing_to_say_about(actor: Actor) -> None:
    assert messages(actor) == []


def test_the_check_passes_over_what_is_no_actor() -> None:
    assert list(rules.check(Contact(name="Eva Ek"), holding())) == []


def test_a_municipality_without_its_legal_name() -> None:
    (message,) = messages(Actor(name="Kalmars kommun", kind="municipality", place="0880"))
    assert message.startswith("name: Kalmars kommun (0880) is Kalmar kommun by law; name it Kalmar kommun")


def test_a_place_that_does_not_exist() -> None:
    (message,) = messages(Actor(name="Nybro IF", kind="association", place="0818"))
    assert message.startswith("place: Nybro IF: no municipality has the code 0818; ")
    assert "0881 Nybro" in message


def test_a_new_place_has_to_exist() -> None:
    wrong = Actor(name="Nybro kommun", place="0889")
    with pytest.raises(Veto, match="no Swedish municipality has the code 0889; nearest: 0885 Borgholm"):
        refuse_unknown_place(wrong, None)
    with pytest.raises(Veto):
        refuse_unknown_place(wrong, NYBRO)


def test_a_place_that_was_there_may_stay() -> None:
    old = Actor(name="Heby kommun", place="1917")
    refuse_unknown_place(Actor(name="Heby kommun", place="1917", note="nu 0331"), old)


@pytest.mark.parametrize("record", [NYBRO, Actor(name="Utan plats"), Contact(name="Eva Ek")])
def test_what_may_be_saved(record: Actor | Contact) -> None:
    refuse_unknown_place(record, None)


def test_the_only_record_of_a_municipality_stays() -> None:
    with pytest.raises(Veto, match=r"Nybro kommun is a municipality.*succeeded_by"):
        refuse_to_delete(NYBRO, holding(NYBRO))
    with pytest.raises(Veto):
        refuse_to_delete(NYBRO, holding())


@pytest.mark.parametrize(
    "record",
    [
        Actor(name="Nybro IF", kind="association", place="0881"),
        Actor(name="En kommun utan plats", kind="municipality"),
        Actor(name="Ingen kommun", kind="municipality", place="0001"),
        Contact(name="Eva Ek"),
    ],
)
def test_what_may_be_deleted(record: Actor | Contact) -> None:
    refuse_to_delete(record, holding(NYBRO))


def test_in_a_book_a_wrong_place_is_refused_and_nothing_is_saved(book: kontaktnat.Book) -> None:
    with pytest.raises(Veto, match="0881 Nybro"):
        book.add(Actor(name="Nybro kommun", kind="municipality", place="0818"))
    assert book.actors.all() == []


def test_in_a_book_a_duplicate_may_go_and_the_last_one_stays(book: kontaktnat.Book) -> None:
    first = book.add(Actor(name="Nybro kommun", kind="municipality", place="0881"))
    second = book.add(Actor(name="Nybro", kind="municipality", place="0881"))
    book.delete(second)
    with pytest.raises(Veto):
        book.delete(first)
    assert book.actors.all() == [first]
