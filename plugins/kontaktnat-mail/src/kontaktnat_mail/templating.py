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

from kontaktnat.errors import Invalid, KontaktnatError, NotFound, reason

if TYPE_CHECKING:
    from jinja2 import Environment, Template

LANGUAGES = ("sv", "en")
_HEADS = ("subject:", "ämne:")
_SUFFIXES = (".txt", ".html", ".j2")
_LARGE = 1_000_000


@attrs.frozen(kw_only=True, repr=False)
class Written:
    """What a template made for somebody. `html`: "" where it has no page of its own."""

    subject: str
    text: str
    html: str


class Letter:
    """A template, read and compiled once."""

    def __init__(self, name: str, subject: str, text: str, html: str, *, folder: Path | None) -> None:
        self.name = name
        self.source = "\0".join((subject, text, html))
        """What it says, to tell whether two mailings are the same."""
        self._has_subject = bool(subject)
        self._plain = _environment(folder, escape=False)
        self._subjects: dict[str, Template] = {}
        self._subject = self._compiled(self._plain, subject)
        self._text = self._compiled(self._plain, text)
        self._html = self._compiled(_environment(folder, escape=True), html) if html else None

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

    def _compiled(self, environment: Environment, source: str) -> Template:
        from jinja2 import TemplateSyntaxError

        try:
            return environment.from_string(source)
        except TemplateSyntaxError as error:
            raise Invalid("{path}: line {line}: {problem}", path=self.name, line=error.lineno,
                          problem=error.message or "") from None  # fmt: skip
        except (ValueError, TypeError, RecursionError) as error:
            raise Invalid("{path}: {problem}", path=self.name, problem=type(error).__name__) from None

    def _filled(self, template: Template, fields: Mapping[str, Any]) -> str:
        from jinja2 import TemplateError

        try:
            return template.render(fields)
        except _NotThere as error:
            if error.name == "subject":
                raise self._no_subject() from None
            if error.name == "meeting":
                raise Invalid(
                    "{path}: it tells of a meeting; name it with --meeting", path=self.name
                ) from None
            raise Invalid("{path}: {who} has no {field}; ask for it first ({example}), or give it with "
                          "--field {field}=…", path=self.name, who=fields.get("name", ""),
                          field=error.name, example=f"{{% if {error.name} %}}") from None  # fmt: skip
        except (TemplateError, ArithmeticError, TypeError, ValueError, LookupError, AttributeError,
                RecursionError) as error:  # fmt: skip
            problem = " ".join(str(error).split())[:200] or type(error).__name__
            raise Invalid("{path}: {problem}", path=self.name, problem=problem) from None


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
        page, text = _read(path), ""
        raise_without_text(path, name)
        text = _read(path.with_suffix(".txt"))
    else:
        text, beside = _read(path), path.with_suffix(".html")
        page = _read(beside) if beside.is_file() else ""
    subject, body = _parted(text)
    return Letter(name, subject, body, page, folder=path.parent)


def raise_without_text(path: Path, name: str) -> None:
    """Raise Invalid for a page without a text: not everybody reads pages, and nothing is sent without one."""
    if not path.with_suffix(".txt").is_file():
        raise Invalid("{path}: write the text too, as {text}: not everybody reads pages", path=name,
                      text=path.with_suffix(".txt").name)  # fmt: skip


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGE:
            raise Invalid("{path}: too large for a template", path=path.name)
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid("{path}: not UTF-8; save it as UTF-8", path=path.name) from None
    except OSError as error:
        raise Invalid("{path}: {problem}", path=path.name, problem=reason(error)) from None


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


class _NotThere(KontaktnatError):
    def __init__(self, name: str) -> None:
        super().__init__("{name}", name=name)
        self.name = name


def _environment(folder: Path | None, *, escape: bool) -> Environment:
    from jinja2 import ChoiceLoader, FileSystemLoader, Undefined
    from jinja2.exceptions import SecurityError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Missing(Undefined):
        """May be asked for, and not written."""

        __slots__ = ()

        def _fail(self, *_: Any, **__: Any) -> Any:
            if issubclass(self._undefined_exception, SecurityError):
                raise self._undefined_exception(self._undefined_hint)
            raise _NotThere(str(self._undefined_name or ""))

        def __bool__(self) -> bool:
            return False

        __str__ = __iter__ = __len__ = __add__ = __radd__ = __getitem__ = __call__ = _fail
        __lt__ = __le__ = __gt__ = __ge__ = __int__ = __float__ = _fail

        def __getattr__(self, name: str) -> Any:
            if name[:2] == "__":
                raise AttributeError(name)
            return self._fail()

    places = [FileSystemLoader(str(one)) for one in (folder, _shipped()) if one]
    return ImmutableSandboxedEnvironment(
        loader=ChoiceLoader(places),
        undefined=Missing,
        autoescape=escape,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
