"""What all commands share: which book, who writes, asking on a terminal, and the options that are alike."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kontaktnat.cli.language import translated
from kontaktnat.cli.terminal import ask_on_terminal, confirm
from kontaktnat.errors import Ambiguous, Invalid, NotFound, Refused, Usage, reason
from kontaktnat.i18n import Text, or_nearest, tr

if TYPE_CHECKING:
    from kontaktnat.book import Book
    from kontaktnat.descriptors import Finding, Mode, Transaction
    from kontaktnat.model import Record
    from kontaktnat.outward import Outward
    from kontaktnat.plugins import Plugins

_FEW = 5

C = TypeVar("C", bound=Callable[..., Any])


class App:
    """The state of one run of the command line."""

    def __init__(self, opening: Mapping[str, Any] | None = None) -> None:
        self.opening = opening or {}
        """What books are opened with besides, for tests: plugins, a clock, ids."""
        self.path: str | None = None
        self.by: str | None = None
        self.reveal: str | None = None
        self.accept: str | None = None
        """Why what checks find in what is written is accepted."""
        self.yes = False
        self.wait = 10.0
        """Seconds to wait for another process."""
        self.writes = False
        """Whether the command that runs may change the book."""
        self.debug = False
        self.plugin = ""
        """The plugin whose command runs."""
        self._book: Book | None = None
        self._found = self._looks = 0
        self._plugins: Plugins | None = None
        self._until_closed = ExitStack()

    @property
    def interactive(self) -> bool:
        """Whether there is somebody to ask."""
        return not self.yes and sys.stdin.isatty() and sys.stderr.isatty()

    @property
    def where(self) -> str:
        """The book's path: as told, or in the user's data folder.

        `~` and variables are seen to here, for a shell that asks what to offer hands them over as typed.
        """
        if self.path:
            from kontaktnat.opening import scheme_of

            if scheme_of(self.path) != "file":
                return self.path  # a password may hold a $
            return os.path.expandvars(os.path.expanduser(self.path))  # noqa: PTH111  no Path: `a//b` stays
        from platformdirs import user_data_path

        return str(user_data_path("kontaktnat", appauthor=False) / "kontaktnat.kn")

    @property
    def file(self) -> Path | None:
        """Where the book lies, if it is a file."""
        from kontaktnat.opening import scheme_of

        return Path(self.where) if scheme_of(self.where) == "file" else None

    def book(self, mode: Mode = "rw") -> Book:
        """The book, opened once."""
        if self._book is None:
            if mode == "create" and not self.path:
                Path(self.where).parent.mkdir(parents=True, exist_ok=True)
            self._book = self._open(mode)
            if self.writes and mode == "rw" and not self._book.store.writable and self._may_lift():
                self._book.close()
                self._book = self._open(mode, migrate=True)
            self._found = self._book.version
            self._book.on_commit(self._note)
            self._book.on_finding(told_findings)
            if self.accept is not None:
                self._until_closed.enter_context(self._book.accepting(self.accept))
        return self._book

    def _open(self, mode: Mode, *, migrate: bool = False) -> Book:
        import kontaktnat

        return kontaktnat.open(
            self.where, mode=mode, by=self.by, config=config(), lock_timeout=self.wait, migrate=migrate,
            **self.opening,
        )  # fmt: skip

    def _may_lift(self) -> bool:
        """Of a book that an older kontaktnat wrote; who has no terminal is not asked."""
        lift = Text(
            "{path} is of an older kontaktnat. Bring it up to date, with a backup beside?", path=self.where
        )
        return not self.interactive or confirm(lift, default=True)

    def _note(self, done: Transaction) -> None:
        self._looks += not done.changes  # one at what is protected is logged, and changes nothing

    def new_book(self, rehearse: Callable[[Book], Any], *, dry_run: bool = False) -> Book:
        """The book, made if need be, but not before `rehearse` went well on an empty one in memory.

        So nothing is left behind by a slip of the pen; with `dry_run`, nothing at all.
        """
        import kontaktnat

        made = self.file is not None and not self.file.exists()
        if made:
            scratch = kontaktnat.open("memory:", mode="create", by=self.by, config=config(), **self.opening)
            if dry_run:
                self._book = scratch
                return scratch
            with scratch:
                rehearse(scratch)
        book = self.book("create")
        if made:
            self._warn_of_place()
        return book

    def _warn_of_place(self) -> None:
        from kontaktnat.store.surroundings import risks

        if not config().get("shared_folder"):
            for risk in risks(self.where):
                say(Text("{message}: {remedy}", message=risk.message, remedy=risk.remedy), err=True)

    @property
    def saved(self) -> bool:
        """Whether the book has changed since it was opened here."""
        return self._book is not None and self._book.version > self._found + self._looks

    def target(self, path: str | Path) -> Path:
        """A file to write to; raises Refused where that is the book itself."""
        wanted, book = Path(path), self.file
        if book is not None and wanted.resolve() in (book.resolve(), Path(f"{book.resolve()}.lock")):
            raise Refused("{path} is the book itself; name another file", path=str(path))
        return wanted

    def out(self, as_of: str | None = None) -> Outward:
        """The book for reading: redacted unless a reason to reveal is given, as of a day."""
        book: Outward = self.book("r" if self.reveal is None else "rw")
        if self.reveal is not None:
            book = self.book().outward(reveal=self.reveal)
        return book if as_of is None else book.as_of(self.day(as_of, past=True))

    def plugins(self) -> Plugins:
        """The plugins, without a book: for help and for commands of theirs."""
        if self._plugins is None:
            from kontaktnat.plugins import Plugins

            wanted = self.opening.get("plugins")
            self._plugins = self._book.plugins if self._book else Plugins(wanted, config())
        return self._plugins

    def close(self) -> None:
        """Let go of the book."""
        self._until_closed.close()
        if self._book is not None:
            self._book.close()

    # What people type

    def now(self) -> datetime:
        """The book's clock, in Stockholm."""
        from kontaktnat.model import stockholm

        clock = (
            self._book.clock if self._book else self.opening.get("clock", lambda: datetime.now(stockholm()))
        )
        return clock().astimezone(stockholm())

    def day(self, text: str, *, past: bool | None) -> Any:
        """A (partial) date as people write it; `past`: None where the nearest is meant."""
        from kontaktnat.timewords import parse_day

        return self._nearest(lambda past: parse_day(text, self.now(), past=past), past)

    def moment(self, text: str, *, past: bool | None) -> Any:
        """A time or date as people write it; `past`: None where the nearest is meant."""
        from kontaktnat.timewords import parse_moment

        return self._nearest(lambda past: parse_moment(text, self.now(), past=past), past)

    def _nearest(self, read: Callable[[bool], Any], past: bool | None) -> Any:
        if past is not None:
            return read(past)
        from kontaktnat.model import day_of

        today = self.now().date()
        return min((read(True), read(False)), key=lambda moment: abs(day_of(moment) - today))

    def ask(self, value: str | None, what: str) -> str:
        """The value, or what is answered on a terminal; raises Usage where there is nobody to ask."""
        if value is not None and value.strip():
            return value
        if not self.interactive:
            context = click.get_current_context()
            raise Usage("{what} is missing; see {command} --help", what=Text(what),
                        command=context.command_path)  # fmt: skip
        while not (answer := str(ask_on_terminal(what)).strip()):  # Windows may leave a carriage return
            pass
        return answer

    def confirm(self, question: str, *, default: bool = False) -> bool:
        """Yes or no in either language, asked at a terminal."""
        return confirm(question, default=default)

    def pick(self, book: Outward, text: str, types: Sequence[str], **options: Any) -> Record:
        """The record that is meant; on a terminal one chooses among several."""
        from kontaktnat.refs import resolve

        try:
            return resolve(book, text, types, **options)
        except Ambiguous as error:
            return book.get(self.choose(error))
        except NotFound as error:
            if error.fields["nearest"] or "day" in error.fields or not text.strip():
                raise
            raise NotFound("nothing is called {text}; kontaktnat find TEXT searches everything", text=text,
                           nearest=()) from None  # fmt: skip

    def chosen(self, book: Outward, text: str) -> list[Record]:
        """The records that a text names, as after `list`, or as `show` takes it: see `listing.chosen`."""
        from kontaktnat.cli.listing import chosen

        return chosen(self, book, text)

    def word(self, book: Outward, vocabulary: str, text: str) -> str:
        """The id of a word that is typed; on a terminal one chooses among several it may begin."""
        try:
            return book.words.lookup(vocabulary, text)
        except Ambiguous as error:
            return self.choose(error)

    def category(self, book: Outward, field: str, text: str) -> str:
        """The code that is meant in `categories` or `legal_form`; on a terminal one chooses among several."""
        try:
            return book.schemes.lookup(text, field)
        except Ambiguous as error:
            chosen = self.choose(error)
            return chosen if field == "categories" else chosen.partition(":")[2]

    def choose(self, error: Ambiguous) -> str:
        """The id of the candidate that is chosen on a terminal; elsewhere the error itself is raised."""
        candidates = error.fields["candidates"]
        if not self.interactive:
            raise error
        say(Text("{text} may be:", text=error.fields.get("text", "")), err=True)
        for number, (id, name) in enumerate(candidates, 1):
            say(Text("  {number}. {name} ({id})", number=number, name=name, id=id), err=True)
        number_type = click.IntRange(1, len(candidates))
        number_type.name = tr(Text("number from 1 to {n}", "number from 1 to {n}", n=len(candidates)))
        chosen = ask_on_terminal(Text("Which"), type=number_type)
        id = candidates[chosen - 1][0]
        return str(id)


class Commands(click.Group):
    """A group that knows the nearest command to a slip of the pen."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args and ctx.parent is not None and not ctx.resilient_parsing:
            names = self.list_commands(ctx)
            told = Text("{name} what? one of {names}", name=ctx.info_name, names=", ".join(names))
            if not ctx.ensure_object(App).interactive:
                raise click.UsageError(tr(told), ctx)
            args = [ask_on_terminal(told, type=click.Choice(names), show_choices=False)]
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            hint = or_nearest(args[0], self.list_commands(ctx))
            problem = Text("there is no command {name}{hint}", name=args[0], hint=hint)
            raise click.UsageError(tr(problem), ctx)
        return super().resolve_command(ctx, args)


class LazyCommands(Commands):
    """A group whose commands are imported when used: name → (summary, "module:attribute")."""

    def __init__(self, *args: Any, targets: Mapping[str, tuple[Text, str]], **extra: Any) -> None:
        super().__init__(*args, **extra)
        self._targets = targets

    def list_commands(self, _: click.Context) -> list[str]:
        return list(self._targets)

    def get_command(self, _: click.Context, cmd_name: str) -> click.Command | None:
        return imported(self._targets[cmd_name][1]) if cmd_name in self._targets else None

    def format_commands(self, _: click.Context, formatter: click.HelpFormatter) -> None:
        """Names and summaries, without importing a single target."""
        rows = [(name, tr(summary)) for name, (summary, _) in self._targets.items()]
        with formatter.section(tr(Text("Commands"))):
            formatter.write_dl(rows)


def imported(path: str) -> click.Command:
    """The command at `module:attribute`, in the user's language."""
    module, _, attribute = path.partition(":")
    command: click.Command = getattr(importlib.import_module(module), attribute)
    return translated(command)


def config() -> dict[str, Any]:
    """The user's configuration: KONTAKTNAT_CONFIG, or config.toml in the user's configuration folder."""
    named = os.environ.get("KONTAKTNAT_CONFIG")
    if named:
        path = Path(named)
    else:
        from platformdirs import user_config_path

        path = user_config_path("kontaktnat", appauthor=False) / "config.toml"
    try:
        text = path.read_text("utf-8-sig")  # the Notepad of older Windows begins with a byte order mark
        if not text.strip():
            return {}
        import tomllib

        return tomllib.loads(text)
    except FileNotFoundError:
        if named:
            raise Usage("{path}: there is no such configuration file", path=named) from None
        return {}
    except ValueError as error:
        raise Invalid("{path}: {problem}", path=str(path), problem=str(error)) from None
    except OSError as error:
        raise Usage("{path}: {problem}", path=str(path), problem=reason(error)) from None


def printable(text: str) -> str:
    """Without what would command the terminal: imported data may hold anything."""
    return "".join(one if one.isprintable() else "�" for one in text)


def one_line(text: str) -> str:
    """The same, on one line."""
    return printable(" ".join(text.split()))


def say(line: str, *, err: bool = False, **style: Any) -> None:
    """A line for eyes, in the user's language; it may name what is in the book."""
    text = printable(tr(line))
    click.echo(click.style(text, **style) if style else text, err=err)


def pairs(given: Sequence[str], what: str = "FIELD=VALUE") -> dict[str, str]:
    """`field=value` arguments as a mapping."""
    found = {}
    for pair in given:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip():
            raise Usage("{given}: write {what}", given=pair, what=Text(what))
        found[name.strip()] = value.strip()
    return found


def pass_app(command: Callable[..., Any]) -> Callable[..., Any]:
    """Hand the App to a command; click's own decorator is too strict for commands that take `**options`."""
    return click.make_pass_decorator(App)(command)


def complete(what: str) -> Callable[..., Any]:
    """A `shell_complete`: what a shell may offer here, found out only when it asks.

    `what`: anything, people, contacts, actors, networks, topics, assignments, planned (meetings to come),
    whom (to whom one writes), role, file, or a vocabulary. Nobody protected is offered.
    """

    def answer(ctx: click.Context, parameter: click.Parameter, typed: str) -> Any:
        from kontaktnat.cli.completion import offered

        return offered(what, ctx, parameter, typed)

    return answer


OUTPUTS = ("table", "json", "jsonl", "csv", "ids", "addresses")


def output_option(command: C) -> C:
    """`-o table|json|jsonl|csv|ids|addresses`."""
    return click.option("-o", "--output", type=click.Choice(OUTPUTS), default="table", help="How to print.")(
        command
    )


def as_of_option(command: C) -> C:
    """`--as-of DATE`."""
    return click.option("--as-of", metavar="DATE", help="As it was on a day.")(command)


def dry_run_option(command: C) -> C:
    """`--dry-run`."""
    return click.option("--dry-run", is_flag=True, help="Judge it, save nothing.")(command)


def by_option(command: C) -> C:
    """Decorator: `--by NAME`, also after the command. It says that the command writes."""

    def keep(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
        app = ctx.ensure_object(App)
        app.writes = True
        if value:
            app.by = value

    return click.option("--by", metavar="NAME", expose_value=False, callback=keep, help="Who writes.")(
        command
    )


def accept_option(command: C) -> C:
    """Decorator: `--accept REASON`: save what a check would refuse, or tells; remembered with its reason."""

    def keep(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
        if value is not None:
            ctx.ensure_object(App).accept = value

    return click.option("--accept", metavar="REASON", expose_value=False, callback=keep,
                        help="Save what a check of free text finds; remembered.")(command)  # fmt: skip


def told_findings(findings: Sequence[Finding]) -> None:
    """What checks found in what is saved, as a line each on standard error; of many the first."""
    from kontaktnat.model.names import type_label

    for one in findings[:_FEW]:
        say(Text("look: {type} {id} {path}: {message}; {remedy}", type=type_label(one.type), id=one.id,
                 path=one.path, message=one.message, remedy=one.remedy), err=True)  # fmt: skip
    if (n := len(findings) - _FEW) > 0:
        say(Text("look: {n} more: kontaktnat check", "look: {n} more: kontaktnat check", n=n), err=True)


def reveal_option(command: C) -> C:
    """`--reveal REASON`, also after the command."""

    def keep(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
        if value is not None:
            ctx.ensure_object(App).reveal = value

    return click.option("--reveal", metavar="REASON", expose_value=False, callback=keep,
                        help="Show the protected too; logged.")(command)  # fmt: skip
