"""A coordinator's book with so many interactions: the documents that every view is asked about.

The same county at each size: actors, people, roles, networks, assignments. Only what is done in it is more,
in the same three years, so that a window of twelve months grows with the rest and no view gets off lightly.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from kontaktnat.model.ids import id_for

Doc = dict[str, Any]

TODAY = datetime.fromisoformat("2026-11-12T09:00:00+01:00")
_DAYS = 3 * 365
MUNICIPALITIES, ASSOCIATIONS, ASSIGNMENTS, NETWORKS = 12, 60, 8, 8
_KINDS = ("phone",) * 10 + ("mail",) * 6 + ("visit",) * 2 + ("sounding_board",)
_FUNCTIONS = (
    "crime_prevention_coordinator", "municipal_police_officer", "executive_board_chair", "case_officer",
)  # fmt: skip
_FEW = 20
"""One interaction of so many is a network's meeting, another a training."""


def documents(interactions: int) -> Iterator[tuple[str, Doc]]:
    """(type, document): the county, then what was done; the same seed gives the same."""
    dice = random.Random(7)
    yield from _county()
    for n in range(interactions):
        yield "interaction", _saved({"id": id_for(f"interaction {n}"), **_interaction(n, dice)})
        if n % 10 == 0:
            yield "followup", _saved({"id": id_for(f"followup {n}"), **_followup(n, dice)})
        if n % 40 == 0:
            yield "topic", _saved({"id": id_for(f"topic {n}"), **_topic(n, dice)})


def _county() -> Iterator[tuple[str, Doc]]:
    for n in range(ASSIGNMENTS):
        assignment = {"name": f"Uppdrag {n}", "addressee": "municipality", "reports": ["02-15 redovisning"],
                      "target_groups": ["unga", f"grupp {n}"]}  # fmt: skip
        yield "assignment", _saved({"id": _id("assignment", n), **assignment})
    for n in range(MUNICIPALITIES + ASSOCIATIONS):
        kind, sector = (
            ("municipality", "municipality") if n < MUNICIPALITIES else ("association", "civil_society")
        )
        yield "actor", _saved({"id": _id("actor", n), "name": f"Aktör {n}", "kind": kind, "sector": sector,
                               "place": f"08{n % MUNICIPALITIES:02}", "cadence": "P3M"})  # fmt: skip
    for n in range(4 * (MUNICIPALITIES + ASSOCIATIONS)):
        yield "contact", _saved({"id": _id("contact", n), "name": f"Person {n}", "source": "demo"})
        role = {"contact": _id("contact", n), "actor": _id("actor", n // 4), "function": _FUNCTIONS[n % 4],
                "assignment": _id("assignment", n % ASSIGNMENTS), "since": "2023-01"}  # fmt: skip
        yield "role", _saved({"id": _id("role", n), **role})
    for n in range(NETWORKS):
        members = [{"actor": _id("actor", one)} for one in range(MUNICIPALITIES)]
        network = {"name": f"Nätverk {n}", "assignments": [_id("assignment", n % ASSIGNMENTS)]}
        yield "network", _saved({"id": _id("network", n), "members": members, "cadence": "P3M", **network})
    for n in range(MUNICIPALITIES):
        for kind in ("situation_picture", "action_plan", "council", "agreement"):
            yield "commitment", _saved({"id": _id(kind, n), "kind": kind, "actor": _id("actor", n),
                                        "decided_on": "2024-05-01", "valid_from": "2024-05-01"})  # fmt: skip


def _interaction(n: int, dice: random.Random) -> Doc:
    when = (TODAY - timedelta(days=dice.randrange(_DAYS), hours=dice.randrange(8))).isoformat()
    base = {"when": when, "status": "held", "summary": "Skadegörelse", "mandate": [dice.randrange(1, 5)]}
    if n % _FEW == 0:
        there = dice.sample(range(4 * MUNICIPALITIES), 20)
        parts = [
            {"role": _id("role", one), "status": "absent" if one % 5 == 0 else "attended"} for one in there
        ]
        return base | {"kind": "network_meeting", "network": _id("network", dice.randrange(NETWORKS)),
                       "participants": parts}  # fmt: skip
    if n % _FEW == 1:
        counts = [{"actor": _id("actor", one), "count": 5} for one in dice.sample(range(MUNICIPALITIES), 4)]
        return base | {"kind": "training", "audience": "officials", "headcounts": counts,
                       "assignments": [_id("assignment", dice.randrange(ASSIGNMENTS))]}  # fmt: skip
    who = dice.randrange(4 * (MUNICIPALITIES + ASSOCIATIONS))
    return base | {
        "kind": dice.choice(_KINDS),
        "participants": [{"role": _id("role", who)}],
        "support": ["advice"],
    }


def _followup(n: int, dice: random.Random) -> Doc:
    due = (TODAY + timedelta(days=dice.randrange(-60, 60))).date().isoformat()
    done = {"done_on": due} if n % 3 else {}
    return {"text": f"Återkomma {n}", "due": due, "about": [id_for(f"interaction {n}")], **done}


def _topic(n: int, dice: random.Random) -> Doc:
    by = [_id("actor", dice.randrange(MUNICIPALITIES)) for _ in range(2)]
    kind = ("problem", "question", "example")[n // 40 % 3]
    return {"title": f"Fråga {n}", "kind": kind, "raised_by": by, "raised_on": "2026-05-01"}


def _id(kind: str, n: int) -> str:
    return id_for(f"{kind} {n}")


def _saved(doc: Doc) -> Doc:
    return doc | {"rev": 1, "created": "2024-01-09T09:00:00+01:00", "created_by": "anna"}
