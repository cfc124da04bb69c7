"""Sentences in which a person is named and somebody is said to be suspected, convicted, detained, reported…

Offences of individuals (art. 10 GDPR) are not what a contact book is for. The rule is that both stand in one
sentence, not that the word is said of the one who is named: "Bo Lind, polisen, sa att en man är misstänkt".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from kontaktnat.freetext.first import stems
from kontaktnat.freetext.forms import NAMED, Words, compiled
from kontaktnat.freetext.offence_words import WORDS
from kontaktnat.freetext.offence_words.parts import PARTS
from kontaktnat.freetext.offence_words.topics import GROUP, PLURAL, TOPIC

_VERB = re.compile(r"\s+(?:är|e|var|blev|har|hade|sitter|satt|ska|kan|kör|slår|stal|\w+(?:s|de|te|ar|er)\b)")
"""After "Jonas" or "Elias" comes what he does; after a genitive, what is hers."""


_STEMS = [(stems(one.stems), one) for one in WORDS]


def touched(text: str) -> list[Words]:
    """Those whose words may be in a text, which is `spaced`. Only these need be made into expressions."""
    return [one for needed, one in _STEMS if any(stem in text for stem in needed)]


@cache
def _expressions(words: Words) -> tuple[re.Pattern[str], re.Pattern[str] | None]:
    return compiled(words.forms, PARTS), compiled(words.harmless, PARTS) if words.harmless else None


@cache
def _group() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    return compiled(TOPIC), compiled(GROUP), compiled(PLURAL)


def tells_offence(sentence: str, named: Iterable[tuple[int, int]], words: Iterable[Words]) -> bool:
    """Whether the sentence says such a thing; `named`: where it names people, `words`: those to look for."""
    read = masked(sentence, named)
    if NAMED not in read:
        return False
    topic, group, plural = _group()
    read = topic.sub(_blanked, read)
    many = bool(group.search(read))
    for one in words:
        forms, harmless = _expressions(one)
        text = harmless.sub(_blanked, read) if harmless else read
        if any(not (many and plural.search(found[0])) for found in forms.finditer(text)):
            return True
    return False


_CAPITALISED = re.compile(r"[^\W\d_a-zåäö]\w+(?: [^\W\d_a-zåäö]\w+)*")


def would_tell(sentence: str, named: Iterable[tuple[int, int]], words: Iterable[Words]) -> bool:
    """Whether it would say such a thing if any of its words were the name of somebody in the book."""
    capitals = [found.span() for found in _CAPITALISED.finditer(sentence)]
    known, words = list(named), list(words)
    there = [span for span in capitals if not any(a < span[1] and span[0] < b for a, b in known)]
    begun = NAMED + " " + sentence
    shifted = [(a + 2, b + 2) for a, b in known]
    return tells_offence(sentence, [*known, *there], words) or tells_offence(begun, shifted, words)


def _blanked(found: re.Match[str]) -> str:
    """In its place what is no word; who is named in it still is."""
    return re.sub(r"[^¤ ]", "_", found[0])


def masked(sentence: str, named: Iterable[tuple[int, int]]) -> str:
    """The sentence in lower case, blanks made one, every person as ¤ (whose name: ¤s)."""
    at, parts = 0, []
    for start, end in sorted(named):
        if start < at:
            continue
        parts += [sentence[at:start], NAMED]
        after = sentence[end:]
        if sentence[end - 1] == "s" and re.match(r"\s+[^\W\d_]", after) and not _VERB.match(after):
            parts.append("s")
        at = end
    return " ".join("".join((*parts, sentence[at:])).lower().split())
