"""The unit of work: what it says of its own changes, also of those that were taken back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kontaktnat.store.memory import MemoryStore
from kontaktnat.unit import Unit

HOLDERS = st.sampled_from(("eva", "bo", None, "gone"))
STEPS = st.lists(st.one_of(st.tuples(st.sampled_from("abc"), HOLDERS), st.integers(0, 5)))


@given(STEPS)
def test_whose_hats_there_are_whatever_was_staged_and_rewound(
    steps: list[tuple[str, str | None] | int],
) -> None:
    unit = Unit(MemoryStore(), by="anna", label="")
    marks = [unit.mark()]
    for step in steps:
        if isinstance(step, int):
            del marks[step + 1 :]
            unit.rewind(marks[-1])
            continue
        id, whose = step
        unit.put("role", id, None if whose == "gone" else {"id": id, "contact": whose})
        marks.append(unit.mark())
    for people in ({"eva"}, {"bo"}, {"eva", "bo"}, set[str]()):
        there = (unit.get("role", id) for id in "abc")
        assert unit.hats(people) == {doc["id"] for doc in there if doc and doc["contact"] in people}
