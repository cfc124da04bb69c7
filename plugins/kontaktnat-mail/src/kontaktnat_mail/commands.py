"""The command `mail`; imported when it is run."""

from __future__ import annotations

import click


@click.group()
def mail() -> None:
    """Log mails, write invitations and mailings."""
