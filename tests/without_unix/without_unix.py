"""Hides from kontaktnat and its plugins what Windows' Python lacks.

Only from them: portalocker, subprocess, click and pytest have a half of their own for Windows, and on Unix
they cannot do without the other.
"""

from __future__ import annotations

import builtins
import importlib
import sys
from collections.abc import Mapping
from types import ModuleType
from typing import Any

MODULES = frozenset(
    {"crypt", "fcntl", "grp", "nis", "posix", "posixpath", "pty", "pwd", "readline", "resource", "spwd",
     "syslog", "termios", "tty"}
)  # fmt: skip

NAMES: dict[str, frozenset[str]] = {
    "os": frozenset(
        {"O_CLOEXEC", "O_DIRECTORY", "O_DSYNC", "O_NOCTTY", "O_NOFOLLOW", "O_NONBLOCK", "O_SYNC",
         "SCHED_OTHER", "WNOHANG", "chflags", "chown", "chroot", "confstr", "copy_file_range", "ctermid",
         "fchdir", "fchmod", "fchown", "fdatasync", "fork", "forkpty", "fpathconf", "fstatvfs", "getegid",
         "geteuid", "getgid", "getgroups", "getloadavg", "getpgid", "getpgrp", "getpriority", "getresuid",
         "getsid", "getuid", "initgroups", "killpg", "lchown", "lockf", "major", "makedev", "minor", "mkfifo",
         "mknod", "nice", "openpty", "pathconf", "pipe2", "posix_fadvise", "posix_fallocate", "posix_spawn",
         "pread", "preadv", "pwrite", "pwritev", "readv", "register_at_fork", "sched_getaffinity",
         "sched_yield", "sendfile", "setegid", "seteuid", "setgid", "setgroups", "setpgid", "setpriority",
         "setsid", "setuid", "statvfs", "sync", "sysconf", "tcgetpgrp", "tcsetpgrp", "ttyname", "uname",
         "wait", "wait3", "wait4", "waitid", "writev"}
    ),
    "signal": frozenset(
        {"SIGALRM", "SIGCHLD", "SIGHUP", "SIGKILL", "SIGPIPE", "SIGQUIT", "SIGUSR1", "SIGUSR2", "SIGWINCH",
         "alarm", "pause", "pthread_kill", "pthread_sigmask", "setitimer", "siginterrupt", "sigwait"}
    ),
    "socket": frozenset({"AF_UNIX", "SO_REUSEPORT", "socketpair"}),
    "time": frozenset({"clock_gettime", "clock_settime", "pthread_getcpuclockid", "tzset"}),
    "select": frozenset({"epoll", "kqueue", "poll"}),
}  # fmt: skip

_import = builtins.__import__


class Lacking(ModuleType):
    """A module as Windows has it. What a test patches in the real one is patched here too."""

    def __init__(self, real: ModuleType) -> None:
        super().__init__(real.__name__)
        object.__setattr__(self, "_real", real)

    def __getattribute__(self, name: str) -> Any:
        real = object.__getattribute__(self, "_real")
        if name in NAMES[real.__name__]:
            raise AttributeError(f"Windows has no {real.__name__}.{name}", name=name)
        return getattr(real, name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(object.__getattribute__(self, "_real"), name, value)


def install() -> None:
    """Hide them, in this process."""
    if builtins.__import__ is _import:
        builtins.__import__ = _windows_import
        importlib.import_module = _import_module


def _is_ours(importer: str) -> bool:
    return importer.partition(".")[0].partition("_")[0] in ("kontaktnat", "kn")


def _windows_import(
    name: str,
    globals: Mapping[str, Any] | None = None,
    locals: Mapping[str, Any] | None = None,
    fromlist: tuple[str, ...] | None = (),
    level: int = 0,
) -> Any:
    importer = (globals or {}).get("__name__", "")
    if level == 0:
        _refuse(name, importer)
    found = _import(name, globals, locals, fromlist, level)
    return _seen(found, importer)


def _import_module(name: str, package: str | None = None) -> Any:
    importer = sys._getframe(1).f_globals.get("__name__", "")
    _refuse(name, importer)
    # Without this frame, importlib's own would be whoever imports.
    found = importlib._bootstrap._gcd_import(  # type: ignore[attr-defined]
        name.lstrip("."), package, len(name) - len(name.lstrip("."))
    )
    return _seen(found, importer)


def _refuse(name: str, importer: str) -> None:
    # getpass, too, asks the environment first and pwd only where there is one.
    if name.partition(".")[0] in MODULES and (_is_ours(importer) or importer == "getpass"):
        raise ModuleNotFoundError(f"Windows has no module {name}", name=name)


def _seen(found: Any, importer: str) -> Any:
    if _is_ours(importer) and getattr(found, "__name__", "") in NAMES:
        return _LACKING.setdefault(found.__name__, Lacking(found))
    return found


_LACKING: dict[str, Lacking] = {}
