"""Letters: templates, what they see, what is missing; headers that hold whatever somebody has typed."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontaktnat import Actor, Book, Contact, Interaction, Invalid, NotFound, Role, Way
from kontaktnat.extend import Outgoing
from kontaktnat_mail import composing, templating
from kontaktnat_mail.building import Calendar, File, Sender, build, files, sender
from kontaktnat_mail.pages import page
from kontaktnat_mail.whom import recipients

AT = datetime(2026, 11, 12, 12, 0, tzinfo=UTC)
ANNA = Sender(mail="anna@lst.example", name="Anna Ask")


def parsed(data: bytes) -> EmailMessage:
    return cast(EmailMessage, message_from_bytes(data, policy=default))


def text_of(message: EmailMessage, kind: str = "plain") -> str:
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content())


@pytest.fixture
def eva(book: Book) -> Role:
    nybro = book.add(Actor(name="Nybro kommun"))
    eva = book.add(Contact(name="Eva Öberg", given="Eva", family="Öberg"))
    way = Way(kind="mail", value="eva@nybro.example")
    return book.add(Role(contact=eva.id, actor=nybro.id, title="trygghetssamordnare", ways=[way]))


def letters(book: Book, records: list[Any], letter: templating.Letter, **more: Any) -> list[Outgoing]:
    options: dict[str, Any] = {"by": ANNA, "lang": "sv", "at": AT, "letter": letter}
    mailing = composing.Mailing(**options | more)
    return composing.compose(book, recipients(book, records).reached, mailing, unsent=True)


def written(tmp_path: Path, text: str, html: str = "") -> templating.Letter:
    (tmp_path / "brev.sv.txt").write_text(text, "utf-8")
    if html:
        (tmp_path / "brev.sv.html").write_text(html, "utf-8")
    return templating.find("brev", "sv", tmp_path)


# Templates


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("name", templating.names())
def test_every_template_that_we_have_can_be_written(book: Book, eva: Role, name: str, lang: str) -> None:
    meeting = book.add(
        Interaction(kind="visit", when="2026-11-20T13:00", ends="2026-11-20T15:00", subject="Vårmöte",
                    place="Kalmar", agenda=["Läget", "Nästa steg"], status="planned")
    )  # fmt: skip
    seen = composing.meeting_of(book, meeting, lang)
    for fields in ({}, {"text": "Ta med fika."}):
        if name == "letter" and not fields:
            continue
        [one] = letters(
            book, [eva], templating.find(name, lang), lang=lang, meeting=seen, fields=fields,
            subject="Hej" if name == "letter" else "",
        )  # fmt: skip
        assert "Eva" in one.text
        assert "Anna Ask" in one.text
        assert "{" not in one.text + one.subject
        assert "\n\n\n" not in one.text
        assert name in ("letter", "details") or (seen.when in one.text)


def test_the_details_say_all_roles_and_the_telephone(book: Book, eva: Role) -> None:
    oland = book.add(Actor(name="Borgholms kommun"))
    old = book.add(Actor(name="Torsås kommun"))
    book.add(Role(contact=eva.contact, actor=oland.id, title="säkerhetschef"))
    book.add(Role(contact=eva.contact, actor=old.id, title="handläggare", until="2025-12-31"))
    book.update(eva, ways=[*eva.ways, Way(kind="phone", value="070-174 06 05")])
    [one] = letters(book, [book.roles.get(eva.id)], templating.find("details", "sv"))
    lines = [line for line in one.text.splitlines() if line.startswith("- ")]
    assert sorted(lines) == [
        "- E-post: eva@nybro.example",
        "- Namn: Eva Öberg",
        "- Telefon: 070-174 06 05",
        "- Uppdrag: säkerhetschef, Borgholms kommun",
        "- Uppdrag: trygghetssamordnare, Nybro kommun",
    ]


def test_what_a_template_sees(book: Book, eva: Role, tmp_path: Path) -> None:
    letter = written(
        tmp_path,
        "Ämne: Till {{ name }}\n\n{{ given }}|{{ family }}|{{ role }}|{{ actor }}|{{ mail }}|"
        "{{ sender.name }}|{{ today }}|{{ language }}|{{ egen }}|"
        "{% if network %}{{ network }}{% else %}inget{% endif %}",
    )
    [one] = letters(book, [eva], letter, fields={"egen": "1 < 2"})
    assert one.subject == "Till Eva Öberg"
    assert one.text == (
        "Eva|Öberg|trygghetssamordnare|Nybro kommun|eva@nybro.example|Anna Ask|torsdag 12 november 2026|sv|"
        "1 < 2|inget\n"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Hej {{ titel }}", "Eva Öberg has no titel"),
        ("Hej {{ meeting.place }}", "name it with --meeting"),
        ("Hej {{ sender.phone }}", "Eva Öberg has no phone"),
        ("{% for x in saker %}{{ x }}{% endfor %}", "Eva Öberg has no saker"),
        ("{{ titel | upper }}", "Eva Öberg has no titel"),
        ("{{ 'x' ~ titel }}", "Eva Öberg has no titel"),
        ("Hej {% if %}", "line 3: this cannot be read: Hej {% if %}"),
        ("Hej\n{% if name %}\n", "is missing"),
        ("{% om name %}", "line 3: there is no {% om %}"),
        ("{{ name | stor }}", "line 3: there is no filter stor"),
        ("Hej\n{{ 1 / 0 }}", "line 4: this cannot be worked out: {{ 1 / 0 }}"),
        ("{{ name.nonsense() }}", "has no nonsense"),
        ("{{ ''.__class__.__mro__ }}", "line 3: a template may not do this: {{ ''.__class__.__mro__ }}"),
        ("{{ sender.__init__.__globals__ }}", "a template may not do this"),
        ("{{ 10 ** 10 ** 10 }}", "a template may not do this: {{ 10 ** 10 ** 10 }}"),
        ("{{ name * 1000000000000000000 }}", "this cannot be worked out"),
        ("{% include 'finns-inte.j2' %}", "finns-inte.j2 cannot be included: there is no such file"),
        ("{% include 'granne.txt' %}", "granne.txt cannot be included: a part lies in"),
        ("{% include '../../../../etc/passwd' %}", "passwd cannot be included: a part lies in"),
        ("{% include '../x.j2' %}", "../x.j2 cannot be included: a part lies in"),
        ("{% include given %}", "what is included is named in quotes"),
        ("{% include 'del.j2' %}", "del.j2: line 2: this cannot be worked out: {{ 1 / 0 }}"),
        ("{% include 'trasig.j2' %}", "trasig.j2: line 1: there is no filter stor"),
        ("{% for x in range(10000000) %}{% endfor %}", "this cannot be worked out"),
    ],
)
def test_what_is_missing_or_wrong_is_told_in_one_line(
    book: Book, eva: Role, tmp_path: Path, text: str, said: str
) -> None:
    (tmp_path / "granne.txt").write_text("hemligt")
    (tmp_path / "del.j2").write_text("Hej\n{{ 1 / 0 }}")
    (tmp_path / "trasig.j2").write_text("{{ name | stor }}")
    with pytest.raises(Invalid) as caught:
        letters(book, [eva], written(tmp_path, f"Subject: Hej\n\n{text}"))
    assert str(caught.value).startswith(("brev.sv.txt: ", "del.j2: ", "trasig.j2: "))
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_part_of_the_templates_own_folder_is_part_of_what_is_said(
    book: Book, eva: Role, tmp_path: Path
) -> None:
    (tmp_path / "sidfot.j2").write_text("Hälsar {% include 'inre.j2' %}", "utf-8")
    (tmp_path / "inre.j2").write_text("{{ sender.name }}")
    text = 'Subject: Hej\n\n{% include "sidfot.j2" %}'
    first = written(tmp_path, text)
    assert letters(book, [eva], first)[0].text == "Hälsar Anna Ask\n"
    (tmp_path / "inre.j2").write_text("{{ sender.mail }}")
    assert written(tmp_path, text).source != first.source, "another mailing: nobody has had it"


def test_a_page_names_its_own_file_and_line(book: Book, eva: Role, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match=r"brev\.sv\.html: line 2: there is no filter stor"):
        written(tmp_path, "Subject: Hej\n\nHej", "<p>\n{{ name | stor }}")
    with pytest.raises(Invalid, match=r"brev\.sv\.html: line 2: this cannot be worked out"):
        letters(book, [eva], written(tmp_path, "Subject: Hej\n\nHej", "<p>\n{{ 1 / 0 }}"))


def test_nothing_is_written_where_one_letter_cannot_be(book: Book, eva: Role, tmp_path: Path) -> None:
    """Of a person without a hat there is no actor to write."""
    bo = book.add(Contact(name="Bo Björk", ways=[Way(kind="mail", value="bo@x.example")]))
    with pytest.raises(Invalid, match="Bo Björk has no actor"):
        letters(book, [eva, bo], written(tmp_path, "Subject: Hej\n\nTill {{ actor }}"))


def test_a_template_without_a_subject_wants_one(book: Book, eva: Role, tmp_path: Path) -> None:
    letter = written(tmp_path, "Hej {{ name }}")
    with pytest.raises(Invalid, match="brev: it has no subject; give one with --subject"):
        letters(book, [eva], letter)
    assert letters(book, [eva], letter, subject="Till {{ given }}")[0].subject == "Till Eva"


def test_who_writes_and_the_meeting_are_words_too(book: Book, eva: Role, tmp_path: Path) -> None:
    meeting = book.add(Interaction(kind="visit", when="2026-11-20", subject="Vårmöte", status="planned"))
    seen = composing.meeting_of(book, meeting, "sv")
    letter = written(tmp_path, "Subject: {{ meeting }}\n\n{{ sender }}")
    [one] = letters(book, [eva], letter, meeting=seen)
    assert (one.subject, one.text) == (seen.title, "Anna Ask\n")


def test_a_field_of_ones_own_does_not_take_the_place_of_what_is_there(tmp_path: Path) -> None:
    letter = written(tmp_path, "Subject: Hej\n\nHej")
    with pytest.raises(Invalid, match="name: a template has this of itself"):
        composing.Mailing(letter=letter, by=ANNA, lang="sv", at=AT, fields={"name": "Bo"})


def test_a_page_of_ones_own_is_escaped_and_the_text_is_not(book: Book, tmp_path: Path) -> None:
    odd = book.add(Contact(name="<b>Eva & Co</b>", ways=[Way(kind="mail", value="eva@x.example")]))
    letter = written(tmp_path, "Subject: Hej\n\nHej {{ name }}", "<p>Hej {{ name }}</p>")
    message = parsed(letters(book, [odd], letter)[0].data)
    assert text_of(message).strip() == "Hej <b>Eva & Co</b>"
    assert text_of(message, "html").strip() == "<p>Hej &lt;b&gt;Eva &amp; Co&lt;/b&gt;</p>"


def test_a_file_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "mitt brev.txt"
    path.write_bytes("\ufeffSubject: Hej\r\n\r\nHej å".encode())
    assert templating.find(str(path), "sv").write({}).text == "Hej å\n"
    path.write_bytes("Hej å".encode("latin-1"))
    with pytest.raises(Invalid, match="not UTF-8"):
        templating.find(str(path), "sv")
    with pytest.raises(NotFound, match="there is no such template"):
        templating.find(str(tmp_path / "annat.txt"), "sv")
    (tmp_path / "sida.html").write_text("<p>Hej</p>")
    with pytest.raises(Invalid, match=r"write the text too, as sida\.txt"):
        templating.find(str(tmp_path / "sida.html"), "sv")
    with pytest.raises(NotFound, match="there are cancellation, details"):
        templating.find("nix", "sv")


# Headers


def decoded(data: bytes, name: str) -> str:
    """A header as RFC 2047 reads it; the stdlib's parser of addresses keeps spaces between encoded words."""
    return str(make_header(decode_header(message_from_bytes(data)[name])))


def plain(name: str) -> str:
    """Without the quotes of a quoted string."""
    return name.replace('"', "").replace("\\", "")


NAMES = st.text(min_size=1, max_size=120)


@given(name=NAMES, subject=NAMES, sender_name=NAMES)
def test_no_name_or_subject_makes_a_header_of_its_own(name: str, subject: str, sender_name: str) -> None:
    data = build(
        by=Sender(mail="anna@lst.example", name=sender_name), to=((name, "eva@x.example"),), subject=subject,
        text="Hej", html="", lang="sv", at=AT, id="x@lst.example",
    )  # fmt: skip
    head, _, _ = data.partition(b"\r\n\r\n")
    assert head.isascii()
    assert all(len(line) <= 998 for line in data.split(b"\r\n"))
    names = [line.partition(b":")[0] for line in head.split(b"\r\n") if not line.startswith((b" ", b"\t"))]
    assert names == [
        b"From", b"To", b"Subject", b"Date", b"Message-ID", b"MIME-Version", b"Content-Type",
    ]  # fmt: skip
    message = parsed(data)
    assert [one.addr_spec for one in message["To"].addresses] == ["eva@x.example"]
    assert [one.addr_spec for one in message["From"].addresses] == ["anna@lst.example"]


@pytest.mark.parametrize(
    "name",
    ["Åsa Öberg", "Ek, Eva", 'Eva "Evis" Ek', "Eva\r\nBcc: alla@x.example", "Eva (Nybro)", "Ü" * 60,
     "Ek\\Eva", "Åsa, Örjan <o@x.example>", "=?utf-8?q?Eva?=", "Eva; Ek", "前田"],
)  # fmt: skip
def test_names_come_out_as_they_were(name: str) -> None:
    data = build(by=ANNA, to=((name, "eva@x.example"),), subject=f"Om {name}", text="å", html="", lang="sv",
                 at=AT, id="x@lst.example")  # fmt: skip
    message = parsed(data)
    wanted = " ".join(name.split())
    assert message["Bcc"] is None
    if "=?" not in name:  # what already looks encoded is decoded by whoever reads it
        assert plain(decoded(data, "To")) == plain(f"{wanted} <eva@x.example>")
        assert message["Subject"] == f"Om {wanted}"


def test_the_parts_of_a_letter() -> None:
    by = Sender(mail="anna@lst.example", reply_to="trygghet@lst.example")
    data = build(
        by=by, to=(("Eva Ek", "eva@x.example"),), subject="Möte", text="Hej å\n.\n", html="", lang="sv",
        at=AT, id="x@lst.example",
        attached=[File(name="Årsplan 2026.pdf", data=b"%PDF\r\n\n"), File(name="a.eml", data=b"x")],
        calendar=Calendar(method="REQUEST", data="BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nå\r\n".encode()),
        unsubscribe="Inga fler", unsent=True,
    )  # fmt: skip
    message = parsed(data)
    assert message["X-Unsent"] == "1"
    assert message["Reply-To"] == "trygghet@lst.example"
    assert message["List-Unsubscribe"] == "<mailto:trygghet@lst.example?subject=Inga%20fler>"
    assert message["Message-ID"] == "<x@lst.example>"
    assert message["Date"].datetime == AT
    assert [(part.get_content_type(), part.get_filename()) for part in message.walk()] == [
        ("multipart/mixed", None),
        ("multipart/alternative", None),
        ("text/plain", None),
        ("text/html", None),
        ("text/calendar", None),
        ("application/pdf", "Årsplan 2026.pdf"),
        ("application/octet-stream", "a.eml"),
        ("application/ics", "invite.ics"),
    ]
    [calendar] = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    assert calendar.get_param("method") == "REQUEST"
    assert calendar.get_content().splitlines() == ["BEGIN:VCALENDAR", "METHOD:REQUEST", "å"]
    [pdf] = [part for part in message.walk() if part.get_content_type() == "application/pdf"]
    assert pdf.get_payload(decode=True) == b"%PDF\r\n\n"
    assert data.isascii()


def test_from_whom() -> None:
    assert sender("Anna Ask <anna@lst.example>") == Sender(mail="anna@lst.example", name="Anna Ask")
    assert sender('"Ask, Anna" <anna@lst.example>', "anna@lst.example").reply_to == ""
    assert sender("anna@räksmörgås.example").mail == "anna@xn--rksmrgs-5wao1o.example"
    for wrong in ("Anna", "ånna@lst.example", "a\r\nb@lst.example", ""):
        with pytest.raises(Invalid):
            sender(wrong)


def test_what_cannot_be_attached(tmp_path: Path) -> None:
    with pytest.raises(Invalid):
        files([str(tmp_path / "finns-inte.pdf")])
    large = tmp_path / "stor.bin"
    with large.open("wb") as file:
        file.truncate(21_000_000)
    with pytest.raises(Invalid, match="21 MB are more than most servers take"):
        files([str(large)])


def test_a_page_out_of_a_text() -> None:
    made = page(
        "Hej <Eva>!\nRad två\n\n- ett & två\n- tre\n\nSe https://lst.example/a?b=1&c=2. Till a@b.example.",
        "sv",
    )
    assert '<html lang="sv">' in made
    assert "<p>Hej &lt;Eva&gt;!<br>\nRad två</p>" in made
    assert "<ul><li>ett &amp; två</li><li>tre</li></ul>" in made
    assert '<a href="https://lst.example/a?b=1&amp;c=2">https://lst.example/a?b=1&amp;c=2</a>.' in made
    assert '<a href="mailto:a@b.example">a@b.example</a>.' in made


@given(st.text(max_size=300))
def test_a_page_has_no_tags_of_the_texts(text: str) -> None:
    import re

    made = page(text, "sv")
    assert set(re.findall(r"<(/?[^ >]*)", made)) <= {
        "!DOCTYPE", "html", "head", "meta", "/head", "body", "/body", "/html", "p", "/p", "br", "ul", "/ul",
        "li", "/li", "a", "/a",
    }  # fmt: skip


@pytest.mark.parametrize(
    "mail",
    ["a,b@x.example", "a..b@x.example", ".a@x.example", "a;b@x.example", "a>b@x.example", "a@b@x.example",
     "a@x,b.example", "a@x.example?bcc=z@x.example", "a:b@x.example", "a(b)@x.example", "a@x..example"],
)  # fmt: skip
def test_what_is_no_address_ends_in_a_sentence(mail: str) -> None:
    with pytest.raises(Invalid, match="no mail address"):
        sender(mail)


def test_what_an_address_may_have_does_not_end_the_link_to_say_no() -> None:
    by, to = sender("a?b&c@x.example"), [("Eva", "eva@x.example")]
    made = build(by=by, to=to, subject="Hej", text="Hej \udcff", html="", lang="sv", at=AT, id="1@x.example",
                 unsubscribe="Nej")  # fmt: skip
    assert b"<mailto:a%3Fb%26c@x.example?subject=Nej>" in made
