"""Which kontaktnat, and which Python, a distribution says that it is made for, and whether this is it.

pip sees to that when it installs; what was installed past it, or before kontaktnat was exchanged, nobody did.
Only asked about a plugin that failed, or where somebody looks: reading metadata takes its time.
"""

from __future__ import annotations

import operator
import re
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from kontaktnat.i18n import Text

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

_NEEDS = re.compile(r"\s*kontaktnat\s*(?:\[[^]]*\])?\s*\(?([^;)]*)\)?\s*(;.*)?$", re.IGNORECASE)
_CLAUSE = re.compile(r"\s*(~=|===?|!=|<=|>=|<|>)\s*v?(\d+(?:\.\d+)*)(\.\*)?")
_COMPARED: Mapping[str, Callable[[tuple[int, ...], tuple[int, ...]], bool]] = {
    "==": operator.eq,
    "===": operator.eq,
    "!=": operator.ne,
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
}


def unmet(entry: EntryPoint) -> Text | None:
    """What its distribution asks for and does not have here; None where it has it, or says nothing."""
    from importlib.metadata import version

    try:
        metadata = entry.dist.metadata if entry.dist is not None else None
        ours = version("kontaktnat")
        python = ".".join(map(str, sys.version_info[:3]))
        needs = list((metadata.get_all("Requires-Dist") if metadata else None) or ())
        wanted = metadata["Requires-Python"] if metadata and "Requires-Python" in metadata else ""
    except Exception:  # metadata may be as broken as code
        return None
    for one in needs:
        if (named := _NEEDS.fullmatch(one)) and not named[2] and not fits(ours, named[1]):
            return Text("it is made for kontaktnat {wanted}, and this is {version}",
                        wanted=named[1].strip(), version=ours)  # fmt: skip
    if not fits(python, wanted or ""):
        return Text("it is made for Python {wanted}, and this is {version}", wanted=wanted, version=python)
    return None


def fits(version: str, wanted: str) -> bool:
    """Whether a version fulfils `>=1.2, <2` (PEP 440, roughly); what is not understood is as if fulfilled."""
    return all(_one(version, clause) for clause in wanted.split(",") if clause.strip())


def _one(version: str, clause: str) -> bool:
    if not (found := _CLAUSE.match(clause)):
        return True
    sign, number, star = found.groups()
    want = tuple(map(int, number.split(".")))
    have = tuple(map(int, re.findall(r"\d+", re.split(r"[^\d.]", version, maxsplit=1)[0])))
    if sign == "~=":
        return _padded(operator.ge, have, want) and have[: len(want) - 1] == want[:-1]
    if star:
        return (have[: len(want)] == want) is (sign != "!=")
    return _padded(_COMPARED[sign], have, want)


def _padded(
    compare: Callable[[tuple[int, ...], tuple[int, ...]], bool], have: tuple[int, ...], want: tuple[int, ...]
) -> bool:
    long = max(len(have), len(want))
    return compare(have + (0,) * (long - len(have)), want + (0,) * (long - len(want)))
