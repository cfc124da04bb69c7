"""The hooks. Importing this module reads no table and no rule."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from kontaktnat import hookimpl

if TYPE_CHECKING:
    from kontaktnat.extend import Catalogue, CategoryScheme, Command, Outward, Table, View, Vocabulary


@hookimpl
def register_category_schemes() -> Iterable[CategoryScheme]:
    """`icnpo` and `legal_form`."""
    from kontaktnat_civilsociety.schemes import schemes

    return schemes()


@hookimpl
def register_vocabularies() -> Iterable[Vocabulary]:
    """The states that the views tell of."""
    from kontaktnat.extend import Vocabulary, Word

    gap = (
        Word(id="no_contact", sv="ingen kontakt", en="no contact"),
        Word(id="none_known", sv="ingen känd", en="none known"),
    )
    distance = (
        Word(id="reached", sv="nås", en="reached"),
        Word(id="no_way", sv="ingen väg", en="no way"),
        Word(id="nobody", sv="ingen känd person", en="nobody known"),
    )
    return (
        Vocabulary(name="civil_gap_state", words=gap),
        Vocabulary(name="civil_distance_state", words=distance),
    )


@hookimpl
def register_commands() -> Iterable[Command]:
    """`civilsociety`: suggestions, and what is said of them."""
    from kontaktnat.extend import Command

    return (
        Command(
            name="civilsociety",
            summary="Suggests what associations are, with the reason; you say yes or no.",
            target="kontaktnat_civilsociety.commands:civilsociety",
        ),
    )


# How a view is called, each with its parameters as one types them; the view itself is imported when it runs.


def _share(book: Outward, /, *, network: str = "", since: str = "", until: str = "") -> Table:
    from kontaktnat_civilsociety.views.share import share

    return share(book, network=network, since=since, until=until)


def _networks(book: Outward, /, *, since: str = "", until: str = "") -> Table:
    from kontaktnat_civilsociety.views.share import networks

    return networks(book, since=since, until=until)


def _gaps(book: Outward, /, *, since: str = "", until: str = "", level: str = "", place: str = "") -> Table:
    from kontaktnat_civilsociety.views.gaps import gaps

    return gaps(book, since=since, until=until, level=level, place=place)


def _distance(book: Outward, /, *, a: str = "", category: str = "") -> Table:
    from kontaktnat_civilsociety.views.distance import distance

    return distance(book, a=a, category=category)


def _suggestions(book: Outward, /) -> Table:
    from kontaktnat_civilsociety.views.suggested import suggested

    return suggested(book)


@hookimpl
def register_views() -> Iterable[View]:
    """Civil society's share, what was never met, how far associations are, and what is suggested."""
    from kontaktnat.extend import View
    from kontaktnat_civilsociety.views import said

    return (
        View(name="civil-share", run=_share, title=said.SHARE_TITLE, definition=said.SHARE_DEFINITION,
             formula=said.SHARE_FORMULA, source=said.SOURCE),
        View(name="civil-networks", run=_networks, title=said.NETWORKS_TITLE,
             definition=said.NETWORKS_DEFINITION, formula=said.NETWORKS_FORMULA, source=said.SOURCE),
        View(name="civil-gaps", run=_gaps, title=said.GAPS_TITLE, definition=said.GAPS_DEFINITION,
             formula=said.GAPS_FORMULA, source=said.SOURCE),
        View(name="civil-distance", run=_distance, title=said.DISTANCE_TITLE,
             definition=said.DISTANCE_DEFINITION, formula=said.DISTANCE_FORMULA, source=said.SOURCE),
        View(name="civil-suggestions", run=_suggestions, title=said.SUGGESTED_TITLE,
             definition=said.SUGGESTED_DEFINITION, formula=said.SUGGESTED_FORMULA, source=said.SOURCE),
    )  # fmt: skip


@hookimpl
def register_catalogues() -> Iterable[Catalogue]:
    """What this plugin says, in Swedish."""
    from kontaktnat.extend import Catalogue

    return (Catalogue(name="kontaktnat_civilsociety", folder=Path(__file__).parent / "locale"),)
