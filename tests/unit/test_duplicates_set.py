"""The form of the labelled pairs: what is measured against them is worth no more than they are."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from kontaktnat.model import Actor, Contact, Way
from kontaktnat.model.people import FormerName

FOLDER = Path(__file__).parents[1] / "duplicates"
FILES = {"labelled": 400, "held_out": 150, "unseen": 200, "blind": 400, "again": 300}
ALLOWED = {
    "contact": {"name", "given", "family", "ways", "note", "hats"},
    "actor": {"name", "kind", "aliases", "names", "place", "org_number", "ways", "parent", "note"},
}
HAT = {"actor", "function", "title", "since", "until"}
FICTION = re.compile(r"(00)?(46)?0?(7017406(0[5-9]|[1-9][0-9])|9803192\d\d)")
"""070-174 06 05 to 99 and 0980-319 200 to 299, kept for fiction (PTS), with what may stand before it."""


def pairs(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def documents(name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for pair in pairs(name):
        yield pair["type"], pair["one"]
        yield pair["type"], pair["other"]


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from texts(one)
    elif isinstance(value, dict):
        for key, one in value.items():
            if key != "org_number":
                yield from texts(one)


def check_digit_is_right(number: str) -> bool:
    digits = re.sub(r"\D", "", number)[-10:]
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(digits))
    return len(digits) == 10 and sum(sum(divmod(part, 10)) for part in doubled) % 10 == 0


def both_ways(pair: dict[str, Any]) -> str:
    return "\n".join(sorted(json.dumps(pair[side], sort_keys=True) for side in ("one", "other")))


@pytest.mark.parametrize(("name", "least"), FILES.items())
class TestTheSet:
    def test_it_has_its_number_of_pairs_and_each_once(self, name: str, least: int) -> None:
        found = pairs(name)
        assert len(found) >= least
        assert [text for text, times in Counter(map(both_ways, found)).items() if times > 1] == []

    def test_about_half_of_each_type_are_the_same(self, name: str, least: int) -> None:
        for kind in ALLOWED:
            answers = [pair["same"] for pair in pairs(name) if pair["type"] == kind]
            assert 0.35 < sum(answers) / len(answers) < 0.55, kind
        assert 0.58 < sum(pair["type"] == "contact" for pair in pairs(name)) / len(pairs(name)) < 0.8

    def test_a_pair_says_what_it_is(self, name: str, least: int) -> None:
        for pair in pairs(name):
            assert set(pair) == {"case", "type", "one", "other", "same", "why"}
            assert isinstance(pair["same"], bool)
            assert re.fullmatch("[a-z_]+", pair["case"])
            assert pair["why"]
            assert pair["one"] != pair["other"], pair
            for side in ("one", "other"):
                assert set(pair[side]) <= ALLOWED[pair["type"]], pair
                for hat in pair[side].get("hats", []):
                    assert {"actor"} <= set(hat) <= HAT, hat

    def test_the_documents_are_records(self, name: str, least: int) -> None:
        for kind, document in documents(name):
            fields = {key: value for key, value in document.items() if key not in ("hats", "parent")}
            fields["ways"] = tuple(Way(**way) for way in document.get("ways", ()))
            if kind == "actor":
                fields["names"] = tuple(FormerName(**one) for one in document.get("names", ()))
                Actor(**fields)
            else:
                Contact(**fields)

    def test_organisation_numbers_have_the_right_check_digit(self, name: str, least: int) -> None:
        """But where it is what the pair is about."""
        numbers = [
            (document["org_number"], pair["why"])
            for pair in pairs(name)
            for document in (pair["one"], pair["other"])
            if "org_number" in document
        ]
        assert numbers
        assert [
            why for number, why in numbers if not check_digit_is_right(number) and "wrong digit" not in why
        ] == []

    def test_telephone_numbers_are_those_kept_for_fiction(self, name: str, least: int) -> None:
        for _, document in documents(name):
            for way in document.get("ways", ()):
                if way["kind"] == "phone":
                    assert FICTION.fullmatch(re.sub(r"\D", "", way["value"])), way
            for text in texts(document):
                for run in re.findall(r"\+?\d[\d\s()\u2011./-]{6,}\d", text):
                    assert FICTION.fullmatch(re.sub(r"\D", "", run)), text

    def test_mail_and_web_are_at_example_domains(self, name: str, least: int) -> None:
        for _, document in documents(name):
            for way in document.get("ways", ()):
                if way["kind"] in ("mail", "web"):
                    host = re.sub(r"^mailto:|^https?://|^.*@", "", way["value"].strip(" .<>").casefold())
                    assert host.split("/")[0].endswith(".example"), way
            for text in texts(document):
                for host in re.findall(r"@([\w.-]+)", text):
                    assert host.rstrip(".").casefold().endswith(".example"), text


@pytest.mark.parametrize(("earlier", "later"), list(combinations(FILES, 2)))
def test_two_files_share_no_pair_and_hardly_a_name(earlier: str, later: str) -> None:
    first, second = ({doc["name"].casefold() for _, doc in documents(name)} for name in (earlier, later))
    assert len(first & second) <= len(second) / 10, sorted(first & second)
    seen, new = ({both_ways(pair) for pair in pairs(name)} for name in (earlier, later))
    assert not seen & new


@pytest.mark.parametrize("kind", ALLOWED)
def test_most_kinds_of_case_have_both_answers(kind: str) -> None:
    answers: dict[str, set[bool]] = {}
    for pair in pairs("labelled"):
        if pair["type"] == kind:
            answers.setdefault(pair["case"], set()).add(pair["same"])
    assert [case for case, seen in answers.items() if len(seen) < 2] == []
