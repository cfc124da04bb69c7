"""The command `mail`; imported when it is run."""

from __future__ import annotations

import click

from kontaktnat_mail.commands.fetching import fetch
from kontaktnat_mail.commands.inviting import invite
from kontaktnat_mail.commands.logging_ import log
from kontaktnat_mail.commands.sending import send


@click.group()
def mail() -> None:
    """Log mails, write invitations and mailings."""


mail.add_command(log)
mail.add_command(fetch)
mail.add_command(send)
mail.add_command(invite)
