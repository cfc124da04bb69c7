"""All subjects, or those that are named; one table, and the numbers as JSON in `.bench/`."""

from __future__ import annotations

import argparse
import json
import platform
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.benchmarks import RESULTS, freetext, imports, mails, startup, store, views
from tests.benchmarks.pairs import Row, growth, table

SUBJECTS: dict[str, Callable[[Sequence[int]], Iterator[Row]]] = {
    "startup": lambda _sizes: startup.rows(),
    "store": store.rows,
    "freetext": lambda _sizes: freetext.rows(),
    "views": lambda _sizes: views.rows(),
    "import": lambda _sizes: imports.rows(),
    "mail": lambda _sizes: mails.rows(),
}
HOW_LONG = """
freetext takes seconds, mail one minute, startup and views one to three minutes, import three to five; store
about three at 2,000 and 20,000 documents and up to ten more at 200,000, much of it for TinyDB as it is. Other
work on the machine makes the ratios less sure.
"""


def saved(rows: list[Row], now: datetime) -> Path:
    """Where the numbers went; a new file each time, so that runs can be compared."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{now:%Y-%m-%dT%H%M%S}.json"
    told = {
        "at": now.isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "system": platform.platform(),
        "rows": [
            {**row._asdict(), "median": row.median, "growth": grown}
            for row, grown in zip(rows, growth(rows), strict=True)
        ],
    }
    path.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return path


def asked(words: Sequence[str]) -> tuple[list[str], list[int]]:
    """The subjects and the sizes; all, if none is named. A number is a size: `store 2000 20000`."""
    parser = argparse.ArgumentParser("dev.py bench", description=__doc__, epilog=HOW_LONG)
    parser.add_argument("words", nargs="*", metavar="SUBJECT|SIZE", help=f"{', '.join(SUBJECTS)}; documents")
    given = parser.parse_args(words).words
    names = [word for word in given if not word.isdecimal()]
    if unknown := [name for name in names if name not in SUBJECTS]:
        raise SystemExit(f"no benchmark {', '.join(unknown)}; there are: {', '.join(SUBJECTS)}")
    return names or list(SUBJECTS), [int(word) for word in given if word.isdecimal()] or list(store.SIZES)


def main(words: Sequence[str]) -> None:
    names, sizes = asked(words)
    rows = []
    for name in names:
        for row in SUBJECTS[name](sizes):
            # It may take half an hour: who waits sees what has been measured.
            print(row.subject, row.what, row.documents or "", f"{row.median:.4g}", file=sys.stderr)
            rows.append(row)
    print(table(rows))
    print(f"\nthe numbers are in {saved(rows, datetime.now(UTC))}")


if __name__ == "__main__":
    main(sys.argv[1:])
