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
    "inform": (
        Text("Who has not been informed; mark that they have been; the text."),
        "kontaktnat.cli.privacy.inform:inform",
    ),
    "record": (Text("The record of processing (GDPR art. 30)."), "kontaktnat.cli.privacy.record:record"),
    "retention": (
        Text("What is due for review; changes nothing."),
        "kontaktnat.cli.privacy.retention:retention",
    ),
    "accept": (Text("Let a finding of check stand."), "kontaktnat.cli.privacy.accepting:accept"),
    "extract": (Text("Everything about one person, for them."), "kontaktnat.cli.privacy.extract:extract"),
    "disclose": (
        Text("What somebody asks to see, for a human to decide on."),
        "kontaktnat.cli.privacy.disclose:disclose",
    ),
    "erase": (Text("Take a person out for good."), "kontaktnat.cli.privacy.erasing:erase"),
    "anonymise": (Text("Keep their hats, without a name."), "kontaktnat.cli.privacy.erasing:anonymise"),
}


@click.group(cls=LazyCommands, targets=COMMANDS)
def privacy() -> None:
    """Extract, inform, record, retention, erase, anonymise, disclose: GDPR, OSL and the archive's rules."""
