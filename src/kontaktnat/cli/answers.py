"""Short answers of somebody at a terminal."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable
from typing import Any

import click

from kontaktnat.i18n import Text, tr

_YES, _NO = ("y", "yes", "j", "ja"), ("n", "no", "nej", "")


def answer(question: str, read: Callable[[str], Any]) -> Any:
    """What is answered; asked again as long as `read` raises UsageError. A blank is an answer too."""
    # On standard error; click would still put a space on standard output, which may be a file.
    with contextlib.nullcontext() if sys.stdout.isatty() else contextlib.redirect_stdout(sys.stderr):
        return click.prompt(tr(question), err=True, default="", show_default=False, value_proc=read)


def sure(question: str) -> bool:
    """Yes or no, in either language; a blank is a no."""

    def read(text: str) -> bool:
        said = text.strip().lower()
        if said not in _YES + _NO:
            raise click.UsageError(tr(Text("answer yes or no")))
        return said in _YES

    return bool(answer(Text("{question} [y/N]", question=question), read))
