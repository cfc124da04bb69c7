"""The words of organisations' names: which tell them apart, which carry their kind, and which are a place."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from kontaktnat.likeness.spelling import mended, rows
from kontaktnat.text import fold

_FILLERS_WRITTEN = "i på och o m av för till vid under från samt med the of and & de den det"
_FILLERS = frozenset(_FILLERS_WRITTEN.split())
_FORMS_WRITTEN = (
    "ab aktiebolag aktiebolaget publ hb handelsbolag kb kommanditbolag ek ekon ekonomisk ekonomiska "
    "ideell ideella förening föreningen stiftelse stiftelsen club klubb klubben län läns avdelning avd "
    "lokalavdelning lokalförening krets kretsen sverige sveriges svenska distrikt distriktet "
    "studieförbund studieförbundet seniorerna nätverk nätverket sällskapet projektet lokal lokala lokalt "
    "förbund förbundet fastighets "
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
    "klubb", "gymnasi", "gymnasium", "forbund",
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
_CONGREGATION = re.compile(r"(\w{4,}(?<!kyrko)(?<!s)|\w{4,}(?=s))s?församling(?:en)?s?")
_IN_CAPITALS = {"SV": "Studieförbundet Vuxenskolan"}
"""What is short for something only where it is written so; otherwise it may be another word."""
_GRADES = re.compile(r"\b(?:åk\s*)?(?:f|\d)\s?[-–]\s?\d\b")
"""Which forms a school has: F-6."""
WITHIN = {
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
    "uppland västergötland ångermanland sörmland norrland mellannorrland svealand skaraborg sjuhärad "
    "fyrbodal bergslagen roslagen mälardalen ale dorotea eda edet göinge kinda nora salem vilhelmina"
)  # fmt: skip
"""Counties, provinces, parts of the country, and municipalities that in a text would be taken for names."""


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
    initials: str = ""
    """Of all words, places too; what is short itself stands as it is."""
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
        if word in _FORMS or word in ("forening", "forbund"):
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
        _initials(name),
        frozenset(slips),
    )


def _initials(name: str) -> str:
    words = [word for word in _expanded(name) if word not in _FILLERS]
    short = {word for word in _written(name) if len(word) < 4}
    return fold("".join(word if word in short else word[0] for word in words)) if len(words) > 1 else ""


def _written(name: str) -> list[str]:
    name = mended(name)
    if not name.isupper():
        for short, whole in _IN_CAPITALS.items():
            name = re.sub(rf"\b{short}\b", whole, name)
    text = re.sub(r"(?<=\b[a-zåäö])\.(?=[a-zåäö]\b)", "", name.casefold())  # I.F.
    text = re.sub(r"(?<=\w\w):s\b", "", re.sub(r"\bs:ta?\b", "sankt", text))  # HSB:s
    return _WORD.findall(_GRADES.sub(" ", text))


def _without_wholes(words: list[str], written: list[str]) -> list[str]:
    """The name of a part without that of the authority that all such are parts of; a municipality is told."""
    for whole in ("polis", "kriminalvård", "kyrkan"):
        parts = {*map(stem, WITHIN[whole].split())}
        if any(stem(spelt_out(word)) == stem(whole) for word in written) and not parts.isdisjoint(words):
            words = [word for word in words if word not in (stem(whole), "kyrk")]
    return words


def _expanded(name: str) -> list[str]:
    return [
        part for word in _written(name) for one in spelt_out(_meant(word)).split() for part in _parts(one)
    ]


def spelt_out(word: str) -> str:
    """What a word is short for, also with an ending: idrottsföreningens, avd."""
    shorts = _short_for()
    for ending in ("", "s", "en", "ens", "n", "et"):
        base = word.removesuffix(ending)
        if base in shorts and (not ending or (base != word and len(base) > 5)):
            return shorts[base]
    return _unlinked().get(_LINK.sub("", word), word)


_LINK = re.compile(r"(?<=\w{4})s(?=förening|klubb|sällskap|förbund)|(?:en|n|et)$")


@cache
def _unlinked() -> dict[str, str]:
    """What compounds are short for, however they are put together: fotbollförening, fotbollsföreningen."""
    return {_LINK.sub("", word): short for word, short in _short_for().items() if len(word) > 9}


@lru_cache(maxsize=1 << 15)
def _meant(word: str) -> str:
    """The word for a kind that it is but for one letter: "räddningtjänst" → "raddningstjanst"."""
    base = stem(word)
    if len(base) < 8 or base in kind_words() or word in _FORMS or _place(word):
        return word
    from rapidfuzz.distance import OSA

    near = [kind for kind in kind_words() if len(kind) > 7 and OSA.distance(base, kind, score_cutoff=1) < 2]
    return near[0] if len(near) == 1 else word


def _parts(word: str) -> tuple[str, ...]:
    """A compound's parts, where one is a place or what kind of company it is: Emmabodabostäder."""
    for ending in ("aktiebolag", "aktiebolaget"):
        if word.endswith(ending) and word != ending:
            return (*_parts(_short_for().get(start := word.removesuffix(ending), start)), "ab")
    base = stem(word)
    found = _CONGREGATION.fullmatch(word)
    if found and not _place(found[1]) and not _LOCALITY.search(found[1]):
        return (found[1], "kyrka")  # Pingstförsamlingen is who meets in Pingstkyrkan
    if base not in kind_words() and word not in _FORMS:
        for head in _HEADS:
            if base.endswith(head) and len(base) > len(head) + 2:
                start = word[: fold(word).index(head, len(base) - len(head))]
                if head == "forbund" and stem(start) in kind_words() - {"raddningstjanst"}:
                    return (word,)  # Kommunförbundet Kalmar is not Kalmar kommun
                return (*_parts(start.removesuffix("s") if len(start) > 4 else start), spelt_out(head))
    for size in range(len(word) - 3, 3, -1):
        if (start := word[:size]) in _places() and not _place(word):
            rest = word[size:]
            if size == 4 and stem(spelt_out(rest)) not in kind_words():
                continue  # Norabostäder, but Saladsbaren
            if rest[0] == "s" and (rest[1:] in _FORMS or stem(spelt_out(rest[1:])) in kind_words()):
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
def exact() -> frozenset[str]:
    """Words that are never taken for one another, as stems: norra, södra."""
    return frozenset(map(stem, _EXACT_WRITTEN.split()))


@cache
def kind_words() -> frozenset[str]:
    """Words that say of what kind something is, as stems: with two of these that differ, no two are one."""
    return frozenset(map(stem, _KINDS_WRITTEN.split()))
