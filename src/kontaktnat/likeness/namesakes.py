"""Two people's names: may they be one person's?

Spelling is compared as it sounds (Christina, Kristina; Lindqvist, Lindkvist; Gustaf, Gustav). A letter's
difference between two names that are both borne is none of spelling: Lina is not Lena, Jonsson not Jönsson.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from kontaktnat.likeness.names import LOST, PARTICLES
from kontaktnat.likeness.spelling import borne, given_names, in_somali, sound
from kontaktnat.text import fold

SAME, SPELLED, PART, NICK, KIN, TYPO, INITIAL, MISSING, OTHER = (
    "same", "spelled", "part", "nick", "kin", "typo", "initial", "missing", "other",
)  # fmt: skip
"""How two given names, or two family names, stand to one another; the best first."""


@lru_cache(maxsize=1 << 16)
def given_relation(one: tuple[str, ...], other: tuple[str, ...]) -> str:
    """How two people's given names stand to one another."""
    return _however_read(one, other, _given_relation)


def _given_relation(one: tuple[str, ...], other: tuple[str, ...]) -> str:
    if not one or not other:
        return MISSING
    if one == other:
        return INITIAL if len(one[0]) == 1 else SAME
    mine, theirs = [tuple(map(sound, part)) for part in (one, other)]
    if mine == theirs or "".join(mine) == "".join(theirs):
        return SAME if _plainly_same(one, other) else SPELLED
    if any(mark in word for mark in LOST for word in (*one, *other)):
        return SPELLED if _fits(" ".join(one), " ".join(other)) else OTHER
    if any(len(word) == 1 for word in (*mine, *theirs)):
        return _initials(one, other)
    if {*mine} <= {*theirs} or {*theirs} <= {*mine}:
        return PART
    if len(mine) == len(theirs) == 1:
        return _one_given(mine[0], theirs[0], one[0], other[0])
    # Of several, one has to be the same, and the others no others: Anna Maria is not Anna Karin.
    few, many = sorted((mine, theirs), key=len)
    found = [_best_given(word, many) for word in few]
    if OTHER in found:
        whole = "".join(one), "".join(other)
        joined = _one_given(sound(whole[0]), sound(whole[1]), *whole)
        return joined if joined in (NICK, TYPO, INITIAL) else OTHER
    return max(found, key=_RANK.__getitem__) if len(few) == len(many) else PART if SAME in found else NICK


def _however_read(
    one: tuple[str, ...],
    other: tuple[str, ...],
    relation: Callable[[tuple[str, ...], tuple[str, ...]], str],
) -> str:
    """The better of how they stand as they are written and read as Somali, where one of them may be."""
    found = relation(one, other)
    if found in (SAME, SPELLED) or not any(map(in_somali, {*one} ^ {*other})):
        return found
    mine, theirs = (tuple(in_somali(word) or word for word in part) for part in (one, other))
    read = relation(mine, theirs)
    if read in (SAME, SPELLED):  # Carlén is read Arlén, which is no name
        known = all(sound(word) in given_names().called for word in {*mine, *theirs} - ({*one} & {*other}))
        read = SPELLED if known else TYPO
    return min(found, read, key=_RANK.__getitem__)


_RANK = {SAME: 0, SPELLED: 1, PART: 2, NICK: 3, TYPO: 4, INITIAL: 5, KIN: 6, MISSING: 7, OTHER: 8}


def _best_given(word: str, among: Sequence[str]) -> str:
    found = (SAME if word == one else _one_given(word, one, word, one) for one in among)
    return min(found, key=_RANK.__getitem__)


def _plainly_same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return fold("".join(one)) == fold("".join(other))


def _initials(one: tuple[str, ...], other: tuple[str, ...]) -> str:
    """ "e m" and "eva maria", "e" and "eva"; what is written out on both sides has to agree."""
    few, many = sorted((one, other), key=len)
    initial = False
    for n, (a, b) in enumerate(zip(few, many, strict=False)):
        if len(a) == 1 or len(b) == 1:
            if fold(a)[:1] != fold(b)[:1]:  # a lone accent folds to nothing
                return OTHER
            initial = initial or n == 0
        elif sound(a) != sound(b) and _one_given(sound(a), sound(b), a, b) not in (SPELLED, NICK):
            return OTHER
    return INITIAL if initial else PART


def _fits(one: str, other: str) -> bool:
    """Whether they are the same but for letters that were lost."""
    return len(one) == len(other) and all(
        a == b or a in LOST or b in LOST for a, b in zip(fold(one), fold(other), strict=True)
    )


def _one_given(mine: str, theirs: str, one: str, other: str) -> str:
    known = given_names()
    if known.called.get(mine, _NONE) & known.called.get(theirs, _NONE):
        of_one = mine in known.called[theirs] or theirs in known.called[mine]
        if of_one and not (mine in known.heads and theirs in known.heads):
            return NICK
        return TYPO if not known.heads & {mine, theirs} and _skeleton(mine) == _skeleton(theirs) else KIN
    if mine in known.heads and theirs in known.heads:
        return OTHER
    plain = fold(one), fold(other)
    if min(map(len, plain)) > 2 and (_near(*plain) or _skeleton(mine) == _skeleton(theirs)):
        return TYPO
    short, long = sorted((mine, theirs), key=len)
    if len(short) == 2 and _stands_for(short, long):
        return INITIAL
    if len(short) > 3 and long.startswith(short):
        return TYPO  # Isabel, Isabelle
    if len(short) > 2 and (long.startswith(short) or long.endswith(short)):
        return KIN  # Ali, Reza: of Alireza
    if (mine in known.heads) != (theirs in known.heads) and any(
        _TWICE.fullmatch(one) and one not in known.called for one in (mine, theirs)
    ):
        return KIN
    pet = _PET.fullmatch(fold(min(plain, key=len))) if short not in known.heads else None
    if pet and fold(long).startswith(pet[1]):
        return NICK
    if (plain[0] in known.called or plain[1] in known.called) and not all(map(_is_borne, plain)):
        return KIN  # what is no given name may be what somebody is called
    return OTHER


_TWICE = re.compile(r"([b-df-hj-np-tv-z])[aeiou]\1[aeiou]n?")
"""Titti, Ninni, Tuttan, as they sound: what anybody may be called."""
_PET = re.compile(r"([a-z]+?([bdfgklmnprstv]))\2(?:e|an|a)")
"""Abbe of Abdullah, Gabbe of Gabriel: how Swedish makes a pet name of any."""


def _skeleton(word: str) -> str:
    """A word's beginning and consonants: Yusuf and Yousef."""
    found = word[0] + re.sub("[aeiou]", "", word[1:])
    return found if len(found) > 2 else word


_NONE: frozenset[str] = frozenset()


def _stands_for(letters: str, name: str) -> bool:
    """ "ak" for annakarin, "po" for perolof."""
    begins = {name[:n] for n in range(2, len(name) - 1)}
    heads = given_names().heads
    return any(
        start in heads
        and start[0] == letters[0]
        and name[len(start)] == letters[1]
        and name[len(start) :] in heads
        for start in begins
    )


@lru_cache(maxsize=1 << 12)
def _is_borne(word: str) -> bool:
    return word in borne()[0] or sound(word) in given_names().called


def both_borne(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two given names that lie near one another are both borne: Amir and Amin."""
    given, _ = borne()
    return all(fold(word) in given or word in given for word in (*one, *other))


@lru_cache(maxsize=1 << 16)
def family_relation(one: tuple[str, ...], other: tuple[str, ...]) -> str:
    """How two family names stand to one another."""
    return _however_read(one, other, _family_relation)


def _family_relation(one: tuple[str, ...], other: tuple[str, ...]) -> str:
    if not one or not other:
        return MISSING
    if one == other:
        return SAME
    if any(mark in word for mark in LOST for word in (*one, *other)):
        return SPELLED if _fits(" ".join(one), " ".join(other)) else OTHER
    mine, theirs = ({sound(word) for word in part if word not in PARTICLES} for part in (one, other))
    if mine == theirs:
        return _family_spelled(one, other)
    if mine < theirs or theirs < mine:
        return PART
    if len(one) == len(other) == 1:
        return _one_family(one[0], other[0])
    if "".join(map(sound, one)) == "".join(map(sound, other)):
        return SPELLED
    bare = [[word for word in part if word not in PARTICLES] for part in (one, other)]
    if any(_one_family(a, b) == TYPO for a in bare[0] for b in bare[1]):
        return TYPO if len(one) == len(other) and mine & theirs else PART
    return OTHER


def _family_spelled(one: tuple[str, ...], other: tuple[str, ...]) -> str:
    _, known = borne()
    plain = _plainly_same(one, other)
    if plain and all(word in known for word in (*one, *other)) and _swedish(one[0]) != _swedish(other[0]):
        return OTHER  # Jonsson and Jönsson
    return SAME if plain else SPELLED


def _swedish(word: str) -> str:
    """Without the marks that are none of Swedish letters: Jovanović is written Jovanovic."""
    return "".join(letter if letter in "åäö" else fold(letter) for letter in word)


def _one_family(one: str, other: str) -> str:
    if len(one) == 1 or len(other) == 1:
        return INITIAL if one[0] == other[0] else OTHER
    _, known = borne()
    if _is_one_given(one, other):
        return TYPO  # where the father's name is the last: Ahmed, Ahmad
    if (one in known and other in known) or not _near(fold(one), fold(other)):
        return OTHER
    return TYPO


def _is_one_given(one: str, other: str) -> bool:
    called = given_names().called
    mine, theirs = sound(one), sound(other)
    of = called.get(mine, _NONE) & called.get(theirs, _NONE)
    return bool(of) and _skeleton(mine) == _skeleton(theirs)


def _near(one: str, other: str) -> bool:
    """Whether one may be a slip of the pen for the other: a letter, or two in a long word."""
    short = min(len(one), len(other))
    if short < 3 or abs(len(one) - len(other)) > 2:
        return False
    from rapidfuzz.distance import OSA

    return bool(OSA.distance(one, other, score_cutoff=2) <= (2 if short >= 8 else 1))
