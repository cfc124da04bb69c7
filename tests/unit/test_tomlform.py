"""The TOML form: what is not changed stays, what is changed is read, and what is wrong is named."""

from __future__ import annotations

import importlib.util
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NewType

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import kontaktnat
from kontaktnat import Book
from kontaktnat.errors import Invalid
from kontaktnat.model import RECORDS, Actor, Contact, FollowUp, Pending, Record, Topic, Value, Way
from kontaktnat.model.walk import links, words
from kontaktnat.tomlform import from_toml, revision, to_toml, with_remark
from kontaktnat.tomlform.remark import without_remark
from kontaktnat.tomlform.shape import sayable, shapes


def _strategies() -> Any:
    """The records that the codec is tried with."""
    spec = importlib.util.spec_from_file_location("codec_records", Path(__file__).with_name("test_codec.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    plain = module.of_type
    # A link to nothing is none.
    module.of_type = lambda wanted: module.filled if isinstance(wanted, NewType) else plain(wanted)
    some = st.lists(module.filled, max_size=3).map(tuple)
    module.RULED |= {(FollowUp, "about"): some, (Pending, "candidates"): some}
    module.RULED[Way, "kind"] = st.sampled_from(["web", "address"])  # others are judged
    return module


instances = _strategies().instances
every_class = pytest.mark.parametrize("cls", RECORDS.values(), ids=RECORDS)
BOOK = kontaktnat.open("memory:", mode="create", by="anna", plugins=[])


@every_class
@given(data=st.data())
def test_a_form_that_is_not_changed_changes_nothing(cls: type[Record], data: st.DataObject) -> None:
    record = data.draw(instances(cls))
    text = to_toml(BOOK, record)
    assert from_toml(BOOK, record, text) == {}
    assert from_toml(BOOK, record, "\ufeff" + text.replace("\n", "\r\n")) == {}


@every_class
@given(data=st.data())
def test_the_form_says_all_that_differs(cls: type[Record], data: st.DataObject) -> None:
    """One record's text given to another of its type makes it the same, but for what is not shown."""
    # Whole records: what is covered in one is neither shown nor taken.
    one, other = (attrs.evolve(data.draw(instances(cls)), hidden=()) for _ in range(2))
    # The empty book knows nobody, and few words: these are taken to have stood there already.
    there = {path.partition("[")[0] for walk in (links, words) for path, _, _ in walk(other)}
    known = attrs.evolve(one, id=other.id, **{name: getattr(other, name) for name in there - {"ways"}})
    text = to_toml(BOOK, other)
    assume(tomllib.loads(text))  # a text that is empty is taken for a slip
    made = attrs.evolve(known, **from_toml(BOOK, known, text))
    for name, shape in shapes(cls).items():
        value = getattr(other, name)
        if not shape.free:
            if value == "" != getattr(known, name) and shape.attribute.default is not attrs.NOTHING:
                value = shape.attribute.default  # nothing written is nothing set, unless it stood there
            assert _plain(getattr(made, name)) == _plain(value), name
        elif sayable(value) and sayable(getattr(known, name)):
            assert getattr(made, name) == value, name
    assert made.unknown == one.unknown


def _plain(value: Any) -> Any:
    """Without what newer versions may have put into parts."""
    if isinstance(value, tuple):
        return tuple(map(_plain, value))
    return attrs.evolve(value, unknown={}) if isinstance(value, Value) else value


# What people write


@pytest.fixture
def nybro() -> Iterator[tuple[Book, Actor]]:
    with kontaktnat.open("memory:", mode="create", by="anna", plugins=[]) as book:
        book.add(Actor(name="Kalmar kommun", aliases=["Kalmar"]))
        yield book, book.add(Actor(name="Nybro kommun", note="Ny", ways=[Way(kind="web", value="x.example")]))


def edited(pair: tuple[Book, Actor], old: str, new: str) -> dict[str, Any]:
    text = to_toml(*pair)
    assert old in text
    return from_toml(*pair, text.replace(old, new))


def test_an_embedder_edits(nybro: tuple[Book, Actor]) -> None:
    book, actor = nybro
    changes = edited(nybro, 'note = "Ny"', 'note = "Nyare"\nkind = "kommun"\nparent = "kalmar"')
    [kalmar] = book.actors.where(name="Kalmar kommun")
    assert changes == {"note": "Nyare", "kind": "municipality", "parent": kalmar.id}
    assert book.update(actor, **changes).kind == "municipality"


@pytest.mark.parametrize(
    ("written", "until"),
    [('"2018-09"', "2018-09"), ("2018-09-01", "2018-09-01"), ('"1 mars 2019"', "2019-03-01"), ('""', None)],
)
def test_dates(nybro: tuple[Book, Actor], written: str, until: str | None) -> None:
    changes = edited(nybro, 'value = "x.example"', f'value = "x.example"\nuntil = {written}')
    found = changes["ways"][0].until if changes else None
    assert (None if found is None else str(found)) == until


def test_words_for_days_go_the_way_of_the_field() -> None:
    """The model says which dates are to come, whoever reads them."""
    walk = [*RECORDS.values(), *{shape.part for cls in RECORDS.values() for shape in shapes(cls).values()}]
    ahead = {
        f"{cls.__name__}.{one.name}"
        for cls in walk
        if cls
        for one in attrs.fields(cls)
        if "ahead" in one.metadata
    }
    assert ahead == {
        "FollowUp.due", "Topic.review_due", "Interaction.ends", "Commitment.due_on", "Commitment.valid_until",
            "Assignment.ends",
        "FormerName.until", "Member.until", "Role.until", "Way.until",
    }  # fmt: skip
    with kontaktnat.open("memory:", mode="create", by="anna", plugins=[]) as book:
        text = to_toml(book, topic := book.add(Topic(title="x")))
        for name, later in (("lifted_on", False), ("answered_on", False), ("review_due", True)):
            changes = from_toml(book, topic, text.replace(f'# {name} = ""', f'{name} = "tor"'))
            assert (changes[name].first > book.today) is later


def test_times(nybro: tuple[Book, Actor]) -> None:
    book, _ = nybro
    eva = book.add(Contact(name="Eva Ek"))
    text = to_toml(book, eva)
    for written, time in (
        ("2026-01-02T13:00:00+01:00", "2026-01-02T13:00:00+01:00"),
        ("2026-01-02T13:00:00", "2026-01-02T13:00:00+01:00"),
        ("2026-01-02", "2026-01-02T00:00:00+01:00"),
        ('"2 jan 2026 13:00"', "2026-01-02T13:00:00+01:00"),
    ):
        changes = from_toml(book, eva, text.replace('# informed_at = ""', f"informed_at = {written}"))
        assert changes["informed_at"].isoformat() == time


def test_the_revision_is_read_from_comments_only(nybro: tuple[Book, Actor]) -> None:
    book, actor = nybro
    text = to_toml(book, actor)
    assert revision(text) == (actor.id, 1)
    assert revision("\ufeff" + text.replace("\n", "\r\n")) == (actor.id, 1)
    assert revision('note = "x"\n# rev = 7') == ("", None)
    assert revision(with_remark(text, "")) == (actor.id, 1)


@pytest.mark.parametrize("name", ["rev = 7", 'id = "x"'])
def test_a_name_is_not_taken_for_the_revision(nybro: tuple[Book, Actor], name: str) -> None:
    book, _ = nybro
    actor = book.add(Actor(name=name, note="Ny"))
    assert revision(to_toml(book, actor)) == (actor.id, 1)
    assert edited((book, actor), '"Ny"', '"x"') == {"note": "x"}
    again = to_toml(book, book.update(actor, note="y")).replace('"y"', '"z"')
    assert revision(with_remark(again, "rev = 9")) == (actor.id, 2)


def test_remarks() -> None:
    once = with_remark("a\nb\n", "wrong\nindeed")
    assert once == "# !! wrong indeed\na\nb\n"
    assert with_remark(once, "worse") == "# !! worse\na\nb\n"
    assert without_remark(once) == "a\nb\n"
    assert without_remark("# !!") == "# !!"


def test_names_with_control_characters_break_no_comment(nybro: tuple[Book, Actor]) -> None:
    book, actor = nybro
    odd = book.add(Actor(name="Två\nrader\x1b[31m\x7f\u2028x"))
    actor = book.update(actor, parent=odd.id)
    assert from_toml(book, actor, to_toml(book, actor)) == {}


def test_the_last_part_takes_what_follows(nybro: tuple[Book, Actor]) -> None:
    with pytest.raises(Invalid, match=r"ways\[0\]\.sector: sector is a field of the record itself"):
        from_toml(*nybro, to_toml(*nybro) + 'sector = "x"\n')


def test_parts_keep_what_a_newer_version_knows_of_them(nybro: tuple[Book, Actor]) -> None:
    book, actor = nybro
    ways = [Way(kind="web", value=f"{n}.example", unknown={"n": n}) for n in range(3)]
    actor = book.update(actor, ways=ways)
    text = to_toml(book, actor)

    def left(text: str) -> list[Any]:
        changed = from_toml(book, actor, text).get("ways", actor.ways)
        return [(way.value, way.unknown.get("n")) for way in changed]

    def block(n: int) -> str:
        return f'[[ways]]\nkind = "web"\nvalue = "{n}.example"\n'

    assert left(text.replace(block(1), "")) == [("0.example", 0), ("2.example", 2)]
    assert left(text.replace("1.example", "new.example"))[1] == ("new.example", 1)
    assert left(text.replace(block(0), "") + block(0))[-1] == ("0.example", 0)
    assert left(text + block(9))[-1] == ("9.example", None)
    assert left(text.replace('value = "2', 'label = "x"\nvalue = "2'))[2] == ("2.example", 2)
