"""What is wrong in a pack: where, what, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import frozen

from kontaktnat.errors import Invalid
from kontaktnat.i18n import Text
from kontaktnat.plain import Plain


@frozen(kw_only=True, eq=False, repr=False)
class Mistake(Plain):
    """One thing that is wrong in a pack's folder."""

    _shown = ()

    file: str
    """Its name in the folder: `actors.csv`."""
    line: int | None = None
    """1-based; None where it is about the file, or about what is not there."""
    column: str = ""
    """The column, or the entry of pack.toml; "" where it is about the whole line."""
    problem: str
    remedy: str = ""
    note: bool = False
    """It is no mistake: something that could not be looked at, or is left to whoever uses the book."""

    @property
    def error(self) -> Invalid:
        """The same as what is raised by who only wants the pack's records."""
        numbered = self.line and not self.file.endswith(".toml")
        at = Text("{file}, line {line}", file=self.file, line=self.line) if numbered else self.file
        if self.column:
            return Invalid("{path}: {column}: {problem}", path=at, column=self.column, problem=self.problem)
        return Invalid("{path}: {problem}", path=at, problem=self.problem)


Tell = Callable[[Mistake], None]
"""Who is told of each mistake: it may note it and have the reading go on, or raise."""


def refuse(mistake: Mistake) -> None:
    """Raise the first that is one."""
    if not mistake.note:
        raise mistake.error


class Slip(ValueError):
    """A cell that cannot be what its column wants."""

    def __init__(self, problem: Text, remedy: Text) -> None:
        super().__init__(problem)
        self.problem, self.remedy = problem, remedy


class Bare(Text):
    """An error's message without the path it begins with, which stands in a column of its own."""

    __slots__ = ()

    def __new__(cls, template: str, plural: str = "", /, **fields: Any) -> Bare:
        whole = Text(template, plural, **fields)
        self = str.__new__(cls, whole.removeprefix(f"{fields['path']}: "))
        self.template, self.plural, self.fields = template, plural, fields
        return self

    def said(self, lang: str) -> str:
        """The message in a language."""
        return super().said(lang).removeprefix(f"{self.fields['path']}: ")


def bare(error: Invalid) -> Bare:
    """The message of an error that names a path."""
    return Bare(error.template, **error.fields)
