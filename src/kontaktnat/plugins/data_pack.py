"""A county pack without a line of Python: the plugin that an entry point naming a folder stands for."""

from __future__ import annotations

import os
from collections.abc import Iterable
from types import ModuleType
from typing import TYPE_CHECKING

from kontaktnat.hookspecs import hookimpl

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from kontaktnat.descriptors import CountyPack, Vocabulary

_SETTINGS = "pack.toml"


class DataPack:
    """The hooks of a package that has none and whose folder holds a pack.toml; reads when it is asked."""

    def __init__(self, package: ModuleType) -> None:
        self.package = package

    def _folder(self) -> Traversable:
        from importlib import resources  # a while to import, and this is made at every start

        return resources.files(self.package)

    @hookimpl
    def register_county_packs(self) -> Iterable[CountyPack]:
        """What `init --county` fills a book with."""
        from kontaktnat.packs import load_pack

        return (load_pack(self._folder()),)

    @hookimpl
    def register_vocabularies(self) -> Iterable[Vocabulary]:
        """The words of its words.csv, if it has one."""
        if all(_has(folder, "words.csv") is False for folder in self.package.__path__):
            return ()
        from kontaktnat.packs import load_words

        return load_words(self._folder())


def data_pack(plugin: object) -> DataPack | None:
    """The pack that a package's folder holds, also one without an `__init__.py`; None where there is none."""
    if not isinstance(plugin, ModuleType):
        return None
    found = [_has(folder, _SETTINGS) for folder in getattr(plugin, "__path__", ())]
    if True in found:
        return DataPack(plugin)
    if None in found:
        from importlib import resources

        return DataPack(plugin) if resources.files(plugin).joinpath(_SETTINGS).is_file() else None
    return None


def _has(folder: str, name: str) -> bool | None:
    """Whether a file lies in a package's folder; None where it is no folder, but in an archive."""
    return os.path.isfile(os.path.join(folder, name)) if os.path.isdir(folder) else None  # noqa: PTH112, PTH113, PTH118
