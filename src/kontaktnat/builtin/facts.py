"""What the core follows of commitments; law told apart from practice (lag 2023:196, domain §3).

The statute says "at least every second year" (6 §); 24 months from the last time is our reading of it.
"""

from __future__ import annotations

from typing import Any

from kontaktnat.extend import Fact

_LAW = "lag (2023:196)"
_FROM = "2023-07-01"
"""The day the statute came into force; a plan need not be decided until a year later."""
_CUSTOM = "god praxis"


def _picture() -> tuple[Fact, ...]:
    def of(name: str, path: str, sv: str, en: str, **more: Any) -> Fact:
        return Fact(kind="situation_picture", name=name, path=path, sv=sv, en=en, **more)

    return (
        of("situation_picture_date", "decided_on", "lägesbild beslutad", "situation picture decided",
           synonyms=["lagesbild_beslutad"], basis="law", source=f"{_LAW} 4 §", since=_FROM,
           counts_from=["updated_on"]),
        of("situation_picture_updated", "updated_on", "lägesbild uppdaterad", "situation picture updated",
           synonyms=["lagesbild_uppdaterad"], basis="reading", source=f"{_LAW} 6 §", since=_FROM, months=24,
           counts_from=["decided_on"]),
        of("has_mapping", "contents", "kartläggning i lägesbilden", "mapping in the picture",
           synonyms=["lagesbild_har_kartlaggning"], value="mapping", basis="law", source=f"{_LAW} 4 § 1",
           since=_FROM),
        of("has_other_information", "contents", "annan information i lägesbilden",
           "other information in the picture", synonyms=["lagesbild_har_ovrig_info"],
           value="other_information", basis="law", source=f"{_LAW} 4 § 2", since=_FROM),
        of("has_analysis", "contents", "analys i lägesbilden", "analysis in the picture",
           synonyms=["lagesbild_har_analys"], value="analysis", basis="law", source=f"{_LAW} 4 § 3",
           since=_FROM),
        Fact(kind="cause_analysis", name="cause_analysis_date", path="updated_on", sv="orsaksanalys",
             en="cause analysis", synonyms=["orsaksanalys_datum"], basis="practice",
             source=f"{_LAW} 4 § 3, Brås handbok (2018)", months=24, counts_from=["decided_on"]),
    )  # fmt: skip


def _plan() -> tuple[Fact, ...]:
    def of(name: str, path: str, sv: str, en: str, **more: Any) -> Fact:
        return Fact(kind="action_plan", name=name, path=path, sv=sv, en=en, **more)

    return (
        of("action_plan_adopted", "decided_on", "åtgärdsplan beslutad", "action plan decided",
           synonyms=["atgardsplan_beslutad"], basis="law", source=f"{_LAW} 5 §", since="2024-07-01"),
        of("action_plan_adopted_by", "decided_by", "vem som beslutat åtgärdsplanen",
           "who decided the action plan", synonyms=["atgardsplan_beslutsinstans"], source=f"{_LAW} 5 §"),
        of("action_plan_followed_up", "followed_up_on", "åtgärdsplan uppföljd", "action plan followed up",
           synonyms=["atgardsplan_uppfoljd"], basis="reading", source=f"{_LAW} 6 §", since=_FROM, months=24,
           counts_from=["decided_on"]),
        of("integrated_plans", "integrated_with", "planer den är inarbetad i", "plans it is worked into",
           synonyms=["integrerade_planer"], source=f"{_LAW} 7 §"),
        Fact(kind="leadership", name="responsible_board", path="decided_by", sv="ansvarig nämnd",
             en="responsible board", synonyms=["ansvarig_namnd"], told_on="updated_on", basis="practice",
             source=f"{_LAW} 13 §; ny mandatperiod: {_CUSTOM}", term="executive_board",
             counts_from=["updated_on"]),
        Fact(kind="leadership", name="last_report_to_council", path="followed_up_on",
             sv="rapport till fullmäktige", en="report to the council",
             synonyms=["rapport_till_fullmaktige"], basis="practice",
             source=f"{_LAW} 13 § (kontinuerligt); 12 månader: {_CUSTOM}", months=12),
    )  # fmt: skip


def _agreement() -> tuple[Fact, ...]:
    def of(name: str, path: str, sv: str, en: str, **more: Any) -> Fact:
        return Fact(kind="agreement", name=name, path=path, sv=sv, en=en, **more)

    itself = "överenskommelsen"
    return (
        of("agreement_valid_from", "valid_from", "överenskommelse", "agreement",
           synonyms=["overenskommelse_fran"], basis="work_for", source=f"{_LAW} 9 §", since=_FROM,
           counts_from=["decided_on"]),
        of("agreements", "parties", "överenskommelse med", "agreement with", synonyms=["overenskommelser"],
           source=f"{_LAW} 9 §"),
        of("agreement_parties", "parties", "överenskommelsens parter", "parties of the agreement",
           synonyms=["overenskommelse_part"], source=f"{_LAW} 9 §"),
        of("agreement_purposes", "purposes", "överenskommelsens syften", "purposes of the agreement",
           synonyms=["overenskommelse_syfte"], basis="law", source=f"{_LAW} 9 §", since=_FROM),
        of("agreement_areas", "areas", "överenskommelsens områden", "areas of the agreement",
           synonyms=["overenskommelse_omraden"], basis="law", source=f"{_LAW} 9 §", since=_FROM),
        of("agreement_valid_to", "valid_until", "överenskommelsens uppsägning eller slut",
           "notice or end of the agreement",
           synonyms=["overenskommelse_till"], basis="agreed", source=itself),
        of("agreement_notice_months", "notice_months", "uppsägningstid i månader", "months of notice",
           synonyms=["overenskommelse_samrad_manader"], source=itself),
        of("agreement_renewal_years", "renewal_years", "förlängs, år", "renewed, years",
           synonyms=["overenskommelse_forlangning_ar"], source=itself),
        of("agreement_reviewed", "followed_up_on", "överenskommelse uppföljd", "agreement followed up",
           synonyms=["overenskommelse_uppfoljd"], basis="practice", source=f"{_CUSTOM}: en gång om året",
           months=12, counts_from=["valid_from", "decided_on"]),
        Fact(kind="citizen_promise", name="citizen_promise_period", path="valid_until",
             sv="medborgarlöftets period", en="period of the citizen promise",
             synonyms=["medborgarlofte_period"], period=True, basis="practice",
             source="Polisens modell: 12 månader"),
    )  # fmt: skip


def _council() -> tuple[Fact, ...]:
    def of(name: str, path: str, sv: str, en: str, **more: Any) -> Fact:
        return Fact(kind="council", name=name, path=path, sv=sv, en=en, **more)

    return (
        of("strategic_council_id", "parties", "strategiskt råd", "strategic council",
           synonyms=["strategiskt_rad"], basis="work_for", source=f"{_LAW} 10 §", since=_FROM,
           counts_from=["decided_on", "valid_from", "followed_up_on"]),
        of("council_led_by_municipality", "contents", "rådet leds av kommunen",
           "the council is led by the municipality", synonyms=["rad_leds_av_kommunen"],
           value="led_by_municipality", basis="law", source=f"{_LAW} 10 §", since=_FROM),
        of("council_senior_representation", "contents", "ledande befattningar i rådet",
           "senior representation in the council", synonyms=["rad_ledande_befattningar"],
           value="senior_representation", basis="work_for", source=f"{_LAW} 10 § 2 st.",
           since=_FROM),
        of("council_has_civil_society", "contents", "civilsamhället i rådet",
           "civil society in the council", synonyms=["rad_civilsamhalle"], value="civil_society"),
        of("council_meetings_per_year", "meetings_per_year", "rådets möten per år",
           "the council's meetings a year", synonyms=["rad_motesfrekvens"]),
        of("council_last_meeting", "followed_up_on", "rådets senaste möte", "the council's last meeting",
           synonyms=["rad_senaste_mote"], basis="practice", source=_CUSTOM, months=6),
        Fact(kind="local_police_area", name="local_police_area_id", path="parties", sv="lokalpolisområde",
             en="local police area", synonyms=["lokalpolisomrade"]),
    )  # fmt: skip


def _ways_of_working() -> tuple[Fact, ...]:
    def yearly(kind: str, name: str, sv: str, en: str, *synonyms: str, source: str = _CUSTOM) -> Fact:
        return Fact(kind=kind, name=name, path="status", sv=sv, en=en, synonyms=synonyms, value="active",
                    told_on="updated_on", basis="practice", source=source, months=12,
                    counts_from=["updated_on"])  # fmt: skip

    return (
        yearly("est", "est_status", "EST", "EST"),
        yearly("sspf", "sspf_status", "SSPF", "SSPF"),
        yearly("bob_council", "bob_council_status", "Bob-råd", "Bob council", "bob_rad",
               source=f"regeringsbeslut 2023-11-09; årligen: {_CUSTOM}"),
        yearly("neighbourhood_watch", "neighbourhood_watch", "grannsamverkan", "neighbourhood watch",
               "grannsamverkan"),
        Fact(kind="safety_survey", name="safety_survey_date", path="updated_on", sv="trygghetsmätning",
             en="safety survey", synonyms=["trygghetsmatning"], basis="practice",
             source=f"{_CUSTOM}: 12-24 månader", months=24),
        Fact(kind="bra_grant", name="bra_grant", path="status", sv="statsbidrag från Brå",
             en="grant from Brå", synonyms=["bra_statsbidrag"], value="granted",
             source="förordning (2023:442)"),
        Fact(kind="bra_grant", name="bra_grant_interim_due", path="due_on",
             sv="delredovisning av statsbidrag", en="interim report of the grant", basis="agreed",
             source="förordning (2023:442), Brås beslut"),
        Fact(kind="bra_grant", name="bra_grant_final_due", path="valid_until",
             sv="slutredovisning av statsbidrag", en="final report of the grant", basis="agreed",
             source="förordning (2023:442), Brås beslut"),
        Fact(kind="camera_surveillance", name="camera_surveillance", path="status", sv="kamerabevakning",
             en="camera surveillance", synonyms=["kamerabevakning"], value="active", told_on="updated_on",
             source=f"{_LAW} 14 § (lag 2025:223)"),
        Fact(kind="public_information", name="public_information_url", path="url",
             sv="information till invånarna", en="information to inhabitants",
             synonyms=["extern_information"], told_on="updated_on", basis="practice",
             source=f"{_LAW} 12 § 3; årligen: {_CUSTOM}", months=12, counts_from=["updated_on"]),
        Fact(kind="support_needs", name="support_needs", path="purposes", sv="stödbehov", en="support needs",
             synonyms=["stodbehov"], told_on="updated_on", source="förordning (2016:1258) 2 § 1"),
    )  # fmt: skip


def facts() -> list[Fact]:
    """All of them."""
    return [*_picture(), *_plan(), *_agreement(), *_council(), *_ways_of_working()]
