"""What the letter to a person and the record of processing say alike: purposes, legal bases, time limits."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from kontaktnat import model
from kontaktnat.i18n import Text
from kontaktnat.outward import Outward
from kontaktnat.privacy.controller import Controller
from kontaktnat.privacy.paper import Item

BASIS = "public_task"
"""GDPR art. 6.1 e: the basis of a county board, where a contact names no other."""
_BASES = {
    "public_task": Text(
        "A task in the public interest (GDPR art. 6.1 e): förordningen (2016:1258) has the county "
        "administrative boards support, coordinate and develop regional crime prevention."
    ),
    "legal_obligation": Text("A legal obligation of the authority (GDPR art. 6.1 c)."),
    "consent": Text("Consent (GDPR art. 6.1 a)."),
}
_PUBLIC = Text(
    "Anyone who asks for it: what the authority keeps is normally a public record, and is handed out "
    "unless it is secret (tryckfrihetsförordningen 2 kap., offentlighets- och sekretesslagen 2009:400)."
)


def purposes(book: Outward, people: Collection[model.Contact]) -> list[Item]:
    """Those of the people; where these name none, all in use, and where none is, all there are words for."""
    used = {one.purpose for one in people if one.purpose}
    used = used or {one.purpose for one in book.contacts.all() if one.purpose}
    return [
        Item(text=book.words.name("purpose", id), id=id) for id in _ordered(book, "purpose", used or None)
    ]


def bases(book: Outward, people: Collection[model.Contact]) -> list[Item]:
    """Those of the people; who names none is there for the authority's task."""
    used = {one.legal_basis or BASIS for one in people} or {BASIS}
    return [
        Item(text=_BASES.get(id) or book.words.name("legal_basis", id), id=id)
        for id in _ordered(book, "legal_basis", used)
    ]


def _ordered(book: Outward, vocabulary: str, used: set[str] | None) -> list[str]:
    """In the vocabulary's order; words whose plugin is missing come last."""
    known = [*book.words.of(vocabulary)]
    if used is None:
        return known
    return [id for id in known if id in used] + sorted(used - set(known))


def recipients(who: Controller) -> list[Item]:
    """Those configured, and everyone, for the register is public."""
    return [*(Item(text=one) for one in who.recipients), Item(text=_PUBLIC)]


def transfers(who: Controller) -> list[Item]:
    """To countries outside the EU/EEA."""
    return [Item(text=who.transfers or Text("None: the data is not transferred outside the EU/EEA."))]


def time_limits(book: Outward) -> Iterator[Item]:
    """The rules of retention in force, and what stands above them."""
    practice = book.practice
    yield Item(
        id="retention_role_months",
        text=Text(
            "Whoever has no role any more is looked at anew {n} month after the last contact.",
            "Whoever has no role any more is looked at anew {n} months after the last contact.",
            n=practice.retention_role_months,
        ),
    )
    yield Item(
        id="retention_unused_months",
        text=Text(
            "Whoever never had a role nor any contact is looked at anew {n} month after coming in.",
            "Whoever never had a role nor any contact is looked at anew {n} months after coming in.",
            n=practice.retention_unused_months,
        ),
    )
    yield Item(
        id="retention_pending_months",
        text=Text(
            "What was received and not decided is looked at anew after {n} month.",
            "What was received and not decided is looked at anew after {n} months.",
            n=practice.retention_pending_months,
        ),
    )
    yield Item(
        id="retention_draft_months",
        text=Text(
            "Drafts are looked at anew {n} month after they were last changed.",
            "Drafts are looked at anew {n} months after they were last changed.",
            n=practice.retention_draft_months,
        ),
    )
    yield Item(
        id="archives",
        text=Text(
            "What is not needed any more is erased where a decision on disposal allows it; public records "
            "are otherwise kept (arkivlagen 1990:782, arkivförordningen 1991:446). Figures without persons "
            "remain."
        ),
    )


def who_answers(who: Controller) -> list[Item]:
    """The controller, by each thing that is said of it."""
    told = [
        ("controller", who.controller),
        ("org_number", Text("Organisation number {number}", number=who.org_number)),
        ("address", Text("Address: {address}", address=who.address)),
        ("mail", Text("Mail: {mail}", mail=who.mail)),
        ("phone", Text("Phone: {phone}", phone=who.phone)),
    ]
    items = [Item(id=id, text=text) for id, text in told if getattr(who, id).strip()]
    return items + [
        Item(id="joint", text=Text("Jointly with {name} (GDPR art. 26)", name=one)) for one in who.joint
    ]
