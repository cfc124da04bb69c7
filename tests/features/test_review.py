"""What waits in quarantine is decided: onto somebody, as somebody new, or let go; and undone as one."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from kontaktnat import (
    Actor,
    Book,
    Conflict,
    Contact,
    Interaction,
    Invalid,
    NotFound,
    Pending,
    Refused,
    Usage,
    Way,
)
from kontaktnat.quarantine import steps
from kontaktnat.testing.inside import inside

OpenBook = Callable[..., Book]
ROWS = "name;email;phone;note\nEva Ek;eva@jobb.example;;träffad\n"
SECRET = "kanarie"


def exported(book: Book) -> list[dict[str, Any]]:
    """The archive, whole, but for what is different after an undo."""
    stream = BytesIO()
    book.export_to(stream, "jsonl", reveal="a test")
    docs = [json.loads(line) for line in stream.getvalue().splitlines()]
    return [{k: v for k, v in doc.items() if k not in ("rev", "changed", "changed_by")} for doc in docs]


@pytest.fixture
def eva(book: Book) -> Contact:
    return book.add(Contact(name="Eva Ek", note="förr", ways=[Way(kind="phone", value="070-174 06 05")]))


def waiting(book: Book, content: str = ROWS, as_: str = "contact") -> Pending:
    result = book.import_from(BytesIO(content.encode()), format="csv", options={"as": as_})
    assert result.quarantined == 1, result
    (pending,) = book.pending.all()
    return pending


def test_onto_one_as_an_import_would(book: Book, eva: Contact) -> None:
    pending = waiting(book, "name;email;phone;note\nEva Ek;eva@jobb.example;<clear>;\n")
    assert [(one.field, len(one.before), len(one.after)) for one in steps(book, pending, eva)] == [
        ("ways", 1, 1)
    ]
    before = exported(book)
    settled = book.settle(pending, onto=eva)
    assert isinstance(settled, Contact)
    assert settled.id == eva.id
    assert settled.note == "förr", "blank keeps"
    assert [way.value for way in settled.ways] == ["eva@jobb.example"], "the token clears"
    assert book.pending.all() == []
    book.undo()
    assert exported(book) == before
    settled_ = book.settle(pending.id, onto=eva.id)
    assert isinstance(settled_, Contact)
    again = book.import_from(BytesIO(ROWS.encode()), format="csv", options={"as": "contact"})
    assert (again.updated, again.quarantined) == (1, 0), "by now the address agrees"


def test_somebody_new(book: Book, eva: Contact) -> None:
    pending = waiting(book)
    made = book.settle(pending, new=True)
    assert isinstance(made, Contact)
    assert made.id != eva.id
    assert (made.name, made.note, made.source) == (
        "Eva Ek",
        "träffad",
        "row 2 of stream: only the name is the same",
    )
    assert (len(book.contacts.all()), book.pending.all()) == (2, [])
    book.undo()
    assert (book.contacts.all(), len(book.pending.all())) == ([eva], 1)


def test_let_go(book: Book, eva: Contact) -> None:
    pending = waiting(book)
    version = book.version
    assert book.settle(pending, discard=True) is None
    assert (book.contacts.all(), book.pending.all(), book.version) == ([eva], [], version + 1)
    book.undo()
    assert len(book.pending.all()) == 1


def test_an_actor_is_called_what_the_row_calls_it_too(book: Book) -> None:
    first = book.add(Actor(name="Nybro IF"))
    second = book.add(Actor(name="Nybro IF", place="0881"))
    pending = waiting(book, "name;kind\nNybro IF;förening\n", "actor")
    assert pending.candidates == tuple(sorted((first.id, second.id)))
    other = book.add(Actor(name="Nybro idrottsförening", aliases=["NIF"]))
    settled = book.settle(pending, onto=other)
    assert isinstance(settled, Actor)
    assert (settled.kind, settled.aliases) == ("association", ("NIF", "Nybro IF"))
    book.undo()
    settled = book.settle(pending.id, onto=second)
    assert isinstance(settled, Actor)
    assert (settled.kind, settled.place, settled.aliases) == ("association", "0881", ())


def test_a_candidate_that_was_merged_is_the_one_that_stayed(book: Book, eva: Contact) -> None:
    pending = waiting(book)
    keep = book.add(Contact(name="Eva Ek-Lund"))
    book.merge(keep, eva)
    assert book.pending.get(pending.id).candidates == (keep.id,)
    settled = book.settle(pending.id, onto=keep.id)
    assert settled is not None
    assert settled.id == keep.id


def test_what_is_decided_is_judged(book: Book, eva: Contact) -> None:
    wrong = book.add(Pending(text="x", kind="contact", raw={"name": "Bo", "namn": "x"}))
    nameless = book.add(Pending(text="x", kind="contact", raw={"note": "x"}))
    word = book.add(Pending(text="x", kind="actor", raw={"name": "Bo", "kind": "rymdskepp"}))
    for pending, says in ((wrong, "namn"), (nameless, "name: missing"), (word, "rymdskepp is no word")):
        with pytest.raises(Invalid, match=says):
            book.settle(pending, new=True)
        assert book.pending.get(pending.id) == pending
    with pytest.raises(Invalid, match="is of type contact, and what waits is of type actor"):
        book.settle(word, onto=eva)
    with pytest.raises(Invalid, match="does not wait in quarantine"):
        book.settle(eva.id, discard=True)
    for options in ({}, {"new": True, "discard": True}, {"onto": eva, "new": True}):
        with pytest.raises(Usage, match="one of these"):
            book.settle(wrong, **options)  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        book.settle("zzzzzzzz", new=True)
    book.update(wrong, text="y")
    with pytest.raises(Conflict):
        book.settle(wrong, discard=True)
    assert book.contacts.all() == [eva]


@pytest.mark.parametrize("kind", ["rymdskepp", "", "pending", "setting"])
def test_what_nobody_knows_is_left_or_let_go(book: Book, eva: Contact, kind: str) -> None:
    pending = book.add(Pending(text="x", kind=kind, raw={"name": "X", "value": 1}))
    for options in ({"new": True}, {"onto": eva}):
        with pytest.raises(Refused, match="nobody here knows what"):
            book.settle(pending, **options)  # type: ignore[arg-type]
    assert book.settle(pending, discard=True) is None


# Protected people


@pytest.fixture
def covered(book: Book) -> tuple[Contact, Contact, Pending]:
    """One who is protected, a namesake who is not, and a row that may mean either."""
    siv = book.add(Contact(name="Siv Rönn", protected=True, note=SECRET))
    other = book.add(Contact(name="Siv Rönn"))
    return siv, other, waiting(book, f"name;email;note\nSiv Rönn;{SECRET}@x.example;ny {SECRET}\n")


def test_what_may_be_of_one_who_is_protected_is_not_brought_to_light(
    book: Book, covered: tuple[Contact, Contact, Pending]
) -> None:
    _, other, pending = covered
    assert set(pending.hidden) == {"raw", "source", "text"}
    for given in (pending, pending.id):
        with pytest.raises(Refused, match=r"raw, source, text of pending .* is covered"):
            book.settle(given, new=True)
        with pytest.raises(Refused, match="is covered"):
            book.settle(given, onto=other)
    whole = book.reveal(pending.id, "a test")
    assert isinstance(whole, Pending)
    made = book.settle(whole, onto=other)
    assert isinstance(made, Contact)
    assert made.note == f"ny {SECRET}"


def test_onto_the_protected_it_goes_unseen(book: Book, covered: tuple[Contact, Contact, Pending]) -> None:
    siv, _, pending = covered
    settled = book.settle(pending, onto=siv.id)
    assert isinstance(settled, Contact)
    assert set(settled.hidden) >= {"note", "ways"}
    assert SECRET not in inside([settled, *book.history(), *book.contacts.all()])
    whole = book.reveal(siv.id, "a test")
    assert isinstance(whole, Contact)
    assert (whole.note, whole.ways[0].value) == (f"ny {SECRET}", f"{SECRET}@x.example")


def test_nothing_covered_is_compared(book: Book) -> None:
    siv = book.add(Contact(name="Siv", protected=True, note=SECRET, purpose="network_membership"))
    pending = book.add(Pending(text="x", kind="contact", raw={"name": "Siv", "note": SECRET, "given": "Siv"}))
    seen = book.contacts.get(siv.id)
    assert [(one.field, one.before, one.after) for one in steps(book, pending, seen)] == [
        ("given", None, "Siv")
    ]


def test_a_mistake_in_what_is_covered_is_not_repeated(book: Book) -> None:
    siv = book.add(Contact(name="Siv", protected=True))
    pending = book.add(
        Pending(text="x", kind="contact", raw={"name": "Siv", "purpose": SECRET}, candidates=[siv.id])
    )
    with pytest.raises(Refused, match="reveal it to see why") as refused:
        book.settle(pending.id, onto=siv.id)
    assert SECRET not in refused.value.message()


# At the prompt


@pytest.fixture
def three(kalmar: Any, tmp_path: Path) -> Any:
    """Three rows that wait, of two names."""
    kalmar("add", "contact", "Eva Ek", "--role", "samordnare@nybro", "--phone", "070-174 06 05")
    kalmar("add", "contact", "Maj Lind", "--phone", "070-174 06 06")
    rows = "name;email\nEva Ek;eva@jobb.example\nEva Ek;eva@privat.example\nMaj Lind;maj@x.example\n"
    (tmp_path / "x.csv").write_text(rows, "utf-8")
    assert "3 of the created wait in quarantine" in kalmar("import", "x.csv", "--as", "contact").out
    return kalmar


def test_elsewhere_it_is_listed_with_what_to_do(three: Any) -> None:
    shown = three("review")
    assert shown.code == 0
    assert "row 2 of x.csv: only the name is the same" in shown.out
    assert "Eva Ek (Nybro kommun)" in shown.out
    assert shown.last == "decide with: kontaktnat review ID --onto WHO, or --new, or --discard, or --ignore"
    assert shown.last in three("-y", "review", terminal=True).out
    one = three("review", "privat")
    assert "ways: 070-174 06 05 → 070-174 06 05, eva@privat.example" in one.out
    ids = three("review", "-o", "ids").out.split()
    assert [record["id"] for record in three("review", "-o", "json").records()] == ids
    assert len(ids) == 3


def test_by_its_id_or_what_it_says(three: Any) -> None:
    id = three("review", "jobb", "-o", "ids").out.strip()
    assert three("review", id, "--onto", "eva", "--dry-run").out.startswith(
        "would go onto Eva Ek (Nybro kommun)"
    )
    onto = three("review", id, "--onto", "eva")
    assert onto.out.startswith("went onto Eva Ek (Nybro kommun)")
    assert "takes it back" in onto.last
    assert three("review", "privat", "--new", "--dry-run").out == "would be new: Eva Ek\n"
    assert three("review", "privat", "--new").out.startswith("new: Eva Ek (")
    assert three("review", "maj", "--discard", "--dry-run").out.startswith("would be discarded: Maj Lind")
    assert three("review", "maj", "--discard").out.startswith("discarded: Maj Lind")
    assert three("review").out == "nothing to show\n"
    assert len(three("list", "contacts", "-o", "json").records()) == 3
    for _ in range(3):
        assert three("undo").code == 0
    assert len(three("review", "-o", "ids").out.split()) == 3


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("--new",), 2, "WHICH is missing"),
        (("maj", "--new", "--discard"), 2, "one of these"),
        (("nobody",), 3, "nothing that waits is called nobody"),
        (("nobody", "--new"), 3, "kontaktnat review lists all"),
        (("eva", "--new"), 4, "write the id"),
        (("maj", "--onto", "nobody"), 3, "nobody"),
        (("maj", "--onto", "nybro"), 3, "nybro"),
        (("maj", "--onto", ""), 3, "empty"),
        (("maj", "--take", "here"), 5, "nothing in which two books differ"),
        (("maj", "-o", "yaml"), 2, "jsonl"),
    ],
)
def test_wrong_input(three: Any, words: tuple[str, ...], code: int, says: str) -> None:
    ran = three("review", *words)
    assert (ran.code, ran.err.count("\n"), ran.out) == (code, 1, "")
    assert says in ran.err
    assert len(three("review", "-o", "ids").out.split()) == 3


def test_one_by_one(three: Any) -> None:
    ran = three("review", stdin="9\nx\n\n1\nn\nd\n", terminal=True)
    assert ran.code == 0
    assert "9 is none of these" in ran.err
    assert "nothing is none of these" in ran.err
    assert "1 of 3" in ran.out
    rows = [line.split()[1] for line in ran.out.splitlines() if line.startswith("  row ")]
    assert rows == ["2", "3", "4"], "of one name after another"
    assert ran.last == "onto others 1, new 1, discarded 1, left 0"
    assert three("review").out == "nothing to show\n"
    assert [one["label"] for one in three("history", "-o", "json").records()[-3:]] == ["review"] * 3


def test_skip_and_quit_and_a_rehearsal(three: Any) -> None:
    assert three("review", stdin="s\nq\n", terminal=True).last == "onto others 0, new 0, discarded 0, left 3"
    assert three("review", "maj", stdin="s\n", terminal=True).last.endswith("left 1")
    rehearsed = three("review", "--dry-run", stdin="1\nn\nd\n", terminal=True)
    assert "would go onto Eva Ek" in rehearsed.out
    assert len(three("review", "-o", "ids", terminal=True).out.split()) == 3
    ended = three("review", stdin="1\n", terminal=True)
    assert (ended.code, ended.err.splitlines()[-1]) == (
        130,
        "kontaktnat: stopped; what it did stands, kontaktnat undo takes it back",
    )
    assert len(three("review", "-o", "ids").out.split()) == 2


def test_what_is_refused_is_asked_again(three: Any, tmp_path: Path) -> None:
    line = '{"schema":"kontaktnat/1"}\n{"type":"pending","id":"kx7f0001","rev":1,"text":"x",'
    wrong = line + '"kind":"contact","raw":{"name":"Bo","namn":"x"}}\n'
    (tmp_path / "w.jsonl").write_text(wrong, "utf-8")
    assert three("import", "w.jsonl").code == 0
    ran = three("review", "kx7f0001", stdin="n\ns\n", terminal=True)
    assert "namn: contact has no such field" in ran.err
    assert ran.last.endswith("left 1")


def test_an_unknown_kind_is_shown_and_left(three: Any, tmp_path: Path) -> None:
    line = '{"schema":"kontaktnat/1"}\n{"type":"pending","id":"kx7f0001","rev":1,"text":"landat",'
    (tmp_path / "w.jsonl").write_text(line + '"kind":"rymdskepp","raw":{"name":"Bo","fart":9}}\n', "utf-8")
    three("import", "w.jsonl")
    ran = three("review", "kx7f0001", terminal=True)
    assert "fart: 9" in ran.out
    assert "left: nobody here knows what a rymdskepp is" in ran.out
    assert ran.last == "onto others 0, new 0, discarded 0, left 1"
    refused = three("review", "kx7f0001", "--onto", "eva")
    assert (refused.code, refused.err.count("\n")) == (6, 1)
    assert three("review", "kx7f0001", "--new").code == 6
    assert three("review", "kx7f0001", "--discard").code == 0


def test_the_protected_are_not_shown(kalmar: Any, tmp_path: Path) -> None:
    kalmar("add", "contact", "Siv Rönn", "--protected", "--email", f"{SECRET}@hem.example")
    (tmp_path / "x.csv").write_text(f"name;email\nSiv Rönn;{SECRET}@ny.example\n", "utf-8")
    kalmar("import", "x.csv", "--as", "contact")
    assert "(covered)" in kalmar("review").out
    ran = kalmar("review", stdin="n\n1\n", terminal=True)
    assert "is covered; reveal it first" in ran.err
    assert ran.last == "onto others 1, new 0, discarded 0, left 0"
    everything = [ran.out, ran.err]
    kalmar("undo")
    everything += [kalmar(*words).out + kalmar(*words).err for words in (
        ("review",), ("review", "row"), ("review", "row", "--new"), ("review", "-o", "json"),
    )]  # fmt: skip
    assert SECRET not in "".join(everything)
    shown = kalmar("--reveal", "begäran 12", "review", stdin="n\n", terminal=True)
    assert f"{SECRET}@ny.example" in shown.out
    assert shown.last == "onto others 0, new 1, discarded 0, left 0"


MARRIED = "name;given;family;email;phone;note\nEva Ek-Alm;Eva;Ek-Alm;eva.ek@jobb.example;0701740605;gift\n"
REACHED = (Way(kind="mail", value="eva.ek@jobb.example"), Way(kind="phone", value="070-174 06 05"))


@pytest.mark.parametrize("take", [(), ("name",)])
def test_who_has_another_name_now_keeps_it_or_takes_it(book: Book, take: tuple[str, ...]) -> None:
    eva = book.add(Contact(name="Eva Ek", given="Eva", family="Ek", ways=REACHED))
    pending = waiting(book, MARRIED)
    before = exported(book)
    settled = book.settle(pending, onto=eva, take=take)
    assert isinstance(settled, Contact)
    names = (settled.name, settled.given, settled.family, settled.aliases)
    assert names == (("Eva Ek-Alm", "Eva", "Ek-Alm", ("Eva Ek",)) if take
                     else ("Eva Ek", "Eva", "Ek", ("Eva Ek-Alm",)))  # fmt: skip
    for content in (MARRIED, "name;email\nEva Ek;eva.ek@jobb.example\n"):
        again = book.import_from(BytesIO(content.encode()), format="csv", options={"as": "contact"})
        assert (again.unchanged, again.quarantined) == (1, 0), "either name is known from now on"
    book.undo()
    assert exported(book) == before


def test_a_part_of_the_name_that_is_no_part_of_the_new_one_goes(book: Book) -> None:
    eva = book.add(Contact(name="Eva Ek", given="Eva", family="Ek", ways=REACHED))
    pending = waiting(book, MARRIED.replace("given;family;", "").replace(";Eva;Ek-Alm", ""))
    settled = book.settle(pending, onto=eva, take=["name"])
    assert isinstance(settled, Contact)
    assert (settled.given, settled.family) == ("Eva", "")


def test_a_given_name_of_two_words_stays(book: Book) -> None:
    siv = book.add(Contact(name="Siv Anna Ek", given="Siv Anna", family="Ek"))
    raw = {"name": "Siv Anna Alm"}
    waits = book.add(Pending(kind="contact", text="x", raw=raw, candidates=[siv.id]))
    settled = book.settle(waits, onto=siv, take=["name"])
    assert isinstance(settled, Contact)
    assert (settled.given, settled.family) == ("Siv Anna", "")


def test_who_took_part_in_a_meeting_that_waited_is_known_by_their_id(book: Book, eva: Contact) -> None:
    raw = {"kind": "meeting", "when": "2026-11-02", "participants": [eva.id]}
    meeting = book.settle(book.add(Pending(kind="interaction", text="x", raw=raw)), new=True)
    assert isinstance(meeting, Interaction)
    assert [(one.contact, one.who) for one in meeting.participants] == [(eva.id, "")]


def test_only_a_persons_name_can_be_taken(book: Book, eva: Contact) -> None:
    pending = waiting(book)
    for wrong in ("note", "here"):
        with pytest.raises(Usage, match="only the name"):
            book.settle(pending, onto=eva, take=[wrong])
    with pytest.raises(Usage, match="only the name"):
        book.settle(pending, new=True, take=["name"])
    actor = book.add(Actor(name="Nybro kommun"))
    waits = book.add(Pending(text="x", kind="actor", raw={"name": "Nybro"}))
    with pytest.raises(Refused, match="only a person"):
        book.settle(waits, onto=actor, take=["name"])
    assert book.actors.get(actor.id).aliases == ()


def test_at_the_prompt_the_new_name_is_taken(kalmar: Any, tmp_path: Path) -> None:
    kalmar("add", "contact", "Inga Gran", "--email", "inga.gran@nybro.example", "--phone", "070-174 06 21")
    (tmp_path / "lista.csv").write_text(
        "Namn;E-post;Mobil;Anteckning\nInga Gran-Poppel;inga.gran@nybro.example;0701740621;gift\n",
        encoding="utf-8",
    )
    kalmar("import", "lista.csv")
    assert kalmar("review", "poppel", "--take", "name").code == 2
    taken = kalmar("review", "poppel", "--onto", "inga gran", "--take", "name")
    assert "went onto Inga Gran-Poppel" in taken.out
    assert kalmar("show", "inga gran").code == 0, "she is found by the old name, too"
    kalmar("undo")
    asked = kalmar("review", stdin="1\ny\n", terminal=True)
    assert "Is Inga Gran called Inga Gran-Poppel from now on?" in asked.out + asked.err
    assert "Inga Gran-Poppel" in kalmar("list", "contacts").out
    kalmar("undo")
    kalmar("review", stdin="1\n\n", terminal=True)
    assert "Inga Gran-Poppel" not in kalmar("list", "contacts").out


def test_who_has_another_name_now_is_told_and_what_is_asked_next(kalmar: Any, tmp_path: Path) -> None:
    """A list of the next month: somebody has married and has another title. Neither is lost in silence."""
    kalmar("add", "contact", "Inga Gran", "--role", "samordnare@nybro", "--phone", "070-174 06 21",
           "--email", "inga.gran@nybro.example")  # fmt: skip
    (tmp_path / "lista.csv").write_text(
        "Namn;Mobil;E-post;Organisation;Titel\n"
        "Inga Gran-Poppel;070-174 06 21;inga.gran@nybro.example;Nybro kommun;Trygghetsstrateg\n",
        encoding="utf-8",
    )
    taken = kalmar("import", "lista.csv")
    ran = kalmar("review", "poppel")
    assert ran.code == 0, taken
    shown = ran.out
    assert "the name stays Inga Gran; --take name makes it Inga Gran-Poppel" in shown
    assert "nothing would change" not in shown
    decided = kalmar("--lang", "sv", "review", "poppel", "--onto", "inga gran")
    assert "väntar nu" in decided.out
    assert "en annan titel på samma ställe" in kalmar("--lang", "sv", "review").out
