"""The data: what it holds, that it hangs together, and that it is what the lists behind it say."""

import csv
from collections import Counter
from pathlib import Path
from typing import TypeVar

import pytest

from kontaktnat import Actor, Assignment, Commitment, Network, Role
from kontaktnat.extend import CountyPack, check_pack
from kontaktnat.model import Record, id_for
from kontaktnat_kalmar import plugin

T = TypeVar("T", bound=Record)

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
"""Lists to compare with, made by somebody else; beside the project on some machines only."""

DATED = {
    "02-15 årlig redovisning till Brå (förordning 2016:1258, 4 §)": "årlig 15 feb",
    "2026-04-29 redovisning (uppgift från granskning, kontrollera)": (
        "redovisning 2026-04-29 (uppgift från granskning, kontrollera)"
    ),
}
"""Reports whose day stands first, by which the year wheel knows it, as the list has them."""

LEGAL_NAMES = {
    "0821": "Högsby kommun",
    "0834": "Torsås kommun",
    "0840": "Mörbylånga kommun",
    "0860": "Hultsfreds kommun",
    "0861": "Mönsterås kommun",
    "0862": "Emmaboda kommun",
    "0880": "Kalmar kommun",
    "0881": "Nybro kommun",
    "0882": "Oskarshamns kommun",
    "0883": "Västerviks kommun",
    "0884": "Vimmerby kommun",
    "0885": "Borgholms kommun",
}


def pack() -> CountyPack:
    (found,) = plugin.register_county_packs()
    return found


@pytest.fixture(scope="module")
def records() -> list[Record]:
    return list(pack().records())


def of(cls: type[T], records: list[Record]) -> dict[str, T]:
    return {record.id: record for record in records if isinstance(record, cls)}


def memberships(records: list[Record]) -> list[Commitment]:
    return [one for one in of(Commitment, records).values() if one.kind == "local_police_area"]


def test_the_pack_and_what_it_is_called() -> None:
    found = pack()
    assert (found.name, found.county, found.title) == ("kalmar", "08", "Kalmar län")
    assert found.aliases == ("H", "08", "Kalmar län")


def test_how_many_of_what(records: list[Record]) -> None:
    counts = Counter(record.type for record in records)
    assert counts == {"actor": 21, "role": 37, "commitment": 13, "assignment": 10, "network": 1}
    assert len({record.id for record in records}) == len(records)


def test_twelve_municipalities_with_legal_names_and_short_ones(records: list[Record]) -> None:
    found = [actor for actor in of(Actor, records).values() if actor.kind == "municipality"]
    assert {actor.place: actor.name for actor in found} == LEGAL_NAMES
    for actor in found:
        assert actor.id == id_for(f"actor:se:municipality:{actor.place}")
        (short,) = actor.aliases
        assert actor.name in (f"{short} kommun", f"{short}s kommun")


def test_all_is_of_the_county_but_the_national_body(records: list[Record]) -> None:
    elsewhere = [record for record in records if record.county != "08"]
    assert [actor.name for actor in elsewhere if isinstance(actor, Actor)] == ["Brottsförebyggande rådet"]
    assert len(elsewhere) == 1


def test_no_persons_and_no_numbers_of_organisations(records: list[Record]) -> None:
    assert not [role for role in of(Role, records).values() if role.contact]
    assert not [actor for actor in of(Actor, records).values() if actor.org_number or actor.ways]


def test_every_municipality_has_its_three_posts(records: list[Record]) -> None:
    actors, posts = of(Actor, records), Counter[tuple[str, str]]()
    for role in of(Role, records).values():
        served = role.covers or (role.actor,)
        posts.update((actors[actor].name, role.function) for actor in served if actor)
    for name in LEGAL_NAMES.values():
        for function in ("crime_prevention_coordinator", "executive_board_chair", "municipal_police_officer"):
            assert posts.pop((name, function)) == 1
    assert posts == {("Länsstyrelsen i Kalmar län", "regional_crime_prevention_coordinator"): 1}


def test_the_municipal_police_officer_is_at_the_area_that_serves_the_municipality(
    records: list[Record],
) -> None:
    area = {one.actor: one.parties for one in memberships(records)}
    officers = [role for role in of(Role, records).values() if role.function == "municipal_police_officer"]
    assert len(officers) == 12
    assert all((role.actor,) == area[role.covers[0]] for role in officers)


def test_police_areas_are_as_in_the_list(records: list[Record]) -> None:
    actors = of(Actor, records)
    rows = {
        actors[one.actor or ""].place: (
            actors[one.parties[0]].name,
            str(one.valid_from or ""),
            one.extra["pack.source"],
            one.extra["pack.certainty"],
        )
        for one in memberships(records)
    }
    assert rows.keys() == LEGAL_NAMES.keys()
    assert Counter(row[3] for row in rows.values()) == {"verified": 4, "unverified": 8}
    if (reference := SHARED / "lokalpolisomraden_kalmar.csv").is_file():
        with reference.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter=";"):
                if row["kommun_code"] in LEGAL_NAMES:
                    assert rows[row["kommun_code"]] == (
                        f"Lokalpolisområde {row['lpo']}",
                        row["since"],
                        row["source"],
                        row["certainty"],
                    )


def test_the_agreement_of_those_who_share_police_area_nybro(records: list[Record]) -> None:
    """Of Kalmar's side; Kronoberg's pack adds its own parties to the same record."""
    (agreement,) = (one for one in of(Commitment, records).values() if one.kind == "agreement")
    actors = of(Actor, records)
    assert agreement.id == id_for("commitment:se:agreement:lpo:nybro")
    assert [actors[id].name for id in agreement.parties] == [
        "Lokalpolisområde Nybro", "Torsås kommun", "Emmaboda kommun", "Nybro kommun",
    ]  # fmt: skip
    assert agreement.extra["pack.certainty"] == "verified"


def test_pack_check_finds_no_mistake() -> None:
    assert [one for one in check_pack(Path(__file__).parents[1]) if not one.note] == []


def test_assignments_are_as_in_the_list(records: list[Record]) -> None:
    found = of(Assignment, records)
    assert {assignment.level for assignment in found.values()} == {"county"}
    if (reference := SHARED / "uppdrag.csv").is_file():
        with reference.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter=";"):
                given = {key: "" if value == "-" else value for key, value in row.items()}
                ours = found.pop(id_for(f"assignment:se:assignment:{row['id']}"))
                assert (ours.name, ours.national_body) == (given["name_sv"], given["national_body"])
                reports = " ".join(ours.reports)
                assert DATED.get(reports, reports) == given["reporting"]
                assert ours.horizon == given["horizon"]
                certainty = ours.extra["kalmar.legal_certainty"]
                assert certainty.partition("; ")[0] == given["certainty"]
                assert ours.extra.get("kalmar.municipal_counterpart", "") == given["municipal_counterpart"]
        assert found == {}


def test_whom_assignments_address(records: list[Record]) -> None:
    """Where a law gives the municipality its side of it, and Bob; of the others it is not known."""
    found = of(Assignment, records).values()
    to_municipalities = {one.name.partition(",")[0] for one in found if one.addressee}
    assert {one.addressee for one in found} == {"", "kommuner"}
    assert {one.name for one in found if one.extra.get("kalmar.municipal_counterpart")} <= {
        one.name for one in found if one.addressee
    }
    assert to_municipalities == {
        "ANDTS-förebyggande",
        "Asylsökande och nyanlända (integration)",
        "Barnets rättigheter",
        "Bob",
        "Brottsförebyggande arbete",
        "Krisberedskap och civilt försvar",
        "Mäns våld mot kvinnor",
    }


def test_what_is_own_knowledge_says_so(records: list[Record]) -> None:
    """Of all that the list does not tell: a target group, a factor or a level."""
    for one in of(Assignment, records).values():
        if one.prevention_level or (one.target_groups and "integration" not in one.name):
            assert "egen kunskap" in one.extra["kalmar.legal_certainty"], one.name


def test_the_network_gathers_municipalities_and_police_areas(records: list[Record]) -> None:
    (network,) = of(Network, records).values()
    actors = of(Actor, records)
    kinds = Counter(actors[member.actor].kind for member in network.members)
    assert kinds == {"municipality": 12, "local_police_area": 3}
    assert network.cadence == "P3M"
    assert actors[network.host or ""].kind == "county_administrative_board"
    (regional,) = (role for role in of(Role, records).values() if role.assignment)
    assert network.assignments == (regional.assignment,)
