"""What stands around a name, or makes of one a place: streets, schools, verbs, kin."""

from __future__ import annotations

import re

PLACE_AFTER = re.compile(
    r"\W{0,2}(?:\w*(?:väg|vägen|gata|gatan|torg|torget|plats|platsen|park|parken|backe|backen|gränd|allé|stig|stigen"
    r"|skola|skolan|skolans|gymnasium|gymnasiet|församling|kyrka|kyrkan|kapell|stiftelse|stiftelsen|fond|minne"
    r"|minnesfond|museum|museet|huset|gården|förskola|hemmet|mottagning|mottagningen|byrå|bygg"
    r"|förening|sällskap|sällskapet|pris|stipendium|kvarter|kvarteret|bro|bron|kulle|hage|ab|hb|kb|sjukhus"
    r"|universitet|högskola|center|värld|arena|arenan|hallen|salen|café|priset|regering|konsult|advokatbyrå|restaurang|pizzeria|bageri|frisör))\b",
    re.IGNORECASE,
)
PLACES_LAST = frozenset(("minne", "stiftelse", "torg", "väg", "gata", "plats", "ab"))
INSTITUTION_AFTER = re.compile(
    r" (?:skola|skolan|stiftelse|församling|kyrka|universitet|AB|HB|KB|Stiftelse|Advokatbyrå)\b"
)
PLACE_BEFORE = re.compile(
    r"(?:\b(?:sankt|sankta|s:t|s:ta|st|s\.t|stiftelsen|föreningen|advokatfirman|advokatbyrån|firman|bolaget|kvarteret|kv\.?"
    r"|byrån|restaurang|restaurangen|pizzeria|pizzerian|café|hotell|skeppet|fartyget|båten|teatern|filmen|boken"
    r"|operation|projekt|projektet|programmet|gymnasiet|orkanen|stormen|fondens?|hunden|kungen?|drottning)\s+)$",
    re.IGNORECASE,
)
GLUED = re.compile(
    r".*(?:gatan?|vägen|torget|skolan?|parken|plan|mottagningen|huset|gården|hemmet|kyrkan|gymnasiet|byn|berget|stiftelsen)s?$"
)
VERB_AFTER = re.compile(
    r"(?:\s*[,(–-]\s*)?\s*(?:som|är|e|var|har|hade|blev|blir|ska|skulle|sitter|satt|står|kan|fick|får|finns"
    r"|döm\w+|grip\w+|grep\w*|häkta\w*"
    r"|anh\w+|misstänk\w+|utreds?|åtal\w+|polisanm\w+|anmäl\w+|efterlys\w+|slår|slog|s[aå]l[jd]\w*|köp\w*"
    r"|kör\w*|stal|stjäl|rån\w+|hot\w+|sköt|langa\w*|snatt\w+|erkän\w+|mår|gick|går|tog|tar"
    r"|kom|i åk|\d{1,2}\b|\(\d)",
)
NO_NAME = frozenset(
    """
    polisen polis kommun kommunen region regionen länsstyrelsen kriminalvården frivården socialtjänsten
    skolan rektor kommunpolis områdespolis tingsrätt tingsrätten hovrätten åklagare åklagaren svenska
    kyrkan syd nord öst väst väster öster norr söder södra norra östra västra gamla nya stora lilla
    sverige sveriges norge danmark finland europa stockholm brottsofferjouren rädda barnen röda korset
    folkets hus fryshuset ica coop willys lidl polismyndigheten bup hvb lvu lss sis brå sspf teams zoom
    facebook snapchat instagram tiktok signal telegram flashback januari februari mars april maj juni
    juli augusti september oktober november december måndag tisdag onsdag torsdag fredag lördag söndag
    dnr sms id pnr tel mobil fråga svar beslut åtgärd ordförande sekreterare närvarande möte mötet
    kontakt hells angels bandidos foxtrot audi bmw volvo mercedes toyota volkswagen linnéuniversitetet
    hon han de det den en ett enligt efter under när om vi jag ni du och men samt även också inte två
    tre fyra fem sex flera många någon några alla ingen inga eleven pojken flickan mannen kvinnan sonen
    dottern kille tjej misstänkt misstänkta häktad gripen anhållen dömd åtalad efterlyst polisanmäld
    känd tidigare langaren förövaren vad vem hur varför var ring mejla maila skriv boka kolla obs ps
    brott stöld rån mord hot dom domen straffet lob dna dömde straffade frikände lagförde häktade gripne
    misstänkte åtalade efterlyste kriminelle anhållne gängknutne
    """.split()  # noqa: SIM905
)
KIN_AFTER = re.compile(
    r"\s+(?:\w+\s+)?(?:son|dotter|bror|syster|man|fru|make|maka|sambo|ex\w*|pappa|mamma|far|mor|kusin|vän|kompis|pojkvän|flickvän"
    r"|granne|chef|kollega|barn|lillebror|storebror|lillasyster|föräldrar|vårdnadshavare|familj|släkting|barnbarn)\b"
)
FOREIGN = re.compile(
    r"[qwz]|^x|aa|ee|uu|oo|ii|kh|gh|dh|^[bcdfgjklmnprstv]h|ah$|[ğışçćčžšđłńêîûẞʿ]|i$|im$|ib$|ullah$"
)
PREPOSITION = re.compile(
    r"\b(?:i|på|från|till|vid|ur|inom|genom|hos|utanför|nära|runt|efter|kring|mellan|via|of|the)\s+$", re.I
)
CALLED = re.compile(
    r"\b(?:heter|hette|kallas|namnet|gripit|grep|häktat|häktade|anhållit|dömt|dömde|åtalat|åtalar|misstänker|misstänks|gripne|häktade"
    r"|dömde|åtalade|misstänkte|kriminelle|langaren|tjuven|förövaren|killen|pojken|mannen|sonen|eleven|grannen|hyresgästen|brodern"
    r"|ungdomen|flickan|tjejen|kvinnan)\s+$"
)
NOUN_ENDINGS = re.compile(
    r".*(?:åriga|årige|ning|ningen|ingar|heten|het|tion|tionen|skap|sen|ande|ende|else|aren|arna|erna|orna|polis|möte|mötet"
    r"|brott|ligt|iska|iskt|ades|ade|vägen|gatan|liden|hagen|torget|skolan|gruppen|tjänsten|kommun|parken|staden)$"
)
LOWER_SURNAME = re.compile(
    r".*(?:sson|qvist|kvist|ström|berg|gren|lund|vic|vić|ovic|ević|ski|ska|nen|lainen|oglu|oğlu|zadeh|pour|yan|ian)$"
)
