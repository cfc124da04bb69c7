"""An event of a calendar → a meeting in the book: made, changed, cancelled, or answered."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import attrs
import orjson

from kontaktnat import codec, model, rows
from kontaktnat.acts.meetings import status_of
from kontaktnat.descriptors import Candidate, Change
from kontaktnat.errors import Invalid
from kontaktnat.guests import TOLD, Guest, Guests, Strangers, is_ahead, making
from kontaktnat.i18n import Text
from kontaktnat.ignoring import is_ignored
from kontaktnat.judge import judge_change
from kontaktnat.model.dates import day_of
from kontaktnat.proposals import propose
from kontaktnat.text import fold

if TYPE_CHECKING:
    from kontaktnat.book import Book
    from kontaktnat.outward import Outward

TAKEN = "calendar.taken"
"""Under this name `extra` keeps which edition of an event was taken, and a short digest of what it said."""
ANSWERED = "calendar.answers"
"""Under this name `extra` keeps whose answer was taken last: who, as a short digest, and its edition; and
as ASKED of which edition of the meeting everybody was asked anew."""
ASKED = "asked"
INSIDE, UNKNOWN = "inside", "unknown"
"""Why a meeting that is not in the book is left out."""
_SAID = ("when", "ends", "subject", "place", "kind")
"""What an event says of a meeting, and may change later."""
_OURS = re.compile(r"ics:([0-9a-z]{8})@kontaktnat")
_OUR_TASKS = re.compile(r"ics:followup-([0-9a-z]{8})@kontaktnat")

_Digests = dict[str, str]


class Events:
    """Takes candidates of meetings one by one into the running transaction."""

    def __init__(self, book: Book, outward: Outward, name: str) -> None:
        self._book = book
        self._outward = outward
        self._unit = book._now
        self._guests = Guests(outward)
        self._strangers = Strangers(book, outward, self._guests, name)
        self._networks: dict[str, str] = {one.id: fold(one.name) for one in outward.networks.all()}
        self._kinds = _kinds(book)
        self._by_source: dict[str, str] = {}
        self._by_series: dict[str, dict[str, None]] = defaultdict(dict)
        self._on_day: dict[tuple[str, date], dict[str, None]] = defaultdict(dict)
        self._planned: dict[Any, dict[str, None]] = defaultdict(dict)
        self._whole: dict[str, tuple[Any, frozenset[str]]] = {}
        self.held_back = 0
        """How many are not made before it is known who somebody is."""
        self._left: Counter[str] = Counter()
        for doc in self._unit.find("interaction"):
            self._note(codec.from_doc(model.Interaction, doc))

    def take(self, candidate: Candidate) -> str:
        """created, updated or unchanged; raises Invalid for what cannot be taken.

        Beside an interaction's own fields: `source` (needed), `guests`, `once` (as a mail: see `_once`),
        `kinds` (words that may be its kind), `edition` (sequence, stamp), `does` ("reply", "cancel" or
        "counter": another time is proposed, and `proposal` is the id of the follow-up that says so),
        `known_as` (how to name it in messages) and, of each in a series, `whole`: all sources of the series
        between two days. What was planned there and is not among them is cancelled, when the last has come,
        unless another of that day took its place.
        `leave`: a meeting that is not in the book yet is not to be (INSIDE), or only with somebody who surely
        is in the book (UNKNOWN).
        """
        self._strangers.begin()
        fields = {name: value for name, value in candidate.fields.items() if value not in ("", None)}
        if not fields.get("source"):
            raise Invalid("{path}: missing", path="source")
        if candidate.type == "followup":
            return self._task(fields)
        once = bool(fields.pop("once", False))
        guests = [Guest.of(one, mailed=once) for one in fields.pop("guests", ())]
        sequence, stamp = fields.pop("edition", (0, ""))
        does, whole, leave = fields.pop("does", ""), fields.pop("whole", None), fields.pop("leave", "")
        if once:
            return self._once(fields, guests)
        named = str(fields.pop("known_as", fields["source"]))
        edition = (int(sequence), str(stamp))
        if does == "reply":
            return self._reply(fields, guests, edition, named)
        if does == "cancel":
            return self._cancel(fields, edition, named)
        if does == "counter":
            return self._counter(fields, guests, edition, named)
        kinds = fields.pop("kinds", ())
        said = {kind for one in kinds if (kind := self._kinds.get(fold(str(one))))}
        if "kind" not in fields and len(said) == 1:
            fields["kind"] = said.pop()
        cancelled = fields.pop("status", "") == "cancelled"
        _, event = rows.checked(self._book, model.Interaction, fields)
        assert isinstance(event, model.Interaction)
        if event.when is None:
            raise Invalid("{path}: missing", path="when")
        if whole and self._whole.get(event.series, (None,))[0] is not whole:
            self._whole[event.series] = whole, frozenset(whole[0])
        known = self._known(event)
        if known is None and self._is_left(event.when, guests, leave):
            self._left[leave] += 1
            outcome = "unchanged"
        elif known is None:
            outcome = self._create(event, guests, edition, cancelled=cancelled)
        else:
            outcome = self._update(known, event, guests, edition, cancelled=cancelled)
        ends = bool(whole) and event.source == whole[0][-1]
        gone = ends and self._gone(event.series, whole[1], whole[2])
        return "updated" if gone and outcome == "unchanged" else outcome

    def take_back(self) -> None:
        """The last candidate was rewound: nobody waits for what it was about."""
        self._strangers.take_back()

    def _is_left(self, when: Any, guests: Sequence[Guest], leave: str) -> bool:
        if leave == UNKNOWN:
            return not any(self._guests.who(guest, day_of(when)) for guest in guests)
        return leave == INSIDE

    def notes(self) -> Iterator[Text]:
        """What was left out, as the importer was told to."""
        if n := self._left[INSIDE]:
            yield Text(
                "{n} of the unchanged was left out: nobody from outside your own office is invited",
                "{n} of the unchanged were left out: nobody from outside your own office is invited",
                n=n,
            )
        if n := self._left[UNKNOWN]:
            yield Text(
                "{n} of the unchanged was left out: nobody who is invited is known here",
                "{n} of the unchanged were left out: nobody who is invited is known here",
                n=n,
            )

    def settle(self) -> list[str]:
        """Put the guests whom nobody knows into quarantine; ids of those that are new there."""
        return self._strangers.settle()

    def _once(self, fields: dict[str, Any], guests: Sequence[Guest]) -> str:
        """What is made when it first comes, and changes no more when it comes again: a mail.

        Of guests who are `needed` one must be known; otherwise nothing is made, and those wait with what it
        would be. "ignored" where all of them are people about whom nobody is asked.
        """
        _, said = rows.checked(self._book, model.Interaction, fields)
        assert isinstance(said, model.Interaction)
        if said.when is None:
            raise Invalid("{path}: missing", path="when")
        if self._of_source(said.source):
            return "unchanged"
        on, id = day_of(said.when), model.id_for(said.source)
        needed = [one for one in guests if one.needed]
        if needed and not any(self._guests.who(one, on) for one in needed):
            asked = [one for one in needed if one.key != "name:" and not is_ignored(self._book, one.mail)]
            if not asked:
                return "ignored"
            judged = Change(type="interaction", id=id, after=codec.to_doc(said))
            judge_change(self._book, self._unit, judged, self._outward)
            if not self._strangers.wait(id, asked, makes=making(said, guests)):
                return "unchanged"
            self.held_back += 1
            return "created"
        parts, strangers = self._resolved(guests, on)
        self._saved(self._book._create(said, id, status="held", participants=parts), strangers)
        return "created"

    # Which meeting it is

    def _note(self, meeting: model.Interaction) -> None:
        if meeting.source:
            self._by_source[meeting.source] = meeting.id
        if meeting.series:
            self._by_series[meeting.series][meeting.id] = None
            if meeting.when is not None:
                self._on_day[meeting.series, day_of(meeting.when)][meeting.id] = None
        if meeting.status == "planned" and not meeting.source and meeting.when is not None:
            self._planned[_start(meeting.when)][meeting.id] = None

    def _get(self, id: str) -> model.Interaction | None:
        doc = self._unit.get("interaction", id)
        return None if doc is None else codec.from_doc(model.Interaction, doc)

    def _known(self, event: model.Interaction) -> model.Interaction | None:
        if found := self._of_source(event.source):
            return found
        if found := self._left_over(event):
            return found
        start = self._planned.get(_start(event.when), ())
        same = [
            one
            for id in start
            if (one := self._get(id)) and not one.source and fold(event.subject) in self._titles(one)
        ]
        return same[0] if len(same) == 1 and event.subject else None

    def _left_over(self, event: model.Interaction) -> model.Interaction | None:
        """What the calendar has no longer on that day of its series, for the series has another hour."""
        if event.series not in self._whole or event.when is None:
            return None
        there = self._whole[event.series][1]
        ids = self._on_day.get((event.series, day_of(event.when)), ())
        found = [
            one for id in ids if (one := self._get(id)) and one.source not in there and TAKEN in one.extra
        ]
        return found[0] if len(found) == 1 else None

    def _of_source(self, source: str) -> model.Interaction | None:
        own = _OURS.fullmatch(source)
        return self._get(self._by_source.get(source, "")) or (self._get(own[1]) if own else None)

    def _titles(self, meeting: model.Interaction) -> set[str]:
        kind = (name for name, id in self._kinds.items() if id == meeting.kind)
        network = self._networks.get(meeting.network or "", "")
        return {network, fold(meeting.subject), fold(meeting.theme), *kind} - {""}

    def _meant(self, fields: Mapping[str, Any]) -> list[model.Interaction]:
        """What a cancellation or an answer is about: one meeting, or a whole series of them."""
        if one := self._of_source(fields["source"]):
            return [one]
        ids = self._by_series.get(fields.get("series", ""), ()) if not fields.get("occurrence") else ()
        return [one for id in ids if (one := self._get(id)) and one.source.startswith(f"{fields['source']}/")]

    # What becomes of it

    def _create(
        self, event: model.Interaction, guests: Sequence[Guest], edition: tuple[int, str], *, cancelled: bool
    ) -> str:
        assert event.when is not None
        parts, strangers = self._resolved(guests, day_of(event.when))
        own = _OURS.fullmatch(event.source)
        made = self._book._create(
            event,
            own[1] if own else model.id_for(event.source),
            kind=event.kind or self._kinds.get("meeting", ""),
            status="cancelled" if cancelled else status_of(self._book, event.when),
            participants=parts,
            extra={**event.extra, TAKEN: _written(edition, _digests(event, guests, cancelled=cancelled))},
        )
        self._saved(made, strangers)
        return "created"

    def _update(
        self,
        known: model.Interaction,
        event: model.Interaction,
        guests: Sequence[Guest],
        edition: tuple[int, str],
        *,
        cancelled: bool,
    ) -> str:
        before, was = _read(known)
        ours = _OURS.fullmatch(event.source)
        if ours and not was:
            before = known.rev, ""  # of what was exported from here
        if _older(edition, before):
            return "unchanged"
        digests = _digests(event, guests, cancelled=cancelled)
        wanted: dict[str, Any] = {}
        told = self._told(known)
        for name in _SAID if not told else ():
            value = getattr(event, name)
            if digests[name] == was.get(name, _digest("") if not was else None):
                continue  # the calendar says what it said before; what the book says since then stays
            if name == "subject" and fold(str(value)) in self._titles(known):
                continue
            if (value or was) and not (name in ("kind", "subject") and not value):
                wanted[name] = value
        moved = wanted.get("when", known.when)
        if not told:
            wanted |= self._status(
                known, moved, was.get("status", ""), digests["status"], cancelled=cancelled
            )
        strangers: list[Guest] = []
        if guests and not told and digests["guests"] != was.get("guests"):
            parts, strangers = self._resolved(guests, day_of(moved) if moved else self._book.today)
            wanted["participants"] = self._guests.told_of(known, parts, self._book.today)
        if event.series and not known.series:
            wanted["series"] = event.series
        if known.source != event.source and not ours:
            wanted["source"] = event.source
        differing = {name: value for name, value in wanted.items() if getattr(known, name) != value}
        if "when" in differing and "ends" not in differing and known.ends and event.ends is None:
            differing["ends"] = None
        if not differing and not strangers:
            return "unchanged"
        extra = {**known.extra, TAKEN: _written(edition, digests)}
        self._saved(self._book.update(known, **differing, extra=extra), strangers)
        return "updated"

    def _status(
        self, known: model.Interaction, moved: Any, was: str, now: str, *, cancelled: bool
    ) -> dict[str, str]:
        if now != was and cancelled:
            return {"status": "cancelled"}
        if known.status == "cancelled":
            return {"status": status_of(self._book, moved)} if was and now != was else {}
        if known.status == "held" and moved is not None and moved != known.when:
            return {"status": status_of(self._book, moved)}
        return {}

    def _reply(
        self, fields: Mapping[str, Any], guests: Sequence[Guest], edition: tuple[int, str], named: str
    ) -> str:
        meant = self._meant(fields)
        if not meant:
            raise Invalid("no meeting here is the calendar's {uid}: import its invitation first, then this "
                          "answer", uid=named, path="UID")  # fmt: skip
        outcome = "unchanged"
        for meeting in meant:
            if self._told(meeting) or meeting.when is None:
                continue
            parts, strangers = self._resolved(guests, day_of(meeting.when))
            answers = Answers(meeting)
            parts = tuple(one for one in parts if answers.take(self._guests.person(one), edition))
            strangers = [one for one in strangers if answers.take(one.key, edition)]
            told = self._guests.told_of(meeting, parts, self._book.today)
            if told != meeting.participants or answers.changed:
                extra = {**meeting.extra, **answers.extra}
                self._saved(self._book.update(meeting, participants=told, extra=extra), ())
                outcome = "updated"
            if self._strangers.wait(meeting.id, strangers):
                outcome = "updated"
        return outcome

    def _counter(
        self, fields: Mapping[str, Any], guests: Sequence[Guest], edition: tuple[int, str], named: str
    ) -> str:
        """Another time is proposed: that is to be answered, and nothing is moved. It says who comes, too.

        Not of a meeting that has been or is called off, nor of the time at which it was before.
        """
        meant = self._meant(fields)
        if not meant:
            raise Invalid("no meeting here is the calendar's {uid}: import its invitation first, then this "
                          "answer", uid=named, path="UID")  # fmt: skip
        ahead = [one for one in meant if is_ahead(one, self._book.today)]
        if not ahead or edition[0] < Answers(ahead[0]).asked:
            return "unchanged"
        meeting = min(ahead, key=lambda one: day_of(one.when) if one.when else self._book.today)
        assert meeting.when is not None
        said = [one for one in guests if one.status != "invited"]
        theirs = said if len(said) == 1 else guests
        part = self._guests.who(theirs[0], day_of(meeting.when)) if len(theirs) == 1 else None
        made = propose(self._book, meeting, fields, edition[0], part)
        if made is not None:
            self._judge("followup", made.id)
        outcome = self._reply(fields, said, edition, named) if said else "unchanged"
        return outcome if made is None else "created"

    def _cancel(self, fields: Mapping[str, Any], edition: tuple[int, str], named: str) -> str:
        meant = self._meant(fields)
        if not meant:
            raise Invalid("nothing to cancel: no meeting here is the calendar's {uid}", uid=named, path="UID")
        outcome = "unchanged"
        for meeting in meant:
            before, was = _read(meeting)
            if meeting.status == "cancelled" or self._told(meeting) or _older(edition, before):
                continue
            if len(meant) > 1 and meeting.status == "held":
                continue  # of a series what has been stays as it was
            taken = _written(edition, was | {"status": _digest("cancelled")})
            done = self._book.update(meeting, status="cancelled", extra={**meeting.extra, TAKEN: taken})
            self._saved(done, ())
            outcome = "updated"
        return outcome

    def _told(self, meeting: model.Interaction) -> bool:
        """Whether somebody has said of it who came: then it has been, and stays as it was."""
        came = any(one.status in TOLD for one in meeting.participants)
        return came and not is_ahead(meeting, self._book.today)

    def _gone(self, series: str, since: str, until: str) -> bool:
        """Cancel what was planned in a series on days on which the calendar has it no longer."""
        there, found = self._whole[series][1], False
        first, last = date.fromisoformat(since), date.fromisoformat(until)
        for id in list(self._by_series.get(series, ())):
            one = self._get(id)
            if one is None or one.when is None or one.status != "planned" or one.source in there:
                continue
            if TAKEN in one.extra and first <= day_of(one.when) <= last:
                self._saved(self._book.update(one, status="cancelled"), ())
                found = True
        return found

    def _resolved(
        self, guests: Iterable[Guest], on: date
    ) -> tuple[tuple[model.Participation, ...], list[Guest]]:
        parts: list[model.Participation] = []
        strangers = []
        for guest in (self._guests.standing(one, on) for one in guests):
            part = self._guests.who(guest, on)
            if part is None:
                strangers.append(guest)
            elif at := next((n for n, one in enumerate(parts, 1) if self._guests.same(one, part)), 0):
                host = "host" in (part.part, parts[at - 1].part)  # an organiser is often a guest as well
                better = parts[at - 1] if part.status == "invited" else part
                parts[at - 1] = attrs.evolve(better, part="host" if host else better.part)
            else:
                parts.append(part)
        return tuple(parts), [one for one in strangers if one.key != "name:"]

    def _saved(self, meeting: model.Interaction, strangers: Iterable[Guest]) -> None:
        """A veto, or something grave in a text, rejects this event and not the file."""
        self._judge("interaction", meeting.id)
        self._strangers.wait(meeting.id, strangers)
        self._note(meeting)

    def _judge(self, type_name: str, id: str) -> None:
        before, after = self._unit.before(type_name, id), self._unit.get(type_name, id)
        change = Change(type=type_name, id=id, before=before, after=after)
        judge_change(self._book, self._unit, change, self._outward)

    def _task(self, fields: Mapping[str, Any]) -> str:
        """A task of a calendar → a follow-up: created, updated or unchanged. `source` makes its id."""
        given = dict(fields)
        source = str(given.pop("source"))
        own = _OUR_TASKS.fullmatch(source)
        id = model.FollowUpId(own[1] if own else model.id_for(source))
        doc, said = rows.checked(self._book, model.FollowUp, given)
        assert isinstance(said, model.FollowUp)
        stored = self._unit.get("followup", id)
        if stored is None:
            self._book.add(attrs.evolve(said, id=id))
            self._judge("followup", id)
            return "created"
        known = codec.from_doc(model.FollowUp, stored)
        changes = {name: value for name in doc if (value := getattr(said, name)) != getattr(known, name)}
        if known.done_on or not changes:  # what is done is done
            return "unchanged"
        self._book.update(known, **changes)
        self._judge("followup", id)
        return "updated"


class Answers:
    """Which answers to a meeting have been taken, so that an older one does not take back a newer."""

    def __init__(self, meeting: model.Interaction) -> None:
        self._meeting = meeting.id
        self._known: dict[str, tuple[int, str]] = {}
        for one in str(meeting.extra.get(ANSWERED, "")).split():
            who, _, edition = one.partition("=")
            sequence, _, stamp = edition.partition(";")
            if sequence.isdecimal():
                self._known[who] = int(sequence), stamp
        self.changed = False

    def take(self, who: str, edition: tuple[int, str]) -> bool:
        """Whether somebody's answer is newer than all before; it is remembered then.

        One that bears no stamp is taken at its SEQUENCE alone (RFC 5546, 2.1.5). An answer to what was asked
        before everybody was asked anew is none: it says who can come at another time.
        """
        if edition[0] < self.asked:
            return False
        key = _digest([self._meeting, who])
        before = self._known.get(key, (0, ""))
        if _older(edition, before) or (edition == before and edition[1]):
            return False
        self._known[key] = edition
        self.changed = self.changed or edition != before
        return True

    @property
    def asked(self) -> int:
        """The edition of the meeting with which everybody was asked anew; 0 where they were not."""
        return self._known.get(ASKED, (0, ""))[0]

    @property
    def extra(self) -> dict[str, str]:
        """What is to be kept of it."""
        kept = (f"{who}={sequence};{stamp}" for who, (sequence, stamp) in sorted(self._known.items()))
        return {ANSWERED: " ".join(kept)}


def _kinds(book: Book) -> dict[str, str]:
    """What a kind may be called → its id."""
    found: dict[str, str] = {}
    for id, word in book.words.of("interaction_kind").items():
        for name in (id, word.sv, word.en, *word.synonyms):
            found.setdefault(fold(name), id)
    return found


def _start(when: Any) -> Any:
    return when.timestamp() if isinstance(when, datetime) else str(when)


def _digest(value: Any) -> str:
    return hashlib.sha256(orjson.dumps(value, default=str)).hexdigest()[:6]


def _digests(event: model.Interaction, guests: Iterable[Guest], *, cancelled: bool) -> _Digests:
    found = {name: _digest(_plain(getattr(event, name))) for name in _SAID}
    listed = sorted((one.key, one.status, one.part) for one in guests)
    return found | {"status": _digest("cancelled" if cancelled else ""), "guests": _digest(listed)}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.timestamp()
    return str(value) if value is not None else ""


def _written(edition: tuple[int, str], digests: _Digests) -> str:
    said = ",".join(f"{name}={value}" for name, value in digests.items())
    return f"{edition[0]};{edition[1]};{said}"


def _read(meeting: model.Interaction) -> tuple[tuple[int, str], _Digests]:
    """Which edition was taken of it last, and what that said. Of one of our own: its revision."""
    sequence, _, rest = str(meeting.extra.get(TAKEN, "")).partition(";")
    stamp, _, said = rest.partition(";")
    if not sequence.isdecimal():
        return (0, ""), {}
    pairs = (one.partition("=") for one in said.split(",") if one)
    return (int(sequence), stamp), {name: value for name, _, value in pairs}


def _older(edition: tuple[int, str], before: tuple[int, str]) -> bool:
    if edition[0] != before[0]:
        return edition[0] < before[0]
    return bool(edition[1] and before[1]) and edition[1] < before[1]
