"""What the header of a column means in others' address books and registers: Swedish, English, German.

Outlook alone has 92 columns in each language, and people write their own. So a header is read by its words:
what it is of (mail, telephone, street) and whose (work, home). Only what cannot be read so is listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from attrs import evolve, frozen

from kontaktnat.plain import Plain
from kontaktnat.text import fold


@frozen(kw_only=True, repr=False)
class Meaning(Plain):
    """What a column is: `target`, of a way also its label, of an address which part of it."""

    target: str
    label: str = ""
    part: str = ""
    group: str = ""
    """What belongs together: the label and value of one of Google's addresses, the parts of one address."""
    theirs: bool = False
    """In a table of organisations: a way of a person whom one reaches there ("Ordförande e-post")."""
    whose: str = ""
    """As what they are reached: what keeps a chair's columns and a treasurer's apart in one row."""


WAYS = {"mail": "mail", "phone": "phone", "web": "web", "address": "address"}
HATS = ("organisation", "department", "title", "function")
SPAN = ("since", "until")
"""From when and until when somebody has a hat."""
NAMES = ("name", "given", "middle", "family", "person")
"""By which a row is called; `person`: of an organisation, whom one reaches there, otherwise as `name`."""
LISTS = ("aliases", "tags", "categories")
PLAIN = (
    "kind", "place", "org_number", "legal_form", "sector", "purpose", "legal_basis", "source", "protected",
)  # fmt: skip
TARGETS = (*NAMES, *WAYS, *HATS, *SPAN, *LISTS, *PLAIN, "note")
"""What `--map` may name."""
IGNORE = "ignore"
"""A target of `--map` for a column that is not to be read."""

_SPELT: Mapping[str, str] = {
    "name": (
        "name namn fullname fullstandigtnamn displayname visningsnamn vollstandigername fornamnochefternamn "
        "forochefternamn fornamnefternamn namnforochefternamn benamning cn"
    ),
    "person": (
        "person kontakt kontaktperson contactperson primarycontact ansprechpartner namnkontaktperson "
        "kontaktpersonensnamn kontaktnamn"
    ),
    "given": "given givenname firstname fornamn tilltalsnamn vorname",
    "middle": "middlename additionalname mellannamn weiterevornamen",
    "family": "family familyname lastname surname efternamn nachname familienname sn",
    "organisation": (
        "organisation organization org foretag foretagsnamn company companyname firma arbetsgivare "
        "employer currentemployer organizationname organisationsnamn verksamhet arbetsstalle "
        "organizationlegalname legalname foreningsnamn foreningensnamn foreningnamn namnpaforening "
        "namnpaforeningen foreningklubb foreningensbenamning klubb klubbnamn foretagetsnamn bolag "
        "bolagsnamn myndighetsnamn organisationensnamn organisationkommun kommunorganisation "
        "organisationarbetsplats organisationforening foreningorganisation"
    ),
    "department": "department avdelning abteilung enhet forvaltning organizationdepartment",
    "title": (
        "jobtitle befattning position tjanst organizationtitle yrkestitel tjanstetitel titelbefattning "
        "befattningtitel titelroll titelfunktion"
    ),
    "function": "function funktion roll role uppdrag rollfunktion funktionroll",
    "since": (
        "since sedan from fran fromdatum frandatum franochmed tilltradde tilltrade tilltradesdatum startdate "
        "startdatum anstalldsedan anstalldfran anstallningsdatum borjade employedsince startedon"
    ),
    "until": (
        "until till tom tomdatum tilldatum tillochmed slutade slutdatum slutar enddate avgick avgang "
        "avslutningsdatum endedon anstalldtill sistadag"
    ),
    "note": (
        "note notes notiz notizen anteckning anteckningar notering noteringar kommentar kommentarer "
        "comment comments anmarkning anmarkningar ovrigt beskrivning description bemerkung"
    ),
    "tags": (
        "tags tag etikett etiketter taggar kategorier categories kategorien labels groupmembership "
        "keywords nyckelord stichworter group groups grupp grupper"
    ),
    "aliases": "alias aliases forkortning abbreviation othernames kallasaven nickname othername",
    "categories": "category categories kategorikod",
    "kind": "kind slag typ type organisationstyp aktorstyp typavorganisation foreningstyp organisationtype",
    "place": "place kommunkod municipalitycode",
    "org_number": "orgnumber orgnr organisationsnummer organisationsnr organizationnumber orgnummer",
    "legal_form": "legalform juridiskform associationsform",
    "sector": "sector sektor",
    "purpose": "purpose andamal",
    "legal_basis": "legalbasis rattsliggrund",
    "source": "source kalla",
    "protected": "protected skyddad skyddadidentitet",
}
_EXACT = {spelling: target for target, spellings in _SPELT.items() for spelling in spellings.split()}

_UNREAD = """
    account andrad anniversary anrede barn birthday children classification connectedon contact
    contactid contactsubtype contacttype created directoryserver dissolutiondate externalidentifier
    fileas fodelsedag foundingdate geburtstag gender geschlecht governmentidnumber hobbies hobby image
    individualprefix individualsuffix initialen initialer initials internetfreebusy jahrestag
    jurisdictioncode kanslighet kinder kon konto language ledigupptagen maka makamake make mileage
    modified nameprefix namesuffix parentid partner personnummer phoneticfirstname phoneticlastname
    phoneticmiddlename photo prefix prioritat prioritet priority privat private reisekilometer
    sensitivity skapad sourceurl sozialversicherungsnr spouse sprache sprak suffix vertraulichkeit
    verzeichnisserver
"""
_NOT_READ = frozenset(_UNREAD.split())
"""What is known and not kept: a register for work has no purpose for it (GDPR art. 5.1 c), or only the
program that it comes from understands it."""

_MAIL = re.compile(r"^(?:e ?mail|e ?post|mejl|mail)|\be ?(?:mail|post)\b|smtp|emailaddress")
_FAX = re.compile(r"\btele?fax|fax")
_PHONE = re.compile(
    r"^(?:tele?fon|telephone|tel\b|telnr|tfn|phone|mobil|cell|handy|vaxel|direkt(?:nummer|telefon)"
    r"|haupttelefon|jour(?:telefon|nummer))"
    r"|phone$|phone\b|telefon\b|telefon$|mobil$|mobile$"
)
_WEB = re.compile(r"^(?:web|www|hemsida|homepage|url|internet$|internetadress|lank|site\b|linkedin)")
_STREET = re.compile(
    r"gata\b|gatu|street|strasse|adressrad|besoksadress|postadress|utdelningsadress|^adress|address\b|c/o"
)
_TOWN = re.compile(r"^(?:post)?ort\b|\bort\b|city|town|\bstad\b|stadt|weiterer ort")
_POSTCODE = re.compile(r"post(?:al )?(?:nummer|nr|code)|zip|postleitzahl|\bplz\b|post ?nr")
_BOX = re.compile(r"\bbox\b|postfach|po box")
_REST = re.compile(r"region|\bstate\b|delstat|bundesland|\blan\b|province|extended|country|\bland\b")
_OTHERS = re.compile(
    r"assist|sekreterar|chef|manager|vorgesetzt|callback|ruckmeldung|telex|isdn|radio|\btty|horbehind"
    r"|texttelefon|ateruppring|hanvisad|referred|empfohlen|abrechnung|billing|faktura|do not |display"
    r"|\bim ?addr|\b(?:ip|mac) add?r|\bext(?:ension)?\b"
)


def _words(text: str) -> list[str]:
    return text.split()


_PERSONS = re.compile(
    r"(?P<vice>\bv(?:ice)? ?)?(?P<post>ordf)(?:orande[a-z]*|\b)|(?P<other>kontaktpers|kassor|sekreterare)"
)
"""Whose address it is where the title says so, in a table of organisations."""
_NUMBER = re.compile(r"(?<![a-z0-9])[1-9](?![a-z0-9])|(?<=[a-z])[1-9]$")
ASSOCIATIONS = frozenset(_words(
    "forening foreningar foreningsnamn foreningensnamn foreningnamn namnpaforening namnpaforeningen "
    "klubb klubbnamn foreningklubb foreningensbenamning"
))  # fmt: skip
_REGISTER = frozenset(_words(
    "typ foreningstyp typavforening verksamhet huvudverksamhet inriktning verksamhetsinriktning "
    "foreningsform verksamhetstyp verksamhetsform kategorier malgrupp kategori foreningskategori "
    "verksamhetsomrade verksamhetskategori huvudkategori underkategori"
))  # fmt: skip
"""In a municipality's register of associations: its own word for what each does, which is none of ours."""
CONTACT = "kontaktpers"
"""As what somebody is reached of whom no post is said."""
_HOLDER = re.compile(
    r"(?:namn(?:pa)?)?(?:kontakt|v(?:ice)?ordf(?:orande)?|ordf(?:orande)?|kontaktpers(?:on)?|kassor|sekreterare)"
    r"(?:en)?s?(?P<before>[1-9])?(?P<part>(?:for|efter)?namn)?(?P<behind>[1-9])?"
    r"|(?P<name>(?:for|efter)namn)(?:kontaktperson|ordforande|kassor|sekreterare)(?:en)?"
)
"""Columns that name a person in a register: "Kassör", "Kontaktperson 2", "Ordförandens namn"."""
_POSTS = {
    "ordf": "Ordförande", "vice ordf": "Vice ordförande", "kassor": "Kassör", "sekreterare": "Sekreterare",
    "kontaktpers": "Kontaktperson",
}  # fmt: skip
_NAME_PARTS = {"fornamn": "given", "efternamn": "family"}
REGISTER = "register"
"""The group of such columns: they become tags of organisations, never of persons."""
_RELATIVES = re.compile(
    r"vardnadshavar|malsman|anhorig|foralder|\b(?:mor|mors|far|fars|mamma\w*|pappa\w*|maka\w*|make\w*|sambo\w*"
    r"|mum|mom|mother|dad|father|parent|guardian|sister|brother|spouse|husband|wife|emergency|next of kin"
    r"|mutter|vater|eltern|notfall\w*)\b"
)
"""Whose address it is then: not that of whom the row is of, nor one to keep in a register for work."""
_ABOUT = re.compile(r"\b(?:type|label|status|angezeigter name|visat namn)\b|typ\b|visningsnamn")
_LABELS = (
    ("home", re.compile(r"\bhem(?:\b|tel|num|adr)|home|privat|bostad")),
    ("mobile", re.compile(r"mobil|cell|handy")),
    ("work", re.compile(r"arbet|\barb\b|work|business|geschaftlich|jobb|tjanste|kontor|dienst|office|foretag"
                        r"|company|firma|direkt|vaxel|huvud|primary|primar|haupt")),
    ("other", re.compile(r"ovrig|\bother\b|weiter|annan|alternativ")),
)  # fmt: skip
_PARTS = (
    ("postcode", _POSTCODE), ("box", _BOX), ("street", _STREET), ("town", _TOWN), ("rest", _REST),
)  # fmt: skip
_GOOGLE = re.compile(
    r"^(e-mail|phone|address|website|organization|custom field|relation|event|im) (\d+) - (.+)$"
)


def plain(header: str) -> str:
    """A header for comparing: "E-post, arbete" → "epostarbete"."""
    return re.sub(r"[^a-z0-9]+", "", fold(header))


def meanings(header: Iterable[str]) -> list[Meaning | None]:
    """What each column of a table means; None: nothing that is known, or that is kept."""
    titles = [str(one).strip() for one in header]
    spelt = {plain(one) for one in titles}
    found = [meaning(one) for one in titles]
    register = bool(spelt & ASSOCIATIONS) or any(key.startswith("bidragsberatt") for key in spelt)
    organisations = register or any(one and one.target == "org_number" for one in found)
    named = any(one and one.target == "name" for one in found) or bool(spelt & ASSOCIATIONS)
    for n, key in enumerate(map(plain, titles)):
        words = " ".join(re.findall(r"[a-z0-9]+", fold(titles[n])))
        if key in _REGISTER and (register or (organisations and named and "typ" not in key)):
            found[n] = Meaning(target="tags", group=REGISTER)
        elif organisations and (holder := _HOLDER.fullmatch(key)):
            part = _NAME_PARTS.get(holder["part"] or holder["name"] or "", "")
            found[n] = Meaning(target="person", whose=_whose(words), part=part)
        elif organisations and _PERSONS.search(words):
            said = _of_words(words) if found[n] is None else found[n]
            if said and said.target in ("mail", "phone", "address"):
                found[n] = evolve(said, theirs=True, whose=_whose(words))
    _number(found, titles)
    _keep_one_address(found)
    for n, key in enumerate(map(plain, titles)):
        if key in ("title", "titel"):  # beside a job title it is Mr or Dr: so in Outlook
            found[n] = None if spelt & {"jobtitle", "befattning"} else Meaning(target="title")
        elif key in ("kommun", "municipality", "kommunnamn", "kommunregion"):
            found[n] = Meaning(target="place")
        elif key in ("forening", "foreningar", "myndighet", "aktor", "arbetsplats"):
            found[n] = Meaning(target="organisation")
    return found


def _whose(words: str) -> str:
    """As what somebody is reached, of a column's title: "vice ordf", "kassor", "kontaktpers 2"."""
    number = _NUMBER.search(words)
    post = _PERSONS.search(words)
    said = CONTACT if post is None else post["other"] or ("vice ordf" if post["vice"] else "ordf")
    return " ".join(filter(None, (said, number[0] if number else "")))


def _number(found: list[Meaning | None], titles: Sequence[str]) -> None:
    """Beside "Kontaktperson 2", "E-post 2" is theirs: mark it so, in place."""
    persons = [one.whose for one in found if one and one.target == "person"]
    numbered = {whose[-1]: whose for whose in persons if whose[-1:].isdecimal()}
    for n, one in enumerate(found):
        at = _NUMBER.search(fold(titles[n]))
        if one and one.target in ("mail", "phone") and not one.theirs and at and at[0] in numbered:
            found[n] = evolve(one, theirs=True, whose=numbered[at[0]])


def _keep_one_address(found: list[Meaning | None]) -> None:
    """Beside the organisation's own address nobody's is read, and no two are put together to one."""
    addresses = [one for one in found if one and one.target == "address"]
    kept = "" if any(not one.theirs for one in addresses) else next((one.whose for one in addresses), "")
    found[:] = [
        None if one and one.target == "address" and one.theirs and one.whose != kept else one for one in found
    ]


def post_of(title: str, whose: str) -> str:
    """What somebody is called who is named in a column: as it is, but for numbers and names of names."""
    if plain(title).isalpha() and "namn" not in fold(title):
        return title
    return _POSTS.get(whose.rstrip("123456789 "), title)


@lru_cache(maxsize=4096)
def meaning(header: str) -> Meaning | None:
    """What one header means by itself."""
    if google := _GOOGLE.match(header.strip().lower()):
        return _of_google(*google.groups())
    key = plain(header)
    if target := _EXACT.get(key):
        return Meaning(target=target)
    if key in _NOT_READ:
        return None
    words = re.sub(r"[^a-z0-9/]+", " ", fold(header)).strip()
    if _ABOUT.search(words) or _OTHERS.search(words) or _RELATIVES.search(words):
        return None
    return _of_words(words)


def _of_words(words: str) -> Meaning | None:
    label = next((name for name, spelt in _LABELS if spelt.search(words)), "")
    if _FAX.search(words):
        return Meaning(target="phone", label="fax")
    for target, spelt in (("mail", _MAIL), ("phone", _PHONE)):
        if spelt.search(words):
            return Meaning(target=target, label=label)
    if _WEB.search(words):
        return Meaning(target="web", label="" if label == "other" else label)
    for part, spelt in _PARTS:
        if spelt.search(words):
            return Meaning(target="address", label=label, part=part, group=f"address {label}")
    return None


def _of_google(what: str, number: str, part: str) -> Meaning | None:
    group = f"{what} {number}"
    target = {"e-mail": "mail", "phone": "phone", "website": "web", "address": "address"}.get(what)
    if what == "organization":
        hat = {"name": "organisation", "title": "title", "department": "department"}.get(part)
        return Meaning(target=hat) if hat and number in ("", "1") else None
    if target is None:
        return None
    if part in ("label", "type"):
        return Meaning(target="label", group=group)
    if target != "address":
        return Meaning(target=target, group=group) if part == "value" else None
    parts = {
        "street": "street",
        "city": "town",
        "postal code": "postcode",
        "po box": "box",
        "formatted": "whole",
    }
    known = parts.get(part)
    return Meaning(target="address", part=known, group=group) if known else None
