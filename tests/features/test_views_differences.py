"""The view `differences`, worked out by hand. Today is 12 November 2026."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kontaktnat import Assignment, Book, NotFound, Usage, hookimpl
from kontaktnat.extend import Field
from kontaktnat.views.differences import FIELDS


def rows(book: Any, *keys: str, **params: Any) -> list[tuple[Any, ...]]:
    keys = keys or ("field_id", "value", "assignments", "n")
    return [tuple(row[key] for key in keys) for row in book.view("differences", **params).rows]


@pytest.fixture
def three(book: Book) -> Book:
    """Three that run, and one that ended in the spring."""
    for fields in (
        {"name": "ANDTS", "national_body": "Folkhälsomyndigheten", "horizon": "tillsvidare",
         "target_groups": ["unga", "Föräldrar"], "legal_refs": ["2017:868"]},
        {"name": "Brottsförebyggande", "national_body": "Brå", "horizon": "Tillsvidare ",
         "issuer": "regeringen", "starts": "2016", "target_groups": ["föräldrar", "UNGA", ""]},
        {"name": "Öppna samtal", "level": "municipality", "national_body": "brå", "individual_data": True,
         "target_groups": ["äldre"]},
        {"name": "Avslutat", "ends": "2026-04-01", "national_body": "MSB"},
    ):  # fmt: skip
        book.add(Assignment(**fields))
    return book


def test_only_what_differs_in_the_order_of_the_model(three: Book) -> None:
    """Brå and brå are one; of horizons two are known, and are one; of groups the order does not matter.

    Issuer, starts and legal references are known of one alone, so that nothing can differ.
    """
    assert rows(three) == [
        ("level", "county", "ANDTS, Brottsförebyggande", 2),
        ("level", "municipality", "Öppna samtal", 1),
        ("national_body", "Brå", "Brottsförebyggande, Öppna samtal", 2),
        ("national_body", "Folkhälsomyndigheten", "ANDTS", 1),
        ("target_groups", "Föräldrar, unga", "ANDTS, Brottsförebyggande", 2),
        ("target_groups", "äldre", "Öppna samtal", 1),
        ("individual_data", "no", "ANDTS, Brottsförebyggande", 2),
        ("individual_data", "yes", "Öppna samtal", 1),
    ]
    assert three.view("differences").notes == (
        "3 assignments are compared",
        "no difference that is known in: horizon, calls to meetings",
        "known of one at most: legal references, issued by, addressee, starts, ends, risk factors, "
        "level of prevention, reports",
    )


def test_what_is_not_known_is_kept_apart(three: Book) -> None:
    """Of issuers two are known and differ: the third is a row by itself, and last."""
    three.update(three.assignments.where(name="ANDTS")[0], issuer="riksdagen")
    found = [row for row in rows(three) if row[0] == "issuer"]
    assert found == [
        ("issuer", "regeringen", "Brottsförebyggande", 1),
        ("issuer", "riksdagen", "ANDTS", 1),
        ("issuer", None, "Öppna samtal", 1),
    ]


def test_two_of_them(three: Book) -> None:
    """ANDTS and Brottsförebyggande: only the national body is known of both and differs."""
    expected = [("national_body", "Brå"), ("national_body", "Folkhälsomyndigheten")]
    assert rows(three, "field_id", "value", a="brotts", b="andts") == expected
    assert rows(three, "field_id", "value", a="andts", b="brotts") == expected
    ended = rows(three, "field_id", "value", a="andts", b="avslutat")
    assert ended == [("national_body", "Folkhälsomyndigheten"), ("national_body", "MSB")]


def test_dates(three: Book) -> None:
    """A year and a day in it are not known to be the same."""
    three.update(three.assignments.where(name="ANDTS")[0], starts="2016-03-01")
    found = [row for row in rows(three, "field_id", "value", "n") if row[0] == "starts"]
    assert found == [("starts", "2016", 1), ("starts", "2016-03-01", 1), ("starts", None, 1)]


def test_what_it_refuses(three: Book) -> None:
    for params in ({"a": "andts"}, {"b": "andts"}):
        with pytest.raises(Usage, match="write a=NAME b=NAME"):
            three.view("differences", **params)
    with pytest.raises(Usage, match="both ANDTS"):
        three.view("differences", a="andts", b="ANDTS")
    with pytest.raises(NotFound):
        three.view("differences", a="andts", b="bob")


@pytest.mark.parametrize("n", [0, 1])
def test_fewer_than_two_differ_in_nothing(book: Book, n: int) -> None:
    for _ in range(n):
        book.add(Assignment(name="ANDTS"))
    table = book.view("differences")
    assert table.rows == ()
    assert len(table.notes) == 1


def test_every_field_that_describes_it_is_compared(book: Book) -> None:
    """A field that the model comes to have is compared too, or is told here why it is not."""
    import attrs

    from kontaktnat.model import Record

    own = {one.name for one in attrs.fields(Assignment)} - {one.name for one in attrs.fields(Record)}
    assert own - {"name"} == {*FIELDS}
    in_model = [one.name for one in attrs.fields(Assignment) if one.name in FIELDS]
    assert in_model == [*FIELDS]


class Certain:
    """A plugin with fields of its own."""

    name = "certain"

    @hookimpl
    def register_fields(self) -> list[Field]:
        return [
            Field(name="certain.how", records=("assignment",), type=str, title="How sure"),
            Field(name="certain.size", records=("actor",), type=int, title="Size"),
        ]


def test_fields_of_plugins(open_book: Callable[..., Book]) -> None:
    book = open_book(plugins=[Certain()])
    for name, extra in (("A", {"certain.how": "säkert"}), ("B", {"certain.how": "osäkert"}), ("C", {})):
        book.add(Assignment(name=name, extra=extra))
    assert rows(book, "field", "field_id", "value", "assignments") == [
        ("How sure", "certain.how", "osäkert", "B"),
        ("How sure", "certain.how", "säkert", "A"),
        ("How sure", "certain.how", None, "C"),
    ]


def test_in_swedish(kalmar: Any) -> None:
    out = kalmar("--lang", "sv", "view", "differences", "a=andts", "b=krisberedskap").out
    assert "nationellt organ" in out
    kalmar("add", "assignment", "Nytt", "--set", "level=kommun")
    out = kalmar("--lang", "sv", "view", "differences").out
    assert "kommun" in out
    assert "ej känt" in out
