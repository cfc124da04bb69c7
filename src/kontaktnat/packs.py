"""A county pack is a folder of data: `pack.toml` and one CSV file per type of record.

    pack.toml          name, county (SCB code, two digits), title, version, aliases = […]
    actors.csv         key;name;kind;place;aliases;…
    assignments.csv    roles.csv    networks.csv    commitments.csv        (any may be absent)

The files are UTF-8 and `;`-separated, the first line names the columns. A column is a field of the record,
an `extra` field (`kalmar.certainty`, kept as text), or one of these:

`key`      the record's name in the world, as `se:municipality:0881`. Its id is made from type and key, so
           that the same actor has the same id in every book and two packs may share it.
`county`   the SCB code, where it is not the pack's; `none` for a record of no county (a national body).
`members`  of a network: keys of actors, each with `@` and the date it joined where that is known.

A field that refers to a record holds its key. Several values in a cell are separated by `|`; yes and no
are written out; an empty cell leaves the field's default. No persons: a pack's roles are vacant.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
import types
from collections.abc import Callable, Iterator, Mapping, Set
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin, get_type_hints

import attrs

from kontaktnat import codec
from kontaktnat.descriptors import CountyPack
from kontaktnat.errors import Invalid
from kontaktnat.i18n import Text, or_nearest
from kontaktnat.model import RECORDS, Record, Role, id_for
from kontaktnat.model.base import BOOKKEEPING
from kontaktnat.model.names import either

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

FILES = {f"{name}s.csv": name for name in ("actor", "assignment", "role", "network", "commitment")}
"""File name → type of record, each after those it mostly refers to."""

_SETTINGS = ("name", "county", "title", "version", "aliases")
_BY_THE_BOOK = BOOKKEEPING | {"extra"}
Keys = Set[tuple[str, str]]
"""(type, key) of every record of the pack."""

_KEY = re.compile(r"[^\s|@;]+")


@attrs.frozen(repr=False)
class _Row:
    """One line of a CSV file: its cells that are not empty, by column."""

    file: str
    line: int
    type: str
    key: str
    cells: Mapping[str, str]


def load_pack(folder: Traversable) -> CountyPack:
    """The pack in `folder`, a path or a package's resource. Reads pack.toml only; the rest when asked.

    Raises Invalid naming the entry of pack.toml that is wrong. `records()` of the pack raises Invalid
    naming file, line and column, before it has given anything.
    """
    settings = _settings(folder)
    return CountyPack(
        **settings | {"aliases": tuple(settings.get("aliases", ()))},
        records=partial(_records, folder, settings["county"]),
    )


def _settings(folder: Traversable) -> dict[str, Any]:
    text = _read(folder, "pack.toml")
    if text is None:
        raise Invalid(
            "{path}: missing; a pack's name, county, title and version stand there", path="pack.toml"
        )
    try:
        settings = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Invalid("{path}: {problem}", path="pack.toml", problem=str(error)) from None
    for name in settings:
        if name not in _SETTINGS:
            raise _wrong("pack.toml", name, Text("no such entry{hint}", hint=or_nearest(name, _SETTINGS)))
    for name in ("name", "county", "title"):
        if not (isinstance(settings.get(name), str) and settings[name].strip()):
            raise _wrong("pack.toml", name, Text("a text is needed"))
    if not re.fullmatch(r"\d\d", settings["county"], re.ASCII):
        raise _wrong(
            "pack.toml",
            "county",
            Text("{value!r} is no county code (two digits, SCB)", value=settings["county"]),
        )
    if type(settings.get("version")) is not int or settings["version"] < 1:
        raise _wrong("pack.toml", "version", Text("a whole number from 1 is needed"))
    aliases = settings.get("aliases", [])
    if not (isinstance(aliases, list) and all(isinstance(alias, str) for alias in aliases)):
        raise _wrong("pack.toml", "aliases", Text("a list of texts is needed"))
    return settings


def _records(folder: Traversable, county: str) -> tuple[Record, ...]:
    for entry in folder.iterdir():
        if entry.name.endswith(".csv") and entry.name not in FILES:
            raise Invalid(
                "{path}: no such file in a pack{hint}", path=entry.name, hint=or_nearest(entry.name, FILES)
            )
    rows = [row for file, type_name in FILES.items() for row in _rows(folder, file, type_name)]
    lines: dict[tuple[str, str], _Row] = {}
    for row in rows:
        earlier = lines.setdefault((row.type, row.key), row)
        if earlier is not row:
            raise _wrong_at(
                row, "key", Text("{key!r} is already on line {line}", key=row.key, line=earlier.line)
            )
    # Only now are all keys known: a record may refer to one further down, or in another file.
    return tuple(_record(row, county, lines.keys()) for row in rows)


def _rows(folder: Traversable, file: str, type_name: str) -> Iterator[_Row]:
    text = _read(folder, file)
    reader = csv.reader(io.StringIO(text or "", newline=""), delimiter=";", strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        if header:
            _check_columns(file, header, RECORDS[type_name])
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                problem = Text("{cells} cells under {n} column", "{cells} cells under {n} columns",
                               cells=len(cells), n=len(header))  # fmt: skip
                raise Invalid("{path}: {problem}", path=_at(file, reader.line_num), problem=problem)
            filled = {name: cell.strip() for name, cell in zip(header, cells, strict=True) if cell.strip()}
            row = _Row(file, reader.line_num, type_name, filled.pop("key", ""), filled)
            if not _KEY.fullmatch(row.key):
                raise _wrong_at(row, "key", Text("{key!r} is no key (one word without | @ ;)", key=row.key))
            yield row
    except csv.Error as error:
        raise Invalid("{path}: {problem}", path=_at(file, reader.line_num), problem=str(error)) from None


def _check_columns(file: str, header: list[str], cls: type[Record]) -> None:
    at = _at(file, 1)
    if "key" not in header:
        raise _wrong(at, "key", Text("the column is missing"))
    for place, name in enumerate(header):
        if name in header[:place]:
            raise _wrong(at, name, Text("the column stands there twice"))
        if name in _BY_THE_BOOK:
            raise _wrong(at, name, Text("is filled in by the book, not by a pack"))
        if cls is Role and name == "contact":
            raise _wrong(at, name, Text("a pack holds no persons; its roles are vacant"))
    try:
        codec.check_keys({name: "" for name in header if name != "key" and not _is_extra(name)}, cls)
    except Invalid as error:
        raise Invalid("{path}: {problem}", path=at, problem=error.text) from None


def _record(row: _Row, county: str, keys: Keys) -> Record:
    cls = RECORDS[row.type]
    doc: dict[str, Any] = {"id": id_for(f"{row.type}:{row.key}"), "county": county}
    for name, text in row.cells.items():
        try:
            if _is_extra(name):
                doc.setdefault("extra", {})[name] = text
            elif name == "county":
                doc[name] = _county(text)
            else:
                doc[name] = _value(cls, name, text, keys)
        except ValueError as error:
            raise _wrong_at(row, name, error.args[0]) from None
    try:
        return codec.from_doc(cls, doc)
    except Invalid as error:
        # What the codec says begins with its own path, which is the column.
        raise Invalid("{path}: {problem}", path=_at(row.file, row.line), problem=error.text) from None


def _is_extra(name: str) -> bool:
    return "." in name.strip(".")


def _county(text: str) -> str:
    if text == "none":
        return ""
    if not re.fullmatch(r"\d\d", text, re.ASCII):
        raise ValueError(Text("{value!r} is no county code (two digits, SCB) and not none", value=text))
    return text


def _value(cls: type[Record], name: str, text: str, keys: Keys) -> Any:
    """What the codec expects for a field, from a cell; raises ValueError saying what is wrong."""
    kind = _type(cls, name)
    if name == "members":
        return [_member(part, keys) for part in _parts(text)]
    targets: tuple[str, ...] = attrs.fields_dict(cls)[name].metadata.get("link", ())
    one: Callable[[str], Any] = partial(_id, targets=targets, keys=keys) if targets else str
    if get_origin(kind) is tuple:
        if attrs.has(get_args(kind)[0]):
            raise ValueError(Text("cannot be given in a pack"))
        return [one(part) for part in _parts(text)]
    if kind is bool:
        return _yes_or_no(text)
    return _number(text, kind) if kind in (int, float) else one(text)


@cache
def _types(record: str) -> dict[str, Any]:
    return get_type_hints(RECORDS[record])


def _type(cls: type[Record], name: str) -> Any:
    """The field's type, without its `| None`."""
    found = _types(cls.type)[name]
    if get_origin(found) in (Union, types.UnionType):
        found = next(one for one in get_args(found) if one is not type(None))
    return found


def _parts(text: str) -> list[str]:
    parts = [part.strip() for part in text.split("|")]
    if not all(parts):
        raise ValueError(Text("nothing stands before or after a | in {value!r}", value=text))
    return parts


def _yes_or_no(text: str) -> bool:
    if text not in ("yes", "no"):
        raise ValueError(Text("{value!r} is neither yes nor no", value=text))
    return text == "yes"


def _number(text: str, kind: type[int] | type[float]) -> float:
    try:
        return kind(text)
    except ValueError:
        whole = Text("{value!r} is no whole number", value=text)
        raise ValueError(whole if kind is int else Text("{value!r} is no number", value=text)) from None


def _member(text: str, keys: Keys) -> dict[str, str]:
    key, at, since = (part.strip() for part in text.partition("@"))
    if at and not since:
        raise ValueError(Text("no date after the @ in {value!r}", value=text))
    return {"actor": _id(key, ("actor",), keys)} | ({"since": since} if since else {})


def _id(key: str, targets: tuple[str, ...], keys: Keys) -> str:
    """The id of the record that `key` names, of the first of the types that the field takes."""
    for target in targets:
        if (target, key) in keys:
            return id_for(f"{target}:{key}")
    known = sorted(other for kind, other in keys if kind in targets)
    raise ValueError(
        Text(
            "the pack has no {type} {key!r}{hint}", type=either(targets), key=key, hint=or_nearest(key, known)
        )
    )


def _read(folder: Traversable, file: str) -> str | None:
    """The file's text, None where there is none. A byte order mark, as Excel writes it, is passed over."""
    path = folder.joinpath(file)
    if not path.is_file():
        return None
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise Invalid("{path}: not UTF-8", path=_at(file, line)) from None


def _wrong(place: str, column: str, problem: str) -> Invalid:
    return Invalid("{path}: {column}: {problem}", path=place, column=column, problem=problem)


def _wrong_at(row: _Row, column: str, problem: str) -> Invalid:
    return _wrong(_at(row.file, row.line), column, problem)


def _at(file: str, line: int) -> str:
    return Text("{file}, line {line}", file=file, line=line)
