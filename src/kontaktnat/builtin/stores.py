"""The stores that are always there: a file (TinyDB) and memory."""

from __future__ import annotations

from kontaktnat.extend import Store, StoreOptions, StoreScheme, hookimpl


def _file(url: str, options: StoreOptions) -> Store:
    from kontaktnat.store.tiny import TinyStore

    return TinyStore(url, options)


def _memory(_: str, options: StoreOptions) -> Store:
    from kontaktnat.store.memory import MemoryStore

    return MemoryStore(options)


@hookimpl
def register_stores() -> list[StoreScheme]:
    return [
        StoreScheme(scheme="file", open=_file, summary="one local file"),
        StoreScheme(scheme="memory", open=_memory, summary="nothing is kept; for tests"),
    ]
