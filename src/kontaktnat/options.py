"""The options of a format: what there is, and a word for what there is not."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from kontaktnat.errors import Invalid
from kontaktnat.i18n import Text


def check_options(options: Mapping[str, str], /, **known: Collection[str] | None) -> None:
    """Raise Invalid for an option that is not among `known`, or whose value its collection does not have."""
    for name, value in options.items():
        if name not in known:
            there = ", ".join(known) or Text("none")
            raise Invalid("{path}: no such option; there is: {known}", path=name, known=there)
        allowed = known[name]
        if allowed is not None and value not in allowed:
            raise Invalid("{path}: {value} is none of {allowed}", path=name, value=value,
                          allowed=", ".join(allowed))  # fmt: skip
