"""What lies beside a book and may name people: backups, what crashes and repairs left, rejected rows.

It takes part in extracts and erasures through the same hooks as everyone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from kontaktnat.extend import hookimpl
from kontaktnat.i18n import Text

if TYPE_CHECKING:
    from pathlib import Path

    from kontaktnat.persons import Person, PersonalData

_OLDER = (".bak", ".torn", ".damaged", ".new")
_TORN = ".torn"
_BEGINS = b'{"crc":'
"""How a book begins."""
_LARGE = 200_000_000


@hookimpl
def personal_data(person: Person) -> Iterator[PersonalData]:
    from kontaktnat.persons import PersonalData

    older, rejected = _older(person), [path for path, _ in _rejected(person)]
    for path in older:
        yield PersonalData(what=Text("an older state of the book, which will be deleted"), where=str(path))
    for path in _drafts(person):
        yield PersonalData(what=Text("a draft of an edit, which will be deleted"), where=str(path))
    for path in _copies(person, {*older, *rejected}):
        yield PersonalData(what=Text("names them and stays; look at it yourself"), where=str(path))
    for path in rejected:
        yield PersonalData(what=Text("rejected rows of an import"), where=str(path))


@hookimpl
def erase_person(person: Person) -> None:
    from kontaktnat.store import files

    for path in (*_older(person), *_drafts(person)):
        path.unlink(missing_ok=True)
    for path, kept in _rejected(person):
        files.replace(path, [kept])


def _older(person: Person) -> list[Path]:
    """Files that are the book as it was; of one that a crash cut off, a name may be the half that is left."""
    from kontaktnat.store.places import beside

    path = _book(person)
    found = beside(path) if path else []
    return [
        one for one in found
        if one.suffix in _OLDER and one.is_file() and (one.suffix == _TORN or person.named_in(_text(one)))
    ]  # fmt: skip


def _copies(person: Person, told: set[Path]) -> list[Path]:
    """Other files here that seem to be the book, or out of it: whose they are is for a human to know."""
    path = _book(person)
    if path is None:
        return []
    taken = {path, path.with_name(f"{path.name}.lock"), *told}
    return [
        one
        for one in sorted(path.parent.iterdir())
        if one.is_file() and one not in taken and _may_be_of(path, one) and person.named_in(_text(one))
    ]


def _may_be_of(book: Path, other: Path) -> bool:
    if other.stat().st_size > _LARGE:
        return False
    if book.stem in other.name:
        return True
    with other.open("rb") as file:
        return file.read(len(_BEGINS)) == _BEGINS


def _drafts(person: Person) -> list[Path]:
    """What somebody was editing when something went wrong, and the copies that editors make of it."""
    from kontaktnat.store.places import draft_prefix

    path = _book(person)
    folders = (
        [one for one in path.parent.iterdir() if one.name.startswith(draft_prefix(path.name))] if path else []
    )
    found = (file for folder in folders if folder.is_dir() for file in folder.iterdir())
    return [one for one in found if one.is_file() and person.named_in(_text(one))]


def _rejected(person: Person) -> Iterator[tuple[Path, bytes]]:
    """Files of rejected rows that name them, and what is left of each."""
    path = _book(person)
    for one in sorted(path.parent.glob("*.rejected*.*")) if path else ():
        kept = _without(_text(one), person.named_in) if one.is_file() else None
        if kept is not None:
            yield one, kept.encode("utf-8-sig" if one.suffix == ".csv" else "utf-8")


def _without(text: str, named: Callable[[str], bool]) -> str | None:
    """The rows that name nobody of theirs; None where all are such. A quoted cell may go over lines."""
    import csv
    import io
    import re

    if text.lstrip()[:6].upper() == "BEGIN:":  # cards and events, whose lines are folded
        piece = re.compile(r"^BEGIN:(VCARD|VCALENDAR)\b.*?^END:\1[^\n]*\n?", re.DOTALL | re.I | re.M)
        left = piece.sub(lambda one: "" if named(re.sub(r"\r?\n[ \t]", "", one[0])) else one[0], text)
        return left if left != text else None
    if text.startswith("{"):
        rows = text.splitlines(keepends=True)
        kept = [row for row in rows if not named(row)]
        return "".join(kept) if len(kept) < len(rows) else None
    from kontaktnat.builtin.csv_reading import of_any_length

    header = text.partition("\n")[0]
    apart = ";" if header.count(";") > header.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=apart)
    with of_any_length(0, reader):
        cells = list(reader)
    rows_left = [row for row in cells if not named("\n".join(row))]
    if len(rows_left) == len(cells):
        return None
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=apart).writerows(rows_left)
    return out.getvalue()


def _book(person: Person) -> Path | None:
    from kontaktnat.opening import scheme_of
    from kontaktnat.store.places import real_path

    return real_path(person.place) if person.place and scheme_of(person.place) == "file" else None


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8-sig", "replace")
