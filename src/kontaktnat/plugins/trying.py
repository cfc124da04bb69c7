"""Run by `examining` in a process of its own: a plugin imported, loaded, and asked what it provides.

It answers in keys; `examining` says them in the reader's language.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from kontaktnat.plugins import PROVIDES, Plugins
from kontaktnat.plugins.loading import Loaded


class Answers:
    """Each a line of JSON, there before the next is tried."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def began(self, what: str, tried: str) -> None:
        """If nothing comes after this, it was this that ended the process."""
        self._say(what=what, tried=tried, outcome="began", reason="")

    def said(self, what: str, tried: str, outcome: str, reason: str = "") -> None:
        """What came of it."""
        self._say(what=what, tried=tried, outcome=outcome, reason=reason)

    def _say(self, **answer: Any) -> None:
        with self._path.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(answer) + "\n")


def answer(name: str, answers: Answers) -> None:
    """Import it, load it, ask its providers."""
    Plugins([])  # what every start imports is not its cost
    answers.began("module", "imported")
    found = Plugins([name], strict=False)
    whole = next((one for one in found.failed if not one.hook), None)
    loaded = next((one for one in found.loaded if one.name == name), None)
    if loaded is None or whole is not None:
        answers.said("module", "imported", "failed", whole.reason if whole else "")
        return
    answers.said("module", "imported", "passed", _cost(loaded))
    answers.said("module", "hooks", "passed", ", ".join(loaded.hooks))
    for hook in (one for one in loaded.hooks if one in PROVIDES):
        answers.began(hook, "gives")
        pieces = [piece for plugin, piece in found.pieces(hook) if plugin == name]
        if failed := next((one for one in found.failed if one.hook == hook), None):
            answers.said(hook, "gives", "failed", str(failed.reason))
        else:
            answers.said(hook, "gives", "passed", str(len(pieces)))
    for conflict in found.examine():
        if name in (conflict.fields["plugin"], conflict.fields["first"]):
            answers.said(str(conflict.fields.get("hook", "register_vocabularies")), "names",
                         "failed", str(conflict))  # fmt: skip


def _cost(loaded: Loaded) -> str:
    cost = loaded.cost
    return "" if cost is None else f"{cost.seconds * 1000:.1f} {cost.modules}"


if __name__ == "__main__":
    given, where = map(Path, sys.argv[1:])
    answer(json.loads(given.read_text("utf-8"))["name"], Answers(where))
