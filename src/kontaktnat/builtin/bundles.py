"""A bundle for other counties as a format: see `kontaktnat.between`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import BinaryIO

from kontaktnat.extend import Candidate, Outward, Understood
from kontaktnat.i18n import Text
from kontaktnat.options import check_options


def write(out: Outward, stream: BinaryIO, options: Mapping[str, str]) -> list[Text]:
    """Write the bundle; what is left out of it and why, for whoever sends it."""
    from kontaktnat.between.form import written
    from kontaktnat.between.sending import bundle

    doc, notes = bundle(out, options)
    stream.write(written(doc))
    return notes


def read(stream: BinaryIO, options: Mapping[str, str]) -> Iterator[Candidate]:
    """The sender with its statistics, then a topic each; nothing of a bundle that is not whole."""
    from kontaktnat.between.form import parsed
    from kontaktnat.between.receiving import candidates

    check_options(options)
    return candidates(parsed(stream.read()))


def describe(stream: BinaryIO, options: Mapping[str, str]) -> Understood:
    """Whose it is, of which day, and what is in it."""
    from kontaktnat.between.form import parsed

    check_options(options)
    doc = parsed(stream.read())
    topics = Text("{n} topic", "{n} topics", n=doc["count"])
    told = doc["statistics"]
    if told is None:
        return Understood(summary=Text("a bundle of {authority}, {day}: {topics}", authority=doc["authority"],
                                       day=doc["made_on"], topics=topics))  # fmt: skip
    return Understood(
        summary=Text("a bundle of {authority}, {day}: {topics}, statistics of {year}",
                     authority=doc["authority"], day=doc["made_on"], topics=topics, year=told["year"])
    )  # fmt: skip
