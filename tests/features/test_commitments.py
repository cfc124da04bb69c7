"""What actors have committed themselves to: told by kind and field, or by the name that checklists have."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

import kontaktnat
from kontaktnat import Actor, Ambiguous, Book, Commitment, Conflict, Contact, Invalid, NotFound, hookimpl
from kontaktnat.extend import Fact, Field, Vocabulary, Word
from kontaktnat.facts import fact_named, facts, intervals

CHECKLIST = Path(__file__).parents[3] / "shared" / "data" / "checklista_kommun.csv"


@pytest.fixture
def nybro(book: Book) -> Actor:
    return book.add(Actor(name="Nybro kommun", kind="municipality", place="0881"))


# In the library


def test_one_is_made_and_then_told_more_of(book: Book, nybro: Actor) -> None:
    made = book.record_commitment(nybro, "action_plan", decided_on="2026-03-12")
    assert (made.actor, made.kind, str(made.decided_on)) == (nybro.id, "action_plan", "2026-03-12")
    more = book.record_commitment(nybro.id, "action_plan", followed_up_on="2026-10")
    assert (more.id, str(more.decided_on), str(more.followed_up_on)) == (made.id, "2026-03-12", "2026-10")
    book.undo()
    assert book.commitments.get(made.id).followed_up_on is None


def test_a_party_tells_of_the_same_one(book: Book, nybro: Actor) -> None:
    lessebo = book.add(Actor(name="Lessebo kommun", kind="municipality", county="07"))
    deal = book.add(Commitment(kind="agreement", actor=lessebo.id, parties=[nybro.id]))
    assert book.record_commitment(nybro, "agreement", followed_up_on="2026-11-02").id == deal.id


def test_what_has_ended_stays_as_it_is(book: Book, nybro: Actor) -> None:
    old = book.add(Commitment(kind="agreement", actor=nybro.id, valid_until="2026-11-12"))
    new = book.record_commitment(nybro, "agreement", note="ny")
    assert new.id != old.id
    assert book.commitments.get(old.id) == old


def test_one_that_has_ended_told_twice_is_one(book: Book, nybro: Actor) -> None:
    fields: Any = {"valid_from": "2024", "valid_until": "2025-12-31", "purposes": ["trygghet"]}
    old = book.record_commitment(nybro, "agreement", **fields)
    assert book.record_commitment(nybro, "agreement", **fields) == old
    assert book.record_commitment(nybro, "agreement", **fields, areas=["skola"]).id != old.id
    assert book.record_commitment(nybro, "agreement", purposes=["trygghet"]).valid_until is None


def test_a_renewed_one_has_not_ended(book: Book, nybro: Actor) -> None:
    old = book.add(Commitment(kind="agreement", actor=nybro.id, valid_until="2020-12-31", renewal_years=4))
    assert book.record_commitment(nybro, "agreement", note="x").id == old.id
    assert book.as_of("2026-11-12").commitments.all()
    assert book.record_commitment(nybro, "agreement", renewal_years=0).id == old.id  # notice was given then
    assert not book.as_of("2026-11-12").commitments.all()


def test_one_to_come_is_told_more_of_where_none_is_in_force(book: Book, nybro: Actor) -> None:
    coming = book.record_commitment(nybro, "agreement", valid_from="2027-01-01")
    assert book.record_commitment(nybro, "agreement", notice_months=6).id == coming.id
    now = book.add(Commitment(kind="agreement", actor=nybro.id, valid_until="2026-12-31"))
    assert book.record_commitment(nybro, "agreement", note="x").id == now.id


def test_of_several_in_force_none_is_guessed(book: Book, nybro: Actor) -> None:
    police = book.add(Actor(name="Lokalpolisområde Nybro"))
    first = book.add(Commitment(kind="agreement", actor=nybro.id, parties=[police.id], valid_from="2024",
                                valid_until="2027-12-31"))  # fmt: skip
    second = book.add(Commitment(kind="agreement", actor=nybro.id, decided_on="2025-05-01"))
    with pytest.raises(Ambiguous) as raised:
        book.record_commitment(nybro, "agreement", note="x")
    assert {id for id, _ in raised.value.fields["candidates"]} == {first.id, second.id}
    said = str(raised.value)
    assert f"{first.id} cooperation agreement: Nybro kommun, Lokalpolisområde Nybro (2024–2027-12-31)" in said
    assert f"{second.id} cooperation agreement: Nybro kommun (2025-05-01–)" in said
    assert "add commitment makes another one" in said


def test_what_a_predecessor_agreed_is_its_successors(book: Book, nybro: Actor) -> None:
    old = book.add(Actor(name="Algutsrums kommun", kind="municipality"))
    plan = book.record_commitment(old, "action_plan", decided_on="2025-01-01")
    book.succeed(old, nybro, on="2026-01-01")
    assert book.record_commitment(nybro, "action_plan", followed_up_on="2026-02-01").id == plan.id


def test_what_is_wrong_is_refused_and_nothing_is_saved(book: Book, nybro: Actor) -> None:
    version = book.version
    for kind, fields, error, said in (
        ("action_pln", {}, Invalid, "nearest: action_plan"),
        ("action_plan", {"decidedon": "2026"}, Invalid, "decidedon"),
        ("action_plan", {"kind": "agreement"}, Invalid, "stays of its kind"),
        ("council", {"status": "perhaps"}, Invalid, "perhaps is no word"),
    ):
        with pytest.raises(error, match=said):
            book.record_commitment(nybro, kind, **fields)
    with pytest.raises(NotFound, match="no record nobody"):
        book.record_commitment("nobody", "action_plan")
    person = book.add(Contact(name="Eva Ek"))
    with pytest.raises(Invalid, match="is no actor"):
        book.record_commitment(person.id, "action_plan")
    assert book.version == version + 1


@pytest.mark.parametrize(
    "text",
    [
        "council_last_meeting",
        "rad_senaste_mote",
        "råd-senaste-möte",
        "RÅDETS SENASTE MÖTE",
        "council last meeting",
    ],
)
def test_a_fact_by_any_of_its_names(book: Book, text: str) -> None:
    assert fact_named(book, text).name == "council_last_meeting"


def test_a_fact_that_there_is_not_names_the_nearest(book: Book) -> None:
    with pytest.raises(Invalid, match="nearest: council_last_meeting") as raised:
        fact_named(book, "council_last_metting")
    assert raised.value.fields["nearest"][0] == "council_last_meeting"


def test_no_two_facts_answer_to_one_name(book: Book) -> None:
    from kontaktnat.facts import key, spellings

    owners: dict[str, str] = {}
    for fact in facts(book):
        for name in map(key, spellings(fact)):
            assert owners.setdefault(name, fact.name) == fact.name, name


def test_practice_sets_what_is_custom_and_nothing_else(book: Book) -> None:
    assert intervals(book)["council_last_meeting"] == 6
    book.set("practice", {"months": {"council_last_meeting": 4}})
    assert intervals(book)["council_last_meeting"] == 4
    for name, said in (
        (
            "situation_picture_updated",
            "practice.months.situation_picture_updated: this interval is no custom",
        ),
        ("agreement_valid_to", "practice.months.agreement_valid_to: this interval is no custom"),
        ("responsible_board", "practice.months.responsible_board: this interval is no custom"),
        ("council_last_meting", r"months.council_last_meting: .*\(nearest: council_last_meeting\)"),
    ):
        book.set("practice", {"months": {name: 4}})
        with pytest.raises(Invalid, match=said):
            book.view("commitments")
    book.set("practice", {"months": {"council_last_meeting": 0}})
    with pytest.raises(Invalid, match=r"practice\.months\.council_last_meeting: 0 is no number above 0"):
        book.view("commitments")


def test_the_configurations_months_win_one_by_one() -> None:
    custom = {"practice": {"months": {"council_last_meeting": 3}}}
    with kontaktnat.open("memory:", by="anna", plugins=[], config=custom) as book:
        book.set("practice", {"months": {"council_last_meeting": 4, "safety_survey_date": 12}})
        found = intervals(book)
        assert (found["council_last_meeting"], found["safety_survey_date"]) == (3, 12)
        assert found["action_plan_followed_up"] == 24
        book.set("practice", {"months": 4})
        with pytest.raises(Invalid, match=r"practice\.months: a table is needed"):
            intervals(book)


def test_a_renewed_agreement_is_disclosed_of_a_later_year_too() -> None:
    from kontaktnat.model import PartialDate
    from kontaktnat.privacy.requested import within

    deal = Commitment(kind="agreement", valid_from="2020", valid_until="2024-12-31")
    later = PartialDate(2030), PartialDate(2030)
    assert not within(deal, *later)
    assert within(evolve(deal, renewal_years=4), *later)


# At the prompt


def bound(kalmar: Callable[..., Any], kind: str, actor: str = "nybro") -> Any:
    (found,) = kalmar("list", "commitments", f"actor={actor}", f"kind={kind}", "-o", "json").records()
    return found


def test_several_in_one_command_and_one_undo(kalmar: Callable[..., Any]) -> None:
    before = kalmar("list", "commitments", "-o", "json").records()
    ran = kalmar("set", "nybro", "action_plan.decided_on=2026-03-12", "rad_senaste_mote=2026-09-01",
                 "note=hej", "lagesbild_har_kartlaggning=ja", "has_analysis=ja")  # fmt: skip
    assert (ran.code, ran.err) == (0, "")
    said = ran.out.splitlines()
    assert "set: Nybro kommun: note: (empty) → hej" in said
    assert "set: action plan: Nybro kommun: decided_on: (empty) → 2026-03-12" in said
    assert "set: situation picture: Nybro kommun: contents: (empty) → mapping, analysis" in said
    assert sum(line.startswith("added: ") for line in said) == 3
    assert bound(kalmar, "council")["followed_up_on"] == "2026-09-01"
    again = kalmar("set", "nybro", "action_plan.decided_on=2026-03-12")
    assert "was like that already" in again.out
    kalmar("undo")
    assert kalmar("list", "commitments", "-o", "json").records() == before
    assert kalmar("list", "actors", "name=Nybro kommun", "-o", "json").records()[0].get("note") is None


def test_dry_run_says_it_and_saves_nothing(kalmar: Callable[..., Any]) -> None:
    before = kalmar("list", "commitments", "kind=agreement", "-o", "ids").out  # the county pack's
    ran = kalmar("set", "högsby", "agreement_parties=kalmar,torsås", "agreement_renewal_years=4", "--dry-run")
    said = ran.out.splitlines()
    assert said[0].startswith(
        "would add: cooperation agreement: Högsby kommun, Kalmar kommun, Torsås kommun ("
    )
    assert "would set: cooperation agreement: Högsby kommun: renewal_years: (empty) → 4" in said
    assert kalmar("list", "commitments", "kind=agreement", "-o", "ids").out == before


def test_lists_grow_and_shrink(kalmar: Callable[..., Any]) -> None:
    kalmar("set", "högsby", "agreement_parties=kalmar", "agreement.areas=skola,droger")
    kalmar("set", "högsby", "overenskommelse_part+=oskarshamn", "agreement.areas-=droger")
    found = bound(kalmar, "agreement", "högsby")
    assert (len(found["parties"]), found["areas"]) == (2, ["skola"])
    ran = kalmar("set", "högsby", "agreement_parties-=vimmerby")
    assert ran.out == "agreement.parties: vimmerby is not among them; nothing changed\n"


@pytest.mark.parametrize(
    ("given", "kind", "field", "value"),
    [
        ("est_status=ja", "est", "status", "active"),
        ("est_status=nej", "est", "status", "none"),
        ("est_status=planerad", "est", "status", "planned"),
        ("est=vilande", "est", "status", "dormant"),
        ("bra_statsbidrag=ja", "bra_grant", "status", "granted"),
        ("bra_statsbidrag=sökt", "bra_grant", "status", "applied"),
        ("council_led_by_municipality=yes", "council", "contents", ["led_by_municipality"]),
        ("integrerade_planer=budget,skola", "action_plan", "integrated_with", ["budget", "skola"]),
        ("medborgarlofte_period=2026", "citizen_promise", "valid_from", "2026-01-01"),
        ("medborgarlofte_period=2026", "citizen_promise", "valid_until", "2026-12-31"),
        ("citizen_promise_period=2026-02-01/2027-01-31", "citizen_promise", "valid_until", "2027-01-31"),
        ("åtgärdsplan.decided_by=kommunfullmäktige", "action_plan", "decided_by", "kommunfullmäktige"),
        ("åtgärdsplan.beslutad=2025-03-12", "action_plan", "decided_on", "2025-03-12"),
        ("agreement.valid_to=2027", "agreement", "valid_until", "2027"),
    ],
)  # fmt: skip
def test_what_is_written_and_what_it_means(
    kalmar: Callable[..., Any], given: str, kind: str, field: str, value: Any
) -> None:
    place = "högsby" if kind == "agreement" else "nybro"  # Nybro has one by its county pack
    assert kalmar("set", place, given).code == 0
    assert bound(kalmar, kind, place)[field] == value


def test_no_takes_a_word_out_and_makes_nothing(kalmar: Callable[..., Any]) -> None:
    kalmar("set", "nybro", "has_analysis=ja", "has_mapping=ja")
    kalmar("set", "nybro", "has_analysis=nej")
    assert bound(kalmar, "situation_picture")["contents"] == ["mapping"]
    ran = kalmar("set", "torsås", "has_analysis=nej")
    assert (ran.code, ran.out) == (
        0,
        "situation_picture.contents: analysis is not among them; nothing changed\n",
    )
    assert not kalmar("list", "commitments", "kind=situation_picture", "actor=torsås", "-o", "ids").out


def test_what_a_no_would_take_out_is_called_by_name(kalmar: Callable[..., Any]) -> None:
    ran = kalmar("--lang", "sv", "set", "torsås", "rad_leds_av_kommunen=nej")
    assert ran.out == "council.contents: leds av kommunen finns inte med; inget ändrades\n"


def test_a_day_to_come_is_said_to_count_for_nothing_yet(kalmar: Callable[..., Any]) -> None:
    ran = kalmar("set", "nybro", "rad_senaste_mote=2099-03-01", "agreement_valid_to=2099-12-31")
    assert (ran.code, ran.out.count("still to come")) == (0, 1)
    assert (
        "council.followed_up_on: 2099-03-01 is still to come; nothing counts as done before that day\n"
        in ran.out
    )
    assert "to come" not in kalmar("set", "nybro", "rad_senaste_mote=2026-01-15").out


def test_a_field_is_a_field_also_where_a_list_calls_something_so(kalmar: Callable[..., Any]) -> None:
    kalmar("set", "nybro", "est.status=aktiv")  # est_status would keep the day, too
    assert "updated_on" not in bound(kalmar, "est")


def test_a_period_that_is_over_told_twice_is_one(kalmar: Callable[..., Any]) -> None:
    for period in ("2020", "2020", "2021"):
        ran = kalmar("set", "nybro", f"medborgarlofte_period={period}")
        assert ran.code == 0
    found = kalmar("list", "commitments", "kind=citizen_promise", "-o", "json").records()
    assert sorted(one["valid_until"] for one in found) == ["2020-12-31", "2021-12-31"]
    assert "was like that already" in kalmar("set", "nybro", "medborgarlofte_period=2020").out
    kalmar("set", "nybro", "medborgarlofte_period=2099")
    assert kalmar("set", "nybro", "medborgarlofte_period=").code == 0
    (now,) = [one for one in kalmar("list", "commitments", "kind=citizen_promise", "-o", "json").records()
              if "valid_until" not in one]  # fmt: skip
    assert "valid_from" not in now


def test_of_a_new_one_all_is_said(kalmar: Callable[..., Any]) -> None:
    ran = kalmar("set", "torsås", "has_analysis=nej", "situation_picture_date=2026-01-15")
    lines = ran.out.splitlines()
    assert lines[0] == "situation_picture.contents: analysis is not among them; nothing changed"
    assert lines[1].startswith("added: situation picture: Torsås kommun (commitment ")
    assert lines[2:] == ["set: situation picture: Torsås kommun: decided_on: (empty) → 2026-01-15"]


def test_a_plugins_kind_by_its_own_name(kalmar: Callable[..., Any]) -> None:
    kalmar("set", "oskarshamn", "karnenergiovning=2026-05-01")
    assert bound(kalmar, "nuclear_preparedness", "oskarshamn")["followed_up_on"] == "2026-05-01"
    (row,) = kalmar("view", "commitments", "kind=nuclear_preparedness", "-o", "json").records()
    assert (row["due"], row["basis"]) == ("2028-05-01", "practice")


def test_the_day_it_is_told_is_kept_unless_one_is_given(kalmar: Callable[..., Any]) -> None:
    kalmar("set", "nybro", "est_status=ja", "sspf_status=ja", "sspf.updated_on=2025-05-01")
    today = kalmar("history", "-o", "json").records()[-1]["at"][:10]
    assert bound(kalmar, "est")["updated_on"] == today
    assert bound(kalmar, "sspf")["updated_on"] == "2025-05-01"


def test_an_actor_that_is_no_municipality_too(kalmar: Callable[..., Any]) -> None:
    kalmar("add", "actor", "Nybro IF", "--kind", "förening")
    assert kalmar("set", "nybro if", "safety_survey_date=2026-05-01").code == 0
    assert bound(kalmar, "safety_survey", "Nybro IF")["updated_on"] == "2026-05-01"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("set nybro action_plan.decidedon=2026", 5, "(nearest: action_plan.decided_on)"),
        ("set nybro action_pln.decided_on=2026", 5, "(nearest: action_plan.decided_on)"),
        ("set nybro council_last_metting=2026", 5, "(nearest: council_last_meeting)"),
        ("set nybro lagesbild_uppdaterat=2026", 5, "(nearest: lagesbild_uppdaterad)"),
        ("set nybro ÅTGÄRDSPLAN_UPPFÖLJT=2026", 5, "(nearest: atgardsplan_uppfoljd)"),
        ("set nybro action_plan.kind=agreement", 5, "no such field"),
        ("set nybro action_plan.id=x", 5, "no such field"),
        ("set nybro has_mapping=kanske", 5, "neither yes nor no"),
        ("set nybro est_status=kanske", 5, "no word for status of a commitment"),
        ("set nybro has_mapping+=ja", 5, "holds one value"),
        ("set nybro agreement_notice_months=sex", 5, "no number"),
        ("set nybro agreement_parties=nowhere", 3, "nowhere"),
        ("set nybro lagesbild_uppdaterad=2026 situation_picture.updated_on=2025", 2, "given twice"),
        ("set nybro agreement_valid_from=2027 agreement_valid_to=2026", 5, "valid_until"),
        ("set nybro rad_senaste_mote=2026-01-01 --on 2026-02-01", 2, "council.decided_on=DATE"),
        ("set nybro kommunpolis=per", 5, "handover FUNCTION@ACTOR"),
    ],
)  # fmt: skip
def test_one_line_says_what_is_wrong(kalmar: Callable[..., Any], words: str, code: int, said: str) -> None:
    version = kalmar("history", "-o", "json").records()[-1]["number"]
    ran = kalmar(*words.split())
    assert (ran.code, ran.out, ran.err.count("\n")) == (code, "", 1), ran
    assert said in ran.err
    assert kalmar("history", "-o", "json").records()[-1]["number"] == version


class Both:
    """A field of actors that is called as a field of a kind of commitment of the plugin's own."""

    name = "flood"

    @staticmethod
    @hookimpl
    def register_vocabularies() -> list[Vocabulary]:
        return [Vocabulary(name="commitment_kind", words=(Word(id="flood", sv="flod", en="flood"),))]

    @staticmethod
    @hookimpl
    def register_fields() -> list[Field]:
        return [Field(name="flood.note", records=("actor",), type=str, title="Note")]

    @staticmethod
    @hookimpl
    def register_facts() -> list[Fact]:
        return [Fact(kind="flood", name="cadence", path="followed_up_on", sv="övad", en="tested")]


def test_an_actors_own_field_and_a_plugins_win(
    kalmar: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kontaktnat, "open", partial(kontaktnat.open, plugins=[Both]))
    kalmar("set", "nybro", "flood.note=hej", "flood.decided_on=2026-01-01", "cadence=3m")
    (actor,) = kalmar("list", "actors", "name=Nybro kommun", "-o", "json").records()
    assert (actor["extra"], actor["cadence"]) == ({"flood.note": "hej"}, "P3M")
    found = bound(kalmar, "flood")
    assert (found["decided_on"], found.get("note"), found.get("followed_up_on")) == ("2026-01-01", None, None)


# The checklist that a coordinator works by

VALUES = {
    "date": "2026-03-12", "bool": "ja", "int": "4", "list": "skola", "text": "kommunstyrelsen", "url":
    "https://nybro.example/trygghet", "daterange": "2026", "enum": "ja", "obj": "ja", "ref": "kalmar",
    "list[agreement]": "kalmar", "list[need]": "orsaksanalys",
}  # fmt: skip
ELSEWHERE = {
    "coordination_function_person_id", "coordination_fte_percent", "coordinator_other_assignments",
    "executive_chair_id", "municipal_police_id", "last_contact", "last_visit", "politicians_trained",
}  # fmt: skip


def checklist() -> Sequence[dict[str, str]]:
    if not CHECKLIST.exists():
        pytest.skip("the checklist is not here: ../shared/data/checklista_kommun.csv")
    with CHECKLIST.open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


def test_every_line_of_the_checklist_is_set_or_answered(kalmar: Callable[..., Any]) -> None:
    rows = checklist()
    assert len(rows) > 40
    for row in rows:
        kind = row["type"].split("(")[0].split(",")[0].split(" ")[0].lower()
        for name in (row["falt_sv"], row["field_en"]):
            value = VALUES.get(kind, "2026-03-12")
            value = "kalmar" if name in ("agreement_parties", "overenskommelse_part") else value
            ran = kalmar("set", "nybro", f"{name}={value}")
            if row["field_en"] in ELSEWHERE:
                assert (ran.code, ran.err.count("\n")) == (5, 1), (name, ran)
                assert f"{name}: this is set elsewhere: " in ran.err
            else:
                assert (ran.code, ran.err) == (0, ""), (name, ran)
                assert ran.out, name


def test_two_who_tell_of_the_same_at_once_make_one(open_book: Callable[..., Book], tmp_path: Path) -> None:
    """Neither has seen the other's: whoever comes second is told, and nothing stands there twice."""
    one = open_book(tmp_path / "b.kn", mode="create")
    nybro = one.add(Actor(name="Nybro kommun", kind="municipality"))
    other = open_book(tmp_path / "b.kn", by="bo")

    def both() -> None:
        with one.transaction("set"):
            one.record_commitment(nybro.id, "council", meetings_per_year=3)
            other.record_commitment(nybro.id, "council", meetings_per_year=4)

    with pytest.raises(Conflict):
        both()
    assert [made.meetings_per_year for made in other.commitments.where(kind="council")] == [4]


def test_of_a_kind_that_a_newer_one_replaces_the_newest_is_told_of(book: Book) -> None:
    nybro = book.add(Actor(name="Nybro kommun", kind="municipality"))
    for day in ("2026-05-01", "2022-05-01"):
        book.add(Commitment(kind="action_plan", actor=nybro.id, decided_on=day))
    told = book.record_commitment(nybro.id, "action_plan", followed_up_on="2026-10-01")
    assert str(told.decided_on) == "2026-05-01"
