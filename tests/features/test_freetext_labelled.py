"""The lint of free text on sentences that were labelled before there was a rule (issue 6, point 3)."""

from __future__ import annotations

import pytest
from tests.benchmarks.freetext import LABELS, scores

LEAST = 0.95


@pytest.mark.parametrize("label", [*LABELS, "all"])
@pytest.mark.parametrize("name", ["labelled", "held_out"])
def test_what_the_rules_were_made_with(name: str, label: str) -> None:
    score = scores(name)[label]
    assert score.precision >= LEAST, score
    assert score.recall >= LEAST, score


@pytest.mark.parametrize(
    ("label", "precision", "recall"),
    [("number", 0.95, 0.95), ("offence", 0.95, 0.93), ("minor", 0.95, 0.95), ("all", 0.95, 0.95)],
)
def test_what_they_have_not_seen(label: str, precision: float, recall: float) -> None:
    """What was measured when the rules were made, and nothing less from then on."""
    score = scores("unseen")[label]
    assert score.precision >= precision, score
    assert score.recall >= recall, score
