"""One book takes over what was done in another since they parted, or since it last did so.

Of each record that was changed there, what both knew last is the base. That stands in the log: here, if the
other has merged this book since, or there. What fits goes in as one transaction; what cannot be saved is left
out, named, and tried again by the next merge; what both changed waits.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from functools import cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Literal

from attrs import evolve

from kontaktnat import codec, model
from kontaktnat.cover import MARK, Closed, cover
from kontaktnat.descriptors import Change
from kontaktnat.errors import Invalid, KontaktnatError, Refused, Usage, shown
from kontaktnat.i18n import Text
from kontaktnat.joining.differing import SIDES, Side, decide, keep
from kontaktnat.joining.gone import gone, without
from kontaktnat.joining.grounds import Grounds, younger
from kontaktnat.joining.points import (
    SETTING,
    WHOLE,
    Known,
    Log,
    Since,
    fields_of,
    parting,
    record_of,
    thinned,
    travels,
)
from kontaktnat.joining.results import Joined, LeftOut
from kontaktnat.joining.threeway import UNKNOWN, Merged, deep, entry, flat, merged
from kontaktnat.judge import judge_change, missing_link, not_told, pointers, still_needed, would_tell
from kontaktnat.model.base import BOOKKEEPING
from kontaktnat.model.names import type_label
from kontaktnat.query import Doc, strings
from kontaktnat.undo import last_revs
from kontaktnat.unit import Key, Unit

if TYPE_CHECKING:
    from kontaktnat.book import Book

Outcome = Literal["created", "updated", "deleted"]


def join(book: Book, other: Book, *, take: Side | None, dry_run: bool, reveal: str | None) -> Joined:
    """See `Book.join`."""
    if take is not None and take not in SIDES:
        raise Usage("take here or there, not {value}", value=shown(take))
    if book._unit or other._unit:
        raise Usage("a merge of books is a transaction of its own: end the one that is open first")
    if other is book or other.store is book.store or _is_one_file(book.place, other.place):
        raise Refused("{path} is the book itself; name another", path=_name(other.place))
    name = _name(other.place)
    with ExitStack() as turns, book.transaction(f"merge {name}", dry_run=dry_run):
        unit = book._now
        other.refresh()
        if reveal is not None:
            book._log_reveal(reveal, tuple(sorted(book.protected())))
            unit.revealing = True
        for one in sorted((book, other), key=lambda one: id(one.store)):  # two threads may cross
            turns.enter_context(one.reading())
        joining = _Joining(book, other, name)
        joining.take()
        joining.settle()
        joining.let_wait(take)
        joining.remember()
        result = joining.result()
    return evolve(result, number=unit.done.number if unit.done else None)


def _name(place: str) -> str:
    """A file's name; of a URL no more than the end of its path, for it may hold a password."""
    scheme, mark, rest = place.partition("://")
    path = rest.partition("/")[2].partition("?")[0] if mark else place
    return PurePath(path).name or scheme


def _is_one_file(one: str, other: str) -> bool:
    try:
        return os.path.samefile(one, other)  # noqa: PTH121  what is no file has no path
    except (OSError, ValueError):
        return False


class _Joining:
    """Collects what is staged, what differs and what is left out."""

    def __init__(self, book: Book, other: Book, name: str) -> None:
        self._book = book
        self._other = other
        self._name = name
        self._unit: Unit = book._now
        self._outward = book.outward()
        here, there = book.store, other.store
        self._log, self._other_log = Log(here), Log(there)
        self._common = parting(self._log, self._other_log)
        self._mine = Known.of(here.get("setting", SETTING))
        self._theirs = Known.of(there.get("setting", SETTING))
        known_here = max(self._common, self._other_log.reached(self._mine.points))
        known_there = max(self._common, self._log.reached(self._theirs.points))
        if not known_here:
            raise Refused(
                "{path} has nothing in common with this book: neither is a copy of the other. Export it with "
                "kontaktnat export jsonl, and import that",
                path=name,
            )
        self._left = {
            key: min(found)
            for key, pairs in self._mine.left.items()
            if (found := [was.number for was, tried in pairs if self._other_log.has(tried)])
        }
        self._erased_here = gone(here, there, self._common, known_here, self._mine.left.keys())
        self._erased_there = gone(there, here, self._common, known_there, self._theirs.left.keys())
        mine = Since.read(here, {known_there}, newest=known_there)
        theirs = Since.read(there, {self._common, known_here, *self._left.values()}, newest=known_here)
        self._grounds = Grounds(
            here=mine,
            there=theirs,
            known_here=known_here,
            known_there=known_there,
            common=self._common,
            where=younger(
                self._log,
                self._other_log,
                mine,
                theirs,
                known_here=known_here,
                known_there=known_there,
                common=self._common,
            ),
            as_there=without(other, self._erased_here),
            as_here=without(book, self._erased_there),
        )
        self._keys = self._changed_there()
        self._waiting = {
            key: codec.from_doc(model.Pending, doc)
            for doc in self._unit.find("pending")
            if (key := record_of(doc)) is not None
        }
        self._waiting_there = {
            key: fields_of(doc) for doc in there.find("pending") if (key := record_of(doc)) is not None
        }
        self._staged: dict[Key, Outcome] = {}
        self._differs: dict[Key, dict[str, Any]] = {}
        self._settled: dict[Key, set[str]] = {}
        self._left_out: dict[Key, Text] = {}
        self._not_taken = 0
        self._conflicts: list[str] = []

    def _changed_there(self) -> list[Key]:
        """Records of which there is something to look at, in the order of the log."""
        grounds, there = self._grounds, self._other.store
        changed: dict[Key, None] = {}
        for key, before in grounds.there.befores[grounds.known_here].items():
            if travels(*key, before, there.get(*key)):
                changed[key] = None
        changed |= dict.fromkeys(grounds.there.decided) | dict.fromkeys(grounds.there.waiting)
        return list(changed | dict.fromkeys(self._left))

    # Taking

    def take(self) -> None:
        """Stage what fits of every record that was changed there."""
        wanted: dict[Key, Doc] = {}
        for key in self._keys:
            type, id = key
            whole = self._other.store.get(type, id)
            theirs = self._grounds.as_there(type, whole)
            if theirs != whole:
                self._not_taken += self._was_said_anew(key, whole, theirs)
            ours = self._unit.current(type, id)
            for_theirs, for_ours = self._grounds.of(key, self._left.get(key))
            if ours is None and theirs is None:
                self._settled[key] = {WHOLE}
            elif ours is not None and theirs is not None:
                self._both_have(key, ours, theirs, for_theirs, for_ours)
            elif self._is_undecided(key, WHOLE):
                if key in self._grounds.there.waiting:
                    self._differ_whole(key, theirs)
            elif theirs is not None:
                if for_theirs is None:
                    wanted[key] = theirs
                elif flat(theirs) != for_theirs or self._is_decided_there(key, WHOLE):
                    self._gone_here(key, theirs, wanted)
            else:
                assert ours is not None
                if for_theirs is not None:
                    self._gone_there(key, ours, for_ours)
        self._create(wanted)

    def _was_said_anew(self, key: Key, whole: Doc | None, theirs: Doc | None) -> bool:
        """Whether what was not taken of somebody who was erased here was said since."""
        was = flat(self._grounds.there.at(self._grounds.known_there_of(self._left.get(key)), key))
        now, left = flat(whole), flat(theirs)
        return any(now[name] != was.get(name) and now[name] != left.get(name) for name in now)

    def _create(self, wanted: Mapping[Key, Doc]) -> None:
        revs = last_revs(self._unit, {id for _, id in wanted})
        for (type, id), doc in wanted.items():
            taken = next((one for one in model.RECORDS if self._unit.get(one, id) is not None), "")
            if taken:
                problem = Text("{type} {id} is already there", type=type_label(taken), id=id)
                self._left_out[type, id] = problem
                continue
            rev = max(doc.get("rev", 1), revs.get(id, 0) + 1)
            self._stage((type, id), {**doc, "rev": rev}, "created")

    def _stage(self, key: Key, doc: Doc | None, outcome: Outcome) -> None:
        self._unit.put(*key, doc, "new" if doc is None else "archive")
        self._staged[key] = outcome

    def _both_have(
        self,
        key: Key,
        ours: Doc,
        theirs: Doc,
        for_theirs: dict[str, Any] | None,
        for_ours: dict[str, Any] | None,
    ) -> None:
        here, there = flat(ours), flat(theirs)
        settled = {name for name in self._waits(key) if here.get(name) == there.get(name)} | {WHOLE}
        base, own = for_theirs or {}, for_ours or {}
        differs: dict[str, Any] = {}
        for name, one in self._waiting_there.get(key, {}).items():
            # Nobody has decided there: what stands there is no answer.
            if name != WHOLE and here.get(name) != (theirs_now := there.get(name)):
                if key in self._grounds.there.waiting:
                    was = one.get("base")
                    if here.get(name) == was:
                        continue
                    differs[name] = entry(was, here.get(name), theirs_now)
                if name in here:
                    there[name] = here[name]
                else:
                    there.pop(name, None)
        decided = self._grounds.there.decided.get(key, set())
        for name in decided & self._waits(key):  # decided there, and not yet here
            if here.get(name) != there.get(name):
                base, own = {**base, name: UNKNOWN}, {**own, name: here.get(name)}
                settled.add(name)
        moved_here = self._grounds.here.decided.get(key, set()) - self._waits(key)
        found = merged(here, there, base, own, moved_here=moved_here, moved_there=decided)
        settled |= {*found.taken}
        if found.taken and (whole := self._fitting(key, ours, found)) is None:
            # Each fits by itself, and not together: a span that ends before it begins, say.
            both = {name: entry(base.get(name), here.get(name), there.get(name)) for name in found.taken}
            found = evolve(found, differs=found.differs | both, taken=())
            settled -= {*both}
        if found.taken:
            assert whole is not None
            self._stage(key, whole, "updated")
        if differs | found.differs:
            self._differs[key] = differs | found.differs
        self._settled[key] = settled

    def _fitting(self, key: Key, ours: Doc, found: Merged) -> Doc | None:
        kept = {name: value for name, value in ours.items() if name in BOOKKEEPING}
        written = {
            "rev": ours.get("rev", 0) + 1,
            "changed": self._book.clock().isoformat(),
            "changed_by": self._unit.by,
        }
        try:
            record = codec.from_doc(model.RECORDS[key[0]], kept | deep(found.fields) | written)
        except Invalid:
            return None
        return codec.to_doc(record)

    def _waits(self, key: Key) -> set[str]:
        waiting = self._waiting.get(key)
        return set() if waiting is None else {*fields_of(codec.to_doc(waiting))}

    def _is_undecided(self, key: Key, name: str) -> bool:
        return name in self._waiting_there.get(key, {})

    def _is_decided_there(self, key: Key, name: str) -> bool:
        return name in self._grounds.there.decided.get(key, set())

    def _gone_here(self, key: Key, theirs: Doc, wanted: dict[Key, Doc]) -> None:
        """Deleted here, and changed there or kept there on purpose."""
        if WHOLE in self._waits(key) and self._is_decided_there(key, WHOLE):
            self._settled[key] = {WHOLE}
            wanted[key] = theirs
        else:
            self._differ_whole(key, theirs)

    def _gone_there(self, key: Key, ours: Doc, for_ours: dict[str, Any] | None) -> None:
        decided = self._is_decided_there(key, WHOLE) and WHOLE in self._waits(key)
        if decided or flat(ours) == for_ours:
            self._settled[key] = {*self._waits(key), WHOLE}
            self._stage(key, None, "deleted")
        else:
            self._differ_whole(key, None)

    def _differ_whole(self, key: Key, theirs: Doc | None) -> None:
        if theirs is None:
            self._differs[key] = {WHOLE: {}}
        elif self._is_covered(key[0], theirs):
            self._left_out[key] = Text(
                "it is covered, was deleted here and changed there; undo the deletion here to have it"
            )
        else:
            self._differs[key] = {WHOLE: {"there": dict(theirs)}}

    def _is_covered(self, type: str, doc: Doc) -> bool:
        """Whether anything of it is, or ever was, covered in one of the books."""
        ids = self._ever.ids | self._ever.hats
        marked = doc["id"] in ids or bool(doc.get("protected"))
        return marked or MARK in cover(type, doc, self._ever)

    @cached_property
    def _ever(self) -> Closed:
        """All who are, or ever were, protected in one of the books."""
        ids, hats = frozenset[str](), frozenset[str]()
        for one in (self._book, self._other):
            past = one._reader.past()
            people = past.people | one.protected()
            ids |= people
            hats |= past.hats(people) | one._reader.hats(people)
        return Closed(ids=ids, hats=hats)

    # Judging

    def settle(self) -> None:
        """Leave out what a guard refuses, then what would lead nowhere by that, or be led to in vain."""
        unit = self._unit
        for key in list(self._staged):
            change = Change(type=key[0], id=key[1], before=unit.before(*key), after=unit.get(*key))
            try:
                if change.after is None and would_tell(unit, self._outward, change):
                    raise not_told(change)
                judge_change(self._book, unit, change, self._outward)
            except KontaktnatError as error:
                self._leave_out(key, error)
        while found := dict(self._in_vain()):
            for key, problem in found.items():
                self._leave_out(key, problem)

    def _in_vain(self) -> Iterator[tuple[Key, KontaktnatError]]:
        unit = self._unit
        deleted = {id for (_, id), outcome in self._staged.items() if outcome == "deleted"}
        pointing = pointers(unit, deleted)
        for key, outcome in self._staged.items():
            if outcome == "deleted":
                if key[1] in pointing:
                    change = Change(type=key[0], id=key[1], before=unit.before(*key))
                    yield key, still_needed(self._outward, change, pointing[key[1]])
            elif problem := missing_link(unit, codec.from_doc(model.RECORDS[key[0]], unit.get(*key) or {})):
                yield key, problem

    def _leave_out(self, key: Key, problem: KontaktnatError) -> None:
        unit = self._unit
        doc = unit.get(*key) or unit.before(*key)
        covered = doc is not None and self._is_covered(key[0], doc)
        unit.put(*key, unit.before(*key), "archive")
        del self._staged[key]
        self._differs.pop(key, None)
        self._settled.pop(key, None)
        # What is wrong with it may be where somebody protected works.
        self._left_out[key] = Text("what does not fit is covered") if covered else problem.text

    # Waiting

    def let_wait(self, take: Side | None) -> None:
        """Keep what both changed, beside what waited before; decide it at once where `take` says so."""
        for key in dict.fromkeys((*self._settled, *self._differs)):
            waiting, new = self._waiting.get(key), self._differs.get(key, {})
            before = {} if waiting is None else fields_of(codec.to_doc(waiting))
            settled = self._settled.get(key, set())
            old = {} if WHOLE in new else {name: one for name, one in before.items() if name not in settled}
            if not (old | new):
                if waiting is not None:
                    self._unit.put("pending", waiting.id, None, "archive")
                continue
            for name in new.keys() & before.keys():  # what both had, before any of it
                new[name] = {side: one for side, one in new[name].items() if side != "base"} | {
                    side: one for side, one in before[name].items() if side == "base"
                }
            if self._names_the_covered(new):
                self._left_out[key] = Text("what differs is covered in the other book")
                continue
            savepoint = self._unit.mark()
            try:
                id = keep(self._book, key, old | new, waiting, self._name)
                self._judge_waiting(id)
            except KontaktnatError as error:
                self._unit.rewind(savepoint)
                self._left_out[key] = error.text
                continue
            if new and not (take and self._decided(id, take)):
                self._conflicts.append(id)

    def _names_the_covered(self, differs: Mapping[str, Any]) -> bool:
        """Whether something would wait that only the other book knows to cover."""
        theirs = self._other._covering()
        unknown = (theirs.ids | theirs.hats) - self._book.protected() - self._book._covering().hats
        return not unknown.isdisjoint(strings(differs))

    def _judge_waiting(self, id: str) -> None:
        unit = self._unit
        change = Change(
            type="pending", id=id, before=unit.before("pending", id), after=unit.get("pending", id)
        )
        judge_change(self._book, unit, change, self._outward)

    def _decided(self, id: str, take: Side) -> bool:
        savepoint = self._unit.mark()
        try:
            decide(self._book, id, take)
        except KontaktnatError:  # what is covered, or does not fit: it waits to be looked at
            self._unit.rewind(savepoint)
            return False
        return True

    # Remembering

    def remember(self) -> None:
        """Up to where the other book was taken, so that the next merge takes only what is new."""
        if not (self._keys or self._left):
            return
        here, there = self._log, self._other_log
        of_other = {one for one in self._mine.points if there.has(one)} | self._grounds.there.points
        points = (self._mine.points - of_other) | thinned(of_other)
        points |= {one for one in self._theirs.points if not here.has(one)}
        left = {key: set(found) for key, found in self._mine.left.items()}
        for key, pairs in self._theirs.left.items():
            if self._is_gone(key):
                continue
            left[key] = left.get(key, set()) | {pair for pair in pairs if not here.has(pair[1])}
        tried = there.point(there.store.version)
        for key in {*self._keys, *self._left_out}:
            left[key] = {pair for pair in left.get(key, set()) if not there.has(pair[1])}
            was = there.point(self._grounds.known_there_of(self._left.get(key)))
            if key in self._left_out and was and tried:
                left[key].add((was, tried))
        self._book.set(SETTING, Known(points, left).value())

    def _is_gone(self, key: Key) -> bool:
        """Whether it is a record of somebody who was erased here."""
        doc = self._other.store.get(*key)
        return key[1] in self._erased_here.ids or (
            doc is not None and self._grounds.as_there(key[0], doc) is None
        )

    def result(self) -> Joined:
        """The counts."""
        outcomes = list(self._staged.values())
        return Joined(
            name=self._name,
            common=self._common,
            news=self._other.store.version - self._grounds.known_here,
            created=outcomes.count("created"),
            updated=outcomes.count("updated"),
            deleted=outcomes.count("deleted"),
            conflicts=tuple(
                found for id in self._conflicts if (found := self._book.peek(model.Pending, id)) is not None
            ),
            left_out=tuple(
                LeftOut(type=type, id=id, reason=reason) for (type, id), reason in self._left_out.items()
            ),
            erased_here=self._not_taken,
            erased_there=tuple(sorted(self._erased_there.ids)),
        )
