"""Where an error came from, for `--debug`: files, lines and types, and nothing of anybody's data."""

from __future__ import annotations

import traceback
from collections.abc import Iterator


def trace(error: BaseException) -> Iterator[str]:
    """The lines of a traceback without messages, values and source text, causes first.

    Of an error that another one follows both are told, as Python does.
    """
    yield from _traced(error, set())


def _traced(error: BaseException, seen: set[int]) -> Iterator[str]:
    seen.add(id(error))
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None and id(before) not in seen:
        yield from _traced(before, seen)
        yield "then:"
    yield "Traceback (most recent call last):"
    for frame in traceback.StackSummary.extract(traceback.walk_tb(error.__traceback__), lookup_lines=False):
        yield f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}'
    kind = type(error)
    yield kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    if isinstance(error, BaseExceptionGroup):
        for one in error.exceptions:
            if id(one) not in seen:
                yield "of these:"
                yield from _traced(one, seen)
