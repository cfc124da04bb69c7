"""Assignments at the prompt: who holds which, in how many hats, in Swedish."""

from __future__ import annotations

from typing import Any

import pytest

COORDINATOR = "samordnare@nybro"


@pytest.fixture
def eva(kalmar: Any) -> str:
    """The id of Eva's hat as coordinator in Nybro, which holds no assignment yet."""
    assert kalmar("add", "contact", "Eva Ek", "--role", COORDINATOR).code == 0
    return hats(kalmar)[0]["id"]


def hats(kalmar: Any, **filters: str) -> Any:
    return kalmar("list", "roles", *(f"{one}={text}" for one, text in {"contact": "eva", **filters}.items()),
                  "-o", "json").records()  # fmt: skip


def assigned(kalmar: Any, function: str, assignment: str, *more: str) -> Any:
    return kalmar("add", "role", function, "--contact", "eva", "--set", f"assignment={assignment}", *more)


def test_a_hat_for_each_assignment(kalmar: Any, eva: str) -> None:
    """One person, one function, three assignments: three hats, and adding one changes no other."""
    assert kalmar("set", eva, "assignment=andts").code == 0
    before = hats(kalmar)
    assert assigned(kalmar, COORDINATOR, "folkhälsa", "--set", "share=20%").out.startswith("added: ")
    assert assigned(kalmar, "handläggare@nybro", "barnets", "--set", "share=0,1").out.startswith("added: ")
    after = hats(kalmar)
    assert len(after) == 3
    assert before[0] in after
    assert sorted(one["share"] for one in after if "share" in one) == [0.1, 0.2]
    assert [one["id"] for one in hats(kalmar, assignment="andts")] == [eva]
    for text in ("andts", "folkhälsa"):
        assert assigned(kalmar, COORDINATOR, text).out.endswith("nothing changed\n")
    assert kalmar("add", "role", COORDINATOR, "--contact", "eva").out.endswith("nothing changed\n")
    assert len(hats(kalmar)) == 3


def test_a_hat_without_one_is_never_guessed_at(kalmar: Any, eva: str) -> None:
    refused = assigned(kalmar, COORDINATOR, "andts")
    assert refused.code == 4
    assert f"kontaktnat set {eva} assignment=" in refused.err
    assert hats(kalmar, assignment="andts") == []
    follow = refused.err.partition("kontaktnat set ")[2].partition(";")[0]
    assert kalmar("set", *follow.split()).code == 0  # what it says can be written so
    assert len(hats(kalmar, assignment="andts")) == 1
    kalmar("undo")
    assert assigned(kalmar, COORDINATOR, "andts", "--new").code == 0
    assert len(hats(kalmar)) == 2


def test_a_vacant_post_of_an_assignment_is_filled(kalmar: Any) -> None:
    """Torsås has a vacant post without an assignment, and gets one with ANDTS: who takes that up fills it.

    Who takes up public health fills the other, and never that of ANDTS.
    """

    def posts() -> set[tuple[str | None, bool]]:
        found = kalmar("list", "roles", "actor=torsås", "function=samordnare", "-o", "json").records()
        return {(names.get(one.get("assignment")), "contact" in one) for one in found}

    listed = kalmar("list", "assignments", "-o", "json").records()
    names = {one["id"]: one["name"].partition(" ")[0] for one in listed}
    there = "samordnare@torsås"
    assert kalmar("add", "role", there, "--set", "assignment=andts", "--new").code == 0
    assert posts() == {(None, False), ("ANDTS-förebyggande", False)}
    kalmar("add", "contact", "Eva Ek")
    assert assigned(kalmar, there, "folkhälsa").code == 0
    assert posts() == {("Folkhälsa", True), ("ANDTS-förebyggande", False)}
    assert assigned(kalmar, there, "andts").code == 0
    assert posts() == {("Folkhälsa", True), ("ANDTS-förebyggande", True)}


def test_from_a_day_to_come_it_keeps_the_posts_assignment(kalmar: Any) -> None:
    kalmar("add", "role", "kommunchef@torsås", "--set", "assignment=andts")
    kalmar("add", "contact", "Eva Ek")
    assert kalmar("add", "role", "kommunchef@torsås", "--contact", "eva", "--since", "2030-01-01").code == 0
    (hat,) = hats(kalmar)
    assert hat["since"] == "2030-01-01"
    assert [hat] == hats(kalmar, assignment="andts")


def test_all_of_an_assignment_in_swedish(kalmar: Any) -> None:
    words = ("level=kommun", "addressee=nybro, torsås", "target_groups=unga, föräldrar", "starts=2025-01-01",
             "ends=2027", "individual_data=nej", "invites=ja", "reports=02-15 årlig")  # fmt: skip
    given = [part for one in words for part in ("--set", one)]
    assert kalmar("add", "assignment", "Trygg helg", *given).code == 0
    found = next(one for one in kalmar("list", "assignments", "-o", "json").records()
                 if one["name"] == "Trygg helg")  # fmt: skip
    assert found["target_groups"] == ["unga", "föräldrar"]
    assert (found["level"], found["ends"], found["reports"]) == ("municipality", "2027", ["02-15 årlig"])
    assert kalmar("add", "network", "Helgen", "--set", "assignments=trygg helg,andts").code == 0
    rows = kalmar("view", "overlap", "dimension=målgrupper", "assignment=trygg", "-o", "json").records()
    assert len(rows) == 10
    said = kalmar("--lang", "sv", "view", "overlap", "dimension=målgrupper", "assignment=trygg").out
    assert "odefinierad" in said
