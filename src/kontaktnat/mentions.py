"""Where a text names one of the people in the book: by name, mail address or number, in any spelling.

What a person is called is taken from documents (`Identity`); `Mentions` finds it in texts, the genitive and
"Ek, Eva" included. Positions count characters of the text in NFC (`normal`).
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from itertools import pairwise
from typing import Literal

from attrs import frozen

from kontaktnat.matching import mail_key, phone_key
from kontaktnat.query import Doc
from kontaktnat.text import fold

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_BETWEEN = re.compile(r"[\s,._*\u200b\u00ad]{1,10}|[-‐‑–]")
_HYPHENS = "-‐‑"
_NO_HYPHENS = str.maketrans("", "", _HYPHENS)
MAIL = re.compile(r"[\w.+'’-]+@\w[\w-]*(?:\.\w[\w-]*)+")
"""What looks like a mail address in a text."""
_PHONE = re.compile(r"(?<![\d+])(?:\+|00)?\d(?:[\s/().‐‑–−-]{0,3}\d){5,}")
_DIGITS = re.compile(r"\+?\d+")
_LEAST, _MOST = 6, 17
"""Digits of a phone number, with what one dials first."""

_FEW = 20

Kind = Literal["name", "part", "mail", "phone"]
"""`part`: a given or family name alone, which may be somebody else's."""


@frozen(kw_only=True, repr=False)
class Identity:
    """What somebody is known by, in all spellings that are alike to us."""

    names: frozenset[tuple[str, ...]] = frozenset()
    """The name in all its forms, as folded words: both orders, initials."""
    whole: frozenset[tuple[str, ...]] = frozenset()
    """The whole name alone: who has the same is a namesake, who only has the initials is not."""
    parts: frozenset[str] = frozenset()
    """Given and family names, folded; their own hyphens stay: "eva-lena"."""
    mails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()

    def __or__(self, other: Identity) -> Identity:
        return Identity(
            names=self.names | other.names,
            whole=self.whole | other.whole,
            parts=self.parts | other.parts,
            mails=self.mails | other.mails,
            phones=self.phones | other.phones,
        )


def identity(docs: Iterable[Doc], shared: Set[str] = frozenset()) -> Identity:
    """What the person of these documents is known by: states of a contact, and of their roles.

    `shared`: keys of addresses and numbers (`way_keys`) that say nothing of who reads or answers them.
    """
    found = Identity()
    for doc in docs:
        mails, phones = way_keys(doc)
        for name in (doc, *({"name": alias} for alias in doc.get("aliases", ()))):
            found |= _named(name) if "name" in name else Identity()
        found |= Identity(mails=mails - shared, phones=phones - shared)
    return found


def way_keys(doc: Doc) -> tuple[frozenset[str], frozenset[str]]:
    """The mail addresses and the phone numbers of a document, in one spelling."""
    ways = [(way.get("kind"), str(way.get("value", ""))) for way in doc.get("ways", ())]
    mails = frozenset(filter(None, (mail_key(value) for kind, value in ways if kind == "mail")))
    return mails, frozenset(filter(None, (phone_key(value) for kind, value in ways if kind == "phone")))


@frozen(kw_only=True, repr=False)
class Mention:
    """Characters `start` to `end` of a text name one of `people` (several where they share a name)."""

    start: int
    end: int
    kind: Kind
    people: frozenset[str]


class Mentions:
    """Finds people in texts. `people`: id → identity; `parts`: whose name may stand alone, as "Eva"."""

    def __init__(self, people: Mapping[str, Identity], *, parts: Set[str] = frozenset()) -> None:
        # By the first two words: many are called Eva, few of them Eva Ek.
        self._names: dict[tuple[str, ...], list[tuple[tuple[str, ...], str, Kind]]] = defaultdict(list)
        self._mails: dict[str, set[str]] = defaultdict(set)
        self._phones: dict[str, set[str]] = defaultdict(set)
        for id, known in people.items():
            for name in known.names:
                self._names[name[:2]].append((name, id, "name"))
            for part in known.parts if id in parts else ():
                words = tuple(part.split("-"))
                self._names[words[:2]].append((words, id, "part"))
            for mail in known.mails:
                self._mails[mail].add(id)
            for phone in known.phones:
                self._phones[phone].add(id)
        self._ends = {phone[-_LEAST:] for phone in self._phones}
        self._few = len({first for first, *_ in self._names}) <= _FEW
        self._clues = {max(name, key=len) for names in self._names.values() for name, *_ in names}

    def spot(self, text: str) -> list[Mention]:
        """Who is named where, from left to right; what lies inside a longer mention is not told."""
        text = normal(text)
        if self._few and not self.may_name(text):
            return []
        found = [*self._named(text), *self._written(text)]
        found.sort(key=lambda one: (one.start, -one.end, one.kind))
        kept: list[Mention] = []
        for one in found:
            if kept and (one.start, one.end, one.kind) == (kept[-1].start, kept[-1].end, kept[-1].kind):
                kept[-1] = Mention(start=one.start, end=one.end, kind=one.kind,
                                   people=kept[-1].people | one.people)  # fmt: skip
            elif not kept or one.start >= kept[-1].end:
                kept.append(one)
        return kept

    def replaced(self, text: str, put: Callable[[Mention], str | None]) -> str:
        """The text with what `put` gives for each mention in its place; None leaves it."""
        if not (found := self.spot(text)):
            return text
        text, done, at = normal(text), [], 0
        for one in found:
            if (new := put(one)) is not None:
                done += [text[at : one.start], new]
                at = one.end
        return "".join((*done, text[at:]))

    def may_name(self, text: str) -> bool:
        """A quick look; False: it surely names nobody. A whole log may be gone through for one person."""
        plain = _plain(text)
        joined = plain.translate(_NO_HYPHENS)
        if any(clue in plain or clue in joined for clue in self._clues):
            return True
        if "@" in text and any(
            all(part in text.casefold() for part in mail.split("@")) for mail in self._mails
        ):
            return True
        digits = "".join(_DIGITS.findall(text)) if self._ends else ""
        return any(end in digits for end in self._ends)

    def _named(self, text: str) -> Iterator[Mention]:
        words = [(found.start(), found.end(), _plain(found[0])) for found in _WORD.finditer(text)]
        for n, (start, end, word) in enumerate(words):
            if _is_tied(text, start - 1, start - 2):  # the Lund of Ek-Lund
                continue
            tied = _is_tied(text, end, end + 1)
            for key in () if tied else {word, _bare(word)}:
                for _, id, kind in self._names.get((key,), ()):
                    # "klass" is not Klas's.
                    if not text[start].isupper() and (kind == "name" or key != word):
                        continue
                    yield Mention(start=start, end=end, kind=kind, people=frozenset({id}))
            yield from self._longer(text, words, n, word)
            if tied and n + 1 < len(words):
                # "Eva-Lena Ek" is Evalena Ek; but alone Ek-Lund is not Eklund.
                for one in self._longer(text, words, n + 1, word + words[n + 1][2]):
                    yield Mention(start=start, end=one.end, kind=one.kind, people=one.people)

    def _longer(self, text: str, words: list[tuple[int, int, str]], n: int, first: str) -> Iterator[Mention]:
        """Names of two words and more: `first`, and what follows word `n`."""
        if n + 1 == len(words):
            return
        start, second = words[n][0], words[n + 1][2]
        for key in {second, _bare(second)}:
            for name, id, kind in self._names.get((first, key), ()):
                if len(name[0]) == 1 and not _is_initial(text, *words[n][:2]):
                    continue  # "I Berg" is a place
                if last := self._follows(text, words, n, name):
                    yield Mention(start=start, end=last, kind=kind, people=frozenset({id}))

    @staticmethod
    def _follows(text: str, words: list[tuple[int, int, str]], n: int, name: tuple[str, ...]) -> int | None:
        """Where the name ends of which word `n` is the first, or None."""
        there = words[n : n + len(name)]
        if len(there) < len(name):
            return None
        *inner, last = (word for _, _, word in there)
        if tuple(inner[1:]) != name[1:-1] or name[-1] not in (last, _bare(last)):
            return None
        end = there[-1][1]
        if _is_tied(text, end, end + 1):
            return None
        return end if all(_BETWEEN.fullmatch(text, a[1], b[0]) for a, b in pairwise(there)) else None

    def _written(self, text: str) -> Iterator[Mention]:
        if self._mails and "@" in text:
            for found in MAIL.finditer(text):
                key = mail_key(found[0].strip("._-'’+").replace("’", "'"))
                if ids := self._mails.get(key) or self._mails.get(re.sub(r"\+[^@]*", "", key)):
                    yield Mention(start=found.start(), end=found.end(), kind="mail", people=frozenset(ids))
        if self._phones:
            for found in _PHONE.finditer(text):
                yield from self._numbers(text, found.start(), found.end())

    def _numbers(self, text: str, start: int, end: int) -> Iterator[Mention]:
        """Known numbers among digits that stand close together: there may be two, with a blank between."""
        groups = [(one.start(), one.end()) for one in _DIGITS.finditer(text, start, end)]
        at = 0
        while at < len(groups):
            first, following = groups[at][0], at + 1
            for n in range(at, len(groups)):
                last = groups[n][1]
                digits = "".join(filter(str.isdecimal, text[first:last]))
                if len(digits) > _MOST:
                    break
                if len(digits) >= _LEAST and digits[-_LEAST:] in self._ends:
                    ids = self._phones.get(phone_key(text[first:last]))
                    if ids:
                        yield Mention(start=first, end=last, kind="phone", people=frozenset(ids))
                        following = n + 1
                        break
            at = following


def normal(text: str) -> str:
    """The text with its letters composed, so that positions and comparisons agree."""
    return unicodedata.normalize("NFC", text)


def _is_initial(text: str, start: int, end: int) -> bool:
    """Whether a letter stands for a name; those that are words too have their stop then."""
    return text[start].isupper() and (text[end : end + 1] == "." or _plain(text[start:end]) not in "aio")


def _is_tied(text: str, hyphen: int, letter: int) -> bool:
    """Whether a word goes on, by a hyphen, in another."""
    there = min(hyphen, letter) >= 0 and max(hyphen, letter) < len(text)
    return there and text[hyphen] in _HYPHENS and text[letter].isalpha()


def name_words(name: str) -> tuple[str, ...]:
    """The words of a name in the one spelling in which they are compared; a hyphen parts them too."""
    return _flat(_words(name))


def _bare(word: str) -> str:
    """Without the ending of a genitive."""
    return re.sub(r"(?:'?s)$", "", word)


def _named(doc: Doc) -> Identity:
    name = str(doc.get("name", ""))
    if name.startswith("[") and name.endswith("]"):  # the mark of who was anonymised is nobody's name
        return Identity()
    called = _words(name)
    given = _words(doc.get("given", "")) or called[: -1 if len(called) > 1 else 1]
    family = _words(doc.get("family", "")) or called[1:][-1:]
    whole, first, last = _flat(called), _flat(given), _flat(family)
    orders = {whole}
    if first and last:
        # All given names, the one that a person goes by, the same in one word, and initials.
        forms = {first, *given, first[:1], ("".join(given[0]),), ("".join(first[:2]),)}
        orders |= {(*form, *last) for form in forms} | {(*last, *form) for form in forms}
        orders |= {(first[0][0], *last), (*(word[0] for word in given[0]), *last)}
    parts = {"-".join(words) for words in (*given, *family)} | {"".join(words) for words in given}
    return Identity(
        names=frozenset(filter(None, orders)),
        whole=frozenset(filter(None, {whole, (*first, *last)})),
        parts=frozenset(parts),
    )


def _words(name: str) -> list[tuple[str, ...]]:
    """The words of a name, each as what its hyphens hold together."""
    found = (_WORD.findall(word) for word in normal(str(name)).split())
    return [tuple(map(_plain, words)) for words in found if words]


def _flat(words: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(one for word in words for one in word)


def _plain(word: str) -> str:
    return fold(word).replace("’", "'")
