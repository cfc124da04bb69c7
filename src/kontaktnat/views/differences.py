"""Field × value: in what our assignments differ, and what is not known of them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import Any

import attrs
from attrs import frozen

from kontaktnat import model
from kontaktnat.descriptors import Column, Field, Table
from kontaktnat.errors import Usage
from kontaktnat.i18n import Label, Text, in_language, joined
from kontaktnat.outward import Outward
from kontaktnat.plain import Plain
from kontaktnat.privacy.fields import in_words, title
from kontaktnat.refs import resolve
from kontaktnat.text import collation_key, fold
from kontaktnat.views.assigned import active
from kontaktnat.views.said.differences import DEFINITION, TITLE

_COLUMNS = (
    Column(key="field", title="Field"),
    Column(key="value", title="Value", whole=True, blank=Text("not known")),
    Column(key="assignments", title="Assignments", whole=True),
    Column(key="n", title="Number", type="number"),
    Column(key="field_id", title="Word", data=True),
)
FIELDS = (
    "level", "legal_refs", "issuer", "addressee", "national_body", "starts", "ends", "horizon",
    "target_groups", "risk_factors", "prevention_level", "individual_data", "reports", "invites",
)  # fmt: skip
"""What describes an assignment; its name, and what the Book and people keep beside it, do not."""


def differences(book: Outward, /, *, a: str = "", b: str = "") -> Table:
    """`a` and `b`: two assignments by name as one types them; both "": all that run.

    Rows: by field in the order of the model, plugins' fields last, then by value in Swedish order, what is
    not known last. Raises NotFound or Ambiguous for a name, Usage for one assignment twice.
    """
    chosen = _two(book, a, b) if a.strip() or b.strip() else active(book)
    compared = sorted(chosen, key=lambda one: (collation_key(one.name), one.id))
    rows: list[dict[str, Any]] = []
    same: list[str] = []
    unknown: list[str] = []
    for field in _fields(book):
        values: dict[str, Hashable] = {one.id: field.known(one) for one in compared}
        known = [value for value in values.values() if value is not None]
        if len(set(known)) > 1:
            rows += _rows(field, compared, values)
        elif len(known) > 1:
            same.append(field.title)
        else:
            unknown.append(field.title)
    notes = [Text("{n} assignment is compared", "{n} assignments are compared", n=len(compared))]
    if same and len(compared) > 1:
        notes.append(Text("no difference that is known in: {fields}", fields=joined(", ", same)))
    if unknown and len(compared) > 1:
        notes.append(Text("known of one at most: {fields}", fields=joined(", ", unknown)))
    return Table(name="differences", title=TITLE, columns=_COLUMNS, rows=tuple(rows), notes=tuple(notes),
                 definition=DEFINITION)  # fmt: skip


def _two(book: Outward, a: str, b: str) -> list[model.Assignment]:
    whole = book.as_of(None)  # one that has ended may be compared with the one after it
    one, other = (resolve(whole, text, ("assignment",)) for text in (a, b))
    assert isinstance(one, model.Assignment)
    assert isinstance(other, model.Assignment)
    if one.id == other.id:
        raise Usage("a and b are both {name}: write two assignments", name=one.name)
    return [one, other]


@frozen(eq=False, repr=False)
class _Field(Plain):
    """A field that is compared: `known` tells what an assignment says in it, None for nothing."""

    _shown = ("id",)

    id: str
    title: str
    known: Callable[[model.Assignment], Hashable]
    said: Callable[[model.Assignment], str]


def _rows(
    field: _Field, compared: Sequence[model.Assignment], values: Mapping[str, Hashable]
) -> Iterator[dict[str, Any]]:
    groups: dict[Hashable, list[model.Assignment]] = {}
    for one in compared:
        groups.setdefault(values[one.id], []).append(one)
    last = groups.pop(None, None)
    told = [(field.said(group[0]), group) for group in groups.values()]
    told.sort(key=lambda pair: collation_key(str(pair[0])))
    for value, group in (*told, *(((None, last),) if last else ())):
        yield {
            "field": field.title,
            "value": value,
            "assignments": ", ".join(one.name for one in group),
            "n": len(group),
            "field_id": field.id,
        }


def _fields(book: Outward) -> Iterator[_Field]:
    for name in FIELDS:
        yield _Field(id=name, title=title(name), known=_known(name), said=_said(book, name))
    plugins: Mapping[str, Field] = book.plugins.collect("register_fields")
    for name, one in plugins.items():
        if model.Assignment.type in one.records:
            titled = Label(one.title, in_language(one.title, "sv"))
            yield _Field(id=name, title=titled, known=_extra(name), said=_said(book, name))


def _known(name: str) -> Callable[[model.Assignment], Hashable]:
    return lambda one: None if name in one.hidden else _compared(getattr(one, name))


def _extra(name: str) -> Callable[[model.Assignment], Hashable]:
    return lambda one: _compared(one.extra.get(name))


def _compared(value: Any) -> Hashable:
    """What of a value makes a difference, None for one that says nothing; yes and no both say something."""
    if isinstance(value, str):
        return fold(value.strip()) or None
    if isinstance(value, list | tuple):
        return frozenset(filter(None, map(_compared, value))) or None
    return value if isinstance(value, Hashable) else repr(value)


def _said(book: Outward, name: str) -> Callable[[model.Assignment], str]:
    of_model = name in attrs.fields_dict(model.Assignment)

    def said(one: model.Assignment) -> str:
        value = getattr(one, name) if of_model else one.extra[name]
        if isinstance(value, tuple | list):
            texts = {fold(text): text for text in map(str.strip, map(str, value)) if text}
            value = sorted(texts.values(), key=collation_key)
        return in_words(book, model.Assignment if of_model else None, name, value)

    return said
