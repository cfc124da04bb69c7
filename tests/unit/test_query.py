"""Conditions on documents: each operator, paths into lists, missing fields, and the algebra of & | ~."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tinydb import TinyDB
from tinydb.storages import MemoryStorage

from kontaktnat.query import OPERATORS, AllOf, AnyOf, Compare, Condition, F, Not, strings, values

MEETING: dict[str, Any] = {
    "id": "m7q2x0ka",
    "rev": 3,
    "kind": "network_meeting",
    "when": "2026-11-12T13:00:00+01:00",
    "summary": "Åsa Öberg berättade om belysningen vid stationen.",
    "draft": False,
    "place": "",
    "mandate": [1, 3],
    "topics": [],
    "participants": [
        {"role": "r1", "status": "attended"},
        {"contact": "c2", "status": "absent", "ways": [{"kind": "phone", "value": "070-174 06 05"}]},
        {"role": "r3", "ways": [{"kind": "mail", "value": "eva.ek@nybro.example"}]},
    ],
    "extra": {"status": {"level": 2}, "kommunkoll.score": 7},
}


@pytest.mark.parametrize(
    "condition",
    [
        F("kind").is_("network_meeting"),
        F("rev").is_(3),
        F("draft").is_(False),
        F("place").is_(""),
        F("kind").in_(["visit", "network_meeting"]),
        F("kind").in_(kind for kind in ("visit", "network_meeting")),
        F("summary").contains("asa"),
        F("summary").contains("ÖBERG stationen"),
        F("when").lt("2026-11-13"),
        F("rev").lt(4),
        F("rev").le(3),
        F("rev").ge(3),
        F("rev").gt(2),
        F("when").gt("2026-11-12"),
        F("mandate").is_(3),
        F("mandate").in_([2, 3]),
        F("mandate").gt(2),
        F("mandate").lt(2),
        F("participants.role").is_("r3"),
        F("participants.status").is_("absent"),
        F("participants.ways.kind").is_("mail"),
        F("participants.ways.value").contains("nybro"),
        F("extra.status.level").is_(2),
    ],
)
def test_true_of_the_meeting(condition: Condition) -> None:
    assert condition(MEETING)
    assert not (~condition)(MEETING)


@pytest.mark.parametrize(
    "condition",
    [
        F("kind").is_("visit"),
        F("rev").is_("3"),
        F("kind").in_([]),
        F("kind").in_(["network"]),
        F("summary").contains("åsä"),
        F("summary").contains("Åsa Ek"),
        F("rev").contains("3"),
        F("rev").lt(3),
        F("rev").gt(3),
        F("rev").le(2),
        F("rev").ge(4),
        F("mandate").is_([1, 3]),
        F("mandate").is_(2),
        F("participants.role").is_("c2"),
        F("participants.kind").is_("mail"),
        F("participants.ways.kind").is_("web"),
        F("kind.deeper").is_("network_meeting"),
    ],
)
def test_false_of_the_meeting(condition: Condition) -> None:
    assert not condition(MEETING)
    assert (~condition)(MEETING)


@pytest.mark.parametrize("operator", ["lt", "le", "gt", "ge"])
@pytest.mark.parametrize(("path", "value"), [("rev", "3"), ("when", 2026), ("draft", 1), ("missing", "a")])
def test_different_types_are_never_ordered(operator: str, path: str, value: Any) -> None:
    assert not Compare(path, operator, value)(MEETING)


@pytest.mark.parametrize(
    "path",
    ["missing", "missing.deeper", "kind.deeper", "topics", "topics.kind", "mandate.kind", "extra.missing"],
)
def test_a_missing_field_is_none(path: str) -> None:
    assert F(path).is_(None)(MEETING)
    assert F(path).in_([None, "visit"])(MEETING)
    assert not F(path).is_("visit")(MEETING)
    assert not F(path).contains("")(MEETING)
    assert (~F(path).is_("visit"))(MEETING)


def test_none_is_found_where_one_of_a_list_lacks_the_field() -> None:
    assert F("participants.contact").is_(None)(MEETING)
    assert not F("participants.contact").is_(None)({"participants": [{"contact": "c1"}]})


def test_a_plugins_field_is_reached_though_its_key_has_a_dot() -> None:
    assert F("extra.kommunkoll.score").is_(7)(MEETING)
    assert F("extra.kommunkoll.score").ge(5)(MEETING)
    assert F("extra.kommunkoll.missing").is_(None)(MEETING)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("kind", ["network_meeting"]),
        ("mandate", [1, 3]),
        ("topics", [None]),
        ("missing", [None]),
        ("participants.role", ["r1", None, "r3"]),
        ("participants.ways.kind", [None, "phone", "mail"]),
        ("participants.status", ["attended", "absent", None]),
        ("extra.status.level", [2]),
    ],
)
def test_values_at_a_path(path: str, expected: list[Any]) -> None:
    assert list(values(MEETING, path)) == expected


def test_a_list_within_a_list_has_no_values() -> None:
    assert list(values({"grid": [[1, 2], 3]}, "grid")) == [None, 3]


def test_strings_finds_every_text_but_no_key() -> None:
    document = {"name": "Eva Ek", "rev": 2, "tags": ["nybro", None], "ways": [{"value": "070-174 06 06"}]}
    assert list(strings(document)) == ["Eva Ek", "nybro", "070-174 06 06"]


def test_conditions_show_their_parts_to_a_store_that_compiles_them() -> None:
    visit, nybro = F("kind").is_("visit"), F("place").is_("0881")
    assert visit & ~nybro == AllOf((Compare("kind", "is", "visit"), Not(Compare("place", "is", "0881"))))
    assert visit | nybro == AnyOf((visit, nybro))
    assert len({visit, F("kind").is_("visit"), nybro}) == 2
    assert set(OPERATORS) == {"is", "in", "contains", "lt", "le", "gt", "ge"}


def test_all_of_nothing_is_true_and_any_of_nothing_is_false() -> None:
    assert AllOf(())(MEETING)
    assert not AnyOf(())(MEETING)


def test_the_bare_condition_answers_nothing() -> None:
    with pytest.raises(NotImplementedError):
        Condition()({})


def test_tinydb_takes_a_condition_and_does_not_remember_its_answer() -> None:
    with TinyDB(storage=MemoryStorage) as db:
        db.insert({"name": "Eva Ek"})
        condition = F("name").contains("ek")
        assert len(db.search(condition)) == 1
        db.insert({"name": "Åke Ek"})
        assert len(db.search(condition)) == 2
        assert not condition.is_cacheable()


# The algebra, over documents and conditions small enough to meet.

scalars = st.sampled_from([None, True, False, 0, 1, 2, 0.5, "", "a", "å", "ab", "2026-11-12"])


def documents_of(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(st.sampled_from("abc"), inner, max_size=3)


items = st.recursive(scalars, lambda inner: st.lists(inner, max_size=3) | documents_of(inner), max_leaves=6)
documents = documents_of(items)
paths = st.lists(st.sampled_from("abc"), min_size=1, max_size=3).map(".".join)
comparisons = st.one_of(
    st.builds(Compare, paths, st.sampled_from(["is", "lt", "le", "gt", "ge"]), scalars),
    st.builds(lambda path, some: F(path).in_(some), paths, st.lists(scalars, max_size=3)),
    st.builds(lambda path, words: F(path).contains(words), paths, st.sampled_from(["", "a", "å", "A b"])),
)
conditions = st.recursive(
    comparisons,
    lambda inner: st.one_of(
        st.builds(lambda a, b: a & b, inner, inner),
        st.builds(lambda a, b: a | b, inner, inner),
        st.builds(lambda a: ~a, inner),
    ),
    max_leaves=5,
)


@given(conditions, conditions, documents)
def test_and_or_not_mean_what_they_say(a: Condition, b: Condition, doc: dict[str, Any]) -> None:
    assert (a & b)(doc) is (a(doc) and b(doc))
    assert (a | b)(doc) is (a(doc) or b(doc))
    assert (~a)(doc) is (not a(doc))


@given(conditions, conditions, conditions, documents)
def test_the_laws_hold(a: Condition, b: Condition, c: Condition, doc: dict[str, Any]) -> None:
    assert (~~a)(doc) == a(doc)
    assert (a | ~a)(doc)
    assert not (a & ~a)(doc)
    assert (a & b)(doc) == (b & a)(doc)
    assert (a | b)(doc) == (b | a)(doc)
    assert (~(a & b))(doc) == (~a | ~b)(doc)
    assert (~(a | b))(doc) == (~a & ~b)(doc)
    assert (a & (b | c))(doc) == ((a & b) | (a & c))(doc)
    assert ((a & b) & c)(doc) == (a & (b & c))(doc)


@given(paths, scalars, documents)
def test_le_is_lt_or_equal_of_the_same_type(path: str, value: Any, doc: dict[str, Any]) -> None:
    for found in values(doc, path):
        one = {"found": found}
        same_type = type(found) is type(value)
        if value is not None:
            below, equal = F("found").lt(value)(one), F("found").is_(value)(one) and same_type
            assert F("found").le(value)(one) == (below or equal)
            assert not (below and F("found").gt(value)(one))


@given(paths, documents)
def test_there_is_always_a_value_and_never_a_list(path: str, doc: dict[str, Any]) -> None:
    found = list(values(doc, path))
    assert found
    assert not any(isinstance(value, list) for value in found)


def test_numbers_compare_across_int_and_float() -> None:
    assert F("share").le(1)({"share": 0.5})
    assert not F("share").gt(0)({"share": True})
