"""`plugins new`: a plugin's distribution to begin from."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from pathlib import Path

import click

from kontaktnat.cli.app import App, complete, dry_run_option, pass_app, printable, say
from kontaktnat.cli.terminal import ask_on_terminal
from kontaktnat.i18n import Text
from kontaktnat.scaffold import KINDS, new_plugin


@click.command()
@click.argument("name", required=False)
@click.option("--kind", type=click.Choice(list(KINDS)), help="What it is to bring.")
@click.option("--into", metavar="DIR", default=".", help="Where its folder is made; otherwise here.",
              shell_complete=complete("file"))  # fmt: skip
@dry_run_option
@pass_app
def new(app: App, name: str | None, kind: str | None, into: str, dry_run: bool) -> None:
    """Write a plugin that works, with its tests, to begin from.

    NAME is a-z, 0-9 and hyphens: blekinge is written to kontaktnat-blekinge.
    """
    name = app.ask(name, "NAME")
    if kind is None and app.interactive:
        kind = ask_on_terminal(Text("Kind"), type=click.Choice(list(KINDS)))
    made = new_plugin(name, app.ask(kind, "--kind"), into, dry_run=dry_run, plugins=app.plugins())
    if dry_run:
        for file in made.files:
            click.echo(printable(str(made.folder / file)))
        say(Text("nothing was written"))
        return
    say(Text("{path} is ready: {files}", path=made.folder,
             files=Text("{n} file", "{n} files", n=len(made.files))))  # fmt: skip
    install, test = f"-m pip install -e {_quoted(f'{made.folder}[test]')}", _quoted(str(made.folder))
    say(Text("install it: {command}", command=f"{_python()} {install}"))
    say(Text("test it: {command}", command=f"{_python()} -m pytest {test}"))


def _python() -> str:
    """What starts the Python that has this kontaktnat; another's would install it where nobody looks."""
    found = shutil.which("python")
    if found and _place(found) == _place(sys.executable):
        return "python"
    return _quoted(sys.executable) if os.name != "nt" or " " in sys.executable else sys.executable


def _place(program: str) -> tuple[str, str]:
    """Of an environment its folder counts: its `python`, `python3` and the system's are one file."""
    return os.path.realpath(Path(program).parent), os.path.realpath(program)


def _quoted(word: str) -> str:
    """As a shell takes it."""
    if os.name == "nt":
        return f'"{word}"'
    return shlex.quote(word)
