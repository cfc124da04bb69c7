"""By what the book knows a mail again."""

from __future__ import annotations

import hashlib
from functools import lru_cache


@lru_cache(maxsize=16)  # each mail is asked for several times in turn
def source_of(id: str) -> str:
    """The `source` of the interaction that a mail is, by its Message-ID.

    A digest: the right half of an id is a computer at its sender's office, which would still tell where
    somebody works when they are protected one day.
    """
    return f"mail:{hashlib.sha256(id.strip('<> ').encode('utf-8', 'replace')).hexdigest()[:32]}"


def sources_of(id: str) -> tuple[str, str]:
    """The same, and the id in clear, as a program of one's own may have told of a mail."""
    return source_of(id), f"mail:{id}"


def reported(id: str, address: str) -> str:
    """The setting that keeps that a mail told of an address that it cannot be reached: a digest of both."""
    told = f"{id}\0{address}".encode("utf-8", "replace")
    return f"mail.bounce.{hashlib.sha256(told).hexdigest()[:16]}"
