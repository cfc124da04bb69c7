"""A record's own lines: what a card says of it where no card that came in said it before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kontaktnat_vcard.labels import LABEL, label_of, masked, types_of
from kontaktnat_vcard.lines import Line, Params, escape, joined, one_line
from kontaktnat_vcard.meaning import FUNCTION, HAT, WAYS

_ENVELOPE = re.compile(r"(?P<street>.+), (?P<code>\d{3} ?\d{2}) (?P<town>[^,]+)(?:, (?P<country>[^,]+))?\Z")
NEW = "4.0"
_NAMES = {kind: name for name, kind in WAYS.items()}


def line(name: str, value: str, params: Params = (), group: str = "") -> Line:
    """A line whose value is escaped already."""
    return Line(group, name, params, value)


def naming(type: str, name: str, given: str = "", family: str = "") -> Iterator[Line]:
    """N and FN, which 3.0 wants both; of an organisation also ORG, which is how Outlook knows one."""
    if type == "actor":
        yield line("N", ";;;;")
        yield line("FN", escape(name))
        yield line("ORG", escape(name))
        return
    if not (given or family):
        given = name  # an N that says nothing makes a contact without a name in some phones
    yield line("N", joined((family, given, "", "", "")))
    yield line("FN", escape(name))


def way(told: Mapping[str, Any], version: str, hat: int = 0) -> Line:
    """EMAIL, TEL, URL or ADR."""
    name = _NAMES[told["kind"]]
    value, label = told["value"], told.get("label", "")
    types = types_of(name, label)
    if version == NEW:  # which knows no other mail
        types = tuple(one for one in types if one != "INTERNET")
    params: list[tuple[str, tuple[str, ...]]] = [("TYPE", types)] if types else []
    made = line(name, _written(name, value), tuple(params))
    if label_of(made, {}) != label:
        params.append((LABEL, (masked(label),)))
    if hat:
        params.append((HAT, (str(hat),)))
    return made._replace(params=tuple(params))


def _written(name: str, value: str) -> str:
    if name == "ADR":
        return _address(value)
    if name == "URL" and "\\" not in value:
        return one_line(value)  # no text but a URI, in which a comma is a comma
    return escape(value)


def _address(value: str) -> str:
    if found := _ENVELOPE.match(value):
        street, code, town, country = found["street"], found["code"], found["town"], found["country"]
        return joined(("", "", street, town.strip(), "", code, (country or "").strip()))
    return joined(("", "", value, "", "", "", ""))


def hat(organisation: str, title: str, function: str, label: str, group: str = "") -> Iterator[Line]:
    """ORG, and TITLE with what they are called there; the function as ROLE where it is not the same."""
    yield line("ORG", escape(organisation), group=group)
    told = ((FUNCTION, (function,)),) if function else ()
    if title:
        yield line("TITLE", escape(title), group=group)
        if function:
            yield line("ROLE", escape(label), told, group)
    elif function:
        yield line("TITLE", escape(label), told, group)


def further(organisation: str, title: str, function: str) -> Line:
    """A hat beyond the first in 3.0, of whose ORG most programs take the last that comes."""
    return line(HAT, joined((organisation, "", title, function)))


def tags(told: Sequence[str]) -> Iterator[Line]:
    """CATEGORIES."""
    if told:
        yield line("CATEGORIES", joined(told, ","))


def of_fields(type: str, fields: Mapping[str, Any], version: str) -> Iterator[Line]:
    """All lines that a record with these fields would have in that version, its hats aside."""
    yield from naming(type, fields.get("name", ""), fields.get("given", ""), fields.get("family", ""))
    for told in fields.get("ways", ()):
        yield way(told, version)
    yield from tags(fields.get("tags", ()))
