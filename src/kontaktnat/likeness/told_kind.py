"""Of what kind an actor may be, as far as its name tells: many cards leave the kind out."""

from __future__ import annotations

from functools import cache, lru_cache

from kontaktnat.likeness.organisation_words import parsed, stem

_TOLD_BY = {
    "municipality": "kommun",
    "municipal_department": "förvaltning socialförvaltning socialtjänst nämnd kontor",
    "local_police_area": "lokalpolisområde",
    "police_area": "polisområde",
    "police_region": "polisregion",
    "county_administrative_board": "länsstyrelse",
    "region": "region",
    "state_agency": "tingsrätt hovrätt förvaltningsrätt kammarrätt åklagarkammare kriminalvård frivård "
    "anstalt häkte arbetsförmedling försäkringskassa myndighet",
    "local_crime_prevention_council": "råd",
    "national_body": "råd",
    "fire_rescue_service": "räddningstjänst",
    "school": "skola gymnasium förskola",
    "university": "universitet högskola",
    "victim_support": "brottsofferjour",
    "womens_shelter": "kvinnojour tjejjour jour",
    "sports_club": "if ik bk ff sk is gf fc fk hc hk hf ibk ibf ok tk gk bmk bois",
    "church_of_sweden_parish": "församling pastorat kyrkan",
    "faith_community": "församling kyrkan trossamfund",
    "tenant_owner_association": "bostadsrätt",
    "housing_company": "bostad",
}
"""Kind → words that tell it, one of which is enough."""
_FORMS = {
    "ab aktiebolag aktiebolaget hb handelsbolag kb kommanditbolag": (
        "company", "housing_company", "municipal_company", "media",
    ),
    "förening föreningen forening ideell ideella klubb klubben club krets kretsen avdelning lokalavdelning "
    "lokalförening förbund förbundet riksförbund riksförbundet": (
        "association", "sports_club", "faith_community", "business_association", "victim_support",
        "womens_shelter",
    ),
    "stiftelse stiftelsen": ("foundation", "housing_company"),
    "studieförbund studieförbundet": ("study_association",),
    "nätverk nätverket": ("network",),
}  # fmt: skip
"""Forms of organisation → kinds that have them."""


@cache
def _words() -> dict[str, frozenset[str]]:
    told: dict[str, set[str]] = {}
    for kind, words in _TOLD_BY.items():
        for word in map(stem, words.split()):
            told.setdefault(word, set()).add(kind)
    return {word: frozenset(kinds) for word, kinds in told.items()}


@cache
def words_of(kind: str) -> frozenset[str]:
    """Words that tell a kind, as stems."""
    return frozenset(map(stem, _TOLD_BY.get(kind, "").split()))


@lru_cache(maxsize=1 << 15)
def told_kinds(name: str) -> frozenset[str]:
    """Kinds that an actor of this name may be of; none where the name tells nothing."""
    found = parsed(name)
    told = {kind for word in found.words for kind in _words().get(word, ())}
    if told:
        return frozenset(told)  # Nybro Bostads AB: what it does says more than its form
    return frozenset(
        kind for forms, kinds in _FORMS.items() if found.forms & {*forms.split()} for kind in kinds
    )
