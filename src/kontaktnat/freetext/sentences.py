"""Where sentences begin and end in people's notes, with their bullets, wrapped lines and abbreviations."""

from __future__ import annotations

import re
from collections.abc import Iterator

_ABBREVIATIONS = frozenset(
    """
    a ang anm avd adr bl ca c:a dat dec dir dnr doc dr d e eg el em enl ev exkl ex f feb febr
    fil fm forts frk fr fören förf g gm h hr ing ink inkl int jan jfr jur k kap kl kv l lic lör m mag
    med mob mom n nov nr o obs okt ons ordf p pers pga prof proj prop r red ref reg resp
    s sek sekr sep sept sid sign skr stf str sön t tel telnr tf tfn tis tom tor tors tr u utg v vd
    vice vd v x ö ö:a å åk ä äv övr
    """.split()  # noqa: SIM905
)
"""Words that take a full stop in the middle of a sentence."""
_LAST = frozenset(["dyl", "etc", "fl", "ff", "m.m", "mm", "m.fl", "o.d", "osv", "o.s.v"])
"""Those that may as well be its end: they are where a capital follows."""

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_BULLET = re.compile(r"\s*(?:[-–—*•·○●▪►>→+]+\s|\d{1,2}[.)]\s|[a-zåäö]\)\s|\[[ xX]?\])")
_STOP = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|$)")
_WORD_BEFORE = re.compile(r"[^\s(\"”'/]*$")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The (start, end) of each sentence, from left to right, without the blanks around it."""
    for start, end in _paragraphs(text):
        at = start
        for stop in _STOP.finditer(text, start, end):
            if _ends(text, at, stop, end):
                yield from _trimmed(text, at, stop.end())
                at = stop.end()
        yield from _trimmed(text, at, end)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Lines; one that was only wrapped (the next goes on in lower case) is one with it."""
    at: tuple[int, int] | None = None
    for line in _LINE.finditer(text):
        start, end = line.span()
        if not line[0].strip():
            continue
        if at is not None:
            between, first = text[at[1] : start], line[0].lstrip()
            blank = len(re.findall(r"\r\n|\r|\n|\u2028|\u2029", between)) > 1 or "\u2029" in between
            if first[0].islower() and not blank and not _BULLET.match(line[0]):
                at = at[0], end
                continue
            yield at
        at = start, end
    if at is not None:
        yield at


def _ends(text: str, start: int, stop: re.Match[str], end: int) -> bool:
    following = text[stop.end() : end].lstrip(" \t\r\n\"'”’»«(*-–•")
    if not following or not stop[0].startswith("."):
        # "Skolan!" and "varför?" end one, unless what was said goes on: ”Är han häktad?”, undrade hon.
        return not following or not (following[0].islower() and len(stop[0]) > 1 and stop[0][-1] in "\"'”’»")
    found = _WORD_BEFORE.search(text[start : stop.start()])
    word = found[0] if found else ""
    if stop[0].startswith(".."):
        return not following[0].islower()
    if not word or word.isdecimal():
        # "1. Lägesbild", "den 5. maj"; but "år 2026. En man".
        return not following[0].islower() and bool(text[start : stop.start() - len(word)].strip())
    lower = word.lower()
    if lower in _LAST or lower.endswith((".m", ".fl", ".d", ".dyl")):
        return following[0].isupper()
    if lower in _ABBREVIATIONS or len(word) == 1 or ("." in word and max(map(len, word.split("."))) <= 2):
        return False
    return following[0].isalnum() or following[0] in "[<@#§+%"


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
