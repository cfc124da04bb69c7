"""Which plugins there are, which are wanted, and whether one would work as it reads."""

from __future__ import annotations

import inspect
import logging
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from copy import deepcopy
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

import attrs
import pluggy
from attrs import frozen

from kontaktnat import hookspecs
from kontaktnat.errors import PluginConflict, PluginError, Usage, shown
from kontaktnat.i18n import Text, or_nearest
from kontaktnat.model.base import Record
from kontaktnat.plugins.keeping import Cost

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "kontaktnat"

HOOKS: dict[str, tuple[str, ...]] = {
    name: tuple(inspect.signature(spec).parameters)
    for name, spec in vars(hookspecs).items()
    if hasattr(spec, f"{hookspecs.PROJECT}_spec")
}
"""Every hook and the names of its arguments, as in hookspecs.py."""

PROVIDES: dict[str, type] = {
    name: get_args(get_type_hints(getattr(hookspecs, name))["return"])[0]
    for name in HOOKS
    if name.startswith("register_")
}
"""Every provider and the type of what it gives."""

ANSWERS = frozenset({"personal_data"})
"""Hooks beside the providers that give several things, and may do so one by one."""

_NOT_TAKEN = ("wrapper", "hookwrapper", "tryfirst", "trylast")
"""Plugins do not wrap one another, and their order is that of their names."""

being_told: ContextVar[frozenset[tuple[str, str]]] = ContextVar("being_told", default=frozenset())
"""(plugin, hook) of the notices that run in this thread."""

log = logging.getLogger("kontaktnat")


@frozen(kw_only=True)
class Loaded:
    """A plugin that is in use."""

    name: str
    plugin: object
    source: str | EntryPoint = ""
    """Who brings it: a name, or the entry point whose distribution is looked up when somebody asks."""
    hooks: tuple[str, ...] = ()
    builtin: bool = False
    package: object = None
    """The package without hooks whose folder is a county pack; `plugin` then stands for it."""
    cost: Cost | None = None
    """What importing it took; None for what was imported before, or given."""

    @property
    def where(self) -> str:
        """The file of its module, as far as there is one."""
        return str(getattr(self.plugin, "__file__", None) or "") or folder(self.source)

    @property
    def distribution(self) -> str:
        return self.source if isinstance(self.source, str) else origin(self.source)[0]

    @property
    def version(self) -> str:
        return "" if isinstance(self.source, str) else origin(self.source)[1]


@frozen(kw_only=True)
class Failed:
    """A plugin that was left out, or one hook of it, and why."""

    name: str
    distribution: str
    version: str
    reason: str
    hook: str = ""
    """The one hook that is left out; the plugin's others are in use."""
    where: str = ""
    """The folder in which it is installed."""

    @property
    def text(self) -> Text:
        """The warning in one line."""
        fields = {
            "plugin": clean(self.name),
            "origin": " ".join(filter(None, (self.distribution, self.version))),
            "reason": self.reason,
        }
        if self.hook:
            return Text("plugin {plugin} ({origin}): {reason}", **fields)
        return Text("plugin {plugin} ({origin}) is left out: {reason}", **fields)

    def __str__(self) -> str:
        return str(self.text)


@frozen
class Call:
    """A plugin's implementation of a hook."""

    loaded: Loaded
    function: Callable[..., Any]
    takes: frozenset[str]

    def __call__(self, arguments: Mapping[str, Any]) -> Any:
        return self.function(**{name: value for name, value in arguments.items() if name in self.takes})


@frozen
class Twice:
    """A name that the plugins of several distributions bear."""

    name: str
    entries: tuple[EntryPoint, ...]

    def conflict(self, first: str, second: str) -> PluginConflict:
        """What to say to who asked for it by name."""
        return PluginConflict(
            "{first} and {plugin} both bring a plugin named {name}; uninstall one of them",
            first=first,
            plugin=second,
            name=self.name,
        )


@contextmanager
def telling(key: tuple[str, str]) -> Iterator[None]:
    token = being_told.set(being_told.get() | {key})
    try:
        yield
    finally:
        being_told.reset(token)


def copies(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """With records of its own; they are frozen, but what stands in their `extra` is not."""
    return {name: _copy(one) if isinstance(one, Record) else one for name, one in arguments.items()}


_FIXED = (str, int, float, bool, type(None), date, datetime)


def _copy(value: Any) -> Any:
    """As `deepcopy`, which takes ten times as long: every record that is saved goes through here."""
    kind = type(value)
    if kind in _FIXED:
        return value
    if kind is tuple or kind is list:
        return kind(map(_copy, value))
    if kind is dict:
        return {key: _copy(one) for key, one in value.items()}
    if not attrs.has(kind):
        return deepcopy(value)
    copy = kind.__new__(kind)
    for one in attrs.fields(kind):
        object.__setattr__(copy, one.name, _copy(getattr(value, one.name)))
    return copy


def chosen(wanted: Sequence[str | object] | None) -> Iterator[EntryPoint | Loaded | Twice]:
    """What to load, an object or module as it is.

    Raises PluginError for a name that is not installed, PluginConflict for one that is asked for and that two
    distributions have.
    """
    if isinstance(wanted, str):
        raise Usage("plugins: give a list of them, not the text {text}", text=shown(wanted))
    names: Iterable[str] | None = None
    if wanted is None:
        if (told := os.environ.get("KONTAKTNAT_PLUGINS")) is not None:
            names = {name.strip() for name in told.split(",") if name.strip()}
    else:
        names = {plugin for plugin in wanted if isinstance(plugin, str)}
        for plugin in wanted:
            if not isinstance(plugin, str):
                yield Loaded(name=_given_name(plugin), plugin=plugin, source="given")
    if names is not None and not names:
        return
    installed = all_installed()
    if missing := sorted(set(names or ()) - set(installed)):
        raise PluginError(
            "no plugin {plugin} is installed; there are: {installed}",
            plugin=", ".join(missing),
            installed=", ".join(sorted(installed)) or Text("none"),
        )
    for name in installed if names is None else names:
        first, *others = installed[name]
        if not others:
            yield first
            continue
        twice = Twice(name, tuple(installed[name]))
        if names is not None:
            raise twice.conflict(" ".join(origin(first)), " ".join(origin(others[0])))
        yield twice


def all_installed() -> dict[str, list[EntryPoint]]:
    from importlib.metadata import entry_points

    installed: dict[str, list[EntryPoint]] = {}
    for entry in entry_points(group=GROUP):
        installed.setdefault(entry.name, []).append(entry)
    # Only who shares a name is asked where it comes from: to read a distribution's metadata takes a while.
    return {name: sorted(ones, key=origin) if len(ones) > 1 else ones for name, ones in installed.items()}


def origin(entry: EntryPoint) -> tuple[str, str]:
    """Name and version of the distribution; its metadata may be as broken as its code."""
    try:
        if entry.dist is not None:
            metadata = entry.dist.metadata  # parsed anew at each access
            return metadata["Name"] or entry.value, metadata["Version"] or ""
    except Exception as error:
        log.debug("metadata of %s: %s", entry.value, place(error))
    return entry.value, ""


def folder(source: str | EntryPoint) -> str:
    """Where the distribution is installed; "" where nobody can tell."""
    try:
        dist = None if isinstance(source, str) else source.dist
        return str(dist.locate_file("")) if dist is not None else ""
    except Exception as error:
        log.debug("where %s is: %s", source, place(error))
        return ""


def _given_name(plugin: object) -> str:
    name = getattr(plugin, "name", None)
    if not isinstance(name, str) or not name:
        name = getattr(plugin, "__name__", type(plugin).__name__)
    return str(name)


def implementations(manager: pluggy.PluginManager, loaded: Loaded) -> dict[str, Call]:
    """By hook, what a plugin implements; {} where it has no hook.

    Raises PluginError for what would not do what it seems to.
    """
    plugin = loaded.plugin
    # A module may make its Config when it is asked for (PEP 562), and nobody has asked yet.
    config = vars(plugin).get("Config") if inspect.ismodule(plugin) else getattr(plugin, "Config", None)
    if config is not None and not attrs.has(config):
        raise PluginError("its Config is no attrs class")
    found: dict[str, Call] = {}
    for name in dir(plugin):
        options = manager.parse_hookimpl_opts(plugin, name)
        if options is None:
            if name in HOOKS and callable(getattr(plugin, name)):
                raise PluginError("{hook} lacks @hookimpl, and would never be called", hook=name)
            continue
        hook = options.get("specname") or name
        if hook not in HOOKS:
            if options.get("optionalhook"):  # of another version of kontaktnat
                continue
            raise PluginError("there is no hook {hook}{hint}", hook=hook, hint=or_nearest(hook, HOOKS))
        for mark in _NOT_TAKEN:
            if options.get(mark):
                raise PluginError("{hook} is marked {mark}, which kontaktnat does not take",
                                  hook=hook, mark=mark)  # fmt: skip
        if hook in found:
            raise PluginError("it has {hook} twice", hook=hook)
        function = getattr(plugin, name)
        found[hook] = Call(loaded, function, _arguments(hook, function))
    return found


def without_python(loaded: Loaded) -> Loaded:
    """A plugin without hooks as the county pack that its folder holds; raises PluginError if it is none."""
    from kontaktnat.plugins.data_pack import data_pack

    if pack := data_pack(loaded.plugin):
        return attrs.evolve(loaded, plugin=pack, package=loaded.plugin)
    raise PluginError(
        "it has no hooks; mark its functions with @kontaktnat.hookimpl, or, for a county, put "
        "a pack.toml into its folder"
    )


def _arguments(hook: str, function: Callable[..., Any]) -> frozenset[str]:
    if inspect.iscoroutinefunction(function) or inspect.isasyncgenfunction(function):
        raise PluginError("{hook} is async, and would never run", hook=hook)
    if hook not in PROVIDES and hook not in ANSWERS and inspect.isgeneratorfunction(function):
        raise PluginError("{hook} has a yield, and would never run", hook=hook)
    parameters = inspect.signature(function).parameters.values()
    for one in parameters:
        if one.name not in HOOKS[hook] or one.kind not in (one.POSITIONAL_OR_KEYWORD, one.KEYWORD_ONLY):
            raise PluginError(
                "{hook} wants {argument}; it is given {given}, by name",
                hook=hook,
                argument=one,
                given=", ".join(HOOKS[hook]) or Text("nothing"),
            )
    return frozenset(one.name for one in parameters)


def one_line(error: BaseException) -> str:
    """What happened, with the first line of the error's text: where a plugin is loaded no data is at hand."""
    try:
        text = str(error).strip().splitlines()
    except BaseException:  # an error whose own text fails
        text = []
    return clean(f"{type(error).__name__}: {text[0][:200]}" if text else type(error).__name__)


def clean(text: str) -> str:
    """Without what would command a terminal or a log."""
    return "".join(one if one.isprintable() else "�" for one in text)


def place(error: BaseException) -> str:
    """What happened and where, without the error's text, which may hold somebody's data or a password."""
    where = error.__traceback__
    while where and where.tb_next:
        where = where.tb_next
    at = f" in {where.tb_frame.f_globals.get('__name__')}:{where.tb_lineno}" if where else ""
    return f"{type(error).__name__}{at}"
