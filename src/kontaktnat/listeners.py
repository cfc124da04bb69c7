"""Functions that are told of something, by whoever registered them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Generic, TypeVar

from kontaktnat.errors import Usage, shown
from kontaktnat.plugins.loading import place

N = TypeVar("N")

log = logging.getLogger("kontaktnat")


class Listeners(Generic[N]):
    """Each registration is one of its own: the same function may be there twice, and is stopped by itself."""

    def __init__(self) -> None:
        self._registered: list[_Registered[N]] = []

    def add(self, tell: Callable[[N], None]) -> Callable[[], None]:
        """Have a function told from now on; what comes back stops it. Raises Usage for what is none."""
        if not callable(tell):
            raise Usage("give a function, not {value}", value=shown(tell))
        one = _Registered(tell)
        self._registered.append(one)

        def stop() -> None:
            with suppress(ValueError):  # stopped before
                self._registered.remove(one)

        return stop

    def tell(self, news: N, number: int) -> None:
        """Tell all of them; what one raises is logged, with the number of the transaction."""
        for one in tuple(self._registered):
            try:
                one.tell(news)
            except Exception as error:
                # It is saved: a listener cannot make it unsaved, and the next one wants to know too.
                log.error("a listener failed after transaction %d: %s", number, place(error))


class _Registered(Generic[N]):
    def __init__(self, tell: Callable[[N], None]) -> None:
        self.tell = tell
