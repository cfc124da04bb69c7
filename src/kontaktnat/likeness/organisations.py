"""What organisations are called: how two names stand to one another.

"Brottsofferjouren i Kalmar" and "BOJ Kalmar" are one; Nybro kommun and Nybro Bostads AB are not, nor are the
Lions clubs of two towns, nor Habo and Håbo. Places are compared letter by letter, for many lie near one
another.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from kontaktnat.likeness.organisation_words import WITHIN, Name, exact, kind_words, parsed, spelt_out, stem
from kontaktnat.text import fold

SAME, SPELLED, TYPO, FORM, SHORT, ACRONYM, MORE, NOWHERE, OTHER, ELSEWHERE = (
    "same", "spelled", "typo", "form", "short", "acronym", "more", "nowhere", "other", "elsewhere",
)  # fmt: skip
"""How two names stand to one another; `more`: one says more (a unit of the other?), `nowhere`: only one says
where, `elsewhere`: each says another place."""


_BOTH = frozenset({"stockholm", "uppsala", "jönköping", "kalmar", "örebro"})
"""Towns after which their counties are called."""


@lru_cache(maxsize=1 << 16)
def relation(one: str, other: str) -> str:
    """How two names stand to one another."""
    if one.casefold() == other.casefold():
        return SAME
    return _related(parsed(one), parsed(other))


def related(one: str, other: str, place: str, elsewhere: str, needless: frozenset[str] = frozenset()) -> str:
    """The same, where a name without a place may have it of the whole it belongs to, and may leave it out.

    `needless`: words that say nothing between these two.
    """
    mine, theirs = parsed(one), parsed(other)
    if place or elsewhere or needless:
        wholes = [[*parsed(whole).words] for whole in (place, elsewhere) if whole]
        mine, theirs = _without(mine, wholes, needless), _without(theirs, wholes, needless)
    if not mine.places and place:
        mine = mine._replace(places=parsed(place).places)
    if not theirs.places and elsewhere:
        theirs = theirs._replace(places=parsed(elsewhere).places)
    return _related(mine, theirs)


def _without(name: Name, wholes: list[list[str]], needless: frozenset[str]) -> Name:
    """A part's name without that of its whole: "Kriminalvården Frivården Karlstad", "SiS Sundbo"."""
    said = {*needless, *(word for whole in wholes for word in whole)}
    words = tuple(
        word
        for word in name.words
        if word not in said
        and not any(len(whole) > 1 and _is_acronym([word], name, whole) for whole in wholes)
    )
    return name._replace(words=words) if words else name


def _related(mine: Name, theirs: Name) -> str:
    if mine.run and mine.run == theirs.run:
        return SPELLED
    if _is_all_initials(mine, theirs) or _is_all_initials(theirs, mine):
        return ACRONYM
    written = mine, theirs
    mine, theirs = _mended_places(mine, theirs), _mended_places(theirs, mine)
    here, there = mine.places, theirs.places
    if here and there and not (here <= there or there <= here):
        return ELSEWHERE
    only_mine, only_theirs, found = _apart(mine.words, theirs.words)
    if (mine, theirs) != written or (found == SAME and mine.slips != theirs.slips):
        found = TYPO
    if only_mine and only_theirs:
        if _is_acronym(only_mine, mine, _beside(theirs, mine)) or _is_acronym(
            only_theirs, theirs, _beside(mine, theirs)
        ):
            found = ACRONYM
        elif "".join(mine.words) == "".join(theirs.words):
            found = SPELLED
        elif _is_slip(mine, theirs, {*only_mine, *only_theirs}):
            found = TYPO
        else:
            return OTHER
    elif only_mine or only_theirs:
        more = only_mine or only_theirs
        if "".join(mine.words) == "".join(theirs.words):
            found = SPELLED
        elif {*more} == {"kommun"} and (here or there):
            found = SHORT
        elif not (mine.words and theirs.words) and not (here & there):
            return OTHER
        else:
            return MORE
    if not mine.words and not theirs.words and not here & there and not mine.forms & theirs.forms:
        return OTHER
    if here != there:
        return NOWHERE if not (here and there) else MORE
    county = "region" in mine.words or stem("länsstyrelse") in mine.words
    if (
        ("län" in mine.forms) != ("län" in theirs.forms)
        and not county
        and not (here and here.isdisjoint(_BOTH))
    ):
        return MORE  # the town's and the county's
    return FORM if found == SAME and mine.forms != theirs.forms else found


def _mended_places(mine: Name, theirs: Name) -> Name:
    """A word that is nearly the place the other names is that place: Västevrik."""
    for place in theirs.places - mine.places:
        for word in mine.words:
            if word not in theirs.words and _near(word, stem(place)):
                words = tuple(one for one in mine.words if one != word)
                return mine._replace(words=words, places=mine.places | {place})
    return mine


def _apart(mine: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[list[str], list[str], str]:
    """The words that only one has, and how the others agree."""
    left, right = Counter(mine), Counter(theirs)
    only_mine, only_theirs = [*(left - right).elements()], [*(right - left).elements()]
    found = SAME
    for word in only_mine[:]:
        near = next((one for one in only_theirs if _near(word, one) or _is_begin(word, one)), None)
        if near is not None:
            only_mine.remove(word)
            only_theirs.remove(near)
            found = TYPO if _near(word, near) else SHORT
    return only_mine, only_theirs, found


def _is_slip(mine: Name, theirs: Name, apart: set[str]) -> bool:
    """Whether they are nearly the same when written in one, and nothing that tells a kind differs."""
    told = any(word in kind_words() or word in exact() or word.isdigit() for word in apart)
    return not told and _near("".join(mine.words), "".join(theirs.words))


def _near(one: str, other: str) -> bool:
    short = min(len(one), len(other))
    if short < 4 or abs(len(one) - len(other)) > 2 or not exact().isdisjoint((one, other)):
        return False
    if one.isdigit() or other.isdigit() or (one in kind_words() and other in kind_words()):
        return False
    from rapidfuzz.distance import OSA

    return bool(OSA.distance(one, other, score_cutoff=2) <= (2 if short >= 9 else 1))


def _is_begin(one: str, other: str) -> bool:
    """Whether one is short for the other: räddn., förv."""
    short, long = sorted((one, other), key=len)
    if len(short) < 4 or len(long) < len(short) + 3 or not long.startswith(short):
        return False
    if short == stem("räddningstjänst"):
        return True
    return not {short, long} & kind_words() or long in ("forvaltning", "forsamling", "raddningstjanst")


def _beside(name: Name, other: Name) -> list[str]:
    return [word for word in name.order if word not in other.words]


def _is_acronym(short: list[str], name: Name, rest: list[str]) -> bool:
    """Whether a word is made of letters that begin the words, or parts of one, of the other: NTF, HGF."""
    if len(short) != 1 or not 2 <= len(short[0]) <= 6 or short[0] in kind_words():
        return False
    if len(rest) > 1 and short[0] == "".join(word[0] for word in rest):
        return True
    letters = iter("".join(rest))
    return short[0] in name.capitals and short[0][0] == rest[0][0] and all(one in letters for one in short[0])


def _is_all_initials(short: Name, whole: Name) -> bool:
    """Whether one name is nothing but the initials of the other, its place's among them: BTH, KFF."""
    return len(short.run) > 2 and short.run == whole.initials and short.run in short.capitals


def initials_behind(name: str) -> list[str]:
    """What it is called for short, where that stands behind its name: Statens institutionsstyrelse SiS."""
    rest, _, last = name.strip().rpartition(" ")
    if not 2 <= len(last) <= 6 or last.islower() or last[1:].islower():
        return []
    of, short = parsed(rest), parsed(last)
    if len(of.words) < 2 or not short.capitals or spelt_out(last.casefold()) != last.casefold():
        return []
    return [last] if _is_acronym([fold(last)], short, [*of.words]) else []


def one_part(one: Name, other: Name) -> frozenset[str]:
    """The part of the country that both are the region of, where no place is named: Region Mitt."""
    both = frozenset(one.words) & frozenset(other.words)
    return both & exact() if "region" in both else frozenset()


def kinds(name: str) -> frozenset[str]:
    """The words in it that say of what kind it is."""
    return frozenset(parsed(name).words) & kind_words()


@lru_cache(maxsize=1 << 16)
def one_place(one: str, other: str) -> str:
    """Whether two names of a workplace are of "same" place, or one is "part" of the other; ""."""
    found = relation(one, other)
    if found in (SAME, SPELLED, TYPO, FORM, SHORT, ACRONYM):
        return "same"
    if found in (MORE, NOWHERE) and parsed(one).places & parsed(other).places:
        return "part"
    return "part" if is_part(one, other) else ""


def is_part(one: str, other: str) -> bool:
    """Whether one of two names is of a whole, the other of a part of it, at one place."""
    here, there = parsed(one), parsed(other)
    if not here.places & there.places:
        village = here.localities & there.localities & {*here.words} & {*there.words}
        if not village or here.places or there.places:
            return False
        here, there = (
            name._replace(words=tuple(word for word in name.words if word not in village))
            for name in (here, there)
        )
    return _is_part_of(here, there) or _is_part_of(there, here)


def _is_part_of(part: Name, whole: Name) -> bool:
    """Whether one is of a kind of which the other's are made up: Socialförvaltningen and Nybro kommun."""
    return len(whole.words) == 1 and is_within(whole.words[0], part.words)


def is_within(whole: str, words: tuple[str, ...]) -> bool:
    """Whether any of the words is what a whole of that name is made up of; all as stems."""
    kinds = next((parts for name, parts in WITHIN.items() if stem(name) == whole), "")
    return not {*map(stem, kinds.split())}.isdisjoint(words)


@lru_cache(maxsize=1 << 15)
def found_under(name: str) -> tuple[str, ...]:
    """Keys under which a place is looked for, however it is called."""
    found = parsed(name)
    words = [word for word in found.words if word != "kommun"]
    places = "+".join(sorted(found.places))
    if not words:
        return (places or fold(name),)
    keys = {f"{places}:{word[:5]}" for word in words}
    keys.add(places or "+".join(sorted(words)))
    return tuple(sorted(keys))
