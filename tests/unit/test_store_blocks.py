"""The bytes of a book: what goes in comes out, a flipped bit is noticed, a torn write is told from damage."""

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontaktnat.store import blocks
from kontaktnat.store.blocks import SECTOR, Damaged, Incomplete

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**63), 2**64 - 1), TEXT),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXT, inner, max_size=3)),
    max_leaves=8,
)
HEAD = st.dictionaries(
    TEXT.filter(lambda name: name not in ("crc", "count", "bytes", "sum")), JSON, max_size=4
)


def several(data: bytes) -> list[blocks.Block]:
    """The blocks in a row."""
    found: list[blocks.Block] = []
    while (at := found[-1].end if found else 0) < len(data):
        found.append(blocks.read(data, at))
    return found


@given(st.lists(st.tuples(HEAD, st.lists(JSON, max_size=4)), max_size=4))
def test_what_goes_in_comes_out(given: list[tuple[dict[str, Any], list[Any]]]) -> None:
    data = b"".join(blocks.written(head, rows) for head, rows in given)
    found = several(data)
    assert [(blocks.own(one.head), list(blocks.rows_of(one.body))) for one in found] == given
    assert [one.at for one in found] == [0, *(one.end for one in found)][:-1]


def test_no_other_line_begins_as_a_head() -> None:
    text = '{"crc":"00000000",\n{"crc":"\u2028{"crc":"\0'
    data = blocks.written({"label": text, text: text}, [text, [text], {text: text}])
    assert [line.startswith(blocks.START) for line in data.split(b"\n")] == [True, False, False, False, False]


def test_what_is_no_json_is_no_block() -> None:
    for value in (object(), "\ud800", 2**64, {1: 2}):
        with pytest.raises(TypeError):
            blocks.written({"x": value})


BLOCKS = {
    "empty": blocks.written({"number": 7}, []),
    "lines": blocks.written(
        {"number": 7, "by": "åsa – –"}, [["actor", "1", None, {"id": "a b", "name": "Åsa  –"}], ["x"]]
    ),
}
BEFORE = blocks.written({"number": 6}, [["actor", "1", None, {}]])


@pytest.mark.parametrize("name", BLOCKS)
@pytest.mark.parametrize("start", [0, 1, SECTOR - len(BEFORE) - 13])
def test_each_flipped_bit_is_damage(name: str, start: int) -> None:
    block = BLOCKS[name]
    for bit in range(8 * len(block)):
        flipped = bytearray(block)
        flipped[bit // 8] ^= 1 << bit % 8
        data = BEFORE + flipped
        with pytest.raises((Damaged, Incomplete)):
            blocks.read(data, len(BEFORE))
        assert not blocks.is_torn(data, len(BEFORE), start)


@pytest.mark.parametrize("name", BLOCKS)
def test_each_beginning_is_torn(name: str) -> None:
    for length in range(1, len(BLOCKS[name])):
        data = BEFORE + BLOCKS[name][:length]
        with pytest.raises(Incomplete):
            blocks.read(data, len(BEFORE))
        assert blocks.is_torn(data, len(BEFORE))


@given(st.data())
def test_missing_sectors_are_torn(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, 2 * SECTOR))
    block = bytearray(blocks.written({"number": 7}, [["actor", "1", None, {"id": "x" * 300}]] * 8))
    cut = data.draw(st.integers(len(block) // 2, len(block)))
    sectors = sorted({at // SECTOR for at in range(start, start + cut)})
    for sector in data.draw(st.sets(st.sampled_from(sectors), min_size=1)):
        for at in range(max(sector * SECTOR - start, 0), min((sector + 1) * SECTOR - start, cut)):
            block[at] = 0
    assert blocks.is_torn(bytes(block[:cut]), 0, start)


def test_zeros_that_are_no_sectors_are_damage() -> None:
    block = blocks.written({"number": 7}, [["actor", "1", None, {"id": "x" * 3000}]])
    for at, length in ((100, 1), (SECTOR, 1), (SECTOR + 1, SECTOR), (SECTOR - 1, 1), (SECTOR, SECTOR + 1)):
        data = block[:at] + bytes(length) + block[at + length :]
        assert not blocks.is_torn(data, 0)


def test_what_has_something_whole_behind_it_is_damage() -> None:
    for torn in (BLOCKS["lines"][:-20], BLOCKS["empty"][:-1], bytes(SECTOR), b"{", b""):
        assert not blocks.is_torn(torn + b"\n" + BEFORE, 0)


@pytest.mark.parametrize(
    "rest", [b"\n", b"#", b"x\n", b"xyz", b"{}\n", b'{"crc":"00000000","count":0}\n', b"[1]\n"]
)
def test_what_was_put_there_by_hand_is_damage(rest: bytes) -> None:
    assert not blocks.is_torn(BEFORE + rest, len(BEFORE))


def test_an_edit_of_the_last_line_is_damage() -> None:
    block = BLOCKS["lines"]
    for edited in (
        block.replace(b'"x"', b""),
        block.replace(b'"x"', b'"xyz"'),
        block.replace(b"\n", b"\r\n"),
    ):
        assert edited != block
        assert not blocks.is_torn(edited, 0)


def test_random_bytes_are_never_read() -> None:
    dice = random.Random(5)
    for _ in range(2000):
        data = bytearray(BEFORE + BLOCKS["lines"])
        for _ in range(dice.randint(1, 12)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        try:
            found = [bytes(data[one.at : one.end]) for one in several(bytes(data))]
        except (Damaged, Incomplete):
            continue
        assert found == [BEFORE, BLOCKS["lines"]]
