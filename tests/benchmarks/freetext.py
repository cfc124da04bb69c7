"""How well the lint of free text does on sentences that people have labelled, and what a clean note costs.

`labelled` and `held_out` were looked at when the rules were made, `unseen` never (tests/freetext/README.md).
Precision: how many of what is found should be; recall: how many of what should be found are.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import orjson
from tests.benchmarks.pairs import Row, in_pairs

from kontaktnat import Interaction, codec
from kontaktnat.freetext import look
from kontaktnat.mentions import Mentions, identity

FOLDER = Path(__file__).parents[1] / "freetext"
SETS = ("labelled", "held_out", "unseen")
LABELS = ("number", "offence", "minor")
CLEAN = (
    "Trygghetsvandring i Lindsdal med Eva Ek och fastighetsägarna, ca 35 deltagare trots regn. Belysningen "
    "vid gångtunneln följs upp i maj, kommunen återkommer om siktröjning. Nästa träff den 12 juni kl. 13.00."
)


class Score(NamedTuple):
    """Sentences in which a label was rightly found, wrongly found and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / ((self.right + self.wrong) or 1)

    @property
    def recall(self) -> float:
        return self.right / ((self.right + self.missed) or 1)


def scores(name: str) -> dict[str, Score]:
    """By label and for `all`; the sentences themselves are told to nobody."""
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for line in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        people = {str(n): identity([{"name": known}]) for n, known in enumerate(case.get("known", ()))}
        found = {one.rule for one in look(case["text"], Mentions(people, parts=frozenset(people)))}
        wanted = set(case["labels"])
        right.update(found & wanted)
        wrong.update(found - wanted)
        missed.update(wanted - found)
    by_label = {label: Score(right[label], wrong[label], missed[label]) for label in LABELS}
    return {**by_label, "all": Score(right.total(), wrong.total(), missed.total())}


def rows(pairs: int = 21) -> Iterator[Row]:
    for name in SETS:
        for label, score in scores(name).items():
            counted = f"{score.right} right, {score.wrong} wrong, {score.missed} missed"
            yield Row(
                "freetext", f"{name} {label}: precision", counted, [score.precision], score.right, unit=""
            )
            yield Row("freetext", f"{name} {label}: recall", counted, [score.recall], score.right, unit="")
    note = Interaction(kind="visit", when=datetime(2026, 11, 12, 9, tzinfo=UTC), summary=CLEAN)
    look(CLEAN)
    written = "writing it as JSON", lambda: orjson.dumps(codec.to_doc(note))
    yield in_pairs("freetext", "a clean note", lambda: look(CLEAN), written, pairs=pairs)
