"""What every code list promises, as tests to inherit.

class TestMyScheme(CategoryContract):
    name = "sports"
    plugins = ("sports",)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

import pytest

from kontaktnat.errors import Ambiguous, Invalid, Refused
from kontaktnat.model import Actor, Contact
from kontaktnat.testing.format_contracts import sample_book

if TYPE_CHECKING:
    from kontaktnat import Book
    from kontaktnat.extend import CategoryScheme


class CategoryContract:
    """For every scheme of categories. Give its `name` and what brings it in `plugins`."""

    name: ClassVar[str]
    plugins: ClassVar[Sequence[str | object]] = ()

    @pytest.fixture
    def book(self) -> Iterator[Book]:
        """An empty book that has the scheme."""
        with sample_book(self.plugins, empty=True) as book:
            yield book

    @pytest.fixture
    def scheme(self, book: Book) -> CategoryScheme:
        """The scheme, as a Book finds it."""
        found: CategoryScheme = book.plugins.find("register_category_schemes", self.name, "scheme")
        return found

    def values(self, scheme: CategoryScheme) -> dict[str, str]:
        """Code → what a record holds for it."""
        bare = scheme.kept_in == "legal_form"
        return {one.code: one.code if bare else f"{scheme.name}:{one.code}" for one in scheme.categories}

    def test_it_describes_itself(self, scheme: CategoryScheme) -> None:
        assert scheme.title
        assert scheme.categories
        for one in scheme.categories:
            for text in (one.code, one.sv, one.en, *one.synonyms):
                assert text == " ".join(text.split()), "no blanks that nobody types"

    def test_each_is_found_by_its_code_and_by_both_its_titles(
        self, book: Book, scheme: CategoryScheme
    ) -> None:
        for code, value in self.values(scheme).items():
            assert book.schemes.lookup(code, scheme.kept_in) == value
        for one in scheme.categories:
            for title in (one.sv, one.en, *one.synonyms):
                bear = [each for each in scheme.categories if title in (each.sv, each.en, *each.synonyms)]
                codes = {each.code for each in bear}
                try:
                    found = book.schemes.lookup(f"{scheme.name}:{title}", scheme.kept_in)
                except Ambiguous:  # a group and one in it may bear one title, as in ICNPO; then it is asked
                    above = [each for each in bear if each.parent not in codes]
                    assert len(above) < len(bear), (
                        f"{title} may be several; say which, as by what stands above"
                    )
                else:
                    assert found in {self.values(scheme)[code] for code in codes}

    def test_an_actor_may_have_each(self, book: Book, scheme: CategoryScheme) -> None:
        for value in self.values(scheme).values():
            name = f"Nybro {value}"
            if scheme.kept_in == "legal_form":
                actor = book.add(Actor(name=name, legal_form=value))
            else:
                actor = book.add(Actor(name=name, categories=[value]))
            assert book.actors.get(actor.id) == actor
        assert [one for one in book.check() if one.path.partition("[")[0] == scheme.kept_in] == []

    def test_a_code_that_it_does_not_have_is_refused(self, book: Book, scheme: CategoryScheme) -> None:
        missing = f"{scheme.name}:no-such-code"
        with pytest.raises(Invalid):
            book.schemes.lookup(missing, scheme.kept_in)
        if scheme.kept_in == "categories":
            with pytest.raises(Invalid):
                book.add(Actor(name="Nybro kommun", categories=[missing]))

    def test_who_asks_for_a_group_finds_what_is_below_it(self, book: Book, scheme: CategoryScheme) -> None:
        for one in scheme.categories:
            group = one.parent or one.code
            assert f"{scheme.name}:{one.code}" in book.schemes.within(f"{scheme.name}:{group}")

    def test_what_tells_of_faith_party_or_union_selects_no_persons(
        self, book: Book, scheme: CategoryScheme
    ) -> None:
        """Dataskyddslagen (2018:218) 3 kap. 3 §; `organisations_only` says which those are."""
        closed = [one.code for one in scheme.categories if one.organisations_only]
        book.add(Contact(name="Eva Ek"))
        for code in closed:
            for value in book.schemes.within(f"{scheme.name}:{code}"):
                with pytest.raises(Refused):
                    list(book.contacts.where(categories=value))
                list(book.actors.where(categories=value))

    def test_it_is_the_same_each_time(self, scheme: CategoryScheme) -> None:
        with sample_book(self.plugins, empty=True) as book:
            again: CategoryScheme = book.plugins.find("register_category_schemes", self.name, "scheme")
            told = [[(one.code, one.parent, one.sv, one.en, one.synonyms, one.organisations_only)
                     for one in each.categories] for each in (scheme, again)]  # fmt: skip
        assert told[0] == told[1]
