"""A county pack as a folder of data: what a well-made one gives, and what a wrong one is told."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kontaktnat.errors import Invalid
from kontaktnat.model import (
    Actor,
    Assignment,
    Commitment,
    Member,
    Network,
    PartialDate,
    Record,
    Role,
    id_for,
)
from kontaktnat.packs import load_pack

PACK_TOML = 'name = "lund"\ncounty = "12"\ntitle = "Ett litet län"\nversion = 3\naliases = ["M"]\n'
ACTORS = """\
key;name;kind;aliases;place;note;county
se:lpo:lund;Lokalpolisområde Lund;local_police_area;;;;
se:municipality:1281;Lunds kommun;municipality;Lund|Lunds stad;1281;"Rad ett; ""rad"" två";
se:body:bra;Brottsförebyggande rådet;national_body;Brå;;;none
"""

Make = Callable[..., Path]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """A pack's folder from the texts of its files; `pack` is pack.toml, `actors` actors.csv and so on."""

    def make(pack: str = PACK_TOML, **files: str) -> Path:
        folder = tmp_path / "pack"
        folder.mkdir()
        (folder / "pack.toml").write_text(pack, encoding="utf-8")
        for name, text in files.items():
            (folder / f"{name}.csv").write_text(text, encoding="utf-8")
        return folder

    return make


def records(folder: Path) -> dict[str, Record]:
    return {record.id: record for record in load_pack(folder).records()}


def refusal(folder: Path) -> str:
    with pytest.raises(Invalid) as caught:
        load_pack(folder).records()
    assert caught.value.fields["path"]
    return str(caught.value)


def test_pack_toml_describes_the_pack(make: Make) -> None:
    pack = load_pack(make())
    assert (pack.name, pack.county, pack.title, pack.version) == ("lund", "12", "Ett litet län", 3)
    assert pack.aliases == ("M",)
    assert list(pack.records()) == []


def test_nothing_but_pack_toml_is_read_before_it_is_asked_for(make: Make) -> None:
    folder = make(actors="not;a\nproper file")
    pack = load_pack(folder)
    (folder / "actors.csv").write_text(ACTORS, encoding="utf-8")
    assert len(list(pack.records())) == 3
    assert list(pack.records()) == list(pack.records())


def test_a_row_is_a_record_with_a_fixed_id(make: Make) -> None:
    lund = records(make(actors=ACTORS))[id_for("actor:se:municipality:1281")]
    assert lund == Actor(
        id=lund.id,  # type: ignore[arg-type]
        name="Lunds kommun",
        kind="municipality",
        aliases=("Lund", "Lunds stad"),
        place="1281",
        note='Rad ett; "rad" två',
        county="12",
    )


def test_a_record_of_no_county_or_of_another(make: Make) -> None:
    text = "key;name;county\nse:bra;Brå;none\nse:lpo:nybro;Nybro;08\nse:lpo:lund;Lund;\n"
    assert [record.county for record in records(make(actors=text)).values()] == ["", "08", "12"]


def test_keys_become_ids_whatever_the_order_of_files_and_rows(make: Make) -> None:
    folder = make(
        actors="key;name;parent\na;Avdelning;b\nb;Bolag;\n",
        roles="key;actor;covers;assignment;share;since;tags\nr;a;a|b;t;0.5;2018-09;x | y\n",
        assignments="key;name;individual_data;draft;legal_refs\nt;Trygghet;yes;no;SFS 2023:196|2016:1258\n",
        networks="key;name;members;host;assignments\nn;Nätverk;a|b@2019-01;b;t\n",
        commitments="key;kind;actor;parties;notice_months;valid_from\nc;agreement;a;a|b;6;2020\n",
    )
    a, b, t = id_for("actor:a"), id_for("actor:b"), id_for("assignment:t")
    unit, company, task, role, network, agreement = load_pack(folder).records()
    assert isinstance(unit, Actor)
    assert (unit.parent, company.id) == (b, b)
    assert isinstance(task, Assignment)
    assert (task.individual_data, task.draft) == (True, False)
    assert task.legal_refs == ("SFS 2023:196", "2016:1258")
    assert isinstance(role, Role)
    assert (role.actor, role.covers, role.assignment) == (a, (a, b), t)
    assert (role.share, role.since, role.tags) == (0.5, PartialDate(2018, 9), ("x", "y"))
    assert isinstance(network, Network)
    members = (Member(actor=unit.id), Member(actor=company.id, since=PartialDate(2019, 1)))  # type: ignore[arg-type]
    assert (network.members, network.host, network.assignments) == (members, b, (t,))
    assert isinstance(agreement, Commitment)
    assert (agreement.parties, agreement.notice_months) == ((a, b), 6)
    assert agreement.valid_from == PartialDate(2020)


def test_columns_with_a_dot_go_to_extra(make: Make) -> None:
    text = "key;name;lund.certainty;lund.source\na;Ett;verified;\nb;Två;;\n"
    one, two = load_pack(make(actors=text)).records()
    assert one.extra == {"lund.certainty": "verified"}
    assert two.extra == {}


def test_a_file_saved_by_excel(make: Make) -> None:
    folder = make()
    text = "key;name\r\na;Åsele kommun\r\n;\r\n\r\n"
    (folder / "actors.csv").write_bytes(text.encode("utf-8-sig"))
    assert [record.name for record in records(folder).values() if isinstance(record, Actor)] == [
        "Åsele kommun"
    ]


def test_a_pack_inside_a_zip(make: Make, tmp_path: Path) -> None:
    folder = make(actors=ACTORS)
    with zipfile.ZipFile(tmp_path / "pack.zip", "w") as written:
        for file in folder.iterdir():
            written.write(file, f"data/{file.name}")
    with zipfile.ZipFile(tmp_path / "pack.zip") as archive:
        assert len(list(load_pack(zipfile.Path(archive, "data/")).records())) == 3


WRONG_CELLS = {
    "unknown column": ("key;nmae\na;b\n", "1: nmae: actor has no such field (nearest: name)"),
    "column twice": ("key;name;name\na;b;c\n", "1: name: the column stands there twice"),
    "no key column": ("name\nb\n", "1: key: the column is missing"),
    "column of the book": ("key;rev\na;1\n", "1: rev: is filled in by the book"),
    "half an extra": ("key;name;kalmar.\na;b;c\n", "1: kalmar.: actor has no such field"),
    "empty key": ("key;name\n;b\n", "2: key: '' is no key"),
    "key with a space": ("key;name\na b;b\n", "2: key: 'a b' is no key"),
    "duplicate key": ("key;name\na;b\na;c\n", "3: key: 'a' is already on line 2"),
    "too few cells": ("key;name;kind\na;b\n", "2: 2 cells under 3 columns"),
    "too many cells": ("key;name\na;b;c\n", "2: 3 cells under 2 columns"),
    "open quote": ('key;name\na;"b\n', "2: unexpected end of data"),
    "no name": ("key;name\na;\n", "2: name: missing"),
    "municipality code": ("key;name;place\na;b;881\n", "2: place: '881' is no municipality code"),
    "county code": ("key;name;county\na;b;H\n", "2: county: 'H' is no county code"),
    "unknown parent": (
        "key;name;parent\nse:lpo:nybro;b;\nc;d;se:lpo:nbyro\n",
        "3: parent: the pack has no actor 'se:lpo:nbyro' (nearest: se:lpo:nybro)",
    ),
    "yes or no": ("key;name;protected\na;b;ja\n", "2: protected: 'ja' is neither yes nor no"),
    "stray bar": ("key;name;aliases\na;b;c|\n", "2: aliases: nothing stands before or after"),
    "too deep": ("key;name;ways\na;b;mail\n", "2: ways: cannot be given in a pack"),
}


@pytest.mark.parametrize(("text", "message"), WRONG_CELLS.values(), ids=WRONG_CELLS.keys())
def test_wrong_actors_are_refused_with_file_line_and_column(make: Make, text: str, message: str) -> None:
    assert refusal(make(actors=text)).startswith(f"actors.csv, line {message}")


WRONG_FILES = {
    "bad date": ("commitments", "key;valid_from\nc;igår\n", "2: valid_from: igår"),
    "no such day": ("commitments", "key;valid_from\nc;2019-02-30\n", "2: valid_from"),
    "ends before it begins": (
        "roles",
        "key;since;until\nr;2020;2019\n",
        "2: until: 2019 is before since (2020)",
    ),
    "unknown actor": ("roles", "key;actor\nr;x\n", "2: actor: the pack has no actor 'x'"),
    "a person": ("roles", "key;contact\nr;eva\n", "1: contact: a pack holds no persons"),
    "share": ("roles", "key;share\nr;halv\n", "2: share: 'halv' is no number"),
    "share above 1": ("roles", "key;share\nr;1.5\n", "2: share: 1.5 is no share"),
    "months": ("commitments", "key;notice_months\nc;6.5\n", "2: notice_months: '6.5' is"),
    "unknown member": ("networks", "key;name;members\nn;N;x\n", "2: members: the pack has no"),
    "member's date": (
        "networks",
        "key;name;members\nn;N;se:lpo:lund@\n",
        "2: members: no date after the @",
    ),
    "member's bad date": (
        "networks",
        "key;name;members\nn;N;se:lpo:lund@x\n",
        "2: members[0].since: x: write a date",
    ),
    "another type's key": (
        "roles",
        "key;assignment\nr;se:lpo:lund\n",
        "2: assignment: the pack has no assignment",
    ),
    "level": ("assignments", "key;name;level\nt;T;state\n", "2: level: 'state' is none"),
}


@pytest.mark.parametrize(("file", "text", "message"), WRONG_FILES.values(), ids=WRONG_FILES.keys())
def test_wrong_records_are_refused(make: Make, file: str, text: str, message: str) -> None:
    assert refusal(make(actors=ACTORS, **{file: text})).startswith(f"{file}.csv, line {message}")


def test_a_file_that_no_pack_has_is_a_slip_of_the_pen(make: Make) -> None:
    assert refusal(make(actor=ACTORS)) == "actor.csv: no such file in a pack (nearest: actors.csv)"


def test_a_line_number_counts_the_lines_of_the_file(make: Make) -> None:
    text = 'key;name;note;place\na;b;"två\nrader";\n\nc;d;;12\n'
    assert refusal(make(actors=text)).startswith("actors.csv, line 5: place")


def test_another_encoding_is_refused_with_its_line(make: Make) -> None:
    folder = make()
    (folder / "actors.csv").write_bytes("key;name\na;b\nc;Åsele\n".encode("cp1252"))
    assert refusal(folder) == "actors.csv, line 3: not UTF-8"


WRONG_PACKS = {
    "": "pack.toml: name: a text is needed",
    "name = ": "pack.toml: Invalid value",
    PACK_TOML.replace('"12"', "12"): "pack.toml: county: a text is needed",
    PACK_TOML.replace('"12"', '"M"'): "pack.toml: county: 'M' is no county code",
    PACK_TOML.replace("3", '"3"'): "pack.toml: version: a whole number",
    PACK_TOML.replace("3", "true"): "pack.toml: version: a whole number",
    PACK_TOML.replace('["M"]', '"M"'): "pack.toml: aliases: a list of texts",
    PACK_TOML + 'titel = "x"': "pack.toml: titel: no such entry (nearest: title)",
}


@pytest.mark.parametrize(("text", "message"), WRONG_PACKS.items())
def test_a_wrong_pack_toml_is_refused_when_loaded(make: Make, text: str, message: str) -> None:
    with pytest.raises(Invalid) as caught:
        load_pack(make(text))
    assert str(caught.value).startswith(message)


def test_a_folder_without_pack_toml(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match=r"pack\.toml: missing"):
        load_pack(tmp_path)
