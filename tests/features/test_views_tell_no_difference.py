"""Two books that differ only in where somebody protected works say the same, in every view, page and export.

`test_leaks` looks for words that must not be said. Here nothing need be said: a number, an order, an error or
an empty place that differs would tell too. The books have the same ids and days; of one who is protected it
may be seen which fields are covered (`hidden`), so all have the same fields filled, with other values.
"""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs
import pytest
from attrs import frozen
from tests.features.test_leaks import TRIED

import kontaktnat
from kontaktnat import (
    Actor,
    Assignment,
    Book,
    Commitment,
    Contact,
    FollowUp,
    Headcount,
    Interaction,
    Network,
    Participation,
    Role,
    Topic,
    Way,
)
from kontaktnat.errors import KontaktnatError
from kontaktnat.extend import Outward
from kontaktnat.model import RECORDS, ContactId, Member, RoleId
from kontaktnat.testing.injection import FixedClock, counted_ids

Act = Callable[[Book], Any]
WHO, SHELTER = "Siv Dal", "Ett skydd"
DAYS = (None, "2026-06-30", "2025-12-31")


@frozen(kw_only=True)
class Secret:
    """What must not be told of Siv, who is protected, and of the shelter, which is too."""

    at: str = "Nybro kommun"
    covers: str = "Torsås kommun"
    assignment: str = "Första"
    share: float = 0.25
    before: str = "Kalmar kommun"
    """Where she was until summer."""
    stood_in_for: str = "Eva Ek"
    mail: str = "a@ett.example"
    number: str = "070-174 06 11"


ONE = Secret()
OTHERS: Mapping[str, Secret] = {
    "in another municipality": Secret(at="Torsås kommun", covers="Nybro kommun"),
    "where nobody else is": Secret(at="Kalmar kommun", before="Torsås kommun"),
    "at the county board": Secret(at="Länsstyrelsen", covers="Kalmar kommun"),
    "at the shelter": Secret(at=SHELTER),
    "at a part of a municipality": Secret(at="Socialförvaltningen", before="Nybro kommun"),
    "with another assignment": Secret(assignment="Andra"),
    "with one that nobody else has": Secret(assignment="Tredje"),
    "full time": Secret(share=1),
    "a deputy for another": Secret(stood_in_for="Bo Björk"),
    "with another address": Secret(mail="b@tva.example", number="070-174 06 12"),
    "all of it": Secret(at="Kalmar kommun", covers="Socialförvaltningen", assignment="Tredje", share=0.75,
                        before="Länsstyrelsen", stood_in_for="Maj Lind", mail="c@tre.example",
                        number="070-174 06 13"),
}  # fmt: skip


class _Making:
    """A book with a little of everything, in which the two who are protected have a part."""

    def __init__(self, book: Book, secret: Secret) -> None:
        self.book, self.secret = book, secret
        self.ids: dict[str, Any] = {}
        self.hats: dict[str, RoleId] = {}
        with book.transaction("allt"):
            self.actors()
            self.bonds()
            self.people()
            self.meetings()

    def actor(self, name: str, kind: str, **more: Any) -> None:
        self.ids[name] = self.book.add(Actor(name=name, kind=kind, **more)).id

    def actors(self) -> None:
        for n, name in enumerate(("Kalmar", "Nybro", "Torsås")):
            self.actor(f"{name} kommun", "municipality", place=f"088{n}", sector="municipality")
        self.actor("Socialförvaltningen", "municipal_department", parent=self.ids["Nybro kommun"])
        self.actor("Länsstyrelsen", "county_administrative_board", county="08", cadence="P6M")
        self.actor("Polisen", "police_area", sector="police")
        ways = (Way(kind="address", value=f"{self.secret.at} 1"), Way(kind="phone", value=self.secret.number))
        self.actor(SHELTER, "womens_shelter", protected=True, ways=ways, sector="civil_society",
                   note=self.secret.mail, cadence="P3M")  # fmt: skip

    def bonds(self) -> None:
        add, ids = self.book.add, self.ids
        for name, whom in (("Första", "kommuner"), ("Andra", "Nybro kommun"), ("Tredje", "kommuner")):
            ids[name] = add(Assignment(name=name, addressee=whom, reports=["02-15 Rapport"])).id
        everybody = [Member(actor=ids[one]) for one in ids if one.endswith("kommun")]
        for name, of, more in (
            ("Förebyggarna", ["Första"], {"functions": ["case_officer"], "cadence": "P3M"}),
            ("Samordnarna", ["Andra", "Tredje"], {"functions": ["crime_prevention_coordinator"]}),
            ("De andra", [], {}),
        ):
            ids[name] = add(Network(name=name, assignments=[ids[one] for one in of], members=everybody,
                                    host=ids["Länsstyrelsen"], **more)).id  # fmt: skip
        add(Commitment(kind="action_plan", actor=ids["Nybro kommun"], decided_on="2026-03-12",
                       assignment=ids["Första"], due_on="2026-12-01"))  # fmt: skip
        add(Commitment(kind="agreement", actor=ids["Nybro kommun"], parties=[ids[SHELTER]],
                       decided_on="2026-01-01"))  # fmt: skip
        add(Topic(title="Ett problem", kind="problem", raised_by=[ids[SHELTER], ids["Nybro kommun"]]))

    def hat(self, name: str, at: str, function: str = "case_officer", of: str = "", **more: Any) -> None:
        if name not in self.ids:
            self.ids[name] = self.book.add(Contact(name=name, protected=name == WHO)).id
        given = {"assignment": self.ids[of]} if of else {}
        made = self.book.add(
            Role(contact=self.ids[name], actor=self.ids[at], function=function, **given, **more)
        )
        self.hats.setdefault(name, made.id)

    def people(self) -> None:
        secret = self.secret
        self.hat("Eva Ek", "Nybro kommun", of="Första", share=0.5)
        self.hat("Bo Björk", "Torsås kommun", "crime_prevention_coordinator", of="Andra")
        self.hat("Maj Lind", "Socialförvaltningen", of="Första", covers=[self.ids["Torsås kommun"]])
        self.hat("Åsa Alm", "Länsstyrelsen", "regional_crime_prevention_coordinator", of="Första")
        self.hat("Ove Alm", SHELTER, "unit_head", ways=[Way(kind="phone", value=secret.number)])
        for at, more in ((secret.at, {"since": "2026-07-01"}), (secret.before, {"until": "2026-06-30"})):
            self.hat(WHO, at, of=secret.assignment, share=secret.share, covers=[self.ids[secret.covers]],
                     title=f"Handläggare, {at}", cadence="P1M",
                     ways=[Way(kind="mail", value=secret.mail)], **more)  # fmt: skip
        self.book.update(self.ids[WHO], ways=[Way(kind="phone", value=secret.number)])

    def meetings(self) -> None:
        add, ids, hats, siv = self.book.add, self.ids, self.hats, self.hats[WHO]
        instead = Participation(role=siv, status="deputy", deputy_for=hats[self.secret.stood_in_for])
        absent = Participation(role=siv, status="absent")
        in_for = Participation(role=hats["Bo Björk"], status="deputy", deputy_for=siv)
        when = iter(f"2026-{month:02}-{day:02}" for month in range(3, 12) for day in (2, 9))
        for network, parts in itertools.product(
            ("Förebyggarna", "Samordnarna", "De andra"),
            ((siv, hats["Eva Ek"], hats["Ove Alm"]), (instead, hats["Åsa Alm"]), (absent, in_for), (siv,),
             (siv, hats["Eva Ek"], hats["Bo Björk"], hats["Maj Lind"])),
        ):  # fmt: skip
            add(Interaction(kind="network_meeting", network=ids[network], when=next(when), mandate=[2],
                            participants=[*parts]))  # fmt: skip
        counts = [Headcount(actor=ids[SHELTER], count=7), Headcount(actor=ids["Nybro kommun"], count=12)]
        add(Interaction(kind="training", when="2026-10-01", audience="officials", participants=[siv],
                        headcounts=counts, mandate=[3]))  # fmt: skip
        add(Interaction(kind="phone", when="2026-11-02", participants=[siv], assignments=[ids["Tredje"]]))
        add(Interaction(kind="sounding_board", when="2026-11-03", participants=[siv], support=["advice"]))
        add(Interaction(kind="network_meeting", network=ids["Förebyggarna"], when="2026-12-01",
                        status="planned", participants=[instead, hats["Eva Ek"]]))  # fmt: skip
        other = self.secret.stood_in_for
        add(
            FollowUp(text="Ring", about=[siv, ids[self.secret.at], hats[other], ids[other]], due="2026-11-10")
        )


def made(secret: Secret, path: str | Path = "memory:") -> Book:
    book = kontaktnat.open(path, mode="create", by="anna", plugins=[], clock=FixedClock(), ids=counted_ids())
    _Making(book, secret)
    return book


def views(out: Outward) -> Iterator[tuple[str, Any]]:
    """What every view says, or its error, with every parameter tried."""
    for name, view in out.plugins.collect("register_views").items():
        names = [one.partition("=")[0] for one in view.parameters()]
        more = {
            "municipality": ["", "Nybro", "Torsås", "Kalmar"],
            "who": [*TRIED["who"](out), "Nybro kommun"],
        }
        tried = ((more | {one: TRIED[one](out)})[one] if one in more else TRIED[one](out) for one in names)
        for values in itertools.product(*tried):
            given = dict(zip(names, values, strict=True))
            try:
                yield f"view {name} {given}", attrs.asdict(out.view(name, **given))
            except KontaktnatError as error:
                yield f"view {name} {given}", repr(error.message("sv"))


def pages(out: Outward) -> Iterator[tuple[str, Any]]:
    """The page of every record, and every list."""
    from kontaktnat.views.listing import listing
    from kontaktnat.views.page import page

    for name in RECORDS:
        found = out.collection_of(name).all()
        yield f"list {name}", attrs.asdict(listing(out, name, found))
        yield f"records {name}", [attrs.asdict(one) for one in found]
        for one in found:
            yield f"page {one.id}", [attrs.asdict(table) for table in page(out, one)]


def exports(book: Book) -> Iterator[tuple[str, Any]]:
    meetings = [{"meeting": str(one.id)} for one in book.interactions.all()]
    options: list[dict[str, str]] = [{}, {"history": "yes"}, {"as": "csv"}, *meetings]
    options += [{"type": name} for name in RECORDS]
    for name, given, day in itertools.product(book.plugins.collect("register_exporters"), options, DAYS[:2]):
        stream, failed = io.BytesIO(), ""
        try:
            book.export_to(stream, name, options=given, as_of=day)
        except KontaktnatError as error:
            failed = error.message("sv")
        yield f"export {name} {given} {day}", (stream.getvalue(), failed)


def everything(book: Book) -> dict[str, Any]:
    """What anybody may read of a book, by what was asked."""
    found: dict[str, Any] = {}
    for day in DAYS:
        out = book.outward() if day is None else book.outward().as_of(day)
        found |= {f"{what} on {day}": said for part in (views(out), pages(out)) for what, said in part}
    found |= dict(exports(book))
    found["check"] = [attrs.asdict(one) for one in book.check()]
    found["history"] = [attrs.asdict(one) for one in book.history()]
    return found


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    with made(ONE) as book:
        return everything(book)


@pytest.mark.parametrize("other", OTHERS)
def test_what_is_secret_changes_nothing_that_is_told(told: dict[str, Any], other: str) -> None:
    with made(OTHERS[other]) as book:
        found = everything(book)
    assert found.keys() == told.keys()
    assert not [what for what, said in found.items() if said != told[what]]


def test_the_comparison_finds_what_is_told(told: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    from kontaktnat import cover

    monkeypatch.setattr(cover, "_PERSONS_ROLE", cover._PERSONS_ROLE | {"share"})
    with made(OTHERS["full time"]) as book:
        assert everything(book) != told


# What is done moves what is covered along: that it moved must not be seen


def _id(book: Book, name: str) -> str:
    for type_name in ("actor", "assignment", "contact", "network"):
        for one in book.collection_of(type_name).all():
            if one.name == name:
                return str(one.id)
    raise AssertionError(name)


def _merge(keep: str, other: str) -> Act:
    return lambda book: book.merge(_id(book, keep), _id(book, other))


def _succeed(old: str, new: str) -> Act:
    return lambda book: book.succeed(_id(book, old), _id(book, new))


def _hand_over(who: str, to: str) -> Act:
    def act(book: Book) -> Any:
        (role,) = book.roles.where(contact=ContactId(_id(book, who)))
        return book.handover(role, _id(book, to))

    return act


def _meet(network: str, when: str, **who: list[str]) -> Act:
    return lambda book: book.meet(
        _id(book, network),
        when=when,
        **{how: [_id(book, one) for one in names] for how, names in who.items()},
    )


ACTS: Mapping[str, Act] = {
    "a meeting is planned": _meet("De andra", "2026-12-20"),
    "another is": _meet("Förebyggarna", "2026-12-21", guests=[WHO]),
    "more is told of one": _meet("Förebyggarna", "2026-12-01", accepted=[WHO], declined=["Eva Ek"]),
    "one was held": _meet("De andra", "2026-11-11", attended=[WHO, "Eva Ek"], absent=["Torsås kommun"]),
    "a member was there": _meet("Samordnarna", "2026-11-11", attended=["Kalmar kommun", "Nybro kommun"]),
    **{f"{one} takes in {two}": _merge(one, two) for one, two in (
        ("Andra", "Första"), ("Första", "Tredje"), ("Polisen", "Socialförvaltningen"), ("Polisen", SHELTER),
        ("Bo Björk", "Eva Ek"), ("De andra", "Samordnarna"))},
    **{f"{old} becomes {new}": _succeed(old, new) for old, new in (
        ("Socialförvaltningen", "Polisen"), ("Kalmar kommun", "Nybro kommun"),
        ("Nybro kommun", "Torsås kommun"), ("Länsstyrelsen", "Polisen"))},
    **{f"{one} hands over to {to}": _hand_over(one, to) for one, to in (
        ("Eva Ek", "Åsa Alm"), ("Bo Björk", "Åsa Alm"), ("Maj Lind", WHO))},
    "an assignment ends": lambda book: book.update(_id(book, "Första"), ends="2026-10-01"),
    "an assignment goes": lambda book: book.delete(_id(book, "Tredje")),
    "an actor goes": lambda book: book.delete(_id(book, "Polisen")),
    "a merge is taken back": lambda book: (_merge("Andra", "Första")(book), book.undo()),
}  # fmt: skip


def outcome(secret: Secret, act: Act) -> dict[str, Any]:
    """All records and history after an act, and what it gave back."""
    with made(secret) as book:
        try:
            done = act(book)
        except KontaktnatError as error:
            done = error.message("sv")
        gave = attrs.asdict(done) if attrs.has(type(done)) else str(done)
        found = {name: [attrs.asdict(one) for one in book.collection_of(name).all()] for name in RECORDS}
        return {**found, "gave": gave, "history": [attrs.asdict(one) for one in book.history()]}


@pytest.mark.parametrize("act", ACTS)
def test_nothing_that_is_done_tells_one_from_the_other(act: str) -> None:
    expected = outcome(ONE, ACTS[act])
    for other, secret in OTHERS.items():
        found = outcome(secret, ACTS[act])
        assert not [what for what, said in found.items() if said != expected[what]], other


# The command line: also what is refused, and what is asked back


COMMANDS = (
    *(["list", one] for one in ("contacts", "roles", "actors", "followups", "interactions", "assignments")),
    *(["list", one, "--network", "Förebyggarna"] for one in ("contacts", "roles", "actors")),
    *(["show", one] for one in (WHO, SHELTER, "Nybro", "Kalmar kommun", "Länsstyrelsen", "Första",
                                "De andra")),
    *(["find", one] for one in ("Siv", "Nybro", "Handläggare", "handl*")),
    *(["view", one] for one in ("today", "cadence", "vacancies", "network", "overlap", "crowding", "coverage",
                                "growth", "double-meetings", "year-wheel", "bra-report", "statistics")),
    *(["view", "timeline", one] for one in (WHO, "siv@nybro", "handläggare@nybro", "siv@torsås", SHELTER)),
    *(["view", "path", WHO, one] for one in ("Nybro", "Kalmar kommun", SHELTER, "siv@kalmar", "Eva Ek")),
    *(["log", "phone", one, "hej", "--promised", "ringa", *more]
      for one in (WHO, "siv@nybro", "samordnare@kalmar")
      for more in ([], ["--assignment", "Första"], ["--assignment", "Tredje"])),
    ["log", "network_meeting", "hej", "--network", "Förebyggarna", "--attended", "siv"],
    ["log", "network_meeting", "hej", "--network", "De andra", "--when", "2026-12-20", "--status", "planned"],
    ["log", "training", "hej", "--participants", "Nybro=3,Kalmar kommun=2", "--attended", "siv"],
    *(["delete", one] for one in ("Första", "Tredje", "Kalmar kommun", "De andra", WHO, SHELTER)),
    *(["merge", *both] for both in (("Första", "Andra"), ("Andra", "Tredje"), ("Nybro", "Kalmar kommun"),
                                    ("Eva Ek", WHO), (SHELTER, "Kalmar kommun"))),
    ["merge", "--suggest"], ["merge", "--suggest", "-o", "json"], ["merge", "Eva Ek", WHO, "--not-same"],
    *(["set", one, word] for one in ("Första", "Tredje")
      for word in ("ends=2026-06-30", "invites=nej", "name=Ny")),
    *(["set", one, "succeeded_by=Torsås kommun"] for one in ("Nybro", "Kalmar kommun")),
    ["set", WHO, "protected=nej"],
    ["handover", "case_officer@nybro", "--to", WHO],
    ["handover", WHO, "--to", "Eva Ek"],
    *(["add", "role", f"case_officer@{at}", "--contact", WHO, "--set", f"assignment={of}"]
      for at in ("nybro", "Kalmar kommun", SHELTER) for of in ("Första", "Tredje")),
    *(["add", "contact", WHO, "--role", f"case_officer@{at}"] for at in ("nybro", "Kalmar kommun")),
    *(["list", "roles", f"{one}"] for one in ("assignment=Första", "assignment=Tredje", "share=0.25",
                                              "covers=Torsås", "actor=nybro", "title=Handläggare")),
    *(["add", "contact", "Per Sälg", "--role", f"case_officer@{at}"] for at in ("nybro", "Kalmar kommun")),
    *(["handover", f"handläggare@{at}", "--to", "Åsa Alm"] for at in ("Kalmar kommun", "torsås", SHELTER)),
    *(["list", "interactions", one] for one in ("network=De andra", "participants=Siv")),
    ["list", "followups", "about=Nybro"], ["list", "networks"], ["list", "commitments"],
    *(["export", "minutes", "--set", f"meeting={one}"] for one in ("De andra", "Samordnarna")),
    *(["view", one, "municipality=Nybro"] for one in ("coverage", "crowding")),
    *(["view", "year-wheel", "2026", one] for one in ("Nybro", "Kalmar kommun")),
    ["view", "overlap", "persons", "Första"], ["view", "differences", "Första", "Andra"],
    ["check"], ["review"], ["today"], ["history"], ["municipalities"], ["undo"],
    # Of whom she stood in for, an extract has the meetings, without her: it is theirs (GDPR, article 15).
    ["privacy", "record"], ["privacy", "extract", "Åsa Alm"],
    *(["export", one] for one in ("markdown", "csv", "bra-report")),
    *(["view", "coverage", "--as-of", day] for day in ("2026-11-12", "2026-05-01")),
)  # fmt: skip
_NEW = re.compile(r"\b(?!kx7f)[0-9a-hjkmnp-tv-z]{8}\b|\d\d:\d\d(:[\d.]+\S*)?|[ab]\.kn")
WRITING = ("log", "delete", "merge", "set", "handover", "add", "undo")


def same(said: tuple[int, str, str]) -> tuple[int, str, str]:
    """Without what is new each time: ids of what is made, times, and the book's name."""
    code, out, err = said
    return code, _NEW.sub("…", out), _NEW.sub("…", err)


@pytest.mark.parametrize("other", ["all of it", "at the shelter"])
def test_no_command_tells_one_from_the_other(run_cli: Callable[..., Any], tmp_path: Path, other: str) -> None:
    for name, secret in (("a.kn", ONE), ("b.kn", OTHERS[other])):
        made(secret, tmp_path / name).close()
    differ = []
    for words in COMMANDS:
        more = ["--dry-run"] if words[0] in WRITING else []
        tables = words[0] in ("list", "show", "view", "find")
        for lang, output in (
            ("en", []),
            ("sv", []),
            *((("en", ["-o", "json"]), ("en", ["-o", "csv"])) * tables),
        ):
            said = [
                (ran.code, ran.out, ran.err)
                for name in ("a.kn", "b.kn")
                for ran in [run_cli("--lang", lang, *words, *more, *output, book=name)]
            ]
            assert "Traceback" not in said[0][2], words
            if same(said[0]) != same(said[1]):
                differ.append((words, output, said))
    assert not differ
