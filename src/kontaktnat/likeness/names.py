"""Swedish personal names: which words of one are given, which the family's, and how common it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from kontaktnat.likeness.spelling import borne, common_family, given_names, is_given, mended, sound
from kontaktnat.text import fold

_TITLES_WRITTEN = (
    "dr doktor prof professor docent herr fru froken fil jur mag lic tekn kand hr mr mrs ms em emerita "
    "emeritus leg rektor kommunpolis omradespolis polis polisen kommissarie inspektor polisinspektor "
    "samordnare ordf ordforande vice ordforanden kassor kassoren sekreterare chef enhetschef kommunchef "
    "direktor kommundirektor pastor kyrkoherde prast diakon advokat aklagare overste major kapten "
    "lojtnant vd ks kso handlaggare kurator socialsekreterare larare vaktmastare koordinator "
    "sakerhetschef komminister biskop prost kantor imam adjunkt lektor civing fanrik insp"
)
_TITLES = frozenset(_TITLES_WRITTEN.split())
_AT_WORK = re.compile(
    r"^(kommun|kommunen|kommuns|kn|region|regionen|polisen|polismyndigheten|lansstyrelsen|lst|lpo|ab|if|ik|skolan|"
    r"forvaltningen|socialtjansten|raddningstjansten|foreningen|kyrkan|forsamling|stad|lan)$"
)
"""Words of a workplace, where somebody has put it into the name: Tove Nybro kommun."""
_PARTICLES_WRITTEN = "af av von van vander der den de del della di da la le du el al bin ibn abu zu v d"
PARTICLES = frozenset(_PARTICLES_WRITTEN.split())
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


LOST = "?\ufffd"
"""What stands for a letter that an export could not write."""


@lru_cache(maxsize=1 << 16)
def parsed(name: str, given: str = "", family: str = "") -> Name:
    """A name as it is written, or in the two fields of a card: "Ek, Eva", "Eva M. Ek", "Sven Ek d.y."."""
    if "@" in name:
        name = ""  # whoever made the card knew no more
    text, age = _aged(_untitled(_BESIDE.sub(" ", _CAMEL.sub(" ", mended(name)))))
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


def _untitled(text: str) -> str:
    """Without what stands in small letters before a name that is written with capitals: "kh Eva Ek"."""
    words = text.split()
    while len(words) > 2 and words[0].islower() and words[1][:1].isupper():
        if words[0] in PARTICLES or sound(words[0]) in given_names().called:
            break
        del words[0]
    return " ".join(words)


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
        if words[n] in PARTICLES:
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


def is_common(name: Name) -> bool:
    """Whether many bear just this name."""
    if len(name.given) != 1 or len(name.family) != 1:
        return False
    return sound(name.family[0]) in common_family() and sound(name.given[0]) in given_names().common


def is_fairly_common(name: Name) -> bool:
    """Whether it is of names that many bear, if few bear both."""
    if name.family and all(sound(word) in common_family() for word in name.family):
        return all(sound(word) in given_names().called for word in name.given[:1])
    given = any(sound(word) in given_names().common for word in name.given[:1])
    return given and all(word in borne()[1] for word in name.family)
