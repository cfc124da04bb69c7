"""What a statute asks of a municipality that its roles tell: a coordination function, terms of office."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kontaktnat import model
from kontaktnat.i18n import Label
from kontaktnat.model.dates import to_date
from kontaktnat.model.terms import BODIES, term_on
from kontaktnat.outward import Outward
from kontaktnat.views.due import Standing, state
from kontaktnat.views.vacancies import Posts

COORDINATOR = "crime_prevention_coordinator"
COORDINATION = "coordination"
"""A word of `commitment_kind`."""
_COORDINATION = COORDINATION, Label("coordination function", "samordningsfunktion"), "lag (2023:196) 11 §"
_SINCE = "2023-07-01"
_TERMS = {
    "council": (Label("term of office, council", "mandatperiod, fullmäktige"),
                "kommunallagen (2017:725) 5 kap. 9 §"),
    "executive_board": (Label("term of office, executive board", "mandatperiod, kommunstyrelse"),
                        "kommunallagen (2017:725) 6 kap. 18 §"),
}  # fmt: skip
Office = tuple[model.Actor, str, Label, str, Standing]
"""The municipality, a word of `commitment_kind`, what, the statute, how it stands."""


def offices(book: Outward, places: Sequence[model.Actor]) -> Iterator[Office]:
    """For each municipality its terms of office and its coordination function."""
    words = book.words.of("function").values()
    elected = {body: [one.id for one in words if one.elected == body] for body in BODIES}
    posts = Posts(book, [COORDINATOR, *(one for functions in elected.values() for one in functions)], 0)
    for place in places:
        for body, functions in elected.items():
            old = any(posts.to_confirm(place, function) for function in functions)
            yield place, "leadership", *_TERMS[body], _term(book, body, old=old)
        if found := _coordination(book, posts, place):
            yield place, *_COORDINATION, found


def _term(book: Outward, body: str, *, old: bool) -> Standing:
    first, following = term_on(body, book.today)
    how = "to_confirm" if old else state(following, following, book.today)
    return Standing(last=to_date(first), due=following, state=how)


def _coordination(book: Outward, posts: Posts, place: model.Actor) -> Standing | None:
    if holders := posts.holders(place, COORDINATOR):
        return Standing(last=max((one.since for one in holders if one.since), default=None), state="in_place")
    if posts.covered[COORDINATOR]:  # somebody who is protected may hold it here: nobody is to read where
        return Standing(state="unclear")
    return Standing(state="missing") if book.today.isoformat() >= _SINCE else None
