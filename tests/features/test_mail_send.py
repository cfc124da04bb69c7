"""`mail send` and `mail invite` at the prompt: who gets it, drafts by default, one step of undo."""

from __future__ import annotations

from collections.abc import Callable
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
ME = ("--me", "Anna Ask <anna@lst.example>")


@pytest.fixture
def county(kalmar: Run) -> Run:
    """Eva and Åsa with addresses, Bo without, Siv protected, Nils who wants no mailings."""
    kalmar("add", "contact", "Eva Ek", "--role", "samordnare@nybro", "--email", "eva.ek@nybro.example")
    kalmar("add", "contact", "Åsa Öberg", "--role", "samordnare@kalmar", "--email", "asa@kalmar.example")
    kalmar("add", "contact", "Bo Björk", "--role", "samordnare@borgholm")
    kalmar("add", "contact", "Siv Skydd", "--email", "siv@x.example")
    kalmar("set", "siv", "protected=yes")
    kalmar("add", "contact", "Nils Nej", "--email", "nils@x.example")
    kalmar("set", "nils", "mail.no_mailings=yes")
    return kalmar


def letter(path: Path) -> Any:
    return message_from_bytes(path.read_bytes(), policy=default)


def test_drafts_with_who_is_left_out_and_the_first_to_look_at(county: Run, tmp_path: Path) -> None:
    done = county(
        "mail", "send", "--to", "roles function=samordnare contact=eva", "--to", "åsa", "--to", "bo björk",
        "--to", "siv", "--to", "nils", "--to", "contacts name=Eva", "--template", "letter",
        "--subject", "Nytt", "--field", "text=Läs på https://lst.example/nytt", "--into", "ut", *ME,
    )  # fmt: skip
    assert done.code == 0, done.err
    assert done.out == "2 drafts in ut: open each in your mail program, look at it and send it\n"
    assert done.err.splitlines()[:4] == [
        "to 2 of 5",
        "  left out, no mail address: Bo Björk",
        "  left out, protected: Siv Skydd",
        "  left out, wants no mailings: Nils Nej",
    ]
    assert "  To: Eva Ek <eva.ek@nybro.example>" in done.err
    assert "  Läs på https://lst.example/nytt" in done.err
    paths = sorted((tmp_path / "ut").iterdir())
    assert [one.name for one in paths] == ["001-eva-ek.eml", "002-asa-oberg.eml"]
    asa = letter(paths[1])
    assert (asa["X-Unsent"], asa["Subject"]) == ("1", "Nytt")
    assert [one.addr_spec for one in asa["To"].addresses] == ["asa@kalmar.example"]
    assert "Eva" not in paths[1].read_text()
    assert asa["List-Unsubscribe"].strip().startswith("<mailto:anna@lst.example")
    assert "Hej Åsa!" in asa.get_body(("plain",)).get_content()
    assert county("list", "interactions").out == "nothing to show\n"


def test_one_letter_is_no_mailing(county: Run, tmp_path: Path) -> None:
    county("mail", "send", "--to", "eva", "--template", "details", "--into", "ut", *ME)
    assert letter(tmp_path / "ut" / "001-eva-ek.eml")["List-Unsubscribe"] is None


def test_a_rehearsal_writes_nothing(county: Run, tmp_path: Path) -> None:
    before = {*tmp_path.iterdir()}
    done = county("mail", "send", "--to", "eva", "--template", "details", "--dry-run", *ME)
    assert (done.code, done.out) == (0, "")
    assert done.err.splitlines()[-1] == "nothing is written or sent"
    assert {*tmp_path.iterdir()} == before


def test_a_list_that_was_saved_and_a_network(county: Run) -> None:
    county("list", "contacts", "name=Eva Ek", "--save", "mina")
    done = county("mail", "send", "--to", "mina", "--template", "details", "--dry-run", *ME)
    assert done.err.startswith("to 1 of 1\n"), done.err
    done = county("mail", "send", "--to", "nätverket för", "--template", "details", "--dry-run", *ME)
    assert "To: Eva Ek <eva.ek@nybro.example>" in done.err
    assert "Siv" not in done.err


def test_the_protected_too_with_a_reason_that_is_logged(county: Run, tmp_path: Path) -> None:
    done = county("mail", "send", "--to", "siv", "--template", "details", "--into", "ut", *ME)
    assert (done.code, done.out) == (6, "")
    assert "left out, protected: Siv Skydd" in done.err
    done = county(
        "mail", "send", "--to", "siv", "--to", "eva", "--template", "details", "--into", "ut",
        "--reveal", "kallelse", *ME,
    )  # fmt: skip
    assert done.code == 0, done.err
    assert [one.name for one in sorted((tmp_path / "ut").iterdir())] == [
        "001-eva-ek.eml",
        "002-mail.eml",
    ]
    assert "kallelse" in county("history").out


def test_ones_own_address_is_said_once(county: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = county("mail", "send", "--to", "eva", "--template", "details")
    assert done.code == 2
    assert "whose letters are they? give --me ADDRESS" in done.err
    config = tmp_path / "config.toml"
    config.write_text('[plugins.mail]\nme = ["Anna Ask <anna@lst.example>"]\nlanguage = "en"\n')
    monkeypatch.setenv("KONTAKTNAT_CONFIG", str(config))
    assert county("mail", "send", "--to", "eva", "--template", "details", "--into", "ut").code == 0
    made = letter(tmp_path / "ut" / "001-eva-ek.eml")
    assert str(made["From"]) == "Anna Ask <anna@lst.example>"
    assert "Dear Eva" in made.get_body(("plain",)).get_content()


def test_a_secret_does_not_stand_in_the_configuration(
    county: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "config.toml"
    config.write_text('[plugins.mail.smtp]\nhost = "x.example"\npassword = "hemligt"\n')
    monkeypatch.setenv("KONTAKTNAT_CONFIG", str(config))
    done = county("mail", "send", "--to", "eva", "--template", "details", *ME)
    assert (done.code, "hemligt" in done.err) == (5, False)
    assert "a secret does not stand in the file" in done.err


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("send",), 2, "WHOM is missing"),
        (("send", "--to", "eva"), 2, "TEMPLATE is missing"),
        (("send", "--to", "nobody", "--template", "details"), 3, "nothing is called nobody"),
        (("send", "--to", "eva", "--template", "nix"), 3, "there is no template nix; there are cancellation"),
        (("send", "--to", "eva", "--template", "letter"), 5, "it has no subject; give one"),
        (("send", "--to", "eva", "--template", "letter", "--subject", "Hej"), 5, "Eva Ek has no text"),
        (("send", "--to", "eva", "--template", "reminder"), 5, "name it with --meeting"),
        (("send", "--to", "commitments", "--template", "details"), 2, "nobody is written to so"),
        (("send", "--to", "roles nonsense=1", "--template", "details"), 5, "role has no such field"),
        (("send", "--to", "eva", "--template", "details", "--field", "text"), 2, "write NAME=VALUE"),
        (("send", "--to", "eva", "--template", "details", "--field", "text=@no.txt"), 5, "no.txt: "),
        (("send", "--to", "eva", "--template", "details", "--field", "name=x"), 5, "has this of itself"),
        (("send", "--to", "eva", "--template", "details", "--attach", "no.pdf"), 5, "no.pdf: "),
        (("send", "--to", "eva", "--template", "details", "--smtp"), 5, "name the server that sends"),
        (("send", "--to", "eva", "--template", "details", "--smtp", "--into", "x"), 2, "--into is where"),
        (("send", "--to", "eva", "--template", "details", "--mailer", "duva"), 3, "there is no mailer duva"),
        (("send", "--to", "eva", "--template", "details", "--me", "anna"), 5, "no mail address to send from"),
        (("invite",), 2, "MEETING is missing"),
        (("invite", "nobody"), 3, "no meeting to come is called nobody"),
        (("invite", "x", "--update", "--cancel"), 2, "give one of them"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_in_one_line(
    county: Run, tmp_path: Path, args: tuple[str, ...], code: int, said: str
) -> None:
    me = () if "--me" in args else ME
    before = {*tmp_path.iterdir()}
    done = county("mail", *args, *me)
    assert (done.code, done.out) == (code, "")
    assert said in done.err.splitlines()[-1]
    assert "Traceback" not in done.err
    assert {one for one in tmp_path.iterdir() if ".mailings" not in one.name} == before


def test_no_name_of_a_file_tells_who_is_protected(county: Run, tmp_path: Path) -> None:
    done = county("mail", "send", "--to", "siv", "--to", "eva", "--template", "details", "--into", "ut",
                  "--reveal", "kallelse", *ME)  # fmt: skip
    assert done.code == 0, done.err
    assert sorted(one.name for one in (tmp_path / "ut").iterdir()) == ["001-eva-ek.eml", "002-mail.eml"]
    assert letter(tmp_path / "ut" / "002-mail.eml")["To"] == "Siv Skydd <siv@x.example>"
    county("log", "visit", "siv", "--when", "2097-03-18 13:00", "--subject", "Samtal")
    done = county("mail", "invite", "samtal", "--reveal", "kallelse", "--into", "moten", *ME)
    assert done.code == 0, done.err
    names = sorted(one.name for one in (tmp_path / "moten").iterdir())
    assert names == ["001-invite.ics", "002-mail.eml"]


def test_of_two_with_one_address_the_second_is_named_unless_each_is_asked_for(
    county: Run, tmp_path: Path
) -> None:
    county("add", "contact", "Lo Hägg", "--email", "Eva.Ek@nybro.example")
    args = ("mail", "send", "--to", "eva", "--to", "lo", "--template", "details", *ME)
    done = county(*args, "--into", "ut")
    assert done.code == 0, done.err
    assert done.err.splitlines()[:2] == [
        "to 1 of 2", "  left out, the same address as somebody who gets it: Lo Hägg",
    ]  # fmt: skip
    assert [one.name for one in (tmp_path / "ut").iterdir()] == ["001-eva-ek.eml"]
    done = county(*args, "--each", "--into", "bada")
    assert done.err.splitlines()[0] == "to 2 of 2"
    assert len(list((tmp_path / "bada").iterdir())) == 2


# Invitations


@pytest.fixture
def meeting(county: Run) -> str:
    county("log", "visit", "eva", "--when", "2097-03-18 13:00", "--subject", "Platsbesök")
    return str(county("list", "interactions", "-o", "ids").out.strip())


def test_an_invitation_as_a_draft_and_its_undo(county: Run, meeting: str, tmp_path: Path) -> None:
    done = county("mail", "invite", meeting, "--into", "ut", *ME)
    assert done.code == 0, done.err
    assert done.out == "1 draft in ut: open it in your mail program, look at it and send it\n"
    assert [one.name for one in sorted((tmp_path / "ut").iterdir())] == ["001-invite.ics", "002-eva-ek.eml"]
    made = letter(tmp_path / "ut" / "002-eva-ek.eml")
    assert made["Subject"] == "Inbjudan: Platsbesök 2097-03-18"
    kinds = [part.get_content_type() for part in made.walk()]
    assert kinds[2:] == ["text/plain", "text/html", "text/calendar", "application/ics"]
    own = (tmp_path / "ut" / "001-invite.ics").read_text("utf-8")
    assert f"UID:{meeting}@kontaktnat" in own
    assert "ATTENDEE" not in own
    again = county("mail", "invite", meeting, "--into", "ut", *ME)
    assert (again.code, again.out) == (6, "")
    assert "all its guests are invited already" in again.err
    county("undo")
    assert county("mail", "invite", meeting, "--into", "ut", *ME).code == 0


def test_a_draft_of_an_invitation_once_more(county: Run, meeting: str, tmp_path: Path) -> None:
    county("set", meeting, "participants=eva,åsa")
    county("mail", "invite", meeting, "--into", "ut", *ME)
    before = county("show", meeting, "-o", "json").out
    done = county("mail", "invite", meeting, "--again", "åsa", "--into", "ut", *ME)
    assert done.code == 0, done.err
    assert (tmp_path / "ut" / "005-asa-oberg.eml").exists()
    assert len(list((tmp_path / "ut").iterdir())) == 5
    assert county("show", meeting, "-o", "json").out == before
    for who, code, said in (("nobody", 3, "nobody"), ("bo", 2, "--again bo: they are not among those")):
        done = county("mail", "invite", meeting, "--again", who, "--into", "ut", *ME)
        assert (done.code, said in done.err) == (code, True)
    done = county("mail", "send", "--to", "eva", "--template", "details", "--again", "eva", *ME)
    assert (done.code, "--again is of what is sent" in done.err) == (2, True)


def test_a_rehearsal_of_an_invitation_writes_nothing_down(county: Run, meeting: str, tmp_path: Path) -> None:
    before = county("history", "-o", "json").out
    done = county("mail", "invite", meeting, "--dry-run", *ME)
    assert done.code == 0, done.err
    assert county("history", "-o", "json").out == before
    assert not [one for one in tmp_path.iterdir() if one.name.startswith("mail-")]


def test_where_the_draft_cannot_be_written_nothing_is_written_down(
    county: Run, meeting: str, tmp_path: Path
) -> None:
    (tmp_path / "fil").write_text("")
    before = county("history", "-o", "json").out
    assert county("mail", "invite", meeting, "--into", "fil", *ME).code in (2, 5)
    assert county("history", "-o", "json").out == before


def test_where_the_letter_cannot_be_made_nothing_is_written_down(
    county: Run, meeting: str, tmp_path: Path
) -> None:
    (tmp_path / "brev.txt").write_text("Subject: Hej\n\n{{ fika }}")
    before = county("history", "-o", "json").out
    done = county("mail", "invite", meeting, "--template", "./brev.txt", *ME)
    assert (done.code, "Eva Ek has no fika" in done.err) == (5, True)
    assert county("history", "-o", "json").out == before
    done = county("mail", "invite", meeting, "--template", "./brev.txt", "--field", "fika=bulle", *ME)
    assert done.code == 0, done.err


def test_which_meeting_is_meant(county: Run, meeting: str) -> None:
    for text in ("platsbesök", "PLATS", "2097-03", meeting):
        done = county("mail", "invite", text, "--dry-run", *ME)
        assert done.code == 0, done.err
    county("log", "visit", "eva", "--when", "2097-04-18 13:00", "--subject", "Platsbesök igen")
    done = county("mail", "invite", "platsbesök", "--dry-run", *ME)
    assert done.code == 4
    assert f"platsbesök may be {meeting} Platsbesök 2097-03-18; " in done.err
    assert county("mail", "invite", "platsbesök igen", "--dry-run", *ME).code == 0


def test_called_off(county: Run, meeting: str, tmp_path: Path) -> None:
    county("mail", "invite", meeting, "--into", "ut", *ME)
    done = county("mail", "invite", meeting, "--cancel", "--into", "ut", *ME)
    assert done.code == 0, done.err
    made = letter(tmp_path / "ut" / "004-eva-ek.eml")
    [calendar] = [one for one in made.walk() if one.get_content_type() == "text/calendar"]
    assert calendar.get_param("method") == "CANCEL"
    assert "cancelled" in county("show", meeting).out


def test_who_is_taken_out_of_a_meeting_gets_a_draft_that_says_so(
    county: Run, meeting: str, tmp_path: Path
) -> None:
    county("mail", "invite", meeting, "--into", "ut", *ME)
    county("set", meeting, "participants=åsa")
    done = county("mail", "invite", meeting, "--into", "ut", "--field", "text=Välkommen!", *ME)
    assert done.code == 0, done.err
    assert done.err.splitlines()[:2] == ["to 1 of 1", "no longer asked to come, and told so: Eva Ek"]
    made = letter(tmp_path / "ut" / "005-eva-ek.eml")
    assert made["Subject"] == "Du behöver inte komma: Platsbesök 2097-03-18"
    assert "Välkommen!" not in made.get_body(("plain",)).get_content()
    [calendar] = [one for one in made.walk() if one.get_content_type() == "text/calendar"]
    assert calendar.get_param("method") == "CANCEL"
    assert "STATUS:CANCELLED" not in calendar.get_content()
    assert "asa@" not in made.as_string()
    assert "cancelled" not in county("show", meeting).out
    again = county("mail", "invite", meeting, "--into", "ut", *ME)
    assert (again.code, "all its guests are invited already" in again.err) == (6, True)


def test_what_is_kept_of_an_invitation_tells_not_where_somebody_works_who_comes_to_be_protected(
    county: Run, meeting: str
) -> None:
    """The posts of a county have the same ids in every book."""
    post = county("list", "roles", "contact=eva", "-o", "ids").out.strip()
    assert county("mail", "invite", meeting, "--into", "ut", *ME).code == 0
    county("set", "eva", "protected=yes")
    assert f'"id": "{post}"' in county("list", "roles", "-o", "json").out, "vacant again"
    shown = county("show", meeting, "-o", "json").out
    assert ("mail.invited" in shown, post in shown) == (True, False)


# Another time that a guest proposes


COUNTER = """From: {frm}
To: anna@lst.example
Subject: Ny tid: Platsbesök
Date: Mon, 16 Nov 2026 10:00:00 +0100
Message-ID: <{id}@nybro.example>
MIME-Version: 1.0
Content-Type: text/calendar; method=COUNTER; charset=utf-8

BEGIN:VCALENDAR
METHOD:COUNTER
BEGIN:VEVENT
UID:{uid}
SEQUENCE:{sequence}
DTSTAMP:20261116T09000{id}Z
DTSTART:2097032{day}T120000Z
DTEND:2097032{day}T130000Z
ATTENDEE;PARTSTAT=TENTATIVE:mailto:eva.ek@nybro.example
END:VEVENT
END:VCALENDAR
"""


def proposes(
    tmp_path: Path, meeting: str, *, id: int = 1, day: int = 0, sequence: int = 9, **more: str
) -> str:
    frm = more.get("frm", "eva.ek@nybro.example")
    uid = more.get("uid", f"{meeting}@kontaktnat")
    path = tmp_path / f"{id}.eml"
    path.write_text(COUNTER.format(frm=frm, id=id, uid=uid, day=day, sequence=sequence), "utf-8")
    return path.name


def calendar_in(path: Path) -> str:
    [part] = [one for one in letter(path).walk() if one.get_content_type() == "text/calendar"]
    return str(part.get_content())


@pytest.mark.parametrize("frm", ["eva.ek@nybro.example", "assistent@nybro.example"])
def test_another_time_is_told_waits_and_moves_nothing(
    county: Run, meeting: str, tmp_path: Path, frm: str
) -> None:
    county("mail", "invite", meeting, "--into", "ut", *ME)
    done = county("mail", "log", proposes(tmp_path, meeting, frm=frm), *ME)
    assert done.code == 0, done.err
    assert done.out.splitlines()[1:4] == [
        "  an answer to an invitation, told to the meeting",
        "  Platsbesök: Another time is proposed: 2097-03-20 13:00–14:00 instead of 2097-03-18 13:00",
        f"  to move it and tell all: kontaktnat mail invite {meeting} --proposed yes; to keep it: "
        "--proposed no",
    ]
    assert "2097-03-18 13:00" in county("show", meeting).out
    today = county("today").out
    assert "Another time is proposed: 2097-03-20 13:00–14:00" in today
    assert "Eva Ek" in today
    again = county("mail", "log", "1.eml", *ME).out
    assert "Another time is proposed" in again, "it waits still"


def test_the_time_that_is_proposed_is_taken(county: Run, meeting: str, tmp_path: Path) -> None:
    county("set", meeting, "participants=eva,åsa")
    county("mail", "invite", meeting, "--into", "ut", *ME)
    county("mail", "log", proposes(tmp_path, meeting), *ME)
    before = county("show", meeting, "-o", "json").out
    done = county("mail", "invite", meeting, "--proposed", "yes", "--dry-run", *ME)
    assert done.code == 0, done.err
    assert county("show", meeting, "-o", "json").out == before
    done = county("mail", "invite", meeting, "--proposed", "yes", "--into", "ny", *ME)
    assert done.code == 0, done.err
    assert "it is at another time than they were told: all are asked anew" in done.err
    names = sorted(one.name for one in (tmp_path / "ny").iterdir())
    assert names == ["001-update.ics", "002-eva-ek.eml", "003-asa-oberg.eml"]
    assert "DTSTART;TZID=Europe/Stockholm:20970320T130000" in calendar_in(
        tmp_path / "ny" / "003-asa-oberg.eml"
    )
    assert "2097-03-20 13:00" in county("show", meeting).out
    assert "proposed" not in county("today").out
    done = county("mail", "invite", meeting, "--proposed", "yes", *ME)
    assert (done.code, "nobody has proposed another time" in done.err) == (3, True)
    county("undo")
    assert "2097-03-18 13:00" in county("show", meeting).out
    assert "Another time is proposed" in county("today").out


def test_the_time_that_is_proposed_is_not_taken(county: Run, meeting: str, tmp_path: Path) -> None:
    county("mail", "invite", meeting, "--into", "ut", *ME)
    county("mail", "log", proposes(tmp_path, meeting, sequence=2), *ME)
    done = county("mail", "invite", meeting, "--proposed", "no", "--into", "nej", *ME)
    assert done.code == 0, done.err
    made = letter(tmp_path / "nej" / "001-eva-ek.eml")
    assert made["Subject"] == "Tiden ligger fast: Platsbesök 2097-03-18"
    assert "(fredag" not in made.get_body(("plain",)).get_content()
    assert "20 mars 2097 kl. 13.00–14.00" in made.get_body(("plain",)).get_content()
    calendar = calendar_in(tmp_path / "nej" / "001-eva-ek.eml")
    for line in ("METHOD:DECLINECOUNTER", "SEQUENCE:2", f"UID:{meeting}@kontaktnat"):
        assert line in calendar.splitlines()
    assert "2097-03-18 13:00" in county("show", meeting).out
    assert "proposed" not in county("today").out


def test_of_a_meeting_that_is_merged_since_it_is_known_who_proposes_another_time(
    county: Run, meeting: str, tmp_path: Path
) -> None:
    county("mail", "invite", meeting, "--into", "ut", *ME)
    county("mail", "log", proposes(tmp_path, meeting), *ME)
    county("log", "visit", "eva", "--when", "2097-03-18 13:00", "--subject", "Platsbesök igen")
    ids = county("list", "interactions", "-o", "ids").out.split()
    [other] = [one for one in ids if one != meeting]
    done = county("merge", other, meeting)
    assert done.code == 0, done.err
    done = county("mail", "invite", other, "--proposed", "no", "--into", "nej", *ME)
    assert (done.code, "To: Eva Ek" in done.err) == (0, True), done.err


def test_of_several_proposals_one_is_named(county: Run, meeting: str, tmp_path: Path) -> None:
    county("mail", "invite", meeting, "--into", "ut", *ME)
    county("mail", "log", proposes(tmp_path, meeting), proposes(tmp_path, meeting, id=2, day=5), *ME)
    done = county("mail", "invite", meeting, "--proposed", "yes", *ME)
    assert (done.code, "several times are proposed: " in done.err) == (4, True)
    done = county("mail", "invite", meeting, "--proposed", "yes", "--update", *ME)
    assert done.code == 2


def test_of_a_meeting_that_was_not_called_to_from_here_it_is_told_how_it_is_moved(
    county: Run, tmp_path: Path
) -> None:
    lines = ["BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:lok@x", "DTSTART:20970318T120000Z", "SUMMARY:Lokaler",
             "ATTENDEE:mailto:eva.ek@nybro.example", "END:VEVENT", "END:VCALENDAR"]  # fmt: skip
    (tmp_path / "m.ics").write_text("\n".join(lines))
    county("import", "m.ics")
    meeting = str(county("list", "interactions", "-o", "ids").out.strip())
    done = county("mail", "log", proposes(tmp_path, meeting, uid="lok@x"), *ME)
    [line] = [one for one in done.out.splitlines() if "to move it: " in one]
    assert f'kontaktnat set {meeting} "when=2097-03-20 13:00" "ends=2097-03-20 14:00"; when it' in line
    assert county("set", meeting, "when=2097-03-20 13:00", "ends=2097-03-20 14:00").code == 0
    assert county("done", line.rpartition(" ")[2]).code == 0


# What looks like a promise


def test_a_follow_up_about_a_hat_says_whose_it_is(county: Run) -> None:
    """As `mail log` suggests it: of somebody with several hats it is told which."""
    hat = county("list", "roles", "contact=eva", "-o", "ids").out.strip()
    county("add", "followup", "Skicka statistik", "--about", hat, "--due", "2026-11-01")
    assert "Eva Ek (Nybro kommun)" in county("today").out
    county("set", "eva", "protected=yes")
    assert "Nybro" not in county("today").out, "where she works is covered"
