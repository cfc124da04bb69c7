"""Which language the prompt speaks: `--lang`, KONTAKTNAT_LANG, or the system's; Windows' too."""

from __future__ import annotations

import copy
import gettext
import inspect
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

import click

from kontaktnat import i18n
from kontaktnat.errors import Usage
from kontaktnat.i18n import LANGUAGES, Text, folder_of, language, tr

WINDOWS = os.name == "nt"
_OUTSIDE: ContextVar[str] = ContextVar("outside", default="")


def asked_for(args: Sequence[str], environ: Mapping[str, str] = os.environ) -> str:
    """The language to speak, before click has read a word; raises Usage for one there is not.

    `--lang` counts wherever it stands, for it also decides how a mistake on the line is told.
    """
    for number, word in enumerate(args):
        if word == "--":
            break
        if word == "--lang" and number + 1 < len(args):
            return _known(args[number + 1], "--lang")
        if word.startswith("--lang="):
            return _known(word.partition("=")[2], "--lang")
    if named := environ.get("KONTAKTNAT_LANG"):
        return _known(named, "KONTAKTNAT_LANG")
    return next((lang for lang in _system(environ) if lang in LANGUAGES), "en")


def without_language(args: Sequence[str]) -> list[str]:
    """The line without `--lang`, which no command has to know."""
    rest = list(args)
    end = rest.index("--") if "--" in rest else len(rest)
    for number in reversed(range(end)):
        if rest[number] == "--lang":
            del rest[number : number + 2]
        elif rest[number].startswith("--lang="):
            del rest[number]
    return rest


def _known(text: str, where: str) -> str:
    code = text.strip().lower().replace("-", "_").partition("_")[0]
    if code not in LANGUAGES:
        raise Usage("{where} {given}: write {known}", where=where, given=text, known=Text("sv or en"))
    return code


def _system(environ: Mapping[str, str]) -> Iterator[str]:
    """The languages that the system is set to, the first choice first."""
    # POSIX: LANGUAGE is a list and counts only beside a locale; then the first of the three decides.
    locale = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "")
    if locale.partition(".")[0] not in ("", "C", "POSIX"):
        for one in (*environ.get("LANGUAGE", "").split(":"), locale):
            if one:
                yield one.lower().partition("_")[0].partition(".")[0]
    elif windows := _windows():
        yield windows


def _windows() -> str:
    """The language of Windows' own menus, which has no environment variable."""
    if not WINDOWS:  # elsewhere ctypes would be imported for nothing, at every start
        return ""
    import ctypes
    import locale

    try:
        number = ctypes.windll.kernel32.GetUserDefaultUILanguage()  # type: ignore[attr-defined,unused-ignore]
    except AttributeError:
        return ""
    return locale.windows_locale.get(number, "").partition("_")[0]


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """Inside, the prompt speaks `lang`; click's own sentences are in our catalogue too."""
    # click asks gettext's global domain, which goes by this variable.
    before, domain = os.environ.get("LANGUAGE"), gettext.textdomain()
    token = _OUTSIDE.set(before or "")
    os.environ["LANGUAGE"] = lang
    gettext.bindtextdomain("kontaktnat", folder_of("kontaktnat"))
    gettext.textdomain("kontaktnat")
    try:
        with i18n.speaking(lang):
            yield
    finally:
        _OUTSIDE.reset(token)
        gettext.textdomain(domain)
        if before is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = before


def outside() -> dict[str, str]:
    """The environment for somebody else's program: an editor goes on in the system's language."""
    return {"LANGUAGE": _OUTSIDE.get()}


def translated(command: click.Command) -> click.Command:
    """A copy of a command that explains itself in this run's language; what it does stays."""
    if language() == "en":
        return command
    command = copy.copy(command)
    command.help = command.help and tr(inspect.cleandoc(command.help))
    command.short_help = command.short_help and tr(command.short_help)
    command._help_option = None  # made once, in the language of that moment
    command.options_metavar = command.options_metavar and tr(command.options_metavar)
    command.params = [_parameter(one) for one in command.params]
    if isinstance(command, click.Group):
        command.subcommand_metavar = tr(command.subcommand_metavar)
        command.commands = {name: translated(one) for name, one in command.commands.items()}
    return command


def _parameter(parameter: click.Parameter) -> click.Parameter:
    parameter = copy.copy(parameter)
    if isinstance(parameter, click.Option):
        parameter.help = parameter.help and tr(parameter.help)
    if parameter.metavar:
        parameter.metavar = tr(parameter.metavar)
    elif isinstance(parameter, click.Argument):
        name = tr((parameter.name or "").upper())
        parameter.metavar = (name if parameter.required else f"[{name}]") + "..." * (parameter.nargs != 1)
    elif not isinstance(parameter.type, click.Choice | click.types.BoolParamType):
        parameter.metavar = tr(parameter.type.name.upper())
    if isinstance(parameter.type, click.types.IntParamType):  # its name is told of what is no number
        parameter.type = copy.copy(parameter.type)
        parameter.type.name = tr(parameter.type.name)
    return parameter
