"""What somebody asks to see, prepared for the human who decides (tryckfrihetsförordningen 2 kap., OSL).

Nothing is decided here: third persons, numbers and secrecy are marked, and there is room for a decision.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kontaktnat import model
from kontaktnat.codec import record_class, to_doc
from kontaktnat.errors import Invalid, NotFound, Usage
from kontaktnat.i18n import Text, joined
from kontaktnat.mentions import Mentions, normal
from kontaktnat.model.dates import to_date
from kontaktnat.model.names import type_label
from kontaktnat.outward import Outward
from kontaktnat.privacy.disclosed import PROTECTED, Disclosure, Page
from kontaktnat.privacy.fields import Fact, facts, rendered, title, when
from kontaktnat.privacy.marks import Marks
from kontaktnat.privacy.redaction import address_lines, addresses, everybody, tells, ways_only, without
from kontaktnat.privacy.requested import about, date_of, named, within
from kontaktnat.prose import texts
from kontaktnat.query import strings

if TYPE_CHECKING:
    from kontaktnat.book import Book


def disclose(
    book: Book, query: str, since: Any, until: Any, types: Sequence[str], reveal: str | None
) -> Disclosure:
    """See `Privacy.disclose`."""
    query = query.strip()
    if not query:
        raise Usage("say what is asked for: a name, an id, or words to search for")
    first, last = to_date(since), to_date(until)
    if first and last and last.last < first.first:
        raise Invalid("{path}: {end} is before {start}", path="until", end=last, start=first)
    wanted = {record_class(one).type for one in types}
    meant = named(book.as_of(None), query)  # first, for a slip is not to be logged as a look
    out = book.as_of(None) if reveal is None else book.outward(reveal=reveal)
    with book.reading():
        found = about(out, out.get(meant)) if meant else out.find(query)
        kept = [
            one
            for one in found
            if (not wanted or one.type in wanted) and (one.id == meant or within(one, first, last))
        ]
        making = _Making(book, out)
        pages = sorted(map(making.page, kept), key=lambda one: (one.date, one.type, one.id))
    return Disclosure(
        query, str(first or ""), str(last or ""), book.clock(), book.by, tuple(pages), making.marks
    )


class _Making:
    def __init__(self, book: Book, out: Outward) -> None:
        self._out = out.remembering()
        self._covered = out.protected()
        self._marked = book._reader.marked()
        actors = book._reader.find("actor")
        self._people = everybody(book)
        self._near: Mentions | None = None
        secret, theirs, open_ = set[str](), set[str](), set[str]()
        for doc in (*actors, *book._reader.find("contact"), *book._reader.find("role")):
            found = address_lines([doc])
            if not self._covered.isdisjoint((doc["id"], doc.get("contact"), doc.get("actor"))):
                secret |= found
            elif doc["id"] in self._people or doc.get("contact"):
                theirs |= found
            else:
                open_ |= found
        holders = {doc["id"]: doc.get("contact") or "" for doc in book._reader.find("role")}
        ids = {id: one for id, one in ({id: id for id in self._people} | holders).items() if tells(id)}
        self._secret = addresses(secret | {id for id, one in ids.items() if one in self._covered})
        marked = addresses(theirs - open_ - secret)
        self.marks = Marks(self._people, actors, addresses=marked, ids=ids)
        hidden = {doc["id"]: ways_only(doc) for doc in actors if doc["id"] in self._covered}
        hidden |= {id: one for id, one in self._people.items() if id in self._covered}
        self._hidden, self._by_id = Mentions(hidden), hidden
        self._named = Mentions({id: one for id, one in self._people.items() if id in self._marked})

    def page(self, record: model.Record) -> Page:
        doc = to_doc(record)
        ids = self._in(record, doc)
        near = frozenset(self._beyond(ids) & self._people.keys())
        marked = {id: self._people[id] for id in near & self._marked}
        closely = Mentions(marked, parts=marked.keys())
        theirs = {id: self._by_id[id] for id in near & self._by_id.keys()}
        self._near = Mentions(theirs, parts=theirs.keys()) if theirs else None
        told = (
            *facts(self._out, record.type, rendered(type(record), doc, self._told, self._worded)),
            *self._made(record),
        )
        prose = [text for _, text in texts(record.type, doc)]
        return Page(
            record.type,
            record.id,
            self._heading(record),
            date_of(record),
            record.draft,
            self._worded(str(getattr(record, "registry_number", ""))),
            bool(record.hidden)
            or not self._marked.isdisjoint(ids)
            or any(self._named.spot(text) or closely.spot(text) for text in prose),
            tuple(one for one in told if one.key != "draft"),
            record.hidden,
            near,
        )

    def _in(self, record: model.Record, doc: Mapping[str, Any]) -> set[str]:
        """Ids of what a record is about, and of who wears the hats in it."""
        return self._with_wearers({record.id, *strings(doc)})

    def _beyond(self, ids: set[str]) -> set[str]:
        """The same with those of the meetings, questions and promises among them."""
        found = {*ids}
        for cls in (model.FollowUp, model.Interaction, model.Topic):
            for id in ids:
                if (linked := self._out.peek(cls, id)) is not None:
                    found |= {*strings(to_doc(linked))}
        return self._with_wearers(found)

    def _with_wearers(self, ids: set[str]) -> set[str]:
        hats = (self._out.peek(model.Role, id) for id in ids)
        return ids | {id for one in hats if one for id in (one.contact, one.actor) if id}

    def _heading(self, record: model.Record) -> str:
        kind = type_label(record.type)
        if isinstance(record, model.Contact | model.Role):
            return Text("{type}: {name}", type=kind, name=self._told(record.id))
        if isinstance(record, model.Interaction):
            said = self._out.words.name("interaction_kind", record.kind)
            what = self._worded(record.subject or record.theme)
            named: str = joined(", ", (one for one in (said, what) if one))
        elif isinstance(record, model.Commitment):
            return Text(
                "{type}: {name}", type=kind, name=self._out.words.name("commitment_kind", record.kind)
            )
        else:
            named = next(
                (one for name in ("name", "title", "text") if (one := getattr(record, name, ""))), ""
            )
        return Text("{type}: {name}", type=kind, name=self._worded(named))

    def _told(self, id: str) -> str:
        """What an id is called; a protected person's hat would tell where they work."""
        if (role := self._out.peek(model.Role, id)) is not None:
            if role.contact in self._covered or "actor" in role.hidden:
                return PROTECTED
            person = self._told(role.contact) if role.contact else Text("vacant")
            function = (
                self._worded(role.title) or self._out.words.name("function", role.function) or Text("role")
            )
            return joined(", ", (person, function, self._told(role.actor or "")))
        if id in self._people:
            contact = self._out.peek(model.Contact, id)
            return PROTECTED if id in self._covered or contact is None else contact.name
        try:
            record = self._out.get(id)
        except NotFound:
            return Text("(gone)")
        names = ("name", "title", "subject", "theme", "text", "summary")
        said = next((one for name in names if (one := getattr(record, name, ""))), "")
        if not said and isinstance(record, model.Interaction):
            return self._out.words.name("interaction_kind", record.kind)
        return self._worded(said or id)

    def _made(self, record: model.Record) -> Iterator[Fact]:
        for at, by in (("created", "created_by"), ("changed", "changed_by")):
            if moment_ := getattr(record, at):
                who = self._worded(getattr(record, by))
                yield Fact(at, title(at), Text("{at} by {by}", at=when(moment_), by=who))

    def _worded(self, text: str) -> str:
        """A text in which what is protected is covered."""
        if isinstance(text, Text) or not self._covered:
            return text
        parts = _covered(normal(text), self._hidden)
        if self._near:
            parts = [
                new
                for one in parts
                for new in ([one] if isinstance(one, Text) else _covered(one, self._near))
            ]
        return without(parts, self._secret, PROTECTED)


def _covered(text: str, people: Mentions) -> list[str]:
    parts: list[str] = []
    at = 0
    for one in people.spot(text):
        parts += [text[at : one.start], PROTECTED]
        at = one.end
    return [*parts, text[at:]]
