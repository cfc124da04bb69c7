"""Persons are not selected by party, faith or union membership (dataskyddslagen (2018:218) 3 kap. 3 §).

What reveals these: the categories ICNPO 10 (faith), 7300 (parties) and 11300 (unions) and legal form 63
(faith communities), and words for them in tags and texts. Organisations may be selected by all of it.

The words are stems and names that mean little else. Of what also means something else this is left out
(the union Kommunal), or counts only where it is the whole value: abbreviations of parties, of one letter in
tags alone, LO, Handels. So a tag `M` is refused on persons, whatever its owner means by it: tag them with a
word. Parts of tags and categories, and what lies between two bounds, are not asked for at all: half a word
would find what the whole one must not.

A plugin's code list may declare further ones (`Category.organisations_only`); these add to what is known
here, which holds whether the plugin is there or not.
"""

from __future__ import annotations

import re

from attrs import frozen

from kontaktnat.errors import Refused
from kontaktnat.query import Compare
from kontaktnat.text import fold

_CODES = {"icnpo": ("10", "73", "113"), "form": ("63",), "jur": ("63",)}
"""By what a scheme's name holds, how the codes begin; none of the others do."""

_STEMS = (
    # parties; `moderator` is nobody's member
    r"socialdemokrat\w*", r"sverigedemokrat\w*", r"kristdemokrat\w*", "sosse", "sossar", "sossarna",
    "moderat", "moderaten", "moderater", "moderaterna", "moderata", r"centerpart\w+", r"vansterpart\w+",
    r"miljopart\w+", r"folkpart\w+", "liberalerna", r"piratpart\w+", r"nyanspart\w+", r"kommunist\w*",
    "ssu", "muf", r"feministiskt initiativ", r"medborgerlig samling", "parti", "partiet", "partier",
    r"partimed\w+", r"partitill\w+", r"partipolit\w+", r"partisympat\w+", r"part(?:y|ies) member\w*",
    "political party", "(?:liberaler)", "centern", "ung vanster", "gron ungdom", r"ungsvenskar\w*", "cuf",
    "luf", "kdu", r"syndikalist\w*",
    # faiths
    "kristen", "kristna", "kristendom", r"kristlig\w*", r"muslim\w*", r"islam\w*", "jude", "judar", "judarna",
    r"judisk\w*", "judendom", r"katolik\w*", r"katolsk\w*", r"protestant\w*", r"hindu\w*", r"buddhis\w+",
    r"baptist\w*", r"metodist\w*", r"pingstv\w+", r"pingstk\w+", r"frikyrk\w*", "kyrka", "kyrkan",
    r"kyrklig\w*", r"kyrkomed\w+", r"kyrkobes\w+", r"jehovas?", r"mormon\w*", r"scientolog\w*", r"ateis\w+",
    r"kyrkoherd\w+", r"diakon\w*", "biskop", "biskopen", "biskopar", r"equmeniakyrk\w+", "ortodox",
    "ortodoxa", r"sikh\w*", "shia", r"shiamusl\w+", r"shiit\w*", "sunni", r"sunnit\w*", r"sunnimusl\w+",
    r"fralsningsarme\w*",
    "religion", "religioner", r"religios\w*", r"religious\w*", r"trosbek\w+", r"trossamf\w+", "troende",
    r"forsamling\w*", r"moske\w*", r"synagog\w*", "imam", "imamer", "prast", "prasten", "praster", "pastor",
    "pastorn", "pastorer", r"rabbin\w*", "jewish", "jews", "faith", "church", "mosque",
    r"\w+kyrkans?", r"kyrkvard\w*", r"kyrkvaktm\w*", r"kyrkovaktm\w*", r"kyrkorad\w*", r"kyrkofullm\w*",
    r"kyrkomus\w*", r"komminister\w*", "domprost", r"\w*missionsforbund\w*", r"evangelisk\w*", r"luthersk\w*",
    r"adventist\w*", r"alevit\w*", r"ahmadiyya\w*", r"jesid\w*", r"yezidi\w*", "bahai", "imamen",
    r"trosinrikt\w*", r"trosuppf\w*",
    # unions; `fackman` and `fackspråk` are none
    "fack", "facket", "fackets", r"fackfor\w+", r"facklig\w*", r"fackansl\w+", r"fackmed\w+", r"fackomb\w+",
    "tco", "saco", "unionen", "if metall", "sveriges larare", r"\w*arbetar\w*forbund\w*", r"lararforb\w+",
    r"vardforb\w+", r"polisforb\w+", r"akademikerforb\w+", r"\w+facket", "(?:kommunalarna)", "akavia",
    r"\w*(?:forsvars|journalist|musiker)forbund\w*", r"(?:labour|trade) unions?", r"union member\w*",
)  # fmt: skip
_WORDS = re.compile(rf"(?<!\w)(?:{'|'.join(_STEMS)})(?!\w)|\((?:s|m|c|l|v|sd|kd|mp)\)")
_WHOLE = {"sd", "kd", "mp", "lo", "afs", "pingst", "seko", "handels", "byggnads"}
_HARMLESS = re.compile(
    r"(?<!\w)(?:fackforvaltning\w*|forsamlingslokal\w*|ett parti (?=\w)|valdsbejakande islamism(?:en)?(?!\w)"
    r"|(?:valdsbejakande )?(?:islamistisk|religios)(?:t motiverad)? (?:extremism|terrorism)\w*)"
)
"""What these words stand in and tell of nobody: places, goods, and what crime prevention works against."""
_TAGS = {"s", "m", "c", "l", "v", "tro"}
_VALUES = {str, int, float, bool, type(None)}
_BEGUN = 7
"""So many letters of a stem are enough: a search for parts of words finds the whole with fewer than all."""
_PROTEST = "protest"
"""The one word that begins like these and is none of them."""
_LITERAL = tuple(one.partition("\\")[0] for one in _STEMS if " " not in one and "(" not in one)


@frozen(kw_only=True, repr=False)
class Declared:
    """What plugins say that selects organisations only."""

    codes: frozenset[str] = frozenset()
    """As `compact` writes them: `icnpo10100`."""
    titles: frozenset[str] = frozenset()
    """What these are called, folded."""


NOTHING_MORE = Declared()


def compact(value: str) -> str:
    """A category for comparing: "ICNPO: 10 100" → "icnpo10100"."""
    return re.sub(r"[\W_]+", "", fold(value))


def refuse(compared: Compare, declared: Declared = NOTHING_MORE) -> None:
    """Raise Refused where a comparison would select persons by such data, or could be made to."""
    path, _, within_it = compared.path.partition(".")
    asked = compared.value
    if within_it and reveals("note", re.sub(r"[\W_]+", " ", within_it), declared=declared):
        # Whether such a field is there at all, or says yes, tells it already.
        raise _not_selected()
    within = compared.operator == "contains" and path in ("categories", "tags")
    # Numbers have no order among words.
    bounds = compared.operator in ("lt", "le", "gt", "ge") and type(asked) not in (int, float, bool)
    several = compared.operator == "in" and type(asked) in (tuple, list, set, frozenset)
    values = tuple(asked) if several else (asked,)
    # `in` a text, or an object that says for itself what it equals, asks for anything.
    strange = any(type(one) not in _VALUES for one in values) or (compared.operator == "in" and not several)
    if strange or ((within or bounds) and asked != ""):  # "": whatever has any
        raise Refused(
            "of persons {field} is asked for by whole values alone, no part or order of them: it may tell of "
            "party, faith or union (dataskyddslagen 3 kap. 3 §)",
            field=path,
        )
    part = compared.operator == "contains"
    if any(reveals(path, text, part=part, declared=declared) for text in values if isinstance(text, str)):
        raise _not_selected()


def _not_selected() -> Refused:
    return Refused(
        "persons are not selected by party, faith or union (dataskyddslagen 3 kap. 3 §); "
        "select actors by it: organisations may be"
    )


def reveals(path: str, text: str, *, part: bool = False, declared: Declared = NOTHING_MORE) -> bool:
    """Whether a value of a field tells of party, faith or union; `part`: as the part of one."""
    folded = " ".join(fold(text).split())
    if _is_declared(path, folded, declared):
        return True
    if path == "categories" and _is_code(folded, part=part):
        return True
    if path == "legal_form" and folded.startswith("63"):
        return True
    if folded in _WHOLE or (path in ("tags", "categories") and folded in _TAGS):
        return True
    left = _HARMLESS.sub(" ", folded.replace("_", " "))
    if _WORDS.search(left):
        return True
    words = left.split() if part else ()
    return any(
        stem.startswith(word)
        for word in words
        if len(word) >= _BEGUN and word != _PROTEST
        for stem in _LITERAL
    )


def _is_declared(path: str, folded: str, declared: Declared) -> bool:
    if path in ("categories", "legal_form") and compact(folded) in declared.codes:
        return True
    return any(
        folded == title or re.search(rf"(?<!\w){re.escape(title)}(?!\w)", folded) for title in declared.titles
    )


def _is_code(folded: str, *, part: bool) -> bool:
    scheme, _, code = re.sub(r"[\s.]", "", folded).replace("=", ":").rpartition(":")
    if not scheme and (split := re.fullmatch(r"(\D*?)[-_]?(\d+)", code)):
        scheme, code = split.groups()
    for name, starts in _CODES.items():
        if (name in scheme or (not scheme and name == "icnpo" and (part or len(code) >= 4))) and any(
            code.startswith(start) for start in starts
        ):
            return True
    return False
