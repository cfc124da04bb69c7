"""The two code lists: whole, as their sources have them, and built by the script that is kept."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kontaktnat import Actor, Book, Contact, Invalid, Refused
from kontaktnat.errors import Ambiguous
from kontaktnat_civilsociety.schemes import schemes

SHARED = Path(__file__).parents[4] / "shared" / "data"
SCRIPT = Path(__file__).parents[1] / "scripts" / "build_schemes.py"


@pytest.mark.parametrize(("name", "source"), [("icnpo", "icnpo.csv"), ("legal_form", "juridisk_form.csv")])
def test_they_are_what_their_sources_have(name: str, source: str) -> None:
    if not SHARED.exists():
        if os.environ.get("CI"):
            pytest.fail(f"{SHARED} is missing")
        pytest.skip(f"{SHARED} is missing: the lists are compared with it")
    [scheme] = [one for one in schemes() if one.name == name]
    with (SHARED / source).open(encoding="utf-8") as file:
        wanted = [
            (row["code"], row.get("group", ""), row["name_sv"], row["name_en"])
            for row in csv.DictReader(file, delimiter=";")
        ]
    assert [(one.code, one.parent, one.sv, one.en) for one in scheme.categories] == wanted


def test_the_script_would_write_the_same() -> None:
    assert subprocess.run([sys.executable, SCRIPT, "--check"], check=False).returncode == 0


def test_importing_the_hooks_reads_no_table() -> None:
    code = (
        "import sys; import kontaktnat_civilsociety.plugin; "
        "print(sorted(one for one in sys.modules if one.startswith('kontaktnat_civil')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['kontaktnat_civilsociety', 'kontaktnat_civilsociety.plugin']"


def test_groups_hold_their_subgroups(book: Book) -> None:
    assert len([one for one in book.schemes.of("icnpo").values() if not one.parent]) == 12
    assert book.schemes.within("icnpo:1") == ("icnpo:1", "icnpo:1100", "icnpo:1200", "icnpo:1300")
    assert book.schemes.above("icnpo:11300") == "icnpo:11"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("icnpo:1200", "icnpo:1200"), ("1200", "icnpo:1200"), ("ICNPO: 1200", "icnpo:1200"),
        ("Idrott", "icnpo:1200"), ("sports", "icnpo:1200"), ("icnpo:idrott", "icnpo:1200"),
        ("Internationell verksamhet", "icnpo:9100"), ("Religiösa samfund och föreningar", "icnpo:10100"),
        ("juridiska tj", "icnpo:7200"), ("legal_form:ideell förening", "legal_form:61"),
        ("foo:bar", "foo:bar"),
    ],
)  # fmt: skip
def test_what_people_type_for_a_category(book: Book, text: str, value: str) -> None:
    assert book.schemes.lookup(text) == value


def test_what_is_not_there_and_what_is_several(book: Book) -> None:
    with pytest.raises(Invalid, match="icnpo:9100") as refused:
        book.schemes.lookup("icnpo:9999")
    assert "icnpo:9100" in refused.value.fields["nearest"]
    with pytest.raises(Ambiguous, match="icnpo:4100"):
        book.schemes.lookup("Social services")  # the group, and the first of its three subgroups
    with pytest.raises(Invalid, match="no category"):
        book.schemes.lookup("xyzzy")


@pytest.mark.parametrize("text", ["61", "Ideella föreningar", "ideell förening", "non-profit associations"])
def test_what_people_type_for_a_legal_form(book: Book, text: str) -> None:
    assert book.schemes.lookup(text, "legal_form") == "61"


def test_a_code_that_there_is_not_is_refused_where_it_is_newly_set(book: Book) -> None:
    with pytest.raises(Invalid, match=r"categories\[0\]: icnpo:9999 is no category of icnpo; nearest: "):
        book.add(Actor(name="Nybro IF", categories=["icnpo:9999"]))
    with pytest.raises(Invalid, match="legal_form: 64"):
        book.add(Actor(name="Nybro IF", legal_form="64"))
    kept = book.add(Actor(name="Nybro IF", categories=["other:1"], legal_form="Ideell"))
    assert (kept.categories, kept.legal_form) == (("other:1",), "Ideell")
    found = [(one.path, one.message) for one in book.check()]
    assert ("categories[0]", "'other:1' is no category of a scheme that is installed") in found
    assert ("legal_form", "'Ideell' is no code for a legal form") in found


def test_persons_are_not_selected_by_what_tells_of_faith(book: Book) -> None:
    for asked in ("icnpo:10100", "icnpo:10", "legal_form:63", "trossamfund", "icnpo:7300"):
        with pytest.raises(Refused):
            book.contacts.where(categories=asked)
    church = book.add(Actor(name="Pingstkyrkan", categories=["icnpo:10100"]))
    assert book.actors.where(categories=list(book.schemes.within("icnpo:10"))) == [church]
    book.add(Contact(name="Eva Ek", categories=["icnpo:1200"]))
    assert book.contacts.count(categories="icnpo:1200") == 1
