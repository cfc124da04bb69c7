"""County packs in a book: which is meant, two in one book, a newer version, data without Python."""

import contextlib
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kontaktnat
from kontaktnat import Actor, Book, Commitment, Role, hookimpl, plugins
from kontaktnat.counties.finding import county_names, find_pack, packs_of
from kontaktnat.counties.ledger import key_of
from kontaktnat.errors import Ambiguous, NotFound, Refused, Usage
from kontaktnat.extend import CountyPack, check_pack, load_pack, load_words
from kontaktnat.model import ActorId, id_for

Run = Callable[..., Any]
ROOT = Path(__file__).parents[2]
NYBRO = id_for("actor:se:lpo:nybro")
AGREEMENT = id_for("commitment:se:agreement:lpo:nybro")


@pytest.fixture
def sweden() -> Iterator[Book]:
    with kontaktnat.open(
        "memory:", mode="create", by="anna", plugins=["kalmar", "kronoberg", "sweden"]
    ) as book:
        yield book


# Which is meant

KALMAR = ("kalmar", "Kalmar", "KALMAR", "Kalmar län", "Kalmars län", "kalmar-lan", "H", "h", "08")
GOTALAND = ("vastra-gotaland", "Västra Götaland", "VÄSTRA GÖTALANDS LÄN", "vastra gotalands lan", "O", "14",
            "sweden-vastra-gotaland")  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "name"),
    [*((one, "kalmar") for one in KALMAR), *((one, "sweden-vastra-gotaland") for one in GOTALAND),
     ("Örebro", "sweden-orebro"), ("öREBRO LÄN", "sweden-orebro"), ("AC", "sweden-vasterbotten"),
     ("ac", "sweden-vasterbotten"), ("G", "kronoberg"), ("Uppsala län", "sweden-uppsala")],
)  # fmt: skip
def test_a_county_by_name_letter_code_or_slug(sweden: Book, typed: str, name: str) -> None:
    assert sweden.fill_county(typed, dry_run=True).pack == name
    assert sweden.version == 0


def test_all_21_can_be_filled_in_and_no_check_finds_anything() -> None:
    import kontaktnat_sweden

    for county in kontaktnat_sweden.counties():
        with kontaktnat.open("memory:", mode="create", by="anna", plugins=["sweden"]) as book:
            added, there = book.add_county(county.letter)
            places = kontaktnat_sweden.municipalities(county.code)
            assert (there, book.setting("county")) == (0, county.code)
            found = {one.place: one.name for one in book.actors.where(kind="municipality")}
            assert found == {one.code: one.legal_name for one in places}
            assert [one.name for one in book.actors.where(kind="county_administrative_board")] == [
                f"Länsstyrelsen i {county.name}"
            ]
            regions = len(book.actors.where(kind="region"))
            assert regions == (county.code != "09")  # on Gotland the municipality is the region
            assert added == 3 * len(places) + regions + 4
            assert all(role.contact is None for role in book.roles.all())
            assert list(book.check()) == []


def test_gotlands_municipality_is_found_as_the_region_it_is_called() -> None:
    with kontaktnat.open("memory:", mode="create", by="anna", plugins=["sweden"]) as book:
        book.add_county("gotland")
        (gotland,) = book.actors.where(kind="municipality")
        assert (gotland.name, gotland.aliases) == ("Gotlands kommun", ("Gotland", "Region Gotland"))


SLIPS = {"Kalma": "kalmar", "väster götaland": "vastra-gotaland", "Uppsalla län": "uppsala"}


@pytest.mark.parametrize(("typed", "near"), SLIPS.items())
def test_a_slip_names_the_nearest(sweden: Book, typed: str, near: str) -> None:
    with pytest.raises(NotFound) as caught:
        sweden.add_county(typed)
    assert near in caught.value.fields["nearest"]


@pytest.mark.parametrize("typed", ["", "  ", "99", "Skånes", "län"])
def test_what_is_no_county(sweden: Book, typed: str) -> None:
    with pytest.raises((NotFound, Usage)):
        sweden.add_county(typed)


def test_without_sweden_it_says_what_to_install() -> None:
    with kontaktnat.open("memory:", mode="create", plugins=["kalmar"]) as book:
        with pytest.raises(NotFound, match="there are: kalmar; kontaktnat-sweden brings all 21"):
            book.add_county("blekinge")
        assert book.add_county("kalmar") == (82, 0)


def test_a_countys_own_pack_goes_before_the_general_one_and_adds_what_lacks(sweden: Book) -> None:
    general = sweden.fill_county("sweden-kalmar")
    own = sweden.fill_county("kalmar")
    assert (general.added, own.added, own.there) == (41, 41, 41)
    assert {(one.what, one.name) for one in own.changes} == {("updated", "Brottsförebyggande arbete")}
    with kontaktnat.open("memory:", mode="create", by="anna", plugins=["kalmar"]) as alone:
        alone.add_county("kalmar")
        for kind in ("actors", "roles", "assignments", "networks", "commitments"):
            of_both = {one.id: _told(one) for one in getattr(sweden, kind).all()}
            assert of_both == {one.id: _told(one) for one in getattr(alone, kind).all()}


def _told(record: Any) -> dict[str, Any]:
    from kontaktnat.extend import to_doc

    kept = {"rev", "created", "created_by", "changed", "changed_by"}
    return {name: value for name, value in to_doc(record).items() if name not in kept}


def test_two_counties_own_packs_of_one_county_are_ambiguous() -> None:
    class Two:
        name = "two"

        @hookimpl
        def register_county_packs(self) -> list[CountyPack]:
            return [
                CountyPack(name=one, county="12", title="Skåne", version=1, records=list)
                for one in ("a", "b")
            ]

    with (
        kontaktnat.open("memory:", mode="create", plugins=[Two()]) as book,
        pytest.raises(Ambiguous, match="a, b"),
    ):
        book.add_county("Skåne")


def test_what_there_is_to_type_for_each_county(sweden: Book) -> None:
    names = county_names(packs_of(sweden.plugins).values())
    assert len(names) == 21
    assert {"kalmar", "kronoberg", "vastra-gotaland", "gotland"} <= {*names}
    assert {find_pack(sweden.plugins, name).county for name in names} == {
        pack.county for pack in packs_of(sweden.plugins).values()
    }


# Two in one book


@pytest.mark.parametrize("order", [("kalmar", "kronoberg"), ("kronoberg", "kalmar")])
def test_two_counties_share_police_area_nybro(sweden: Book, order: tuple[str, str]) -> None:
    _, second = (sweden.fill_county(name) for name in order)
    told = {(one.what, one.field) for one in second.changes}
    assert ("updated", "parties") in told
    assert told <= {("updated", field) for field in ("parties", *ASSIGNMENT)}
    (area,) = [one for one in sweden.actors.where(kind="local_police_area") if one.id == NYBRO]
    assert area.county == "08"
    agreement = sweden.commitments.get(AGREEMENT)
    places = {sweden.actors.get(id).place for id in agreement.parties}
    assert places == {"", "0834", "0862", "0881", "0760", "0761", "0763"}
    assert agreement.parties[0] == NYBRO
    assert sweden.setting("county") == ("08" if order[0] == "kalmar" else "07")
    assert list(sweden.check()) == []
    areas = {(row["municipality"], row["county"]) for row in sweden.view("police-areas").rows
             if row["area"] == "Lokalpolisområde Nybro"}  # fmt: skip
    assert areas == {
        ("Emmaboda kommun", "Kalmar län"), ("Nybro kommun", "Kalmar län"), ("Torsås kommun", "Kalmar län"),
        ("Lessebo kommun", "Kronobergs län"), ("Tingsryds kommun", "Kronobergs län"),
        ("Uppvidinge kommun", "Kronobergs län"),
    }  # fmt: skip
    # Nothing is left to do, in whatever order.
    assert [(one.added, one.changes) for one in sweden.update_counties()] == [(0, ()), (0, ())]


ASSIGNMENT = {"target_groups", "extra.kalmar.legal_certainty", "extra.kalmar.municipal_counterpart"}


@pytest.mark.parametrize(
    "view", ["vacancies", "coverage", "commitments", "training", "crowding", "police-areas"]
)
def test_views_say_which_county_where_there_are_several(sweden: Book, view: str) -> None:
    sweden.add_county("kalmar")
    assert "county" not in [column.key for column in sweden.view(view).columns]
    sweden.add_county("kronoberg")
    table = sweden.view(view)
    assert "county" in [column.key for column in table.columns]
    told = {row["municipality"]: row["county"] for row in table.rows}
    if view != "training":  # of which there has been none
        assert told.items() >= {("Nybro kommun", "Kalmar län"), ("Lessebo kommun", "Kronobergs län")}


@pytest.mark.parametrize("order", [("a", "b"), ("b", "a")])
def test_an_update_with_nothing_to_do_keeps_what_two_packs_came_to_together(order: tuple[str, str]) -> None:
    said = {"a": ["one"], "b": ["two"]}
    version = {"a": 1, "b": 1}

    def records(name: str) -> list[Actor]:
        return [actor("shared", aliases=said[name])]

    class Two:
        name = "two"

        @hookimpl
        def register_county_packs(self) -> list[CountyPack]:
            return [
                CountyPack(name=one, county="12", title="Skåne", version=version[one],
                           records=partial(records, one))
                for one in ("a", "b")
            ]  # fmt: skip

    def installed(again: Book) -> Book:
        again.plugins._pieces.pop("register_county_packs", None)
        return again

    with kontaktnat.open("memory:", mode="create", by="anna", plugins=[Two()]) as book:
        for name in order:
            book.fill_county(name)
        number = book.version
        assert all(not one.changes for one in book.update_counties())
        assert book.version == number  # not even what is noted
        said[order[0]].append("three")
        version[order[0]] = 2
        filled = installed(book).fill_county(order[0])
        assert [one.what for one in filled.changes] == ["updated"]
        assert {*book.actors.get(id_for("actor:shared")).aliases} == {"one", "two", "three"}


def test_undo_takes_a_county_back_with_all_that_was_noted_of_it(sweden: Book) -> None:
    sweden.add_county("kalmar")
    before = {one.id: one.value for one in sweden.settings.all()}
    parties = sweden.commitments.get(AGREEMENT).parties
    sweden.add_county("kronoberg")
    sweden.undo()
    assert {one.id: one.value for one in sweden.settings.all()} == before
    assert sweden.commitments.get(AGREEMENT).parties == parties
    assert sweden.add_county("kronoberg")[0] > 0


def test_what_went_by_an_undo_of_another_county_was_not_deleted(sweden: Book) -> None:
    sweden.add_county("kalmar")
    sweden.add_county("kronoberg")
    shared = id_for("actor:se:agency:bra")
    sweden.undo(1, skip_changed=True)
    assert sweden.peek(Actor, shared) is None
    filled = sweden.fill_county("kalmar")
    assert [one for one in filled.changes if one.what == "deleted"] == []
    assert sweden.actors.get(shared).name == "Brottsförebyggande rådet"
    sweden.delete(shared)
    assert [one.id for one in sweden.fill_county("kronoberg").changes if one.what == "deleted"] == [shared]


# A newer version


class Pack:
    """A pack whose records the test sets; `version` is what is installed."""

    name = "lund"

    def __init__(self) -> None:
        self.version = 1
        self.records: list[Any] = []
        self.practice: dict[str, Any] = {}

    @hookimpl
    def register_county_packs(self) -> list[CountyPack]:
        return [
            CountyPack(name="lund", county="12", title="Lunds län", version=self.version,
                       records=lambda: self.records, practice=self.practice)
        ]  # fmt: skip


def actor(key: str, **fields: Any) -> Actor:
    return Actor(id=ActorId(id_for(f"actor:{key}")), **{"name": key, "county": "12"} | fields)


@pytest.fixture
def pack() -> Pack:
    return Pack()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "b.kn"


def opened(place: Path, pack: Pack, *, version: int = 1, **changes: Any) -> Book:
    pack.version = version
    vars(pack).update(changes)
    return kontaktnat.open(place, mode="create", by="anna", plugins=[pack])


def listed(filled: Any) -> list[tuple[str, str, str, Any, Any]]:
    return [(one.what, one.name, one.field, one.here, one.pack) for one in filled.changes]


def test_what_nobody_touched_follows_the_pack_and_the_rest_is_listed(place: Path, pack: Pack) -> None:
    old = [actor("a", note="ett", aliases=["A"]), actor("b", note="ett"), actor("c"), actor("d"), actor("e")]
    with opened(place, pack, records=old) as book:
        assert book.add_county("lund") == (5, 0)
        book.update(id_for("actor:b"), note="eget", aliases=["Bo"])
        book.delete(id_for("actor:c"))
    new = [
        actor("a", note="två", place="1281"),
        actor("b", note="två", place="1281"),
        actor("c", note="två"),
        actor("d"),
        actor("f"),
    ]
    with opened(place, pack, version=2, records=new) as book:
        assert book.newer_counties() == (("lund", 1, 2),)
        rehearsed = book.fill_county("lund", dry_run=True)
        number = book.version
        (filled,) = book.update_counties()
        assert rehearsed == filled
        assert book.version == number + 1
        assert (filled.before, filled.version, filled.added, filled.there) == (1, 2, 1, 3)
        assert sorted(listed(filled), key=str) == [
            ("deleted", "c", "", None, None),
            ("differs", "b", "note", "eget", "två"),
            ("gone", "e", "", None, None),
            ("updated", "a", "aliases", ["A"], None),
            ("updated", "a", "note", "ett", "två"),
            ("updated", "a", "place", None, "1281"),
            ("updated", "b", "place", None, "1281"),
        ]
        a, b = book.actors.get(id_for("actor:a")), book.actors.get(id_for("actor:b"))
        assert (a.note, a.aliases, a.place) == ("två", (), "1281")
        assert (b.note, b.aliases, b.place) == ("eget", ("Bo",), "1281")
        assert {one.name for one in book.actors.all()} == {"a", "b", "d", "e", "f"}
        assert book.newer_counties() == ()
        # Told once: the same version again has nothing to say but what is still not there.
        again = book.fill_county("lund")
        assert (again.added, listed(again)) == (
            0, [("deleted", "c", "", None, None), ("gone", "e", "", None, None)],
        )  # fmt: skip
        assert book.version == number + 1
        book.undo()
        assert book.actors.get(id_for("actor:a")).note == "ett"
        assert book.newer_counties() == (("lund", 1, 2),)
        assert book.update_counties("lund") == (filled,)


def test_what_the_user_put_back_follows_the_pack_again(place: Path, pack: Pack) -> None:
    with opened(place, pack, records=[actor("a", note="ett")]) as book:
        book.add_county("lund")
        book.update(id_for("actor:a"), note="eget")
        book.update(id_for("actor:a"), note="ett")
    with opened(place, pack, version=2, records=[actor("a", note="två")]) as book:
        assert book.fill_county("lund").updated == 1


def test_what_the_user_changed_to_the_same_is_not_listed(place: Path, pack: Pack) -> None:
    with opened(place, pack, records=[actor("a", note="ett")]) as book:
        book.add_county("lund")
        book.update(id_for("actor:a"), note="två")
    with opened(place, pack, version=2, records=[actor("a", note="två")]) as book:
        assert book.fill_county("lund").changes == ()


def test_a_post_at_an_actor_that_was_deleted_is_not_made(place: Path, pack: Pack) -> None:
    with opened(place, pack, records=[actor("a"), actor("b")]) as book:
        book.add_county("lund")
        book.delete(id_for("actor:a"))
    post = Role(id=id_for("role:a:x"), actor=id_for("actor:a"), function="principal")  # type: ignore[arg-type]
    bound = Commitment(id=id_for("commitment:x"), parties=[id_for("actor:a")])  # type: ignore[arg-type, list-item]
    with opened(place, pack, version=2, records=[actor("a"), actor("b"), post, bound]) as book:
        filled = book.fill_county("lund")
        assert filled.added == 0
        assert [(one.what, one.type) for one in filled.changes] == [
            ("deleted", "actor"), ("deleted", "role"), ("deleted", "commitment"),
        ]  # fmt: skip
        assert book.roles.all() == []


def test_an_older_pack_is_refused(place: Path, pack: Pack) -> None:
    with opened(place, pack, version=3, records=[actor("a")]) as book:
        book.add_county("lund")
    with opened(place, pack, version=2) as book, pytest.raises(Refused, match="install the newer"):
        book.add_county("lund")


def test_an_update_of_what_the_book_was_not_filled_from(place: Path, pack: Pack) -> None:
    with opened(place, pack) as book:
        for name in (None, "lund"):
            with pytest.raises(NotFound, match="init --county"):
                book.update_counties(name)


def test_a_book_without_digests_goes_by_its_log(place: Path, pack: Pack) -> None:
    """As those were that an earlier kontaktnat filled."""
    with opened(place, pack) as book:
        with book.transaction("county lund 1"):
            for one in (actor("a", note="ett"), actor("b", note="ett"), actor("c"), actor("d", note="ett")):
                book.add(one)
            book.set("pack.lund", 1)
        book.update(id_for("actor:b"), note="eget")
        book.delete(id_for("actor:c"))
        book.update(id_for("actor:d"), aliases=["D"])
    new = [actor(key, note="två") for key in "abcde"]
    with opened(place, pack, version=2, records=new) as book:
        assert sorted(listed(book.fill_county("lund")), key=str) == [
            ("deleted", "c", "", None, None),
            ("differs", "b", "note", "eget", "två"),
            ("updated", "a", "note", "ett", "två"),
            ("updated", "d", "note", "ett", "två"),
        ]


def test_protected_fields_are_neither_touched_nor_told(place: Path, pack: Pack) -> None:
    with opened(place, pack, records=[actor("a", place="1281", note="ett")]) as book:
        book.add_county("lund")
        book.update(id_for("actor:a"), protected=True, note="hemligt")
    with opened(place, pack, version=2, records=[actor("a", place="1280", note="två")]) as book:
        filled = book.fill_county("lund")
        assert "hemligt" not in repr(listed(filled))


def test_practice_is_set_where_nobody_has_set_it(place: Path, pack: Pack) -> None:
    first = {"retention_role_months": 36, "answer_days": 30, "months": {"council_last_meeting": 4}}
    with opened(place, pack, practice=first) as book:
        book.set("practice", {"answer_days": 10})
        filled = book.fill_county("lund")
        assert listed(filled) == [("differs", "practice", "answer_days", 10, 30)]
        assert book.practice.retention_role_months == 36
        assert book.practice.answer_days == 10
        assert book.practice.months == {"council_last_meeting": 4}
        book.set("practice", book.setting("practice") | {"months": {"council_last_meeting": 12}})
    second = {"retention_role_months": 48, "answer_days": 30, "months": {"council_last_meeting": 6}}
    with opened(place, pack, version=2, practice=second) as book:
        assert sorted(listed(book.fill_county("lund"))) == [
            ("differs", "practice", "months.council_last_meeting", 12, 6),
            ("updated", "practice", "retention_role_months", 36, 48),
        ]
        book.undo()
        assert book.practice.retention_role_months == 36


VALUES = st.fixed_dictionaries(
    {"note": st.sampled_from(["", "1", "2"]), "aliases": st.sampled_from([(), ("A",), ("A", "B")])}
)
STATES = st.dictionaries(st.sampled_from("abcd"), VALUES)


@given(old=STATES, new=STATES, edits=st.dictionaries(st.sampled_from("abcd"), st.none() | VALUES))
@settings(max_examples=60)
def test_an_update_at_random(old: dict[str, Any], new: dict[str, Any], edits: dict[str, Any]) -> None:
    """What the user touched stays, what nobody touched follows, and only what happened is told."""
    pack = Pack()
    with kontaktnat.open("memory:", mode="create", by="anna", plugins=[pack]) as book:
        pack.records = [actor(key, **fields) for key, fields in old.items()]
        book.add_county("lund")
        for key, fields in edits.items():
            if key in old and fields is None:
                book.delete(id_for(f"actor:{key}"))
            elif key in old and fields is not None:
                book.update(id_for(f"actor:{key}"), **fields)
        before = _states(book)
        version = book.version
        pack.records = [actor(key, **fields) for key, fields in new.items()]
        filled = book.fill_county("lund")
        wanted = {key: dict(fields) for key, fields in before.items()}
        told = set()
        for key, fields in new.items():
            if key not in old:
                wanted[key] = fields
            for field in fields if key in before else ():
                was, says, here = old[key][field], fields[field], before[key][field]
                if says != was and here not in (was, says):
                    told.add(("differs", key, field))
                elif says not in (was, here):
                    wanted[key][field] = says
                    told.add(("updated", key, field))
        told |= {("deleted", key, "") for key in old if key in new and key not in before}
        told |= {("gone", key, "") for key in before if key not in new}
        assert _states(book) == wanted
        assert {(one.what, one.name, one.field) for one in filled.changes} == told
        again = book.fill_county("lund")
        assert {one.what for one in again.changes} <= {"gone", "deleted"}
        if book.version > version:
            book.undo()
            assert _states(book) == before


def _states(book: Book) -> dict[str, dict[str, Any]]:
    return {one.name: {"note": one.note, "aliases": one.aliases} for one in book.actors.all()}


# Data without Python


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Path]]:
    """`installed("name", "file", text, …)`: a package without Python that is installed as a plugin."""
    names: list[str] = []

    def install(name: str, **files: str) -> Path:
        folder = tmp_path / "site" / name
        folder.mkdir(parents=True)
        for file, text in files.items():
            (folder / ("pack.toml" if file == "pack" else f"{file}.csv")).write_text(text, encoding="utf-8")
        monkeypatch.syspath_prepend(tmp_path / "site")
        names.append(name)
        entries = [EntryPoint(name=one, value=one, group="kontaktnat") for one in names]
        monkeypatch.setattr(plugins.loading, "all_installed", lambda: {one.name: [one] for one in entries})
        return folder

    yield install
    for name in names:
        sys.modules.pop(name, None)


PACK_TOML = 'name = "lund"\ncounty = "12"\ntitle = "Lunds län"\nversion = 1\naliases = ["M"]\n'
PRACTICE = "[practice]\nretention_role_months = 36\n"
WORDS = "vocabulary;id;sv;en;synonyms\nfunction;harbour_master;hamnkapten;harbour master;hamnchef\n"


def test_a_folder_without_python_is_a_county_pack(installed: Callable[..., Path]) -> None:
    installed(
        "kontaktnat_lundslan",
        pack=PACK_TOML + PRACTICE,
        actors="key;name\nhamnen;Hamnen\n",
        roles="key;actor;function\nr;hamnen;harbour_master\n",
        words=WORDS,
    )
    with kontaktnat.open("memory:", mode="create", by="anna") as book:
        (loaded,) = [one for one in book.plugins.loaded if one.name == "kontaktnat_lundslan"]
        assert loaded.hooks == ("register_county_packs", "register_vocabularies")
        assert book.add_county("M") == (2, 0)
        assert book.words.lookup("function", "hamnchef") == "harbour_master"
        assert book.practice.retention_role_months == 36
        assert book.plugins.failed == []


def test_it_is_not_read_before_somebody_asks(installed: Callable[..., Path]) -> None:
    installed("kontaktnat_lundslan", pack="not = [toml", actors="nor;this")
    with kontaktnat.open("memory:", mode="create", by="anna") as book:
        book.add(Actor(name="Hamnen"))
        assert book.plugins.failed == []
        with pytest.raises(NotFound, match="no installed plugin has a county"):
            book.add_county("lund")
        assert [one.hook for one in book.plugins.failed] == ["register_county_packs"]
        assert "pack.toml" in book.plugins.failed[0].reason


def test_a_package_without_hooks_or_a_pack_is_left_out_as_ever(installed: Callable[..., Path]) -> None:
    installed("kontaktnat_lundslan", actors="key;name\n")
    with kontaktnat.open("memory:", mode="create", by="anna") as book:
        assert [str(one.reason) for one in book.plugins.failed] == [
            "it has no hooks; mark its functions with @kontaktnat.hookimpl, or, for a county, put "
            "a pack.toml into its folder"
        ]


def test_kronoberg_has_no_line_of_python() -> None:
    root = ROOT / "plugins" / "kontaktnat-kronoberg" / "src"
    assert list(root.rglob("*.py")) == []
    with kontaktnat.open("memory:", mode="create", by="anna", plugins=["kronoberg"]) as book:
        assert book.add_county("kronoberg")[0] > 0
        assert len(book.actors.where(kind="municipality")) == 8


def test_load_words_for_a_pack_with_one_hook(tmp_path: Path) -> None:
    (tmp_path / "words.csv").write_text(WORDS, encoding="utf-8")
    (vocabulary,) = load_words(tmp_path)
    assert [(one.id, one.synonyms) for one in vocabulary.words] == [("harbour_master", ("hamnchef",))]
    (tmp_path / "words.csv").unlink()
    assert load_words(tmp_path) == ()


def test_practice_stands_in_the_loaded_pack(tmp_path: Path) -> None:
    (tmp_path / "pack.toml").write_text(PACK_TOML + PRACTICE, encoding="utf-8")
    assert load_pack(tmp_path).practice == {"retention_role_months": 36}


def test_the_how_to_page_from_an_empty_folder_to_an_installed_pack(tmp_path: Path) -> None:
    """Its files, as they stand there, made into a wheel and installed; also for `pip install -e`."""
    page = (ROOT / "docs" / "howto" / "describe-a-county.md").read_text("utf-8")
    root, site = tmp_path / "kontaktnat-exempel", tmp_path / "site"
    inside = root / "src" / "kontaktnat_exempel"
    inside.mkdir(parents=True)
    files = dict(re.findall(r"`([\w.]+)`[^`\n]*:?\n\n```text\n(.*?)^```", page, re.M | re.S))
    for name in ("pack.toml", "actors.csv", "roles.csv", "words.csv"):
        (inside / name).write_text(files[name], "utf-8")
    (inside / "commitments.csv").write_text(files["corrected.txt"], "utf-8")
    (project,) = re.findall(r"^```toml\n(\[build-system\].*?)^```", page, re.M | re.S)
    (root / "pyproject.toml").write_text(project, "utf-8")
    assert [one for one in check_pack(root) if not one.note] == []
    pip = [sys.executable, "-m", "pip", "install", "-qq", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*pip, "--target", site, root], check=True, capture_output=True)
    done = subprocess.run(
        [sys.executable, "-m", "kontaktnat", "-b", "b.kn", "init", "--county", "Blekinge"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(site), "KONTAKTNAT_LANG": "en", "KONTAKTNAT_CONFIG": os.devnull},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stdout.startswith("b.kn is ready: 6 records added, 0 already there\n"), done.stderr
    with zipfile.ZipFile(_wheel_of(root, tmp_path)) as wheel:
        assert "kontaktnat_exempel/pack.toml" in wheel.namelist()


def _wheel_of(root: Path, tmp_path: Path) -> Path:
    import hatchling.build

    with contextlib.chdir(root):
        return tmp_path / hatchling.build.build_wheel(str(tmp_path))


# At the prompt


def test_init_with_two_counties(run_cli: Run) -> None:
    ran = run_cli("init", "--county", "kalmar", "--county", "kronoberg")
    assert ran.code == 0
    assert "Kalmar län: 82 records added, 0 already there; Kronobergs län:" in ran.out
    assert "Emmaboda" not in run_cli("list", "actors", "county=07").out
    again = run_cli("init", "--county", "08", "--county", "G")
    assert again.out == "b.kn was there already; nothing changed\n"
    assert "Kalmar län (08)" in run_cli("show", "nybro").out


def test_a_second_county_on_trial_is_told_by_names(run_cli: Run) -> None:
    run_cli("init", "--county", "kronoberg")
    tried = run_cli("init", "--county", "kalmar", "--dry-run")
    assert tried.code == 0
    assert "Lokalpolisområde Nybro, Torsås kommun, Emmaboda kommun, Nybro kommun" in tried.out
    assert "Kalmar kommun" not in run_cli("list", "actors").out
    [agreement] = run_cli("list", "commitments", "kind=agreement", "-o", "ids").out.split()
    shown = run_cli("--lang", "sv", "show", agreement).out.splitlines()[0]
    assert shown.startswith("samverkansöverenskommelse: "), shown


def test_pack_check_at_the_prompt(run_cli: Run, tmp_path: Path) -> None:
    (tmp_path / "pack.toml").write_text(PACK_TOML, encoding="utf-8")
    assert run_cli("pack", "check", tmp_path).out == "nothing is wrong\n"
    (tmp_path / "actors.csv").write_text("key;name;place\na;Eva Ek;128\n", encoding="utf-8")
    ran = run_cli("pack", "check", tmp_path)
    assert (ran.code, ran.err) == (5, "")
    assert "a person" in ran.out
    assert "Eva" not in ran.out
    ran = run_cli("pack", "check", tmp_path, "-o", "json")
    assert ran.code == 5
    assert [(one["file"], one["line"], one["column"]) for one in ran.records()] == [
        ("actors.csv", 2, "name"),
        ("actors.csv", 2, "place"),
    ]
    assert run_cli("pack", "check", tmp_path / "none").code == 3


def test_check_tells_of_a_newer_pack_and_update_brings_it(run_cli: Run) -> None:
    run_cli("init", "--county", "kronoberg")
    assert "newer county pack" not in run_cli("check").out
    with kontaktnat.open("b.kn", by="anna") as book:
        book.set("pack.kronoberg", 0)
    assert "a newer county pack is installed (kronoberg): kontaktnat pack update\n" in run_cli("check").out
    assert run_cli("pack", "update", "--dry-run").code == 0
    assert "newer" in run_cli("check").out
    assert run_cli("pack", "update").out == (
        "Kronobergs län 0 → 1: 0 records added, 47 already there, 0 of them brought up to date\n"
    )
    assert run_cli("pack", "update", "G").out == "Kronobergs län 1: nothing changed\n"
    assert "newer" not in run_cli("check").out
    assert run_cli("pack", "update", "kalmar").code == 3


def test_pack_update_lists_what_it_leaves(run_cli: Run) -> None:
    run_cli("init", "--county", "kronoberg")
    run_cli("set", "Lokalpolisområde Nybro", "note=Vår anteckning")
    with kontaktnat.open("b.kn", by="anna") as book:  # as if an earlier version had said something else
        wrote = dict(book.setting("pack.kronoberg.written"))
        key = key_of(book.actors.get(NYBRO))
        wrote[key] = wrote[key] | {"note": "0000000000"}
        book.set("pack.kronoberg.written", wrote)
        book.set("pack.kronoberg", 0)
    (row,) = run_cli("pack", "update", "--dry-run", "-o", "json").records()
    assert (row["what"], row["name"], row["here"]) == ("differs", "Lokalpolisområde Nybro", "Vår anteckning")
    assert "changed here" in run_cli("pack", "update").out
    assert "changed here" not in run_cli("pack", "update").out
