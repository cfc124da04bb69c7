"""Write docs/reference/views.md from the core's own views: `python docs/make_views.py`.

A test compares the page with a fresh one, so that it cannot rot.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import kontaktnat
from kontaktnat.descriptors import Column, View
from kontaktnat.extend import Outward
from kontaktnat.plugins import BUILTIN
from kontaktnat.testing.sample import fill

PAGE = Path(__file__).parent / "reference" / "views.md"
HEAD = """# Views

Questions with a table for an answer: `kontaktnat view NAME [[NAME=]VALUE]…`, in Python
`book.view(name, **parameters)`. Made from the views by `docs/make_views.py`; what plugins bring is told by
`kontaktnat view NAME --explain`.

All take `--as-of DATE`: today is that day, and what held then is shown, by today's knowledge. Data about the
protected is covered: what would tell where they work is left out, and a note says how much that was.

Days are written as ISO 8601 (`2026-11-12`, `2026-11`, `2026`), words in Swedish or English as anywhere else,
a name as one types it. A parameter without a default here has one in the definition, or is needed.

With `-o json` the answer carries `view`, `columns` and `records`. Columns of the type word hold the id of a
word of the vocabulary named; eyes are shown its label.
"""
NEEDED = {"timeline": {"who": "Nybro kommun"}, "path": {"a": "Nybro kommun", "b": "Åsa Ängström"}}
"""What views are asked for that answer nothing without a parameter."""


def page() -> str:
    """The whole page."""
    with kontaktnat.open("memory:", by="docs", plugins=[]) as book:
        fill(book)
        owned = book.plugins.pieces("register_views")
        views = [view for plugin, view in owned if plugin in BUILTIN]
        return "\n".join([HEAD, *(line for view in views for line in _view(book, view))])


def _view(book: Outward, view: View) -> Iterator[str]:
    table = book.view(view.name, **NEEDED.get(view.name, {}))
    yield f"## {view.name}\n"
    yield f"{view.title}.\n"
    for title, text in (("Definition", view.definition), ("Formula", view.formula), ("Source", view.source)):
        yield f"**{title}.** {text}\n"
    takes = ", ".join(f"`{one}`" for one in view.parameters())
    yield f"**Parameters:** {takes or 'none'}.\n"
    yield "| column | title | type |\n|---|---|---|"
    yield from (_column(one) for one in table.columns)
    yield ""


def _column(column: Column) -> str:
    kind = f"{column.type} of `{column.vocabulary}`" if column.vocabulary else column.type
    return f"| `{column.key}` | {column.title} | {kind} |"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
