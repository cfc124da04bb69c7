"""`plugins`: the list of them, and what their authors need."""

from __future__ import annotations

import click

from kontaktnat.cli.app import App, LazyCommands, output_option, pass_app
from kontaktnat.i18n import Text

COMMANDS: dict[str, tuple[Text, str]] = {
    "new": (Text("Write a plugin to begin from."), "kontaktnat.cli.plugins.new:new"),
    "check": (Text("Run the contracts on an installed plugin."), "kontaktnat.cli.plugins.check:check"),
}


class ListedWithoutCommand(LazyCommands):
    """By itself it is the list; no command is asked for."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return click.Group.parse_args(self, ctx, args)


@click.group(cls=ListedWithoutCommand, targets=COMMANDS, invoke_without_command=True)
@output_option
@pass_app
@click.pass_context
def plugins(ctx: click.Context, app: App, output: str) -> None:
    """What is installed, which hooks it has, and what was left out and why."""
    if ctx.invoked_subcommand is None:
        from kontaktnat.cli.plugins.listing import list_plugins

        list_plugins(app, output)
