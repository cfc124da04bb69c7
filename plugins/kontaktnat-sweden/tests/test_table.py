"""The table: every code and name, and finding them."""

import csv
import hashlib
import subprocess
import sys
from importlib import resources
from pathlib import Path

import attrs
import pytest

from kontaktnat import NotFound
from kontaktnat_sweden import counties, county, municipalities, municipality, nearest_by_code

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
"""Lists to compare with, made by somebody else; beside the project on some machines only."""

# Of the text of municipalities.csv, taken when all 290 had been compared with SHARED / "kommuner_full.csv".
COMPARED = "01d3ed83d39b4e18229643be007339efddf5b6e9757573f040187f5f08c2b5f2"


def test_every_municipality_is_as_it_was_compared() -> None:
    text = (resources.files("kontaktnat_sweden") / "data" / "municipalities.csv").read_bytes()
    # A checkout on Windows may have turned the line ends.
    assert hashlib.sha256(text.replace(b"\r\n", b"\n")).hexdigest() == COMPARED
    if (reference := SHARED / "kommuner_full.csv").is_file():
        with reference.open(encoding="utf-8", newline="") as lines:
            rows = [tuple(row) for row in csv.reader(lines, delimiter=";")][1:]
        assert [attrs.astuple(one) for one in municipalities()] == rows


def test_counties_and_how_many_municipalities_each_has() -> None:
    size = {one.letter: len(municipalities(one.code)) for one in counties()}
    assert size == {
        "AB": 26, "C": 8, "D": 9, "E": 13, "F": 13, "G": 8, "H": 12, "I": 1, "K": 5, "M": 33, "N": 6, "O": 49,
        "S": 16, "T": 12, "U": 10, "W": 15, "X": 10, "Y": 7, "Z": 8, "AC": 15, "BD": 14,
    }  # fmt: skip
    assert sum(size.values()) == 290
    if (reference := SHARED / "lan.csv").is_file():
        with reference.open(encoding="utf-8", newline="") as lines:
            rows = [tuple(row[:4]) for row in csv.reader(lines, delimiter=";")][1:]
        assert [attrs.astuple(one) for one in counties()] == rows


@pytest.mark.parametrize(
    ("code", "legal_name", "self_name"),
    [
        ("1480", "Göteborgs kommun", "Göteborgs stad"),
        ("0180", "Stockholms kommun", "Stockholms stad"),
        ("0980", "Gotlands kommun", "Region Gotland"),
        ("1490", "Borås kommun", "Borås stad"),
        ("0880", "Kalmar kommun", ""),
        ("0881", "Nybro kommun", ""),
        ("0834", "Torsås kommun", ""),
        ("0882", "Oskarshamns kommun", ""),
        ("1421", "Orust kommun", ""),
        ("2080", "Falu kommun", ""),
        ("1438", "Dals-Eds kommun", ""),
        ("2023", "Malung-Sälens kommun", ""),
    ],
)
def test_names_that_are_easily_got_wrong(code: str, legal_name: str, self_name: str) -> None:
    found = municipality(code)
    assert (found.legal_name, found.self_name) == (legal_name, self_name)


@pytest.mark.parametrize(
    "text", ["14", "O", "o", "Västra Götalands län", "Västra Götaland", "vastra-gotaland", "västra götaland "]
)
def test_a_county_by_any_of_its_names(text: str) -> None:
    assert county(text).code == "14"


def test_every_county_is_found_by_each_of_its_names() -> None:
    for one in counties():
        for text in (one.code, one.letter, one.name, one.short_name, one.slug):
            assert county(text) == one


def test_an_unknown_county_names_the_nearest() -> None:
    with pytest.raises(NotFound, match=r"no county is called Kallmar \(nearest: Kalmar län") as caught:
        county("Kallmar")
    assert caught.value.fields["nearest"][0] == "Kalmar län"
    with pytest.raises(NotFound):
        county("")


def test_an_unknown_code_names_the_nearest() -> None:
    with pytest.raises(NotFound, match="no municipality has the code 0818") as caught:
        municipality("0818")
    assert "0881" in caught.value.fields["nearest"]


def test_a_name_where_a_code_is_wanted_is_answered_with_the_code() -> None:
    with pytest.raises(NotFound, match="nearest: 0881 Nybro"):
        municipality("Nybro kommun")


def test_the_nearest_code_has_one_digit_wrong_or_two_exchanged() -> None:
    assert nearest_by_code("0889", 1)[0].name == "Borgholm"
    assert nearest_by_code("0818", 1)[0].code == "0881"
    assert nearest_by_code("881") == ()


def test_municipalities_of_an_unknown_county() -> None:
    with pytest.raises(NotFound):
        municipalities("Atlantis")


def test_importing_the_hooks_reads_nothing() -> None:
    """In an interpreter of its own: no table, no click, and nothing opened from the package's data."""
    program = (
        "import sys\n"
        "opened = []\n"
        "sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == 'open' else None)\n"
        "import kontaktnat_sweden.plugin as plugin\n"
        "assert not [path for path in opened if path.endswith('.csv')], opened\n"
        "assert 'click' not in sys.modules\n"
        "assert next(iter(plugin.register_commands())).target\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
