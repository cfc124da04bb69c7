"""`pack`: county packs, for who writes one and for who uses one."""

from __future__ import annotations

import click

from kontaktnat.cli.app import LazyCommands
from kontaktnat.i18n import Text

COMMANDS: dict[str, tuple[Text, str]] = {
    "check": (Text("Every mistake in a pack's folder."), "kontaktnat.cli.pack.checking:check"),
    "update": (
        Text("Bring the book up to date with newer packs."),
        "kontaktnat.cli.pack.updating:update",
    ),
}


@click.group(cls=LazyCommands, targets=COMMANDS)
def pack() -> None:
    """County packs: check one that you write, update the book from one that is newer."""
