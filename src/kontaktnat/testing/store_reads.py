"""What a store promises to who reads: documents by id and by conditions, and text search."""

from __future__ import annotations

from typing import Any

import pytest

from kontaktnat.descriptors import Change, Store
from kontaktnat.errors import Conflict
from kontaktnat.query import F
from kontaktnat.testing.store_given import (
    Opens,
    add,
    created,
    doc,
    edit,
    ids,
    transaction,
)


class Reads(Opens):
    """Getting, finding, searching."""

    def test_an_empty_store(self, store: Store) -> None:
        assert (store.version, store.writable) == (0, True)
        assert store.get("actor", "a") is None
        assert store.find("actor") == []
        assert list(store.search("a")) == []
        assert list(store.transactions()) == []

    def test_get_by_type_and_id(self, store: Store) -> None:
        deep = doc(
            "a", name="Åsa Öberg", ways=[{"kind": "mail", "value": "å@example.se"}], extra={"p.n": 1.5}
        )
        add(store, "contact", deep, doc("b", note=None, big=2**63 - 1, yes=True))
        assert store.get("contact", "a") == deep
        assert store.get("contact", "b") == doc("b", note=None, big=2**63 - 1, yes=True)
        assert store.get("actor", "a") is None
        assert store.get("contact", "c") is None

    def test_the_same_id_in_two_types(self, store: Store) -> None:
        store.commit(
            transaction(*created("actor", doc("a", name="x")), *created("contact", doc("a", name="y")))
        )
        assert [store.find(type)[0]["name"] for type in ("actor", "contact")] == ["x", "y"]

    def test_what_comes_out_is_a_copy(self, store: Store) -> None:
        given = doc("a", tags=["x"])
        add(store, "actor", given)
        logged = next(store.transactions()).changes[0].after
        assert logged is not None
        for mine in (given, store.get("actor", "a"), *store.find("actor"), logged):
            mine["tags"].append("y")  # type: ignore[index]
        assert store.get("actor", "a") == doc("a", tags=["x"])
        assert store.find("actor") == [doc("a", tags=["x"])]
        assert next(store.transactions()).changes[0].after == doc("a", tags=["x"])

    def test_find_orders_by_fields_and_last_by_id(self, store: Store) -> None:
        add(
            store,
            "actor",
            doc("c", name="Örebro", n=10),
            doc("d", name="Åre", n=9),
            doc("b", name="zink", n=9),
            doc("a", name="Zink"),
        )
        assert ids(store.find("actor")) == "a b c d"
        assert ids(store.find("actor", order=["n"])) == "b d c a"
        assert ids(store.find("actor", order=["n", "name"])) == "b d c a"
        assert ids(store.find("actor", order=["name"])) in ("a b d c", "b a d c")

    def test_find_limits_after_ordering(self, store: Store) -> None:
        add(store, "actor", *(doc(id, n=n) for n, id in enumerate("dcba")))
        assert ids(store.find("actor", limit=2)) == "a b"
        assert ids(store.find("actor", order=["n"], limit=3)) == "d c b"
        assert ids(store.find("actor", F("n").gt(0), limit=9)) == "a b c"
        assert store.find("actor", limit=0) == []

    def test_find_by_conditions(self, store: Store) -> None:
        add(
            store,
            "actor",
            doc("a", name="Nybro kommun", kind="municipality", since="2020-01-01", tags=["x", "y"]),
            doc(
                "b",
                name="Åsa skola",
                kind="school",
                since="2021-01-01",
                parts=[{"role": "r1"}, {"actor": "a"}],
            ),
            doc("c", name="Asarums IF", kind="club", tags=[]),
        )

        def found(condition: Any) -> str:
            return ids(store.find("actor", condition))

        assert found(F("kind").is_("school")) == "b"
        assert found(F("kind").in_(["school", "club"])) == "b c"
        assert found(F("tags").is_("y")) == "a"
        assert found(F("tags").is_(["x", "y"])) == ""  # one of the list is compared, not all of it
        assert found(F("parts.role").is_("r1")) == "b"
        assert found(F("since").is_(None)) == "c"
        assert found(F("name").contains("asa")) == "b c"
        assert found(F("name").contains("Åsa")) == "b"
        assert found(F("since").lt("2021-01-01")) == "a"
        assert found(F("since").le("2021-01-01")) == "a b"
        assert found(F("since").gt("2020-01-01")) == "b"
        assert found(F("since").ge("2020-01-01")) == "a b"
        assert found(F("since").ge(2020)) == ""
        assert found(F("kind").is_("club") | F("tags").is_("x")) == "a c"
        assert found(F("since").ge("2020") & ~F("kind").is_("school")) == "a"
        assert found(~(F("kind").is_("club") | F("kind").is_("school"))) == "a"

    def test_search_every_word_anywhere(self, store: Store) -> None:
        add(
            store,
            "contact",
            doc("b", name="Åsa Öberg", note="skola"),
            doc("a", name="Asa Berg", tags=["SKOLA"]),
        )
        add(store, "actor", doc("z", names=[{"name": "Åsa skola"}]))
        add(store, "setting", doc("s", value="Åsa skola"))
        every = [("actor", "z"), ("contact", "a"), ("contact", "b")]
        assert list(store.search("asa skola")) == every
        assert list(store.search("SKOLA asa")) == every
        assert list(store.search("åsa")) == [("actor", "z"), ("contact", "b")]
        assert list(store.search("skola ingen")) == []

    def test_search_parts_of_words_and_swedish_stems(self, store: Store) -> None:
        add(store, "actor", doc("a", name="Föreningen Trygg (Nybro)"), doc("b", name="Foreningar", n=1))
        add(store, "contact", doc("a", note="Ringer om skola,\nnattvandring"), doc("c", name="Skoog"))

        def found(text: str) -> str:
            return " ".join(f"{type}.{id}" for type, id in store.search(text))

        assert found("föreningarna") == "actor.a"
        assert found("foreningarna") == "actor.a actor.b"
        assert found("skolor") == found("vandring") == found("(skolor)") == "contact.a"
        assert found("skolor nattvandringar") == found("natt sko") == "contact.a"
        assert found("sko") == "contact.a contact.c"
        assert found("för nyb") == "actor.a"
        assert found("föreningarna skolor") == found("trygg nybro park") == ""
        assert found("omskolan") == found("åringer") == found("skölor") == ""

    def test_search_sees_every_commit(self, store: Store) -> None:
        first = doc("b", name="Åsa", note="skola")
        add(store, "contact", first, doc("d", note="skolornas"))
        assert list(store.search("skolor")) == [("contact", "b"), ("contact", "d")]
        second = edit(store, "contact", first, note="förening")
        assert list(store.search("skola")) == [("contact", "d")]
        assert list(store.search("åsa föreningar")) == [("contact", "b")]
        add(store, "contact", doc("c", note="Skolorna"), doc("e", note="annat"))
        add(store, "actor", doc("z", name="skola"))
        add(store, "setting", doc("s", value="skola"))
        assert list(store.search("skola")) == [("actor", "z"), ("contact", "c"), ("contact", "d")]
        with pytest.raises(Conflict):
            edit(store, "contact", first, note="skola")
        store.commit(transaction(Change(type="contact", id="c", before=doc("c", note="Skolorna"))))
        again = {"id": "b", "rev": 3, "note": "skola"}
        store.commit(transaction(Change(type="contact", id="b", before=second, after=again)))
        assert list(store.search("skola")) == [("actor", "z"), ("contact", "b"), ("contact", "d")]
        assert list(store.search("åsa")) == []
