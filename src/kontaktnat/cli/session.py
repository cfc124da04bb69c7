"""Going through the quarantine with somebody at a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import click

from kontaktnat.cli.app import App, say
from kontaktnat.cli.terminal import ask_on_terminal, confirm
from kontaktnat.cli.waiting import decide, describe_one, hat_at, is_difference
from kontaktnat.errors import Ambiguous, Conflict, Invalid, NotFound, Refused
from kontaktnat.guests import is_guest
from kontaktnat.i18n import Text, tr
from kontaktnat.model import Pending, Record, Role
from kontaktnat.outward import Outward

NEW, DISCARD, IGNORE, SKIP, QUIT = "n", "d", "i", "s", "q"


def go_through(app: App, book: Outward, ids: Sequence[str], *, dry_run: bool) -> None:
    """Show each and do what is answered, each a step of undo of its own; ends with the counts.

    `book`: through what is read, covered or revealed.
    """
    counts: Counter[str] = Counter()
    ids, known = list(ids), {one.id for one in book.pending.all()}
    for number, id in enumerate(ids, 1):
        pending = book.peek(Pending, id)  # as it is now: what was decided before may have changed it
        if pending is None:
            continue
        say(Text("{number} of {all}", number=number, all=len(ids)))
        done = _one(app, book, pending, dry_run=dry_run)
        if done == QUIT:
            break
        counts[done] += 1
        fresh = [one.id for one in book.pending.all() if one.id not in known]
        ids += fresh  # a question that the answer has raised is asked at once
        known.update(fresh)
    decided = counts["onto"] + counts[NEW] + counts[DISCARD] + counts[IGNORE] + counts["decided"]
    if counts[IGNORE]:
        say(Text("ignored from now on {n}", n=counts[IGNORE]))
    if counts["decided"]:
        say(Text("decided between two books {n}", n=counts["decided"]))
    say(Text("onto others {onto}, new {new}, discarded {discarded}, left {left}", onto=counts["onto"],
             new=counts[NEW], discarded=counts[DISCARD], left=len(ids) - decided))  # fmt: skip


def _one(app: App, book: Outward, pending: Pending, *, dry_run: bool) -> str:
    """What was done with it."""
    from kontaktnat.quarantine import becomes

    if is_difference(pending):
        from kontaktnat.cli.differing import go_through as by_field

        return by_field(app, book, pending, dry_run=dry_run)
    found = describe_one(book, pending)
    if becomes(pending) is None:
        say(Text("  left: nobody here knows what a {kind} is; its plugin may be missing", kind=pending.kind))
        return SKIP
    while True:
        chosen = ask_on_terminal(_question(found, guest=is_guest(pending)), default="", show_default=False,
                                 value_proc=lambda text: _read(app, book, pending, text, found))  # fmt: skip
        if chosen in (SKIP, QUIT):
            return str(chosen)
        hat = chosen if isinstance(chosen, Role) and not chosen.id else None  # which nobody wears yet
        target = chosen if isinstance(chosen, Record) and not hat else None
        onto = target.id if target else None
        take = ("name",) if target and _takes_name(pending, target) else ()
        try:
            decide(app, pending, onto=onto, discard=chosen == DISCARD, ignore=chosen == IGNORE, hat=hat,
                   dry_run=dry_run, take=take)  # fmt: skip
        except (Invalid, Ambiguous, Refused) as error:
            say(error.text, err=True)
        except (Conflict, NotFound) as error:  # somebody else has decided it meanwhile
            say(error.text, err=True)
            return SKIP
        else:
            return "onto" if onto else NEW if hat else str(chosen)


def _takes_name(pending: Pending, onto: Record) -> bool:
    """Whether somebody is called from now on as the row says."""
    from kontaktnat.outward import title_of
    from kontaktnat.quarantine import other_name

    if pending.hidden or not (other := other_name(pending, onto)):
        return False
    question = Text("Is {name} called {other} from now on?", name=title_of(onto), other=other)
    return confirm(question, default=False)


def _question(found: Sequence[Record], *, guest: bool) -> Text:
    if guest:
        if not found:
            return Text(
                "a name: it is that one; n new, n ACTOR new there, d discard, i ignore, s skip, q quit"
            )
        return Text("1-{last} or a name: it is this one; n new, n ACTOR new there, d discard, i ignore, "
                    "s skip, q quit", last=len(found))  # fmt: skip
    if not found:
        return Text("a name: it is that one; n new, d discard, s skip, q quit")
    if len(found) == 1:
        return Text("1 or a name: it is this one; n new, d discard, s skip, q quit")
    return Text("1-{last} or a name: it is this one; n new, d discard, s skip, q quit", last=len(found))


def _read(app: App, book: Outward, pending: Pending, text: str, found: Sequence[Record]) -> Record | str:
    said = text.strip().lower()
    if said == IGNORE and is_guest(pending):
        return IGNORE
    if is_guest(pending) and said.startswith(f"{NEW} "):
        try:
            return hat_at(app, text.strip()[2:])
        except (NotFound, Ambiguous) as error:
            raise click.UsageError(tr(error.text)) from None
    if said in (NEW, DISCARD, SKIP, QUIT):
        return said
    if said.isdecimal() and 1 <= int(said) <= len(found):
        return found[int(said) - 1]
    if len(said) > 1 and not said.isdecimal():
        return _named(book, pending, text)
    raise click.UsageError(tr(Text("{answer} is none of these", answer=text.strip() or Text("nothing"))))


def _named(book: Outward, pending: Pending, text: str) -> Record:
    """Whom somebody names who is not among those that it may be."""
    from kontaktnat.quarantine import onto_types
    from kontaktnat.refs import resolve

    try:
        return resolve(book, text, onto_types(pending))
    except (NotFound, Ambiguous) as error:
        raise click.UsageError(tr(error.text)) from None
