"""What a coordinator does, each one act of the Book: one transaction, one step of undo."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Literal, cast

from kontaktnat.model import FollowUp, Interaction, PartialDate

if TYPE_CHECKING:
    from kontaktnat.book import Book

Day = date | PartialDate | str


class Acting:
    """The half of a Book that knows the work; each method says what it does, the modules of `acts` how."""

    @property
    def _book(self) -> Book:
        return cast("Book", self)  # an Acting is always one

    # Hats

    # Meetings

    def plan_series(
        self, meeting: Interaction, every: str, *, until: Day | None = None, times: int | None = None
    ) -> list[Interaction]:
        """Plan a meeting again and again; all of the series come back, oldest first.

        `every` is an ISO 8601 duration or words for one (`3m`, `varje kvartal`): of days and weeks, or of
        months and years, which keep the weekday and its place in the month: the third Thursday; a fifth is
        the last. The clock in Stockholm stays the same over summer time, also that of `ends`. `until` is the
        last day that may be, `times` how many in all; without either `practice.series_months` months ahead.

        `meeting` is a new one or in the book already. What is there of that network and kind on one of
        the days, planned or held, is left as it is and joins the series, so that the same again extends
        it. One of the series that was moved to another day, or cancelled, is not made anew. Days that
        have been are left out, but for the first.

        Raises Usage for both of `until` and `times`; Invalid for a month without a day, for more than
        200, for a time in the hour that summer time skips, and for `every` of both days and months.
        """
        from kontaktnat.acts.series import plan_series

        return plan_series(self._book, meeting, every, until=until, times=times)

    def update_meetings(
        self, meeting: Interaction | str, scope: Literal["this", "future", "all"], **changes: Any
    ) -> list[Interaction]:
        """Change a meeting, it and the later ones of its series, or all of them; those changed come back.

        Only what is still planned is changed: what was held or cancelled is history. Another `when` moves all
        in scope by as many days, to the same clock in Stockholm where it has one, and `ends` with it, as long
        after. Of a field that holds several, what is added to this one's or taken away is so in each.

        Raises Refused where it is in no series (and the scope is not "this"), or where none is still planned;
        Invalid for a time in the hour that summer time skips.
        """
        from kontaktnat.acts.series import update_meetings

        return update_meetings(self._book, meeting, scope, changes)

    # Topics

    # Follow-ups

    def finish(self, followup: FollowUp | str, *, on: Day | None = None) -> tuple[FollowUp, FollowUp | None]:
        """Tick off a follow-up (on a day, otherwise today): it, and the next one where it comes again.

        The next is due on the first day of its recurrence after the day it was due and the day it was done,
        reckoned from the recurrence's first day, so that the end of a month stays the end of the month. One
        that is done already is left as it is.
        """
        from kontaktnat.acts.tasks import finish

        return finish(self._book, followup, on)
