"""A register extract: everything that a book holds about one person, others taken out (GDPR art. 15)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from kontaktnat import model
from kontaktnat.errors import Invalid, PluginError, Refused
from kontaktnat.i18n import Text, joined
from kontaktnat.model.dates import day_of
from kontaktnat.model.names import type_label
from kontaktnat.persons import PersonalData
from kontaktnat.privacy.extracted import Entry, Extract, Part
from kontaktnat.privacy.fields import Fact, facts, in_words, title, when
from kontaktnat.privacy.people import subject
from kontaktnat.privacy.redaction import Redaction
from kontaktnat.privacy.tracing import Event, Step, Trace, Tracing, changed_fields
from kontaktnat.refs import by_id
from kontaktnat.views.listing import moment

if TYPE_CHECKING:
    from kontaktnat.book import Book
    from kontaktnat.privacy.paper import Paper

_DATES = ("when", "since", "raised_on", "decided_on", "valid_from", "created")
_ALWAYS = ("purpose", "legal_basis", "source", "informed_at")
"""Of the person, told also where nothing is said: what art. 15.1 a and g, and art. 13-14, ask for."""


def extract(book: Book, person: str, reveal: str | None) -> Extract:
    """See `Privacy.extract`."""
    with book.reading():
        record = by_id(book, person)
        if record is not None and not isinstance(record, model.Contact):
            raise Invalid("{path}: {id} is of type {type}; name a person", path="person", id=person,
                          type=type_label(record.type))  # fmt: skip
        who = subject(book, person)
        tracing = Tracing(book, who)
        if tracing.ever_protected and reveal is None:
            raise Refused(
                "{name} is protected: an extract shows it all; say why with --reveal REASON", name=who.name
            )
        made = _Making(book, who, tracing)
        sections = tuple(one for one in made.sections() if one.entries)
    if tracing.ever_protected:
        book._log_reveal(reveal or "", (who.id,))
    notes = [*made.notes(sections)]
    information = _information(book)
    if information is None:
        notes.append(_NO_CONTROLLER)
    return Extract(who.name, who.id, book.clock(), book.by, sections, tuple(notes), information)


_NO_CONTROLLER = Text(
    "what else article 15.1 asks is to be enclosed (who answers for the data, why, for how long, rights, "
    "where to complain): say who answers for it under [privacy] in the configuration, and it is added here"
)


def _information(book: Book) -> Paper | None:
    """Article 15.1 a-h, beside the data itself; None where the settings do not say who answers for it."""
    from kontaktnat.privacy.information import information

    try:
        return information(book, None)
    except Refused:
        return None


class _Making:
    def __init__(self, book: Book, who: Any, tracing: Tracing) -> None:
        self._book, self._who, self._tracing = book, who, tracing
        self._redaction = Redaction(book, who, tracing)
        self._missing: set[str] = set()

    def sections(self) -> Iterator[Part]:
        person = self._tracing.records("contact")
        contacts = [*person]
        mine = [one for one in contacts if one.doc["id"] == self._who.id]
        yield self._section("person", Text("About the person"), mine)
        yield self._section("roles", Text("Posts, now and before"), self._tracing.roles())
        yield self._section("interactions", Text("Meetings, calls and letters"), self._of("interaction"))
        yield self._section("followups", Text("What is to be done or was promised"), self._of("followup"))
        yield self._section("topics", Text("Questions, problems and examples"), self._of("topic"))
        own = self._tracing.hats.keys()
        rest = [one for one in contacts if one.doc["id"] != self._who.id]
        rest += [one for one in self._of("role") if one.doc["id"] not in own]
        for type in ("actor", "assignment", "network", "commitment"):
            rest += self._of(type)
        yield self._section("elsewhere", Text("Named in other records"), rest)
        yield self._section("pending", Text("Waiting to be sorted"), self._of("pending"))
        yield self._section("settings", Text("Settings of the register"), self._of("setting"))
        yield Part("plugins", Text("Kept by additional programs"), (*self._plugins(),))
        events = self._tracing.events
        looks = tuple(self._head(one) for one in events if one.revealed)
        yield Part("reveals", Text("Who has looked at what is protected"), looks)
        written = tuple(self._head(one) for one in events if one.written)
        yield Part("written", Text("What the person has recorded"), written)
        yield Part("history", Text("What was recorded, changed and deleted"), (*self._history(events),))

    def notes(self, sections: tuple[Part, ...]) -> Iterator[str]:
        hidden = sum(len(entry.hidden) for one in sections for entry in one.entries)
        if hidden:
            yield Text(
                "{n} field is left out, since somebody else in it is protected (OSL 21 kap. 3 §).",
                "{n} fields are left out, since somebody else in them is protected (OSL 21 kap. 3 §).",
                n=hidden,
            )
        for name in sorted(self._missing):
            yield Text(
                "The plugin {name} is not installed here. Its fields in the register are shown as they "
                "stand; what it may keep elsewhere is not in this extract.",
                name=name,
            )
        for name in dict.fromkeys(one.name for one in self._book.plugins.failed):
            if name not in self._missing:
                yield Text(
                    "The plugin {name} could not be used, so what it may keep is not in this extract.",
                    name=name,
                )

    def _of(self, type: str) -> list[Trace]:
        return [*self._tracing.records(type)]

    def _section(self, key: str, title: str, traces: Any) -> Part:
        entries = [self._entry(one) for one in traces]
        return Part(key, title, tuple(sorted(entries, key=lambda one: (one.at, str(one.data.get("id", ""))))))

    def _entry(self, trace: Trace) -> Entry:
        doc = trace.doc
        whole = self._redaction.document(trace.type, doc)
        self._note_plugins(doc.get("extra"))
        shown = (
            whole if trace.fields is None else {name: whole[name] for name in whole if name in trace.fields}
        )
        said = tuple(self._facts(trace, shown))
        days = (
            (self._book.today - _day(doc.get("created"), self._book.today)).days if doc.get("draft") else None
        )
        kept = _kept(shown)
        if trace.type in ("interaction", "topic", "followup") and trace.fields is not None:
            kept = {name: whole[name] for name in ("kind", "title", "when") if whole.get(name)} | kept
        at = next((str(doc[name]) for name in _DATES if doc.get(name)), "")
        data = {"type": trace.type, **kept, **self._bookkeeping(doc)}
        if days is not None:
            data["draft_days"] = days
        if trace.type not in ("role", "contact") or doc["id"] == self._who.id:
            data["id"] = self._redaction.text(doc["id"])  # a post's would tell who else has it
        if hidden := tuple(doc.get("hidden", ())):
            data["covered"] = list(hidden)
        return Entry(trace.type, self._heading(trace, whole), at, said, data, days, hidden)

    def _bookkeeping(self, doc: Mapping[str, Any]) -> dict[str, Any]:
        told = {name: doc[name] for name in ("created", "changed") if doc.get(name)}
        by = (name for name in ("created_by", "changed_by") if doc.get(name))
        return told | {name: self._redaction.official(doc[name]) for name in by}

    def _facts(self, trace: Trace, shown: Mapping[str, Any]) -> Iterator[Fact]:
        told = {one.key: one for one in facts(self._book, trace.type, shown, whole=trace.fields is None)}
        if trace.type == "contact" and trace.fields is None:
            told |= {
                name: Fact(name, title(name), Text("(nothing is said)"))
                for name in _ALWAYS
                if name not in told
            }
        if trace.type == "role" and trace.fields is None:
            told.pop("contact", None)
        yield from told.values()
        doc = self._bookkeeping(trace.doc)
        if doc.get("created"):
            yield Fact("created", title("created"), _by(doc["created"], doc.get("created_by")))
        if doc.get("changed"):
            yield Fact("changed", title("changed"), _by(doc["changed"], doc.get("changed_by")))

    def _heading(self, trace: Trace, whole: Mapping[str, Any]) -> str:
        type, book = trace.type, self._book
        if type == "contact":
            return self._who.name if trace.doc["id"] == self._who.id else Text("The record of another person")
        if type == "role":
            return self._redaction.told(trace.doc["id"]) if trace.fields is not None else _post(book, whole)
        if type == "interaction":
            kind = book.words.name("interaction_kind", str(whole.get("kind", "")))
            what = whole.get("subject") or whole.get("theme")
            parts = [one for one in (when(trace.doc.get("when")), kind, what) if one]
            return joined(", ", parts)
        named = next((whole[name] for name in ("name", "title", "text") if whole.get(name)), "")
        if type == "setting":
            named = self._redaction.text(trace.doc["id"])
        kind = type_label(type)
        return Text("{type}: {name}", type=kind, name=named) if named else kind

    def _note_plugins(self, extra: Any) -> None:
        known = self._book.plugins.collect("register_fields")
        loaded = {one.name for one in self._book.plugins.loaded}
        for name in extra or ():
            plugin = str(name).partition(".")[0]
            if name not in known and plugin not in loaded:
                self._missing.add(plugin)

    def _plugins(self) -> Iterator[Entry]:
        plugins, redacted = self._book.plugins, self._redaction
        asked = plugins.answers("personal_data", person=self._who.person, book=self._book.as_of(None))
        for plugin, found in asked:
            for one in found:
                if not isinstance(one, PersonalData):
                    raise PluginError(
                        "plugin {plugin} failed in {name}: it gives something else than PersonalData",
                        plugin=plugin,
                        name="personal_data",
                    )
                what, where, data = (
                    redacted.text(one.what),
                    redacted.text(one.where),
                    redacted.value(one.data),
                )
                told = [Fact("plugin", Text("plugin"), plugin), Fact("where", Text("where"), where)]
                if one.data is None:
                    told.append(Fact("data", Text("what"), Text("kept there, not copied here")))
                else:
                    told += self._inside(data)
                kept = {"plugin": plugin, "what": what, "where": where, "data": data}
                yield Entry("plugin", what, "", tuple(fact for fact in told if fact.said), kept)

    def _inside(self, data: Any) -> Iterator[Fact]:
        parts = data.items() if isinstance(data, Mapping) else [("data", data)]
        for key, value in parts:
            name = Text("what") if key == "data" else title(key)
            yield Fact(key, name, in_words(self._book, None, "", value))

    def _head(self, event: Event) -> Entry:
        one = event.transaction
        label, by = self._redaction.text(one.label), self._redaction.official(one.by)
        data = {"number": one.number, "at": moment(one.at), "by": by, "label": label}
        heading = Text(
            "{at}, {by}: {label} (no {number})",
            at=when(one.at),
            by=by,
            label=label or Text("(nothing)"),
            number=one.number,
        )
        return Entry("transaction", heading, one.at.isoformat(), (), data)

    def _history(self, events: tuple[Event, ...]) -> Iterator[Entry]:
        for event in events:
            if not event.steps:
                continue
            head = self._head(event)
            told: list[Fact] = []
            changes = []
            for step in event.steps:
                fields = [*self._changes(step)]
                kind = _kind(step)
                what = Text("{type}, {kind}", type=type_label(step.type), kind=kind)
                told.append(Fact(step.type, what, ""))
                for name, _, _, old, new in fields:
                    said = Text("{old} → {new}", old=old, new=new) if step.before else new
                    told.append(Fact("", title(name), said))
                plain = [{"field": name, "old": old, "new": new} for name, old, new, _, _ in fields]
                changes.append({"type": step.type, "change": str(kind), "fields": plain})
            data = {**head.data, "changes": changes}
            if event.transaction.undoes is not None:
                data["undoes"] = event.transaction.undoes
            yield Entry("transaction", head.heading, head.at, tuple(told), data)

    def _changes(self, step: Step) -> Iterator[tuple[str, Any, Any, str, str]]:
        cls = model.RECORDS.get(step.type)
        before, after = (
            self._redaction.document(step.type, doc) if doc else {} for doc in (step.before, step.after)
        )
        for doc in (step.before, step.after):
            self._note_plugins(doc and doc.get("extra"))
        for name in changed_fields(step):
            old, new = before.get(name), after.get(name)
            said = (in_words(self._book, cls, name, value) for value in (old, new))
            yield (name, old, new, *said)  # type: ignore[misc]


def _kept(shown: Mapping[str, Any]) -> dict[str, Any]:
    left_out = {"id", "rev", "created", "created_by", "changed", "changed_by", "hidden"}
    return {
        name: value
        for name, value in shown.items()
        if name not in left_out and value not in (None, "", [], {})
    }


def _kind(step: Step) -> str:
    if step.before is None:
        return Text("new")
    return Text("changed") if step.after is not None else Text("taken away")


def _post(book: Book, whole: Mapping[str, Any]) -> str:
    function = (
        whole.get("title") or book.words.name("function", str(whole.get("function", ""))) or Text("role")
    )
    return joined(", ", (one for one in (function, whole.get("actor")) if one))


def _by(at: str, by: str | None) -> str:
    return Text("{at} by {by}", at=when(at), by=by) if by else when(at)


def _day(at: Any, today: date) -> date:
    return day_of(datetime.fromisoformat(str(at))) if at else today
