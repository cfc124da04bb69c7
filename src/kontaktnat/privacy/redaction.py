"""A document about one person as that person may see it: nobody else is named in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Set
from typing import TYPE_CHECKING, Any

from kontaktnat import model
from kontaktnat.i18n import Text, joined
from kontaktnat.mentions import Identity, identity, normal, way_keys
from kontaktnat.model.ids import is_id
from kontaktnat.privacy.fields import deeply, rendered
from kontaktnat.privacy.marks import Marks, Span, keys_of
from kontaktnat.privacy.people import Subject
from kontaktnat.privacy.tracing import Tracing
from kontaktnat.query import Doc, strings

if TYPE_CHECKING:
    from kontaktnat.book import Book

COVERED = Text("[protected]")
ANOTHER = Text("[another person]")
THEY = Text("[the person]")
_SCHEME = re.compile(r"^(?:https?://)?(?:www\.)?")
_LINES = re.compile(r",|(?=\b\d{3} ?\d\d\b(?! *\d))")
"""Where a line of an address ends: a comma, or the postcode."""


class Redaction:
    """Takes everybody else out of documents; the protected among them come without their hats."""

    def __init__(self, book: Book, person: Subject, tracing: Tracing) -> None:
        covered, others = tracing.covered, tracing.others
        self._book, self._person, self._covered = book, person, covered
        self._contacts, self._theirs = tracing.contacts, tracing.theirs
        reader = book._reader
        actors = reader.find("actor")
        people = {**others, person.id: person.known | identity(tracing.hats.values())}
        hidden = {doc["id"]: ways_only(doc) for doc in actors if doc["id"] in covered}
        # Of an actor or in its own hat it is nobody's: a switchboard.
        self._open = frozenset(
            key for doc in actors if doc["id"] not in covered for keys in way_keys(doc) for key in keys
        )
        self._own = people[person.id].mails | people[person.id].phones
        secret, theirs, own = set[str](), set[str](), address_lines(actors)
        for id, docs in tracing.ways.items():
            if id in tracing.contacts:
                own |= address_lines(docs)
            elif id in covered:
                secret |= address_lines(docs)
            elif id in others:
                theirs |= address_lines(docs)
        hats = (doc for doc in tracing.hats.values() if doc.get("actor") in covered)
        secret |= address_lines(doc for doc in actors if doc["id"] in covered) | address_lines(hats)
        self._secret = addresses(secret)
        ids = {id: id for id in others} | {
            id: next((one for one in holders if one in covered), "")
            for id, holders in tracing.other_hats().items()
        }
        self._marks = Marks(
            {**people, **hidden},
            actors,
            person.id,
            addresses(theirs - own - secret),
            {id: one for id, one in ids.items() if tells(id)},
        )
        self._roles = {**person.roles, **{doc["id"]: doc for doc in reader.find("role")}}
        self._others = others.keys()

    def document(self, type: str, doc: Doc) -> dict[str, Any]:
        """The whole document, redacted; texts are in the reader's language once they are said."""
        near = self._near(doc)
        worn = self._theirs(type, doc)
        return rendered(
            model.RECORDS.get(type),
            doc,
            lambda id: self.told(id, worn),
            lambda text: self.text(text, near),
        )

    def value(self, value: Any) -> Any:
        """Any JSON value, redacted."""
        return deeply(value, self.text)

    def text(self, text: str, near: Collection[str] = ()) -> str:
        """A text with other people taken out, and what looks like a name marked."""
        text = normal(text)
        if not text.strip():
            return text
        secret = [one.span() for pattern in self._secret for one in pattern.finditer(text)]
        parts: list[str] = []
        at = 0
        for span in self._marks.spot(text, near):
            if span.kind not in ("contact", "mail", "phone") and any(
                start < span.end and span.start < end for start, end in secret
            ):
                continue
            if (put := self._put(text, span)) is not None:
                parts += [text[at : span.start], put]
                at = span.end
        return without([*parts, text[at:]], self._secret, COVERED)

    def official(self, by: str) -> str:
        """Who wrote something: officials who act as such stay, but one who is protected."""
        named = frozenset(id for one in self._marks.spot(by) for id in one.people)
        return COVERED if named & self._covered else by

    def told(self, id: str, worn: Set[str] | None = None) -> str:
        """What an id is called to them: other people by function and organisation only.

        `worn`: of the hats that they have, those that were theirs then.
        """
        if id in self._contacts:
            return THEY
        if id in self._roles:
            return self._hat(self._roles[id], worn)
        if id in self._others:
            return COVERED if id in self._covered else ANOTHER
        record = next((doc for type in model.RECORDS if (doc := self._book._reader.get(type, id))), None)
        if record is None:
            return Text("[no longer in the register]")
        for name in ("name", "title", "subject", "theme", "text", "summary"):
            if said := record.get(name):
                return self.text(str(said))
        return self._book.words.name("interaction_kind", str(record.get("kind", ""))) or Text("[untitled]")

    def _hat(self, doc: Doc, worn: Set[str] | None) -> str:
        holder, actor = doc.get("contact"), str(doc.get("actor") or "")
        theirs = holder in self._contacts and (worn is None or doc["id"] in worn)
        if not theirs and (holder in self._covered or actor in self._covered):
            return COVERED
        function = self.text(str(doc.get("title") or "")) if theirs else ""
        said = function or self._book.words.name("function", str(doc.get("function", ""))) or Text("role")
        place = self._book._reader.get("actor", actor) if actor else None
        where = self.text(place["name"]) if place else COVERED
        if theirs:
            return Text("[the person], {function}, {actor}", function=said, actor=where)
        return Text("{function}, {actor}", function=said, actor=where)

    def _near(self, doc: Doc) -> frozenset[str]:
        """Whose given name alone may stand in a document: theirs, and others' who have part in it."""
        found = {*strings(doc)}
        holders = {self._roles[id].get("contact") for id in found if id in self._roles}
        near = (found | holders | {self._person.id}) & {*self._others, self._person.id}
        return frozenset(near) if len(near) > 1 else frozenset()

    def _put(self, text: str, span: Span) -> str | None:
        said = text[span.start : span.end]
        if self._person.id in span.people:
            return None
        if span.kind in ("contact", "mail", "phone") and not keys_of(said).isdisjoint(self._own):
            return None
        if span.kind == "contact":
            return COVERED if span.people & self._covered else ANOTHER
        if span.kind in ("mail", "phone") and not keys_of(said).isdisjoint(self._open):
            return None
        return Text("[?{text}?]", text=said)


def everybody(book: Book) -> dict[str, Identity]:
    """What each contact is known by, of the covered too: whoever shows it sees to that."""
    reader = book._reader
    found = {doc["id"]: identity([doc]) for doc in reader.find("contact")}
    shared = frozenset(key for doc in reader.find("actor") for keys in way_keys(doc) for key in keys)
    for doc in reader.find("role"):
        if (holder := doc.get("contact")) in found:
            found[holder] |= identity([doc], shared)
    return found


def ways_only(doc: Doc) -> Identity:
    """A protected actor may be named; how to reach it may not."""
    mails, phones = way_keys(doc)
    return Identity(mails=mails, phones=phones)


def tells(id: str) -> bool:
    """Whether an id in a text is one: a book may call somebody `bo`, which is a word too."""
    return is_id(id) or any(map(str.isdigit, id))


def address_lines(docs: Iterable[Doc]) -> set[str]:
    """Postal addresses and web pages, whole, and of an address its street and what has a number."""
    found: set[str] = set()
    for doc in docs:
        for way in doc.get("ways", ()):
            value = " ".join(re.sub(r"\n", ", ", normal(str(way.get("value", "")))).split()).casefold()
            if way.get("kind") == "web":
                found.add(_SCHEME.sub("", value).rstrip("/"))
            elif way.get("kind") == "address":
                street, *rest = (line.strip() for line in _LINES.split(value))
                found |= {value, street, *(line for line in rest if any(map(str.isdigit, line)))}
    return {line for line in found if len(line) > 5}


def addresses(lines: Iterable[str]) -> list[re.Pattern[str]]:
    """What finds these lines in a text, in any case and spacing."""
    wanted = sorted(lines, key=lambda line: (-len(line), line))
    forms = (r"[\s,]+".join(re.escape(word.rstrip(",")) for word in line.split()) for line in wanted)
    any_of = "|".join(forms)
    return (
        [re.compile(rf"(?:https?://)?(?:www\.)?(?<![^\W_])(?:{any_of})(?![^\W_])", re.IGNORECASE)]
        if any_of
        else []
    )


def without(parts: Iterable[str], secret: Iterable[re.Pattern[str]], put: str) -> str:
    """The parts of a text as one, with `put` where something secret stands; a Text among them stays."""
    for pattern in secret:
        parts = [
            new for one in parts for new in ([one] if isinstance(one, Text) else _split(one, pattern, put))
        ]
    parts = [one for one in parts if one]
    return parts[0] if len(parts) == 1 else joined("", parts) if parts else ""


def _split(text: str, pattern: re.Pattern[str], put: str) -> list[str]:
    return [one for part in pattern.split(text) for one in (put, part)][1:]
