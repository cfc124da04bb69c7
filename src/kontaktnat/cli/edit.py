"""`edit`: a record as TOML in the user's own editor, and back when something is wrong with it."""

from __future__ import annotations

import sys
from pathlib import Path

import attrs
import click

from kontaktnat.cli.app import (
    App,
    accept_option,
    by_option,
    complete,
    dry_run_option,
    pass_app,
    reveal_option,
    say,
)
from kontaktnat.cli.asking import update, wanted
from kontaktnat.cli.draft import Draft, decoded
from kontaktnat.cli.terminal import confirm
from kontaktnat.errors import Conflict, Invalid, KontaktnatError
from kontaktnat.i18n import Text, tr
from kontaktnat.model import Record
from kontaktnat.model.base import BOOKKEEPING


@click.command()
@click.argument("who", nargs=-1, shell_complete=complete("anything"))
@click.option(
    "--from",
    "source",
    metavar="FILE",
    help="Take the TOML from there; -: standard input.",
    shell_complete=complete("file"),
)
@by_option
@accept_option
@dry_run_option
@reveal_option
@pass_app
def edit(app: App, who: tuple[str, ...], source: str | None, dry_run: bool) -> None:
    """Change a record in an editor, as TOML: `edit nybro`.

    The editor is VISUAL or EDITOR, otherwise the system's; one with windows of its own has to wait, as
    EDITOR="code --wait" does. What is wrong stands in the first line when it opens again, and the text is
    kept.
    """
    from kontaktnat.tomlform import to_toml

    record = wanted(app, " ".join(who))
    if source is not None:
        _save(app, record, _read(source), dry_run=dry_run)
        return
    draft = Draft(to_toml(app.book(), record), record.id, app.file)
    kept = False
    try:
        _until_it_fits(app, _Session(record, draft), dry_run=dry_run)
    except BaseException:
        kept = draft.changed
        raise
    finally:
        if kept:
            say(Text("the text is kept in {path}; kontaktnat edit {id} --from {path} goes on with it",
                     path=draft.path, id=record.id), err=True)  # fmt: skip
        else:
            draft.remove()


@attrs.define(repr=False)
class _Session:
    """The record as it was read, and the file in which its form is edited."""

    record: Record
    draft: Draft


def _until_it_fits(app: App, now: _Session, *, dry_run: bool) -> None:
    from kontaktnat.tomlform import with_remark

    while True:
        now.draft.edit()
        problem: KontaktnatError
        text = ""
        try:
            # With room for a remark, so that the lines are counted as they will stand.
            text = with_remark(now.draft.text(), "")
            _save(app, now.record, text, dry_run=dry_run)
            return
        except Conflict as error:
            text, problem = _on_top(app, now, text, error)
        except KontaktnatError as error:
            problem = error
        if text:
            now.draft.write(with_remark(text, tr(problem.text)))
        again = Text("{problem}. Edit it again?", problem=problem.text)
        if not app.interactive or not confirm(again, default=True):
            raise problem


def _on_top(app: App, now: _Session, text: str, error: Conflict) -> tuple[str, Conflict]:
    """What was changed here, put on top of what somebody else has saved meanwhile."""
    from kontaktnat.refs import describe
    from kontaktnat.tomlform import from_toml, to_toml

    book = app.book()
    changes = from_toml(book, now.record, text)
    now.record = wanted(app, now.record.id)
    problem = Conflict(
        "{what} was changed by {by} meanwhile ({fields}); your changes are put on top: look, and save again",
        what=describe(book, now.record),
        by=now.record.changed_by or now.record.created_by,
        fields=", ".join(error.fields.get("changed", ())) or "rev",
        changed=error.fields.get("changed", []),
    )
    return to_toml(book, attrs.evolve(now.record, **changes)), problem


def _save(app: App, record: Record, text: str, *, dry_run: bool) -> None:
    from kontaktnat.cli.told import say_changed
    from kontaktnat.codec import checked
    from kontaktnat.tomlform import from_toml, revision

    book = app.book()
    changes = from_toml(book, record, text)
    _, rev = revision(text)
    if changes and rev is not None and rev != record.rev:
        raise _outdated(app, record, rev)
    with book.transaction("edit", dry_run=dry_run):
        if changes:
            update(app, record, changes)
    say_changed(book, record, checked(attrs.evolve(record, **changes)), dry_run=dry_run)


def _outdated(app: App, record: Record, rev: int) -> Conflict:
    """The error for a text of an older revision: what it leaves as it was may have changed since."""
    from kontaktnat.refs import describe

    docs = [
        (change.before or {}, change.after or {})
        for transaction in app.book().history(record.id)
        for change in transaction.changes
        if change.id == record.id and (change.after or {}).get("rev", 0) > rev
    ]
    changed = sorted(
        {
            name
            for before, after in docs
            for name in {*before, *after} - BOOKKEEPING
            if before.get(name) != after.get(name)
        }
    )
    return Conflict(
        "the text was made of revision {rev} of {what}, which has changed since ({fields}): edit it anew",
        rev=rev,
        what=describe(app.book(), record),
        fields=", ".join(changed) or "rev",
        changed=changed,
    )


def _read(source: str) -> str:
    if source == "-":
        return decoded(sys.stdin.buffer.read(), source)
    path = Path(source)
    if path.is_dir():
        raise Invalid("{path}: this is a folder; name a file in it", path=source)
    if not path.exists():
        raise Invalid("{path}: there is no such file", path=source)
    return decoded(path.read_bytes(), source)
