"""TinyDB's storage over one file that is always whole: parsed once, held in memory, replaced when saved."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tinydb.storages import Storage

from kontaktnat.descriptors import StoreOptions
from kontaktnat.errors import KontaktnatError, NotFound, Refused, StoreBusy, StoreDamaged, Usage
from kontaktnat.store import files
from kontaktnat.store.format import Content, Tables, lifted, parsed, written
from kontaktnat.store.locks import Gate


class BookStorage(Storage):
    """The tables of one book.

    `gate` gives turns; `generation` grows whenever the tables in memory are others than those saved last
    by this object; `place` is the path as it was given, for messages.

    Opening raises NotFound, Usage (no place for a book), Refused (a newer schema), StoreBusy, StoreDamaged.
    """

    def __init__(self, path: str | os.PathLike[str], options: StoreOptions) -> None:
        self.place = os.fspath(path)
        self.generation = 0
        self.closed = False
        self._options = options
        self._path = _real_path(self.place)
        self._tables: Tables | None = None
        self._schema = options.schema
        self._saves = 0
        self._stamp: files.Stamp | None = None
        self._was_there = False
        self._depth = 0
        self._unsure = False
        lock = self._path.with_name(self._path.name + ".lock")
        self.gate = Gate(lock, place=self.place, timeout=options.lock_timeout, on_fork=self._after_fork)
        try:
            self._open()
        except BaseException:
            self.gate.close()
            raise

    # What TinyDB calls

    def read(self) -> Tables:
        """The tables as they lie in memory: not copies."""
        if self._tables is None:
            self.refresh()
        return self._tables or {}

    def write(self, data: Tables) -> None:
        """Save all tables; inside a `batch()` that is left to its end."""
        with self.batch():
            self._tables = data

    def close(self) -> None:
        """Let go of the lock file, when no other thread has its turn; twice does no harm."""
        with self.gate.thread():
            self.closed = True
            self.gate.close()

    # What the store adds

    @property
    def writable(self) -> bool:
        """Whether it was opened for writing and the file has the schema that is written."""
        return self._options.mode != "r" and self._schema == self._options.schema

    def refresh(self) -> None:
        """Read the file again if it has changed. On an error what is in memory stays."""
        with self.gate.thread():
            if found := self._read(self._stamp):
                self._take(*found)

    def forget(self) -> None:
        """Drop what is in memory; it is read from the file when next needed."""
        self._tables = self._stamp = None
        self.generation += 1

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
            yield

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Inside, writes are gathered; at the end they are saved as one, or none of them is."""
        with self.writing():
            self._depth += 1
            try:
                yield
                if self._depth == 1:
                    self._save(self.read())
            except BaseException:
                self.forget()
                raise
            finally:
                self._depth -= 1

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
        if not self.writable:
            raise Refused(
                "{path} is of the older schema {found} and only read; open it with migrate=True to lift it "
                "to {schema} (a backup is kept beside it)",
                path=self.place,
                found=self._schema,
                schema=self._options.schema,
            )

    def _after_fork(self) -> None:
        self._depth = 0  # another thread of the parent may have been in the middle of a batch
        self.forget()

    def _open(self) -> None:
        if self._options.mode == "create" and not self._path.exists():
            folder = self._path.parent
            if not folder.is_dir():
                raise Usage(
                    "{path}: there is no folder {folder}; make it first", path=self.place, folder=folder
                )
            with self.gate.process():
                if not self._path.exists():
                    self._save({})
        self.refresh()
        if self._options.migrate and self._options.mode != "r" and not self.writable:
            with self.gate.process():
                self._migrate()

    def _migrate(self) -> None:
        found = self._read(None)
        assert found is not None
        self._take(*found)
        if not self.writable:  # else another process was first
            try:
                files.replace(self._free_backup(), found[1])
            except OSError as error:
                raise self._not_saved(error) from None
            self._save(self.read())

    def _free_backup(self) -> Path:
        stem = f"{self._path.name}.schema-{self._schema}"
        names = itertools.chain([f"{stem}.bak"], (f"{stem}.{n}.bak" for n in itertools.count(2)))
        return next(path for name in names if not (path := self._path.with_name(name)).exists())

    # Bytes

    def _read(self, known: files.Stamp | None) -> tuple[files.Stamp, bytes] | None:
        try:
            return files.read(self._path, known)
        except (FileNotFoundError, NotADirectoryError):
            if self._was_there:
                raise StoreDamaged(
                    "{path} has vanished since it was opened; put it back, or its backup", path=self.place
                ) from None
            raise NotFound(
                "{path}: no such book; make one with kontaktnat init", path=self.place, nearest=()
            ) from None
        except OSError as error:
            raise StoreDamaged(
                "{path} cannot be read ({problem}); see to its permissions and its disk",
                path=self.place,
                problem=error.strerror or str(error),
            ) from None

    def _take(self, stamp: files.Stamp, data: bytes) -> None:
        content = parsed(self.place, data)
        self._tables = lifted(self.place, content, self._options)
        self._schema, self._saves = content.schema, content.saves
        self._stamp, self._was_there = stamp, True
        self.generation += 1

    def _save(self, tables: Tables) -> None:
        content = Content(self._options.schema, self._saves + 1, tables)
        data = written(self.place, content)
        try:
            self._stamp = files.replace(self._path, data)
        except OSError as error:
            raise self._not_saved(error) from None
        self._tables, self._was_there = tables, True
        self._schema, self._saves = content.schema, content.saves

    def _not_saved(self, error: OSError) -> KontaktnatError:
        fields = {"path": self.place, "problem": error.strerror or str(error)}
        if isinstance(error, files.SyncError):
            self._unsure = True
            if error.replaced:
                return StoreDamaged(
                    "{path}: saved, but the disk did not confirm it ({problem}); "
                    "open the book again and see what it holds",
                    **fields,
                )
            return StoreDamaged(
                "{path}: the disk did not take it ({problem}) and nothing was saved; see to the disk, "
                "then open the book again",
                **fields,
            )
        if files.is_in_use(error):
            return StoreBusy(
                "{path}: another program holds the file ({problem}) and nothing was saved; try again",
                **fields,
            )
        return StoreDamaged(
            "{path}: nothing was saved ({problem}); free space, or see to the permissions of the file "
            "and its folder, then try again",
            **fields,
        )


def _real_path(place: str) -> Path:
    """Behind every symlink, so that those stay, and all who open the book meet at one lock file."""
    try:
        path = Path(os.path.realpath(place))
        other = path.exists() and not path.is_file()
    except (OSError, ValueError) as error:
        raise Usage("{path!r} names no file ({problem})", path=place, problem=str(error)) from None
    if other:
        raise Usage("{path} is no file, so it is no book; name a file", path=place)
    return path
