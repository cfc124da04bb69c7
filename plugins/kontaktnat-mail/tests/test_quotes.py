"""A body without what is quoted in it and without the signature; what is in doubt stays."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kontaktnat_mail.quotes import own_words, without_quotes

OUTLOOK = {
    "swedish": "Från: Ola Al <ola@kalmar.example>\nSkickat: den 5 juni 2026 12:22\nTill: Eva Ek\nÄmne: Möte",
    "with its address twice": "Från: Ola Al [mailto:ola@kalmar.example]\nSkickat: den 5 juni 2026 12:22\n"
    "Till: Eva Ek; Åsa Ås\nKopia: info@kalmar.example\nÄmne: Möte",
    "bold": "*Från:* Ola Al\n*Skickat:* fredag 5 juni 2026 12:22\n*Till:* Eva Ek\n*Ämne:* Möte",
    "bolder": "**Från:** Ola Al\n**Datum:** fredag 5 juni 2026\n**Till:** Eva Ek\n**Ämne:** Möte",
    "below a line": "________________________________\nFrån: Ola Al\nSkickat: den 5 juni 2026\nTill: Eva\n"
    "Ämne: Möte",
    "lines apart": "Från: Ola Al\n\nSkickat: den 5 juni 2026\n\nTill: Eva\n\nÄmne: Möte",
    "below a dash": "-----Ursprungligt meddelande-----\nFrån: Ola Al\nTill: Eva",
    "english": "From: Ola Al <ola@kalmar.example>\nSent: 5 June 2026 12:22\nTo: Eva Ek\nSubject: Meeting",
    "norwegian": "Fra: Ola Al <ola@kalmar.example>\nSendt: fredag 5. juni 2026 12:22\nTil: Eva\nEmne: Møte",
    "danish": "Fra: Ola Al\nDato: fredag den 5. juni 2026\nTil: Eva\nEmne: Møde",
    "german": "Von: Ola Al <ola@kalmar.example>\nGesendet: Freitag, 5. Juni 2026\nAn: Eva\nBetreff: Treffen",
    "gmail": "Den fre 5 juni 2026 kl 12:22 skrev Ola Al <ola@kalmar.example>:",
    "gmail, broken": "Den fre 5 juni 2026 kl 12:22 skrev Ola Al <\nola@kalmar.example>:",
    "iphone": "5 juni 2026 kl. 12:22 skrev Ola Al <ola@kalmar.example>:",
    "apple": "On 5 Jun 2026, at 12:22, Ola Al <ola@kalmar.example> wrote:",
    "thunderbird": "Am 05.06.2026 um 12:22 schrieb Ola Al:",
    "of another language": "2026-06-05 12:22 GMT+02:00 Ola Al <ola@kalmar.example>:",
}


@pytest.mark.parametrize("kind", OUTLOOK)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_what_others_wrote_before(kind: str, ends: str) -> None:
    text = f"Hej Ola!\n\nDet går bra.\n\n{OUTLOOK[kind]}\n\nKan du på tisdag?\nOla"
    assert without_quotes(text.replace("\n", ends)) == "Hej Ola!\n\nDet går bra."


@pytest.mark.parametrize(
    "end",
    [
        "-- \nEva Ek\nNybro kommun", "--\nEva Ek",
        "Med vänliga hälsningar\nEva Ek\nSamordnare\n070-174 06 05",
        "Med vänlig hälsning,\n\nEva", "Vänliga hälsningar\nEva", "Hälsningar Eva Ek", "Mvh Eva", "MVH\nEva",
        "Bästa hälsningar\nEva", "Varma hälsningar,\nEva", "Kind regards\nEva", "Best regards,\nEva",
        "Med vennlig hilsen\nEva", "Med venlig hilsen\nEva", "Mit freundlichen Grüßen\nEva",
        "Skickat från min iPhone", "Skickat från Outlook för Android", "Hämta Outlook för iOS<https://a.example>",
        "Sent from my iPhone", "Get Outlook for Android", "Von meinem iPhone gesendet",
    ],
)  # fmt: skip
def test_signatures(end: str) -> None:
    assert without_quotes(f"Hej!\nDet går bra.\n\n{end}") == "Hej!\nDet går bra."
    assert without_quotes(f"Det går bra.\n\n{end}\n\n{OUTLOOK['swedish']}\n\nGammalt") == "Det går bra."


def test_answers_between_the_lines() -> None:
    text = f"{OUTLOOK['gmail']}\n> Kan du?\n>> Gammalt\nJa.\n> Var?\nHär."
    assert without_quotes(text) == "Ja.\nHär."


@pytest.mark.parametrize(
    "text",
    [
        "Till: alla\nHär är listan:\n\n- ett\n- två\n\nFrån: nu gäller nya tider.\nHej då",
        "Den 3 mars skrev kommunen till oss:\nvi kommer.",
        "Hälsningar från alla på kontoret i Nybro!\nVi ses.",
        "Från: Kalmar\nTill: Nybro\nResan tar en timme.",
        "Vi skrev 12:30 i kallelsen, men det blir 13.",
        "Kan du hälsa Ola?\nMvh kan jag skriva sen?",
        "Skickat från min sida är inget, men jag har bett Ola att skicka listan till dig redan i går kväll.",
        "--- \nett\n---\ntvå",
    ],
)
def test_what_only_looks_like_it_stays(text: str) -> None:
    assert without_quotes(text) == text.replace("--- \n", "---\n")


def test_a_postscript_stays() -> None:
    assert without_quotes("Ja.\n\nMvh\nEva\n\nPS. Ta med listan.\nDen nya.\n\nNybro kommun") == (
        "Ja.\n\nPS. Ta med listan.\nDen nya."
    )


def test_a_mail_that_only_forwards_is_what_it_forwards() -> None:
    text = f"{OUTLOOK['swedish']}\n\nGammalt"
    assert without_quotes(text) == text
    assert without_quotes("> Gammalt") == "> Gammalt"
    assert without_quotes("Mvh Eva") == "Mvh Eva"
    assert without_quotes("") == ""


def test_what_exchange_writes_above_is_no_word_of_the_sender() -> None:
    assert without_quotes("Du får inte ofta e-post från eva@nybro.example. Läs mer\n\nHej!") == "Hej!"


@pytest.mark.parametrize(
    "piece",
    ["a b ", "a\n", " ", "Från: x\n", "Den 1 ", "a skrev b\n", ">", "*", "med vänliga ", "-- \n", "PS\n"],
)
def test_any_length_is_looked_at_once(piece: str) -> None:
    assert without_quotes(f"Hej\n{piece * 200_000}").startswith("Hej")


REAL = Path(__file__).parents[4] / "shared" / "real" / "email_reply_trimmer__embedded_email_swedish.txt"


@pytest.mark.skipif(
    not REAL.exists() and os.environ.get("CI") != "true", reason="the folder of real mails is not here"
)
def test_a_real_swedish_one() -> None:
    said = without_quotes(REAL.read_text(encoding="utf-8"))
    assert said.startswith("Hi everyone!")
    assert "Skickat" not in said
    assert len(said.splitlines()) == 5


def test_a_mail_of_empty_lines_is_looked_through_once() -> None:
    """For hours otherwise: each line looked at all that stood before it."""
    assert own_words("\n" * 300_000) == ""
    assert own_words("\n" * 300_000 + "Hej\n-- \nEva").strip() == "Hej"
