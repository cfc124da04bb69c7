"""`plugins check NAME`: an installed plugin examined, and what of it does not keep what it promises."""

from __future__ import annotations

from pathlib import Path

import click

from kontaktnat.cli.app import complete, output_option, pairs
from kontaktnat.cli.render import emit_view
from kontaktnat.descriptors import Column, Table
from kontaktnat.errors import PluginError
from kontaktnat.i18n import Text
from kontaktnat.plugins.examining import Examined, Given, examine


@click.command()
@click.argument("name", shell_complete=complete("plugins"))
@click.option("--file", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE",
              shell_complete=complete("file"), help="A file that its importer reads.")  # fmt: skip
@click.option(
    "--url", metavar="URL", default="", help="Where its store may be made; {folder} is new each time."
)
@click.option(
    "--set", "given", multiple=True, metavar="NAME=VALUE", help="An option of its formats or views."
)
@output_option
def check(name: str, file: Path | None, url: str, given: tuple[str, ...], output: str) -> None:
    """Run the contracts of what an installed plugin provides, and examine its package.

    Nothing is sent or erased, and no book of yours is opened. The contracts need pytest.
    """
    found = list(examine(name, Given(file=file, url=url, options=pairs(given, "NAME=VALUE"))))
    emit_view(None, _table(found), output)
    if failed := [one for one in found if one.outcome == "failed"]:
        raise PluginError(
            "plugin {plugin} fails {n} of {all}",
            plugin=name,
            n=len(failed),
            all=sum(one.outcome != "not_tried" for one in found),
        )


def _table(found: list[Examined]) -> Table:
    words = {"passed": Text("passed"), "failed": Text("failed"), "not_tried": Text("not tried")}
    columns = (
        Column(key="what", title="Piece"),
        Column(key="tried", title="Tried", whole=True),
        Column(key="outcome", title="Result"),
        Column(key="reason", title="Why", whole=True),
    )
    rows = tuple(
        {"what": one.what, "tried": one.tried, "outcome": words[one.outcome], "reason": one.reason}
        for one in found
    )
    counts = {one: sum(each.outcome == one for each in found) for one in words}
    note = Text("{passed} passed, {failed} failed, {not_tried} not tried", **counts)
    return Table(name="plugin-check", title="Check of a plugin", columns=columns, rows=rows, notes=(note,))
