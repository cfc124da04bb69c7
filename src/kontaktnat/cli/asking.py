"""Which record is to be changed, and saving it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kontaktnat.cli.app import App
from kontaktnat.errors import Refused
from kontaktnat.model import Record
from kontaktnat.model.names import type_label


def wanted(app: App, who: str | None) -> Record:
    """The record that is to be changed, as it may be seen; whole where there is a reason to reveal it."""
    from kontaktnat.refs import ANYTHING

    found = app.pick(app.book(), app.ask(who, "WHO"), ANYTHING)
    return found if app.reveal is None else app.book().reveal(found.id, app.reveal)


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
