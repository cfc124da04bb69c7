"""How Swedish says of a person that they are suspected, convicted, detained, reported, known to the police.

Each entry: what it says, the forms, and beside them the harmless senses that are taken out first. A sentence is
read in lower case, with every person who is named in it as ¤ (whose name, ¤s with a genitive).
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Words(NamedTuple):
    says: str
    forms: str
    harmless: str = ""


NAMED = "¤"
CRIME = (
    r"\w*(?:stöld|stölder|misshandel|rån|brott|brottet|våld|våldet|hot|bedrägeri|våldtäkt|mord|dråp|inbrott|skadegörelse"
    r"|ofredande|häleri|förskingring|mened|förtal|övergrepp|trakasseri|förföljelse|narkotika\w*|knark\w*|smuggling|utpressning"
    r"|olaga|rattfylla|rattfylleri|rattonykterhet|fylleri|snatteri|klotter|brand|bränder|brandstiftning|penningtvätt|barnporr\w*"
    r"|sexköp|koppleri|människohandel|vållande|tjänstefel|smitning|fusk|bidragsfusk|innehav\w*|vapen\w*|kniv\w*|skjutning"
    r"|sprängning|detonation|förberedelse|anstiftan|medhjälp|stämpling|langning|hets|upplopp|sabotage|bestickning|mutor?|skattefusk"
    r"|skattebrott|kvinnofrid\w*|fridskränkning|hemfridsbrott|urkundsförfalskning|spioneri|terror\w*|barnmisshandel|djurplågeri"
    r"|trolöshet|svindleri|stalkning|störande|bråk|attack|attentat|sprit|droger|hasch|cannabis|kokain|amfetamin|tramadol|heroin"
    r"|gripandet|dödsmisshandel|knivdåd|överfall|köp|doping\w*|pedofili|hembränning)(?:s|en|ens|et|ets|er|erna|arna|n|na|ar)?\b"
)
_PERSON = (
    rf"(?:{NAMED}s?|han|hon|hen|honom|henne|dem|som|jag|de\s+båda|båda|\w*mannen|\w*kvinnan|\w*killen|\w*tjejen|\w*pojken|\w*flickan"
    r"|sonen|dottern|brodern|systern|maken|makan|frun|sambon|exet|ex|exman|exmannen|exmaken|pappan|mamman|fadern|modern|styvpappan"
    r"|styvfadern|kusinen|grannen|kompisen|vännen|kollegan|chefen|ledaren|kassören|ordföranden|eleven|ungdomen|personen"
    r"|(?:hans|hennes|deras|sin|min|vår|¤s)\s+(?:\w+\s+)?\w+|\w*(?:son|dotter|bror|brorsa|syster|morsa|farsa|pappa|mamma|kusin|granne"
    r"|kompis|vän|polare|sambo|man|kille|tjej|pojke|flicka|elev|person|kvinna|ledare|väktare|vakt|åring(?:en)?))"
)
_FEW = r"(?:\W+(?!att\b|när\b|som\b|någon\b|okänd\w*|inte\b|ungdomar\b|vi\b|man\b|de\b|folk\b|tjuvar\b)\w+){0,4}?\W+"
"""Up to four words, none of which brings another subject."""
_IS = r"(?:är|e|va|var|vart|blev|blir|bli|blivit|varit|vara|sitter|satt|suttit|anses|pekas|kallas|heter|ser)"
_WHOM = rf"(?:{NAMED}|honom|henne|dem|mannen|kvinnan|sonen|dottern|brodern|killen|tjejen|sin\s+\w+|hans\s+\w+|hennes\s+\w+|sina\s+\w+)"
_POLICE = r"(?:polis\w*|patrull\w*|\w*väktar\w*|\w*vakt\w*|insatsstyrkan|tullen|tullverket|kustbevakningen|säpo|åklagar\w*|span\w*)"
_COURT = r"(?:\w*rätten|\w*domstol\w*|nämndemän\w*|rätten)"

_LABELS = (
    r"(?:\w*gärningsman|\w*gärningsperson|förövare|\w*våldsutövare|våldsverkare|våldsman|\w*tjuv|\w*langare|\w*mördare|\w*rånare"
    r"|\w*våldtäktsman|pedofil|\w*bedragare|svindlare|hälare|mordbrännare|pyroman|\w*terrorist|stalker|snattare|\w*smugglare|skurk"
    r"|bov|värsting|ligist|huligan|kvinnomisshandlare|hustrumisshandlare|hustruplågare|kåkfarare|hembrännare|återfallsförbrytare"
    r"|förbrytare|\w*brottsling|utpressare|rattfyllerist|\w*kriminell|torped|hitman|skytt|\w*gängmedlem|\w*gängledare|gängtopp"
    r"|gangster|maffia\w*|målvakt|springpojke|\w*haj|inbrottstjuv|buse|bråkstake|knarklangare|knarkkung|hallick|sexköpare|djurplågare"
    r"|barnamördare|skinnskalle|nidingsman|vandal|klottrare|brandstiftare|fängelsekund|intern|livstidsfånge|fånge|straffånge|avhoppare)"
)

WORDS = (
    Words(
        "suspected",
        rf"\b\w*misstänkt\b|\b\w*misstänk(?:s|tes|ts)\b|\b(?:den|unge|unga|åt|av|är|vara)\s+misstänkte\b|\bmisstänkte\s+{NAMED}"
        rf"|\bmisstankar?n?a?\s+(?:om|mot|riktas|finns|föreligger)\b|\b(?:under|delgiv\w+|delge\w*)\s+(?:\w+\s+)?misstank\w+"
        rf"|\b(?:{_IS}|båda|bägge|skäligen|alla)\s+(?:\w+\s+){{0,2}}misstänkta\b|\bmisstänkta?\s*:|\bmisstänkta\b[^.]*\b(?:är|heter)\s+{NAMED}"
        rf"|\bmisstänk(?:er|te|t|a)\s+(?:att\s+)?{_WHOM}\s+(?:\w+\s+){{0,2}}(?:för|har|ligger|är|säljer|kör|langar|stulit|ljuger)\b"
        r"|\bmisstänkliggjord\w*",
        # The fire, the burglary and the leak are suspected, and the trend.
        rf"\bmisstänkta?\s+(?:\w*anlag\w+|{CRIME}|\w*(?:fall|röta|läcka|läckage|dödsfall|fel|fukt|mögel|mail|mejl|länk\w*|fordon|bil"
        r"|föremål|paket|väska|autism|adhd|förgiftning|gasutsläpp|aktivitet|händelse\w*|handel|försäljning|lokal\w*|konto|diagnos|smitta"
        r"|drograttfylleri|dricka|bluff\w*|spridning|handling\w*|transaktion\w*))\b"
        r"|\b(?:brand\w*|bränder\w*|fel\w*|läcka\w*|orsak\w*|det|detta|sms\w*|mejl\w*|statistik\w*|siffr\w*|paket\w*|bil(?:en)?)\s+(?:\w+\s+){0,3}misstänks\b"
        r"|\bmisstänkt\s+(?:hög|låg|lik|många|få|lågt|högt|likt|tyst|lugnt)\w*",
    ),
    Words(
        "arrested",
        rf"\bgreps\b|\bgrip(?:en|as|s|its|its)\b|\bgripit\b|\bgripna\b(?=\W*$|\s+(?:för|efter|i|av|på|och)\b)|\bomhändertog(?:s|\b).*{_POLICE}"
        rf"|\b{_POLICE}\b.{{0,40}}\b(?:grep|griper|gripa|haffade?|haffat|tog|tagit|plockade|plockat|fört|förde|hämtade)\s+(?:in\s+)?{_WHOM}"
        rf"|\b(?:grep|griper|gripa|gripandet\s+av|haffade?r?)\s+{_WHOM}|\bhaffa(?:d|des|ts)\b|\b(?:åk(?:er|te|t|a)\s+(?:fast|dit))\b"
        rf"|\b(?:tagen|tagits|togs|tas|tagna|plockad|plockades|plockats|hämtad|hämtades|hämtats|förd|fördes|inplockad|stoppad|stoppades"
        rf"|jagad|jagas|jagades|eskorterad)\s+(?:\w+\s+){{0,3}}(?:av|till)\s+(?:\w+\s+)?(?:{_POLICE}|arrest\w*|förhör\w*|häkte\w*)"
        r"|\bplockad(?:es)?\s+in\b|\b(?:tagen|togs|tagits)\s+(?:på\s+bar\s+gärning|med\s+(?:\w+\s+)?(?:knark|droger|narkotika|kniv|vapen|hasch|stöldgods))"
        r"|\b(?:på\s+bar\s+gärning|ertappa(?:d|des|ts)|påkommen|påkoms|påträffades?\s+med)\b|\b(?:i|ur|från)\s+(?:arresten|fyllecellen|polisarrest\w*)\b"
        r"|\bgripande\w*\s+av\s+¤|\bpolisingripande\w*\s+mot\s+¤",
        r"\bgripande\s+(?:\w+\s+)?(?:föreläsning|berättelse|film|möte|föredrag|tal|vittnesmål|stund|skildring|inslag|bok)\w*"
        r"|\bgripen\s+av\s+(?!polis|väkt|vakt|tull|civil|patrull)\w+|\bgreps\s+av\s+(?!polis|väkt|vakt|tull|civil|patrull)\w+|\bgrips\s+av\s+(?:\w+\s+)?\w+"
        r"|\b(?:tar|tog|tagit)\s+fast\s+på\b|\båk(?:er|te|t)\s+fast\s+i\s+(?:snö|lera|trafik|kö|hissen)\w*",
    ),
    Words(
        "detained",
        rf"\b\w*häktad\b|\bhäkta(?:s|des|ts)\b|\bhäktade?\b(?=\s+(?:{NAMED}|på\s+sannolika))|\b{_COURT}\s+häktade\b|\bhäktning(?:en|s\w+)?\s+av\b"
        rf"|\b(?:begärs|begärdes|begärts|begärd|begär\w*)\s+(?:\w+\s+)?häkt\w*|\b(?:{_IS})\s+(?:\w+\s+){{0,2}}häktade\b|\b(?:i|ur|från|på)\s+häkte\b"
        rf"|\b(?:sitter|satt|suttit|sitta|släppt\w*|släpps|förd\w*|kvar|hamna\w*)\s+(?:\w+\s+){{0,2}}(?:i|på|ur|från|till)\s+häktet\b"
        rf"|\bhäktningsförhandling\w*\s+(?:mot|för|med|om)\s+{NAMED}|{NAMED}s?\s+häktning\w*|\banhåll(?:en|na|its|s)\b|\banhölls\b|\banhöll\s+{_WHOM}"
        rf"|\banhållit\s+{_WHOM}|\bfrihetsberöva\w+|\bsitter\s+(?:\w+\s+){{0,2}}anhåll\w+",
        r"\bhäkta(?:d|de|t|des|s)\s+(?:på|av|upp|fast|i|ihop)\s+(?!sannolika|goda|skälig|sin\s+frånvaro|går|natt|dag|förr|helg|måndag|kalmar|växjö)\w+"
        r"|\b(?:anhåll(?:er|as|it|a|s)|anhöll|anhölls)\s+om\b|\banhållan\b",
    ),
    Words(
        "in prison, on probation",
        rf"\b(?:sitter|satt|suttit|sitta|sitt(?:er|a)\s+fortfarande|åk(?:er|te|t|a)|hamna(?:r|de|t)|kom(?:mer|mit)?|släpp\w+|rym\w+|avvek|permission)\s+(?:\w+\s+){{0,3}}"
        r"(?:inne|inlåst|inspärrad|i\s+fängelse\w*|på\s+fängelse\w*|från\s+fängelse\w*|ut\s+från\s+fängelse\w*|ur\s+fängelse\w*|på\s+kåken|på\s+anstalt\w*"
        r"|i\s+finkan|i\s+buren|på\s+(?:kumla|hall|saltvik|hinseberg|tidaholm|norrtälje|skänninge|österåker|viskan|kirseberg|fosie|mariefred|salberga"
        r"|hällby|brinkeberg|färingsö|ystad|anstalten\s+\w+)|från\s+anstalt\w*|på\s+institution|bakom\s+galler|bakom\s+lås)\b"
        r"|\bbakom\s+galler\b|\bpå\s+kåken\b|\b(?:in|ut)sl[uä]ppt\s+från\s+(?:anstalt|fängelse|häkte)\w*|\bmucka(?:r|de|t)\b|\binburad\w*|\bburades\s+in\b"
        r"|\b(?:villkorligt\s+)?(?:frigiven|frigavs|friges|frigivits|frigivning\s+av)\b|\b(?:har|bär|går\s+med|fick|fått|ålagd|dömd\s+till|med)\s+(?:elektronisk\s+)?fotboja\b"
        r"|\bintensivövervakning\s+(?:till|för)\b|\bav(?:tjänar|tjäna|tjänade|tjänat|tjänar)\b|\b(?:på|under)\s+(?:\w+\s+)?övervakning\s+(?:av|hos|från)\s+frivård\w*"
        rf"|\b(?:under|har|fått|fick|står\s+under)\s+övervakning\b|\b(?:skyddstillsyn|samhällstjänst|ungdomsvård|ungdomstjänst|övervakare|kontraktsvård)\w*\s+(?:för|åt|till)\s+{NAMED}"
        rf"|\b(?:fick|fått|får|har|gör|döms?|dömd|under)\s+(?:\w+\s+){{0,2}}(?:skyddstillsyn|samhällstjänst|ungdomstjänst|ungdomsvård|kontraktsvård|påföljd|villkorlig|dagsböter)\b"
        r"|\bfrivårdsklient\w*|\bklient\s+(?:hos|på|inom)\s+(?:frivård|kriminalvård)\w*|\bintagen\s+på\s+(?:anstalt|kumla|hall|fängelse)\w*|\bintern\s+på\b|\bpå\s+rymmen\b",
        r"\b(?:med|om)\s+fotboja\s*:|\bkontaktförbud\s+med\s+fotboja\b",
    ),
    Words(
        "convicted, acquitted",
        rf"\bdömd\b|\b\w{{0,4}}döm(?:des|ts)\b|\bdöms\b|\b(?:{_IS})\s+(?:\w+\s+){{0,2}}dömda\b|\bdömda?\s+för\b|\b(?:{_COURT})\b.{{0,40}}\b(?:dömer|dömde|dömt|fällde|fäller|friade|friar)\b"
        rf"|\b(?:dömer|dömde|dömt|fällde|friade)\s+{_WHOM}|\bdom(?:en|ar|arna)?\s+(?:mot|för|över)\s+{_WHOM}|\b(?:fällande|villkorlig|friande)\s+dom\b|\bfäll(?:d|des|ts|s)\s+(?:för|i)\b"
        r"|\b(?:tidigare|för|ej|flerfaldigt|flera\s+gånger)\s*straffad\b|\bförstraffad\b|\bstraffa(?:d|des|ts)\b|\blagförd\w*|\blagför(?:s|des|ts)\b|\bfrikän(?:d|des|ts|ns)\b|\bfria(?:d|des|ts)\b"
        rf"|\bstraff(?:et)?\s+(?:för|mot)\s+{_WHOM}|{NAMED}s\s+(?:fängelse)?(?:straff\w*|dom|domen|brott|brottslighet|åtal|rättegång)\b"
        r"|\b(?:fick|fått|får|till|döm\w+)\s+(?:\w+\s+){0,2}(?:fängelse\w*|livstid|dagsböter|böter|bötesstraff|villkorligt|ovillkorlig\w*|sluten\s+ungdomsvård|rättspsyk\w*)\b"
        r"|\b(?:fick|fått|får)\s+(?:\w+\s+)?(?:dagar|månader|månaders|år|års)\s+(?:för|i|på|fängelse|på\s+anstalt)\b|\bskyldig\s+till\b|\bfängelse\s+i\s+\w+\s+(?:år|mån)",
        r"\b(?:dömd|dömt|dömda)\s+(?:att|på\s+förhand|till\s+misslyckande|till\s+undergång|ut|av\s+domare)\b|\bdömd\s+att\b|\b(?:för|be|ut|av)döm\w+"
        r"|\bdöms?\s+(?:matchen|av)\b|\bfria(?:d|t|de)?\s+till\b|\bparkeringsböter\b|\bbötesbelopp\b|\bfick\s+(?:\w+\s+)?böter\s+för\s+(?:felpark|parkering)\w*",
    ),
    Words(
        "charged, on trial",
        rf"\båtala(?:d|s|des|ts|de)\b(?!\s+(?:brott|gärning))|\bväck(?:er|te|t|ts|s|tes)\s+åtal\b|\båtal(?:et|en)?\s+(?:mot|väck\w*|är\s+väckt)|\b(?:rättegång|huvudförhandling|förhandling|process|målet?|ärendet?|rättsfall)\w*\s+mot\s+{_WHOM}"
        rf"|\b(?:in|ställ\w*|står|stod)\s*(?:in)?för\s+(?:rätta|rätten|domstol|tingsrätt\w*)\b|\binför\s+rätta\b|\bsin\s+(?:egen\s+)?(?:rättegång|häktningsförhandling|huvudförhandling|dom)\b|\bstämd\s+för\b|\båklagar\w*\s+yrkar\b|\bstrafförelägga\w*",
    ),
    Words(
        "wanted, looked for",
        rf"\b(?:{_IS}|nationellt|internationellt|fortfarande|nu|lysts|lyst)\s+(?:\w+\s+){{0,2}}efterlyst\b|\befterlyst\b(?=\W*$|\s*[:,(]|\s+(?:sedan|av|för|i|över|nationellt|internationellt|efter|person)\b)|\befterlys(?:es|tes|ts)\b"
        rf"|\b(?:på\s+flykt|eftersökt|jagad|jagas|gått\s+under\s+jord\w*|håller\s+sig\s+undan)\b|\b{_POLICE}\s+(?:\w+\s+)?(?:letar\s+efter|söker\s+efter|jagar|jagade|spanar\s+(?:på|mot|efter)|bevakar|följer|har\s+ögonen\s+på|håller\s+(?:koll|ögonen)\s+på|vill\s+få\s+tag\s+i)\s+{_WHOM}"
        r"|\bhäktningsorder\b|\befterlysning(?:en)?\s+(?:av|på|efter)\b|\binterpol\b",
        r"\b(?:har|hade|vi|ha)\s+efterlyst\s+(?!av|i|för|sedan)\w+|\befterlys(?:ta|tes?)\s+(?:uppgift|siffr|statistik|rapport|exempel|fler|mer)\w*"
        r"|\befterlys(?:s|es|ts|tes)\s+(?:\w+\s+)?(?:av\s+många|fler|mer|statistik|exempel|kunskap|metoder)\b",
    ),
    Words(
        "reported to the police",
        rf"\bpolisanmäl(?:d|des|ts|s|as)\b|\bpolisanmält?\s+{_WHOM}|\bpolisanmäl(?:er|de|a)\s+{_WHOM}|\b(?:polis)?anmäl(?:an|ningar?|ningarna|ningen)\s+(?:\w+\s+){{0,3}}(?:mot|på)\s+{_WHOM}"
        rf"|\banmäl(?:d|da|des|ts|s)\b.{{0,40}}\b(?:till|hos|av|för)\s+(?:\w+\s+)?polis\w*|\banmäl(?:d|da|des|ts|s)\s+(?:\w+\s+){{0,2}}(?:för|som\s+misstänkt)\s+(?:\w+\s+){{0,2}}{CRIME}"
        rf"|\banmäl(?:de|er|t|a)\s+{_WHOM}\s+(?:\w+\s+){{0,3}}(?:för|till\s+polis\w*|hos\s+polis\w*)|\b(?:anmäld|anmäldes|anmälts)\s+för\s+(?:att\s+ha|att)\b"
        rf"|\b(?:anklaga|beskyll|utpeka|peka)(?:d|des|ts|s|t|de|r|er)?s?\s+(?:ut\s+)?(?:för|som|av)\b|\b(?:anklagade?r?|beskyllde?r?)\s+{_WHOM}|\banklagelser\w*\s+mot\s+{_WHOM}|\b(?:åtals|brotts)anmäl(?:d|des|ts)\b|\bpolisanmälan\s+(?:mot|på)\s+",
        r"\bpolisanmäl(?:s|as|des|da|d|ts)\s+(?:av\s+)?(?:all\w*|brott\w*|skadegörelse\w*|klotter\w*|stöld\w*|inbrott\w*|händelse\w*|ärende\w*)\b"
        rf"|\b(?:{CRIME}|skadegörelsen|händelsen|klottret|det|detta|allt|incidenten|ärendet|hotet|bilen|cykeln|cyklarna)\s+(?:\w+\s+){{0,2}}(?:polis)?anmäl(?:d|des|ts|s|da|t)\b"
        r"|\banmäl(?:d|da|des|ts|s)\s+(?:\w+\s+)?(?:till|som)\s+(?!polis|misstänkt)\w+"
        r"|\banmäl(?:de|er|t|a)\s+(?:sig|förhinder|intresse|ärende\w*|fråga\w*|sjuk\w*)\b",
    ),
    Words(
        "under investigation",
        rf"\b(?:förundersökning|brottsutredning|utredning|internutredning|polisutredning)\w*\b.{{0,40}}\b(?:mot|kring|gällande)\s+(?:\w+\s+)?{_WHOM}|\b(?:föremål|aktuell|ämne)\s+för\s+(?:\w+\s+)?(?:förundersökning|utredning|brottsutredning|spaning)\w*"
        rf"|\butred(?:s|d|des|tts|da)\s+(?:\w+\s+){{0,2}}(?:för|av\s+polis\w*|av\s+åklagar\w*)\b|\b{_POLICE}\s+utreder\s+{_WHOM}|\bförhör(?:s|d|des|ts|da)\b|\b(?:kallad|kallas|kallats|hämtad|inkallad|tagen|togs)\s+(?:\w+\s+){{0,2}}(?:till|in\s+på)\s+(?:polis)?förhör\w*"
        rf"|\bförhör(?:et|en)?\s+(?:med|av)\s+{_WHOM}|\bunder\s+(?:förundersökning|utredning|spaning)\b|\b(?:husrannsakan|razzia|tillslag)\w*\s+(?:hos|hemma\s+hos|mot)\s+{_WHOM}|\b(?:genomsökt\w*|stormade)\b.*{NAMED}s?\s+(?:lägenhet|hem|bostad)"
        rf"|\b(?:avlyssnas|avlyssnats|telefonavlyss\w+)\b|\bärende(?:t|n)?\s+hos\s+polisen\s+(?:mot|om)\s+{NAMED}|\bbeslagtagit?s?\s+(?:från|hos)\s+{NAMED}",
    ),
    Words(
        "known to the police",
        rf"\b\w*känd\w*\s+(?:\w+\s+){{0,2}}(?:av|hos|för|inom)\s+(?:\w+\s+)?(?:{_POLICE}|\w*myndighet\w*|rättsväsende\w*|socialtjänst\w*|kriminalvård\w*|rättsvård\w*)|\bpolisbekant\w*|\b(?:bekant|ansikte|namn|kund|kunder)\s+(?:\w+\s+)?(?:för|hos|av)\s+{_POLICE}"
        rf"|\b{_POLICE}\s+(?:\w+\s+)?(?:känner|kände|vet|visste)\s+(?:\w+\s+){{0,2}}(?:till\s+|vem\s+)?{_WHOM}|\b(?:förekommer|finns|finnas|figurerar|ligger|står|är|hamnat|fanns|förekommit|syns|prick|anmärkning\w*|noterad|registrerad|träff)\s+(?:\w+\s+){{0,3}}(?:i|på|hos)\s+(?:polisens\s+|rättsväsendets\s+)?"
        r"(?:\w*register|\w*registret|belastnings\w*|misstanke\w*|brottsregist\w*|straffregist\w*|polisens\s+(?:\w+\s+)?(?:lista\w*|radar\w*|register|ögon|system|databas|spaningslista))\b"
        r"|\b(?:hos|i)\s+polisens\s+(?:register|lista|spaningsregister)|\bpolisens\s+lista\s+över\b|\b(?:kriminell|brottslig|tung|stökig)\s+bakgrund\b|\bkriminellt\s+(?:förflutet|liv|leverne)\b|\bkriminella\s+(?:liv|förflutna|bakgrund|karriär|bana|livsstil)\b"
        r"|\b(?:bakgrund|förflutet|förflutna)\s+(?:i|inom|som)\s+(?:\w*gäng\w*|\w*krimin\w*|\w*brott\w*|mc-\w+|\w*narkotika\w*|\w*missbruk\w*)|\bbrottsbelasta\w+|\bbelastad\b|\bstraffregister\b|\bockuperad\b|\bprick(?:ar)?\s+i\b|\bbrottsaktiv\w*",
        r"\butdrag\s+(?:ur|från)\s+(?:belastnings|misstanke)\w*|\bbelastningsregistret\s+(?:krävs|kontrolleras|begärs|behövs|visas)\b|\bkontaktregist\w*|\bi\s+registret\b(?!\s+hos\s+polis)|\bdeltagarregist\w*",
    ),
    Words(
        "criminal, in a gang",
        rf"\b(?:{_IS}|själv|en|som|den|yrkes\w*|livsstils\w*|tung|grovt|väldigt|ökänd|gäng)\s*(?:\w+\s+)?(?:\w*kriminell|\w*kriminelle)\b(?!\s+(?:verksamhet|handling|gruppering|miljö|ekonomi|livsstil|aktivitet|organisation|marknad|grupp|konstellation|värld|utnyttjande|rekrytering|liga|gärning))"
        rf"|\bkriminelle\b|\b\w*kriminell\s+{NAMED}|\b(?:livsstils|yrkes|gäng|vane)kriminell\b|\b(?:umgås|umgicks|umgåtts|häng\w*|kopplingar?|koppling|kopplad|kopplas|band|kontakter?|samröre|rör\w*\s+sig|skuld\w*|relation\w*)\s+(?:\w+\s+){{0,2}}(?:med|till|i|hos|bland|åt)\s+(?:\w+\s+){{0,2}}"
        r"(?:\w*kriminella|\w*gänget|\w*gäng|\w*nätverket|kriminella\s+\w+|mc-\w+|\w*ligan?|undre\s+världen|foxtrot|dalen\w*|hells\s+angels|bandidos|\w*maffia\w*|extremist\w*|islamist\w*|nazist\w*)\b"
        r"|\b(?:tillhör|tillhörde|tillhört|ingår\s+i|ingått\s+i|ingick\s+i|med\s+i|medlem\s+i|medlem\s+av|medlemmar\s+i|aktiv\s+i|lämna\w*|lämnat|hoppa\w*\s+av\s+från|hoppat\s+av|gått\s+med\s+i|gick\s+med\s+i|rekrytera\w*\s+(?:av|till|åt|in\s+i)|värva\w*\s+(?:av|till|åt)|leder|ledde|styr|dras\s+in\s+i|indragen\s+i|inblandad\s+i|springer\s+(?:ärenden\s+)?åt|jobbar\s+(?:åt|för)|säljer\s+åt|kör\s+åt)\s+(?:\w+\s+){0,3}"
        r"(?:\w*gäng|\w*gänget|\w*gänget?s|kriminellt\s+nätverk|kriminella\s+nätverk\w*|\w*narkotikanätverk\w*|mc-\w+|\w*ligan?|brottsaktiva|kriminella|kriminell\s+\w+|hells\s+angels|bandidos|foxtrot\w*|dalen\w*|maffian?|\w*livsstilskriminella)\b"
        rf"|\bgängmedlem\w*|\bgängledar\w*|\b(?:ledar\w*|boss\w*|toppen|medlem\w*)\s+(?:för|i|av|på|inom)\s+(?:\w+\s+)?(?:gänget|\w*gäng|ligan|kriminell\w*|nätverket\s+i)|\b(?:avhoppar(?:e|en)|avhoppad)\s+{NAMED}|\bavhoppar(?:e|en)\s+(?:från|ur)\b|\bär\s+(?:\w+\s+)?avhoppare\b|\b(?:lämna|lämnat|lämnade|lämnar)\s+gäng\w*|\bgängkriminell\b|\brekryterar?\s+(?:\w+\s+){{0,3}}(?:till|åt|på|i|för)\b.*{NAMED}?",
        r"\b(?:arbet\w*|jobb\w*|forsk\w*|insats\w*|samtal\w*|föreläs\w*)\s+(?:med|mot|om|kring)\s+(?:\w+\s+)?(?:kriminella|gäng\w*|avhoppar\w*|rekryter\w*)"
        r"|\brekryter(?:ar|ade|at|a|ing\w*)\s+(?:\w+\s+){0,3}(?:nattvandrar|volontär|vuxna|fältare|samordnare|handläggare|personal|ledare|gode|kontaktpersoner|familjehem|medlemmar|ombud|värdar|deltagare|föräldrar|polis\w*)\w*",
    ),
    Words(
        "called an offender",
        rf"\b(?:{_IS}|som|en|ökänd\w*|känd\w*|misstänkt|dömd|notorisk|riktig|tidigare|före\s+detta|f\.d\.|ex-?)\s+(?:\w+\s+){{0,3}}{_LABELS}\b|\b\w*(?:langaren|tjuven|förövaren|våldsutövaren|mördaren|rånaren|våldtäktsmannen|gärningsmannen|gärningspersonen|bedragaren|pedofilen|brottslingen|hälaren|pyromanen|mordbrännaren|skytten|terroristen"
        rf"|stalkern|smugglaren|skurken|boven|ligisten|huliganen|hustrumisshandlaren|kvinnomisshandlaren|utpressaren|snattaren|torpeden|klottraren|inbrottstjuven|gangstern|buset|förbrytaren|brottslingen|hembrännaren|knivmannen|attentatsmannen|fången|internen|svindlaren)s?\b"
        rf"|{NAMED}\s*[,(–:-]\s*(?:\w+\s+){{0,2}}{_LABELS}\b|{_LABELS}\s*:\s*{NAMED}|\b{_LABELS}\s+{NAMED}",
        r"\b(?:arbet\w*|jobb\w*|stöd\w*|insats\w*|program\w*|behandling\w*|samtal\w*|föreläs\w*)\s+(?:\w+\s+)?(?:med|för|till|om|kring|mot)\s+(?:\w+\s+)?(?:våldsutöv|förövar|gärnings|avhopp)\w*",
    ),
    Words(
        "has done something",
        rf"\b{_PERSON}{_FEW}(?:misshandlar?|misshandlade?|misshandlat|rånat|rånade|rånar|stulit|stal|stjäl|snattat|snattar|snattade|langat|langar|langade|smugglat|smugglar|smugglade|mördat|mördade|dödat|dödade|våldtagit|våldtog|våldtar|stalkar|stalkade|stalkat|förföljer|förföljde"
        rf"|ofredar|ofredade|ofredat|trakasserar|trakasserat|trakasserade|bedragit|bedrog|bedrar|förskingrat|förskingrade|svindlat|fifflat|fifflar|vandaliserat|klottrat|klottrar|klottrade|knivhögg|knivhuggit|knivskar|knivskurit|förgripit|förgrep|antastat|antastade|utpressar|utpressat|pressar\s+(?:\w+\s+){{0,3}}på\s+pengar|mutat|mutade|ljugit\s+för\s+polisen|kört\s+rattfull|rymt|avvikit\s+från)\b"
        rf"|\b{_PERSON}{_FEW}(?:slår|slog|slagit|sparkat|sparkade|knuffat)\s+(?:sin|sina|sitt|ihjäl|ner|honom|henne|dem|barnen|frun|mamman|{NAMED}|en|ett|två|sönder|till\s+(?:sin|en|honom|henne))\b"
        rf"|\b{_PERSON}{_FEW}(?:hota[rt]|hotade|hotat)\s+(?:\w+\s+){{0,2}}(?:att|sin|sina|en|ett|flera|honom|henne|dem|personal\w*|lärar\w*|vakt\w*|{NAMED}|grann\w*|med|till\s+livet|\w+n|\w+na)\b"
        rf"|\b{_PERSON}{_FEW}(?:säljer|sålt|sålde|sälja|köper|köpt|köpte|har|hade|haft|kör|kört|körde|fraktar|odlar|odlat|odlade|göm\w+|förvarar|förvarade|smugg\w+|innehar|tillverkar|delar\s+ut|bär|bar|viftat?\s+med|hittades\s+med)\s+(?:\w+\s+){{0,3}}(?:droger|narkotika|knark|hasch|cannabis|tramadol|piller|vapen|pistol\w*|kokain|amfetamin|spice|heroin|lustgas|stöldgods|kniv|hembränt|smuggelsprit|smuggelcig\w+|barnporr\w*|anabola|gräs)\b"
        rf"|\b{_PERSON}{_FEW}(?:kör|körde|kört|åker)\s+(?:\w+\s+)?(?:full|onykter|berusad|rattfull|rattonykter|drograttfull|påverkad|utan\s+körkort)\b"
        rf"|\b{_PERSON}{_FEW}(?:sköt|skjutit|skjuter)\s+(?:mot|på|ihjäl|en|ner|{NAMED}|sin|två|i)\b|\b{_PERSON}{_FEW}(?:begått|begick|begår|utfört|utförde|medverkat\s+(?:till|i|vid)|deltagit\s+i|planerat|planerar)\s+(?:\w+\s+){{0,3}}{CRIME}"
        rf"|\b(?:erkänt|erkände|erkänner|nekar|nekade|nekat)\s+(?:till\s+)?(?:\w+\s+){{0,2}}{CRIME}|\bnekar\s+till\b|\b(?:inblandad|delaktig|involverad|medskyldig|medhjälpare)\s+(?:\w+\s+)?(?:i|till|vid)\s+(?:\w+\s+){{0,3}}{CRIME}|\b(?:ligger|låg|legat|står|stod|stått)\s+bakom\s+(?:\w+\s+){{0,2}}{CRIME}"
        rf"|\b{_PERSON}{_FEW}(?:tänt\s+eld|tände\s+eld|tänt\s+på|tände\s+på|anlagt|anlade|eldat\s+upp|sprängt|sprängde|brutit\s+sig\s+in|bröt\s+sig\s+in|slagit\s+sönder|krossat|krossade|fuska[rt]\s+med|fuskade\s+med|lurat|lurade|lurar\s+(?:av|till\s+sig|äldre|pensionärer)|blåst)\b(?!\s+en\s+lösning)"
        r"|\b(?:har|hade|fått|fick|meddela\w*|ålagd|bryter\s+mot|brutit\s+mot|bröt\s+mot|överträtt|överträder|överträdelse\s+av)\s+(?:\w+\s+){0,2}(?:kontaktförbud|besöksförbud|tillträdesförbud|vistelseförbud|näringsförbud)\w*"
        rf"|\b(?:kontaktförbud|besöksförbud|tillträdesförbud|näringsförbud|vistelseförbud)\w*\s+(?:mot|för|gentemot)\s+(?:\w+\s+)?{_WHOM}",
        r"\bslår\s+(?:ett\s+slag|an\b|fast\b|vakt\b|sig\s+samman|ihop)|\bslog\s+(?:fast|ihop)\b|\bkör\s+(?:en\s+)?(?:utbildning|kurs|projekt)\w*|\blurat\s+på\b|\bmed\s+full\b",
    ),
)

GROUP = re.compile(
    r"\b(?:andel|antal|statistik|procent|procentandel|enkät|genomsnitt|rapport|studie|forskning|kurvan?|lagförslag|lagändring|lagstiftning)\w*\b|\d\s*%|\bper\s+(?:1\s?000|100\s?000|tusen)"
    r"|\b(?:misstänkta|dömda|gripna|häktade|lagförda|åtalade|kriminella|frigivna|anmälda)\s+(?:unga|ungdomar|personer|barn|under|brott|män|kvinnor|i\s+åldern|gärningsm\w+|för\s+brott|bidragsbrott)\b",
    re.IGNORECASE,
)
"""A number or a kind of people is spoken of; then only what is said in the singular counts."""
