"""`log network_meeting`, `list --network`, `export minutes`, `handover`: what is typed, and what it does."""

from __future__ import annotations

import json
from typing import Any

import pytest

PEOPLE = [f"Person Nr{n}" for n in range(30)]


@pytest.fixture
def network(kalmar: Any) -> Any:
    """Thirty people in the county's network: twelve coordinators, the others officers who cover something."""
    towns = ("högsby", "torsås", "mörbylånga", "hultsfred", "mönsterås", "emmaboda", "kalmar", "nybro",
             "oskarshamn", "västervik", "vimmerby", "borgholm")  # fmt: skip
    for n, name in enumerate(PEOPLE):
        role = f"samordnare@{towns[n]}" if n < 12 else f"kommunpolis@{towns[n % 12]}"
        mail = f"nr{n}@natverket.example"
        assert kalmar("add", "contact", name, "--role", role, "--email", mail).code == 0
    return kalmar


def record(run: Any, *words: str) -> Any:
    (found,) = run("list", "interactions", *words, "-o", "json").records()
    return found


def test_thirty_people_in_two_commands(network: Any) -> None:
    planned = network("log", "network_meeting", "--network", "nätverket", "--when", "2027-01-15 09:00",
                      "--theme", "Skolvägar")  # fmt: skip
    assert (
        "planned: network meeting of Nätverket för brottsförebyggare 2027-01-15 09:00: 30 invited"
        in planned.out
    )
    assert "nobody represents" not in planned.out
    kept = record(network)
    assert {one["status"] for one in kept["participants"]} == {"invited"}
    held = network(
        "log", "nätverksträff", "--network", "nätverket", "--when", "2026-11-09 09:00", "--theme", "Vinter",
        "--attended-all", "--absent", "Nr3, Nr4", "--deputy", "Nr5:Nr6", "--guest", "okg", "Vi enades",
        "--promised", "skicka bilder",
    )  # fmt: skip
    assert held.code == 0, held
    assert held.out.splitlines()[0].startswith(
        "logged: network meeting of Nätverket för brottsförebyggare 2026-11-09 09:00: "
        "27 attended, 1 deputy, 3 absent, 1 guest ("
    )
    assert "  guests: OKG Aktiebolag" in held.out
    guest = network("--lang", "sv", "log", "besök", "--network", "nätverket", "--when", "2026-11-05",
                    "--guest", "Nr1", "--attended", "Nr2")  # fmt: skip
    assert " hos " in guest.out, guest
    assert " at " not in guest.out
    assert network("undo").code == 0
    told = record(network, "status=held")
    assert (len(told["participants"]), told["summary"], told["mandate"]) == (31, "Vi enades", [2])
    again = network("log", "network_meeting", "--network", "nätverket", "--when", "2026-11-09", "Vi enades")
    assert "is in the book like that" in again.out
    assert network("undo").code == 0
    assert network("undo").code == 0


def test_a_day_without_its_year_is_the_nearest_for_a_plan_and_has_been_for_a_report(network: Any) -> None:
    network("log", "network_meeting", "--network", "nätverket", "--when", "24 dec 09:00", "--theme", "Jul")
    assert record(network)["status"] in ("planned", "held")
    said = network("log", "network_meeting", "--network", "nätverket", "--when", "fre", "--attended-all")
    assert said.out.startswith("logged:")


def test_a_meeting_is_cancelled(network: Any) -> None:
    said = ("log", "network_meeting", "--network", "nätverket", "--when", "2027-01-15 09:00")
    assert network(*said, "--theme", "Skolvägar").code == 0
    assert network(*said, "--status", "inställd").out.startswith("cancelled: ")
    assert record(network)["status"] == "cancelled"


def test_whom_to_write_to(network: Any) -> None:
    ran = network("list", "contacts", "--network", "nätverket", "-o", "addresses")
    assert sorted(ran.out.strip().split("; ")) == sorted(f"nr{n}@natverket.example" for n in range(30))
    assert ran.err == ""
    role = network("list", "roles", "function=samordnare", "actor=nybro", "-o", "ids").out.strip()
    network("set", role, "email=trygghet@nybro.example")
    ran = network("list", "contacts", "--network", "nätverket", "-o", "addresses")
    assert "trygghet@nybro.example" in ran.out  # the post's own mailbox, not the person's
    assert "nr7@" not in ran.out
    network("handover", "samordnare@kalmar", "--vacant")
    network("set", "nätverket", "functions=samordnare")
    ran = network("list", "contacts", "--network", "nätverket", "-o", "addresses")
    assert "nobody represents: Kalmar kommun, Lokalpolisområde Kalmar, Lokalpolisområde Nybro" in ran.err
    assert network("list", "actors", "--network", "nätverket", "-o", "ids").out.count("\n") == 15
    saved = network("list", "contacts", "--network", "nätverket", "--save", "träffen", "-o", "ids")
    assert network("list", "träffen", "-o", "ids").out == saved.out


def test_the_minutes_at_the_prompt(network: Any) -> None:
    network("add", "topic", "Skadegörelse", "--set", "raised_by=nybro")
    network(
        "log",
        "network_meeting",
        "--network",
        "nätverket",
        "--when",
        "2026-11-09 09:00",
        "--theme",
        "Vinter",
        "--attended",
        "Nr1",
        "--topic",
        "skade",
        "--agenda",
        "Läget",
        "--agenda",
        "Nästa träff",
    )
    ran = network("--lang", "sv", "export", "minutes", "--set", "meeting=nätverket")
    assert ran.out.startswith(
        "# Nätverket för brottsförebyggare: Vinter\n\nMinnesanteckningar, 2026-11-09 09:00\n"
    )
    assert "## Dagordning\n\n- Läget\n- Nästa träff\n" in ran.out
    assert "- problem: Skadegörelse (väckt av Nybro kommun)" in ran.out
    shown = network("show", record(network)["id"])
    assert "Members without anyone there" in shown.out


def test_a_training_and_a_sounding_board(kalmar: Any) -> None:
    kalmar("add", "contact", "Maj Lind", "--role", "samordnare@torsås")
    ran = kalmar(
        "log", "utbildning", "Grundkurs", "--audience", "politiker", "--participants", "nybro=12,kalmar=8"
    )
    assert ran.out.startswith("logged: training with Nybro kommun (12 people), Kalmar kommun (8 people)")
    again = kalmar("log", "utbildning", "nybro", "Steg 2", "--participants", "nybro=12", "--dry-run")
    assert "training with Nybro kommun (12 people) (" in again.out
    kept = record(kalmar, "kind=utbildning")
    assert (kept["audience"], [one["count"] for one in kept["headcounts"]], kept["mandate"]) == (
        "politicians", [12, 8], [3],
    )  # fmt: skip
    kalmar("log", "bollplank", "maj", "Orsaksanalys", "--process-step", "2", "--asked", "Hur börja?",
           "--support", "råd,metod")  # fmt: skip
    kept = record(kalmar, "kind=bollplank")
    assert (kept["asked"], kept["support"], kept["process_step"], kept["mandate"]) == (
        "Hur börja?", ["advice", "method"], 2, [1],
    )  # fmt: skip


def test_the_usual_mandate_is_configured(kalmar: Any, monkeypatch: Any, tmp_path: Any) -> None:
    kalmar("add", "contact", "Maj Lind", "--role", "samordnare@torsås")
    settings = tmp_path / "config.toml"
    settings.write_text("[practice.mandate]\nphone = [1, 2]\n")
    monkeypatch.setenv("KONTAKTNAT_CONFIG", str(settings))
    kalmar("log", "telefon", "maj", "Hej")
    assert record(kalmar, "kind=telefon")["mandate"] == [1, 2]
    for text, problem in (
        ("[practice]\nsilence = 3\n", "nearest: silence_days"),
        ("[practice]\nsilence_days = 0\n", "no number above 0"),
        ("[practice.mandate]\nphone = [5]\n", "practice.mandate.phone: 5 is none of 1-4"),
        ("practice = 3\n", "practice: a table is needed"),
        ("practice = 0\n", "practice: a table is needed"),
        ("[practice]\nmandate = 3\n", "practice.mandate: a table is needed"),
    ):
        settings.write_text(text)
        ran = kalmar("today")
        assert (ran.code, problem in ran.err) == (5, True), ran


def test_in_swedish_no_word_of_the_file_shows(kalmar: Any) -> None:
    kalmar("log", "nätverksträff", "--network", "nätverket", "--when", "imorgon 09:00")
    assert "network_meeting" not in (today := kalmar("--lang", "sv", "today").out)
    assert "nätverksträff" in today
    kalmar("set", "nätverket", "functions=samordnare,kommunpolis", "cadence=3m")
    kalmar("topic", "add", "Mörka vägar")
    kalmar("topic", "add", "Lampor", "--kind", "förslag")
    kalmar("topic", "link", "lampor", "addresses", "mörka")
    shown = kalmar("--lang", "sv", "show", "nätverket").out
    assert "brottsförebyggande samordnare, kommunpolis" in shown
    assert "med 3 månaders mellanrum" in shown
    assert "actor " not in shown
    assert "åtgärdar Mörka vägar" in kalmar("--lang", "sv", "show", "lampor").out


def test_a_handover_at_the_prompt(kalmar: Any) -> None:
    kalmar("add", "contact", "Eva Ek", "--role", "samordnare@nybro")
    kalmar("add", "contact", "Bo Björk")
    kalmar("log", "telefon", "eva", "Skadegörelse", "--promised", "skicka underlag", "--when", "igår")
    kalmar("add", "followup", "Gratulera", "--set", "about=eva")
    before = kalmar("view", "timeline", "who=nybro", "-o", "json").out
    ran = kalmar("handover", "samordnare@nybro", "--to", "bo", "--on", "idag")
    assert ran.out.splitlines()[0].startswith(
        "handed over: Bo Björk, crime prevention coordinator at Nybro kommun from "
    )
    assert ran.out.splitlines()[1:] == [
        "  1 open follow-up goes along",
        "  1 follow-up is about Eva Ek, not the post, and stays",
    ]
    assert kalmar("view", "timeline", "who=nybro", "-o", "json").out == before  # to the byte
    people = lambda *day: [one["person"] for one in csv(kalmar("list", "roles", "actor=nybro",  # noqa: E731
                           "function=samordnare", *day, "-o", "csv").out)]  # fmt: skip
    assert people("--as-of", "igår") == ["Eva Ek"]
    assert people("--as-of", "idag") == ["Bo Björk"]
    assert kalmar("undo").code == 0
    assert people("--as-of", "idag") == ["Eva Ek"]
    tried = kalmar("handover", "eva", "--to", "bo", "--dry-run")
    assert tried.out.startswith("would be handed over: Bo Björk")
    assert people("--as-of", "idag") == ["Eva Ek"]
    # Where the post is to stand vacant, the one who comes before that day has it after it too.
    kalmar("handover", "samordnare@nybro", "--vacant", "--on", "2099-06-01")
    said = kalmar("handover", "eva", "--to", "bo", "--on", "2099-01-01").out
    assert "from 2099-01-01 (" in said
    assert people("--as-of", "2099-07-01") == people("--as-of", "2099-01-01") == ["Bo Björk"]


def test_a_hat_of_another_day_is_told_from_a_slip(kalmar: Any) -> None:
    kalmar("add", "contact", "Eva Ek", "--role", "samordnare@nybro")
    kalmar("set", "samordnare@nybro", "until=2099-01-01")
    ran = kalmar("log", "telefon", "samordnare@nybro", "hej", "--when", "2099-02-01")
    assert (ran.code, "nobody is samordnare@nybro on 2099-02-01; kontaktnat list roles" in ran.err) == (
        3,
        True,
    )


def csv(text: str) -> list[dict[str, str]]:
    import csv as reader

    return list(reader.DictReader(text.splitlines()))


def test_an_actors_place_and_name(kalmar: Any) -> None:
    kalmar("add", "actor", "Lokalpolisområde Sydost", "--kind", "lpo")
    ran = kalmar("handover", "lpo nybro", "--to", "sydost", "--on", "2027-01-01")
    assert ran.out.startswith("succeeded: Lokalpolisområde Nybro by Lokalpolisområde Sydost from 2027-01-01")
    names = json.loads(kalmar("list", "actors", "kind=lpo", "--as-of", "2027-01-01", "-o", "json").out)[
        "records"
    ]
    assert "Lokalpolisområde Nybro" not in [one["name"] for one in names]
    assert kalmar("set", "kalmar kommun", "name=Kalmar stad", "--on", "2026-06-01").code == 0
    assert kalmar("show", "kalmar stad", "--as-of", "2026-05-31").out.startswith("Kalmar kommun ")


def test_members_come_and_go_with_their_day(kalmar: Any) -> None:
    kalmar("set", "nätverket", "members-=vimmerby", "--on", "2026-10-01")
    kalmar("set", "nätverket", "members+=okg", "--on", "2026-10-01")
    members = lambda day: kalmar("list", "actors", "--network", "nätverket", "--as-of", day).out  # noqa: E731
    assert "Vimmerby" in members("2026-09-30")
    assert "OKG" not in members("2026-09-30")
    assert "Vimmerby" not in members("2026-10-01")
    assert "OKG" in members("2026-10-01")


@pytest.mark.parametrize(
    ("post", "year", "since", "until"),
    [
        ("kso@emmaboda", 2026, "2027-01-01", "2031-01-01"),  # kommunallagen 6:18
        ("förtroendevald@emmaboda", 2026, "2026-10-15", "2030-10-15"),  # 5:9
        ("förtroendevald@emmaboda", 2022, "2022-10-15", "2026-10-15"),
    ],
)
def test_the_elected_are_dated_by_their_term(
    kalmar: Any, post: str, year: int, since: str, until: str
) -> None:
    kalmar("add", "contact", "Leif Oxel")
    assert kalmar("add", "role", post, "--contact", "leif", "--term", year).code == 0
    (role,) = kalmar("list", "roles", "contact=leif", "-o", "json").records()
    assert (role["since"], role["until"]) == (since, until)


def test_who_fills_a_post_was_not_at_the_meetings_before(kalmar: Any) -> None:
    kalmar("add", "contact", "Bo Björk", "--role", "samordnare@kalmar")
    network = kalmar("list", "networks", "-o", "ids").out.strip()
    kalmar("log", "network_meeting", "--network", network, "--when", "2026-11-01 09:00",
           "--deputy", "bo:samordnare@torsås")  # fmt: skip
    meeting = kalmar("list", "interactions", "-o", "ids").out.strip()
    before = kalmar("export", "minutes", "--set", f"meeting={meeting}").out
    kalmar("add", "contact", "Eva Ek", "--role", "samordnare@torsås")
    assert kalmar("export", "minutes", "--set", f"meeting={meeting}").out == before
    held = kalmar("list", "roles", "actor=torsås", "function=samordnare").out
    assert "Eva Ek" in held


@pytest.mark.parametrize(
    "words",
    [
        ("handover", "samordnare@nybro", "--vacant"),
        ("log", "network_meeting", "--network", "nätverket", "--theme", "Vinter", "--promised", "bilder"),
        ("log", "telefon", "eva", "hej"),
        ("topic", "add", "Mörka stigar"),
        ("add", "followup", "Ring"),
        ("set", "nybro", "name=Nybro stad", "--on", "2026-05-01"),
    ],
    ids=lambda words: words[0],
)
def test_nothing_is_said_to_be_done_before_it_is_saved(
    kalmar: Any, monkeypatch: Any, words: tuple[str, ...]
) -> None:
    from kontaktnat.errors import StoreDamaged
    from kontaktnat.store.tiny import TinyStore

    kalmar("add", "contact", "Eva Ek", "--role", "samordnare@nybro")

    def full(*_: Any) -> Any:
        raise StoreDamaged("{path}: the disk is full", path="b.kn")

    monkeypatch.setattr(TinyStore, "commit", full)
    ran = kalmar(*words)
    assert (ran.code, ran.out) == (8, ""), ran


def test_two_terminals_that_plan_one_meeting(kalmar: Any, monkeypatch: Any, tmp_path: Any) -> None:
    import kontaktnat
    from kontaktnat.cli import series

    asked = series.plan

    def slow(*given: Any, **options: Any) -> Any:
        with kontaktnat.open(tmp_path / "b.kn", by="bo") as other:
            other.meet(other.networks.all()[0], when="2026-11-09", theme="Höst")
        return asked(*given, **options)

    said = ("log", "network_meeting", "--network", "nätverket", "--when", "2026-11-09", "--theme", "Vinter")
    with monkeypatch.context() as patch:
        patch.setattr(series, "plan", slow)
        ran = kalmar(*said)
    assert (ran.code, ran.out) == (6, "")
    assert ran.err.startswith("kontaktnat: somebody told of that meeting at the same moment; type it again")
    assert record(kalmar)["theme"] == "Höst"
    assert kalmar(*said).code == 0
    assert record(kalmar)["theme"] == "Vinter"
