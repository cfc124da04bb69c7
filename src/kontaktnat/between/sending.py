"""A book → a bundle for other counties: built from named fields, never by taking out of a record.

Who raised a topic becomes their municipality or nothing; a text that may tell of a person keeps its topic at
home, and the sender is told which and why.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

import orjson

from kontaktnat import model
from kontaktnat.between import form
from kontaktnat.between.persons import Persons
from kontaktnat.codec import to_doc
from kontaktnat.errors import Invalid, Usage
from kontaktnat.i18n import Text
from kontaktnat.model.asof import name_on
from kontaktnat.options import check_options
from kontaktnat.origin import COUNTIES, Origin, authority, county_name, is_foreign, origin_of
from kontaktnat.outward import Outward
from kontaktnat.privacy.fields import title
from kontaktnat.text import fold
from kontaktnat.views.contacted import final, successors
from kontaktnat.views.standing import MUNICIPALITY

Item = dict[str, Any]


def bundle(out: Outward, options: Mapping[str, str]) -> tuple[dict[str, Any], list[Text]]:
    """The bundle's document, and what is to be said to whoever sends it.

    Options: `topics` (shared, which is the default, or all), `kinds` (words apart by commas), `year` of the
    statistics (the last that has ended by default; no: none), `county` where the book does not say.
    Raises Invalid for what none of these may be, Usage where nobody says which county it is.
    """
    check_options(options, topics=("shared", "all"), kinds=None, year=None, county=None)
    sender = _Sender(out, options)
    topics = sender.topics()
    doc = {
        "county": sender.county,
        "authority": authority(sender.county),
        "made_on": out.today.isoformat(),
        "kinds": list(sender.kinds),
        "count": len(topics),
        "topics": topics,
        "statistics": sender.statistics(options.get("year", "").strip()),
    }
    if not topics and not sender.every:
        sender.notes.append(Text("no topic is marked as shared: kontaktnat set TOPIC shared=yes"))
    return doc, [*sender.notes, _said(doc)]


def digests(item: Mapping[str, Any]) -> str:
    """`field:digest` of each value that a bundle carries and that is not blank: what `Origin.came` keeps."""
    return " ".join(f"{name}:{digest(value)}" for name, value in sorted(item.items()) if value)


def digest(value: Any) -> str:
    """Twelve characters that tell a value from another; "" of nothing."""
    if not value:
        return ""
    return hashlib.sha256(orjson.dumps(value, option=orjson.OPT_SORT_KEYS)).hexdigest()[:12]


def carried(topic: model.Topic) -> dict[str, Any]:
    """What of a topic's own fields a bundle can carry, as JSON; links by the ids of this book."""
    doc = to_doc(topic)
    links = sorted((one.kind, one.topic) for one in topic.links)
    return {name: doc.get(name, getattr(topic, name) or "") for name in form.FIELDS} | {
        "links": [{"kind": kind, "topic": id} for kind, id in links]
    }


def untouched(topic: model.Topic, origin: Origin) -> bool:
    """Whether it stands here as it came."""
    return digests(carried(topic)) == origin.came


def own_county(book: Outward) -> str:
    """The code of the book's county; "" where it does not say."""
    code = book.setting("county", "")
    return code if isinstance(code, str) and code in COUNTIES else ""


class _Sender:
    def __init__(self, out: Outward, options: Mapping[str, str]) -> None:
        self.out = out.remembering()
        self.notes: list[Text] = []
        self.every = options.get("topics", "shared") == "all"
        self.county = _county(out, options.get("county", "").strip())
        self.kinds = _kinds(out, options.get("kinds", ""))
        self._persons = Persons(out)
        self._after = successors(self.out)
        self._own = own_county(out) or self.county
        self._places = {one.place: one for one in self.out.actors.where(kind=MUNICIPALITY)
                        if one.place and one.id not in self._after and not one.protected}  # fmt: skip
        self.place: Callable[[str], str] = cache(self._place)

    def topics(self) -> list[Item]:
        """Those that go along, in order of county and id."""
        items: dict[str, Item] = {}
        links: dict[str, model.Topic] = {}
        for topic in self.out.topics.all():
            if self._is_wanted(topic) and (item := self._item(topic)):
                items[topic.id], links[topic.id] = item, topic
        for id, topic in links.items():
            found = [(one.kind, items[one.topic]) for one in topic.links if one.topic in items]
            told = sorted((kind, other["county"], other["id"]) for kind, other in found)
            if told:
                items[id]["links"] = [
                    dict(zip(("kind", "county", "topic"), one, strict=True)) for one in told
                ]
        return sorted(items.values(), key=lambda one: (one["county"], one["id"]))

    def statistics(self, said: str) -> dict[str, Any] | None:
        """Those of a year; None where they are not asked for, or are another county's than the bundle."""
        if fold(said) in ("no", "nej"):
            return None
        year = _year(self.out, said)
        if self._own != self.county:
            self.notes.append(
                Text("without statistics: those of this book are of {county}", county=county_name(self._own))
            )
            return None
        return _statistics(self.out, year, self.place)

    def _is_wanted(self, topic: model.Topic) -> bool:
        chosen = (self.every or topic.shared) and topic.kind in self.kinds
        if chosen and not is_foreign(topic):  # of a book of two counties each has its own bundle
            chosen = (topic.county if topic.county in COUNTIES else self._own) == self.county
        return chosen and not (topic.draft or topic.hidden) and _status(topic) != ""

    def _item(self, topic: model.Topic) -> Item | None:
        origin = origin_of(topic)
        if origin is not None:
            if not untouched(topic, origin):
                self.notes.append(
                    Text("left out: {title} ({id}), which is {county}'s and was changed here",
                         title=topic.title, id=topic.id, county=origin.name)
                )  # fmt: skip
                return None
            if origin.withdrawn_on:
                return None
        for name in form.TEXTS:
            if found := self._persons.told_in(getattr(topic, name)):
                self.notes.append(
                    Text("left out: {title} ({id}): its {field} holds {what}; mend it: kontaktnat edit {id}",
                         title=topic.title, id=topic.id, field=title(name), what=found)
                )  # fmt: skip
                return None
        doc = carried(topic)
        item = {name: doc[name] for name in form.FIELDS if doc[name] != ""}
        item["status"] = _status(topic)
        if not form.is_word(item.get("evidence", "none")):
            item["evidence"] = ""
        if origin is None:
            places = {
                "raised_by": self._named(topic.raised_by),
                "taken_up_by": self._named(one.actor for one in topic.uptake),
            }
            whence = {"id": topic.id, "county": self.county, "made_on": self.out.today.isoformat(),
                      "rev": topic.rev}  # fmt: skip
        else:
            places = {"raised_by": _apart(origin.raised_by), "taken_up_by": _apart(origin.taken_up_by)}
            whence = {"id": origin.id, "county": origin.county, "made_on": origin.made_on, "rev": origin.rev}
        return {**whence, **item, **{name: named for name, named in places.items() if named}}

    def _named(self, actors: Iterable[str]) -> list[str]:
        """The municipalities of actors, by code and name; of a protected actor, and of others, nothing."""
        found = set()
        for id in actors:
            actor = self.out.peek(model.Actor, final(self._after, id))
            if actor is not None and not (actor.protected or actor.hidden) and actor.place:
                found.add(self._place_of(actor.place))
        return sorted(filter(None, found))

    def _place(self, id: str) -> str:
        """A municipality that is a column of statistics, by its id."""
        actor = self.out.peek(model.Actor, id)
        return self._place_of(actor.place) if actor and actor.place else ""

    def _place_of(self, code: str) -> str:
        actor = self._places.get(code)
        if actor is None:
            return ""
        told = f"{code} {' '.join(name_on(actor, self.out.today).split())}"
        return told if form.is_place(told) and not self._persons.told_in(told[5:]) else ""


def _county(out: Outward, said: str) -> str:
    known = {fold(name): code for code, name in COUNTIES.items()}
    if said:
        wanted = fold(said)
        for code in COUNTIES:
            if wanted in (code, fold(COUNTIES[code]), fold(COUNTIES[code]).removesuffix(" lan")):
                return code
        found = known.get(wanted) or known.get(f"{wanted} lan") or known.get(f"{wanted}s lan")
        if found is None:
            raise Invalid("{path}: {value} is no county; write its name or its code, as 08", path="county",
                          value=said)  # fmt: skip
        return found
    if code := own_county(out):
        return code
    raise Usage("which county's bundle is it? write --set county=NAME")


def _kinds(out: Outward, said: str) -> tuple[str, ...]:
    named = {out.words.lookup("topic_kind", one.strip()) for one in said.split(",") if one.strip()}
    return tuple(kind for kind in form.KINDS if kind in named or not named)


def _status(topic: model.Topic) -> str:
    """How it stands, for others; "": it is a draft, or done with and without an answer."""
    if topic.status in ("open", "lifted"):
        return topic.status
    if topic.status == "draft" or (topic.status == "closed" and not topic.answer.strip()):
        return ""
    return "" if topic.kind == "example" and topic.status == "closed" else "answered"


def _apart(places: str) -> list[str]:
    return [one for one in places.split(";") if one]


def _statistics(out: Outward, year: int, place: Callable[[str], str]) -> dict[str, Any]:
    """A year's statistics, small counts of people withheld as in the view; places by their codes."""
    from kontaktnat.views.statistics import statistics

    rows = []
    for row in statistics(out, year=year).rows:
        id = row["column_id"]
        column = id if not id or _is_month(id) else place(id)
        if (column or not id) and (not row["row_id"] or form.is_word(row["row_id"])):
            rows.append({"measure": row["measure"], "row": row["row_id"], "column": column, "n": row["n"]})
    until = min(out.today.isoformat(), f"{year:04}-12-31")
    return {"year": year, "until": until, "rows": rows}


def _is_month(id: str) -> bool:
    return len(id) == len("2026-11") and id[4] == "-"


def _year(out: Outward, said: str) -> int:
    if not said:
        return out.today.year - 1
    if not (said.isascii() and said.isdecimal() and 1900 <= int(said) <= out.today.year):
        raise Invalid("{path}: {value} is no year from {first} to {last}; or write no", path="year",
                      value=said, first=1900, last=out.today.year)  # fmt: skip
    return int(said)


def _said(doc: Mapping[str, Any]) -> Text:
    topics = Text("{n} topic", "{n} topics", n=doc["count"])
    if doc["statistics"] is None:
        return Text("a bundle of {authority}: {topics}, no statistics; it names no person",
                    authority=doc["authority"], topics=topics)  # fmt: skip
    return Text("a bundle of {authority}: {topics}, statistics of {year}; it names no person",
                authority=doc["authority"], topics=topics, year=doc["statistics"]["year"])  # fmt: skip
