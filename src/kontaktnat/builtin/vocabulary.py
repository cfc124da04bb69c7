"""The small core vocabulary; counties, sectors and professions come with plugins."""

from __future__ import annotations

from attrs import evolve

from kontaktnat.extend import Fact, Field, Vocabulary, Word, hookimpl
from kontaktnat.i18n import in_language
from kontaktnat.model import RECORDS
from kontaktnat.model.names import type_label


def _words(*rows: tuple[str, str, str, str]) -> tuple[Word, ...]:
    return tuple(
        Word(id=id, sv=sv, en=en, synonyms=tuple(word for word in synonyms.split("|") if word))
        for id, sv, en, synonyms in rows
    )


def _kinds(*rows: tuple[str, str, str, str, int, tuple[int, ...]]) -> tuple[Word, ...]:
    """Words with the days to their customary follow-up, and the mandate that they usually are under."""
    return tuple(
        evolve(word, follow_up_days=days, mandate=mandate)
        for word, (*_, days, mandate) in zip(_words(*(row[:4] for row in rows)), rows, strict=True)
    )


# Practice, not law (interaktionstyper, domain); förordning 2016:1258, 2 § 1-4 says what the county boards do.
INTERACTION_KINDS = _kinds(
    ("network_meeting", "nätverksträff", "network meeting", "träff|nätverksmöte", 7, (2,)),
    ("training", "utbildning", "training", "kurs|utbildningsinsats", 14, (3,)),
    ("sounding_board", "bollplank", "sounding board", "bollplankssamtal", 30, (1,)),
    ("phone", "telefon", "phone", "samtal|telefonsamtal|ring|call", 14, ()),
    ("mail", "e-post", "mail", "epost|mejl|e-mail|email", 14, ()),
    ("visit", "besök", "visit", "platsbesök|möte|meeting", 14, (1,)),
    ("national_meeting", "nationell nätverksträff", "national meeting", "nätverk nationellt", 30, (2,)),
    ("consultation", "remiss eller samråd", "consultation", "remiss|samråd", 30, ()),
)

ACTOR_KINDS = _words(
    ("municipality", "kommun", "municipality", "kommuner|kommunerna|municipalities"),
    ("municipal_department", "kommunal förvaltning", "municipal department", "förvaltning"),
    ("local_police_area", "lokalpolisområde", "local police area", "lpo"),
    ("police_area", "polisområde", "police area", ""),
    ("police_region", "polisregion", "police region", ""),
    ("county_administrative_board", "länsstyrelse", "county administrative board", ""),
    ("region", "region", "region", ""),
    ("state_agency", "statlig myndighet", "state agency", "myndighet"),
    ("national_body", "nationellt organ", "national body", ""),
    ("local_crime_prevention_council", "lokalt brottsförebyggande råd", "local crime prevention council",
     "strategiskt råd|brottsförebyggande råd|råd"),
    ("network", "nätverk", "network", ""),
    ("association", "förening", "association", ""),
    ("faith_community", "trossamfund", "faith community", "samfund"),
    ("foundation", "stiftelse", "foundation", ""),
    ("victim_support", "brottsofferjour", "victim support", ""),
    ("womens_shelter", "kvinnojour", "women's shelter", ""),
    ("company", "företag", "company", "bolag"),
    ("business_association", "företagarförening", "business association", ""),
    ("housing_company", "bostadsbolag", "housing company", ""),
    ("school", "skola", "school", ""),
    ("university", "lärosäte", "university", "högskola|universitet"),
    ("fire_rescue_service", "räddningstjänst", "fire and rescue service", ""),
    ("media", "media", "media", ""),
    ("other", "övrigt", "other", "annat"),
)  # fmt: skip

FUNCTIONS = _words(
    ("crime_prevention_coordinator", "brottsförebyggande samordnare", "crime prevention coordinator",
     "samordnare|brottsförebyggare"),
    ("regional_crime_prevention_coordinator", "regional brottsförebyggande samordnare",
     "regional crime prevention coordinator", "regional samordnare|länssamordnare"),
    ("municipal_police_officer", "kommunpolis", "municipal police officer", ""),
    ("executive_board_chair", "kommunstyrelsens ordförande", "executive board chair", "KSO|ks-ordförande"),
    ("municipal_chief_executive", "kommundirektör", "municipal chief executive", "kommunchef"),
    ("safety_coordinator", "trygghets- och säkerhetssamordnare", "safety coordinator",
     "trygghetssamordnare|säkerhetssamordnare"),
    ("case_officer", "handläggare", "case officer", ""),
    ("unit_head", "enhetschef", "unit head", ""),
    ("association_chair", "föreningsordförande", "association chair", "ordförande i förening"),
    ("association_contact", "kontaktperson i förening", "association contact", "kassör"),
)  # fmt: skip
ELECTED = {"executive_board_chair": "executive_board"}
FUNCTIONS = tuple(evolve(word, elected=ELECTED.get(word.id, "")) for word in FUNCTIONS)

SECTORS = _words(
    ("municipality", "kommun", "municipality", ""),
    ("police", "polis", "police", ""),
    ("state", "stat", "state", ""),
    ("region", "region", "region", ""),
    ("business", "näringsliv", "business", "företag"),
    ("civil_society", "civilsamhälle", "civil society", "föreningsliv"),
)

LEVELS = _words(
    ("local", "lokal", "local", ""),
    ("county", "länsövergripande", "county", "län|regional"),
    ("national", "nationell", "national", ""),
)

PURPOSES = _words(
    (
        "crime_prevention_support",
        "stöd till brottsförebyggande arbete",
        "support to crime prevention",
        "stöd",
    ),
    ("network_membership", "nätverksdeltagande", "network membership", "nätverk"),
    ("training_participant", "deltagare i utbildning", "training participant", "utbildning"),
)

# GDPR art. 6.1; a county board relies on its task (e: förordning 2016:1258), not on consent.
LEGAL_BASES = _words(
    ("public_task", "uppgift av allmänt intresse (6.1 e)", "public task (6.1 e)", "6.1 e|6.1e"),
    ("legal_obligation", "rättslig förpliktelse (6.1 c)", "legal obligation (6.1 c)", "6.1 c|6.1c"),
    ("consent", "samtycke (6.1 a)", "consent (6.1 a)", "6.1 a|6.1a"),
)

# How somebody was told what is kept of them (GDPR art. 13 and 14; art. 12.1: in writing or otherwise).
INFORMED_HOW = _words(
    ("mail", "e-post", "mail", "epost|mejl|e-mail|email"),
    ("letter", "brev", "letter", "post"),
    ("web", "webb", "web", "webbplats|hemsida"),
    ("phone", "telefon", "phone", ""),
    ("in_person", "muntligen", "in person", "möte|samtal|on site"),
)

# What is customary to look at anew, and why (view `retention`).
RETENTION_RULES = _words(
    ("role_ended", "ingen roll längre", "no role any more", ""),
    ("never_in_contact", "aldrig i kontakt", "never in contact", ""),
    ("quarantine", "länge i karantän", "long in quarantine", ""),
    ("draft", "gammalt utkast", "old draft", ""),
)

# Lag (2023:196) 4-10 §§ and what goes with them in practice.
COMMITMENT_KINDS = _words(
    ("situation_picture", "lägesbild", "situation picture", ""),
    ("action_plan", "åtgärdsplan", "action plan", ""),
    ("agreement", "samverkansöverenskommelse", "cooperation agreement", "överenskommelse"),
    ("citizen_promise", "medborgarlöfte", "citizen promise", ""),
    ("council", "strategiskt råd", "strategic council", "råd"),
    ("leadership", "ledning", "leadership", "ansvarig nämnd"),
    ("coordination", "samordning", "coordination", "samordningsfunktion"),
    ("cause_analysis", "orsaksanalys", "cause analysis", ""),
    ("local_police_area", "lokalpolisområde", "local police area", "lpo"),
    ("est", "EST", "effective coordination for safety", "effektiv samordning för trygghet"),
    ("sspf", "SSPF", "school, social services, police and leisure", ""),
    ("bob_council", "Bob-råd", "Bob council", "bob"),
    ("neighbourhood_watch", "grannsamverkan", "neighbourhood watch", ""),
    ("safety_survey", "trygghetsmätning", "safety survey", ""),
    ("bra_grant", "statsbidrag från Brå", "grant from Brå", "statsbidrag|bidrag"),
    ("camera_surveillance", "kamerabevakning", "camera surveillance", "kameror"),
    ("public_information", "information till invånarna", "public information", "extern information"),
    ("support_needs", "stödbehov", "support needs", "behov"),
)

# Checklista kommun: how far a way of working has come, and a grant.
COMMITMENT_STATUSES = _words(
    ("none", "ingen", "none", "nej|no"),
    ("planned", "planerad", "planned", ""),
    ("introducing", "införs", "being introduced", ""),
    ("active", "aktiv", "active", "ja|yes"),
    ("dormant", "vilande", "dormant", ""),
    ("applied", "sökt", "applied for", ""),
    ("granted", "beviljat", "granted", "beviljad"),
)

# Lag (2023:196) 4 § 1-3 and 10 §.
COMMITMENT_CONTENTS = _words(
    ("mapping", "kartläggning", "mapping", ""),
    ("other_information", "annan information", "other information", ""),
    ("analysis", "analys", "analysis", ""),
    ("led_by_municipality", "leds av kommunen", "led by the municipality", ""),
    ("senior_representation", "ledande befattningar", "senior representation", ""),
    ("civil_society", "civilsamhället är med", "civil society takes part", "civilsamhälle"),
)

# Whose rule a fact of a commitment is.
BASES = _words(
    ("law", "lag", "law", ""),
    ("reading", "vår läsning av lagen", "our reading of the law", "läsning"),
    ("work_for", "lag: verka för", "law: work for", "verka för|work for"),
    ("practice", "praxis", "practice", ""),
    ("agreed", "avtalat", "agreed", ""),
)

# Where a fact stands (view `commitments`).
COMMITMENT_STATES = _words(
    ("overdue", "försenad", "overdue", ""),
    ("missing", "saknas i boken", "not in the book", "saknas"),
    ("soon", "snart", "soon", ""),
    ("to_confirm", "att bekräfta", "to confirm", ""),
    ("unclear", "oklart", "unclear", ""),
    ("current", "aktuell", "current", ""),
    ("in_place", "finns", "in place", ""),
)

# Why crowding has no index (view `crowding`), and who is reached by an assignment (view `coverage`).
CROWDING_STATES = _words(
    ("known", "beräknat", "known", ""),
    ("no_assignments", "inga uppdrag riktade hit", "no assignments", ""),
    ("no_receiver", "ingen mottagare", "no receiver", ""),
    ("unknown", "okänt", "unknown", ""),
    ("undefined", "odefinierat", "undefined", ""),
)
COVERAGE_STATES = _words(
    ("covered", "täckt", "covered", ""),
    ("holder_only", "innehavare utan kontakt", "holder without contact", ""),
    ("contact_only", "kontakt utan innehavare", "contact without holder", ""),
    ("none", "ingen", "none", ""),
)

# What stands on the year wheel (view `year-wheel`).
WHEEL_KINDS = _words(
    ("meeting", "möte", "meeting", ""),
    ("deadline", "tidsfrist", "deadline", ""),
    ("report", "redovisning", "report", ""),
)

# In what assignments are compared (view `overlap`), and what meets twice (view `double-meetings`).
OVERLAP_DIMENSIONS = _words(
    ("target_groups", "målgrupper", "target groups", "målgrupp"),
    ("risk_factors", "riskfaktorer", "risk factors", "riskfaktor"),
    ("actors", "aktörer", "actors", "organisationer"),
    ("persons", "personer", "persons", "people"),
    ("meetings", "möten", "meetings", "träffar"),
)
DOUBLE_KINDS = _words(
    ("networks", "nätverk", "networks", ""),
    ("persons", "personer", "persons", "people"),
)

_SAID = {"contact": ("person",), "role": ("hatt",), "topic": ("fråga",)}

# What the model itself knows: closed sets, said in the user's language like all words.
RECORD_TYPES = tuple(
    Word(id=type, sv=in_language(type_label(type), "sv"), en=type, synonyms=_SAID.get(type, ()))
    for type in RECORDS
)

WAY_KINDS = _words(
    ("mail", "e-post", "mail", "epost|mejl|e-mail|email"),
    ("phone", "telefon", "phone", ""),
    ("web", "webb", "web", "webbplats|hemsida"),
    ("address", "adress", "address", "postadress"),
)

INTERACTION_STATUSES = _words(
    ("planned", "planerad", "planned", ""),
    ("held", "genomförd", "held", "hållen"),
    ("cancelled", "inställd", "cancelled", ""),
)

DIRECTIONS = _words(("in", "inkommande", "in", "incoming"), ("out", "utgående", "out", "outgoing"))

PARTICIPATION_STATUSES = _words(
    ("invited", "inbjuden", "invited", ""),
    ("accepted", "tackat ja", "accepted", ""),
    ("tentative", "kanske", "tentative", "preliminär"),
    ("declined", "tackat nej", "declined", ""),
    ("attended", "närvarande", "attended", ""),
    ("deputy", "ersättare", "deputy", ""),
    ("absent", "frånvarande", "absent", ""),
)

PARTS = _words(
    ("host", "värd", "host", ""), ("guest", "gäst", "guest", ""), ("member", "medlem", "member", "")
)

TOPIC_KINDS = _words(
    ("problem", "problem", "problem", ""),
    ("proposal", "förslag", "proposal", ""),
    ("question", "fråga", "question", ""),
    ("example", "gott exempel", "example", "exempel|good example"),
)

TOPIC_STATUSES = _words(
    ("open", "öppen", "open", ""),
    ("draft", "utkast", "draft", ""),
    ("lifted", "lyft", "lifted", ""),
    ("answered", "besvarad", "answered", ""),
    ("returned", "återförd", "returned", ""),
    ("closed", "stängd", "closed", ""),
)

TOPIC_LINKS = _words(
    ("addresses", "åtgärdar", "addresses", ""),
    ("illustrates", "belyser", "illustrates", ""),
    ("duplicates", "upprepar", "duplicates", ""),
)

# How sure one is that a good example works; the last is what research calls evidence.
EVIDENCE = _words(
    ("experience", "egen erfarenhet", "own experience", "erfarenhet"),
    ("followed_up", "uppföljd", "followed up", "uppföljning"),
    ("evaluated", "utvärderad", "evaluated", "utvärdering"),
    ("effect_study", "effektutvärderad med jämförelsegrupp", "effect study", "effektutvärderad|forskning"),
)

# interaktionstyper, bollplank: vad gavs.
SUPPORT = _words(
    ("advice", "råd", "advice", "rådgivning"),
    ("method", "metod", "method", ""),
    ("contact", "kontakt", "contact", "förmedlad kontakt"),
    ("material", "underlag", "material", ""),
)

# interaktionstyper, utbildning: målgrupp.
AUDIENCES = _words(
    ("politicians", "politiker", "politicians", "förtroendevalda"),
    ("officials", "tjänstepersoner", "officials", "tjänsteperson|tjänstemän"),
    ("police", "polis", "police", "poliser"),
    ("civil_society", "civilsamhälle", "civil society", "föreningar"),
)

SIDES = _words(("we", "vi", "we", ""), ("they", "de", "they", ""))

ASSIGNMENT_LEVELS = _words(("county", "län", "county", ""), ("municipality", "kommun", "municipality", ""))

# Of a series of meetings, which ones are changed.
SERIES_SCOPES = _words(
    ("this", "denna", "this", "den här|denna enda"),
    ("future", "kommande", "future", "denna och kommande|later"),
    ("all", "alla", "all", "hela serien"),
)

DUE_STATES = _words(
    ("overdue", "försenad", "overdue", ""),
    ("today", "idag", "today", ""),
    ("coming", "kommande", "coming", ""),
    ("undated", "utan datum", "undated", ""),
    ("planned", "inplanerad", "planned", ""),
)

POST_STATES = _words(
    ("filled", "tillsatt", "filled", ""),
    ("vacant", "vakant", "vacant", ""),
    ("stale", "inaktuell", "stale", ""),
    ("to_confirm", "att bekräfta", "to confirm", ""),
)

TRAINING_STATES = _words(("trained", "utbildad", "trained", ""), ("none", "ej utbildad", "none", ""))

# Where a lifted topic or a question stands (view `lifted`), and a good example (view `examples`).
LIFTED_STATES = _words(
    ("to_lift", "att lyfta", "to lift", ""),
    ("waiting", "väntar på svar", "waiting", "väntar"),
    ("overdue", "svar försenat", "overdue", "försenad"),
    ("to_return", "att återföra", "to return", ""),
    ("unreturned", "inte återförd i tid", "unreturned", "ej återförd"),
    ("returned", "återförd", "returned", ""),
    ("closed", "stängd", "closed", ""),
)

EXAMPLE_STATES = _words(
    ("current", "aktuellt", "current", ""),
    ("review_due", "att ses över", "review due", "se över"),
)

# What the view `statistics` counts; meetings are no people.
MEASURES = _words(
    ("meetings_by_month", "möten per månad", "meetings by month", "månad"),
    ("meetings_by_place", "möten per kommun", "meetings by municipality", "möten"),
    ("holders", "personer med en funktion", "people with a function", "personer|innehavare"),
    ("reached", "personer vi mött", "people met", "mötta"),
    ("trained", "utbildade personer", "people trained", "utbildade"),
)

# What the view `path` goes by from one to the next.
PATH_LINKS = _words(
    ("meeting", "möte", "meeting", "träff"),
    ("role", "roller hos samma aktör", "posts at one actor", "roll"),
)

# What a line of the view `network` is to the one above it.
RELATIONS = _words(
    ("network", "nätverk", "network", ""),
    ("assignment", "uppdrag", "assignment", ""),
    ("host", "värd", "host", ""),
    ("member", "medlem", "member", ""),
    ("holder", "företrädare", "represented by", ""),
    ("vacant", "vakant", "vacant", ""),
    ("guest", "gäst", "guest", ""),
)

# What the view `bra-report` counts, and what under (förordning 2016:1258, 2 § 1-4).
REPORT_MEASURES = _words(
    ("by_kind", "insatser per slag", "interactions by kind", ""),
    ("interactions", "insatser", "interactions", ""),
    ("municipalities", "kommuner", "municipalities", ""),
    ("people", "personer", "people", ""),
)
REPORT_POINTS = _words(
    ("1", "2 § 1 kunskapsbaserat arbete", "2 § 1 knowledge-based work", ""),
    ("2", "2 § 2 samverkan och erfarenhetsutbyte", "2 § 2 cooperation and exchange of experience", ""),
    ("3", "2 § 3 kompetens och utbildning", "2 § 3 competence and training", ""),
    ("4", "2 § 4 åtgärder över kommungränser", "2 § 4 measures across municipal borders", ""),
    ("unmarked", "utan angiven punkt", "no point given", ""),
    ("total", "totalt, var och en en gång", "total, each once", ""),
)

# What a newer county pack changes, and what it leaves.
PACK_CHANGES = _words(
    ("updated", "uppdaterad", "brought up to date", ""),
    ("differs", "ändrad här", "changed here", ""),
    ("gone", "inte kvar i paketet", "no longer in the pack", ""),
    ("deleted", "borttagen här", "deleted here", ""),
)


@hookimpl
def register_vocabularies() -> list[Vocabulary]:
    return [
        Vocabulary(name="interaction_kind", words=INTERACTION_KINDS),
        Vocabulary(name="actor_kind", words=ACTOR_KINDS),
        Vocabulary(name="function", words=FUNCTIONS),
        Vocabulary(name="sector", words=SECTORS),
        Vocabulary(name="level", words=LEVELS),
        Vocabulary(name="purpose", words=PURPOSES),
        Vocabulary(name="legal_basis", words=LEGAL_BASES),
        Vocabulary(name="informed_how", words=INFORMED_HOW),
        Vocabulary(name="retention_rule", words=RETENTION_RULES),
        Vocabulary(name="commitment_kind", words=COMMITMENT_KINDS),
        Vocabulary(name="commitment_status", words=COMMITMENT_STATUSES),
        Vocabulary(name="commitment_content", words=COMMITMENT_CONTENTS),
        Vocabulary(name="commitment_state", words=COMMITMENT_STATES),
        Vocabulary(name="basis", words=BASES),
        Vocabulary(name="crowding_state", words=CROWDING_STATES),
        Vocabulary(name="coverage_state", words=COVERAGE_STATES),
        Vocabulary(name="wheel_kind", words=WHEEL_KINDS),
        Vocabulary(name="overlap_dimension", words=OVERLAP_DIMENSIONS),
        Vocabulary(name="double_kind", words=DOUBLE_KINDS),
        Vocabulary(name="pack_change", words=PACK_CHANGES),
        Vocabulary(name="record_type", words=RECORD_TYPES),
        Vocabulary(name="way_kind", words=WAY_KINDS),
        Vocabulary(name="interaction_status", words=INTERACTION_STATUSES),
        Vocabulary(name="direction", words=DIRECTIONS),
        Vocabulary(name="participation_status", words=PARTICIPATION_STATUSES),
        Vocabulary(name="part", words=PARTS),
        Vocabulary(name="topic_kind", words=TOPIC_KINDS),
        Vocabulary(name="topic_status", words=TOPIC_STATUSES),
        Vocabulary(name="topic_link", words=TOPIC_LINKS),
        Vocabulary(name="evidence", words=EVIDENCE),
        Vocabulary(name="support", words=SUPPORT),
        Vocabulary(name="audience", words=AUDIENCES),
        Vocabulary(name="side", words=SIDES),
        Vocabulary(name="assignment_level", words=ASSIGNMENT_LEVELS),
        Vocabulary(name="due_state", words=DUE_STATES),
        Vocabulary(name="post_state", words=POST_STATES),
        Vocabulary(name="training_state", words=TRAINING_STATES),
        Vocabulary(name="lifted_state", words=LIFTED_STATES),
        Vocabulary(name="example_state", words=EXAMPLE_STATES),
        Vocabulary(name="series_scope", words=SERIES_SCOPES),
        Vocabulary(name="measure", words=MEASURES),
        Vocabulary(name="path_link", words=PATH_LINKS),
        Vocabulary(name="relation", words=RELATIONS),
        Vocabulary(name="report_measure", words=REPORT_MEASURES),
        Vocabulary(name="report_point", words=REPORT_POINTS),
    ]


@hookimpl
def register_facts() -> list[Fact]:
    from kontaktnat.builtin.facts import facts

    return facts()


@hookimpl
def register_fields() -> list[Field]:
    records = ("actor", "commitment")
    return [
        Field(
            name="pack.certainty",
            records=records,
            type=str,
            title="Certainty",
            choices=("verified", "unverified"),
        ),
        Field(name="pack.source", records=records, type=str, title="Source"),
    ]
