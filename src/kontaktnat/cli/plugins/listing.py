"""The list of plugins: what is installed, which hooks it has, and what was left out and why."""

from __future__ import annotations

from kontaktnat.cli.app import App
from kontaktnat.cli.render import emit_view
from kontaktnat.descriptors import Column, Table
from kontaktnat.i18n import Text


def list_plugins(app: App, output: str) -> None:
    """Print it as `output` says."""
    found = app.plugins()
    conflicts = found.examine()  # a provider that fails shows itself when it is asked
    columns = (
        Column(key="name", title="Plugin"),
        Column(key="version", title="Version"),
        Column(key="distribution", title="From"),
        Column(key="state", title="State"),
        Column(key="hooks", title="Hooks"),
    )
    failed = {one.name: one.reason for one in found.failed}
    rows = [
        {
            "name": one.name,
            "version": one.version,
            "distribution": one.distribution,
            "state": failed.pop(one.name, Text("built in") if one.builtin else Text("in use")),
            "hooks": ", ".join(one.hooks),
        }
        for one in found.loaded
    ]
    rows += [
        {"name": one.name, "version": one.version, "distribution": one.distribution,
         "state": Text("left out: {reason}", reason=one.reason), "hooks": ""}
        for one in found.failed if one.name in failed
    ]  # fmt: skip
    notes = tuple(conflict.message() for conflict in conflicts)
    table = Table(name="plugins", title="Plugins", columns=columns, rows=tuple(rows), notes=notes)
    emit_view(None, table, output)
