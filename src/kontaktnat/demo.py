"""The demo book: Kalmar county, invented people with invented addresses, a fortnight of work.

Phone numbers are from the series reserved for fiction (070-174 06 05 to 99), mail is at `.example`.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from kontaktnat.model import (
    Actor,
    ActorId,
    Contact,
    FollowUp,
    Interaction,
    PartialDate,
    Participation,
    Role,
    RoleId,
    Topic,
    Way,
    stockholm,
)
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
    ("Siv Rönn", "crime_prevention_coordinator", "vimmerby", "2025-05"),
    ("Per Sälg", "municipal_police_officer", "nybro", "2024"),
    ("Ida Hassel", "municipal_police_officer", "kalmar", "2023-03"),
    ("Leif Oxel", "executive_board_chair", "emmaboda", "2022-10-15"),
    ("Kim Tall", "regional_crime_prevention_coordinator", "länsstyrelsen", "2025-01"),
)
# One person, two hats: in a small municipality one has many assignments.
SECOND_HATS = (("Maj Lind", "safety_coordinator", "torsås", "2022-08"),)
ASSOCIATIONS = (
    ("Nattvandrarna i Nybro", "association", "0881", "Lo Hägg"),
    ("Kalmarsunds Idrottsallians", "association", "0880", "Ulla Idegran"),
    ("Brottsofferjouren Ekdungen", "victim_support", "0882", "Nils Lönn"),
)
_FIRST_NUMBER = 5


def fill(book: Book) -> None:
    """Fill an empty book, everything by `demo`. Raises NotFound where the Kalmar pack is not installed."""
    book.add_county("kalmar")
    with book.transaction("demo: people", by="demo"):
        book.set("demo", True)
        book.set("by", "demo")
        hats = _people(book)
        _associations(book, hats)
    with book.transaction("demo: work", by="demo"):
        _work(book, hats)


def _people(book: Book) -> dict[str, Role]:
    """Everybody with the hat first given, by first name; the vacant posts of the pack are filled."""
    hats = {}
    for number, (name, function, where, since) in enumerate(PEOPLE):
        actor = resolve(book, where, ("actor",))
        contact = book.add(_contact(name, number, _domain(where)))
        hats[name.split()[0]] = _hat(book, contact, function, ActorId(actor.id), since)
    for name, function, where, since in SECOND_HATS:
        contact = book.contacts.where(name=name)[0]
        _hat(book, contact, function, ActorId(resolve(book, where, ("actor",)).id), since)
    return hats


def _hat(book: Book, contact: Contact, function: str, actor: ActorId, since: str) -> Role:
    for vacant in book.roles.where(contact=None, function=function):
        if actor in (vacant.actor, *vacant.covers):
            return book.update(vacant, contact=contact.id, since=since)
    return book.add(Role(contact=contact.id, actor=actor, function=function, since=PartialDate.parse(since)))


def _associations(book: Book, hats: dict[str, Role]) -> None:
    for number, (name, kind, place, chair) in enumerate(ASSOCIATIONS, len(PEOPLE)):
        actor = book.add(
            Actor(
                name=name,
                kind=kind,
                place=place,
                sector="civil_society",
                ways=[Way(kind="mail", value=f"info@{_domain(name.split()[0])}.example")],
            )
        )
        contact = book.add(_contact(chair, number, _domain(name.split()[0])))
        hats[chair.split()[0]] = book.add(
            Role(contact=contact.id, actor=actor.id, function="association_chair")
        )


def _contact(name: str, number: int, domain: str) -> Contact:
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


def _work(book: Book, hats: dict[str, Role]) -> None:
    today = book.today
    school = book.add(
        Topic(kind="problem", title="Skadegörelse vid skolor", raised_by=[hats["Eva"].actor or ActorId("")])
    )
    call = book.add(
        Interaction(
            kind="phone",
            when=_at(today - timedelta(days=3), 9, 30),
            summary="Skadegörelse vid skolan, vill ha underlag om trygghetsvandringar",
            participants=[hats["Eva"].id],
            topics=[school.id],
            mandate=[1],
        )
    )
    book.add(
        Interaction(
            kind="visit",
            when=_at(today - timedelta(days=9), 13),
            summary="Genomgång av lägesbilden inför uppdateringen",
            participants=[hats["Åsa"].id, hats["Nils"].id],
            mandate=[1, 2],
        )
    )
    book.add(
        Interaction(
            kind="sounding_board",
            when=_at(today - timedelta(days=12), 10),
            summary="Hur får vi igång orsaksanalysen?",
            participants=[hats["Maj"].id],
            process_step=3,
            mandate=[1],
        )
    )
    network = book.networks.all()[0]
    invited = ("Eva", "Bo", "Åsa", "Maj", "Ove", "Siv", "Per", "Ida")
    guests = [Participation(role=RoleId(hats["Lo"].id), status="invited", part="guest")]
    members = [Participation(role=RoleId(hats[one].id), status="invited") for one in invited]
    book.add(
        Interaction(
            kind="network_meeting",
            status="planned",
            when=_at(today + timedelta(days=10), 9),
            theme="Trygga skolvägar",
            network=network.id,
            agenda=["Lägesbild", "Skadegörelse vid skolor", "Nästa träff"],
            participants=members + guests,
            mandate=[2],
        )
    )
    for text, days, side, who in (
        ("Skicka underlag om trygghetsvandringar", 4, "we", "Eva"),
        ("Återkomma om datum för utbildning", -2, "we", "Bo"),
        ("Skicka utkast till lägesbild", 11, "they", "Åsa"),
    ):
        hat = hats[who]
        about = [id for id in (call.id if who == "Eva" else None, hat.id, hat.contact, hat.actor) if id]
        due = PartialDate.parse((today + timedelta(days=days)).isoformat())
        book.add(FollowUp(text=text, due=due, side=side, about=about, owner="demo"))


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), stockholm())
