"""Who wrote a mail, a person or a program, by what the standards say of it."""

from __future__ import annotations

import pytest

from kontaktnat_mail.parsing import parse

HEAD = "From: eva@nybro.example\nDate: Thu, 12 Nov 2026 10:00:00 +0100\n"


@pytest.mark.parametrize(
    ("lines", "made_by"),
    [
        ("", ""),
        ("Auto-Submitted: no", ""),
        ("Auto-Submitted: auto-replied", "reply"),
        ("Auto-Submitted: Auto-Replied (vacation); owner-email=a@b.example", "reply"),
        ("Auto-Submitted: auto-generated", "generated"),
        ("Auto-Submitted: auto-generated\nIn-Reply-To: <1@nybro.example>", "reply"),  # Exchange
        ("Auto-Submitted: auto-notified", "generated"),
        ("Auto-Submitted: auto-replied\nReturn-Path: <>", "reply"),
        ("List-Id: Samordnare <samordnare.lista.example>", "list"),
        ("List-Unsubscribe: <mailto:av@lista.example>", "list"),
        ("Return-Path: <>", "bounce"),
        ("Return-Path: <eva@nybro.example>", ""),
        ("Return-Path:", ""),
        ("Return-Path: <>\nContent-Type: text/calendar; method=REPLY", ""),
        # what says nothing of who wrote it
        ("Precedence: bulk", ""),
        ("X-Auto-Response-Suppress: All", ""),
        ("Precedence: list\nX-Auto-Response-Suppress: OOF, AutoReply\nX-Autoreply: yes", ""),
        ("Subject: Autosvar: jag är ledig", ""),
        ("Content-Type: multipart/report; report-type=disposition-notification; boundary=b", "generated"),
    ],
)
def test_who_made_it(lines: str, made_by: str) -> None:
    assert parse(f"{HEAD}{lines}\n\nHej".encode(), "brev").automatic == made_by


def report(*recipients: str, kind: str = "delivery-status", encoding: str = "7bit") -> bytes:
    """A report of delivery (RFC 3464) about some recipients."""
    blocks = "\n\n".join(("Reporting-MTA: dns; mx.kalmar.example", *recipients))
    return (
        f"{HEAD}Content-Type: multipart/report; report-type={kind}; boundary=b\n\n"
        f"--b\nContent-Type: text/plain\n\nDet gick inte.\n"
        f"--b\nContent-Type: message/{kind}\nContent-Transfer-Encoding: {encoding}\n\n{blocks}\n"
        "--b\nContent-Type: message/rfc822\n\nSubject: Brevet\n\nHej\n--b--\n"
    ).encode()


def of(address: str, action: str, status: str) -> str:
    return f"Final-Recipient: rfc822; {address}\nAction: {action}\nStatus: {status}"


def test_only_what_is_lost_for_good() -> None:
    found = parse(
        report(
            of("borta@kalmar.example", "failed", "5.1.1"),
            of("full@kalmar.example", "failed", "4.2.2"),
            of("sen@kalmar.example", "delayed", "5.4.7"),
            of("<vinkel@kalmar.example>", "Failed", "5.0.0 (inget mer)"),
            "Final-Recipient: x400; /c=se\nAction: failed\nStatus: 5.1.1",
            "Original-Recipient: rfc822;alias@kalmar.example\n" + of("mal@kalmar.example", "failed", "5.1.1"),
            "Original-Recipient: rfc822;bro@kalmar.example\nFinal-Recipient: x400; /c=se\nAction: failed\n"
            "Status: 5.1.1",
        ),
        "studs",
    )
    assert found.automatic == "bounce"
    assert found.bounced == (
        "borta@kalmar.example", "vinkel@kalmar.example", "mal@kalmar.example", "bro@kalmar.example"
    )  # fmt: skip
    assert found.attachments == ("Brevet.eml",)


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
def test_a_report_of_what_did_not_fail(action: str) -> None:
    found = parse(report(of("ola@kalmar.example", action, "5.0.0")), "rapport")
    assert (found.automatic, found.bounced) == ("generated", ())


@pytest.mark.parametrize("status", ["5.1.7", "5.1.8", "5.2.2", "5.2.3", "5.3.4", "5.6.1", "5.7.1", "5.7.509"])
def test_an_address_is_not_to_blame_for_the_mail(status: str) -> None:
    """Too large an attachment, a wrong sender or a filter says nothing of whoever it was to (RFC 3463)."""
    found = parse(report(of("ola@kalmar.example", "failed", status)), "studs")
    assert (found.automatic, found.bounced) == ("bounce", ())


@pytest.mark.parametrize("status", ["5.1.0", "5.1.10", "5.2.1", "5.4.1", "5.4.310", "5.5.0"])
def test_an_address_that_is_gone(status: str) -> None:
    assert parse(report(of("ola@kalmar.example", "failed", status)), "studs").bounced


def test_a_report_in_letters_beyond_ascii() -> None:
    lines = "Final-Recipient: utf-8; åsa@kalmar.example\nAction: failed\nStatus: 5.1.1"
    found = parse(report(lines, kind="global-delivery-status", encoding="8bit"), "studs")
    assert found.bounced == ("åsa@kalmar.example",)


def test_a_report_that_somebody_forwards_marks_nobody() -> None:
    inner = report(of("borta@kalmar.example", "failed", "5.1.1")).decode()
    found = parse(
        f"{HEAD}Content-Type: multipart/mixed; boundary=y\n\n--y\nContent-Type: text/plain\n\nSe nedan\n"
        f"--y\nContent-Type: message/rfc822\n\n{inner}\n--y--\n".encode(),
        "vidare",
    )
    assert (found.automatic, found.bounced) == ("", ())
