"""`show`, `find`, `view`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kontaktnat.cli.app import App, as_of_option, complete, output_option, pairs, pass_app, reveal_option
from kontaktnat.cli.render import emit_records, emit_table, emit_view
from kontaktnat.errors import NotFound, Usage
from kontaktnat.i18n import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kontaktnat.descriptors import Table, View


@click.command()
@click.argument("what", nargs=-1, shell_complete=complete("anything"))
@output_option
@as_of_option
@reveal_option
@pass_app
def show(app: App, what: tuple[str, ...], output: str, as_of: str | None) -> None:
    """One record's page: who holds what, what is agreed and due, what was said.

    WHAT is a name or part of one, an id, person@actor, a mail address or a phone number.
    """
    from kontaktnat.refs import ANYTHING
    from kontaktnat.views.page import page

    book = app.out(as_of)
    record = app.pick(book, app.ask(" ".join(what), "WHAT"), ANYTHING)
    tables = page(book, record)
    if output == "table":
        for n, table in enumerate(tables):
            if n:
                click.echo()
            emit_table(book, table, titled=True)
    elif output == "json":
        import orjson

        from kontaktnat.codec import FORMAT, to_doc

        sections = [{"view": table.name, "title": table.title, "columns": [one.key for one in table.columns],
                     "rows": [dict(row) for row in table.rows]} for table in tables]  # fmt: skip
        whole = {"schema": FORMAT, "records": [{"type": record.type, **to_doc(record)}], "sections": sections}
        click.echo(orjson.dumps(whole, option=orjson.OPT_INDENT_2).decode())
    else:
        emit_records(book, [record], tables[0], output)


@click.command()
@click.argument("text", nargs=-1)
@output_option
@as_of_option
@reveal_option
@pass_app
def find(app: App, text: tuple[str, ...], output: str, as_of: str | None) -> None:
    """Search all text; every word has to occur. Names that fit come first.

    Part of a word will do, or another form of it: `asa` finds Åsa, and `skolor` finds skolan.
    """
    from kontaktnat.descriptors import Column, Table
    from kontaktnat.refs import describe

    book = app.out(as_of)
    records = book.find(app.ask(" ".join(text), "TEXT"))
    columns = (
        Column(key="type", title="Type", type="word", vocabulary="record_type"),
        Column(key="what", title="What"),
        Column(key="id", title="Id", type="id"),
    )
    rows = tuple({"type": one.type, "what": describe(book, one), "id": one.id} for one in records)
    emit_records(book, records, Table(name="find", title="Found", columns=columns, rows=rows), output)


@click.command()
@click.argument("name", required=False, shell_complete=complete("views"))
@click.argument("parameters", nargs=-1, metavar="[[NAME=]VALUE]...", shell_complete=complete("parameters"))
@click.option("--explain", is_flag=True, help="What a row is, how it is reckoned, and its parameters.")
@output_option
@as_of_option
@reveal_option
@pass_app
def view(
    app: App, name: str | None, parameters: tuple[str, ...], explain: bool, output: str, as_of: str | None
) -> None:
    """A question with a table for an answer; without a name, the views there are.

    A value without its NAME= is that of the view's first parameter, the next one of its second:
    `view timeline nybro 10`.
    """
    from kontaktnat.descriptors import Column, Table

    book = app.out(as_of)
    if explain:
        named = app.ask(name, "NAME")
        table = _explained(book.plugins.find("register_views", named, Text("view")))
        emit_view(book, table, output)
        return
    if not name:
        views = book.plugins.collect("register_views")
        columns = (Column(key="name", title="View"), Column(key="title", title="What it tells"))
        rows = tuple({"name": one.name, "title": Text(one.title)} for one in views.values())
        emit_view(book, Table(name="views", title="Views", columns=columns, rows=rows), output)
        return
    asked = book.plugins.find("register_views", name, Text("view"))
    try:
        table = book.view(name, **_given(asked, parameters))
    except NotFound as error:
        takes = [one.partition("=")[0] for one in asked.parameters()]
        if len(takes) < 2 or all("=" in word for word in parameters):
            raise
        raise NotFound("{error}; view {name} takes {takes}, in that order", **error.fields | {
            "error": error.text, "name": name, "takes": ", ".join(takes)}) from None  # fmt: skip
    emit_view(book, table, output)


def _given(view: View, typed: Sequence[str]) -> dict[str, str]:
    """What is typed by the names of parameters; words without = are those of the first, in their order."""
    named = pairs([word for word in typed if "=" in word], "NAME=VALUE")
    bare = [word.strip() for word in typed if "=" not in word]
    known = [one.partition("=")[0] for one in view.parameters()]
    takes = ", ".join(known)
    if len(bare) > len(known):
        left = bare[len(known)]
        if not known:
            raise Usage("view {name} has no parameters: leave {given} out", name=view.name, given=left)
        raise Usage(
            "{given}: view {name} takes {takes}, and no more", given=left, name=view.name, takes=takes
        )
    placed = dict(zip(known, bare, strict=False))
    if twice := [one for one in placed if one in named]:
        raise Usage("{given}: view {name} has {parameter} twice, also as {parameter}=; it takes {takes}",
                    given=placed[twice[0]], name=view.name, parameter=twice[0], takes=takes)  # fmt: skip
    return named | placed


def _explained(view: View) -> Table:
    from kontaktnat.descriptors import Column, Table

    columns = (Column(key="field", title="Field"), Column(key="value", title="Value", whole=True))
    said: dict[str, str] = {
        Text("Title"): view.title,
        Text("Definition"): view.definition,
        Text("Formula"): view.formula,
        Text("Source"): view.source,
    }
    rows = [{"field": field, "value": Text(text)} for field, text in said.items() if text]
    rows += [{"field": Text("Parameter"), "value": text} for text in view.parameters()]
    return Table(name="explain", title="Views", columns=columns, rows=tuple(rows))
