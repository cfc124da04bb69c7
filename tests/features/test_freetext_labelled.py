"""The lint of free text on sentences that were labelled before there was a rule (issue 6, point 3)."""

from __future__ import annotations

import pytest
from tests.benchmarks.freetext import LABELS, scores

LEAST = 0.95


@pytest.mark.parametrize("label", [*LABELS, "all"])
def test_what_the_rules_were_made_with(label: str) -> None:
    score = scores("labelled")[label]
    assert score.precision >= LEAST, score
    assert score.recall >= LEAST, score


@pytest.mark.parametrize("label", [*LABELS, "all"])
def test_what_they_have_not_seen(label: str) -> None:
    score = scores("held_out")[label]
    assert score.precision >= LEAST, score
    assert score.recall >= LEAST, score
