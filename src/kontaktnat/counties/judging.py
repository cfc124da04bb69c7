"""What a pack says of one record: whether a field may follow it, or somebody has touched it since."""

from __future__ import annotations

from typing import Any

from kontaktnat.counties.ledger import Ledger, digest
from kontaktnat.counties.results import What


class Judge:
    """Of one record, which the ledger knows by `key`.

    `shared`: the other packs that wrote it; `outranks`: whether this one goes before them.
    """

    def __init__(self, ledger: Ledger, key: str, shared: list[str], outranks: bool) -> None:
        self.ledger, self.key, self.shared, self.outranks = ledger, key, shared, outranks
        self.tracked = key in ledger.own

    def verdict(self, field: str, new: Any, here: Any) -> tuple[What | None, Any]:
        """(updated, the value to write), (differs, None) or (None, None), where there is nothing to do."""
        if self.tracked and self.ledger.said(self.key, field) == digest(new):
            return None, None  # it says what it said before, whatever was made of that
        if here == new:
            return None, None
        untouched = self.ledger.wrote(self.key, field, digest(here))
        if self.shared and isinstance(new, list) and isinstance(here, list):
            more = [one for one in new if one not in here]
            if not more:
                return None, None
            return ("updated", [*here, *more]) if untouched else ("differs", None)
        if self.tracked:
            return ("updated", new) if untouched else ("differs", None)
        # The first time that this pack meets the record: it adds what lacks.
        if here is None and (untouched or not self.shared):
            return "updated", new
        return ("updated", new) if untouched and self.shared and self.outranks else ("differs", None)
