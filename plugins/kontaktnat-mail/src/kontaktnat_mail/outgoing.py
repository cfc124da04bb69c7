"""A letter that is ready, and what became of it."""

from __future__ import annotations

from datetime import datetime

import attrs

from kontaktnat.model import Participation


@attrs.frozen(kw_only=True, repr=False)
class Outgoing:
    """A letter to one person."""

    id: str
    to: str
    name: str
    who: str
    sender: str
    subject: str
    text: str
    data: bytes
    at: datetime
    participation: Participation
