"""Who may be one and the same: how well it is told, never by a name alone, and what becomes of the answer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kontaktnat import Actor, Book, Contact, Refused, Role, Usage, Way
from kontaktnat.i18n import Text
from kontaktnat.likeness.evidence import Likeness, likeness
from kontaktnat.likeness.suggesting import _alike

NAMES = st.text(st.sampled_from("aeikErKÅåöñØ\u0301Ã¶?\ufffd1d.,-'’()@/\n "), min_size=1, max_size=30)
SET = Path(__file__).parents[1] / "duplicates"


def pairs(name: str) -> list[dict[str, Any]]:
    lines = (SET / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line]


def compared(pair: dict[str, Any]) -> Likeness:
    return likeness(pair["type"], pair["one"], pair["other"])


# How well


@pytest.mark.parametrize("type", ["contact", "actor"])
@pytest.mark.parametrize("name", ["labelled", "held_out", "unseen", "blind", "again"])
def test_what_is_sure_is_right_and_little_is_missed(name: str, type: str) -> None:
    """Of the pairs held out only numbers are told: nobody shall mend the rules by them."""
    found = [(pair, compared(pair)) for pair in pairs(name) if pair["type"] == type]
    sure = [pair for pair, like in found if like.tier == "sure"]
    same = [(pair, like) for pair, like in found if pair["same"]]
    wrong = [pair for pair in sure if not pair["same"]]
    missed = [pair for pair, like in same if not like]
    told = [len(wrong), len(missed)] if name == "held_out" else [wrong, missed]
    assert 1 - len(wrong) / len(sure) >= 0.99, told
    assert 1 - len(missed) / len(same) >= 0.95, told
    assert len(sure) / len(same) > 0.4, "what is never sure is never wrong"


@pytest.mark.parametrize("name", ["labelled", "held_out", "unseen", "blind", "again"])
def test_the_same_from_either_side_and_through_a_book(name: str) -> None:
    """Whoever is alike is also found among many: what is shared brings them together."""
    turned, lost = [], []
    for pair in pairs(name):
        like = compared(pair)
        if likeness(pair["type"], pair["other"], pair["one"]) != like:
            turned.append(pair)
        docs = [{**pair["one"], "id": "one"}, {**pair["other"], "id": "other"}]
        if [found for _, _, found in _alike(pair["type"], docs)] != ([like] if like else []):
            lost.append(pair)
    told = [len(turned), len(lost)] if name == "held_out" else [turned, lost]
    assert (turned, lost) == ([], []), told


# Never by the name alone


def test_no_names_of_persons_alone_are_alike() -> None:
    known = [pair for name in ("labelled", "unseen") for pair in pairs(name) if pair["type"] == "contact"]
    names = {doc["name"] for pair in known for doc in (pair["one"], pair["other"])}
    for name in names:
        assert not likeness("contact", {"name": name}, {"name": name})
    for pair in known:
        bare = ({key: pair[one].get(key, "") for key in ("name", "given", "family")}
                for one in ("one", "other"))  # fmt: skip
        assert not likeness("contact", *bare)


@settings(max_examples=200, deadline=None)
@given(name=NAMES, other=NAMES, same=st.booleans())
@example(name="E Ek", other="Ã\u0301", same=False)  # a word that is an accent alone
def test_whatever_a_name_is(name: str, other: str, same: bool) -> None:
    docs = {"name": name}, {"name": name if same else other}
    assert not likeness("contact", *docs)
    assert likeness("actor", *docs) == likeness("actor", *reversed(docs))


def test_an_actors_name_alone_neither() -> None:
    for name in ("Byalaget", "Lions Club", "Hyresgästföreningen", "Norra skolan"):
        assert not likeness("actor", {"name": name}, {"name": name})
        docs = ({"name": name, "kind": "association", "place": place} for place in ("0880", "0881"))
        assert not likeness("actor", *docs)


# By what principle


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Räddningtjänsten Nybro", "Räddningstjänsten Nybro"),
        ("IFK Nybro", "Idrottsföreningen Kamraterna Nybro"),
        ("PRO Nybro", "Pensionärernas riksorganisation i Nybro"),
        ("HSB:s lokalförening Nybro", "HSB Nybro"),
        ("Polisen, lokalpolisområde Nybro", "LPO Nybro"),
        ("Brottsofferjouren Gästrikland", "BOJ i Gästrikland"),
        ("Åkrahällskolan F-6, Nybro", "Åkrahällskolan i Nybro"),
        ("Glasrikets Företags Service Nybro", "Glasrikets Företagsservice Nybro"),
    ],
)
def test_one_organisation_under_two_names(name: str, other: str) -> None:
    assert likeness("actor", {"name": name, "kind": "association"}, {"name": other, "kind": "association"})


def test_a_whole_may_be_left_out_of_its_parts_name() -> None:
    part = {"name": "Frivården Kalmar", "kind": "state_agency", "parent": "Kriminalvården"}
    assert likeness("actor", part, {"name": "Kriminalvården Frivården Kalmar", "kind": "state_agency"})
    assert not likeness("actor", part, {"name": "Kriminalvården häktet Kalmar", "kind": "state_agency"})
    assert not likeness("actor", part, {"name": "Kriminalvården", "kind": "state_agency"})


def test_a_particle_is_no_name_in_common() -> None:
    mobile = [{"kind": "phone", "value": "070-174 06 11"}]
    one = {"name": "Eva von Ekdal", "ways": mobile}
    assert likeness("contact", one, {"name": "Eva Ekdal", "ways": mobile}).tier == "sure"
    assert "a name more or less, the others are the same" not in likeness(
        "contact", one, {"name": "Eva von Lundgård", "ways": mobile}
    ).reasons  # fmt: skip


def test_one_street_in_two_towns_is_no_address_in_common() -> None:
    def at(where: str) -> dict[str, Any]:
        return {"name": "Eva Ekdal", "ways": [{"kind": "address", "value": where}]}

    assert likeness("contact", at("Byvägen 3, 382 30 Nybro"), at("Byvägen 3"))
    assert likeness("contact", at("Byvägen 3, 382 30 Nybro"), at("Byv. 3, Nybro"))
    assert not likeness("contact", at("Byvägen 3, 382 30 Nybro"), at("Byvägen 3, Kalmar"))


def test_a_mailbox_that_bears_a_given_name_may_have_gone_on() -> None:
    def sven(mobile: str) -> dict[str, Any]:
        ways = [{"kind": "mail", "value": "sven@ekdals.example"}, {"kind": "phone", "value": mobile}]
        return {"name": "Sven Ekdal", "ways": ways}

    assert likeness("contact", sven("070-174 06 11"), sven("070-174 06 12")).tier == "maybe"
    assert likeness("contact", sven("070-174 06 11"), sven("0701740611")).tier == "sure"


# Why


def test_reasons_are_said_and_true() -> None:
    for pair in (*pairs("labelled"), *pairs("unseen")):
        like = compared(pair)
        assert bool(like.reasons) == bool(like.tier)
        assert (like.score >= 70) == (like.tier == "sure")
        for reason in like.reasons:
            assert isinstance(reason, Text)
            _is_true(reason, pair)


def _is_true(reason: Text, pair: dict[str, Any]) -> None:
    docs = pair["one"], pair["other"]
    if reason == "the same name" and pair["type"] == "contact":
        assert _letters(docs[0]) == _letters(docs[1])
    for said in ("mail", "number"):
        if value := reason.fields.get(said):
            digits = _plain(value.removeprefix("+46").partition("@")[0])
            for doc in docs:
                ways = [way for one in (doc, *doc.get("hats", ())) for way in one.get("ways", ())]
                assert any(digits in _plain(way["value"]) for way in ways)


def _letters(doc: dict[str, Any]) -> list[str]:
    """Those of the name, in whatever order its parts stand."""
    from kontaktnat.likeness.names import parsed
    from kontaktnat.text import fold

    name = parsed(doc["name"], doc.get("given", ""), doc.get("family", ""))
    return sorted(fold("".join((*name.given, *name.family))))


def _plain(value: str) -> str:
    from kontaktnat.text import fold

    return "".join(filter(str.isalnum, fold(value)))


# In a book


@pytest.fixture
def evas(book: Book) -> list[Contact]:
    nybro = book.add(Actor(name="Nybro kommun", kind="municipality", place="0881"))
    made = [
        book.add(Contact(name="Eva Ek", ways=[Way(kind="phone", value="070-174 06 11")])),
        book.add(Contact(name="Ek, Eva", ways=[Way(kind="phone", value="+46 70 174 06 11")])),
        book.add(Contact(name="Eva Ek")),
        book.add(Contact(name="Per Ek", ways=[Way(kind="phone", value="070-174 06 12", label="hem")])),
    ]
    for one in made[:2]:
        book.add(Role(contact=one.id, actor=nybro.id, function="crime_prevention_coordinator"))
    return made


def test_a_book_suggests_with_its_reasons(book: Book, evas: list[Contact]) -> None:
    (found,) = book.duplicates()
    assert (found.type, found.tier) == ("contact", "sure")
    assert {found.one, found.other} == {evas[0].id, evas[1].id}
    assert "the same mobile number +46701740611" in found.reasons
    assert "the same role at the same place" in found.reasons
    assert book.duplicates("actor") == book.duplicates(tier="maybe") == ()
    assert book.duplicates("contact", "sure") == (found,)
    for wrong in ({"type": "role"}, {"tier": "certain"}):
        with pytest.raises(Usage):
            book.duplicates(**wrong)


def test_told_apart_or_merged_they_are_not_suggested_again(book: Book, evas: list[Contact]) -> None:
    book.not_same(evas[1], evas[0])
    assert book.duplicates() == ()
    rows = b"name;phone\nEva Ek;070-174 06 11\n"
    from io import BytesIO

    book.import_from(BytesIO(rows), format="csv", options={"as": "contact"})
    assert book.duplicates() == (), "nor after an import"
    third = book.add(Contact(name="Eva Ek", ways=[Way(kind="phone", value="0701740611")]))
    assert len(book.duplicates()) == 2
    book.merge(evas[0], third)
    assert book.duplicates() == (), "what was told of the one that stays still holds"
    book.undo()
    assert len(book.duplicates()) == 2


def test_who_is_protected_is_never_suggested(book: Book, evas: list[Contact]) -> None:
    book.update(evas[1].id, protected=True)
    assert book.duplicates() == ()
    assert len(book.outward(reveal="a test").duplicates()) == 1
    house = book.add(Actor(name="Kvinnohuset i Nybro", place="0881", org_number="802999-1075"))
    other = book.add(Actor(name="Kvinnohuset, Nybro", place="0881", org_number="802999-1075"))
    assert len(book.duplicates("actor")) == 1
    book.update(other.id, protected=True)
    assert book.duplicates("actor") == ()
    assert house.id


def test_a_number_that_many_have_says_little(book: Book) -> None:
    line = [Way(kind="phone", value="0480-45 00 00")]
    for name in ("Eva Ek", "Eva Lund", "Per Ek", "Åsa Öberg", "Bo Björk"):
        book.add(Contact(name=name, ways=line))
    assert book.duplicates() == ()
    twice = book.add(Contact(name="Åsa Öberg", ways=line))
    (found,) = book.duplicates()
    assert twice.id in (found.one, found.other)
    assert found.tier == "maybe"


def test_a_block_that_is_too_large_is_cut_down(book: Book) -> None:
    """A switchboard's number on all cards: still each finds whose name is theirs."""
    shared = [
        Way(kind="phone", value="0480-45 00 00", label="växel"),
        Way(kind="mail", value="info@region.example"),
    ]
    with book.transaction():
        for n in range(60):
            name = f"{'ABCDEFGHIJ'[n % 10]}na Nordin{'abcdef'[n // 10]}"
            for _ in range(2):
                book.add(Contact(name=name, ways=shared))
    found = {frozenset((one.one, one.other)) for one in book.duplicates()}
    by_name: dict[str, list[str]] = {}
    for one in book.contacts.all():
        by_name.setdefault(one.name, []).append(one.id)
    assert {frozenset(ids) for ids in by_name.values()} <= found


def test_an_organisation_number_is_evidence_and_no_key(book: Book) -> None:
    for name, place in (("Kalmar tingsrätt", "0880"), ("Växjö tingsrätt", "0780"), ("Domstolsverket", "")):
        book.add(Actor(name=name, kind="state_agency", place=place, org_number="202100-2742"))
    assert book.duplicates() == ()
    book.add(Actor(name="Tingsrätten i Kalmar", kind="state_agency", place="0880"))
    assert [one.type for one in book.duplicates()] == ["actor"]


def test_roles_are_not_told_apart(book: Book, evas: list[Contact]) -> None:
    with pytest.raises(Refused):
        book.not_same(evas[0], book.actors.all()[0])


# At the prompt


@pytest.fixture
def doubles(kalmar: Any) -> tuple[Any, str, str]:
    kalmar("add", "contact", "Eva Ek", "--role", "samordnare@nybro", "--phone", "070-174 06 11")
    kalmar("add", "contact", "Eva Ek", "--new", "--phone", "+46701740611", "--email", "eva@nybro.example")
    first, second = kalmar("merge", "--suggest", "-o", "ids").out.split()
    return kalmar, first, second


def test_suggestions_are_listed(doubles: tuple[Any, str, str]) -> None:
    kn, first, second = doubles
    shown = kn("merge", "--suggest")
    assert (shown.code, shown.err) == (0, "")
    assert "sure" in shown.out
    assert "Eva Ek (Nybro kommun)" in shown.out
    assert "the same mobile number +46701740611" in shown.out
    assert shown.last.startswith("decide with: kontaktnat merge")
    (row,) = kn("merge", "--suggest", "-o", "json").records()
    assert (row["type"], row["tier"], row["id"], row["other"]) == ("contact", "sure", first, second)
    assert "the same mobile number +46701740611" in row["reasons"]
    assert kn("merge", "--suggest", "--type", "actor").out == "nothing to show\n"
    assert kn("merge", "--suggest", "-o", "csv").out.count("\n") == 2
    assert "säkert" in kn("--lang", "sv", "merge", "--suggest").out


def test_not_the_same_is_remembered_and_undone(doubles: tuple[Any, str, str]) -> None:
    kn, first, second = doubles
    told = kn("merge", first, second, "--not-same", "--dry-run")
    assert told.last.startswith("would be remembered as not the same: Eva Ek")
    assert kn("merge", "--suggest", "-o", "ids").out
    told = kn("merge", second, first, "--not-same")
    assert told.last.startswith("undo ")
    assert kn("merge", "--suggest", "-o", "ids").out == ""
    assert kn("undo", told.last.split()[1]).code == 0
    assert kn("merge", "--suggest", "-o", "ids").out


def test_one_by_one(doubles: tuple[Any, str, str]) -> None:
    kn, first, second = doubles
    skipped = kn("merge", "--suggest", stdin="vet inte\ns\n", terminal=True)
    assert "1 of 1: sure, " in skipped.out
    assert f"goes:  Eva Ek (contact {second})" in skipped.out
    assert "becomes: Eva Ek; ways: 070-174 06 11, eva@nybro.example" in skipped.out
    assert "why: " in skipped.out
    assert "m merge, n not the same, s skip, q quit" in skipped.err
    assert skipped.last == "merged 0, not the same 0, left 1"
    assert kn("merge", "--suggest", stdin="q\n", terminal=True).last == "merged 0, not the same 0, left 1"
    assert kn("merge", "--suggest", "--dry-run", stdin="m\n", terminal=True).last.startswith("merged 1")
    assert kn("merge", "--suggest", "-o", "ids").out
    assert kn("merge", "--suggest", stdin="n\n", terminal=True).last == "merged 0, not the same 1, left 0"
    assert kn("merge", "--suggest", "-o", "ids").out == ""
    kn("undo")
    assert kn("merge", "--suggest", stdin="m\n", terminal=True).last == "merged 1, not the same 0, left 0"
    assert kn("list", "contacts", "-o", "ids").out.split() == [first]
    kn("undo")
    assert len(kn("list", "contacts", "-o", "ids").out.split()) == 2


def test_the_result_is_shown_before_it_is_merged(doubles: tuple[Any, str, str]) -> None:
    kn, first, second = doubles
    shown = kn("merge", first, second, stdin="nej\n", terminal=True).out
    assert "becomes: Eva Ek; ways: 070-174 06 11, eva@nybro.example; " in shown
    assert "Eva Ek, crime prevention coordinator at Nybro kommun" in shown
    assert shown.index("becomes:") < shown.index("nothing was merged")
    kn("add", "contact", "Eva E", "--protected", "--email", "kanarie@x.example")
    assert "kanarie" not in kn("merge", first, "Eva E", "--dry-run").out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--suggest", "eva"), "leave the rest out"),
        (("--suggest", "--not-same"), "leave the rest out"),
        (("--type", "contact"), "go with --suggest"),
        (("nybro", "kalmar", "-o", "json"), "go with --suggest"),
    ],
)
def test_what_does_not_go_together(kalmar: Any, words: tuple[str, ...], says: str) -> None:
    ran = kalmar("merge", *words)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err
