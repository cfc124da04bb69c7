"""Books that differ only in where somebody protected works, and in what they hold there, answer alike.

Every view that is installed, with every parameter, every actor's page, the exports of pages and of the
report to Brå: what is equal tells nothing. A view that is new is asked from the day it is there.
"""

from __future__ import annotations

import inspect
import io
import itertools
import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

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
    Member,
    Network,
    Participation,
    Role,
    Topic,
)
from kontaktnat.errors import KontaktnatError
from kontaktnat.testing import FixedClock, counted_ids
from kontaktnat.views.page import page

PLACES = ("Nybro kommun", "Torsås kommun", "Lokalpolisområde Nybro", "Länsstyrelsen", "Nattvandrarna")
FUNCTIONS = ("case_officer", "crime_prevention_coordinator", "municipal_police_officer")
Told = dict[str, Any]


def filled(
    place: str, *, assignment: int, covers: str = "", share: float | None = None, protected: bool = True
) -> Book:
    """A small county; Siv is protected, and works at `place`. Ids are counted, so books can be compared."""
    book = kontaktnat.open("memory:", mode="create", by="anna", clock=FixedClock(), ids=counted_ids())
    with book.transaction("fill"):
        kinds = (
            "municipality",
            "municipality",
            "local_police_area",
            "county_administrative_board",
            "association",
        )
        actors = {
            name: book.add(Actor(name=name, kind=kind, sector="municipality" if n < 2 else "state",
                                 place=("0881", "0834", "", "", "0881")[n]))
            for n, (name, kind) in enumerate(zip(PLACES, kinds, strict=True))
        }  # fmt: skip
        assignments = [
            book.add(Assignment(name="ANDTS", addressee="kommuner", target_groups=["unga"])),
            book.add(
                Assignment(name="Brottsförebyggande arbete", addressee="kommuner", target_groups=["unga"])
            ),
        ]
        eva, siv, lo = (
            book.add(Contact(name=name, protected=protected and name == "Siv Dal"))
            for name in ("Eva Ek", "Siv Dal", "Lo Hägg")
        )
        hat = book.add(Role(contact=eva.id, actor=actors[PLACES[0]].id, assignment=assignments[0].id,
                            function="crime_prevention_coordinator", since="2025-01-01"))  # fmt: skip
        guest = book.add(Role(contact=lo.id, actor=actors[PLACES[4]].id, function="association_chair"))
        serves = [actors[covers].id] if covers else []
        hers = book.add(Role(contact=siv.id, actor=actors[place].id, function="case_officer", share=share,
                             assignment=assignments[assignment].id, covers=serves))  # fmt: skip
        networks = [
            book.add(Network(name=name, host=actors[PLACES[3]].id, assignments=[one.id], functions=FUNCTIONS,
                             members=[Member(actor=actors[it].id) for it in PLACES[:3]]))
            for name, one in zip(("Ett", "Två"), assignments, strict=True)
        ]  # fmt: skip
        for n, (when, status) in enumerate(
            (
                ("2026-03-02", "held"),
                ("2026-03-09", "held"),
                ("2026-10-01", "held"),
                ("2026-11-20", "planned"),
            )
        ):
            parts = [
                Participation(role=hat.id, status="attended" if status == "held" else "invited"),
                Participation(role=hers.id, status="attended" if n != 2 else "absent"),
                Participation(role=guest.id, part="guest"),
            ]
            book.add(Interaction(kind="network_meeting", network=networks[n % 2].id, when=when, status=status,
                                 participants=parts, mandate=[2]))  # fmt: skip
        deputy = Participation(role=hat.id, status="deputy", deputy_for=hers.id)
        book.add(Interaction(kind="training", when="2026-06-01", participants=[deputy], audience="officials",
                             assignments=[assignments[1].id], mandate=[3]))  # fmt: skip
        book.add(Interaction(kind="phone", when="2026-09-01", participants=[hers.id], summary="Läget"))
        book.add(Commitment(kind="action_plan", actor=actors[PLACES[0]].id, decided_on="2024-05-01"))
        book.add(FollowUp(text="Ring", about=[hers.id], due="2026-11-20"))
        book.add(Topic(title="Rutor", kind="problem", raised_by=[actors[PLACES[0]].id]))
    return book


def asked(book: Any) -> dict[str, list[Any]]:
    """Values to try for each parameter."""
    names = [*PLACES[:3], "Siv Dal", "Eva Ek"]
    return {
        "who": names, "a": ["Siv Dal", "Eva Ek", "ANDTS"],
        "b": ["Lo Hägg", *PLACES[:2], "Brottsförebyggande"],
        "network": ["", "Ett"], "municipality": ["", *PLACES[:2]], "actor": ["", *PLACES[:2]],
        "assignment": ["", "ANDTS"], "functions": ["", ",".join(FUNCTIONS)], "year": ["", "2026"],
        "days": ["", "0"], "stale_days": ["", "1"],
    }  # fmt: skip


def answers(book: Any) -> Iterator[tuple[str, Any]]:
    """Everything that comes out, by what was asked."""
    values = asked(book)
    for name, view in book.plugins.collect("register_views").items():
        takes = [one for one in list(inspect.signature(view.run).parameters)[1:] if one in values]
        for chosen in itertools.product(*(values[one] for one in takes)):
            params = dict(zip(takes, chosen, strict=True))
            yield (
                f"view {name} {params}",
                answer(lambda name=name, params=params: shown(book.view(name, **params))),
            )
    for actor in book.actors.all():
        yield f"page {actor.name}", answer(lambda actor=actor: [shown(table) for table in page(book, actor)])


def answer(ask: Callable[[], Any]) -> Any:
    try:
        return ask()
    except KontaktnatError as error:
        return error.message()


def shown(table: Any) -> Told:
    return {"rows": [dict(row) for row in table.rows], "notes": [str(one) for one in table.notes]}


def exports(book: Book) -> Iterator[tuple[str, str]]:
    for name, options in (
        ("markdown", {}),
        ("bra-report", {"year": "2026"}),
        ("csv", {"type": "interaction"}),
    ):
        stream = io.BytesIO()
        with suppress(KontaktnatError):
            book.export_to(stream, name, options=options)
        yield f"export {name}", stream.getvalue().decode()


def everything(**where: Any) -> Told:
    with filled(**where) as book:
        told = dict(answers(book))
        told |= {f"{what} in May": value for what, value in answers(book.as_of("2026-05-01"))}
        return told | dict(exports(book))


BASE = {"place": PLACES[0], "assignment": 0}


@pytest.fixture(scope="module")
def base() -> Told:
    return everything(**BASE)


@pytest.mark.parametrize(
    "where",
    [
        *({"place": place} for place in PLACES[1:]),
        {"assignment": 1},
        {"place": PLACES[1], "assignment": 1},
        {"place": PLACES[2], "covers": PLACES[0]},
        {"place": PLACES[2], "covers": PLACES[1]},
        {"share": 0.2},
    ],
    ids=str,
)
def test_what_somebody_protected_does_where_changes_no_answer(base: Told, where: dict[str, Any]) -> None:
    other = everything(**BASE | where)
    assert base.keys() == other.keys()
    for what, value in base.items():
        if value != other[what]:
            told = json.dumps([value, other[what]], ensure_ascii=False, indent=1, default=str)
            raise AssertionError(f"{what} tells {where}: {told[:3000]}")


def test_of_somebody_who_is_not_protected_the_same_walk_sees_it() -> None:
    one, other = (everything(**BASE | {"place": place, "protected": False}) for place in PLACES[:2])
    seen = {what.split(" {")[0].split(" in May")[0] for what in one if one[what] != other[what]}
    assert {"view coverage", "view crowding", "view network", "view path", "view vacancies",
            "view year-wheel", "view bra-report", "page Nybro kommun", "export markdown"} <= seen  # fmt: skip
