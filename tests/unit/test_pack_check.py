"""`check_pack`: every mistake in one run, each where it is; no folder at all makes it fall over."""

import os
import shutil
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kontaktnat import Actor, hookimpl
from kontaktnat.counties.people import names_somebody
from kontaktnat.errors import Ambiguous, KontaktnatError, NotFound, Veto
from kontaktnat.extend import Check, Finding, Mistake, check_pack, load_pack
from kontaktnat.packs.files import RECORD_FILES

ROOT = Path(__file__).resolve().parents[2]
GOOD = {
    "pack.toml": 'name = "lund"\ncounty = "12"\ntitle = "Ett litet län"\nversion = 1\n',
    "actors.csv": "key;name;kind;place;aliases;county\n"
    "se:municipality:1281;Lunds kommun;municipality;1281;Lund;\n"
    "se:lpo:lund;Lokalpolisområde Lund;local_police_area;;;\n",
    "roles.csv": "key;actor;function\nr;se:municipality:1281;crime_prevention_coordinator\n",
    "commitments.csv": "key;kind;actor;parties;valid_from;pack.certainty;pack.source\n"
    "c;local_police_area;se:municipality:1281;se:lpo:lund;2018-09;verified;lund.se 2023\n",
}
Make = Callable[..., Path]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """A good pack's folder, but for what is given: `actors` is the text of actors.csv, None for no file."""

    def make(**files: str | None) -> Path:
        folder = tmp_path / "pack"
        folder.mkdir(exist_ok=True)
        texts = GOOD | {
            ("pack.toml" if name == "pack" else f"{name}.csv"): text for name, text in files.items()
        }
        for name, text in texts.items():
            if text is not None:
                (folder / name).write_text(text, encoding="utf-8")
        return folder

    return make


def found(folder: Path, plugins: list[object] | None = None) -> list[tuple[str, int | None, str]]:
    mistakes = check_pack(folder, plugins=["sweden"] if plugins is None else plugins)
    assert all(one.problem and one.remedy for one in mistakes)
    return [(one.file, one.line, one.column) for one in mistakes if not one.note]


def problems(folder: Path) -> str:
    return "\n".join(one.problem for one in check_pack(folder, plugins=["sweden"]) if not one.note)


def test_a_good_pack_has_no_mistake(make: Make) -> None:
    assert check_pack(make(), plugins=["sweden"]) == ()


@pytest.mark.parametrize("name", ["kalmar", "kronoberg"])
def test_our_own_packs_have_none(name: str) -> None:
    assert [one for one in check_pack(ROOT / "plugins" / f"kontaktnat-{name}") if not one.note] == []


def test_every_mistake_is_found_in_one_run(make: Make) -> None:
    folder = make(
        pack='name = "Lund!"\ncounty = "12"\ntitle = "L"\nversion = 0\nnonsense = 1\n',
        actors="key;name;kind;place;colour\n"
        "a;Lunds kommun;municipality;1281;\n"
        "a;;townhall;12;\n"
        "b c;Malmö kommun;municipality;1280\n"
        "d;Nybro kommun;municipality;0881;\n"
        "e;Vägen kommun;municipality;1299;\n",
        roles="key;actor;function;contact\nr;nobody;king;x\n",
        commitments="key;kind;actor;parties;valid_from\nc;local_police_area;a;a;\nc2;agreement;a;a;yesterday\n",
        words="vocabulary;id;sv;en\nfunctoin;x;x;x\nfunction;Two Words;två;two\nfunction;three;;three\n",
        extra="a;b\n",
    )
    assert found(folder) == [
        ("pack.toml", 1, "name"),
        ("pack.toml", 4, "version"),
        ("pack.toml", 5, "nonsense"),
        ("words.csv", 2, "vocabulary"),
        ("words.csv", 3, "id"),
        ("words.csv", 4, "sv"),
        ("actors.csv", 1, "colour"),
        ("actors.csv", 3, "key"),
        ("actors.csv", 3, "kind"),
        ("actors.csv", 3, "name"),
        ("actors.csv", 3, "place"),
        ("actors.csv", 4, ""),
        ("actors.csv", 5, "county"),
        ("actors.csv", 6, "place"),
        ("roles.csv", 1, "contact"),
        ("roles.csv", 2, "actor"),
        ("roles.csv", 2, "function"),
        ("commitments.csv", 2, "pack.certainty"),
        ("commitments.csv", 2, "pack.source"),
        ("commitments.csv", 2, "valid_from"),
        ("commitments.csv", 3, "pack.certainty"),
        ("commitments.csv", 3, "pack.source"),
        ("commitments.csv", 3, "valid_from"),
        ("extra.csv", None, ""),
    ]


def test_a_code_that_no_municipality_has_names_the_nearest(make: Make) -> None:
    folder = make(actors=GOOD["actors.csv"].replace("1281;Lund;", "1288;Lund;"))
    (mistake,) = check_pack(folder, plugins=["sweden"])
    assert (mistake.file, mistake.line, mistake.column) == ("actors.csv", 2, "place")
    assert "1287 Trelleborg" in mistake.remedy


def test_without_sweden_it_says_that_codes_were_not_looked_up(make: Make) -> None:
    folder = make(actors=GOOD["actors.csv"].replace("1281;Lund;", "1288;Lund;"))
    (note,) = check_pack(folder, plugins=[])
    assert note.note
    assert "kontaktnat-sweden" in note.remedy


def test_a_county_that_there_is_not(make: Make) -> None:
    folder = make(
        pack=GOOD["pack.toml"].replace('"12"', '"11"'),
        actors=GOOD["actors.csv"].replace("Lund;\n", "Lund;12\n").replace(";;;\n", ";;;02\n"),
    )
    assert found(folder) == [("pack.toml", 2, "county"), ("actors.csv", 3, "county")]


def test_a_police_area_wants_a_date_or_the_word_unknown(make: Make) -> None:
    row = GOOD["commitments.csv"]
    for date, wrong in (("", ["valid_from"]), ("unknown", []), ("2018", []), ("okänt", ["valid_from"])):
        folder = make(commitments=row.replace("2018-09", date))
        assert [column for _, _, column in found(folder)] == wrong
        shutil.rmtree(folder)


def test_certainty_and_source(make: Make) -> None:
    assert found(make(commitments=GOOD["commitments.csv"].replace("verified;lund.se 2023", "sure;"))) == [
        ("commitments.csv", 2, "pack.certainty"),
        ("commitments.csv", 2, "pack.source"),
    ]


PERSONS = {
    "note": "Frågor till Eva Ek.",
    "name": "Eva Ek",
    "aliases": "Lunden|Eva Ek",
    "legal_form": "eva.ek@lund.example",
    "pack.source": "eva.ek@lund.example berättade",
    "org_number": "070-174 06 11",
}


@pytest.mark.parametrize(("column", "text"), PERSONS.items(), ids=PERSONS.keys())
def test_a_person_is_found_and_not_repeated(make: Make, column: str, text: str) -> None:
    columns = ["key", "name", *(() if column == "name" else (column,))]
    cells = {"key": "a", "name": "Ishallen"} | {column: text}
    folder = make(actors=f"{';'.join(columns)}\n{';'.join(cells[one] for one in columns)}\n", roles=None,
                  commitments=None)  # fmt: skip
    mistakes = check_pack(folder, plugins=["sweden"])
    assert ("actors.csv", 2, column) in {(one.file, one.line, one.column) for one in mistakes}
    assert not any("Eva" in one.problem + one.remedy or "06 11" in one.problem for one in mistakes)


@pytest.mark.parametrize(
    "text",
    ["070.174.06.11", "(070) 174 06 11", "070/174 06 11", "eva (at) lund.example", "ordförande Karlsson"],
)
def test_a_person_in_other_spellings(make: Make, text: str) -> None:
    folder = make(actors=f"key;name;note\na;Ishallen;{text}\n", roles=None, commitments=None)
    assert found(folder) == [("actors.csv", 2, "note")]


def test_a_shared_address_is_nobodys(make: Make) -> None:
    text = "key;name;note\na;Ishallen;info@ishallen.example och växeln 0481-450 00\n"
    assert found(make(actors=text, roles=None, commitments=None)) == []


@pytest.mark.parametrize("text", ["E. Karlsson", "Ek, Eva", "Eva Ek"])
def test_what_a_person_is_called_is_no_organisation(text: str) -> None:
    assert names_somebody(text, called=True)


@pytest.mark.parametrize("text", ["Anders Personsskolan", "Nils Holgersson-gymnasiet", "A. Skola"])
def test_what_bears_a_name_is_no_person(text: str) -> None:
    assert not names_somebody(text, called=True)


@pytest.mark.parametrize(
    "text", ["Kinda kommun", "Ale IF", "Dorotea", "Brottsofferjouren Kronoberg", "OKG Aktiebolag"]
)
def test_what_an_organisation_is_called_is_no_person(text: str) -> None:
    assert not names_somebody(text, called=True)
    assert not names_somebody(f"Omfattar {text}.", [text])


def test_no_municipality_is_a_person(make: Make) -> None:
    import kontaktnat_sweden

    rows = [
        f"m:{one.code};{one.legal_name};{one.name}|Polisen i {one.name};"
        f"Omfattar {one.legal_name}, antagande ur namnet {one.name}."
        for one in kontaktnat_sweden.municipalities()
    ]
    text = "\n".join(["key;name;aliases;note", *rows, ""])
    assert found(make(actors=text, roles=None, commitments=None)) == []


def test_encodings_are_told_of_and_the_rest_is_read_all_the_same(make: Make) -> None:
    folder = make()
    (folder / "actors.csv").write_bytes(
        "key;name;place\na;Åsele kommun;1\nb;Luleå kommun;2\n".encode("cp1252")
    )
    (folder / "roles.csv").write_bytes("key;share\nr;much\n".encode("utf-16"))
    (folder / "commitments.csv").unlink()
    assert found(folder) == [
        ("actors.csv", 2, ""),
        ("actors.csv", 2, "place"),
        ("actors.csv", 3, "place"),
        ("roles.csv", 1, ""),
        ("roles.csv", 2, "share"),
    ]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace(";", ","),
        lambda text: text.replace(";", "\t"),
        lambda text: f"sep=;\n{text}",
        lambda text: text.replace("\n", ";;\n"),
    ],
    ids=["commas", "tabs", "sep", "blank columns"],
)
def test_what_excel_makes_of_a_file_is_told_of_once_and_read_nevertheless(
    make: Make, change: Callable[[str], str]
) -> None:
    good = GOOD["actors.csv"]
    shifted = int(change(good).startswith("sep"))
    assert found(make(actors=change(good))) == [("actors.csv", 1, "")]
    wrong = change(good.replace(";1281;", ";1289;"))
    assert found(make(actors=wrong)) == [("actors.csv", 1, ""), ("actors.csv", 2 + shifted, "place")]


def test_an_empty_file_is_a_note(make: Make) -> None:
    folder = make(roles="")
    (note,) = check_pack(folder, plugins=["sweden"])
    assert (note.file, note.line, note.note) == ("roles.csv", 1, True)
    assert len(tuple(load_pack(folder).records())) == 3


def test_where_pack_toml_cannot_be_read_nothing_is_said_of_its_county(make: Make) -> None:
    assert found(make(pack="county = 12")) == [
        ("pack.toml", None, "name"), ("pack.toml", None, "title"), ("pack.toml", None, "version"),
        ("pack.toml", 1, "county"),
    ]  # fmt: skip


def test_a_file_in_capitals_is_no_file_of_a_pack(make: Make) -> None:
    folder = make(roles=None)
    (folder / "ROLES.CSV").write_text("key\n", "utf-8")
    assert found(folder) == [("ROLES.CSV", None, "")]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a file's name is text")
def test_a_files_name_may_be_any_bytes(make: Make) -> None:
    folder = make()
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff.csv")).write_bytes(b"")
    assert [one.file for one in check_pack(folder, plugins=["sweden"])] == ["?.csv"]


def test_an_open_quotation_mark_does_not_hide_the_lines_after_it(make: Make) -> None:
    folder = make(actors='key;name;place\na;"Lund;\nb;Malmö;x\n', roles=None, commitments=None)
    assert found(folder) == [("actors.csv", 2, ""), ("actors.csv", 3, "place")]


def test_words_of_the_pack_are_known_in_it(make: Make) -> None:
    words = "vocabulary;id;sv;en;synonyms\nfunction;harbour_master;hamnkapten;harbour master;hamnchef\n"
    roles = "key;actor;function\nr;se:lpo:lund;harbour_master\n"
    assert found(make(words=words, roles=roles)) == []


def test_a_word_or_label_that_is_taken(make: Make) -> None:
    words = "vocabulary;id;sv;en\nfunction;principal;huvudman;principal\nfunction;head;Rektor;head\n"
    assert found(make(words=words)) == [("words.csv", 2, "id"), ("words.csv", 3, "sv")]


def test_practice(make: Make) -> None:
    practice = (
        "[practice]\nanswer_days = 0\nanswr_days = 3\nretention_role_months = 36\n"
        'functions = ["rektor"]\ninvitations = ["network_meeting"]\n[practice.months]\nno_such_fact = 3\n'
    )
    assert found(make(pack=GOOD["pack.toml"] + practice)) == [
        ("pack.toml", 6, "practice.answer_days"),
        ("pack.toml", 7, "practice.answr_days"),
        ("pack.toml", 9, "practice.functions"),
        ("pack.toml", 12, "practice.months.no_such_fact"),
    ]


class Guarding:
    """A plugin whose guard and check say no."""

    name = "guarding"

    @hookimpl
    def before_save(self, record):  # type: ignore[no-untyped-def]
        if isinstance(record, Actor) and record.name.startswith("Lunds"):
            raise Veto("no Lund here")

    @hookimpl
    def register_checks(self):  # type: ignore[no-untyped-def]
        def run(record, book):  # type: ignore[no-untyped-def]
            if record.type == "role":
                yield Finding(message="no roles", type="role", id=record.id, path="function", remedy="none")
                yield Finding(message="no title", type="role", id=record.id, path="title", remedy="set one")

        return [Check(name="rolls", title="Roles", run=run)]


class Failing:
    """A plugin whose check and guard fail."""

    name = "failing"

    @hookimpl
    def before_save(self, record):  # type: ignore[no-untyped-def]
        raise ZeroDivisionError

    @hookimpl
    def register_checks(self):  # type: ignore[no-untyped-def]
        def run(record, book):  # type: ignore[no-untyped-def]
            raise ZeroDivisionError

        return [Check(name="fails", title="Fails", run=run)]


def test_guards_and_checks_of_plugins_are_heard(make: Make) -> None:
    folder = make()
    assert found(folder, [Guarding()]) == [("actors.csv", 2, ""), ("roles.csv", 2, "function")]
    notes = [(one.line, one.column) for one in check_pack(folder, plugins=[Guarding()]) if one.note]
    assert (2, "title") in notes  # what a cell leaves open is no mistake


def test_a_plugin_that_fails_is_named_once(make: Make) -> None:
    told = [one.problem for one in check_pack(make(), plugins=[Failing()]) if "failing" in one.problem]
    assert len(told) == 2


def test_the_root_of_a_distribution(make: Make, tmp_path: Path) -> None:
    folder = make()
    inside = tmp_path / "root" / "src" / "kontaktnat_lund"
    shutil.move(folder, inside)
    for elsewhere in (".venv/x", "build/lib", "node_modules"):
        shutil.copytree(inside, tmp_path / "root" / elsewhere)
    assert found(tmp_path / "root") == []
    assert found(inside / "pack.toml") == []
    shutil.copytree(inside, tmp_path / "root" / "other")
    with pytest.raises(Ambiguous, match="several packs"):
        check_pack(tmp_path / "root")


def test_no_folder_and_a_folder_without_a_pack(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        check_pack(tmp_path / "none")
    assert [one.file for one in check_pack(tmp_path, plugins=["sweden"])] == ["pack.toml"]


@pytest.mark.parametrize(
    "text", ["version = 1" + "0" * 5000, "a = " + "[" * 5000, "x = \\", "\x00", "[a]\n[a]\n"]
)
def test_a_hostile_pack_toml_is_one_mistake(make: Make, text: str) -> None:
    assert ("pack.toml" in {file for file, _, _ in found(make(pack=text))}) is True


def test_a_folder_in_the_place_of_a_file(make: Make) -> None:
    folder = make(actors=None, roles=None, commitments=None)
    (folder / "actors.csv").mkdir()
    assert found(folder) == [("actors.csv", None, "")]


def test_many_lines_take_linear_time(make: Make) -> None:
    """20,000 lines, each with a mistake that csv stumbles over, are each told of once."""
    folder = make(actors="key;name\n" + 'a;"b"c\n' * 20_000, roles=None, commitments=None)
    assert len(found(folder)) == 20_000


def test_many_lines_of_every_kind_take_linear_time(make: Make) -> None:
    """References that lead nowhere, notes that name others, words with labels that are taken."""
    n = 3000
    actors = [f"a{i};Förening {i};Vi i Förening {i}, i Kinda kommun;b{i}" for i in range(n)]
    words = [f"function;w{i};rektor;w{i}" for i in range(n)]
    folder = make(
        actors="\n".join(["key;name;note;parent", *actors]),
        words="\n".join(["vocabulary;id;sv;en", *words]),
        roles=None,
        commitments=None,
    )
    columns = Counter(column for _, _, column in found(folder))
    assert columns == {"parent": n, "sv": n}


CELLS = st.sampled_from([
    "", "a", "b", "se:lpo:lund", "1281", "0881", "yes", "2018-09", "2018-13", "unknown", "none", "|", "a|b",
    "a@", "@", "Eva Ek", '"', '""', '"x', "local_police_area", "municipality",
    "\x00", "é", "\u2028", "9" * 400, "nan", "-1",
])  # fmt: skip
NAMES = st.sampled_from([
    "key", "name", "kind", "actor", "parties", "valid_from", "valid_until", "place", "county", "members",
    "share", "covers", "extra", "id", "ways", "pack.certainty", "pack.source", "x.", ".x", "",
    "vocabulary", "sv", "en", "synonyms", "contact", "parent", "names", "tags", "protected", "draft",
    "host", "functions", "cadence",
])  # fmt: skip
TABLES = st.builds(
    lambda names, rows: "\n".join(";".join(row) for row in [names, *rows]),
    st.lists(NAMES, max_size=6),
    st.lists(st.lists(CELLS, max_size=6), max_size=5),
)
TOMLS = st.one_of(
    st.just(GOOD["pack.toml"]),
    st.text(max_size=60),
    st.builds(
        "{0} = {1}\n{2}".format,
        st.sampled_from(
            ["name", "county", "title", "version", "aliases", "practice", "practice.months", "practice.x"]
        ),
        st.sampled_from(
            ['""', '"x"', "1", "-1", "[]", "[1]", "{}", "{a = 1}", "1.5", "true", "2018-09-01", "nan"]
        ),
        st.sampled_from(["", GOOD["pack.toml"]]),
    ),
)
FILES = st.fixed_dictionaries(
    {"pack.toml": TOMLS.map(str.encode) | st.binary(max_size=50)},
    optional={
        name: TABLES.map(lambda text: text.encode()) | st.binary(max_size=80)
        for name in (*RECORD_FILES, "words.csv", "other.csv")
    },
)


@given(files=FILES)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_the_folder_holds_there_is_an_answer(
    files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    for name, content in files.items():
        (folder / name).write_bytes(content)
    try:
        mistakes = check_pack(folder, plugins=["sweden"])
    except KontaktnatError as error:
        pytest.fail(f"raised {error!r}")
    assert all(isinstance(one, Mistake) and str(one.error) for one in mistakes)
    shutil.rmtree(folder)
