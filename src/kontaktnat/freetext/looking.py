"""A text looked through for what it may not hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

from attrs import frozen

from kontaktnat.freetext.first import may_hold_number, may_tell_of_minor, spaced
from kontaktnat.freetext.forms import Words
from kontaktnat.freetext.minors import tells_of_minor
from kontaktnat.freetext.offences import tells_offence, touched, would_tell
from kontaktnat.mentions import Mention, Mentions, normal
from kontaktnat.plain import Plain

Rule = Literal["number", "offence", "minor"]
Known = Callable[[], Mentions] | Mentions | None


@frozen(eq=False, repr=False)
class Found(Plain):
    """Characters [start, end) of the text in NFC: the digits of a number, else a whole sentence."""

    _shown = ("rule", "start", "end")

    rule: Rule
    start: int
    end: int

    @property
    def grave(self) -> bool:
        """Whether it may not be saved without a reason."""
        return self.rule == "number"


def look(text: str, known: Known = None) -> list[Found]:
    """What a text holds, from left to right. `known`: the people of the book, asked for only when needed."""
    text = normal(text)
    lower = spaced(text)
    found = list(_numbers(text)) if may_hold_number(text) else []
    words, minor = touched(lower), may_tell_of_minor(lower)
    if words or minor:
        found += _sentences(text, found, known, words, minor)
    return sorted(found, key=lambda one: (one.start, one.end, one.rule))


def _numbers(text: str) -> Iterator[Found]:
    from kontaktnat.freetext.numbers import numbers

    for start, end in numbers(text):
        yield Found("number", start, end)


def _sentences(
    text: str, numbers: list[Found], known: Known, words: list[Words], minor: bool
) -> Iterator[Found]:
    from kontaktnat.freetext.names import names
    from kontaktnat.freetext.sentences import sentences

    certain = [(one.start, one.end) for one in numbers]
    asked: list[Mention] | None = None
    for start, end in sentences(text):
        sentence = text[start:end]
        here, child = _to_look_for(sentence, words, minor)
        if not (here or child):
            continue
        people = [(a - start, b - start) for a, b in certain if start <= a < end]
        named = _apart([*people, *names(sentence)])
        if here and tells_offence(sentence, named, here):
            yield Found("offence", start, end)
        elif here and known is not None and would_tell(sentence, named, here):
            if asked is None:
                asked = [one for one in _mentions(known).spot(text) if _stands_alone(text, one)]
            met = [(one.start - start, one.end - start) for one in asked if start <= one.start < end]
            if met and tells_offence(sentence, _apart([*met, *named]), here):
                yield Found("offence", start, end)
        if child and tells_of_minor(sentence, named):
            yield Found("minor", start, end)


def _to_look_for(sentence: str, words: list[Words], minor: bool) -> tuple[list[Words], bool]:
    """Of what may be in the text, what may be in this sentence."""
    lower = spaced(sentence)
    return [one for one in touched(lower) if one in words], minor and may_tell_of_minor(lower)


def _mentions(known: Callable[[], Mentions] | Mentions) -> Mentions:
    return known if isinstance(known, Mentions) else known()


def _stands_alone(text: str, mention: Mention) -> bool:
    """Whether it is somebody of the book: not so "Ek" or "Berg" where it may be the tree or the hill."""
    if mention.kind != "part":
        return True
    from kontaktnat.freetext.name_lists import lists

    word = text[mention.start : mention.end]
    return word[0].isupper() and len(word) > 2 and not lists().is_word(word.lower())


def _apart(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those that lie in one another made one."""
    apart: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if apart and start < apart[-1][1]:
            apart[-1] = apart[-1][0], max(end, apart[-1][1])
        else:
            apart.append((start, end))
    return apart
