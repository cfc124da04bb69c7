"""Windows: who may read a file. Loaded there only; tried on no real Windows.

There a new file has the rights of its folder: inside the user's profile these are the user's own, elsewhere
they are cut down with `icacls`. A file that is renamed over another keeps its own rights, so that these are
copied first. That it cannot be done is only warned of.
"""

from __future__ import annotations

import contextlib
import getpass
import logging
import os
import subprocess
from pathlib import Path

from kontaktnat.errors import reason
from kontaktnat.i18n import Text

log = logging.getLogger("kontaktnat")

_SYSTEM, _ADMINISTRATORS = "*S-1-5-18", "*S-1-5-32-544"  # or no backup program could read it
_DACL = 4  # DACL_SECURITY_INFORMATION


def take_over(old: Path, new: Path) -> None:
    """Let whoever may read `old` read `new`, and nobody else; where there is no `old`, its user alone."""
    if old.exists():
        _copy_rights(old, new)
    else:
        _grant_to_user_only(new)


def _grant_to_user_only(path: Path) -> None:
    with contextlib.suppress(RuntimeError):  # no home folder
        if path.resolve().is_relative_to(Path.home().resolve()):
            return
    domain, user = os.environ.get("USERDOMAIN", ""), getpass.getuser()
    who = f"{domain}\\{user}" if domain else user
    grants = [word for one in (who, _SYSTEM, _ADMINISTRATORS) for word in ("/grant:r", f"{one}:F")]
    try:
        subprocess.run(
            ["icacls", str(path), "/inheritance:r", *grants], capture_output=True, check=True, timeout=10
        )
    except (OSError, subprocess.SubprocessError) as error:
        _warn(path, error)


def _copy_rights(old: Path, new: Path) -> None:
    import ctypes

    system = ctypes.WinDLL("advapi32", use_last_error=True)  # type: ignore[attr-defined]
    size = ctypes.c_ulong()
    system.GetFileSecurityW(str(old), _DACL, None, 0, ctypes.byref(size))
    held = ctypes.create_string_buffer(size.value)
    if not (
        system.GetFileSecurityW(str(old), _DACL, held, size, ctypes.byref(size))
        and system.SetFileSecurityW(str(new), _DACL, held)
    ):
        _warn(new, ctypes.WinError(ctypes.get_last_error()))  # type: ignore[attr-defined]


def _warn(path: Path, error: Exception) -> None:
    problem = reason(error) if isinstance(error, OSError) else type(error).__name__
    said = Text("{path}: others may be able to read it ({problem}); set its rights yourself",
                path=path, problem=problem)  # fmt: skip
    log.warning("%s", said)
