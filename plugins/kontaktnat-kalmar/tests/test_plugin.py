"""The hooks, in a book in memory: the pack goes in, the view answers, the check is content."""

import logging
from collections.abc import Iterator

import attrs
import pytest

import kontaktnat
from kontaktnat import Actor, Assignment, Commitment, Invalid
from kontaktnat.extend import CountyPack
from kontaktnat.model import ActorId, id_for
from kontaktnat_kalmar import plugin


def pack() -> CountyPack:
    (found,) = plugin.register_county_packs()
    return found


def filled(*plugins: str) -> kontaktnat.Book:
    book = kontaktnat.open("memory:", mode="create", by="anna", plugins=plugins)
    with book.transaction("init"):
        for record in pack().records():
            book.add(record)
    return book


@pytest.fixture
def book() -> Iterator[kontaktnat.Book]:
    with filled("kalmar") as book:
        yield book


@pytest.mark.parametrize("plugins", [("kalmar",), ("kalmar", "sweden")])
def test_the_pack_goes_into_a_book_in_one_transaction(plugins: tuple[str, ...]) -> None:
    with filled(*plugins) as book:
        assert len(list(book.history())) == 1
        assert len(book.actors.where(kind="municipality")) == 12
        assert len(book.actors.where(kind="municipality", county="08")) == 12
        assert len(book.roles.where(contact=None)) == 37


def test_a_book_of_the_first_version_is_brought_up_to_date() -> None:
    """It was filled before packs kept what they wrote; its log tells what nobody has touched."""
    with kontaktnat.open("memory:", mode="create", by="anna", plugins=["kalmar"]) as book:
        with book.transaction("init"):
            for record in pack().records():
                if isinstance(record, Assignment):
                    record = attrs.evolve(record, addressee="", target_groups=())
                book.add(record)
            book.set("pack.kalmar", 1)
        (mine,) = book.assignments.where(name="Folkhälsa och social hållbarhet")
        book.update(mine, target_groups=["äldre"])
        filled = book.fill_county("kalmar")
        assert (filled.added, filled.there) == (0, len(list(pack().records())))
        assert {one.addressee for one in book.assignments.all()} == {"", "kommuner"}
        listed = [(one.field, one.here, one.pack) for one in filled.changes if one.what == "differs"]
        assert listed == [("target_groups", ["äldre"], ["alla invånare"])]
        assert book.assignments.get(mine.id).target_groups == ("äldre",)
        assert book.setting("pack.kalmar") == pack().version == 3


def test_version_3_moves_certainty_to_the_fields_of_all_packs() -> None:
    with kontaktnat.open("memory:", mode="create", by="anna", plugins=["kalmar"]) as book:
        with book.transaction("init"):
            for record in pack().records():
                if isinstance(record, Commitment):
                    was = {key.replace("pack.", "kalmar."): value for key, value in record.extra.items()}
                    record = attrs.evolve(record, extra=was)
                book.add(record)
            book.set("pack.kalmar", 2)
        before = book.view("police-areas").rows
        book.update_counties()
        assert book.view("police-areas").rows == before
        kept = {key for one in book.commitments.all() for key in one.extra}
        assert kept == {"pack.certainty", "pack.source"}


def test_the_years_reports_are_on_the_wheel(book: kontaktnat.Book) -> None:
    rows = book.view("year-wheel", year=2026).rows
    assert [(row["date"], row["kind"], row["what"].partition(" (")[0]) for row in rows] == [
        ("2026-02-15", "report", "årlig redovisning till Brå"),
        ("2026-04-29", "report", "redovisning"),
    ]
    assert [row["date"] for row in book.view("year-wheel", year=2027).rows] == ["2027-02-15"]


def test_what_is_asked_of_a_municipality_that_nobody_holds(book: kontaktnat.Book) -> None:
    rows = book.view("crowding").rows
    assert {(row["assignments"], row["holders"], row["index"], row["state"]) for row in rows} == {
        (7, 0, None, "no_receiver")
    }


def test_every_check_is_content_with_the_pack() -> None:
    with filled("kalmar", "sweden") as book:
        checks = book.plugins.collect("register_checks").values()
        outward = book.outward()
        found = [
            finding
            for record in pack().records()
            for check in checks
            for finding in check.run(outward.get(record.id), outward)
        ]
        assert found == []


def test_the_view_has_a_row_for_each_municipality(book: kontaktnat.Book) -> None:
    table = book.view("police-areas")
    assert [column.key for column in table.columns] == [
        "area", "municipality", "since", "until", "certainty", "source",
    ]  # fmt: skip
    assert [(row["area"].removeprefix("Lokalpolisområde "), row["municipality"]) for row in table.rows] == [
        ("Kalmar", "Borgholms kommun"),
        ("Kalmar", "Kalmar kommun"),
        ("Kalmar", "Mörbylånga kommun"),
        ("Nybro", "Emmaboda kommun"),
        ("Nybro", "Nybro kommun"),
        ("Nybro", "Torsås kommun"),
        ("Västervik", "Hultsfreds kommun"),
        ("Västervik", "Högsby kommun"),
        ("Västervik", "Mönsterås kommun"),
        ("Västervik", "Oskarshamns kommun"),
        ("Västervik", "Vimmerby kommun"),
        ("Västervik", "Västerviks kommun"),
    ]
    assert table.rows[5] == {
        "area": "Lokalpolisområde Nybro",
        "municipality": "Torsås kommun",
        "since": "2018-09",
        "until": None,
        "certainty": "verified",
        "source": "torsas.se 2023",
    }


def test_the_view_as_of_a_day_before_torsas_joined(book: kontaktnat.Book) -> None:
    then = {row["municipality"] for row in book.as_of("2018-08").view("police-areas").rows}
    assert "Torsås kommun" not in then
    assert "Nybro kommun" in then


def test_the_view_shows_an_area_of_several_and_one_that_ended(book: kontaktnat.Book) -> None:
    kalmar, vastervik = (ActorId(id_for(f"actor:se:lpo:{name}")) for name in ("kalmar", "vastervik"))
    hultsfred = ActorId(id_for("actor:se:municipality:0860"))
    book.add(
        Commitment(kind="local_police_area", actor=hultsfred, parties=[kalmar, vastervik], valid_until="2017")
    )
    ended = [row for row in book.view("police-areas").rows if row["until"]]
    assert [(row["area"], row["until"], row["certainty"]) for row in ended] == [
        ("Lokalpolisområde Kalmar", "2017", None),
        ("Lokalpolisområde Västervik", "2017", None),
    ]


def test_the_view_takes_no_parameters(book: kontaktnat.Book) -> None:
    with pytest.raises(Invalid, match="has no parameters"):
        book.view("police-areas", area="Nybro")


def test_the_fields_are_of_their_types_and_choices(book: kontaktnat.Book) -> None:
    (torsas,) = book.commitments.where(actor=ActorId(id_for("actor:se:municipality:0834")))
    book.update(torsas, extra={**torsas.extra, "pack.certainty": "unverified"})
    book.update(torsas.id, extra={"kalmar.certainty": "unverified"})  # as version 2 said it
    with pytest.raises(Invalid, match=r"extra\.kalmar\.certainty: 'perhaps' is none of"):
        book.update(torsas.id, extra={"kalmar.certainty": "perhaps"})
    with pytest.raises(Invalid, match=r"extra\.kalmar\.source"):
        book.add(Actor(name="Nybro IF", extra={"kalmar.source": "fel slags post"}))


class Recorded:
    """A book that remembers which version of the pack it was filled from, and nothing else."""

    def __init__(self, version: int | None) -> None:
        self.version = version

    def setting(self, name: str) -> int | None:
        assert name == "pack.kalmar"
        return self.version


@pytest.mark.parametrize(("version", "lines"), [(None, 0), (0, 1), (pack().version, 0), (99, 0)])
def test_a_book_from_an_older_pack_is_logged(
    version: int | None, lines: int, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "kontaktnat.kalmar"):
        plugin.book_opened(Recorded(version))  # type: ignore[arg-type]
    assert len(caplog.records) == lines
    assert all(record.levelname == "INFO" for record in caplog.records)
