"""What importing a plugin may not change for everybody else in the process, and what it cost.

A plugin's module is any program: it may print, move to another folder, put a stream, a variable or a handler
of signals of its own in place. What was there is put back afterwards, and what was changed is named. What a
plugin does later, in a hook, or past Python (`os._exit`, a write to descriptor 1), is not seen here.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
import warnings

# The module beneath `signal`, which makes enumerations first; every command would wait for that.
from _signal import SIGINT, SIGTERM, getsignal, signal  # type: ignore[import-not-found]
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import perf_counter

from attrs import frozen

from kontaktnat.i18n import Text


@frozen
class Cost:
    """What it took to import a plugin's module in this process."""

    seconds: float
    modules: int
    """So many modules were not imported before: what several plugins share, the first of them pays."""


@frozen
class Kept:
    """What came of it."""

    plugin: object
    cost: Cost | None
    """None where the module had been imported before."""
    changed: tuple[str, ...]
    """What it changed and what was put back, as words in a sentence."""


def imported(load: Callable[[], object], module: str) -> Kept:
    """Import it with what it prints on standard error, where no data goes; raises as it does.

    Where other threads run, nothing is put back: nobody could tell whose change it was.
    """
    known = module in sys.modules
    before = _State() if threading.active_count() == 1 else None
    modules, began = len(sys.modules), perf_counter()
    changed: tuple[str, ...] = ()
    try:
        if before is not None:
            sys.stdout = sys.stderr
        plugin = load()
        cost = None if known else Cost(perf_counter() - began, len(sys.modules) - modules)
    finally:
        if before is not None:
            changed = before.put_back()
    return Kept(plugin, cost, changed)


class _State:
    """The process as it was."""

    def __init__(self) -> None:
        self.stdout, self.stderr, self.stdin = sys.stdout, sys.stderr, sys.stdin
        self.hook = sys.excepthook
        self.folder = _folder()
        self.environment = dict(os.environ)
        self.filters, self.showwarning = list(warnings.filters), warnings.showwarning
        self.limit = sys.getrecursionlimit()
        self.root = logging.getLogger()
        self.level, self.handlers, self.disabled = (
            self.root.level,
            list(self.root.handlers),
            logging.root.manager.disable,
        )
        self.signals = {one: getsignal(one) for one in (SIGINT, SIGTERM)}
        self.locale = _locale()

    def put_back(self) -> tuple[str, ...]:
        found: list[str] = []
        if sys.getrecursionlimit() != self.limit:  # first of all: the rest may need it
            sys.setrecursionlimit(self.limit)
            found.append(Text("the limit of recursion"))
        if sys.stdout is not self.stderr or sys.stderr is not self.stderr or sys.stdin is not self.stdin:
            found.append(Text("standard streams"))
        sys.stdout, sys.stderr, sys.stdin = self.stdout, self.stderr, self.stdin
        if sys.excepthook is not self.hook:
            sys.excepthook = self.hook
            found.append(Text("the handler of errors"))
        if self.folder and _folder() != self.folder:
            with suppress(OSError):
                os.chdir(self.folder)
            found.append(Text("the working folder"))
        if dict(os.environ) != self.environment:
            found.append(Text("environment variables"))
            self._environment()
        if self._warnings():
            found.append(Text("the filters of warnings"))
        if self._logs():
            found.append(Text("the settings of logging"))
        if self._handlers():
            found.append(Text("the handlers of signals"))
        if _locale() != self.locale:
            import locale

            locale.setlocale(locale.LC_ALL, self.locale)
            found.append(Text("the locale"))
        return tuple(found)

    def _environment(self) -> None:
        for name in os.environ.keys() - self.environment.keys():
            del os.environ[name]
        os.environ.update(self.environment)

    def _warnings(self) -> bool:
        """Libraries filter warnings of their own at import, and may; not everybody's."""
        sweeping = [one for one in warnings.filters if one not in self.filters and not one[1] and not one[3]]
        for one in sweeping:
            warnings.filters.remove(one)  # type: ignore[attr-defined]
        if warnings.showwarning is self.showwarning:
            return bool(sweeping)
        warnings.showwarning = self.showwarning
        return True

    def _logs(self) -> bool:
        root = self.root
        now = (root.level, list(root.handlers), logging.root.manager.disable)
        if now == (self.level, self.handlers, self.disabled):
            return False
        root.setLevel(self.level)
        for one in [one for one in root.handlers if one not in self.handlers]:
            root.removeHandler(one)
        for one in [one for one in self.handlers if one not in root.handlers]:
            root.addHandler(one)
        logging.disable(self.disabled)
        return True

    def _handlers(self) -> bool:
        changed = [one for one, handler in self.signals.items() if getsignal(one) is not handler]
        for one in changed:
            if self.signals[one] is not None:  # None: not Python's, and Python cannot set it
                signal(one, self.signals[one])
        return bool(changed)


def _folder() -> str:
    try:
        return str(Path.cwd())
    except OSError:  # it was removed
        return ""


def _locale() -> str:
    from _locale import LC_ALL, setlocale  # as above

    return setlocale(LC_ALL)
