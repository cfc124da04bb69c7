"""`check`, `--repair` and `--accept`: is the file as it was written, and if not, what can be kept?

Nothing is repaired unasked, and the damaged file is always kept beside. What a repair or an edit by hand
changed is a transaction of its own, so that history leads to what the book holds.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from kontaktnat.descriptors import StoreOptions
from kontaktnat.errors import StoreDamaged
from kontaktnat.i18n import Text
from kontaktnat.store import blocks, files
from kontaktnat.store.held import between, changes
from kontaktnat.store.journal import Journal
from kontaktnat.store.layout import FORMAT, FORMAT_1, Header, Tables, edited, snapshot_of
from kontaktnat.store.older import converted
from kontaktnat.store.places import beside, free_name, gate_of, real_path
from kontaktnat.store.salvage import Piece, Problem, Salvage, replayed, salvaged
from kontaktnat.store.troubles import damaged, newer, no_book, not_read, not_saved


def examined(place: str) -> list[Problem]:
    """What is wrong with the file, the archive included; nothing is changed.

    Raises NotFound, Usage, Refused (a newer format), and StoreDamaged for what is no book or cannot be read.
    """
    return _read(real_path(place), place).problems


def repaired(place: str, options: StoreOptions, *, by: str, at: datetime) -> list[Problem]:
    """Keep all that can be read; returns what was wrong. An intact file is left alone.

    Raises as `examined`, and StoreBusy.
    """
    # Of nobody: an `undo` that names no number would put the damage back.
    return _mended(place, options, {"at": at.isoformat(), "label": f"check --repair ({by})"})


def accepted(place: str, options: StoreOptions, *, by: str, at: datetime) -> list[Problem]:
    """Take an edit by hand as it stands; returns the lines that did not match any more.

    Raises as `examined`, StoreBusy, and StoreDamaged where a line cannot be read, with nothing changed.
    """
    return _mended(place, options, {"at": at.isoformat(), "by": by, "label": "check --accept"}, by_hand=True)


def torn(place: str) -> list[Path]:
    """The files beside a book that hold what crashes cut off."""
    return [one for one in beside(real_path(place)) if one.suffix == ".torn"]


def _mended(
    place: str, options: StoreOptions, said: Mapping[str, Any], *, by_hand: bool = False
) -> list[Problem]:
    if not examined(place):  # no lock file comes to lie beside what is sound, or is no book
        return []
    path = real_path(place)
    with closing(gate_of(path, place, options.lock_timeout)) as gate, gate.process():
        found = _read(path, place)
        if not found.problems:
            return []
        if by_hand and (bad := next((piece for piece in found.pieces if piece.lost), None)):
            raise damaged(place, bad.line, Text("it cannot be read as it is now; mend it first"))
        stands = _as_it_stands(found) if by_hand else _likeliest(found)
        found.problems += _unidentified(found, stands)
        kept = free_name(path, "damaged")
        try:
            files.replace(kept, [path.read_bytes()])
            files.replace(path, _rebuilt(found, stands, said, options))
        except OSError as error:
            if not (isinstance(error, files.SyncError) and error.replaced):
                with suppress(OSError):  # on a full disk each try would leave one more
                    kept.unlink(missing_ok=True)
            raise not_saved(place, error) from None
    return found.problems


def _read(path: Path, place: str) -> Salvage:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise not_read(place, error, was_there=False) from None
    if data.startswith(FORMAT_1):
        data = converted(place, data)
    # An editor may have put a byte order mark and its own line ends there; in JSON's strings there are none.
    plain = data.removeprefix(BOM_UTF8).replace(b"\r\n", b"\n")
    found = salvaged(plain)
    if not any(piece.sound or piece.rows for piece in found.pieces):
        raise no_book(place, Text("nothing of a book is in it"))
    header = found.one("header")
    if header and header.sound and (format := header.head["kontaktnat"]["format"]) > FORMAT:
        raise newer(place, format, FORMAT)
    if plain != data:
        found.problems.insert(0, Problem(1, edited(data) or Text("an editor has changed the line ends")))
    if found.one("header") is None or found.one("snapshot") is None:
        found.problems.insert(0, Problem(1, _missing(found)))
    if not found.problems:
        found.problems += [*_unopened(path, place), *_gaps(found), *_contradictions(found)]
    return found


def _missing(found: Salvage) -> Text:
    """What a file without its header or its snapshot does not hold any more, as far as the header tells."""
    header = found.one("header")
    said = header.head.get("archive", {}).get("version", 0) if header and header.sound else 0
    last = max((piece.head.get("number", 0) for piece in found.transactions), default=0)
    if said > last:
        return Text(
            "transaction {last} is the last that is there; {n} after it is missing, or more",
            "transaction {last} is the last that is there; {n} after it are missing, or more",
            last=last,
            n=said - last,
        )
    return Text("a part of the file is missing")


def _as_it_stands(found: Salvage) -> Tables:
    """The snapshot and what came after it."""
    snapshot = found.one("snapshot")
    if snapshot is None:
        return replayed(found.transactions)
    said = snapshot.head.get("snapshot", {})
    tables: Tables = {name: {} for name in said.get("tables", {})}
    for name, key, doc in snapshot.rows:
        tables.setdefault(name, {})[key] = doc
    later = [
        piece
        for piece in found.transactions
        if (
            piece.head.get("number", 0) > said["version"]
            if piece.sound and snapshot.sound
            else piece.line > snapshot.line
        )
    ]
    return replayed(later, tables)


def _likeliest(found: Salvage) -> Tables:
    """The snapshot where it is sound; else what history leads to, and over its gaps the snapshot's lines."""
    snapshot = found.one("snapshot")
    if snapshot is not None and snapshot.sound:
        return _as_it_stands(found)
    history = replayed(found.transactions)
    numbers = [piece.head.get("number") for piece in found.transactions]
    whole = all(piece.sound for piece in found.transactions) and numbers == [*range(1, len(numbers) + 1)]
    if whole or snapshot is None:
        return history
    stands = _as_it_stands(found)
    sure = replayed([piece for piece in found.transactions if piece.sound])
    for name, table in stands.items():
        for key, doc in table.items():
            known = sure.get(name, {}).get(key, {})
            if known.get("rev") == doc.get("rev") is not None:  # the same state, and this one has a witness
                table[key] = known
    if Counter(row[0] for row in snapshot.rows) == Counter(snapshot.head.get("snapshot", {}).get("tables")):
        return stands  # no line is missing: what is not there was deleted
    for name, table in stands.items():
        history.setdefault(name, {}).update(table)
    return history


def _unidentified(found: Salvage, tables: Tables) -> Iterator[Problem]:
    """Leaves out records of damaged lines whose id came to harm; a TinyDB of its own needs none."""
    if not any(isinstance(doc.get("id"), str) for table in tables.values() for doc in table.values()):
        return
    ids = {name: Counter(doc.get("id") for doc in table.values()) for name, table in tables.items()}
    for piece in found.pieces:
        for name, key, *_ in () if piece.sound else piece.rows:
            doc = tables.get(name, {}).get(key)
            if doc is not None and (not isinstance(id := doc.get("id"), str) or ids[name][id] > 1):
                del tables[name][key]
                ids[name][doc.get("id")] -= 1
                # Not what it says: it may be of somebody protected. It lies in the file that is kept.
                said = Text("{type} number {key} has no id of its own and is left out", type=name, key=key)
                yield Problem(piece.line, said)


def _rebuilt(
    found: Salvage, tables: Tables, said: Mapping[str, Any], options: StoreOptions
) -> Sequence[bytes]:
    header = found.one("header")
    book = header.head["kontaktnat"] if header and header.sound else {}
    archive: list[bytes] = []
    last, at = 0, said["at"]
    for number, piece in _numbered(found.transactions):
        lost = range(last + 1, number)
        archive += [blocks.written({"number": one, "at": at, "label": "lost"}) for one in lost]
        last = number
        at = piece.head.get("at", at)
        archive.append(blocks.written({"at": at, **piece.head, "number": number}, piece.rows))
    rows = between(replayed(found.transactions), tables)
    archive.append(blocks.written({"number": last + 1, **said}, rows))
    first = Header(
        schema=book.get("schema", options.schema),
        rewritten=book.get("rewritten", 0) + 1,
        archive=sum(map(len, archive)),
        archived=last + 1,
    )
    return [first.line(), *archive, snapshot_of(last + 1, tables)]


def _gaps(found: Salvage) -> Iterator[Problem]:
    """Transactions that are missing, or stand elsewhere than in their order."""
    for number, piece in enumerate((one for one in found.pieces if one.kind == "transaction"), 1):
        if piece.head.get("number") != number:
            yield Problem(piece.line, Text("transaction {number} should stand here", number=number))
            return


def _numbered(transactions: Sequence[Piece]) -> Iterator[tuple[int, Piece]]:
    """Each with its number. What a doubtful one says moves none of those after it: undos name them."""
    limits, limit = [], 0
    for piece in reversed(transactions):
        limits.append(limit)
        if piece.sound:
            limit = piece.head.get("number", 0)
    number = 0
    for piece, limit in zip(transactions, reversed(limits), strict=True):
        said = piece.head.get("number", 0)
        number = max(said if piece.sound or said < limit else 0, number + 1)
        yield number, piece


def _unopened(path: Path, place: str) -> Iterator[Problem]:
    """What opening minds though each part is sound: one that is missing, doubled or at another place."""
    try:
        Journal(path, place).load()
    except StoreDamaged as error:
        yield Problem(error.fields.get("line", 1), error.fields["problem"])


def _contradictions(found: Salvage) -> Iterator[Problem]:
    """Documents that are not what history leads to: not even a program may change them past it."""
    history, stands = replayed(found.transactions), _as_it_stands(found)
    snapshot = found.one("snapshot")
    line = snapshot.line if snapshot else 1
    for name in sorted({*history, *stands}):
        for _, key, before, after in changes(name, history.get(name, {}), stands.get(name, {})):
            id = (before if after is None else after).get("id", key)
            yield Problem(line, Text("{type} {id} is not what its history leads to", type=name, id=id))
