"""A disclosure as a document to work on: what is marked, and room for a decision on each record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kontaktnat.i18n import Text, tr
from kontaktnat.mentions import normal
from kontaktnat.privacy.extract_page import capital, plain
from kontaktnat.privacy.fields import title, when

if TYPE_CHECKING:
    from kontaktnat.privacy.disclosed import Disclosure, Page


def page(found: Disclosure) -> str:
    """Markdown, in the language in force."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Disclosure) -> Iterator[str]:
    n = len(found.pages)
    yield f"# {plain(Text('Request for public records: {query}', query=found.query))}"
    yield ""
    made = when(found.made)
    yield plain(
        Text("This list was made on {at} by {by}. It is a preparation, not a decision.", at=made, by=found.by)
    )
    yield ""
    yield f"- {plain(Text('Searched for: {query}', query=found.query))}"
    if found.since or found.until:
        dates = Text("Dates: {since} to {until}", since=found.since or "…", until=found.until or "…")
        yield f"- {plain(dates)}"
    yield f"- {plain(Text('{n} record', '{n} records', n=n))}"
    for line in _explained():
        yield f"- {plain(line)}"
    for number, one in enumerate(found.pages, 1):
        yield from ("", f"## {number}. {capital(_marked(found, one, one.title))}", "")
        yield from _page(found, one)


def _explained() -> Iterator[str]:
    yield Text(
        "Marked in the texts: [contact: …] somebody in the register, [name?: …] what looks like a name, "
        "[number: …] what looks like a personal identity number, [mail: …], [phone: …] and [address: …]; "
        "[actor: …] an actor, where somebody protected stands in the same text."
    )
    yield Text(
        "What is marked is not secret by that, and what is not marked may be. "
        "Given names alone are not found, unless somebody in the register is called so."
    )
    yield Text(
        "A working mark (draft) gives no secrecy: an entry in a register that is kept continuously is "
        "archived when it is made (arkivförordningen 3 §)."
    )


def _page(found: Disclosure, one: Page) -> Iterator[str]:
    if one.protected:
        yield f"- **{plain(Text('Secrecy to be assessed: OSL 21 kap. 3 §, 22 kap. 1 §'))}**"
    if one.draft:
        yield f"- **{plain(Text('Working mark: draft. It gives no secrecy.'))}**"
    yield f"- {plain(Text('Id: {id}', id=one.id))}"
    for fact in one.facts:
        yield f"- {plain(capital(tr(fact.title)))}: {_marked(found, one, fact.said)}"
    from kontaktnat.privacy.disclosed import PROTECTED

    for name in one.hidden:
        yield f"- {plain(capital(tr(title(name))))}: {plain(PROTECTED)}"
    yield ""
    yield plain(Text("Decision: ☐ handed out  ☐ handed out in part  ☐ not handed out"))
    yield ""
    yield plain(Text("Chapter and section: ……………………  Note: ……………………"))


def _marked(found: Disclosure, page: Page, text: str) -> str:
    """A text with what has to be decided on in brackets."""
    said = normal(tr(text) if isinstance(text, Text) else text)
    parts: list[str] = []
    at = 0
    for one in found.spans(said, page.near):
        word = said[one.start : one.end]
        labels = {
            "contact": Text("[contact: {text}]", text=word),
            "person": Text("[name?: {text}]", text=word),
            "number": Text("[number: {text}]", text=word),
            "mail": Text("[mail: {text}]", text=word),
            "phone": Text("[phone: {text}]", text=word),
            "address": Text("[address: {text}]", text=word),
            "actor": Text("[actor: {text}]", text=word),
        }
        parts += [said[at : one.start], tr(labels.get(one.kind, word))]
        at = one.end
    return plain("".join((*parts, said[at:])))
