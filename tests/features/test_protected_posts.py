"""A pack's post has the same id in every book: a protected person must not be told by it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def test_a_protected_person_does_not_fill_a_known_post(run_cli: Callable[..., Any]) -> None:
    run_cli("init", "--county", "kalmar")
    (post,) = run_cli("list", "roles", "function=samordnare", "actor=nybro", "-o", "ids").out.split()

    said = run_cli("add", "contact", "Eva Ek", "--role", "samordnare@nybro", "--protected").out

    assert "Nybro" not in said
    posts = {
        role["id"]: role for role in run_cli("list", "roles", "function=samordnare", "-o", "json").records()
    }
    assert "contact" not in posts[post]
    (hers,) = (role for role in posts.values() if "contact" in role)
    assert "actor" not in hers
    assert "Eva" not in run_cli("show", "nybro").out


def test_anybody_else_fills_the_vacant_post(run_cli: Callable[..., Any]) -> None:
    run_cli("init", "--county", "kalmar")
    post = run_cli("list", "roles", "function=samordnare", "actor=nybro", "-o", "ids").out

    said = run_cli("add", "contact", "Eva Ek", "--role", "samordnare@nybro").out

    assert "Nybro kommun" in said
    assert run_cli("list", "roles", "function=samordnare", "actor=nybro", "-o", "ids").out == post
