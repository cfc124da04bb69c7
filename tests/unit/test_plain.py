"""Plain compares, hashes and shows itself as attrs' own classes do."""

from typing import Any

import attrs
import pytest

from kontaktnat import descriptors, model
from kontaktnat.plain import Plain


def twins() -> tuple[Any, Any]:
    """One class as attrs makes it, one on Plain, of the same fields and name."""

    def of(base: type, **options: bool) -> Any:
        @attrs.frozen(kw_only=True, **options)
        class Thing(base):  # type: ignore[misc]
            name: str
            value: Any = 1
            aside: Any = attrs.field(default=2, eq=False)
            unhashed: Any = attrs.field(factory=dict, hash=False)
            unseen: Any = attrs.field(default=3, repr=False)

        return Thing

    return of(object), of(Plain, eq=False, repr=False)


CHANGES: list[dict[str, Any]] = [
    {}, {"name": "b"}, {"value": 2}, {"value": "å"}, {"aside": 9}, {"unhashed": {"x": 1}}, {"unseen": 9},
]  # fmt: skip


@pytest.mark.parametrize("one", CHANGES, ids=str)
@pytest.mark.parametrize("other", CHANGES, ids=str)
def test_it_is_as_attrs_would_have_it(one: dict[str, Any], other: dict[str, Any]) -> None:
    theirs, ours = (tuple(cls(**{"name": "a", **given}) for given in (one, other)) for cls in twins())
    assert (ours[0] == ours[1]) == (theirs[0] == theirs[1])
    assert (hash(ours[0]) == hash(ours[1])) == (hash(theirs[0]) == hash(theirs[1]))
    assert repr(ours[0]) == repr(theirs[0])
    assert ours[0] != theirs[0]
    assert ours[0] != "a"


def test_a_subclass_is_another() -> None:
    way = model.Way(kind="mail", value="eva@nybro.example")

    @attrs.frozen(kw_only=True, eq=False, repr=False)
    class Special(model.Way):
        pass

    assert way != Special(kind="mail", value="eva@nybro.example")
    assert len({way, model.Way(kind="mail", value="eva@nybro.example")}) == 1


@pytest.mark.parametrize("module", [model, descriptors])
def test_no_class_has_its_own_beside_it(module: Any) -> None:
    classes = [one for one in vars(module).values() if isinstance(one, type) and attrs.has(one)]
    plain = [one for one in classes if issubclass(one, Plain)]
    assert len(plain) > 10
    for cls in plain:
        assert cls.__eq__ is Plain.__eq__
        assert cls.__hash__ is Plain.__hash__
        assert cls.__repr__ is Plain.__repr__
