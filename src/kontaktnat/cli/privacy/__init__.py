"""`privacy`: what data protection and the openness of public records ask, one command each."""

from __future__ import annotations

import click

from kontaktnat.cli.app import LazyCommands
from kontaktnat.i18n import Text

COMMANDS: dict[str, tuple[Text, str]] = {
    "accept": (Text("Let a finding of check stand."), "kontaktnat.cli.privacy.accepting:accept"),
    "erase": (Text("Take a person out for good."), "kontaktnat.cli.privacy.erasing:erase"),
    "anonymise": (Text("Keep their hats, without a name."), "kontaktnat.cli.privacy.erasing:anonymise"),
}


@click.group(cls=LazyCommands, targets=COMMANDS)
def privacy() -> None:
    """Extract, inform, record, retention, erase, anonymise, disclose: GDPR, OSL and the archive's rules."""
