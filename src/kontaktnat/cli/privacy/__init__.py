"""`privacy`: what data protection and the openness of public records ask, one command each."""

from __future__ import annotations

import click

from kontaktnat.cli.app import LazyCommands
from kontaktnat.i18n import Text

COMMANDS: dict[str, tuple[Text, str]] = {
    "statistics": (
        Text("Counts of a year that may be published."),
        "kontaktnat.cli.privacy.statistics:statistics",
    ),
}


@click.group(cls=LazyCommands, targets=COMMANDS)
def privacy() -> None:
    """Extract, inform, record, retention, erase, anonymise, disclose: GDPR, OSL and the archive's rules."""
