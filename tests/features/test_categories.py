"""Code lists of plugins: set, shown, listed, asked for; and what they declare to select no persons by."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import kontaktnat
from kontaktnat import Actor, Book, Contact, Invalid, Refused, hookimpl
from kontaktnat.errors import PluginConflict
from kontaktnat.extend import Category, CategoryScheme
from kontaktnat.query import F

Kalmar = Callable[..., Any]


class Belief:
    """A plugin whose code list tells of what people believe."""

    name = "belief"

    @hookimpl
    def register_category_schemes(self) -> list[CategoryScheme]:
        categories = (
            Category(code="a", sv="Djur", en="Animals"),
            Category(code="b", sv="Druider", en="Druids", organisations_only=True),
            Category(code="b1", sv="Skogsdruider", en="Wood druids", parent="b"),
        )
        return [CategoryScheme(name="belief", title="Belief", categories=categories)]


class Again(Belief):
    name = "again"


@pytest.fixture
def believing(open_book: Callable[..., Book]) -> Book:
    return open_book(plugins=[Belief()])


@pytest.mark.parametrize("asked", ["belief:b", "belief:b1", "BELIEF: b1", "Druider", "wood druids"])
def test_a_scheme_declares_what_selects_no_persons(believing: Book, asked: str) -> None:
    for people in (believing.contacts, believing.roles, believing.interactions):
        for query in (F("categories").is_(asked), F("tags").in_(["x", asked])):
            if ":" in asked and query.path == "tags":  # type: ignore[attr-defined]
                continue
            with pytest.raises(Refused, match=r"3 kap\. 3 §"):
                people.where(query)
    assert believing.actors.where(categories=asked) == []
    assert believing.contacts.where(categories="belief:a") == []


def test_what_is_known_without_a_plugin_holds_without_it(book: Book) -> None:
    for asked in ("icnpo:10100", "icnpo:7300", "legal_form:63"):
        with pytest.raises(Refused):
            book.contacts.where(categories=asked)
    assert book.contacts.where(tags="Druider") == []


def test_a_search_and_check_go_by_it_too(believing: Book) -> None:
    eva = believing.add(Contact(name="Eva Ek", tags=["Druider"], note="wood druids"))
    assert believing.find("druider") == believing.find("wood druids") == []
    assert [(one.id, one.path) for one in believing.check() if one.rule == "sensitive"] == [
        (eva.id, "tags[0]")
    ]


def test_one_scheme_has_one_plugin(open_book: Callable[..., Book]) -> None:
    book = open_book(plugins=[Belief(), Again()])
    with pytest.raises(PluginConflict, match="again and belief both provide belief"):
        book.plugins.uncontested("register_category_schemes", "belief")
    # Nobody can tell whose is meant: it stays as it is, as where neither is installed.
    assert book.add(Actor(name="X", categories=["belief:z"])).categories == ("belief:z",)
    assert book.schemes.get("belief:a") is None


@pytest.mark.parametrize("asked", ["belief:b", "belief:b1", "Wood druids"])
def test_what_either_of_two_declares_holds_though_nobody_has_the_name(
    open_book: Callable[..., Book], asked: str
) -> None:
    book = open_book(plugins=[Belief(), Again()])
    with pytest.raises(Refused, match=r"3 kap\. 3 §"):
        book.contacts.where(categories=asked)


@pytest.mark.parametrize(
    "categories",
    [
        [Category(code="a", sv="a", en="a"), Category(code="a", sv="b", en="b")],
        [Category(code="a", sv="a", en="a", parent="z")],
        [Category(code="a", sv="a", en="a", parent="b"), Category(code="b", sv="b", en="b", parent="a")],
    ],
)
def test_a_scheme_that_does_not_hold_together(categories: list[Category]) -> None:
    with pytest.raises(Invalid, match="categories of x"):
        CategoryScheme(name="x", title="X", categories=categories)
    with pytest.raises(Invalid, match="colon"):
        Category(code="a:b", sv="a", en="a")


def test_without_a_scheme_any_category_stays(book: Book) -> None:
    kept = book.add(Actor(name="X", categories=["icnpo:9999", "frukt"]))
    assert kept.categories == ("icnpo:9999", "frukt")
    found = [one.path for one in book.check() if "category" in one.message]
    assert found == ["categories[0]", "categories[1]"]


# At the prompt, with the plugin civilsociety


@pytest.fixture
def club(kalmar: Kalmar) -> Kalmar:
    assert kalmar("add", "actor", "Nybro IF", "--kind", "förening", "--category", "idrott").code == 0
    return kalmar


def test_it_is_shown_with_its_title(club: Kalmar) -> None:
    assert "icnpo:1200 Sports" in club("show", "Nybro IF").out
    assert "icnpo:1200 Idrott" in club("--lang", "sv", "show", "Nybro IF").out
    table = club("--lang", "sv", "list", "actors", "kind=förening").out
    assert "Kategori" in table.splitlines()[0]
    assert "icnpo:1200 Idrott" in table
    assert club("list", "actors", "kind=förening", "-o", "json").records()[0]["categories"] == ["icnpo:1200"]
    assert "Category" not in club("list", "actors", "kind=kommun").out


def test_it_is_set_by_code_or_title(club: Kalmar) -> None:
    assert club("set", "Nybro IF", "categories+=icnpo:1300").code == 0
    assert club("set", "Nybro IF", "categories+=Bostäder, social och samhällelig utveckling").code == 0
    assert club("set", "Nybro IF", "legal_form=ideell förening").code == 0
    found = club("list", "actors", "kind=förening", "-o", "json").records()[0]
    assert found["categories"] == ["icnpo:1200", "icnpo:1300", "icnpo:6"]
    assert found["legal_form"] == "61"
    assert "61 Ideella föreningar" in club("--lang", "sv", "show", "Nybro IF").out
    assert club("set", "Nybro IF", "categories-=idrott").code == 0
    assert club("set", "Nybro IF", "categories=kultur,1300").code == 0
    found = club("list", "actors", "kind=förening", "-o", "json").records()[0]
    assert found["categories"] == ["icnpo:1100", "icnpo:1300"]


def test_what_an_uninstalled_plugin_knew_can_be_taken_away(club: Kalmar) -> None:
    with kontaktnat.open("b.kn", plugins=[]) as book:
        book.update(book.actors.where(name="Nybro IF")[0], categories=["icnpo:9999", "other:1"])
    assert "icnpo:9999" in club("check").out
    assert club("set", "Nybro IF", "categories-=icnpo:9999").code == 0
    assert club("list", "actors", "categories=other:1", "-o", "ids").out.count("\n") == 1


def test_a_group_finds_what_is_below_it(club: Kalmar) -> None:
    for asked in ("icnpo:1", "icnpo:1200", "1200", "idrott", "Rekreation och kultur", "culture and rec"):
        assert "Nybro IF" in club("list", "actors", f"categories={asked}").out, asked
    assert "Nybro IF" not in club("list", "actors", "categories=icnpo:2").out
    assert club("list", "actors", "categories=icnpo:1", "--save", "fritid").code == 0
    assert "Nybro IF" in club("list", "fritid").out
    assert (
        club("list", "contacts", "categories=icnpo:7").code == 0
    )  # of persons nothing below it is asked for
    assert club("list", "contacts", "categories=fackföreningar").code == 6


def test_the_lists_are_among_the_words(club: Kalmar) -> None:
    out = club("list", "words", "vocabulary=icnpo").out
    assert "icnpo:1200" in out
    assert "Idrott" in out
    assert "legal_form:61" in club("list", "words").out
    assert "icnpo" in club("list", "words", "vocabulary=icnp").err


def test_a_cell_of_a_table_is_read(kalmar: Kalmar, tmp_path: Any) -> None:
    text = (
        "Föreningsnamn;Kategorikod;Juridisk form\nNybro IF;Idrott;Ideella föreningar\nNybro BK;x:1;Förening\n"
    )
    (tmp_path / "a.csv").write_text(text, "utf-8")
    assert kalmar("import", "a.csv").last == "created 2, updated 0, unchanged 0, rejected 0"
    assert kalmar("import", "a.csv").last == "created 0, updated 0, unchanged 2, rejected 0"
    found = kalmar("list", "actors", "kind=other", "-o", "json").records()
    assert {(one["name"], one["categories"][0], one["legal_form"]) for one in found} == {
        ("Nybro IF", "icnpo:1200", "61"), ("Nybro BK", "x:1", "Förening"),
    }  # fmt: skip


def test_it_is_edited_by_its_title(club: Kalmar) -> None:
    from kontaktnat.tomlform import from_toml, to_toml

    with kontaktnat.open("b.kn", by="anna") as book:
        one = book.actors.where(name="Nybro IF")[0]
        form = to_toml(book, one)
        assert '    "icnpo:1200",  # icnpo:1200 Sports' in form
        changed = from_toml(book, one, form.replace('"icnpo:1200"', '"kultur"'))
        assert [*changed["categories"]] == ["icnpo:1100"]
