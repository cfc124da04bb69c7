"""What two books differ in, shown and decided field by field at the prompt; see `review`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

import attrs
import click

from kontaktnat.cli.app import App, one_line, say
from kontaktnat.cli.spelled import spelled
from kontaktnat.cli.terminal import ask_on_terminal
from kontaktnat.errors import Conflict, Invalid, NotFound, Refused, Usage
from kontaktnat.i18n import Text, tr
from kontaktnat.model import RECORDS, Pending, Record
from kontaktnat.model.names import type_label

if TYPE_CHECKING:
    from kontaktnat.outward import Outward

Side = Literal["here", "there"]

SKIP, QUIT = "s", "q"


def title(book: Outward, pending: Pending) -> str:
    """What the record is called here; its id where it is gone, and "(covered)"."""
    from kontaktnat.joining.differing import key_of
    from kontaktnat.refs import describe

    if pending.hidden:
        return Text("(covered)")
    record = _record(book, pending)
    return key_of(pending)[1] if record is None else describe(book, record)


def _record(book: Outward, pending: Pending) -> Record | None:
    from kontaktnat.joining.differing import key_of

    type, id = key_of(pending)
    return book.peek(RECORDS[type], id) if type in RECORDS else None


def show(book: Outward, pending: Pending) -> None:
    """The record, and of each field what both had, what stands here and what there."""
    from kontaktnat.joining.differing import differences, key_of

    say(Text("{name} ({type} {id})", name=title(book, pending), type=type_label(pending.kind),
             id=key_of(pending)[1]), bold=True)  # fmt: skip
    say(Text("  {text}", text=pending.text))
    for field in differences(pending):
        for line in _of_field(book, pending, field):
            say(line)


def _of_field(book: Outward, pending: Pending, field: str) -> Iterator[Text]:
    from kontaktnat.codec import to_doc
    from kontaktnat.joining.differing import differences
    from kontaktnat.joining.points import WHOLE
    from kontaktnat.joining.threeway import flat

    one, record = differences(pending)[field], _record(book, pending)
    if field == WHOLE:
        kept, gone = Text("it stays"), Text("it is deleted")
        yield Text("    1 here:  {value}", value=gone if record is None else kept)
        yield Text("    2 there: {value}", value=kept if "there" in one else gone)
        return
    cls = RECORDS[pending.kind]
    here = None if record is None else flat(to_doc(record)).get(field)
    yield Text("  {field}", field=field)
    yield Text("    before:  {value}", value=_said(book, cls, field, one.get("base")))
    yield Text("    1 here:  {value}", value=_said(book, cls, field, here))
    yield Text("    2 there: {value}", value=_said(book, cls, field, one.get("there")))


def _said(book: Outward, cls: type[Record], field: str, value: Any) -> str:
    """A text whole, for it may differ at its end; all else in a few words."""
    attribute = attrs.fields_dict(cls).get(field)
    if isinstance(value, str) and value and not (attribute and attribute.metadata):
        return one_line(value)
    return spelled(book, cls, field, value)


def sides(words: Sequence[str]) -> Side | dict[str, Side]:
    """What is typed after --take: here or there for all, or FIELD=here,…; raises Usage."""
    parts = [part.strip() for word in words for part in word.split(",") if part.strip()]
    found: dict[str, Side] = {}
    for part in parts:
        field, _, side = part.rpartition("=")
        match side:
            case "here" | "there":
                found[field.strip()] = side
            case _:
                raise Usage("take here or there, or FIELD=here, not {value}", value=part)
    if ("" in found and len(found) > 1) or len(parts) > len(found):
        raise Usage("take here or there for all, or say it once for each field")
    return found.get("", found)


def decide(
    app: App, seen: Outward, pending: Pending, take: Side | Mapping[str, Side], *, dry_run: bool
) -> None:
    """Decide it; says what became of it. `seen`: how it was read. Raises what `Book.decide` does."""
    from kontaktnat.joining.differing import is_difference

    book = app.book()
    # Of anything else that waits the book says that there is nothing to take.
    name = title(seen, pending) if pending.hidden or is_difference(pending) else pending.text
    with book.transaction("review", dry_run=dry_run):
        book.decide(pending, take)
        left = book.peek(Pending, pending.id)
        _left(name, left, dry_run=dry_run)


def _left(name: str, left: Pending | None, *, dry_run: bool) -> None:
    from kontaktnat.joining.differing import differences

    if dry_run:
        say(Text("would be decided: {name}", name=name))
    elif left is None or left.hidden:
        say(Text("decided: {name}", name=name))
    else:
        say(Text("decided: {name}; still waiting: {fields}", name=name, fields=", ".join(differences(left))))


def decide_all(app: App, take: Side, *, dry_run: bool) -> None:
    """Decide all in which books differ and that may be seen, as one step of undo."""
    from kontaktnat.joining.differing import is_difference

    book = app.book()
    waiting = [one for one in app.out().pending.all() if is_difference(one)]
    with book.transaction("review", dry_run=dry_run):
        for one in waiting:
            book.decide(one, take)
    n = len(waiting)
    if dry_run:
        say(Text("{n} would be decided", "{n} would be decided", n=n))
    else:
        say(Text("{n} decided", "{n} decided", n=n))


def go_through(app: App, book: Outward, pending: Pending, *, dry_run: bool) -> str:
    """Ask of each field, each a step of undo of its own; "decided", or how it ended: `s` or `q`."""
    from kontaktnat.joining.differing import differences, key_of

    say(Text("{name} ({type} {id})", name=title(book, pending), type=type_label(pending.kind),
             id=key_of(pending)[1]), bold=True)  # fmt: skip
    say(Text("  {text}", text=pending.text))
    decided = False
    for field in differences(pending):
        now = book.peek(Pending, pending.id)  # as it is now: what was decided before has changed it
        if now is None or now.hidden or field not in differences(now):
            continue
        for line in _of_field(book, now, field):
            say(line)
        question = Text("1 as here, 2 as there, s skip, q quit")
        answer = ask_on_terminal(question, default="", show_default=False, value_proc=_read)
        if answer == QUIT:
            return QUIT
        if answer == SKIP:
            continue
        try:
            decide(app, book, now, {field: answer}, dry_run=dry_run)
        except (Invalid, Refused, Conflict, NotFound) as error:
            say(error.text, err=True)
        else:
            decided = True
    return "decided" if decided else SKIP


def _read(text: str) -> str:
    said = text.strip().lower()
    found = {"1": "here", "2": "there", SKIP: SKIP, QUIT: QUIT}.get(said)
    if found is None:
        raise click.UsageError(tr(Text("{answer} is none of these", answer=said or Text("nothing"))))
    return found
