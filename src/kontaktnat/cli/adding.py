"""What the commands that add records share: options, values, and what is told of what was there already."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from kontaktnat.cli.app import (
    App,
    accept_option,
    by_option,
    complete,
    dry_run_option,
    pairs,
    say,
)
from kontaktnat.errors import Ambiguous, Usage
from kontaktnat.i18n import Text, joined
from kontaktnat.model import Record, Way
from kontaktnat.model.names import type_label

C = TypeVar("C", bound=Callable[..., Any])

_METAVARS = {
    "address": Text("ADDRESS"),
    "web": Text("WEB"),
    "phone": Text("PHONE"),
    "email": Text("EMAIL"),
}


def ways_options(command: C) -> C:
    for name, metavar in _METAVARS.items():
        command = click.option(f"--{name}", multiple=True, metavar=metavar, help="May be given twice.")(
            command
        )
    return command


def common(command: C) -> C:
    command = click.option("--new", is_flag=True, help="Another one, though there is one of that name.")(
        command
    )
    command = click.option("--set", "settings", multiple=True, metavar="FIELD=VALUE", help="Another field.",
                           shell_complete=complete("fields"))(command)  # fmt: skip
    return by_option(accept_option(dry_run_option(command)))


def refuse_namesake(app: App, record: Record) -> None:
    """The same name alone never makes two one, nor one two."""
    from kontaktnat.outward import title_of
    from kontaktnat.refs import describe, names_of
    from kontaktnat.text import fold

    book, name = app.book(), title_of(record)
    namesakes = [
        one for one in book.collection_of(record.type).all() if fold(name) in map(fold, names_of(one))
    ]
    if namesakes:
        hat = Text(
            "; a further hat is added with: add role FUNCTION@ACTOR --contact {id}", id=namesakes[0].id
        )
        candidates = [(one.id, describe(book, one)) for one in namesakes]
        raise Ambiguous(
            "{text} is a name that is there already: {shown}. Is it another, write --new{hat}",
            text=name,
            candidates=candidates,
            shown=joined("; ", (Text("{name} {id}", name=name, id=id) for id, name in candidates)),
            hat=hat if record.type == "contact" else "",
        )


def said_already(app: App, record: Record) -> Record | None:
    """A record that says all that this one does; what is done is over."""
    from kontaktnat.codec import to_doc

    said = to_doc(record).items()
    return next(
        (
            one
            for one in app.book().collection_of(record.type).all()
            if said <= to_doc(one).items() and not getattr(one, "done_on", None)
        ),
        None,
    )


def ways_given(given: dict[str, tuple[str, ...]]) -> list[Way]:
    from kontaktnat.ways import way_of

    return [
        way_of(option, value, f"--{option}")
        for option, values in given.items()
        for value in dict.fromkeys(map(str.strip, values))
    ]


def values_given(app: App, type_name: str, settings: Sequence[str], **given: Any) -> dict[str, Any]:
    """What options and arguments gave, and the fields of `--set`, also plugins'; none can have both."""
    from kontaktnat.cli.values import field_value, plugin_type, scalar

    extra: dict[str, Any] = {}
    values = {name: value for name, value in given.items() if value}
    for name, text in pairs(settings).items():
        if name in values:
            raise Usage("--set {name}: this is given already, without --set", name=name)
        if "." in name:
            kind = plugin_type(app, type_name, name)
            extra |= {name: scalar(name, kind, text)} if text else {}
        else:
            values[name] = field_value(app, app.book(), type_name, name, text)
    return {**values, "extra": extra} if extra else values


def described(app: App, record: Record) -> str:
    from kontaktnat.refs import describe

    return describe(app.book(), record)


def added_line(app: App, dry_run: bool, record: Record) -> str:
    fields = {
        "what": described(app, record),
        "type": type_label(record.type),
        "id": record.id,
    }
    if dry_run:
        return Text("would add: {what} ({type} {id})", **fields)
    return Text("added: {what} ({type} {id})", **fields)


def say_known(app: App, record: Record) -> None:
    what = described(app, record)
    say(Text("{what} was there already ({id}); nothing changed", what=what, id=record.id))
