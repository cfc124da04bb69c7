"""Write docs/reference/commands.md from the commands themselves: `python docs/make_commands.py`.

A test compares the page with a fresh one, so that it cannot rot.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

PAGE = Path(__file__).parent / "reference" / "commands.md"
HEAD = """# Commands

`kontaktnat [OPTIONS] COMMAND …`, `kn` for short. Made from the commands by `docs/make_commands.py`.

Exit codes: 0 fine, 1 a bug, 2 usage, 3 not found, 4 ambiguous, 5 invalid, 6 refused, 7 the book is busy,
8 the book is damaged, 9 a plugin. An error is one line on standard error; `--debug` shows where it came from.

What names a record, the first that hits: its full id; exact name or alias; the start of its id (4 or more);
part of a name; `person@actor` or `function@actor`; a mail address or phone number in any spelling.

What `find` finds: records in whose text, all fields together, every word occurs, be it within another word.
Case does not matter; plain letters find accented ones too (`asa` finds Åsa), accented ones only themselves.
A word in another form is found by its Swedish stem: `föreningarna` finds Föreningen, `skolor` finds skolan,
but not Idrottsskolan. First come the records of whose name or title each word begins a word, then those
whose name or title says all, then those that say it elsewhere; each in Swedish order. What is covered is not
searched.

Dates: `idag`, `igår`, `fre 13:00`, `2v` (in two weeks, or ago), `v48`, `2026-11-12`, `2018-09`, in Swedish
and English.

Environment: `KONTAKTNAT_BOOK`, `KONTAKTNAT_BY`, `KONTAKTNAT_CONFIG`, `KONTAKTNAT_PLUGINS`,
`KONTAKTNAT_STRICT`.
"""


def page() -> str:
    """The whole page."""
    from kontaktnat.cli.main import COMMANDS, cli

    context = click.Context(cli, info_name="kontaktnat", **cli.context_settings)
    parts = [HEAD, _block(cli, context)]
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        parts += _command(name, command, context)
    return "\n".join(parts)


def _command(name: str, command: click.Command, parent: click.Context) -> Iterator[str]:
    context = click.Context(command, info_name=name, parent=parent, **command.context_settings)
    yield f"## {context.command_path.removeprefix('kontaktnat ')}\n"
    yield _block(command, context)
    if isinstance(command, click.Group):
        for inner in command.list_commands(context):
            found = command.get_command(context, inner)
            assert found is not None
            yield from _command(inner, found, context)


def _block(command: click.Command, context: click.Context) -> str:
    formatter = click.HelpFormatter(width=100)
    command.format_usage(context, formatter)
    command.format_help_text(context, formatter)
    given = [one for one in command.get_params(context) if isinstance(one, click.Option)]
    options = [row for one in given if (row := one.get_help_record(context))]
    with formatter.section("Options"):
        formatter.write_dl(options)
    return f"```text\n{formatter.getvalue().rstrip()}\n```\n"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
