"""What an organisation number tells: its first digit is the group of legal forms that it was given in.

Lag (1974:174) om identitetsbeteckning för juridiska personer m.fl.; the groups as Skatteverket and SCB
describe them. The third digit is at least 2, so that no number is taken for a personnummer; the last is a
control digit. Of a number that is none nothing is concluded.
"""

from __future__ import annotations

from kontaktnat.extend import Text

_GROUPS = {
    "1": Text("estates of deceased persons"),
    "2": Text("state, regions, municipalities and faith communities"),
    "3": Text("foreign companies"),
    "5": Text("limited companies"),
    "6": Text("simple partnerships"),
    "7": Text("economic associations, tenant-owner and joint property associations"),
    "8": Text("non-profit associations and foundations"),
    "9": Text("trading partnerships"),
}
FAITH = "252"
"""So begin the numbers of the Church of Sweden, its parishes, and registered faith communities."""


def ten(number: str) -> str:
    """The ten digits of an organisation number in any spelling; "" where it is none."""
    from stdnum.se import orgnr

    digits = "".join(one for one in number if one.isdecimal())
    if len(digits) == 12 and digits.startswith("16"):
        digits = digits[2:]
    # stdnum takes any third digit; 0 and 1 are those of a personnummer.
    return digits if len(digits) == 10 and digits[2] > "1" and orgnr.is_valid(digits) else ""


def group(number: str) -> str:
    """The first digit of an organisation number, "" of what is none."""
    return ten(number)[:1]


def group_title(digit: str) -> str:
    """Whose numbers begin so."""
    return _GROUPS.get(digit, "")
