"""What a bundle brings, into the running transaction: whence it came kept, and nothing of ours overwritten.

A topic has the same id in every book that it comes to, made of its county and its id there. Of one that came
before, what stands as it came follows its county; what was changed here stays, and is told; what was deleted
here is not made again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Set
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from attrs import evolve

from kontaktnat import codec
from kontaktnat.between import form
from kontaktnat.between.persons import Persons
from kontaktnat.between.sending import carried, digest, digests, own_county
from kontaktnat.descriptors import Candidate, Change
from kontaktnat.errors import Invalid, KontaktnatError
from kontaktnat.i18n import Text, and_more, joined
from kontaktnat.judge import judge_change
from kontaktnat.model import Topic, TopicId, TopicLink, id_for
from kontaktnat.model.base import BOOKKEEPING
from kontaktnat.origin import SENT, Origin, authority, bare_names, county_name, origin_of, with_origin
from kontaktnat.undo import deleted

if TYPE_CHECKING:
    from kontaktnat.book import Book
    from kontaktnat.outward import Outward

Key = tuple[str, str]
"""A topic's county and its id there."""
_FEW = 5


def candidates(doc: Mapping[str, Any]) -> Iterator[Candidate]:
    """A bundle as candidates: first who sends it, with the statistics, then a topic each."""
    sender = doc["county"]
    whence = {"county": sender, "made_on": doc["made_on"]}
    listed = [[one["county"], one["id"]] for one in doc["topics"]]
    first = {"origin": whence, "kinds": doc["kinds"], "topics": listed, "statistics": doc["statistics"]}
    yield Candidate(row=1, type="setting", fields=first)
    for n, topic in enumerate(doc["topics"], 2):
        origin = {name: topic[name] for name in ("county", "id", "made_on", "rev")} | {
            "via": "" if topic["county"] == sender else sender,
            **{name: ";".join(topic.get(name, ())) for name in ("raised_by", "taken_up_by")},
        }
        own = {name: topic[name] for name in (*form.FIELDS, "links") if name in topic}
        yield Candidate(row=n, type="topic", fields={**own, "origin": origin})


def here(county: str, id: str) -> TopicId:
    """What another county's topic is called in every book it comes to."""
    return TopicId(id_for(f"bundle:{county}:{id}"))


class Receiving:
    """Takes the candidates of a bundle one by one."""

    def __init__(self, book: Book, outward: Outward) -> None:
        self._book, self._unit, self._outward = book, book._now, outward
        self._ours = own_county(outward)
        self._persons = Persons()
        self._taken: dict[TopicId, tuple[Candidate, str]] = {}
        self._sent: Mapping[str, Any] = {}
        self._newest = True
        self._own = 0
        self._out: list[str] = []
        self._kept: list[Text] = []
        self._gone: list[Text] = []

    def take(self, candidate: Candidate) -> str:
        """What became of it. Raises Invalid for a text in which somebody is named."""
        if candidate.type == "setting":
            return self._take_sender(candidate.fields)
        fields = dict(candidate.fields)
        origin = _whence(fields.pop("origin"))
        if self._is_own((origin.county, origin.id)):
            self._own += 1
            return "unchanged"
        id = here(origin.county, origin.id)
        if self._unit.get("topic", id) is None and id in self._deleted:
            self._out.append(id)
            return "unchanged"
        fresh = self._made(id, fields, origin)
        if not self._came_so(fresh):
            self._look_through(fields, origin)
        outcome = self._put(fresh, origin)
        if outcome != "unchanged":
            self._taken[id] = candidate, outcome
        return outcome

    def settle(self, take_back: Callable[[Candidate, str, KontaktnatError], None]) -> int:
        """Judge what came when all is there, without links to what did not; mark what came no more.

        How many topics that were updated are, without those links, as they were.
        """
        for id, (candidate, outcome) in self._taken.items():
            self._unlink(id)
            before, after = self._unit.before("topic", id), self._unit.get("topic", id)
            try:
                judge_change(self._book, self._unit, Change(type="topic", id=id, before=before, after=after),
                             self._outward)  # fmt: skip
            except KontaktnatError as error:
                self._unit.put("topic", id, before)
                take_back(candidate, outcome, error)
        for id in self._taken:  # one that was taken back leaves links to it behind
            self._unlink(id)
        same = sum(self._is_as_before(id) for id, (_, outcome) in self._taken.items() if outcome == "updated")
        self._withdraw()
        return same

    def notes(self) -> list[Text]:
        """What else there is to say."""
        own = Text(
            "{n} topic is your own county's, and is left as it is; two books of one county: kontaktnat merge",
            "{n} topics are your own county's, and are left as they are; two books of one county: "
            "kontaktnat merge",
            n=self._own,
        )
        out = Text(
            "{n} topic was deleted here, and is not made again: {ids}{more}; undo that to have it",
            "{n} topics were deleted here, and are not made again: {ids}{more}; undo that to have them",
            n=len(self._out), ids=", ".join(self._out[:_FEW]), more=and_more(len(self._out) - _FEW),
        )  # fmt: skip
        return [*self._kept, *self._gone, *([out] if self._out else ()), *([own] if self._own else ())]

    # Topics

    @cached_property
    def _deleted(self) -> Set[str]:
        return deleted(self._unit, "topic")

    def _came_so(self, fresh: Topic) -> bool:
        """Whether it came just so before, and was looked through then."""
        doc = self._unit.get("topic", fresh.id) or {}
        came = fresh.extra["origin.came"]
        return bool(doc) and doc.get("extra", {}).get("origin.came") == came

    def _look_through(self, fields: Mapping[str, Any], origin: Origin) -> None:
        told = {name: fields.get(name, "") for name in form.TEXTS}
        told |= {name: bare_names(getattr(origin, name)) for name in ("raised_by", "taken_up_by")}
        for name, text in told.items():
            self._look_at(name, text, origin.via or origin.county)

    def _look_at(self, path: str, text: str, sender: str) -> None:
        if found := self._persons.told_in(text):
            raise Invalid("{path}: it holds {what}, which no bundle may; tell {authority}", path=path,
                          what=found, authority=authority(sender))  # fmt: skip

    def _is_own(self, key: Key) -> bool:
        county, id = key
        if county == self._ours:
            return True
        doc = self._unit.get("topic", id)
        if doc is None or origin_of(codec.from_doc(Topic, doc)) is not None:
            return False
        return (doc.get("county") or self._ours) in (county, "")

    def _made(self, id: TopicId, fields: Mapping[str, Any], origin: Origin) -> Topic:
        """The topic as its county has it; a word that nobody here knows is left out."""
        evidence = fields.get("evidence", "")
        told = {name: value for name, value in fields.items() if value != "" and name != "links"}
        if evidence and not self._outward.words.has("evidence", evidence):
            del told["evidence"]
        links = [
            TopicLink(kind=one["kind"], topic=target)
            for one in fields.get("links", ())
            if (target := self._target((one["county"], one["topic"]))) and target != id
        ]
        topic = codec.from_doc(Topic, {"id": id, **told})
        topic = evolve(topic, links=tuple(links), county=origin.county)
        came = digests(carried(topic))
        return evolve(topic, extra=with_origin({}, evolve(origin, came=came)))

    def _target(self, key: Key) -> TopicId:
        return TopicId(key[1]) if self._is_own(key) else here(*key)

    def _put(self, fresh: Topic, origin: Origin) -> str:
        doc = self._unit.get("topic", fresh.id)
        if doc is None:
            self._book.add(fresh)
            return "created"
        now = codec.from_doc(Topic, doc)
        was = origin_of(now)
        if was is None:
            raise Invalid("{path}: a topic of your own has the id that this one would get", path="id")
        order, before = (origin.rev, origin.made_on), (was.rev, was.made_on)
        if order < before or (origin.via and order == before):
            return "unchanged"
        came = _by_field(was.came)
        stands, wanted = carried(now), carried(fresh)
        moved = [name for name, value in wanted.items() if digest(value) != came.get(name, "")]
        touched = [name for name in wanted if digest(stands[name]) != came.get(name, "")]
        said = (origin.raised_by, origin.taken_up_by, "")
        if not moved and said == (was.raised_by, was.taken_up_by, was.withdrawn_on):
            return "unchanged"
        if kept := [name for name in moved if name in touched and stands[name] != wanted[name]]:
            self._kept.append(_stays(now, origin, kept))
        # What was changed here to what its county says now is as it came, from here on.
        changes = {name: getattr(fresh, name) for name in moved if name not in kept}
        extra = with_origin(now.extra, evolve(origin, came=digests(wanted)))
        self._book.update(now, **changes, extra=extra)
        return "updated"

    def _unlink(self, id: TopicId) -> None:
        """Take out links to what is not here, as if they had never come."""
        doc = self._unit.get("topic", id)
        if doc is None:
            return
        now = codec.from_doc(Topic, doc)
        links = tuple(one for one in now.links if self._unit.get("topic", one.topic) is not None)
        origin = origin_of(now)
        if len(links) < len(now.links) and origin:
            bare = evolve(now, links=links)
            came = _by_field(origin.came) | {"links": digest(carried(bare)["links"])}
            told = " ".join(f"{name}:{value}" for name, value in sorted(came.items()) if value)
            self._book.update(now, links=links, extra=with_origin(now.extra, evolve(origin, came=told)))

    def _is_as_before(self, id: TopicId) -> bool:
        """Whether it was updated, and nothing of it is new in the end; then it is put back as it stood."""
        before, after = self._unit.before("topic", id), self._unit.get("topic", id)
        if not before or not after or before == after:
            return False
        if any(before.get(name) != after.get(name) for name in (before.keys() | after.keys()) - BOOKKEEPING):
            return False
        self._unit.put("topic", id, before)
        return True

    def _withdraw(self) -> None:
        """Mark what its county sent before and sends no more; it stays, for somebody may build on it."""
        if not self._sent or not self._newest or self._sent["origin"]["county"] == self._ours:
            return
        county, day = self._sent["origin"]["county"], self._sent["origin"]["made_on"]
        listed = {here(*key) for key in self._sent["topics"]}
        for doc in self._unit.find("topic"):
            if doc["id"] in listed or "origin.county" not in doc.get("extra", {}):
                continue
            now = codec.from_doc(Topic, doc)
            origin = origin_of(now)
            if origin and self._goes(now, origin, county, day):
                self._book.update(now, extra=with_origin(now.extra, evolve(origin, withdrawn_on=day)))
                self._gone.append(
                    Text("{county} no longer sends {title} ({id}); it stays here, marked: see if it holds",
                         county=county_name(county), title=now.title, id=now.id)
                )  # fmt: skip

    def _goes(self, now: Topic, origin: Origin, county: str, day: str) -> bool:
        mine = origin.county == county and not origin.withdrawn_on
        return mine and now.kind in self._sent["kinds"] and origin.made_on < day

    # Who sends

    def _take_sender(self, fields: Mapping[str, Any]) -> str:
        county, day = fields["origin"]["county"], fields["origin"]["made_on"]
        if day > (self._book.today + timedelta(days=1)).isoformat():  # else it were the newest for ever
            raise Invalid("{path}: {day} is still to come; is the clock right, here and there?",
                          path="made_on", day=day)  # fmt: skip
        self._sent = fields
        if county == self._ours:
            return "unchanged"
        kept = self._outward_setting(county)
        self._newest = day >= kept.get("made_on", "")
        value = {**kept, "made_on": max(day, kept.get("made_on", ""))}
        if (told := fields["statistics"]) is not None:
            for place in {str(row["column"] or "").partition(" ")[2] for row in told["rows"]}:
                self._look_at("statistics", place, county)
            years = dict(kept.get("statistics", {}))
            year = str(told["year"])
            if day >= years.get(year, {}).get("made_on", ""):
                rows = {"until": told["until"], "rows": told["rows"]}
                known = years.get(year, {})
                if {name: known.get(name) for name in rows} != rows:
                    years[year] = {"made_on": day, **rows}
            value["statistics"] = years
        if value == kept:
            return "unchanged"
        self._book.set(f"{SENT}{county}", value)
        return "updated" if kept else "created"

    def _outward_setting(self, county: str) -> dict[str, Any]:
        doc = self._unit.get("setting", f"{SENT}{county}")
        value = doc.get("value") if doc else None
        return dict(value) if isinstance(value, Mapping) else {}


def _whence(told: Any) -> Origin:
    """What a candidate says of it; another importer's may say it wrongly."""
    try:
        return Origin(**told)
    except TypeError as error:
        raise Invalid("{path}: {problem}", path="origin", problem=str(error)) from None


def _by_field(came: str) -> dict[str, str]:
    """The digests by field."""
    return dict(one.partition(":")[::2] for one in came.split())


def _stays(now: Topic, origin: Origin, names: Collection[str]) -> Text:
    from kontaktnat.privacy.fields import title

    return Text(
        "kept as it was changed here: {fields} of {title} ({id}); {county} says something else now",
        fields=joined(", ", map(title, names)), title=now.title, id=now.id, county=origin.name,
    )  # fmt: skip
