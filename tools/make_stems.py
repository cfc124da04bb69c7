"""Write src/kontaktnat/freetext/stems.py, the first look at free text, from the tables of words.

    .venv/bin/python tools/make_stems.py

The tables would take long to load each time a note is saved. A stem that holds another is left out.
"""

from __future__ import annotations

from pathlib import Path
from textwrap import indent, wrap

from kontaktnat.freetext import minor_words
from kontaktnat.freetext.offence_words import WORDS

FILE = Path(__file__).parents[1] / "src" / "kontaktnat" / "freetext" / "stems.py"
HEAD = '''"""Stems of the tables' words, for a first look, by `tools/make_stems.py`; `_` is a blank."""

from __future__ import annotations

'''


def content() -> str:
    tables = {
        "OFFENCE": " ".join(one.stems for one in WORDS),
        "MATTER": minor_words.MATTER_STEMS,
        "CHILD": minor_words.CHILD_STEMS,
    }
    return HEAD + "\n".join(f"{name} = {_fewest(table)}" for name, table in tables.items())


def _fewest(table: str) -> str:
    stems = sorted(set(table.split()))
    fewest = [stem for stem in stems if not any(other in stem for other in stems if other != stem)]
    lines = wrap(" ".join(fewest), 100, break_on_hyphens=False, break_long_words=False)
    spaced = indent("\n".join(lines), "    ")
    return f'"""\n{spaced}\n"""\n'


if __name__ == "__main__":
    FILE.write_text(content(), encoding="utf-8")
