"""Write docs/reference/views.md from the core's own views and their examples: `python docs/make_views.py`.

A test compares the page with a fresh one, so that it cannot rot.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import kontaktnat
from kontaktnat.descriptors import Column, View
from kontaktnat.extend import Outward
from kontaktnat.plugins import BUILTIN
from kontaktnat.testing.sample import fill

PAGE = Path(__file__).parent / "reference" / "views.md"
EXAMPLES = PAGE.parent / "examples"
"""A file for each view of the core: its example, worked out by hand, with the code that holds it to it."""
START = """\
from datetime import UTC, datetime
from io import BytesIO

import kontaktnat
from kontaktnat import Actor, Assignment, Commitment, Contact, FollowUp, Headcount, Interaction
from kontaktnat import Member, Network, Participation, Reach, Role, Topic, TopicLink


def new_book():
    return kontaktnat.open(
        "memory:", by="anna", plugins=[], clock=lambda: datetime(2026, 11, 12, 9, tzinfo=UTC)
    )


def municipality(book, name, place, **fields):
    return book.add(Actor(name=name, kind="municipality", sector="municipality", place=place, **fields))


def hat(book, person, actor, **fields):
    return book.add(Role(contact=book.add(Contact(name=person)).id, actor=actor.id, **fields))


def log(book, kind, when, *participants, **fields):
    return book.add(Interaction(kind=kind, when=when, participants=participants, **fields))


def topic(book, kind, title, **fields):
    return book.add(Topic(kind=kind, title=title, **fields))


def shown(book, view, *keys, **parameters):
    return [tuple(row[key] for key in keys) for row in book.view(view, **parameters).rows]
"""
"""What the code of all examples begins with."""
HEAD = """# All definitions

Views are questions with a table for an answer: `kontaktnat view NAME [[NAME=]VALUE]…`, in Python
`book.view(name, **parameters)`. Here stands of each of the core's views what its rows are, how they are
reckoned, where the rule is from, and an example worked out by hand. What plugins bring is told by
`kontaktnat view NAME --explain`.

All take `--as-of DATE`: today is that day, and what held then is shown, by today's knowledge. Data about the
protected is covered: what would tell where they work is left out, and a note says how much that was.

Days are written as ISO 8601 (`2026-11-12`, `2026-11`, `2026`), words in Swedish or English as anywhere else,
a name as one types it. A parameter without a default here has one in the definition, or is needed.

With `-o json` the answer carries `view`, `columns` and `records`. Columns of the type word hold the id of a
word of the vocabulary named; eyes are shown its label.
"""
RESTS = """\
*Law*: a statute asks for it or sets its limits; Source names it. *Our reading*: the statute leaves room, and
this is how we read it. *Practice*: custom, or our own measure, which no statute asks for; most of it can be
set (`practice`). Where several are named, Source says which is which.
"""
BY_HAND = f"""\
## The examples

All people are invented, and today is 12 November 2026, a Thursday. Each number was worked out by hand from
the definition before the code was run; the tests run the code, so a view that reckons otherwise is found out.
All of it begins with

```python
{START}```
"""
NEEDED = {"timeline": {"who": "Nybro kommun"}, "path": {"a": "Nybro kommun", "b": "Åsa Ängström"}}
"""What views are asked for that answer nothing without a parameter."""


def page() -> str:
    """The whole page."""
    with kontaktnat.open("memory:", by="docs", plugins=[]) as book:
        fill(book)
        owned = book.plugins.pieces("register_views")
        views = [view for plugin, view in owned if plugin in BUILTIN]
        contents = ["| view | what it tells | rests on |\n|---|---|---|", *map(_entry, views), ""]
        return "\n".join(
            [HEAD, *contents, RESTS, BY_HAND, *(line for view in views for line in _view(book, view))]
        )


def _entry(view: View) -> str:
    said = f"{view.definition} {view.formula} {view.source}"
    rests = {
        "law": re.search(r"\(\d{4}:\d+\)|\bGDPR\b|kommunallagen", view.source),
        "our reading": re.search(r"our (own )?reading", said, re.IGNORECASE),
        "practice": re.search(r"practice|custom", view.source, re.IGNORECASE),
    }
    named = ", ".join(kind for kind, found in rests.items() if found)
    return f"| [{view.name}](#{view.name}) | {view.title} | {named} |"


def _view(book: Outward, view: View) -> Iterator[str]:
    table = book.view(view.name, **NEEDED.get(view.name, {}))
    yield f"## {view.name}\n"
    yield f"{view.title}.\n"
    for title, text in (("Definition", view.definition), ("Formula", view.formula), ("Source", view.source)):
        yield f"**{title}.** {text}\n"
    example = EXAMPLES / f"{view.name}.md"
    if example.exists():  # a test names those that are missing
        yield f"**Example, by hand.** {example.read_text('utf-8')}"
    takes = ", ".join(f"`{one}`" for one in view.parameters())
    yield f"**Parameters:** {takes or 'none'}.\n"
    yield "| column | title | type |\n|---|---|---|"
    yield from (_column(one) for one in table.columns)
    yield ""


def _column(column: Column) -> str:
    kind = f"{column.type} of `{column.vocabulary}`" if column.vocabulary else column.type
    kind += ", in data only" if column.data else ""
    return f"| `{column.key}` | {column.title} | {kind} |"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
