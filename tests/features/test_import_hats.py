"""What a card or row says of employment becomes a hat; what is not sure waits until somebody decides."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

import pytest

from kontaktnat import Actor, Book, Contact, Pending, Role, Veto, Way, hookimpl
from kontaktnat.exchange import ImportResult
from kontaktnat.extend import Candidate, Importer, to_doc
from kontaktnat.i18n import speaking
from kontaktnat.model import RECORDS, Record
from kontaktnat.views.listing import listing

Said = dict[str, Any]


class Cards:
    """An importer of whatever was put into `cards`."""

    def __init__(self) -> None:
        self.cards: list[Said] = []
        self.refused = ""
        """Title of roles that a guard refuses; `any`: all of them."""

    @hookimpl
    def register_importers(self) -> list[Importer]:
        return [Importer(name="cards", suffixes=(), sniff=lambda head: True, read=self.read)]

    def read(self, stream: BinaryIO, options: Mapping[str, str]) -> Iterator[Candidate]:
        for n, card in enumerate(self.cards, 1):
            fields = dict(card)
            yield Candidate(row=n, type=fields.pop("type", "contact"), fields=fields, raw=str(card))

    @hookimpl
    def before_save(self, record: Record) -> None:
        if self.refused and isinstance(record, Role) and self.refused in ("any", record.title):
            raise Veto("den hatten sparas inte")


CARDS = Cards()


@pytest.fixture
def book_plugins() -> list[Any]:
    CARDS.refused = ""
    return [CARDS]


@pytest.fixture
def nybro(book: Book) -> Actor:
    return book.add(Actor(name="Nybro kommun", kind="municipality", aliases=["Nybro"], place="0881"))


def take(book: Book, *cards: Said) -> ImportResult:
    CARDS.cards = list(cards)
    return book.import_from(io.BytesIO(b"x"), format="cards")


def card(name: str = "Eva Ek", mail: str = "", **hat: Any) -> Said:
    ways = [{"kind": "mail", "value": mail, "label": "work"}] if mail else []
    return {"name": name, "ways": ways, "hats": [hat] if hat else []}


def counts(result: ImportResult) -> tuple[int, int, int, int]:
    return result.created, result.updated, result.unchanged, len(result.rejected)


def only_role(book: Book) -> Role:
    [role] = book.roles.all()
    return role


def test_organisation_and_title_become_a_role_at_a_known_actor(book: Book, nybro: Actor) -> None:
    result = take(book, card(organisation="nybro KOMMUN", title="Säkerhetschef"))
    assert counts(result) == (1, 0, 0, 0)
    role = only_role(book)
    assert (role.actor, role.title) == (nybro.id, "Säkerhetschef")
    assert role.contact == book.contacts.where(name="Eva Ek")[0].id


@pytest.mark.parametrize("name", ["Nybro", "nybro kommun", "Nybro stad"])
def test_an_alias_and_a_former_name_are_known(book: Book, nybro: Actor, name: str) -> None:
    book.rename(nybro, "Nybro stad", on="2020-01-01")
    take(book, card(organisation=name))
    assert only_role(book).actor == nybro.id


def test_who_succeeded_is_where_they_work_now(book: Book, nybro: Actor) -> None:
    new = book.add(Actor(name="Storkommunen"))
    book.succeed(nybro, new, on="2026-01-01")
    take(book, card(organisation="Nybro kommun"))
    assert only_role(book).actor == new.id


def test_the_same_again_changes_nothing(book: Book, nybro: Actor) -> None:
    cards = [
        card(organisation="Nybro kommun", title="Chef"),
        card("Bo Ek", organisation="Okänd AB", title="Vd"),
        card("Bo Lund", "info@nybro.example", organisation="Nybro kommun"),
    ]
    take(book, *cards)
    before = book.version
    assert counts(take(book, *cards)) == (0, 0, 3, 0)
    assert book.version == before


def test_a_title_that_is_a_function_says_the_function(book: Book, nybro: Actor) -> None:
    take(book, card(organisation="Nybro", title="Kommunpolis"))
    assert only_role(book).function == "municipal_police_officer"
    assert counts(take(book, card(organisation="Nybro", title="kommunpolis"))) == (0, 0, 1, 0)


def test_a_vacant_post_of_that_function_is_filled(book: Book, nybro: Actor) -> None:
    post = book.add(Role(actor=nybro.id, function="municipal_police_officer"))
    take(book, card(organisation="Nybro", function="Kommunpolis"))
    assert only_role(book).id == post.id
    assert only_role(book).contact


def test_a_second_employer_leaves_the_first(book: Book, nybro: Actor) -> None:
    kalmar = book.add(Actor(name="Kalmar kommun"))
    mail = "eva.ek@post.example"
    take(book, card("Eva Ek", mail, organisation="Nybro kommun", title="Chef"))
    result = take(book, card("Eva Ek", mail, organisation="Kalmar kommun", title="Vd"))
    assert counts(result) == (0, 1, 0, 0)
    assert {role.actor for role in book.roles.all()} == {nybro.id, kalmar.id}


def test_a_title_that_nobody_told_is_filled_in(book: Book, nybro: Actor) -> None:
    eva = book.add(Contact(name="Eva Ek"))
    hat = book.add(Role(contact=eva.id, actor=nybro.id))
    take(book, card(organisation="Nybro", title="Säkerhetschef"))
    assert only_role(book).id == hat.id
    assert only_role(book).title == "Säkerhetschef"


def test_another_title_at_the_same_place_waits(book: Book, nybro: Actor) -> None:
    eva = book.add(Contact(name="Eva Ek"))
    hat = book.add(Role(contact=eva.id, actor=nybro.id, title="Fritidschef"))
    result = take(book, card(organisation="Nybro", title="Säkerhetschef"))
    assert (counts(result), result.quarantined) == ((1, 0, 0, 0), 1)
    assert only_role(book).title == "Fritidschef"
    [waits] = book.pending.all()
    book.settle(waits, onto=hat.id)
    assert only_role(book).title == "Säkerhetschef"
    book.undo()
    book.settle(book.pending.all()[0], onto=nybro.id)
    assert sorted(role.title for role in book.roles.all()) == ["Fritidschef", "Säkerhetschef"]


def test_a_hat_that_has_ended_is_not_put_on_again_unasked(book: Book, nybro: Actor) -> None:
    eva = book.add(Contact(name="Eva Ek"))
    book.add(Role(contact=eva.id, actor=nybro.id, title="Chef", since="2019", until="2023"))
    take(book, card(organisation="Nybro", title="Chef"))
    assert len(book.roles.all()) == 1
    assert len(book.pending.all()) == 1


def test_who_works_elsewhere_is_not_taken_for_the_namesake(book: Book, nybro: Actor) -> None:
    book.add(Actor(name="Kalmar kommun"))
    take(book, card("Anna Andersson", organisation="Nybro kommun"))
    result = take(book, card("Anna Andersson", organisation="Kalmar kommun"))
    assert (result.created, result.quarantined) == (1, 1)
    assert len(book.contacts.all()) == 1
    [waits] = book.pending.all()
    book.settle(waits, new=True)
    assert len(book.contacts.all()) == 2
    assert len(book.roles.all()) == 2, "the hat comes along"


def test_an_unknown_organisation_waits_and_all_who_work_there_are_settled_at_once(
    book: Book, nybro: Actor
) -> None:
    result = take(
        book,
        card(organisation="Nybro kn", title="Chef"),
        card("Bo Ek", organisation="Nybro Kn", title="Vakt"),
    )
    assert (result.created, result.quarantined, len(result.waiting)) == (2, 2, 2)
    assert not book.roles.all()
    book.settle(book.pending.all()[0], onto=nybro.id)
    assert sorted(role.title for role in book.roles.all()) == ["Chef", "Vakt"]
    assert not book.pending.all()
    assert "Nybro kn" in book.actors.get(nybro.id).aliases
    assert counts(take(book, card(organisation="Nybro kn", title="Chef"))) == (0, 0, 1, 0)
    book.undo()
    assert (len(book.pending.all()), len(book.roles.all())) == (2, 0)


def test_a_new_actor_is_made_only_when_somebody_says_so(book: Book) -> None:
    take(book, card(organisation="Okänd AB", title="Vd"))
    assert not book.actors.all()
    book.settle(book.pending.all()[0], new=True)
    assert [actor.name for actor in book.actors.all()] == ["Okänd AB"]
    assert only_role(book).title == "Vd"


def test_an_organisation_that_comes_later_in_the_file_is_known(book: Book) -> None:
    result = take(book, card(organisation="Nya AB"), {"type": "actor", "name": "Nya AB"})
    assert (counts(result), result.quarantined) == ((2, 0, 0, 0), 0)
    assert only_role(book).actor == book.actors.all()[0].id


def test_two_organisations_of_one_name_are_not_guessed_between(book: Book) -> None:
    for place in ("0881", "0880"):
        book.add(Actor(name="Kvinnojouren", place=place))
    take(book, card(organisation="Kvinnojouren"))
    assert not book.roles.all()
    assert len(book.pending.all()[0].candidates) == 3, "the person and both"


def test_a_department_that_is_an_actor_of_it_is_the_place(book: Book, nybro: Actor) -> None:
    part = book.add(Actor(name="Socialförvaltningen", parent=nybro.id))
    book.add(Actor(name="Kulturförvaltningen"))
    take(book, card(organisation="Nybro kommun", department="Socialförvaltningen", title="Chef"))
    assert only_role(book).actor == part.id
    take(book, card("Bo Ek", organisation="Nybro kommun", department="Kulturförvaltningen", title="Chef"))
    [other] = book.roles.where(actor=nybro.id)
    assert other.title == "Chef, Kulturförvaltningen", "another's department is no actor of ours"


def test_a_department_does_not_take_the_place_of_a_title_that_is_a_word(book: Book, nybro: Actor) -> None:
    take(book, card(organisation="Nybro kommun", department="Ledningen", title="Kommunpolis"))
    role = only_role(book)
    assert (role.function, role.title) == ("municipal_police_officer", "Kommunpolis, Ledningen")
    assert listing(book.outward(), "role", [role]).rows[0]["function"] == "municipal_police_officer"
    named = book.update(role, function="")
    assert listing(book.outward(), "role", [named]).rows[0]["function"] == "Kommunpolis, Ledningen"


@pytest.mark.parametrize(
    "mail",
    ["info@nybro.example", "Registrator@nybro.example", "nybro@nybro.example", "nybro.kommun@x.example"],
)
def test_a_shared_mailbox_goes_to_the_actor(book: Book, nybro: Actor, mail: str) -> None:
    take(book, card("Eva Ek", mail, organisation="Nybro kommun"))
    assert not book.contacts.all()[0].ways
    assert [way.value for way in book.actors.get(nybro.id).ways] == [mail]


def test_the_actors_own_mailbox_is_nobodys(book: Book, nybro: Actor) -> None:
    book.update(nybro, ways=[Way(kind="mail", value="brott@nybro.example")])
    take(book, card("Eva Ek", "BROTT@nybro.example", organisation="Nybro kommun"))
    assert not book.contacts.all()[0].ways


def test_a_mailbox_that_two_at_one_place_use_goes_to_the_place(book: Book, nybro: Actor) -> None:
    cards = [card(name, "lokalen@nybro.example", organisation="Nybro kommun") for name in ("Eva Ek", "Bo Ek")]
    take(book, *cards)
    assert not any(one.ways for one in book.contacts.all())
    assert [way.value for way in book.actors.get(nybro.id).ways] == ["lokalen@nybro.example"]
    assert counts(take(book, *cards)) == (0, 0, 2, 0)


def test_a_familys_mailbox_stays_theirs(book: Book, nybro: Actor) -> None:
    book.add(Actor(name="Kalmar kommun"))
    take(
        book,
        card("Eva Ek", "familjen@hem.example", organisation="Nybro kommun"),
        card("Bo Ek", "familjen@hem.example", organisation="Kalmar kommun"),
        card("Lo Ek", "familjen@hem.example"),
    )
    assert all(len(one.ways) == 1 for one in book.contacts.all())


def test_a_mailbox_without_a_place_stays_with_whom_it_came(book: Book) -> None:
    take(book, card("Eva Ek", "info@ort.example"))
    assert [way.value for way in book.contacts.all()[0].ways] == ["info@ort.example"]


def test_a_mailbox_waits_with_its_hat(book: Book, nybro: Actor) -> None:
    take(book, card("Eva Ek", "info@nybro.example", organisation="Nybro kn"))
    book.settle(book.pending.all()[0], onto=nybro.id)
    assert [way.value for way in book.actors.get(nybro.id).ways] == ["info@nybro.example"]


def test_undo_takes_the_hats_back_with_the_rows(book: Book, nybro: Actor) -> None:
    before = export(book)
    take(book, card("Eva Ek", "info@nybro.example", organisation="Nybro"), card("Bo", organisation="Okänd"))
    assert len(export(book)) > len(before)
    book.undo()
    assert export(book) == before


def export(book: Book) -> list[dict[str, Any]]:
    docs = [to_doc(one) for kind in RECORDS for one in book.collection_of(kind).all()]
    return [{key: doc[key] for key in doc.keys() - {"rev", "changed", "changed_by"}} for doc in docs]


def test_a_row_that_is_refused_leaves_no_hat(book: Book, nybro: Actor) -> None:
    number = "850709-9805"  # an example of the tax agency's
    bad = {**card(organisation="Nybro", title="Chef"), "note": f"nummer {number}"}
    good = card(organisation="Nybro", title="Chef")
    result = take(book, bad, good)
    assert counts(result) == (1, 0, 0, 1)
    assert only_role(book).contact == book.contacts.all()[0].id
    bad = card("Bo Ek", organisation="Okänd", title=f"Chef {number}")
    result = take(book, bad, card("Bo Ek", organisation="Nybro"))
    assert len(result.rejected) == 1
    assert len(book.roles.all()) == 2


class TestProtected:
    def test_at_a_protected_actor_everything_waits(self, book: Book) -> None:
        home = book.add(Actor(name="Skyddat boende", protected=True))
        eva = book.add(Contact(name="Eva Ek"))
        book.add(Role(contact=eva.id, actor=home.id))
        told = [take(book, card(name, organisation="Skyddat boende")) for name in ("Eva Ek", "Bo Ek")]
        assert [(one.created, one.quarantined) for one in told] == [(1, 1), (1, 1)]
        assert len(book.reveal(only_role(book).id, "test").id) == 8

    def test_of_a_protected_person_a_place_is_never_confirmed(self, book: Book, nybro: Actor) -> None:
        eva = book.add(Contact(name="Eva Ek", protected=True))
        book.add(Role(contact=eva.id, actor=nybro.id))
        right = take(book, card(organisation="Nybro kommun"))
        wrong = take(book, card(organisation="Kalmar kommun"))
        assert counts(right) == counts(wrong)
        assert (right.quarantined, wrong.quarantined) == (1, 1)

    def test_a_hat_that_waits_is_covered_when_its_person_comes_to_be(self, book: Book, nybro: Actor) -> None:
        take(book, card(organisation="Nybro kn"))
        book.update(book.contacts.where(name="Eva Ek")[0], protected=True)
        [waits] = book.pending.all()
        assert {"raw", "text", "candidates"} <= set(waits.hidden)
        assert not waits.candidates
        assert "Nybro" not in str(to_doc(waits))


class TestOtherwiseSpelt:
    """A row under another name that surely is somebody known is asked about, not made a double."""

    MAIL = "eva.karlsson@nybro.example"

    def test_it_waits_with_the_reasons(self, book: Book, nybro: Actor) -> None:
        take(book, card("Eva Karlsson", self.MAIL, organisation="Nybro kommun"))
        result = take(book, card("Eva Carlsson", self.MAIL, organisation="Nybro kommun", title="Chef"))
        assert (result.created, result.quarantined) == (1, 1)
        [eva] = book.contacts.all()
        [waits] = book.pending.all()
        assert waits.candidates == (eva.id,)
        assert "mail" in waits.text
        again = card("Eva Carlsson", self.MAIL, organisation="Nybro kommun", title="Chef")
        assert counts(take(book, again)) == (0, 0, 1, 0)
        book.settle(waits, onto=eva.id)
        assert (book.contacts.get(eva.id).name, len(book.contacts.all())) == ("Eva Karlsson", 1)
        assert only_role(book).title == "Chef"
        assert counts(take(book, again)) == (0, 0, 1, 0), "it is not asked a second time"

    def test_one_that_says_nothing_new_is_known(self, book: Book, nybro: Actor) -> None:
        take(book, card("Eva Karlsson", self.MAIL, organisation="Nybro kommun"))
        assert counts(take(book, card("Eva Carlsson", self.MAIL, organisation="Nybro kommun"))) == (
            0,
            0,
            1,
            0,
        )

    def test_the_parts_of_the_other_name_are_not_taken(self, book: Book) -> None:
        eva = book.add(Contact(name="Eva Karlsson", given="Eva", family="Karlsson",
                               ways=[Way(kind="mail", value=self.MAIL)]))  # fmt: skip
        take(book, {**card("Eva Carlsson", self.MAIL), "given": "Eva", "family": "Carlsson", "note": "ny"})
        book.settle(book.pending.all()[0], onto=eva.id)
        assert (book.contacts.get(eva.id).family, book.contacts.get(eva.id).note) == ("Karlsson", "ny")

    def test_another_who_shares_the_number_is_another(self, book: Book) -> None:
        take(book, card("Eva Karlsson", "familjen@hem.example"))
        assert counts(take(book, card("Bo Karlsson", "familjen@hem.example"))) == (1, 0, 0, 0)
        assert len(book.contacts.all()) == 2

    def test_of_a_protected_person_nothing_is_asked(self, book: Book) -> None:
        book.add(Contact(name="Eva Karlsson", protected=True, ways=[Way(kind="mail", value=self.MAIL)]))
        result = take(book, card("Eva Carlsson", self.MAIL))
        assert (result.created, result.quarantined) == (1, 0)


def test_a_part_of_an_authority_that_is_not_here(book: Book) -> None:
    """All the police say Polismyndigheten: the area tells where somebody is, and it alone is named so."""
    kalmar = book.add(Actor(name="Lokalpolisområde Kalmar", kind="police_area"))
    vastervik = book.add(Actor(name="Lokalpolisområde Västervik", kind="police_area"))
    cards = [
        card("Bo Björk", organisation="Polismyndigheten", department="Lokalpolisområde Kalmar", title="Chef"),
        card("Bo Ask", organisation="Polismyndigheten", department="LPO Västervik", title="Chef"),
        card("Per Sälg", organisation="Polismyndigheten", department="LPO Västervik", title="Utredare"),
        card("Eva Ek", organisation="Polismyndigheten", department="Region Syd", title="Chef"),
    ]
    assert take(book, *cards).quarantined == 3
    [bjork] = book.roles.all()
    assert (bjork.actor, bjork.title) == (kalmar.id, "Chef")
    ask = next(one for one in book.pending.all() if one.raw["name"] == "Bo Ask")
    book.settle(ask, onto=vastervik)
    assert {role.title for role in book.roles.where(actor=vastervik.id)} == {"Chef", "Utredare"}
    assert book.actors.get(vastervik.id).aliases == ("LPO Västervik",)
    assert [one.raw["name"] for one in book.pending.all()] == ["Eva Ek"], "the region is not decided by it"
    again = take(book, *cards)
    assert (again.unchanged, again.quarantined) == (4, 0)


def test_a_department_of_somebody_elses_is_only_suggested(book: Book, nybro: Actor) -> None:
    part = book.add(Actor(name="Socialförvaltningen", parent=nybro.id))
    take(book, card(organisation="Ort kommun", department="Socialförvaltningen", title="Chef"))
    [waits] = book.pending.all()
    assert part.id in waits.candidates
    assert not book.roles.all()


def test_what_has_found_its_place_meanwhile_waits_no_more(book: Book) -> None:
    one = card(organisation="Ort kommun", title="Chef")
    assert take(book, one).quarantined == 1
    ort = book.add(Actor(name="Ort kommun"))
    again = take(book, one)
    assert (again.updated, again.quarantined, book.pending.all()) == (1, 0, [])
    assert only_role(book).actor == ort.id
    assert take(book, one).unchanged == 1
    assert again.batch is not None
    book.undo(again.batch)
    assert len(book.pending.all()) == 1


def test_a_row_whose_contact_person_is_refused_counts_as_rejected(book: Book) -> None:
    """The association stands; the row comes back, and adds what was missing once that is possible."""
    CARDS.refused = "Kontaktperson"
    data = "Förening;Orgnr;Kontaktperson\nNybro IF;802400-1234;Eva Ek\n".encode()
    assert counts(book.import_from(io.BytesIO(data), format="csv")) == (0, 0, 0, 1)
    assert [one.name for one in book.actors.all()] == ["Nybro IF"]
    assert not book.contacts.all()
    CARDS.refused = ""
    assert counts(book.import_from(io.BytesIO(data), format="csv")) == (1, 0, 0, 0)
    assert only_role(book).title == "Kontaktperson"


def test_a_row_that_is_rejected_is_not_counted_as_waiting(book: Book, nybro: Actor) -> None:
    """Something of it waits already, at a protected place, and would count as if it were new."""
    book.add(Actor(name="Kvinnojouren", protected=True))
    take(book, card(organisation="Kvinnojouren"))
    CARDS.refused = "Chef"
    both = card(organisation="Kvinnojouren")
    both["hats"].append({"organisation": "Nybro kommun", "title": "Chef"})
    result = take(book, both)
    assert (counts(result), result.quarantined) == ((0, 0, 0, 1), 0)


def test_rows_of_an_association_that_change_it_in_turn_count_once_each(book: Book) -> None:
    """As rejected or created, where the contact person is; not as updated, too, and then less than none."""

    def take_list(*people: str) -> tuple[int, int, int, int]:
        rows = "".join(f"Nybro IF;802400-1234;{note};{one}\n" for note, one in zip("AB", people, strict=True))
        data = f"Förening;Orgnr;Anteckning;Kontaktperson\n{rows}".encode()
        return counts(book.import_from(io.BytesIO(data), format="csv"))

    assert take_list("Eva Ek", "Bo Ask") == (2, 0, 0, 0)
    assert take_list("Eva Ek", "Bo Ask") == (0, 0, 2, 0)
    assert take_list("Eva Ek", "Siv Alm") == (1, 0, 1, 0)
    CARDS.refused = "any"
    assert take_list("Nils Lund", "Siv Alm") == (0, 0, 1, 1)


def test_whose_row_ends_as_it_was_is_not_saved_anew(book: Book) -> None:
    """Also where something of it waits at a protected place, and counts as new each time."""
    book.add(Actor(name="Kvinnojouren", protected=True))
    said = card(mail="eva.ek@post.example", organisation="Kvinnojouren")
    for _ in range(2):
        assert counts(take(book, said | {"note": "A"}, said | {"note": "B"}))[0] > 0
    assert [(one.rev, one.note) for one in book.contacts.all()] == [(1, "B")]


def test_why_it_still_waits_is_said_in_the_language_of_whoever_imports(book: Book) -> None:
    """Where the organisation came later in the file: with the row, as of any other."""
    with speaking("sv"):
        take(
            book,
            card(mail="eva.ek@post.example", organisation="Ort kommun", title="Chef"),
            {"type": "actor", "name": "Ort kommun"},
            card(mail="eva.ek@post.example", organisation="Ort kommun", title="Samordnare"),
        )
    [waits] = book.pending.all()
    assert waits.text.startswith("rad 1 i ")
    assert "en annan titel" in waits.text


def test_a_row_that_comes_after_its_organisation(book: Book) -> None:
    one = card(organisation="Ort kommun", title="Chef")
    result = take(book, one, {"type": "actor", "name": "Ort kommun"}, one)
    assert (result.rejected, result.quarantined, book.pending.all()) == ([], 0, [])
    assert only_role(book).title == "Chef"


# What must not be lost


def test_habo_and_habo_with_a_ring_are_two_places(book: Book) -> None:
    mail = "eva.ek@post.example"
    take(book, card(mail=mail, organisation="Habo kommun"), card(mail=mail, organisation="Håbo kommun"))
    assert {one.raw["organisation"] for one in book.pending.all()} == {"Habo kommun", "Håbo kommun"}


def test_two_of_one_name_at_one_unknown_place_wait_each_with_a_hat(book: Book) -> None:
    cards = [
        card(mail="eva.ek@post.example", organisation="Okänd AB"),
        card(mail="eva.lilla@post.example", organisation="Okänd AB"),
    ]
    take(book, *cards)
    [namesake] = book.pending.where(kind="contact")
    book.settle(namesake, new=True)
    assert {one.candidates[0] for one in book.pending.where(kind="role")} == {
        one.id for one in book.contacts.all()
    }
    assert len(book.contacts.all()) == 2
    assert counts(take(book, *cards)) == (0, 0, 2, 0)


@pytest.mark.parametrize("said", [{"function": "Kommunpolis"}, {"department": "Säkerhet"}])
def test_a_function_without_a_place_waits(book: Book, said: Said) -> None:
    take(book, card(**said))
    [waits] = book.pending.all()
    assert said.items() <= waits.raw.items()


def test_a_new_hat_at_a_place_that_is_known_makes_no_second_place(book: Book, nybro: Actor) -> None:
    eva = book.add(Contact(name="Eva Ek"))
    book.add(Role(contact=eva.id, actor=nybro.id, title="Fritidschef"))
    take(book, card(organisation="Nybro", title="Säkerhetschef"))
    [waits] = book.pending.all()
    book.settle(waits, new=True)
    assert [one.id for one in book.actors.all()] == [nybro.id]
    assert {one.title for one in book.roles.all()} == {"Fritidschef", "Säkerhetschef"}


PHONE = {"kind": "phone", "value": "070-174 06 05"}


def test_the_number_of_a_hat_is_put_to_the_hat_that_is_there(book: Book, nybro: Actor) -> None:
    eva = book.add(Contact(name="Eva Ek"))
    own = Way(kind="phone", value="0701740606")
    book.add(Role(contact=eva.id, actor=nybro.id, title="Chef", ways=[own]))
    told = card(organisation="Nybro", title="Chef", ways=[PHONE])
    assert counts(take(book, told)) == (0, 1, 0, 0)
    assert [way.value for way in only_role(book).ways] == [own.value, PHONE["value"]]
    assert counts(take(book, told)) == (0, 0, 1, 0)


def test_what_waits_keeps_its_number_and_its_mailbox_when_it_is_a_hat_that_is_there(
    book: Book, nybro: Actor
) -> None:
    eva = book.add(Contact(name="Eva Ek"))
    hat = book.add(Role(contact=eva.id, actor=nybro.id, title="Fritidschef"))
    told = card(mail="info@okand.example", organisation="Okänd AB", title="Chef", ways=[PHONE])
    take(book, told | {"name": "Eva Ek"})
    for waits in book.pending.where(kind="contact"):
        book.settle(waits, onto=eva.id)
    [waits] = book.pending.where(kind="role")
    book.settle(waits, onto=hat.id)
    assert [way.value for way in only_role(book).ways] == [PHONE["value"]]
    assert [way.value for way in book.actors.get(nybro.id).ways] == ["info@okand.example"]


def test_a_vacant_post_keeps_its_own_number(book: Book, nybro: Actor) -> None:
    own = Way(kind="phone", value="0701740606")
    book.add(Role(actor=nybro.id, function="municipal_police_officer", ways=[own]))
    take(book, card(organisation="Nybro", function="Kommunpolis", ways=[PHONE]))
    assert [way.value for way in only_role(book).ways] == [own.value, PHONE["value"]]


def test_a_guard_that_refuses_a_hat_at_a_later_place_refuses_not_the_file(book: Book) -> None:
    CARDS.refused = "any"
    result = take(book, card(organisation="Ny AB"), {"type": "actor", "name": "Ny AB"}, card("Bo Ask"))
    assert counts(result) == (3, 0, 0, 0)
    assert [one.kind for one in book.pending.all()] == ["role"]
    assert (result.quarantined, result.waiting) == (1, [book.pending.all()[0].id])


def test_a_mailbox_stays_where_the_row_that_would_give_it_away_is_rejected(book: Book, nybro: Actor) -> None:
    CARDS.refused = "Vd"
    mail = "akvarell@nybro.example"
    result = take(
        book,
        card("Bo Lund", mail, organisation="Nybro kommun"),
        card("Cia Palm", mail, organisation="Nybro kommun", title="Vd"),
    )
    assert counts(result) == (1, 0, 0, 1)
    assert [way.value for one in book.contacts.all() for way in one.ways] == [mail]


def test_of_two_that_were_merged_the_same_hat_waits_once(book: Book) -> None:
    told = card(mail="eva.ek@post.example", organisation="Okänd AB")
    take(book, told)
    [eva] = book.contacts.all()
    book.merge(book.add(Contact(name="Eva Ek-Alm")), eva)
    [kept] = book.contacts.all()
    book.update(kept, name="Eva Ek")
    assert counts(take(book, told)) == (0, 0, 1, 0)
    assert [one.candidates for one in book.pending.all()] == [(kept.id,)]


def test_who_was_merged_away_is_known_by_the_name_they_had(book: Book, nybro: Actor) -> None:
    told = card("Eva Ek-Alm", organisation="Nybro kommun", title="Rektor")
    bare = card("Evva Ek")
    take(book, told, bare)
    eva = book.add(Contact(name="Eva Ek", ways=[Way(kind="mail", value="eva.ek@nybro.example")]))
    for other in [one for one in book.contacts.all() if one.id != eva.id]:
        book.merge(eva.id, other)
    assert book.contacts.get(eva.id).aliases == ("Eva Ek-Alm", "Evva Ek")
    assert counts(take(book, told, bare)) == (0, 0, 2, 0)
    parts = {"given": "Eva", "family": "Ek-Alm"}
    assert counts(take(book, {"name": "Eva Ek-Alm", **parts})) == (0, 0, 1, 0)
    [kept] = book.contacts.all()
    assert (kept.name, kept.given, kept.family) == ("Eva Ek", "", "")
    assert len(book.roles.all()) == 1


def test_of_several_who_may_be_called_so_none_is_taken(book: Book, nybro: Actor) -> None:
    told = card("Eva Ek", organisation="Nybro kommun", title="Rektor")
    take(book, told)
    [eva] = book.contacts.all()
    book.merge(book.add(Contact(name="Eva Alm")), eva)
    other = book.add(Contact(name="Eva Ek"))
    book.add(Role(contact=other.id, actor=nybro.id, title="Vaktmästare"))
    assert counts(take(book, told)) == (1, 0, 0, 0)
    assert len(book.pending.all()[0].candidates) == 2
    assert len(book.contacts.all()) == 2


def test_a_name_spelt_in_other_letters_is_known_from_then_on(book: Book) -> None:
    there = book.add(Actor(name="Växjö kommun"))
    told = [card(organisation="Vaxjo kommun"), card("Bo Ask", organisation="Vaxjo kommun")]
    take(book, *told)
    book.settle(book.pending.all()[0], onto=there.id)
    assert book.pending.all() == []
    assert [one.actor for one in book.roles.all()] == [there.id] * 2
    assert counts(take(book, *told, card("Cia Alm", organisation="Vaxjo kommun"))) == (1, 0, 2, 0)
    assert book.pending.all() == []


def test_aliases_that_are_cleared_are_no_letters(book: Book) -> None:
    there = book.add(Actor(name="Växjö kommun", aliases=["Växjö"]))
    kept = {"name": "Växjö", "aliases": "<clear>", "note": "ny"}
    waits = book.add(Pending(kind="actor", text="t", raw=kept, candidates=[there.id]))
    book.settle(waits, onto=there.id)
    assert book.actors.get(there.id).aliases == ()


# What must not be told


def ways_of(book: Book, who: Contact) -> list[str]:
    """Also of one who is protected."""
    whole = book.reveal(who.id, "samråd")
    assert isinstance(whole, Contact)
    return [way.value for way in whole.ways]


def test_a_row_does_not_tell_where_a_protected_namesake_works(book: Book, nybro: Actor) -> None:
    book.add(Actor(name="Kalmar kommun"))
    siv = book.add(Contact(name="Siv Ek", protected=True))
    book.add(Role(contact=siv.id, actor=nybro.id))
    book.add(Contact(name="Siv Ek"))
    for place in ("Nybro kommun", "Kalmar kommun"):
        take(book, card("Siv Ek", organisation=place))
    one, other = book.pending.all()
    assert one.candidates == other.candidates


def test_a_row_does_not_tell_that_a_protected_namesake_works_there_too(book: Book, nybro: Actor) -> None:
    kalmar = book.add(Actor(name="Kalmar kommun"))
    siv = book.add(Contact(name="Siv Ek", protected=True))
    book.add(Role(contact=siv.id, actor=nybro.id))
    other = book.add(Contact(name="Siv Ek"))
    for actor in (nybro, kalmar):
        book.add(Role(contact=other.id, actor=actor.id, title="Chef"))
    done = [counts(take(book, card("Siv Ek", organisation=at.name, title="Chef"))) for at in (nybro, kalmar)]
    assert done == [(0, 0, 1, 0)] * 2


def test_whether_something_waits_at_a_protected_place_is_not_told(book: Book) -> None:
    book.add(Actor(name="Kvinnojouren", protected=True))
    told = card(organisation="Kvinnojouren")
    assert counts(take(book, told)) == counts(take(book, told)) == (1, 0, 0, 0)
    assert len(book.pending.all()) == 1


def test_a_mailbox_of_one_who_is_protected_is_not_put_where_they_work(book: Book, nybro: Actor) -> None:
    """In one transaction with their record a change of the actor would tell of their hat."""
    told = card(mail="info@nybro.example", organisation="Nybro kommun") | {"protected": True}
    assert counts(take(book, told)) == (1, 0, 0, 0)
    assert book.actors.get(nybro.id) == nybro
    assert nybro.id not in {change.id for one in book.outward().changes(since=1) for change in one.changes}
    [eva] = book.contacts.all()
    assert ways_of(book, eva) == ["info@nybro.example"]


def test_what_waits_of_one_who_is_protected_is_not_put_where_they_work(book: Book, nybro: Actor) -> None:
    take(book, card(mail="info@nybro.example", organisation="Nybro kommun"))
    [eva] = book.contacts.all()
    book.update(book.actors.get(nybro.id), ways=[])
    book.update(eva, protected=True)
    take(book, card(mail="info@nybro.example", organisation="Nybro kommun"))
    [waits] = book.pending.all()
    book.settle(waits, onto=eva.id)
    assert book.actors.get(nybro.id).ways == ()


def test_a_mail_that_one_who_is_protected_has_too_is_still_their_own(book: Book, nybro: Actor) -> None:
    mail = "pelikan@post.example"
    eva = card(mail=mail, organisation="Nybro kommun") | {"protected": True}
    take(book, eva, card("Bo Ask", mail=mail, organisation="Nybro kommun"))
    assert book.actors.get(nybro.id).ways == ()
    assert [ways_of(book, one) for one in book.contacts.all()] == [[mail]] * 2


# From when and until when


def span(role: Role) -> tuple[str, str]:
    return str(role.since or ""), str(role.until or "")


def test_since_and_until_are_the_roles(book: Book, nybro: Actor) -> None:
    told = card(organisation="Nybro kommun", title="Rektor", since="2024-03", until="2031-07-01")
    for outcome in ((1, 0, 0, 0), (0, 0, 1, 0)):
        assert counts(take(book, told)) == outcome
    assert span(only_role(book)) == ("2024-03", "2031-07-01")
    other = card(organisation="Nybro kommun", title="Rektor", since="2020", until="2032")
    assert counts(take(book, other)) == (0, 0, 1, 0), "what a role says stays"
    assert span(only_role(book)) == ("2024-03", "2031-07-01")


def test_a_day_that_nobody_had_told_is_filled_in(book: Book, nybro: Actor) -> None:
    take(book, card(organisation="Nybro kommun", title="Rektor"))
    assert counts(take(book, card(organisation="Nybro", title="Rektor", since="2024"))) == (0, 1, 0, 0)
    ended = card(organisation="Nybro", title="Rektor", since="2024", until="2026-07-01")
    for outcome in ((0, 1, 0, 0), (0, 0, 1, 0)):
        assert counts(take(book, ended)) == outcome
    assert span(only_role(book)) == ("2024", "2026-07-01")
    assert book.pending.all() == []


def test_another_term_is_another_hat(book: Book, nybro: Actor) -> None:
    now = card(organisation="Nybro kommun", title="Rektor", since="2023-08-01")
    before = card(organisation="Nybro kommun", title="Rektor", since="2016", until="2019-07-01")
    take(book, now)
    for outcome in ((0, 1, 0, 0), (0, 0, 1, 0)):
        assert counts(take(book, before)) == outcome
    assert counts(take(book, now)) == (0, 0, 1, 0)
    assert sorted(map(span, book.roles.all())) == [("2016", "2019-07-01"), ("2023-08-01", "")]


def test_a_hat_that_has_ended_gives_no_other_its_title_or_its_end(book: Book, nybro: Actor) -> None:
    eva = book.add(Contact(name="Eva Ek"))
    role = book.add(Role(contact=eva.id, actor=nybro.id))
    take(book, card(organisation="Nybro kommun", title="Rektor", since="2016", until="2019"))
    assert book.roles.get(role.id) == role
    assert len(book.pending.all()) == 1


def test_days_wait_with_their_hat(book: Book) -> None:
    take(book, card(organisation="Okänd AB", title="Vd", since="2024-03-01"))
    [pending] = book.pending.all()
    assert book.settle(pending, new=True) == only_role(book)
    assert span(only_role(book)) == ("2024-03-01", "")


@pytest.mark.parametrize("days", [{"since": "i våras"}, {"since": "2024", "until": "2020"}])
def test_days_that_do_not_fit_reject_the_row(book: Book, nybro: Actor, days: dict[str, str]) -> None:
    done = take(book, card(organisation="Nybro kommun", title="Vd", **days), card("Bo Ask"))
    assert counts(done) == (1, 0, 0, 1)
    assert [one.name for one in book.contacts.all()] == ["Bo Ask"]


def test_an_association_spelt_out_is_what_an_abbreviation_may_be(book: Book) -> None:
    from kontaktnat.outward import title_of
    from kontaktnat.quarantine import may_be

    book.add(Actor(name="Växjö kommun", aliases=["Växjö"], kind="municipality", place="0780"))
    file = (
        "Förening;Kontaktperson;E-post\n"
        "Växjö Idrottsförening;Eva Ek;kansli@vif.example\n"
        "Växjö IF;Bo Berg;kansli@vif.example\n"
    )
    book.import_from(io.BytesIO(file.encode()), format="csv", options={"as": "actor"})
    [waiting] = book.pending.all()
    found = [title_of(one) for one in may_be(book.outward(), waiting)]
    assert found == ["Växjö Idrottsförening", "Växjö kommun"]
