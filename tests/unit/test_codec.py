"""Records and documents: nothing is lost either way, and what is wrong is named by its path.

The strategies are built from the records' own fields, so a new field is tested as soon as it exists; one
with a rule of its own needs a line in RULED, or the tests stop with that rule's message.
"""

import copy
import math
import types
import typing
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, NewType, get_args, get_origin

import attrs
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontaktnat.codec import check_keys, checked, from_doc, record_class, to_doc
from kontaktnat.errors import Invalid
from kontaktnat.model import (
    RECORDS,
    Actor,
    Assignment,
    Commitment,
    Contact,
    FollowUp,
    FormerName,
    Headcount,
    Interaction,
    Member,
    Network,
    PartialDate,
    Participation,
    Pending,
    Reach,
    Record,
    Role,
    Setting,
    Topic,
    TopicLink,
    Way,
    stockholm,
)

VALUES = (FormerName, Member, Participation, Reach, TopicLink, Way)

# Plain fields by type

writing = st.sampled_from(
    [
        "Eva Ek",
        "Åsa Öberg",
        "Nybro kommun",
        "belysning vid stationen",
        "eva.ek@nybro.example",
        "070-174 06 05",
    ]
) | st.text(st.characters(exclude_categories=["Cs"]), max_size=8)  # lone surrogates are no text in JSON
filled = writing.filter(str.strip)
days = st.dates().map(lambda day: PartialDate(day.year, day.month, day.day))
months = st.dates().map(lambda day: PartialDate(day.year, day.month))
years = st.integers(1, 9999).map(PartialDate)
dates = years | months | days
times = st.datetimes(
    datetime(1970, 1, 1),
    datetime(2100, 1, 1),
    timezones=st.sampled_from(
        [UTC, stockholm(), timezone(timedelta(hours=-5)), timezone(timedelta(minutes=330))]
    ),
)
scalars = st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | writing
numbers = st.floats(allow_nan=False, allow_infinity=False)
json = st.recursive(
    scalars | numbers,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(writing, inner, max_size=3),
    max_leaves=5,
)
BY_TYPE: dict[Any, st.SearchStrategy[Any]] = {
    str: writing,
    bool: st.booleans(),
    int: st.integers(0, 2**31),
    float: numbers,
    datetime: times,
    PartialDate: dates,
    Any: json,
    Mapping[str, Any]: st.dictionaries(writing, json, max_size=3),
    types.NoneType: st.none(),
}

# Fields with a rule of their own

statuses = st.sampled_from(["invited", "accepted", "tentative", "declined", "attended", "deputy", "absent"])
counts = st.none() | st.integers(0, 120)
spans = st.sampled_from(["", "P1M", "P2W", "P1Y", "P1Y6M", "P90D"])
RULED: dict[tuple[type, str], st.SearchStrategy[Any]] = {
    (Record, "extra"): st.dictionaries(
        st.sampled_from(["kommunkoll.score", "kommunkoll.note", "missing_plugin.field"]), json, max_size=3
    ),
    (Actor, "name"): filled,
    (Actor, "cadence"): spans,
    (Actor, "place"): st.sampled_from(["", "0881", "0880", "0882"]),
    (Actor, "org_number"): st.sampled_from(["", "222222-2222", "2222222222"]),
    (FormerName, "name"): filled,
    (Contact, "name"): filled,
    (Way, "kind"): st.sampled_from(["mail", "phone", "web", "address"]),
    (Way, "value"): filled,
    (Role, "cadence"): spans,
    (Role, "share"): st.none() | st.floats(0, 1, exclude_min=True),
    (Assignment, "name"): filled,
    (Assignment, "level"): st.sampled_from(["county", "municipality"]),
    (Network, "cadence"): spans,
    (Network, "name"): filled,
    (Commitment, "meetings_per_year"): counts,
    (Commitment, "notice_months"): counts,
    (Commitment, "renewal_years"): counts,
    (Participation, "status"): statuses,
    (Participation, "part"): st.sampled_from(["host", "guest", "member"]),
    (Interaction, "status"): st.sampled_from(["planned", "held", "cancelled"]),
    (Interaction, "direction"): st.sampled_from(["in", "out", ""]),
    (Interaction, "mandate"): st.lists(st.integers(1, 4), max_size=4).map(tuple),
    (Interaction, "process_step"): st.none() | st.integers(1, 5),
    (Headcount, "count"): st.integers(1, 2**31),
    (TopicLink, "kind"): st.sampled_from(["addresses", "illustrates", "duplicates"]),
    (Topic, "kind"): st.sampled_from(["problem", "proposal", "question", "example"]),
    (Topic, "title"): filled,
    (Topic, "status"): st.sampled_from(["open", "draft", "lifted", "answered", "returned", "closed"]),
    (FollowUp, "recurrence"): st.sampled_from(["", "R/2026-01-31/P1M", "R/2026-11-25/P2W"]),
    (FollowUp, "text"): filled,
    (FollowUp, "side"): st.sampled_from(["we", "they"]),
    (Pending, "text"): filled,
}
SPANS = (
    ("since", "until"),
    ("starts", "ends"),
    ("valid_from", "valid_until"),
    ("when", "ends"),
    ("lifted_on", "answered_on"),
)
ONE_OF = ("role", "contact", "actor", "who")


def of_type(wanted: Any) -> st.SearchStrategy[Any]:
    """Values of a field's type."""
    if isinstance(wanted, NewType):
        return of_type(wanted.__supertype__)
    if get_origin(wanted) is tuple:
        return st.lists(of_type(get_args(wanted)[0]), max_size=3).map(tuple)
    if get_origin(wanted) in (types.UnionType, typing.Union):
        return st.one_of([of_type(part) for part in get_args(wanted)])
    if wanted not in BY_TYPE and attrs.has(wanted):
        return instances(wanted)
    return BY_TYPE[wanted]


def unknown_fields(cls: type) -> st.SearchStrategy[dict[str, Any]]:
    """What a newer version may have added: any name but those of this one."""
    known = {attribute.name for attribute in attrs.fields(cls)} - {"unknown"}
    likely = [name for name in ("id", "type", "nickname", "unknown", "hidden", "who") if name not in known]
    names = (st.sampled_from(likely) | writing).filter(lambda name: name not in known)
    return st.dictionaries(names, json, max_size=2)


@st.composite
def instances(draw: st.DrawFn, cls: type[Any]) -> Any:
    """Records or values of `cls`, with any of their fields set."""
    hints = typing.get_type_hints(cls)
    given: dict[str, Any] = {}
    for attribute in attrs.fields(cls):
        name = attribute.name
        if name == "unknown" or (cls is Participation and name in ONE_OF):
            continue
        if attribute.default is attrs.NOTHING or draw(st.booleans()):
            ruled = [RULED[kind, name] for kind in cls.__mro__ if (kind, name) in RULED]
            given[name] = draw(ruled[0] if ruled else of_type(hints[name]))
    if cls is Participation:
        given[draw(st.sampled_from(ONE_OF))] = draw(filled)
    for start, end in SPANS:
        if _ends_too_soon(given.get(start), given.get(end)):
            given[start], given[end] = given[end], given[start]
    return cls(**given, unknown=draw(unknown_fields(cls)))


def _ends_too_soon(start: Any, end: Any) -> bool:
    if isinstance(start, PartialDate) and isinstance(end, PartialDate):
        return end.last < start.first
    return isinstance(start, datetime) and isinstance(end, datetime) and end < start


every_class = pytest.mark.parametrize("cls", RECORDS.values(), ids=RECORDS)
some_record = st.sampled_from(list(RECORDS.values())).flatmap(instances)


def written(doc: Any) -> bytes:
    """As JSON, where 1, 1.0 and true differ and so does the order of keys."""
    return orjson.dumps(doc)


# Round-trips


@every_class
@given(data=st.data())
def test_what_is_written_is_read_back(cls: type[Record], data: st.DataObject) -> None:
    record = data.draw(instances(cls))
    doc = to_doc(record)
    assert from_doc(cls, doc) == record
    assert from_doc(cls, orjson.loads(written(doc))) == record
    assert checked(record) == record


@every_class
@given(data=st.data())
def test_what_is_read_is_written_back(cls: type[Record], data: st.DataObject) -> None:
    doc = to_doc(data.draw(instances(cls)))
    assert written(to_doc(from_doc(cls, doc))) == written(doc)


@every_class
def test_all_fields_of_all_records_are_tried(cls: type[Record]) -> None:
    for part in (cls, *VALUES):
        hints = typing.get_type_hints(part)
        for attribute in attrs.fields(part):
            if attribute.name != "unknown":
                of_type(hints[attribute.name]).validate()


def test_unknown_fields_and_a_missing_plugins_data_survive_at_every_depth() -> None:
    doc = {
        "id": "m7q2x0ka",
        "participants": [
            {"role": "h4t00001", "seat": {"row": 3}},
            {"who": "k0nt4k71", "id": "p1", "hidden": []},
        ],
        "extra": {"missing_plugin.field": {"a": [1, 2.5, None]}, "missing_plugin.other": False},
        "newer": [{"deep": ["er"]}],
        "unknown": {"unknown": 1},
        "type": "interaction",
    }
    assert to_doc(from_doc(Interaction, doc)) == doc
    actor = {"name": "Nybro kommun", "names": [{"name": "Madesjö kommun", "until": "1970", "by": "county"}]}
    assert to_doc(from_doc(Actor, actor)) == actor
    topic = {
        "title": "Belysning",
        "links": [{"topic": "t0p1c001", "weight": 2}],
        "spread": [{"actor": "a", "x": 0}],
    }
    assert to_doc(from_doc(Topic, topic)) == topic
    contact = {
        "name": "Eva Ek",
        "ways": [{"kind": "phone", "value": "070-174 06 05", "id": "w1", "sms": True}],
    }
    assert to_doc(from_doc(Contact, contact)) == contact
    network = {"name": "Nätverk Nybro", "members": [{"actor": "a", "vote": None}]}
    assert to_doc(from_doc(Network, network)) == network


@given(some_record)
def test_an_edit_keeps_what_it_does_not_know(record: Record) -> None:
    edited = attrs.evolve(record, county="08", tags=("nybro",))
    assert edited.unknown == record.unknown
    assert {**to_doc(record), "county": "08", "tags": ["nybro"]} == to_doc(edited)


def test_a_document_keeps_only_what_differs_from_the_default_the_id_first() -> None:
    assert to_doc(Contact(name="Eva Ek")) == {"name": "Eva Ek"}
    role = Role(
        id="h4t00001",  # type: ignore[arg-type]
        county="08",
        rev=2,
        since="2018-09",
        share=0.5,
        unknown={"newer": 1},
        created=datetime(2026, 11, 12, 13, tzinfo=stockholm()),
    )
    assert list(to_doc(role).items()) == [
        ("id", "h4t00001"), ("share", 0.5), ("since", "2018-09"),
        ("rev", 2), ("created", "2026-11-12T13:00:00+01:00"), ("county", "08"), ("newer", 1),
    ]  # fmt: skip


def test_defaults_that_are_spelled_out_are_read_and_dropped() -> None:
    doc = {
        "name": "Eva Ek",
        "note": "",
        "rev": 0,
        "ways": [],
        "extra": {},
        "informed_at": None,
        "draft": False,
    }
    assert from_doc(Contact, doc) == Contact(name="Eva Ek")
    assert to_doc(from_doc(Contact, doc)) == {"name": "Eva Ek"}


def test_a_bare_id_is_somebody_who_attended() -> None:
    read = from_doc(Interaction, {"participants": ["k0nt4k71", {"role": "h4t00001", "status": "absent"}]})
    assert read.participants[0] == Participation(who="k0nt4k71", status="attended")
    assert read.participants[1].status == "absent"


def test_a_whole_number_is_a_share_too() -> None:
    share = from_doc(Role, {"share": 1}).share
    assert share == 1.0
    assert isinstance(share, float)


def test_a_covered_copy_says_so() -> None:
    covered = Contact(name="Skyddad", hidden=("ways", "note"))
    assert to_doc(covered) == {"name": "Skyddad", "hidden": ["ways", "note"]}
    assert from_doc(Contact, to_doc(covered)).hidden == ("ways", "note")


# Copies


@given(some_record)
def test_changing_a_document_changes_no_record(record: Record) -> None:
    doc = to_doc(record)
    untouched = copy.deepcopy(doc)
    read = from_doc(type(record), doc)
    spoil(doc)
    assert to_doc(record) == untouched
    assert to_doc(read) == untouched
    assert read == record


def spoil(inner: Any) -> None:
    """Change everything in it that can be changed."""
    if isinstance(inner, dict):
        for value in inner.values():
            spoil(value)
        inner.clear()
        inner["spoiled"] = True
    elif isinstance(inner, list):
        for value in inner:
            spoil(value)
        inner.append("spoiled")


# Strictness

EVA = {"name": "Eva Ek"}
MAIL = {"kind": "mail", "value": "eva.ek@nybro.example"}
WRONG: list[tuple[type[Record], Any, str, str]] = [
    (Contact, [], "record", "[] is no object"),
    (Contact, None, "record", "None is no object"),
    (Contact, "Eva Ek", "record", "'Eva Ek' is no object"),
    (Contact, {}, "name", "missing"),
    (Contact, {"name": 3}, "name", "3 is not of type str"),
    (Contact, {"name": None}, "name", "None is not of type str"),
    (Contact, {"name": " "}, "name", "may not be empty"),
    (Contact, {**EVA, "id": 3}, "id", "3 is not of type str"),
    (Contact, {**EVA, "rev": "1"}, "rev", "'1' is not of type int"),
    (Contact, {**EVA, "rev": True}, "rev", "True is not of type int"),
    (Contact, {**EVA, "rev": 1.0}, "rev", "1.0 is not of type int"),
    (Contact, {**EVA, "protected": 1}, "protected", "1 is not of type bool"),
    (Contact, {**EVA, "protected": "false"}, "protected", "'false' is not of type bool"),
    (Contact, {**EVA, "note": None}, "note", "None is not of type str"),
    (Contact, {**EVA, "tags": "nybro"}, "tags", "'nybro' is no list"),
    (Contact, {**EVA, "tags": {"a": 1}}, "tags", "dict is no list"),
    (Contact, {**EVA, "tags": None}, "tags", "None is no list"),
    (Contact, {**EVA, "tags": ["nybro", 1]}, "tags[1]", "1 is not of type str"),
    (Contact, {**EVA, "extra": []}, "extra", "[] is no object"),
    (Contact, {**EVA, "extra": None}, "extra", "None is no object"),
    (Contact, {**EVA, "extra": {1: 2}}, "extra", "1 is not of type str"),
    (Contact, {**EVA, "informed_at": "igår"}, "informed_at", "igår: write a time as 2026-11-12T13:00"),
    (Contact, {**EVA, "informed_at": 12}, "informed_at", "12 is not of type str"),
    (Contact, {**EVA, "ways": {}}, "ways", "{} is no list"),
    (Contact, {**EVA, "ways": ["eva.ek@nybro.example"]}, "ways[0]", "'eva.ek@nybro.example' is no object"),
    (Contact, {**EVA, "ways": [MAIL, {"kind": "mail"}]}, "ways[1].value", "missing"),
    (Contact, {**EVA, "ways": [{**MAIL, "kind": "fax"}]}, "ways[0].kind", "'fax' is none of 'mail', 'phone'"),
    (Contact, {**EVA, "ways": [MAIL, {**MAIL, "since": "2026-13"}]}, "ways[1].since", "2026-13: no such"),
    (Contact, {**EVA, "ways": [{**MAIL, "since": 2026}]}, "ways[0].since", "2026 is not of type str"),
    (Contact, {**EVA, "ways": [{**MAIL, "since": "2026", "until": "2025"}]}, "ways[0].until", "2025 is"),
    (Actor, {"name": "Nybro", "place": "881"}, "place", "'881' is no municipality code"),
    (Actor, {"name": "Nybro", "place": 881}, "place", "881 is not of type str"),
    (Actor, {"name": "Nybro", "org_number": "12"}, "org_number", "'12' is no organisation number"),
    (Actor, {"name": "Nybro", "org_number": "850101-0000"}, "org_number", "that is a personnummer in form"),
    (Actor, {"name": "Nybro", "names": [{"name": "Madesjö"}, {"until": "1970"}]}, "names[1].name", "missing"),
    (Actor, {"name": "Nybro", "names": [{"name": ""}]}, "names[0].name", "may not be empty"),
    (Role, {"contact": 5}, "contact", "5 is not of type str"),
    (Role, {"covers": ["a", None]}, "covers[1]", "None is not of type str"),
    (Role, {"share": "1"}, "share", "'1' is not of type float"),
    (Role, {"share": True}, "share", "True is not of type float"),
    (Role, {"share": 0}, "share", "0.0 is no share of full time"),
    (Role, {"share": 1.01}, "share", "1.01 is no share of full time"),
    (Role, {"share": math.nan}, "share", "nan cannot be written as JSON"),
    (Role, {"share": 10**400}, "share", "100000000000000000...0000000000000000000 cannot be written as JSON"),
    (Role, {"since": "2026", "until": "2025-12-31"}, "until", "2025-12-31 is before since (2026)"),
    (Role, {"since": "2026-00"}, "since", "2026-00: no such date"),
    (Assignment, {"name": "ANDT", "level": "national"}, "level", "'national' is none of 'county'"),
    (Assignment, {"name": "ANDT", "starts": "2026", "ends": "2025"}, "ends", "2025 is before starts (2026)"),
    (Network, {"name": "Nätverk", "members": [{}]}, "members[0].actor", "missing"),
    (Network, {"name": "Nätverk", "members": [{"actor": "a", "until": ""}]}, "members[0].until", ": write"),
    (Commitment, {"notice_months": -1}, "notice_months", "-1 is below zero"),
    (Commitment, {"notice_months": 1.5}, "notice_months", "1.5 is not of type int"),
    (Commitment, {"valid_from": "2026-11-12", "valid_until": "2026-10"}, "valid_until", "2026-10 is before"),
    (Interaction, {"participants": "k0nt4k71"}, "participants", "'k0nt4k71' is no list"),
    (Interaction, {"participants": [3]}, "participants[0]", "3 is no object"),
    (Interaction, {"participants": ["a", {}]}, "participants[1]", "name exactly one"),
    (Interaction, {"participants": ["a", {"role": "x", "who": "y"}]}, "participants[1]", "name exactly one"),
    (Interaction, {"participants": ["a", "b", {"role": 7}]}, "participants[2].role", "7 is not of type str"),
    (Interaction, {"participants": [{"who": "a", "part": "no"}]}, "participants[0].part", "'no' is none of"),
    (Interaction, {"when": 3}, "when", "3 is not of type str"),
    (Interaction, {"when": "snart"}, "when", "snart: write a date as"),
    (Interaction, {"when": "2026-11-12T25:00"}, "when", "2026-11-12T25:00: write a time as"),
    (Interaction, {"ends": "2026-11"}, "ends", "2026-11: write a time as"),
    (Interaction, {"when": "2026-11-12T13:00", "ends": "2026-11-12T12:00"}, "ends", "2026-11-12 12:00:00"),
    (Interaction, {"mandate": [1, 5]}, "mandate", "5 is none of 1-4"),
    (Interaction, {"mandate": [1, "2"]}, "mandate[1]", "'2' is not of type int"),
    (Interaction, {"process_step": 6}, "process_step", "6 is no step of"),
    (Interaction, {"status": "hold"}, "status", "'hold' is none of 'planned'"),
    (Topic, {"title": "Ljus", "links": [{"topic": "a"}, {}]}, "links[1].topic", "missing"),
    (Topic, {"title": "Ljus", "links": [{"topic": "a", "kind": "is"}]}, "links[0].kind", "'is' is none of"),
    (Topic, {"title": "Ljus", "returned": [{"actor": "a", "date": "x"}]}, "returned[0].date", "x: write"),
    (Topic, {"title": "Ljus", "lifted_on": "2026-11-12T13:00"}, "lifted_on", "2026-11-12T13:00: write"),
    (FollowUp, {"text": "Ring", "due": {"year": 2026}}, "due", "dict is not of type str"),
    (FollowUp, {"text": "Ring", "side": "us"}, "side", "'us' is none of 'we', 'they'"),
    (Pending, {"text": "Vem?", "raw": ["row"]}, "raw", "list is no object"),
    (Setting, {"id": None}, "id", "None is not of type str"),
]  # fmt: skip


@pytest.mark.parametrize(("cls", "doc", "path", "problem"), WRONG)
def test_what_is_wrong_is_named_by_its_path(cls: type[Record], doc: Any, path: str, problem: str) -> None:
    with pytest.raises(Invalid) as caught:
        from_doc(cls, doc)
    assert caught.value.fields["path"] == path
    assert caught.value.message().startswith(f"{path}: {problem}")


def test_braces_in_a_wrong_value_do_not_garble_the_message() -> None:
    with pytest.raises(Invalid, match=r"rev: '\{path\}\{x\}' is not of type int"):
        from_doc(Contact, {**EVA, "rev": "{path}{x}"})


broken = st.recursive(
    scalars
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["\ud800", 2**64, math.inf, b"", {1: 2}, (1,)]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(writing | st.text(), inner, max_size=3),
    max_leaves=5,
)


@every_class
@given(data=st.data())
def test_what_is_not_refused_can_be_written(cls: type[Record], data: st.DataObject) -> None:
    """Nothing but Invalid escapes, whatever is read; it names a path."""
    known = st.sampled_from([attribute.name for attribute in attrs.fields(cls)])
    doc = data.draw(broken | st.dictionaries(known | st.text(), broken, max_size=3))
    if isinstance(doc, dict) and data.draw(st.booleans()):
        doc = {"name": "Eva Ek", "text": "Ring", "title": "Ljus"} | doc
    outcome = read_or_error(cls, doc)
    if isinstance(outcome, Invalid):
        assert outcome.fields["path"]
        assert outcome.message().startswith(f"{outcome.fields['path']}: ")
    else:
        assert from_doc(cls, orjson.loads(written(to_doc(outcome)))) == outcome


@pytest.mark.parametrize(
    "doc",
    [
        {"rev": 2**64}, {"value": 2**64}, {"value": math.nan}, {"value": [math.inf]},
        {"extra": {"a.b": 2**64}}, {"created_by": "\ud800"}, {"value": "\ud800"}, {"newer": "\ud800"},
        {"\ud800": "newer"}, {"newer": {1: 2}}, {"newer": datetime(2026, 11, 12, tzinfo=UTC)},
        {"value": {1, 2}}, {"extra": {"\ud800": 1}},
    ],
)  # fmt: skip
def test_what_json_cannot_hold_is_refused(doc: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        from_doc(Setting, doc)


def read_or_error(cls: type[Record], doc: Any) -> Record | Invalid:
    try:
        return from_doc(cls, doc)
    except Invalid as error:
        return error


@given(some_record, json, st.data())
def test_one_wrong_field_is_the_one_that_is_named(record: Record, wrong: Any, data: st.DataObject) -> None:
    cls = type(record)
    known = [attribute.name for attribute in attrs.fields(cls) if attribute.name != "unknown"]
    field = data.draw(st.sampled_from(known))
    outcome = read_or_error(cls, {**to_doc(record), field: wrong})
    if isinstance(outcome, Invalid):
        partners = [end for start, end in SPANS if start == field]
        assert outcome.fields["path"].replace("[", ".").split(".")[0] in (field, *partners)


# What a program hands over


def test_checked_reads_a_record_as_it_would_be_read_back() -> None:
    sloppy = Contact(name="Eva Ek", rev="1")  # type: ignore[arg-type]
    with pytest.raises(Invalid) as caught:
        checked(sloppy)
    assert caught.value.fields["path"] == "rev"
    with pytest.raises(Invalid) as caught:
        checked(Interaction(participants=[Participation(role=7)]))  # type: ignore[arg-type]
    assert caught.value.fields["path"] == "participants[0].role"
    assert checked(Role(share=1)) == Role(share=1.0)


def test_record_class() -> None:
    for name, cls in RECORDS.items():
        assert record_class(name) is cls
    with pytest.raises(Invalid, match=r"contcat \(nearest: contact\)$") as caught:
        record_class("contcat")
    assert caught.value.fields["path"] == "type"
    with pytest.raises(Invalid, match=r"no such type of record: zzz$"):
        record_class("zzz")


def test_check_keys_refuses_a_slip_of_the_pen() -> None:
    for cls in RECORDS.values():
        names = {attribute.name for attribute in attrs.fields(cls)} - {"unknown", "hidden"}
        check_keys(dict.fromkeys(names), cls)
    for slip in ("nmae", "unknown", "zzz"):
        with pytest.raises(Invalid) as caught:
            check_keys({"name": "Eva Ek", slip: 1}, Contact)
        assert caught.value.fields["path"] == slip
    with pytest.raises(Invalid, match=r"nmae: contact has no such field \(nearest: name\)$"):
        check_keys({"nmae": "Eva Ek"}, Contact)
