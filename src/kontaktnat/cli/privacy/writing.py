"""What `extract` and `disclose` share: a document goes to a file or to standard output."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

import click

from kontaktnat.cli.app import App, complete

C = TypeVar("C", bound=Callable[..., Any])


class Document(Protocol):
    """What is handed over, in both forms."""

    def data(self) -> dict[str, Any]: ...

    def markdown(self) -> str: ...


def output_file_option(command: C) -> C:
    """`-O FILE`."""
    return click.option("-O", "--output-file", metavar="FILE", help="Otherwise standard output.",
                        shell_complete=complete("file"))(command)  # fmt: skip


def form_option(command: C) -> C:
    """`-o markdown|json`."""
    return click.option("-o", "--output", type=click.Choice(("markdown", "json")), default="markdown",
                        help="A document to read, or data.")(command)  # fmt: skip


def handed_over(app: App, document: Document, form: str, file: str | None) -> None:
    """Write it in the language in force; a file is written whole or not at all."""
    from kontaktnat.cli.whole import write_whole

    if form == "json":
        import orjson

        text = orjson.dumps(document.data(), option=orjson.OPT_INDENT_2).decode() + "\n"
    else:
        text = document.markdown()
    if file is not None:
        write_whole(app.target(file), lambda stream: stream.write(text.encode()))
    else:
        click.echo(text.encode(), nl=False)
