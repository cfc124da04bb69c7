"""Sheets of anybody's: which row is the header, which column is what, and what each row says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from kontaktnat.errors import Invalid
from kontaktnat.extend import Candidate, Text, fold, mail_problem, phone_problem, record_class

_CLEAR = "<clear>"
_KEPT_APART = "|"
_TITLES = {
    "name": "name|namn|fullständigt namn|full name|display name|visningsnamn|aktör|kontakt",
    "given": "given|given name|förnamn|first name|tilltalsnamn",
    "family": "family|family name|efternamn|last name|surname",
    "mail": "mail|email|e-mail|e-post|epost|e-postadress|mejl|mejladress|email address|e-mail address",
    "phone": "phone|telefon|tel|telefonnummer|mobil|mobiltelefon|mobilnummer|mobile|phone number",
    "web": "web|website|webb|webbplats|webbsida|hemsida|url",
    "address": "address|adress|postadress|besöksadress|postal address",
    "kind": "kind|slag|typ",
    "place": "place|kommunkod",
    "org_number": "org_number|org number|organisationsnummer|orgnr|org.nr|org nr|organisation number",
    "legal_form": "legal_form|juridisk form",
    "sector": "sector|sektor",
    "note": "note|anteckning|anteckningar|notering|kommentar|notes",
    "purpose": "purpose|ändamål",
    "legal_basis": "legal_basis|rättslig grund",
    "source": "source|källa",
    "aliases": "aliases|kallas även",
    "tags": "tags|etiketter|taggar",
    "categories": "categories|kategorier",
    "protected": "protected|skyddade uppgifter",
}
"""Field → the titles under which it is met."""
_FIELDS = {fold(title): field for field, titles in _TITLES.items() for title in titles.split("|")}
_WAYS = ("mail", "phone", "web", "address")
_LISTS = ("aliases", "tags", "categories")
_NAMES = ("name", "given", "family")
_TRUE, _FALSE = ("true", "yes", "ja", "1", "sant", "x"), ("false", "no", "nej", "0", "falskt")
_ABOVE = 20
"""Rows that may stand above the header: a note, a title over merged cells."""


def find_header(rows: Sequence[Sequence[Any]], told: str = "") -> int | None:
    """Which of the first rows is the header: the one with most titles that are known, a name's among them."""
    best, at = 0, None
    wanted = {pair.partition("=")[2].strip().casefold() for pair in told.split(",")} - {""}
    for n, row in enumerate(rows[:_ABOVE]):
        fields = mapping(row, told if wanted and wanted <= {said(cell).casefold() for cell in row} else "")
        named = {*fields.values()}
        if ("name" in named or {"given", "family"} <= named) and len(fields) > best:
            best, at = len(fields), n
    return at


def mapping(header: Sequence[Any], told: str = "") -> dict[int, str]:
    """Column, from 0 → field: as told (`name=COLUMN,email=COLUMN`), or by the column's title.

    Raises Invalid for a field or column that there is not.
    """
    titles = [said(cell) for cell in header]
    if not told:
        found = {n: _FIELDS[fold(title)] for n, title in enumerate(titles) if fold(title) in _FIELDS}
        first = {field: n for n, field in reversed(found.items())}
        return {n: field for n, field in found.items() if field in _WAYS or first[field] == n}
    places = {title.casefold(): n for n, title in reversed([*enumerate(titles)])}
    chosen = {}
    for pair in told.split(","):
        name, equals, column = (part.strip() for part in pair.partition("="))
        field = _FIELDS.get(fold(name), "")
        if not equals or not field:
            raise Invalid("--map {pair}: write FIELD=COLUMN, where a field is one of {known}", pair=pair,
                          known=", ".join(sorted(_TITLES)), path="map")  # fmt: skip
        if column.casefold() not in places:
            raise Invalid("--map {pair}: no such column; there are {columns}", pair=pair,
                          columns=", ".join(filter(None, titles[:20])), path="map")  # fmt: skip
        chosen[places[column.casefold()]] = field
    return chosen


def type_of_rows(options: Mapping[str, str], fields: Mapping[int, str]) -> str:
    """As told; a contact where names are in two parts or there is a purpose, else an actor."""
    named = {*fields.values()}
    guess = "contact" if {"given", "family"} <= named or "purpose" in named else "actor"
    told = record_class(options.get("as") or guess).type
    if told not in ("actor", "contact"):
        raise Invalid("--as {type}: a row is an actor or a contact", type=told, path="as")
    return told


def candidates(
    header: Sequence[Any], rows: Iterator[tuple[int, Sequence[Any], Any]], options: Mapping[str, str]
) -> Iterator[Candidate]:
    """A candidate for each of the rows, which are given with their number and as they stood."""
    fields = mapping(header, options.get("map", ""))
    type_name = type_of_rows(options, fields)
    for number, cells, raw in rows:
        found, problem = _fields(fields, cells)
        yield Candidate(row=number, type=type_name, fields={} if problem else found, problem=problem, raw=raw)


def _fields(fields: Mapping[int, str], cells: Sequence[Any]) -> tuple[dict[str, Any], str]:
    found: dict[str, Any] = {}
    for at, field in fields.items():
        if at >= len(cells) or not (value := said(cells[at])):
            continue
        if field in _WAYS:
            if value == _CLEAR:
                found.setdefault("clear_ways", []).append(field)
                continue
            for part in _parts(value):
                if problem := _problem(field, part := _phone(part) if field == "phone" else part):
                    return found, problem
                found.setdefault("ways", []).append({"kind": field, "value": part})
        elif value == _CLEAR:
            found[field] = _CLEAR
        elif field in _LISTS:
            found[field] = _parts(value)
        elif field == "protected":
            if value.casefold() not in _TRUE + _FALSE:
                return found, Text("{value!r} is neither yes nor no", value=value)
            if value.casefold() in _TRUE:  # a no lifts nobody's protection by the way
                found[field] = True
        elif field in _NAMES and len(value.splitlines()) > 1:
            return found, Text("a name on several lines")
        elif field == "place" and value.isdecimal():
            found[field] = value.zfill(4)
        else:
            found[field] = " ".join(value.split()) if field in _NAMES else value
    parts = [found[part] for part in ("given", "family") if found.get(part, _CLEAR) != _CLEAR]
    if parts and "name" not in found:
        found["name"] = " ".join(parts)
    return found, ""


def _problem(kind: str, value: str) -> str:
    return mail_problem(value) if kind == "mail" else phone_problem(value) if kind == "phone" else ""


def _parts(text: str) -> list[str]:
    return [part for part in map(str.strip, text.split(_KEPT_APART)) if part]


def _phone(text: str) -> str:
    """A number of which Excel made a number has its zero again, or its plus: 701740611, 46701740611."""
    if not (text.isascii() and text.isdecimal()) or text.startswith("0") or len(text) < 6:
        return text
    if text.startswith("46") and not phone_problem(f"+{text}"):
        return f"+{text}"
    return text if phone_problem(f"0{text}") else f"0{text}"


def said(cell: Any) -> str:
    """A cell as text: a whole number without its decimals, a day as ISO 8601 writes it."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).replace("\r\n", "\n").strip()
