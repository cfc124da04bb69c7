"""What a bundle looks like: JSON of named fields and no others, with a count and a checksum.

It is read as strictly as it is written: a field that is not named here is refused, so that none in which a
person stands can be slipped in.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from typing import Any

import orjson

from kontaktnat.errors import Invalid, KontaktnatError, Refused
from kontaktnat.i18n import Text
from kontaktnat.model import PartialDate, is_id
from kontaktnat.origin import COUNTIES, authority

FORMAT = "kontaktnat-bundle/1"
_FAMILY = "kontaktnat-bundle/"
KINDS = ("problem", "proposal", "question", "example")
STATUSES = ("open", "lifted", "answered")
"""Of a topic in a bundle; whether its answer has come home is the sender's own affair."""
TEXTS = ("title", "text", "source", "answer")
"""In which people write what they like: each is looked through before it is sent, and when it comes."""
DAYS = ("raised_on", "lifted_on", "answered_on", "review_due")
FIELDS = ("kind", *TEXTS, "evidence", "status", *DAYS)
"""Fields of a topic that a bundle carries; links besides."""
_PLACE = re.compile(r"\d{4} [^;\n\t]{1,80}")
"""A municipality: its code and its name."""
_WORD = re.compile(r"[a-z0-9][a-z0-9_.-]{0,60}")
_MONTH = re.compile(r"\d{4}-\d\d")

Check = Callable[[Any], bool]


def written(doc: Mapping[str, Any]) -> bytes:
    """The bundle's bytes: the same for the same content, its schema first."""
    whole = {"schema": FORMAT, "sum": checksum(doc), **doc}
    return orjson.dumps(whole, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def checksum(doc: Mapping[str, Any]) -> str:
    """SHA-256 of all but the checksum, its keys in order."""
    bare = {"schema": FORMAT, **{key: value for key, value in doc.items() if key not in ("schema", "sum")}}
    return hashlib.sha256(orjson.dumps(bare, option=orjson.OPT_SORT_KEYS)).hexdigest()


def looks_like(head: bytes) -> bool:
    """Whether a file begins as a bundle, of whatever schema."""
    start = head.removeprefix(b"\xef\xbb\xbf")
    return re.match(rb'\s*\{\s*"schema"\s*:\s*"kontaktnat-bundle/', start) is not None


def parsed(data: bytes) -> dict[str, Any]:
    """A bundle that is whole and holds what it may and nothing else.

    Raises Invalid naming what is wrong with it, Refused for one of a newer schema.
    """
    try:
        doc = orjson.loads(data.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        raise Invalid(
            "the bundle is cut off or damaged (line {line}); ask for it again", line=error.lineno, path=""
        ) from None
    schema = doc.get("schema") if isinstance(doc, dict) else None
    if not isinstance(schema, str) or not schema.startswith(_FAMILY):
        raise Invalid(
            "this is no bundle of kontaktnat: it does not begin with {schema}", schema=FORMAT, path=""
        )
    if schema != FORMAT:
        raise Refused("this bundle has schema {schema}, and this kontaktnat reads {own}: upgrade kontaktnat",
                      schema=schema, own=FORMAT)  # fmt: skip
    try:
        whole = doc.get("sum") == checksum(doc)
    except orjson.JSONEncodeError:  # so deep is nothing that a bundle holds
        whole = False
    if not whole:
        raise Invalid(
            "the bundle is not as it was sent: its checksum does not fit; ask for it again", path="sum"
        )
    _whole(doc)
    return dict(doc)


def _whole(doc: Mapping[str, Any]) -> None:
    _shaped("", doc, _BUNDLE)
    for n, topic in enumerate(doc["topics"]):
        _shaped(f"topics[{n}]", topic, _TOPIC, optional={*_OPTIONAL})
        for m, link in enumerate(topic.get("links", ())):
            _shaped(f"topics[{n}].links[{m}]", link, _LINK)
    keys = [(one["county"], one["id"]) for one in doc["topics"]]
    if len(keys) != len(set(keys)):
        raise Invalid("{path}: {problem}", path="topics", problem=Text("the same topic stands there twice"))
    if doc["count"] != len(keys):
        raise Invalid("{path}: {problem}", path="count",
                      problem=Text("it is not how many topics there are"))  # fmt: skip
    if doc["statistics"] is not None:
        _shaped("statistics", doc["statistics"], _STATISTICS)
        for n, row in enumerate(doc["statistics"]["rows"]):
            _shaped(f"statistics.rows[{n}]", row, _ROW)


def _shaped(path: str, value: Any, fields: Mapping[str, Check], *, optional: Any = frozenset()) -> None:
    """Raise Invalid where it is not an object of just these fields."""
    prefix = f"{path}." if path else ""
    if not isinstance(value, dict):
        raise Invalid("{path}: {problem}", path=path, problem=Text("this is no object of JSON"))
    for name in value:
        if name not in fields:
            raise Invalid(
                "{path}: a bundle has no such field, and nothing of this one is taken; ask its sender for it "
                "again, as kontaktnat wrote it",
                path=f"{prefix}{name}",
            )
    for name, fits in fields.items():
        if name not in value and name not in optional:
            raise Invalid("{path}: missing", path=f"{prefix}{name}")
        if name in value and not fits(value[name]):
            raise Invalid("{path}: {problem}", path=f"{prefix}{name}",
                          problem=Text("this is not what a bundle has there"))  # fmt: skip


def _among(*allowed: Any) -> Check:
    return lambda value: isinstance(value, str) and value in allowed


def _listed(fits: Check) -> Check:
    return lambda value: isinstance(value, list) and all(map(fits, value))


def _matches(pattern: re.Pattern[str], *also: Any) -> Check:
    return lambda value: value in also or (isinstance(value, str) and pattern.fullmatch(value) is not None)


def _number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _day(value: Any) -> bool:
    try:
        return isinstance(value, str) and str(PartialDate.parse(value)) == value
    except KontaktnatError:
        return False


def _full_day(value: Any) -> bool:
    return _day(value) and len(value) == len("2026-11-12")


def _id(value: Any) -> bool:
    return isinstance(value, str) and is_id(value)


def _column(value: Any) -> bool:
    return value in (None, "") or any(_matches(one)(value) for one in (_PLACE, _MONTH))


def is_place(value: str) -> bool:
    """Whether a bundle has it as a municipality: its code and its name."""
    return _PLACE.fullmatch(value) is not None


def is_word(value: str) -> bool:
    """Whether it has the form of a word's id."""
    return _WORD.fullmatch(value) is not None


_code = _among(*COUNTIES)
_BUNDLE: Mapping[str, Check] = {
    "schema": _text, "sum": _text, "county": _code, "authority": _among(*map(authority, COUNTIES)),
    "made_on": _full_day, "kinds": _listed(_among(*KINDS)), "count": _number,
    "topics": _listed(lambda _: True), "statistics": lambda value: value is None or isinstance(value, dict),
}  # fmt: skip
_TOPIC: Mapping[str, Check] = {
    "id": _id, "county": _code, "made_on": _full_day, "rev": _number, "kind": _among(*KINDS),
    "title": lambda value: isinstance(value, str) and bool(value.strip()), "text": _text, "source": _text,
    "answer": _text, "evidence": _matches(_WORD, ""), "status": _among(*STATUSES),
    **dict.fromkeys(DAYS, _day), "links": _listed(lambda _: True),
    "raised_by": _listed(_matches(_PLACE)), "taken_up_by": _listed(_matches(_PLACE)),
}  # fmt: skip
_OPTIONAL = ("text", "source", "answer", "evidence", *DAYS, "links", "raised_by", "taken_up_by")
_LINK: Mapping[str, Check] = {
    "kind": _among("addresses", "illustrates", "duplicates"), "county": _code, "topic": _id,
}  # fmt: skip
_STATISTICS: Mapping[str, Check] = {
    "year": lambda value: _number(value) and 1900 <= value <= 9999, "until": _full_day,
    "rows": _listed(lambda _: True),
}  # fmt: skip
_ROW: Mapping[str, Check] = {
    "measure": _matches(_WORD), "row": _matches(_WORD, "", None), "column": _column,
    "n": lambda value: value is None or _number(value),
}  # fmt: skip
