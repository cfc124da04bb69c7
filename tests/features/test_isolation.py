"""What a plugin's descriptor carries may fail: the culprit is named, all else works, nothing is lost."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from kontaktnat import Actor, Ambiguous, Book, Invalid, NotFound, PluginError, hookimpl
from kontaktnat.extend import Check, CountyPack, Exporter, Importer, StoreScheme, View


def fails(*_: Any, **__: Any) -> Any:
    raise ZeroDivisionError("somebody's data")


def breaks_off(*_: Any) -> Iterator[Any]:
    raise ZeroDivisionError("somebody's data")
    yield


class Broken:
    """A plugin of which every function fails when it is called."""

    name = "broken"

    @hookimpl
    def register_checks(self) -> list[Check]:
        return [Check(name="broken", title="Fails", run=fails)]

    @hookimpl
    def register_views(self) -> list[View]:
        return [View(name="broken", title="Fails", run=fails)]

    @hookimpl
    def register_exporters(self) -> list[Exporter]:
        return [Exporter(name="broken", suffixes=(), write=fails)]

    @hookimpl
    def register_importers(self) -> list[Importer]:
        return [Importer(name="broken", suffixes=(".broken",), sniff=fails, read=breaks_off)]

    @hookimpl
    def register_stores(self) -> list[StoreScheme]:
        return [StoreScheme(scheme="broken", open=fails)]


@pytest.fixture
def book(open_book: Callable[..., Book]) -> Book:
    book = open_book(plugins=[Broken()])
    book.add(Actor(name="Exempelby kommun", kind="municipality"))
    return book


def named(error: pytest.ExceptionInfo[PluginError]) -> None:
    assert "broken" in error.value.message()
    assert "somebody" not in error.value.message()


def test_a_check_that_fails_is_a_finding_and_the_others_run(book: Book) -> None:
    book.add(Actor(name="Två", kind="municipality"))
    (finding,) = book.check()
    assert "broken" in finding.message
    assert "somebody" not in finding.message


def test_a_view_that_fails_is_named(book: Book) -> None:
    with pytest.raises(PluginError) as error:
        book.view("broken")
    named(error)


def test_a_view_says_which_parameter_it_does_not_take(book: Book) -> None:
    with pytest.raises(Invalid, match="hours"):
        book.view("today", hours=3)


def test_an_exporter_that_fails_is_named(book: Book) -> None:
    with pytest.raises(PluginError) as error:
        book.export_to(io.BytesIO(), "broken")
    named(error)


def test_an_importer_that_breaks_off_saves_nothing(book: Book) -> None:
    before = book.version
    with pytest.raises(PluginError) as error:
        book.import_from(io.BytesIO(b"x"), format="broken")
    named(error)
    assert book.version == before


def test_an_importer_that_cannot_look_leaves_the_file_to_others(
    book: Book, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "kontaktnat"):
        result = book.import_from(io.BytesIO(b"name;phone\nBy;070-174 06 05\n"), options={"as": "actor"})
    assert result.created == 1
    assert "broken" in caplog.text


def test_a_store_that_fails_is_named(open_book: Callable[..., Book]) -> None:
    with pytest.raises(PluginError) as error:
        open_book("broken:x", plugins=[Broken()])
    named(error)


def test_two_packs_of_one_county_are_no_guess(open_book: Callable[..., Book]) -> None:
    class Packs:
        name = "packs"

        @hookimpl
        def register_county_packs(self) -> list[CountyPack]:
            return [
                CountyPack(name=name, county="08", title=name, version=1, records=tuple)
                for name in ("first", "second")
            ]

    book = open_book(plugins=[Packs()])
    with pytest.raises(Ambiguous, match="first, second"):
        book.add_county("08")
    assert book.add_county("first") == (0, 0)
    with pytest.raises(NotFound):
        book.add_county("third")
