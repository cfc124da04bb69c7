"""`privacy disclose`: what somebody asks to see, marked for the human who decides (TF 2 kap., OSL)."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kontaktnat
from kontaktnat import (
    Actor,
    Ambiguous,
    Book,
    Contact,
    FollowUp,
    Interaction,
    Invalid,
    Network,
    Pending,
    Refused,
    Role,
    Topic,
    Usage,
    Way,
)
from kontaktnat.i18n import speaking
from kontaktnat.mentions import Mentions, identity
from kontaktnat.privacy.disclosed import Disclosure
from kontaktnat.query import strings

SIGN = "kanarie"


@pytest.fixture
def told(book: Book) -> dict[str, str]:
    """Nybro and Kalmar; Eva works at Nybro, Siv too, and is protected; a shelter is."""
    made: dict[str, Any] = {
        "nybro": book.add(Actor(name="Nybro kommun", kind="municipality", place="0881", aliases=["Nybro"])),
        "kalmar": book.add(Actor(name="Kalmar kommun", kind="municipality", place="0880")),
        "shelter": book.add(
            Actor(
                name="Jouren", protected=True, ways=[Way(kind="address", value=f"{SIGN}gatan 1")], note=SIGN
            )
        ),
        "eva": book.add(
            Contact(name="Eva Ek", given="Eva", family="Ek", ways=[Way(kind="phone", value="070-174 06 05")])
        ),
        "siv": book.add(
            Contact(
                name="Siv Rönn",
                given="Siv",
                family="Rönn",
                protected=True,
                note=SIGN,
                ways=[Way(kind="mail", value="siv@kalmar.example")],
            )
        ),
    }
    made["hat"] = book.add(Role(contact=made["eva"].id, actor=made["nybro"].id, function="case_officer"))
    made["hidden"] = book.add(Role(contact=made["siv"].id, actor=made["kalmar"].id, function="case_officer"))
    with book.accepting("står i begäran"):
        made["call"] = book.add(
            Interaction(
                kind="phone",
                when="2026-09-01T10:00",
                participants=[made["hat"].id, made["hidden"].id],
                summary="Eva och Siv: Karin Berg, 850101-9809, 0480-450 11, x@y.example, siv@kalmar.example, "
                f"{SIGN.upper()}gatan  1",
                registry_number="311-2026",
                draft=True,
            )
        )
    made["promise"] = book.add(FollowUp(text="Skicka underlaget", about=[made["call"].id]))
    made["topic"] = book.add(Topic(title="Stationen", text="Oro i Nybro", raised_on="2025-03"))
    made["other"] = book.add(Interaction(kind="visit", when="2026-02-01", participants=[made["kalmar"].id]))
    return {name: one.id for name, one in made.items()}


def _ids(found: Disclosure) -> set[str]:
    return {one.id for one in found.pages}


def _texts(found: Disclosure, id: str) -> dict[str, Any]:
    (one,) = (row for row in found.data()["records"] if row["id"] == id)
    return {text["path"]: text for text in one["texts"]}


def _swedish(found: Disclosure) -> str:
    with speaking("sv"):
        return found.markdown()


def test_a_name_gives_the_record_and_all_that_is_linked_or_names_it(book: Book, told: dict[str, str]) -> None:
    wanted = {told[name] for name in ("nybro", "hat", "call", "promise", "topic")}
    for query in ("Nybro", "nybro kommun", told["nybro"]):
        assert _ids(book.privacy.disclose(query)) == wanted
    assert _ids(book.privacy.disclose("Eva Ek")) == {told[name] for name in ("eva", "hat", "call", "promise")}
    assert _ids(book.privacy.disclose(told["call"])) == {told["call"], told["promise"]}


def test_anything_else_is_a_search(book: Book, told: dict[str, str]) -> None:
    assert _ids(book.privacy.disclose("oro station")) == {told["topic"]}
    found = book.privacy.disclose("finns inte")
    assert found.pages == ()
    assert "0 poster" in _swedish(found)


def test_where_somebody_is_to_be_found_is_covered_or_marked(book: Book, told: dict[str, str]) -> None:
    way = Way(kind="address", value="Hemliggatan 7, 361 30 Emmaboda")
    kim = book.add(Contact(name="Kim Kvist", protected=True, ways=[way]))
    book.add(
        Role(contact=kim.id, actor=told["kalmar"], ways=[Way(kind="web", value="https://sivs.example/")])
    )
    book.update(told["eva"], ways=[Way(kind="address", value="Ekbacken 4, 361 30 Emmaboda")])
    text = "Vi sågs på Hemliggatan 7 i Emmaboda, www.sivs.example, sedan på Ekbacken 4."
    topic = book.add(Topic(title="Möte", text=text))
    found = book.privacy.disclose(topic.id)
    said = _texts(found, topic.id)["text"]
    assert "Hemlig" not in said["text"]
    assert "sivs" not in said["text"]
    marked = [said["text"][one["start"] : one["end"]] for one in said["spans"] if one["kind"] == "address"]
    assert marked == ["Ekbacken 4"]
    assert "[adress: Ekbacken 4]" in _swedish(found).replace("\\", "")


def test_names_alone_initials_and_ids_are_marked(book: Book, told: dict[str, str]) -> None:
    text = "Ek skrek, Siv var med. A. Svensson, O'Neil, 850312 1236, Kim_Kvist.eml; "
    text += f"{told['eva']}, {told['siv']}"
    topic = book.add(Topic(title="Möte", text=text))
    said = _texts(book.privacy.disclose(topic.id), topic.id)["text"]
    marked = [(said["text"][one["start"] : one["end"]], one["kind"]) for one in said["spans"]]
    assert marked[:-1] == [
        ("Ek", "person"),
        ("Siv", "person"),
        ("A. Svensson", "person"),
        ("O'Neil", "person"),
        ("850312 1236", "number"),
        ("Kim_Kvist", "person"),
        (told["eva"], "contact"),
    ]
    assert marked[-1][1] == "protected"
    assert told["siv"] not in said["text"]


def test_secrecy_is_assessed_where_a_linked_record_is_about_the_protected(
    book: Book, told: dict[str, str]
) -> None:
    todo = book.add(FollowUp(text="Ring Siv", about=[told["call"]]))
    found = book.privacy.disclose(todo.id)
    assert {one.id: one.protected for one in found.pages} == {
        told["call"]: True,
        told["promise"]: False,
        todo.id: True,
    }
    assert "Siv" not in json.dumps(found.data())
    (plain,) = book.privacy.disclose(told["topic"]).pages
    assert not plain.protected


def test_an_actor_beside_somebody_protected_is_marked(book: Book, told: dict[str, str]) -> None:
    topic = book.add(Topic(title="Nybro", text="Siv Rönn arbetar på Kalmar kommun"))
    found = book.privacy.disclose(topic.id)
    texts = _texts(found, topic.id)
    said = texts["text"]
    assert [
        (said["text"][one["start"] : one["end"]], one["kind"])
        for one in said["spans"]
        if one["kind"] != "protected"
    ] == [("Kalmar kommun", "actor")]
    assert texts["title"]["spans"] == []
    assert "[aktör: Kalmar kommun]" in _swedish(found).replace("\\", "")


def test_days_and_types_bound_it(book: Book, told: dict[str, str]) -> None:
    def ids(**bounds: Any) -> set[str]:
        return _ids(book.privacy.disclose("Nybro", **bounds))

    assert ids(types=["topic", "interaction"]) == {told["topic"], told["call"]}
    assert ids(types=["topic", "interaction"], since="2026") == {told["call"]}
    assert ids(types=["topic"], until="2025-03-01") == {told["topic"]}  # in March, whatever the day
    assert ids(types=["topic"], until="2025-02") == set()
    assert told["nybro"] in ids(since="2020", until="2020")  # what was asked for by name


def test_each_text_has_what_is_to_be_decided_on(book: Book, told: dict[str, str]) -> None:
    summary = _texts(book.privacy.disclose("Nybro"), told["call"])["summary"]
    text = summary["text"]
    found = [(one["kind"], text[one["start"] : one["end"]]) for one in summary["spans"]]
    mark = "[protected, OSL 21 kap. 3 §: to be assessed]"
    assert found == [
        ("contact", "Eva"), ("protected", mark), ("person", "Karin Berg"), ("number", "850101-9809"),
        ("phone", "0480-450 11"), ("mail", "x@y.example"), ("protected", mark), ("protected", mark),
    ]  # fmt: skip
    participants = _texts(book.privacy.disclose("Nybro"), told["call"])["participants"]
    assert participants["text"] == f"Eva Ek, case officer, Nybro kommun; {mark}"


def test_the_protected_are_covered_and_their_workplace(book: Book, told: dict[str, str]) -> None:
    for query in ("Nybro", "Jouren", told["siv"], "x@y.example"):
        found = book.privacy.disclose(query)
        for form in (found.markdown(), _swedish(found), json.dumps(found.data(), ensure_ascii=False)):
            assert SIGN not in form.casefold()
            for hidden in ("Rönn", "siv@", "Siv ", "Kalmar kommun"):
                assert hidden not in form
    assert told["hidden"] not in _ids(book.privacy.disclose("Kalmar kommun"))
    assert told["call"] not in _ids(book.privacy.disclose("Kalmar kommun"))


PLACES = ("subject", "theme", "summary", "place", "registry_number", "asked", "series")


@given(
    name=st.sampled_from(("Siv Rönn", "Ek Berg", "Åsa von Ek", "Siv")),
    pieces=st.lists(
        st.sampled_from(("{0}", "{0}s", "{1}", "{2}", "{3}", "Eva Ek", "Eva", "och", ",")), max_size=8
    ),
    decomposed=st.booleans(),
)
def test_nobody_protected_survives_whatever_the_text(name: str, pieces: list[str], decomposed: bool) -> None:
    mail, phone = "dold@kalmar.example", "070-174 06 11"
    text = " ".join(piece.format(name, name.upper(), mail, phone) for piece in pieces) or "x"
    if decomposed:
        text = unicodedata.normalize("NFD", text)
    with kontaktnat.open("memory:", by=text, plugins=[]) as book:
        eva = book.add(Contact(name="Eva Ek", note=text))
        actor = book.add(Actor(name="Nybro kommun", note=text))
        ways = [Way(kind="mail", value=mail), Way(kind="phone", value=phone)]
        them = book.add(Contact(name=name, protected=True, ways=ways))
        role = book.add(Role(contact=eva.id, actor=actor.id, title=text))
        bare: Any = Interaction(kind="phone", when="2026", participants=[role.id])
        call = book.add(attrs.evolve(bare, **dict.fromkeys(PLACES, text)))
        book.add(FollowUp(text=f"x {text}", about=[call.id]))
        book.add(Topic(title=f"x {text}", extra={"gone.x": {text[:30]: text}}, raised_by=[actor.id]))
        book.add(Pending(text=f"x {text}", kind="contact", raw={text[:30]: text}, candidates=[eva.id]))
        forms = [book.privacy.disclose(query).data() for query in ("Nybro kommun", "Eva Ek", them.id)]
        forms += [book.privacy.extract(eva.id).data()]
    wanted = identity(
        [{"name": name, "ways": [{"kind": "mail", "value": mail}, {"kind": "phone", "value": phone}]}]
    )
    seen = Mentions({"other": wanted, "eva": identity([{"name": "Eva Ek"}])})
    for form in forms:
        for head in ("disclosure", "extract"):  # what was asked for, and who made it
            form[head] = {name: form.get(head, {}).get(name) for name in ("made", "notes", "count")}
        for said in strings(form):
            assert not [one for one in seen.spot(said) if "other" in one.people], said


def test_a_reveal_shows_them_marked_and_is_logged(book: Book, told: dict[str, str]) -> None:
    before = book.version
    with pytest.raises(Refused):
        book.privacy.disclose("Nybro", reveal=" ")
    found = book.privacy.disclose("Nybro", reveal="begäran 12-2026")
    (looked,) = [*book.changes(before)]
    assert set(looked.reveals) == {told["siv"], told["shelter"]}
    texts = _texts(found, told["call"])
    assert "Siv Rönn" in texts["participants"]["text"]
    spans = {texts["summary"]["text"][one["start"] : one["end"]] for one in texts["summary"]["spans"]}
    assert {"Siv", "siv@kalmar.example"} <= spans
    (row,) = (one for one in found.data()["records"] if one["id"] == told["call"])
    assert row["secrecy"]


def test_secrecy_draft_and_registry_number_stand_beside_the_record(book: Book, told: dict[str, str]) -> None:
    found = book.privacy.disclose("Nybro")
    rows = {row["id"]: row for row in found.data()["records"]}
    statutes = [{"statute": "OSL 21 kap. 3 §"}, {"statute": "OSL 22 kap. 1 §"}]
    assert rows[told["call"]]["secrecy"] == statutes
    assert rows[told["topic"]]["secrecy"] == []
    assert rows[told["call"]]["draft"] is True
    assert rows[told["call"]]["registry_number"] == "311-2026"
    assert all(
        row["decision"] == {"outcome": None, "chapter": None, "section": None, "note": ""}
        for row in rows.values()
    )
    page = _swedish(found)
    assert page.count("Sekretess ska prövas: OSL 21 kap. 3 §, 22 kap. 1 §") == 1
    assert "Arbetsmarkering: utkast. Den ger ingen sekretess." in page
    assert "Diarienummer: 311-2026" in page
    assert page.count("☐ lämnas delvis ut") == len(found.pages)


def test_the_top_says_what_when_by_whom_and_that_nothing_is_decided(book: Book, told: dict[str, str]) -> None:
    before = book.version
    page = _swedish(book.privacy.disclose("Nybro", since="2025", until="2026-12"))
    assert page.startswith("# Begäran om allmänna handlingar: Nybro\n")
    assert "Listan togs fram 2026-11-12 13:00 av anna. Den är ett underlag, inte ett beslut." in page
    assert "- Tid: 2025 till 2026-12" in page
    assert "- 5 poster" in page
    assert "\\[kontakt: Eva\\] och \\[skyddad, OSL 21 kap. 3 §: prövas\\]" in page
    assert "\\[namn?: Karin Berg\\]" in page
    assert book.version == before


def test_positions_are_of_composed_letters(book: Book) -> None:
    book.add(Contact(name="Åsa Öberg"))
    topic = book.add(Topic(title="x", text=unicodedata.normalize("NFD", "Åh, Åsa Öbergs fråga")))
    text = _texts(book.privacy.disclose(topic.id), topic.id)["text"]
    (span,) = text["spans"]
    assert text["text"][span["start"] : span["end"]] == "Åsa Öbergs"


def test_organisations_and_sentences_are_no_names(book: Book) -> None:
    book.add(Actor(name="Hyresgästföreningen Norra Smedby"))
    book.add(Actor(name="Nybro kommun", place="0881"))
    text = (
        "Polisen Nybro och Hyresgästföreningen Norra Smedby. Igår Nybro. "
        "Länsstyrelsen Kalmar Län. Anna von Essen"
    )
    topic = book.add(Topic(title="x", text=text))
    found = _texts(book.privacy.disclose(topic.id), topic.id)["text"]
    marked = [found["text"][one["start"] : one["end"]] for one in found["spans"]]
    assert marked == ["Anna von Essen"]


def test_what_is_asked_wrongly_is_refused(book: Book, told: dict[str, str]) -> None:
    book.add(Network(name="Eva Ek"))
    with pytest.raises(Ambiguous):
        book.privacy.disclose("eva ek")
    with pytest.raises(Usage):
        book.privacy.disclose("  ")
    with pytest.raises(Invalid, match="until"):
        book.privacy.disclose("Nybro", since="2026", until="2025")
    with pytest.raises(Invalid):
        book.privacy.disclose("Nybro", types=["nope"])


def test_settings_are_never_found(book: Book) -> None:
    book.set("signature", "kanarie")
    assert book.privacy.disclose("signature").pages == ()
    assert book.privacy.disclose("kanarie").pages == ()


def test_the_command(kalmar: Callable[..., Any], tmp_path: Path) -> None:
    assert kalmar("add", "contact", "Eva Ek", "--role", "samordnare@nybro").code == 0
    ran = kalmar("privacy", "disclose", "nybro", "--since", "2026-01-01", "--type", "roll")
    assert ran.code == 0
    assert ran.out.startswith("# Request for public records: nybro")
    assert "contact: Eva Ek" in ran.out
    assert kalmar("--lang", "sv", "privacy", "disclose", "nybro", "-O", "nybro.md").out == ""
    assert "underlag, inte ett beslut" in (tmp_path / "nybro.md").read_text("utf-8")
    data = json.loads(kalmar("privacy", "disclose", "nybro", "-o", "json").out)
    assert data["schema"] == "kontaktnat/1"
    assert data["disclosure"]["count"] == len(data["records"]) > 1
