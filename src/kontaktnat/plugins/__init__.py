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
from kontaktnat.i18n import Text, add_catalogue, joined
from kontaktnat.plugins.claiming import Claims, checked, claimed, name_of
from kontaktnat.plugins.keeping import imported
from kontaktnat.plugins.loading import (
    ANSWERS,
    GROUP,
    HOOKS,
    PROVIDES,
    Call,
    Failed,
    Loaded,
    Twice,
    being_told,
    chosen,
    copies,
    implementations,
    one_line,
    origin,
    place,
    telling,
    without_python,
)

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

    from kontaktnat.vocabulary import Words

__all__ = ["BUILTIN", "GROUP", "HOOKS", "PROVIDES", "Failed", "Loaded", "Plugins"]

BUILTIN = ("audit", "checks", "files", "freetext", "remains", "stores", "topics", "views", "vocabulary")
"""Modules of `kontaktnat.builtin`: plugins like any other, but always there."""

_THE_USERS = (KeyboardInterrupt, GeneratorExit)
"""Who stops a program, or has read enough, is no plugin that failed. All else that is raised is."""

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
        self.required: frozenset[str] = frozenset()
        self._sections: dict[str, Mapping[str, Any]] = {}
        if self.config:
            from kontaktnat.plugins.settings import required, sections

            self.required, self._sections = required(self.config), sections(self.config)
        self.loaded: list[Loaded] = []
        self.failed: list[Failed] = []
        self._settings: dict[str, Any] = {}
        self._calls: dict[str, list[Call]] = {name: [] for name in HOOKS}
        self._pieces: dict[str, tuple[tuple[str, Any], ...]] = {}
        self._collected: dict[str, Claims] = {}
        self._told: set[str] = set()
        """Hooks about whose conflicts somebody was told."""
        self._manager = pluggy.PluginManager(hookspecs.PROJECT)
        self._manager.add_hookspecs(hookspecs)
        for name in BUILTIN:
            module = importlib.import_module(f"kontaktnat.builtin.{name}")
            self._register(Loaded(name=name, plugin=module, source="kontaktnat", builtin=True))
        self._named = wanted is not None or "KONTAKTNAT_PLUGINS" in os.environ
        for entry in sorted(chosen(wanted), key=lambda one: one.name):
            if isinstance(entry, Twice):
                self._left_out(entry)
            else:
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
        """Everything a `register_…` hook provides, by name; a name that two claim is told, and left out."""
        found = self._claims(hook)
        if hook not in self._told:
            self._told.add(hook)
            for conflict in found.conflicts:
                self._contested(conflict)
        return found.pieces

    def find(self, hook: str, name: str, what: str) -> Any:
        """The one of that name; raises NotFound naming those there are, PluginConflict where two claim it."""
        self.uncontested(hook, name)
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

    def uncontested(self, hook: str, name: str) -> None:
        """Raises PluginConflict naming both, where two plugins provide a name and nobody therefore has it."""
        if conflict := self._claims(hook).of(name):
            _warned.add(str(conflict.text))  # it is said now, and once is enough
            raise conflict

    def words(self) -> Words:
        """The vocabularies of all plugins; the same word twice is told once, and the first is taken."""
        from kontaktnat.vocabulary import Words

        return Words(self.pieces("register_vocabularies"), self._contested)

    def examine(self) -> tuple[PluginConflict, ...]:
        """Ask every provider, so that `failed` is complete; returns the conflicts there are."""
        from kontaktnat.vocabulary import Words

        conflicts: list[PluginConflict] = []
        for hook, kind in PROVIDES.items():
            if kind is Vocabulary:
                Words(self.pieces(hook), conflicts.append)
            else:
                self._told.add(hook)
                conflicts.extend(self._claims(hook).conflicts)
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
        except _THE_USERS:
            raise
        except BaseException as error:
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
            except _THE_USERS:
                raise
            except BaseException as error:
                self._fail(
                    call.loaded,
                    Text("{hook} failed: {reason}", hook=hook, reason=one_line(error)),
                    error,
                    hook,
                )
                continue
            yield from ((call.loaded.name, piece) for piece in pieces)

    def _claims(self, hook: str) -> Claims:
        if hook not in self._collected:
            taken = hookspecs.COMMANDS if hook == "register_commands" else ()
            self._collected[hook] = claimed(hook, self.pieces(hook), taken, BUILTIN)
        return self._collected[hook]

    def _contested(self, conflict: PluginConflict) -> None:
        if self.strict:
            raise conflict
        _warn(conflict.text)

    # Guards and notifications

    def guard(self, hook: str, **arguments: Any) -> None:
        """Ask every guard. A Veto passes through; any other failure refuses the write too (fails closed).

        A plugin's guard is handed copies: what it may do to them reaches neither the next guard nor the book.
        """
        for call in self._calls[hook]:
            try:
                answer = call(arguments if call.loaded.builtin else copies(arguments))
            except (Refused, StoreBusy, StoreDamaged):
                raise
            except _THE_USERS:
                raise
            except BaseException as error:
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
        except _THE_USERS:
            raise
        except BaseException as error:
            if self.strict:
                raise
            raise PluginError(
                "plugin {plugin} failed in {name}: {reason}", plugin=name, name=hook, reason=place(error)
            ) from error

    def notify(self, hook: str, **arguments: Any) -> None:
        """Tell every plugin; an error is logged and goes no further.

        None is told of what it does itself while it is being told, in another Book say: that would never end.
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
            if (key := (call.loaded.name, hook)) in being_told.get():
                continue
            try:
                with telling(key):
                    call(arguments)
            except _THE_USERS:
                raise
            except BaseException as error:
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
            if shape is not None:
                from kontaktnat.plugins.settings import structure

                shape = structure(f"plugins.{name}", section, shape)
            self._settings[name] = shape
        return self._settings[name]

    # Loading

    def _left_out(self, twice: Twice) -> None:
        """Neither of two that bear one name: nobody can tell which is meant."""
        first, second = (" ".join(filter(None, origin(one))) for one in twice.entries[:2])
        reason = Text("{other} brings a plugin of that name too; uninstall one of them", other=second)
        loaded = Loaded(name=twice.name, plugin=None, source=twice.entries[0])
        self._fail(loaded, reason, twice.conflict(first, second))

    def _load(self, entry: EntryPoint | Loaded) -> None:
        if not isinstance(entry, Loaded):
            described = Loaded(name=entry.name, plugin=None, source=entry)
            try:
                kept = imported(entry.load, entry.module)
            except _THE_USERS:
                raise
            except BaseException as error:
                self._fail(described, Text("it cannot be imported: {reason}", reason=one_line(error)), error)
                return
            if kept.changed:
                _warn(Text("plugin {plugin} changed {what} when it was imported; it was put back",
                           plugin=entry.name, what=joined(", ", kept.changed)))  # fmt: skip
            entry = attrs.evolve(described, plugin=kept.plugin, cost=kept.cost)
        self._register(entry)

    def _register(self, loaded: Loaded) -> None:
        for other in self.loaded:
            if other.name == loaded.name and other.plugin is loaded.plugin:
                return
            if other.name == loaded.name:
                conflict = PluginConflict(
                    "{first} and {plugin} both bring a plugin named {name}; remove one of them",
                    first=other.distribution,
                    plugin=loaded.distribution,
                    name=loaded.name,
                )
                if self._named:
                    raise conflict
                self._fail(
                    loaded, Text("{first} has a plugin of that name", first=other.distribution), conflict
                )
                return
        try:
            for other in self.loaded:
                if loaded.plugin is other.plugin or loaded.plugin is other.package:
                    raise PluginError("it is plugin {first} once more", first=other.name)
            calls = implementations(self._manager, loaded)
            if not calls:
                loaded = without_python(loaded)
                calls = implementations(self._manager, loaded)
            self._manager.register(loaded.plugin, loaded.name)
        except _THE_USERS:
            raise
        except BaseException as error:
            reason = error.text if isinstance(error, PluginError) else one_line(error)
            self._fail(loaded, reason, error)
            return
        self.loaded.append(attrs.evolve(loaded, hooks=tuple(sorted(calls))))
        for hook, call in calls.items():
            self._calls[hook].append(call)

    def _fail(self, loaded: Loaded, reason: str, error: BaseException, hook: str = "") -> None:
        if self.strict or loaded.builtin:
            raise error
        if not hook and not isinstance(loaded.source, str):
            from kontaktnat.plugins.made_for import unmet

            if wanted := unmet(loaded.source):
                reason = Text("{reason}; {wanted}", reason=reason, wanted=wanted)
        failed = Failed(
            name=loaded.name,
            distribution=loaded.distribution,
            version=loaded.version,
            reason=reason,
            hook=hook,
            where=loaded.where,
        )
        if loaded.name in self.required:
            raise PluginError("required {reason}", plugin=loaded.name, reason=failed.text) from error
        if not any(known.name == loaded.name for known in self.failed):
            _warn(failed.text)
        if failed not in self.failed:
            self.failed.append(failed)


def _warn(told: Text) -> None:
    if str(told) not in _warned:
        _warned.add(str(told))
        log.warning("%s", told)


def _refusal(call: Call, hook: str, reason: str) -> PluginError:
    return PluginError(
        "plugin {plugin} failed in {hook}, so nothing was saved: {reason}",
        plugin=call.loaded.name,
        hook=hook,
        reason=reason,
    )
