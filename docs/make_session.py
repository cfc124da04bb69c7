"""Record the first morning in a real terminal, in Swedish: writes docs/sv/session.md.

tmux is the terminal; each step is typed when the one before has been answered. tests/features/test_session.py
records it anew and compares, but for ids and dates.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
import time
from pathlib import Path

DOCS = Path(__file__).resolve().parent
PAGE = DOCS / "sv" / "session.md"
PROMPT = "$ "
# What is typed, and how the line begins at which the terminal then waits.
STEPS = (
    ("kn init --county kalmar --by anna", PROMPT),
    ('kn add contact "Maj Lind" --role samordnare@torsås --phone "070-174 06 12"', PROMPT),
    ("kn add role trygghetssamordnare@torsås --contact maj", PROMPT),
    ('kn add contact "Per Sälg" --role kommunpolis@nybro --email per.salg@nybro.example', PROMPT),
    ('kn log telefon maj "Ny kurs i vår" --promised "skicka program" --follow-up 1v', "Vilken: "),
    ("2", PROMPT),
    ("kn log", "SLAG: "),
    ("besök", "VEM: "),
    ("per", "TEXT: "),
    ("Gick igenom lägesbilden", PROMPT),
    ("kn log telfon per hej", PROMPT),
    ("kn today", PROMPT),
    ("kn snooze 1 3v", PROMPT),
    ("kn done 9", PROMPT),
    ("kn done program", PROMPT),
    ("kn undo", PROMPT),
    ("kn show torsas", PROMPT),
)
HEAD = """# En inspelad morgon

Den första morgonen som den ser ut i en terminal, inspelad med `python docs/make_session.py`. Det som står
efter `$`, och efter en fråga som `VEM:`, har någon skrivit; allt annat är svar.

```text
"""


def record(program: Path, place: Path, patience: float = 60) -> str:
    """The screen after all steps; `program` is the folder of the commands. Raises TimeoutError."""
    socket = ["tmux", "-L", f"kontaktnat-{os.getpid()}", "-f", os.devnull]
    shown = {
        "KONTAKTNAT_LANG": "sv", "KONTAKTNAT_BOOK": "min.kn", "KONTAKTNAT_CONFIG": os.devnull, "PS1": PROMPT,
        "PATH": f"{program}{os.pathsep}{os.environ['PATH']}", "XDG_STATE_HOME": str(place / "state"),
        "LC_ALL": "C.UTF-8", "HISTFILE": os.devnull, "TERM": "screen", "HOME": str(place),
    }  # fmt: skip
    shell = shlex.join(["env", "-i", *(f"{name}={value}" for name, value in shown.items()), "bash", "--norc"])

    def tmux(*words: str) -> str:
        return subprocess.run([*socket, *words], capture_output=True, check=True, encoding="utf-8").stdout

    def screen() -> str:
        return tmux("capture-pane", "-p", "-S", "-").rstrip()

    def wait(start: str) -> None:
        deadline = time.monotonic() + patience
        while (screen().splitlines() or [""])[-1] not in (start, start.rstrip()):
            if time.monotonic() > deadline:
                raise TimeoutError(f"no {start!r} came:\n{screen()}")
            time.sleep(0.05)

    tmux("new-session", "-d", "-x", "96", "-y", "60", "-c", str(place), shell)
    try:
        wait(PROMPT)
        for typed, then in STEPS:
            before = screen()
            tmux("send-keys", "-l", typed)
            tmux("send-keys", "Enter")
            while screen() == before:
                time.sleep(0.02)
            wait(then)
        return "\n".join(line.rstrip() for line in screen().splitlines()[:-1])
    finally:
        subprocess.run([*socket, "kill-server"], capture_output=True, check=False)


def plain(text: str) -> str:
    """Without what differs from run to run: ids, dates, and the width that they give to a column."""
    text = re.sub(
        r"\b(?=[a-z]*\d)[0-9a-hjkmnp-tv-z]{8}\b|\b[a-hjkmnp-tv-z]{8}(?=\)| *$)", "ID", text, flags=re.M
    )
    text = re.sub(r"\d{4}-\d\d-\d\d( \d\d:\d\d)?", "DATUM", text)
    return re.sub(r" +", " ", text)


def main() -> int:
    """Write the page."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        PAGE.write_text(f"{HEAD}{record(Path(sys.executable).parent, Path(place))}\n```\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
