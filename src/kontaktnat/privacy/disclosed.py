"""What a disclosure is made of: pages with their marks, and the forms in which it is worked on."""

from __future__ import annotations

from collections.abc import Set
from datetime import datetime
from typing import Any, Literal

from attrs import frozen

from kontaktnat.codec import FORMAT
from kontaktnat.i18n import Text, tr
from kontaktnat.mentions import normal
from kontaktnat.plain import Plain
from kontaktnat.privacy.fields import Fact
from kontaktnat.privacy.marks import Kind, Marks
from kontaktnat.views.listing import moment

PROTECTED = Text("[protected, OSL 21 kap. 3 §: to be assessed]")
SECRECY = ("OSL 21 kap. 3 §", "OSL 22 kap. 1 §")


@frozen(eq=False, repr=False)
class Mark(Plain):
    """Characters [start, end) of a text in NFC that somebody has to decide on."""

    _shown = ("start", "end", "kind")

    start: int
    end: int
    kind: Kind | Literal["protected", "actor"]
    """`actor`: where somebody protected may be found, as they stand in the same text."""


@frozen(eq=False, repr=False)
class Page(Plain):
    """One record that was found."""

    _shown = ("type", "id")

    type: str
    id: str
    title: str
    date: str
    draft: bool
    registry_number: str
    protected: bool
    """Whether it, or somebody in it, bears the mark of protection."""
    facts: tuple[Fact, ...]
    hidden: tuple[str, ...]
    near: frozenset[str]
    """Contacts that have part in it: their given or family name alone is marked too."""


@frozen(eq=False, repr=False)
class Disclosure(Plain):
    """Records that fit a request, marked for a decision. `data()` is for JSON, `markdown()` to work on."""

    _shown = ()

    query: str
    since: str
    until: str
    made: datetime
    by: str
    pages: tuple[Page, ...]
    marks: Marks

    def data(self) -> dict[str, Any]:
        """As JSON, English; positions are of the texts as they stand there."""
        asked = {"query": self.query, "since": self.since, "until": self.until}
        return {
            "schema": FORMAT,
            "disclosure": {**asked, "made": moment(self.made), "by": self.by, "count": len(self.pages)},
            "records": [self._page(one) for one in self.pages],
        }

    def _page(self, page: Page) -> dict[str, Any]:
        return {
            "type": page.type,
            "id": page.id,
            "title": page.title,
            "date": page.date,
            "draft": page.draft,
            "registry_number": page.registry_number,
            "secrecy": [{"statute": one} for one in SECRECY] if page.protected else [],
            "texts": [self._text(page, one) for one in page.facts],
            "covered": list(page.hidden),
            "decision": {"outcome": None, "chapter": None, "section": None, "note": ""},
        }

    def _text(self, page: Page, fact: Fact) -> dict[str, Any]:
        text = normal(str(fact.said))
        spans = self.spans(text, page.near, str(PROTECTED))
        marked = [{"start": one.start, "end": one.end, "kind": one.kind} for one in spans]
        return {"path": fact.key, "text": text, "spans": marked}

    def markdown(self) -> str:
        """A document in the language in force, to read, mark and decide on."""
        from kontaktnat.privacy.disclose_page import page

        return page(self)

    def spans(self, text: str, near: Set[str], mark: str = "") -> list[Mark]:
        """What in a text has to be decided on; `mark`: how what is protected is written in it."""
        mark = mark or tr(PROTECTED)
        covered: list[Mark] = []
        at = text.find(mark)
        while at >= 0:
            covered.append(Mark(at, at + len(mark), "protected"))
            at = text.find(mark, at + len(mark))
        found = [
            Mark(one.start, one.end, one.kind)
            for one in self.marks.spot(text, near)
            if not _over(one.start, one.end, covered)
        ]
        taken = [*covered, *found]
        if covered:
            where = (Mark(start, end, "actor") for start, end in self.marks.actors(text))
            taken += [one for one in where if not _over(one.start, one.end, taken)]
        return sorted(taken, key=lambda one: one.start)


def _over(start: int, end: int, marks: list[Mark]) -> bool:
    return any(start < one.end and one.start < end for one in marks)
