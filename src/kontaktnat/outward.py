"""The read-only, already redacted Book, through which exporters, views, commands and the Book itself read.

No record leaves the library by another way, so a protected person is covered everywhere at once.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import AbstractContextManager, nullcontext
from datetime import date, datetime
from functools import cached_property, reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import attrs

from kontaktnat import collection, model
from kontaktnat.codec import from_doc, record_class, to_doc
from kontaktnat.cover import COVERED_TYPES, MARK, MARKABLE, OPEN, Closed, cover, listed, protects, without
from kontaktnat.descriptors import Change, Check, Finding, Table, Transaction, View
from kontaktnat.errors import Invalid, NotFound, PluginError, StoreDamaged, Usage, shown
from kontaktnat.i18n import Text
from kontaktnat.model.asof import VARYING, as_of
from kontaktnat.model.names import type_label
from kontaktnat.past import Past
from kontaktnat.plugins import Plugins
from kontaktnat.plugins.claiming import only
from kontaktnat.query import Condition, F, comparisons
from kontaktnat.text import collation_key
from kontaktnat.vocabulary import Words

if TYPE_CHECKING:
    from kontaktnat.likeness.suggesting import Suggestion
    from kontaktnat.practice import Practice
    from kontaktnat.schemes import Schemes
    from kontaktnat.searching import Word

R = TypeVar("R", bound=model.Record)

_TELLING: Mapping[str, Set[str]] = {
    "contact": (_OWN := {"tags", "categories", "legal_form", "extra", "note", "source", "title"}),
    "role": _OWN,
    "interaction": {"tags", "categories"},
    "followup": {"tags", "categories"},
}
"""Fields by which persons, or what was done with them, could be selected by what nobody shall ask."""

_MANY = 1000
"""So many documents are made into records without looking for garbage among them."""
_PERSONS = ("contact", "role")
_TAKING_PART = ("role", "contact", "actor", "deputy_for")


class Reader(Protocol):
    """Where documents are read: a Store, or a Store with a transaction's changes laid over it."""

    get: Any
    find: Any
    search: Any
    transactions: Any
    reading: Any

    @property
    def state(self) -> object:
        """Equal as long as nobody's protection has changed."""
        ...

    def marked(self) -> frozenset[str]:
        """Ids of the people and actors that bear the mark of protection."""
        ...

    def hats(self, people: frozenset[str]) -> frozenset[str]:
        """Ids of the roles of these people."""
        ...

    def naming(self, ids: frozenset[str]) -> Callable[[str], bool]:
        """Tells whether a text names one of these people and actors."""
        ...

    def past(self) -> Past:
        """What the log tells up to now."""
        ...


class Outward:
    """Reads a book. `on`: everything as of that day. `reveal`: protected ids that are shown after all."""

    def __init__(
        self,
        reader: Reader,
        plugins: Plugins,
        clock: Callable[[], datetime],
        *,
        on: date | None = None,
        reveal: Set[str] = frozenset(),
    ) -> None:
        self._reader = reader
        self.plugins = plugins
        self.clock = clock
        self.on = on
        self._reveal = reveal
        self._protected: tuple[object, frozenset[str]] = (None, frozenset())

    # Collections

    @cached_property
    def actors(self) -> collection.Actors:
        """All actors."""
        return collection.Actors(self, model.Actor)

    @cached_property
    def contacts(self) -> collection.Contacts:
        """All contacts."""
        return collection.Contacts(self, model.Contact)

    @cached_property
    def roles(self) -> collection.Roles:
        """All roles."""
        return collection.Roles(self, model.Role)

    @cached_property
    def assignments(self) -> collection.Assignments:
        """All assignments."""
        return collection.Assignments(self, model.Assignment)

    @cached_property
    def networks(self) -> collection.Networks:
        """All networks."""
        return collection.Networks(self, model.Network)

    @cached_property
    def commitments(self) -> collection.Commitments:
        """All commitments."""
        return collection.Commitments(self, model.Commitment)

    @cached_property
    def topics(self) -> collection.Topics:
        """All topics."""
        return collection.Topics(self, model.Topic)

    @cached_property
    def interactions(self) -> collection.Interactions:
        """All interactions."""
        return collection.Interactions(self, model.Interaction)

    @cached_property
    def followups(self) -> collection.FollowUps:
        """All follow-ups."""
        return collection.FollowUps(self, model.FollowUp)

    @cached_property
    def pending(self) -> collection.Quarantine:
        """What could not be resolved yet."""
        return collection.Quarantine(self, model.Pending)

    @cached_property
    def settings(self) -> collection.Settings:
        """The book's own settings."""
        return collection.Settings(self, model.Setting)

    def collection_of(self, type_name: str) -> collection.Collection[Any]:
        """The collection of a type name (`actor`); raises Invalid with the nearest."""
        cls = record_class(type_name)
        plural = {"pending": "pending"}.get(cls.type, f"{cls.type}s")
        found: collection.Collection[Any] = getattr(self, plural)
        return found

    # Reading

    def reading(self) -> AbstractContextManager[None]:
        """Inside, all reads of this thread see one state; other threads that write wait for its end."""
        turn: AbstractContextManager[None] = self._reader.reading()
        return turn

    def get(self, id: str) -> model.Record:
        """The record with this id, of whatever type; raises NotFound."""
        for cls in model.RECORDS.values():
            if (record := self.peek(cls, id)) is not None:
                return record
        raise NotFound("no record {id}", id=id, nearest=())

    def peek(self, cls: type[R], id: str) -> R | None:
        """The record with this id, or None."""
        with self._reader.reading():
            doc = self._reader.get(cls.type, id)
            if doc is None:
                return None
            if cls.type in COVERED_TYPES:
                doc = cover(cls.type, doc, self._covering())
        # Asked for by id it is there, also when it did not hold that day: an interaction points at a hat.
        return self._seen(cls, doc) or from_doc(cls, listed(cls.type, doc))

    def select(self, cls: type[R], query: Condition | None) -> list[R]:
        """Records that fulfil `query` as they may be seen: a hidden value can't be found by asking for it.

        Raises Refused where persons would be selected by party, faith or union (see `sensitive`).
        """
        if query is not None and cls.type in _TELLING:
            self._judge(cls, query)
        with self._reader.reading():
            closed = self._covering() if cls.type in COVERED_TYPES else OPEN
            theirs = protects(cls.type, closed) if closed else None
            wider = query
            if query is not None and theirs is not None:
                wider = query | theirs
            if self.on is not None and cls.type in VARYING:
                wider = None  # a follow-up that is done today was open then
            docs = list(self._reader.find(cls.type, wider))
            if theirs is not None:
                docs = [cover(cls.type, doc, closed) for doc in docs]
        if query is not None and theirs is not None and wider is not None:
            docs = [doc for doc in docs if query(doc)]
        records = self._made(cls, docs)
        if query is not None and wider is None:
            records = [record for record in records if query(to_doc(record))]
        return records

    def find(self, text: str) -> list[model.Record]:
        """Records that say every word of `text` (see `searching`); what is covered is not searched.

        First those of whose name or title each word begins a word, then those whose name says all,
        then the others; of one rank in Swedish order. What tells of party, faith or union finds persons
        by their name alone (see `sensitive`), and nothing finds them by such a tag, or by a category.
        """
        if not isinstance(text, str):
            raise Usage("find takes a text, not {value}", value=shown(text))
        from kontaktnat.searching import rank, search_words

        wanted = search_words(text)
        told: bool | None = None
        found: list[tuple[tuple[int, tuple[str, str], str], model.Record]] = []
        with self._reader.reading():
            for type_name, id in list(self._reader.search(text)):
                if type_name not in model.RECORDS:  # somebody's own, put there through TinyDB
                    continue
                record = self.peek(model.RECORDS[type_name], id)
                if self.on is not None and record is not None:
                    record = as_of(record, self.on)
                if record is None:
                    continue
                marked = record.type in _PERSONS and (record.tags or record.categories)
                if (record.hidden or self.on is not None or marked) and not self._says(record, wanted):
                    continue
                name = title_of(record)
                if record.type in _PERSONS and not _is_called(record, wanted):
                    if told is None:  # only now: schemes take a while to read
                        told = self._is_told_by(text)
                    if told:
                        continue
                found.append(((rank(name, wanted), collation_key(name), record.id), record))
        return [record for _, record in sorted(found, key=lambda item: item[0])]

    def view(self, name: str, **params: Any) -> Table:
        """A view's table, of one consistent state.

        Raises NotFound naming the views there are, Invalid for a parameter that it does not take.
        """
        view: View = self.plugins.find("register_views", name, Text("view"))
        try:
            inspect.signature(view.run).bind(self, **params)
        except TypeError:
            known = list(inspect.signature(view.run).parameters)[1:]
            takes = ", ".join(known)
            given = ", ".join([one for one in params if one not in known] or params) or Text("nothing")
            if not takes:
                raise Invalid("view {name} has no parameters: leave {given} out", name=name, given=given,
                              path="") from None  # fmt: skip
            raise Invalid("view {name} takes {takes}, not {given}", name=name, takes=takes, given=given,
                          path="") from None  # fmt: skip
        book = _Remembering(self._reader, self.plugins, self.clock, on=self.on, reveal=self._reveal)
        with self._reader.reading(), self.plugins.running("register_views", name), _no_collecting():
            try:
                table = view.run(book, **params)
            finally:
                book.forget()
            if not isinstance(table, Table):
                raise TypeError(f"a view gives a Table, not {type(table).__name__}")
            return table

    def check(self) -> Iterator[Finding]:
        """What the checks of all plugins find, record by record; a check that fails is a finding, once.

        Where a document is no record (an edit by hand, a damaged line), only such are told: of the others no
        list can be made.
        """
        if unreadable := tuple(self._unreadable()):
            yield from unreadable
            return
        from kontaktnat.remarks import open_ones, setting_of

        checks: dict[str, Check] = dict(self.plugins.collect("register_checks"))
        outward = Outward.as_of(self, self.on)
        for cls in model.RECORDS.values():
            for record in self.select(cls, None):
                for name, check in tuple(checks.items()):
                    try:
                        with self.plugins.running("register_checks", name):
                            found = tuple(only(Finding, check.run(record, outward)))
                    except PluginError as error:
                        del checks[name]
                        found = (Finding(message=error.text, remedy="tell the plugin's author"),)
                    yield from open_ones(found, self.setting(setting_of(record.id), ()))

    def duplicates(self, type: str | None = None, tier: str | None = None) -> tuple[Suggestion, ...]:
        """Pairs of contacts and of actors that may be of one and the same, the likeliest first, and why.

        `type`: contact or actor alone; `tier`: sure or maybe alone. It goes by the book of today. Those who
        are protected are left out, and pairs that `Book.not_same` told apart. Raises Usage for another type
        or tier.
        """
        from kontaktnat.likeness.suggesting import duplicates

        return duplicates(self, type, tier)

    def as_of(self, on: date | model.PartialDate | str | None) -> Outward:
        """The same book as the world was on a day (of a month or year: its last), by today's knowledge."""
        if isinstance(on, str):
            on = model.PartialDate.parse(on)
        if isinstance(on, model.PartialDate):
            on = on.last
        if isinstance(on, datetime):
            on = model.day_of(on)
        if on is not None and not isinstance(on, date):
            raise Usage("as_of takes a date, not {value}", value=shown(on))
        return Outward(self._reader, self.plugins, self.clock, on=on, reveal=self._reveal)

    def remembering(self) -> Outward:
        """The same, for the making of one table: what was read once is not read again.

        The names of thirty people stand in each meeting of a timeline.
        """
        return _Remembering(self._reader, self.plugins, self.clock, on=self.on, reveal=self._reveal)

    def hats(self, contact: str, on: date) -> list[model.Role]:
        """The roles that a person has on a day, as they may be seen; whatever the as-of day is."""
        return [role for role in self._roles_of(contact) if model.holds(role.since, role.until, on)]

    def _roles_of(self, contact: str) -> Sequence[model.Role]:
        return Outward.as_of(self, None).roles.where(contact=model.ContactId(contact))

    def setting(self, name: str, default: Any = None) -> Any:
        """One of the book's own settings."""
        record = self.peek(model.Setting, name)
        return default if record is None else record.value

    @property
    def practice(self) -> Practice:
        """What is customary here: the book's setting `practice`, and over it the configuration's.

        Raises Invalid naming the place for one that does not fit.
        """
        from kontaktnat.practice import practice

        return practice(self.setting("practice", {}), self.plugins.config.get("practice", {}))

    @property
    def today(self) -> date:
        """The day that counts as today: the as-of date, or the clock's in Stockholm."""
        return self.on or self.clock().astimezone(model.stockholm()).date()

    @cached_property
    def words(self) -> Words:
        """The vocabularies of all plugins."""
        return self.plugins.words()

    @cached_property
    def schemes(self) -> Schemes:
        """The code lists of all plugins; raises PluginConflict where two bring one name."""
        from kontaktnat.schemes import Schemes

        return Schemes(self.plugins.collect("register_category_schemes"))

    # What selects no persons

    def _judge(self, cls: type[model.Record], query: Condition) -> None:
        for one in comparisons(query):
            field = one.path.partition(".")[0]
            if field in _TELLING[cls.type] or field not in {own.name for own in attrs.fields(cls)}:
                from kontaktnat.sensitive import refuse

                refuse(one, self.schemes.closed)

    def _is_told_by(self, text: str) -> bool:
        from kontaktnat.sensitive import reveals

        path = "categories" if ":" in text else "note"
        return reveals(path, text, part=True, declared=self.schemes.closed)

    def _says(self, record: model.Record, words: tuple[Word, ...]) -> bool:
        from kontaktnat.searching import says, text_of

        doc = {key: value for key, value in to_doc(record).items() if key != MARK}
        if record.type in _PERSONS:
            from kontaktnat.sensitive import reveals

            closed = self.schemes.closed
            doc["categories"] = ()
            doc["tags"] = [tag for tag in record.tags if not reveals("categories", tag, declared=closed)]
        return says(text_of(doc), words)

    # History

    def history(self, record: str | None = None) -> Iterator[Transaction]:
        """What was recorded when, oldest first; with an id, the transactions that touch it."""
        return self.changes(0, record)

    def changes(self, since: int = 0, record: str | None = None) -> Iterator[Transaction]:
        """Transactions with a number above `since`, values of the protected covered."""
        with self.reading():  # else somebody could come to be protected between the two
            past = self._reader.past()
            closed = self._closed(past)
            moved = self._left(past, closed)
            found = self._reader.transactions(since, record)
        for transaction in found:
            seen = covered(transaction, closed, moved)
            if record not in moved or any(record == change.id for change in seen.changes):
                yield seen

    def undone(self) -> dict[int, int]:
        """Number of a transaction that was taken back → number of the undo, the newest of several."""
        return {target: number for number, target in self._reader.past().undoes.items()}

    # Protection

    def protected(self) -> frozenset[str]:
        """Ids of people and actors whose data is covered here."""
        state, (known, protected) = self._reader.state, self._protected
        if known != state:
            protected = self._reader.marked() - self._reveal
            self._protected = (state, protected)  # in one step, for other threads read it too
        return protected

    def _covering(self) -> Closed:
        """Whose data is covered here, with their roles."""
        people, reader = self.protected(), self._reader
        if not people:
            return OPEN
        return Closed(
            ids=people, hats=reader.hats(people), named=reader.naming(people), type_of=self._type_of
        )

    def about_protected(self) -> frozenset[str]:
        """Ids of what tells of the protected: they, their roles, and interactions and follow-ups with these.

        For what must not be put on a screen unasked; what is covered in a record is another matter.
        """
        people = self.protected()
        if not people:
            return people
        whole = Outward.as_of(self, None)  # a role that has ended is still theirs
        with self.reading():
            roles = whole.select(model.Role, protects("role", Closed(ids=people)))
            theirs = people | {role.id for role in roles}
            wanted = F("about").in_(tuple(theirs))
            met = reduce(or_, (F(f"participants.{name}").in_(tuple(theirs)) for name in _TAKING_PART))
            linked = (*whole.select(model.Interaction, met), *whole.select(model.FollowUp, wanted))
        return theirs | {record.id for record in linked}

    def covered_records(self) -> int:
        """How many records are shown with something hidden: what an export says in its header."""
        shown = (record for name in COVERED_TYPES for record in self.select(model.RECORDS[name], None))
        return sum(1 for record in shown if record.hidden)

    def _closed(self, past: Past) -> Closed:
        """What is covered in transactions: whoever was protected once stays so, also when deleted since."""
        people = (past.people | self.protected()) - self._reveal
        hats = past.hats(people) | self._reader.hats(people)
        # A post that somebody else holds too, before or after, would tell where the protected one works.
        named = self._reader.naming(people)
        return Closed(ids=people | past.posts(people), hats=hats, named=named, type_of=self._type_of)

    def _type_of(self, id: str) -> str:
        """Of somebody who may be protected; "" where there is nobody."""
        return next((type for type in MARKABLE if self._reader.get(type, id) is not None), "")

    def _left(self, past: Past, closed: Closed) -> frozenset[str]:
        """Posts in which somebody who is covered once was, and is no more: who, no id may tell."""
        return frozenset(
            id
            for id in past.posts(closed.ids)
            if (doc := self._reader.get("role", id)) is None or doc.get("contact") not in closed.ids
        )

    def _unreadable(self) -> Iterator[Finding]:
        for cls in model.RECORDS.values():
            for doc in self._reader.find(cls.type):
                try:
                    from_doc(cls, doc)
                except Invalid as error:  # its own message may say what is covered
                    yield Finding(
                        message=Text("it cannot be read as a record"),
                        type=cls.type,
                        id=doc["id"],
                        path=error.fields["path"],
                        remedy="mend its line in the file by hand, then kontaktnat check --accept",
                    )

    def _made(self, cls: type[R], docs: Sequence[Any]) -> list[R]:
        with nullcontext() if len(docs) < _MANY else _no_collecting():
            return [record for doc in docs if (record := self._seen(cls, doc)) is not None]

    def _seen(self, cls: type[R], doc: Any) -> R | None:
        try:
            record = from_doc(cls, listed(cls.type, doc))
        except Invalid as error:
            raise StoreDamaged(
                "{type} {id} cannot be read ({path}); kontaktnat check tells all that cannot, and what to do",
                type=type_label(cls.type),
                id=doc["id"],
                path=error.fields["path"],
            ) from None
        return record if self.on is None else as_of(record, self.on)


class _Remembering(Outward):
    """See `Outward.remembering`."""

    @cached_property
    def _known(self) -> dict[tuple[str, str], Any]:
        return {}

    def peek(self, cls: type[R], id: str) -> R | None:
        key = cls.type, id
        if key not in self._known:
            self._known[key] = super().peek(cls, id)
        found: R | None = self._known[key]
        return found

    @cached_property
    def _all(self) -> dict[str, list[Any]]:
        return {}

    def select(self, cls: type[R], query: Condition | None) -> list[R]:
        if query is not None:
            return super().select(cls, query)
        if cls.type not in self._all:
            self._all[cls.type] = super().select(cls, None)
        return [*self._all[cls.type]]

    @cached_property
    def _held(self) -> dict[str, list[model.Role]]:
        found: dict[str, list[model.Role]] = {}
        for role in self.as_of(None).roles.all():
            found.setdefault(role.contact or "", []).append(role)
        return found

    def _roles_of(self, contact: str) -> Sequence[model.Role]:
        return self._held.get(contact, ())

    @cached_property
    def _days(self) -> dict[Any, Any]:
        return {}

    def as_of(self, on: date | model.PartialDate | str | None) -> Outward:
        if on == self.on:
            return self
        if on not in self._days:
            self._days[on] = super().as_of(on).remembering()
        then: Outward = self._days[on]
        return then

    def remembering(self) -> Outward:
        return self

    def forget(self) -> None:
        """Let go of what was read: it would lie about until the garbage is collected, all of a book."""
        read = self.__dict__  # what was never asked for is not read to be forgotten
        for then in read.get("_days", {}).values():
            then.forget()
        for name in ("_known", "_all", "_held", "_days"):
            read.get(name, {}).clear()


def covered(transaction: Transaction, closed: Closed, left: Set[str] = frozenset()) -> Transaction:
    """A transaction whose documents are covered.

    `left`: posts that one who is protected held and has left. What tells that they held it is taken out, and
    so is what names the post.
    """

    def seen(type_name: str, doc: Any) -> Any:
        if doc is None:
            return None
        shown = cover(type_name, doc, closed)
        return without(shown, left) if left and type_name != "role" else shown

    changes = (
        Change(type=one.type, id=one.id, before=seen(one.type, one.before), after=seen(one.type, one.after))
        for one in transaction.changes
        if not (
            one.id in left
            and any(doc and doc.get("contact") in closed.ids for doc in (one.before, one.after))
        )
    )
    reveals = tuple(id for id in transaction.reveals if id not in left)
    return attrs.evolve(transaction, changes=tuple(changes), reveals=reveals)


def _no_collecting() -> AbstractContextManager[None]:
    from kontaktnat.store.base import no_collecting

    return no_collecting()


def _is_called(record: model.Record, words: tuple[Word, ...]) -> bool:
    from kontaktnat.searching import says

    names = (getattr(record, name, "") for name in ("name", "given", "family"))
    return says(" ".join(filter(None, names)), words)


def title_of(record: model.Record) -> str:
    """What a record is called in lists: its name, title, subject or first words."""
    for field in ("name", "title", "subject", "theme", "text", "summary", "function", "kind"):
        if text := getattr(record, field, ""):
            return str(text)
    return record.id
