"""Tables of what Swedish says, in a notation that can be read, made into one expression.

One form a line, in lower case, words apart by one blank; a line with # is a remark. `~` stands for any letters
(`~anmäld`: polisanmäld), `…` for up to three words, `¤` for a person who is named, and what the tables define
for themselves is written `<whom>`. Otherwise it is an expression as Python has them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

NAMED = "¤"


def compiled(table: str, parts: Mapping[str, str] | None = None) -> re.Pattern[str]:
    """The expression that finds any of the forms, as whole words."""
    return re.compile(rf"(?<![\w¤])(?:{alternatives(table, parts)})(?!\w)")


def alternatives(table: str, parts: Mapping[str, str] | None = None) -> str:
    """The forms as alternatives; `parts`: what `<name>` stands for, likewise as a table."""
    lines = (line.strip() for line in table.splitlines())
    text = "|".join(line for line in lines if line and not line.startswith("#"))
    for name, part in (parts or {}).items():
        if f"<{name}>" in text:
            text = text.replace(f"<{name}>", f"(?:{alternatives(part, parts)})")
    return text.replace("~", r"\w*").replace("… ", r"(?:[^\s.;!?]+ ){0,3}")


def stems(table: str) -> list[str]:
    """What to look for in a text that is `spaced`; `_` is a blank."""
    return [stem.replace("_", " ") for stem in table.split()]


_EVERYDAY = re.compile("brottsförebygg|brottsoffer|våldsförebygg|från|[\\s()]+|(?=[:;!?/\"”])|$")


def spaced(text: str) -> str:
    """For a first look at a text by its stems: in lower case, with blanks around, and without what is on every page."""
    return " " + _EVERYDAY.sub(" ", text.lower())
