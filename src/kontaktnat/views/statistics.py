"""What was done in a year and how many people it reached, such that it tells of nobody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from kontaktnat import model
from kontaktnat.descriptors import Column, Table
from kontaktnat.errors import Invalid
from kontaktnat.i18n import Text
from kontaktnat.model.asof import name_on
from kontaktnat.model.dates import day_of, holds
from kontaktnat.outward import Outward
from kontaktnat.privacy.suppression import FEW, line, table
from kontaktnat.views.contacted import PRESENT, day, held, represented, successors
from kontaktnat.views.said.statistics import DEFINITION, TITLE
from kontaktnat.views.standing import municipalities
from kontaktnat.views.training import own, participants, person, placing
from kontaktnat.views.unprotected import Unprotected

_COLUMNS = (
    Column(key="measure", title="Measure", type="word", vocabulary="measure"),
    Column(key="row", title="Of what"),
    Column(key="column", title="Where or when"),
    Column(key="n", title="Number", type="number", blank=".."),
    Column(key="row_id", title="Word"),
    Column(key="column_id", title="Id", type="id"),
)
_ELSEWHERE = _OTHER = ""
Names = Mapping[str, str]
"""What each row or column is called, by its id; the order of the table."""
Where = tuple[str | None, str | None]
"""Row and column by their ids; None: a total."""
Row = dict[str, Any]


def statistics(book: Outward, /, *, year: int, measure: str = "") -> Table:
    """`year`: a calendar year; `measure`: the id of a word of `measure`, "" for all.

    Raises Invalid for a year to come.
    """
    if year > book.today.year or year < 1:
        raise Invalid("{path}: {value} is no year that has begun", path="year", value=year)
    last = min(book.today, date(year, 12, 31))
    counted = _Counted(book.as_of(last).remembering(), year)
    measures: Mapping[str, Callable[[], Iterator[Row]]] = {
        "meetings_by_month": counted.by_month,
        "meetings_by_place": counted.by_place,
        "holders": counted.holders,
        "reached": counted.reached,
        "trained": counted.trained,
    }
    rows = [row for name, count in measures.items() if measure in ("", name) for row in count()]
    notes = (Text("{year}, to {day}; counts of people under {few} are withheld (..)", year=year, day=last,
                  few=FEW),)  # fmt: skip
    return Table(name="statistics", title=TITLE, columns=_COLUMNS, rows=tuple(rows), notes=notes,
                 definition=DEFINITION)  # fmt: skip


class _Counted:
    """The meetings of a year, with who was there whom anybody may know of."""

    def __init__(self, book: Outward, year: int) -> None:
        self.book, self.year = book, year
        self.after = successors(book)
        self.municipalities = municipalities(book)
        self.where = placing(book, self.municipalities, self.after)
        self.places: Names = {
            **{one.id: name_on(one, book.today) for one in self.municipalities},
            _ELSEWHERE: Text("Elsewhere"),
        }
        self.kinds = self._words("interaction_kind")
        self.unprotected = Unprotected(book)
        self.meetings = [
            self.unprotected.of(one) for one in held(book) if one.when and day_of(one.when).year == year
        ]
        self.met: dict[tuple[str, str], set[str]] = defaultdict(set)
        """By kind and place, ids of the meetings."""
        for one in self.meetings:
            for place in self._met(one):
                self.met[self._known(self.kinds, one.kind), place].add(one.id)

    def by_month(self) -> Iterator[Row]:
        """Meetings by kind and month."""
        cells: dict[tuple[str, str], set[str]] = defaultdict(set)
        for one in self.meetings:
            cells[self._known(self.kinds, one.kind), _month(one.when)].add(one.id)
        months = {f"{self.year:04}-{n:02}": f"{self.year:04}-{n:02}" for n in range(1, 13)}
        if any(month == "" for _, month in cells):
            months[""] = Text("Month not known")
        return self._meetings("meetings_by_month", months, cells)

    def by_place(self) -> Iterator[Row]:
        """Meetings by kind and municipality."""
        return self._meetings("meetings_by_place", self.places, self.met)

    def holders(self) -> Iterator[Row]:
        """People by function and municipality, on the last day."""
        functions = self._words("function")
        cells: dict[tuple[str, str], set[str]] = defaultdict(set)
        for role in self.book.roles.all():
            seen = not self.unprotected.covered(role)
            if role.contact and seen and holds(role.since, role.until, self.book.today):
                for place in self._places(id for id in (role.actor, *role.covers) if id):
                    cells[self._known(functions, role.function), place].add(role.contact)
        yield from _people("holders", functions, self.places, cells, ())

    def reached(self) -> Iterator[Row]:
        """People who were there, by kind and municipality.

        Trainings are left out: who was at one is counted among the trained too, and each of the two would
        tell what the other withholds.
        """
        kinds = {id: name for id, name in self.kinds.items() if id != "training"}
        cells: dict[tuple[str, str], set[str]] = defaultdict(set)
        for one in self.meetings:
            for participation in one.participants if one.kind != "training" else ():
                who = person(self.book, participation)
                if who and participation.status in PRESENT:
                    for place in self._places(own(self.book, participation, day(self.book, one))):
                        cells[self._known(kinds, one.kind), place].add(who)
        known = [(kind, place) for kind in kinds for place in self.places if not self.met[kind, place]]
        yield from _people("reached", kinds, self.places, cells, known)

    def trained(self) -> Iterator[Row]:
        """People who took part in trainings, by audience, counted at each and in each municipality.

        Not by municipality: a training has one audience, so the number of trainings that a municipality came
        to would tell which audience its people were of.
        """
        audiences = self._words("audience")
        counts = dict.fromkeys(audiences, 0)
        most: dict[str | None, int] = defaultdict(int)
        for one in self.meetings:
            if one.kind != "training":
                continue
            audience = self._known(audiences, one.audience)
            n = sum(participants(self.book, one, self.after, lambda actor: self._places((actor,))).values())
            counts[audience] += n
            for total in (audience, None):
                most[total] = max(most[total], n)
        # Twice three may be the same three: only a training that five came to shows that they are five.
        few = [total for total in (*audiences, None) if most[total] < FEW]
        told = line(counts, few=few)
        yield from _rows("trained", audiences, {}, {(total, None): n for total, n in told.items()})

    def _meetings(
        self, measure: str, columns: Names, cells: Mapping[tuple[str, str], set[str]]
    ) -> Iterator[Row]:
        """A table of meetings by their ids, each once in a total; where there was none is no row."""
        alike: dict[Where, set[str]] = defaultdict(set)
        for (row, column), ids in cells.items():
            for place in ((row, column), (row, None), (None, column), (None, None)):
                alike[place] |= ids
        counts = {place: len(alike[place]) for place in _every(self.kinds, columns)}
        return (row for row in _rows(measure, self.kinds, columns, counts) if row["n"])

    def _words(self, vocabulary: str) -> Names:
        words = self.book.words
        known = [id for id, word in words.of(vocabulary).items() if word.contact]
        return {**{id: words.name(vocabulary, id) for id in known}, _OTHER: Text("Other")}

    def _known(self, words: Names, word: str) -> str:
        return word if word in words else _OTHER

    def _met(self, one: model.Interaction) -> frozenset[str]:
        found = [self._places((headcount.actor,)) for headcount in one.headcounts]
        on = day(self.book, one)
        for participation in one.participants:
            if participation.status in PRESENT:
                found += [self._places(own(self.book, participation, on))]
                found += [self._places((id,)) for id in represented(self.book, participation, on)]
        return frozenset[str]().union(*found) or frozenset({_ELSEWHERE})

    def _places(self, actors: Iterable[str]) -> frozenset[str]:
        """Ids of the municipalities of some actors; elsewhere for each that has none, and for none."""
        found = [self.where(id) or frozenset({_ELSEWHERE}) for id in actors]
        return frozenset[str]().union(*found) or frozenset({_ELSEWHERE})


def _people(
    measure: str,
    rows: Names,
    columns: Names,
    cells: Mapping[tuple[str, str], set[str]],
    known: Collection[tuple[str, str]],
) -> Iterator[Row]:
    """A table of people by their ids; a total of few who stand in several cells is withheld too."""
    alike: dict[Where, set[str]] = defaultdict(set)
    for (row, column), people in cells.items():
        for place in ((row, None), (None, column), (None, None)):
            alike[place] |= people
    few = [place for place, people in alike.items() if len(people) < FEW]
    counts = {place: len(people) for place, people in cells.items()}
    yield from _rows(measure, rows, columns, table(counts, tuple(rows), tuple(columns), known=known, few=few))


def _rows(
    measure: str,
    rows: Names,
    columns: Names,
    counts: Mapping[Where, int | None],
) -> Iterator[Row]:
    """A row for each count; one for its total where all are withheld."""
    total = Text("Total")
    for row, name in (*rows.items(), (None, total)):
        bare = row is not None and all(counts[row, column] is None for column in (*columns, None))
        for column, place in (*(() if bare else columns.items()), (None, total)):
            yield {"measure": measure, "row": name, "column": place, "n": counts[row, column],
                   "row_id": row, "column_id": column}  # fmt: skip


def _every(rows: Names, columns: Names) -> Iterator[Where]:
    return ((row, column) for row in (*rows, None) for column in (*columns, None))


def _month(when: model.Moment | None) -> str:
    if isinstance(when, model.PartialDate) and when.month is None:
        return ""
    return day_of(when).isoformat()[:7] if when else ""
