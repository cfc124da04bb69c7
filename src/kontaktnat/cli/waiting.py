"""What waits in quarantine, as it is shown, picked and decided at the prompt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from kontaktnat.cli.app import App, say
from kontaktnat.cli.spelled import spelled
from kontaktnat.cover import DIFFERS
from kontaktnat.errors import Ambiguous, Invalid, KontaktnatError, NotFound
from kontaktnat.i18n import Text, joined
from kontaktnat.model import ActorId, Interaction, Pending, Record, Role
from kontaktnat.model.names import type_label

if TYPE_CHECKING:
    from kontaktnat.outward import Outward


_FEW = 5


def pick(app: App, book: Outward, text: str) -> Pending:
    """What waits, by what it says (a name, an address), what is unclear, or its id.

    Raises NotFound, Ambiguous.
    """
    from kontaktnat.query import strings
    from kontaktnat.text import contains

    text = text.strip()
    named = [
        one
        for one in book.pending.all()
        if text and contains(" ".join((*strings(one.raw), name_of(one, book))), text)
    ]
    if len(named) == 1:
        return named[0]
    if named:
        candidates = [
            (one.id, Text("{name}: {text}", name=name_of(one), text=about(book, one))) for one in named
        ]
        shown = joined("; ", (Text("{id} {name}", id=id, name=name) for id, name in candidates))
        several = Ambiguous(
            "{text} may be {shown}; write the id", text=text, candidates=candidates, shown=shown
        )
        return book.pending.get(app.choose(several))
    try:
        found = app.pick(book, text, ("pending",))
    except NotFound:
        raise NotFound("nothing that waits is called {text}; kontaktnat review lists all", text=text,
                       nearest=()) from None  # fmt: skip
    assert isinstance(found, Pending)
    return found


def is_difference(pending: Pending) -> bool:
    """Whether it keeps in what two books differ, which is decided in another way."""
    return pending.source.startswith(DIFFERS)


def name_of(pending: Pending, book: Outward | None = None) -> str:
    """What the thing that waits calls itself; "" where it is covered or has no name.

    In what two books differ has no name of its own: it is the record's, in `book`.
    """
    if book is not None and is_difference(pending):
        from kontaktnat.cli.differing import title

        return title(book, pending)
    return str(pending.raw.get("name", ""))


def about(book: Outward, pending: Pending) -> str:
    """What it is about, in a line: of whoever is in mails or meetings their address and what those are."""
    from kontaktnat.guests import MEETINGS, address_of, is_guest, kept_back
    from kontaktnat.refs import describe

    meetings = pending.raw.get(MEETINGS, ())
    if pending.hidden or not is_guest(pending) or not isinstance(meetings, list | tuple):
        return pending.text
    try:
        made = kept_back(pending)
    except KontaktnatError:  # what another program wrote there
        made = []
    ids = [str(one.get("id")) for one in meetings if isinstance(one, Mapping)]
    named = [describe(book, one) for one in (*(book.peek(Interaction, id) for id in ids), *made) if one]
    if not named:
        return pending.text
    address = address_of(pending)
    said = joined(": ", (address, named[0])) if address not in ("", name_of(pending)) else named[0]
    if more := len(named) - 1:
        return Text("{what} … and {n} more", "{what} … and {n} more", what=said, n=more)
    return said


def describe_one(book: Outward, pending: Pending) -> list[Record]:
    """Say what waits, what it says, and whom it may be with what would change; returns these, as numbered."""
    from kontaktnat.guests import MEETINGS, kept_back
    from kontaktnat.quarantine import becomes, may_be
    from kontaktnat.refs import describe

    if is_difference(pending):
        from kontaktnat.cli.differing import show

        show(book, pending)
        return []
    cls = becomes(pending)
    say(Text("{name} ({type} {id})", name=name_of(pending) or (Text("(covered)") if pending.hidden else "?"),
             type=type_label(pending.kind), id=pending.id), bold=True)  # fmt: skip
    say(Text("  {text}", text=pending.text))
    if pending.source:
        say(Text("  source: {source}", source=pending.source))
    for name, value in pending.raw.items():
        if name == MEETINGS:
            for meeting in filter(None, (book.peek(Interaction, str(one.get("id"))) for one in value)):
                if meeting.kind == "mail":
                    say(Text("  mail: {meeting}", meeting=describe(book, meeting)))
                else:
                    say(Text("  invited to {meeting}", meeting=describe(book, meeting)))
            kept = kept_back(pending)
            for mail in kept[:_FEW]:
                say(Text("  mail, kept back: {meeting}", meeting=describe(book, mail)))
            if more := len(kept[_FEW:]):
                say(Text("  … and {n} more", "  … and {n} more", n=more))
        elif name not in ("name", "extra"):  # what a plugin keeps is no longer a question
            shown = spelled(book, cls or Record, name, value)
            say(Text("  {field}: {value}", field=name, value=shown))
    if pending.hidden:
        say(
            Text(
                "  covered, for one who is protected may be meant: kontaktnat --reveal REASON review shows it"
            )
        )
    found = may_be(book, pending)
    for number, one in enumerate(found, 1):
        say(Text("  {number}. {name} ({id})", number=number, name=describe(book, one), id=one.id))
        for line in _changes(book, pending, one):
            say(line)
    return found


def _changes(book: Outward, pending: Pending, onto: Record) -> Iterator[Text]:
    from kontaktnat.exchange import named_in
    from kontaktnat.outward import title_of
    from kontaktnat.quarantine import other_name, steps

    if onto.hidden:
        yield Text("     covered: {fields}", fields=", ".join(onto.hidden))
    if pending.hidden:
        return
    try:
        found = steps(book, pending, onto)
    except (Invalid, Ambiguous) as error:
        yield Text("     does not fit: {problem}", problem=named_in(error))
        return
    if not found and not onto.hidden and pending.kind == onto.type:
        yield (
            Text("     nothing of the person would change; what is new of employment is added")
            if pending.raw.get("hats")
            else Text("     nothing would change")
        )
    if other := other_name(pending, onto):
        yield Text(
            "     the name stays {name}; --take name makes it {other}", name=title_of(onto), other=other
        )
    for one in found:
        before, after = (spelled(book, type(onto), one.field, value) for value in (one.before, one.after))
        yield Text("     {field}: {before} → {after}", field=one.field, before=before, after=after)


def hat_at(app: App, text: str) -> Role:
    """The hat of `FUNCTION@ACTOR`, or of `ACTOR` alone, still without who wears it."""
    function, at, actor = text.rpartition("@")
    book = app.book()
    found = app.pick(book, actor, ("actor",))
    return Role(actor=ActorId(found.id), function=app.word(book, "function", function) if at else "")


def decide(
    app: App, pending: Pending, *, onto: str | None, discard: bool, dry_run: bool,
    ignore: bool = False, hat: Role | None = None, take: tuple[str, ...] = (),
) -> None:  # fmt: skip
    """Onto the record of an id, discarded, ignored, or new; says what became of it.

    Raises what `Book.settle` does.
    """
    from kontaktnat.refs import describe

    book = app.book()
    waited = {one.id for one in book.pending.all()}
    with book.transaction("review", dry_run=dry_run):
        new = onto is None and not discard and not ignore
        made = book.settle(pending, onto=onto, new=new, discard=discard, ignore=ignore, hat=hat, take=take)
        what = describe(book, made) if made else name_of(pending) or pending.text
        more = sum(1 for one in book.pending.all() if one.id not in waited)
    fields = {"what": what, "id": made.id if made else pending.id}
    if discard:
        say(Text("would be discarded: {what} ({id})", **fields) if dry_run
            else Text("discarded: {what} ({id})", **fields))  # fmt: skip
    elif ignore:
        say(Text("would be ignored: {what} ({id})", **fields) if dry_run
            else Text("ignored from now on: {what} ({id}); kontaktnat review --heed ADDRESS asks again",
                      **fields))  # fmt: skip
    elif onto is None:
        say(Text("would be new: {what}", **fields) if dry_run else Text("new: {what} ({id})", **fields))
    elif dry_run:
        say(Text("would go onto {what} ({id})", **fields))
    else:
        say(Text("went onto {what} ({id})", **fields))
    if more:
        say(Text("what it says of employment is not sure, and waits now: kontaktnat review"))
