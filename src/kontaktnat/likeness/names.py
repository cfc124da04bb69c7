"""Swedish personal names: what two of them have in common, and whether it may be one person's name.

Spelling is compared as it sounds (Christina, Kristina; Lindqvist, Lindkvist; Gustaf, Gustav). A letter's
difference between two names that are both borne is none of spelling: Lina is not Lena, Jonsson not Jönsson.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from kontaktnat.likeness.spelling import borne, common_family, given_names, is_given, mended, sound
from kontaktnat.text import fold

SAME, SPELLED, PART, NICK, KIN, TYPO, INITIAL, MISSING, OTHER = (
    "same", "spelled", "part", "nick", "kin", "typo", "initial", "missing", "other",
)  # fmt: skip
"""How two given names, or two family names, stand to one another; the best first."""

_TITLES_WRITTEN = (
    "dr doktor prof professor docent herr fru froken fil jur mag lic tekn kand hr mr mrs ms em emerita "
    "emeritus leg rektor kommunpolis omradespolis polis polisen kommissarie inspektor polisinspektor "
    "samordnare ordf ordforande vice ordforanden kassor kassoren sekreterare chef enhetschef kommunchef "
    "direktor kommundirektor pastor kyrkoherde prast diakon advokat aklagare overste major kapten "
    "lojtnant vd ks kso handlaggare kurator socialsekreterare larare vaktmastare koordinator "
    "sakerhetschef"
)
_TITLES = frozenset(_TITLES_WRITTEN.split())
_AT_WORK = re.compile(
    r"^(kommun|kommunen|kommuns|kn|region|regionen|polisen|polismyndigheten|lansstyrelsen|lst|lpo|ab|if|ik|skolan|"
    r"forvaltningen|socialtjansten|raddningstjansten|foreningen|kyrkan|forsamling|stad|lan)$"
)
"""Words of a workplace, where somebody has put it into the name: Tove Nybro kommun."""
_PARTICLES_WRITTEN = "af av von van vander der den de del della di da la le du el al bin ibn abu zu v d"
_PARTICLES = frozenset(_PARTICLES_WRITTEN.split())
_SENIOR = {
    "sr": 1, "sen": 1, "senior": 1, "da": 1, "i": 1, "jr": 2, "jun": 2, "junior": 2, "dy": 2, "ii": 2,
    "iii": 3,
}  # fmt: skip
_WORD = re.compile(r"(?:[^\W\d_]|[?\ufffd](?=\w))+(?:['’][^\W\d_]+)*")
_BESIDE = re.compile(
    r"\([^)]*\)|\[[^\]]*\]|\"[^\"]*\"|”[^”]*”|\s[-–/|]\s.*|,?\s\b(?:född|född:|f\.|fd|f\.d\.|tidigare|numera)\s\S+"
)
_CAMEL = re.compile(r"(?<=[a-zåäö]{2})(?=[A-ZÅÄÖ][a-zåäö])")
_AGE = re.compile(r"\bd\.? ?([yäa])\.?(?=$|[ ,)])|\bden (yngre|äldre|yngste|äldste)\b", re.IGNORECASE)


_IS_TITLE = re.compile(
    r"\w(?:samordnare|koordinator|chef|ledare|polis|strateg|sekreterare|inspektor|intendent|direktor|handlaggare|"
    r"utredare|rektor|larare|kommissarie|assistent|ombud|ordforande|kurator|pedagog|forestandare|konsulent|prast|"
    r"pastor|forebyggare|vardare|utvecklare|radgivare)(?:n|en)?$"
)
"""How what somebody does ends, folded; no name ends so."""


class Name(NamedTuple):
    """A personal name taken apart. Parts in casefolded form, as they are written."""

    given: tuple[str, ...]
    family: tuple[str, ...]
    age: int
    """1: the elder of two of one name, 2: the younger; 0: nothing is said."""

    def __repr__(self) -> str:  # what is held of people is not shown in a crash
        return "Name()"


_LOST = "?\ufffd"
"""What stands for a letter that an export could not write."""


@lru_cache(maxsize=1 << 16)
def parsed(name: str, given: str = "", family: str = "") -> Name:
    """A name as it is written, or in the two fields of a card: "Ek, Eva", "Eva M. Ek", "Sven Ek d.y."."""
    if "@" in name:
        name = ""  # whoever made the card knew no more
    text, age = _aged(_BESIDE.sub(" ", _CAMEL.sub(" ", mended(name))))
    if given.strip() and family.strip():
        last = _words(mended(family))
        kept = tuple(word for word in last if not age or fold(word) not in _SENIOR) or last
        return Name(_named(_words(mended(given))), kept, age)
    first, comma, rest = text.partition(",")
    words, others = _named(_words(first)), _named(_words(rest))
    if comma and words and others and len(others) <= 3 and not _is_work(_words(rest)):
        return Name(others, words, age)
    if len(words) < 2:
        plain = text.strip(" .")
        if 1 < len(plain) < 4 and plain.isupper():  # the sender's initials
            return Name((plain[0].casefold(),), (plain[-1].casefold(),), age)
        known = words and (sound(words[0]) in given_names().called)
        return Name(words, (), age) if known or given.strip() else Name((), words, age)
    if _is_family(words[0]) and is_given(words[1:]):  # "Karlsson Anna Maria"
        return Name(words[1:], words[:1], age)
    at = _begin_of_family(first, words)
    return Name(words[:at], words[at:], age)


def _named(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words that are the person's: without titles, and without a workplace behind."""
    for n, word in enumerate(words):
        if n > 1 and _AT_WORK.match(fold(word)):
            words = words[: n - 1]
            break
    return tuple(word for word in words if not _is_title(word)) or words[-1:]


def _is_title(word: str) -> bool:
    plain = fold(word)
    return plain in _TITLES or bool(_IS_TITLE.search(plain))


def _is_work(words: tuple[str, ...]) -> bool:
    return any(_AT_WORK.match(fold(word)) or _is_title(word) for word in words)


def _aged(text: str) -> tuple[str, int]:
    age = 0
    if found := _AGE.search(text):
        age = 2 if (found[1] or found[2])[0].casefold() == "y" else 1
        text = text[: found.start()] + text[found.end() :]
    words = text.replace(",", " ").split()
    if len(words) > 2 and (last := fold(words[-1]).strip(".")) in _SENIOR:
        age = _SENIOR[last]
        text = text.rstrip()[: -len(words[-1])].rstrip(" ,")
    return text, age


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold()))


def _begin_of_family(text: str, words: tuple[str, ...]) -> int:
    """Where the family name begins: its last word, with what hangs on it by a hyphen or a particle."""
    at = len(words) - 1
    last = next((one for one in reversed(text.split()) if _words(one) and _words(one)[-1] == words[-1]), "")
    if "-" in last and not last.startswith("-"):
        at = max(1, len(words) - len(_words(last)))
    for n in range(1, at):
        if words[n] in _PARTICLES:
            return n
    while at > 1 and _is_family(words[at - 1]) and len(words[at - 1]) > 1:
        at -= 1
    return at


def _is_family(word: str) -> bool:
    if sound(word) in given_names().called:
        return False
    given, family = borne()
    return word in family or (word not in given and word.endswith(("sson", "berg", "gren", "ström", "kvist")))


def initials_filled(name: Name, mails: Sequence[str]) -> Name:
    """An initial written out by the person's own mail address: "E. Ek" of erik.ek@… is Erik."""
    if not name.given or len(name.given[0]) > 1 or not name.family:
        return name
    for mail in mails:
        parts = re.split(r"[._-]", mail.partition("@")[0])
        begins = len(parts) > 1 and len(parts[0]) > 2 and parts[0].startswith(fold(name.given[0]))
        if begins and sound(parts[-1]) in {sound(one) for one in name.family}:
            return name._replace(given=(parts[0], *name.given[1:]))
    return name


@lru_cache(maxsize=1 << 16)
def given_relation(one: tuple[str, ...], other: tuple[str, ...]) -> str:
    """How two people's given names stand to one another."""
    if not one or not other:
        return MISSING
    if one == other:
        return INITIAL if len(one[0]) == 1 else SAME
    mine, theirs = [tuple(map(sound, part)) for part in (one, other)]
    if mine == theirs or "".join(mine) == "".join(theirs):
        return SAME if _plainly_same(one, other) else SPELLED
    if any(mark in word for mark in _LOST for word in (*one, *other)):
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
        joined = _one_given("".join(mine), "".join(theirs), "".join(one), "".join(other))
        return joined if joined in (NICK, TYPO, INITIAL) else OTHER
    return max(found, key=_RANK.__getitem__) if len(few) == len(many) else PART if SAME in found else NICK


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
            if fold(a)[0] != fold(b)[0]:
                return OTHER
            initial = initial or n == 0
        elif sound(a) != sound(b) and _one_given(sound(a), sound(b), a, b) not in (SPELLED, NICK):
            return OTHER
    return INITIAL if initial else PART


def _fits(one: str, other: str) -> bool:
    """Whether they are the same but for letters that were lost."""
    return len(one) == len(other) and all(
        a == b or a in _LOST or b in _LOST for a, b in zip(fold(one), fold(other), strict=True)
    )


def _one_given(mine: str, theirs: str, one: str, other: str) -> str:
    known = given_names()
    if known.called.get(mine, _NONE) & known.called.get(theirs, _NONE):
        of_one = mine in known.called[theirs] or theirs in known.called[mine]
        return NICK if of_one and not (mine in known.heads and theirs in known.heads) else KIN
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


def is_common(name: Name) -> bool:
    """Whether many bear just this name."""
    if len(name.given) != 1 or len(name.family) != 1:
        return False
    return sound(name.family[0]) in common_family() and sound(name.given[0]) in given_names().common


def is_fairly_common(name: Name) -> bool:
    """Whether it is of names that many bear, if few bear both."""
    given = any(sound(word) in given_names().common for word in name.given[:1])
    return given and all(word in borne()[1] for word in name.family)


def both_borne(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two given names that lie near one another are both borne: Amir and Amin."""
    given, _ = borne()
    return all(fold(word) in given or word in given for word in (*one, *other))


@lru_cache(maxsize=1 << 16)
def family_relation(one: tuple[str, ...], other: tuple[str, ...]) -> str:
    """How two family names stand to one another."""
    if not one or not other:
        return MISSING
    if one == other:
        return SAME
    if any(mark in word for mark in _LOST for word in (*one, *other)):
        return SPELLED if _fits(" ".join(one), " ".join(other)) else OTHER
    mine, theirs = ({sound(word) for word in part if word not in _PARTICLES} for part in (one, other))
    if mine == theirs:
        return _family_spelled(one, other)
    if mine < theirs or theirs < mine:
        return PART
    if len(one) == len(other) == 1:
        return _one_family(one[0], other[0])
    if "".join(map(sound, one)) == "".join(map(sound, other)):
        return SPELLED
    bare = [[word for word in part if word not in _PARTICLES] for part in (one, other)]
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
    if (one in known and other in known) or not _near(fold(one), fold(other)):
        return OTHER
    return TYPO


def _near(one: str, other: str) -> bool:
    """Whether one may be a slip of the pen for the other: a letter, or two in a long word."""
    short = min(len(one), len(other))
    if short < 3 or abs(len(one) - len(other)) > 2:
        return False
    from rapidfuzz.distance import OSA

    return bool(OSA.distance(one, other, score_cutoff=2) <= (2 if short >= 8 else 1))
