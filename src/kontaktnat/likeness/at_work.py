"""What two persons have in common at work: the place, the post, and when."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kontaktnat.i18n import Text
from kontaktnat.likeness.organisations import one_place
from kontaktnat.likeness.person import Hat, Person
from kontaktnat.likeness.weighing import Evidence
from kontaktnat.text import fold


def hats(one: Person, other: Person, renamed: bool) -> Iterator[Evidence]:
    """What they do at one place; the best. `renamed`: they have two family names."""
    best: list[Evidence] = []
    for mine in one.hats:
        for theirs in other.hats:
            place = one_place(mine.actor, theirs.actor) if mine.actor and theirs.actor else ""
            post = _post(mine, theirs)
            if place == "same" and post:
                weight, reason = (2.7 if post == "one" else 1.7), Text("the same role at the same place")
                if len(mine.since) > 6 and mine.since[:7] == theirs.since[:7]:
                    weight, reason = (
                        weight + 1.0,
                        Text("the same role at the same place since the same month"),
                    )
                if not mine.meets(theirs):
                    weight = min(weight, 1.7)
                    if renamed:
                        weight, reason = -2.5, Text("one came after the other in the role")
            elif place == "same":
                actor = min(mine.actor, theirs.actor)
                weight, reason = 1.2, Text("both at {actor}", actor=actor)
                if mine.is_told and theirs.is_told and mine.meets(theirs):
                    weight, reason = 0.4, Text("both at {actor}, in different roles", actor=actor)
            elif place == "part" or _parents(mine, theirs):
                weight, reason = (1.7 if post else 0.7), Text("at places that belong together")
            elif mine.is_followed_by(theirs) or theirs.is_followed_by(mine):
                weight, reason = (0.9 if post else 0.6), Text("one role ends where the other begins")
            else:
                continue
            best.append(Evidence("role", weight, reason))
    if best:
        yield max(best, key=lambda found: (found.weight, found.reason))


def trades(one: Person, other: Person) -> Iterator[Evidence]:
    """One line of work at two places: who is not called as others are has moved, or has both posts."""
    if any(
        (mine.function and mine.function == theirs.function and mine.function not in WIDE)
        or _is_one_trade(mine.title, theirs.title)
        for mine in one.hats
        for theirs in other.hats
    ):
        yield Evidence("role", 0.3, Text("the same line of work at two places"))


def _is_one_trade(mine: str, theirs: str) -> bool:
    """Säkerhetschef, säkerhetssamordnare."""
    if _is_of_many(mine, theirs):
        return False
    here, there = fold(mine), fold(theirs)
    return len(here) > 3 and (here == there or (len(here) > 6 and here[:7] == there[:7]))


_MANY = re.compile(
    r"\b(?:handlaggare|larare|ledare|kurator|socialsekreterare|omradespolis|utredare|volontar|ledamot|suppleant|"
    r"vaktmastare|underskoterska|sjukskoterska|skolskoterska|tranare|faltassistent|faltsekreterare|chauffor|"
    r"stodperson|brobyggare|praktikant|student|medlem|konsult|jurist|ekonom|kommunikator|strateg|utvecklare|"
    r"personal|rektor|assistent|snickare|elektriker|arbetsledare|administrator)\w{0,3}$|larare$|ledare$"
)
"""What several are called at one place, folded."""
WIDE = frozenset({"case_officer", "unit_head", "association_contact"})
"""Functions of which a place has many."""


def _post(mine: Hat, theirs: Hat) -> str:
    """Whether they are "one" post, or of one sort ("wide"), of which there may be many; ""."""
    here, there = ({*fold(hat.title).replace(".", "").split()} for hat in (mine, theirs))
    titled = bool(here and there) and (here <= there or there <= here)
    if mine.function and mine.function == theirs.function:
        if titled or mine.function not in WIDE:
            return "one"
        return "" if here and there and mine.function != "association_contact" else "wide"
    if titled and ((mine.function and theirs.function) or _is_of_many(mine.title, theirs.title)):
        return "wide"
    return "one" if titled else ""


def _is_of_many(*titles: str) -> bool:
    return any(_MANY.search(fold(title)) for title in titles)


def _parents(mine: Hat, theirs: Hat) -> bool:
    pairs = ((mine.parent, theirs.actor), (mine.actor, theirs.parent), (mine.parent, theirs.parent))
    return any(a and b and one_place(a, b) == "same" for a, b in pairs)
