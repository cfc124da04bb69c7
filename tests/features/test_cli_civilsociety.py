"""`kontaktnat civilsociety suggest`: listed with reasons, asked one by one, said by options, undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Kalmar = Callable[..., Any]


@pytest.fixture
def clubs(kalmar: Kalmar) -> Kalmar:
    for name in ("Nybro IF", "Örsjö bygdegårdsförening", "Kalmar FF AB"):
        assert kalmar("add", "actor", name).code == 0
    return kalmar


def fields(kalmar: Kalmar, name: str) -> dict[str, Any]:
    found = kalmar("list", "actors", "kind=", "-o", "json").records()
    found += kalmar("list", "actors", "-o", "json").records()
    return next(one for one in found if one["name"] == name)


def test_it_lists_with_reasons_and_sets_nothing(clubs: Kalmar) -> None:
    ran = clubs("civilsociety", "suggest")
    assert ran.code == 0
    assert '1. icnpo:1200 Sports: "IF" in its name is usual for sports clubs' in ran.out
    assert "with it: sector civil society, kind sports club" in ran.out
    assert "Kalmar FF" not in ran.out
    assert "nothing is set" in ran.out
    assert "categories" not in fields(clubs, "Nybro IF")


def test_in_swedish(clubs: Kalmar) -> None:
    out = clubs("--lang", "sv", "civilsociety", "suggest", "Nybro IF").out
    assert "1. icnpo:1200 Idrott: ”IF” i namnet är vanligt för idrottsföreningar; därmed också: sektor" in out


def test_of_whom(clubs: Kalmar) -> None:
    assert "Örsjö" not in clubs("civilsociety", "suggest", "Nybro IF").out
    assert "Örsjö" in clubs("civilsociety", "suggest", "actors kind=other").out
    assert "nothing to suggest" in clubs("civilsociety", "suggest", "Nybro kommun").out


def test_it_is_said_by_options_all_or_nothing(clubs: Kalmar) -> None:
    said = ("--confirm", "Nybro IF=idrott", "--decline", "Örsjö bygdegårdsförening=icnpo:6100")
    assert clubs("civilsociety", "suggest", *said, "--dry-run").code == 0
    assert "categories" not in fields(clubs, "Nybro IF")
    failed = clubs("civilsociety", "suggest", *said, "--confirm", "Nybro IF=icnpo:9999")
    assert (failed.code, failed.out) == (5, "")
    assert "categories" not in fields(clubs, "Nybro IF")
    ran = clubs("civilsociety", "suggest", *said)
    assert ran.out.splitlines() == [
        "Nybro IF: icnpo:1200 Sports",
        "Örsjö bygdegårdsförening: not icnpo:6100 Economic, social and community development",
    ]
    assert "takes it back" in ran.err
    assert fields(clubs, "Nybro IF")["categories"] == ["icnpo:1200"]
    assert "icnpo:6100" not in clubs("civilsociety", "suggest").out
    assert clubs("undo").code == 0
    assert "icnpo:6100" in clubs("civilsociety", "suggest").out
    assert "categories" not in fields(clubs, "Nybro IF")


def test_of_several_nothing_is_told_that_is_not_saved(clubs: Kalmar) -> None:
    ran = clubs("civilsociety", "suggest", "--confirm", "Nybro IF=1200", "--confirm", "nowhere=1200")
    assert (ran.code, ran.out) == (3, "")
    assert "categories" not in fields(clubs, "Nybro IF")


def test_a_choice_may_stand_as_after_list_and_hold_nobody(clubs: Kalmar) -> None:
    chosen = clubs("civilsociety", "suggest", "actors", "name=Nybro IF")
    assert chosen.code == 0, chosen
    assert "Nybro IF" in chosen.out
    assert "Örsjö" not in chosen.out
    none = clubs("civilsociety", "suggest", "actors name=Ingenstans")
    assert (none.code, none.out) == (0, "nothing to suggest\n")
    assert clubs("add", "contact", "Eva Ek").code == 0
    assert clubs("civilsociety", "suggest", "contacts").code == 2


def test_the_same_again_changes_nothing(clubs: Kalmar) -> None:
    assert clubs("civilsociety", "suggest", "--confirm", "Nybro IF=1200").code == 0
    assert "so already" in clubs("civilsociety", "suggest", "--confirm", "Nybro IF=1200").err


def test_on_a_terminal_one_is_asked_of_each(clubs: Kalmar) -> None:
    ran = clubs("civilsociety", "suggest", stdin="x\n1\n1 2\n", terminal=True)
    assert ran.code == 0
    assert ran.err.count("Is it so? (1: yes") == 2  # what is no answer is asked again
    assert "x is none of them" in ran.err
    assert ran.err.count("Which? (1-2") == 1
    assert fields(clubs, "Nybro IF")["categories"] == ["icnpo:1200"]
    assert fields(clubs, "Örsjö bygdegårdsförening")["categories"] == ["icnpo:6100", "icnpo:1300"]
    assert clubs("undo").code == 0  # each answer is a step of its own
    assert "categories" not in fields(clubs, "Örsjö bygdegårdsförening")


def test_on_a_terminal_a_rehearsal_says_that_it_is_one(clubs: Kalmar) -> None:
    for stdin in ("1\nn\n", "1\nq\n"):
        ran = clubs("civilsociety", "suggest", "--dry-run", stdin=stdin, terminal=True)
        assert "nothing was saved" in ran.err
        assert "categories" not in fields(clubs, "Nybro IF")


def test_a_no_is_not_asked_again_and_nothing_is_later(clubs: Kalmar) -> None:
    ran = clubs("civilsociety", "suggest", stdin="n\n\n", terminal=True)
    assert "none of these" in ran.err
    again = clubs("civilsociety", "suggest", stdin="q\n", terminal=True).out
    assert "Nybro IF" not in again
    assert "Örsjö" in again


def test_a_shelter_stays_covered(clubs: Kalmar) -> None:
    shelter = (
        "Kvinnojouren Linden",
        "--protected",
        "--address",
        "Gatan 1",
        "--set",
        "org_number=802400-1110",
    )
    assert clubs("add", "actor", *shelter).code == 0
    out = clubs("civilsociety", "suggest").out
    assert "icnpo:4100" in out
    assert "Gatan" not in out
    assert "legal_form" not in out  # its number is covered, and nothing is concluded from it
    assert clubs("civilsociety", "suggest", "--confirm", "Kvinnojouren Linden=4100").code == 0
    shown = clubs("show", "Kvinnojouren Linden").out
    assert "icnpo:4100" in shown
    assert "Gatan" not in shown


def test_the_views_are_there(clubs: Kalmar) -> None:
    for view in ("civil-share", "civil-networks", "civil-gaps", "civil-distance", "civil-suggestions"):
        assert clubs("view", view).code == 0, view
        assert clubs("--lang", "sv", "view", view, "--explain").code == 0, view
    assert "ingen känd" in clubs("--lang", "sv", "view", "civil-gaps", "place=Nybro kommun").out
