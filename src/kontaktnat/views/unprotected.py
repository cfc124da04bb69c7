"""Meetings without what is protected, revealed or not: what published numbers are made of."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from kontaktnat import model
from kontaktnat.outward import Outward
from kontaktnat.views.contacted import day


class Unprotected:
    """Takes the protected out of meetings, as if they had not been there."""

    def __init__(self, book: Outward) -> None:
        self.book = book

    def of(self, meeting: model.Interaction) -> model.Interaction:
        """The meeting without its protected people and actors, and those they stood in for."""
        counts = (one for one in meeting.headcounts if not self._closed(one.actor))
        return attrs.evolve(meeting, participants=[*self._open(meeting)], headcounts=[*counts])

    def covered(self, role: model.Role) -> bool:
        """Whether a role is a protected person's, or at a protected actor."""
        return role.actor is None or self._closed(role.contact) or self._closed(role.actor)

    def _open(self, meeting: model.Interaction) -> Iterator[model.Participation]:
        for one in meeting.participants:
            hats = self.book.hats(one.contact, day(self.book, meeting)) if one.contact else ()
            role = self.book.peek(model.Role, one.role or "")
            if any(map(self.covered, (*hats, *filter(None, (role,))))):
                continue
            if self._closed(one.contact) or self._closed(one.actor):
                continue
            instead = self.book.peek(model.Role, one.deputy_for or "")
            yield attrs.evolve(one, deputy_for=None) if instead and self.covered(instead) else one

    def _closed(self, id: str | None) -> bool:
        """Whether it is a person or actor that is protected, revealed or not."""
        found = self.book.peek(model.Contact, id or "") or self.book.peek(model.Actor, id or "")
        return found is not None and found.protected
