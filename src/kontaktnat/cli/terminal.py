"""Asking somebody who sits at a terminal."""

from __future__ import annotations

import contextlib
import sys
from typing import Any

import click

from kontaktnat.i18n import Text, tr

_YES, _NO = ("y", "yes", "j", "ja"), ("n", "no", "nej")


def ask_on_terminal(what: str, **options: Any) -> Any:
    """Ask on standard error; click would still put a space on standard output, which may be a file."""
    with contextlib.nullcontext() if sys.stdout.isatty() else contextlib.redirect_stdout(sys.stderr):
        return click.prompt(tr(what), err=True, **options)


def confirm(question: str, *, default: bool) -> bool:
    """Yes or no in either language, asked of somebody at a terminal."""

    def read(text: str) -> bool:
        said = text.strip().lower()
        if said not in _YES + _NO:
            raise click.UsageError(tr(Text("answer yes or no")))
        return said in _YES

    if default:
        shown, preset = Text("{question} [Y/n]", question=question), "y"
    else:
        shown, preset = Text("{question} [y/N]", question=question), "n"
    return bool(ask_on_terminal(shown, default=preset, show_default=False, value_proc=read))
