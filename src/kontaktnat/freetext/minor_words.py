"""How Swedish speaks of one child, and of health, care and guardianship (the notation is that of `forms`)."""

from __future__ import annotations

PARTS = {
    "age": """
        \\d|1[0-7]|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|tretton|fjorton|femton|sexton|sjutton
    """,
    "grade": """
        (?:åk|klass|årskurs|årskull)\\.? ?(?:f|\\d)\\w?
        i (?:ettan|tvåan|trean|fyran|femman|sexan|sjuan|åttan|nian|nollan|förskoleklass~|förskolan
            |~stadiet|gymnasiet|\\d ?[a-f]|\\d:an)
    """,
    "drugs": """
        droger|knark|narkotika|hasch|cannabis|gräs|tramadol|tabletter|piller|medicin~|lustgas|benzo~|xanax
            |amfetamin|kokain|heroin|spice|alkohol|sprit
        ritalin|concerta|antidepressiv~|sömntabletter|insulin|ssri|anabola
    """,
}

CHILD_STEMS = """
    yngling gosse telning _bror syster brorson systerson styv gudson lillkill
    elev barn pojk flick tjej kill grabb ungen ungdom tonår gymnasist _son sonen styvson dotter lillebro
    lillasyst minderår _i_1 _i_2 _i_3 _i_4 _i_5 _i_6 _i_7 _i_8 _i_9
    unge unga kamrat åring årig _år _åk klass årskurs åk.
    boy girl pupil child kid teenag year-old daughter
    bebis nyfödd femman sexan sjuan åttan nian född _f. ettan tvåan trean fyran nollan förskol stadiet gymnasi
"""
MATTER_STEMS = """
    kontaktperson foster pregnan addict self-harm custody disorder skada skadar soc_
    anorekt antidepr självmed bantar ssri hetsät
    adhd _add_ npf ptsd ocd autis asperg diagnos tourette språkstör dyslexi dyslekt dyskalk syndrom
    funktion utvecklingsst mutism neuropsyk intellektuell
    rullstol nedsättning hörapparat blind döv cp-skad hjärnskad depress deprim ångest panikatt ätstör
    anorex bulimi trauma psyk tvångs fobi hallucin
    bipolär schizo borderline självskad självdestr självmord suicid terapi utmatt utbränd bup röster
    krissamtal mår mått mådde sig _liv leva dö_ dö. död gravid abort
    havande väntar gången habiliter medicin tablett insulin sjuk cancer leukemi diabet epilep astma hiv
    klamydia inlagd inskriven läggs lades intensiven
    avdelning akut läkarvård magpump intox allerg hör ser_dål kön transp svält spyr kräks hetsät kissar
    överdos missbruk beroende avgift behandl rehab drog
    alkohol narko knark röker rökt tar_ tog_ tagit provat testat använder äter går påverkad hög dricker
    super fyll lvu lss lpt lvm omhänder familjehem
    foster jourhem hvb _sis placer stödboende kontaktfam tvångsv samhällsv ungdomshem skydda låst oros
    anmäl barnavård bbic särskol anpassad adopt utre
    utre uppföljning aktuell insats känd tas_ togs tagen god_man gode_man vårdnad förmyndar umgänge tvist
    biologisk
"""

CHILD = """
    # Compounds of son and daughter one by one: "personen" is none.
    (?:tonårs|syster|bror|brors|styv|foster|bonus|gud|dotter|son)(?:son|sonen|sonens|dotter|dottern
        |dotterns)
    bebis|telningen?|~gosse(?:n|ns)?|yngling(?:en)?(?! på (?:1[89]|[2-9]\\d))|flickebarnet|gossebarnet
        |skolbarn|lillkillen|lilltjejen
    (?:<age>)[ -]{0,3}årige?a? ¤
    en (?:kille|tjej|pojke|flicka|yngling|elev)(?: på|,)? ?(?:<age>)(?: år)?
    ¤s? ?[,(] ?(?:(?:är|bara|snart|nu|fyllda?|född|ca|cirka) )?(?:<age>)(?! ?år) ?[,)]?
    \\w+(?:[ae]ns|ens) (?:\\w+ )?(?:son|dotter|barn)
    # Singular; groups ("elever", "pojkarna", "15-åringar") are no child.
    ~elev(?:en|ens)?(?!/)|barnets?|(?:spädbarn|fosterbarn|skolbarn|barnbarn|småsyskon|syskon)et|bebisen?
        |nyfödda?
    ~pojke(?:n|ns)?|~flicka(?:n|ns)?|~tjej(?:en|ens)?|~kille(?:n|ns)?|grabben?s?|ungen|ungdomens?
        |tonåring(?:en|ens)?|~gymnasist(?:en)?
    (?:styv|foster|bonus|lille|yngste|äldste )?(?:sonens?|dotterns?)|dottern?s?|lillebrodern?|lillebror
        |lillasyster|minderårige?
    den (?:unge|unga|unges|minderårige)|(?:skol|klass)kamraten
    (?:en|ett|ena|yngsta|äldsta|någon) av (?:pojkarna|flickorna|barnen|eleverna|ungdomarna|killarna|tjejerna
        |sönerna|döttrarna)
    (?:hennes|hans|deras|sin|sitt|min|mitt|¤s) (?:\\w+ )?(?:son|dotter|barn|unge|barnbarn|lillebror
        |lillasyster|bebis|tonåring)
    (?:ett|detta|samma) (?:\\w+ )?barn
    (?:en|ett) (?:\\w+ )?(?:ungdom|son|dotter|unge|tonåring|ung (?:person|tjej|kille|flicka|pojke|man
        |kvinna))
    (?:<age>)[ -]{0,3}åring(?:en|ens|s)?
    (?:<age>)[ -]{0,3}årig(?:a|e|t)? (?:\\w+ )?(?:pojke|flicka|tjej|kille|elev|son|dotter|barn|person
        |yngling)~
    (?:femman|sexan|sjuan|åttan|nian|(?:femte|sjätte|sjunde|åttonde|nionde)klassare?n?)
    # Somebody by name, with an age or a year at school.
    ¤s? ?[,( ] ?(?:en |som (?:är|går) )?(?:\\w+ )?(?:(?:är|på|snart|nu|fyllda?
        |född) )?(?:<age>) ?(?:år(?! (?:som|i|på|sedan|av|inom|vid|hos|med))|(?=[),])|åring|bast|(?=och ))
    ¤[^.;]{0,30}? (?:(?:<age>) år gammal|(?:<age>)-åring~|<grade>)
    ¤ ?\\((?:<grade>|(?:<age>) år)
    (?:<grade>)[^.;]{0,20}¤
    (?:the|a|her|his|my|their|one) (?:\\w+ )?(?:boy|girl|pupil|child|son|daughter|teenager|kid)
        |\\d+-year-old
    (?:f\\.|född) ?20(?:09|1\\d|2\\d)
"""
"""One child or young person who is pointed out; ¤ is a name."""

ADULT = """
    (?:1[89]|[2-9]\\d)[ -]{0,3}(?:år|årig~|åring~)
    ~vux(?:en|na|et) (?:son|dotter|barn|kille|tjej)~
    (?:killen|tjejen|kille|tjej|elev|eleven) (?:på|från) (?:komvux|kontoret|sfi|polisen|banken|kommunen
        |folkhögskol~|facket|jobbet)
"""

MATTER = """
    ~sjuk(?:t)?|akutplacer~|allergi~|antidepressiv~|avgift~|bantar|hetsät~|psykakut~|psyket|självmedicin~
        |skolpsykolog~|ssri|krisstöd
    # Diagnoses and disabilities
    adhd(?:-~)?|add|npf(?:-~)?|ptsd|ocd|autis~|asperger~|~diagnos~|tourette~|språkstörning|dyslexi
        |~dyslektiker|dyslektisk|dyskalkyli|downs syndrom
    ~funktionsned~|~funktionsvari~|~funktionshind~|utvecklingsstör~|~mutism|neuropsyk~|intellektuell ~
        |rullstol~|synnedsätt~|hörselnedsätt~|hörapparat~|blind|döv|cp-skad~|hjärnskad~
    # Mind
    depress~|deprimer~|~ångest~|panikattack~|~ätstör~|anorex~|anorektiker|bulimi~|~trauma~|psykos~
        |psykotisk~|~psykiatri~|~psykiatrins?|psykofarmaka
    psykolog~|psykiskt?|tvångs(?:tank|syndrom)~|fobi~|hallucin~|bipolär|schizo~|borderline|självskad~
        |självdestruktiv~|självmord~|suicid~|~terapi~|barnpsyk~
    barn- och ungdomspsyk~|ungdomspsyk~|~utmatt~|utbränd~|bup|(?:hör|hörde) röster|krissamtal
    må(?:r|tt|dde) … ?(?:dåligt|skit|kasst|uselt|piss~|risigt|sämre|illa|inget vidare|psykiskt|jättedåligt
        |skitdåligt|ruttet|inte (?:\\w+ )?bra)
    (?:skär|skar|skurit|bränner|rispar) (?:\\w+ )?sig
    (?:ta|tagit|tog) (?:sitt liv|livet av sig|livet av)
    (?:inte|ej) (?:\\w+ )?(?:leva|vill leva)
    (?:vill|ville|velat) dö
    (?:skadar?|skadat|skadade) sig själv|(?:depressed|suicidal|autistic|pregnant)|self-harm~|eating disorder
    # Body
    gravid~|abort~|havande|väntar barn|i (?:\\w+ )?(?:månaden|veckan) gången|habilitering~|~medicin(?:er|en
        |erad|eras|erar|ering|eringen|erna)?|tabletter|insulin
    sjukskriv~|sjukhus~|~sjukdom~|(?:psykiskt|svårt|allvarligt|kroniskt|långtids|lång tids|mycket|obotligt
        |cancer) ?sjuk|cancer~|leukemi|diabetes|diabetiker|epilep~|astma|hiv
    könssjukdom|klamydia|inlagd|inskriven på|läggs in|lades in|på (?:psyk~|akutpsyk~|barnakuten|intensiven
        |avdelning \\d+)|akuten|läkarvård|magpump~|intoxikation~|allergisk
    hör dåligt|ser dåligt|könsidentitet~|transperson|könskorriger~|svält~|spyr|kräks|hetsäter|kissar på sig
    # Addiction
    överdos~|~missbruk~|beroende|~beroendevård~|~beroendemottag~|avgift(?:ning|as|ades)~|behandl~hem~
        |behandlas|behandling|rehab~|drogproblem~|alkoholproblem~|alkoholist|narkoman|knarkare
    (?:röker|rökt|rökte|tar|tog|tagit|provat|testat|använder|missbrukar|äter|går på|påverkad av|hög på
        |dricker|fast i) … ?<drugs>
    problem~ med <drugs>|drug~ (?:addict|abuse|problem)~|addicted to
    röker på|~påverkad (?:av|på)|drogpåverkad|narkotikapåverkad|knarkar|knarkat|drogar|super|fyllbult
    # Care
    lvu(?:-~)?|lss(?:-~)?|lpt|lvm|omhändertag~|omhändertog~|~familjehem(?!senhet)~|fosterhem~|fosterfamilj~
        |fosterbarn|jourhem~|hvb(?:-~)?|sis(?:-~)?|placera(?:d|t|s|de|des|ts)|omplacer~
    (?:om|sis-|hvb-|familjehems|akut|jourhems)?placering(?:en)?(?! av)|stödboende~|kontaktfamilj~
        |tvångsvård~|samhällsvård~|(?:låst )?ungdomshem~|skyddat boende|låst avdelning
    ~orosanmäl~|anmäl(?:d|ts|s|des|t) (?:\\w+ )?till (?:socialtjänst~|soc)|barnavårdsutred~|bbic~|särskol~
        |anpassad grundskola|adoptera~
    (?:utred|utreder|utredd|utreds|utretts|uppföljning|aktuell|insats|insatser|känd)~ … ?(?:av|hos|enligt
        |från|inom|på) (?:socialtjänst~|soc|sol|bup)
    socialtjänsten (?:\\w+ )?(?:utreder|placerar|placerade|har placerat|tog|omhändertar|har hand om)
    utredd?t?s? för
    (?:soc|socialen|socialtjänsten) har (?:\\w+ )?tagit|kontaktperson (?:via|från|hos|enligt
        |på) (?:soc~|sol|lss)
        |foster care|in care|custody of
    (?:tas|tagits|togs|tagen) (?:\\w+ )?(?:om hand|ifrån|från) ?(?:av soc~|sina?|hemmet|familjen|föräldra~)?
    # Guardianship
    gode? man|vårdnad(?:en|stvist~|sutredning~|smål~)?(?! och)|vårdnadshavare som|förordnad vårdnadshavare
        |förmyndar~|umgänge~|tvistar om|biologiska (?:mamma|pappa|föräldra)~
"""
"""What is said of health, addiction, care or guardianship."""

HARMLESS = """
    # Why a meeting is put off: a colleague's child has a cold.
    (?:min|vår|mitt|vårt) (?:\\w+ )?(?:son|dotter|barn) är (?:hemma |lite )?(?:sjuk|sjukt|förkyld)
    ~sjuk(?:t)? (?:i dag|idag|kan inte|och kommer inte)
    medicinskåp~|familjehemsenhet~|medicinska?|umgängesformer|oberoende|barnsjukdom~|sjukhusclown~
        |psykisk hälsa|~funktionsnedsättningsråd~
    beroende (?:på|av (?:att|hur|vad|om|väder|bil|buss|skjuts|kommun~|bidrag|lokal|personal))
    behandling av (?:personuppgifter|ärende~|ansökan)|behandlas (?:på|i|av (?:nämnd|styr|kf|ks)~
        |konfidentiellt|med respekt|lika|väl)
    sis (?:informer~|har|bjuder)
    placerad~ (?:på (?:plats|första|andra|tredje|en bänk)|etta|tvåa|trea)|placerade (?:sig|laget)
        |placerats? (?:i (?:fel )?klass~|i grupp~|på scen~|vid ~bord~)
"""

THEME = """
    (?:föreläs|utbildning|utbilda|kurs|rutin|vägledning|handbok|handböck|checklist|lathund|seminari
        |webbinari|konferens|tema|rapport|blankett|riktlinj|metod|projekt|lagändring)~ .*(?:en|ett|varje|hur
        |när|om|vem|barnets?|eleven|den unge)
    (?:lagförslag|workshop|broschyr|folder|artikel|podd|forskning|statistik|enkät|fallbeskrivning|rollspel
        |teater|utställning|nätverksträff|exempelfall)~ .*(?:en|ett|varje|hur|när|om|vem|barnets?|eleven
        |den unge)
    (?:film|filmen|bok|boken|studie|studien|mall|mallen|material|stödmaterial|lag|lagen|fiktivt?) .*(?:en
        |ett|varje|hur|när|om|barnet|eleven)
    (?:hur|hur man|hur \\w+ man|vad gör (?:man|vi|skolan) när|vad som (?:gäller|händer)|vad (?:gäller
        |händer) (?:när|om)|vem (?:ansvarar|gör vad)) (?:\\w+ ){0,3}(?:en|ett)
    (?:vad som|vad) (?:gäller|händer|görs) (?:när|om)
    (?:när|om) (?:en|ett) (?:\\w+ )?(?:elev|barn|ungdom|pojke|flicka) (?:\\w+ ){0,2}(?:blir|får|har|mår|är
        |far|placeras|omhändertas|misstänks|skadar)
    (?:varje|per) (?:elev|barn|ungdom)|var (?:femte|fjärde|tredje|tionde|sjunde) (?:elev|tonåring|flicka
        |pojke|ungdom|tjej|kille)|en elev i (?:varje|taget)|när man misstänker|vid oro för
    (?:antal|andel|procent)~|\\d+ ?%|(?:eleverna|ungdomarna|barnen) i
    barnets (?:bästa|rättigheter|rätt|behov i centrum|perspektiv)|barnets rättigheter~
"""
"""A topic is spoken of, not somebody; unless an age, a name or a pronoun says who."""

POINTED = """
    ¤s?|hon|han|hen|hennes|hans|henne|honom
    (?:<age>)[ -]{0,3}(?:åring~|årig~|år)
    (?:åk|klass|årskurs) ?\\d
"""
