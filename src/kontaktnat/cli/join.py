"""`merge other.kn`: what was done in another copy of the book, taken over; called from `merge`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kontaktnat.cli.app import App, config, say
from kontaktnat.cli.differing import title
from kontaktnat.errors import NotFound, Usage
from kontaktnat.i18n import Text, joined
from kontaktnat.model.names import type_label

if TYPE_CHECKING:
    from kontaktnat.joining.results import Joined
    from kontaktnat.model import Pending
    from kontaktnat.outward import Outward

_FEW = 5


def is_book(text: str | None) -> bool:
    """Whether a book is meant and not a record: a file, what is called like one, or a store's URL."""
    return text is not None and (text.endswith(".kn") or "://" in text or Path(text).is_file())


def join(app: App, path: str, take: Sequence[str], *, dry_run: bool) -> None:
    """Take over what was done there, and say what became of it."""
    import kontaktnat

    sides = {name.strip() for part in take for name in part.split(",")}
    if sides - {"here", "there"} or len(sides) > 1:
        raise Usage("of two books take here or there, for all that both changed: --take here")
    book = app.book()
    if app.file is not None and not Path(path).exists() and "://" not in path:
        raise NotFound("{path}: there is no such file", path=path, nearest=())
    with kontaktnat.open(
        path, mode="r", by=app.by, config=config(), lock_timeout=app.wait, **app.opening
    ) as other:
        done = book.join(
            other, take="here" if "here" in sides else "there" if sides else None, dry_run=dry_run,
            reveal=app.reveal,
        )  # fmt: skip
    _tell(app.out(), done)
    if done.number and (done.created or done.updated or done.deleted or done.conflicts):
        say(Text("undo {number} takes it back", number=done.number))
    say(done.summary)


def _tell(book: Outward, done: Joined) -> None:
    say(Text("{n} transaction in {name} was new here", "{n} transactions in {name} were new here",
             n=done.news, name=done.name))  # fmt: skip
    for one in done.left_out[:_FEW]:
        say(Text("left out: {type} {id}: {reason}", type=type_label(one.type), id=one.id, reason=one.reason),
            err=True)  # fmt: skip
    if (more := len(done.left_out) - _FEW) > 0:
        say(Text("… and {n} more left out", "… and {n} more left out", n=more), err=True)
    if done.left_out:
        say(Text("what is left out is tried again by the next merge"))
    if done.erased_here:
        say(Text("{n} record there says something of people who were erased here: that was not taken",
                 "{n} records there say something of people who were erased here: that was not taken",
                 n=done.erased_here))  # fmt: skip
    if done.erased_there:
        say(Text("erased there, and still here: {ids}; kontaktnat privacy erase ID --decision REFERENCE",
                 ids=joined(", ", done.erased_there)))  # fmt: skip
    for waiting in done.conflicts[:_FEW]:
        say(Text("both changed: {what}", what=_line(book, waiting)))
    if (more := len(done.conflicts) - _FEW) > 0:
        say(Text("… and {n} more", "… and {n} more", n=more))
    if n := len(done.conflicts):
        say(Text("{n} waits to be decided: kontaktnat review", "{n} wait to be decided: kontaktnat review",
                 n=n))  # fmt: skip


def _line(book: Outward, waiting: Pending) -> Text:
    return Text("{name}: {text}", name=title(book, waiting), text=waiting.text)
