"""Sweden's 21 counties and 290 municipalities, with SCB's codes.

    >>> from kontaktnat_sweden import county, municipality
    >>> municipality("1480").legal_name
    'Göteborgs kommun'
    >>> county("vastra-gotaland").code
    '14'

The hooks live in `kontaktnat_sweden.plugin`. No file is read before one of these functions is called.
"""

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
