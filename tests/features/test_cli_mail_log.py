"""`mail log`, and what it leaves to `review`."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest

ANNA = "Anna Ask <anna@lst.example>"


def write(
    path: Path,
    n: int = 1,
    frm: str = "Eva Ek <eva.ek@nybro.example>",
    to: str = ANNA,
    *,
    body: str = "Hej Anna!",
    **headers: str,
) -> None:
    """A mail in a file."""
    said = {
        "From": frm,
        "To": to,
        "Date": f"Tue, {n + 2} Nov 2026 09:12:00 +0100",
        "Subject": "Lokaler",
        "Message-ID": f"<{n}@mx.example>",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    lines = [f"{name}: {value}" for name, value in said.items()]
    path.write_bytes("\r\n".join([*lines, "", body, ""]).encode())


@pytest.fixture
def eva(kalmar: Any) -> None:
    kalmar("add", "contact", "Eva Ek", "--role", "samordnare@nybro", "--email", "eva.ek@nybro.example")


def test_a_mail_is_logged_and_undone(kalmar: Any, eva: None, tmp_path: Path) -> None:
    write(tmp_path / "a.eml")
    ran = kalmar("mail", "log", "a.eml")
    assert (ran.code, "which address is yours?" in ran.err) == (2, True)
    ran = kalmar("mail", "log", "a.eml", "--me", "anna@lst.example")
    said = ran.out.splitlines()
    assert said[0] == "2026-11-03 from Eva Ek (Nybro kommun): Lokaler"
    assert said[1].startswith("  logged (")
    assert said[2] == "1 mail read: logged 1"
    assert said[3].startswith("undo ")
    assert "Lokaler" in kalmar("list", "interactions").out
    again = kalmar("mail", "log", "a.eml")  # one's own address is known now
    assert again.last == "1 mail read: there already 1"
    assert kalmar(*said[3].split()[:2]).code == 0
    assert "Lokaler" not in kalmar("list", "interactions").out


def test_a_folder_standard_input_and_counts_that_add_up(kalmar: Any, eva: None, tmp_path: Path) -> None:
    (folder := tmp_path / "post").mkdir()
    write(folder / "1.eml")
    write(folder / "2.eml", 2, "Bo Alm <bo.alm@torsas.example>")
    write(folder / "3.eml", 3, Auto_Submitted="auto-replied")
    write(folder / "4.eml", 4, List_Id="<x.lists.example>")
    write(folder / "5.eml", 1)
    write(folder / "6.eml", 6, ANNA, ANNA)
    (folder / "7.eml").write_bytes(b"this is no mail")
    ran = kalmar("mail", "log", "post", "--me", "anna@lst.example")
    assert ran.code == 0, ran.err
    assert "not taken: post/7.eml: this is no mail" in ran.err
    assert (
        "7 mails read: logged 1, waiting for who they are from or to 1, automatic answers left out 1, "
        "list mail left out 1, twice among them 1, to or from nobody else 1, not taken 1"
    ) in ran.out.splitlines()
    assert "1 person whom nobody surely knows waits: kontaktnat review" in ran.out
    ran = kalmar("mail", "log", "-", "--automatic", stdin=(folder / "3.eml").read_text("utf-8"))
    assert "1 mail read: logged 1" in ran.out
    assert "automatic mail" in kalmar("list", "interactions").out


def test_a_dry_run_says_what_would_be_and_saves_nothing(kalmar: Any, eva: None, tmp_path: Path) -> None:
    write(tmp_path / "a.eml")
    ran = kalmar("mail", "log", "a.eml", "--me", "anna@lst.example", "--dry-run")
    assert ran.out.splitlines() == [
        "2026-11-03 from Eva Ek (Nybro kommun): Lokaler",
        "  would be logged",
        "1 mail read: logged 1",
        "nothing was saved",
    ]
    assert "which address is yours?" in kalmar("mail", "log", "a.eml").err, "nor is that kept"


def test_who_a_stranger_is_is_decided_in_a_review(kalmar: Any, tmp_path: Path) -> None:
    write(tmp_path / "a.eml", 1, "Bo Alm <bo.alm@torsas.example>")
    kalmar("mail", "log", "a.eml", "--me", "anna@lst.example")
    shown = kalmar("review", "bo.alm").out
    assert "of a mail in a.eml: nobody is surely known by that address" in shown
    assert "mail, kept back: " in shown
    assert "Lokaler" in shown
    ran = kalmar("review", "bo.alm", "--new", "--at", "samordnare@torsas")
    assert ran.out.startswith("new: Bo Alm"), ran.err
    assert "Bo Alm" in kalmar("list", "interactions").out
    held = [one for one in kalmar("list", "roles", "-o", "json").records() if one.get("ways")]
    assert [one["ways"][0]["value"] for one in held] == ["bo.alm@torsas.example"]


def test_of_many_mails_that_wait_a_few_are_shown(kalmar: Any, tmp_path: Path) -> None:
    (folder := tmp_path / "post").mkdir()
    for n in range(1, 9):
        write(folder / f"{n}.eml", n, "Bo Alm <bo.alm@torsas.example>")
    kalmar("mail", "log", "post", "--me", "anna@lst.example")
    shown = kalmar("review", "bo.alm").out
    assert shown.count("mail, kept back: ") == 5
    assert "… and 3 more" in shown


def test_who_is_ignored_and_heard_again(kalmar: Any, tmp_path: Path) -> None:
    write(tmp_path / "a.eml", 1, "Shop <news@shop.example>")
    kalmar("mail", "log", "a.eml", "--me", "anna@lst.example")
    ran = kalmar("review", "news@shop", "--ignore")
    assert ran.out.startswith("ignored from now on: Shop (")
    first, then = kalmar("review", "--ignored").out.splitlines()
    assert first == "1 address is ignored"
    assert re.fullmatch(r"  since \d{4}-\d\d-\d\d: 1", then)
    assert kalmar("mail", "log", "a.eml").last == "1 mail read: from or to whom you ignore 1"
    assert "news" not in kalmar("export", "json").out
    assert kalmar("review", "--heed", "other@shop.example").code == 3
    assert kalmar("review", "--heed", "news@shop.example").out.startswith("news@shop.example is asked about")
    assert "waiting" in kalmar("mail", "log", "a.eml").out


def test_at_a_terminal_it_is_asked_one_by_one(kalmar: Any, tmp_path: Path) -> None:
    write(tmp_path / "a.eml", 1, "Bo Alm <bo.alm@torsas.example>")
    write(tmp_path / "b.eml", 2, "Shop <news@shop.example>")
    kalmar("mail", "log", "a.eml", "b.eml", "--me", "anna@lst.example")
    ran = kalmar("review", stdin="n samordnare@torsas\ni\n", terminal=True)
    assert "ignored from now on 1" in ran.out
    assert ran.last == "onto others 0, new 1, discarded 0, left 0"


def test_a_promise_is_suggested_and_made_only_if_one_says_so(kalmar: Any, eva: None, tmp_path: Path) -> None:
    write(tmp_path / "a.eml", body="Jag skickar underlaget senast 2026-11-20.")
    ran = kalmar("mail", "log", "a.eml", "--me", "anna@lst.example")
    assert 'they promise? "Jag skickar underlaget senast 2026-11-20." (due 2026-11-20)' in ran.out
    assert "kontaktnat add followup TEXT --about " in ran.out
    assert kalmar("list", "followups", "-o", "ids").out == ""
    assert "promise" not in kalmar("mail", "log", "a.eml").out, "once is enough"
    write(tmp_path / "b.eml", 2, "anna@lst.example", "eva.ek@nybro.example", body="Vi ordnar en lokal.")
    kalmar("mail", "log", "b.eml", stdin="n\n", terminal=True)
    assert kalmar("list", "followups", "-o", "ids").out == ""
    kalmar("undo")
    kalmar("mail", "log", "b.eml", stdin="j\n", terminal=True)  # as one says it in Swedish
    [made] = kalmar("list", "followups", "-o", "json").records()
    assert (made["text"], made.get("side", "we"), made["since"]) == (
        "Vi ordnar en lokal.",
        "we",
        "2026-11-04",
    )


def test_swedish(kalmar: Any, eva: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KONTAKTNAT_LANG", "sv")
    write(tmp_path / "a.eml")
    ran = kalmar("mail", "log", "a.eml", "--me", "anna@lst.example")
    assert ran.out.splitlines()[0] == "2026-11-03 från Eva Ek (Nybro kommun): Lokaler"
    assert "1 mejl läst: registrerat 1" in ran.out


@pytest.mark.parametrize(
    "name", ["tine20__calendar_reply_accepted.eml", "tine20__winmail_dat_attachment.eml"]
)
def test_real_mails(kalmar: Any, name: str) -> None:
    real = Path(__file__).parents[3] / "shared" / "real" / name
    if not real.exists() and not os.environ.get("CI"):
        pytest.skip("the real files are not here")
    ran = kalmar("mail", "log", str(real), "--me", "anna@lst.example")
    assert (ran.code, ran.err) == (0, "")
    assert "1 mail read: " in ran.out
    assert "1 mail read: " in kalmar("mail", "log", str(real)).out


def test_a_mailbox_says_what_is_missing(kalmar: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("KONTAKTNAT_MAIL_PASSWORD", "KONTAKTNAT_MAIL_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    ran = kalmar("mail", "fetch")
    assert (ran.code, "give --host SERVER and --user NAME" in ran.err) == (2, True)
    ran = kalmar("mail", "fetch", "--host", "127.0.0.1", "--user", "anna")
    assert (ran.code, "KONTAKTNAT_MAIL_PASSWORD" in ran.err) == (2, True)


def test_ones_own_address_may_be_said_with_a_name_and_letters_come_from_it(
    kalmar: Any, eva: None, tmp_path: Path
) -> None:
    write(tmp_path / "a.eml")
    ran = kalmar("mail", "log", "a.eml", "--me", "Anna Ask <anna@>")
    assert (ran.code, "--me: 'anna@' is no mail address" in ran.err) == (5, True)
    assert kalmar("mail", "log", "a.eml", "--me", ANNA).code == 0
    kalmar("mail", "log", "a.eml", "--me", "Anna@lst.example")  # the same one: the name is not lost
    ran = kalmar("mail", "send", "--to", "eva", "--template", "details", "--dry-run")
    assert "  Anna Ask" in ran.err.splitlines()


def test_ones_own_address_is_asked_for_at_a_terminal_once(kalmar: Any, eva: None, tmp_path: Path) -> None:
    write(tmp_path / "a.eml")
    ran = kalmar("mail", "log", "a.eml", stdin="anna@lst.example\n", terminal=True)
    assert "1 mail read: logged 1" in ran.out
    assert kalmar("mail", "log", "a.eml").last == "1 mail read: there already 1"


def test_whose_address_came_back_is_said(kalmar: Any, eva: None, tmp_path: Path) -> None:
    report = (
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns;mx.example\r\n\r\n"
        "Final-Recipient: rfc822;eva.ek@nybro.example\r\nAction: failed\r\nStatus: 5.1.10\r\n\r\n--b--"
    )
    kind = 'multipart/report; report-type=delivery-status; boundary="b"'
    write(tmp_path / "a.eml", frm="postmaster@mx.example", body=report, Content_Type=kind)
    ran = kalmar("mail", "log", "a.eml", "--me", ANNA)
    assert "1 record has an address that came back, and it is marked: Eva Ek" in ran.out
    write(tmp_path / "b.eml", n=2)
    ran = kalmar("mail", "log", "b.eml")
    assert "1 record has an address that came back once, and works again: Eva Ek" in ran.out


def test_a_folder_is_called_by_its_name_in_a_review(kalmar: Any, tmp_path: Path) -> None:
    (tmp_path / "tom").mkdir()
    assert kalmar("mail", "log", "tom", "--me", ANNA).out.splitlines()[0] == "0 mails read"
    write(tmp_path / "a.eml")
    kalmar("mail", "log", ".")
    assert f"of a mail in {tmp_path.name}: " in kalmar("review", "Eva Ek").out


def test_the_list_of_what_waits_tells_from_where_and_about_what(kalmar: Any, tmp_path: Path) -> None:
    write(tmp_path / "a.eml", 1, "Bo Alm <bo.alm@torsas.example>", Subject="Medborgarlöften")
    write(tmp_path / "b.eml", 2, "Bo Alm <bo.alm@torsas.example>")
    write(tmp_path / "c.eml", 3, "shop@shop.example")
    kalmar("mail", "log", "a.eml", "b.eml", "c.eml", "--me", ANNA)
    bo, shop = (re.split(r"\s{2,}", line) for line in kalmar("review").out.splitlines()[1:3])
    assert bo[:3] == ["Bo Alm", "contact", "bo.alm@torsas.example: Medborgarlöften … and 1 more"]
    assert shop[:3] == ["shop@shop.example", "contact", "Lokaler"]


def test_all_that_are_not_taken_are_listed_in_a_file(kalmar: Any, tmp_path: Path) -> None:
    (tmp_path / "post").mkdir()
    for n in range(30):
        (tmp_path / "post" / f"{n}.eml").write_text("this is no mail", "utf-8")
    ran = kalmar("mail", "log", "post", "--me", ANNA)
    assert "… and 25 more not taken; --rejects FILE lists them all" in ran.err
    ran = kalmar("mail", "log", "post", "--rejects", "left.txt")
    assert "30 that were not taken are listed in left.txt" in ran.out
    lines = (tmp_path / "left.txt").read_text("utf-8").splitlines()
    assert len(lines) == 30
    assert all("this is no mail" in one for one in lines)
    assert kalmar("mail", "log", "post", "--rejects", "left.txt").code == 5, "an older list stays"


def test_of_several_hats_it_is_said_how_to_tell_which(kalmar: Any, eva: None, tmp_path: Path) -> None:
    kalmar("add", "role", "handläggare@nybro", "--contact", "Eva Ek")
    write(tmp_path / "a.eml", n=3)
    ran = kalmar("mail", "log", "a.eml", "--me", ANNA)
    assert ran.out.splitlines()[0] == "2026-11-05 from Eva Ek (Nybro kommun): Lokaler"
    assert "several roles" not in ran.out, "the actor has it all the same"
    kalmar("add", "role", "handläggare@torsas", "--contact", "Eva Ek")
    write(tmp_path / "a.eml")
    ran = kalmar("mail", "log", "a.eml", "--me", ANNA)
    assert ran.out.splitlines()[0] == "2026-11-03 from Eva Ek: Lokaler"
    found = re.search(r"  Eva Ek has several roles, .*: kontaktnat (set \S+ participants=)", ran.out)
    assert found
    said = found[1].split()
    assert kalmar(*said[:-1], f"{said[-1]}samordnare@nybro").code == 0
    assert (
        kalmar("mail", "log", "a.eml").out.splitlines()[0] == "2026-11-03 from Eva Ek (Nybro kommun): Lokaler"
    )
    assert "several roles" not in kalmar("mail", "log", "a.eml").out
    write(tmp_path / "b.eml", n=2, Cc="Bo Alm <bo.alm@torsas.example>")
    kalmar("add", "contact", "Bo Alm", "--role", "samordnare@torsas", "--email", "bo.alm@torsas.example")
    ran = kalmar("mail", "log", "b.eml")
    assert "  Eva Ek has several roles, and it is not told which: kontaktnat edit " in ran.out
