"""A coordinator's book with so many interactions: the documents that every view is asked about.

The same county at each size: actors, people, roles, networks, assignments. Only what is done in it is more,
in the same three years, so that a window of twelve months grows with the rest and no view gets off lightly.
Two are protected and one actor was succeeded, for what is covered and inherited costs too.
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
_PLACES = (
    "0821", "0834", "0840", "0860", "0861", "0862", "0880", "0881", "0882", "0883", "0884", "0885",
)  # fmt: skip
MUNICIPALITIES, ASSOCIATIONS, ASSIGNMENTS, NETWORKS = len(_PLACES), 60, 8, 8
_KINDS = ("phone",) * 10 + ("mail",) * 6 + ("visit",) * 2 + ("sounding_board",)
_FUNCTIONS = (
    "crime_prevention_coordinator", "municipal_police_officer", "executive_board_chair", "case_officer",
)  # fmt: skip
_FEW = 20
"""One interaction of so many is a network's meeting, one a training, one is planned, one of two people."""
_DRAFTS = 50
_FOLLOWUPS, _TOPICS = 10, 10
"""For so many interactions there is one of these."""
_PROTECTED = {"contact": 5, "actor": MUNICIPALITIES + ASSOCIATIONS - 1}
_SUCCEEDED, _SUCCESSOR = MUNICIPALITIES + ASSOCIATIONS - 2, MUNICIPALITIES


def documents(interactions: int) -> Iterator[tuple[str, Doc]]:
    """(type, document): the county, then what was done; the same seed gives the same."""
    dice = random.Random(7)
    yield from _county()
    for n in range(interactions):
        yield "interaction", _saved({"id": id_for(f"interaction {n}"), **_interaction(n, dice)})
        if n % _FOLLOWUPS == 0:
            yield "followup", _saved({"id": id_for(f"followup {n}"), **_followup(n, dice)})
        if n % _TOPICS == 0:
            number = n // _TOPICS
            yield "topic", _saved({"id": _id("topic", number), **_topic(number, dice)})


def _county() -> Iterator[tuple[str, Doc]]:
    for n in range(ASSIGNMENTS):
        assignment = {"name": f"Uppdrag {n}", "addressee": "municipality", "reports": ["02-15 redovisning"],
                      "target_groups": ["unga", f"grupp {n}"]}  # fmt: skip
        yield "assignment", _saved({"id": _id("assignment", n), **assignment})
    for n in range(MUNICIPALITIES + ASSOCIATIONS):
        kind, sector = (
            ("municipality", "municipality") if n < MUNICIPALITIES else ("association", "civil_society")
        )
        actor = {"name": f"Aktör {n}", "kind": kind, "sector": sector, "cadence": "P3M",
                 "place": _PLACES[n % MUNICIPALITIES], **_protection("actor", n)}  # fmt: skip
        if n == _SUCCEEDED:
            actor |= {"succeeded_by": _id("actor", _SUCCESSOR), "succeeded_on": "2025-01-01"}
        yield "actor", _saved({"id": _id("actor", n), **actor})
    for n in range(4 * (MUNICIPALITIES + ASSOCIATIONS)):
        person = {"name": f"Person {n}", "source": "demo", **_protection("contact", n)}
        yield "contact", _saved({"id": _id("contact", n), **person})
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
        area = {"actor": _id("actor", n), "parties": [_id("actor", MUNICIPALITIES)]}
        yield "commitment", _saved({"id": _id("area", n), "kind": "local_police_area", **area})


def _interaction(n: int, dice: random.Random) -> Doc:
    when = (TODAY - timedelta(days=dice.randrange(_DAYS), hours=dice.randrange(8))).isoformat()
    base = {"when": when, "status": "held", "summary": "Skadegörelse", "mandate": [dice.randrange(1, 5)]}
    if n % _DRAFTS == 0:
        base["draft"] = True
    if n % _FEW == 0:
        there = dice.sample(range(4 * MUNICIPALITIES), 20)
        topics = [n // _TOPICS, *([0] if n // _FEW % 5 == 0 and n else [])]  # one comes up again and again
        return base | {"kind": "network_meeting", "network": _id("network", n // _FEW % NETWORKS),
                       "topics": [_id("topic", one) for one in topics],
                       "participants": [_there(one) for one in there]}  # fmt: skip
    if n % _FEW == 1:
        counts = [{"actor": _id("actor", one), "count": 5} for one in dice.sample(range(MUNICIPALITIES), 4)]
        return base | {"kind": "training", "audience": "officials", "headcounts": counts,
                       "assignments": [_id("assignment", dice.randrange(ASSIGNMENTS))]}  # fmt: skip
    if n % _FEW == 2:
        ahead = (TODAY + timedelta(days=dice.randrange(1, 120))).isoformat()
        asked = [{"role": _id("role", one), "status": "invited"} for one in range(0, 40, 2)]
        return base | {"kind": "network_meeting", "network": _id("network", n // _FEW % NETWORKS),
                       "when": ahead, "status": "planned", "participants": asked}  # fmt: skip
    people = dice.sample(range(4 * (MUNICIPALITIES + ASSOCIATIONS)), 2 if n % _FEW == 3 else 1)
    return base | {
        "kind": dice.choice(_KINDS),
        "participants": [{"role": _id("role", who)} for who in people],
        "support": ["advice"],
    }


def _there(one: int) -> Doc:
    status = {0: "absent", 1: "deputy"}.get(one % 10, "attended")
    stead = {"deputy_for": _id("role", one - 1)} if status == "deputy" else {}
    return {"role": _id("role", one), "status": status, **stead}


def _followup(n: int, dice: random.Random) -> Doc:
    due = (TODAY + timedelta(days=dice.randrange(-60, 60))).date().isoformat()
    done = {"done_on": due} if n % 3 else {}
    return {"text": f"Återkomma {n}", "due": due, "about": [id_for(f"interaction {n}")], **done}


def _topic(n: int, dice: random.Random) -> Doc:
    by = [_id("actor", dice.randrange(MUNICIPALITIES)) for _ in range(2)]
    kind = ("problem", "proposal", "question", "example")[n % 4]
    topic: Doc = {"title": f"Fråga {n}", "kind": kind, "raised_by": by, "raised_on": "2026-05-01"}
    problem = _id("topic", 4 * dice.randrange(n // 4 + 1))
    if kind == "proposal":
        topic["links"] = [{"kind": "addresses", "topic": problem}]
    elif kind == "problem" and n % 40 == 20:
        topic["links"] = [{"kind": "duplicates", "topic": problem}]
    elif kind == "question":
        topic |= {"status": "lifted", "lifted_on": "2026-06-01", "lifted_to": "Brå"}
    elif kind == "example":
        topic["spread"] = [{"actor": by[0], "date": "2026-08-01"}]
    return topic


def _protection(kind: str, n: int) -> Doc:
    return {"protected": True} if _PROTECTED[kind] == n else {}


def _id(kind: str, n: int) -> str:
    return id_for(f"{kind} {n}")


def _saved(doc: Doc) -> Doc:
    return doc | {"rev": 1, "created": "2024-01-09T09:00:00+01:00", "created_by": "anna"}
