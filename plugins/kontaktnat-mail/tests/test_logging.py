"""Mails become interactions: who, when, about what; once, however often they are read."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from kontaktnat import (
    Actor,
    Book,
    Contact,
    Interaction,
    NotFound,
    PartialDate,
    Participation,
    Refused,
    Role,
    Usage,
    Way,
)
from kontaktnat.extend import Address, Message, to_doc
from kontaktnat.model import id_for
from kontaktnat.testing import FixedClock
from kontaktnat_mail.identity import source_of
from kontaktnat_mail.logging_ import Options, log
from kontaktnat_mail.outcomes import Logged
from kontaktnat_mail.parsing import parse
from kontaktnat_mail.threads import bare

ANNA, EVA, BO = "anna@lst.example", "eva.ek@nybro.example", "bo.alm@torsas.example"
HANNA = "h.lind@liljan.example"
DAY = datetime(2026, 11, 10, 9, 12, tzinfo=UTC)


def mail(id: str = "1", frm: str = EVA, to: str = ANNA, **said: Any) -> Message:
    """A mail; `cc` and the like as one address."""
    for name in ("cc", "bcc"):
        if isinstance(said.get(name), str):
            said[name] = [Address(mail=said[name])]
    whole: dict[str, Any] = {"date": DAY, "subject": "Lokaler", "where": f"{id}.eml", **said}
    to_ = [Address(mail=one) for one in to.split()]
    return Message(
        id=f"{id}@nybro.example", sender=Address(mail=frm, name=whole.pop("name", "")), to=to_, **whole
    )


def take(book: Book, *mails: Message, dry_run: bool = False, **options: Any) -> Logged:
    done = log(book, mails, Options(own=(ANNA,), **options), name="mails", dry_run=dry_run)
    assert done.read == len(mails), "each is counted once"
    return done


def only(book: Book) -> Interaction:
    [found] = book.interactions.all()
    return found


@pytest.fixture
def nybro(book: Book) -> Actor:
    return book.add(Actor(name="Nybro kommun", ways=[Way(kind="mail", value="info@nybro.example")]))


@pytest.fixture
def eva(book: Book, nybro: Actor) -> Role:
    who = book.add(Contact(name="Eva Ek"))
    return book.add(Role(contact=who.id, actor=nybro.id, ways=[Way(kind="mail", value=EVA)]))


# What is kept


def test_a_mail_is_an_interaction(book: Book, eva: Role) -> None:
    told = take(book, mail(attachments=("Plan.pdf", "Karta.png"), registry_number="123-2026", text="Hej!"))
    found = only(book)
    assert (found.kind, found.direction, found.status) == ("mail", "in", "held")
    assert (found.subject, found.when, found.registry_number) == ("Lokaler", DAY, "123-2026")
    assert found.participants == (Participation(role=eva.id, part="host"),)
    assert found.extra == {"mail.attachments": "Plan.pdf; Karta.png"}
    assert found.summary == "", "a body is kept only if one says so"
    assert (told.logged, [one.what for one in told.told]) == (1, ["logged"])
    assert told.result.batch == book.version
    book.undo()
    assert not book.interactions.all()


def test_the_body_is_kept_if_one_says_so_without_what_is_quoted(book: Book, eva: Role) -> None:
    quoted = "Från: Anna <anna@lst.example>\nSkickat: den 9 november 2026 10:00\nTill: Eva\nÄmne: Lokaler"
    text = f"Det går bra.\n\n{quoted}\n\nHemligt"
    take(book, mail(text=text), keep_body=True)
    assert only(book).summary == "Det går bra."


def test_what_one_wrote_oneself_goes_out(book: Book, nybro: Actor, eva: Role) -> None:
    take(book, mail(frm="Anna@LST.example", to=EVA, cc="info@nybro.example"))
    found = only(book)
    assert found.direction == "out"
    assert found.participants == (
        Participation(role=eva.id),
        Participation(actor=nybro.id, part="guest"),
    )


def test_it_is_the_hat_of_that_day(book: Book, nybro: Actor) -> None:
    torsas = book.add(Actor(name="Torsås kommun"))
    who = book.add(Contact(name="Bo Alm", ways=[Way(kind="mail", value=BO)]))
    before = book.add(Role(contact=who.id, actor=nybro.id, until=PartialDate(2025, 12, 31)))
    now = book.add(Role(contact=who.id, actor=torsas.id, since=PartialDate(2026, 1, 1)))
    take(book, mail("1", BO), mail("2", BO, date=DAY - timedelta(days=400)))
    assert {one.when.year: one.participants[0].role for one in book.interactions.all()} == {  # type: ignore[union-attr]
        2026: now.id,
        2025: before.id,
    }


def test_the_same_mail_is_one_wherever_it_lies(book: Book, eva: Role) -> None:
    told = take(book, mail(), mail(where="Archive/1.eml"))
    assert (told.logged, told.left["repeated"]) == (1, 1)
    version = book.version
    again = take(book, mail(subject="Changed on its way"))
    assert (again.logged, again.result.unchanged, [one.what for one in again.told]) == (0, 1, ["there"])
    assert book.version == version


def test_what_the_book_says_since_then_stays(book: Book, eva: Role) -> None:
    take(book, mail())
    book.update(only(book), participants=(), subject="Kvällslokaler")
    take(book, mail())
    assert (only(book).subject, only(book).participants) == ("Kvällslokaler", ())


def test_what_was_sent_from_here_is_known_in_the_folder_of_what_was_sent(book: Book, eva: Role) -> None:
    sent = Interaction(kind="mail", direction="out", when=DAY, source="mail:1@nybro.example")
    book.add(sent)
    assert take(book, mail(frm=ANNA, to=EVA)).result.unchanged == 1
    only(book)


def test_a_message_id_does_not_stand_in_the_book(book: Book, eva: Role) -> None:
    """Its right half is a computer at the office of whoever wrote it."""
    take(book, mail())
    assert only(book).source == source_of("1@nybro.example")
    assert "nybro" not in only(book).source


def test_of_a_dry_run_nothing_stays(book: Book, eva: Role) -> None:
    version = book.version
    told = take(book, mail(), mail("2", BO), dry_run=True)
    assert (told.logged, told.result.held_back) == (1, 1)
    assert (book.version, book.interactions.all(), book.pending.all()) == (version, [], [])


def test_what_cannot_be_read_is_told_and_the_others_go_in(book: Book, eva: Role) -> None:
    broken = Message(id="unread:2", where="2.eml", problem="2.eml: this is no mail")
    told = take(book, mail(), broken, mail("3", date=None), mail("4"))
    assert told.logged == 2
    assert [str(one.reason) for one in told.result.rejected] == [
        "2.eml: this is no mail",
        "3.eml: it does not say when it was sent",
    ]
    assert [one.what for one in told.told] == ["logged", "rejected", "rejected", "logged"]


def test_a_personnummer_in_a_subject_rejects_that_mail_alone(book: Book, eva: Role) -> None:
    told = take(book, mail(subject="Ang. 19811218-9876"), mail("2"), mail("3", BO, subject="811218-9876"))
    assert told.logged == 1
    assert len(told.result.rejected) == 2, "also where it would only wait"
    assert not book.pending.all()


def test_a_mail_to_oneself_is_left_out(book: Book) -> None:
    assert take(book, mail(frm=ANNA)).left == {"nobody": 1}


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_reading_makes_no_difference(book: Book, eva: Role, seed: int) -> None:
    mails = [
        mail("1"),
        mail("2", ANNA, EVA, in_reply_to="1@nybro.example", date=DAY + timedelta(days=1)),
        mail("3", references=["1@nybro.example", "2@nybro.example"], date=DAY + timedelta(days=2)),
        mail("4", BO, subject="SV: Annat"),
    ]
    random.Random(seed).shuffle(mails)
    take(book, *mails)
    first = id_for(source_of("1@nybro.example"))
    assert sorted(one.extra.get("mail.thread", "") for one in book.interactions.all()) == ["", first, first]
    assert book.interactions.get(first).extra == {}


# What nobody wrote


def test_automatic_answers_and_lists_are_left_out(book: Book, eva: Role) -> None:
    told = take(
        book, mail("1", automatic="reply"), mail("2", automatic="generated"), mail("3", automatic="list")
    )
    assert told.left == {"automatic": 2, "list": 1}
    assert not book.interactions.all()
    assert not book.pending.all()


def never_met(book: Book) -> set[str]:
    return {row["id"] for row in book.view("silence", days=1).rows if row["last_contact"] is None}


def test_logged_as_such_they_are_never_contact(book: Book, eva: Role) -> None:
    told = take(book, mail("1", automatic="reply"), mail("2", automatic="list"), automatic=True, lists=True)
    assert told.logged == 2
    for one in book.interactions.all():
        assert one.kind == "automatic_mail"
        assert one.extra["mail.automatic"] in ("reply", "list")
    assert eva.actor in never_met(book)
    take(book, mail("3"))
    assert eva.actor not in never_met(book)


def test_a_bounce_marks_the_address_and_is_no_interaction(book: Book, eva: Role) -> None:
    bounce = mail("9", "mailer-daemon@lst.example", automatic="bounce", bounced=("Eva.Ek@nybro.example",))
    told = take(book, bounce)
    assert (told.left, told.marked) == ({"bounce": 1}, [eva.id])
    assert book.roles.get(eva.id).ways[0].bounced_on == PartialDate(2026, 11, 10)
    assert not book.interactions.all()
    assert take(book, bounce).marked == [], "once is enough"
    book.undo()
    assert book.roles.get(eva.id).ways[0].bounced_on is None


def test_a_bounce_from_behind_a_shared_mailbox_marks_only_whom_it_names(book: Book, nybro: Actor) -> None:
    """What was sent to info@ went on to somebody who is gone: the mailbox works."""
    lines = ("From: mailer-daemon@nybro.example\nDate: Tue, 10 Nov 2026 10:00:00 +0100\nReturn-Path: <>\n"
             "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
             "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.nybro.example\n\n"
             "Original-Recipient: rfc822;info@nybro.example\nFinal-Recipient: rfc822;gone@nybro.example\n"
             "Action: failed\nStatus: 5.1.1\n--b--\n")  # fmt: skip
    told = take(book, parse(lines.encode(), "studs"))
    assert (told.left, told.marked, told.nobodys) == ({"bounce": 1}, [], ["gone@nybro.example"])
    assert book.actors.get(nybro.id).ways[0].bounced_on is None


def test_a_mark_that_somebody_lifted_is_not_made_again_by_the_same_report(book: Book, eva: Role) -> None:
    bounce = mail("9", "mailer-daemon@lst.example", automatic="bounce", bounced=(EVA,))
    second = mail("10", "mailer-daemon@lst.example", automatic="bounce", bounced=(EVA,))
    take(book, bounce, second)
    book.update(book.roles.get(eva.id), ways=[Way(kind="mail", value=EVA)])
    assert take(book, bounce, second).marked == []
    third = mail("11", "mailer-daemon@lst.example", automatic="bounce", bounced=(EVA,))
    assert take(book, third).marked == [eva.id], "another of the same day is news"


def test_an_address_from_which_somebody_wrote_since_is_not_marked(book: Book, eva: Role) -> None:
    bounce = mail("9", "mailer-daemon@lst.example", automatic="bounce", bounced=(EVA,))
    assert take(book, bounce, mail("2", date=DAY + timedelta(days=1))).marked == []


def test_an_address_from_which_somebody_writes_after_a_bounce_works_again(book: Book, eva: Role) -> None:
    bounce = mail("9", "mailer-daemon@lst.example", automatic="bounce", bounced=(EVA,))
    take(book, bounce, mail("1", automatic="reply"))
    assert take(book, mail("2")).unmarked == [], "on the same day nobody knows which was first"
    told = take(book, mail("3", date=DAY + timedelta(days=1)))
    assert (told.marked, told.unmarked) == ([], [eva.id])
    assert book.roles.get(eva.id).ways[0].bounced_on is None
    later = mail("8", "mailer-daemon@lst.example", automatic="bounce", bounced=(EVA,),
                 date=DAY + timedelta(days=3))  # fmt: skip
    assert take(book, bounce).marked == [], "that it came back then is known already"
    take(book, mail("7", "mailer-daemon@lst.example", automatic="bounce", bounced=(EVA,)))
    told = take(book, later, mail("4", date=DAY + timedelta(days=2)))
    assert (told.marked, told.unmarked) == ([], []), "it came back again since"
    assert book.roles.get(eva.id).ways[0].bounced_on == PartialDate(2026, 11, 10)


def test_a_mail_of_a_day_to_come_is_not_taken_and_told(book: Book, eva: Role) -> None:
    bounce = mail("9", "mailer-daemon@lst.example", automatic="bounce", bounced=(EVA,))
    told = take(book, mail("1", date=DAY + timedelta(days=4)), bounce)
    assert told.logged == 0
    assert "1.eml: it says that it was sent on 2026-11-14" in told.result.rejected[0].reason
    assert told.marked == [eva.id], "such a mail says nothing of whether an address works"
    assert take(book, mail("2", date=DAY + timedelta(days=3))).logged == 1, "clocks differ by a day at most"


def test_a_bounce_by_a_clock_that_goes_wrong_counts_as_of_today(
    book: Book, clock: FixedClock, eva: Role
) -> None:
    ahead = mail("9", "mailer-daemon@lst.example", automatic="bounce", bounced=(EVA,),
                 date=DAY + timedelta(days=9999))  # fmt: skip
    assert take(book, ahead).marked == [eva.id]
    assert book.roles.get(eva.id).ways[0].bounced_on == PartialDate(2026, 11, 12)
    clock.move(days=1)
    assert take(book, mail("1", date=DAY + timedelta(days=3))).unmarked == [eva.id]


def test_a_bounce_tells_nothing_of_an_address_that_is_covered(book: Book, nybro: Actor) -> None:
    who = book.add(Contact(name="Hemlig Person", protected=True, ways=[Way(kind="mail", value=EVA)]))
    told = take(book, mail("9", "x@lst.example", automatic="bounce", bounced=(EVA,)))
    assert told.marked == []
    with_reason = book.reveal(who.id, "test")
    assert isinstance(with_reason, Contact)
    assert with_reason.ways[0].bounced_on is None


# Threads


def threads(book: Book) -> list[str]:
    found = sorted(book.interactions.all(), key=lambda one: str(one.when))
    return [one.extra.get("mail.thread", "") or one.id for one in found]


def test_an_answer_by_its_subject_goes_on_what_the_same_people_wrote(
    book: Book, eva: Role, clock: FixedClock
) -> None:
    clock.move(days=40)
    take(book, mail("1"))
    take(book, mail("2", ANNA, EVA, subject="SV: Re: lokaler", date=DAY + timedelta(days=29)))
    one, two = threads(book)
    assert one == two


@pytest.mark.parametrize(
    "said",
    [
        {"subject": "Lokaler"},
        {"subject": "SV: Lokaler", "date": DAY + timedelta(days=31)},
        {"subject": "SV: Lokaler till våren"},
        {"subject": "SV: Lokaler", "frm": "info@nybro.example"},
    ],
    ids=["no answer", "too late", "another subject", "other people"],
)
def test_what_only_looks_alike_begins_another(
    book: Book, eva: Role, said: dict[str, Any], clock: FixedClock
) -> None:
    clock.move(days=40)
    take(book, mail("1"))
    take(book, mail("2", **{"date": DAY + timedelta(days=1), **said}))
    one, two = threads(book)
    assert one != two


def test_mails_that_refer_to_one_that_nobody_read_are_one_thread(book: Book, eva: Role) -> None:
    take(book, mail("1", references=["0@lst.example"]), mail("2", in_reply_to="0@lst.example"))
    one, two = threads(book)
    assert one == two


def test_an_answer_to_what_was_sent_from_here(book: Book, eva: Role) -> None:
    sent = book.add(
        Interaction(kind="mail", direction="out", when=DAY, source="mail:invitation.7@lst.example")
    )
    take(book, mail("2", in_reply_to="invitation.7@lst.example"))
    assert threads(book) == [sent.id, sent.id]


def test_a_subject_without_what_answering_puts_before_it() -> None:
    assert bare("SV: Re: [2] VB : Lokaler  i Nybro") == "[2] vb : lokaler i nybro"
    assert bare("sv: RE: Fwd: Lokaler") == bare("Lokaler") == "lokaler"
    assert bare("Svar: Lokaler") != bare("Lokaler")


# Strangers


def test_a_strangers_mail_waits_with_what_it_would_make(book: Book, eva: Role) -> None:
    told = take(book, mail("1", BO, name="Bo Alm", cc=EVA), mail("2", BO))
    assert (told.logged, told.result.held_back, told.result.strangers) == (0, 2, 1)
    assert not book.interactions.all()
    [waits] = book.pending.all()
    assert take(book, mail("1", BO, name="Bo Alm", cc=EVA)).result.unchanged == 1
    assert book.pending.all() == [waits]
    book.settle(waits, new=True)
    bo = book.contacts.where(name="Bo Alm")[0]
    one, two = sorted(book.interactions.all(), key=lambda one: len(one.participants))
    assert one.participants == (Participation(contact=bo.id, part="host"),)
    assert set(two.participants) == {
        Participation(contact=bo.id, part="host"),
        Participation(role=eva.id, part="guest"),
    }
    assert two.subject == "Lokaler"
    assert two.source == source_of("1@nybro.example")
    assert take(book, mail("1", BO), mail("2", BO)).result.unchanged == 2
    book.undo()
    assert not book.interactions.all()
    assert [one.raw for one in book.pending.all()] == [waits.raw]


def test_somebody_new_at_a_place_has_the_address_there(book: Book, nybro: Actor) -> None:
    take(book, mail("1", EVA, name="Eva Ek"))
    [waits] = book.pending.all()
    book.settle(waits, new=True, hat=Role(actor=nybro.id, function="crime_prevention_coordinator"))
    [role] = book.roles.all()
    assert [way.value for way in role.ways] == [EVA]
    assert book.contacts.get(role.contact or "").ways == ()
    assert only(book).participants == (Participation(role=role.id, part="host"),)


def test_the_new_address_of_somebody_who_is_known(book: Book, eva: Role) -> None:
    take(book, mail("1", "eva.private@post.example", name="Eva Ek"))
    [waits] = book.pending.all()
    assert waits.candidates == (eva.contact,)
    assert eva.contact
    book.settle(waits, onto=eva.contact)
    assert [way.value for way in book.contacts.get(eva.contact).ways] == ["eva.private@post.example"]
    assert only(book).participants == (Participation(role=eva.id, part="host"),)
    take(book, mail("2", "eva.private@post.example"))
    assert len(book.interactions.all()) == 2


def test_the_others_of_a_mail_that_was_kept_back_are_asked_about_then(book: Book) -> None:
    take(book, mail("1", BO, name="Bo Alm", cc="cilla@torsas.example"))
    [waits] = book.pending.all()
    book.settle(waits, new=True)
    [then] = book.pending.all()
    assert then.raw["ways"][0]["value"] == "cilla@torsas.example"
    book.settle(then, new=True)
    assert len(only(book).participants) == 2


def test_what_one_wrote_to_several_of_whom_one_is_known_is_logged(book: Book, eva: Role) -> None:
    told = take(book, mail(frm=ANNA, to=f"{EVA} {BO}"))
    assert (told.logged, told.result.strangers) == (1, 1)
    [waits] = book.pending.all()
    assert "of a mail in mails" in waits.text
    made = book.settle(waits, new=True)
    assert made
    assert only(book).participants == (Participation(role=eva.id), Participation(contact=made.id))  # type: ignore[arg-type]


def test_a_mail_that_goes_with_who_is_discarded(book: Book) -> None:
    take(book, mail("1", BO))
    book.settle(book.pending.all()[0], discard=True)
    assert not book.interactions.all()
    assert take(book, mail("1", BO)).result.held_back == 1, "discarded is not ignored"


def test_who_is_ignored_is_asked_about_no_more(book: Book, eva: Role) -> None:
    take(book, mail("1", BO))
    book.settle(book.pending.all()[0], ignore=True)
    [setting] = [one for one in book.settings.all() if one.id.startswith("ignored.")]
    assert "bo.alm" not in f"{setting.id}{setting.value}", "nor is it written down in clear"
    told = take(book, mail("2", "Bo.Alm@torsas.example"), mail("3", cc=BO), mail("4", ANNA, BO))
    assert (told.result.ignored, told.logged) == (2, 1)
    assert [one.what for one in told.told] == ["ignored", "logged", "ignored"]
    assert not book.pending.all()
    book.heed(BO)
    assert take(book, mail("2", BO)).result.held_back == 1
    with pytest.raises(NotFound):
        book.heed("cilla@torsas.example")


def test_an_ignored_address_that_is_somebodys_counts(book: Book, eva: Role) -> None:
    take(book, mail("1", BO))
    book.settle(book.pending.all()[0], ignore=True)
    book.add(Contact(name="Bo Alm", ways=[Way(kind="mail", value=BO)]))
    assert take(book, mail("2", BO)).logged == 1


def test_what_can_be_said_of_whom(book: Book, nybro: Actor) -> None:
    take(book, mail("1", BO))
    [waits] = book.pending.all()
    with pytest.raises(Usage, match="one of these"):
        book.settle(waits, new=True, ignore=True)
    with pytest.raises(Usage, match="somebody new"):
        book.settle(waits, onto=nybro.id, hat=Role(actor=nybro.id))
    assert book.pending.all() == [waits]


# Protected people


@pytest.fixture
def shelter(book: Book) -> Actor:
    return book.add(Actor(name="Kvinnojouren Liljan", kind="womens_shelter", protected=True))


@pytest.fixture
def hidden(book: Book, shelter: Actor) -> Contact:
    ways = [Way(kind="mail", value=HANNA)]
    who = book.add(Contact(name="Hanna Lind", protected=True, ways=ways))
    book.add(Role(contact=who.id, actor=shelter.id))
    return who


def test_nothing_tells_whether_an_address_is_a_protected_persons(
    book: Book, eva: Role, hidden: Contact
) -> None:
    theirs, others = mail("1", HANNA, cc=EVA), mail("2", BO, cc=EVA)
    for _ in range(2):
        [told, told_too] = take(book, theirs, others).told
        assert (told.what, told_too.what) == ("waits", "waits")
    assert not book.interactions.all()
    one, other = book.pending.all()
    assert (one.hidden, other.hidden) == ((), ())
    assert one.candidates == other.candidates == ()
    assert one.raw.keys() == other.raw.keys()


def test_a_mail_that_names_one_who_is_protected_waits_covered(book: Book, eva: Role, hidden: Contact) -> None:
    take(book, mail("1", HANNA, name="Hanna Lind", subject="Från Liljan", cc=EVA))
    [waits] = book.pending.all()
    assert {"raw", "text", "source"} <= set(waits.hidden)
    assert not book.interactions.all()
    with pytest.raises(Refused):
        book.settle(waits, new=True)


def test_of_a_mail_of_one_who_is_protected_only_the_contact_is_kept(
    book: Book, eva: Role, hidden: Contact
) -> None:
    take(book, mail("1", HANNA, name="Hanna Lind", subject="Från Liljan", cc=EVA, text="Hej",
                    attachments=("Liljan.pdf",), registry_number="123-2026"), keep_body=True)  # fmt: skip
    [waits] = book.pending.all()
    book.settle(waits, onto=hidden.id)
    found = only(book)
    assert found.participants == (Participation(contact=hidden.id, part="host"),)
    assert (found.subject, found.summary, found.registry_number, found.extra) == ("", "", "", {})
    assert (found.kind, found.direction, found.when) == ("mail", "in", DAY)
    assert "liljan" not in str(to_doc(found)).casefold()
    assert take(book, mail("1", HANNA, subject="Från Liljan")).result.unchanged == 1


def test_a_mail_to_one_who_is_protected_and_others(book: Book, eva: Role, hidden: Contact) -> None:
    take(book, mail("1", ANNA, f"{EVA} {HANNA}"))
    assert only(book).participants == (Participation(role=eva.id),)
    [waits] = book.pending.all()
    assert waits.candidates == ()


def test_of_a_mail_to_an_actor_that_is_protected(book: Book, shelter: Actor) -> None:
    take(book, mail("1", ANNA, "jour@liljan.example", subject="Om Hanna", registry_number="123-2026"))
    [waits] = book.pending.all()
    book.settle(waits, onto=shelter.id)
    assert only(book).participants == (Participation(actor=shelter.id),)
    assert (only(book).subject, only(book).registry_number) == ("", "")


# What the law asks


def test_who_is_erased_is_in_no_mail_that_waits(book: Book, eva: Role) -> None:
    assert eva.contact
    take(book, mail("1", BO, name="Bo Alm", cc=EVA), mail("2", EVA, cc=BO), mail("3", ANNA, BO))
    assert book.pending.count() == 1
    book.privacy.erase(eva.contact, decision="Dnr 123-2026")
    left = str([to_doc(one) for one in (*book.pending.all(), *book.interactions.all())])
    assert EVA not in left
    assert eva.contact not in left


def test_a_mail_that_waits_is_in_an_extract(book: Book, eva: Role) -> None:
    assert eva.contact
    take(book, mail("1", BO, name="Bo Alm", cc=EVA), mail("2", EVA))
    extract = book.privacy.extract(eva.contact)
    said = str([fact.said for part in extract.sections for entry in part.entries for fact in entry.facts])
    assert EVA in said
    assert BO not in said.replace(f"[?{BO}?]", ""), "others are marked, to be looked at"


def test_two_contacts_that_are_one_have_one_mail(book: Book, eva: Role) -> None:
    twin = book.add(Contact(name="Eva Eek", ways=[Way(kind="mail", value="eek@post.example")]))
    take(book, mail("1", BO, name="Bo Alm", to=f"{ANNA} eek@post.example"))
    assert eva.contact
    book.merge(eva.contact, twin.id)
    [waits] = book.pending.all()
    book.settle(waits, new=True)
    others = [one for one in only(book).participants if one.part == "member"]
    assert [one.role for one in others] == [eva.id]


def test_with_who_waits_on_nothing_is_kept_of_whom_else_a_mail_went_to(book: Book) -> None:
    """Once it is made: who is protected one day would be told by their address there, beside their mail."""
    take(book, mail("1", ANNA, f"{BO} {HANNA}"))
    waiting = {one.raw["name"]: one for one in book.pending.all()}
    hanna = book.settle(waiting[HANNA], new=True)
    assert hanna is not None
    book.update(hanna, protected=True)
    [bo] = book.pending.all()
    assert HANNA not in str(bo.raw)
    book.settle(bo, new=True)
    assert len(only(book).participants) == 2


def test_what_waits_is_looked_through_once(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stranger's thousand mails would else be looked through a thousand times, when they come again."""
    mails = [mail(str(n), BO, subject=f"Fråga {n}") for n in range(20)]
    take(book, *mails)
    looked = []
    whole = book._covered_fields
    monkeypatch.setattr(book, "_covered_fields", lambda one: looked.append(one) or whole(one))
    assert take(book, *mails).result.unchanged == 20
    assert len(looked) <= 2


def test_undone_and_read_again_the_log_is_not_read_for_each(
    book: Book, eva: Role, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each would be looked for in the whole transaction that made all of them."""
    mails = [mail(str(n), subject=f"Fråga {n}") for n in range(60)]
    take(book, *mails)
    first = {one.id: one.rev for one in book.interactions.all()}
    book.undo()
    read = []
    whole = book.store.transactions

    def transactions(since: int = 0, record: str | None = None) -> Any:
        for one in whole(since, record):
            read.append(one)
            yield one

    monkeypatch.setattr(book.store, "transactions", transactions)
    assert take(book, *mails).logged == 60
    assert len(read) < 60
    again = {one.id: one.rev for one in book.interactions.all()}
    assert again.keys() == first.keys()
    assert all(again[id] > first[id] for id in first), "a rev is never used twice"
