"""Whom a mailing goes to, by which address; who is left out is named, and counts add up."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kontaktnat import Actor, Book, Contact, Member, Network, Participation, Role, Way
from kontaktnat_mail.whom import Whom, guests, recipients


def mail(value: str, **more: Any) -> Way:
    return Way(kind="mail", value=value, **more)


class County:
    """Eva in two hats, Bo without an address, Siv protected, a vacant post."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.nybro = book.add(Actor(name="Nybro kommun", ways=[mail("kommun@nybro.example")]))
        self.kalmar = book.add(Actor(name="Kalmar kommun"))
        self.eva = self.person("Eva Ek", "eva@hemma.example")
        self.hat = self.role(self.eva, self.nybro, "eva.ek@nybro.example")
        self.bo = self.person("Bo Björk")

    def person(self, name: str, *mails: str, **more: Any) -> Contact:
        return self.book.add(Contact(name=name, ways=[mail(one) for one in mails], **more))

    def role(self, who: Contact | None, actor: Actor, *mails: str, **more: Any) -> Role:
        ways = [mail(one) for one in mails]
        return self.book.add(Role(contact=who.id if who else None, actor=actor.id, ways=ways, **more))


@pytest.fixture
def county(book: Book) -> County:
    return County(book)


def told(whom: Whom) -> tuple[dict[str, str], dict[str, str]]:
    assert whom.asked == len(whom.reached) + len(whom.left)
    return {one.name: one.mail for one in whom.reached}, {one.name: one.why for one in whom.left}


def test_the_address_of_the_hat_goes_before_ones_own_and_the_other_way_round(county: County) -> None:
    assert told(recipients(county.book, [county.hat])) == ({"Eva Ek": "eva.ek@nybro.example"}, {})
    assert told(recipients(county.book, [county.eva])) == ({"Eva Ek": "eva@hemma.example"}, {})
    bare = county.role(county.person("Lo Hägg", "lo@hemma.example"), county.kalmar)
    assert told(recipients(county.book, [bare]))[0] == {"Lo Hägg": "lo@hemma.example"}
    moa = county.person("Moa Moss")
    county.role(moa, county.kalmar, "moa@kalmar.example")
    assert told(recipients(county.book, [moa]))[0] == {"Moa Moss": "moa@kalmar.example"}


def test_what_came_back_or_is_over_is_not_used(county: County) -> None:
    ways = [mail("gammal@x.example", until="2026-01"), mail("retur@x.example", bounced_on="2026-10-01")]
    lo = county.book.add(Contact(name="Lo Hägg", ways=ways))
    assert told(recipients(county.book, [lo])) == ({}, {"Lo Hägg": "bounced"})
    county.book.update(lo, ways=[*ways, mail("ny@x.example", since="2026-11")])
    assert told(recipients(county.book, [county.book.contacts.get(lo.id)]))[0] == {"Lo Hägg": "ny@x.example"}


def test_everybody_who_is_left_out_is_named_with_the_reason(county: County) -> None:
    book = county.book
    siv = county.person("Siv Skydd", "siv@x.example", protected=True)
    nils = county.person("Nils Nej", "nils@x.example", extra={"mail.no_mailings": True})
    odd = county.person("Åke Ås", "åke@x.example")
    mine = county.person("Anna Ask", "Anna@lst.example")
    vacant = county.role(None, county.kalmar, function="")
    everyone = [county.eva, county.hat, county.bo, siv, nils, odd, mine, vacant, county.kalmar]
    reached, left = told(recipients(book, everyone, own=["Anna Ask <anna@lst.example>"]))
    assert reached == {"Eva Ek": "eva@hemma.example"}
    assert left == {
        "Eva Ek": "twice", "Bo Björk": "address", "Siv Skydd": "protected", "Nils Nej": "unwanted",
        "Åke Ås": "unsendable", "Anna Ask": "myself", "vacant post at Kalmar kommun": "vacant",
        "Kalmar kommun": "nobody",
    }  # fmt: skip
    assert "Nils Nej" in told(recipients(book, [nils], mailing=False))[0]


def test_a_shared_mailbox_and_a_vacant_post_with_one(county: County) -> None:
    post = county.role(None, county.kalmar, "trygghet@kalmar.example", title="trygghetssamordnare")
    whom = recipients(county.book, [county.nybro, post])
    assert [(one.name, one.mail, one.given) for one in whom.reached] == [
        ("Kalmar kommun", "trygghet@kalmar.example", ""),
        ("Nybro kommun", "kommun@nybro.example", ""),
    ]
    assert [one.participation for one in whom.reached] == [
        Participation(role=post.id), Participation(actor=county.nybro.id),
    ]  # fmt: skip


def network(county: County) -> Network:
    members = [Member(actor=one.id, since="2024-01") for one in (county.nybro, county.kalmar)]
    return county.book.add(Network(name="Samverkan", members=members))


def test_a_network_is_those_who_represent_its_members(county: County) -> None:
    reached, left = told(recipients(county.book, [network(county)]))
    assert reached == {"Eva Ek": "eva.ek@nybro.example"}
    assert left == {"Kalmar kommun": "nobody"}


def test_of_a_network_nothing_is_told_of_who_is_protected(county: County) -> None:
    """That she is left out would tell that she works at a member."""
    siv = county.person("Siv Skydd", protected=True)
    county.role(siv, county.kalmar, "siv@kalmar.example")
    whom = recipients(county.book, [network(county)])
    assert told(whom) == ({"Eva Ek": "eva.ek@nybro.example"}, {})
    assert whom.hushed
    shown = county.book.outward(reveal="kallelse")
    reached, _ = told(recipients(shown, [network(county)]))
    assert reached["Siv Skydd"] == "siv@kalmar.example"
    assert [one.protected for one in recipients(shown, [network(county)]).reached] == [False, True]


def test_the_guests_of_a_meeting_in_the_hats_of_its_day(county: County) -> None:
    parts = [
        Participation(role=county.hat.id, status="accepted"),
        Participation(contact=county.bo.id, status="invited", part="guest"),
    ]
    whom = guests(county.book, parts, on=county.book.today)
    assert [(one.name, one.status, one.part) for one in whom.reached] == [("Eva Ek", "accepted", "member")]
    assert told(whom)[1] == {"Bo Björk": "address"}


def test_a_hat_that_is_over_is_left_out_of_a_mailing_and_named(county: County) -> None:
    siv = county.person("Siv Rönn", "siv@vimmerby.example")
    over = county.role(siv, county.kalmar, since="2020", until="2026-07-29")
    to_come = county.role(county.person("Lo Hägg", "lo@x.example"), county.kalmar, since="2027-01-01")
    last_day = county.role(county.person("Maj Lind", "maj@x.example"), county.kalmar, until="2026-11-13")
    asked = [over, to_come, last_day, county.hat]
    reached, left = told(recipients(county.book, asked))
    assert left == {"Siv Rönn": "over", "Lo Hägg": "over"}
    assert sorted(reached) == ["Eva Ek", "Maj Lind"]
    assert told(recipients(county.book, [over, siv]))[0] == {"Siv Rönn": "siv@vimmerby.example"}
    parts = [Participation(role=over.id)]
    assert told(guests(county.book, parts, on=date(2026, 11, 20)))[1] == {}, "who is invited is told"
