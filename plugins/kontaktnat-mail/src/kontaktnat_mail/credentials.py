"""Passwords and OAuth tokens, as a program prints them; they stand in no file, and are no argument."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence

from kontaktnat.errors import Invalid
from kontaktnat.extend import Text

_SECONDS = 120.0


def printed(command: Sequence[str], path: str) -> str:
    """The first line that a program prints; `path` names its setting.

    Raises Invalid where it cannot be run, fails or prints nothing; what it printed is in no message.
    """
    try:
        done = subprocess.run(
            list(command), stdin=subprocess.DEVNULL, capture_output=True, timeout=_SECONDS, check=False
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError, ValueError):
        raise Invalid("{path}: the command cannot be run", path=path) from None
    said = done.stdout.decode("utf-8", "replace").strip("\r\n")
    if done.returncode or not said.strip():
        ended = Text("it ended with {code}", code=done.returncode)
        raise Invalid("{path}: {problem}", path=path,
                      problem=ended if done.returncode else Text("it printed nothing"))  # fmt: skip
    return said.splitlines()[0]
