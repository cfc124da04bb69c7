"""What a person is told of the data that is kept of them: GDPR art. 13 and 14, point by point."""

from __future__ import annotations

from collections.abc import Iterator

from kontaktnat import model
from kontaktnat.i18n import Text
from kontaktnat.outward import Outward
from kontaktnat.privacy.categories import told
from kontaktnat.privacy.common import (
    bases,
    purposes,
    recipients,
    time_limits,
    transfers,
    who_answers,
)
from kontaktnat.privacy.controller import Controller, answerable
from kontaktnat.privacy.paper import Item, Paper, Section

_CATEGORIES = ("identity", "ways", "post", "handling", "activity", "text")
"""What may be kept of anybody."""


def information(book: Outward, person: model.Contact | None = None) -> Paper:
    """The text for one person, or for all; raises Refused where nobody is said to answer for the data.

    Of one who is protected it says nothing that is covered.
    """
    who = answerable(book)
    people = [person] if person else book.contacts.all()
    intro = (
        Text("To {name}.", name=person.name) if person else "",
        Text(
            "We keep your contact details and what we have done together, so that we can support "
            "crime prevention in the county. This is what we keep, why, how long, and what your rights are."
        ),
    )
    return Paper(
        name="information",
        title=Text("How we handle your personal data"),
        intro=tuple(filter(None, intro)),
        sections=tuple(_sections(book, who, people, person)),
    )


def _sections(
    book: Outward, who: Controller, people: list[model.Contact], person: model.Contact | None
) -> Iterator[Section]:
    yield Section(title=Text("Who is responsible"), articles=("13.1 a", "14.1 a"), items=who_answers(who))
    yield Section(
        title=Text("Data protection officer"),
        articles=("13.1 b", "14.1 b"),
        items=[Item(id="dpo", text=who.dpo)],
    )
    yield Section(title=Text("What for"), articles=("13.1 c", "14.1 c"), items=purposes(book, people))
    grounds = bases(book, people)
    # A public authority cannot rest its tasks on legitimate interests (GDPR art. 6.1, second paragraph).
    not_ours = Text("We do not rely on legitimate interests (GDPR art. 6.1 f).")
    yield Section(
        title=Text("Legal basis"),
        articles=("13.1 c", "14.1 c", "13.1 d", "14.2 b"),
        items=[*grounds, Item(text=not_ours)],
    )
    yield Section(
        title=Text("What we keep"), articles=("14.1 d",), items=[Item(text=one) for one in told(_CATEGORIES)]
    )
    yield Section(title=Text("Where it comes from"), articles=("14.2 f",), items=_sources(person))
    yield Section(title=Text("Who is handed it"), articles=("13.1 e", "14.1 e"), items=recipients(who))
    yield Section(title=Text("Outside the EU/EEA"), articles=("13.1 f", "14.1 f"), items=transfers(who))
    yield Section(
        title=Text("How long we keep it"), articles=("13.2 a", "14.2 a"), items=tuple(time_limits(book))
    )
    yield Section(
        title=Text("Your rights"),
        articles=("13.2 b", "14.2 c", "13.2 c", "14.2 d"),
        items=tuple(_rights(consent=any(one.id == "consent" for one in grounds))),
    )
    yield Section(title=Text("Complaints"), articles=("13.2 d", "14.2 e"), items=[Item(text=_COMPLAINT)])
    yield Section(title=Text("Do you have to give us your data?"), articles=("13.2 e",),
                  items=[Item(text=_NO_DUTY)])  # fmt: skip
    yield Section(title=Text("Automated decisions"), articles=("13.2 f", "14.2 g"),
                  items=[Item(text=_NOT_AUTOMATED)])  # fmt: skip
    if who.web:
        here = Text("This information also lies at {web}.", web=who.web)
        yield Section(title=Text("Read more"), items=[Item(id="web", text=here)])


_COMPLAINT = Text(
    "If you think that we handle your data wrongly, you may complain to the supervisory authority: "
    "Integritetsskyddsmyndigheten (IMY), imy@imy.se, www.imy.se."
)
_NO_DUTY = Text(
    "No, neither law nor contract obliges you. Without it we may not be able to invite you or to answer you."
)
_NOT_AUTOMATED = Text("No decision about you is made automatically, and nobody is profiled.")


def _sources(person: model.Contact | None) -> list[Item]:
    general = Text(
        "From yourself, from the organisation you work for or represent, from others in the network, or from "
        "sources open to the public, such as web pages of municipalities and authorities."
    )
    if person is None or not person.source:
        return [Item(text=general)]
    return [
        Item(id="source", text=Text("Noted on yours: {source}", source=person.source)),
        Item(text=general),
    ]


def _rights(*, consent: bool) -> Iterator[Item]:
    yield Item(id="15", text=Text("To see all that we keep of you, in an extract (GDPR art. 15)."))
    yield Item(id="16", text=Text("To have what is wrong or incomplete corrected (art. 16)."))
    yield Item(
        id="17",
        text=Text(
            "To have it erased (art. 17). The right is limited where the data is needed for a task in the "
            "public interest, or is to be kept as a public record in the archives (art. 17.3 b and d)."
        ),
    )
    yield Item(
        id="18", text=Text("To have the handling restricted while a question is looked into (art. 18).")
    )
    yield Item(
        id="21",
        text=Text(
            "To object, on grounds of your own situation, to our handling it for a task in the public "
            "interest (art. 21). We then stop, unless our grounds weigh heavier."
        ),
    )
    if consent:
        yield Item(
            id="7.3",
            text=Text(
                "To withdraw your consent at any time (art. 7.3); what was done before remains lawful. What "
                "rests on consent you may also have handed over to take elsewhere (art. 20)."
            ),
        )
    else:
        yield Item(
            id="20",
            text=Text(
                "The right to take data elsewhere (art. 20) does not hold for a task in the public interest."
            ),
        )
