"""The hooks. The pack's data lies in `data/`; only its pack.toml is read before somebody asks for records."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from kontaktnat import hookimpl

if TYPE_CHECKING:
    from kontaktnat.extend import Catalogue, CountyPack, Fact, Field, Outward, Vocabulary

log = logging.getLogger("kontaktnat.kalmar")


@hookimpl
def register_county_packs() -> Iterable[CountyPack]:
    """`kalmar`: what `init --county kalmar` fills a book with."""
    return (_pack(),)


@hookimpl
def register_vocabularies() -> Iterable[Vocabulary]:
    """A kind of commitment that a county with nuclear operations follows."""
    from kontaktnat.extend import Vocabulary, Word

    word = Word(id="nuclear_preparedness", sv="kärnenergiberedskap", en="nuclear preparedness",
                synonyms=("kärnkraftsberedskap",))  # fmt: skip
    return (Vocabulary(name="commitment_kind", words=(word,)),)


@hookimpl
def register_facts() -> Iterable[Fact]:
    """When the municipality last practised with its neighbours: custom; no statute says how often."""
    from kontaktnat.extend import Fact

    return (
        Fact(
            name="nuclear_exercise",
            kind="nuclear_preparedness",
            path="followed_up_on",
            sv="samverkansövning, kärnenergiberedskap",
            en="joint exercise, nuclear preparedness",
            synonyms=("karnenergiovning",),
            basis="practice",
            source="egen praxis i länet",
            months=24,
        ),
    )


@hookimpl
def register_fields() -> Iterable[Field]:
    """How sure the pack's facts are, and where they come from."""
    from kontaktnat.extend import Field

    return (
        # In books that were filled before version 3, which says this in `pack.certainty` and `pack.source`.
        Field(
            name="kalmar.certainty",
            records=("commitment",),
            type=str,
            title="Certainty",
            choices=("verified", "unverified"),
        ),
        Field(name="kalmar.source", records=("commitment",), type=str, title="Source"),
        # In words, not one of two, and so a field of its own.
        Field(
            name="kalmar.legal_certainty",
            records=("assignment",),
            type=str,
            title="Certainty of the legal basis",
        ),
        Field(
            name="kalmar.municipal_counterpart",
            records=("assignment",),
            type=str,
            title="The municipality's counterpart",
        ),
    )


@hookimpl
def book_opened(book: Outward) -> None:
    """Logs when the pack is newer than the one the book was filled from; says nothing of other books."""
    if not log.isEnabledFor(logging.INFO):  # nobody would hear it, and to read the pack takes a while
        return
    filled: int | None = book.setting("pack.kalmar")
    installed = _pack().version
    if filled is not None and filled < installed:
        log.info(
            "the Kalmar pack that is installed has version %d, this book was filled from version %d",
            installed,
            filled,
        )


def _pack() -> CountyPack:
    from importlib import resources

    from kontaktnat.extend import load_pack

    return load_pack(resources.files("kontaktnat_kalmar") / "data")


@hookimpl
def register_catalogues() -> Iterable[Catalogue]:
    """What this plugin says, in Swedish."""
    from kontaktnat.extend import Catalogue

    return (Catalogue(name="kontaktnat_kalmar", folder=Path(__file__).parent / "locale"),)
