"""kontaktnat: a lightweight CRM library for those who hold a county's crime-prevention network together.

    import kontaktnat
    with kontaktnat.open("kalmar.kn", by="anna") as book:
        nybro = book.add(kontaktnat.Actor(name="Nybro kommun", kind="municipality", place="0881"))

Names are imported when first used (PEP 562), so that `import kontaktnat` costs next to nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kontaktnat.book import Book as Book
    from kontaktnat.errors import (
        Ambiguous as Ambiguous,
    )  # fmt: skip
    from kontaktnat.errors import (
        Conflict as Conflict,
    )
    from kontaktnat.errors import (
        Invalid as Invalid,
    )
    from kontaktnat.errors import (
        KontaktnatError as KontaktnatError,
    )
    from kontaktnat.errors import (
        NotFound as NotFound,
    )
    from kontaktnat.errors import (
        PluginConflict as PluginConflict,
    )
    from kontaktnat.errors import (
        PluginError as PluginError,
    )
    from kontaktnat.errors import (
        Refused as Refused,
    )
    from kontaktnat.errors import (
        StoreBusy as StoreBusy,
    )
    from kontaktnat.errors import (
        StoreDamaged as StoreDamaged,
    )
    from kontaktnat.errors import (
        Usage as Usage,
    )
    from kontaktnat.errors import (
        Veto as Veto,
    )
    from kontaktnat.hookspecs import hookimpl as hookimpl
    from kontaktnat.model import (
        Actor as Actor,
    )  # fmt: skip
    from kontaktnat.model import (
        Assignment as Assignment,
    )
    from kontaktnat.model import (
        Commitment as Commitment,
    )
    from kontaktnat.model import (
        Contact as Contact,
    )
    from kontaktnat.model import (
        FollowUp as FollowUp,
    )
    from kontaktnat.model import (
        FormerName as FormerName,
    )
    from kontaktnat.model import (
        Headcount as Headcount,
    )
    from kontaktnat.model import (
        Interaction as Interaction,
    )
    from kontaktnat.model import (
        Member as Member,
    )
    from kontaktnat.model import (
        Network as Network,
    )
    from kontaktnat.model import (
        PartialDate as PartialDate,
    )
    from kontaktnat.model import (
        Participation as Participation,
    )
    from kontaktnat.model import (
        Pending as Pending,
    )
    from kontaktnat.model import (
        Reach as Reach,
    )
    from kontaktnat.model import (
        Role as Role,
    )
    from kontaktnat.model import (
        Topic as Topic,
    )
    from kontaktnat.model import (
        TopicLink as TopicLink,
    )
    from kontaktnat.model import (
        Way as Way,
    )
    from kontaktnat.opening import check_file as check_file
    from kontaktnat.opening import open as open
    from kontaktnat.opening import repair_file as repair_file

_HOMES = {
    "kontaktnat.book": ("Book",),
    "kontaktnat.opening": ("check_file", "open", "repair_file"),
    "kontaktnat.hookspecs": ("hookimpl",),
    "kontaktnat.errors": (
        "Ambiguous", "Conflict", "Invalid", "KontaktnatError", "NotFound", "PluginConflict", "PluginError",
        "Refused", "StoreBusy", "StoreDamaged", "Usage", "Veto",
    ),
    "kontaktnat.model": (
        "Actor", "Assignment", "Commitment", "Contact", "FollowUp", "FormerName", "Headcount",
        "Interaction", "Member",
        "Network", "PartialDate", "Participation", "Pending", "Reach", "Role", "Topic", "TopicLink", "Way",
    ),
}  # fmt: skip
_WHERE = {name: module for module, names in _HOMES.items() for name in names}

__all__ = sorted(_WHERE)  # noqa: PLE0605 - computed, so that the table above is the only list


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("kontaktnat")
    if module := _WHERE.get(name):
        value = getattr(importlib.import_module(module), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'kontaktnat' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*globals(), *__all__]
