"""Who has not been informed, marking that they have been, and the text (GDPR art. 13 and 14).

Today is 12 November 2026; what a row says is worked out by hand.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from kontaktnat import Actor, Book, Contact, Interaction, Invalid, NotFound, Participation, Refused, Role, Way
from kontaktnat.i18n import speaking
from kontaktnat.model import day_of

WHO = {
    "controller": "Länsstyrelsen i Exempel län",
    "org_number": "202100-0000",
    "address": "Box 1, 380 00 Exempel",
    "mail": "registrator@lst.example",
    "phone": "010-000 00 00",
    "dpo": "ombud@lst.example",
    "web": "https://lst.example/personuppgifter",
    "recipients": ["Driften AB"],
}
CANARY = "kanarie7q"


def rows(book: Any, *keys: str) -> list[tuple[Any, ...]]:
    return [tuple(row[key] for key in keys) for row in book.view("uninformed").rows]


def met(book: Book, who: str, when: str, part: str = "attended", **fields: Any) -> None:
    book.add(
        Interaction(kind="visit", when=when, participants=[Participation(who=who, status=part)], **fields)
    )


@pytest.fixture
def eva(book: Book) -> Contact:
    return book.add(Contact(name="Eva Ek", source="import lista.csv"))


# Who has not been


def test_the_law_gives_a_month_from_when_they_were_written_down(book: Book, eva: Contact) -> None:
    assert rows(book, "person", "source", "since", "first_contact", "latest", "state") == [
        ("Eva Ek", "import lista.csv", "2026-11-12", None, "2026-12-12", "coming")
    ]


@pytest.mark.parametrize(("days", "state"), [(29, "coming"), (30, "today"), (31, "overdue")])
def test_when_the_day_has_come(book: Book, clock: Any, eva: Contact, days: int, state: str) -> None:
    clock.move(days=days)
    assert rows(book, "state") == [(state,)]


def test_a_month_from_the_last_of_january_is_the_last_of_february(book: Book, clock: Any) -> None:
    clock.move(days=80)  # 31 January
    book.add(Contact(name="Eva Ek"))
    assert rows(book, "since", "latest") == [("2027-01-31", "2027-02-28")]


@pytest.mark.parametrize(
    ("when", "status", "fields", "first"),
    [
        ("2026-11-20", "attended", {}, None),  # told of beforehand: nobody knows yet that it was held
        ("2026-11-20", "invited", {"status": "planned"}, "2026-11-20"),
        ("2026-11-20", "accepted", {"status": "planned"}, "2026-11-20"),
        ("2026-11-20", "declined", {"status": "planned"}, None),
        ("2026-11-20", "invited", {"status": "cancelled"}, None),
        ("2026-12-20", "invited", {"status": "planned"}, "2026-12-20"),
        ("2026-11-11", "attended", {}, None),  # before they were written down
        ("2026-11-12", "attended", {}, "2026-11-12"),
        ("2026-11-12", "deputy", {}, "2026-11-12"),
        ("2026-11-12", "absent", {}, None),
        ("2026-11-12", "invited", {}, None),  # it was held, and they did not come
    ],
)
def test_contact_before_the_month_is_over_comes_first(
    book: Book, eva: Contact, when: str, status: str, fields: Any, first: str | None
) -> None:
    met(book, eva.id, when, status, **fields)
    latest = min("2026-12-12", first or "9")
    assert rows(book, "first_contact", "latest") == [(first, latest)]


def test_the_first_contact_may_be_in_a_hat(book: Book, eva: Contact) -> None:
    nybro = book.add(Actor(name="Nybro kommun", kind="municipality"))
    role = book.add(Role(contact=eva.id, actor=nybro.id, function="case_officer"))
    met(book, role.id, "2026-11-30", "invited", status="planned")
    met(book, eva.id, "2026-11-25", "invited", status="planned")
    assert rows(book, "first_contact") == [("2026-11-25",)]


def test_the_most_urgent_stand_first_then_by_name(book: Book, clock: Any) -> None:
    for name in ("Åsa Ängström", "Bo Björk"):
        book.add(Contact(name=name))
    clock.move(days=1)
    ove = book.add(Contact(name="Ove Alm"))
    maj = book.add(Contact(name="Maj Lind"))
    met(book, maj.id, "2026-11-14", "invited", status="planned")
    assert rows(book, "person") == [("Maj Lind",), ("Bo Björk",), ("Åsa Ängström",), ("Ove Alm",)]
    assert rows(book, "id")[-1] == (ove.id,)


def test_where_to_write_is_ones_own_address_before_a_posts(book: Book) -> None:
    nybro = book.add(Actor(name="Nybro kommun", kind="municipality"))
    gone = Way(kind="mail", value="gammal@nybro.example", until="2025")
    back = Way(kind="mail", value="studs@nybro.example", bounced_on="2026-10")
    own = Way(kind="mail", value="eva@nybro.example")
    eva = book.add(Contact(name="Eva Ek", ways=[gone, back, own]))
    bo = book.add(Contact(name="Bo Björk", ways=[gone, Way(kind="phone", value="070-174 06 05")]))
    post = Way(kind="mail", value="samordnare@nybro.example")
    for person in (eva, bo):
        book.add(Role(contact=person.id, actor=nybro.id, ways=[post]))
    book.add(Contact(name="Ove Alm"))
    assert rows(book, "person", "mail") == [
        ("Bo Björk", "samordnare@nybro.example"),
        ("Eva Ek", "eva@nybro.example"),
        ("Ove Alm", None),
    ]


def test_as_of_a_day_they_are_those_not_informed_then(book: Book, clock: Any, eva: Contact) -> None:
    clock.move(days=10)
    book.add(Contact(name="Bo Björk"))
    book.privacy.inform([eva], "letter")
    assert rows(book, "person") == [("Bo Björk",)]
    assert rows(book.as_of("2026-11-21"), "person", "state") == [("Eva Ek", "coming")]
    assert rows(book.as_of("2026-11-11"), "person") == []


def test_the_notes_count(book: Book, clock: Any, eva: Contact) -> None:
    clock.move(days=40)
    bo = book.add(Contact(name="Bo Björk"))
    book.add(Contact(name="Ove Alm"))
    book.privacy.inform([bo], "mail")
    assert book.view("uninformed").notes[0] == "2 of 3 people not informed, 1 of them too late"


# Marking


def test_marking_is_one_transaction_and_undone_as_one(book: Book, eva: Contact) -> None:
    bo = book.add(Contact(name="Bo Björk"))
    marked = book.privacy.inform([eva, bo.id], "letter")
    assert [(one.name, one.informed_how) for one in marked] == [("Eva Ek", "letter"), ("Bo Björk", "letter")]
    assert {one.informed_at for one in marked} == {book.clock()}
    *_, last = book.history()
    assert (last.label, len(last.changes)) == ("inform", 2)
    assert book.privacy.uninformed() == []
    book.undo()
    assert [one.name for one in book.privacy.uninformed()] == ["Bo Björk", "Eva Ek"]
    assert book.contacts.get(eva.id).informed_how == ""


def test_who_was_informed_before_stays_so(book: Book, clock: Any, eva: Contact) -> None:
    book.privacy.inform([eva], "letter")
    clock.move(days=1)
    version = book.version
    assert book.privacy.inform([eva, eva.id], "mail") == []
    assert book.version == version
    assert book.contacts.get(eva.id).informed_how == "letter"


def test_a_day_that_has_been(book: Book, eva: Contact) -> None:
    (marked,) = book.privacy.inform([eva], "in_person", on="2026-11-01")
    assert marked.informed_at is not None
    assert marked.informed_at.isoformat() == "2026-11-01T00:00:00+01:00"


@pytest.mark.parametrize(
    ("how", "on", "says"),
    [
        ("mail", "2026-11-13", "still to come"),
        ("mail", "2026-11", "no day"),
        ("pigeon", None, "list words"),
    ],
)
def test_what_does_not_fit_marks_nobody(
    book: Book, eva: Contact, how: str, on: str | None, says: str
) -> None:
    with pytest.raises(Invalid, match=says):
        book.privacy.inform([eva], how, on=on)
    assert len(book.privacy.uninformed()) == 1


def test_all_or_nobody(book: Book, eva: Contact) -> None:
    with pytest.raises(NotFound):
        book.privacy.inform([eva, "nowhere"], "mail")
    assert len(book.privacy.uninformed()) == 1


def test_protected_people_are_marked_and_not_shown(book: Book) -> None:
    nybro = book.add(Actor(name="Nybro kommun", kind="municipality"))
    siv = book.add(Contact(name="Siv Rönn", protected=True, source=CANARY, note=CANARY,
                           ways=[Way(kind="mail", value=f"{CANARY}@nybro.example")]))  # fmt: skip
    book.add(Role(contact=siv.id, actor=nybro.id,
                  ways=[Way(kind="mail", value=f"{CANARY}@work.example")]))  # fmt: skip
    assert rows(book, "person", "source", "mail") == [("Siv Rönn", None, None)]
    assert CANARY not in repr(book.view("uninformed"))
    (marked,) = book.privacy.inform([siv.id], "letter")
    assert (marked.informed_how, marked.source, "source" in marked.hidden) == ("letter", "", True)
    assert book.reveal(siv.id, "test").note == CANARY  # type: ignore[attr-defined]


# The text


@pytest.fixture
def told(open_book: Callable[..., Book]) -> Book:
    """A book whose controller is configured."""
    return open_book(config={"privacy": WHO})


# (what the articles want, article 13, article 14, what the text says of it)
WANTED = [
    ("identity and contact details of the controller", "13.1 a", "14.1 a", WHO["mail"]),
    ("contact details of the data protection officer", "13.1 b", "14.1 b", WHO["dpo"]),
    ("purposes", "13.1 c", "14.1 c", "support to crime prevention"),
    ("legal basis", "13.1 c", "14.1 c", "art. 6.1 e"),
    ("the task in law", "13.1 c", "14.1 c", "2016:1258"),
    ("categories of data", None, "14.1 d", "mail address, phone number"),
    ("legitimate interests, if any", "13.1 d", "14.2 b", "do not rely on legitimate interests"),
    ("recipients", "13.1 e", "14.1 e", "Driften AB"),
    ("and that it is public", "13.1 e", "14.1 e", "tryckfrihetsförordningen 2 kap."),
    ("third countries", "13.1 f", "14.1 f", "not transferred outside the EU/EEA"),
    ("how long", "13.2 a", "14.2 a", "24 months after the last contact"),
    ("or the archives' rules", "13.2 a", "14.2 a", "arkivlagen 1990:782"),
    ("access", "13.2 b", "14.2 c", "(GDPR art. 15)"),
    ("rectification", "13.2 b", "14.2 c", "(art. 16)"),
    ("erasure, and its limits", "13.2 b", "14.2 c", "art. 17.3 b and d"),
    ("restriction", "13.2 b", "14.2 c", "(art. 18)"),
    ("objection", "13.2 b", "14.2 c", "(art. 21)"),
    ("portability", "13.2 b", "14.2 c", "(art. 20) does not hold"),
    ("complaint", "13.2 d", "14.2 e", "Integritetsskyddsmyndigheten"),
    ("whether one has to", "13.2 e", None, "neither law nor contract"),
    ("source, and whether public", None, "14.2 f", "sources open to the public"),
    ("automated decisions", "13.2 f", "14.2 g", "No decision about you is made automatically"),
]


@pytest.mark.parametrize(
    ("thirteen", "fourteen", "says"), [row[1:] for row in WANTED], ids=[w[0] for w in WANTED]
)
def test_the_text_says_what_the_law_wants(
    told: Book, thirteen: str | None, fourteen: str | None, says: str
) -> None:
    articles = {one for one in (thirteen, fourteen) if one}
    items = [
        item.text
        for section in told.privacy.information().sections
        if articles <= {*section.articles}
        for item in section.items
    ]
    assert any(says in text for text in items), items
    assert says in told.privacy.information().markdown()


def test_every_point_of_the_articles_is_there(told: Book) -> None:
    wanted = {f"13.1 {one}" for one in "abcdef"} | {f"13.2 {one}" for one in "abcdef"}
    wanted |= {f"14.1 {one}" for one in "abcdef"} | {f"14.2 {one}" for one in "abcdefg"}
    assert {one for section in told.privacy.information().sections for one in section.articles} == wanted


def test_for_one_person_it_is_theirs(told: Book) -> None:
    bo = told.add(Contact(name="Bo Björk", purpose="network_membership", source="ett visitkort"))
    told.add(Contact(name="Eva Ek", purpose="training_participant", legal_basis="consent"))
    text = told.privacy.information(bo).markdown()
    assert "To Bo Björk." in text
    assert "network membership" in text
    assert "training participant" not in text
    assert "ett visitkort" in text
    assert "consent" not in text
    everybody = told.privacy.information().markdown()
    assert "network membership" in everybody
    assert "training participant" in everybody
    assert "support to crime prevention" not in everybody, "nobody is there for it"
    assert "visitkort" not in everybody


def test_consent_can_be_withdrawn(told: Book) -> None:
    """GDPR art. 13.2 c, 14.2 d: only where something rests on it."""
    assert "withdraw" not in told.privacy.information().markdown()
    bo = told.add(Contact(name="Bo Björk", legal_basis="consent"))
    text = told.privacy.information(bo.id).markdown()
    assert "Consent (GDPR art. 6.1 a)" in text
    assert "To withdraw your consent at any time (art. 7.3)" in text
    assert "6.1 e" not in text


def test_nothing_hidden_stands_in_the_text_of_one_who_is_protected(told: Book) -> None:
    siv = told.add(Contact(name="Siv Rönn", protected=True, source=CANARY, note=CANARY))
    whole = told.reveal(siv.id, "test")
    assert isinstance(whole, Contact)
    assert CANARY not in told.privacy.information(whole).markdown()


def test_it_is_in_the_language_in_force(told: Book) -> None:
    paper = told.privacy.information()
    with speaking("sv"):
        text = paper.markdown()
    assert text.startswith("# Så behandlar vi dina personuppgifter\n")
    assert "## Dataskyddsombud\n\n- ombud@lst.example\n" in text
    assert "stöd till brottsförebyggande arbete" in text
    assert "Right" not in text


def test_what_is_configured_is_no_markup(open_book: Callable[..., Book]) -> None:
    book = open_book(config={"privacy": WHO | {"controller": "A *B*\n# C"}})
    assert "- A \\*B\\* \\# C\n" in book.privacy.information().markdown()


# Who answers for the data


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({}, "write controller, mail, dpo under [privacy]"),
        ({"controller": "L", "dpo": "d"}, "write mail under"),
        ({"controller": " ", "phone": "1", "dpo": "d"}, "write controller under"),
        ({"controller": "L", "address": "x"}, "write dpo under"),
    ],
)
def test_without_a_controller_it_is_refused(book: Book, given: Any, missing: str) -> None:
    book.set("privacy", given)
    for ask in (book.privacy.information, book.privacy.record):
        with pytest.raises(Refused) as refused:
            ask()
        assert missing in str(refused.value)
    assert book.view("uninformed").rows == ()  # the list does without


def test_the_configuration_wins_over_the_book_key_by_key(told: Book) -> None:
    told.set("privacy", {"controller": "Någon annan", "transfers": "Norge, inom EES"})
    assert told.privacy.controller.controller == WHO["controller"]
    assert "Norge, inom EES" in told.privacy.information().markdown()


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"controler": "L"}, "privacy.controler: no such setting (nearest: controller)"),
        ({"mail": 3}, "privacy.mail: a value of type str"),
        ("L", "privacy: a table is needed"),
    ],
)
def test_a_setting_that_does_not_fit_is_named(open_book: Callable[..., Book], given: Any, says: str) -> None:
    with pytest.raises(Invalid) as wrong:
        open_book(config={"privacy": given}).privacy.controller  # noqa: B018
    assert says in str(wrong.value)


# At the prompt


@pytest.fixture
def day(kalmar: Callable[..., Any], tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Kalmar, two people, and a controller."""
    config = tmp_path / "config.toml"
    config.write_text("[privacy]\n" + "\n".join(f"{name} = {json.dumps(value, ensure_ascii=False)}"
                                                for name, value in WHO.items()), "utf-8")  # fmt: skip
    monkeypatch.setenv("KONTAKTNAT_CONFIG", str(config))
    assert kalmar("add", "contact", "Eva Ek", "--email", "eva@nybro.example").code == 0
    assert kalmar("add", "contact", "Bo Björk", "--email", "bo@kalmar.example").code == 0
    return kalmar


def test_the_list_at_the_prompt(day: Any) -> None:
    assert [row["person"] for row in day("privacy", "inform", "-o", "json").records()] == [
        "Bo Björk",
        "Eva Ek",
    ]
    assert day("privacy", "inform", "-o", "addresses").out == "bo@kalmar.example; eva@nybro.example\n"
    assert day("privacy", "inform", "-o", "csv").out.startswith("person,source,since,first_contact,latest,")
    assert day("view", "uninformed").out == day("privacy", "inform").out


def test_marking_at_the_prompt_in_swedish(day: Any) -> None:
    ran = day("privacy", "inform", "eva", "Bo Björk", "--how", "brev", "--on", "igår")
    assert (ran.code, ran.out) == (0, "marked as informed: 2 people (Eva Ek, Bo Björk)\n")
    (eva,) = [one for one in day("list", "contacts", "-o", "json").records() if one["name"] == "Eva Ek"]
    assert eva["informed_how"] == "letter"
    ran = day("privacy", "inform", "eva", "--how", "mail")
    assert ran.out == f"was informed already on {day_of_text(eva['informed_at'])}: Eva Ek\n"
    assert day("undo").code == 0
    assert len(day("privacy", "inform", "-o", "json").records()) == 2


def day_of_text(text: str) -> str:
    from kontaktnat.model.dates import to_time

    at = to_time(text)
    assert at is not None
    return day_of(at).isoformat()


def test_many_at_once_is_seen_first_and_asked(day: Any) -> None:
    ran = day("privacy", "inform", "--all", "--how", "web", "--dry-run")
    assert ran.out == "would be marked as informed: 2 people (Bo Björk, Eva Ek)\n"
    ran = day("privacy", "inform", "--all", "--how", "web", terminal=True, stdin="n\n")
    assert "2 people (Bo Björk, Eva Ek): mark as informed (web)? [y/N]" in ran.err
    assert ran.out == "nothing is changed\n"
    assert len(day("privacy", "inform", "-o", "json").records()) == 2
    ran = day("privacy", "inform", "--all", "--how", "web", terminal=True, stdin="ja\n")
    assert ran.out == "marked as informed: 2 people (Bo Björk, Eva Ek)\n"
    ran = day("privacy", "inform", "--all", "--how", "web", terminal=True)
    assert (ran.code, ran.out) == (0, "marked as informed: nobody\n")


def test_how_is_asked_for_on_a_terminal(day: Any) -> None:
    ran = day("privacy", "inform", "eva", terminal=True, stdin="e-post\n")
    assert ran.out == "marked as informed: 1 person (Eva Ek)\n"


def test_the_text_at_the_prompt(day: Any) -> None:
    ran = day("--lang", "sv", "privacy", "inform", "--text", "eva")
    assert ran.code == 0
    assert "Till Eva Ek." in ran.out
    assert ran.out.endswith("/personuppgifter.\n")
