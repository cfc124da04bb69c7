"""What plugin authors import: re-exports only, each fetched when first used (PEP 562)."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kontaktnat.cli.app import accept_option as accept_option
    from kontaktnat.cli.app import by_option as by_option
    from kontaktnat.cli.app import complete as complete
    from kontaktnat.cli.app import say as say
    from kontaktnat.codec import record_class as record_class
    from kontaktnat.codec import to_doc as to_doc
    from kontaktnat.correspondence import Address as Address
    from kontaktnat.correspondence import Message as Message
    from kontaktnat.correspondence import Outgoing as Outgoing
    from kontaktnat.counties.checking import check_pack as check_pack
    from kontaktnat.descriptors import (
        Candidate as Candidate,
    )  # fmt: skip
    from kontaktnat.descriptors import (
        Catalogue as Catalogue,
    )
    from kontaktnat.descriptors import (
        Category as Category,
    )
    from kontaktnat.descriptors import (
        CategoryScheme as CategoryScheme,
    )
    from kontaktnat.descriptors import (
        Change as Change,
    )
    from kontaktnat.descriptors import (
        Check as Check,
    )
    from kontaktnat.descriptors import (
        Column as Column,
    )
    from kontaktnat.descriptors import (
        Command as Command,
    )
    from kontaktnat.descriptors import (
        CountyPack as CountyPack,
    )
    from kontaktnat.descriptors import (
        Exporter as Exporter,
    )
    from kontaktnat.descriptors import (
        Fact as Fact,
    )
    from kontaktnat.descriptors import (
        Field as Field,
    )
    from kontaktnat.descriptors import (
        Finding as Finding,
    )
    from kontaktnat.descriptors import (
        Importer as Importer,
    )
    from kontaktnat.descriptors import (
        Mailer as Mailer,
    )
    from kontaktnat.descriptors import (
        MessageSource as MessageSource,
    )
    from kontaktnat.descriptors import (
        Repair as Repair,
    )
    from kontaktnat.descriptors import (
        Store as Store,
    )
    from kontaktnat.descriptors import (
        StoreOptions as StoreOptions,
    )
    from kontaktnat.descriptors import (
        StoreScheme as StoreScheme,
    )
    from kontaktnat.descriptors import (
        Table as Table,
    )
    from kontaktnat.descriptors import (
        Transaction as Transaction,
    )
    from kontaktnat.descriptors import (
        Understood as Understood,
    )
    from kontaktnat.descriptors import (
        View as View,
    )
    from kontaktnat.descriptors import (
        Vocabulary as Vocabulary,
    )
    from kontaktnat.descriptors import (
        Word as Word,
    )
    from kontaktnat.hookspecs import hookimpl as hookimpl
    from kontaktnat.i18n import Text as Text
    from kontaktnat.i18n import joined as joined
    from kontaktnat.i18n import speaking as speaking
    from kontaktnat.i18n import tr as tr
    from kontaktnat.matching import mail_key as mail_key
    from kontaktnat.matching import mail_problem as mail_problem
    from kontaktnat.matching import phone_problem as phone_problem
    from kontaktnat.options import check_options as check_options
    from kontaktnat.outward import Outward as Outward
    from kontaktnat.packs import Mistake as Mistake
    from kontaktnat.packs import load_pack as load_pack
    from kontaktnat.packs import load_words as load_words
    from kontaktnat.persons import Person as Person
    from kontaktnat.persons import PersonalData as PersonalData
    from kontaktnat.refs import resolve as resolve
    from kontaktnat.searching import says as says
    from kontaktnat.searching import search_words as search_words
    from kontaktnat.searching import text_of as text_of
    from kontaktnat.store.memory import MemoryStore as MemoryStore
    from kontaktnat.tabular.edited import own_keys as own_keys
    from kontaktnat.tabular.edited import own_row as own_row
    from kontaktnat.tabular.edited import own_type as own_type
    from kontaktnat.tabular.exported import ExportedSheet as ExportedSheet
    from kontaktnat.tabular.exported import SheetColumn as SheetColumn
    from kontaktnat.tabular.exported import exported_sheet as exported_sheet
    from kontaktnat.tabular.mapping import find_header as find_header
    from kontaktnat.tabular.sheet import TABLE_SURPLUS as TABLE_SURPLUS
    from kontaktnat.tabular.sheet import table_candidates as table_candidates
    from kontaktnat.tabular.sheet import table_understood as table_understood
    from kontaktnat.text import (
        collation_key as collation_key,
    )  # fmt: skip
    from kontaktnat.text import (
        contains as contains,
    )
    from kontaktnat.text import (
        fold as fold,
    )
    from kontaktnat.timewords import parse_day as parse_day
    from kontaktnat.views.contacted import contacted as contacted
    from kontaktnat.views.contacted import held as held
    from kontaktnat.views.contacted import successors as successors
    from kontaktnat.views.distance import Distances as Distances
    from kontaktnat.views.distance import distances as distances
    from kontaktnat.views.members import is_hushed as is_hushed
    from kontaktnat.views.members import representatives as representatives
    from kontaktnat.views.standing import left_out as left_out

_HOMES = {
    "kontaktnat.cli.app": ("accept_option", "by_option", "complete", "say"),
    "kontaktnat.codec": ("record_class", "to_doc"),
    "kontaktnat.correspondence": ("Address", "Message", "Outgoing"),
    "kontaktnat.matching": ("mail_key", "mail_problem", "phone_problem"),
    "kontaktnat.descriptors": (
        "Candidate", "Catalogue", "Category", "CategoryScheme", "Change", "Check", "Column", "Command",
        "CountyPack", "Exporter", "Fact",
        "Field", "Finding", "Importer", "Mailer", "MessageSource", "Repair", "Store", "StoreOptions",
        "StoreScheme", "Table", "Transaction", "Understood", "View", "Vocabulary", "Word",
    ),
    "kontaktnat.hookspecs": ("hookimpl",),
    "kontaktnat.i18n": ("Text", "joined", "speaking", "tr"),
    "kontaktnat.options": ("check_options",),
    "kontaktnat.outward": ("Outward",),
    "kontaktnat.counties.checking": ("check_pack",),
    "kontaktnat.packs": ("Mistake", "load_pack", "load_words"),
    "kontaktnat.persons": ("Person", "PersonalData"),
    "kontaktnat.searching": ("says", "search_words", "text_of"),
    "kontaktnat.store.memory": ("MemoryStore",),
    "kontaktnat.tabular.edited": ("own_keys", "own_row", "own_type"),
    "kontaktnat.tabular.exported": ("ExportedSheet", "SheetColumn", "exported_sheet"),
    "kontaktnat.tabular.mapping": ("find_header",),
    "kontaktnat.tabular.sheet": ("TABLE_SURPLUS", "table_candidates", "table_understood"),
    "kontaktnat.text": ("collation_key", "contains", "fold"),
    "kontaktnat.timewords": ("parse_day",),
    "kontaktnat.refs": ("resolve",),
    "kontaktnat.views.contacted": ("contacted", "held", "successors"),
    "kontaktnat.views.distance": ("Distances", "distances"),
    "kontaktnat.views.members": ("is_hushed", "representatives"),
    "kontaktnat.views.standing": ("left_out",),
}  # fmt: skip
_WHERE = {name: module for module, names in _HOMES.items() for name in names}

__all__ = sorted(_WHERE)  # noqa: PLE0605 - computed, so that the table above is the only list


def __getattr__(name: str) -> Any:
    if module := _WHERE.get(name):
        value = getattr(importlib.import_module(module), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'kontaktnat.extend' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*globals(), *__all__]
