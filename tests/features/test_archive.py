"""JSON and JSON Lines, the archive: complete, byte for byte the same again, careful with misfits."""

from __future__ import annotations

import io
import json
import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import kontaktnat
from kontaktnat import Actor, Book, Contact, FollowUp, Interaction, KontaktnatError, Refused, Role, Way
from kontaktnat.errors import Invalid
from kontaktnat.exchange import ImportResult, rejects_file
from kontaktnat.model import RECORDS, Assignment, Commitment, Member, Network, Pending, Topic

HEAD = b'{"schema":"kontaktnat/1"}\n'


def fill(book: Book) -> None:
    """A record of every type, links both ways, letters of all kinds."""
    nybro = book.add(Actor(name="Nybro kommun", kind="municipality", place="0881", aliases=["Nybro"]))
    eva = book.add(
        Contact(name="Åsa Öberg", ways=[Way(kind="mail", value="asa@nybro.example", since="2024-02")])
    )
    task = book.add(Assignment(name="Brottsförebyggande arbete", legal_refs=["2016:1258"]))
    hat = book.add(Role(contact=eva.id, actor=nybro.id, function="case_officer", since="2023-09", share=0.5))
    net = book.add(Network(name="Nätverket", members=[Member(actor=nybro.id, since="2020")], host=nybro.id))
    book.add(Commitment(kind="agreement", actor=nybro.id, parties=[nybro.id], notice_months=3))
    topic = book.add(Topic(title="Skadegörelse – \u2028 “citat” 🚲", raised_by=[nybro.id]))
    talk = book.add(
        Interaction(
            kind="phone",
            when="2026-11-12T13:00",
            participants=[hat.id, nybro.id],
            network=net.id,
            topics=[topic.id],
            assignments=[task.id],
            mandate=[1, 4],
        )
    )
    book.add(FollowUp(text="ring", due="2026-12", about=[talk.id, eva.id]))
    book.add(Pending(text="oklart", kind="contact", raw={"x": [1, None, {"y": 2.5}]}, candidates=[eva.id]))
    book.set("by", "anna")
    book.update(eva, note="rad ett\nrad två", extra={"gone.field": {"kept": True}})


def export(book: Book, format: str = "jsonl", **options: Any) -> bytes:
    stream = io.BytesIO()
    reveal = options.pop("reveal", None)
    book.export_to(stream, format, options=options, reveal=reveal)
    return stream.getvalue()


def take(book: Book, data: bytes, **options: Any) -> ImportResult:
    return book.import_from(io.BytesIO(data), **options)


def counts(result: ImportResult) -> tuple[int, int, int, int]:
    return result.created, result.updated, result.unchanged, len(result.rejected)


def line(type_: str, id: str, **fields: Any) -> bytes:
    return orjson.dumps({"type": type_, "id": id, **fields}) + b"\n"


@pytest.mark.parametrize("format", ["json", "jsonl"])
@pytest.mark.parametrize("history", ["no", "yes"])
def test_there_and_back(book: Book, open_book: Callable[..., Book], format: str, history: str) -> None:
    fill(book)
    data = export(book, format, history=history)
    other = open_book()
    result = take(other, data)
    assert counts(result) == (len(RECORDS), 0, 0, 0), result.rejected
    assert export(other, format) == export(book, format)
    assert counts(take(other, data)) == (0, 0, len(RECORDS), 0)
    assert counts(take(other, export(book, "json" if format == "jsonl" else "jsonl"))) == (
        0,
        0,
        len(RECORDS),
        0,
    )


def test_how_it_looks(book: Book) -> None:
    """A header, then a record a line by type and id; history when asked for."""
    fill(book)
    lines = [json.loads(one) for one in export(book).splitlines()]
    kinds = [one["type"] for one in lines[1:]]
    assert lines[0] == {"schema": "kontaktnat/1", "counts": Counter(kinds)}
    assert list(dict.fromkeys(kinds)) == list(RECORDS)
    assert all({"id", "rev", "created", "created_by"} <= one.keys() for one in lines[1:])
    told = export(book, history="yes").splitlines()
    assert told[: len(lines)] == export(book).splitlines()
    assert all(list(json.loads(one)) == ["transaction"] for one in told[len(lines) :])
    assert len(told) - len(lines) == book.version
    whole = json.loads(export(book, "json", history="yes"))
    assert list(whole) == ["schema", "records", "transactions"]
    assert whole["records"] == lines[1:]


def test_edited_by_hand(book: Book, open_book: Callable[..., Book]) -> None:
    """A BOM, Windows line ends, blank lines, another order: all the same."""
    fill(book)
    head, *records = export(book).splitlines()
    mixed = b"\xef\xbb\xbf" + b"\r\n".join([head, b"", *reversed(records), b"  ", b""])
    other = open_book()
    assert counts(take(other, mixed)) == (len(records), 0, 0, 0)
    assert export(other) == export(book)


def test_fields_and_words_that_nobody_knows(book: Book) -> None:
    """A later version's field, a missing plugin's word and data: kept, and written back."""
    data = HEAD + line(
        "actor", "abcdefgh", name="X", kind="moon_base", rev=3, extra={"moon.x": [1]}, later={"a": 1}
    )
    assert counts(take(book, data)) == (1, 0, 0, 0)
    doc = json.loads(export(book).splitlines()[1])
    assert (doc["kind"], doc["extra"], doc["later"], doc["rev"]) == (
        "moon_base",
        {"moon.x": [1]},
        {"a": 1},
        3,
    )
    book.update(book.actors.get("abcdefgh"), note="rörd")  # type: ignore[arg-type]
    doc = json.loads(export(book).splitlines()[1])
    assert (doc["kind"], doc["later"]) == ("moon_base", {"a": 1})


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (b"not json\n", "no JSON"),
        (b"[1]\n", '"type"'),
        (b'{"id":"abcdefgh"}\n', '"type"'),
        (b'{"type":7}\n', '"type"'),
        (line("ghost", "abcdefgh"), "ghost"),
        (line("actor", "abcdefgh"), "name"),
        (line("actor", "abcdefgh", name=7), "name"),
        (line("actor", "", name="X"), "id"),
        (line("actor", "abcdefgh", name="X", ways=[{"kind": "mail"}]), "ways[0]"),
        (line("role", "abcdefgh", actor="zzzzzzzz"), "zzzzzzzz"),
        (line("role", "abcdefgh", contact="goodgood"), "actor"),
        (line("interaction", "abcdefgh", participants=[{"role": "zzzzzzzz"}]), "participants[0]"),
        (line("contact", "abcdefgh", name="X", hidden=["ways"]), "--reveal REASON"),
        (line("actor", "goodgood", name="Other", rev=1), "newer or other"),
    ],
    ids=str,
)
def test_a_line_that_does_not_fit_is_rejected_alone(book: Book, row: bytes, says: str) -> None:
    data = HEAD + line("actor", "goodgood", name="Good", rev=2) + row + line("actor", "fine0000", name="Fine")
    result = take(book, data)
    assert counts(result) == (2, 0, 0, 1), result
    assert says in result.rejected[0].reason
    assert result.rejected[0].row == 3
    returned = rejects_file(result.rejected, result.importer)
    assert returned.startswith(HEAD)
    assert counts(take(book, returned)) == (0, 0, 0, 1)


def test_what_hangs_on_a_rejected_line_is_rejected_too(book: Book) -> None:
    lines = (
        line("actor", "abcdefgh", name=7),
        line("role", "rrrrrrrr", actor="abcdefgh"),
        line("followup", "ffffffff", text="x", about=["rrrrrrrr"]),
        line("actor", "goodgood", name="Good"),
    )
    data = HEAD + b"".join(lines)
    result = take(book, data)
    assert counts(result) == (1, 0, 0, 3)
    mended = rejects_file(result.rejected).replace(b'"name":7', b'"name":"X"')
    assert counts(take(book, mended)) == (3, 0, 0, 0)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", 5), (b"hello", 5), (b"[]", 5), (b"7", 5), (b"null", 5), (b"{}", 5), (b'{"records":[]}', 5),
        (b'{"schema":"kontaktnat/1","records":7}', 5), (b'{"schema":7}', 5), (b'{"schema":"other/1"}', 5),
        (b'{"schema":"kontaktnat/2"}\n', 6), (b'{"schema":"kontaktnat/1","hidden":1}\n', 6),
        (b'{"schema":"kontaktnat/1","hidden":1,"records":[]}', 6), (line("actor", "abcdefgh", name="X"), 5),
        (b"\xff\xfe\x00", 5), (b'{"schema":"kontaktnat/1"', 5),
    ],
    ids=str,
)  # fmt: skip
@pytest.mark.parametrize("format", ["json", "jsonl", "tinydb"])
def test_what_is_no_archive_is_refused_whole(book: Book, format: str, data: bytes, code: int) -> None:
    with pytest.raises(KontaktnatError) as raised:
        take(book, data, format=format)
    assert raised.value.exit_code == code
    assert book.version == 0


def test_a_file_that_was_cut_off_is_not_taken_for_whole(book: Book, open_book: Callable[..., Book]) -> None:
    fill(book)
    head, *records = export(book).splitlines(keepends=True)
    other = open_book()
    said = f"its header says {len(records)} records, and there are {len(records) - 1}; get it whole"
    with pytest.raises(Invalid, match=said):
        take(other, head + b"".join(records[:-1]))
    assert other.version == 0, "nothing of it is there"
    assert take(other, HEAD + b"".join(records[:-1])).created
    for odd in (b'"counts":7', b'"counts":{"actor":"x"}', b'"counts":null'):
        take(other, HEAD.replace(b"}", b"," + odd + b"}") + records[0])


def test_an_empty_archive(book: Book) -> None:
    assert counts(take(book, HEAD)) == (0, 0, 0, 0)
    assert counts(take(book, b'{"schema":"kontaktnat/1","records":[]}')) == (0, 0, 0, 0)
    assert export(book) == HEAD


def test_protected(book: Book, open_book: Callable[..., Book]) -> None:
    """Hidden: the header says so and it is refused. Revealed for one export: complete, and logged."""
    fill(book)
    book.add(Contact(name="Pia Skydd", protected=True, ways=[Way(kind="mail", value="pia@hemlig.example")]))
    for format in ("json", "jsonl"):
        data = export(book, format)
        assert b"hemlig" not in data
        assert orjson.loads(data if format == "json" else data.splitlines()[0])["hidden"] == 1
        other = open_book()
        with pytest.raises(KontaktnatError, match="--reveal REASON") as raised:
            take(other, data)
        assert raised.value.exit_code == 6
        whole = export(book, format, reveal="arkivexport")
        assert b"pia@hemlig.example" in whole
        assert counts(take(other, whole)) == (len(RECORDS) + 1, 0, 0, 0)
        assert export(other, format, reveal="jämför") == whole
        assert b"hemlig" not in export(other, format), "it is protected there too"
    assert "reveal: arkivexport" in [step.label for step in book.history()]


def test_undo_of_an_archive(book: Book) -> None:
    book.add(Actor(name="Före"))
    before = export(book)
    result = take(book, HEAD + line("actor", "abcdefgh", name="X") + line("actor", "goodgood", name="Y"))
    assert result.batch == 2
    book.undo(2)
    assert export(book) == before


def test_at_the_prompt(kalmar: Any, tmp_path: Path) -> None:
    kalmar("add", "contact", "Åsa Öberg", "--role", "samordnare@nybro", "--email", "asa.oberg@nybro.example")
    kalmar("log", "besök", "åsa", "Lägesbild", "--promised", "skicka", "--follow-up", "2v")
    kalmar("list", "roles", "actor=nybro", "--save", "nybros")
    for suffix in ("json", "jsonl"):
        for history in ("no", "yes"):
            source, book = tmp_path / f"x.{suffix}", f"{suffix}-{history}.kn"
            assert kalmar("export", suffix, "--set", f"history={history}", "-O", source).code == 0
            tried = kalmar("import", source, "--dry-run", book=book)
            assert tried.last.endswith("updated 0, unchanged 0, rejected 0")
            assert not (tmp_path / book).exists()
            taken = kalmar("import", source, book=book)
            assert (taken.code, taken.last) == (0, tried.last)
            assert kalmar("import", source, book=book).last.startswith("created 0, updated 0, unchanged")
            assert kalmar("export", suffix, book=book).out == kalmar("export", suffix).out
            assert (
                kalmar("list", "nybros", "-o", "ids", book=book).out
                == kalmar("list", "nybros", "-o", "ids").out
            )
    (tmp_path / "bad.jsonl").write_bytes(HEAD + line("role", "abcdefgh", actor="zzzzzzzz"))
    ran = kalmar("import", "bad.jsonl")
    assert (ran.code, ran.last) == (0, "created 0, updated 0, unchanged 0, rejected 1")
    assert kalmar("import", "bad.rejected.jsonl").last == ran.last


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes, and links only for administrators")
def test_an_export_takes_the_place_of_an_older_one_whole_or_not_at_all(kalmar: Any, tmp_path: Path) -> None:
    target = tmp_path / "x.jsonl"
    target.write_text("old")
    target.chmod(0o640)
    assert kalmar("export", "csv", "--set", "type=nope", "-O", target).code == 5
    assert target.read_text() == "old"
    link = tmp_path / "link.jsonl"
    link.symlink_to(target)
    assert kalmar("export", "jsonl", "-O", link).code == 0
    assert link.is_symlink()
    assert target.read_text("utf-8") == kalmar("export", "jsonl").out
    assert target.stat().st_mode & 0o777 == 0o640
    assert {path.name for path in tmp_path.iterdir()} <= {"b.kn", "b.kn.lock", "x.jsonl", "link.jsonl"}


# Whatever comes


def reads(book: Book, data: bytes, format: str) -> ImportResult | None:
    """Only a KontaktnatError may escape; every line that is read is counted; nothing is left half done."""
    rows = []

    def watched(candidates: Any) -> Any:
        for candidate in candidates:
            rows.append(candidate)
            yield candidate

    before = export(book)
    try:
        result = book.import_from(io.BytesIO(data), format=format, progress=watched)
    except KontaktnatError:
        assert export(book) == before
        return None
    assert sum(counts(result)) == len(rows)
    return result


FUZZ = settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow])
FORMATS = st.sampled_from(["json", "jsonl", "tinydb"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


def memory() -> Book:
    return kontaktnat.open("memory:", mode="create", plugins=[], by="anna")


@pytest.fixture(scope="module")
def archive() -> bytes:
    with memory() as book:
        fill(book)
        return export(book, history="yes")


@FUZZ
@given(data=st.binary(max_size=200), format=FORMATS, headed=st.booleans())
@example(data=b"\xff\n", format="jsonl", headed=True)
@example(data=b"[" * 5000, format="json", headed=False)
@example(data=b'{"type":"actor","id":"\\ud800abcdefg","name":"x"}', format="jsonl", headed=True)
def test_random_bytes(data: bytes, format: str, headed: bool) -> None:
    with memory() as book:
        reads(book, HEAD * headed + data, format)


@FUZZ
@given(
    places=st.lists(st.tuples(st.integers(0, 10_000), st.integers(1, 255)), min_size=1, max_size=6),
    cut=st.integers(0, 500),
    format=FORMATS,
)
def test_mutated_bytes(archive: bytes, places: list[tuple[int, int]], cut: int, format: str) -> None:
    data = bytearray(archive)
    for at, change in places:
        data[at % len(data)] ^= change
    with memory() as book:
        if (result := reads(book, bytes(data[: len(data) - cut]), format)) is not None:
            list(book.check())
            again = reads(book, bytes(data[: len(data) - cut]), format)
            assert again is not None
            assert again.created == again.updated == 0
            if result.rejected and (file := rejects_file(result.rejected)).startswith(b"{"):
                reads(book, file, "jsonl")


@FUZZ
@given(data=st.data())
def test_mutated_values(archive: bytes, data: st.DataObject) -> None:
    """Any field of any record becomes any JSON value."""
    docs = [json.loads(one) for one in archive.splitlines()]
    for _ in range(data.draw(st.integers(1, 3))):
        doc = data.draw(st.sampled_from(docs[1:]))
        key = data.draw(
            st.sampled_from([*doc, "ways", "when", "extra", "hidden", "unknown", "since", "participants"])
        )
        doc[key] = data.draw(JSON)
    lines = b"".join(json.dumps(doc).encode() + b"\n" for doc in docs)
    with memory() as book:
        if reads(book, lines, "jsonl") is not None:
            for record_type in RECORDS:
                book.collection_of(record_type).all()
            assert counts(take(book, export(book)))[0] == 0


def test_an_export_of_a_past_day_is_not_taken_back(book: Book) -> None:
    book.add(Actor(name="Nybro kommun", kind="municipality"))
    stream = io.BytesIO()
    book.export_to(stream, "jsonl", as_of="2020-01-01")
    with pytest.raises(Refused, match="--as-of"):
        book.import_from(io.BytesIO(stream.getvalue()))
