"""A county pack without a line of Python: the plugin that an entry point naming a folder stands for."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import resources
from types import ModuleType
from typing import TYPE_CHECKING

from kontaktnat.hookspecs import hookimpl
from kontaktnat.packs.files import SETTINGS

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from kontaktnat.descriptors import CountyPack, Vocabulary


class DataPack:
    """The hooks of a package that has none and whose folder holds a pack.toml; reads when it is asked."""

    def __init__(self, folder: Traversable) -> None:
        self.folder = folder

    @hookimpl
    def register_county_packs(self) -> Iterable[CountyPack]:
        """What `init --county` fills a book with."""
        from kontaktnat.packs import load_pack

        return (load_pack(self.folder),)

    @hookimpl
    def register_vocabularies(self) -> Iterable[Vocabulary]:
        """The words of its words.csv, if it has one."""
        from kontaktnat.packs import load_words

        return load_words(self.folder)


def data_pack(plugin: object) -> DataPack | None:
    """The pack that a package's folder holds, also one without an `__init__.py`; None where there is none."""
    if not isinstance(plugin, ModuleType) or not hasattr(plugin, "__path__"):
        return None
    folder = resources.files(plugin)
    return DataPack(folder) if folder.joinpath(SETTINGS).is_file() else None
