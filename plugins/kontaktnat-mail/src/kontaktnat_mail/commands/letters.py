"""What `mail send` and `mail invite` do with people and letters: as drafts, or sent; who is left out, and the
first to look at.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kontaktnat.errors import Invalid, Refused, Usage, reason
from kontaktnat.extend import Text, say
from kontaktnat_mail.commands.asking import told_reveal

if TYPE_CHECKING:
    from kontaktnat import Book
    from kontaktnat.extend import Outgoing, Outward
    from kontaktnat_mail.settings import Config
    from kontaktnat_mail.whom import Whom


def fields_given(given: Iterable[str]) -> dict[str, str]:
    """`name=value`, or `name=@file`, whose text it is."""
    found = {}
    for one in given:
        name, equals, value = one.partition("=")
        if not equals or not name.strip().isidentifier():
            raise Usage("{given}: write {what}", given=one, what=Text("NAME=VALUE"))
        if value.startswith("@"):
            try:
                value = Path(value[1:]).read_text("utf-8-sig").strip()
            except UnicodeDecodeError:
                raise Invalid("{path}: not UTF-8; save it as UTF-8", path=value[1:]) from None
            except (OSError, ValueError) as error:
                raise Invalid("{path}: {problem}", path=value[1:], problem=reason(error)) from None
        found[name.strip()] = value
    return found


class Work:
    """What both commands do with people and letters."""

    def __init__(self, app: Any, options: dict[str, Any], *, writes: bool = False) -> None:
        from kontaktnat_mail import sending
        from kontaktnat_mail.building import sender
        from kontaktnat_mail.settings import own_addresses, refuse_written
        from kontaktnat_mail.templating import folder_of

        self.app = app
        self.dry_run: bool = options["dry_run"]
        self._into: str | None = options["into"]
        self._mailer: str = options["mailer"] or ("smtp" if options["smtp"] else "drafts")
        if options["smtp"] and options["mailer"] not in (None, "smtp"):
            raise Usage("--smtp and --mailer {name}: give one of them", name=options["mailer"])
        if self.leaves and self._into:
            raise Usage("--into is where drafts are written: without it what is sent is sent")
        self._made: list[Path] = []
        self._again: tuple[str, ...] = options["again"]
        writes = writes or self.leaves or app.reveal is not None
        self.book: Book = app.book("rw" if writes else "r")
        self.out: Outward = told_reveal(app, self.book)
        refuse_written(self.book.plugins.config.get("plugins", {}).get("mail", {}))
        self.config: Config = self.book.plugins.settings("mail")
        self.own = own_addresses(self.book, self.config, options["me"])
        if not self.own:
            raise Usage(
                "whose letters are they? give --me ADDRESS, or set it once: me in [plugins.mail] of the "
                "configuration"
            )
        self._way = sending.way(self.book, self._mailer, self.config) if self.leaves else None
        self.by = sender(self.own[0], self.config.reply_to)
        self.lang: str = options["language"] or self.config.language
        self.folder = folder_of(self.config)

    def waiting(self, key: str) -> frozenset[str]:
        """Ids of those to whom letters that were begun have not gone, and who are to have them again."""
        from kontaktnat_mail import journal

        if not self.leaves:
            return frozenset(self.again)
        return journal.waiting(journal.beside(self.book.place), key) | {*self.again}

    @cached_property
    def again(self) -> dict[str, str]:
        """The ids of those whom --again names, as letters have them, and how it names them."""
        found = ((text, self.app.pick(self.out, text, ("contact", "role", "actor"))) for text in self._again)
        return {str(getattr(one, "contact", None) or one.id): text for text, one in found}

    @property
    def leaves(self) -> bool:
        """Whether the letters go, and are not only written."""
        return self._mailer != "drafts"

    @contextmanager
    def undone_on_error(self) -> Iterator[None]:
        """Around a transaction: where it is not saved, no draft of it is left."""
        try:
            yield
        except BaseException:
            for path in self._made:
                path.unlink(missing_ok=True)
            for folder in {path.parent for path in self._made}:
                with suppress(OSError):
                    folder.rmdir()  # which is not done where there is something else in it
            raise

    def show(self, people: Whom, letters: Sequence[Outgoing], gone: Whom | None = None) -> None:
        """Who gets it and who not, and the first. Raises Refused where nobody gets it, Usage where somebody
        whom --again names is none of them.
        """
        if strange := [text for id, text in self.again.items() if id not in {one.who for one in letters}]:
            raise Usage("--again {who}: they are not among those whom this is for", who=", ".join(strange))
        if people.reached or not (gone and gone.reached):
            _told(people)
        if gone and gone.reached:
            names = "; ".join(one.name for one in gone.reached)
            say(Text("no longer asked to come, and told so: {names}", names=names), err=True)
        if gone and gone.left:
            say(Text("no longer asked to come, and not told so:"), err=True)
            _told_left(gone)
        if not letters:
            raise Refused("nobody is left to write to")
        _preview(letters[0], len(letters))
        if self.dry_run:
            say(Text("nothing is written or sent"), err=True)

    def agree(self, n: int) -> None:
        """Ask before anything is sent, where there is somebody to ask. Raises Refused."""
        ask = Text("Send {n} mail?", "Send {n} mails?", n=n)
        if self.app.interactive and not self.app.confirm(ask):
            raise Refused("nothing has been sent")

    def write(self, letters: Sequence[Outgoing], name: str, others: Sequence[tuple[str, bytes]] = ()) -> None:
        """As drafts; `others`: files to lie beside them."""
        from kontaktnat_mail import drafts

        plain = drafts.plain(Path(name).stem)
        folder = (
            Path(self._into) if self._into else drafts.fresh(Path(f"mail-{self.app.now().date()}-{plain}"))
        )
        self._made = drafts.write(letters, folder, others=others)
        n = len(letters)
        say(Text("{n} draft in {folder}: open it in your mail program, look at it and send it",
                 "{n} drafts in {folder}: open each in your mail program, look at it and send it", n=n,
                 folder=str(folder)))  # fmt: skip

    def send(self, letters: Sequence[Outgoing], key: str) -> None:
        """By the mailer that was chosen. Raises Refused where some have not gone, saying so."""
        from kontaktnat_mail import sending

        book, n, way = self.book, len(letters), self._way
        assert way is not None
        with _progress(n, shown=self.app.interactive) as step:
            result = sending.deliver(book, letters, way, key, again=self.again, told=step)
        for line in sending.lines(result):
            say(line)
        if result.error:
            raise result.error
        if missing := len(result.later) + len(result.unknown) + len(result.rest):
            raise Refused("{n} of {all} have not gone for certain; the same command goes on with who has not "
                          "had it", n=missing, all=n)  # fmt: skip


def _told(people: Whom) -> None:
    reached, asked = len(people.reached), people.asked
    say(Text("to {reached} of {asked}", reached=reached, asked=asked), err=True)
    _told_left(people)
    if people.hushed:
        say(
            Text("somebody protected may be among those who represent it: of them nothing is told"),
            err=True,
        )


def _told_left(people: Whom) -> None:
    from kontaktnat_mail.whom import counted

    for line in counted(people):
        say(line, err=True)


def _preview(first: Outgoing, n: int) -> None:
    say(Text("the first of {n}:", "the first of {n}:", n=n), err=True)
    say(Text("  To: {who} <{mail}>", who=first.name, mail=first.to), err=True)
    say(Text("  Subject: {subject}", subject=first.subject), err=True)
    for line in ("", *first.text.rstrip().splitlines()):
        click.echo(f"  {''.join(one for one in line if one.isprintable())}".rstrip(), err=True)


@contextmanager
def _progress(n: int, *, shown: bool) -> Iterator[Callable[[Any], None]]:
    if not shown:
        yield lambda _: None
        return
    with click.progressbar(length=n, file=sys.stderr) as bar:
        yield lambda _: bar.update(1)
