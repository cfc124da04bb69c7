"""Whether an actor is of civil society, as far as the book tells."""

from __future__ import annotations

from typing import Literal

from kontaktnat.model import Actor

Standing = Literal["civil", "other", "unknown"]

CIVIL_KINDS = frozenset({
    "association", "faith_community", "foundation", "victim_support", "womens_shelter",
    "business_association", "sports_club", "study_association", "church_of_sweden_parish",
    "tenant_owner_association",
})  # fmt: skip
OTHER_KINDS = frozenset({
    "municipality", "municipal_department", "municipal_company", "municipal_federation", "local_police_area",
    "police_area", "police_region", "county_administrative_board", "region", "state_agency", "national_body",
    "local_crime_prevention_council", "network", "company", "housing_company", "fire_rescue_service",
    "university", "media",
})  # fmt: skip
FAITH_KINDS = frozenset({"faith_community", "church_of_sweden_parish"})
CIVIL_FORMS = frozenset({"61", "63", "72"})
"""Non-profit associations, registered faith communities, foundations: what is always counted."""
PARTLY_CIVIL_FORMS = frozenset({"51", "53", "54", "62", "95"})
"""Counted by some and not by others: co-operatives, tenant-owner and joint property associations, funds."""
CIVIL_SOCIETY = "civil_society"


def standing(actor: Actor) -> Standing:
    """By its sector; where none is set by its kind, then a category of ICNPO, then its legal form.

    `unknown` where none of these says anything: a school, an "other", an economic association.
    """
    if actor.sector:
        return "civil" if actor.sector == CIVIL_SOCIETY else "other"
    if actor.kind in CIVIL_KINDS:
        return "civil"
    if actor.kind in OTHER_KINDS:
        return "other"
    if any(one.startswith("icnpo:") for one in actor.categories) or actor.legal_form in CIVIL_FORMS:
        return "civil"
    if actor.legal_form and actor.legal_form not in PARTLY_CIVIL_FORMS and actor.legal_form != "99":
        return "other" if actor.legal_form.isdecimal() else "unknown"
    return "unknown"
