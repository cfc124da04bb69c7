"""Civil society: ICNPO and SCB's legal forms, what suggests them, and views of who is met.

The hooks live in `kontaktnat_civilsociety.plugin`. No table is read before something is asked of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kontaktnat_civilsociety.acting import confirm, decline
    from kontaktnat_civilsociety.standing import Standing, standing
    from kontaktnat_civilsociety.suggesting import Suggestion, suggest, suggestions

_HOMES = {
    "confirm": "acting", "decline": "acting", "Standing": "standing", "standing": "standing",
    "Suggestion": "suggesting", "suggest": "suggesting", "suggestions": "suggesting",
}  # fmt: skip

__all__ = ["Standing", "Suggestion", "confirm", "decline", "standing", "suggest", "suggestions"]


def __getattr__(name: str) -> Any:
    """What is public when it is first used: the hooks are imported at every start, and seldom need it."""
    if name in _HOMES:
        import importlib

        return getattr(importlib.import_module(f"kontaktnat_civilsociety.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
