"""Cards and the rest of the book: employment, protection, what free text may not hold, extracts, merging."""

from __future__ import annotations

import io
from typing import Any

import pytest
from vcard_samples import card, lines_of

from kontaktnat import Actor, Contact, Role
from kontaktnat.exchange import rejects_file
from kontaktnat.model import Way

EVA = ("N:Ek;Eva;;;", "FN:Eva Ek", "EMAIL;TYPE=INTERNET:eva.ek@nybro.example")
NUMBER = "19" + "811218" + "-" + "9876"


def taken(book: Any, data: bytes) -> Any:
    return book.import_from(io.BytesIO(data), format="vcard")


def exported(book: Any, **options: Any) -> list[list[tuple[str, str]]]:
    stream = io.BytesIO()
    as_of, reveal = options.pop("as_of", None), options.pop("reveal", None)
    book.export_to(stream, "vcard", options=options, as_of=as_of, reveal=reveal)
    return [[(line.name, line.value) for line in lines] for lines in lines_of(stream.getvalue())]


def values(card: list[tuple[str, str]], *names: str) -> list[tuple[str, str]]:
    return [one for one in card if one[0] in names]


# What is said of employment


def test_a_hat_at_a_known_actor_and_one_that_waits(book: Any) -> None:
    book.add(Actor(name="Nybro kommun", aliases=["Nybro"]))
    data = card(*EVA, "a.ORG;X-P=1:Nybro;Trygghet", "a.TITLE:Utredare", "b.ORG:Okänd AB", "b.TITLE:Rektor")
    done = taken(book, data)
    assert (done.created, done.quarantined) == (1, 1)
    [role] = book.roles.all()
    assert role.title == "Utredare, Trygghet"
    told = [("ORG", "Nybro;Trygghet"), ("TITLE", "Utredare"), ("ORG", "Okänd AB"), ("TITLE", "Rektor")]
    assert values(exported(book)[0], "ORG", "TITLE") == told
    assert str(taken(book, data)).startswith("created 0, updated 0, unchanged 1")
    # What waited has been decided, and is told as before.
    [waiting] = book.pending.all()
    book.settle(waiting, new=True)
    assert values(exported(book)[0], "ORG", "TITLE") == told
    # A hat that ends, and one that is called otherwise.
    [school] = [one for one in book.roles.all() if one.id != role.id]
    book.update(school, until="2026-01-01")
    book.update(role, title="Säkerhetschef")
    assert values(exported(book)[0], "ORG", "TITLE") == [("ORG", "Nybro kommun"), ("TITLE", "Säkerhetschef")]


def test_hats_of_the_day_the_longest_held_first(book: Any) -> None:
    places = [book.add(Actor(name=name)) for name in ("Nybro kommun", "Kalmar FF", "Region Kalmar län")]
    eva = book.add(Contact(name="Eva Ek"))
    since = ("2024", "2020", "2010")
    for place, day, until in zip(places, since, (None, None, "2022"), strict=True):
        book.add(Role(contact=eva.id, actor=place.id, title=f"T{day}", since=day, until=until))
    [now] = exported(book)
    assert values(now, "ORG", "TITLE", "X-KONTAKTNAT-HAT") == [
        ("ORG", "Kalmar FF"), ("TITLE", "T2020"), ("X-KONTAKTNAT-HAT", "Nybro kommun;;T2024;"),
    ]  # fmt: skip
    [then] = exported(book, as_of="2021-06-01", version="4.0")
    assert values(then, "ORG", "TITLE") == [
        ("ORG", "Region Kalmar län"), ("TITLE", "T2010"), ("ORG", "Kalmar FF"), ("TITLE", "T2020"),
    ]  # fmt: skip
    assert values(exported(book, as_of="2005-01-01")[0], "ORG") == []


def test_the_mailbox_of_an_office_comes_back_on_the_card(book: Any) -> None:
    book.add(Actor(name="Nybro kommun"))
    taken(book, card(*EVA, "ORG:Nybro kommun", "EMAIL;TYPE=INTERNET:info@nybro.example"))
    [eva], [nybro] = book.contacts.all(), book.actors.all()
    assert [way.value for way in eva.ways] == ["eva.ek@nybro.example"]
    assert [way.value for way in nybro.ways] == ["info@nybro.example"]
    assert values(exported(book)[0], "EMAIL") == [
        ("EMAIL", "eva.ek@nybro.example"), ("EMAIL", "info@nybro.example"),
    ]  # fmt: skip
    book.update(nybro, ways=[])
    assert values(exported(book)[0], "EMAIL") == [("EMAIL", "eva.ek@nybro.example")]


# Protection


def test_the_protected_are_not_there_at_all(book: Any) -> None:
    book.add(Contact(name="Siv Rönn", protected=True))
    book.add(Contact(name="Eva Ek"))
    book.add(Actor(name="Kvinnojouren Linden", protected=True))
    assert [values(one, "FN") for one in exported(book)] == [[("FN", "Eva Ek")]]
    assert exported(book, type="actor") == []
    shown = exported(book, reveal="a test")
    assert {("FN", "Siv Rönn")} == {one for found in shown for one in found if one[1] == "Siv Rönn"}


def test_who_works_at_a_protected_place_is_not_told(book: Any) -> None:
    book.add(Actor(name="Kvinnojouren Linden", protected=True))
    taken(book, card(*EVA, "a.ORG:Kvinnojouren Linden", "a.TITLE:Jourhavande", "X-SHOE:38"))
    seen = [
        str(book.pending.all()[0].raw),
        *(str(one.extra) for one in book.contacts.all()),
        str(exported(book)),
    ]
    assert not any("Linden" in one or "Jourhavande" in one for one in seen)
    assert "X-SHOE" in seen[1]


# What may not stand in free text


def test_a_number_in_a_note_rejects_the_card_alone_and_elsewhere_none(book: Any) -> None:
    done = taken(
        book,
        card(*EVA, f"UID:{NUMBER}", f"X-FOO:{NUMBER}", "BDAY:1981-12-18", f"PHOTO;ENCODING=b:{NUMBER}==")
        + card("FN:Bo Alm", f"NOTE:han är {NUMBER}")
        + card("FN:Nils Lind", "TEL:070-174 06 20"),
    )
    assert str(done) == "created 2, updated 0, unchanged 0, rejected 1"
    assert done.rejected[0].row == 11
    file = rejects_file(done.rejected, done.importer).decode()
    assert "X-KONTAKTNAT-PROBLEM:contact note: characters" in file
    again = taken(book, file.replace(NUMBER, "äldre").encode())
    assert str(again) == "created 1, updated 0, unchanged 0, rejected 0"
    assert not any("PROBLEM" in str(one.extra) for one in book.contacts.all())


def test_what_waits_is_judged_as_what_it_will_be(book: Any) -> None:
    book.add(Contact(name="Eva Ek", ways=[Way(kind="mail", value="eva@kalmar.example")]))
    done = taken(book, card(*EVA, f"UID:{NUMBER}", "ORG;X-P=19811218-9876:Okänd AB"))
    assert (done.created, done.quarantined, done.rejected) == (1, 1, [])


def test_a_note_stands_in_one_place_only(book: Any) -> None:
    taken(book, card(*EVA, "NOTE;LANGUAGE=sv:ringer på tisdagar"))
    [eva] = book.contacts.all()
    assert "tisdagar" not in str(eva.extra)
    assert values(exported(book)[0], "NOTE") == [("NOTE", "ringer på tisdagar")]


# The rest of the book


def test_it_is_in_the_extract_and_merging_loses_none_of_it(book: Any) -> None:
    taken(book, card(*EVA, "UID:1", "BDAY:1981-12-18") + card("FN:Eva Alm", "UID:2", "X-SHOE:38"))
    one, other = sorted(book.contacts.all(), key=lambda found: found.name, reverse=True)
    assert "BDAY:1981-12-18" in str(book.privacy.extract(one.id).data())
    book.merge(one.id, other.id)
    [eva] = book.contacts.all()
    assert {("BDAY", "1981-12-18"), ("X-SHOE", "38")} <= {*exported(book)[0]}
    assert len(eva.extra) == 2


def test_an_organisation_keeps_its_card(book: Any) -> None:
    data = card("N:;;;;", "FN:Nybro kommun", "ORG:Nybro kommun;Trygghet", "X-ABShowAs:COMPANY", "X-SHOE:38",
                "EMAIL;TYPE=INTERNET;TYPE=WORK;TYPE=pref:info@nybro.example")  # fmt: skip
    taken(book, data)
    [nybro] = exported(book, type="actor")
    assert sorted(one for one in nybro if one[0] not in ("UID", "PRODID")) == sorted(
        (line.name, line.value) for line in lines_of(data)[0]
    )
    assert str(taken(book, data)).startswith("created 0, updated 0, unchanged 1")


@pytest.mark.parametrize("options", [{"version": "2.1"}, {"type": "role"}, {"verison": "3.0"}])
def test_wrong_options(book: Any, options: dict[str, str]) -> None:
    from kontaktnat import Invalid

    with pytest.raises(Invalid):
        exported(book, **options)
