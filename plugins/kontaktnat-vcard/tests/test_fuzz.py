"""Whatever bytes come: a card is read or rejected, nothing else is raised, and nothing takes long."""

from __future__ import annotations

import contextlib
import io
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from vcard_samples import ALL, card

from kontaktnat import Invalid
from kontaktnat.extend import Candidate
from kontaktnat.model import RECORDS
from kontaktnat_vcard.importing import describe, read, rejects, sniff

PIECES = [
    *(b"BEGIN:VCARD\r\n", b"END:VCARD\r\n", b"AGENT:\r\n", b"AGENT:BEGIN:VCARD\n", b"=\r\n", b"\n", b"\r"),
    *(b" ", b";", b":", b",", b'"', b"\\", b"\0", b"=C3", b"==", b"NOTE", b"N:", b"FN:", b"PREF=", b"item1."),
    *(b";ENCODING=QUOTED-PRINTABLE", b";ENCODING=b:", b";CHARSET=utf-7:+2AA-", b";CHARSET=idna:xn--a"),
    *(b";CHARSET=unicode_escape:\\x", b"X-KONTAKTNAT-HAT=99999999", b"\xe2\x80\xa8", b"\xa0", b"\x85"),
    *(b"\xff\xfe", b"\xef\xbb\xbf", b"\xffN:", b"\xb5="),
]


def _read(data: bytes) -> list[Candidate]:
    sniff(data[:4096])
    try:
        describe(io.BytesIO(data), {})
    except Invalid:
        with pytest.raises(Invalid):
            list(read(io.BytesIO(data), {}))
        return []
    found = list(read(io.BytesIO(data), {}))
    rows = [one.row for one in found]
    assert rows == sorted(set(rows))
    for one in found:
        assert bool(one.problem) != (one.type in RECORDS)
        str(one.fields).encode()  # no half letters
    bad = rejects([(one.raw, str(one.problem)) for one in found if one.problem])
    with contextlib.suppress(Invalid):  # where it has no card in it
        assert all(one.problem for one in read(io.BytesIO(bad), {}))
    return found


@pytest.mark.parametrize("seed", range(200))
def test_damaged_cards(seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(b"".join(chance.choices(list(ALL.values()), k=2)))
    for _ in range(chance.randrange(12)):
        at, kind = chance.randrange(len(data) + 1), chance.randrange(4)
        if kind == 0:
            data[at:at] = chance.choice(PIECES) * chance.choice([1, 1, 3])
        elif kind == 1:
            del data[at : at + chance.randrange(40)]
        elif kind == 2:
            data[at : at + 1] = bytes([chance.randrange(256)])
        else:
            start = chance.randrange(len(data) + 1)
            data[at:at] = data[start : start + chance.randrange(200)]
    _read(bytes(data))
    _read(bytes(data).decode("utf-8", "replace").encode("utf-16")[: chance.randrange(3000)])


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.binary(max_size=5), max_size=60).map(b"".join))
def test_noise(data: bytes) -> None:
    _read(data)
    _read(b"BEGIN:VCARD\nFN:Eva Ek\n" + data + b"\nEND:VCARD\n")


MANY = {
    "nothing but beginnings": b"BEGIN:VCARD\n" * 20_000,
    "cards in cards": b"BEGIN:VCARD\nFN:x\n" + b"AGENT:\nBEGIN:VCARD\n" * 20_000,
    "empty lines in a card in a card": b"BEGIN:VCARD\nAGENT:\nBEGIN:VCARD\n"
    + b"\n" * 100_000
    + b"BEGIN:VCARD\n" * 9,
    "soft breaks": card("FN:x", "NOTE;ENCODING=QUOTED-PRINTABLE:" + "a=\n" * 100_000),
    "parts": card("FN:x", "N:" + "a;" * 200_000),
    "quotation marks": card("FN:x", "X;" + '"' * 500_001 + ":x"),
    "parameters": card("FN:x", "X;" + 'a="b' * 50_001 + ":x"),
    "employments": card("FN:x", *["ORG:x", "TITLE:y"] * 20_000),
    "labels": card("FN:x", *(f"i{n}.EMAIL:a{n}@x.example\ni{n}.X-ABLabel:l" for n in range(5_000))),
    "backslashes": card("FN:x", "ADR:" + "\\" * 500_000),
    "blanks": card("FN:" + " " * 500_000 + "x"),
}


@pytest.mark.parametrize("data", MANY.values(), ids=MANY)
def test_what_there_is_very_much_of(data: bytes) -> None:
    assert _read(data)
