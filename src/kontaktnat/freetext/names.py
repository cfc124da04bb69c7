"""What looks like a person's name: a given name from a list, with or without more, or two capitalised words.

The lists are made by `tools/make_names.py`. A street, a school, a foundation that bears a name is nobody.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from kontaktnat.freetext.around import (
    CALLED,
    FOREIGN,
    GLUED,
    INSTITUTION_AFTER,
    KIN_AFTER,
    LOWER_SURNAME,
    NO_NAME,
    NOUN_ENDINGS,
    PLACE_AFTER,
    PLACE_BEFORE,
    PLACES_LAST,
    PREPOSITION,
    VERB_AFTER,
)
from kontaktnat.freetext.name_lists import Lists, lists

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_INITIALS = re.compile(
    r"(?<![\w.])([^\W\d_])\.(?: ?[^\W\d_]\.)? ?(?:(?:von|van|af|de|el|al) )?(?=[^\W\d_]{2})"
)


class _Token(NamedTuple):
    start: int
    end: int
    word: str

    @property
    def capital(self) -> bool:
        return self.word[0].isupper()


def names(sentence: str) -> list[tuple[int, int]]:
    """The (start, end) of what looks like a person's name in a sentence."""
    tokens = [_Token(one.start(), one.end(), one[0]) for one in _WORD.finditer(sentence)]
    known, found, n = lists(), [], 0
    while n < len(tokens):
        last = _name_at(sentence, tokens, n, known)
        if last is None:
            n += 1
            continue
        found.append((tokens[n].start, tokens[last].end))
        n = last + 1
    return _with_initials(sentence, tokens, known, found)


def _name_at(sentence: str, tokens: Sequence[_Token], n: int, known: Lists) -> int | None:
    """The last word of the name that begins with token `n`, or None."""
    token = tokens[n]
    lower = token.word.lower()
    if not token.capital:
        return _in_lower_case(sentence, tokens, n, known)
    last = n
    while last + 1 < len(tokens) and _goes_on(sentence, tokens, last, known):
        last += 1
    if _is_place(sentence, token, tokens[last]):
        return None
    more = last > n
    if (lower in NO_NAME and not (more and known.is_given(lower))) or (
        token.word.isupper() and not more
    ):  # CAN, LSS: "AHMED ALI" in capitals is rare
        return None
    if known.is_given(token.word):
        # "Per invånare", "Hans son": a word that begins a sentence and is a name besides.
        lone_word = known.is_word(lower) and not more and _begins(sentence, token)
        return last if not lone_word or _says_who(sentence, token, token) else None
    if known.is_family(token.word):
        title = re.search(r"\b(?:herr|hr|fru|fröken|familjen)\s+$", sentence[: token.start], re.IGNORECASE)
        plain = known.is_word(lower) or len(lower) <= 4
        unclear = lower in known.places or (plain and _begins(sentence, token))
        return last if more or title or not unclear else None
    return last if _unlisted(sentence, tokens, n, last, known) else None


def _goes_on(sentence: str, tokens: Sequence[_Token], n: int, known: Lists) -> bool:
    """Whether the next word belongs to the same name: Eva Ek, Maria von Platen, Jan K. Berg."""
    here, then = tokens[n], tokens[n + 1]
    between = sentence[here.end : then.start]
    if between not in (" ", "\u00a0", "  ", ". ") or (between == ". " and len(here.word) > 1):
        return False
    if then.word.lower() in ("von", "van", "af", "de", "el", "al", "bin", "ibn", "da", "dos", "der"):
        return (
            n + 2 < len(tokens) and tokens[n + 2].capital and sentence[then.end : tokens[n + 2].start] == " "
        )
    if not then.capital or then.word.lower() in NO_NAME:
        return False
    # "Samir Kalmar": a place after a name is where he is.
    return then.word.lower() not in known.places or known.is_family(then.word)


def _is_place(sentence: str, first: _Token, last: _Token) -> bool:
    return bool(
        (last.word.endswith(("s", "x", "z")) and PLACE_AFTER.match(sentence, last.end))
        or INSTITUTION_AFTER.match(sentence, last.end)
        or PLACE_BEFORE.search(sentence[: first.start])
        or GLUED.match(last.word.lower())
        or re.match(r"-[^\W\d_]", sentence[last.end :])
        or (last is not first and last.word.lower() in PLACES_LAST)
    )  # fmt: skip


def _begins(sentence: str, token: _Token) -> bool:
    """Whether nothing but signs stands before it, or a colon right before."""
    before = sentence[: token.start]
    return not _WORD.search(before) or bool(re.search(r"[:.!?”\"]\s*$", before))


def _says_who(sentence: str, first: _Token, last: _Token) -> bool:
    """Whether what stands around a word tells that it is somebody: who does it, whose son, "häktad: Bo"."""
    after_colon = re.search(r"[:”\"]\s*$", sentence[: first.start])
    return bool(
        VERB_AFTER.match(sentence, last.end)
        or (last.word.endswith("s") and last.word != "Hans" and KIN_AFTER.match(sentence, last.end))
        or (after_colon and re.match(r"\s*(?:$|[.,;(–-]|och\b)", sentence[last.end :]))
    )


def _unlisted(sentence: str, tokens: Sequence[_Token], n: int, last: int, known: Lists) -> bool:
    """Capitalised words that no list has and that are neither places nor organisations."""
    lowers = [token.word.lower() for token in tokens[n : last + 1]]
    plain = all(token.word[1:].islower() and len(token.word) > 1 for token in tokens[n : last + 1])
    if not plain or len(lowers) > 3:
        return False
    if any(word in NO_NAME or word in known.places or word.rstrip("s") in known.places for word in lowers):
        return False
    begins = _begins(sentence, tokens[n])
    if begins and (len(lowers[0]) > 9 or NOUN_ENDINGS.fullmatch(lowers[0])):
        return False
    if n == last:
        return _unlisted_alone(sentence, tokens[n], begins)
    # At the start any word has a capital: there only what follows says that it is a name.
    return not begins or _says_who(sentence, tokens[n], tokens[last])


def _unlisted_alone(sentence: str, token: _Token, begins: bool) -> bool:
    """One such word: she does something, and where it begins a sentence no Swedish word looks so."""
    lower = token.word.lower()
    if len(lower) < 3 or NOUN_ENDINGS.fullmatch(lower):
        return False
    if begins:
        return bool(FOREIGN.search(lower)) and _says_who(sentence, token, token)
    before = sentence[: token.start]
    if PREPOSITION.search(before):
        return False
    return _says_who(sentence, token, token) or bool(CALLED.search(before))


def _in_lower_case(sentence: str, tokens: Sequence[_Token], n: int, known: Lists) -> int | None:
    """timo virtanen, dragan petrovic; "kevin" alone, if it is no word of Swedish."""
    token = tokens[n]
    lower = token.word
    if len(lower) < 2 or lower in NO_NAME or lower not in known.given:
        return None
    follows = n + 1 < len(tokens) and sentence[token.end : tokens[n + 1].start] == " "
    after = tokens[n + 1].word.lower() if follows else ""
    if known.is_word(lower):  # per dahl, but not "per år": the surname must be one and no word
        return n + 1 if after and known.is_family(after) and not known.is_word(after) else None
    if known.is_family(after) and _says_who(sentence, tokens[n + 1], tokens[n + 1]):
        return n + 1
    if after and not known.is_word(after) and (known.is_family(after) or LOWER_SURNAME.match(after)):
        return n + 1
    if after in known.given and not known.is_word(after):
        return n + 1
    return n if len(lower) > 3 and VERB_AFTER.match(sentence, token.end) else None


def _with_initials(
    sentence: str, tokens: Sequence[_Token], known: Lists, found: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """These, with A. Karlsson and T. Wójcik: an initial and whatever name follows."""
    starts = {token.start: token for token in tokens}
    spans = dict(found)
    for initial in _INITIALS.finditer(sentence):
        token = starts.get(initial.end())
        if token is None or not token.capital or not initial[1].isupper():
            continue
        lower = token.word.lower()
        if lower in NO_NAME or (lower in known.places and not known.is_family(lower)):
            continue
        spans[initial.start()] = spans.pop(token.start, token.end)
    return sorted(spans.items())
