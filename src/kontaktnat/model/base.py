"""What every record has in common, and the small helpers with which fields say what they are."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar, NewType

from attrs import Attribute, field, frozen

from kontaktnat.errors import Invalid
from kontaktnat.i18n import Text
from kontaktnat.model.dates import PartialDate, to_date, to_time
from kontaktnat.plain import Plain

ActorId = NewType("ActorId", str)
ContactId = NewType("ContactId", str)
RoleId = NewType("RoleId", str)
AssignmentId = NewType("AssignmentId", str)
InteractionId = NewType("InteractionId", str)
TopicId = NewType("TopicId", str)
FollowUpId = NewType("FollowUpId", str)
NetworkId = NewType("NetworkId", str)
CommitmentId = NewType("CommitmentId", str)
PendingId = NewType("PendingId", str)
SettingId = NewType("SettingId", str)

BOOKKEEPING = frozenset({"id", "rev", "created", "created_by", "changed", "changed_by"})
"""Fields of every record that the Book fills in itself."""

Json = Any
"""A JSON value: None, bool, int, float, str, list or dict of these."""


def link(*types: str) -> dict[str, Any]:
    """Metadata of a field that holds ids of records of `types` (`"any"`: of whatever type)."""
    return {"link": types}


def word(vocabulary: str) -> dict[str, Any]:
    """Metadata of a field that holds a word of `vocabulary`; checked where newly set, not where read."""
    return {"word": vocabulary}


SPAN = {"span": True}
"""Metadata of a field that holds an ISO 8601 duration; people may say it in words."""


def repeats(first: str) -> dict[str, Any]:
    """Metadata of a field that holds a repeating interval, which begins on the day of the field `first`."""
    return {"repeats": first}


AHEAD = {"ahead": True}
"""Metadata of a field whose date is to come, where words leave it open; what others tell has been."""


def texts(values: Iterable[str]) -> tuple[str, ...]:
    """Converter for several texts; a single one would fall apart into its letters, so it is refused."""
    if isinstance(values, str):
        raise Invalid("{value!r}: give a list, not one text", path="", value=values)
    return tuple(values)


def rule(check: Callable[[Any], str | None]) -> Callable[[Any, "Attribute[Any]", Any], None]:
    """A validator from `check(value)`, which answers what is wrong, or None. A default always passes."""

    def validate(_: Any, attribute: "Attribute[Any]", value: Any) -> None:
        if value is not None and value != attribute.default and (problem := check(value)):
            raise Invalid("{path}: {problem}", path=attribute.name, problem=problem)

    return validate


def _blank(value: Any) -> str | None:
    if not isinstance(value, str):
        return Text("{value!r} is no text", value=value)
    return None if value.strip() else Text("may not be empty")


not_blank = rule(_blank)
"""Validator: a text with something in it."""


def among(*allowed: Any) -> Callable[[Any, "Attribute[Any]", Any], None]:
    """Validator: a closed set of values: states of the model itself, not words of a vocabulary."""
    written = ", ".join(map(repr, allowed))
    return rule(
        lambda value: (
            None if value in allowed else Text("{value!r} is none of {allowed}", value=value, allowed=written)
        )
    )


def ordered(earlier: str, later: str, start: Any, end: Any) -> None:
    """Refuse a span that ends before it begins."""
    first, last = getattr(start, "first", start), getattr(end, "last", end)
    if first is not None and last is not None and type(first) is type(last) and last < first:
        raise Invalid(
            "{path}: {end} is before {earlier} ({start}); write that day or a later one",
            path=later,
            end=end,
            earlier=earlier,
            start=start,
        )


@frozen(kw_only=True, eq=False, repr=False)
class Value(Plain):
    """A part of a record. `unknown` carries fields of a newer version, so that an edit loses nothing."""

    _shown = ("kind", "status", "part")

    unknown: Mapping[str, Json] = field(factory=dict, hash=False, repr=False)


@frozen(kw_only=True, eq=False, repr=False)
class Way(Value):
    """A way to reach somebody: mail, phone, web or postal address, dated as people change numbers."""

    kind: str = field(validator=among("mail", "phone", "web", "address"), metadata=word("way_kind"))
    value: str = field(validator=not_blank)
    label: str = ""
    since: PartialDate | None = field(default=None, converter=to_date)
    until: PartialDate | None = field(default=None, converter=to_date, metadata=AHEAD)
    bounced_on: PartialDate | None = field(default=None, converter=to_date)

    def __attrs_post_init__(self) -> None:
        ordered("since", "until", self.since, self.until)


@frozen(kw_only=True, eq=False, repr=False)
class Record(Plain):
    """Base of all records. `id`, `rev` and who/when are filled in by the Book when it saves."""

    type: ClassVar[str]
    _shown = ("id", "rev")

    id: str = ""
    rev: int = 0
    created: datetime | None = field(default=None, converter=to_time)
    created_by: str = ""
    changed: datetime | None = field(default=None, converter=to_time)
    changed_by: str = ""
    tags: tuple[str, ...] = field(default=(), converter=texts)
    categories: tuple[str, ...] = field(default=(), converter=texts)
    """`scheme:code`, as in `icnpo:1200`."""
    extra: Mapping[str, Json] = field(factory=dict, hash=False)
    """`plugin.field` → value; kept when the plugin is missing."""
    county: str = ""
    """The county's SCB code."""
    shared: bool = False
    """Shared nationally."""
    draft: bool = False
    """A working mark; gives no secrecy (arkivförordningen 3 §)."""
    unknown: Mapping[str, Json] = field(factory=dict, hash=False, repr=False)
    hidden: tuple[str, ...] = field(default=(), converter=texts)
    """Names of fields that are covered in this copy because somebody is protected. Never stored."""
