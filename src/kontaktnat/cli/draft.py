"""A text in a file of its own, which an editor changes and which outlives what goes wrong."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

import click

from kontaktnat.cli.language import outside
from kontaktnat.errors import Invalid, Usage, reason


class Draft:
    """A file that only the user may read, until `remove`; so are the copies that editors put beside it.

    It lies beside `book`, for it holds what the book does; where that is no file, in the user's state folder.
    """

    def __init__(self, text: str, name: str, book: Path | None) -> None:
        from kontaktnat.store.places import draft_prefix

        place = _state() / "kontaktnat" if book is None else book.resolve()
        self._folder = Path(tempfile.mkdtemp(prefix=draft_prefix(place.name), dir=place.parent))
        self.path = self._folder / f"{name}.toml"
        self.path.touch(0o600)
        self._first = text
        self.write(text)

    def write(self, text: str) -> None:
        """Put a text there."""
        self.path.write_bytes(_encoded(text))

    def edit(self) -> None:
        """Let the user's editor change it; raises Usage where it cannot be started, or fails."""
        if not (os.environ.get("VISUAL") or os.environ.get("EDITOR") or sys.stdin.isatty()):
            raise Usage("nobody is there to edit: set VISUAL or EDITOR, or give the text with --from FILE")
        try:
            click.edit(filename=str(self.path), env=outside())
        except (click.ClickException, ValueError) as error:  # ValueError: a quotation mark too few in EDITOR
            problem = error.format_message() if isinstance(error, click.ClickException) else str(error)
            raise Usage(
                "{problem}: set VISUAL or EDITOR to another editor, or give the text with --from FILE",
                problem=problem.rstrip("."),
            ) from None

    def text(self) -> str:
        """What stands there; raises Invalid where it cannot be read."""
        try:
            return decoded(self.path.read_bytes(), str(self.path))
        except OSError as error:
            raise Invalid("{path}: {problem}", path=str(self.path),
                          problem=reason(error)) from None  # fmt: skip

    @property
    def changed(self) -> bool:
        """Whether somebody's work would be lost with it."""
        try:
            return self.text() != self._first
        except Invalid:
            return self.path.exists()

    def remove(self) -> None:
        """Leave nothing behind."""
        shutil.rmtree(self._folder, ignore_errors=True)


def _state() -> Path:
    from platformdirs import user_state_path

    folder = user_state_path("kontaktnat", appauthor=False)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def decoded(data: bytes, where: str) -> str:
    """A text of UTF-8 or, as Windows' editors mark it, UTF-16; raises Invalid for another, never guesses."""
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return data.decode("utf-16" if marked else "utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise Invalid("{path}: this is not UTF-8; save it as UTF-8", path=where) from None


def _encoded(text: str) -> bytes:
    """As the system's own editor likes it best: Notepad goes by the mark at the start."""
    return text.replace("\n", "\r\n").encode("utf-8-sig") if os.name == "nt" else text.encode()
