"""Write docs/reference/commitments.md from the core's own facts: `python docs/make_commitments.py`.

A test compares the page with a fresh one, so that it cannot rot.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import kontaktnat
from kontaktnat.builtin.facts import facts
from kontaktnat.descriptors import Fact
from kontaktnat.vocabulary import Words

PAGE = Path(__file__).parent / "reference" / "commitments.md"
HEAD = """# What is followed of commitments

What a municipality has committed itself to, or a statute asks of it, is told by *facts*: `kontaktnat set
nybro NAME=VALUE` sets one by its name, in English or Swedish (capitals, å and a, and `-`, `_` and blanks
are the same); `set nybro kind.field=VALUE` sets the field itself. The view `commitments` says how each
stands and when it is due. How it is done: [how to follow commitments](../howto/commitments.md). Made from
the facts by `docs/make_commitments.py`; plugins bring more by the hook
[`register_facts`](hooks/register_facts.md).

Whose rule a fact is, its **basis**:

- **law**: a statute asks for it; listed also where the book has nothing.
- **reading**: the statute says how often in its own words ("minst vartannat år"), and the months are our
  reading of it.
- **work_for**: the statute asks municipalities to work for it. To be without is no breach by itself.
- **practice**: custom. The months are a default: the setting `practice.months` says otherwise, as
  `practice.months = {council_last_meeting = 4}`. Those of the other bases are not set.
- **agreed**: the agreement, or the decision on a grant, says when.
- –: it is only written down.

**Values.** A date may be of a day, a month or a year. Where a field holds words (`contents`), a yes (`ja`)
puts the fact's word in, a no takes it out. A `status` takes yes, no or any word of `commitment_status`. A
period is `2026`, or `2026-01-01/2026-12-31`. Where a fact is marked *today*, the day on which it is told is
kept in the field named, unless one is given.

Beside these the view has what roles tell: the terms of office (kommunallagen 5:9 and 6:18) and the
coordination function (lag 2023:196, 11 §). What checklists also name and is no commitment – who holds a
post, when there was last contact, training of politicians – is answered by `set` with where it is set.
"""
ROWS = "| name | på svenska | field | basis | source | due again after |\n|---|---|---|---|---|---|"


def page() -> str:
    """The whole page."""
    with kontaktnat.open("memory:", by="docs", plugins=[]) as book:
        words = book.words
    return "\n".join([HEAD, *(line for line in _kinds(words))])


def _kinds(words: Words) -> Iterator[str]:
    for kind, own in groupby(facts(), lambda fact: fact.kind):
        name = words.label("commitment_kind", kind, "en")
        yield f"## {name[0].upper()}{name[1:]}\n"
        yield f"Kind `{kind}`, in Swedish {words.label('commitment_kind', kind)}.\n"
        yield ROWS
        yield from (_row(fact) for fact in own)
        yield ""


def _row(fact: Fact) -> str:
    names = ", ".join(f"`{one}`" for one in (*fact.synonyms, fact.sv))
    value = f" ({fact.value})" if fact.value else ""
    told = f"; *today*: `{fact.told_on}`" if fact.told_on else ""
    due = f"{fact.months} months" if fact.months else "each term of office" if fact.term else ""
    field = f"`{fact.kind}.{fact.path}`{value}{told}"
    return f"| `{fact.name}` | {names} | {field} | {fact.basis or '–'} | {fact.source} | {due} |"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
