"""What happened in a year of the demo book: meetings, talks, trainings, a handover, questions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from kontaktnat.model import (
    Actor,
    FollowUp,
    Headcount,
    Interaction,
    PartialDate,
    Role,
    Topic,
    stockholm,
)
from kontaktnat.refs import resolve

if TYPE_CHECKING:
    from kontaktnat.book import Book

Hats = Mapping[str, Role]

# Days ago, kind, with whom, what was said, process step, what was given.
TALKS: tuple[tuple[int, str, tuple[str, ...], str, int | None, tuple[str, ...]], ...] = (
    (340, "visit", ("Ove",), "Vad kommunen har och vad den saknar", None, ()),
    (255, "phone", ("Leif",), "Vem som tar frågan när samordnaren slutat", None, ()),
    (210, "sounding_board", ("Eva",), "Hur man får med skolan från början", 1, ("advice", "contact")),
    (160, "mail", ("Lo",), "Nattvandrarna vill veta var de behövs", None, ()),
    (95, "sounding_board", ("Åsa",), "Vad en orsaksanalys ska räcka till", 2, ("method",)),
    (60, "phone", ("Ulla",), "Idrotten kan ta emot fler på fredagar", None, ()),
    (12, "sounding_board", ("Maj",), "Hur får vi igång orsaksanalysen?", 3, ("advice", "material")),
    (9, "visit", ("Åsa", "Nils"), "Genomgång av lägesbilden inför uppdateringen", None, ()),
    (3, "phone", ("Eva",), "Skadegörelse vid skolan, vill ha underlag om trygghetsvandringar", None, ()),
)

# Days ago, theme, who was absent, a deputy and for whom, guests.
MEETINGS: tuple[tuple[int, str, tuple[str, ...], tuple[str, str] | None, tuple[str, ...]], ...] = (
    (330, "Lägesbilder som går att använda", ("Ove",), None, ()),
    (238, "Skolan som arena", ("Ove", "Ida"), None, ("Lo",)),
    (147, "Sommarkvällar", ("Per",), ("Leif", "Eva"), ("Ulla",)),
    (56, "Trygga stationer", ("Ove",), None, ("Lo", "Nils")),
)

# Days ago, title, audience, how many of whose people.
TRAININGS = (
    (190, "Vad lagen ber kommunen om", "politicians", (("nybro", 11), ("kalmar", 14), ("torsås", 7))),
    (75, "Orsaksanalys i praktiken", "officials", (("nybro", 3), ("oskarshamn", 5))),
    (33, "Vad lagen ber kommunen om", "politicians", (("oskarshamn", 9),)),
)

# In how many days, what, whose promise, about whom.
TASKS = (
    (4, "Skicka underlag om trygghetsvandringar", "we", "Eva"),
    (-2, "Återkomma om datum för utbildning", "we", "Bo"),
    (11, "Skicka utkast till lägesbild", "they", "Åsa"),
)


def year(book: Book, hats: Hats) -> None:
    """Everything that happened, and what is planned."""
    siv = book.contacts.where(name="Siv Rönn")[0]
    book.handover(hats["Alva"], siv, on=_day(book, 120))
    _talks(book, hats)
    _trainings(book)
    _meetings(book, hats, _topics(book))
    _tasks(book, hats)
    for name, span in (("regionen", "P6M"), ("okg", "P1Y"), ("brottsofferjouren", "P3M")):
        book.update(actor(book, name), cadence=span)


def _talks(book: Book, hats: Hats) -> None:
    for ago, kind, names, text, step, given in TALKS:
        book.add(
            Interaction(
                kind=kind,
                when=at(book, ago, 9, 30),
                summary=text,
                participants=[hats[name].id for name in names],
                process_step=step,
                support=given,
                mandate=book.usual_mandate(kind),
            )
        )


def _trainings(book: Book) -> None:
    for ago, title, audience, counts in TRAININGS:
        book.add(
            Interaction(
                kind="training",
                when=at(book, ago, 13),
                subject=title,
                audience=audience,
                headcounts=[Headcount(actor=actor(book, name).id, count=count) for name, count in counts],
                mandate=book.usual_mandate("training"),
            )
        )


def _meetings(book: Book, hats: Hats, topics: Mapping[str, Topic]) -> None:
    network = book.networks.all()[0]
    for ago, theme, absent, deputy, guests in MEETINGS:
        discussed = [
            one.id for one in topics.values() if one.raised_on and one.raised_on.last <= _day(book, ago)
        ]
        book.meet(
            network,
            when=at(book, ago, 9),
            theme=theme,
            attended="all",
            absent=[hats[name].id for name in absent],
            deputies={hats[deputy[0]].id: hats[deputy[1]].id} if deputy else {},
            guests=[hats[name].id for name in guests],
            topics=discussed,
        )
    ahead: dict[str, Any] = {"agenda": ["Lägesbild", "Nästa träff"], "guests": [hats["Lo"].id]}
    planned = book.meet(network, when=at(book, -10, 9), theme="Trygga skolvägar", **ahead)
    book.plan_series(planned.interaction, "P3M", times=4)


def _topics(book: Book) -> dict[str, Topic]:
    """By a word of its title: two problems, a proposal, three questions at different stages, an example."""

    def raised(ago: int, kind: str, title: str, *by: str, **more: Any) -> Topic:
        topic = Topic(
            kind=kind,
            title=title,
            raised_by=[actor(book, name).id for name in by],
            raised_on=date_of(book, ago),
            **more,
        )
        return book.raise_topic(topic)

    school = raised(240, "problem", "Skadegörelse vid skolor", "nybro", "torsås")
    bikes = raised(150, "problem", "Cykelstölder vid stationen", "kalmar")
    walks = raised(60, "proposal", "Trygghetsvandringar tillsammans med skolan", "nybro")
    book.link_topics(walks, "addresses", school)
    cameras = raised(130, "question", "Vad får kommunen dela ur lägesbilden?", "kalmar", "oskarshamn")
    book.lift(cameras, on=_day(book, 110))
    statistics = raised(90, "question", "När kommer statistik per tätort?", "torsås", "nybro")
    book.lift(statistics, on=_day(book, 80))
    answered = book.answer(statistics.id, "Från och med nästa år, två gånger om året", on=_day(book, 20))
    book.bring_home(answered, [actor(book, "nybro").id], on=_day(book, 18))
    board = raised(300, "question", "Vem leder det strategiska rådet?", "västervik")
    book.lift(board, on=_day(book, 290))
    book.answer(board.id, "Kommunen leder det (lag 2023:196, 10 §)", on=_day(book, 260))
    book.bring_home(board.id, on=_day(book, 250))
    book.close_topic(board.id, on=_day(book, 250))
    nights = raised(
        720, "example", "Nattvandring med ungdomar", source="Nattvandrarna i Nybro", evidence="followed_up"
    )
    book.spread(
        nights, [actor(book, name).id for name in ("kalmar", "torsås", "västervik")], on=_day(book, 200)
    )
    book.take_up(nights.id, [actor(book, "kalmar").id], on=_day(book, 45))
    return {"skolor": school, "stationen": bikes, "vandringar": walks}


def _tasks(book: Book, hats: Hats) -> None:
    talks = book.interactions.where(kind="phone")
    for days, text, side, who in TASKS:
        hat = book.roles.get(hats[who].id)
        call = [one.id for one in talks if any(part.role == hat.id for part in one.participants)]
        since, due = date_of(book, 5), date_of(book, -days)
        about = [id for id in (*call[-1:], hat.id, hat.contact, hat.actor) if id]
        book.add(FollowUp(text=text, since=since, due=due, side=side, about=about, owner="demo"))
    first = date_of(book, -6)
    letter = f"R/{first}/P1M"
    book.add(FollowUp(text="Månadsbrev till nätverket", since=date_of(book, 25), due=first, owner="demo",
                      recurrence=letter, about=[book.networks.all()[0].id]))  # fmt: skip


def actor(book: Book, name: str) -> Actor:
    """The actor that a name means."""
    found = resolve(book, name, ("actor",))
    assert isinstance(found, Actor)
    return found


def _day(book: Book, ago: int) -> date:
    return book.today - timedelta(days=ago)


def date_of(book: Book, ago: int) -> PartialDate:
    return PartialDate.parse(_day(book, ago).isoformat())


def at(book: Book, ago: int, hour: int, minute: int = 0) -> datetime:
    """A time on that day; of a weekend, on the Friday before, or the Monday after where it is to come."""
    day = _day(book, ago)
    if (weekday := day.weekday()) > 4:
        day += timedelta(days=7 - weekday if ago < 0 else 4 - weekday)
    return datetime.combine(day, time(hour, minute), stockholm())
