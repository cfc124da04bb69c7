"""Sweden's 21 counties and 290 municipalities, with SCB's codes.

    >>> from kontaktnat_sweden import county, municipality
    >>> municipality("1480").legal_name
    'Göteborgs kommun'
    >>> county("vastra-gotaland").code
    '14'

The hooks live in `kontaktnat_sweden.plugin`. No file is read before one of these functions is called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kontaktnat_sweden.table import (
        County,
        Municipality,
        counties,
        county,
        municipalities,
        municipality,
        nearest_by_code,
    )

__all__ = [
    "County", "Municipality", "counties", "county", "municipalities", "municipality", "nearest_by_code",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """The table's names when first used: the hooks are imported at every start, and seldom need it."""
    if name in __all__:
        from kontaktnat_sweden import table

        return getattr(table, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
