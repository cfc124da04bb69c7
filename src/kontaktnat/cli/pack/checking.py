"""`pack check`: every mistake in a pack's folder."""

from __future__ import annotations

import click

from kontaktnat.cli.app import App, complete, config, output_option, pass_app, say
from kontaktnat.cli.render import emit_view
from kontaktnat.counties.checking import check_pack
from kontaktnat.descriptors import Column, Table
from kontaktnat.errors import Invalid
from kontaktnat.i18n import Text, tr

_COLUMNS = (
    Column(key="file", title="File"),
    Column(key="line", title="Line", type="number"),
    Column(key="column", title="Column"),
    Column(key="problem", title="What is wrong"),
    Column(key="remedy", title="What to do"),
    Column(key="note", title="Note", type="bool", data=True),
)


@click.command()
@click.argument("path", required=False, shell_complete=complete("file"))
@output_option
@pass_app
def check(app: App, path: str | None, output: str) -> None:
    """Find every mistake in a county pack, with file, line and remedy; exits with 5 when there is one.

    PATH is the pack's folder, or the root of a distribution with one pack in it. Nothing is changed, and no
    book is needed.
    """
    found = check_pack(app.ask(path, Text("the pack's folder")), config=config())
    wrong = [one for one in found if not one.note]
    notes = [one for one in found if one.note]
    shown = wrong if output == "table" else found
    if output != "table" or wrong:
        said = tr if output == "table" else str
        rows = tuple(
            {column.key: getattr(one, column.key) for column in _COLUMNS}
            | {"problem": said(one.problem), "remedy": said(one.remedy), "column": one.column or None}
            for one in shown
        )
        title = Text("{n} mistake", "{n} mistakes", n=len(wrong))
        emit_view(None, Table(name="pack-check", title=title, columns=_COLUMNS, rows=rows), output)
    if output == "table":
        for one in notes:
            at = Text("{file}, line {line}", file=one.file, line=one.line) if one.line else one.file
            say(
                Text("note: {path}: {problem}; {remedy}", path=at, problem=one.problem, remedy=tr(one.remedy))
            )
    if wrong:
        raise click.exceptions.Exit(Invalid.exit_code)
    if output == "table":
        say(Text("nothing is wrong"))
