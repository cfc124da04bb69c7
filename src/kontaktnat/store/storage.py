"""TinyDB's storage over a book's file: all tables in memory, each change a block at the end of the file.

Promises: `commit` is all or nothing, and durable when it returns; what lies in memory is what the file says up
to `version`; a failed sync poisons the object, for a second one may say yes of what is lost; that the file
could not be rewritten never makes a commit fail.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from attrs import evolve
from tinydb.storages import Storage

from kontaktnat.descriptors import StoreOptions
from kontaktnat.errors import KontaktnatError, Refused, StoreDamaged, Usage
from kontaktnat.i18n import Text
from kontaktnat.store import blocks, files
from kontaktnat.store.blocks import Block, Row
from kontaktnat.store.journal import Journal, free_name, line_at
from kontaktnat.store.layout import FORMAT, Header, Table, Tables, snapshot_of, tables_of, transaction_of
from kontaktnat.store.locks import Gate
from kontaktnat.store.troubles import damaged, newer, not_read, not_saved

log = logging.getLogger("kontaktnat")


class Observer(Protocol):
    """Who keeps something that was worked out from the tables."""

    def applied(self, rows: Sequence[Row]) -> None:
        """These changes were made."""

    def forgotten(self) -> None:
        """The tables are others."""


class BookStorage(Storage):
    """The tables of one book. `gate` gives turns; `place` is the path as it was given, for messages.

    Opening raises NotFound, Usage (no place for a book), Refused (a newer schema), StoreBusy, StoreDamaged.
    """

    version: int
    """Number of the newest transaction in the tables."""

    observer: Observer | None = None
    """Told of each change."""

    def __init__(self, path: str | os.PathLike[str], options: StoreOptions) -> None:
        self.place = os.fspath(path)
        self.path = real_path(self.place)
        self.closed = False
        self.version = 0
        self._options = options
        self._journal = Journal(self.path, self.place)
        self._tables: Tables | None = None
        self._highest: dict[str, int] = {}
        self._was_there = False
        self._unsure = False
        self._loads = self._pause = 0
        self.gate = gate_of(self.path, self.place, options.lock_timeout, self.forget)
        try:
            self._open()
        except BaseException:
            self.gate.close()
            raise

    # What TinyDB calls

    def read(self) -> Tables:
        """The tables by name. They are not copies, only the mapping itself is."""
        return dict(self._live())

    def write(self, data: Mapping[str, Mapping[str, Any]]) -> None:
        """Save what differs from what is there: whole tables are taken and dropped so."""
        with self.writing():
            live = self._live()
            rows: list[Row] = []
            for name, table in live.items():
                if name not in data:
                    rows += [(name, key, doc, None) for key, doc in table.items()]
                    rows.append((name, None, True, None))
            for name, given in data.items():
                rows += changes(name, live.get(name), {str(key): doc for key, doc in given.items()})
            if rows:
                self.commit(by_tinydb(), rows)

    def close(self) -> None:
        """Let go of the lock file, when no other thread has its turn; twice does no harm."""
        with self.gate.thread():
            self.closed = True
            self.gate.close()

    # What the store adds

    @property
    def writable(self) -> bool:
        """Whether it was opened for writing and the file is of the format and schema that is written."""
        return self._options.mode != "r" and self._is_current

    @property
    def state(self) -> object:
        """Equal as long as the tables are the same."""
        return self._loads, self.version

    def table(self, name: str) -> Table:
        """A table as it lies in memory: not a copy, and never to be changed."""
        return self._live().get(name, {})

    def highest(self, name: str) -> int:
        """No doc_id in a table is higher; 0 for an empty one."""
        if name not in self._highest:
            self._highest[name] = max(map(_number, self.table(name)), default=0)
        return self._highest[name]

    def refresh(self) -> None:
        """See what others have saved. On an error what is in memory stays."""
        with self.gate.thread(), self._read():
            try:
                self._look()
            except StoreDamaged:
                self._look()  # it may have been cut back and added to while it was read: damage stays

    def forget(self) -> None:
        """Drop what is in memory; it is read from the file when next needed."""
        self._tables = None
        if self.observer:
            self.observer.forgotten()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Inside, nobody else saves, and what others saved is seen.

        Raises Refused where this book may not be written, StoreBusy, StoreDamaged.
        """
        self._refuse_unless_writable()
        with self.gate.process() as outermost:
            if outermost:
                self.refresh()
                self._refuse_unless_writable()
                if self._journal.torn:
                    self._cut()
            yield

    def commit(self, head: Mapping[str, Any], rows: Sequence[Row]) -> None:
        """Save a transaction, inside `writing()`. Its documents are plain JSON and from now on belong here.

        `head` says who, when and why. Raises StoreDamaged, after which all is as it was.
        """
        number = self.version + 1
        block = transaction_of({"number": number, **head}, rows)
        try:
            self._journal.append(block)
            self._apply(number, rows)
            if self._journal.is_long:
                self._compact()
        except OSError as error:
            raise self._not_saved(error) from None
        except BaseException:  # an interruption: whether it was saved, the file says
            self.forget()
            raise

    def history(self, since: int, needle: str | None = None) -> Iterator[Block]:
        """Blocks of transactions above `since`, oldest first; only those that name `needle`, an id, if given.

        Raises StoreDamaged.
        """
        try:
            quoted = None if needle is None else blocks.quoted(needle)
        except TypeError:  # half a surrogate pair, which no file holds
            return iter(())
        with self.gate.thread():
            self._live()
            with self._read():
                found, version = self._journal.transactions(since, quoted), self.version
        return self._between(since, version, found)

    def rows(self, block: Block) -> list[Row]:
        """What a transaction changed, in the schema that is read."""
        return self._rows(block, self._journal.header.schema)

    def rewrite(self, change: Callable[[Block], bytes], tables: Tables) -> None:
        """Replace the file: each transaction as `change` makes it, and these tables. Inside `writing()`."""
        header = evolve(
            self._journal.header,
            schema=self._options.schema,
            format=FORMAT,
            rewritten=self._journal.header.rewritten + 1,
            archived=self.version,
        )
        try:
            archive = [change(block) for block in self.history(0)]
            header = evolve(header, archive=sum(map(len, archive)))
            self._journal.rewrite(header, snapshot_of(self.version, tables), archive)
        except OSError as error:
            raise self._not_saved(error) from None
        finally:
            self.forget()

    # Inside

    @contextmanager
    def _read(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise not_read(self.place, error, was_there=self._was_there) from None

    def _between(self, since: int, version: int, found: Iterator[Block]) -> Iterator[Block]:
        # Another process may have added some that this one has not seen.
        with self._read():
            yield from (block for block in found if since < block.head["number"] <= version)

    def _look(self) -> None:
        news = None if self._tables is None else self._journal.news()
        if news is None:
            self._load()
        else:
            self._catch_up((block.head["number"], self.rows(block)) for block in news)

    @property
    def _is_current(self) -> bool:
        header = self._journal.header
        return (header.schema, header.format) == (self._options.schema, FORMAT)

    def _live(self) -> Tables:
        if self._tables is None:
            self.refresh()
        assert self._tables is not None
        return self._tables

    def _load(self) -> None:
        """Read the file anew."""
        journal = Journal(self.path, self.place)
        found, schema = journal.load(), journal.header.schema
        if schema > self._options.schema:
            raise newer(self.place, schema, self._options.schema)
        version, tables = tables_of(found.snapshot)
        if schema < self._options.schema:
            for name, table in tables.items():
                table.update({key: self._lifted(name, doc, schema) for key, doc in table.items()})
        tail = [(block.head["number"], self._rows(block, schema)) for block in found.tail]
        if journal.torn and version + len(tail) < self.version:  # this handle has seen whole what is cut off
            raise damaged(self.place, line_at(self.path, journal.end), Text("the file ends too early"))
        self.forget()
        self._journal, self.version, self._was_there = journal, version, True
        self._loads += 1
        self._highest.clear()
        try:
            self._tables = tables
            self._catch_up(tail)
        except BaseException:
            self.forget()
            raise

    def _rows(self, block: Block, schema: int) -> list[Row]:
        found = list(blocks.rows(block.body))
        if schema == self._options.schema:
            return found
        return [
            row
            if row[1] is None
            else (*row[:2], *(doc and self._lifted(row[0], doc, schema) for doc in row[2:]))
            for row in found
        ]

    def _lifted(self, type: str, doc: dict[str, Any], schema: int) -> dict[str, Any]:
        try:
            for step in self._options.migrations[schema - 1 : self._options.schema - 1]:
                doc = step(type, doc)
        except Exception as error:  # whatever a migration trips over in an old document
            raise StoreDamaged(
                "{path} cannot be lifted from schema {found} ({problem}); nothing was changed",
                path=self.place,
                found=schema,
                problem=f"{error.__class__.__name__}: {error}",
            ) from None
        return doc

    def _catch_up(self, found: Iterable[tuple[int, Sequence[Row]]]) -> None:
        try:
            for number, rows in found:
                self._apply(number, rows)
            self._journal.known = True
        except BaseException:  # an interruption, or damage: all is read from the file again
            self.forget()
            raise

    def _apply(self, number: int, rows: Sequence[Row]) -> None:
        assert self._tables is not None
        for name, key, _, after in rows:
            if key is None:
                if after is None:
                    self._tables.pop(name, None)
                    self._highest.pop(name, None)
                else:
                    self._tables.setdefault(name, {})
            elif after is None:
                self._tables[name].pop(key, None)
                if not self._tables[name]:
                    self._highest.pop(name, None)
            else:
                self._tables.setdefault(name, {})[key] = after
                if name in self._highest:
                    self._highest[name] = max(self._highest[name], _number(key))
        self.version = number
        if self.observer:
            self.observer.applied(rows)

    def _cut(self) -> None:
        try:
            beside = self._journal.cut()
        except OSError as error:
            raise self._not_saved(error) from None
        log.warning("%s: the end of a write that was cut off lies in %s", self.place, beside.name)

    def _compact(self) -> None:
        if self._pause:  # the last attempt failed: it is not tried at every commit
            self._pause -= 1
            return
        old = self._journal.header
        header = evolve(old, rewritten=old.rewritten + 1, archived=self.version)
        try:
            self._journal.rewrite(header, snapshot_of(self.version, self._live()))
        except OSError as error:
            self._pause = 100
            if isinstance(error, files.SyncError) and error.replaced:
                self._unsure = True
            log.warning("%s: saved, but not tidied (%s)", self.place, error)

    def _refuse_unless_writable(self) -> None:
        if self.closed:
            raise Usage("{path}: this book was closed", path=self.place)
        if self._options.mode == "r":
            raise Refused("{path} was opened for reading only", path=self.place)
        if self._unsure:
            raise StoreDamaged(
                "{path}: an earlier save was not confirmed by the disk, so nothing more is saved; "
                "open the book again and see what it holds",
                path=self.place,
            )
        if not self._is_current:
            raise Refused(
                "{path} is of the older schema {found} and only read; open it with migrate=True to lift it "
                "to {schema} (a backup is kept beside it)",
                path=self.place,
                found=self._journal.header.schema,
                schema=self._options.schema,
            )

    def _open(self) -> None:
        if self._options.mode == "create" and not self.path.exists():
            folder = self.path.parent
            if not folder.is_dir():
                raise Usage(
                    "{path}: there is no folder {folder}; make it first", path=self.place, folder=folder
                )
            with self.gate.process():
                if not self.path.exists():
                    self._make()
        self.refresh()
        if self._options.migrate and self._options.mode != "r" and not self._is_current:
            with self.gate.process():
                self._migrate()

    def _make(self) -> None:
        try:
            self._journal.rewrite(Header(self._options.schema), snapshot_of(0, {}), ())
        except OSError as error:
            raise self._not_saved(error) from None

    def _migrate(self) -> None:
        self.refresh()
        if self._is_current:  # another process was first
            return
        schema = self._journal.header.schema
        try:
            files.replace(
                free_name(self.path.with_name(f"{self.path.name}.schema-{schema}"), "bak"),
                [self.path.read_bytes()],
            )
        except OSError as error:
            raise self._not_saved(error) from None
        self.rewrite(self._lifted_block, self._live())
        self.refresh()

    def _lifted_block(self, block: Block) -> bytes:
        return transaction_of(blocks.own(block.head), self.rows(block))

    def _not_saved(self, error: OSError) -> KontaktnatError:
        if isinstance(error, files.SyncError):
            self._unsure = True
        return not_saved(self.place, error)


def by_tinydb() -> dict[str, Any]:
    """The head of a change of which TinyDB says nothing more."""
    return {"at": datetime.now(UTC).isoformat(), "label": "tinydb"}


def changes(name: str, before: Table | None, after: Mapping[str, Any]) -> Iterator[Row]:
    """What makes one table of another; `before` None: there is no such table yet."""
    if before is None:
        yield name, None, None, True
        before = {}
    for key, doc in before.items():
        if key not in after:
            yield name, key, doc, None
    for key, doc in after.items():
        if key not in before or before[key] != doc:
            yield name, key, before.get(key), doc


def _number(key: str) -> int:
    return int(key) if key.isdecimal() else 0  # a TinyDB may have doc_ids of its own making


def gate_of(path: Path, place: str, timeout: float, on_fork: Callable[[], None] | None = None) -> Gate:
    """The turns at a book: its lock file lies beside it."""
    return Gate(path.with_name(path.name + ".lock"), place=place, timeout=timeout, on_fork=on_fork)


def real_path(place: str) -> Path:
    """Behind every symlink, so that those stay, and all who open the book meet at one lock file.

    Raises Usage for what is no file's name.
    """
    try:
        path = Path(os.path.realpath(place))
        other = path.exists() and not path.is_file()
    except (OSError, ValueError) as error:
        raise Usage("{path!r} names no file ({problem})", path=place, problem=str(error)) from None
    if other:
        raise Usage("{path} is no file, so it is no book; name a file", path=place)
    return path
