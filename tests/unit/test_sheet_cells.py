"""What a spreadsheet makes of a cell by itself is no edit; what anybody writes there is read or refused."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontaktnat import Invalid
from kontaktnat.descriptors import Vocabulary, Word
from kontaktnat.model import RECORDS
from kontaktnat.tabular.edited import Reader, own_keys, own_type, plain, same, with_its_zero
from kontaktnat.tabular.exported import TYPES, SheetColumn, columns_of, keys_by_title
from kontaktnat.vocabulary import Words

WORDS = Words([("x", Vocabulary(name="v", words=(Word(id="mail", sv="E-post", en="E-mail"),)))])
SUMMER = timezone(timedelta(hours=2))
READER = Reader(words=WORDS, now=datetime(2026, 11, 12, 12, tzinfo=UTC), named=lambda types, text: text)


def column(type: Any = "text", key: str = "note", several: bool = False) -> SheetColumn:
    return SheetColumn(
        key=key, title=key, field=key, type=type, several=several, vocabulary="v" if type == "word" else ""
    )


@pytest.mark.parametrize(
    ("kind", "was", "cell"),
    [
        ("text", "0881", 881),
        ("text", "0881", "881"),
        ("text", "+46701740605", 46701740605.0),
        ("text", "12", 12.0),
        ("text", "rad ett  \nrad två\n", "rad ett\r\nrad två"),
        ("text", "A\u030asa", "Åsa"),
        ("text", "=1+1", "'=1+1"),
        ("text", "'90-talet", "''90-talet"),
        ("text", "'90-talet", "'90-talet"),
        ("text", "true", "SANT"),
        ("text", "a\x0bb", "ab"),
        ("text", None, ""),
        ("text", None, "  "),
        ("bool", True, "SANT"),
        ("bool", True, "TRUE"),
        ("bool", True, True),
        ("bool", True, 1),
        ("bool", False, "FALSKT"),
        ("bool", False, ""),
        ("bool", False, None),
        ("number", 0.5, "0,5"),
        ("number", 0.5, "50%"),
        ("number", 12, 12.0),
        ("number", 1200, "1 200"),
        ("date", date(2026, 11, 12), "2026-11-12"),
        ("date", date(2026, 11, 12), datetime(2026, 11, 12)),
        ("date", "2018-09", "sep-18"),
        ("date", "2018-05", "maj-18"),
        ("date", "2018", 2018),
        ("date", "2018", 2018.0),
        ("datetime", datetime(2026, 7, 1, 6, 30, tzinfo=UTC), "2026-07-01T06:30:00+00:00"),
        ("datetime", datetime(2026, 7, 1, 6, 30, tzinfo=UTC), datetime(2026, 7, 1, 8, 30)),
        ("datetime", datetime(2026, 7, 1, 8, 30, 7, 700_000, tzinfo=SUMMER), "2026-07-01 08:30"),
        ("datetime", datetime(2026, 7, 1, tzinfo=SUMMER), date(2026, 7, 1)),
        ("datetime", date(2026, 7, 1), datetime(2026, 7, 1)),
        ("word", "mail", "e-post"),
        ("word", "mail", "E-mail"),
        ("word", "gone", "gone"),
    ],
)
def test_what_is_no_edit(kind: Any, was: Any, cell: Any) -> None:
    assert same(column(kind), was, cell, WORDS)


@pytest.mark.parametrize(
    ("kind", "was", "cell"),
    [
        ("text", "0881", 882),
        ("text", "Åsa", "Asa"),
        ("text", "a b", "a  b"),
        ("bool", True, "FALSKT"),
        ("bool", True, ""),
        ("number", 12, 12.5),
        ("number", 12, "x"),
        ("date", date(2026, 11, 12), date(2026, 11, 13)),
        ("date", date(2026, 11, 12), datetime(2026, 11, 12, 1)),
        ("date", "2018-09", "2018-10"),
        ("date", "2018-09", date(2018, 9, 1)),
        ("datetime", datetime(2026, 7, 1, 6, 30, tzinfo=UTC), datetime(2026, 7, 1, 6, 30)),
        ("word", "mail", "brev"),
        ("text", None, "x"),
    ],
)
def test_what_is_an_edit(kind: Any, was: Any, cell: Any) -> None:
    assert not same(column(kind), was, cell, WORDS)


@given(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.dates()
    | st.datetimes()
    | st.times()
)
def test_any_cell_is_itself_and_reads_or_is_refused(cell: Any) -> None:
    assert "\r" not in plain(cell)
    for kind in ("text", "date", "datetime", "number", "bool", "id", "word"):
        for several in (False, True):
            for was in ("2018-09", date(2018, 9, 1), datetime(2018, 9, 1, tzinfo=UTC), True, 1.5, None):
                same(column(kind), was, cell, WORDS)
            if plain(cell) and not (kind == "number" and several):
                try:
                    READER.value(column(kind, several=several), cell, {}, number=int)
                except Invalid as error:
                    assert len(str(error).splitlines()) >= 1  # noqa: PT017


@pytest.mark.parametrize(
    ("digits", "number"),
    [
        ("701740611", "0701740611"),
        ("46701740611", "+46701740611"),
        ("0701740611", "0701740611"),
        ("112", "112"),
        ("480450000", "0480450000"),
    ],
)
def test_a_phone_number_has_its_zero_again(digits: str, number: str) -> None:
    assert with_its_zero(digits) == number


def test_a_time_without_its_day_is_refused() -> None:
    with pytest.raises(Invalid, match="needs its day"):
        READER.value(column("datetime"), time(13), {}, number=float)


def test_columns_are_known_by_key_and_by_title_in_both_languages() -> None:
    for type_name in TYPES:
        columns = columns_of(RECORDS[type_name])
        keys = [one.key for one in columns]
        assert len(keys) == len({*keys})
        assert own_keys(keys) == tuple(keys)
        for lang in ("en", "sv"):
            titles = [one.title.said(lang) for one in columns]  # type: ignore[attr-defined]
            assert own_keys([title.upper() for title in titles]) == tuple(keys)
    assert "" not in keys_by_title().values()


def test_whose_sheet_it_is() -> None:
    assert own_keys(["id", "rev", "name"]) == ("id", "rev", "name")
    assert own_keys(["Id", "Version", "Posttyp", "Namn", "Namn", "Eget", None]) == (
        "id", "rev", "type", "name", "", "", ""
    )  # fmt: skip
    assert own_keys(["Seats (rinks.seats)", "id", "rev"]) == ("rinks.seats", "id", "rev")
    for header in (["Id", "Version", "Namn"], ["id", "name"], [None], []):
        assert own_keys(header) is None
    assert own_type(("id", "type"), [["1", None], ["2"], ["3", "role"]]) == "role"
    assert own_type(("id", "given", "family"), []) == "contact"
    assert own_type(("id", "type"), [], told="actor") == "actor"
