"""What is followed of commitments, by name: the facts of all plugins, and what is set elsewhere."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping

from kontaktnat.descriptors import Fact
from kontaktnat.errors import Invalid
from kontaktnat.i18n import Label, Text, joined
from kontaktnat.model import Commitment
from kontaktnat.outward import Outward
from kontaktnat.text import fold

_HANDOVER = Text(
    "kontaktnat handover FUNCTION@ACTOR --to PERSON, or add role FUNCTION@ACTOR --contact PERSON"
)
_ELSEWHERE: Mapping[tuple[str, ...], Text] = {
    ("coordination_function_person_id", "samordningsfunktion"): _HANDOVER,
    ("executive_chair_id", "ks_ordforande"): _HANDOVER,
    ("municipal_police_id", "kommunpolis"): _HANDOVER,
    ("coordination_fte_percent", "samordningsfunktion_procent"):
        Text("kontaktnat set PERSON@ACTOR share=PERCENT"),
    ("coordinator_other_assignments", "samordnare_ovriga_uppdrag"):
        Text("kontaktnat add role FUNCTION@ACTOR --contact PERSON, a role for each assignment"),
    ("last_contact", "senaste_kontakt"):
        Text("worked out of what is logged: kontaktnat log phone PERSON TEXT, view silence"),
    ("last_visit", "senaste_besok"):
        Text("worked out of what is logged: kontaktnat log visit PERSON TEXT, view silence"),
    ("politicians_trained", "utbildad_politik"):
        Text("kontaktnat log training TEXT --audience politicians --participants ACTOR=NUMBER"),
}  # fmt: skip
"""What the checklist of a municipality names, and is no commitment: where it is set."""


def facts(book: Outward) -> tuple[Fact, ...]:
    """What is followed of commitments, of all plugins, in their order."""
    found: Mapping[str, Fact] = book.plugins.collect("register_facts")
    return tuple(found.values())


def fact_named(book: Outward, text: str) -> Fact:
    """The fact of a name, as lists call it in English or Swedish: `council_last_meeting`, `rad_senaste_mote`.

    å and a, capitals, and `-`, `_` and blanks are the same. Raises Invalid for what is told by no commitment,
    saying where it is set, and otherwise naming the nearest.
    """
    wanted = key(text)
    for names, where in _ELSEWHERE.items():
        if wanted in map(key, names):
            raise Invalid("{path}: this is set elsewhere: {how}", path=text, how=where)
    known = {key(name): fact for fact in reversed(facts(book)) for name in spellings(fact)}
    if wanted in known:
        return known[wanted]
    near = dict.fromkeys(known[name].name for name in difflib.get_close_matches(wanted, known, 3))
    hint: str = Text("; nearest: {names}", names=joined(", ", near)) if near else ""
    raise Invalid("{path}: no fact of a commitment is called so{hint}", path=text, hint=hint,
                  nearest=[*near])  # fmt: skip


def is_named(book: Outward, text: str) -> bool:
    """Whether `fact_named` has something to say of that name itself."""
    own = (name for fact in facts(book) for name in spellings(fact))
    return key(text) in {*map(key, own), *(key(name) for names in _ELSEWHERE for name in names)}


def spellings(fact: Fact) -> Iterator[str]:
    """All names of a fact."""
    yield from (fact.name, *fact.synonyms, fact.sv, fact.en)


def label(fact: Fact) -> Label:
    """What it is called in a sentence."""
    return Label(fact.en, fact.sv)


def key(name: str) -> str:
    """A name, as names are compared."""
    return " ".join(fold(name).replace("-", " ").replace("_", " ").split())


def intervals(book: Outward) -> Mapping[str, int]:
    """By name of a fact the months after which it is due again, as practice has them where it is custom.

    Raises Invalid naming the place where a setting names no fact, or one whose interval is no custom.
    """
    known = {fact.name: fact for fact in facts(book)}
    for name in (given := book.practice.months):
        path = f"practice.months.{name}"
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            hint: str = Text(" (nearest: {names})", names=near[0]) if near else ""
            raise Invalid("{path}: no fact of a commitment is called so{hint}", path=path, hint=hint)
        if known[name].basis != "practice" or known[name].months is None:
            raise Invalid("{path}: this interval is no custom, and is not set", path=path)
    return {name: fact.months for name, fact in known.items() if fact.months} | {**given}


def several_at_a_time(book: Outward) -> frozenset[str]:
    """The kinds of which each commitment is followed by itself, for it has days of its own: agreements."""
    return frozenset(fact.kind for fact in facts(book) if fact.basis == "agreed")


def is_part(fact: Fact) -> bool:
    """Whether it says what such a commitment is to have: without one there is nothing to say of it."""
    return bool(fact.value) or fact.path in ("contents", "purposes", "areas", "integrated_with")


def is_unread(commitment: Commitment) -> bool:
    """Whether a county pack alone tells of it: that there is such an agreement, and not what it says.

    Whatever it is to contain is then not known, and nobody has been asked.
    """
    told = (commitment.decided_on, commitment.purposes, commitment.areas, commitment.contents)
    return "pack.source" in commitment.extra and not any(told)
