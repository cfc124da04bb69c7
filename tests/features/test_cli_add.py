"""`add`: what is there already changes nothing; the same name alone is no identity; nothing is guessed."""

from __future__ import annotations

import shlex
from typing import Any

import pytest


def roles(run: Any, *filters: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = run("list", "roles", *filters, "-o", "json").records()
    return found


def version(run: Any) -> int:
    number: int = run("history", "-o", "json").records()[-1]["number"]
    return number


@pytest.mark.parametrize(
    "command",
    [
        'add contact "Åsa Öberg" --role samordnare@nybro --title Chef --since 2025 --phone "070-174 06 05"',
        'add contact "Åsa Öberg" --email asa.oberg@nybro.example --set purpose=stöd --set tags=a,b',
        "add contact Åsa",
        'add actor "Nybro IF" --kind förening --set place=0881 --set sector=civil_society --web nif.example',
        'add actor "Nybro IF"',
        "add role kommunchef@nybro",
        "add role kommunchef@nybro --since 2020 --until 2021-05",
        'add network "Hyresvärdarna" --set level=lokal --set members=nybro,kalmar --set host=nybro',
        "add topic Skadegörelse --set kind=fråga --set raised_by=nybro --set returned=kalmar",
        "add followup ringa --set due=2v --set about=nybro --set side=de",
        "add assignment Uppdrag --set level=kommun --set starts=2026 --set reports=årlig,slutlig",
        "add commitment överenskommelse --set actor=nybro --set parties='lpo nybro' --set notice_months=3",
    ],
)
def test_adding_twice(kalmar: Any, command: str) -> None:
    words = shlex.split(command)
    tried = kalmar(*words, "--dry-run")
    assert tried.code == 0
    assert tried.out.startswith("would add: ")
    assert version(kalmar) == 1
    first = kalmar(*words)
    assert (first.code, first.err) == (0, "")
    assert first.out.startswith("added: ")
    assert version(kalmar) == 2
    second = kalmar(*words)
    assert second.code == 0
    assert "was there already" in second.out
    assert "nothing changed" in second.out
    assert version(kalmar) == 2
    assert kalmar("undo").code == 0
    assert kalmar(*words).out.startswith("added: ")


def test_another_of_the_same_name(kalmar: Any) -> None:
    kalmar("add", "contact", "Eva Ek", "--phone", "070-174 06 11")
    assert kalmar("add", "contact", "Eva Ek", "--phone", "+46 70 174 06 11").out.endswith("nothing changed\n")
    refused = kalmar("add", "contact", "eva ek", "--phone", "070-174 06 12")
    assert refused.code == 4
    assert kalmar("add", "contact", "eva ek", "--phone", "070-174 06 12", "--new").code == 0
    assert len(kalmar("list", "contacts", "-o", "json").records()) == 2
    assert kalmar("add", "actor", "Nybro", "--kind", "förening", "--new").code == 0
    assert kalmar("add", "topic", "Frågan", "--set", "kind=fråga").code == 0
    assert kalmar("add", "topic", "frågan", "--set", "kind=förslag").code == 4
    assert kalmar("add", "topic", "Frågan", "--set", "kind=förslag", "--new").code == 0


def test_agreements_of_two_are_two(kalmar: Any) -> None:
    before = len(kalmar("list", "commitments", "kind=agreement", "-o", "json").records())
    for actor in ("nybro", "kalmar"):
        assert kalmar("add", "commitment", "agreement", "--set", f"actor={actor}").out.startswith("added: ")
    assert len(kalmar("list", "commitments", "kind=agreement", "-o", "json").records()) == before + 2


def test_a_followup_that_is_done_may_come_again(kalmar: Any) -> None:
    kalmar("add", "followup", "ringa", "--set", "about=nybro")
    kalmar("done", "ringa")
    assert kalmar("add", "followup", "ringa", "--set", "about=nybro").out.startswith("added: ")


def test_a_post_stands_vacant_until_a_hat_to_come(kalmar: Any) -> None:
    kalmar("add", "contact", "Eva Ek")
    assert kalmar("add", "role", "kso@nybro", "--contact", "eva", "--term", "2098").code == 0
    posts = roles(kalmar, "function=kso", "actor=nybro")
    assert [
        (one.get("contact"), one.get("since"), one.get("until")) for one in posts if not one.get("contact")
    ] == [(None, None, "2099-01-01")]
    assert len(posts) == 2
    (held,) = roles(kalmar, "function=kso", "actor=nybro", "--as-of", "2099-01-02")
    assert held["until"] == "2103-01-01"
    kalmar("undo")
    assert len(roles(kalmar, "function=kso", "actor=nybro")) == 1
    kalmar("add", "role", "kommunpolis@nybro", "--contact", "eva", "--since", "2099-01-01")
    later, post = sorted(
        roles(kalmar, "function=kommunpolis", "covers=nybro"), key=lambda one: "until" in one
    )
    assert (later["actor"], later["covers"]) == (post["actor"], post["covers"])


def test_a_hat_fills_the_vacant_post(kalmar: Any) -> None:
    """By either way; and what is over, or not begun, leaves the vacancy where it is."""
    vacant = roles(kalmar, "function=samordnare", "contact=")
    assert len(vacant) == 12
    kalmar("add", "contact", "Eva Ek", "--role", "samordnare@nybro", "--since", "2025")
    kalmar("add", "contact", "Maj Lind")
    kalmar(
        "add", "role", "samordnare@torsås", "--contact", "maj", "--set", "share=0,5", "--title", "Trygghet"
    )
    left = roles(kalmar, "function=samordnare", "contact=")
    assert len(left) == 10
    filled = roles(kalmar, "contact=maj")
    assert filled[0]["id"] in {post["id"] for post in vacant}
    assert (filled[0]["share"], filled[0]["title"]) == (0.5, "Trygghet")
    kalmar("add", "role", "samordnare@kalmar", "--contact", "maj", "--since", "2019", "--until", "2020")
    kalmar("add", "role", "samordnare@emmaboda", "--contact", "maj", "--since", "2099")
    assert len(roles(kalmar, "function=samordnare", "contact=")) == 10
    assert len(roles(kalmar, "contact=maj")) == 3


def test_a_new_hat_changes_no_other(kalmar: Any) -> None:
    kalmar("add", "contact", "Maj Lind", "--role", "samordnare@torsås", "--since", "2020")
    first = roles(kalmar, "contact=maj")
    kalmar("add", "role", "trygghetssamordnare@torsås", "--contact", "maj", "--since", "2022-08")
    assert first[0] in roles(kalmar, "contact=maj")
    assert kalmar("add", "role", "trygghetssamordnare@torsås", "--contact", "maj").out.endswith(
        "nothing changed\n"
    )


def test_a_police_officer_of_a_municipality(kalmar: Any) -> None:
    """The post lies at the police area and covers the municipality; at the area itself there are several."""
    assert "Lokalpolisområde Nybro" in kalmar("add", "contact", "Per Sälg", "--role", "kommunpolis@nybro").out
    assert "Per Sälg" in kalmar("show", "nybro").out
    ran = kalmar("add", "contact", "Bo Ask", "--role", "kommunpolis@lpo nybro")
    assert ran.code == 4
    assert "for Emmaboda kommun" in ran.err
    assert "for Nybro kommun" not in ran.err


def test_swedish_letters_in_any_composition(kalmar: Any) -> None:
    decomposed = "A\u030asa O\u0308berg"
    kalmar("add", "contact", decomposed)
    assert kalmar("show", "Åsa Öberg").code == 0
    assert "nothing changed" in kalmar("add", "contact", "Åsa Öberg").out


def test_values_of_each_kind(kalmar: Any) -> None:
    given = ("informed_at=igår", "legal_basis=6.1 e", "verified_at=2026-01-02 13:00", "shared=ja",
             "note=a=b, c", "purpose=")  # fmt: skip
    ran = kalmar("add", "contact", "Eva Ek", *(word for one in given for word in ("--set", one)))
    assert ran.code == 0, ran
    doc = kalmar("list", "contacts", "-o", "json").records()[0]
    assert doc["informed_at"].endswith("00:00:00+01:00") or doc["informed_at"].endswith("00:00:00+02:00")
    assert doc["verified_at"] == "2026-01-02T13:00:00+01:00"
    assert (doc["legal_basis"], doc["shared"], doc["note"]) == ("public_task", True, "a=b, c")
    assert "purpose" not in doc


def test_log(kalmar: Any) -> None:
    kalmar("add", "contact", "Eva Ek", "--role", "samordnare@nybro", "--email", "eva.ek@nybro.example")
    kalmar("add", "contact", "Åsa Öberg", "--role", "samordnare@kalmar", "--phone", "070-174 06 05")
    ran = kalmar("log", "besök", "eva, asa@kalmar, nybro, eva@nybro", "Genomgång", "--when", "fre 13:00",
                 "--promised", "skicka protokoll", "--they-promised", "återkomma", "--follow-up", "v48",
                 "--mandate", 1, "--mandate", 2, "--process-step", 3, "--network", "nätverket",
                 "--direction", "out", "--registry-number", "123-2026", "--theme", "Sommaren",
                 "--place", "Nybro", "--draft")  # fmt: skip
    assert ran.code == 0, ran
    assert ran.out.startswith(
        "logged: visit with Eva Ek (Nybro kommun), Åsa Öberg (Kalmar kommun), Nybro kommun ("
    )
    assert "we promised: skicka protokoll, due " in ran.out
    assert "they promised: återkomma, due " in ran.out
    [doc] = kalmar("list", "interactions", "-o", "json").records()
    assert [list(one) for one in doc["participants"]] == [["role"], ["role"], ["actor"]], "Eva is there once"
    assert (doc["mandate"], doc["process_step"], doc["theme"], doc["draft"]) == ([1, 2], 3, "Sommaren", True)
    assert "status" not in doc, "held is what a logged contact is"
    for who in (
        "eva",
        "Eva Ek",
        "eva@nybro",
        "samordnare@nybro",
        "eva.ek@nybro.example",
        doc["participants"][0]["role"],
    ):
        assert "Eva Ek (Nybro kommun)" in kalmar("log", "telefon", who, "hej", "--dry-run").out, who
    assert "Åsa" in kalmar("log", "ring", "+46 (0)70-1740605", "hej", "--dry-run").out
    assert len(kalmar("list", "interactions", "-o", "json").records()) == 1, "a dry run saves nothing"


def test_a_contact_ahead_is_planned(kalmar: Any) -> None:
    ran = kalmar("log", "träff", "nybro", "--theme", "Våren", "--when", "om 3 dagar")
    assert ran.out.startswith("planned: network meeting with Nybro kommun")
    assert kalmar("list", "interactions", "status=planerad", "-o", "json").records()[0]["theme"] == "Våren"
    assert "Våren" in kalmar("today").out
    kalmar("log", "träff", "nybro", "Hösten", "--when", "om 2 dagar 09:00")
    assert " 09:00  coming" in kalmar("today").out
    assert "would plan" in kalmar("log", "träff", "nybro", "x", "--when", "imorgon", "--dry-run").out
    assert "logged" in kalmar("log", "träff", "nybro", "x", "--when", "idag").out


def test_the_hat_worn_then(kalmar: Any) -> None:
    """Who changed posts has the old hat in an old contact."""
    kalmar("add", "contact", "Eva Ek")
    kalmar("add", "role", "samordnare@nybro", "--contact", "eva", "--since", "2020", "--until", "2023-01-01")
    kalmar("add", "role", "samordnare@kalmar", "--contact", "eva", "--since", "2024")
    assert "Eva Ek (Nybro kommun)" in kalmar("log", "telefon", "eva", "då", "--when", "2022-05-05").out
    assert "Eva Ek (Kalmar kommun)" in kalmar("log", "telefon", "eva", "nu").out
    assert kalmar("log", "telefon", "eva", "mellan", "--when", "2023-06-01").code == 0
    between = kalmar("list", "interactions", "when=2023", "-o", "json").records()[0]
    assert list(between["participants"][0]) == ["contact"], "no hat then"
    assert kalmar("log", "telefon", "eva@nybro", "nu").code == 3


def test_done(kalmar: Any) -> None:
    for who in ("nybro", "kalmar"):
        kalmar("log", "telefon", who, "hej", "--promised", "skicka underlag", "--follow-up", "2v")
    kalmar("add", "followup", "ringa")
    assert kalmar("done", "ringa", "--dry-run").out == "would be done: ringa\n"
    assert kalmar("done", "ringa", "--on", "igår").out == "done: ringa\n"
    assert kalmar("done", "skicka", "underlag").code == 4
    assert kalmar("done", "ringa").out.startswith("was done already on ")
    several = kalmar("done", "underlag")
    assert several.code == 4
    assert "due " in several.err
    assert "Kalmar kommun" in several.err
    first = kalmar("list", "followups", "done_on=", "-o", "ids").out.split()[0]
    assert kalmar("done", first).code == 0
    assert kalmar("done", "underlag").code == 0, "only one is left"
    assert kalmar("done", "underlag").code == 3
    assert kalmar("today", "-o", "ids").out == ""
