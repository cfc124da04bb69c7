"""Whatever the bytes are: a Message, or one clear problem in one line."""

from __future__ import annotations

import io
import random
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from kontaktnat.errors import Invalid
from kontaktnat.extend import Message
from kontaktnat_mail.parsing import parse
from kontaktnat_mail.promises import suggestions
from kontaktnat_mail.quotes import without_quotes
from kontaktnat_mail.sources import of_stream

NAMES = [
    "From", "Sender", "To", "Cc", "Reply-To", "Date", "Received", "Subject", "Message-ID", "References",
    "In-Reply-To", "Content-Type", "Content-Disposition", "Content-Transfer-Encoding", "Auto-Submitted",
    "Return-Path", "List-Id", "MIME-Version", "X-Unsent",
]  # fmt: skip
VALUES = [
    "Eva Ek <eva@nybro.example>", "undisclosed-recipients:;", "=?utf-8?B?TcO2dGU=?=", "=?x?Q?=FF?=", "<a@b>",
    "Thu, 12 Nov 2026 10:00:00 +0100", "Thu, 99 Foo 20260 -9999", "; Thu, 12 Nov 2026 10:00:00 +0100",
    "multipart/mixed; boundary=b", "multipart/alternative; boundary=", "multipart/report; boundary=b",
    "text/html; charset=punycode", "text/plain; charset=utf-16; format=flowed", "message/rfc822", "text",
    "message/delivery-status", "application/ms-tnef; name=winmail.dat", "text/calendar; method=REPLY",
    "attachment; filename*0*=x'y'%FF; filename*1=\"", "base64", "quoted-printable", "x-uuencode", "", "<>",
]  # fmt: skip
LINES = st.tuples(st.sampled_from(NAMES), st.sampled_from(VALUES) | st.text(max_size=20))
BODIES = st.lists(
    st.sampled_from(["", "--b", "--b--", "Hej", "<p>", "<!--", "> ", "Jag skickar den på fredag.", "-- ", "=",
                     "Final-Recipient: rfc822;a@b.example", "Action: failed", "Status: 5.1.1", "\0", "åäö",
                     "BEGIN:VCALENDAR", "From nu 10:00", "From: Eva", "Content-Type: text/html"])
    | st.text(max_size=20),
    max_size=12,
)  # fmt: skip


def read(data: bytes) -> None:
    for one in of_stream(io.BytesIO(data), "brev"):
        assert isinstance(one, Message)
        assert "\n" not in str(one.problem)
        for text in (one.id, one.subject, one.text, one.sender.name, *one.attachments, *one.references):
            text.encode()
        assert one.date is None or one.date.tzinfo
        without_quotes(one.text)
        suggestions(one.text, one.date, ours=True)
    with suppress(Invalid):
        parse(data, "brev")


@settings(max_examples=300)
@given(st.lists(LINES, max_size=8), BODIES, st.sampled_from(["\n", "\r\n", "\r"]))
def test_mails_of_whatever_lines(lines: list[tuple[str, str]], body: list[str], end: str) -> None:
    text = end.join((*(f"{name}: {value}" for name, value in lines), "", *body))
    read(text.encode("utf-8", "replace"))


@settings(max_examples=200)
@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"From: a@b\n", b"From x 10:00\nA: b\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]),
)
def test_whatever_bytes(data: bytes, start: bytes) -> None:
    read(start + data)


WHOLE = (
    b"From: =?utf-8?Q?Eva_=C3=85s?= <eva@nybro.example>\r\nDate: Thu, 12 Nov 2026 10:00:00 +0100\r\n"
    b'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n--b\r\n'
    b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    b"<p>Hej=20=C3=85sa</p>\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
    b"Final-Recipient: rfc822;a@b.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--b\r\n"
    b"Content-Disposition: attachment; filename*=utf-8''%C3%A5r.pdf\r\n\r\nx\r\n--b--\r\n"
)


def test_a_mail_with_faults() -> None:
    chance = random.Random(9)
    for _ in range(3000):
        data = bytearray(WHOLE)
        for _ in range(chance.randrange(1, 8)):
            at = chance.randrange(len(data))
            match chance.randrange(3):
                case 0:
                    data[at] = chance.randrange(256)
                case 1:
                    del data[at : at + chance.randrange(1, 30)]
                case _:
                    data[at:at] = data[
                        (start := chance.randrange(len(data))) : start + chance.randrange(1, 60)
                    ]
        read(bytes(data))
