"""Which record is to be changed, yes or no, and saving it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from kontaktnat.cli.app import App, ask_on_terminal
from kontaktnat.errors import Refused
from kontaktnat.i18n import Text, tr
from kontaktnat.model import Record
from kontaktnat.model.names import type_label

_YES, _NO = ("y", "yes", "j", "ja"), ("n", "no", "nej")


def wanted(app: App, who: str | None) -> Record:
    """The record that is to be changed, as it may be seen; whole where there is a reason to reveal it."""
    from kontaktnat.refs import ANYTHING

    found = app.pick(app.book(), app.ask(who, "WHO"), ANYTHING)
    return found if app.reveal is None else app.book().reveal(found.id, app.reveal)


def confirm(question: str, *, default: bool) -> bool:
    """Yes or no in either language, asked of somebody at a terminal."""

    def read(text: str) -> bool:
        said = text.strip().lower()
        if said not in _YES + _NO:
            raise click.UsageError(tr(Text("answer yes or no")))
        return said in _YES

    if default:
        shown, preset = Text("{question} [Y/n]", question=question), "y"
    else:
        shown, preset = Text("{question} [y/N]", question=question), "n"
    return bool(ask_on_terminal(shown, default=preset, show_default=False, value_proc=read))


def update(app: App, record: Record, changes: Mapping[str, Any]) -> None:
    """Save changes; raises Refused where protection would be lifted and no reason for that is given."""
    if app.reveal is None and getattr(record, "protected", False) and changes.get("protected") is False:
        raise Refused(
            "{type} {id} is protected, and all of it would be shown from now on; say why: "
            "kontaktnat --reveal REASON …",
            type=type_label(record.type),
            id=record.id,
        )
    app.book().update(record, **changes)
