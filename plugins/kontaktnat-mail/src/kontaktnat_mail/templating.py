"""Templates: shipped ones, those of a folder, or a file; each a subject, a text, and an HTML page if it has
one.

    Subject: Välkommen till {{ meeting.title }}

    Hej {{ given or name }}!

They are jinja2's, in its sandbox: a template that a colleague sends may do nothing but write. What is not
there can be asked for (`{% if role %}`), and is an error where it would be written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from kontaktnat.errors import Invalid, NotFound
from kontaktnat_mail.sandbox import NotThere, Parts, environment, failed, read

if TYPE_CHECKING:
    from jinja2 import Environment, Template

    from kontaktnat_mail.settings import Config

LANGUAGES = ("sv", "en")
_HEADS = ("subject:", "ämne:")
_SUFFIXES = (".txt", ".html", ".j2")


@attrs.frozen(kw_only=True, repr=False)
class Written:
    """What a template made for somebody. `html`: "" where it has no page of its own."""

    subject: str
    text: str
    html: str


@attrs.frozen(kw_only=True, repr=False)
class _Piece:
    """A subject, a text or a page, compiled."""

    where: str
    """The file, to name in messages."""
    source: str
    template: Template


class Letter:
    """A template, read and compiled once."""

    def __init__(
        self, name: str, subject: str, text: str, html: str, *, folder: Path | None, file: str = ""
    ) -> None:
        self.name = name
        self._file = file or name
        self._parts = Parts(one for one in (folder, _shipped()) if one)
        self._has_subject = bool(subject)
        self._plain = environment(self._parts, escape=False)
        self._subjects: dict[str, _Piece] = {}
        self._subject = self._compiled(self._plain, subject)
        self._text = self._compiled(self._plain, text)
        page = str(Path(self._file).with_suffix(".html"))
        self._html = self._compiled(environment(self._parts, escape=True), html, page) if html else None
        included = (f"{one}={said}" for one, said in sorted(self._parts.texts.items()))
        self.source = "\0".join((subject, text, html, *included))
        """What it says, to tell whether two mailings are the same."""

    def write(self, fields: Mapping[str, Any], *, subject: str = "") -> Written:
        """Fill it in; `subject` goes before the template's own, and may have places too.

        Raises Invalid naming what is not there.
        """
        fields = dict(fields)
        if subject:
            if subject not in self._subjects:
                self._subjects[subject] = self._compiled(self._plain, subject)
            fields["subject"] = self._filled(self._subjects[subject], fields)
        own = self._filled(self._subject, fields) if self._has_subject and not subject else ""
        head = str(fields["subject"]) if subject else own
        if not head.strip():
            raise self._no_subject()
        text = self._filled(self._text, fields)
        html = self._filled(self._html, fields) if self._html else ""
        return Written(subject=" ".join(head.split()), text=_tidy(text), html=html)

    def _no_subject(self) -> Invalid:
        return Invalid("{path}: it has no subject; give one with --subject", path=self.name)

    def _compiled(self, environment: Environment, source: str, where: str = "") -> _Piece:
        where = where or self._file
        template = self._parts.compiled(environment, source, where)
        return _Piece(where=where, source=source, template=template)

    def _filled(self, piece: _Piece, fields: Mapping[str, Any]) -> str:
        from jinja2 import TemplateError

        where = piece.where
        try:
            return piece.template.render(fields)
        except NotThere as error:
            if error.name == "subject":
                raise self._no_subject() from None
            if error.name == "meeting":
                raise Invalid("{path}: it tells of a meeting; name it with --meeting", path=where) from None
            raise Invalid("{path}: {who} has no {field}; ask for it first ({example}), or give it with "
                          "--field {field}=…", path=where, who=fields.get("name", ""),
                          field=error.name, example=f"{{% if {error.name} %}}") from None  # fmt: skip
        except (TemplateError, ArithmeticError, TypeError, ValueError, LookupError, AttributeError,
                RecursionError, MemoryError) as error:  # fmt: skip
            raise failed(error, where, piece.source, self._parts) from None


def find(name: str, lang: str, folder: Path | None = None) -> Letter:
    """The template of that name: a file's path, or one of `folder`, or a shipped one, in the language.

    Raises NotFound naming those there are; Invalid for one that cannot be read.
    """
    path = Path(name).expanduser()
    if path.suffix in _SUFFIXES or len(path.parts) > 1:
        if not path.is_file():
            raise NotFound("{path}: there is no such template", path=name, nearest=())
        return _of_file(path, name)
    for base in (folder, _shipped()):
        for file in (f"{name}.{lang}.txt", f"{name}.txt") if base else ():
            if base and (found := base / file).is_file():
                return _of_file(found, name)
    there = ", ".join(names(folder))
    raise NotFound("there is no template {name}; there are {all}, or name a file", name=name, all=there,
                   nearest=())  # fmt: skip


def folder_of(config: Config) -> Path | None:
    """The folder of one's own templates, where the configuration names one."""
    return Path(config.templates).expanduser() if config.templates else None


def names(folder: Path | None = None) -> list[str]:
    """The names of the templates there are."""
    found = {file.name.partition(".")[0] for base in (folder, _shipped()) if base for file in _texts(base)}
    return sorted(found)


def _texts(base: Path) -> Iterable[Path]:
    return base.glob("*.txt") if base.is_dir() else ()


def _shipped() -> Path:
    return Path(str(resources.files("kontaktnat_mail"))) / "templates"


def _of_file(path: Path, name: str) -> Letter:
    if path.suffix == ".html":
        page, text = read(path), ""
        raise_without_text(path, name)
        text = read(path.with_suffix(".txt"))
    else:
        text, beside = read(path), path.with_suffix(".html")
        page = read(beside) if beside.is_file() else ""
    subject, body = _parted(text)
    file = name if Path(name).suffix in _SUFFIXES else path.name
    file = str(Path(file).with_suffix(".txt")) if path.suffix == ".html" else file
    return Letter(name, subject, body, page, folder=path.parent, file=file)


def raise_without_text(path: Path, name: str) -> None:
    """Raise Invalid for a page without a text: not everybody reads pages, and nothing is sent without one."""
    if not path.with_suffix(".txt").is_file():
        raise Invalid("{path}: write the text too, as {text}: not everybody reads pages", path=name,
                      text=path.with_suffix(".txt").name)  # fmt: skip


def _parted(text: str) -> tuple[str, str]:
    """The subject that its first line says, and the rest."""
    first, _, rest = text.lstrip().partition("\n")
    for head in _HEADS:
        if first.casefold().startswith(head):
            blank = text[: len(text) - len(text.lstrip())].count("\n") + 1
            return first[len(head) :].strip(), "\n" * blank + rest  # so that lines are told as in the file
    return "", text


def _tidy(text: str) -> str:
    """Without spaces at the ends of lines, and no more than one empty line after another."""
    lines = [line.rstrip() for line in text.strip().splitlines()]
    kept = [line for n, line in enumerate(lines) if line or (n and lines[n - 1])]
    return "\n".join(kept) + "\n"
