"""Who there is in the demo book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontaktnat.model import Actor, ActorId, Contact, PartialDate, Role, Way
from kontaktnat.refs import resolve

if TYPE_CHECKING:
    from kontaktnat.book import Book

# Name, function, where (as one types it), since.
PEOPLE = (
    ("Eva Ek", "crime_prevention_coordinator", "nybro", "2023-09"),
    ("Bo Björk", "crime_prevention_coordinator", "kalmar", "2021"),
    ("Åsa Ängström", "crime_prevention_coordinator", "oskarshamn", "2024-02"),
    ("Maj Lind", "crime_prevention_coordinator", "torsås", "2022-08"),
    ("Ove Alm", "crime_prevention_coordinator", "västervik", "2020-01"),
    ("Alva Sten", "crime_prevention_coordinator", "vimmerby", "2022"),
    ("Per Sälg", "municipal_police_officer", "nybro", "2024"),
    ("Ida Hassel", "municipal_police_officer", "kalmar", "2023-03"),
    ("Leif Oxel", "executive_board_chair", "emmaboda", "2023-01-01"),
    ("Kim Tall", "regional_crime_prevention_coordinator", "länsstyrelsen", "2025-01"),
)
# One person, several hats: in a small municipality one has many assignments, and an officer serves several.
SECOND_HATS = (("Maj Lind", "safety_coordinator", "torsås", "2022-08"),)
ASSOCIATIONS = (
    ("Nattvandrarna i Nybro", "association", "0881", "Lo Hägg"),
    ("Kalmarsunds Idrottsallians", "association", "0880", "Ulla Idegran"),
    ("Brottsofferjouren Ekdungen", "victim_support", "0882", "Nils Lönn"),
)
FORMER = ("Gun Vrangel", "unit_head", "högsby", "2019", "2023-05-31")
COMES_LATER = ("Siv Rönn", "vimmerby")
_FIRST_NUMBER = 5


def people(book: Book) -> dict[str, Role]:
    """Everybody with the hat first given, by first name; the vacant posts of the pack are filled."""
    hats = {}
    for number, (name, function, where, since) in enumerate(PEOPLE):
        actor = resolve(book, where, ("actor",))
        contact = book.add(contact_of(name, number, where))
        hats[name.split()[0]] = _hat(book, contact, function, ActorId(actor.id), since)
    for name, function, where, since in SECOND_HATS:
        contact = book.contacts.where(name=name)[0]
        _hat(book, contact, function, ActorId(resolve(book, where, ("actor",)).id), since)
    _former(book, len(PEOPLE) + len(ASSOCIATIONS) + 1)
    book.add(contact_of(COMES_LATER[0], len(PEOPLE) + len(ASSOCIATIONS), COMES_LATER[1]))
    return hats | _associations(book)


def _hat(book: Book, contact: Contact, function: str, actor: ActorId, since: str) -> Role:
    for vacant in book.roles.where(contact=None, function=function):
        if actor in (vacant.actor, *vacant.covers):
            return book.update(vacant, contact=contact.id, since=since)
    return book.add(Role(contact=contact.id, actor=actor, function=function, since=PartialDate.parse(since)))


def _former(book: Book, number: int) -> None:
    """Somebody who left long ago, and is to be looked at anew."""
    name, function, where, since, until = FORMER
    contact = book.add(contact_of(name, number, where))
    actor = ActorId(resolve(book, where, ("actor",)).id)
    book.add(Role(contact=contact.id, actor=actor, function=function, since=since, until=until))


def _associations(book: Book) -> dict[str, Role]:
    hats = {}
    for number, (name, kind, place, chair) in enumerate(ASSOCIATIONS, len(PEOPLE)):
        mail = Way(kind="mail", value=f"info@{_domain(name.split()[0])}.example")
        actor = book.add(Actor(name=name, kind=kind, place=place, sector="civil_society", ways=[mail]))
        contact = book.add(contact_of(chair, number, name.split()[0]))
        hats[chair.split()[0]] = book.add(
            Role(contact=contact.id, actor=actor.id, function="association_chair")
        )
    return hats


def contact_of(name: str, number: int, where: str) -> Contact:
    """A person whose phone number is made of `number`, and mail of where they are."""
    domain = _domain(where)
    phone = f"070-174 06 {_FIRST_NUMBER + number:02}"
    mail = f"{_domain(name.replace(' ', '.'))}@{domain}.example"
    return Contact(
        name=name,
        ways=[Way(kind="mail", value=mail), Way(kind="phone", value=phone)],
        purpose="crime_prevention_support",
        legal_basis="public_task",
        source="demo",
    )


def _domain(text: str) -> str:
    from kontaktnat.text import fold

    return fold(text).replace(" ", "")
