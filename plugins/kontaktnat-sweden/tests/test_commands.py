"""`kontaktnat municipalities`, without the rest of the command line."""

import json

import pytest
from click.testing import CliRunner

from kontaktnat import NotFound
from kontaktnat_sweden.commands import municipalities


def run(*arguments: str) -> str:
    done = CliRunner().invoke(municipalities, arguments, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_a_table_for_eyes() -> None:
    lines = run("--county", "vastra-gotaland").splitlines()
    assert len(lines) == 50
    assert lines[0].split() == ["Code", "Municipality", "Calls", "itself", "County"]
    (gothenburg,) = (line for line in lines if line.startswith("1480"))
    assert gothenburg.split("  ")[1:] != []
    assert "Göteborgs kommun" in gothenburg
    assert gothenburg.endswith("Västra Götalands län")


def test_json() -> None:
    document = json.loads(run("--county", "H", "-o", "json"))
    assert document["schema"] == "kontaktnat/1"
    assert len(document["records"]) == 12
    assert document["records"][7] == {
        "code": "0881",
        "name": "Nybro",
        "legal_name": "Nybro kommun",
        "self_name": "",
        "county": "08",
    }


def test_csv() -> None:
    lines = run("-o", "csv").splitlines()
    assert lines[0] == "code;name;legal_name;self_name;county"
    assert len(lines) == 291


def test_ids() -> None:
    assert run("--county", "09", "-o", "ids") == "0980\n"


def test_an_unknown_county_is_the_command_lines_business() -> None:
    with pytest.raises(NotFound, match="nearest: Kalmar län"):
        run("--county", "kallmar")
