"""What Outlook makes: `.msg`, dragged out of it, and winmail.dat. Both are written here, piece by piece."""

from __future__ import annotations

import io
import random
import struct
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from compressed_rtf import compress

from kontaktnat import Book, Contact, Interaction, Participation, Way
from kontaktnat.errors import Invalid
from kontaktnat_calendar.reading import read
from kontaktnat_mail import outlook, rtf
from kontaktnat_mail.answers import is_answer
from kontaktnat_mail.logging_ import Options, log
from kontaktnat_mail.parsing import parse
from kontaktnat_mail.rtf import text_of
from kontaktnat_mail.tnef import unpacked

Value = str | bytes | int | datetime
Tree = Mapping[str, "bytes | Tree"]
_FREE, _END, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF


def compound(tree: Tree) -> bytes:
    """A compound file (MS-CFB) of streams and storages, padded so that none is of the small kind."""
    entries: list[list[object]] = [
        ["Root Entry", 5, _NONE, _NONE, _END, 0]
    ]  # name, kind, next, child, start, size
    sectors: list[bytes] = []
    chains: list[int] = []

    def put(data: bytes) -> int:
        start = len(sectors)
        pieces = [data[at : at + 512].ljust(512, b"\0") for at in range(0, len(data), 512)]
        sectors.extend(pieces)
        chains.extend([*range(start + 1, start + len(pieces)), _END][: len(pieces)])
        return start if pieces else _END

    def add(parent: int, inside: Tree) -> None:
        before = -1
        for name, content in inside.items():
            number = len(entries)
            if isinstance(content, bytes):
                content = content.ljust(4096, b"\0")
                entries.append([name, 2, _NONE, _NONE, put(content), len(content)])
            else:
                entries.append([name, 1, _NONE, _NONE, _END, 0])
            if before < 0:
                entries[parent][3] = number
            else:
                entries[before][2] = number
            before = number
            if not isinstance(content, bytes):
                add(number, content)

    add(0, tree)
    lines = b""
    for name, kind, following, child, start, size in entries:
        text = f"{name}\0".encode("utf-16-le")
        lines += text.ljust(64, b"\0") + struct.pack(
            "<HBBIII36xIQ", len(text), kind, 1, _NONE, following, child, start, size
        )
    directory = put(lines)
    tables = (len(chains) + 129) // 128 + 1
    chains += [0xFFFFFFFD] * tables
    table = struct.pack(f"<{len(chains)}I", *chains).ljust(tables * 512, b"\xff")
    first = len(sectors)
    head = outlook.SIGNATURE + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    head += struct.pack("<IIIIIIIII", 0, tables, directory, 0, 4096, _END, 0, _END, 0)
    head += struct.pack("<109I", *[*range(first, first + tables), *[_FREE] * (109 - tables)])
    return head + b"".join(sectors) + table


def properties(values: Mapping[int, Value], head: int) -> dict[str, bytes]:
    """The streams of a storage's properties (MS-OXMSG §2.4)."""
    found: dict[str, bytes] = {}
    rows = b""
    for key, value in values.items():
        if isinstance(value, int):
            rows += struct.pack("<HHIII", 3, key, 6, value, 0)
        elif isinstance(value, datetime):
            ticks = int((value - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10_000_000
            rows += struct.pack("<HHIQ", 0x40, key, 6, ticks)
        else:
            kind, data = (0x1F, value.encode("utf-16-le")) if isinstance(value, str) else (0x102, value)
            rows += struct.pack("<HHIII", kind, key, 6, len(data), 0)
            found[f"__substg1.0_{key:04X}{kind:04X}"] = data
    return {**found, "__properties_version1.0": b"\0" * head + rows}


MEETING = bytes.fromhex("90DAD86E0B451B1098DA00AA003F1305")
APPOINTMENT = bytes.fromhex("0220060000000000C000000000000046")


def named(*names: tuple[bytes, int]) -> dict[str, Tree]:
    """The storage that tells the names of the properties from 0x8000 on (MS-OXMSG §2.2.3)."""
    sets = (MEETING, APPOINTMENT)
    rows = [struct.pack("<IHH", n, (sets.index(one) + 3) << 1, at) for at, (one, n) in enumerate(names)]
    streams = {"__substg1.0_00020102": b"".join(sets), "__substg1.0_00030102": b"".join(rows)}
    return {"__nameid_version1.0": streams}


def global_id(uid: bytes, day: tuple[int, int, int] = (0, 0, 0)) -> bytes:
    """MS-OXOCAL §2.2.1.27."""
    head = bytes.fromhex("040000008200E00074C5B7101A82E008") + struct.pack(">HBB", *day)
    return head + bytes(16) + struct.pack("<I", len(uid)) + uid


def msg(
    values: Mapping[int, Value],
    people: Sequence[Mapping[int, Value]] = (),
    files: Sequence[Mapping[int, Value]] = (),
    names: Sequence[tuple[bytes, int]] = (),
) -> bytes:
    return compound({
        **named(*names),
        **properties({0x001A: "IPM.Note", **values}, 32),
        **{f"__recip_version1.0_#{n:08X}": properties(one, 8) for n, one in enumerate(people)},
        **{f"__attach_version1.0_#{n:08X}": properties(one, 8) for n, one in enumerate(files)},
    })  # fmt: skip


HEADERS = (
    "Message-ID: <1@nybro.example>\r\nFrom: Eva Ek <eva@nybro.example>\r\nTo: ola@kalmar.example\r\n"
    "Date: Thu, 12 Nov 2026 10:00:00 +0100\r\nSubject: =?utf-8?Q?M=C3=B6te?=\r\n"
    "Content-Type: multipart/mixed; boundary=b\r\n"
)
NOON = datetime(2026, 11, 12, 12, tzinfo=UTC)


RICH = (
    r"{\rtf1\ansi\ansicpg1252\fromtext \deff0{\fonttbl{\f0\fswiss\fcharset0 Arial;}"
    r"{\f1\fcharset238 Calibri CE;}}"
    r"{\colortbl\red0\green0\blue0;}\uc1\pard\plain\f0\fs20 Hej p\'e5 dig!\par \par "
    r"\f1 Se {\field{\*\fldinst{HYPERLINK \"https://x.example\"}}{\fldrslt min hyperlink}}, "
    r"\u229?ret \u-10179?\u-8704?\par }"
)  # fmt: skip
PLAIN = "Hej på dig!\n\nSe min hyperlink, året \N{GRINNING FACE}"


@pytest.mark.parametrize("packed", [True, False])
def test_a_body_in_rich_text_alone(packed: bool) -> None:
    body = compress(RICH.encode("ascii"), compressed=packed)
    assert outlook.parse(msg({0x007D: HEADERS, 0x1009: body}), "a.msg").text == PLAIN
    inside = tnef((1, 0x00069003, mapi((0x102, 0x1009, body))))
    assert unpacked(inside).text == PLAIN
    assert unpacked(inside, text=False).text == ""
    both = msg({0x007D: HEADERS, 0x1009: body, 0x1000: "Hej"})
    assert outlook.parse(both, "a.msg").text == "Hej", "a plain one is there: that"


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_a_control_word_ends_where_its_line_does(end: str) -> None:
    """As Outlook writes it: a line of the file for each that is read."""
    head = [r"{\rtf1\ansi{\fonttbl", r"{\f0\fcharset0 Arial;}", r"{\f1\fcharset238 Arial CE;}}"]
    text = [r"\pard\plain", r"Hej \b", r"alla\b0", r" p\'e5 \f1", r"m\'f6tet!\par", r"\par", r"Eva\par", "}"]
    lines = [*head, *text]
    assert text_of(compress(end.join(lines).encode("ascii"))) == "Hej alla på mötet!\n\nEva"


@pytest.mark.parametrize("seed", range(20))
def test_rich_text_that_is_broken_is_none(seed: int) -> None:
    chance = random.Random(seed)
    body = bytearray(compress(RICH.encode("ascii"), compressed=bool(seed % 2)))
    for _ in range(chance.randrange(1, 4)):
        body[chance.randrange(len(body))] = chance.randrange(256)
    assert isinstance(text_of(bytes(body[: chance.randrange(len(body))])), str)
    assert isinstance(text_of(bytes(body)), str)


@pytest.mark.parametrize("piece", [
    r"{\field{\*\fldinst{", r"\f1", r"\f1\fcharset", "{", "}", r"HYPERLINK \"", r"{\fonttbl\f1\fcharset1 a",
    r"\u-1", r"\'", r"\pict\bin9", r"{\field{\*\fldinst{ HYPERLINK \"\"}} { ",
])  # fmt: skip
@pytest.mark.parametrize("head", ["", r"{\fonttbl"])
def test_rich_text_that_would_take_for_ever_does_not(piece: str, head: str) -> None:
    """Under a limit of the whole run, not of this test: none of these ends within a day if it is searched."""
    raw = (r"{\rtf1" + head + piece * 20_000).encode("ascii")[: rtf.CHARACTERS]
    assert isinstance(text_of(compress(raw, compressed=False)[: rtf.LARGEST]), str)


OWN = b"vCal-Uid\x01\0\0\0" + b"w93ahd2m@kontaktnat\0"
ANSWER = {(MEETING, 0x03): global_id(OWN), (MEETING, 0x01): datetime(2026, 11, 12, 9, tzinfo=UTC),
          (APPOINTMENT, 0x8201): 2}  # fmt: skip


def scheduled(kind: str, said: Mapping[tuple[bytes, int], Value], **more: Value) -> list[tuple[str, bytes]]:
    values: dict[int, Value] = {0x001A: f"IPM.Schedule.Meeting.{kind}", 0x007D: HEADERS}
    values |= dict(enumerate(said.values(), 0x8000))
    return list(outlook.parse(msg(values, names=[*said]), "a.msg").calendar)


@pytest.mark.parametrize(
    ("kind", "status"), [("Resp.Pos", "ACCEPTED"), ("Resp.Neg", "DECLINED"), ("Resp.Tent", "TENTATIVE")]
)
def test_an_answer_to_an_invitation_is_one_to_the_meeting(kind: str, status: str) -> None:
    """Outlook keeps nothing of the calendar that it came as but what is in its own fields."""
    [(method, data)] = scheduled(kind, ANSWER)
    assert method == "REPLY"
    assert is_answer(method, data)
    lines = data.decode().split("\r\n")
    assert lines[4:-3] == [
        "BEGIN:VEVENT", "UID:w93ahd2m@kontaktnat", "SEQUENCE:2", "DTSTAMP:20261112T090000Z", "SUMMARY:Möte",
        "ORGANIZER:mailto:ola@kalmar.example", f"ATTENDEE;PARTSTAT={status}:mailto:eva@nybro.example",
    ]  # fmt: skip


def test_it_is_told_to_the_meeting_in_the_book(book: Book) -> None:
    eva = book.add(Contact(name="Eva Ek", ways=[Way(kind="mail", value="eva@nybro.example")]))
    part = Participation(contact=eva.id, status="invited")
    meeting = book.add(Interaction(kind="visit", when="2026-11-20", status="planned", participants=[part]))
    own = b"vCal-Uid\x01\0\0\0" + f"{meeting.id}@kontaktnat\0".encode()
    data = msg({0x001A: "IPM.Schedule.Meeting.Resp.Pos", 0x007D: HEADERS, 0x8000: global_id(own)},
               names=[(MEETING, 3)])  # fmt: skip
    done = log(book, [outlook.parse(data, "a.msg")], Options(own=("ola@kalmar.example",)), name="a.msg")
    assert done.left == {"answer": 1}
    [found] = book.interactions.all()
    assert found.participants[0].status == "accepted"


def test_an_invitation_tells_when_and_where() -> None:
    said = {
        (MEETING, 0x03): global_id(b"\x01\x02"),
        (MEETING, 0x1A): datetime(2026, 11, 1, 8, tzinfo=UTC),
        (APPOINTMENT, 0x820D): NOON,
        (APPOINTMENT, 0x820E): datetime(2026, 11, 12, 13, tzinfo=UTC),
        (APPOINTMENT, 0x8208): "Folkets hus, Nybro",
    }
    [(method, data)] = scheduled("Request", said)
    assert method == "REQUEST"
    [candidate] = read(io.BytesIO(data), {})
    assert candidate.fields["place"] == "Folkets hus, Nybro"
    assert str(candidate.fields["source"]).startswith("ics:040000008200E00074C5B7101A82E00800000000")
    assert [one["mail"] for one in candidate.fields["guests"]] == ["eva@nybro.example", "ola@kalmar.example"]
    assert [method for method, _ in scheduled("Canceled", said)] == ["CANCEL"]
    repeats = {**said, (APPOINTMENT, 0x8223): 1}
    assert scheduled("Request", repeats) == [], "of a series the rule would have to be told"


def test_which_of_a_series_is_meant() -> None:
    one = {(MEETING, 0x03): global_id(OWN, (2026, 11, 12))}
    assert b"RECURRENCE-ID;VALUE=DATE:20261112\r\n" in scheduled("Resp.Pos", one)[0][1]
    at = {**one, (APPOINTMENT, 0x820D): NOON}
    assert b"RECURRENCE-ID:20261112T120000Z\r\n" in scheduled("Resp.Pos", at)[0][1]
    moved = {**at, (APPOINTMENT, 0x8228): datetime(2026, 11, 12, 15, tzinfo=UTC)}
    assert b"RECURRENCE-ID:20261112T150000Z\r\n" in scheduled("Resp.Pos", moved)[0][1]


def test_a_meeting_that_says_not_which_is_a_mail() -> None:
    assert scheduled("Resp.Pos", {}) == []
    assert scheduled("Resp.Pos", {(MEETING, 0x04): global_id(OWN)}) == [], "by another name"


def test_a_calendar_among_the_files_of_one() -> None:
    data = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"
    found = outlook.parse(msg({0x007D: HEADERS}, files=[{0x3707: "inbjudan.ics", 0x3701: data}]), "a.msg")
    assert [(method, one.rstrip(b"\0")) for method, one in found.calendar] == [("REQUEST", data)]


def test_a_received_one() -> None:
    found = outlook.parse(
        msg({0x007D: HEADERS, 0x1000: "Hej Åsa!\r\nTack.", 0x0037: "Möte"},
            files=[{0x3707: "årsplan.pdf", 0x3704: "ARSPLA~1.PDF"}, {0x3001: "Brevet"},
                   {0x3707: "logo.png", 0x7FFE: 1}]),
        "brev.msg",
    )  # fmt: skip
    assert (found.id, found.subject, found.sender.mail) == ("1@nybro.example", "Möte", "eva@nybro.example")
    assert found.date == datetime(2026, 11, 12, 9, tzinfo=UTC)
    assert (found.text, found.attachments) == ("Hej Åsa!\nTack.", ("årsplan.pdf", "Brevet"))
    assert [one.mail for one in found.to] == ["ola@kalmar.example"]


def test_a_sent_one_has_no_headers() -> None:
    found = outlook.parse(
        msg(
            {0x0037: "Möte", 0x1035: "<2@nybro.example>", 0x1042: "<1@kalmar.example>", 0x0039: NOON,
             0x0C1A: "Eva Ek", 0x0C1F: "/O=NYBRO/CN=EVA", 0x5D01: "eva@nybro.example", 0x1000: "Hej"},
            people=[
                {0x0C15: 1, 0x3001: "Ola Al", 0x3003: "/O=NYBRO/CN=OLA", 0x39FE: "ola@kalmar.example"},
                {0x0C15: 2, 0x3001: "Ås, Åsa", 0x3003: "asa@kalmar.example"},
                {0x0C15: 3, 0x3001: "anna@nybro.example", 0x3003: "anna@nybro.example"},
                {0x0C15: 1, 0x3001: "Bara ett namn"},
            ],
        ),
        "brev.msg",
    )  # fmt: skip
    assert (found.id, found.in_reply_to, found.date) == ("2@nybro.example", "1@kalmar.example", NOON)
    assert (found.sender.mail, found.sender.name) == ("eva@nybro.example", "Eva Ek")
    people = [(one.mail, one.name) for one in (*found.to, *found.cc, *found.bcc)]
    assert people == [
        ("ola@kalmar.example", "Ola Al"), ("asa@kalmar.example", "Ås, Åsa"), ("anna@nybro.example", ""),
    ]  # fmt: skip


def test_html_alone() -> None:
    found = outlook.parse(msg({0x007D: HEADERS, 0x1013: "<p>Åsa".encode("cp1252"), 0x3FDE: 1252}), "a")
    assert found.text == "Åsa"


@pytest.mark.parametrize(
    ("kind", "made_by"),
    [
        ("IPM.Note", ""),
        ("IPM.Note.Rules.OofTemplate.Microsoft", "reply"),
        ("REPORT.IPM.Note.IPNRN", "generated"),
        ("REPORT.IPM.Note.NDR", "bounce"),
        ("IPM.Schedule.Meeting.Request", ""),
    ],
)
def test_what_made_it(kind: str, made_by: str) -> None:
    people = [{0x0C15: 1, 0x39FE: "borta@kalmar.example", 0x0C20: 511},
              {0x0C15: 1, 0x39FE: "full@kalmar.example", 0x0C20: 422}]  # fmt: skip
    found = outlook.parse(msg({0x001A: kind, 0x0037: "Möte", 0x5D01: "eva@nybro.example"}, people), "a")
    assert found.automatic == made_by
    assert found.bounced == (("borta@kalmar.example",) if made_by == "bounce" else ())


@pytest.mark.parametrize("kind", ["IPM.Contact", "IPM.Appointment", ""])
def test_what_is_no_mail(kind: str) -> None:
    with pytest.raises(Invalid, match="no mail"):
        outlook.parse(msg({0x001A: kind, 0x0037: "Eva"}), "kort.msg")


def test_streams_that_lie_over_one_another_fill_no_memory() -> None:
    data = bytearray(msg({0x007D: HEADERS, 0x1000: "x" * 2000}))
    at = data.index("__substg1.0_1000001F".encode("utf-16-le"))
    struct.pack_into("<Q", data, at + 120, 1 << 31)
    with pytest.raises(Invalid, match="cannot be read"):
        outlook.parse(bytes(data), "a")


def test_broken_ones_are_read_or_refused() -> None:
    chance = random.Random(9)
    whole = msg({0x007D: HEADERS, 0x1000: "Hej", 0x0039: NOON}, [{0x0C15: 1, 0x39FE: "a@b.example"}],
                [{0x3707: "plan.pdf"}])  # fmt: skip
    read = 0
    for _ in range(400):
        data = bytearray(whole[: chance.choice((len(whole), chance.randrange(8, len(whole))))])
        for _ in range(chance.randrange(6)):
            data[chance.randrange(8, len(data))] = chance.choice((0, 1, 0xFF, chance.randrange(256)))
        with suppress(Invalid):
            outlook.parse(bytes(data), "brev.msg")
            read += 1
    assert read, "some are broken where it does not matter"


# winmail.dat


def tnef(*objects: tuple[int, int, bytes]) -> bytes:
    """(level, kind, content) as MS-OXTNEF has them."""
    packed = b"".join(
        struct.pack("<BII", level, kind, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)
        for level, kind, data in objects
    )
    return b"\x78\x9f\x3e\x22\x01\x00" + packed


def mapi(*values: tuple[int, int, bytes]) -> bytes:
    """(type, id, bytes) of properties whose values are one text each."""
    return struct.pack("<I", len(values)) + b"".join(
        struct.pack("<HHII", type, key, 1, len(data)) + data + b"\0" * (-len(data) % 4)
        for type, key, data in values
    )


WINMAIL = tnef(
    (1, 0x00069007, struct.pack("<II", 1252, 0)),
    (1, 0x00069003, mapi((0x1F, 0x1000, "Hej Åsa!\r\n\0".encode("utf-16-le")))),
    (2, 0x00069002, b"\0" * 14),
    (2, 0x00018010, b"ARSPLA~1.PDF\0"),
    (2, 0x00069005, mapi((0x1E, 0x3707, "årsplan.pdf\0".encode("cp1252")))),
    (2, 0x00069002, b"\0" * 14),
    (2, 0x00018010, b"lista.txt\0"),
)


def packed(data: bytes, text: str = "") -> bytes:
    return (
        b"From: eva@nybro.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n"
        + text.encode()
        + b"\r\n--b\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\n"
        b"Content-Transfer-Encoding: binary\r\n\r\n" + data + b"\r\n--b--\r\n"
    )


def test_what_is_packed_in_a_winmail() -> None:
    found = parse(packed(WINMAIL), "a")
    assert (found.text, found.attachments) == ("Hej Åsa!", ("årsplan.pdf", "lista.txt"))
    assert parse(packed(WINMAIL, "Annat"), "a").text == "Annat", "the text that all can read comes first"


def test_a_winmail_with_counts_that_are_wrong_ends() -> None:
    for content in (struct.pack("<I", 0xFFFFFFFF), struct.pack("<IHHI", 1, 0x1003, 0x3707, 0xFFFFFFFF),
                    struct.pack("<IHHI", 1, 0x1E, 0x3707, 0xFFFFFFFF)):  # fmt: skip
        data = tnef((1, 0x00069003, content), (2, 0x00069002, b""), (2, 0x00018010, b"lista.txt\0"))
        unpacked(data)
    assert unpacked(tnef(*[(1, 0x0006FFFF, b"")] * 200_000)).names == ()


def test_a_broken_winmail_is_read_as_far_as_it_goes() -> None:
    chance = random.Random(9)
    assert unpacked(WINMAIL[:-10]).names[0] == "årsplan.pdf"
    for _ in range(1000):
        data = bytearray(WINMAIL[: chance.randrange(4, len(WINMAIL) + 1)])
        for _ in range(chance.randrange(4)):
            data[chance.randrange(4, len(data) + 1) - 1] = chance.randrange(256)
        unpacked(bytes(data))
        parse(packed(bytes(data)), "a")
