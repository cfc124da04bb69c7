"""Personnummer and samordningsnummer are found in every spelling; phone and organisation numbers are not."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from stdnum import luhn

from kontaktnat.freetext import look

PHONES = [f"07017406{n:02}" for n in range(5, 100)]


def numbers(text: str) -> list[str]:
    return [text[one.start : one.end] for one in look(text) if one.rule == "number"]


@st.composite
def people(draw: st.DrawFn) -> tuple[str, str]:
    """Twelve digits in two pieces: a personnummer, or a samordningsnummer."""
    born = draw(st.dates(date(1880, 1, 1), date(2025, 12, 31)))
    day = born.day + draw(st.sampled_from((0, 60)))
    front = f"{born:%Y%m}{day:02}"
    serial = f"{draw(st.integers(980, 999))}"
    return front, serial + luhn.calc_check_digit(front[2:] + serial)


@given(people(), st.sampled_from(("", "-", "+", "–", "−", "\u2011")), st.booleans())
@example(("20000229", "9881"), "-", False)
def test_any_that_is_valid_is_found(number: tuple[str, str], separator: str, whole: bool) -> None:
    front, last = number
    written = f"{front if whole else front[2:]}{separator}{last}"
    assume(not (written.isdecimal() and written.startswith("07")))  # which is how one writes a mobile number
    for text in (written, f"Hon heter {written}.", f"Pnr:{written},", f"({written})", f"x\n{written}\ny"):
        assert numbers(text) == [written], text


@given(people(), st.integers(1, 9))
def test_a_wrong_control_digit_is_none(number: tuple[str, str], wrong: int) -> None:
    front, last = number
    assert numbers(f"Nr {front}-{last[:3]}{(int(last[3]) + wrong) % 10} här") == []


@given(st.integers(2, 9), st.integers(0, 10**8 - 1), st.sampled_from(("", "-")))
def test_an_organisation_number_is_none(third: int, rest: int, separator: str) -> None:
    digits = f"55{third}{rest % 10**6:06}"
    digits += luhn.calc_check_digit(digits)
    for text in (f"{digits[:6]}{separator}{digits[6:]}", f"16{digits[:6]}{separator}{digits[6:]}"):
        assert numbers(f"Orgnr {text} på avtalet") == []


@pytest.mark.parametrize("phone", PHONES)
def test_no_fictional_mobile_number_is_one(phone: str) -> None:
    area, rest = phone[:3], phone[3:]
    for written in (
        phone,
        f"{area}-{rest[:3]} {rest[3:5]} {rest[5:]}",
        f"{area}-{rest}",
        f"{area} {rest}",
        f"{area} {rest[:3]} {rest[3:5]} {rest[5:]}",
        f"{area}/{rest[:3]} {rest[3:5]} {rest[5:]}",
        f"{area}.{rest[:3]}.{rest[3:5]}.{rest[5:]}",
        f"+46{phone[1:]}",
        f"+46 {phone[1:3]} {rest[:3]} {rest[3:5]} {rest[5:]}",
        f"+46 (0){phone[1:3]}-{rest}",
        f"0046{phone[1:]}",
        f"tel {phone[:6]}-{phone[6:]}",
    ):
        assert numbers(written) == []
        assert numbers(f"Ring Eva på {written}, helst före kl. 16.") == []


def test_what_a_number_is_may_be_said_before_it() -> None:
    assert numbers("Samordningsnummer 0701740605.") == ["0701740605"] or not luhn.is_valid("0701740605")
    (one,) = [phone for phone in PHONES if luhn.is_valid(phone)][:1]
    assert numbers(f"samordningsnummer {one}") == [one]
    assert numbers(f"{one[:6]}-{one[6:]}") == [f"{one[:6]}-{one[6:]}"]
    assert numbers(f"mobil {one}") == []
    assert numbers(f"Pnr saknas, mobil {one}") == []


@pytest.mark.parametrize(
    "text",
    [
        "dnr 204-1234-2026, KS 2026/00123, bankgiro 5050-1055, plusgiro 48 25 63-1",
        "Budget 1 985 010 kr och 9 802 kr, 391 26 Kalmar",
        "0019850101980933 och 19850101980933 och 8501019809123",
        "20260302-20260306, 2026-03-02 09:30, 20260114 0930",
        "1.8501019809 och 978-850101-9809 och 850101-9809-1",
        "1f2e8501019809ab00 och 19850101-9809-4abc-8def-0123456789ab",
        "19851301-9810 och 850230-9801 och 19010229-9809",
    ],
)
def test_what_looks_alike_is_none(text: str) -> None:
    assert numbers(text) == []


def test_what_is_not_seen_or_not_ascii_hides_nothing() -> None:
    assert luhn.is_valid("8501019809")
    for text in (
        "850101\u200b-9809",
        "850101-98\u00ad09",
        "850101\u00a0–\u00a09809 är hennes personnummer"[:13],
        "８５０１０１-９８０９",
        "٨٥٠١٠١-٩٨٠٩",
    ):
        found = look(f"personnummer {text}")
        assert [one.rule for one in found] == ["number"], text
        assert found[0].start == len("personnummer ")
        assert found[0].end == len(f"personnummer {text}")


def test_a_blank_for_a_separator_needs_to_be_called_what_it_is() -> None:
    assert numbers("personnummer 850101 9809") == ["850101 9809"]
    assert numbers("f. 850101 9809") == ["850101 9809"]
    assert numbers("850101 9809 kr") == []


def test_places_are_of_the_composed_text() -> None:
    (found,) = look("Åsa A\u030asa: 19850101-9809")
    assert (found.start, found.end, found.grave) == (9, 22, True)
