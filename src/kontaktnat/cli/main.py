"""The entry point: commands are imported when used, and one map leads from errors to exit codes."""

from __future__ import annotations

import atexit
import contextlib
import errno
import gc
import logging
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from kontaktnat.cli.app import App, Commands, complete, imported, one_line
from kontaktnat.cli.language import asked_for, speaking, translated, without_language
from kontaktnat.errors import KontaktnatError, reason
from kontaktnat.i18n import Text, language, tr

COMMANDS: dict[str, tuple[Text, str]] = {
    "init": (Text("Make a book, with a county in it."), "kontaktnat.cli.start:init"),
    "demo": (Text("Make a demo book of invented people."), "kontaktnat.cli.start:demo"),
    "add": (Text("Add a contact, an actor, a role, …"), "kontaktnat.cli.add:add"),
    "log": (Text("Log a call, mail, visit, training, …"), "kontaktnat.cli.log:log"),
    "topic": (Text("Raise, lift, answer, return, close a topic."), "kontaktnat.cli.topic:topic"),
    "today": (Text("What is due."), "kontaktnat.cli.todo:today"),
    "done": (Text("Tick off a follow-up."), "kontaktnat.cli.todo:done"),
    "snooze": (Text("Put a follow-up off."), "kontaktnat.cli.todo:snooze"),
    "handover": (Text("Hand a post over, or an actor's place."), "kontaktnat.cli.handover:handover"),
    "set": (Text("Change fields of a record."), "kontaktnat.cli.change:set_"),
    "edit": (Text("Change a record in an editor."), "kontaktnat.cli.edit:edit"),
    "delete": (Text("Take a record out of the book."), "kontaktnat.cli.change:delete"),
    "show": (Text("One record's page."), "kontaktnat.cli.read:show"),
    "find": (Text("Search all text."), "kontaktnat.cli.read:find"),
    "list": (Text("Records of one type, filtered."), "kontaktnat.cli.listing:list_"),
    "view": (Text("A question with a table for an answer."), "kontaktnat.cli.read:view"),
    "merge": (Text("Make one of two records of one thing."), "kontaktnat.cli.merge:merge"),
    "review": (Text("Decide what waits in quarantine."), "kontaktnat.cli.review:review"),
    "import": (Text("Take in CSV, JSON, JSON Lines, …"), "kontaktnat.cli.files:import_"),
    "export": (Text("Write everything in a format."), "kontaktnat.cli.files:export"),
    "privacy": (Text("Data protection and public records."), "kontaktnat.cli.privacy:privacy"),
    "history": (Text("What was recorded when, by whom."), "kontaktnat.cli.past:history"),
    "undo": (Text("Take back what was done."), "kontaktnat.cli.past:undo"),
    "check": (Text("Look for what is wrong in the book."), "kontaktnat.cli.care:check"),
    "pack": (Text("County packs: check one, update from one."), "kontaktnat.cli.pack:pack"),
    "plugins": (Text("What is installed, and what failed."), "kontaktnat.cli.plugins:plugins"),
}


class ReaderGone(Exception):
    """Whoever read standard output has enough (`| head`): no error, and click would make it one."""


class LazyGroup(Commands):
    """Commands by name; the built-in ones first, then the plugins'."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*COMMANDS, *sorted(set(_plugin_commands(ctx)) - set(COMMANDS))]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in COMMANDS:
            return imported(COMMANDS[cmd_name][1])
        app = ctx.ensure_object(App)
        app.plugins().uncontested("register_commands", cmd_name)
        if described := _plugin_commands(ctx).get(cmd_name):
            pieces = app.plugins().pieces("register_commands")
            app.plugin = next(plugin for plugin, piece in pieces if piece.name == cmd_name)
            return imported(described.target)
        return None

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        with _pipe():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        with _pipe():
            return super().invoke(ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Names and summaries, without importing a single target."""
        rows = [(name, tr(summary)) for name, (summary, _) in COMMANDS.items()]
        try:
            found = _plugin_commands(ctx)
        except KontaktnatError as error:  # a mistake in the configuration is no reason to give no help
            _complain(ctx.ensure_object(App), error.message(language()), error.exit_code)
            found = {}
        extra = [(name, tr(one.summary)) for name, one in sorted(found.items()) if name not in COMMANDS]
        for title, lines in ((tr(Text("Commands")), rows), (tr(Text("Commands of plugins")), extra)):
            if lines:
                with formatter.section(title):
                    formatter.write_dl(lines)


@contextmanager
def _pipe() -> Iterator[None]:
    try:
        yield
        sys.stdout.flush()
    except OSError as error:
        # Windows says EINVAL where others say EPIPE.
        if error.errno == errno.EPIPE or (os.name == "nt" and error.errno == errno.EINVAL):
            raise ReaderGone from None
        raise


def _plugin_commands(ctx: click.Context) -> Any:
    app = ctx.ensure_object(App)
    return app.plugins().collect("register_commands")


class Seconds(click.FloatRange):
    """A time to wait; the mistake is told in words, not as the name of a type."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        try:
            float(value)
        except ValueError:
            self.fail(tr(Text("{value} is no number of seconds", value=value)), param, ctx)
        return float(super().convert(value, param, ctx))


def _version(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from importlib.metadata import version

        click.echo(f"kontaktnat {version('kontaktnat')}")
        ctx.exit()


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("-b", "--book", envvar="KONTAKTNAT_BOOK", metavar="PATH", help="The book's file or URL.",
              shell_complete=complete("file"))  # fmt: skip
@click.option("--by", envvar="KONTAKTNAT_BY", metavar="NAME", help="Who writes.")
@click.option("--reveal", metavar="REASON", help="Show the protected too; logged in the book.")
@click.option("--wait", envvar="KONTAKTNAT_WAIT", metavar="SECONDS", type=Seconds(min=0), default=10,
              help="How long to wait while another process writes; otherwise 10.")  # fmt: skip
@click.option("-y", "--yes", is_flag=True, help="Ask nothing.")
@click.option("--debug", is_flag=True, help="Show where an error came from, without its data.")
@click.option("--lang", metavar="sv|en", envvar="KONTAKTNAT_LANG", expose_value=False,
              shell_complete=complete("languages"),
              help="The language to speak; otherwise the system's.")  # fmt: skip
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version,
              help="Show the version.")  # fmt: skip
@click.pass_context
def cli(
    ctx: click.Context,
    book: str | None,
    by: str | None,
    reveal: str | None,
    wait: float,
    yes: bool,
    debug: bool,
) -> None:
    """Contacts, roles and promises of a county's crime-prevention network."""
    app = ctx.ensure_object(App)
    if book is not None and not book.strip():
        raise click.UsageError(tr(Text("-b names no book")))  # a script's variable that is not set, perhaps
    app.path, app.by, app.reveal, app.wait, app.yes, app.debug = book, by, reveal, wait, yes, debug
    ctx.call_on_close(app.close)


def main(args: list[str] | None = None, opening: Mapping[str, Any] | None = None) -> None:
    """Run, and exit with the code of what happened; an error is one line on standard error.

    `opening`: what books are opened with besides what is typed, as `kontaktnat.open` takes it, for tests.
    """
    if args is None:  # the process is this command's own
        _in_utf8()
        _collect_little()
    _main(args, opening or {})


def _in_utf8() -> None:
    """Begin anew in UTF-8 mode where the system claims to know nothing but ASCII (LC_ALL=C, PYTHONUTF8=0).

    There Swedish letters in arguments, file names and the environment are bytes that nobody can read.
    """
    if sys.getfilesystemencoding() == "ascii" and not sys.flags.utf8_mode:
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])


def _collect_little() -> None:
    """The garbage collector runs seldom from now on, and not over what is there when the process ends.

    A command makes tens of thousands of objects that live as long as it does. To look through them again and
    again was a fifth of the time that `show` takes.
    """
    gc.set_threshold(50_000, *gc.get_threshold()[1:])
    atexit.register(gc.freeze)


def _main(args: list[str] | None, opening: Mapping[str, Any]) -> None:
    _streams()
    app = App(opening)
    name = "kn" if Path(sys.argv[0]).stem.lower() == "kn" else "kontaktnat"
    try:
        if os.environ.get(variable := f"_{name.upper()}_COMPLETE"):
            from kontaktnat.cli.completion import answer

            sys.exit(answer(cli, app, name, variable))
        words = sys.argv[1:] if args is None else args
        lang = asked_for(words)
    except KontaktnatError as error:
        sys.exit(_complain(app, error.message(), error.exit_code))
    with speaking(lang):
        sys.exit(_run(app, without_language(words), name))


def _before_the_command(error: click.UsageError) -> str:
    """What to say of an option of kontaktnat itself that was given to a command; "" for all else."""
    if not isinstance(error, click.NoSuchOption) or error.ctx is None or error.ctx.parent is None:
        return ""
    option = error.option_name
    if not any(option in param.opts for param in cli.params):
        return ""
    return tr(Text("{option} stands before the command: kontaktnat {option} …", option=option))


def _command_in(app: App, args: list[str], name: str) -> str:
    """Which command was written, where the error does not say: an option that lacks its value."""
    command: click.Command | None = cli
    path = [name]
    for arg in args:
        if not isinstance(command, click.Group):
            break
        with click.Context(command, obj=app) as context:
            inner = None if arg.startswith("-") else command.get_command(context, arg)
        if inner is not None:
            command = inner
            path.append(arg)
    return " ".join(path)


def _run(app: App, args: list[str], name: str) -> int:
    try:
        # Of a command that ends by `Exit` this is the code.
        return int(translated(cli).main(args, prog_name=name, standalone_mode=False, obj=app) or 0)
    except KontaktnatError as error:
        return _complain(app, error.message(language()), error.exit_code)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return 0
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else _command_in(app, args, name)
        problem = _before_the_command(error) or error.format_message().rstrip(".")
        if problem.endswith("?"):  # click asks whether another was meant
            message = Text("{problem} See {command} --help", problem=problem, command=command)
        else:
            message = Text("{problem}; see {command} --help", problem=problem, command=command)
        return _complain(app, tr(message), error.exit_code)
    except click.ClickException as error:
        return _complain(app, error.format_message(), error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        if sys.stderr.isatty():
            click.echo(err=True)  # ^C stands on the line of the prompt
        if app.saved:
            return _complain(app, tr(Text("stopped; what it did stands, kontaktnat undo takes it back")), 130)
        return _complain(app, tr(Text("stopped; nothing was saved")), 130)
    except ReaderGone:
        _to_nowhere()
        return 0
    except OSError as error:
        # Of the book's file the store speaks itself; this is a full disk behind `>`, say.
        if error.strerror is None:
            return _bug(app, error)
        _to_nowhere()
        where = error.filename or Text("output")
        if app.saved:
            told = Text("{path}: {problem}; what was done is saved", path=where, problem=reason(error))
        else:
            told = Text("{path}: {problem}", path=where, problem=reason(error))
        return _complain(app, tr(told), 5)
    except Exception as error:
        return _bug(app, error)


def _bug(app: App, error: Exception) -> int:
    where = error.__traceback__
    while where and where.tb_next:
        where = where.tb_next
    # The message may hold somebody's data: it is never shown.
    place = f"{where.tb_frame.f_globals.get('__name__')}:{where.tb_lineno}" if where else "?"
    whose = Text("plugin {plugin} failed", plugin=app.plugin) if app.plugin else Text("a bug")
    message = Text("{whose} ({kind} in {place}); run it with --debug to see more",
                   whose=whose, kind=type(error).__name__, place=place)  # fmt: skip
    return _complain(app, tr(message), 9 if app.plugin else 1)


def _to_nowhere() -> None:
    """Nobody takes what is still to be printed; Python would complain once more when it exits."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        out = sys.stdout.fileno()
        os.dup2(os.open(os.devnull, os.O_WRONLY), out)


def _complain(app: App, message: str, status: int) -> int:
    if app.debug:
        from kontaktnat.cli.traces import trace

        if (error := sys.exc_info()[1]) is not None:
            click.echo("\n".join(trace(error)), err=True)
    click.echo(f"kontaktnat: {one_line(message)}", err=True)
    return status


def _streams() -> None:
    """UTF-8 also when redirected and on Windows; plugins' troubles as one line each."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by whoever started it
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115  as long as we
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(encoding="utf-8", errors="backslashreplace" if stream is sys.stderr else "strict")
    log = logging.getLogger("kontaktnat")
    if not any(isinstance(handler, _Notes) for handler in log.handlers):
        log.addHandler(_Notes())
        log.propagate = False


class _Notes(logging.Handler):
    """The library's warnings as one line each on standard error."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        cause = f" ({type(error).__name__})" if error else ""
        told = record.args[0] if isinstance(record.args, tuple) and len(record.args) == 1 else None
        if isinstance(told, KontaktnatError):
            told = told.text
        message = tr(told) if isinstance(told, Text) else record.getMessage()
        click.echo(f"kontaktnat: {one_line(message)}{cause}", err=True)
