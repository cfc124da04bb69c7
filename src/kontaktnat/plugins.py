"""Loading plugins, collecting what they provide, asking their guards and telling them what happened.

One manager per Book, made on demand. A plugin that cannot be loaded is left out with one line that
names it; the rest works. Listed under `required` in the configuration, its failure is fatal; with
`KONTAKTNAT_STRICT=1` everything is raised as it happens.
"""

from __future__ import annotations

import importlib
import logging
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pluggy
from attrs import frozen

from kontaktnat import hookspecs
from kontaktnat.errors import Invalid, KontaktnatError, NotFound, PluginConflict, PluginError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "kontaktnat"
BUILTIN = ("stores", "vocabulary", "files", "views", "checks", "audit")
"""Modules of `kontaktnat.builtin`: plugins like any other, but always there."""

log = logging.getLogger("kontaktnat")


@frozen(kw_only=True)
class Loaded:
    """A plugin that is in use."""

    name: str
    plugin: object
    distribution: str = ""
    version: str = ""
    hooks: tuple[str, ...] = ()
    builtin: bool = False


@frozen(kw_only=True)
class Failed:
    """A plugin that was left out, and why."""

    name: str
    distribution: str
    version: str
    reason: str

    def __str__(self) -> str:
        version = f" {self.version}" if self.version else ""
        return f"plugin {self.name} ({self.distribution}{version}) is left out: {self.reason}"


class Plugins:
    """The plugins of one Book.

    `chosen`: None (all that are installed, or those that KONTAKTNAT_PLUGINS names), or a list of
    entry-point names, modules and objects. `config`: as read from TOML: `required = [names]` and a
    table `plugins.NAME` for each that takes settings.
    """

    def __init__(
        self,
        chosen: Sequence[str | object] | None = None,
        config: Mapping[str, Any] | None = None,
        *,
        strict: bool | None = None,
    ) -> None:
        self.config = dict(config or {})
        self.strict = os.environ.get("KONTAKTNAT_STRICT") == "1" if strict is None else strict
        self.required = frozenset(self.config.get("required", ()))
        self.loaded: list[Loaded] = []
        self.failed: list[Failed] = []
        self._collected: dict[str, dict[str, Any]] = {}
        self._manager = pluggy.PluginManager(hookspecs.PROJECT)
        self._manager.add_hookspecs(hookspecs)
        for name in BUILTIN:
            module = importlib.import_module(f"kontaktnat.builtin.{name}")
            self._register(Loaded(name=name, plugin=module, distribution="kontaktnat", builtin=True))
        for entry in _chosen(chosen):
            self._load(entry)
        present = {plugin.name for plugin in self.loaded}
        if missing := sorted(self.required - present):
            reasons = "; ".join(str(failed) for failed in self.failed if failed.name in missing)
            raise PluginError(
                "required plugin {plugin} is not in use: {reason}",
                plugin=", ".join(missing),
                reason=reasons or "it is not installed",
            )

    def collect(self, hook: str) -> Mapping[str, Any]:
        """Everything a `register_…` hook provides, by name; raises PluginConflict naming both claimants."""
        if hook not in self._collected:
            self._collected[hook] = self._gather(hook)
        return self._collected[hook]

    def find(self, hook: str, name: str, what: str) -> Any:
        """The one of that name; raises NotFound naming those there are."""
        there = self.collect(hook)
        if name not in there:
            raise NotFound(
                "there is no {what} {name}; there are: {listed}",
                what=what,
                name=name,
                nearest=sorted(there),
                listed=", ".join(sorted(there)) or "none",
            )
        return there[name]

    def pieces(self, hook: str) -> Iterator[tuple[str, Any]]:
        """(plugin, descriptor) in order of plugin name; a provider that fails is reported and passed over."""
        for loaded, function in self._implementations(hook):
            try:
                provided = tuple(function())
                for piece in provided:
                    if not hasattr(piece, "name") and not hasattr(piece, "scheme"):
                        raise TypeError(f"{hook} gave {type(piece).__name__}, not a descriptor")
            except Exception as error:
                self._fail(loaded, f"{hook} failed: {_one_line(error)}", error)
                continue
            yield from ((loaded.name, piece) for piece in provided)

    def guard(self, hook: str, **arguments: Any) -> None:
        """Ask every guard. A Veto passes through; any other failure refuses the write too (fails closed)."""
        for loaded, function in self._implementations(hook):
            try:
                _call(function, arguments)
            except KontaktnatError:
                raise
            except Exception as error:
                if self.strict:
                    raise
                raise PluginError(
                    "plugin {plugin} failed in {hook}, so nothing was saved: {reason}",
                    plugin=loaded.name,
                    hook=hook,
                    reason=_one_line(error),
                ) from error

    def notify(self, hook: str, **arguments: Any) -> None:
        """Tell every plugin; an error is logged and goes no further."""
        for loaded, function in self._implementations(hook):
            try:
                _call(function, {**arguments, "config": self._config_of(loaded)})
            except Invalid:
                raise  # the user's configuration is wrong: say so
            except Exception as error:
                if self.strict:
                    raise
                log.warning("plugin %s failed in %s: %s", loaded.name, hook, _one_line(error))

    def _implementations(self, hook: str) -> Iterator[tuple[Loaded, Any]]:
        found = {
            impl.plugin_name: impl.function for impl in getattr(self._manager.hook, hook).get_hookimpls()
        }
        for loaded in sorted(self.loaded, key=lambda plugin: (not plugin.builtin, plugin.name)):
            if loaded.name in found:
                yield loaded, found[loaded.name]

    def _gather(self, hook: str) -> dict[str, Any]:
        claimed: dict[str, tuple[str, Any]] = {}
        for plugin, piece in self.pieces(hook):
            name = getattr(piece, "name", None) or piece.scheme
            if name in claimed:
                raise PluginConflict(
                    "{first} and {plugin} both provide {name} ({hook}); remove one of them",
                    first=claimed[name][0],
                    plugin=plugin,
                    name=name,
                    hook=hook,
                )
            claimed[name] = plugin, piece
        return {name: piece for name, (_, piece) in claimed.items()}

    def _load(self, entry: EntryPoint | Loaded) -> None:
        if not isinstance(entry, Loaded):
            name, distribution = entry.name, entry.dist
            described = Loaded(
                name=name,
                plugin=None,
                distribution=distribution.name if distribution else entry.value,
                version=distribution.version if distribution else "",
            )
            try:
                plugin = entry.load()
            except (Exception, SystemExit) as error:
                self._fail(described, f"it cannot be imported: {_one_line(error)}", error)
                return
            entry = Loaded(
                name=name, plugin=plugin, distribution=described.distribution, version=described.version
            )
        self._register(entry)

    def _register(self, loaded: Loaded) -> None:
        hooks = []
        try:
            for name in dir(loaded.plugin):
                if options := self._manager.parse_hookimpl_opts(loaded.plugin, name):
                    if options.get("wrapper") or options.get("hookwrapper"):
                        raise PluginError("{hook} is a wrapper, which kontaktnat does not take", hook=name)
                    if not hasattr(hookspecs, name):
                        raise PluginError("there is no hook {hook}", hook=name)
                    hooks.append(name)
            self._manager.register(loaded.plugin, loaded.name)
        except (pluggy.PluginValidationError, PluginError, ValueError) as error:
            self._fail(loaded, _one_line(error), error)
            return
        self.loaded.append(
            Loaded(
                name=loaded.name,
                plugin=loaded.plugin,
                distribution=loaded.distribution,
                version=loaded.version,
                hooks=tuple(hooks),
                builtin=loaded.builtin,
            )
        )

    def _fail(self, loaded: Loaded, reason: str, error: BaseException) -> None:
        if self.strict or loaded.builtin:
            raise error
        failed = Failed(
            name=loaded.name, distribution=loaded.distribution, version=loaded.version, reason=reason
        )
        if loaded.name in self.required:
            raise PluginError("{reason}", plugin=loaded.name, reason=str(failed)) from error
        if not any(known.name == loaded.name for known in self.failed):
            log.warning("%s", failed)
        self.failed.append(failed)

    def _config_of(self, loaded: Loaded) -> Any:
        section = self.config.get("plugins", {}).get(loaded.name)
        shape = getattr(loaded.plugin, "Config", None)
        if shape is None:
            if section:
                raise Invalid("plugins.{plugin}: this plugin takes no settings", plugin=loaded.name, path="")
            return None
        return structure_config(loaded.name, section, shape) if section else shape()


def structure_config(plugin: str, section: Mapping[str, Any], shape: type) -> Any:
    """A plugin's table as its own attrs class; unknown keys are refused, `{env = "NAME"}` is looked up."""
    from cattrs import Converter, transform_error

    plain = {key: _secret(f"plugins.{plugin}.{key}", value) for key, value in section.items()}
    try:
        return Converter(forbid_extra_keys=True).structure(plain, shape)
    except Exception as error:
        problem = "; ".join(transform_error(error, path=f"plugins.{plugin}"))
        raise Invalid("configuration: {problem}", problem=problem, path=f"plugins.{plugin}") from None


def _secret(path: str, value: Any) -> Any:
    if not isinstance(value, Mapping) or set(value) != {"env"}:
        return value
    try:
        return os.environ[value["env"]]
    except KeyError:
        raise Invalid(
            "{path}: the environment variable {name} is not set", path=path, name=value["env"]
        ) from None


def _chosen(chosen: Sequence[str | object] | None) -> Iterator[EntryPoint | Loaded]:
    """What to load, by name; an object or module comes as it is."""
    names: Iterable[str] | None = None
    if chosen is None:
        if (wanted := os.environ.get("KONTAKTNAT_PLUGINS")) is not None:
            names = {name.strip() for name in wanted.split(",") if name.strip()}
    else:
        names = {plugin for plugin in chosen if isinstance(plugin, str)}
        for plugin in chosen:
            if not isinstance(plugin, str):
                name = plugin.__name__ if isinstance(plugin, ModuleType) else type(plugin).__name__
                yield Loaded(name=getattr(plugin, "name", name), plugin=plugin, distribution="(given)")
    if names is not None and not names:
        return
    from importlib.metadata import entry_points

    installed = {entry.name: entry for entry in entry_points(group=GROUP)}
    if missing := sorted(set(names or ()) - set(installed)):
        raise PluginError(
            "no plugin {plugin} is installed; there are: {installed}",
            plugin=", ".join(missing),
            installed=", ".join(sorted(installed)) or "none",
        )
    for name in sorted(installed if names is None else names):
        yield installed[name]


def _call(function: Any, arguments: Mapping[str, Any]) -> Any:
    import inspect

    takes = inspect.signature(function).parameters
    return function(**{name: value for name, value in arguments.items() if name in takes})


def _one_line(error: BaseException) -> str:
    text = str(error).strip().splitlines()
    return f"{type(error).__name__}: {text[0]}" if text and text[0] else type(error).__name__
