"""Record ids: eight characters of Crockford's base32, which has no I, L, O or U to misread."""

from __future__ import annotations

import os

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 8
_SHIFTS = range(5 * (LENGTH - 1), -1, -5)


def new_id() -> str:
    """A random id: 40 bits; a commit refuses the rare duplicate."""
    return _written(int.from_bytes(os.urandom(5 * LENGTH // 8)))


def id_for(key: str) -> str:
    """The id of what `key` names, the same in every book: a pack's actor, a municipality."""
    import hashlib

    return _written(int.from_bytes(hashlib.sha256(key.encode()).digest()[:5]))


def is_id(text: str) -> bool:
    """Whether `text` has the form of an id."""
    return len(text) == LENGTH and set(text) <= set(ALPHABET)


def _written(number: int) -> str:
    return "".join([ALPHABET[(number >> shift) & 31] for shift in _SHIFTS])
