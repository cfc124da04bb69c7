"""Of topics: a question, and what was lifted, is closed only when its answer is home with all who asked.

And the fields in which stands whence one comes that another county sent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontaktnat.errors import Veto
from kontaktnat.extend import Field, hookimpl
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
    if "origin.county" in record.extra:
        return  # another county's: its answer comes home there
    if before is not None and all(getattr(record, name) == getattr(before, name) for name in _TOLD):
        return
    from kontaktnat.views.askers import comes_home, not_home

    asked_for = comes_home(record) or (isinstance(before, Topic) and comes_home(before))
    if (asked_for or record.status == "returned") and (
        reason := not_home(book, record, "" if before else "…")
    ):
        raise Veto("{reason}", reason=reason)


@hookimpl
def register_fields() -> list[Field]:
    def of(name: str, title: str, type: type[str] | type[int] = str, *, prose: bool = False) -> Field:
        return Field(name=f"origin.{name}", records=("topic",), type=type, title=title, prose=prose)

    return [
        of("county", "From the county"),
        of("id", "Its id there"),
        of("made_on", "Bundle of the day"),
        of("rev", "Its revision there", int),
        of("via", "Passed on by the county"),
        of("raised_by", "Raised there by", prose=True),
        of("taken_up_by", "Taken up there by", prose=True),
        of("withdrawn_on", "No longer sent since"),
        of("came", "As it came"),
    ]
