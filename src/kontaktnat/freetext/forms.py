"""Tables of what Swedish says, in a notation that can be read, made into one expression.

One form a line, in lower case, words apart by one blank; a line with # is a remark, and one that is indented
more goes on with the one before. `~` stands for any letters (`~anmäld`: polisanmäld), `…` for up to three
words, `¤` for a person who is named, and what the tables define for themselves is written `<whom>`. Otherwise
it is an expression as Python has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from textwrap import dedent
from typing import NamedTuple

NAMED = "¤"
_LEAD = "<who><then>"


class Words(NamedTuple):
    says: str
    stems: str
    """Where none of these stands in a text, none of the forms does; `_` is a blank. A cheap first look."""
    forms: str
    harmless: str = ""
    """Other senses of the same words, which are taken out of a sentence first."""


def compiled(table: str, parts: Mapping[str, str] | None = None) -> re.Pattern[str]:
    """The expression that finds any of the forms, as whole words."""
    return re.compile(rf"(?<![\w¤])(?:{alternatives(table, parts)})(?!\w)")


def alternatives(table: str, parts: Mapping[str, str] | None = None) -> str:
    """The forms as alternatives; `parts`: what `<name>` stands for, likewise as a table."""
    text = "|".join(_together(_lines(table)))
    for name, part in (parts or {}).items():
        if f"<{name}>" in text:
            text = text.replace(f"<{name}>", f"(?:{alternatives(part, parts)})")
    return text.replace("~", r"\w*").replace("… ", r"(?:[^\s.;!?]+ ){0,3}")


def _together(lines: Iterator[str]) -> Iterator[str]:
    """Those that begin with who does it as one: made into an expression once, it takes half the time."""
    ends = []
    for line in lines:
        if line.startswith(_LEAD):
            ends.append(line.removeprefix(_LEAD))
        else:
            yield line
    if ends:
        yield f"{_LEAD}(?:{'|'.join(ends)})"


def _lines(table: str) -> Iterator[str]:
    """The forms; a line that is indented more goes on with the one before."""
    whole = ""
    for line in dedent(table).splitlines():
        if line.startswith(" "):
            whole += line.strip()
            continue
        if whole:
            yield whole
        whole = "" if line.startswith("#") else line.strip()
    if whole:
        yield whole
