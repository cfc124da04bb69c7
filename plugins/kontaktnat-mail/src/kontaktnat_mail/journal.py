"""What has been sent to whom, in a file beside the book: by it nobody gets a mailing twice.

Each line is on the disk before the next step is taken, and a line `trying` stands there before the server
has the letter. So of a process that was killed between the server's yes and our note it is known that one
letter *may* have gone. It is not sent again unasked: where one of the two has to be wrong, somebody gets no
letter, and is named.

The file holds ids of records and of messages, times and states: no names, addresses or texts. It is not part
of the book, whose undo would make what has been sent unsent.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO

import attrs

from kontaktnat.errors import Invalid, StoreBusy, reason

_KEPT = timedelta(days=400)
"""So long it is remembered who has had a mailing."""
STATES = ("queued", "trying", "sent", "later", "refused", "logged")
WAITING = ("queued", "later")
"""It has not gone: the next run sends it."""


@attrs.frozen(kw_only=True, repr=False)
class Entry:
    """The newest that is known of one letter of a mailing."""

    mailing: str
    who: str
    """The id of the person, role or actor."""
    state: str
    id: str
    """The letter's Message-ID."""
    at: str
    """ISO 8601, in UTC."""
    said: str = ""
    """What the server said, as its code."""

    @property
    def when(self) -> datetime:
        """When that was."""
        return datetime.fromisoformat(self.at)


class Journal:
    """The file, held by one process at a time: see `opened`."""

    def __init__(self, file: BinaryIO, entries: Iterable[Entry]) -> None:
        self._file = file
        self._known: dict[tuple[str, str], Entry] = {(one.mailing, one.who): one for one in entries}

    def of(self, mailing: str) -> Mapping[str, Entry]:
        """The newest of each who is in a mailing, by whose id it is."""
        return {one.who: one for one in self._known.values() if one.mailing == mailing}

    def unlogged(self) -> list[Entry]:
        """What has been sent, and is not yet told in the book."""
        return [one for one in self._known.values() if one.state == "sent"]

    def note(self, *entries: Entry) -> None:
        """Write it down; it is on the disk when this returns. Raises Invalid where it cannot be.

        An OSError would look like a lost connection to whoever sends, after which a letter goes once more.
        """
        try:
            self._file.write(b"".join(map(_line, entries)))
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            raise Invalid("{path}: it cannot be written down to whom this goes ({reason}); nothing more is "
                          "sent", path=self._file.name, reason=reason(error)) from None  # fmt: skip
        self._known |= {(one.mailing, one.who): one for one in entries}


@contextmanager
def opened(path: Path, now: datetime) -> Iterator[Journal]:
    """The journal, kept from others meanwhile; raises StoreBusy where another process sends.

    What is older than is remembered goes, but not what may or may not have gone out.
    """
    with _alone(path):
        entries = read(path)
        kept = [one for one in entries if one.state == "trying" or one.when > now - _KEPT]
        with _told(path):
            if len(kept) < len(entries) or not _ends(path):
                _rewrite(path, kept)
            file = path.open("ab")
        try:
            yield Journal(file, kept)
        finally:
            with suppress(OSError):  # what could not be written has been told
                file.close()


def read(path: Path) -> list[Entry]:
    """The newest of each letter; nothing where there is no file. Raises Invalid where a line cannot be read.

    A line that a crash cut off was never acted on: what is done is done after it stands there whole.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return []
    except OSError as error:
        raise Invalid("{path}: {problem}", path=str(path), problem=reason(error)) from None
    whole = data[: data.rfind(b"\n") + 1]
    return [*{(one.mailing, one.who): one for one in _read(whole, path)}.values()]


def waiting(path: Path, mailing: str) -> frozenset[str]:
    """The ids of those to whom a mailing has not gone, though it was begun."""
    return frozenset(one.who for one in read(path) if one.mailing == mailing and one.state in WAITING)


def forget(path: Path, ids: Iterable[str]) -> None:
    """Take out what is about these records."""
    gone = frozenset(ids)
    with _alone(path):
        kept = [one for one in read(path) if one.who not in gone]
        with _told(path):
            _rewrite(path, kept)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """What the system has against writing a file, as Invalid with its path."""
    try:
        yield
    except OSError as error:
        raise Invalid("{path}: {problem}", path=str(path), problem=reason(error)) from None


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    import portalocker

    flags = portalocker.LockFlags.EXCLUSIVE | portalocker.LockFlags.NON_BLOCKING
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.with_name(f"{path.name}.lock").open("ab")
    except OSError as error:
        raise Invalid("{path}: {problem}", path=str(path), problem=reason(error)) from None
    with file:
        try:
            portalocker.lock(file, flags)
        except portalocker.exceptions.LockException:
            raise StoreBusy("another process is sending mails of this book; wait until it is done") from None
        try:
            yield
        finally:
            portalocker.unlock(file)


def _ends(path: Path) -> bool:
    return not path.exists() or path.read_bytes()[-1:] in (b"", b"\n")


def beside(place: str) -> Path:
    """Where the journal of a book lies; of one that is no file, in the user's own folder."""
    path = Path(place)
    if place and "://" not in place and not place.startswith("memory:"):
        real = path.resolve()
        return real.with_name(f"{real.name}.mailings")
    import hashlib

    from platformdirs import user_data_path

    name = hashlib.sha256(place.encode()).hexdigest()[:16]
    return user_data_path("kontaktnat", appauthor=False) / f"{name}.mailings"


def _line(entry: Entry) -> bytes:
    import orjson

    return orjson.dumps(attrs.asdict(entry)) + b"\n"


def _read(data: bytes, path: Path) -> Iterator[Entry]:
    import orjson

    for number, line in enumerate(data.splitlines(), 1):
        try:
            said: Any = orjson.loads(line)
            entry = Entry(**{name: str(value) for name, value in said.items()})
            if entry.state not in STATES or entry.when.tzinfo is None:
                raise ValueError
        except (ValueError, TypeError, AttributeError):
            raise Invalid("{path}: line {line} cannot be read: nothing is sent, or somebody might be mailed "
                          "twice; mend it", path=str(path), line=number) from None  # fmt: skip
        yield entry


def _rewrite(path: Path, entries: Iterable[Entry]) -> None:
    new = path.with_name(f"{path.name}.new")
    with new.open("wb") as file:
        file.write(b"".join(map(_line, entries)))
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
