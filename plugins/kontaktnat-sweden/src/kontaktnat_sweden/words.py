"""Functions and kinds of actor in Swedish crime prevention; the commonest are in the core already.

Swedish labels are written as people write them. No two words share a label or synonym, here or with the
core's, so that whatever a person types means one thing.
"""

from __future__ import annotations

from attrs import evolve

from kontaktnat.extend import Vocabulary, Word


def _words(*rows: tuple[str, str, str, str]) -> tuple[Word, ...]:
    """Rows of id, Swedish, English, and synonyms separated by `|`."""
    return tuple(
        Word(id=id, sv=sv, en=en, synonyms=tuple(filter(None, synonyms.split("|"))))
        for id, sv, en, synonyms in rows
    )


FUNCTIONS = _words(
    # in the municipality
    ("head_of_security", "säkerhetschef", "head of security", "trygghets- och säkerhetschef|trygghetschef"),
    ("emergency_preparedness_coordinator", "beredskapssamordnare", "emergency preparedness coordinator",
     "krisberedskapssamordnare"),
    ("committee_chair", "nämndordförande", "committee chair", "ordförande i nämnd"),
    ("elected_representative", "förtroendevald", "elected representative", "politiker|kommunpolitiker"),
    ("head_of_social_services", "socialchef", "head of social services", "socialdirektör"),
    ("head_of_education", "skolchef", "head of education", "utbildningschef|barn- och utbildningschef"),
    ("principal", "rektor", "principal", "headteacher"),
    ("head_of_culture_and_leisure", "kultur- och fritidschef", "head of culture and leisure",
     "kulturchef|fritidschef"),
    ("head_of_urban_planning", "samhällsbyggnadschef", "head of urban planning",
     "stadsbyggnadschef|stadsbyggnads-/samhällsbyggnadschef"),
    ("andts_coordinator", "ANDTS-samordnare", "ANDTS coordinator", "ANDT-samordnare|drogsamordnare"),
    ("public_health_coordinator", "folkhälsosamordnare", "public health coordinator",
     "folkhälsostrateg|folkhälsoplanerare"),
    ("sspf_coordinator", "SSPF-koordinator", "SSPF coordinator", "SSPF-samordnare"),
    ("est_coordinator", "EST-samordnare", "EST coordinator", "EST-koordinator"),
    ("outreach_worker", "fältarbetare", "outreach worker", "fältassistent|fältsekreterare"),
    ("integration_coordinator", "integrationssamordnare", "integration coordinator", "integrationsstrateg"),
    ("domestic_violence_coordinator", "kvinnofridssamordnare", "domestic violence coordinator",
     "samordnare mot våld i nära relationer"),
    # in the police
    ("area_police_officer", "områdespolis", "area police officer", ""),
    ("local_police_area_chief", "lokalpolisområdeschef", "local police area chief", "LPO-chef"),
    ("police_region_prevention_coordinator", "brottsförebyggande samordnare, polisregion",
     "police region prevention coordinator", "polisregionens samordnare"),
    # at the county board
    ("county_governor", "landshövding", "county governor", ""),
    ("data_protection_officer", "dataskyddsombud", "data protection officer", "DSO"),
    # in civil society, housing, business and research
    ("congregation_representative", "församlingsföreträdare", "congregation representative",
     "företrädare för trossamfund"),
    ("housing_safety_manager", "trygghetsansvarig (bostadsbolag)", "housing safety manager",
     "trygghetsansvarig"),
    ("business_representative", "handlarrepresentant", "business representative",
     "centrumledare|centrumledare/handlarrepresentant"),
    ("researcher", "forskare", "researcher", ""),
    ("night_patrol_coordinator", "nattvandrarsamordnare", "night patrol coordinator",
     "samordnare för nattvandring"),
)  # fmt: skip

# A councillor's role follows the council's term of office (kommunallagen 5 kap. 9 §).
FUNCTIONS = tuple(
    evolve(word, elected="council") if word.id == "elected_representative" else word for word in FUNCTIONS
)

ACTOR_KINDS = _words(
    ("municipal_company", "kommunalt bolag", "municipal company", "kommunägt bolag"),
    ("municipal_federation", "kommunalförbund", "municipal federation", ""),
    ("sports_club", "idrottsförening", "sports club", "idrottsklubb"),
    ("study_association", "studieförbund", "study association", ""),
    ("church_of_sweden_parish", "församling i Svenska kyrkan", "Church of Sweden parish",
     "Svenska kyrkans församling"),
    ("tenant_owner_association", "bostadsrättsförening", "tenant-owner association", "brf"),
)  # fmt: skip

VOCABULARIES = (
    Vocabulary(name="function", words=FUNCTIONS),
    Vocabulary(name="actor_kind", words=ACTOR_KINDS),
)
