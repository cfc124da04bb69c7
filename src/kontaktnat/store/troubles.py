"""What is said when a file fails: one line each, that names the book and what to do."""

from __future__ import annotations

from kontaktnat.errors import KontaktnatError, NotFound, Refused, StoreBusy, StoreDamaged, reason
from kontaktnat.i18n import Text
from kontaktnat.store import files


def no_book(place: str, problem: Text) -> StoreDamaged:
    """For what does not begin as a book does."""
    return StoreDamaged(
        "{path} is damaged or no book ({problem}); put back a backup, or name another file",
        path=place,
        problem=problem,
    )


def damaged(place: str, line: int, problem: Text) -> StoreDamaged:
    """For a book with a line that is not as it was written."""
    return StoreDamaged(
        "{path} is damaged at line {line} ({problem}); put back a backup, or let kontaktnat check --repair "
        "keep all that can be read (after an edit by hand: check --accept)",
        path=place,
        line=line,
        problem=problem,
    )


def newer(place: str, found: int, known: int) -> Refused:
    """For a book that a later kontaktnat wrote."""
    return Refused(
        "{path} was written by a newer kontaktnat (schema {found}, this one knows {schema}); "
        "upgrade kontaktnat",
        path=place,
        found=found,
        schema=known,
    )


def lifted(place: str, found: int) -> Refused:
    """For a book that another process lifted to a newer schema while this one read it."""
    return Refused(
        "{path} was lifted to schema {found} since it was read; open it again", path=place, found=found
    )


def not_read(place: str, error: OSError, *, was_there: bool) -> KontaktnatError:
    """For a file that cannot be read; `was_there`: it could before."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        if was_there:
            return StoreDamaged(
                "{path} has vanished since it was opened; put it back, or its backup", path=place
            )
        return NotFound("{path}: no such book; make one with kontaktnat init", path=place, nearest=())
    return StoreDamaged(
        "{path} cannot be read ({problem}); see to its permissions and its disk",
        path=place,
        problem=reason(error),
    )


def not_saved(place: str, error: OSError) -> KontaktnatError:
    """For a file that did not take what it was given."""
    fields = {"path": place, "problem": reason(error)}
    if isinstance(error, files.SyncError):
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
            "{path}: another program holds the file ({problem}) and nothing was saved; try again", **fields
        )
    return StoreDamaged(
        "{path}: nothing was saved ({problem}); free space, or see to the permissions of the file "
        "and its folder, then try again",
        **fields,
    )
