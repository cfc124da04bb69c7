"""Candidates, one by one, into the running transaction."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import attrs
import orjson

from kontaktnat import codec, model, rows
from kontaktnat.cover import MARK, cover
from kontaktnat.descriptors import CLEAR, Candidate, Change
from kontaktnat.errors import Invalid, KontaktnatError, Usage
from kontaktnat.exchange.archive import Archive
from kontaktnat.exchange.results import ImportResult, Rejected, named_in
from kontaktnat.hats import Hat, Hats, source_of
from kontaktnat.i18n import Text, joined, tr
from kontaktnat.judge import judge_change
from kontaktnat.matching import Index, Match, covers, name_key, names_in, nearest
from kontaktnat.model.base import BOOKKEEPING
from kontaktnat.query import Doc, F
from kontaktnat.unit import Key

if TYPE_CHECKING:
    from kontaktnat.between.receiving import Receiving
    from kontaktnat.book import Book
    from kontaktnat.events import Events
    from kontaktnat.taking_back import TakingBack

_NAMES = ("name", "given", "family")
CREATED, UPDATED, UNCHANGED = "created", "updated", "unchanged"
_RANK = (UNCHANGED, UPDATED, CREATED)
"""Of a row of which two records are: as which it counts, last."""
_MORE: Key = ("", "")


class Taker:
    """Takes candidates one by one, and counts what becomes of each."""

    def __init__(self, book: Book, result: ImportResult, name: str) -> None:
        self._book = book
        self._unit = book._now
        self._outward = book.outward()
        self._result = result
        self._name = name
        self._source = f"import {name}"
        self._archive = Archive(book, self._outward)
        self._indexes: dict[str, Index] = {}
        self._waiting: dict[str, set[str]] = defaultdict(set)
        self._waited: dict[tuple[str, str], str] = {}
        """What waited before this import: (its source, whom it is of) → its id."""
        for doc in self._unit.find("pending"):
            source, candidates = doc.get("source", ""), doc.get("candidates", ())
            self._waiting[source].update(candidates)
            if doc.get("kind") == "role" and candidates:
                self._waited[source, candidates[0]] = doc["id"]
        self._last = ""
        """What became of the candidate before, which one that follows shares its row with."""
        self._actors: list[Doc] = []
        self._new: list[str] = []
        self._changed: list[list[Key]] = []
        """Of each row (type, id) of the records that it changed; _MORE, if it did something else, too."""
        self._later: list[tuple[Candidate, str, Hat, Sequence[Any], model.Pending]] = []

    @cached_property
    def _sheet(self) -> TakingBack:
        from kontaktnat.taking_back import TakingBack

        return TakingBack(self._book, self._of_a_sheet)

    def _of_a_sheet(self, type_name: str, id: str) -> None:
        self._judge(type_name, id)
        if index := self._indexes.get(type_name):
            index.note(self._seen(type_name, self._unit.get(type_name, id) or {}))

    @cached_property
    def _hats(self) -> Hats:
        return Hats(self._book, self._outward)

    @cached_property
    def _events(self) -> Events:
        from kontaktnat.events import Events

        return Events(self._book, self._outward, self._name)

    @cached_property
    def _received(self) -> Receiving:
        from kontaktnat.between.receiving import Receiving

        return Receiving(self._book, self._outward)

    def take(self, candidate: Candidate) -> None:
        """Count the row as what becomes of it; one that fails is rejected alone."""
        if candidate.follows and (last := self._result.rejected[-1:]) and last[0].row == candidate.row:
            return
        if candidate.problem:
            self._reject(candidate, candidate.problem)
            return
        savepoint, later, quarantined = self._unit.mark(), len(self._later), self._result.quarantined
        if not candidate.follows or not self._changed:
            self._changed.append([])
        changed = self._changed[-1]
        known = len(changed)
        try:
            outcome = self._outcome(candidate)
        except KontaktnatError as error:
            self._unit.rewind(savepoint)
            self._forget(later)
            self._result.quarantined = quarantined
            if candidate.follows:
                changed.append(_MORE)
                self._taken_back(candidate, self._last, error)
            else:
                kept = error.fields.get("kept", True)  # but not what an erasure took out of the book
                self._reject(candidate if kept else attrs.evolve(candidate, raw=None), _why(candidate, error))
            return
        if outcome != UNCHANGED and len(changed) == known:
            changed.append(_MORE)
        if candidate.follows:
            self._count(self._last, -1)
            outcome = max(outcome, self._last, key=_RANK.index)
        self._count(outcome)
        if outcome == "ignored":
            self._result.ignored_rows.append(candidate.row)
        self._last = outcome

    def settle(self) -> None:
        """What can only be told when all have come: an archive's links, hats at what came later."""
        self._archive.settle(self._taken_back)
        if "_events" in vars(self):
            strangers = self._events.settle()
            self._result.strangers = len(strangers)
            self._result.held_back = self._events.held_back
            self._result.waiting += strangers
            self._result.notes += self._events.notes()
        if "_received" in self.__dict__:
            same = self._received.settle(self._taken_back)
            self._count(UPDATED, -same)
            self._count(UNCHANGED, same)
            self._result.notes += self._received.notes()
        if "_sheet" in self.__dict__:
            self._result.notes += self._sheet.notes()
        for candidate, contact, hat, offices, pending in self._later:
            [again] = self._read([hat.said])
            if not hat.known and again.known and self._unit.get("contact", contact):
                self._or_not(self._put_on_now, candidate, contact, again, offices, pending)
        for contact in self._new:
            self._or_not(self._clear_offices, contact)
        self._leave_what_came_back()

    def _leave_what_came_back(self) -> None:
        """Rows of one record that say different things change it in turn, each time the file is read anew.

        Where it ends as it was, none of them changed it.
        """
        came_back = set()
        for key in {key for row in self._changed for key in row} - {_MORE}:
            before, after = self._unit.before(*key), self._unit.get(*key)
            if before and after and _without_bookkeeping(before) == _without_bookkeeping(after):
                self._unit.put(*key, before, self._unit.origin(*key))
                came_back.add(key)
        rows = sum(1 for row in self._changed if row and came_back.issuperset(row))
        self._count(UPDATED, -rows)
        self._count(UNCHANGED, rows)

    def _or_not(self, act: Callable[..., None], *of: Any) -> None:
        """Do it, unless a guard refuses: the row has been taken, and all of it stays as it is."""
        savepoint = self._unit.mark()
        self._hats.begin()
        try:
            act(*of)
        except KontaktnatError:
            self._unit.rewind(savepoint)
            self._hats.take_back()

    def _clear_offices(self, contact: str) -> None:
        if self._hats.clear_offices(contact):
            self._judge("contact", contact)

    def _put_on_now(
        self, candidate: Candidate, contact: str, hat: Hat, offices: Sequence[Any], pending: model.Pending
    ) -> None:
        """A hat at what came later in the file, in place of what waits of it."""
        left = self._hats.put_on(contact, hat, offices)
        for key in self._hats.touched:
            self._judge(*key)
        if isinstance(left, model.Pending):
            text = self._note(candidate, left.text)
            self._book.update(pending, text=text, candidates=left.candidates)
            self._judge("pending", pending.id)
        else:
            self._book.delete(pending)
            self._judge("pending", pending.id)
            self._result.waiting.remove(pending.id)
            self._result.quarantined -= 1

    def _forget(self, later: int) -> None:
        """What a row that was rewound wanted of hats."""
        if "_hats" in self.__dict__:
            self._hats.take_back()
        if "_events" in vars(self):
            self._events.take_back()
        for _, contact, _, _, pending in self._later[later:]:
            self._waiting[pending.source].discard(contact)
            self._result.waiting.remove(pending.id)
        del self._later[later:]

    def _taken_back(self, candidate: Candidate, outcome: str, problem: KontaktnatError) -> None:
        self._count(outcome, -1)
        self._reject(candidate, _why(candidate, problem))

    def _count(self, outcome: str, rows: int = 1) -> None:
        setattr(self._result, outcome, getattr(self._result, outcome) + rows)

    def _reject(self, candidate: Candidate, reason: str) -> None:
        self._result.rejected.append(Rejected(row=candidate.row, reason=reason, raw=candidate.raw))

    def _outcome(self, candidate: Candidate) -> str:
        if candidate.doc is not None:
            return self._archive.restore(candidate)
        if candidate.type in ("interaction", "followup") and candidate.cells is None:
            return self._events.take(candidate)
        if candidate.type in ("topic", "setting") and "origin" in candidate.fields:
            return self._received.take(candidate)
        if candidate.cells is None:
            return self._save(candidate)
        taken = self._sheet.take(candidate)
        return taken if isinstance(taken, str) else self._save(taken)

    # Rows

    def _save(self, candidate: Candidate) -> str:
        fields = {name: value for name, value in candidate.fields.items() if value not in ("", [], None)}
        if not str(fields.get("name", "")).strip() or fields["name"] == CLEAR:
            raise Invalid("the row has no name", path="name")
        index = self._index(candidate.type)
        cls = codec.record_class(candidate.type)
        if cls is model.Actor and "place" in fields:
            fields["place"] = self._place(str(fields["place"]))
        employed = fields.pop(rows.HATS, ())
        fields = rows.worded(self._book, cls, fields)
        if not _may_be_compared(fields):
            codec.from_doc(cls, rows.said(fields))  # which says what is wrong
        hats = self._read(employed) if employed else []
        offices: list[Any] = []
        whole = {**fields, rows.HATS: employed} if employed else fields
        if hats and not fields.get("protected"):  # beside whose row a change of the actor tells of their hat
            fields["ways"], offices = self._hats.part(fields.get("ways", ()), hats, str(fields["name"]))
        said = rows.said(fields)
        match = self._match(index, said, hats)
        if not match.ids:
            match = self._alike(index, said, hats)
        if match.ids and (not match.sure or self._says_more(candidate.type, match.ids[0], whole)):
            codec.from_doc(cls, said)  # what is wrong is told now, and not when it is decided
            return self._quarantine(candidate, whole, match)
        if match.ids:
            id = match.ids[0]
            outcome = UPDATED if rows.change(self._book, cls, id, fields) else UNCHANGED
        else:
            id, outcome = rows.create(self._book, cls, said, source=self._source), CREATED
        if outcome != UNCHANGED:
            self._judge(cls.type, id)
        worn = self._wear(candidate, id, hats, offices) if hats else UNCHANGED
        if outcome == UPDATED:
            self._changed[-1] += ((cls.type, id),) if worn == UNCHANGED else ((cls.type, id), _MORE)
        outcome = max(outcome, worn, key=_RANK.index)
        if outcome != UNCHANGED:
            doc = self._unit.staged(cls.type, id) or self._unit.get(cls.type, id) or {}
            index.note(self._seen(cls.type, doc))  # only now: a row that is rejected is nobody
            if cls is model.Actor:
                self._actors.append(doc)
            elif hats:
                self._hats.note_contact(doc)
                if outcome == CREATED:
                    self._new.append(id)
        return outcome

    def _place(self, told: str) -> str:
        """A municipality's code (SCB): as told, with the zero that Excel took, or by its name."""
        if told == CLEAR or not told.strip() or told.isdecimal():
            return told.zfill(4) if told.isdecimal() else told
        named = {
            self._codes[key] for key in (name_key(told), name_key(f"{told} kommun")) if key in self._codes
        }
        if len(named) != 1:
            close = nearest(told, self._municipalities)
            raise Invalid(
                "{path}: no municipality in the book is called {value}{hint}; "
                "correct the name, or write its code of four digits",
                path="place",
                value=told,
                hint=Text("; nearest: {names}", names=", ".join(close)) if close else "",
            )
        return named.pop()

    @cached_property
    def _codes(self) -> dict[str, str]:
        """The codes of municipalities by every name of theirs."""
        return {name_key(name): code for name, code in self._municipalities.items()}

    @cached_property
    def _municipalities(self) -> dict[str, str]:
        docs = self._unit.find("actor", F("kind").in_(("municipality",)))
        return {name: doc["place"] for doc in docs if doc.get("place") for name in names_in(doc)}

    def _read(self, said: Sequence[Mapping[str, Any]]) -> list[Hat]:
        hats = self._hats
        while self._actors:  # that came since one was asked for
            hats.note_actor(self._actors.pop())
        return hats.read(said)

    def _match(self, index: Index, said: Mapping[str, Any], hats: Sequence[Hat]) -> Match:
        """Which record the row means; where it says a place of work, the name and that place count as one."""
        if not hats:
            return index.match(said)
        waiting = [self._waiting[source] for hat in hats if (source := source_of(hat.said)) in self._waiting]
        protected = self._outward.protected()  # of whom nothing is told, so that nobody asks by their name

        def works(id: str) -> bool:
            return id not in protected and (any(id in one for one in waiting) or self._hats.wears(id, hats))

        return index.match(said, works=works)

    def _alike(self, index: Index, said: Mapping[str, Any], hats: Sequence[Hat]) -> Match:
        """Who bears another name and yet is surely the same: asked, unless the row says nothing new."""
        near = index.sharing(said)
        if not near:
            return Match()
        from kontaktnat.likeness.evidence import likeness

        worn = [{"actor": hat.said.get("organisation", ""), "title": hat.title, "function": hat.function}
                for hat in hats]  # fmt: skip
        found = [
            (doc, like)
            for doc in near
            if (like := likeness(index.type, {**said, "hats": worn}, doc)).tier == "sure"
        ]
        if not found:
            return Match()
        doc, like = found[0]
        nameless = {name: value for name, value in said.items() if name not in _NAMES}
        known = len(found) == 1 and covers(doc, nameless) and (not hats or self._hats.says(doc["id"], hats))
        return Match(ids=tuple(doc["id"] for doc, _ in found), sure=known, reason=joined("; ", like.reasons))

    def _wear(self, candidate: Candidate, contact: str, hats: Sequence[Hat], offices: Sequence[Any]) -> str:
        """Let them wear the hats, and what came of that."""
        outcome = UNCHANGED
        self._hats.begin()
        settled: list[str] = []
        for hat, here in self._hats.dealt(hats, offices):
            done = self._hats.put_on(contact, hat, here)
            if isinstance(done, model.Pending):
                if contact not in self._waiting.get(done.source, ()):
                    waits = attrs.evolve(done, text=self._note(candidate, done.text))
                    self._later.append((candidate, contact, hat, here, self._wait(waits)))
                    self._waiting[done.source].add(contact)
                    outcome = CREATED
                elif not self._outward.protected().isdisjoint(done.candidates):
                    outcome = self._as_if_new()
            else:
                settled.append(source_of(hat.said))
                if done and outcome == UNCHANGED:
                    outcome = UPDATED
        for key in self._hats.touched:
            self._judge(*key)
        for source in settled:
            self._answered(source, contact)
        self._hats.begin()  # what a later row has to take back is none of this one's
        return outcome

    def _answered(self, source: str, contact: str) -> None:
        """What waited of a hat that has found its place meanwhile is no question any more."""
        if waited := self._waited.get((source, contact)):
            self._book.delete(waited)
            self._judge("pending", waited)
            self._waiting[source].discard(contact)
            del self._waited[source, contact]

    def _says_more(self, type_name: str, id: str, fields: Mapping[str, Any]) -> bool:
        """Whether a row names one who is protected, and says what is covered of them."""
        return MARK in self._seen(type_name, {**dict.fromkeys(fields), "id": id})

    def _quarantine(self, candidate: Candidate, fields: Mapping[str, Any], match: Match) -> str:
        canonical = orjson.dumps([candidate.type, fields], option=orjson.OPT_SORT_KEYS)
        source = f"import:{hashlib.sha256(canonical).hexdigest()[:16]}"
        if source in self._waiting:
            return UNCHANGED if self._outward.protected().isdisjoint(match.ids) else self._as_if_new()
        self._wait(
            model.Pending(
                kind=candidate.type,
                text=self._note(candidate, match.reason),
                raw=dict(fields),
                source=source,
                candidates=match.ids,
            )
        )
        self._waiting[source].update(match.ids)
        return CREATED

    def _as_if_new(self) -> str:
        """What waits and is covered counts as new each time, or one could ask for what waits."""
        self._result.quarantined += 1
        return CREATED

    def _wait(self, pending: model.Pending) -> model.Pending:
        pending = self._book.add(pending)
        self._judge(pending.type, pending.id)
        self._result.waiting.append(pending.id)
        self._result.quarantined += 1
        return pending

    def _note(self, candidate: Candidate, reason: str) -> str:
        """Why it waits, in the language of whoever imports: it is kept as a note."""
        note = Text("row {row} of {path}: {reason}", row=candidate.row, path=self._name, reason=reason)
        return str(tr(note))

    def _judge(self, type_name: str, id: str) -> None:
        """A veto or an unknown word rejects the row, not the file."""
        before, after = self._unit.before(type_name, id), self._unit.staged(type_name, id)
        change = Change(type=type_name, id=id, before=before, after=after)
        judge_change(self._book, self._unit, change, self._outward)

    def _seen(self, type_name: str, doc: Doc) -> Doc:
        closed = self._outward._covering()
        return cover(type_name, doc, closed) if closed else doc

    def _index(self, type_name: str) -> Index:
        if type_name not in self._indexes:
            if type_name not in ("actor", "contact"):
                raise Usage("rows are imported as actor or contact, not {type}", type=type_name)
            docs = (self._seen(type_name, doc) for doc in self._unit.find(type_name))
            self._indexes[type_name] = Index(type_name, docs)
        return self._indexes[type_name]


def _without_bookkeeping(doc: Doc) -> dict[str, Any]:
    return {name: value for name, value in doc.items() if name not in BOOKKEEPING}


def _may_be_compared(fields: Mapping[str, Any]) -> bool:
    """Whether name and ways are of the form that matching takes for granted."""
    return isinstance(fields["name"], str) and all(
        isinstance(way, Mapping) and isinstance(way.get("kind"), str) and isinstance(way.get("value"), str)
        for way in fields.get("ways", ())
    )


def _why(candidate: Candidate, error: KontaktnatError) -> Text:
    """In an archive a field is called by its key."""
    return error.text if candidate.doc is not None else named_in(error)
