"""Sentences that look like promises: suggested, with their day and whose they are."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kontaktnat_mail.promises import MOST, suggestions

NOW = datetime(2026, 11, 12, 9, tzinfo=UTC)  # a Thursday


def due(text: str) -> str:
    (found,) = suggestions(text, NOW, ours=True)
    return str(found.due or "")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Jag skickar underlaget senast fredag.", "2026-11-13"),
        ("Vi återkommer i nästa vecka om lokalen.", "2026-11-20"),
        ("Jag ringer dig i morgon.", "2026-11-13"),
        ("Imorgon ringer jag Ola.", "2026-11-13"),
        ("Återkommer om två veckor!", "2026-11-26"),
        ("Vi ska boka en lokal före den 15 december.", "2026-12-15"),
        ("Jag hör av mig v. 48 med en tid.", "2026-11-27"),
        ("Vi kommer att kolla med polisen i nästa månad.", "2026-12"),
        ("Jag mejlar listan den 3:e december.", "2026-12-03"),
        ("Vi tar fram en plan till 1/12", "2026-12-01"),
        ("Jag skickar det 2026-12-24", "2026-12-24"),
        ("Jag lovar att ta med listan.", ""),
        ("Mötet var på tisdag, så jag skickar protokollet senast fredag.", "2026-11-13"),
        ("Jag återkommer den 31 november.", ""),
        ("I'll send the agenda by Friday.", "2026-11-13"),
        ("We will get back to you next week.", "2026-11-20"),
        ("I’m going to call them tomorrow.", "2026-11-13"),
        ("Jag skickar listan\ntill dig på fredag.", "2026-11-13"),
    ],
)
def test_promises_and_their_days(text: str, day: str) -> None:
    assert due(f"Hej!\n\n{text}") == day


@pytest.mark.parametrize(
    "text",
    [
        "Kan du skicka listan på måndag?", "Kan jag skicka den på fredag?", "Jag skickar inte något mer.",
        "Om jag skickar den nu kan du läsa.", "Jag bifogar protokollet.", "Härmed skickar jag protokollet.",
        "Du skickar väl listan?", "Ola skickar listan på fredag.", "Jag skickade listan i går.",
        "Mötet är på tisdag.", "Vi ses på fredag.", "> Jag skickar listan på fredag.",
        "Hej\n\nFrån: Ola\nSkickat: idag\nTill: Eva\nÄmne: x\n\nJag skickar listan på fredag.",
        "I will not send it.", "",
    ],
)  # fmt: skip
def test_no_promises(text: str) -> None:
    assert suggestions(text, NOW, ours=True) == ()


def test_whose_it_is() -> None:
    for ours, side in ((True, "we"), (False, "they")):
        (found,) = suggestions("Hej! Jag skickar listan på fredag. Mvh", NOW, ours=ours)
        assert (found.side, found.text) == (side, "Jag skickar listan på fredag.")


def test_without_a_date_no_day() -> None:
    (found,) = suggestions("Jag skickar listan på fredag.", None, ours=True)
    assert found.due is None


def test_no_more_than_one_can_look_through() -> None:
    text = "\n".join(f"Jag skickar lista {n}." for n in range(100))
    assert len(suggestions(text, NOW, ours=True)) == MOST
    assert len(suggestions("Jag skickar listan.\n" * 100, NOW, ours=True)) == 1


@pytest.mark.parametrize("piece", ["jag ", "vi ska ", "om 1 ", "a.", "senast ", "v.", "1/"])
def test_any_length(piece: str) -> None:
    assert suggestions(piece * 100_000, NOW, ours=True) == ()
