"""What is customary, not law: intervals and defaults, each of which a book or a configuration may set.

A book's own are its setting `practice`; those of `[practice]` in the configuration win over them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from kontaktnat.errors import Invalid
from kontaktnat.i18n import Text
from kontaktnat.model.base import rule
from kontaktnat.plain import Plain

if TYPE_CHECKING:
    from kontaktnat.outward import Outward

_days = rule(lambda value: None if value > 0 else Text("{value} is no number above 0", value=value))


@frozen(kw_only=True, eq=False, repr=False)
class Practice(Plain):
    """Days and months are whole numbers above 0."""

    answer_days: int = field(default=60, validator=_days)
    """A lifted question is overdue after so many days without an answer."""
    return_days: int = field(default=14, validator=_days)
    """An answer is to be brought home to those who asked within so many days."""
    review_months: int = field(default=24, validator=_days)
    """A good example is looked at anew after so many months."""
    silence_days: int = field(default=90, validator=_days)
    """An actor is silent after so many days without any contact."""
    stale_days: int = field(default=365, validator=_days)
    """A post is stale after so many days without contact with whoever holds it."""
    ahead_days: int = field(default=14, validator=_days)
    """How far `today` looks ahead."""
    series_months: int = field(default=12, validator=_days)
    """How far a series of meetings is planned where no end is given."""
    retention_role_months: int = field(default=24, validator=_days)
    """Who has no role any more is looked at anew so many months after the last contact with them."""
    retention_unused_months: int = field(default=12, validator=_days)
    """Who never had a role, nor any contact, is looked at anew so many months after they came in."""
    retention_pending_months: int = field(default=6, validator=_days)
    """What waits in quarantine is looked at anew after so many months."""
    retention_draft_months: int = field(default=6, validator=_days)
    """A draft is looked at anew so many months after it was last changed."""
    functions: tuple[str, ...] = (
        "executive_board_chair",
        "crime_prevention_coordinator",
        "municipal_police_officer",
    )
    """The functions that each municipality should have somebody in: who decides, who coordinates, who is
    the municipal police officer (interview: short decision paths)."""
    months: Mapping[str, int] = field(factory=dict)
    """By fact of a commitment (`council_last_meeting`), the months until it is due again where that is
    custom; what a statute says is not set."""
    invitations: tuple[str, ...] = ("network_meeting", "training", "national_meeting", "consultation")
    """The kinds of interaction to which people are called, and that count as demands on their time."""
    mandate: Mapping[str, tuple[int, ...]] = field(factory=dict)
    """By kind of interaction the points of förordning 2016:1258, 2 § 1-4; kinds not named keep their own."""


def practice(*sources: Mapping[str, Any]) -> Practice:
    """What holds: later sources win over earlier ones, key by key.

    Raises Invalid naming the place for a setting that there is not, or whose value does not fit.
    """
    if all(source == {} for source in sources):  # as nearly always: the rest takes cattrs a while
        return Practice()
    from kontaktnat.plugins.settings import structure

    whole: dict[str, Any] = {}
    for source in sources:
        if not isinstance(source, Mapping):
            raise Invalid("{path}: a table is needed", path="practice")
        tables = {name: source.get(name, {}) for name in ("mandate", "months")}
        for name, table in tables.items():
            if not isinstance(table, Mapping):
                raise Invalid("{path}: a table is needed", path=f"practice.{name}")
        whole |= {**source} | {name: {**whole.get(name, {}), **table} for name, table in tables.items()}
    found: Practice = structure("practice", whole, Practice)
    for name, months in found.months.items():
        if months < 1:
            raise Invalid("{path}: {value} is no number above 0", path=f"practice.months.{name}",
                          value=months)  # fmt: skip
    for kind, points in found.mandate.items():
        if wrong := [point for point in points if point not in (1, 2, 3, 4)]:
            raise Invalid("{path}: {value} is none of 1-4 (förordning 2016:1258, 2 § 1-4)",
                          path=f"practice.mandate.{kind}", value=wrong[0])  # fmt: skip
    return found


def usual_mandate(book: Outward, kind: str) -> tuple[int, ...]:
    """The points of förordning 2016:1258, 2 § 1-4 that a kind of interaction usually is under.

    Raises Invalid where the settings name a kind that there is not.
    """
    mandate = book.practice.mandate
    _known(book, mandate, "practice.mandate")
    word = book.words.of("interaction_kind").get(kind)
    return mandate.get(kind, word.mandate if word else ())


def invitations(book: Outward) -> tuple[str, ...]:
    """The kinds of interaction to which people are called; raises as `usual_mandate`."""
    kinds = book.practice.invitations
    _known(book, kinds, "practice.invitations")
    return kinds


def _known(book: Outward, kinds: Iterable[str], path: str) -> None:
    for name in kinds:
        if not book.words.has("interaction_kind", name):
            raise book.words.unknown("interaction_kind", name, path)
