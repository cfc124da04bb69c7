"""A guard: a question, and what was lifted, is closed only when its answer is home with all who asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontaktnat.errors import Veto
from kontaktnat.extend import hookimpl
from kontaktnat.model import Record, Topic

if TYPE_CHECKING:  # Outward brings the whole library with it, and `--help` needs none of it
    from kontaktnat.extend import Outward

_TOLD = ("kind", "status", "raised_by", "lifted_on", "answer", "returned")


@hookimpl
def before_save(record: Record, before: Record | None, book: Outward) -> None:
    if not isinstance(record, Topic) or record.status not in ("returned", "closed"):
        return
    if before is None and record.changed is not None:
        return  # out of an archive, with a life behind it: it was judged then
    if before is not None and all(getattr(record, name) == getattr(before, name) for name in _TOLD):
        return
    from kontaktnat.views.askers import comes_home, not_home

    asked_for = comes_home(record) or (isinstance(before, Topic) and comes_home(before))
    if (asked_for or record.status == "returned") and (
        reason := not_home(book, record, "" if before else "…")
    ):
        raise Veto("{reason}", reason=reason)
