"""Another time for a meeting, which a guest proposes (METHOD:COUNTER, RFC 5546, 3.2.7): something to answer.

It moves nothing by itself. What waits is a follow-up with both times, about whoever proposes and the meeting.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from kontaktnat import model, rows
from kontaktnat.errors import Invalid
from kontaktnat.i18n import Text, tr

if TYPE_CHECKING:
    from kontaktnat.book import Book

PROPOSED = "calendar.proposed"
"""Under this name `extra` keeps of a follow-up what is proposed: `meeting;SEQUENCE;when;ends`, in UTC."""


def propose(
    book: Book,
    meeting: model.Interaction,
    fields: Mapping[str, Any],
    sequence: int,
    who: model.Participation | None,
) -> model.FollowUp | None:
    """The follow-up that is made of a proposal; None where it was made before.

    `fields`: `proposal` (the id that it gets), `when` and `ends`; without an end it is as long as the meeting
    was. Raises Invalid where no other time is proposed.
    """
    id = model.FollowUpId(str(fields.get("proposal") or ""))
    if id and book._now.get("followup", id):
        return None
    said = {name: fields[name] for name in ("when", "ends") if name in fields}
    _, new = rows.checked(book, model.Interaction, said)
    assert isinstance(new, model.Interaction)
    ends = new.ends
    if (
        ends is None
        and isinstance(new.when, datetime)
        and isinstance(meeting.when, datetime)
        and meeting.ends
    ):
        ends = new.when + (meeting.ends - meeting.when)
    if new.when is None or (new.when, ends) == (meeting.when, meeting.ends):
        raise Invalid("no other time is proposed; look in your calendar what it asks for", path="DTSTART")
    text = Text("Another time is proposed: {new} instead of {old}", new=span(new.when, ends),
                old=span(meeting.when, meeting.ends))  # fmt: skip
    kept = ";".join((meeting.id, str(sequence), _written(new.when), _written(ends)))
    about = (meeting.id, *_ids(book, who)) if who else (meeting.id,)
    return book.add(
        model.FollowUp(id=id, text=tr(text), since=book.today, due=book.today, about=about,
                       extra={PROPOSED: kept})
    )  # fmt: skip


def _ids(book: Book, who: model.Participation) -> Iterator[str]:
    """The hat worn first, and then who wears it: a follow-up names people."""
    role = book.peek(model.Role, who.role) if who.role else None
    hat = (role.contact, role.actor) if role else ()
    yield from (id for id in (who.role, who.contact, who.actor, *hat) if id)


def span(when: model.Moment | None, ends: datetime | None) -> str:
    """`2026-11-27 13:00–15:00`, by Stockholm's clocks."""
    from kontaktnat.views.listing import clock

    first, last = clock(when), clock(ends)
    if not last:
        return first
    return f"{first}–{last[11:]}" if first[:10] == last[:10] else f"{first} – {last}"


def _written(moment: model.Moment | None) -> str:
    from datetime import UTC

    if moment is None:
        return ""
    return moment.astimezone(UTC).isoformat() if isinstance(moment, datetime) else str(moment)
