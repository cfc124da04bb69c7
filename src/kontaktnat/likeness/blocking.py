"""Who is compared with whom at all: those who have something in common, never each with every other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from typing import Any

Key = tuple[str, ...]

BOUND = 30
"""So many that share a thing are compared each with each. More (a switchboard's number, a region's staff) are
put in the order of their names, and each is compared with those that stand next."""
NEXT = 6


def brought_together(
    keys: Sequence[Iterable[Key]], order: Callable[[Key], Sequence[Any]]
) -> set[tuple[int, int]]:
    """Pairs of positions in `keys` that have a key in common, each once.

    `order`: for a key that many have, what each is sorted by, by position.
    """
    blocks: defaultdict[Key, list[int]] = defaultdict(list)
    for at, own in enumerate(keys):
        for key in {*own}:
            blocks[key].append(at)
    found: set[tuple[int, int]] = set()
    for key, block in blocks.items():
        if len(block) <= BOUND:
            found.update(combinations(block, 2))
            continue
        ranks = order(key)
        standing = sorted(block, key=ranks.__getitem__)
        for n, at in enumerate(standing):
            found.update((min(at, other), max(at, other)) for other in standing[n + 1 : n + 1 + NEXT])
    return found
