"""What a coordinator does, each one act of the Book: one transaction, one step of undo."""

from __future__ import annotations


class Acting:
    """The half of a Book that knows the work; each method says what it does, the modules of `acts` how."""

    # Hats

    # Meetings

    # Topics

    # Follow-ups
