"""The files of a pack as text and as rows; what is wrong with one does not keep the rest from being read."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import attrs

from kontaktnat.i18n import Text, or_nearest
from kontaktnat.packs.mistakes import Mistake, Tell

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

RECORD_FILES = {f"{name}s.csv": name for name in ("actor", "assignment", "role", "network", "commitment")}
"""File name → type of record, each after those it mostly refers to."""
WORDS = "words.csv"
SETTINGS = "pack.toml"
_AS_UTF8 = Text("save it as UTF-8: in Excel “CSV UTF-8”, in Notepad the encoding UTF-8")
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


@attrs.frozen(repr=False)
class Row:
    """One line of a CSV file: its cells that are not empty, by column."""

    file: str
    line: int
    cells: Mapping[str, str]
    whole: bool = True
    """Whether it has as many cells as there are columns."""

    def mistake(self, column: str, problem: str, remedy: str = "", *, note: bool = False) -> Mistake:
        """Something wrong in this line."""
        return Mistake(
            file=self.file, line=self.line, column=column, problem=problem, remedy=remedy, note=note
        )


def text_of(folder: Traversable, file: str, tell: Tell) -> str | None:
    """The file's text, None where there is none. A byte order mark, as Excel writes it, is passed over.

    One in another encoding is told of once, and read as what it most likely is.
    """
    path = folder.joinpath(file)
    if not path.is_file():
        return None
    content = path.read_bytes()
    if mark := _MARKS.get(content[:2]):
        tell(Mistake(file=file, line=1, problem=Text("not UTF-8"), remedy=_AS_UTF8))
        return content.decode(mark, errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        tell(Mistake(file=file, line=line, problem=Text("not UTF-8"), remedy=_AS_UTF8))
        return content.decode("cp1252", errors="replace")


def strangers(folder: Traversable, tell: Tell) -> None:
    """Tell of what looks like a file of a pack and is none."""
    known = (*RECORD_FILES, WORDS)
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        name = entry.name.encode(errors="replace").decode()  # a file's name may be any bytes
        if name in (*known, SETTINGS) and not entry.is_file():
            tell(Mistake(file=name, problem=Text("no file"), remedy=Text("put a file in its place")))
        elif name.lower().endswith(".csv") and name not in known:
            hint = or_nearest(name, known)
            tell(
                Mistake(
                    file=name,
                    problem=Text("no such file in a pack{hint}", hint=hint),
                    remedy=Text("name it one of {names}, or move it away", names=", ".join(known)),
                )
            )


def rows(
    file: str, text: str | None, columns: Callable[[Sequence[str], Tell], Sequence[str]], tell: Tell
) -> Iterator[Row]:
    """The lines of a file. `columns(header, tell)` gives the columns to read, "" for one that is not.

    What is parted by commas or tabs, and the line that tells Excel by what, is told of and read nevertheless.
    """
    lines = list(io.StringIO(text or "", newline=""))
    if text is not None and not text.strip():
        tell(
            Mistake(
                file=file,
                line=1,
                problem=Text("the file is empty"),
                remedy=Text("write the names of the columns on its first line, or take the file away"),
                note=True,
            )
        )
    names: Sequence[str] | None = None
    at = start = _after_sep(file, lines, tell)
    mark = _mark(file, lines[at:], at + 1, tell)
    while at < len(lines):
        reader = csv.reader(_from(lines, at), delimiter=mark, strict=True)
        try:
            for cells in reader:
                if names is None:
                    names = columns([cell.strip() for cell in cells], tell) if cells else None
                elif any(cell.strip() for cell in cells):
                    yield _row(file, start + 1, names, cells, tell)
                start = at + reader.line_num
            return
        except csv.Error as error:
            # A quotation mark that does not close takes all that follows with it: go on with the next line.
            tell(
                Mistake(
                    file=file,
                    line=start + 1,
                    problem=str(error),
                    remedy=Text(
                        'put a cell that holds ; or " in quotation marks, and write "" for each " in it'
                    ),
                )
            )
            at = start = start + 1
            names = names or ()


def _after_sep(file: str, lines: Sequence[str], tell: Tell) -> int:
    """Which line is the first that says something: not `sep=;`, with which Excel is told what it is."""
    if not lines or not re.fullmatch(r"\"?sep=.?\"?\s*", lines[0], re.IGNORECASE):
        return 0
    problem, remedy = Text("{line!r} is no line of a pack", line=lines[0].strip()), Text("take the line out")
    tell(Mistake(file=file, line=1, problem=problem, remedy=remedy))
    return 1


def _mark(file: str, lines: Sequence[str], n: int, tell: Tell) -> str:
    """What stands between the cells, by the first line."""
    first = next((line for line in lines if line.strip()), "")
    if ";" in first:
        return ";"
    found = max(",\t", key=first.count)
    if found not in first:
        return ";"
    tell(
        Mistake(
            file=file,
            line=n,
            problem=Text("commas between the cells") if found == "," else Text("tabs between the cells"),
            remedy=Text("put ; between the cells, as Excel saves “CSV UTF-8” in Swedish"),
        )
    )
    return found


def _from(lines: Sequence[str], n: int) -> Iterator[str]:
    while n < len(lines):
        yield lines[n]
        n += 1


def _row(file: str, line: int, names: Sequence[str], cells: Sequence[str], tell: Tell) -> Row:
    filled = {name: cell.strip() for name, cell in zip(names, cells, strict=False) if name and cell.strip()}
    if len(cells) == len(names) or not names:
        return Row(file, line, filled, whole=bool(names))
    tell(
        Mistake(
            file=file,
            line=line,
            problem=Text("{cells} cells under {n} column", "{cells} cells under {n} columns",
                         cells=len(cells), n=len(names)),
            remedy=Text("write as many cells as there are columns, empty ones too"),
        )
    )  # fmt: skip
    return Row(file, line, filled, whole=False)


def header(
    file: str, names: Sequence[str], wrong: Callable[[str], tuple[Text, Text] | None], tell: Tell
) -> list[str]:
    """The columns, "" for each that is twice there or of which `wrong(name)` says (problem, remedy)."""
    kept: list[str] = []
    for place, name in enumerate(names):
        if not name:  # as Excel leaves them, for cells in which something stood once: told of once
            if "" not in names[:place]:
                problem, remedy = (
                    Text("a column without a name"),
                    Text("name it, or take out its ; on every line"),
                )
                tell(Mistake(file=file, line=1, problem=problem, remedy=remedy))
            kept.append("")
            continue
        found = wrong(name)
        if name in names[:place]:
            found = Text("the column stands there twice"), Text("take one of them out")
        if found:
            tell(Mistake(file=file, line=1, column=name, problem=found[0], remedy=found[1]))
        kept.append("" if found else name)
    return kept
