"""All subjects, or those that are named; one table, and the numbers as JSON in `.bench/`."""

from __future__ import annotations

import json
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

from tests.benchmarks import startup
from tests.benchmarks.pairs import Row, table

SUBJECTS = {"startup": startup}
RESULTS = Path(__file__).parents[2] / ".bench"


def saved(rows: list[Row], now: datetime) -> Path:
    """Where the numbers went; a new file each time, so that runs can be compared."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{now:%Y-%m-%dT%H%M%S}.json"
    told = {
        "at": now.isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "system": platform.platform(),
        "rows": [{**row._asdict(), "median": row.median} for row in rows],
    }
    path.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return path


def main(names: list[str]) -> None:
    if unknown := [name for name in names if name not in SUBJECTS]:
        raise SystemExit(f"no benchmark {', '.join(unknown)}; there are: {', '.join(SUBJECTS)}")
    rows = [row for name in names or SUBJECTS for row in SUBJECTS[name].rows()]
    print(table(rows))
    print(f"\nthe numbers are in {saved(rows, datetime.now(UTC))}")


if __name__ == "__main__":
    main(sys.argv[1:])
