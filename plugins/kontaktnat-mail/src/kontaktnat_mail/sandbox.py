"""jinja2 as letters use it: in its sandbox, with parts of its own folder alone, and mistakes told in a line.

A part is a file whose name ends in `.j2`; no other file can be included, for what lies beside a template (a
Downloads folder, somebody's desktop) is not meant to be in a letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kontaktnat.errors import Invalid, KontaktnatError, reason
from kontaktnat.extend import Text

if TYPE_CHECKING:
    from jinja2 import Environment, Template

PART = ".j2"
_LARGE = 1_000_000
_QUOTED = re.compile(r"'([^']*)'")


class NotThere(KontaktnatError):
    """What a template would write, and does not know."""

    def __init__(self, name: str) -> None:
        super().__init__("{name}", name=name)
        self.name = name


def read(path: Path) -> str:
    """A template's text; raises Invalid for what is too large, or cannot be read."""
    try:
        if path.stat().st_size > _LARGE:
            raise Invalid("{path}: too large for a template", path=path.name)
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid("{path}: not UTF-8; save it as UTF-8", path=path.name) from None
    except OSError as error:
        raise Invalid("{path}: {problem}", path=path.name, problem=reason(error)) from None


class Parts:
    """What templates of these folders may include."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self._folders = tuple(folders)
        self.texts: dict[str, str] = {}
        """All that has been included, by name: it is part of what a letter says."""

    def load(self, name: str) -> tuple[str, str, Any]:
        """As jinja2's loader wants it: text, name, and whether it stands still; raises Invalid."""
        if name not in self.texts:
            self.texts[name] = self._read(name)
        return self.texts[name], name, lambda: True

    def _read(self, name: str) -> str:
        if Path(name).name != name or not name.endswith(PART):
            raise Invalid("{name} cannot be included: a part lies in the template's own folder, and its name "
                          "ends in {ending}", name=name, ending=PART, path="")  # fmt: skip
        found = next((path for one in self._folders if (path := one / name).is_file()), None)
        if found is None:
            raise Invalid("{name} cannot be included: there is no such file in the template's folder",
                          name=name, path="")  # fmt: skip
        return read(found)

    def compiled(self, environment: Environment, source: str, where: str) -> Template:
        """A text that jinja2 has read, with all that it includes; raises Invalid for what it cannot read."""
        from jinja2 import TemplateSyntaxError, meta

        try:
            names = [*meta.find_referenced_templates(environment.parse(source))]
            template = environment.from_string(source)
        except TemplateSyntaxError as error:
            raise Invalid("{path}: line {line}: {problem}", path=where, line=error.lineno,
                          problem=wrong(error, source)) from None  # fmt: skip
        except (ValueError, TypeError, RecursionError):
            raise Invalid("{path}: {problem}", path=where, problem=Text("it cannot be read")) from None
        for name in names:
            if name is None:
                raise Invalid("{path}: what is included is named in quotes: {example}", path=where,
                              example='{% include "sidfot.j2" %}')  # fmt: skip
            if name not in self.texts:
                try:
                    text, _, _ = self.load(name)
                except Invalid as error:
                    raise Invalid("{path}: {problem}", path=where, problem=error.text) from None
                self.compiled(environment, text, name)
        return template


def environment(parts: Parts, *, escape: bool) -> Environment:
    """jinja2's sandbox. What is not there may be asked for, and not written: see `NotThere`."""
    from jinja2 import FunctionLoader, Undefined
    from jinja2.exceptions import SecurityError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Missing(Undefined):
        """May be asked for, and not written."""

        __slots__ = ()

        def _fail(self, *_: Any, **__: Any) -> Any:
            if issubclass(self._undefined_exception, SecurityError):
                raise self._undefined_exception(self._undefined_hint)
            raise NotThere(str(self._undefined_name or ""))

        def __bool__(self) -> bool:
            return False

        __str__ = __iter__ = __len__ = __add__ = __radd__ = __getitem__ = __call__ = _fail
        __lt__ = __le__ = __gt__ = __ge__ = __int__ = __float__ = _fail

        def __getattr__(self, name: str) -> Any:
            if name[:2] == "__":
                raise AttributeError(name)
            return self._fail()

    class Sandbox(ImmutableSandboxedEnvironment):
        """Also without powers: a few signs of them reckon for ever, and no letter needs any."""

        intercepted_binops = frozenset(("**",))

        def call_binop(self, *_: Any, **__: Any) -> Any:
            raise SecurityError("**")

    return Sandbox(
        loader=FunctionLoader(parts.load),
        undefined=Missing,
        autoescape=escape,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def wrong(error: Exception, source: str) -> str:
    """What jinja2 cannot read, in the user's words; else the line itself."""
    message = str(getattr(error, "message", "") or "")
    said = _QUOTED.findall(message)
    if message.startswith("Unexpected end of template") and (
        ends := [one for one in said if one[:3] == "end"]
    ):
        return Text("{what} is missing", what=f"{{% {ends[0]} %}}")
    if message.startswith("Encountered unknown tag") and said:
        return Text("there is no {what}", what=f"{{% {said[0]} %}}")
    if message.startswith("No filter named") and said:
        return Text("there is no filter {what}", what=said[0])
    return Text("this cannot be read: {what}", what=_line(source, getattr(error, "lineno", 0)))


def failed(error: Exception, where: str, source: str, parts: Parts) -> Invalid:
    """What cannot be worked out when a letter is filled in, with its line."""
    from jinja2.exceptions import SecurityError

    name, line = _place(error)
    text = parts.texts.get(name, source)
    what = _line(text, line)
    if isinstance(error, SecurityError):
        problem = Text("a template may not do this: {what}", what=what)
    else:
        problem = Text("this cannot be worked out: {what}", what=what)
    where = name if name in parts.texts else where
    return Invalid("{path}: line {line}: {problem}", path=where, line=line, problem=problem)


def _place(error: Exception) -> tuple[str, int]:
    """The part and the line of a template in which it went wrong; "" for the template itself."""
    found, trace = ("", 1), error.__traceback__
    while trace is not None:
        if "__jinja_exception__" in trace.tb_frame.f_globals:  # as jinja2 writes a template's own frame
            found = str(trace.tb_frame.f_globals.get("__file__") or ""), trace.tb_lineno
        trace = trace.tb_next
    return found


def _line(source: str, number: int) -> str:
    lines = source.splitlines()
    line = " ".join(lines[number - 1].split()) if 0 < number <= len(lines) else ""
    return line if len(line) <= 60 else f"{line[:59]}…"
