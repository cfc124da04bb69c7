"""What is read of a mail: its headers as programs really write them, its body, what is in it."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kontaktnat.errors import Invalid
from kontaktnat.extend import Message
from kontaktnat_mail import sources
from kontaktnat_mail.charsets import decode
from kontaktnat_mail.headers import addresses, date, ids, parameters, words
from kontaktnat_mail.parsing import parse, registry_number

HEAD = (
    b"From: Eva Ek <eva@nybro.example>\r\nDate: Thu, 12 Nov 2026 10:00:00 +0100\r\n"
    b"Message-ID: <1@nybro.example>\r\n"
)


def read(data: bytes | str) -> Message:
    return parse(data.encode() if isinstance(data, str) else data, "brev.eml")


def parts(*inner: str, kind: str = "mixed", boundary: str = "gräns") -> str:
    """A multipart of parts that are written out."""
    lines = "".join(f"--{boundary}\r\n{one}\r\n" for one in inner)
    return f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n{lines}--{boundary}--\r\n'


def attached(name: str, kind: str = "application/pdf") -> str:
    return f'Content-Type: {kind}\r\nContent-Disposition: attachment; filename="{name}"\r\n\r\nx'


def test_a_mail() -> None:
    found = read(
        "Message-ID: <1@nybro.example>\r\nDate: Thu, 12 Nov 2026 10:00:00 +0100\r\n"
        "From: =?utf-8?Q?Eva_=C3=85s?= <eva@nybro.example>\r\nTo: Ola Al <ola@kalmar.example>\r\n"
        "Cc: info@kalmar.example\r\nBcc: anna@kalmar.example\r\nReply-To: trygg@nybro.example\r\n"
        "Subject: Lokaler, Dnr KS 2026/123\r\nIn-Reply-To: <0@kalmar.example>\r\n"
        "References: <-1@kalmar.example>\r\n <0@kalmar.example>\r\n\r\nHej!\r\nTack.\r\n"
    )
    assert (found.id, found.date) == ("1@nybro.example", datetime(2026, 11, 12, 9, tzinfo=UTC))
    assert (found.sender.mail, found.sender.name) == ("eva@nybro.example", "Eva Ås")
    assert [one.mail for one in (*found.to, *found.cc, *found.bcc, *found.reply_to)] == [
        "ola@kalmar.example", "info@kalmar.example", "anna@kalmar.example", "trygg@nybro.example",
    ]  # fmt: skip
    assert found.to[0].name == "Ola Al"
    assert (found.subject, found.registry_number) == ("Lokaler, Dnr KS 2026/123", "KS 2026/123")
    assert (found.in_reply_to, found.references) == (
        "0@kalmar.example", ("-1@kalmar.example", "0@kalmar.example"),
    )  # fmt: skip
    assert (found.text, found.where, found.automatic) == ("Hej!\nTack.", "brev.eml", "")


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("=?utf-8?Q?M=C3=B6te?=", "Möte"),
        ("Re:=?utf-8?Q?M=C3=B6te?=n i =?iso-8859-1?q?=C5hus?=.", "Re:Möten i Åhus."),
        ("=?utf-8?B?TcO2?=\r\n =?utf-8?B?dGU=?=", "Möte"),
        ("=?utf-8?B?TcM=?= =?utf-8?B?tnRl?=", "Möte"),  # a letter cut in two
        ("=?utf-8?B?TcO2dGU?=", "Möte"),  # without its padding
        ("=?utf-8?B?!?=", ""),
        ("=?finns-inte?Q?M=F6te?=", "Möte"),
        ("=?utf-8*sv?Q?M=C3=B6te?=", "Möte"),
        ("=?utf-8?Q?M=C3=B6te_kl._10?_Ja=3F?=", "Möte kl. 10? Ja?"),
        ("=?utf-8?Q?M=C3=B6te", "=?utf-8?Q?M=C3=B6te"),
        ("M\udcc3\udcb6te", "Möte"),
        ("M\udcf6te", "Möte"),
        ("rad\r\n\tett", "rad ett"),
        ("=?utf-8?Q?a=00=1B[2Jb?=", "a[2Jb"),
    ],
)
def test_words(raw: str, said: str) -> None:
    assert words(raw) == said


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ("Eva Ek <eva@nybro.example>", [("eva@nybro.example", "Eva Ek")]),
        ('"Ek, Eva" <eva@nybro.example>', [("eva@nybro.example", "Ek, Eva")]),
        ("Ek, Eva <eva@nybro.example>", [("eva@nybro.example", "Ek, Eva")]),
        ("eva@nybro.example (Eva Ek)", [("eva@nybro.example", "Eva Ek")]),
        ("eva@nybro.example; Ola Al <ola@kalmar.example>",
         [("eva@nybro.example", ""), ("ola@kalmar.example", "Ola Al")]),
        ("Eva Ek, ola@kalmar.example", [("ola@kalmar.example", "")]),
        ("'eva@nybro.example' <eva@nybro.example>", [("eva@nybro.example", "")]),
        ("<mailto:eva@nybro.example>", [("eva@nybro.example", "")]),
        ("undisclosed-recipients:;", []),
        ("Rådet: Eva <eva@nybro.example>, ola@kalmar.example;, anna@kalmar.example",
         [("eva@nybro.example", "Eva"), ("ola@kalmar.example", ""), ("anna@kalmar.example", "")]),
        ("=?utf-8?Q?=C3=85sa=2C_Nybro?= <asa@nybro.example>", [("asa@nybro.example", "Åsa, Nybro")]),
        ("=?utf-8?Q?Eva_<eva@nybro.example>?=", [("eva@nybro.example", "Eva")]),
        ("Eva \"Nybro <eva@nybro.example>", [("eva@nybro.example", 'Eva "Nybro')]),
        ("eva@nybro.example, EVA@nybro.example", [("eva@nybro.example", "")]),
        ("/O=NYBRO/OU=EXCHANGE/CN=EVA", []),
        ("@", []), ("<>", []), ("", []), ("a@", []), ("((((", []), (":,;<>", []),
    ],
)  # fmt: skip
def test_addresses(raw: str, found: list[tuple[str, str]]) -> None:
    assert [(one.mail, one.name) for one in addresses([raw])] == found


@pytest.mark.parametrize(
    ("written", "received", "day"),
    [
        ("Thu, 12 Nov 2026 10:00:00 +0100", [], "2026-11-12T09:00"),
        ("12 Nov 2026 10:00 GMT", [], "2026-11-12T10:00"),
        ("Thu, 12 Nov 2026 10:00:00 -0000", [], "2026-11-12T10:00"),
        ("", ["by a; Thu, 12 Nov 2026 10:00:00 +0100"], "2026-11-12T09:00"),
        ("i morse", ["by a; Thu, 12 Nov 2026 10:00:00 +0100"], "2026-11-12T09:00"),
        ("Mon, 1 Jan 2046 00:00:00 +0000", ["by a; Thu, 12 Nov 2026 10:00:00 +0100"], "2026-11-12T09:00"),
        ("Thu, 31 Feb 2026 10:00:00 +0100", [], ""),
        ("Thu, 12 Nov 0170 10:00:00 +9999", [], ""),
        ("Thu, 12 Nov 2026 99:99:99", [], ""),
        ("Thu, 12 Nov 99999999999999999999 10:00:00", [], ""),
        ("Thu, 1 Jan 1970 00:00:00 +0000", [], ""),
        ("", ["; ; ;"], ""),
    ],
)
def test_dates(written: str, received: list[str], day: str) -> None:
    found = date([written], received)
    assert (f"{found:%Y-%m-%dT%H:%M}" if found else "") == day


def test_ids() -> None:
    assert ids(["<a@b> <c@d>\r\n <a@b>"]) == ("a@b", "c@d")
    assert ids(["a@b"]) == ("a@b",)
    assert ids(["Ert brev av den 12 november", "<>", "<" + "a" * 2000 + "@b>"]) == ()


@pytest.mark.parametrize(
    ("raw", "name", "said"),
    [
        ("attachment; filename=plan.pdf", "filename", "plan.pdf"),
        ("attachment; filename*=utf-8''%C3%85rsplan.pdf", "filename", "Årsplan.pdf"),
        ("a; filename*0*=iso-8859-1'sv'%C5r; filename*1=s; filename*2*=%20plan", "filename", "Års plan"),
        ('a; filename="=?utf-8?Q?=C3=85r?=.pdf"', "filename", "År.pdf"),
        ('a; filename="a\\"b;c.pdf"', "filename", 'a"b;c.pdf'),
        ("a; filename*=finns-inte''%C5r", "filename", "År"),
        ("text/plain charset=utf-8", "charset", "utf-8"),
        ('a; name="öppen', "name", "öppen"),
        ("a; name*99999*=x", "name", ""),
    ],
)
def test_parameters(raw: str, name: str, said: str) -> None:
    assert parameters(raw).get(name, "") == said


@pytest.mark.parametrize(
    ("data", "charset", "said"),
    [
        ("Åsa".encode(), "utf-8", "Åsa"),
        ("Åsa".encode("cp1252"), "utf-8", "Åsa"),
        ("Åsa".encode("cp1252"), "us-ascii", "Åsa"),
        ("Åsa – ”ja”".encode("cp1252"), "iso-8859-1", "Åsa – ”ja”"),
        ("Åsa".encode(), "iso-8859-1", "Åsa"),
        ("Åsa".encode(), "x-unknown", "Åsa"),
        ("Åsa och Örjan i Älvsbyn".encode()[:-1] + b"\xff", "utf-8", "Åsa och Örjan i Älvsby\ufffd"),
        ("Åsa".encode("utf-16"), "", "Åsa"),
        ("Åsa".encode("cp850"), "cp-850", "Åsa"),
        (b"hej", "idna", "hej"),
        (b"a\\u0041", "unicode_escape", "a\\u0041"),
        (b"h\0e\x1b]j\x9b", "zlib", "he]j›"),
        (b"+AMU-sa", "utf-7", "Åsa"),
        (b"+2AA-", "utf-7", "\ufffd"),
        (b"hej", "a" * 5000, "hej"),
        (b"hej", "../../etc/passwd\0", "hej"),
    ],
)
def test_charsets(data: bytes, charset: str, said: str) -> None:
    assert decode(data, charset) == said


def test_plain_text_comes_before_html() -> None:
    both = parts("Content-Type: text/plain\r\n\r\nHej", "Content-Type: text/html\r\n\r\n<b>Hej</b>",
                 kind="alternative")  # fmt: skip
    assert read(HEAD + both.encode()).text == "Hej"
    blank = parts("Content-Type: text/plain\r\n\r\n ", "Content-Type: text/html\r\n\r\n<p>A<p>B",
                  kind="alternative")  # fmt: skip
    assert read(HEAD + blank.encode()).text == "A\nB"


def test_html_alone_is_read_as_text() -> None:
    markup = (
        "<html><head><title>x</title><style>p{}</style></head><body><!-- dolt --><p>Hej&nbsp;&Aring;sa,</p>"
        "<ul><li>ett<li>två</ul><blockquote>gammalt<br>brev</blockquote><script>if (a<b) {}</script>slut"
    )
    found = read(HEAD + f"Content-Type: text/html; charset=utf-8\r\n\r\n{markup}".encode())
    assert found.text.split("\n") == ["Hej Åsa,", "", "- ett", "- två", "", "> gammalt", "> brev", "slut"]


def test_paragraphs_that_flow() -> None:
    text = "Vi ses på \r\ntisdag.\r\n> Kan \r\n> du?\r\n-- \r\nEva"
    found = read(HEAD + b"Content-Type: text/plain; format=flowed; charset=utf-8\r\n\r\n" + text.encode())
    assert found.text.split("\n") == ["Vi ses på tisdag.", "> Kan du?", "-- ", "Eva"]


def test_transfer_encodings_as_they_are_written() -> None:
    for said in ("base64", '"BASE64" ', "base64;"):
        head = HEAD + f"Content-Transfer-Encoding: {said}\r\nContent-Type: text/plain\r\n\r\n".encode()
        assert read(head + base64.b64encode("Hej Åsa".encode()).rstrip(b"=")).text == "Hej Åsa"


def test_attachments() -> None:
    logo = "Content-Type: image/png; name=logo.png\r\nContent-ID: <1>\r\nContent-Disposition: inline\r\n\r\nx"
    forwarded = "Content-Type: message/rfc822\r\n\r\nSubject: Plan\r\nFrom: a@b.example\r\n\r\nInne"
    found = read(
        HEAD
        + parts(
            parts("Content-Type: text/html\r\n\r\n<p>Hej</p>", logo, kind="related", boundary="inre"),
            attached("C:\\mappar\\plan.pdf"), attached("plan.pdf"),
            attached("lista.txt", "text/plain"), forwarded,
        ).encode()
    )  # fmt: skip
    assert found.attachments == ("plan.pdf", "lista.txt", "Plan.eml")
    assert found.text == "Hej"


def test_calendars() -> None:
    calendar = "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nEND:VCALENDAR"
    found = read(
        HEAD
        + parts(
            f"Content-Type: text/calendar; method=REPLY\r\n\r\n{calendar}",
            f"Content-Type: application/ics; name=svar.ics\r\n\r\n{calendar}",
            "Content-Type: text/calendar\r\n\r\ninget",
        ).encode()
    )
    assert [(method, data.strip()) for method, data in found.calendar] == [("REPLY", calendar.encode())]


def test_a_mail_without_an_id_is_the_same_in_each_copy() -> None:
    one = read("From: Eva <eva@nybro.example>\nTo: ola@kalmar.example\n"
               "Date: Thu, 12 Nov 2026 10:00:00 +0100\nSubject: Möte\n\nHej")  # fmt: skip
    other = read("Received: by a; Thu, 12 Nov 2026 10:00:05 +0100\r\n"
                 "Date: Thu, 12 Nov 2026 09:00:00 +0000\r\n"
                 "Subject: =?utf-8?Q?M=C3=B6te?=\r\nTo: Ola <OLA@kalmar.example>\r\n"
                 "From: eva@nybro.example\r\nX-Spam: no\r\nBcc: b@b.example\r\n"
                 "Content-Transfer-Encoding: base64\r\n\r\nSGVqDQoNCg==\r\n")  # fmt: skip
    assert one.id == other.id
    assert one.id.startswith("sha256:")
    later = read("From: Eva <eva@nybro.example>\nTo: ola@kalmar.example\n"
                 "Date: Thu, 12 Nov 2026 10:00:01 +0100\nSubject: Möte\n\nHej")  # fmt: skip
    assert later.id != one.id
    assert read("From: eva@nybro.example\n\nHej").id != read("From: eva@nybro.example\n\nHopp").id


def scan(body: str = "Se bilagan.", name: str = "scan.pdf", data: str = "AAAA", head: str = "") -> bytes:
    return ("From: skanner@nybro.example\nTo: ola@kalmar.example\nDate: Thu, 12 Nov 2026 10:00:00 +0100\n"
            f"Subject: Skannat\n{head}Content-Type: multipart/mixed; boundary=b\n\n"
            f"--b\nContent-Type: text/plain\n\n{body}\n\n"
            f"--b\nContent-Type: application/pdf; name={name}\nContent-Transfer-Encoding: base64\n\n{data}\n"
            "--b--\n").encode()  # fmt: skip


def test_two_mails_of_the_same_second_and_subject_are_two() -> None:
    """What a scanner sends has no id, and always the same subject."""
    mails = [scan(), scan(body="Se den."), scan(name="b.pdf"), scan(data="BBBB")]
    mails += [scan(head=one) for one in ("Reply-To: eva@nybro.example\n", "In-Reply-To: <1@b.example>\n")]
    assert len({parse(one, "a").id for one in mails}) == len(mails)


def test_a_mail_without_an_id_is_the_same_in_an_mbox_a_folder_and_over_imap(tmp_path: Path) -> None:
    data = scan(body="Hej\nFrom Ola hälsas\n>From Eva")
    (tmp_path / "a.eml").write_bytes(data)
    box = b"From x Thu Nov 12 10:00:00 2026\nStatus: RO\nX-UID: 3\nReturn-Path: <a@b.example>\n"
    (tmp_path / "b.mbox").write_bytes(box + data.replace(b"\nFrom Ola", b"\n>From Ola") + b"\n")
    found = [one.id for one in sources.read(str(tmp_path), {})]
    assert {*found, parse(data.replace(b"\n", b"\r\n"), "INBOX:1").id} == {parse(data, "a").id}
    assert len(found) == 2


def test_who_sent_it() -> None:
    def sender(head: str) -> str:
        return read(f"{head}\nSubject: x\n\n").sender.mail

    assert sender("From: a@b.example, c@d.example\nSender: C <c@d.example>") == "c@d.example"
    assert sender("From: a@b.example\nSender: c@d.example") == "a@b.example"
    assert sender("From: a@b.example\nFrom: c@d.example") == "a@b.example"
    assert sender("From: Eva\nReply-To: eva@nybro.example") == "eva@nybro.example"
    assert sender("From: undisclosed:;") == ""
    assert read("From: Eva Ek\nSubject: x\n\n").sender.name == "Eva Ek"


@pytest.mark.parametrize(
    ("subject", "number"),
    [
        ("Remiss (dnr 2026/00123)", "2026/00123"),
        ("Diarienummer: A123-456-2026.", "A123-456-2026"),
        ("Dnr 123-2026", "123-2026"),
        ("Vårt dnr: KS-2026/12.", "KS-2026/12"),
        ("Möte 2026-11-12", ""),
        ("Dnr kommer senare", ""),
    ],
)
def test_registry_numbers(subject: str, number: str) -> None:
    assert registry_number(subject) == number


@pytest.mark.parametrize(
    "data", [b"", b"\0" * 100, b"\xff\xd8\xff\xe0JFIF", b"Hej!\n\nDet var allt.", b"a: b\n\nc"]
)
def test_what_is_no_mail(data: bytes) -> None:
    with pytest.raises(Invalid, match=r"brev\.eml: this is no mail"):
        read(data)


def test_a_draft_is_not_sent() -> None:
    with pytest.raises(Invalid, match="a draft"):
        read(b"X-Unsent: 1\r\n" + HEAD + b"\r\nHej")


def nested(depth: int) -> bytes:
    inner = "Content-Type: text/plain\r\n\r\ninnerst"
    for level in range(depth):
        inner = parts(inner, boundary=f"b{level}")
    return HEAD + inner.encode()


HUGE = {
    "many headers": HEAD + b"X: y\r\n" * 300_000 + b"\r\nHej",
    "a long header": HEAD + b"Subject: " + b"=?utf-8?q?a?" * 300_000 + b"\r\n\r\nHej",
    "addresses": HEAD + b"To: " + b'"\\"<(' * 500_000 + b"\r\n\r\nHej",
    "parameters": HEAD + b'Content-Type: multipart/mixed; a="' + b"; ; ;" * 300_000 + b"\r\n\r\nHej",
    "quoted parameters": HEAD + b"Content-Type: multipart/mixed" + b';a="' * 300_000 + b"\r\n\r\nHej",
    "references": HEAD + b"References: " + b"<a@b" * 300_000 + b"\r\n\r\nHej",
    "deep": nested(400),
    "many parts": HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\n" * 100_000,
    "dashes": HEAD + b"Content-Type: multipart/mixed; boundary=-\r\n\r\n" + b"-" * 3_000_000,
    "lines of dashes": HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--a\r\n" * 500_000,
    "open tags": HEAD + b"Content-Type: text/html\r\n\r\n" + b"<a <!-- <style>" * 100_000,
    "open styles": HEAD + b"Content-Type: text/html\r\n\r\n" + b"<head><title" * 100_000,
    "quotes": HEAD + b"\r\n" + b">" * 1_000_000,
    "deliveries": HEAD + b"Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\n"
    b"Content-Type: message/delivery-status\r\n\r\n" + b"Action : failed\r\n\r\n" * 100_000 + b"--b--",
}  # fmt: skip


@pytest.mark.parametrize("kind", HUGE)
def test_no_size_is_too_much(kind: str) -> None:
    # Whatever grew by the square would take hours
    found = read(HUGE[kind])
    assert found.sender.mail == "eva@nybro.example"


@pytest.mark.parametrize("charset", ["punycode", "idna", "undefined", "unicode_escape"])
def test_a_charset_that_is_none_of_mail_crashes_nothing(charset: str) -> None:
    head = f"From: Eva Ek <eva@nybro.example>\nContent-Type: text/plain; charset={charset}\n\n"
    assert parse(head.encode() + "Hej Åsa \x80".encode(), "a.eml").text.startswith("Hej Åsa")
