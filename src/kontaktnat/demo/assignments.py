"""How the county board's assignments meet in the demo book: colleagues, holders, networks, meetings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kontaktnat.demo.people import contact_of
from kontaktnat.demo.year import actor, at
from kontaktnat.model import Actor, Assignment, Member, Network, Role
from kontaktnat.refs import resolve

if TYPE_CHECKING:
    from kontaktnat.book import Book

OURS = "brottsförebyggande arbete"
ANDTS, CRISIS, WOMEN, PARENTS = "andts", "krisberedskap", "mäns våld", "föräldraskapsstöd"

# Name, assignment; all at the county board.
COLLEAGUES = (("Disa Vide", ANDTS), ("Hugo Hagtorn", CRISIS), ("Tova Syren", WOMEN))

# Who holds what in the municipalities beside the crime prevention that coordinators have: name, where,
# function, assignment, share of full time.
HATS = (
    ("Eva Ek", "nybro", "case_officer", ANDTS, 0.2),
    ("Maj Lind", "torsås", "safety_coordinator", CRISIS, 0.5),
    ("Maj Lind", "torsås", "case_officer", ANDTS, 0.1),
    ("Bo Björk", "kalmar", "case_officer", WOMEN, None),
    ("Rut Malm", "kalmar", "case_officer", ANDTS, 0.5),
    ("Eva Ek", "nybro", "case_officer", PARENTS, 0.1),
    ("Rut Malm", "kalmar", "case_officer", PARENTS, 0.2),
    ("Sten Hallon", "oskarshamn", "safety_coordinator", CRISIS, 1.0),
)

# Name, assignment, members, and its meetings: days ago and theme.
NETWORKS: tuple[tuple[str, str, tuple[str, ...], tuple[tuple[int, str], ...]], ...] = (
    (
        "ANDTS-nätverket",
        ANDTS,
        ("nybro", "torsås", "kalmar"),
        ((322, "Nikotin bland unga"), (52, "Krogarna")),
    ),
    ("Krissamordnarna", CRISIS, ("torsås", "oskarshamn"), ((200, "Värmebölja"), (49, "Övning i höst"))),
    ("Nätverket mot våld i nära relation", WOMEN, ("kalmar",), ((140, "Tidig upptäckt"),)),
    ("Föräldrastödsnätverket", PARENTS, ("nybro", "kalmar"), ((45, "Tonåringar"),)),
)
SILENT = ("integration", "folkhälsa", "bob", "extremism", "barnets rättigheter")
"""Assignments under which nobody is called to meetings."""


def assignments(book: Book) -> None:
    """Everything."""
    for function in ("crime_prevention_coordinator", "regional_crime_prevention_coordinator"):
        for role in book.roles.where(function=function, until=None):
            book.update(role, assignment=_assignment(book, OURS).id)
    for number, (name, what) in enumerate(COLLEAGUES, 20):
        _hold(book, name, number, "länsstyrelsen", "case_officer", what, None)
    for number, (name, where, function, what, share) in enumerate(HATS, 30):
        _hold(book, name, number, where, function, what, share)
    for name in SILENT:
        book.update(_assignment(book, name), invites=False)
    for name, what, members, meetings in NETWORKS:
        _network(book, name, what, members, meetings)


def _hold(
    book: Book, name: str, number: int, where: str, function: str, what: str, share: float | None
) -> None:
    at_actor = actor(book, where)
    known = book.contacts.where(name=name)
    person = known[0] if known else book.add(contact_of(name, number, where))
    given: dict[str, Any] = {"assignment": _assignment(book, what).id, "share": share}
    for role in book.roles.where(contact=person.id, actor=at_actor.id, function=function, assignment=None):
        book.update(role, **given)
        return
    book.add(Role(contact=person.id, actor=at_actor.id, function=function, since="2025-02", **given))


def _network(
    book: Book, name: str, what: str, members: tuple[str, ...], meetings: tuple[tuple[int, str], ...]
) -> None:
    assignment = _assignment(book, what)
    network = book.add(
        Network(
            name=name,
            level="county",
            host=actor(book, "länsstyrelsen").id,
            members=[Member(actor=actor(book, one).id) for one in members],
            assignments=[assignment.id],
        )
    )
    for ago, theme in meetings:
        holders = [role.id for one in members for role in _holders(book, actor(book, one), assignment)]
        book.meet(network, when=at(book, ago, 13), theme=theme, attended=holders)


def _holders(book: Book, where: Actor, assignment: Assignment) -> list[Role]:
    return [role for role in book.roles.where(assignment=assignment.id, actor=where.id) if role.contact]


def _assignment(book: Book, name: str) -> Assignment:
    found = resolve(book, name, ("assignment",))
    assert isinstance(found, Assignment)
    return found
