"""`list`: records of one type, filtered as `where` filters, or a set of filters that was saved."""

from __future__ import annotations

import difflib

import click

from kontaktnat.cli.app import App, as_of_option, output_option, pairs, pass_app, reveal_option
from kontaktnat.cli.render import emit_records, emit_view
from kontaktnat.cli.values import filter_value
from kontaktnat.errors import NotFound, Usage
from kontaktnat.outward import Outward


@click.command("list")
@click.argument("what", required=False)
@click.argument("filters", nargs=-1, metavar="[FIELD=VALUE]...")
@click.option("--save", metavar="NAME", help="Keep this list under a name.")
@output_option
@as_of_option
@reveal_option
@pass_app
def list_(
    app: App, what: str | None, filters: tuple[str, ...], save: str | None, output: str, as_of: str | None
) -> None:
    """Records of one type: actors, contacts, roles, assignments, interactions, topics, followups,
    networks, commitments, pending; or words; or a list saved under a name.

    A filter is FIELD=VALUE, as in `list roles actor=nybro` or `list actors kind=kommun`.
    """
    from kontaktnat.views.listing import PLURALS, listing

    if save:
        app.book("rw")
    book = app.out(as_of)
    what = app.ask(what, "WHAT")
    saved = book.setting(f"list.{what}")
    if saved is not None:
        what, filters = saved["what"], (*saved["filters"], *filters)
    if what == "words":
        _words(book, filters, output)
        return
    if what not in PLURALS:
        near = difflib.get_close_matches(what, [*PLURALS, "words"], 1)
        hint = f" (nearest: {near[0]})" if near else ""
        raise NotFound("there is no list {what}{hint}; there are {all}", what=what, hint=hint, nearest=near,
                       all=", ".join([*PLURALS, "words"]))  # fmt: skip
    type_name = PLURALS[what]
    collection = book.collection_of(type_name)
    fields = {name: filter_value(app, book, type_name, name, value) for name, value in pairs(filters).items()}
    records = collection.where(**fields)  # type: ignore[attr-defined]
    if save:
        if save in {*PLURALS, "words"}:
            raise Usage("{name} is the name of a list already; take another", name=save)
        app.book().set(f"list.{save}", {"what": what, "filters": list(filters)})
    emit_records(book, records, listing(book, type_name, records), output)


def _words(book: Outward, filters: tuple[str, ...], output: str) -> None:
    from kontaktnat.descriptors import Column, Table

    wanted = pairs(filters, "vocabulary=NAME").get("vocabulary")
    columns = tuple(Column(key=key, title=title) for key, title in
                    (("vocabulary", "Of"), ("id", "Word"), ("sv", "Swedish"), ("en", "English"),
                     ("synonyms", "Also")))  # fmt: skip
    rows = tuple(
        {
            "vocabulary": name,
            "id": word.id,
            "sv": word.sv,
            "en": word.en,
            "synonyms": ", ".join(word.synonyms),
        }
        for name in book.words.names()
        if wanted in (None, name)
        for word in book.words.of(name).values()
    )
    emit_view(book, Table(name="words", title="Words", columns=columns, rows=rows), output)
