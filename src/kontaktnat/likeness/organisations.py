"""What organisations are called: which words tell them apart, which carry their kind, and which are a place.

"Brottsofferjouren i Kalmar" and "BOJ Kalmar" are one; Nybro kommun and Nybro Bostads AB are not, nor are the
Lions clubs of two towns, nor Habo and Håbo. Places are compared letter by letter, for many lie near one
another.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from kontaktnat.likeness.spelling import mended, rows
from kontaktnat.text import fold

SAME, SPELLED, TYPO, FORM, SHORT, ACRONYM, MORE, NOWHERE, OTHER, ELSEWHERE = (
    "same", "spelled", "typo", "form", "short", "acronym", "more", "nowhere", "other", "elsewhere",
)  # fmt: skip
"""How two names stand to one another; `more`: one says more (a unit of the other?), `nowhere`: only one says
where, `elsewhere`: each says another place."""

_FILLERS_WRITTEN = "i på och o m av för till vid under från samt med the of and & de den det"
_FILLERS = frozenset(_FILLERS_WRITTEN.split())
_FORMS_WRITTEN = (
    "ab aktiebolag aktiebolaget publ hb handelsbolag kb kommanditbolag ek ekon ekonomisk ekonomiska "
    "ideell ideella förening föreningen stiftelse stiftelsen club klubb klubben län läns avdelning avd "
    "lokalavdelning lokalförening krets kretsen sverige sveriges svenska distrikt distriktet "
    "studieförbundet nätverk nätverket sällskapet projektet lokal lokala lokalt förbund förbundet "
    "riksförbund riksförbundet riksorganisation riksorganisationen kontor kontoret lokalkontor lokalkontoret"
)
_FORMS = frozenset(_FORMS_WRITTEN.split())
"""Words that a name has or leaves out."""

_KINDS_WRITTEN = (
    "kommun region landsting länsstyrelse polis lokalpolisområde polisområde polisregion tingsrätt hovrätt "
    "förvaltningsrätt kammarrätt åklagarkammare kriminalvård frivård anstalt häkte räddningstjänst gymnasium "
    "universitet högskola församling pastorat stift förvaltning socialförvaltning nämnd socialtjänst bostad "
    "brottsofferjour kvinnojour tjejjour råd arbetsförmedling försäkringskassa skola förskola sjukhus "
    "vårdcentral if ik bk ff sk"
)
"""Words that say of what kind something is: with two of these that differ, no two are one."""

_HEADS = (
    "forvaltning", "forening", "namnd", "kontor", "byra", "tjanst", "skol", "kyrk", "centr", "jour", "grupp",
    "klubb", "gymnasi",
)  # fmt: skip
"""What a compound may end with: "kultur- och fritidsnämnden" is "fritids- och kulturnämnden"."""
_EXACT_WRITTEN = (
    "norra södra östra västra norr söder öster väster nord syd ost öst väst mitt övre nedre nya gamla inre "
    "yttre"
)
_LOCALITY = re.compile(
    r"\w{2}(?:by|torp|ryd|hult|arp|köping|ås|vik|holm|sund|fors|bro|sjö|ö|mark|tuna|inge|lösa|rum|måla|boda|hamn|näs|"
    r"berga|åkra|dal|lund|krok|hed|mo|nora|red|säter|stad|storp|tofta|vad|åker|rud|lid|träsk|selet|skär|krona)s?$"
)
_CAPITALS = re.compile(r"\b(?=[^\W_]*[A-ZÅÄÖ][^\W_]*[A-ZÅÄÖ])[^\W\d_]{2,6}\b")
"""HSB, SiS, LiU."""
_GRADES = re.compile(r"\b(?:åk\s*)?(?:f|\d)\s?[-–]\s?\d\b")
"""Which forms a school has: F-6."""
_WITHIN = {
    "polis": "lokalpolisområde polisområde polisregion",
    "kriminalvård": "frivård anstalt häkte",
    "kyrkan": "församling pastorat",
    "kommun": "förvaltning socialförvaltning socialtjänst kontor nämnd skol",
    "region": "sjukhus vårdcentral",
}
"""What a whole is called → its parts: "Polisen, lokalpolisområde Nybro"."""
_WORD = re.compile(r"[^\W_]+")
_COUNTIES = (
    "blekinge dalarna gotland gävleborg halland jämtland jönköping kalmar kronoberg norrbotten skåne "
    "stockholm södermanland uppsala värmland västerbotten västernorrland västmanland götaland örebro "
    "östergötland småland öland bohuslän dalsland gästrikland hälsingland härjedalen lappland medelpad närke "
    "uppland västergötland ångermanland sörmland norrland mellannorrland svealand skaraborg sjuhärad fyrbodal "
    "bergslagen roslagen mälardalen ale dorotea eda edet göinge kinda nora salem vilhelmina"
)  # fmt: skip
"""Counties, provinces, parts of the country, and municipalities that in running text would be taken for names."""


class Name(NamedTuple):
    """A name taken apart."""

    words: tuple[str, ...]
    """What tells it apart and what kind it is, folded and without endings."""
    forms: frozenset[str]
    places: frozenset[str]
    """Municipalities and counties, as they are written."""
    run: str = ""
    """All of it without blanks."""
    localities: frozenset[str] = frozenset()
    """Words that are made as a village's name is."""
    capitals: frozenset[str] = frozenset()
    """Words that are written in capitals, as initials are."""
    order: tuple[str, ...] = ()
    """Words and forms as they stand, for initials: Pensionärernas riksorganisation."""
    slips: frozenset[str] = frozenset()
    """Words that were not written right: what kind it is, a letter wrong."""


@cache
def _short_for() -> dict[str, str]:
    return dict(row.split(": ") for row in rows("short"))


@cache
def _places() -> frozenset[str]:
    text = files("kontaktnat.freetext").joinpath("places.txt").read_text(encoding="utf-8").lower()
    rows = [row.rstrip("*") for row in text.splitlines()]
    words = {word for row in rows for word in _WORD.findall(row)} | {*_COUNTIES.split()}
    return frozenset(words - {"norra", "södra", "östra", "västra", "lilla", "stora", "dals", "ed"})


@cache
def _unaccented_places() -> dict[str, str]:
    """As they are written without å, ä and ö → the place, where it can be but one."""
    times = Counter(fold(place) for place in _places())
    return {fold(place): place for place in _places() if times[fold(place)] == 1}


@lru_cache(maxsize=1 << 15)
def parsed(name: str) -> Name:
    """A name's words by what they do."""
    words: list[str] = []
    order: list[str] = []
    forms, places = set(), set()
    written = _written(name)
    slips = {word for word in written if _meant(word) != word}
    for word in _expanded(name):
        if word in _FILLERS:
            continue
        if word in _FORMS or word == "forening":
            forms.add(word)
        elif place := _place(word):
            places.add(place)
        else:
            words.append(stem(word))
        if word in _FORMS or not _place(word):
            order.append(stem(word))
    words = _without_wholes(words, written)
    localities = frozenset(stem(word) for word in _expanded(name) if _LOCALITY.search(word))
    capitals = (
        frozenset() if name.isupper() and " " in name else frozenset(map(fold, _CAPITALS.findall(name)))
    )
    run = "".join(written)
    if places and all(fold(one) in _unaccented_places() for one in places):
        run = fold(run)  # folded, another place may look like another: Habo, Håbo
    return Name(
        tuple(words),
        frozenset(forms),
        frozenset(places),
        run,
        localities,
        capitals,
        tuple(order),
        frozenset(slips),
    )


def _written(name: str) -> list[str]:
    text = re.sub(r"(?<=\b[a-zåäö])\.(?=[a-zåäö]\b)", "", mended(name).casefold())  # I.F.
    text = re.sub(r"(?<=\w\w):s\b", "", re.sub(r"\bs:ta?\b", "sankt", text))  # HSB:s
    return _WORD.findall(_GRADES.sub(" ", text))


def _without_wholes(words: list[str], written: list[str]) -> list[str]:
    """The name of a part without that of the authority that all such are parts of; a municipality is told."""
    for whole in ("polis", "kriminalvård", "kyrkan"):
        parts = {*map(stem, _WITHIN[whole].split())}
        if any(stem(word) == stem(whole) for word in written) and not parts.isdisjoint(words):
            words = [word for word in words if word not in (stem(whole), "kyrk")]
    return words


def _expanded(name: str) -> list[str]:
    return [
        part for word in _written(name) for one in _spelt_out(_meant(word)).split() for part in _parts(one)
    ]


def _spelt_out(word: str) -> str:
    """What a word is short for, also with an ending: idrottsföreningens, avd."""
    shorts = _short_for()
    for ending in ("", "s", "en", "ens", "n", "et"):
        base = word.removesuffix(ending)
        if base in shorts and (not ending or (base != word and len(base) > 5)):
            return shorts[base]
    return word


@lru_cache(maxsize=1 << 15)
def _meant(word: str) -> str:
    """The word for a kind that it is but for one letter: "räddningtjänst" → "raddningstjanst"."""
    base = stem(word)
    if len(base) < 8 or base in _kinds() or word in _FORMS or _place(word):
        return word
    from rapidfuzz.distance import OSA

    near = [kind for kind in _kinds() if len(kind) > 7 and OSA.distance(base, kind, score_cutoff=1) < 2]
    return near[0] if len(near) == 1 else word


def _parts(word: str) -> tuple[str, ...]:
    """A compound's parts, where one is a place or what kind of company it is: Emmabodabostäder."""
    for ending in ("aktiebolag", "aktiebolaget"):
        if word.endswith(ending) and word != ending:
            return (*_parts(_short_for().get(start := word.removesuffix(ending), start)), "ab")
    base = stem(word)
    if base not in _kinds() and word not in _FORMS:
        for head in _HEADS:
            if base.endswith(head) and len(base) > len(head) + 2:
                start = word[: fold(word).index(head, len(base) - len(head))]
                return (*_parts(start.removesuffix("s") if len(start) > 4 else start), _spelt_out(head))
    for size in range(len(word) - 3, 3, -1):
        if (start := word[:size]) in _places() and not _place(word):
            rest = word[size:]
            if size == 4 and stem(_spelt_out(rest)) not in _kinds():
                continue  # Norabostäder, but Saladsbaren
            if rest[0] == "s" and stem(_spelt_out(rest[1:])) in _kinds():
                rest = rest[1:]  # Stockholmsregionen
            return start, _short_for().get(rest, rest)
    return (word,)


def _place(word: str) -> str:
    for one in (word, word.removesuffix("s")):
        if one in _places():
            return one
        if one in _unaccented_places():
            return _unaccented_places()[one]
    return ""


@lru_cache(maxsize=1 << 15)
def stem(word: str) -> str:
    """A word without endings, folded: "kommunens" → "kommun", "nattvandrarna" → "nattvandr"."""
    import snowballstemmer  # type: ignore[import-untyped]

    # One that is shared would be changed by two threads at once.
    stemmer, short, before = snowballstemmer.stemmer("swedish"), word, ""
    while short != before:  # länsstyrelse, länsstyrelsen
        before, short = short, stemmer.stemWord(short)
    short = fold(short)
    for ending in ("an", "et"):
        if short.endswith(ending) and len(short) > 5:
            short = short.removesuffix(ending)
    return "kommun" if short == "stad" else short


@cache
def _exact() -> frozenset[str]:
    return frozenset(map(stem, _EXACT_WRITTEN.split()))


@cache
def _kinds() -> frozenset[str]:
    return frozenset(map(stem, _KINDS_WRITTEN.split()))


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
    if ("län" in mine.forms) != ("län" in theirs.forms) and not county:
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
    told = any(word in _kinds() or word in _exact() or word.isdigit() for word in apart)
    return not told and _near("".join(mine.words), "".join(theirs.words))


def _near(one: str, other: str) -> bool:
    short = min(len(one), len(other))
    if short < 4 or abs(len(one) - len(other)) > 2 or not _exact().isdisjoint((one, other)):
        return False
    if one.isdigit() or other.isdigit() or (one in _kinds() and other in _kinds()):
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
    return not {short, long} & _kinds() or long in ("forvaltning", "forsamling", "raddningstjanst")


def _beside(name: Name, other: Name) -> list[str]:
    return [word for word in name.order if word not in other.words]


def _is_acronym(short: list[str], name: Name, rest: list[str]) -> bool:
    """Whether a word is made of letters that begin the words, or parts of one, of the other: NTF, HGF."""
    if len(short) != 1 or not 2 <= len(short[0]) <= 6 or short[0] in _kinds():
        return False
    if len(rest) > 1 and short[0] == "".join(word[0] for word in rest):
        return True
    letters = iter("".join(rest))
    return short[0] in name.capitals and short[0][0] == rest[0][0] and all(one in letters for one in short[0])


def initials_behind(name: str) -> list[str]:
    """What it is called for short, where that stands behind its name: Statens institutionsstyrelse SiS."""
    rest, _, last = name.strip().rpartition(" ")
    of, short = parsed(rest), parsed(last)
    if len(of.words) < 2 or not short.capitals or _spelt_out(last.casefold()) != last.casefold():
        return []
    return [last] if _is_acronym([fold(last)], short, [*of.words]) else []


def one_part(one: Name, other: Name) -> frozenset[str]:
    """The part of the country that both are the region of, where no place is named: Region Mitt."""
    both = frozenset(one.words) & frozenset(other.words)
    return both & _exact() if "region" in both else frozenset()


def kinds(name: str) -> frozenset[str]:
    """The words in it that say of what kind it is."""
    return frozenset(parsed(name).words) & _kinds()


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
    return bool(here.places & there.places) and (_is_within(here, there) or _is_within(there, here))


def _is_within(part: Name, whole: Name) -> bool:
    """Whether one is of a kind of which the other's are made up: Socialförvaltningen and Nybro kommun."""
    if len(whole.words) != 1:
        return False
    kinds = next((parts for name, parts in _WITHIN.items() if stem(name) == whole.words[0]), "")
    return not {*map(stem, kinds.split())}.isdisjoint(part.words)


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
