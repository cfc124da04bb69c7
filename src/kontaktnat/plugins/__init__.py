"""Loading plugins, collecting what they provide, asking their guards and telling them what happened.

One manager per Book, made on demand. A plugin that cannot be loaded is left out with one line that
names it; the rest works. Listed under `required` in the configuration, its failure is fatal; with
`KONTAKTNAT_STRICT=1` everything is raised as it happens. For authors: docs/reference/hooks.md.
"""

from __future__ import annotations

import importlib
import logging
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import attrs
import pluggy

from kontaktnat import hookspecs
from kontaktnat.descriptors import Vocabulary
from kontaktnat.errors import (
    Invalid,
    KontaktnatError,
    NotFound,
    PluginConflict,
    PluginError,
    Refused,
    StoreBusy,
    StoreDamaged,
)
from kontaktnat.i18n import Text, add_catalogue
from kontaktnat.plugins.loading import (
    ANSWERS,
    GROUP,
    HOOKS,
    PROVIDES,
    Call,
    Failed,
    Loaded,
    checked,
    chosen,
    implementations,
    name_of,
    one_line,
    place,
    without_python,
)
from kontaktnat.plugins.settings import required, sections, structure

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

__all__ = ["BUILTIN", "GROUP", "HOOKS", "PROVIDES", "Failed", "Loaded", "Plugins"]

BUILTIN = ("audit", "checks", "files", "freetext", "remains", "stores", "topics", "views", "vocabulary")
"""Modules of `kontaktnat.builtin`: plugins like any other, but always there."""

_FAILURES = (Exception, SystemExit)
"""How a plugin may fail. KeyboardInterrupt is the user's, and passes."""

_warned: set[str] = set()
"""The warnings this process has given: a program that opens a thousand Books hears each once."""

log = logging.getLogger("kontaktnat")


class Plugins:
    """The plugins of one Book.

    `wanted`: None (all that are installed, or those that KONTAKTNAT_PLUGINS names), or a list of
    entry-point names, modules and objects. `config`: as read from TOML: `required = [names]` and a
    table `plugins.NAME` for each that takes settings. `strict`: None for what KONTAKTNAT_STRICT says.

    Raises PluginError for a plugin that is named but not installed, or required but not in use,
    PluginConflict for a name that two have, Invalid for a configuration of the wrong shape.
    """

    def __init__(
        self,
        wanted: Sequence[str | object] | None = None,
        config: Mapping[str, Any] | None = None,
        *,
        strict: bool | None = None,
    ) -> None:
        self.config = dict(config or {})
        self.strict = os.environ.get("KONTAKTNAT_STRICT") == "1" if strict is None else strict
        self.required = required(self.config)
        self.loaded: list[Loaded] = []
        self.failed: list[Failed] = []
        self._sections = sections(self.config)
        self._settings: dict[str, Any] = {}
        self._calls: dict[str, list[Call]] = {name: [] for name in HOOKS}
        self._pieces: dict[str, tuple[tuple[str, Any], ...]] = {}
        self._collected: dict[str, Mapping[str, Any]] = {}
        self._manager = pluggy.PluginManager(hookspecs.PROJECT)
        self._manager.add_hookspecs(hookspecs)
        for name in BUILTIN:
            module = importlib.import_module(f"kontaktnat.builtin.{name}")
            self._register(Loaded(name=name, plugin=module, source="kontaktnat", builtin=True))
        for entry in sorted(chosen(wanted), key=lambda one: one.name):
            self._load(entry)
        if missing := sorted(self.required - {plugin.name for plugin in self.loaded}):
            raise PluginError(
                "required plugin {plugin} is not in use: it is not installed, or KONTAKTNAT_PLUGINS leaves "
                "it out; see to that, or take it from `required` in the configuration",
                plugin=", ".join(missing),
            )
        self._add_catalogues()

    def _add_catalogues(self) -> None:
        for plugin, catalogue in self.pieces("register_catalogues"):
            try:
                add_catalogue(catalogue.name, catalogue.folder)
            except Exception as error:
                loaded = next(one for one in self.loaded if one.name == plugin)
                reason = Text("its catalogue cannot be read: {reason}", reason=one_line(error))
                self._fail(loaded, reason, error, "register_catalogues")

    # Providers

    def pieces(self, hook: str) -> Iterator[tuple[str, Any]]:
        """(plugin, descriptor) by name of plugin, the built-in ones first; each provider is asked once.

        One that fails, or gives anything but the hook's descriptors, is reported and passed over; its
        plugin's other hooks stay in use.
        """
        if hook not in self._pieces:
            self._pieces[hook] = tuple(self._ask(hook))
        return iter(self._pieces[hook])

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
                listed=", ".join(sorted(there)) or Text("none"),
            )
        return there[name]

    def examine(self) -> tuple[PluginConflict, ...]:
        """Ask every provider, so that `failed` is complete; returns the conflicts there are."""
        from kontaktnat.vocabulary import Words

        conflicts = []
        for hook, kind in PROVIDES.items():
            try:
                if kind is Vocabulary:
                    Words(self.pieces(hook))
                else:
                    self.collect(hook)
            except PluginConflict as conflict:
                conflicts.append(conflict)
        return tuple(conflicts)

    @contextmanager
    def running(self, hook: str, name: str) -> Iterator[None]:
        """Around a call of what `collect(hook)[name]` carries: a failure is a PluginError naming its plugin.

        What kontaktnat raises on purpose passes through, and so do a bug of its own and what a disk says.
        """
        try:
            yield
        except (KontaktnatError, OSError):
            raise
        except _FAILURES as error:
            owner = next(plugin for plugin, piece in self.pieces(hook) if name_of(piece) == name)
            if self.strict or owner in BUILTIN:
                raise
            raise PluginError(
                "plugin {plugin} failed in {name}: {reason}",
                plugin=owner,
                hook=hook,
                name=name,
                reason=place(error),
            ) from error

    def _ask(self, hook: str) -> Iterator[tuple[str, Any]]:
        kind = PROVIDES[hook]
        for call in self._calls[hook]:
            try:
                pieces = checked(kind, call({}))
            except _FAILURES as error:
                self._fail(
                    call.loaded,
                    Text("{hook} failed: {reason}", hook=hook, reason=one_line(error)),
                    error,
                    hook,
                )
                continue
            yield from ((call.loaded.name, piece) for piece in pieces)

    def _gather(self, hook: str) -> dict[str, Any]:
        owners = dict.fromkeys(hookspecs.COMMANDS, "kontaktnat") if hook == "register_commands" else {}
        found = {}
        for plugin, piece in self.pieces(hook):
            name = name_of(piece)
            if first := owners.get(name):
                raise PluginConflict(
                    "{first} and {plugin} both provide {name} ({hook}); remove one of them",
                    first=first,
                    plugin=plugin,
                    name=name,
                    hook=hook,
                )
            owners[name] = plugin
            found[name] = piece
        return found

    # Guards and notifications

    def guard(self, hook: str, **arguments: Any) -> None:
        """Ask every guard. A Veto passes through; any other failure refuses the write too (fails closed)."""
        for call in self._calls[hook]:
            try:
                answer = call(arguments)
            except (Refused, StoreBusy, StoreDamaged):
                raise
            except _FAILURES as error:
                if self.strict:
                    raise
                raise _refusal(call, hook, place(error)) from error
            if answer is not None:
                # `return False` reads like a refusal; passing over it would be fail-open.
                raise _refusal(call, hook, Text("it returned something, and a guard says no by raising Veto"))

    def having(self, hook: str) -> tuple[str, ...]:
        """Names of the plugins that have a hook."""
        return tuple(call.loaded.name for call in self._calls[hook])

    def answers(self, hook: str, **arguments: Any) -> Iterator[tuple[str, Any]]:
        """(plugin, what it answers) of every plugin that has the hook; raises PluginError where one fails."""
        return ((name, self.answer_of(name, hook, **arguments)) for name in self.having(hook))

    def answer_of(self, name: str, hook: str, **arguments: Any) -> Any:
        """What one plugin answers; raises PluginError where it fails."""
        call = next(one for one in self._calls[hook] if one.loaded.name == name)
        try:
            answer = call(arguments)
            return tuple(answer) if hook in ANSWERS else answer
        except (KontaktnatError, OSError):
            raise
        except _FAILURES as error:
            if self.strict:
                raise
            raise PluginError(
                "plugin {plugin} failed in {name}: {reason}", plugin=name, name=hook, reason=place(error)
            ) from error

    def notify(self, hook: str, **arguments: Any) -> None:
        """Tell every plugin; an error is logged and goes no further.

        Raises Invalid where the configuration has a table that does not fit its plugin.
        """
        if "config" in HOOKS[hook]:
            for loaded in self.loaded:
                if loaded.name in self._sections:
                    self.settings(loaded.name)
        for call in self._calls[hook]:
            if "config" in call.takes:
                try:
                    arguments["config"] = self.settings(call.loaded.name)
                except Invalid as error:  # a setting without a default that nobody has set
                    reason = Text("{hook} was not called: {reason}", hook=hook, reason=error.text)
                    self._fail(call.loaded, reason, error, hook)
                    continue
            try:
                call(arguments)
            except _FAILURES as error:
                if self.strict:
                    raise
                told = Text("plugin {plugin} failed in {name}: {reason}", plugin=call.loaded.name, name=hook,
                            reason=place(error))  # fmt: skip
                log.warning("%s", told)

    def settings(self, name: str) -> Any:
        """A plugin's settings, as its `Config`; None where it has no `Config`.

        Raises Invalid naming the place that does not fit, NotFound for a plugin that is not in use.
        """
        if name not in self._settings:
            loaded = next((one for one in self.loaded if one.name == name), None)
            if loaded is None:
                raise NotFound("plugin {plugin} is not in use", plugin=name, nearest=())
            section, shape = self._sections.get(name, {}), getattr(loaded.plugin, "Config", None)
            if section and shape is None:
                raise Invalid("{path}: this plugin takes no settings", path=f"plugins.{name}")
            self._settings[name] = shape and structure(f"plugins.{name}", section, shape)
        return self._settings[name]

    # Loading

    def _load(self, entry: EntryPoint | Loaded) -> None:
        if not isinstance(entry, Loaded):
            described = Loaded(name=entry.name, plugin=None, source=entry)
            try:
                entry = attrs.evolve(described, plugin=entry.load())
            except _FAILURES as error:
                self._fail(described, Text("it cannot be imported: {reason}", reason=one_line(error)), error)
                return
        self._register(entry)

    def _register(self, loaded: Loaded) -> None:
        for other in self.loaded:
            if other.name == loaded.name and other.plugin is loaded.plugin:
                return
            if other.name == loaded.name:
                raise PluginConflict(
                    "{first} and {plugin} both bring a plugin named {name}; remove one of them",
                    first=other.distribution,
                    plugin=loaded.distribution,
                    name=loaded.name,
                )
        try:
            for other in self.loaded:
                if loaded.plugin is other.plugin or loaded.plugin is other.package:
                    raise PluginError("it is plugin {first} once more", first=other.name)
            calls = implementations(self._manager, loaded)
            if not calls:
                loaded = without_python(loaded)
                calls = implementations(self._manager, loaded)
            self._manager.register(loaded.plugin, loaded.name)
        except _FAILURES as error:
            reason = error.text if isinstance(error, PluginError) else one_line(error)
            self._fail(loaded, reason, error)
            return
        self.loaded.append(attrs.evolve(loaded, hooks=tuple(sorted(calls))))
        for hook, call in calls.items():
            self._calls[hook].append(call)

    def _fail(self, loaded: Loaded, reason: str, error: BaseException, hook: str = "") -> None:
        if self.strict or loaded.builtin:
            raise error
        failed = Failed(
            name=loaded.name,
            distribution=loaded.distribution,
            version=loaded.version,
            reason=reason,
            hook=hook,
        )
        if loaded.name in self.required:
            raise PluginError("required {reason}", plugin=loaded.name, reason=failed.text) from error
        if str(failed) not in _warned and not any(known.name == loaded.name for known in self.failed):
            _warned.add(str(failed))
            log.warning("%s", failed.text)
        if failed not in self.failed:
            self.failed.append(failed)


def _refusal(call: Call, hook: str, reason: str) -> PluginError:
    return PluginError(
        "plugin {plugin} failed in {hook}, so nothing was saved: {reason}",
        plugin=call.loaded.name,
        hook=hook,
        reason=reason,
    )
