"""Which record is to be changed, and yes or no."""

from __future__ import annotations

import click

from kontaktnat.cli.app import App, ask_on_terminal
from kontaktnat.i18n import Text, tr
from kontaktnat.model import Record

_YES, _NO = ("y", "yes", "j", "ja"), ("n", "no", "nej")


def wanted(app: App, who: str | None) -> Record:
    """The record that is to be changed, as it may be seen; whole where there is a reason to reveal it."""
    from kontaktnat.refs import ANYTHING

    found = app.pick(app.book(), app.ask(who, "WHO"), ANYTHING)
    return found if app.reveal is None else app.book().reveal(found.id, app.reveal)


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
