"""Whatever a mail's headers say: each mail is counted once, and read again it changes nothing."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

import kontaktnat
from kontaktnat import Contact, Invalid, Way
from kontaktnat_mail import plugin
from kontaktnat_mail.logging_ import Options, log
from kontaktnat_mail.parsing import parse
from kontaktnat_mail.sources import unread

NAMES = ("From", "To", "Cc", "Bcc", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "List-Id",
         "Auto-Submitted", "Content-Type", "Reply-To", "Sender")  # fmt: skip
PEOPLE = (
    "eva@nybro.example", "Eva Ek <eva@nybro.example>", "anna@lst.example", "bo@torsas.example, <>",
    "<a@b> <c@d>", "undisclosed-recipients:;", '"" <>', "Eva Ek </O=EXCHANGE/CN=EVA>",
)  # fmt: skip
SAID = (
    "Tue, 10 Nov 2026 09:12:00 +0100", "Mon, 1 Jan 0001 00:00:00 +1400", "31 Dec 9999 23:59:59 -1200",
    "SV: Lokaler", "Re: Re: Lokaler", "Dnr 123-2026", "811218-9876", "=?utf-8?q?=C3?=", "=?x?b?!?=",
    "<1@x>", "<1@x> <2@x>", "auto-replied", "text/calendar; method=REPLY", "multipart/mixed; boundary=x",
)  # fmt: skip
VALUES = st.one_of(st.sampled_from((*PEOPLE, *SAID)), st.text(max_size=30))


@st.composite
def mails(draw: st.DrawFn) -> bytes:
    headers = draw(st.lists(st.tuples(st.sampled_from(NAMES), VALUES), max_size=6))
    if draw(st.booleans()):
        frm, to = draw(st.sampled_from(PEOPLE)), draw(st.sampled_from(PEOPLE))
        headers = [("From", frm), ("To", to), ("Date", SAID[0]), *headers]
    said = "".join(f"{name}: {value}\r\n" for name, value in headers)
    return (said + "\r\n" + draw(st.text(max_size=60))).encode("utf-8", "replace")


@settings(deadline=None)
@given(st.lists(mails(), max_size=6))
def test_nothing_in_a_mail_stops_the_others(data: list[bytes]) -> None:
    read = []
    for n, one in enumerate(data):
        try:
            read.append(parse(one, str(n)))
        except Invalid as problem:
            read.append(unread(problem, str(n)))
    options = Options(own=("anna@lst.example",), automatic=True, lists=True, keep_body=True)
    with kontaktnat.open("memory:", by="anna", plugins=[plugin]) as book:
        book.add(Contact(name="Eva Ek", ways=[Way(kind="mail", value="eva@nybro.example")]))
        done = log(book, read, options, name="x")
        assert done.read == len(data)
        assert book.interactions.count() == done.logged
        version = book.version
        again = log(book, read, options, name="x")
        assert (again.read, again.result.created, again.result.updated) == (len(data), 0, 0)
        assert book.version == version
        while waiting := book.pending.all():
            book.settle(waiting[0], new=True)
        assert book.interactions.count() == done.result.created
