"""The hooks. Importing this module reads no file and no table."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from kontaktnat import hookimpl

if TYPE_CHECKING:
    from kontaktnat.extend import Catalogue, Check, Command, CountyPack, Finding, Outward, Vocabulary
    from kontaktnat.model import Record


@hookimpl
def register_vocabularies() -> Iterable[Vocabulary]:
    """Functions and kinds of actor that are met in Swedish crime prevention, beyond the core's."""
    from kontaktnat_sweden.words import VOCABULARIES

    return VOCABULARIES


@hookimpl
def register_county_packs() -> Iterable[CountyPack]:
    """Each of the 21 counties: its municipalities, board and region, and posts that the law asks for."""
    from kontaktnat_sweden.packs import packs

    return packs()


@hookimpl
def register_commands() -> Iterable[Command]:
    """`municipalities`: the table at the prompt."""
    from kontaktnat.extend import Command

    return (
        Command(
            name="municipalities",
            summary="Sweden's municipalities with their codes.",
            target="kontaktnat_sweden.commands:municipalities",
        ),
    )


@hookimpl
def register_checks() -> Iterable[Check]:
    """`swedish-municipality`: places exist, and municipalities bear their legal names."""
    from kontaktnat.extend import Check

    return (Check(name="swedish-municipality", title="Places and names of municipalities", run=_check),)


def _check(record: Record, book: Outward) -> Iterable[Finding]:
    """Checks are asked for by every command that writes, and the table is a while to read."""
    from kontaktnat_sweden.rules import check

    return check(record, book)


@hookimpl
def before_save(record: Record, before: Record | None) -> None:
    """Refuses a `place` that is newly set to a code no municipality has."""
    if not getattr(record, "place", ""):  # most records have none, and the table is a while to read
        return
    from kontaktnat_sweden.rules import refuse_unknown_place

    refuse_unknown_place(record, before)


@hookimpl
def before_delete(record: Record, book: Outward) -> None:
    """Refuses to delete the only record of a municipality."""
    from kontaktnat_sweden.rules import refuse_to_delete

    refuse_to_delete(record, book)


@hookimpl
def register_catalogues() -> Iterable[Catalogue]:
    """What this plugin says, in Swedish."""
    from kontaktnat.extend import Catalogue

    return (Catalogue(name="kontaktnat_sweden", folder=Path(__file__).parent / "locale"),)
