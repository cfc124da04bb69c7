"""How Swedish speaks of one child, and of health, care and guardianship."""

from __future__ import annotations

import re

_AGE = r"(?:\d|1[0-7]|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|tretton|fjorton|femton|sexton|sjutton)"

CHILD = re.compile(
    rf"""
      \b(?:\w*elev|\w*eleven|\w*elevens|barnet|barnets|spädbarnet|fosterbarnet|bebisen|bebis|pojke|pojken|pojkens|flicka|flickan|flickans
        |tjej|tjejen|tjejens|kille|killen|killens|grabben|grabbens|sonen|sonens|dottern|dotterns|lillebrodern|lillebror|lillasyster
        |ungdomen|ungdomens|(?:en|ett|ena|yngsta|äldsta)\s+av\s+(?:pojkarna|flickorna|barnen|eleverna|ungdomarna|killarna|tjejerna|sönerna|döttrarna)|tonåring|tonåringen|tonåringens|tonårspojke\w*|tonårsflicka\w*|barnbarnet|skolbarn|skolpojke|skolflicka
        |skolkamraten|klasskamraten|minderårig|minderårige|den\s+unge|den\s+unga|den\s+unges|nyfödda?|styvson\w*|styvdotter\w*
        |ungen|telningen|högstadieelev\w*|gymnasisten|gymnasist)\b(?!/)
    | (?<![\w¤])(?:hennes|hans|deras|sin|sitt|min|mitt|¤s)\s+(?:\w+\s+)?(?:son|dotter|barn|unge|barnbarn|lillebror|lillasyster|bebis|tonåring)\b
    | \b(?:ett|detta|samma|ensamkommande\s+ett)\s+(?:\w+\s+)?barn\b
    | \b(?:en|ett)\s+(?:\w+\s+)?(?:ungdom|son|dotter|unge|tonåring|ung\s+person|ung\s+(?:tjej|kille|flicka|pojke|man|kvinna))\b
    | \b{_AGE}(?:\s*-\s*|\s+|)åring(?:en|ens|s)?\b
    | \b{_AGE}(?:\s*-\s*|\s+|)årig(?:a|e|t)?\s+(?:\w+\s+)?(?:pojke|flicka|tjej|kille|elev|son|dotter|barn|person|yngling)\w*
    | \b(?:femman|sexan|sjuan|åttan|nian|(?:femte|sjätte|sjunde|åttonde|nionde)klassare?n?)\b
    | ¤s?\s*(?:,\s*|\(\s*|\s+)(?:(?:en|som\s+(?:är|går))\s+)?(?:\w+\s+)?(?:(?:är|på|snart|nu|fyllda?|född)\s+)?{_AGE}\s*(?:år|\)|,|åring|bast|\s+och\b)
    | ¤[^.;]{{0,30}}?\b(?:{_AGE}\s+år(?:\s+gammal)?|i?\s*(?:åk|klass|årskurs|årskull)\.?\s*(?:f|\d)\w?|{_AGE}-åring\w*|i\s+(?:lågstadie|mellanstadie|ettan|tvåan|trean|fyran|femman|sexan|sjuan|åttan|nian|förskoleklass\w*|förskolan|\w*stadiet|gymnasiet|nollan))\b
    | \b(?:åk|klass|årskurs)\s*\d\w?\b[^.;]{{0,20}}¤
    | \b(?:f\.|född)\s*20(?:09|1\d|2\d)\b
    """,
    re.VERBOSE,
)
"""One child or young person who is pointed out; ¤ is a name."""

ADULT = re.compile(
    r"\b(?:1[89]|[2-9]\d)(?:\s*-\s*|\s+)(?:år\b|årig\w*|åring\w*)|\bvuxn?a?e?\s+(?:son|dotter|barn|kille|tjej)\w*"
    r"|\b(?:killen|tjejen|kille|tjej|elev)\s+på\s+(?:komvux|kontoret|sfi|polisen|banken|kommunen|folkhögskol\w*)"
)

MATTER = re.compile(
    r"""
      \b(?:adhd|add|npf|ptsd|ocd|autis\w*|asperger\w*|\w*diagnos\w*|tourette\w*|språkstörning|dyslexi|\w*dyslektiker|dyslektisk|dyskalkyli
        |\w*funktionsned\w*|\w*funktionsvari\w*|utvecklingsstör\w*|\w*mutism|depress\w*|deprimer\w*|\w*ångest\w*|panikattack\w*|\w*ätstör\w*|anorex\w*|anorektiker
        |bulimi\w*|\w*trauma\w*|psykos\w*|psykotisk\w*|psykiatri\w*|\w*psykiatrin?s?\b|psykofarmaka|psykolog(?!en\s+på)\w*|psykiskt?|tvångs(?:tank|syndrom)\w*|fobi\w*|hallucin\w*|schizo\w*|bipolär|schizofren\w*|borderline|neuropsyk\w*
        |självskad\w*|självmord\w*|suicid\w*|överdos\w*|\w*missbruk\w*|beroende|\w*beroendevård\w*|\w*beroendemottag\w*|avgift\w*|behandl\w*hem\w*|behandlas|behandling
        |gravid\w*|abort\w*|havande|bup|barnpsyk\w*|barn-\s+och\s+ungdomspsyk\w*|ungdomspsyk\w*|habilitering\w*|\w*medicin(?:er|en|erad|eras|erar|ering|eringen|erna)?|tabletter|antidepressiv\w*|insulin
        |sjukskriv\w*|sjukhus\w*|sjukdom\w*|\w*sjuk(?:t)?|cancer\w*|leukemi|diabetes|diabetiker|epilep\w*|astma|allergi\w*|hiv|könssjukdom|klamydia|hjärnskad\w*|inlagd|inskriven\s+på|\w*utmatt\w*|utbränd\w*
        |lvu|lvu-\w+|lss|lss-\w+|lpt|lvm|omhändertag\w*|omhändertog\w*|\w*familjehem\w*|fosterhem\w*|fosterfamilj\w*|jourhem\w*|hvb|hvb-\w+|sis|sis-\w+|placerad|placerat|placeras|placerades|placerats|omplacer\w*
        |(?:\w*hems|om|sis-|hvb-|familjehems)?placering(?:en)?|stödboende\w*|kontaktfamilj\w*|tvångsvård\w*|samhällsvård\w*|\w*orosanmäl\w*|vårdnad(?:en|stvist\w*|sutredning\w*|smål\w*)?|vårdnadshavare\s+som|(?:särskild\s+)?förordnad\s+vårdnadshavare
        |förmyndar\w*|umgänge\w*|umgås\s+med\s+sin\s+(?:pappa|mamma)|barnavårdsutred\w*|bbic|särskol\w*|anpassad\s+grundskola|kris(?:samtal|stöd)|självmedicin\w*|intoxikation\w*|magpump\w*|rehab\w*|ltm|åderlåt\w*
        |skyddat\s+boende|könsidentitet\w*|transperson|skolpsykolog\w*|terapi\w*|ssri|adoptera\w*|biologiska\s+(?:mamma|pappa|föräldra)\w*|akutplacer\w*|låst\s+avdelning|ungdomshem\w*|läkarvård|akuten|psyket|psykakut\w*)\b
    | \b(?:god|gode)\s+man\b
    | \bmå(?:r|tt|dde|dd)\s+(?:\w+\s+){0,3}(?:dåligt|skit|kasst|uselt|pissigt|piss|risigt|sämre|illa|riktigt\s+dåligt|inget\s+vidare|psykiskt|jättedåligt|skitdåligt|ruttet|inte\s+bra)\b
    | \bmå(?:r|dde)\s+inte\s+(?:\w+\s+)?bra\b
    | \b(?:skär|skar|skurit|bränner|rispar)\s+sig\b
    | \b(?:ta|tagit|tog|ta\s+livet|tagit\s+livet)\s+(?:sitt\s+liv|livet\s+av\s+sig|livet\s+av)\b
    | \b(?:inte|ej)\s+(?:\w+\s+)?(?:leva|vill\s+leva)\b | \b(?:vill|ville|velat)\s+dö\b
    | \b(?:väntar|väntade)\s+barn\b | \bi\s+(?:\w+\s+)?(?:månaden|veckan)\s+gången\b
    | \b(?:röker|rökt|rökte|knarkar|knarkat|drogar|tar|tog|tagit|provat|testat|använder|missbrukar|äter|går\s+på|påverkad\s+av|hög\s+på|super|dricker)\s+(?:\w+\s+){0,2}(?:på|droger|knark|narkotika|hasch|cannabis|tramadol|tabletter|piller|medicin|lustgas|benzo|xanax|amfetamin|kokain|heroin|spice|alkohol|sprit)\b
    | \bröker\s+på\b | \bdrogpåverkad\b | \bnarkotikapåverkad\b | \bknarkar\b | \bsuper\b | \bsuperi\b
    | \b(?:tar|tog|tagit|bär\s+på|hör)\s+(?:röster|hiv)\b
    | \bpå\s+(?:psyk|akutpsyk|barnakuten|intensiven|avdelning\s+\d+)\b | \bläggs?\s+in\b | \blades\s+in\b
    | \b(?:svält|spyr|kräks|hetsäter|bantar)\w*\b
    | \b(?:utred|uppföljning)\w*\s+(?:\w+\s+)?(?:av\s+|hos\s+|enligt\s+)?(?:socialtjänst\w*|soc|sol|bup)\b | \butreds\s+för\b | \butredd?t?\s+för\b
    | \b(?:tas|tagits|togs|tagen|flytta\w*)\s+(?:\w+\s+)?(?:om\s+hand|ifrån|från)\s*(?:av\s+soc\w*|sina?\s+föräldra\w*|sin\s+(?:mamma|pappa)|hemmet|familjen)?
    """,
    re.VERBOSE,
)
"""What is said of health, addiction, care or guardianship."""

HARMLESS = re.compile(
    r"""
      \b(?:medicinskåp\w*|familjehemsenhet\w*|medicinska?|umgängesformer|beroende\s+(?:på|av\s+(?:att|hur|vad|om|väder|bil|buss|skjuts|kommun\w*|bidrag|lokal|personal))|oberoende|sis\s+(?:informer|har|bjud)\w*
        |barnsjukdom\w*|behandling\s+av\s+(?:personuppgifter|ärende\w*|ansökan)|behandlas\s+(?:på|i|av\s+(?:nämnd|styr|kf|ks)\w*|konfidentiellt|med\s+respekt|lika|väl)|funktionsnedsättnings\w*råd\w*|sjukhusclown\w*
        |placerad\w*\s+(?:på\s+(?:plats|första|andra|tredje|en\s+bänk)|etta|tvåa|trea)|placerade\s+(?:sig|laget)|placerats?\s+(?:i\s+(?:fel\s+)?klass\w*|i\s+grupp\w*|på\s+scen\w*|vid\s+\w*bord\w*)|psykisk\s+hälsa|medicin\s+vid\s+universitet\w*)\b
    | \bsjuk\s+(?:i\s+dag|idag|kan\s+inte|och\s+kommer\s+inte)
    """,
    re.VERBOSE,
)

THEME = re.compile(
    r"""
      \b(?:föreläs\w*|utbildning\w*|utbilda\w*|kurs\w*|rutin\w*|vägledning\w*|handbok\w*|handböck\w*|checklist\w*|lathund\w*|seminari\w*|webbinari\w*|konferens\w*|tema\w*|rapport\w*|film|filmen|bok|boken|studie|studien
        |blankett\w*|mall|mallen|riktlinj\w*|material|stödmaterial|metod\w*|projekt\w*|lag|lagen|lagändring\w*|lagförslag\w*|fiktivt?|exempelfall\w*|workshop\w*|broschyr\w*|folder\w*|artikel\w*|podd\w*|forskning\w*|statistik\w*|enkät\w*|fallbeskrivning\w*|rollspel\w*|teater\w*|utställning\w*|nätverksträff\w*)\b
      .*\b(?:en|ett|varje|hur|när|om|vem|barnet|eleven|den\s+unge)\b
    | \b(?:hur\s+man|vad\s+gör\s+(?:man|vi|skolan)\s+när|vad\s+som\s+(?:gäller|händer)|vad\s+(?:gäller|händer)\s+(?:när|om)|vem\s+(?:ansvarar|gör\s+vad)|när\s+(?:en|ett)\s+(?:\w+\s+)?(?:elev|barn|ungdom|pojke|flicka)|om\s+(?:en|ett)\s+(?:elev|barn|ungdom)\s+(?:\w+\s+){0,2}(?:blir|får|har|mår|är)
        |varje\s+(?:elev|barn|ungdom)|per\s+elev|var\s+(?:femte|fjärde|tredje|tionde)\s+(?:elev|tonåring|flicka|pojke|ungdom)|en\s+elev\s+i\s+(?:varje|taget)|när\s+man\s+misstänker|vid\s+oro\s+för)\b
    | \b(?:antal\w*|andel\w*|procent)\b | \d\s*%|\b(?:eleverna|ungdomarna|barnen)\s+i\b
    """,
    re.VERBOSE,
)
"""A topic is spoken of, not somebody; unless an age, a name or a pronoun says who."""

POINTED = re.compile(
    rf"¤|\b(?:hon|han|hen|hennes|hans|henne|honom)\b|\b{_AGE}(?:\s*-\s*|\s+)?(?:åring\w*|årig\w*|år)\b|\b(?:åk|klass|årskurs)\s*\d"
)
