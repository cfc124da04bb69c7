"""What became of each row of an import, and the file of those that were not taken."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from kontaktnat import codec
from kontaktnat.descriptors import Importer, Understood
from kontaktnat.errors import KontaktnatError
from kontaktnat.i18n import Label, Text


@attrs.frozen(kw_only=True, repr=False)
class Rejected:
    """A row that was not taken, and why. `raw` is the row as it stood; None: no file is to have it."""

    row: int
    reason: str
    raw: Any = None


@attrs.define(kw_only=True, repr=False)
class ImportResult:
    """What became of each row."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: list[Rejected] = attrs.field(factory=list)
    quarantined: int = 0
    """Of how many of the created something waits in quarantine."""
    held_back: int = 0
    """Of how many of the created nothing is made before it is decided who somebody is: mails of strangers."""
    ignored: int = 0
    """What came from somebody about whom nobody is asked any more."""
    ignored_rows: list[int] = attrs.field(factory=list)
    strangers: int = 0
    """How many guests of meetings, whom nobody surely knows, have come to wait in quarantine."""
    waiting: list[str] = attrs.field(factory=list)
    """Ids of what waits in quarantine by this import."""
    understood: Understood | None = None
    """What the importer understood of the file."""
    importer: Importer | None = None
    """What read it."""
    notes: list[Text] = attrs.field(factory=list)
    """What else is to be known of it: cells of a sheet that changed nothing."""
    batch: int | None = None
    """Number of the transaction; None where nothing changed, or where it is not yet saved."""

    @property
    def summary(self) -> Text:
        """The counts in one line."""
        if self.ignored:
            return Text(
                "created {created}, updated {updated}, unchanged {unchanged}, rejected {rejected}, "
                "ignored {ignored}",
                created=self.created,
                updated=self.updated,
                unchanged=self.unchanged,
                rejected=len(self.rejected),
                ignored=self.ignored,
            )
        return Text(
            "created {created}, updated {updated}, unchanged {unchanged}, rejected {rejected}",
            created=self.created,
            updated=self.updated,
            unchanged=self.unchanged,
            rejected=len(self.rejected),
        )

    def __str__(self) -> str:
        return str(self.summary)


def named_in(error: KontaktnatError) -> Text:
    """What is wrong with a row, a field by what people call it: who reads it sees no keys."""
    path = error.fields.get("path")
    if type(path) is not str or not (found := re.match(r"[a-z_]+(?=$|\[|\.)", path)):
        return error.text
    from kontaktnat.tabular.mapping import in_swedish

    said = in_swedish(found[0])
    return error.told(path=Label(path, said)) if said else error.text


def rejects_file(rejected: Iterable[Rejected], importer: Importer | None = None) -> bytes:
    """Rejected rows as a file that can be imported again, each with its reason."""
    kept = [one for one in rejected if one.raw is not None]
    if importer is not None and importer.rejects is not None:
        return importer.rejects([(one.raw, one.reason) for one in kept])
    if are_rows(kept):
        return _table(kept)
    lines = [str(one.raw).strip() for one in kept if one.raw]
    if any(line.startswith("{") for line in lines):  # of an archive, which begins with its header
        lines.insert(0, f'{{"schema":"{codec.FORMAT}"}}')
    return b"".join(line.encode() + b"\n" for line in lines)


def are_rows(rejected: Iterable[Rejected]) -> bool:
    """Whether their file is CSV, whatever it was that they came from."""
    return any(isinstance(one.raw, Mapping) for one in rejected)


def _table(rejected: Iterable[Rejected]) -> bytes:
    """CSV as Swedish Excel opens it in columns: they are corrected there."""
    import csv

    rows = [one for one in rejected if isinstance(one.raw, Mapping)]
    columns = list(dict.fromkeys(column for one in rows for column in one.raw if column != "problem"))
    text = io.StringIO()
    writer = csv.DictWriter(text, [*columns, "problem"], delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    for one in rows:
        writer.writerow({**one.raw, "problem": one.reason})
    return text.getvalue().encode("utf-8-sig")
