"""The list of plugins: what is installed, from where, what it costs, and what was left out and why."""

from __future__ import annotations

from typing import Any

from kontaktnat.cli.app import App
from kontaktnat.cli.render import emit_view
from kontaktnat.descriptors import Column, Table
from kontaktnat.i18n import Text, joined
from kontaktnat.plugins.loading import Failed, Loaded
from kontaktnat.plugins.made_for import unmet

_COLUMNS = (
    Column(key="name", title="Plugin"),
    Column(key="version", title="Version"),
    Column(key="distribution", title="From"),
    Column(key="path", title="Path", data=True),
    Column(key="import_ms", title="Import, ms", type="number"),
    Column(key="modules", title="Modules", type="number"),
    Column(key="state", title="State"),
    Column(key="hooks", title="Hooks"),
)


def list_plugins(app: App, output: str) -> None:
    """Print it as `output` says."""
    found = app.plugins()
    conflicts = found.examine()  # a provider that fails shows itself when it is asked
    reasons: dict[str, list[str]] = {}
    for one in found.failed:
        reasons.setdefault(one.name, []).append(one.reason)
    rows = [_row(one, joined("; ", reasons.pop(one.name, ())) or _state(one)) for one in found.loaded]
    rows += [
        _row(one, Text("left out: {reason}", reason=one.reason))
        for one in found.failed
        if one.name in reasons
    ]
    notes: list[str] = [conflict.message() for conflict in conflicts]
    if any(one.cost for one in found.loaded):
        notes.append(
            Text(
                "import and modules: measured in this process, once, in this order, after kontaktnat's own; "
                "what several plugins share counts for the first of them"
            )
        )
    table = Table(name="plugins", title="Plugins", columns=_COLUMNS, rows=tuple(rows), notes=tuple(notes))
    emit_view(None, table, output)


def _row(one: Loaded | Failed, state: str) -> dict[str, Any]:
    cost = one.cost if isinstance(one, Loaded) else None
    return {
        "name": one.name,
        "version": one.version,
        "distribution": one.distribution,
        "path": one.where,
        "import_ms": None if cost is None else round(cost.seconds * 1000, 1),
        "modules": None if cost is None else cost.modules,
        "state": state,
        "hooks": ", ".join(one.hooks) if isinstance(one, Loaded) else "",
    }


def _state(one: Loaded) -> str:
    if one.builtin:
        return Text("built in")
    wanted = None if isinstance(one.source, str) else unmet(one.source)
    return Text("in use, but {wanted}", wanted=wanted) if wanted else Text("in use")
