"""The stores that are always there: a file (TinyDB) and memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kontaktnat.extend import Finding, Repair, Store, StoreOptions, StoreScheme, hookimpl
from kontaktnat.i18n import Text

if TYPE_CHECKING:
    from kontaktnat.store.salvage import Problem


def _file(url: str, options: StoreOptions) -> Store:
    from kontaktnat.store.tiny import TinyStore

    return TinyStore(url, options)


def _check_file(url: str) -> Iterator[Finding]:
    from kontaktnat.store.places import drafts, real_path
    from kontaktnat.store.repair import examined, torn
    from kontaktnat.store.surroundings import RULE, risks

    yield from _findings(examined(url), Text("kontaktnat check --repair keeps all that can be read"))
    for beside in torn(url):
        yield Finding(
            message=Text("what a crash cut off lies in {file}", file=beside.name),
            remedy="look whether you miss it, then delete that file",
        )
    for kept in drafts(real_path(url)):
        yield Finding(
            message=Text("a text that was edited and not saved is kept in {file}", file=kept),
            remedy="kontaktnat edit ID --from FILE goes on with it, or delete its folder",
        )
    for risk in risks(url):
        yield Finding(message=risk.message, remedy=risk.remedy, rule=RULE)


def _repair_file(url: str, options: StoreOptions, how: Repair) -> Iterable[Finding]:
    from kontaktnat.store.repair import accepted, repaired

    mend = accepted if how.accept else repaired
    return _findings(mend(url, options, by=how.by, at=how.at), Text("the file as it was is kept beside"))


def _findings(problems: Iterable[Problem], remedy: str) -> Iterator[Finding]:
    for one in problems:
        yield Finding(message=one.message, path=Text("line {line}", line=one.line), remedy=remedy)


def _memory(_: str, options: StoreOptions) -> Store:
    from kontaktnat.store.memory import MemoryStore

    return MemoryStore(options)


@hookimpl
def register_stores() -> list[StoreScheme]:
    return [
        StoreScheme(
            scheme="file", open=_file, summary="one local file", check=_check_file, repair=_repair_file
        ),
        StoreScheme(scheme="memory", open=_memory, summary="nothing is kept; for tests"),
    ]
