"""What an erasure leaves alone: others' data, common words; and what it finds in odd places."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kontaktnat import Actor, Book, Contact, Interaction, Pending, Role, Way

OpenBook = Callable[..., Book]


def note(book: Book, text: str, **fields: object) -> str:
    return str(book.add(Interaction(kind="phone", summary=text, **fields)).id)


def summary(book: Book, id: str) -> str:
    return book.interactions.get(id).summary


def test_who_has_only_the_initials_is_another(book: Book) -> None:
    eva = book.add(Contact(name="Eva Ek"))
    erik = book.add(Contact(name="Erik Ek", note="kvar"))
    text = note(book, "Eva Ek och Erik Ek ringde")
    book.delete(erik)
    told = book.privacy.erase(eva, decision="1")
    assert told.namesakes == ()
    assert summary(book, text) == "[erased] och Erik Ek ringde"
    assert [one.name for one in map(book.get, [])] == []
    assert book.privacy.remembered() == {erik.id: "Erik Ek"}


def test_shared_addresses_stay_with_others(book: Book) -> None:
    ways = (Way(kind="mail", value="info@n.example"), Way(kind="phone", value="070-174 06 20"))
    work = book.add(Actor(name="Nybro kommun", ways=ways))
    eva = book.add(Contact(name="Eva Ek", ways=ways))
    ulf = book.add(Contact(name="Ulf Al", ways=ways))
    text = note(book, "Skrev till info@n.example")
    book.privacy.erase(eva, decision="1")
    assert (book.actors.get(work.id).ways, book.contacts.get(ulf.id).ways) == (ways, ways)
    assert summary(book, text) == "Skrev till info@n.example"


def test_a_posts_mailbox_stays_with_who_has_it_now(book: Book) -> None:
    work = book.add(Actor(name="Nybro kommun"))
    eva, bo = book.add(Contact(name="Eva Ek")), book.add(Contact(name="Bo Al"))
    mailbox = Way(kind="mail", value="samordnare@n.example")
    post = book.add(Role(contact=eva.id, actor=work.id, ways=(mailbox,)))
    book.update(post, contact=bo.id)
    book.privacy.erase(eva, decision="1")
    assert book.roles.get(post.id).ways == (mailbox,)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Ingrid Berg", "möte i Berg, i Bergs kommun. I Berg igår"),
        ("Åsa Lund", "å Lunds vägnar"),
        ("Bo", "att bo i Nybro, Bo AB"),
        ("Dag Sten", "varje dag, de kastade sten"),
        ("Anna Svensson", "Maria Svensson på skolan, Anna Karlsson"),
    ],
)
def test_common_words_and_others_names_stay(book: Book, name: str, text: str) -> None:
    who = book.add(Contact(name=name))
    tied = () if name in ("Ingrid Berg", "Åsa Lund") else (who.id,)  # who is linked may be meant by Berg
    here = note(book, text, participants=tied)
    book.privacy.erase(who, decision="1")
    assert summary(book, here) == text


def test_an_actors_name_is_told_and_stays(book: Book) -> None:
    eva = book.add(Contact(name="Eva Ek"))
    firm = book.add(Actor(name="Eva Ek Förlag"))
    told = book.privacy.erase(eva, decision="1")
    assert book.actors.get(firm.id).name == "Eva Ek Förlag"
    assert ("actor", firm.id, "name") in told.left


@pytest.mark.parametrize(
    "text",
    [
        "Svensson, Anna Maria kom", "Anna Svensson kom", "A. Svensson kom", "**Anna** **Maria** **Svensson**",
        "Anna Maria\n      Svensson", "q.w+kn@x.example", "_q.w@x.example_", "tel0701740620",
        "070\u00a0174\u00a006\u00a020",
        "070\u2011174\u201106\u201120",
    ],
)  # fmt: skip
def test_spellings_that_are_found(book: Book, text: str) -> None:
    ways = (Way(kind="mail", value="q.w@x.example"), Way(kind="phone", value="070-174 06 20"))
    who = book.add(Contact(name="Anna Maria Svensson", ways=ways))
    here = note(book, text)
    book.privacy.erase(who, decision="1")
    said = summary(book, here).casefold()
    assert not any(part in said for part in ("svensson", "q.w", "20", "anna"))


def test_keys_numbers_and_names_of_settings(book: Book) -> None:
    eva = book.add(Contact(name="Eva Ek", ways=(Way(kind="phone", value="070-174 06 20"),)))
    odd = book.add(Interaction(kind="phone", extra={"a.b": {"Eva Ek": "ja", "tel": 46701740620}}))
    waits = book.add(Pending(kind="contact", text="rad 1", raw={"Eva Ek": "ja"}))
    book.set("list.Eva Ek", {"a": 1})
    book.set("by", "Eva Ek")
    with book.transaction("ändrat", by="bo"):
        book.update(odd, subject="x")
    with book.transaction("gallring", by="bo"):
        pass
    book._by = "bo"
    book.privacy.erase(eva, decision="1")
    assert book.interactions.get(odd.id).extra == {"a.b": {"[erased]": "ja", "tel": "[erased]"}}
    assert book.pending.where(id=waits.id) == []
    assert {one.id for one in book.settings.all()} == {f"erasure.{book.version}"}


def test_an_anonymised_one_and_a_receipt_are_nobodys_namesakes(book: Book) -> None:
    eva, bo = book.add(Contact(name="Eva Ek")), book.add(Contact(name="Bo Al"))
    first = book.privacy.anonymise(eva, decision="dnr 7")
    book.privacy.anonymise(bo, decision="dnr 8")
    told = book.privacy.erase(eva, decision="dnr 9")
    assert (told.namesakes, told.left) == ((), ())
    assert book.contacts.get(bo.id).name == "[anonymised]"
    receipt = book.setting(f"erasure.{first.number}")
    assert (receipt["kind"], receipt["decision"]) == ("anonymised", "dnr 7")


def test_why_somebody_looked_goes_too(book: Book) -> None:
    eva = book.add(Contact(name="Eva Ek", note="dold", protected=True))
    book.reveal(eva.id, "Eva ringde om det")
    book.privacy.erase(eva.id, decision="1", reveal="gallring")
    assert [one.label for one in book.history() if one.reveals] == []
    assert not any("Eva" in one.label for one in book.history())
