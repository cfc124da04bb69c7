"""What checks find in what is saved: told, refused where it is grave, accepted with a reason, not again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import kontaktnat
from kontaktnat import Book, Contact, Interaction, PluginError, Refused, hookimpl
from kontaktnat.extend import Check, Finding, Outward
from kontaktnat.model import Record, Setting

OpenBook = Callable[..., Book]


class Words:
    """A check of free text: `tyst` is told, `hemligt` is grave."""

    name = "hush"

    def __init__(self) -> None:
        self.fails = False

    @hookimpl
    def register_checks(self) -> list[Check]:
        return [Check(name="hush", title="Words", run=self.run, on_save=True)]

    def run(self, record: Record, book: Outward) -> Iterator[Finding]:
        if self.fails:
            raise ValueError("hemligt")
        texts = {"note": getattr(record, "note", ""), "summary": getattr(record, "summary", "")}
        if isinstance(record, Setting) and isinstance(record.value, str):
            texts["value"] = record.value
        for path, text in texts.items():
            for word in ("tyst", "hemligt", "850101"):
                at = -1
                while (at := text.find(word, at + 1)) >= 0:
                    span = at, at + len(word)
                    yield Finding(message="a word", type=record.type, id=record.id, path=path, rule=word,
                                  span=span, grave=word != "tyst", remedy="take it out")  # fmt: skip


@pytest.fixture
def words() -> Words:
    return Words()


@pytest.fixture
def book(open_book: OpenBook, words: Words) -> Book:
    return open_book(plugins=[words])


@pytest.fixture
def told(book: Book) -> list[Finding]:
    found: list[Finding] = []
    book.on_finding(found.extend)
    return found


def open_(book: Book) -> list[tuple[str, str]]:
    return [(one.id, one.rule) for one in book.check()]


def test_what_is_grave_is_not_saved(book: Book, told: list[Finding]) -> None:
    with pytest.raises(Refused, match="take it out, or save it with --accept REASON") as caught:
        book.add(Contact(name="Eva Ek", note="det är hemligt"))
    assert "hemligt" not in str(caught.value)
    assert (caught.value.exit_code, caught.value.fields["findings"][0].span) == (6, (7, 14))
    assert book.contacts.count() == 0
    assert (told, book.version) == ([], 0)


def test_the_rest_is_saved_and_told(book: Book, told: list[Finding]) -> None:
    eva = book.add(Contact(name="Eva Ek", note="tyst, tyst"))
    assert [(one.id, one.rule, one.span) for one in told] == [
        (eva.id, "tyst", (0, 4)),
        (eva.id, "tyst", (6, 10)),
    ]
    assert open_(book) == [(eva.id, "tyst")] * 2
    told.clear()
    book.update(eva, note="nu är det tyst")
    assert told == []  # it was there before
    with book.transaction("nothing", dry_run=True):
        book.update(eva.id, note="tyst tyst tyst")
    assert len(told) == 2


def test_what_is_accepted_is_remembered_and_silent(book: Book, told: list[Finding]) -> None:
    with book.accepting(" avtalet kräver det "):
        eva = book.add(Contact(name="Eva Ek", note="hemligt och tyst"))
    assert (told, open_(book)) == ([], [])
    entries = book.setting(f"accepted.{eva.id}")
    assert [(one["path"], one["rule"], one["span"], one["reason"], one["by"]) for one in entries] == [
        ("note", "tyst", [12, 16], "avtalet kräver det", "anna"),
        ("note", "hemligt", [0, 7], "avtalet kräver det", "anna"),
    ]
    assert "hemligt och" not in str(entries)
    book.update(eva, note="nu: hemligt och tyst")
    assert (told, open_(book)) == ([], [])
    with pytest.raises(Refused):
        book.update(eva.id, note="hemligt, tyst och hemligt")
    book.undo()
    book.undo()
    assert (book.contacts.count(), list(book.settings.all())) == (0, [])


def test_only_inside_and_only_in_this_thread(book: Book) -> None:
    with book.accepting("skäl"):
        pass
    with pytest.raises(Refused):
        book.add(Contact(name="Eva Ek", note="hemligt"))
    with pytest.raises(Refused), book.accepting(" "):
        pass


def test_a_new_one_beside_an_accepted_one_is_found(book: Book, told: list[Finding]) -> None:
    with book.accepting("skäl"):
        eva = book.add(Contact(name="Eva Ek", note="tyst"))
    book.update(eva, note="mycket tyst, så tyst")
    assert [one.span for one in told] == [(16, 20)]
    assert open_(book) == [(eva.id, "tyst")]


def test_what_stands_there_already_is_accepted_by_its_record(book: Book) -> None:
    eva = book.add(Contact(name="Eva Ek", note="tyst"))
    with book.transaction("try", dry_run=True):
        assert len(book.privacy.accept(eva, "skäl")) == 1
    assert open_(book) == [(eva.id, "tyst")]
    assert [one.rule for one in book.privacy.accept(eva, "skäl")] == ["tyst"]
    assert open_(book) == []
    assert book.privacy.accept(eva.id, "skäl") == ()
    with pytest.raises(Refused):
        book.privacy.accept(eva, " ")


def test_it_goes_with_its_record_and_comes_back_with_it(book: Book) -> None:
    with book.accepting("skäl"):
        eva = book.add(Contact(name="Eva Ek", note="hemligt"))
    book.delete(eva)
    assert book.settings.count() == 0
    book.undo()
    assert (book.settings.count(), open_(book)) == (1, [])


def test_a_reason_or_label_may_not_hold_it_either(book: Book) -> None:
    eva = book.add(Contact(name="Eva Ek", note="dold", protected=True))
    with pytest.raises(Refused, match="stay in the log"), book.transaction("om 850101"):
        book.update(eva.id, verified_at="2026-11-12T10:00:00+01:00")
    with pytest.raises(Refused, match="stay in the log"):
        book.reveal(eva.id, "för 850101")
    with pytest.raises(Refused, match="stay in the log"), book.accepting("850101"):
        pass
    assert book.version == 1


def test_a_row_is_rejected_alone(book: Book, tmp_path: Path) -> None:
    rows = tmp_path / "rader.csv"
    rows.write_text("name,note\nEva Ek,hemligt\nBo Al,fint\n", "utf-8")
    result = book.import_from(rows, options={"as": "contact"})
    assert str(result) == "created 1, updated 0, unchanged 0, rejected 1"
    assert "hemligt" not in str(result.rejected[0].reason)
    with book.accepting("skäl"):
        assert book.import_from(rows, options={"as": "contact"}).created == 1
    assert open_(book) == []


def test_an_archive_keeps_what_was_accepted(
    book: Book, open_book: OpenBook, words: Words, tmp_path: Path
) -> None:
    with book.accepting("skäl"):
        book.add(Contact(name="Eva Ek", note="hemligt"))
    archive = tmp_path / "allt.jsonl"
    with archive.open("wb") as stream:
        book.export_to(stream, "jsonl")
    other = open_book(plugins=[words])
    assert other.import_from(archive).created == 2
    assert open_(other) == []
    alone = tmp_path / "utan.jsonl"
    _, *lines = archive.read_text("utf-8").splitlines(keepends=True)
    head = '{"schema":"kontaktnat/1"}\n'
    alone.write_text(head + "".join(line for line in lines if "accepted." not in line), "utf-8")
    assert str(open_book(plugins=[words]).import_from(alone)).endswith("rejected 1")


def test_a_check_that_fails_refuses_the_write(
    book: Book, words: Words, monkeypatch: pytest.MonkeyPatch, open_book: OpenBook
) -> None:
    monkeypatch.delenv("KONTAKTNAT_STRICT", raising=False)
    words.fails = True
    lenient = open_book(plugins=[words])
    with pytest.raises(PluginError) as caught:
        lenient.add(Contact(name="Eva Ek"))
    assert "hemligt" not in str(caught.value)
    assert lenient.version == 0


def test_what_moves_is_no_news_and_stays_accepted(book: Book, told: list[Finding]) -> None:
    first = book.add(Contact(name="Eva Ek", note="fint"))
    with book.accepting("skäl"):
        second = book.add(Contact(name="Eva Ek", note="hemligt här"))
    book.merge(first, second)
    assert (told, open_(book)) == ([], [])
    assert [one.id for one in book.settings.all()] == [f"accepted.{first.id}"]
    book.undo()
    assert (told, open_(book)) == ([], [])
    assert [one.id for one in book.settings.all()] == [f"accepted.{second.id}"]


def test_accepting_inside_a_transaction_counts_for_it(book: Book) -> None:
    with book.transaction("två"):
        book.add(Contact(name="Bo Al", note="hemligt"))
        with book.accepting("skäl"):
            book.add(Contact(name="Eva Ek", note="hemligt"))
    assert open_(book) == []


def test_of_what_is_covered_nothing_is_told(book: Book, told: list[Finding]) -> None:
    siv = book.add(Contact(name="Siv Dal", note="tyst", protected=True))
    assert book.privacy.accept(siv.id, "skäl") == ()
    other = book.add(Contact(name="Siv Dal", note="nytt"))
    told.clear()
    book.merge(other, siv)
    assert told == []
    with book.accepting("skäl"):
        lo = book.add(Contact(name="Lo Dal", note="hemligt", protected=True))
    assert book.settings.get(f"accepted.{lo.id}").hidden == ("value",)


def test_an_erasure_takes_what_was_accepted_along(book: Book) -> None:
    with book.accepting("skäl"):
        eva = book.add(Contact(name="Eva Ek", note="hemligt"))
        met = book.add(Interaction(kind="phone", participants=(eva.id,), summary="tyst"))
    book.privacy.erase(eva, decision="1")
    assert book.setting(f"accepted.{eva.id}") is None
    assert book.setting(f"accepted.{met.id}")


# At the prompt


def test_at_the_prompt(kalmar: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    plugin = Words()
    opened = kontaktnat.open

    def with_words(*args: Any, **options: Any) -> Book:
        return opened(*args, **{**options, "plugins": ["kalmar", "sweden", plugin]})

    monkeypatch.setattr(kontaktnat, "open", with_words)
    refused = kalmar("log", "telefon", "nybro", "det är hemligt")
    assert (refused.code, refused.out) == (6, "")
    assert refused.err.count("\n") == 1
    assert "--accept REASON" in refused.err
    assert kalmar("log", "telefon", "nybro", "det är hemligt", "--accept", "avtal").err == ""
    seen = kalmar("log", "telefon", "nybro", "det är tyst")
    assert seen.code == 0
    assert seen.err.startswith("look: interaction ")
    id = seen.err.split()[2]
    found = kalmar("check")
    assert (found.code, found.out.count("a word")) == (5, 1)
    assert "summary" in kalmar("privacy", "accept", id, "--reason", "avtal", "--dry-run").out
    assert kalmar("privacy", "accept", id, "--reason", "avtal").out == "accepted: summary: a word\n"
    assert kalmar("check").code == 0
    assert "already" in kalmar("privacy", "accept", id, "--reason", "avtal").out
