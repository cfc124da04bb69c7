"""What the name of an association tells of what it does.

A rule is a pattern on the folded name (a for å and ä, o for ö), the codes that it suggests, likeliest first,
and what is usually called so. Where a name fits several, all are suggested; the more telling rules stand
first, and one that `ends` leaves no room for those after it: IF Metall plays no football.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import frozen

from kontaktnat.extend import Text, fold


@frozen(kw_only=True, repr=False)
class Rule:
    """One kind of name."""

    pattern: re.Pattern[str]
    codes: tuple[str, ...]
    what: str
    kind: str = ""
    """The word of `actor_kind` that goes with it, where it is not merely an association."""
    ends: bool = True


@frozen(kw_only=True, repr=False)
class Hit:
    """A rule that a name fits, and the words in it that do, as they are written."""

    rule: Rule
    words: str


def _rule(pattern: str, codes: str, what: str, *, kind: str = "", ends: bool = True) -> Rule:
    compiled = re.compile(rf"(?<![\w&])(?:{pattern})(?!\w)")
    return Rule(pattern=compiled, codes=tuple(codes.split()), what=what, kind=kind, ends=ends)


_BODY = r"(?:s?forening(?:en)?|s?klubb(?:en)?|s?sallskap(?:et)?|s?forbund(?:et)?)"
"""How the words end that an association is called by."""
_SPORT = (
    r"(?:idrott|sport|fotboll|handboll|innebandy|ishockey|hockey|bandy|basket|basketboll|volleyboll|tennis"
    r"|bordtennis|golf|ryttar|rid|sim|gymnastik|friidrott|skid|orientering|cykel|kanot|segel"
    r"|brottar|brottning|boxning|judo|karate|taekwondo|kampsport|budo|skytte|skytt|pistolskytte|bowling"
    r"|badminton|varpa|boule|curling|konstaknings|skridsko|triathlon|padel|parkour|lopar|tyngdlyftning"
    r"|styrkelyft|simhopp|dyk|ungdomsidrott|parasport|handikappidrott)"
)
_ABBREVIATED = re.compile(
    r"(?:AIK|AIS|BoIF|BoIS|BK|BTK|FBC|FBK|FC|FF|FK|GIF|GoIF|GF|GK|HK|IBF|IBK|IF|IFK|IK|IS|OK|SK|SOK|TK)"
)
"""How clubs are abbreviated, as whole words in their own letters: never inside others, nor `if` and `is`."""
_BESIDE = re.compile(
    r"(?:dam|herr|dam\w*|herr\w*|ungdom\w*|junior\w*|\d+|fotboll\w*|handboll\w*|innebandy\w*|hockey\w*"
    r"|ishockey"
    r"|bandy|friidrott\w*|skidor|skid\w*|gymnastik\w*|bordtennis\w*|basket\w*|volleyboll\w*|orientering\w*"
    r"|akademi\w*|\w+skola\w*|veteran\w*|supporter\w*"
    r"|cykel\w*|simning|sim\w*|huvudstyrelse\w*|alliansen|sektion\w*)"
)
"""What may stand behind such an abbreviation and leaves it one."""

# Ties to party and faith are told of an organisation only by what it is itself: a study association is one.
RULES: tuple[Rule, ...] = (
    # unions: before the sports clubs, for IF Metall
    _rule(r"if metalls?|unionen|unionenklubb(?:en)?|metallklubb(?:en)?"
          r"|sveriges larare|lararforbundet|vardforbundet|polisforbundet|fackforbundet \w+"
          r"|\w*arbetar\w*forbund\w*|\w*anstalldas forbund|gs-facket|seko|elektrikerforbundet"
          r"|malareforbundet|akademikerforbundet \w+|\w*fackklubb(?:en)?|fackforening(?:en)?|facket"
          r"|lo-distriktet|lo distriktet|lo-facken|tco|saco",
          "11300", Text("trade unions")),
    _rule(r"socialdemokrat\w*|\w*arbetarekommun(?:en)?|s-forening(?:en)?|s-kvinnor|s-studenter|moderaternas?"
          r"|moderata \w+|\Acentern"
          r"|moderatkvinnor\w*|centerkvinnor\w*|centerkrets(?:en)?|centeravdelning(?:en)?"
          r"|liberalernas?|ung vanster|sverigedemokrat\w*|kristdemokrat\w*"
          r"|gron ungdom|ssu|partidistrikt(?:et)?|\w+partiets?|feministiskt initiativ|medborgerlig samling",
          "7300", Text("political parties and their organisations")),
    _rule(r"brottsofferjour(?:en|er)?|brottsofferjouren \w+|boj", "7200", Text("victim support"),
          kind="victim_support"),
    _rule(r"kvinnojour(?:en)?|tjejjour(?:en)?|kvinno- och \w*jour(?:en)?|\w*kvinnojour(?:en)?"
          r"|\w*tjejjour(?:en)?|mansjour(?:en)?", "4100", Text("shelters and helplines against violence"),
          kind="womens_shelter"),
    _rule(r"nattvandr\w*|\w*vandring\.nu|foraldravandr\w*|farsor och morsor(?: pa stan)?|(?:pappor|mammor"
          r"|farsor|morsor|vuxna) pa stan"
          r"|grannsamverkansforening(?:en)?|brottsforebyggande forening(?:en)?",
          "7200", Text("night patrols and crime prevention")),
    _rule(r"kris|unga kris|kriminellas revansch\w*|x-cons|skyddsvarn(?:et)?|\w*skyddsvarnet",
          "7200", Text("support after crime and prison")),
    # study associations: the ten that are, by name
    _rule(r"studieforbundet(?: \w+)?|abf|arbetarnas bildningsforbund|medborgarskolan|sensus|folkuniversitetet"
          r"|nbv|\Abilda|\Asv|studieframjandet|ibn rushd|kulturens bildningsverksamhet|studieforbund",
          "2300", Text("study associations"), kind="study_association"),
    # pensioners and scouts: before faith and party could be read into their names
    _rule(r"pro|spf|spf seniorerna|skpf\w*|rpg|pensionarernas riksorganisation|\w*seniorerna"
          r"|\w*pensionars(?:forening|forbund|organisation|gemenskap|klubb)\w*"
          r"|seniorforening(?:en)?", "7100 1300", Text("pensioners' associations")),
    _rule(r"\w*scout\w*", "1300 4100", Text("scouts")),
    # faith
    _rule(r"svenska kyrkan(?:s \w+)?|kyrka\Z|filadelfia"
          r"|\w*(?:pingst|equmenia|missions|allians|kors|filadelfia|betel|betlehems"
          r"|elim|sions|zions|immanuels|ebeneser|tabernakel|fri|lands|stads)kyrkan?|(?!bot|ny)\w+kyrka"
          r"|katolska \w+"
          r"|\w*forsamling(?:en)?|pastorat(?:et)?|\w*pastorat(?:et)?|kyrkliga samfallighet(?:en)?"
          r"|mosken?|\w*mosken|islamisk\w* (?:\w+ )?(?:forening|center|centrum|forbund|kulturforening)\w*"
          r"|muslimsk\w* (?:\w+ )?(?:forening|center|forbund)\w*|synagogan?|jehovas vittnen"
          r"|\w*ortodoxa? \w+|budd?histisk\w* \w+|hinduisk\w* \w+|\w*trossamfund(?:et)?"
          r"|baptist\w*|\w*missionsforening(?:en)?",
          "10100", Text("congregations and faith communities"), kind="faith_community"),
    _rule(r"equmenia", "10100 1300", Text("the youth of a faith community")),
    _rule(r"fralsningsarmen", "10100 4100", Text("a faith community that also does social work")),
    # social work, relief
    _rule(r"roda kors(?:et\w*)?|rodakors\w*", "4200 4100", Text("relief organisations")),
    _rule(r"radda barnen|bris|stadsmission(?:en)?|\w*stadsmission(?:en)?|hela manniskan|lankarna|verdandi"
          r"|anonyma (?:alkoholister|narkomaner)"
          r"|fontanhus(?:et)?|maskrosbarn|tilia", "4100", Text("organisations for social work")),
    _rule(r"majblomm\w*", "4300", Text("material support")),
    _rule(r"civilforsvarsforbund(?:et)?|civilforsvarsforening(?:en)?|lottakar(?:en)?|\w*lottakar|frg"
          r"|frivilliga resursgrupp\w*|sjoraddningssallskapet|missing people\w*|bilkar(?:en)?|\w*bilkar",
          "4200", Text("voluntary defence and rescue")),
    # business
    _rule(r"\w*foretagarforening(?:en)?|foretagarna|\w*kopmannaforening(?:en)?"
          r"|\w*handelsforening(?:en)?"
          r"|\w*naringslivsforening(?:en)?|handelskammaren?|\w*handelskammaren?|fastighetsagarna"
          r"|cityforening(?:en)?"
          r"|centrumforening(?:en)?|\w*branschforening(?:en)?|visita|lrf|lantbrukarnas riksforbund"
          r"|foretagargrupp(?:en)?|fastighetsagareforening(?:en)?",
          "11100", Text("associations of businesses"), kind="business_association"),
    # where one lives
    _rule(r"brf|bostadsrattsforening(?:en)?", "6200", Text("tenant-owner associations"),
          kind="tenant_owner_association"),
    _rule(r"hyresgastforening(?:en)?|villaagareforening(?:en)?|villaagarna(?:s \w+)?|villaforening(?:en)?",
          "6200", Text("residents' associations")),
    _rule(r"bygdegardsforening(?:en)?|bygdegard(?:en)?|folkets hus(?: och park\w*)?|folkets park"
          r"|ordenshus(?:et)?"
          r"|\w*byggnadsforening(?:en)?|bystugeforening(?:en)?|samlingslokalforening(?:en)?",
          "6100 1300", Text("those who keep a common hall")),
    _rule(r"\w*byalag(?:et)?|\w*byarad(?:et)?|sockenrad(?:et)?|samhallsforening(?:en)?"
          r"|\w*samhallsforening(?:en)?"
          r"|byaforening(?:en)?|intresseforening(?:en)?|bygdeforening(?:en)?|utvecklingsgrupp(?:en)?"
          r"|hela sverige ska leva",
          "6100", Text("associations for a village or district")),
    # culture and leisure
    _rule(r"\w*hembygds\w+|fornminnesforening(?:en)?|\w*museiforening(?:en)?|slaktforskar\w*"
          r"|historiska? (?:forening|sallskap)\w*",
          "1100", Text("local history")),
    _rule(rf"(?:konst|film|musik|teater|opera|jazz|blas|folkdans|spelmans|revy|foto|litteratur){_BODY}"
          r"|\w*spelmanslag(?:et)?|folkdanslag(?:et)?|\w*orkester(?:n)?|\w*musikkar(?:en)?|filmstudion?"
          r"|\w*kammarkor(?:en)?|\w*manskor(?:en)?|\w*damkor(?:en)?|\w*teatersallskap(?:et)?"
          r"|\w*teaterforening(?:en)?",
          "1100", Text("culture and arts")),
    _rule(r"\w*kulturforening(?:en)?", "1100 7100",
          Text("cultural associations, also of people from one country")),
    _rule(r"friluftsframjandet|\w*sportfiske\w*|\w*fiske(?:klubb|forening)(?:en)?|\w*jakt(?:klubb"
          r"|vardskrets)(?:en)?"
          r"|\w*kennelklubb(?:en)?|\w*brukshundklubb(?:en)?|\w*schack(?:klubb|sallskap)(?:en|et)?"
          r"|bridgeklubb(?:en)?"
          r"|\w*tradgards(?:forening|sallskap)(?:en|et)?|\w*koloni\w*forening(?:en)?|4h|4h-\w+|lions club"
          r"|\Alions"
          r"|lionsklubb(?:en)?|rotary\w*"
          r"|zonta|kiwanis|odd fellow\w*|\w*hobby(?:klubb|forening)(?:en)?|\w*fritidsforening(?:en)?"
          r"|unga ornar"
          r"|\w*batklubb(?:en)?|\w*batsallskap(?:et)?|modelljarnvag\w*",
          "1300", Text("clubs for leisure and good company")),
    _rule(r"kfum|kfuk\w*", "1300 1200", Text("YMCA and YWCA, many of which play sports")),
    _rule(r"\w*motorklubb(?:en)?|\w*motorsallskap(?:et)?|\w*dans(?:klubb|sallskap)(?:en|et)?|s?mk",
          "1200 1300", Text("clubs that may be of sport or of leisure")),
    _rule(r"\w*ungdomsforening(?:en)?|ungdomsrad(?:et)?"
          r"|fritidsforum", "1300 4100", Text("youth associations")),
    # causes
    _rule(r"\w*naturskydds\w*|\w*miljoforening(?:en)?|\w*ornitolog\w*|\w*fagelklubb(?:en)?"
          r"|\w*botaniska \w+|faltbiologerna",
          "5100", Text("care of nature")),
    _rule(r"\w*djurskydd\w*|katthem(?:met)?|\w*katthem(?:met)?|kattjour(?:en)?|djurens \w+", "5200",
          Text("protection of animals")),
    _rule(r"fn-forening(?:en)?|\w*vanortsforening(?:en)?|unicef|\w*afrikagrupp\w*|erikshjalpen"
          r"|lakare utan granser"
          r"|lakarmissionen", "9100", Text("international solidarity")),
    _rule(r"funktionsratt\w*|dhr|fub|attention\w*|\w*horselskadades\w*|\w*synskadades\w*|\w*reumatiker\w*"
          r"|\w*diabetesforening(?:en)?|hjartlung\w*|\w*anhorigforening(?:en)?|\w*demensforening(?:en)?"
          r"|rfsl\w*|rfsu\w*"
          r"|amnesty\w*|iogt\w*|\w*kvinnoforening(?:en)?|\w*invandrarforening(?:en)?"
          r"|internationella forening\w*"
          r"|(?:somalisk|syrisk|afghansk|bosnisk|irakisk|kurdisk|eritreansk|finsk|albansk|arabisk|iransk"
          r"|turkisk"
          r"|ukrainsk|polsk|estnisk|thailandsk)\w* \w*forening(?:en)?", "7100",
          Text("associations for the interests of a group")),
    _rule(r"frivilligcentral(?:en)?|volontarcentr\w+|volontarbyran?", "8200", Text("voluntary work")),
    _rule(r"\w*sparbanksstiftelse\w*|\w*stipendie(?:stiftelse|fond)\w*|\w*minnesfond(?:en)?", "8100",
          Text("foundations that give grants")),
    # sport in words; the abbreviations come after all of these
    _rule(rf"\w*{_SPORT}{_BODY}|\w*{_SPORT}s?allians\w*|korpen|rf-sisu\w*|friskis|ridskolan"
          rf"|\w*simsallskap(?:et)?",
          "1200", Text("sports clubs"), kind="sports_club"),
)  # fmt: skip
_CLUB = Rule(pattern=_ABBREVIATED, codes=("1200",), what=Text("sports clubs"), kind="sports_club")
_RK = Rule(pattern=re.compile("RK"), codes=("1200", "4200"),
           what=Text("riding clubs, and of the Red Cross"))  # fmt: skip

_COMPANY = re.compile(
    r"(?:aktiebolag(?:et)?|ab|hb|kb|handelsbolag|kommanditbolag|publ|ltd|inc|gmbh|enskild firma|holding)"
)
_PUBLIC = re.compile(
    r"(?:\w*(?:forvaltning|namnd|myndighet|enhet|departement|lansstyrelse)(?:en|et|ens)?"
    r"|(?!\w*arbetarekommun)\w*kommuns?|kommunens|polisen|lokalpolisomrade\w*|landsting(?:et)?)"
)
"""Words of authorities and their units, among which a Kultur- och fritidsförvaltning is no association."""
_WHERE = re.compile(r"\s+i\s+\w[\w-]*\s+kommun\Z")
"""Where somebody is at home: Brottsofferjouren i Nybro kommun is none of the municipality's."""
_TRADE = re.compile(
    r"bygg\w*|redovisning\w*|konsult\w*|fastighet\w*|invest\w*|ekonomisk|ek|ekonomi|forsakring\w*"
    r"|skadeforsakring\w*|\w*maleri\w*|entreprenad\w*|el|elektriska|transport\w*|akeri\w*|bil|bilar"
    r"|restaurang\w*|maskin\w*|service|revision\w*|a-?kassa\w*|kassa|media|data|\w*handel"
)
"""Words of trades: beside these SK and GF are somebody's letters, and no club."""
_SHORT = 4
_WORDS = ("brf", "lag")
_BODIES = re.compile(r"\w*(?:forening(?:en)?|forbund(?:et)?|klubb(?:en)?|sallskap(?:et)?)")
_SCHOOLS = re.compile(r"fritidsklubb(?:en)?")
"""What a municipality calls its own, where children go after school."""
_OTHER_BODIES = ("lag", "laget", "kar", "karen", "krets", "kretsen", "gille", "gillet", "sektion")


def is_company(name: str) -> bool:
    """Whether a word of the name says that it is a company: Kalmar FF AB plays no football itself."""
    return any(_COMPANY.fullmatch(word) for word in _words(name))


def is_public(name: str) -> bool:
    """Whether a word of the name is one of authorities and their units."""
    return any(_PUBLIC.fullmatch(word) for word in _words(_WHERE.sub("", fold(name))))


def is_fund(name: str) -> bool:
    """Whether it is an unemployment fund, which is none of the union whose name it bears."""
    return bool(re.search(r"(?<!\w)(?:a-kassa|arbetsloshetskassa)", fold(name)))


def is_association(name: str) -> str:
    """The word that says that it is an association or a club, "" where none does."""
    whole: list[str] = re.findall(r"\w+", name)
    folded = [fold(one) for one in whole]
    for word, plain in zip(whole, folded, strict=True):
        if (_BODIES.fullmatch(plain) and not _SCHOOLS.fullmatch(plain)) or plain in _OTHER_BODIES:
            return word
    return ""


def is_foundation(name: str) -> str:
    """The word that says that it is a foundation, "" where none does."""
    words: list[str] = re.findall(r"\w+", name)
    return next((one for one in words if re.fullmatch(r"\w*stiftelsen?", fold(one))), "")


def hits(name: str) -> Iterator[Hit]:
    """The rules that a name fits, the most telling first; none of companies and authorities."""
    if is_company(name) or is_public(name) or is_fund(name):
        return
    plain = _folded(name)
    for rule in RULES:
        found = rule.pattern.search(plain)
        words = name[found.start() : found.end()] if found else ""
        if words and _is_meant(words):
            yield Hit(rule=rule, words=words)
            if rule.ends:
                return
    yield from _club(name)


def _folded(name: str) -> str:
    """The folded name, letter by letter, so that what is found stands at the same place in the name."""
    return "".join(found if len(found := fold(one)) == 1 else one for one in name)


def _is_meant(words: str) -> bool:
    """Whether a short one is written as an abbreviation: Pro Musica is no PRO, nor a kris KRIS."""
    return len(words) > _SHORT or not words.isalpha() or words.isupper() or fold(words) in _WORDS


def _club(name: str) -> Iterator[Hit]:
    """An abbreviation that begins the name or ends it, but for teams and sections."""
    words = re.findall(r"[^\s,()/–-]+", name)
    if any(_TRADE.fullmatch(fold(word)) for word in words):
        return
    left = list(words)
    while len(left) > 1 and _BESIDE.fullmatch(fold(left[-1])):
        left.pop()
    for word in dict.fromkeys((left[0], left[-1])) if len(words) > 1 else ():
        if word == "RK":
            yield Hit(rule=_RK, words=word)
            return
        if _ABBREVIATED.fullmatch(word):
            yield Hit(rule=_CLUB, words=word)
            return


def _words(name: str) -> list[str]:
    return re.findall(r"\w+", fold(name))
