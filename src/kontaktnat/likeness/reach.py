"""Ways to reach somebody, as evidence: whose a mail address is, and what a number is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from kontaktnat.matching import phone_key
from kontaktnat.text import fold

_PLAIN_NUMBER = re.compile(r"(?:\+46|0046|0)[\d\s()/.–-]+")
_EXTENSION = re.compile(r"[,;]?\s*(?:ankn?(?:ytning)?|ext|vx|växel|x)\b\.?:?\s*(\d*)", re.IGNORECASE)
_MOBILE = re.compile(r"\+467[0236789]\d{7}")

_DESK = re.compile(
    r"^(info|information|kontakt|kontakta|kontaktcenter|mail|mejl|post|epost|office|admin|support|help|hej|hello|"
    r"service|servicecenter|reception|receptionen|vaxel|vaxeln|registrator|registratur|diarie|diariet|kansli|"
    r"kansliet|kommun|kommunen|kommuninfo|medborgar\w*|kundtjanst|kundcenter|press|redaktion\w*|webb?master|webb?|"
    r"noreply|no|styrelse|styrelsen|medlem|forening|foreningen|klubb\w*|expedition\w*|exp|skolan?|rektorsexp\w*|"
    r"order|bokning|faktura|ekonomi|personal|hr|it|drift|teknik|butik|shop|salj|sales|vaktmastare|"
    r"jour|jouren|stod|larm|tips|team|gruppen?|natverk\w*|projekt\w*|nix)$"
)
_POST = re.compile(
    r"samordnar|samordning|kommunpolis|omradespolis|polis|sakerhet|trygg|brottsforebygg|forebygg|ordforand|sekreterar|"
    r"kassor|rektor|chef|direktor|handlagg|vakthav|beredskap|tjansteman|socialjour|faltassist|faltgrupp|kurator|"
    r"koordinator|ledare|strateg|utredare|jourhav|socialtjanst|socialkontor|forvaltning|namnd|radet|raddning"
)
_AT_HOME = re.compile(r"hem|bostad|privat hem|home|fast", re.IGNORECASE)
_OF_MANY = re.compile(
    r"växel|vaxel|vxl|switchboard|jour|vakt|beredskap|reception|expedition|kansli|central|larm|tjänsteman|duty|"
    r"gemensam|delad|grupp|station",
    re.IGNORECASE,
)
_PUBLIC = frozenset(
    [
        "gmail",
        "googlemail",
        "hotmail",
        "outlook",
        "live",
        "msn",
        "yahoo",
        "icloud",
        "me",
        "telia",
        "bredband",
        "bahnhof",
        "comhem",
        "tele2",
        "spray",
        "passagen",
        "swipnet",
        "home",
        "protonmail",
        "proton",
        "ownit",
        "glocalnet",
    ]
)


class Mail(NamedTuple):
    """A mail address: `shared` by rule (a desk's, a post's), its words, its domain if an employer's."""

    key: str
    shared: bool
    words: tuple[str, ...]
    domain: str
    household: bool

    def __repr__(self) -> str:  # what is held of people is not shown in a crash
        return "Mail()"


_MAIL = re.compile(r"[^\s<>;,()\[\]:]+@[^\s<>;,()\[\]:]+")
_APART = re.compile(r"[;,](?! ?(?:ankn|ext|vx|x\b))|\s/\s|\b(?:eller|alt|samt|och)\b")


@lru_cache(maxsize=1 << 16)
def mails(value: str) -> tuple[Mail, ...]:
    """The mail addresses in a value: one, with a name around it, or several."""
    plain = value.replace("(at)", "@").replace("[at]", "@").replace(" @ ", "@")
    return tuple(_mail(found) for found in _MAIL.findall(plain))


def _mail(value: str) -> Mail:
    local, _, domain = fold(value.strip(" .,;'\"")).partition("@")
    local = local.partition("+")[0]
    words = tuple(word for word in re.split(r"[._\-\d]+", local) if word)
    shared = any(_DESK.match(word) for word in words[:1]) or bool(_POST.search("".join(words)))
    parts = domain.split(".")
    public = len(parts) > 1 and parts[-2] in _PUBLIC
    household = any(word.startswith("famil") or word == "fam" for word in words)
    return Mail(f"{local}@{domain}", shared, words, "" if public else domain, household)


@lru_cache(maxsize=1 << 16)
def numbers(value: str) -> tuple[tuple[str, str], ...]:
    """The phone numbers in a value, in one spelling, each with its extension."""
    found = (_number(part) for part in _APART.split(value))
    return tuple(one for one in found if one[0])


def _number(value: str) -> tuple[str, str]:
    extension = ""
    if found := _EXTENSION.search(value):
        extension = found[1]
        value = value[: found.start()]
    plain = re.sub(r"\([^\d)]*\)|[^\d\s()/.+–-]+", "", value.replace("(0)", "")).strip(" .-:")
    if _PLAIN_NUMBER.fullmatch(plain):
        digits = "".join(one for one in plain if one.isdecimal())
        national = digits[2:] if plain[0] == "+" else digits[4:] if digits.startswith("0046") else digits[1:]
        if 6 < len(national.removeprefix("0")) < 12:
            return f"+46{national.removeprefix('0')}", extension
    digits = re.sub(r"\D", "", plain)
    if re.fullmatch(r"46\d{8,9}|7[0236789]\d{7}", digits):  # a sheet took the plus or the nought for nothing
        return f"+46{digits.removeprefix('46').removeprefix('0')}", extension
    return phone_key(plain), extension


_NOTED = re.compile(
    r"(?:grupp|jour|gemensam|delad|tjanste|vakt)\w*[ -]?(?:mobil|telefon|nummer|mejl|mail)|"
    r"(?:mobil|telefon|nummer)\w* (?:delas|ar gemensam|gar runt|foljer)"
)


def is_noted_as_shared(note: str) -> bool:
    """Whether a note, folded, says of a number that several have it."""
    return bool(_NOTED.search(note))


def line(label: str) -> str:
    """What a number's label says of it: "home", "many" (a switchboard, a duty phone) or ""."""
    return "many" if _OF_MANY.search(label) else "home" if _AT_HOME.match(label) else ""


def is_mobile(key: str) -> bool:
    """Whether it is a number that one person carries."""
    return bool(_MOBILE.fullmatch(key))


def page(value: str) -> str:
    """A page's address without how it is fetched."""
    return value.strip().casefold().split("://", 1)[-1].removeprefix("www.").partition("?")[0].rstrip("/")


def web(value: str) -> str:
    """The host of a page."""
    return page(value).partition("/")[0]


def address(value: str) -> str:
    """A street address in one spelling: "Storgatan 4, 382 30 Nybro" → "storgatan 4"; "" without a number."""
    words = re.findall(r"\w+", fold(value).replace("vagen", "v").replace("gatan", "g"))
    for n, word in enumerate(words):
        if n and word[0].isdigit():
            return " ".join(words[: n + 1])
    return ""


def town(value: str) -> frozenset[str]:
    """The words behind the house number: "Storgatan 4, 382 30 Nybro" → {"nybro"}."""
    words = re.findall(r"\w+", fold(value))
    at = next((n for n, word in enumerate(words) if n and word[0].isdigit()), len(words))
    return frozenset(word for word in words[at + 1 :] if word.isalpha() and len(word) > 2)


def one_address(mine: Iterable[str], theirs: Iterable[str]) -> bool:
    """Whether two have a street and house number in common, in no two towns."""
    return any(
        (key := address(one)) and key == address(other)
        and (not (here := town(one)) or not (there := town(other)) or bool(here & there))
        for one in mine for other in theirs
    )  # fmt: skip


@lru_cache(maxsize=1 << 15)
def is_of(words: tuple[str, ...], given: tuple[str, ...], family: tuple[str, ...]) -> str:
    """Whose name a mailbox bears: "both", "given", "family" or ""; also in short, as eek, evaek or ek.eva."""
    found = [*words]
    joined = "".join(found)
    mine, theirs = [fold(one) for one in given], [fold(one) for one in family]
    has_given = any(one in found for one in (*mine, "".join(mine)) if len(one) > 1)
    has_family = any(one in found for one in theirs if len(one) > 1) or "".join(theirs) in found
    if has_given and has_family:
        return "both"
    for first in mine:
        for last in (*theirs, "".join(theirs)):
            if not first or not last:
                continue
            short = {first[:n] + last for n in (1, 2, 3)} | {
                first + last,
                last + first,
                last + first[0],
                first + last[0],
            }
            short |= {first[:2] + last[:2], first[:3] + last[:3], first[:2] + last[:3], first[:3] + last[:2]}
            if joined in {one for one in short if len(one) > 2}:
                return "both"
            if len(found) == 2 and (found == [first[0], last] or found == [last, first[0]]):
                return "both"
    return "given" if has_given else "family" if has_family else ""
