"""The core's own views."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from kontaktnat.builtin.parameters import Day, day, in_days, number, span, word, words
from kontaktnat.descriptors import Table
from kontaktnat.errors import Usage
from kontaktnat.extend import View, hookimpl

if TYPE_CHECKING:  # Outward brings the whole library with it, and `--help` needs none of it
    from kontaktnat.descriptors import Viewable
    from kontaktnat.extend import Outward

# How a view is called, each with its parameters as one types them; the view itself is imported when it runs.


def _today(book: Outward, /, *, days: int | str | None = None, owner: str = "") -> Table:
    from kontaktnat.views.today import today

    ahead = None if days is None else number("days", days, 36_500)
    return today(book, days=ahead, owner=owner.strip())


def _cadence(book: Outward, /) -> Table:
    from kontaktnat.views.cadence import cadence

    return cadence(book)


def _timeline(book: Outward, /, *, who: str = "", limit: int | str = 0) -> Table:
    from kontaktnat.views.timeline import timeline

    if not who.strip():
        raise Usage("whose contacts? write who=NAME")
    return timeline(book, who=who, limit=number("limit", limit, 1_000_000))


def _vacancies(book: Outward, /, *, functions: str | Iterable[str] = "", stale_days: int | str = "") -> Table:
    from kontaktnat.views.vacancies import vacancies

    asked = words(book, "function", functions)
    return vacancies(book, functions=asked, stale_days=in_days("stale_days", stale_days))


def _silence(book: Outward, /, *, days: int | str = "", kind: str = "", sector: str = "") -> Table:
    from kontaktnat.views.silence import silence

    return silence(book, days=in_days("days", days), kind=word(book, "actor_kind", kind),
                   sector=word(book, "sector", sector))  # fmt: skip


def _representation(book: Outward, /, *, network: str = "", since: Day = "", until: Day = "") -> Table:
    from kontaktnat.views.representation import representation

    first, last = span(book, since, until)
    return representation(book, network=network, since=first, until=last)


def _training(book: Outward, /, *, audience: str = "", since: Day = "") -> Table:
    from kontaktnat.model.terms import term_on
    from kontaktnat.views.training import training

    given = day("since", since)
    first = given.first if given else term_on("council", book.today)[0]
    return training(book, since=first, audience=word(book, "audience", audience))


def _support(book: Outward, /, *, sector: str = "", since: Day = "") -> Table:
    from kontaktnat.views.support import support

    return support(book, since=span(book, since)[0], sector=word(book, "sector", sector))


def _lifted(book: Outward, /, *, answer_days: int | str = "", return_days: int | str = "") -> Table:
    from kontaktnat.views.topics import lifted

    answer, back = in_days("answer_days", answer_days), in_days("return_days", return_days)
    return lifted(book, answer_days=answer or 0, return_days=back or 0)


def _examples(book: Outward, /) -> Table:
    from kontaktnat.views.examples import examples

    return examples(book)


def _shared_problems(book: Outward, /, *, least: int | str = 2) -> Table:
    from kontaktnat.views.shared import shared_problems

    return shared_problems(book, least=number("least", least, 290))


def _uninformed(book: Outward, /) -> Table:
    from kontaktnat.views.uninformed import uninformed

    return uninformed(book)


def _retention(book: Outward, /) -> Table:
    from kontaktnat.views.retention import retention

    return retention(book)


def _statistics(book: Outward, /, *, year: int | str = "", measure: str = "") -> Table:
    from kontaktnat.views.statistics import statistics

    chosen = number("year", year, 9999) if str(year).strip() else book.today.year
    return statistics(book, year=chosen, measure=word(book, "measure", measure))


def _growth(book: Outward, /) -> Table:
    from kontaktnat.views.growth import growth

    return growth(book)


def _path(book: Outward, /, *, a: str = "", b: str = "") -> Table:
    from kontaktnat.views.path import path

    if not a.strip() or not b.strip():
        raise Usage("between whom? write view path NAME NAME")
    return path(book, a=a, b=b)


def _network(book: Outward, /, *, network: str = "") -> Table:
    from kontaktnat.views.network import network as tree

    return tree(book, network=network)


def _bra_report(book: Outward, /, *, year: int | str = "") -> Table:
    from kontaktnat.views.bra_report import bra_report, due_year

    chosen = number("year", year, 9999) if str(year).strip() else due_year(book.today)
    return bra_report(book, year=chosen)


def _crowding(book: Outward, /, *, municipality: str = "") -> Table:
    from kontaktnat.views.crowding import crowding

    return crowding(book, municipality=municipality)


def _coverage(book: Outward, /, *, municipality: str = "", assignment: str = "") -> Table:
    from kontaktnat.views.coverage import coverage

    return coverage(book, assignment=assignment, municipality=municipality)


def _year_wheel(book: Outward, /, *, municipality: str = "", year: int | str = "") -> Table:
    from kontaktnat.views.year_wheel import year_wheel

    chosen = number("year", year, 9999) if str(year).strip() else book.today.year
    return year_wheel(book, year=chosen, municipality=municipality)


def _overlap(book: Outward, /, *, dimension: str = "", assignment: str = "") -> Table:
    from kontaktnat.views.overlap import overlap

    return overlap(book, dimension=word(book, "overlap_dimension", dimension), assignment=assignment)


def _differences(book: Outward, /, *, a: str = "", b: str = "") -> Table:
    from kontaktnat.views.differences import differences

    if bool(a.strip()) != bool(b.strip()):
        raise Usage("two assignments are compared: write a=NAME b=NAME, or neither for all that run")
    return differences(book, a=a, b=b)


def _double_meetings(book: Outward, /) -> Table:
    from kontaktnat.views.double_meetings import double_meetings

    return double_meetings(book)


def _commitments(
    book: Outward, /, *, actor: str = "", basis: str = "", state: str = "", kind: str = ""
) -> Table:
    from kontaktnat.views.commitments import commitments

    return commitments(book, actor=actor, basis=word(book, "basis", basis),
                       state=word(book, "commitment_state", state),
                       kind=word(book, "commitment_kind", kind))  # fmt: skip


def _police_areas(book: Outward, /) -> Table:
    from kontaktnat.views.police_areas import police_areas

    return police_areas(book)


@hookimpl
def register_views() -> list[View]:
    from kontaktnat.views.said import (
        bra_report,
        cadence,
        commitments,
        coverage,
        crowding,
        differences,
        double_meetings,
        examples,
        growth,
        lifted,
        network,
        overlap,
        path,
        police_areas,
        representation,
        retention,
        shared_problems,
        silence,
        statistics,
        support,
        timeline,
        today,
        training,
        uninformed,
        vacancies,
        year_wheel,
    )

    return [
        _view("today", _today, today),
        _view("cadence", _cadence, cadence),
        _view("timeline", _timeline, timeline),
        _view("vacancies", _vacancies, vacancies),
        _view("silence", _silence, silence),
        _view("representation", _representation, representation),
        _view("training", _training, training),
        _view("support", _support, support),
        _view("lifted", _lifted, lifted),
        _view("examples", _examples, examples),
        _view("shared-problems", _shared_problems, shared_problems),
        _view("uninformed", _uninformed, uninformed),
        _view("retention", _retention, retention),
        _view("statistics", _statistics, statistics),
        _view("growth", _growth, growth),
        _view("path", _path, path),
        _view("network", _network, network),
        _view("bra-report", _bra_report, bra_report),
        _view("crowding", _crowding, crowding),
        _view("coverage", _coverage, coverage),
        _view("year-wheel", _year_wheel, year_wheel),
        _view("overlap", _overlap, overlap),
        _view("differences", _differences, differences),
        _view("double-meetings", _double_meetings, double_meetings),
        _view("commitments", _commitments, commitments),
        _view("police-areas", _police_areas, police_areas),
    ]


def _view(name: str, run: Viewable, said: Any) -> View:
    """A view with what its module under `views.said` says of it."""
    return View(name=name, title=said.TITLE, run=run, definition=said.DEFINITION, formula=said.FORMULA,
                source=said.SOURCE)  # fmt: skip
