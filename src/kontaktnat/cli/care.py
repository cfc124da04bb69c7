"""`check` and `plugins`."""

from __future__ import annotations

import click

from kontaktnat.cli.app import App, output_option, pass_app, say
from kontaktnat.cli.render import emit_view
from kontaktnat.descriptors import Column, Table
from kontaktnat.i18n import Text


@click.command()
@output_option
@pass_app
def check(app: App, output: str) -> None:
    """Look for what is wrong; exits with 5 when something is."""
    book = app.out()
    findings = list(book.check())
    columns = (
        Column(key="type", title="Type", type="word", vocabulary="record_type"),
        Column(key="id", title="Id", type="id"),
        Column(key="path", title="Field"),
        Column(key="message", title="What is wrong"),
        Column(key="remedy", title="What to do"),
    )
    rows = tuple({column.key: getattr(one, column.key) for column in columns} for one in findings)
    if rows or output != "table":
        emit_view(book, Table(name="check", title="Findings", columns=columns, rows=rows), output)
    else:
        say(Text("nothing is wrong"))
    if rows:
        raise click.exceptions.Exit(5)


@click.command()
@output_option
@pass_app
def plugins(app: App, output: str) -> None:
    """What is installed, which hooks it has, and what was left out and why."""
    found = app.plugins()
    conflicts = found.examine()  # a provider that fails shows itself when it is asked
    columns = (
        Column(key="name", title="Plugin"),
        Column(key="version", title="Version"),
        Column(key="distribution", title="From"),
        Column(key="state", title="State"),
        Column(key="hooks", title="Hooks"),
    )
    failed = {one.name: one.reason for one in found.failed}
    rows = [
        {
            "name": one.name,
            "version": one.version,
            "distribution": one.distribution,
            "state": failed.pop(one.name, Text("built in") if one.builtin else Text("in use")),
            "hooks": ", ".join(one.hooks),
        }
        for one in found.loaded
    ]
    rows += [
        {"name": one.name, "version": one.version, "distribution": one.distribution,
         "state": Text("left out: {reason}", reason=one.reason), "hooks": ""}
        for one in found.failed if one.name in failed
    ]  # fmt: skip
    notes = tuple(conflict.message() for conflict in conflicts)
    table = Table(name="plugins", title="Plugins", columns=columns, rows=tuple(rows), notes=notes)
    emit_view(None, table, output)
