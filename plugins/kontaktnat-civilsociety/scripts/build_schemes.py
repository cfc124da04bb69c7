#!/usr/bin/env python3
"""Builds src/kontaktnat_civilsociety/data/{icnpo,legal_forms}.csv; the files are kept, so nobody else has to.

    python3 scripts/build_schemes.py            writes the files
    python3 scripts/build_schemes.py --check    exit code 1 if they would change

ICNPO: codes and English titles of the International Classification of Nonprofit Organizations (United
Nations, Handbook on Non-profit Institutions, 2003). Swedish titles of the groups as SCB has them (Wagndal
2012); those of the subgroups are our own translation. Legal forms: SCB's code list (juridisk form). Typed in
here as facts, with what people say for them, and what tells of party, faith or union.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Sequence
from pathlib import Path

DATA = Path(__file__).parents[1] / "src" / "kontaktnat_civilsociety" / "data"

ICNPO = (
    ("1", "Rekreation och kultur", "Culture and recreation", ""),
    ("1100", "Kultur och konst", "Culture and arts", "kultur"),
    ("1200", "Idrott", "Sports", "sport"),
    ("1300", "Övrig rekreation och sociala klubbar", "Other recreation and social clubs",
     "fritid|friluftsliv"),
    ("2", "Utbildning och forskning", "Education and research", ""),
    ("2100", "Grund- och gymnasieutbildning", "Primary and secondary education", ""),
    ("2200", "Högre utbildning", "Higher education", ""),
    ("2300", "Övrig utbildning", "Other education", "folkbildning|studieförbund"),
    ("2400", "Forskning", "Research", ""),
    ("3", "Hälsa", "Health", ""),
    ("3100", "Sjukhus och rehabilitering", "Hospitals and rehabilitation", ""),
    ("3200", "Vård- och omsorgsboenden", "Nursing homes", ""),
    ("3300", "Psykiatrisk vård och krisstöd", "Mental health and crisis intervention", "krisstöd"),
    ("3400", "Övriga hälsotjänster", "Other health services", ""),
    ("4", "Social trygghet", "Social services", ""),
    ("4100", "Sociala tjänster", "Social services", "kvinnojour|tjejjour"),
    ("4200", "Katastrofhjälp och nödhjälp", "Emergency and relief", "nödhjälp"),
    ("4300", "Ekonomiskt och materiellt stöd", "Income support and maintenance", ""),
    ("5", "Miljö och djurskydd", "Environment", ""),
    ("5100", "Miljö", "Environment", "naturskydd"),
    ("5200", "Djurskydd", "Animal protection", ""),
    ("6", "Bostäder, social och samhällelig utveckling", "Development and housing", ""),
    ("6100", "Ekonomisk, social och samhällelig utveckling", "Economic, social and community development",
     "bygdeutveckling|bygdegård|byalag"),
    ("6200", "Bostäder", "Housing", ""),
    ("6300", "Arbetsmarknad och yrkesträning", "Employment and training", ""),
    ("7", "Opinionsbildning och politik", "Law, advocacy and politics", ""),
    ("7100", "Medborgar- och intresseorganisationer", "Civic and advocacy organisations",
     "intresseorganisation"),
    ("7200", "Juridiska tjänster (bl.a. brottsofferstöd och brottsförebyggande)", "Law and legal services",
     "brottsofferstöd|brottsofferjour|brottsförebyggande|nattvandrare|crime prevention|victim support"),
    ("7300", "Politiska organisationer", "Political organisations", "politisk organisation"),
    ("8", "Stiftelser, insamlande organisationer och volontärverksamhet",
     "Philanthropic intermediaries and voluntarism promotion", ""),
    ("8100", "Bidragsgivande stiftelser", "Grant-making foundations", ""),
    ("8200", "Övrig filantropi och volontärfrämjande",
     "Other philanthropic intermediaries and voluntarism promotion", "volontärverksamhet"),
    ("9", "Internationell verksamhet", "International", ""),
    ("9100", "Internationell verksamhet", "International activities", ""),
    ("10", "Religiösa samfund och föreningar", "Religion", ""),
    ("10100", "Religiösa samfund och föreningar", "Religious congregations and associations", "trossamfund"),
    ("11", "Bransch-/yrkesorganisationer och fackföreningar",
     "Business and professional associations, unions", ""),
    ("11100", "Branschorganisationer", "Business associations", "företagarförening"),
    ("11200", "Yrkesorganisationer", "Professional associations", ""),
    ("11300", "Fackföreningar", "Labour unions", "fackförbund"),
    ("12", "Övrig icke-vinstdrivande verksamhet", "Not elsewhere classified", ""),
    ("12100", "Ej klassificerad annanstans", "Not elsewhere classified", ""),
)  # fmt: skip

# dataskyddslagen (2018:218) 3 kap. 3 §: party, faith, union.
CLOSED = frozenset({"10", "10100", "7300", "11300"})

LEGAL_FORMS = (
    ("10", "Fysiska personer", "Natural persons", "enskild firma"),
    ("21", "Enkla bolag", "Simple partnerships", "enkelt bolag"),
    ("22", "Partrederier", "Shipping partnerships", ""),
    ("23", "Värdepappersfonder", "Securities funds", ""),
    ("31", "Handelsbolag, kommanditbolag", "Trading/limited partnerships",
     "handelsbolag|kommanditbolag|HB|KB"),
    ("32", "Gruvbolag", "Mining companies", ""),
    ("41", "Bankaktiebolag", "Banking companies", ""),
    ("42", "Försäkringsaktiebolag", "Insurance companies", ""),
    ("43", "Europabolag", "European companies (SE)", ""),
    ("49", "Övriga aktiebolag", "Other limited companies", "aktiebolag|AB"),
    ("51", "Ekonomiska föreningar", "Economic associations (co-operatives)",
     "ekonomisk förening|ek. för.|ek för|kooperativ"),
    ("53", "Bostadsrättsföreningar", "Tenant-owner associations", "bostadsrättsförening|brf"),
    ("54", "Kooperativa hyresrättsföreningar", "Co-operative tenancy associations",
     "kooperativ hyresrättsförening"),
    ("55", "Europakooperativ, EGTS", "European co-operatives, EGTC", ""),
    ("61", "Ideella föreningar", "Non-profit associations", "ideell förening|ideell för."),
    ("62", "Samfälligheter", "Joint property associations", "samfällighet|samfällighetsförening"),
    ("63", "Registrerade trossamfund", "Registered faith communities", "registrerat trossamfund|trossamfund"),
    ("71", "Familjestiftelser", "Family foundations", "familjestiftelse"),
    ("72", "Övriga stiftelser och fonder", "Other foundations and funds", "stiftelse|övrig stiftelse"),
    ("81", "Statliga enheter", "State bodies", "statlig enhet|statlig myndighet"),
    ("82", "Kommuner", "Municipalities", "kommun"),
    ("83", "Kommunalförbund", "Municipal federations", ""),
    ("84", "Regioner", "Regions", "region"),
    ("85", "Allmänna försäkringskassor", "(historical) General insurance offices", ""),
    ("87", "Offentliga korporationer och anstalter", "Public corporations and institutions", ""),
    ("88", "Hypoteksföreningar", "Mortgage societies", ""),
    ("89", "Regionala statliga myndigheter", "Regional state authorities", ""),
    ("91", "Oskiftade dödsbon", "Undivided estates", "dödsbo"),
    ("92", "Ömsesidiga försäkringsbolag", "Mutual insurance companies", ""),
    ("93", "Sparbanker", "Savings banks", "sparbank"),
    ("94", "Understödsföreningar, försäkringsföreningar", "Friendly societies", "understödsförening"),
    ("95", "Arbetslöshetskassor", "Unemployment funds", "arbetslöshetskassa|a-kassa"),
    ("96", "Utländska juridiska personer", "Foreign legal persons", ""),
    ("98", "Övriga svenska juridiska personer bildade enligt särskild lagstiftning",
     "Other Swedish legal persons under special law", ""),
    ("99", "Juridisk form ej utredd", "Legal form not determined", ""),
)  # fmt: skip

# A registered faith community is one of faith by its very form.
CLOSED_FORMS = frozenset({"63"})


def icnpo() -> str:
    """The groups, each before what is in it: a subgroup's code is its group's and three digits."""
    rows = [
        (code, "" if len(code) < 3 else code[: len(code) - 3], sv, en, synonyms, _mark(code in CLOSED))
        for code, sv, en, synonyms in ICNPO
    ]
    return _written(("code", "parent", "sv", "en", "synonyms", "organisations_only"), rows)


def legal_forms() -> str:
    rows = [
        (code, "", sv, en, synonyms, _mark(code in CLOSED_FORMS)) for code, sv, en, synonyms in LEGAL_FORMS
    ]
    return _written(("code", "parent", "sv", "en", "synonyms", "organisations_only"), rows)


def _mark(is_so: bool) -> str:
    return "yes" if is_so else ""


def _written(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def main() -> int:
    """Write the files, or with --check compare them."""
    built = {"icnpo.csv": icnpo(), "legal_forms.csv": legal_forms()}
    if "--check" in sys.argv[1:]:
        return int(any((DATA / name).read_text("utf-8") != text for name, text in built.items()))
    for name, text in built.items():
        (DATA / name).write_text(text, "utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
