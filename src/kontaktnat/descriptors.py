"""Frozen descriptions and protocols: what plugins hand over, what stores promise, what views return."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal, Protocol

from attrs import field, fields, frozen

from kontaktnat.errors import Invalid
from kontaktnat.i18n import Text
from kontaktnat.model.base import Record, among, not_blank, rule, texts
from kontaktnat.model.bonds import Commitment
from kontaktnat.plain import Plain
from kontaktnat.query import Condition, Doc

if TYPE_CHECKING:
    from kontaktnat.correspondence import Message, Outgoing
    from kontaktnat.outward import Outward

Mode = Literal["r", "rw", "create"]

# What a plugin hands over is refused where it was made wrong, with the plugin's name, not where it is used.
_callable = rule(lambda value: None if callable(value) else Text("a function is needed"))
_importable = rule(lambda value: None if ":" in str(value) else Text("write module:attribute"))
_in_a_plugin = rule(lambda value: None if "." in str(value).strip(".") else Text("write plugin.field"))
_primitive = rule(
    lambda value: None if value in (str, int, float, bool) else Text("is str, int, float or bool")
)


# What a view returns


@frozen(kw_only=True, eq=False, repr=False)
class Column(Plain):
    """One column: `key` is what JSON and CSV carry, `title` what people read."""

    key: str
    title: str
    type: Literal["text", "number", "date", "time", "bool", "id", "word"] = "text"
    vocabulary: str = ""
    """For words: whose labels people are shown; data carries the word's id."""
    whole: bool = False
    """Never cut for eyes: on a terminal it goes on in the next line."""
    blank: str = ""
    """What eyes are shown where there is no value; data has none there."""
    data: bool = False
    """Only data carries it: eyes are told the same by another column."""


@frozen(kw_only=True, eq=False, repr=False)
class Table(Plain):
    """A view's answer. `rows` are mappings by column key; a matrix is given long, a cell a row."""

    _shown = ("name",)

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Mapping[str, Any], ...] = ()
    notes: tuple[str, ...] = ()
    definition: str = ""


# What a store promises


@frozen(kw_only=True, eq=False, repr=False)
class Change(Plain):
    """One record before and after; None: it did not, or does no longer, exist."""

    _shown = ("type", "id")

    type: str
    id: str
    before: Doc | None = None
    after: Doc | None = None


@frozen(kw_only=True, eq=False, repr=False)
class Transaction(Plain):
    """All or nothing, one step of undo. `number` grows by one from 1 and is given by the store."""

    _shown = ("number", "at", "undoes", "final")

    number: int = 0
    at: datetime
    by: str
    label: str = ""
    changes: tuple[Change, ...] = ()
    undoes: int | None = None
    """The transaction that this one takes back."""
    reveals: tuple[str, ...] = ()
    """Ids of protected records that were shown; such a transaction changes nothing."""
    final: bool = False
    """It cannot be undone: what it took away is nowhere any more."""


@frozen(kw_only=True, eq=False, repr=False)
class StoreOptions(Plain):
    """How a store is to be opened."""

    mode: Mode = "rw"
    lock_timeout: float = 10.0
    """Seconds to wait for another process before StoreBusy."""
    schema: int = 1
    """The newest schema this library reads and the one that it writes."""
    migrations: Sequence[Callable[[str, dict[str, Any]], dict[str, Any]]] = ()
    """`migrations[n - 1](type, doc)` lifts a document from schema n to n + 1."""
    migrate: bool = False


Scrub = Callable[[str, dict[str, Any]], dict[str, Any] | None]
"""(type, document) → the document without what is to go; None: not even that it was there."""


class Store(Protocol):
    """Where documents live. `StoreContract` in `kontaktnat.testing` says in tests what is said here.

    Documents come out as copies: changing one changes nothing else. Threads may share a store.
    """

    version: int
    """Number of the newest transaction seen; 0: none."""
    writable: bool

    def get(self, type: str, id: str) -> dict[str, Any] | None:
        """The document, or None."""
        ...

    def find(
        self,
        type: str,
        query: Condition | None = None,
        *,
        order: Sequence[str] = (),
        limit: int | None = None,
    ) -> list[dict[str, Any]]:
        """Documents that fulfil `query`, by `order` (field names) and always last by id."""
        ...

    def search(self, text: str) -> Iterator[tuple[str, str]]:
        """(type, id) of documents, settings aside, that say every word of `text`; by type, then by id.

        What that means is `says(text_of(doc), search_words(text))` (see `kontaktnat.searching`).
        """
        ...

    def commit(self, transaction: Transaction) -> Transaction:
        """Store it whole and durably, or raise and leave everything as it was; returns it numbered.

        Raises Conflict where a record's stored `rev` is no longer that of `before`, StoreBusy when
        another process does not let go, Refused on a store opened for reading, StoreDamaged where
        the medium fails.
        """
        ...

    def transactions(self, since: int = 0, record: str | None = None) -> Iterator[Transaction]:
        """Transactions with a number above `since`, oldest first; with `record`, those that touch it."""
        ...

    def erase(
        self, scrub: Scrub, head: Callable[[Mapping[str, Any]], Mapping[str, Any]], receipt: Transaction
    ) -> Transaction:
        """Put every copy of every document through `scrub` and each transaction's head through `head`.

        The documents as they are, and those before and after in each transaction of the log; nothing of
        what `scrub` takes out stays in what the store keeps. `head` gets number, at, by, label, undoes,
        reveals. `receipt` is added as the newest transaction, in the same step: all or nothing, durable
        when it returns. Raises as `commit`; Refused where the store cannot.
        """
        ...

    def reading(self) -> AbstractContextManager[None]:
        """Inside, all reads of this thread see one state."""
        ...

    def writing(self) -> AbstractContextManager[None]:
        """Inside, this process alone may commit, and has seen all that others committed."""
        ...

    def refresh(self) -> None:
        """See what other processes have committed."""
        ...

    def close(self) -> None:
        """Let go of files and locks; twice does no harm."""
        ...


@frozen(kw_only=True, eq=False, repr=False)
class Repair(Plain):
    """Who has a store repaired, when, and how."""

    _shown = ("at", "accept")

    by: str
    at: datetime
    accept: bool = False
    """Take what was changed past kontaktnat, by hand say, as it stands; else keep what can be relied on."""


@frozen(kw_only=True, eq=False, repr=False)
class StoreScheme(Plain):
    """A kind of store: `open("postgresql://…", options)`."""

    scheme: str = field(validator=not_blank)
    open: Callable[[str, StoreOptions], Store] = field(validator=_callable)
    summary: str = ""
    check: Callable[[str], Iterable[Finding]] | None = None
    """`check(url)`: what is wrong with how it is kept, also where `open` refuses it. None: it cannot tell."""
    repair: Callable[[str, StoreOptions, Repair], Iterable[Finding]] | None = None
    """`repair(url, options, how)` mends it as well as it can be, and says what was wrong."""


# What plugins hand over


@frozen(kw_only=True, eq=False, repr=False)
class Word(Plain):
    """A canonical id with its Swedish and English label; all of them are accepted as input."""

    id: str = field(validator=not_blank)
    sv: str = field(validator=not_blank)
    en: str = field(validator=not_blank)
    synonyms: tuple[str, ...] = field(default=(), converter=texts)
    follow_up_days: int | None = None
    """For a kind of interaction: the customary days to its follow-up."""
    mandate: tuple[int, ...] = field(default=(), converter=tuple[int, ...])
    """For a kind of interaction: the points of förordning 2016:1258, 2 § that it usually is under."""
    contact: bool = True
    """For a kind of interaction: whether it is contact with somebody; what only a program wrote is none, and
    is counted nowhere."""
    elected: str = field(default="", validator=among("council", "executive_board"))
    """For a function: the body whose term of office it follows (kommunallagen 5:9, 6:18); "": it is no
    elected one."""


@frozen(kw_only=True, eq=False, repr=False)
class Vocabulary(Plain):
    """Words for one field: `interaction_kind`, `function`, `actor_kind`, `purpose`, …

    Several plugins may add words to the same vocabulary; the same word twice is a conflict.
    """

    name: str = field(validator=not_blank)
    words: tuple[Word, ...] = field(converter=tuple[Word, ...])


_bare = rule(
    lambda value: (
        None
        if not set(value) & set(":,= \t\n")
        else Text("{value!r} holds a blank, comma, colon or equals sign", value=value)
    )
)


@frozen(kw_only=True, eq=False, repr=False)
class Category(Plain):
    """One code of a scheme, with its Swedish and English title; a record bears it as `scheme:code`."""

    code: str = field(validator=(not_blank, _bare))
    sv: str = field(validator=not_blank)
    en: str = field(validator=not_blank)
    parent: str = ""
    """The code of the group that it is in; who asks actors for a group finds what is below it."""
    synonyms: tuple[str, ...] = field(default=(), converter=texts)
    organisations_only: bool = False
    """It tells of party, faith or union, and so do all below it: organisations may be selected by it,
    persons never (dataskyddslagen (2018:218) 3 kap. 3 §)."""


@frozen(kw_only=True, eq=False, repr=False)
class CategoryScheme(Plain):
    """A code list, whole: nobody else adds to it.

    Raises Invalid for a code that stands there twice, and a parent that is none of its codes or below itself.
    """

    _shown = ("name",)

    name: str = field(validator=(not_blank, _bare))
    """What stands before the colon: `icnpo`."""
    title: str = field(validator=not_blank)
    categories: tuple[Category, ...] = field(converter=tuple[Category, ...])
    kept_in: str = field(default="categories", validator=among("categories", "legal_form"))
    """`legal_form`: the bare code stands in that field of an actor; it may stand among categories too."""

    def __attrs_post_init__(self) -> None:
        codes = {one.code: one.parent for one in self.categories}
        if len(codes) < len(self.categories):
            raise Invalid("{path}: a code stands there twice", path=f"categories of {self.name}")
        for code, parent in codes.items():
            seen = {code}
            while parent:
                if parent in seen or parent not in codes:
                    raise Invalid("{path}: {parent} is no group of it", path=f"categories of {self.name}",
                                  parent=parent)  # fmt: skip
                seen.add(parent)
                parent = codes[parent]


_COMMITMENT = {one.name for one in fields(Commitment)}
_commitment_field = rule(
    lambda value: None if value in _COMMITMENT else Text("a commitment has no such field")
)
_positive = rule(lambda value: None if value > 0 else Text("{value} is no number above 0", value=value))


@frozen(kw_only=True, eq=False, repr=False)
class Fact(Plain):
    """One thing that is followed of a kind of commitment: where it stands, whose rule it is, when due."""

    name: str = field(validator=not_blank)
    """As lists of such things call it: `council_last_meeting`; no two facts bear one name."""
    kind: str = field(validator=not_blank)
    """A word of `commitment_kind`."""
    path: str = field(validator=_commitment_field)
    """The field of the commitment in which it stands: `followed_up_on`."""
    sv: str = field(validator=not_blank)
    en: str = field(validator=not_blank)
    synonyms: tuple[str, ...] = field(default=(), converter=texts)
    value: str = ""
    """Where `path` holds words: which one a yes puts there. `active` of a status: yes or no, or any word."""
    period: bool = False
    """`path` is the end of a period that is told as one: `2026`, or `2026-01-01/2026-12-31`."""
    told_on: str = field(default="", validator=among("", "updated_on", "decided_on"))
    """A field that gets the day on which this is told, where no other is given."""
    basis: str = field(default="", validator=among("", "law", "reading", "work_for", "practice", "agreed"))
    """law: a statute asks for it; reading: our reading of how often a statute means; work_for: a statute asks
    to work for it, and to be without is no breach; practice: custom; agreed: the agreement itself says so.
    "": it is only written down."""
    source: str = ""
    """The statute or the custom: `lag (2023:196) 6 §`."""
    since: str = ""
    """The day from which the statute asks for it."""
    months: int | None = field(default=None, validator=_positive)
    """Due again after so many months; of practice a setting may say otherwise (`practice.months`)."""
    counts_from: tuple[str, ...] = field(default=(), converter=texts)
    """Fields beside `path` that tell of it too: the latest of them all counts."""
    term: str = field(default="", validator=among("", "council", "executive_board"))
    """The body with whose term of office it is to be confirmed anew (kommunallagen 5:9, 6:18)."""
    actor_kind: str = "municipality"
    """Of whom it is expected, where it is."""


@frozen(kw_only=True, eq=False, repr=False)
class Field(Plain):
    """A typed field of a plugin, kept in `extra["plugin.field"]`."""

    name: str = field(validator=(not_blank, _in_a_plugin))
    """`plugin.field`; `plugin.*` stands for every key of the plugin that is not named by itself."""
    records: tuple[str, ...] = field(converter=texts)
    """The types of record it belongs to: `actor`, …"""
    type: type[str] | type[int] | type[float] | type[bool] = field(validator=_primitive)
    title: str
    choices: tuple[str, ...] = field(default=(), converter=texts)
    prose: bool = True
    """Whether people write sentences there. False: it is kept as a program wrote it, and the lint of free
    text passes it by."""


def field_of(fields: Mapping[str, Field], key: str) -> Field | None:
    """The field that a key of `extra` is of, by its own name or as one of all of its plugin's."""
    return fields.get(key) or fields.get(f"{key.partition('.')[0]}.*")


@frozen(kw_only=True, eq=False, repr=False)
class Exporter(Plain):
    """A format to write. `write` gets a read-only, already redacted book and a binary stream."""

    name: str = field(validator=not_blank)
    suffixes: tuple[str, ...] = field(converter=texts)
    write: Callable[[Outward, BinaryIO, Mapping[str, str]], None] = field(validator=_callable)
    summary: str = ""


CLEAR = "<clear>"
"""A candidate's value that empties the field; a blank one keeps what is there."""


@frozen(kw_only=True, eq=False, repr=False)
class Candidate(Plain):
    """One thing an importer read, not yet in the book.

    One of: `doc`, a whole record in kontaktnat's JSON (restored as it is); `fields` for a record of `type`
    (matched against what is there); `cells` of a row that an export of ours made, for the record `id`;
    `problem`, why it cannot be read.

    Besides a record's own, `fields` may have: `clear_ways`, kinds of ways to be emptied first; of a contact
    `hats`, a mapping each with `organisation` and, where they are said, `department`, `title`, `function`,
    `since` and `until` (ISO 8601, the first day without it), `ways` and `extra` (the role's); of an
    interaction `guests`, a mapping each with `mail`, `name`, `status` and `part`, and what
    `kontaktnat.events` reads beside: `once` for a mail, which is taken as it first comes, and of a guest
    `needed`, without whom it waits. Of an interaction and of a follow-up `source` is needed, the same
    whenever the same comes again.
    """

    _shown = ("row", "type")

    row: int
    """1-based line or record number in the source, to name in messages."""
    type: str = ""
    doc: Doc | None = None
    fields: Mapping[str, Any] = field(factory=dict)
    id: str = ""
    """The record that a row of our own sheet says it is."""
    rev: int = 0
    """That record's revision when the sheet was written."""
    cells: Mapping[str, Any] | None = None
    """Column → cell of such a row, as it was read: text, number, bool, date, time or None."""
    problem: str = ""
    raw: Any = None
    """The thing as it stood, for the file of rejects."""
    follows: bool = False
    """It stood in the same row as the candidate before it, and is nothing if that is rejected."""


@frozen(kw_only=True, eq=False, repr=False)
class Understood(Plain):
    """What an importer understood of a file; people are shown it before anything is written."""

    _shown = ()

    summary: str
    """One line: the encoding with its evidence, the delimiter, what the rows are."""
    mapping: tuple[tuple[str, str], ...] = field(default=(), converter=tuple[tuple[str, str], ...])
    """(column, what becomes of it)."""
    unused: tuple[str, ...] = field(default=(), converter=texts)
    """Columns that are not read, though cells stand in them."""
    sample: tuple[str, ...] = field(default=(), converter=texts)
    """Up to five rows with letters beyond ASCII, as they will be read: is it Åsa, or Ã…sa?"""


@frozen(kw_only=True, eq=False, repr=False)
class Importer(Plain):
    """A format to read. `sniff(head)` tells whether the first 4096 bytes look like it.

    `read(stream, options)` yields candidates; it raises Invalid where the whole cannot be read and
    Refused where it should not be. Options: `as` (actor or contact), `map` (`name=COLUMN,…`), and its own.
    """

    name: str = field(validator=not_blank)
    suffixes: tuple[str, ...] = field(converter=texts)
    sniff: Callable[[bytes], bool] = field(validator=_callable)
    read: Callable[[BinaryIO, Mapping[str, str]], Iterator[Candidate]] = field(validator=_callable)
    describe: Callable[[BinaryIO, Mapping[str, str]], Understood | str] | None = field(
        default=None, validator=_callable
    )
    """What was understood of the file: whole, or in one line."""
    rejects: Callable[[Sequence[tuple[Any, str]]], bytes] | None = field(default=None, validator=_callable)
    """(`raw` of a candidate that was rejected, why) → a file that can be imported again. None: rows go to a
    CSV file, texts to lines."""
    summary: str = ""
    dated: bool = False
    """What it reads depends on the day, as where something comes again without end: `today` and `ahead`, as
    far as series of meetings are planned, are then among the options, as ISO dates."""
    remembers: tuple[str, ...] = field(default=(), converter=texts)
    """Options that say the same every time, as one's own address: the book keeps what somebody has told, and
    it counts for their next import. Told as nothing they are forgotten."""


class Viewable(Protocol):
    """What a view is handed: an Outward, redacted and read-only."""

    def __call__(self, book: Outward, /, *_: Any, **params: Any) -> Table: ...


@frozen(kw_only=True, eq=False, repr=False)
class View(Plain):
    """A question with a table for an answer; `run(book, **params)`."""

    name: str = field(validator=not_blank)
    title: str
    run: Viewable = field(validator=_callable)
    definition: str = ""
    """What a row is, in words."""
    formula: str = ""
    """How what it shows is reckoned."""
    source: str = ""
    """Where the rule is from: a statute, or practice."""

    def parameters(self) -> tuple[str, ...]:
        """What it takes, as `name=default`; a blank default is found out when it runs."""
        import inspect  # only where somebody asks

        given = list(inspect.signature(self.run).parameters.values())[1:]
        return tuple(f"{one.name}={one.default}" for one in given if one.kind is one.KEYWORD_ONLY)


@frozen(kw_only=True, eq=False, repr=False)
class Finding(Plain):
    """Something a check found: what, where, and what to do about it. It never repeats what it found."""

    _shown = ("type", "id", "path", "rule", "span", "grave")

    message: str
    type: str = ""
    id: str = ""
    path: str = ""
    remedy: str = ""
    rule: str = ""
    """Which rule of the check it breaks; one that has a rule may be accepted, with a reason."""
    span: tuple[int, int] | None = None
    """The characters [start, end) of the text at `path`, in NFC, that it is about."""
    grave: bool = False
    """Nothing may be saved that newly has it, unless it is accepted."""


@frozen(kw_only=True, eq=False, repr=False)
class Check(Plain):
    """`run(record, book)` yields findings for one record."""

    name: str = field(validator=not_blank)
    title: str
    run: Callable[[Record, Outward], Iterable[Finding]] = field(validator=_callable)
    on_save: bool = False
    """Also run over what is saved: what it newly finds is told at once, and refused if it is `grave`.

    The record then comes whole, protected fields too.
    """


@frozen(kw_only=True, eq=False, repr=False)
class CountyPack(Plain):
    """A county as data: what `init --county NAME` fills a book with.

    `records()` gives records whose ids are fixed (`model.id_for(key)`), so that the same actor is the
    same in every book; packs may share one.
    """

    _shown = ("name", "county", "version")

    name: str = field(validator=not_blank)
    county: str
    """The county's SCB code, two digits."""
    title: str
    version: int
    records: Callable[[], Iterable[Record]] = field(validator=_callable)
    aliases: tuple[str, ...] = field(default=(), converter=texts)
    """Other words for the county that `--county` takes: its letter, its full name."""
    general: bool = False
    """Made of what holds of every county: it gives way to a county's own pack."""
    practice: Mapping[str, Any] = field(factory=dict)
    """What is customary there (`kontaktnat.practice`), for a book that has not set it otherwise."""


@frozen(kw_only=True, eq=False, repr=False)
class Catalogue(Plain):
    """A plugin's own messages in other languages: gettext's `folder/LANG/LC_MESSAGES/name.mo`.

    English is the key, as in the core: what a plugin says by `Text`, an error, a title or a help line.
    """

    name: str = field(validator=not_blank)
    """The gettext domain; the distribution's import name is a good one."""
    folder: Path


@frozen(kw_only=True, eq=False, repr=False)
class Command(Plain):
    """A command of the prompt: name and summary are static, `target` (`module:attr`) is imported on use."""

    name: str = field(validator=not_blank)
    summary: str
    target: str = field(validator=_importable)


@frozen(kw_only=True, eq=False, repr=False)
class MessageSource(Plain):
    """Where mails are read from: a kind of file, a folder, a server.

    `read(source, options)` yields each `Message` as it is read, and holds no more than one; a source may have
    thousands. A mail that cannot be read comes with its `problem`; Invalid is raised where the whole cannot.
    """

    name: str = field(validator=not_blank)
    summary: str
    suffixes: tuple[str, ...] = field(default=(), converter=texts)
    """Of files that are this kind; none: `recognises` tells, or it is named."""
    read: Callable[[str, Mapping[str, str]], Iterator[Message]] = field(validator=_callable)
    """`source` is a path, `-` for standard input, or what the source itself calls it."""
    recognises: Callable[[str], bool] | None = field(default=None, validator=_callable)
    """`recognises(source)`: whether it is one of these, where no suffix tells."""


@frozen(kw_only=True, eq=False, repr=False)
class Mailer(Plain):
    """A way for mails to leave: drafts in a folder, a server.

    `send(letters, options)` yields each letter when it has left, in their order, and stops or raises at the
    first that does not: what was yielded was sent, and is not sent again when one goes on.
    """

    name: str = field(validator=not_blank)
    summary: str
    send: Callable[[Iterable[Outgoing], Mapping[str, str]], Iterator[Outgoing]] = field(validator=_callable)
