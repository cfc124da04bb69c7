"""A network's meeting: who is invited, who came for whom, what is carried over, and what it says on paper."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest

from kontaktnat import (
    Actor,
    Ambiguous,
    Book,
    Conflict,
    Contact,
    FollowUp,
    Interaction,
    Invalid,
    Member,
    Network,
    NotFound,
    Participation,
    Role,
    Topic,
    TopicLink,
    Usage,
)
from kontaktnat.views.members import agenda, representatives
from kontaktnat.views.minutes import sections

COORDINATOR, OFFICER = "crime_prevention_coordinator", "municipal_police_officer"
DAY = "2026-11-10"


class County:
    """Three municipalities, a police area whose one officer serves two of them, and their network."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.nybro, self.kalmar, self.torsas = (
            book.add(Actor(name=f"{name} kommun", kind="municipality", aliases=[name]))
            for name in ("Nybro", "Kalmar", "Torsås")
        )
        self.police = book.add(Actor(name="Lokalpolisområde Nybro", kind="local_police_area"))
        self.eva = self.person("Eva Ek", self.nybro, COORDINATOR)
        self.bo = self.person("Bo Björk", self.kalmar, COORDINATOR)
        self.per = self.person("Per Sälg", self.police, OFFICER, covers=[self.nybro.id, self.torsas.id])
        self.head = self.person("Maj Lind", self.nybro, "case_officer")
        everyone = (self.nybro, self.kalmar, self.torsas, self.police)
        self.network = book.add(
            Network(
                name="Förebyggarna",
                members=[Member(actor=one.id, since="2024-01-01") for one in everyone],
                functions=[COORDINATOR, OFFICER],
            )
        )

    def person(self, name: str, actor: Actor, function: str, **more: Any) -> Role:
        contact = self.book.add(Contact(name=name))
        return self.book.add(Role(contact=contact.id, actor=actor.id, function=function, **more))

    def statuses(self, meeting: Interaction) -> dict[str, str]:
        """By person, or by actor where nobody is named, what became of them."""
        shown = {}
        for one in self.book.interactions.get(meeting.id).participants:
            role = self.book.roles.get(one.role) if one.role else None
            id = (role.contact if role else None) or one.contact or one.actor or one.role
            record = self.book.get(id or "")
            shown[getattr(record, "name", "vakant")] = one.status
        return shown


@pytest.fixture
def county(book: Book) -> County:
    return County(book)


# Who represents whom


def test_those_in_the_networks_functions_represent_members_covering_counted(county: County) -> None:
    of = representatives(county.book, county.network, date(2026, 11, 10))
    names = {county.book.actors.get(id).name: [one.id for one in roles] for id, roles in of.items()}
    assert names == {
        "Kalmar kommun": [county.bo.id],
        "Lokalpolisområde Nybro": [county.per.id],
        "Nybro kommun": [county.eva.id, county.per.id],
        "Torsås kommun": [county.per.id],
    }
    assert representatives(county.book, county.network, date(2023, 12, 31)) == {}


def test_a_network_without_functions_gathers_whoever_is_at_a_member(county: County) -> None:
    network = county.book.update(county.network, functions=[])
    of = representatives(county.book, network, date(2026, 11, 10))
    assert [one.id for one in of[county.nybro.id]] == [county.eva.id, county.head.id]
    assert of[county.torsas.id] == []


# Planned, held, cancelled


def test_a_meeting_to_come_invites_each_once_and_a_member_without_anyone_itself(county: County) -> None:
    county.book.update(county.per, until="2026-01-01")
    planned = county.book.meet(county.network, when="2026-12-05", theme="Vinter")
    meeting = planned.interaction
    assert (planned.new, meeting.status, meeting.kind, meeting.mandate) == (
        True,
        "planned",
        "network_meeting",
        (2,),
    )
    assert county.statuses(meeting) == dict.fromkeys(
        ("Bo Björk", "Eva Ek", "Lokalpolisområde Nybro", "Torsås kommun"), "invited"
    )
    assert [county.book.actors.get(id).name for id in planned.nobody] == [
        "Lokalpolisområde Nybro", "Torsås kommun",
    ]  # fmt: skip


def test_the_same_meeting_told_again_is_the_same(county: County, clock: Any) -> None:
    planned = county.book.meet(county.network, when="2026-12-05T09:00", theme="Vinter").interaction
    clock.move(days=30)
    held = county.book.meet(county.network, when="2026-12-05", attended="all", absent=[county.bo.id])
    assert (held.new, held.changed, held.interaction.id) == (False, True, planned.id)
    assert (held.interaction.status, held.interaction.theme) == ("held", "Vinter")
    assert held.interaction.when == planned.when  # a day alone does not take the clock away
    assert county.statuses(planned) == {"Bo Björk": "absent", "Eva Ek": "attended", "Per Sälg": "attended"}
    again = county.book.meet(county.network, when="2026-12-05", attended="all", absent=[county.bo.id])
    assert not again.changed
    other = county.book.meet(county.network, when="2026-12-05", new=True)
    assert other.new
    with pytest.raises(Ambiguous, match="write its time too"):
        county.book.meet(county.network, when="2026-12-05T10:00")


def test_it_is_cancelled_and_stays_so(county: County, clock: Any) -> None:
    planned = county.book.meet(county.network, when="2026-12-05").interaction
    county.book.meet(county.network, when="2026-12-05", status="cancelled")
    assert county.book.interactions.get(planned.id).status == "cancelled"
    clock.move(days=30)
    told = county.book.meet(county.network, when="2026-12-05", summary="Snöstorm").interaction
    assert (told.id, told.status) == (planned.id, "cancelled")


def test_who_is_named_came_and_who_was_invited_and_is_not_was_absent(county: County, clock: Any) -> None:
    planned = county.book.meet(county.network, when="2026-12-05").interaction
    clock.move(days=30)
    county.book.meet(county.network, when="2026-12-05", attended=[county.eva.contact])
    assert county.statuses(planned) == {"Bo Björk": "absent", "Eva Ek": "attended", "Per Sälg": "absent"}


def test_all_came_without_an_invitation_either(county: County) -> None:
    meeting = county.book.meet(county.network, when=DAY, attended="all").interaction
    assert set(county.statuses(meeting).values()) == {"attended"}
    assert len(meeting.participants) == 3


def test_a_deputy_comes_for_somebody_who_is_absent(county: County) -> None:
    meeting = county.book.meet(
        county.network, when=DAY, attended="all", deputies={county.head.id: county.eva.id}
    ).interaction
    assert county.statuses(meeting) == {
        "Bo Björk": "attended", "Eva Ek": "absent", "Per Sälg": "attended", "Maj Lind": "deputy",
    }  # fmt: skip
    (deputy,) = (one for one in meeting.participants if one.status == "deputy")
    assert (deputy.role, deputy.deputy_for) == (county.head.id, county.eva.id)


@pytest.mark.parametrize("came", ["all", "named"])
def test_a_deputy_who_was_announced_and_came_is_told_as_one(county: County, came: str) -> None:
    later = "2026-11-20"
    meeting = county.book.meet(county.network, when=later).interaction
    announced = Participation(role=county.head.id, status="accepted", deputy_for=county.eva.id)
    parts = [
        Participation(role=one.role, status="declined") if one.role == county.eva.id else one
        for one in meeting.participants
    ]
    county.book.update(meeting, participants=[*parts, announced])
    attended: Any = "all" if came == "all" else [county.head.id]
    with pytest.raises(Invalid, match="still to come"):
        county.book.meet(county.network, when=later, attended=attended)
    county.book.update(meeting.id, when=DAY, status="planned")
    told = county.book.meet(county.network, when=DAY, attended=attended).interaction
    [deputy] = (one for one in told.participants if one.role == county.head.id)
    assert (deputy.status, deputy.deputy_for) == ("deputy", county.eva.id)


def test_a_deputy_for_a_vacant_post(county: County) -> None:
    post = county.book.handover(county.bo, None, on="2026-10-01").role
    meeting = county.book.meet(
        county.network, when=DAY, attended=[], deputies={county.head.id: county.kalmar.id}
    ).interaction
    assert [one.deputy_for for one in meeting.participants if one.status == "deputy"] == [post.id]


def test_a_member_stands_for_the_one_who_represents_it(county: County) -> None:
    meeting = county.book.meet(
        county.network, when=DAY, attended=[county.kalmar.id, county.nybro.id], absent=[county.torsas.id]
    )
    assert county.statuses(meeting.interaction) == {
        "Bo Björk": "attended", "Eva Ek": "attended", "Per Sälg": "absent",
    }  # fmt: skip


def test_of_a_member_with_several_it_is_not_said_who_came(county: County, clock: Any) -> None:
    county.book.update(county.network, functions=[])  # Eva and Maj are both at Nybro
    planned = county.book.meet(county.network.id, when="2026-12-05").interaction
    clock.move(days=30)
    county.book.meet(county.network.id, when="2026-12-05", attended=[county.nybro])
    assert county.statuses(planned) == {
        "Bo Björk": "absent", "Per Sälg": "absent", "Eva Ek": "invited", "Maj Lind": "invited",
        "Torsås kommun": "absent", "Nybro kommun": "attended",
    }  # fmt: skip


def test_all_came_to_a_meeting_of_which_nothing_else_was_known(county: County) -> None:
    book, lo = county.book, county.book.add(Contact(name="Lo Hägg"))
    first = book.meet(county.network, when=DAY, guests=[lo]).interaction
    again = book.meet(county.network, when=DAY, attended="all")
    assert (again.interaction.id, again.changed) == (first.id, True)
    assert county.statuses(first) == dict.fromkeys(("Eva Ek", "Bo Björk", "Per Sälg", "Lo Hägg"), "attended")


def test_records_are_as_good_as_ids_and_a_text_is_no_list(county: County) -> None:
    book, lo = county.book, county.book.add(Contact(name="Lo Hägg"))
    meeting = book.meet(
        county.network, when=DAY, attended=[county.kalmar], deputies={lo: county.eva}, absent=[county.per]
    ).interaction
    assert county.statuses(meeting) == {
        "Bo Björk": "attended", "Lo Hägg": "deputy", "Eva Ek": "absent", "Per Sälg": "absent",
    }  # fmt: skip
    with pytest.raises(Usage, match='attended: write "all"'):
        book.meet(county.network, when=DAY, attended="alla")


def test_the_hat_that_represents_a_member_is_worn(county: County) -> None:
    county.book.add(Role(contact=county.eva.contact, actor=county.kalmar.id, function="unit_head"))
    meeting = county.book.meet(county.network, when=DAY, attended=[county.eva.contact]).interaction
    assert [one.role for one in meeting.participants] == [county.eva.id]


def test_guests_are_guests(county: County, clock: Any) -> None:
    guest = county.book.add(Contact(name="Lo Hägg"))
    planned = county.book.meet(county.network, when="2026-12-05", guests=[guest.id]).interaction
    part = planned.participants[-1]
    assert (part.contact, part.part, part.status) == (guest.id, "guest", "invited")
    clock.move(days=30)
    held = county.book.meet(county.network, when="2026-12-05", attended="all").interaction
    assert (held.participants[-1].part, held.participants[-1].status) == ("guest", "attended")


def test_answers_to_an_invitation(county: County, clock: Any) -> None:
    planned = county.book.meet(
        county.network, when="2026-12-05", accepted=[county.eva], declined=[county.bo.contact]
    ).interaction
    assert county.statuses(planned) == {"Bo Björk": "declined", "Eva Ek": "accepted", "Per Sälg": "invited"}
    clock.move(days=30)
    county.book.meet(county.network, when="2026-12-05", attended="all")
    assert county.statuses(planned) == {"Bo Björk": "declined", "Eva Ek": "attended", "Per Sälg": "attended"}


@pytest.mark.parametrize(
    ("when", "told", "problem"),
    [
        ("2026-12-05", {"attended": "all"}, "still to come"),
        (DAY, {"attended": ["eva"], "absent": ["eva"]}, "there and as absent"),
        (DAY, {"attended": ["network"]}, "takes no part"),
        ("2026-03-29T02:30", {}, "clocks skip that hour"),
    ],
)
def test_what_cannot_be_is_refused_whole(
    county: County, when: str, told: dict[str, Any], problem: str
) -> None:
    ids = {"eva": county.eva.id, "network": county.network.id}
    told = {key: value if value == "all" else [ids[one] for one in value] for key, value in told.items()}
    version = county.book.version
    with pytest.raises(Invalid, match=problem):
        county.book.meet(county.network, when=when, **told)
    assert (county.book.version, county.book.interactions.all()) == (version, [])


def test_a_deputy_for_several_is_no_guess(county: County) -> None:
    county.book.update(county.network, functions=[])
    with pytest.raises(NotFound, match="for whom of them"):
        county.book.meet(county.network.id, when=DAY, deputies={county.per.id: county.nybro.id})


def test_the_usual_mandate_can_be_set(county: County) -> None:
    county.book.set("practice", {"mandate": {"network_meeting": [2, 4]}})
    assert county.book.meet(county.network, when=DAY).interaction.mandate == (2, 4)
    assert county.book.meet(county.network, when="2026-11-09", mandate=[1]).interaction.mandate == (1,)
    county.book.set("practice", {"mandate": {"nope": [1]}})
    with pytest.raises(Invalid, match="nope is no word"):
        county.book.meet(county.network, when="2026-11-08")


# What is not solved comes back


def test_unsolved_problems_are_carried_over_until_they_are_closed_or_lifted(county: County) -> None:
    book = county.book
    vandalism, bikes, lamp = (
        book.add(Topic(kind="problem", title=title, raised_on="2026-01-10"))
        for title in ("Skadegörelse", "Cykelstölder", "Mörka stigar")
    )
    idea = book.add(Topic(kind="proposal", title="Belysning", raised_on="2026-01-10",
                          links=[TopicLink(kind="addresses", topic=lamp.id)]))  # fmt: skip
    first = book.meet(county.network, when="2026-02-10", attended="all",
                      topics=[vandalism.id, bikes.id, lamp.id, idea.id]).interaction  # fmt: skip
    second = book.meet(county.network, when="2026-05-10", attended="all").interaction
    third = book.meet(county.network, when="2026-12-05").interaction
    book.update(bikes, status="closed", closed_on="2026-04-01")
    book.update(vandalism, status="lifted", lifted_on="2026-09-01")
    titles = lambda meeting: [one.title for one in agenda(book, meeting)]  # noqa: E731
    assert titles(first) == ["Skadegörelse", "Cykelstölder", "Mörka stigar", "Belysning"]
    assert titles(second) == ["Skadegörelse", "Mörka stigar"]
    assert titles(third) == ["Mörka stigar"]


# On paper


def minutes(book: Book, meeting: str) -> str:
    stream = io.BytesIO()
    book.export_to(stream, "minutes", options={"meeting": meeting})
    return stream.getvalue().decode()


def test_the_minutes(county: County) -> None:
    book = county.book
    problem = book.add(Topic(kind="problem", title="Skadegörelse", raised_by=[county.nybro.id]))
    guest = book.add(Contact(name="Lo Hägg"))
    meeting = book.meet(
        county.network, when="2026-11-10T13:00", attended="all", absent=[county.bo.id], guests=[guest.id],
        deputies={county.head.id: county.eva.id}, theme="Skolvägar", place="Nybro", agenda=["Läget"],
        topics=[problem.id], summary="Vi enades *nästan*",
    ).interaction  # fmt: skip
    book.add(FollowUp(text="Skicka bilder", due="2026-11-20", about=[meeting.id], owner="anna"))
    book.meet(county.network, when="2026-12-05T09:00", theme="Vinter")
    assert (
        minutes(book, meeting.id)
        == minutes(book, "Förebyggarna")
        == (
            "# Förebyggarna: Skolvägar\n\nMinutes, 2026-11-10 13:00, Nybro\n\n"
            "## Present\n\n- Per Sälg (Lokalpolisområde Nybro)\n\n"
            "## Deputies\n\n- Maj Lind (Nybro kommun) for Eva Ek (Nybro kommun)\n\n"
            "## Guests\n\n- Lo Hägg\n\n"
            "## Absent\n\n- Bo Björk (Kalmar kommun)\n- Eva Ek (Nybro kommun)\n\n"
            "## Members without anyone there\n\n- Kalmar kommun\n\n"
            "## Agenda\n\n- Läget\n\n"
            "## Topics\n\n- problem: Skadegörelse (raised by Nybro kommun)\n\n"
            "## Notes\n\n- Vi enades \\*nästan\\*\n\n"
            "## Promised\n\n- we: Skicka bilder, due 2026-11-20 (anna)\n\n"
            "## Next meeting\n\n- 2026-12-05 09:00 Vinter\n"
        )
    )


def test_of_a_meeting_to_come_it_is_the_agenda(county: County) -> None:
    county.book.meet(county.network, when="2026-12-05T09:00", theme="Vinter", agenda=["Läget"])
    text = minutes(county.book, county.network.id)
    assert "Agenda, 2026-12-05 09:00" in text
    assert "## Invited\n\n- Bo Björk (Kalmar kommun)\n- Eva Ek (Nybro kommun)\n- Per Sälg" in text
    assert "without anyone" not in text


def test_old_minutes_stay_as_they_were(county: County) -> None:
    book = county.book
    meeting = book.meet(county.network, when="2026-03-10", attended="all", theme="Vår").interaction
    before = minutes(book, meeting.id)
    book.handover(county.eva, None, on="2026-05-01")
    book.rename(county.kalmar, "Kalmar stad", on="2026-06-01")
    sydost = book.add(Actor(name="Lokalpolisområde Sydost", kind="local_police_area"))
    book.succeed(county.police, sydost, on="2026-07-01")
    assert minutes(book, meeting.id) == before


def test_a_network_without_a_meeting_says_how_to_plan_one(county: County) -> None:
    with pytest.raises(NotFound, match="log network_meeting --network"):
        minutes(county.book, "Förebyggarna")


def test_a_participant_without_status_is_untouched_by_guests_alone(county: County) -> None:
    first = county.book.meet(county.network, when=DAY, attended=[county.eva.id]).interaction
    second = county.book.meet(county.network, when=DAY, guests=[county.head.id]).interaction
    assert first.participants == (Participation(role=county.eva.id),)
    assert second.participants == (*first.participants, Participation(role=county.head.id, part="guest"))


def test_minutes_do_not_tell_whom_somebody_protected_came_from(book: Book, county: County) -> None:
    anna = book.add(Contact(name="Anna Alm", protected=True))
    hers = book.add(Role(contact=anna.id, actor=county.torsas.id, function=COORDINATOR))
    came = [county.eva.id, county.bo.id]
    with_her = book.meet(county.network, when=DAY, attended=[*came, hers.id]).interaction
    without = book.meet(county.network, when="2026-11-09", attended=[county.eva.id]).interaction
    told = ["Members without anyone there" in dict(sections(book, one)) for one in (with_her, without)]
    assert told == [False, True]


def test_who_came_to_a_meeting_that_was_cancelled_came_to_one_that_was_held(
    book: Book, county: County
) -> None:
    book.meet(county.network, when=DAY, status="cancelled")
    assert book.meet(county.network, when=DAY, summary="Sjukdom").interaction.status == "cancelled"
    assert book.meet(county.network, when=DAY, attended=[county.eva.id]).interaction.status == "held"


def test_two_who_plan_it_at_once_do_not_make_two(pair: tuple[Book, Book]) -> None:
    anna, bo = pair
    network = anna.add(Network(name="Förebyggarna"))

    def at_once() -> None:
        with anna.transaction("log"):
            anna.meet(network, when=DAY, theme="Vinter")
            bo.meet(network.id, when=DAY, theme="Höst")

    with pytest.raises(Conflict, match="exists already"):
        at_once()
    assert [one.theme for one in anna.interactions.all()] == ["Höst"]
    again = anna.meet(network, when=DAY, theme="Vinter")
    assert (again.new, again.interaction.theme) == (False, "Vinter")


def test_the_day_of_a_meeting_that_was_moved_is_free_again(county: County) -> None:
    first = county.book.meet(county.network, when=DAY).interaction
    county.book.update(first, when="2026-11-11")
    second = county.book.meet(county.network, when=DAY)
    assert (second.new, second.interaction.id != first.id) == (True, True)
    county.book.delete(second.interaction)
    assert county.book.meet(county.network, when=DAY).new


def test_what_a_mailbox_has_answered_is_told_as_that(book: Book) -> None:
    names = {"Borgholms kommun": "accepted", "Nybro kommun": "declined", "Torsås kommun": "invited"}
    parts = [
        Participation(actor=book.add(Actor(name=name)).id, status=status) for name, status in names.items()
    ]
    meeting = book.add(Interaction(kind="visit", when="2026-12-05", status="planned", participants=parts))
    said = {str(title): lines for title, lines in sections(book, meeting)}
    assert said["Accepted"] == ["Borgholms kommun"]
    assert said["Declined"] == ["Nybro kommun"]
    assert said["Invited, without a name"] == ["Torsås kommun"]
