"""A book's file as tables in memory, in TinyDB's form; each change is a block at the end of the file.

Promises: `commit` is all or nothing, and durable when it returns; what lies in memory is what the file says
up to `version`; a failed sync poisons the object, for a second one may say yes of what is lost; that the
file could not be rewritten never makes a commit fail.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any, Protocol

from kontaktnat.descriptors import StoreOptions
from kontaktnat.errors import KontaktnatError, Refused, StoreDamaged, Usage, reason
from kontaktnat.i18n import Text
from kontaktnat.store import blocks, files
from kontaktnat.store.blocks import Block, Row
from kontaktnat.store.held import Held
from kontaktnat.store.journal import Journal, line_at
from kontaktnat.store.layout import FORMAT, Header, Table, Tables, snapshot_of, tables_of
from kontaktnat.store.lifting import Lifting
from kontaktnat.store.places import free_name, gate_of, real_path
from kontaktnat.store.troubles import damaged, not_read, not_saved

log = logging.getLogger("kontaktnat")


class Observer(Protocol):
    """Who keeps something that was worked out from the tables."""

    def applied(self, rows: Sequence[Row]) -> None:
        """These changes were made."""

    def forgotten(self) -> None:
        """The tables are others."""


class BookStorage:
    """The tables of one book. `gate` gives turns; `place` is the path as it was given, for messages.

    Opening raises NotFound, Usage (no place for a book), Refused (a newer schema), StoreBusy, StoreDamaged.
    """

    observer: Observer | None = None
    """Told of each change."""

    def __init__(self, path: str | os.PathLike[str], options: StoreOptions) -> None:
        self.place = os.fspath(path)
        self.path = real_path(self.place)
        self.closed = False
        self._options = options
        self._lifting = Lifting(self.place, options)
        self._journal = Journal(self.path, self.place)
        self._held: Held | None = None
        self._unsure = False
        self._loads = self._pause = 0
        self.gate = gate_of(self.path, self.place, options.lock_timeout, self.forget)
        try:
            self._open()
        except BaseException:
            self.gate.close()
            raise

    def close(self) -> None:
        """Let go of the lock file, when no other thread has its turn; twice does no harm."""
        with self.gate.thread():
            self.closed = True
            self.gate.close()

    @property
    def writable(self) -> bool:
        """Whether it was opened for writing and the file is of the format and schema that is written."""
        return self._options.mode != "r" and not self._lifting.is_needed(self._journal.header)

    @property
    def version(self) -> int:
        """Number of the newest transaction that is seen here."""
        return self._live().version

    @property
    def state(self) -> object:
        """Equal as long as the tables are the same."""
        return self._loads, self.version

    @property
    def tables(self) -> Tables:
        """The tables as they lie in memory: not copies, and never to be changed."""
        return self._live().tables

    def table(self, name: str) -> Table:
        """A table as it lies in memory: not a copy, and never to be changed."""
        return self.tables.get(name, {})

    def highest(self, name: str) -> int:
        """No doc_id in a table is higher; 0 for an empty one."""
        return self._live().highest(name)

    def refresh(self) -> None:
        """See what others have saved. On an error what is in memory stays."""
        with self.gate.thread(), self._reading():
            try:
                self._look()
            except StoreDamaged:
                self._look()  # it may have been cut back and added to while it was read: damage stays

    def forget(self) -> None:
        """Drop what is in memory; it is read from the file when next needed."""
        self._held = None
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
        block = blocks.written({"number": number, **head}, rows)
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

    def history(self, since: int, needle: str | None = None) -> Iterator[tuple[Block, list[Row]]]:
        """Transactions above `since`, oldest first, with what each changed, in the schema that is read.

        Only those that name `needle`, an id, if given. Raises StoreDamaged.
        """
        try:
            quoted = None if needle is None else blocks.quoted(needle)
        except TypeError:  # half a surrogate pair, which no file holds
            return iter(())
        with self.gate.thread():
            self._live()
            with self._reading():
                found, version = self._journal.transactions(since, quoted), self.version
            schema = self._journal.header.schema  # the file that is read may be replaced by a lifted one
        return self._told(found, range(since + 1, version + 1), schema)

    def rewrite(
        self, change: Callable[[Block, list[Row]], bytes], tables: Tables, more: Sequence[bytes] = ()
    ) -> None:
        """Replace the file: each transaction as `change` makes it, `more` of them, and these tables.

        Inside `writing()`.
        """
        version = self.version + len(more)
        header = self._journal.header._replace(
            schema=self._options.schema,
            format=FORMAT,
            rewritten=self._journal.header.rewritten + 1,
            archived=version,
        )
        try:
            archive = [*(change(*one) for one in self.history(0)), *more]
            header = header._replace(archive=sum(map(len, archive)))
            self._journal.rewrite(header, snapshot_of(version, tables), archive)
        except OSError as error:
            raise self._not_saved(error) from None
        finally:
            self.forget()

    # Inside

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise not_read(self.place, error, was_there=self._loads > 0) from None

    def _told(self, found: Iterator[Block], numbers: range, schema: int) -> Iterator[tuple[Block, list[Row]]]:
        with self._reading():
            for block in found:
                if block.head["number"] in numbers:  # others may have added some that are not seen here yet
                    yield block, self._lifting.rows(block, schema)

    def _look(self) -> None:
        news = None if self._held is None else self._journal.news()
        if news is None:
            self._load()
        else:
            self._catch_up(news)

    def _live(self) -> Held:
        if self._held is None:
            self.refresh()
        assert self._held is not None
        return self._held

    def _load(self) -> None:
        """Read the file anew; what is in memory stays until all is read."""
        journal = Journal(self.path, self.place)
        found, schema = journal.load(), journal.header.schema
        version, tables = tables_of(found.snapshot)
        held = Held(version, self._lifting.tables(tables, schema))
        for block in found.tail:
            held.apply(block.head["number"], self._lifting.rows(block, schema))
        if journal.torn and self._held is not None and held.version < self._held.version:
            # This handle has seen whole what is cut off.
            raise damaged(self.place, line_at(self.path, journal.end), Text("the file ends too early"))
        journal.known = True
        self.forget()
        self._journal, self._held = journal, held
        self._loads += 1

    def _catch_up(self, found: Iterable[Block]) -> None:
        try:
            for block in found:
                self._apply(block.head["number"], self._lifting.rows(block, self._journal.header.schema))
            self._journal.known = True
        except BaseException:  # an interruption, or damage: all is read from the file again
            self.forget()
            raise

    def _apply(self, number: int, rows: Sequence[Row]) -> None:
        self._live().apply(number, rows)
        if self.observer:
            self.observer.applied(rows)

    def _cut(self) -> None:
        try:
            if self._journal.complete():
                self.refresh()
                return
            beside = self._journal.cut()
        except OSError as error:
            raise self._not_saved(error) from None
        said = Text(
            "{path}: a write that a crash cut off lies in {file}; all that was saved is there",
            path=self.place,
            file=beside.name,
        )
        log.warning("%s", said)

    def _compact(self) -> None:
        if self._pause:  # the last attempt failed: it is not tried at every commit
            self._pause -= 1
            return
        old = self._journal.header
        header = old._replace(rewritten=old.rewritten + 1, archived=self.version)
        try:
            self._journal.rewrite(header, snapshot_of(self.version, self.tables))
        except OSError as error:
            self._pause = 100
            if isinstance(error, files.SyncError) and error.replaced:
                self._unsure = True
            problem = reason(error)
            said = Text(
                "{path}: saved, but it could not be tidied ({problem})", path=self.place, problem=problem
            )
            log.warning("%s", said)

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
        if self._lifting.is_needed(self._journal.header):
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
        if self._options.migrate and self._options.mode != "r" and not self.writable:
            with self.gate.process():
                self._migrate()

    def _make(self) -> None:
        try:
            self._journal.rewrite(Header(self._options.schema), snapshot_of(0, {}), ())
        except OSError as error:
            raise self._not_saved(error) from None

    def _migrate(self) -> None:
        self.refresh()
        if self.writable:  # another process was first
            return
        schema = self._journal.header.schema
        try:
            backup = free_name(self.path.with_name(f"{self.path.name}.schema-{schema}"), "bak")
            files.replace(backup, [self.path.read_bytes()])
        except OSError as error:
            raise self._not_saved(error) from None
        try:
            self.rewrite(unchanged, self.tables)
        except KontaktnatError:
            if not self._unsure:
                with suppress(OSError):  # on a full disk each try would leave one more
                    backup.unlink()
            raise
        self.refresh()

    def _not_saved(self, error: OSError) -> KontaktnatError:
        if isinstance(error, files.SyncError):
            self._unsure = True
        return not_saved(self.place, error)


def unchanged(block: Block, rows: Sequence[Row]) -> bytes:
    """A transaction as it was, in the schema that is read."""
    return blocks.written(blocks.own(block.head), rows)
