"""What every check promises, as tests to inherit.

class TestMyCheck(CheckContract):
    name = "shouting"
    plugins = ("shouting",)

    def wrong(self):
        yield Actor(name="NYBRO KOMMUN")

    def right(self):
        yield Actor(name="Nybro kommun")
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

import attrs
import pytest

from kontaktnat.i18n import tr
from kontaktnat.model import RECORDS, Record
from kontaktnat.testing.format_contracts import sample_book
from kontaktnat.testing.sample import CANARY

if TYPE_CHECKING:
    from kontaktnat import Book
    from kontaktnat.extend import Check, Finding, Outward


class CheckContract:
    """For every check. Give `name` and what brings it in `plugins`; override `wrong` and `right`."""

    name: ClassVar[str]
    plugins: ClassVar[Sequence[str | object]] = ()

    def wrong(self) -> Iterable[Record]:
        """Records without an id, each of which has something for the check to find."""
        raise NotImplementedError

    def right(self) -> Iterable[Record]:
        """Records without an id, as like those as can be, in which there is nothing to find."""
        raise NotImplementedError

    def found(self, book: Book, out: Outward | None = None) -> list[Finding]:
        """What it finds in a book, record by record."""
        check: Check = book.plugins.find("register_checks", self.name, "check")
        out = out or book.outward()
        return [one for name in RECORDS for record in out.collection_of(name).all()
                for one in check.run(record, out)]  # fmt: skip

    def test_it_describes_itself(self) -> None:
        with sample_book(self.plugins, empty=True) as book:
            check: Check = book.plugins.find("register_checks", self.name, "check")
        assert check.title

    def test_it_finds_what_is_wrong(self) -> None:
        wrong = list(self.wrong())
        assert wrong
        for record in wrong:
            with sample_book(self.plugins, empty=True) as book:
                saved = book.add(record)
                found = self.found(book)
                assert [(one.type, one.id) for one in found] == [(saved.type, saved.id)] * len(found)
                assert found, record

    def test_it_finds_nothing_in_what_is_right(self) -> None:
        right = list(self.right())
        assert right
        with sample_book(self.plugins, empty=True) as book:
            for record in right:
                book.add(record)
            assert self.found(book) == []

    def test_a_finding_says_what_is_wrong_and_what_to_do(self) -> None:
        with sample_book(self.plugins, empty=True) as book:
            for record in self.wrong():
                book.add(record)
            for one in self.found(book):
                for text in (one.message, one.remedy):
                    assert tr(text).strip(), "a message and a remedy"
                    assert len(tr(text).splitlines()) == 1
                fields = {each.name for each in attrs.fields(RECORDS[one.type])}
                assert one.path.partition(".")[0].partition("[")[0] in {"", *fields}

    def test_nothing_protected_comes_out(self) -> None:
        with sample_book(self.plugins) as book:
            for out in (book.outward(), book.outward(reveal="a test")):
                for one in self.found(book, out):
                    assert CANARY not in f"{one.message} {one.remedy} {one.path} {one.rule}"

    def test_it_changes_nothing(self) -> None:
        with sample_book(self.plugins) as book:
            before = book.version, [book.collection_of(name).all() for name in RECORDS]
            self.found(book)
            assert (book.version, [book.collection_of(name).all() for name in RECORDS]) == before

    def test_whatever_a_record_leaves_out_it_does_not_fail(self) -> None:
        """A record may have none of what is not asked of it."""
        with sample_book(self.plugins) as book:
            out = book.outward()
            check: Check = book.plugins.find("register_checks", self.name, "check")
            for name, cls in RECORDS.items():
                needed = {one.name for one in attrs.fields(cls) if one.default is attrs.NOTHING}
                for record in out.collection_of(name).all():
                    bare = cls(**{key: getattr(record, key) for key in needed})
                    try:
                        list(check.run(bare, out))
                    except Exception as error:
                        pytest.fail(f"a bare {name}: {error!r}")
