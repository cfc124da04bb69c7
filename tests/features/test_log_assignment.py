"""`log --assignment`: what a contact is for, and which of several hats is worn for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import kontaktnat


def test_of_several_hats_the_one_with_the_assignment_is_worn(kalmar: Callable[..., Any]) -> None:
    kalmar("add", "assignment", "Skolfrånvaro")
    kalmar("add", "contact", "Eva Ek", "--role", "samordnare@nybro")
    kalmar("add", "role", "handläggare@nybro", "--contact", "Eva Ek", "--set", "assignment=skolfrånvaro")
    assert kalmar("log", "telefon", "eva", "Vilken hatt?").code == 4
    assert kalmar("log", "telefon", "eva", "Om frånvaron", "--assignment", "skolfrånvaro").code == 0
    with kontaktnat.open("b.kn", mode="r") as book:
        (call,) = book.interactions.where(kind="phone")
        (part,) = call.participants
        hat = book.roles.get(part.role or "")
        assert call.assignments == (hat.assignment,) != (None,)
        assert hat.function == "case_officer"


def test_a_training_too_is_for_an_assignment(kalmar: Callable[..., Any]) -> None:
    kalmar("add", "assignment", "Skolfrånvaro")
    kalmar("log", "utbildning", "Frånvaro", "--participants", "nybro=3", "--assignment", "skolfr")
    with kontaktnat.open("b.kn", mode="r") as book:
        assert [len(one.assignments) for one in book.interactions.where(kind="training")] == [1]
