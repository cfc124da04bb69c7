"""`set` and `delete`: what is said is what changes, and nothing else; what is refused says the remedy."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

import pytest

import kontaktnat
from kontaktnat import FollowUp, Interaction


@pytest.fixture
def day(kalmar: Any) -> Any:
    """Two people, one of them protected, an association and a meeting."""
    kalmar("add", "contact", "Eva Ek", "--role", "samordnare@nybro", "--phone", "070-174 06 11")
    kalmar("add", "contact", "Anna Dold", "--protected", "--phone", "070-174 06 12", "--set", "note=hemligt")
    kalmar("add", "actor", "Nybro IF", "--kind", "förening", "--set", "tags=fotboll,ungdom")
    kalmar("log", "möte", "eva, nybro if", "Genomgång")
    return kalmar


def record(run: Any, plural: str, *filters: str) -> dict[str, Any]:
    found: list[dict[str, Any]] = run("list", plural, *filters, "-o", "json").records()
    assert len(found) == 1
    return found[0]


def version(run: Any) -> int:
    number: int = run("history", "-o", "json").records()[-1]["number"]
    return number


def numbers(run: Any) -> list[str]:
    ways = record(run, "actors", "name=Nybro IF").get("ways", [])
    return [way["value"] for way in ways if way["kind"] == "phone"]


# (words after `set`, what it prints without `set: WHO: `)
RIGHT = [
    ('"nybro if" note="Ny växel, sedan i går"', ["note: (empty) → Ny växel, sedan i går"]),
    ("nybro if note=kort kind=kommun", ["kind: association → municipality", "note: (empty) → kort"]),
    ('nybro if note="' + 50 * "x" + '"', ["note"]),
    ("nybro if note='två\nrader'", ["note"]),
    ("nybro if tags+=läger", ["tags: fotboll, ungdom → fotboll, ungdom, läger"]),
    ("nybro if tags-=fotboll tags+=läger", ["tags: fotboll, ungdom → ungdom, läger"]),
    ("nybro if tags=a,b", ["tags: fotboll, ungdom → a, b"]),
    ("nybro if tags=", ["tags: fotboll, ungdom → (empty)"]),
    ("nybro if 'tags=<clear>'", ["tags: fotboll, ungdom → (empty)"]),
    ("nybro if parent=nybro", ["parent: (empty) → Nybro kommun"]),
    ("nybro if shared=ja", ["shared: no → yes"]),
    ("nybro if place=0881", ["place: (empty) → 0881"]),
    ("nybro if web=nif.example", ["web: (empty) → nif.example"]),
    ("nybro if web=https://a.example/x?1,2", ["web: (empty) → https://a.example/x?1,2"]),
    ('nybro if web="a.example/1,2, b.example,"', ["web: (empty) → a.example/1,2, b.example"]),
    ('nybro if address="Storgatan 1, Nybro"', ["address: (empty) → Storgatan 1, Nybro"]),
    ("nybro if mail=info@nif.example", ["email: (empty) → info@nif.example"]),
    ("Eva Ek phone='070-174 06 13'", ["phone: 070-174 06 11 → 070-174 06 13"]),
    ("Eva Ek phone+='070-174 06 13'", ["phone: 070-174 06 11 → 070-174 06 11, 070-174 06 13"]),
    ("Eva Ek phone-='+46701740611'", ["phone: 070-174 06 11 → (empty)"]),
    ("Eva Ek phone=", ["phone: 070-174 06 11 → (empty)"]),
    ("Eva Ek informed_at=2026-01-02", ["informed_at: (empty) → 2026-01-02 00:00"]),
    ("samordnare@nybro since=2020 share=0,5", ["share: (empty) → 0.5", "since: (empty) → 2020"]),
    ("nätverket members-=torsås", ["members"]),
    ("Uppdrag kalmar.municipal_counterpart=ja", ["kalmar.municipal_counterpart: (empty) → ja"]),
]


@pytest.mark.parametrize(("words", "lines"), RIGHT, ids=[words for words, _ in RIGHT])
def test_set(day: Any, words: str, lines: list[str]) -> None:
    day("add", "assignment", "Uppdrag")
    before = version(day)
    tried = day("set", *shlex.split(words), "--dry-run")
    assert (tried.code, tried.err, version(day)) == (0, "", before)
    ran = day("set", *shlex.split(words))
    assert (ran.code, ran.err) == (0, "")
    told = ran.out.splitlines()
    assert tried.out.splitlines() == [f"would {line}" for line in told]
    assert [line.startswith("set: ") and line.split(": ", 2)[2] for line in told] == lines
    assert version(day) == before + 1, "several fields are one step"
    again = day("set", *shlex.split(words))
    assert "nothing changed" in again.out
    assert version(day) == before + 1
    assert day("undo").code == 0


WRONG = [
    ("", 2, "WHO is missing"),
    ("eva", 2, "FIELD=VALUE is missing"),
    ("note=x", 2, "WHO is missing"),
    ("eva note=Ny växel", 2, 'note="…"'),
    ("eva =x", 2, "FIELD=VALUE"),
    ("eva note=a note=b", 2, "given twice"),
    ("eva email=a@b.example mail=c@d.example", 2, "given twice"),
    ("evva note=x", 3, "nearest: Eva Ek"),
    ("kommun note=x", 4, "Kalmar kommun"),
    ("eva nte=x", 5, "nearest: note"),
    ("eva fone=x", 5, "nearest: phone"),
    ("uppdrag phone=x", 5, "no such field"),
    ("uppdrag kalmar.municipal_counterprt=x", 5, "nearest: kalmar.municipal_counterpart"),
    ("eva kalmar.source=x", 5, "no such field"),
    ("eva phone=tolv", 5, "no phone number"),
    ("eva email=x", 5, "no mail address"),
    ("eva note+=x", 5, "holds one value"),
    ("eva name=", 5, "may not be empty"),
    ("eva id=x", 5, "the book keeps this itself"),
    ("eva rev=", 5, "the book keeps this itself"),
    ("eva hidden=x", 5, "no such field"),
    ("eva extra=x", 5, "plugin.field"),
    ("eva ways=x", 5, "phone="),
    ("eva purpose=blä", 5, "list words"),
    ("eva informed_at=blä", 5, "idag"),
    ("nybro names=x", 5, "kontaktnat edit"),
    ("nybro place=88", 5, "four digits"),
    ("nybro parent=nowhere", 3, "nowhere"),
    ("samordnare@nybro until=2010 since=2020", 5, "before since"),
    ("samordnare@nybro actor=", 5, "a role is at an actor"),
    ("anna phone='070-174 06 13'", 6, "--reveal REASON"),
    ("anna note=", 6, "--reveal REASON"),
]


@pytest.mark.parametrize(("words", "code", "line"), WRONG, ids=[words for words, *_ in WRONG])
def test_wrong_input(day: Any, words: str, code: int, line: str) -> None:
    day("add", "assignment", "Uppdrag")
    before = version(day)
    ran = day("set", *shlex.split(words))
    assert (ran.code, ran.out, ran.err.count("\n")) == (code, "", 1), ran
    assert line in ran.err
    assert version(day) == before


def test_a_wrong_field_keeps_the_others_from_being_set(day: Any) -> None:
    assert day("set", "nybro if", "note=x", "place=88").code == 5
    assert "note" not in record(day, "actors", "name=Nybro IF")


def test_ways_keep_what_they_tell(day: Any) -> None:
    """A number in another spelling is the same; its label and dates stay."""
    day("set", "nybro if", "phone=0481-450 00,0480-45 00 01", "web=nif.example")
    assert numbers(day) == ["0481-450 00", "0480-45 00 01"]
    day("set", "nybro if", "phone+=+46 481 45000")
    assert numbers(day) == ["0481-450 00", "0480-45 00 01"]
    day("set", "nybro if", "phone=+46 481 45000")
    assert numbers(day) == ["+46 481 45000"]
    assert [way["kind"] for way in record(day, "actors", "name=Nybro IF")["ways"]] == ["phone", "web"]
    assert day("set", "nybro if", "phone-=0480-45 00 01").out.endswith("nothing changed\n")


def test_members_keep_their_dates(day: Any, tmp_path: Any) -> None:
    day("add", "network", "Ringen", "--set", "members=nybro,kalmar")
    with kontaktnat.open(tmp_path / "b.kn", by="anna") as book:
        [ring] = book.networks.where(name="Ringen")
        nybro, kalmar = ring.members
        since = [kontaktnat.model.Member(actor=nybro.actor, since="2020"),
                 kontaktnat.model.Member(actor=kalmar.actor, until="2021")]  # fmt: skip
        book.update(ring, members=since)
    day("set", "ringen", "members+=nybro,kalmar,torsås")
    members = record(day, "networks", "name=Ringen")["members"]
    assert [(one.get("since"), one.get("until")) for one in members] == [
        ("2020", None), (None, "2021"), (None, None), (None, None),
    ], "who left can come back"  # fmt: skip
    day("set", "ringen", "members=torsås,nybro")
    assert [one.get("since") for one in record(day, "networks", "name=Ringen")["members"]] == [None, "2020"]


def test_participants_wear_their_hats(day: Any) -> None:
    meeting = record(day, "interactions")
    day("set", meeting["id"], "participants+=kalmar", "participants-=nybro if")
    assert [list(one) for one in record(day, "interactions")["participants"]] == [["role"], ["actor"]]
    assert "nothing changed" in day("set", meeting["id"], "participants+=eva").out


def test_participants_go_in_whichever_hat(day: Any, tmp_path: Path) -> None:
    """Who is there as a person goes though they wear a hat since; and the other way round."""
    with kontaktnat.open(tmp_path / "b.kn", by="anna") as book, book.transaction():
        (eva,) = book.contacts.where(name="Eva Ek")
        (role,) = book.roles.where(contact=eva.id)
        (nybro,) = book.actors.where(name="Nybro IF")

        def meeting() -> Any:
            return book.add(Interaction(kind="visit", when="2026-01-02", participants=[who.id, nybro.id]))

        met = {}
        for who in (eva, role):
            for name in ("eva", "samordnare@nybro", role.id, eva.id, "nybro if"):
                met[who.type, name] = meeting()
        met["role", "nybro kommun"] = meeting()
    for (_, name), one in met.items():
        ran = day("set", one.id, f"participants-={name}")
        assert (ran.code, ran.err) == (0, "")
        with kontaktnat.open(tmp_path / "b.kn", mode="r") as book:
            left = book.interactions.get(one.id).participants
        assert [bool(part.actor) for part in left] == [name != "nybro if"], (name, left)


@pytest.mark.parametrize("words", ["participants-=anna", "participants-=kalmar", "tags-=x"])
def test_what_is_not_there_is_not_taken_away(day: Any, words: str) -> None:
    meeting = record(day, "interactions")
    name, _, value = words.partition("-=")
    said = f"{name}: {value} is not among them; nothing changed\n"
    assert day("set", meeting["id"], words).out == said
    ran = day("set", meeting["id"], words, "place=Kalmar")
    assert ran.out.startswith(said)
    assert ran.out.endswith(": place: (empty) → Kalmar\n")


def test_about_anything(day: Any) -> None:
    """Any record's id will do where any record may stand."""
    day("add", "followup", "ringa", "--set", "about=nybro if")
    ids = [record(day, "interactions")["id"], record(day, "roles", "contact=eva")["id"],
           record(day, "contacts", "name=Eva Ek")["id"]]  # fmt: skip
    for id in ids:
        assert day("set", "ringa", f"about+={id}").code == 0
        assert record(day, "followups", f"about={id}")["text"] == "ringa"
    assert record(day, "followups")["about"][1:] == ids
    for id in ids:
        assert day("set", "ringa", f"about-={id}").code == 0
    assert len(record(day, "followups")["about"]) == 1


def test_help_tells_how_to_clear(day: Any) -> None:
    assert "<clear>" in day("set", "--help").out


def test_the_protected(day: Any) -> None:
    """Values are not repeated on the screen, and what is covered needs a reason."""
    visible = day("set", "anna", "purpose=stöd")
    assert (visible.code, visible.out) == (0, "set: Anna Dold: purpose\n")
    ran = day("--reveal", "ringde själv", "set", "anna", "phone=070-174 06 13", "note=nytt")
    assert (ran.code, ran.out) == (0, "set: Anna Dold: phone\nset: Anna Dold: note\n")
    assert "reveal: ringde själv" in day("history", "anna").out
    assert "070-174 06 13" in day("--reveal", "x", "show", "anna").out
    marked = day("set", "eva", "protected=ja", "note=hemligt")
    assert marked.out == "set: Eva Ek: protected\nset: Eva Ek: note\n", "nor where she works"
    day("add", "followup", "ringa", "--set", "about=anna")
    assert day("set", "ringa", "text=ringa genast").out == "set: ringa: text\n"


@pytest.mark.parametrize("by_actor", [False, True], ids=["a person's", "an actor's"])
def test_what_is_about_a_protected_ones_hat(day: Any, tmp_path: Path, *, by_actor: bool) -> None:
    """A follow-up about it and a meeting of it tell nothing on the screen either, nor what is about these."""
    if by_actor:
        day("set", "nybro if", "protected=ja")
        day("add", "contact", "Siv Ek", "--role", "samordnare@Nybro IF")
    else:
        day("add", "contact", "Siv Ek", "--protected", "--role", "samordnare@nybro")
    with kontaktnat.open(tmp_path / "b.kn", by="anna") as book, book.transaction():
        siv = next(one for one in book.contacts.all() if one.name == "Siv Ek")
        (role,) = book.roles.where(contact=siv.id)
        met = book.add(Interaction(kind="phone", summary="Om hotet", participants=[role.id]))
        one = book.add(FollowUp(text="Ring om hotet", about=[role.id]))
        other = book.add(FollowUp(text="Ring mer om hotet", about=[met.id]))
        free = book.add(FollowUp(text="Ring växeln"))
        book.update(role, until="2020")
    for field, id in (("text", one.id), ("text", other.id), ("summary", met.id)):
        ran = day("set", id, f"{field}=Ring nu")
        assert ran.code == 0
        assert ran.out.endswith(f": {field}\n"), "no value"
    assert "Ring växeln → Ring nu" in day("set", free.id, "text=Ring nu").out


def test_asked_on_a_terminal(day: Any) -> None:
    ran = day("set", stdin="eva\nnote=Ny på posten\n", terminal=True)
    assert ran.code == 0
    assert ran.out == "set: Eva Ek (Nybro kommun): note: (empty) → Ny på posten\n"
    chosen = day("set", "kommun", "note=x", stdin="1\n", terminal=True)
    assert chosen.out == "set: Borgholms kommun: note: (empty) → x\n"


def test_in_swedish(day: Any) -> None:
    ran = day("--lang", "sv", "set", "nybro if", "kind=kommun", "note=", "shared=ja")
    assert "kind: förening → kommun" in ran.out
    assert "shared: nej → ja" in ran.out


def test_delete(day: Any) -> None:
    day("add", "actor", "Tom IF", "--kind", "förening")
    before = version(day)
    assert day("delete", "tom", "if", "--dry-run").out.startswith("would delete: Tom IF (actor ")
    assert version(day) == before
    ran = day("delete", "tom", "if", "--by", "bo")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[0].startswith("deleted: Tom IF (actor ")
    assert ran.last == f"undo {before + 1} takes it back"
    assert day("show", "tom if").code == 3
    assert day("undo", before + 1).code == 0
    assert day("show", "tom if").code == 0


@pytest.mark.parametrize(
    ("answer", "gone"),
    [
        ("j", True),
        ("Ja", True),
        ("y", True),
        ("kanske\nyes", True),
        ("", False),
        ("n", False),
        ("nej", False),
    ],
)
def test_delete_asks_on_a_terminal(day: Any, answer: str, gone: bool) -> None:
    ran = day("delete", "Nybro IF", stdin=f"{answer}\n", terminal=True)
    assert ran.code == 6, "refused before anybody is asked"
    assert "Delete" not in ran.err
    day("delete", record(day, "interactions")["id"])
    ran = day("delete", "Nybro IF", stdin=f"{answer}\n", terminal=True)
    assert ran.code == 0
    assert "Delete Nybro IF (actor " in ran.err
    assert ("deleted: Nybro IF" in ran.out) is gone
    assert ("nothing changed" in ran.out) is not gone
    assert day("show", "nybro if").code == (3 if gone else 0)


def test_delete_with_yes_and_what_cannot_be(day: Any) -> None:
    refused = day("delete", "eva")
    assert (refused.code, refused.err.count("\n")) == (6, 1)
    assert "still referred to by role" in refused.err
    assert day("delete").code == 2
    assert day("delete", "nobody").code == 3
    assert day("delete", "kommun").code == 4
    assert day("-y", "delete", record(day, "interactions")["id"], terminal=True).code == 0
    anna = day("delete", "anna")
    assert (anna.code, "070" in anna.out) == (0, False)


def test_somebody_else_saved_it_meanwhile(day: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from kontaktnat.cli import fields

    asked = fields.changes

    def slow(app: Any, record: Any, wanted: Any, **options: Any) -> Any:
        with kontaktnat.open(tmp_path / "b.kn", by="bo") as other:
            other.update(record.id, note="bos")
        return asked(app, record, wanted, **options)

    monkeypatch.setattr(fields, "changes", slow)
    ran = day("set", "nybro if", "note=min", "place=0881")
    assert ran.code == 6
    assert "changed by bo since it was read (note)" in ran.err
