"""`mail send`: a letter to each of many."""

from __future__ import annotations

from typing import Any

import click

from kontaktnat.errors import Usage
from kontaktnat.extend import complete
from kontaktnat_mail.commands.asking import (
    letter_options,
    meeting_named,
    meeting_option,
    own_options,
    sending_options,
    template_option,
)
from kontaktnat_mail.commands.letters import Work, fields_given

_WRITTEN_TO = ("role", "contact", "actor", "network")


@click.command(short_help="Write to many, each alone: drafts, or sent.")
@click.option(
    "--to",
    "queries",
    metavar="WHOM",
    multiple=True,
    shell_complete=complete("whom"),
    help='A network, a person, an actor, or what list takes: "roles function=samordnare".',
)
@template_option(help="What is written: letter, details, reminder, or your own.")
@letter_options
@meeting_option
@click.option(
    "--attach", metavar="FILE", multiple=True, type=click.Path(dir_okay=False), help="Goes with each."
)
@sending_options
@own_options
@click.option(
    "--each", is_flag=True, help="Write to each of several with one address, not to the first alone."
)
@click.option("--anew", is_flag=True, help="Send it though they have had it.")
@click.pass_obj
def send(
    app: Any, /, queries: tuple[str, ...], template: str | None, subject: str, fields: tuple[str, ...],
    meeting: str | None, attach: tuple[str, ...], each: bool, anew: bool, **options: Any,
) -> None:  # fmt: skip
    """Write to many, each alone: drafts that Outlook opens, or with --smtp sent.

    Who has no address, whose address came back, who is protected and who wants no mailings is left out and
    named. --dry-run shows to how many, and the first.
    """
    from kontaktnat_mail import composing, sending, whom
    from kontaktnat_mail.building import files
    from kontaktnat_mail.templating import find

    if not queries:
        queries = (app.ask(None, "WHOM"),)
    template = app.ask(template, "TEMPLATE")
    work = Work(app, options)
    if options["again"] and not work.leaves:
        raise Usage("--again is of what is sent, with --smtp; drafts are written for all whom --to names")
    out = work.out
    records = [one for text in queries for one in app.chosen(out, text)]
    if wrong := next((one.type for one in records if one.type not in _WRITTEN_TO), ""):
        raise Usage(
            "{type}: nobody is written to so; write to roles, contacts, actors or a network", type=wrong
        )
    people = whom.recipients(out, records, own=work.own, each=each)
    letter = find(template, work.lang, work.folder)
    about = meeting_named(app, out, meeting) if meeting else None
    mailing = composing.Mailing(
        letter=letter,
        by=work.by,
        lang=work.lang,
        at=app.now(),
        subject=subject,
        fields=fields_given(fields),
        meeting=composing.meeting_of(out, about, work.lang) if about else None,
        attached=files(attach),
        unsubscribe=len(people.reached) > 1,
    )
    letters = composing.compose(out, people.reached, mailing, unsent=not work.leaves)
    day = str(app.now().date()) if anew else ""
    key = sending.key(mailing, f"{about.id if about else ''} {day}")
    work.show(people, letters)
    if work.leaves and not work.dry_run:
        work.agree(len(letters))
        work.send(letters, key)
    elif not work.dry_run:
        work.write(letters, letter.name)
