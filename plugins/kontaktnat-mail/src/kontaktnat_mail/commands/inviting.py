"""`mail invite`: a meeting's guests are called to it, told of a change, or that it is called off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import click

from kontaktnat.errors import Refused, Usage
from kontaktnat.extend import Text, complete, say
from kontaktnat_mail.commands.asking import (
    letter_options,
    meeting_named,
    own_options,
    sending_options,
    template_option,
)
from kontaktnat_mail.commands.letters import Work, fields_given

if TYPE_CHECKING:
    from kontaktnat.extend import Outgoing
    from kontaktnat.model import Interaction
    from kontaktnat_mail.composing import Mailing
    from kontaktnat_mail.invitations import Called, Does


class _YesNo(click.Choice[str]):
    """`yes` or `no`, which a Swede may write in Swedish."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        told = {"ja": "yes", "nej": "no"}.get(str(value).casefold(), value)
        return super().convert(told, param, ctx)


@click.command(short_help="Invite the guests of a meeting, with a calendar.")
@click.argument("meeting", required=False, shell_complete=complete("planned"))
@click.option("--update", is_flag=True, help="Tell who has been invited how it stands now.")
@click.option("--cancel", is_flag=True, help="Call it off, and tell them.")
@click.option(
    "--proposed",
    type=_YesNo(["yes", "no"]),
    help="Another time that a guest proposes: move it there and tell all, or tell that one no.",
)
@template_option(help="Instead of invitation, update or cancellation.")
@letter_options
@click.option("--show-addresses", is_flag=True, help="Each sees who else is invited.")
@sending_options
@own_options
@click.pass_obj
def invite(
    app: Any, /, meeting: str | None, update: bool, cancel: bool, proposed: str | None,
    template: str | None, subject: str, fields: tuple[str, ...], show_addresses: bool, **options: Any,
) -> None:  # fmt: skip
    """Invite the guests of a MEETING, each alone, with a calendar to answer in.

    Once more, those who have come to it since. Answers are read by `mail log`.
    """
    from kontaktnat_mail import composing, invitations, proposing, sending
    from kontaktnat_mail.templating import find

    if update and cancel:
        raise Usage("--update tells how it stands, and --cancel that it is called off: give one of them")
    if proposed and (update or cancel):
        raise Usage("--proposed answers who proposes another time: give it without --update and --cancel")
    does: Does = "cancel" if cancel else "move" if proposed else "update" if update else "invite"
    name = "update" if proposed else does
    work = Work(app, options, writes=True)
    book, out = work.book, work.out
    found = meeting_named(app, out, app.ask(meeting, "MEETING"))
    if proposed == "no":
        _unmoved(work, found, template, subject, fields_given(fields))
        return
    # Broken off when all were told that it is moved, it is moved, and they are what is left to do.
    moves = proposed and not invitations.is_begun(found, does, work.waiting)
    proposal = proposing.proposal_for(out, found, app.choose) if moves else None
    letter = find(template or invitations.TEMPLATES[does], work.lang, work.folder)
    with work.undone_on_error(), book.transaction(f"mail {name}", dry_run=work.dry_run):
        if proposal:
            found = proposing.move(book, found, proposal)
        called = invitations.call(book, out, found, does, own=work.own, waiting=work.waiting)
        mailing = composing.Mailing(
            letter=letter,
            by=work.by,
            lang=work.lang,
            at=app.now(),
            subject=subject,
            fields=fields_given(fields),
            meeting=composing.meeting_of(out, called.meeting, work.lang),
        )
        calendar = called.calendar(out, work.by, app.now(), show_addresses=show_addresses)
        letters = composing.compose(
            out, called.whom.reached, mailing, unsent=not work.leaves, calendar=calendar
        )
        letters += _to_the_gone(work, called, mailing)
        own = (f"{name}.ics", called.own(out, work.by, app.now()))
        if called.moved:
            say(Text("it is at another time than they were told: all are asked anew"), err=True)
        work.show(called.whom, letters, called.gone)
        if work.leaves and not work.dry_run:
            work.agree(len(letters))
            sending.queue(book, letters, called.key)
        elif not work.dry_run:
            work.write(letters, name, [own])
    if work.leaves and not work.dry_run:
        work.send(letters, called.key)


def _unmoved(
    work: Work, meeting: Interaction, template: str | None, subject: str, fields: dict[str, str]
) -> None:
    """Tell who proposes another time that the meeting stays where it is."""
    from kontaktnat_mail import composing, proposing
    from kontaktnat_mail.dates import span
    from kontaktnat_mail.templating import find

    book, out, at = work.book, work.out, work.app.now()
    proposal = proposing.proposal_for(out, meeting, work.app.choose)
    people = proposing.whom(out, meeting, proposal, work.own)
    if not people.asked:
        raise Refused("it is not known who proposes it; kontaktnat done {id}, when it is answered",
                      id=proposal.followup.id)  # fmt: skip
    mailing = composing.Mailing(
        letter=find(template or proposing.DECLINED, work.lang, work.folder),
        by=work.by,
        lang=work.lang,
        at=at,
        subject=subject,
        fields={"proposed": span(proposal.when, proposal.ends, work.lang), **fields},
        meeting=composing.meeting_of(out, meeting, work.lang),
    )
    calendar = proposing.declined(out, meeting, proposal, work.by, at)
    letters = composing.compose(out, people.reached, mailing, unsent=not work.leaves, calendar=calendar)
    work.show(people, letters)
    if work.dry_run:
        return
    if work.leaves:  # it is answered once the letter has gone; till then the same command tries again
        work.agree(len(letters))
        work.send(letters, proposing.key(proposal))
    with work.undone_on_error(), book.transaction("mail invite"):
        proposing.answered(book, proposal)
        if not work.leaves:
            work.write(letters, proposing.DECLINED)


def _to_the_gone(work: Work, called: Called, mailing: Mailing) -> list[Outgoing]:
    """To each who has been taken out of a meeting: that they need not come. Its text is for the others."""
    from kontaktnat_mail import composing
    from kontaktnat_mail.invitations import WITHDRAWAL
    from kontaktnat_mail.templating import find

    if not called.gone.reached:
        return []
    about = composing.meeting_of(work.out, called.before or called.meeting, work.lang)
    fields = {
        name: said for name, said in mailing.fields.items() if name != "text" or not called.whom.reached
    }
    letter = find(WITHDRAWAL, work.lang, work.folder)
    theirs = attrs.evolve(mailing, letter=letter, subject="", fields=fields, meeting=about)
    calendar = called.withdrawal(work.out, work.by, work.app.now())
    return composing.compose(work.out, called.gone.reached, theirs, unsent=not work.leaves, calendar=calendar)
