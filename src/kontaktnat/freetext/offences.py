"""Sentences in which a person is named and somebody is said to be suspected, convicted, detained, reported…

Offences of individuals (art. 10 GDPR) are not what a contact book is for. The rule is that both stand in one
sentence, not that the word is said of the one who is named: "Bo Lind, polisen, sa att en man är misstänkt".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from kontaktnat.freetext.offence_words import GROUP, NAMED, WORDS

_PLURAL = re.compile(r"\w*(?:misstänkta|dömda|kriminella|gripna|häktade|langare|anhållna)\b")


@cache
def _compiled() -> tuple[tuple[re.Pattern[str], re.Pattern[str] | None], ...]:
    return tuple(
        (re.compile(one.forms), re.compile(one.harmless) if one.harmless else None) for one in WORDS
    )


def tells_offence(sentence: str, named: Iterable[tuple[int, int]]) -> bool:
    """Whether the sentence says such a thing; `named`: where it names people."""
    read = masked(sentence, named)
    if NAMED not in read:
        return False
    group = GROUP.search(read)
    for forms, harmless in _compiled():
        text = harmless.sub(lambda found: " " * len(found[0]), read) if harmless else read
        for found in forms.finditer(text):
            if not (group and _PLURAL.search(found[0])):
                return True
    return False


def masked(sentence: str, named: Iterable[tuple[int, int]]) -> str:
    """The sentence in lower case with every person as ¤, blanks made one."""
    at, parts = 0, []
    for start, end in sorted(named):
        if start < at:
            continue
        genitive = "s" if sentence[end - 1 : end] == "s" and not sentence[end : end + 1].isalnum() else ""
        parts += [sentence[at:start], NAMED]
        if genitive and re.match(r"\s+[a-zåäö]", sentence[end:]) and not _VERB.match(sentence, end):
            parts.append("s")
        at = end
    return " ".join("".join((*parts, sentence[at:])).lower().split())


_VERB = re.compile(r"\s+(?:är|e|var|blev|har|hade|sitter|satt|ska|kan|kör|slår|\w+(?:s|de|te|ar|er)\b)")
"""After "Jonas" or "Alas" comes what he does; after a genitive, what is hers."""
