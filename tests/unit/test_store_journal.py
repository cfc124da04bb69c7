"""The file as a journal: what is read of it, what is told of it, and when it is rewritten."""

from pathlib import Path

import pytest

from kontaktnat.errors import StoreDamaged
from kontaktnat.store import blocks, files, journal
from kontaktnat.store.journal import Journal, free_name, line_at
from kontaktnat.store.layout import Header, snapshot_of, tables_of


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "book.kn"


@pytest.fixture
def made(path: Path) -> Journal:
    """An empty book."""
    made = Journal(path, "the book")
    made.rewrite(Header(schema=3), snapshot_of(0, {}), ())
    return made


def block(number: int, *ids: str) -> bytes:
    return blocks.written({"number": number}, [("actor", id, None, {"id": id}) for id in ids])


def opened(path: Path) -> Journal:
    found = Journal(path, "the book")
    found.load()
    found.known = True
    return found


def numbers(given: Journal, since: int = 0, needle: bytes | None = None) -> list[int]:
    return [one.head["number"] for one in given.transactions(since, needle)]


def test_what_is_added_is_news(path: Path, made: Journal) -> None:
    other = opened(path)
    assert other.news() == []
    for number in (1, 2, 3):
        made.append(block(number, "a"))
    assert [one.head["number"] for one in other.news() or ()] == [1, 2, 3]
    other.known = True
    assert other.news() == []
    assert other.end == made.end == path.stat().st_size
    assert numbers(other) == numbers(made) == [1, 2, 3]


def test_what_was_read_and_not_taken_over_is_no_news(path: Path, made: Journal) -> None:
    other = opened(path)
    made.append(block(1, "a"))
    assert other.news()
    assert other.news() is None  # who reads has to begin anew


def test_a_rewriting_keeps_the_history(path: Path, made: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "CHUNK", 7)
    other = opened(path)
    tables = {"actor": {"1": {"id": "a"}, "2": {"id": "b"}}}
    for number in range(1, 7):
        made.append(block(number, "ab"[number % 2]))
        if number % 2 == 0:
            header = Header(schema=3, rewritten=number, archived=number)
            made.rewrite(header, snapshot_of(number, tables))
            assert other.news() is None
            assert numbers(other) == list(range(1, number + 1))
    fresh = Journal(path, "the book")
    loaded = fresh.load()
    assert (tables_of(loaded.snapshot), loaded.tail) == ((6, tables), [])
    for one in (made, fresh):
        assert (one.header.archived, one.header.rewritten) == (6, 6)
        assert numbers(one) == [1, 2, 3, 4, 5, 6]
        assert numbers(one, 6) == []  # of the archive nothing is read
        assert numbers(one, needle=b'"a"') == [2, 4, 6]
        one.append(block(7, "a"))
        assert numbers(one, 6) == [7]
        files.cut(path, one.end - len(block(7, "a")), path.with_name(f"{id(one)}"))


def test_it_is_long_when_its_tail_outgrows_its_snapshot(
    path: Path, made: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "FLOOR", 3 * len(block(1, "a")))
    for number in (1, 2, 3):
        made.append(block(number, "a"))
        assert not made.is_long
    made.append(block(4, "a"))
    assert made.is_long
    made.rewrite(Header(schema=3, archived=4), snapshot_of(4, {"actor": {"1": {"id": "x" * 2000}}}))
    for number in range(5, 5 + 2000 // 4 // len(block(5, "a"))):
        made.append(block(number, "a"))
        assert not made.is_long
    made.append(block(number + 1, "a"))
    assert made.is_long


def test_a_rewriting_that_fails_changes_nothing(
    path: Path, made: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.append(block(1, "a"))
    before = path.read_bytes()
    with pytest.raises(OSError, match="changed while it was copied"):
        made.rewrite(Header(schema=3, archive=5), snapshot_of(1, {}), [b"1234"])
    assert path.read_bytes() == before
    made.append(block(2, "a"))
    assert numbers(opened(path)) == [1, 2]


def told(path: Path) -> str:
    with pytest.raises(StoreDamaged) as caught:
        numbers(opened(path))
    return caught.value.message()


def test_damage_is_told_with_its_line(path: Path, made: Journal) -> None:
    made.append(block(1, "a", "b", "c"))
    made.append(block(2, "d"))
    whole = path.read_bytes()
    for found, line in ((b'"a"', 3), (b'"c"', 3), (b'"number":2', 7), (b'"d"', 7), (b'"snapshot"', 2)):
        path.write_bytes(whole.replace(found, found.replace(b'"', b"'")))
        assert f"the book is damaged at line {line} (" in told(path)
    path.write_bytes(whole.replace(b'"schema":3', b'"schema":4'))
    assert "line 1 (it does not match its checksum)" in told(path)
    path.write_bytes(whole[: whole.index(b'"snapshot"')])
    assert "line 2 (the file ends too early)" in told(path)


@pytest.mark.parametrize("number", [1, 3, 4, 0, -1])
def test_a_transaction_that_does_not_follow_is_told(path: Path, made: Journal, number: int) -> None:
    made.append(block(1, "a"))
    other = opened(path)
    with path.open("ab") as file:
        file.write(block(number, "b"))
    assert "line 5 (transaction 2 should follow here)" in told(path)
    with pytest.raises(StoreDamaged):
        other.news()


def test_a_header_whose_archive_is_another(path: Path, made: Journal) -> None:
    made.append(block(1, "a"))
    made.rewrite(Header(schema=3, archived=1), snapshot_of(1, {}))
    made.append(block(2, "a"))
    first = path.read_bytes().index(b"\n") + 1
    for archive in (0, 3, made.header.archive + len(snapshot_of(1, {})), 1 << 40):
        data = Header(schema=3, archived=1, archive=archive).line() + path.read_bytes()[first:]
        other = path.with_name("other.kn")
        other.write_bytes(data)
        assert "damaged at line" in told(other)


def test_names_that_are_free(path: Path) -> None:
    for name in ("book.kn.torn", "book.kn.2.torn", "book.kn.3.torn"):
        assert free_name(path, "torn").name == name
        free_name(path, "torn").touch()


def test_lines_are_counted(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "CHUNK", 3)
    path.write_bytes(b"a\nbb\n\nc")
    assert [line_at(path, at) for at in (0, 2, 5, 6)] == [1, 2, 3, 4]
