"""What the log has told so far: who was ever protected, who ever held which role, what was taken back.

Remembered, so that of a log that has grown only what is new is read. It grows with the book's records and
its undos, not with its transactions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set

from attrs import field, frozen

from kontaktnat.cover import MARKABLE
from kontaktnat.descriptors import Transaction


@frozen(eq=False, repr=False)
class Past:
    """The log up to a transaction. Threads that share a Book put a newer one in its place."""

    people: frozenset[str] = frozenset()
    """Ids of people and actors that bore the mark of protection at some time, also where deleted since."""
    holders: Mapping[str, frozenset[str | None]] = field(factory=dict)
    """Role → who held it at some time; None: it was vacant."""
    undoes: Mapping[int, int] = field(factory=dict)
    """Number of an undo → number of the transaction that it took back."""
    _newest: Transaction | None = None
    """Kept whole, to know it again: the same number, time and label may stand in another log."""

    def grown(self, transactions: Callable[[int], Iterator[Transaction]]) -> Past:
        """The same up to now; `transactions(since)` reads the log.

        Read anew from the start where the newest transaction known does not stand there any more: a backup
        was put back, and may have grown past it since, or the log was rewritten.
        """
        if self._newest is not None:
            log = transactions(self._newest.number - 1)
            if next(log, None) == self._newest:
                return self.and_of(log)
        return Past().and_of(transactions(0))

    def and_of(self, log: Iterable[Transaction]) -> Past:
        """The same with these transactions, which come after it."""
        people: set[str] = set()
        held: dict[str, frozenset[str | None]] = {}
        undoes: dict[int, int] = {}
        last = None
        for last in log:
            people |= flagged(last)
            if last.undoes is not None:
                undoes[last.number] = last.undoes
            for change in last.changes:
                if change.type == "role":
                    docs = (doc for doc in (change.before, change.after) if doc is not None)
                    before = held.get(change.id) or self.holders.get(change.id, frozenset())
                    held[change.id] = before.union(doc.get("contact") for doc in docs)
        if last is None:
            return self
        return Past(
            people=self.people | people,
            holders={**self.holders, **held},
            undoes={**self.undoes, **undoes},
            newest=last,
        )

    @property
    def number(self) -> int:
        """Of the newest transaction read; 0: none."""
        return self._newest.number if self._newest else 0

    def posts(self, people: Set[str]) -> frozenset[str]:
        """Roles that one of `people` held, and somebody else or nobody before or after."""
        return frozenset(id for id, held in self.holders.items() if len(held) > 1 and held & people)

    def hats(self, people: Set[str]) -> frozenset[str]:
        """Roles that one of `people` held at some time."""
        return frozenset(id for id, held in self.holders.items() if held & people)

    def undone(self) -> frozenset[int]:
        """Numbers of what is taken back; an undo that is itself undone takes nothing back."""
        gone: set[int] = set()
        for number in sorted(self.undoes, reverse=True):
            if number not in gone:
                gone.add(self.undoes[number])
        return frozenset(gone)


def flagged(transaction: Transaction) -> frozenset[str]:
    """Ids that bear the mark of protection somewhere in a transaction.

    And of those that go in it, as they may have been merged into one that bears it.
    """
    of_people = [change for change in transaction.changes if change.type in MARKABLE]
    marked = frozenset(
        change.id
        for change in of_people
        if any(doc and doc.get("protected") for doc in (change.before, change.after))
    )
    return marked | {change.id for change in of_people if change.after is None} if marked else marked
