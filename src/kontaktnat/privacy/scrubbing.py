"""A document without one person, the same for every copy of it: today's, and those in the log.

Erased, the contact and its hats are gone; where they took part the actor did, in the function they had, so
that counts of kind, month, function and municipality stay (arkivförordningen 14 §, GDPR art. 89). Anonymised,
somebody without a name held the hats. In both, no text names them any more.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

import orjson

from kontaktnat.i18n import tr
from kontaktnat.joining.points import fields_of, record_of, said
from kontaktnat.likeness.apart import read
from kontaktnat.mentions import Mention, normal
from kontaktnat.model.base import BOOKKEEPING
from kontaktnat.privacy.people import Subject
from kontaktnat.prose import reworded, texts
from kontaktnat.query import Doc, strings
from kontaktnat.remarks import setting_of
from kontaktnat.text import fold

_CONTACT = BOOKKEEPING | {"county", "protected", "purpose", "legal_basis"}
_POST = BOOKKEEPING | {"county", "actor", "function", "covers"}
_HAT = _POST | {"contact", "assignment", "share", "since", "until"}
RECEIPT = "erasure."
"""How the ids of settings begin that are receipts of erasures."""

_OWN_NAME = re.compile(r"(?:name|given|family|aliases\[\d+\])$")
_LOOSE = ("candidates", "extra", "unknown", "value")
"""Where ids may stand in any shape; elsewhere a word may look like one."""


class Place(NamedTuple):
    """Where a text stands."""

    type: str
    id: str
    path: str


class Scrubber:
    """Call it with (type, document). `keep`: anonymise; `mark` stands where they were named."""

    def __init__(self, subject: Subject, *, keep: bool, mark: str, living: frozenset[str]) -> None:
        self._subject = subject
        self._told = subject.contacts | subject.roles.keys()
        self._keep = keep
        self._mark = mark
        self._living = living
        """Contacts that are in the book: what they are called is theirs."""
        self.changed: dict[Place, None] = {}
        """Texts that named them."""
        self.left: dict[Place, None] = {}
        """Texts in which somebody else of the same name may be meant: nothing was changed there."""

    def __call__(self, type: str, doc: dict[str, Any]) -> dict[str, Any] | None:
        if not self._may_concern(doc):
            return doc
        id = doc.get("id")
        if type == "contact" and id in self._subject.contacts:
            return self._contact(doc)
        if type == "role" and doc.get("contact") in self._subject.contacts:
            return self._role(doc)
        if type == "setting":
            if str(id).startswith(RECEIPT):  # what is told there names nobody
                return doc
            if not self._subject.ids.isdisjoint(read(str(id)) or ()):  # told apart from somebody
                return None
            if id in {setting_of(one) for one in self._subject.ids} or self._subject.mentions.spot(str(id)):
                return None
            if id == "by" and self._subject.mentions.spot(str(doc.get("value", ""))):
                return None
        linked = self._subject.is_linked(doc)
        if type == "pending" and (linked or self._is_named(type, doc)):
            return self._differing(doc) if record_of(doc) else None
        if linked and not self._keep:
            kept = self._unlinked(doc)
            if type == "followup" and not kept.get("about"):
                return None
            doc = kept
        return self._reworded(type, doc, closely=linked)

    def head(self, head: Mapping[str, Any]) -> dict[str, Any]:
        """What the log says of a transaction."""
        kept = {**head, **{name: self._said(str(head[name])) for name in ("label", "by") if name in head}}
        if not self._told.isdisjoint(head.get("reveals", ())):  # why somebody looked at them
            kept["label"] = self._subject.closely.replaced(str(kept.get("label", "")), lambda _: self._mark)
        if not self._keep and "reveals" in kept:
            kept["reveals"] = [id for id in kept["reveals"] if id not in self._subject.ids]
        return kept

    def _may_concern(self, doc: Doc) -> bool:
        """A quick look at all of it: nearly every document of a large log is somebody else's."""
        text = orjson.dumps(doc).decode()
        return any(id in text for id in self._told) or self._subject.mentions.may_name(text)

    # Their own records

    def _contact(self, doc: Doc) -> dict[str, Any] | None:
        if not self._keep or doc["id"] != self._subject.id:
            return None
        return self._signed(
            {name: value for name, value in doc.items() if name in _CONTACT} | {"name": self._mark}
        )

    def _role(self, doc: Doc) -> dict[str, Any] | None:
        if self._keep:
            return self._signed({name: value for name, value in doc.items() if name in _HAT})
        if doc["id"] not in self._subject.posts:
            return None
        return self._signed({name: value for name, value in doc.items() if name in _POST})  # vacant

    # What points at them

    def _differing(self, doc: Doc) -> dict[str, Any] | None:
        """What two books differ in of another's record, without the person; None where no difference is left.

        A field in which they stand goes whole, a text that names them is reworded. Theirs alone is gone.
        """
        key = record_of(doc)
        if key is None or key[1] in self._told or not self._told.isdisjoint(doc.get("candidates", ())):
            return None
        there = fields_of(doc)
        left = {field: one for field, one in there.items() if self._told.isdisjoint(strings(one))}
        kept = self._reworded("pending", {**doc, "raw": {**doc["raw"], "differs": left}}, closely=False)
        differs = {
            field: one for field, one in fields_of(kept).items() if one.get("here") != one.get("there")
        }
        if not differs:
            return None
        if differs.keys() != there.keys():
            kept["text"] = str(tr(said(differs, str(kept["raw"].get("book", "")))))
        kept["raw"] = {**kept["raw"], "differs": differs}
        return None if self._is_named("pending", kept) else kept  # a namesake may be meant: all of it goes

    def _unlinked(self, doc: Doc) -> dict[str, Any]:
        kept = dict(doc)
        if "participants" in doc:
            parts = (self._part(one) for one in doc["participants"])
            kept["participants"] = [one for one in parts if one is not None]
        if "about" in doc:
            about = (self._at(id) for id in doc["about"])
            kept["about"] = list(dict.fromkeys(id for id in about if id))
        for name in _LOOSE:
            if name in kept:
                kept[name] = self._pruned(kept[name])
        return kept

    def _part(self, part: Doc) -> dict[str, Any] | None:
        kept = dict(part)
        if self._hat(kept.get("deputy_for")):
            del kept["deputy_for"]
        if kept.get("contact") in self._subject.contacts:
            return None
        if hat := self._hat(kept.get("role")):
            if not hat.get("actor"):
                return None
            del kept["role"]
            kept |= {"actor": hat["actor"], "function": hat.get("function", "")}
        return kept

    def _at(self, id: str) -> str | None:
        """What stands for them where something is about them."""
        if id in self._subject.contacts:
            return None
        return hat.get("actor") if (hat := self._hat(id)) else id

    def _hat(self, id: str | None) -> Doc | None:
        """A hat of theirs; a post that is somebody else's now speaks of that one."""
        return None if id is None or id in self._subject.holders else self._subject.roles.get(id)

    def _pruned(self, value: Any) -> Any:
        """Without their ids, wherever they stand."""
        gone = self._subject.ids
        if isinstance(value, Mapping):
            return {key: self._pruned(one) for key, one in value.items() if not _among(one, gone)}
        if isinstance(value, list):
            return [self._pruned(one) for one in value if not _among(one, gone)]
        return value

    # What names them

    def _is_named(self, type: str, doc: Doc) -> bool:
        subject = self._subject
        return bool(subject.split.paths(doc)) or any(
            subject.mentions.spot(text) for _, text in texts(type, doc)
        )

    def _reworded(self, type: str, doc: Doc, *, closely: bool) -> dict[str, Any]:
        subject, id = self._subject, str(doc.get("id", ""))
        beside = subject.beside(doc)
        split = subject.split.paths(doc)
        parts = frozenset(part for one in beside for part in one.parts)
        # Where a namesake is, or may be, a name says nothing; a mail address or a number does.
        doubtful = (
            any(one.whole & subject.known.whole for one in beside) if closely else bool(subject.namesakes)
        )
        mentions = subject.closely if closely else subject.mentions
        families = frozenset(name[-1] for name in subject.known.whole if len(name) > 1)

        def change(path: str, text: str) -> str:
            if type == "contact" and id in self._living and _OWN_NAME.match(path):
                return text
            place, plain = Place(type, id, path), normal(text)
            if path in split:
                (self.left if doubtful else self.changed)[place] = None
                return text if doubtful else self._mark

            def put(one: Mention) -> str | None:
                if (
                    (one.kind == "name" and doubtful)
                    or (_is_one_word(plain, one) and _is_unsure(plain, one, parts, families))
                    or _is_anothers(type, path)
                ):
                    self.left[place] = None
                    return None
                self.changed[place] = None
                return self._mark

            return mentions.replaced(text, put) if text else text

        return self._signed(reworded(type, doc, change))

    def _signed(self, doc: dict[str, Any]) -> dict[str, Any]:
        """Who wrote it may have been they."""
        written = {name: self._said(doc[name]) for name in ("created_by", "changed_by") if doc.get(name)}
        return {**doc, **written}

    def _said(self, text: str) -> str:
        return self._subject.mentions.replaced(text, lambda _: self._mark)


def _among(value: Any, ids: frozenset[str]) -> bool:
    return isinstance(value, str) and value in ids


def _is_one_word(text: str, one: Mention) -> bool:
    return one.kind in ("name", "part") and re.fullmatch(r"[\w'’-]+", text[one.start : one.end]) is not None


def _is_unsure(text: str, one: Mention, parts: frozenset[str], families: frozenset[str]) -> bool:
    """Whether a part of a name may be a common word, part of another's name, or a colleague's."""
    word = fold(text[one.start : one.end]).removesuffix("s")
    before = re.search(r"([^\W\d_][\w'’-]*) $", text[: one.start])
    after = re.match(r" [^\W\d_]", text[one.end :])
    begins = before is None or re.search(r"(?:^|[.!?:\n]\s*)$", text[: before.start()])
    return (
        not text[one.start].isupper()
        or bool(after and after[0][1].isupper())
        # "Ring Anna" is about her, "Maria Svensson" about another.
        or bool(before and before[1][0].isupper() and (not begins or word in families))
        or any(word == part.removesuffix("s") for part in parts)
    )


def _is_anothers(type: str, path: str) -> bool:
    """What an actor is called, and how others are reached, is no text about the person."""
    return (type == "actor" and re.match(r"(?:name|aliases|names)\b", path) is not None) or bool(
        re.match(r"ways\[\d+\]\.value$", path)
    )
