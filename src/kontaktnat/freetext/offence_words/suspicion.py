"""How Swedish says of a person that they are suspected, charged, reported or investigated."""

from __future__ import annotations

from kontaktnat.freetext.forms import Words

WORDS = (
    Words(
        "suspected",
        """
        misstän misstank en_av_ bland_ suspect suspic allegat polisens_huvud
        """,
        """
        ~misstänkt
        misstänk(?:s|tes|ts)
        (?:den|unge|unga|åt|av|som|huvud) ?~misstänkte
        ~misstänkte ¤
        misstank(?:e|ar|en|arna)s? (?:om|mot|riktas|finns|föreligger|kvarstår)
        ~misstanke(?:n|r)? mot
        (?:under|delgiv~|delg[ae]~) (?:\\w+ )?misstank~
        (?:<is>|båda|bägge|skäligen|alla) (?:\\w+ ){0,2}misstänkta
        misstänkta?(?: \\w+)?:
        (?:de )?misstänkta … (?:är|heter) ¤
        misstänk(?:er|te|t) <whom> … (?:för|har|ligger|är|säljer|kör|langar|stulit|ljuger)
        (?:är|var) (?:en|två|tre|några|bland) (?:av )?(?:de |dem )?(?:\\w+ )?(?:misstänkta|gripna|häktade
            |dömda|åtalade|anhållna|kriminella)
        (?:är|var) bland de (?:misstänkta|gripna|häktade|dömda|åtalade|anhållna)
        misstänk(?:er|te|t) att <whom> (?:har|ligger|är|säljer|kör|langar|stulit|ljuger|köper|tagit
            |stal|sålt)
        misstank(?:e|ar|en|arna) (?:har |är |som )?(?:riktats|riktas|riktad|riktade
            |finns) (?:\\w+ )?mot <whom>
        (?:is|was|were|are|been|being|as|a|the|prime|main|he's|she's) (?:\\w+ )?(?:suspect|suspects
            |suspected)
        suspects?: ¤
        suspected (?:of|for|in)
        (?:suspicions?|allegations?) (?:against|of) <whom>
        polisens (?:\\w+ )?huvud(?:spår|misstänkt)~
        """,
        """
        misstänkta? (?:~anlag~|<crime>|~fall|~fel|röta|läcka~|fukt|mögel|länk~|fordon|bil|föremål|paket
            |väska|autism|adhd|förgiftning|gas~|aktivitet~)
        misstänkta? (?:~händelse~|handel|~försäljning|lokal~|konto~|diagnos|smitta|beteende~|bluff~
            |spridning|transaktion~|mail|mejl|sms|samtal|nummer|oegentlig~)
        misstänkt (?:hög|låg|lik|många|få|lågt|högt|likt|tyst|lugnt|snabbt|billig~)
        (?:branden|bränderna|felet|läckan|orsaken|det|detta|sms:et|mejlet|paketet|bilen|statistiken
            |siffrorna) (?:\\w+ ){0,3}misstänks
        """,
    ),
    Words(
        "charged, on trial",
        """
        åtal rättegång förhandling process _mål_ _målet_ ärendet_mot ärende_mot bevis anklag misstank vittn
        talan rätta_ rätten tingsrätt hovrätt domstol sin_dom sin_egen stämd åklagar strafföre klammeri
        kant_med_ konflikt_med_lagen charged indicted prosecut _trial tilltalad utfördes utförts begicks
        begåtts gjordes gjorts planerades beställdes anlades orsakades knyts knutits knuten binds bunden
        bundits spåra dna fingeravtr blod koppla
        """,
        """
        (?:mut|mord|vapen)?åtala(?:d|s|des|ts|de|r|t)
        (?:föremål|misstänkt|aktuell) för (?:åtal|prövning|rättslig~)
        väck(?:er|te|t|ts|s|tes) åtal
        åtal(?:et|en)? (?:mot|väck~|har väckts|är väckt|om|för)
        pågående åtal
        (?:rättegång|huvudförhandling|förhandling|process|mål|målet|ärendet?|rättsfall|bevis~|anklagelser
            |misstankar|vittna~|vittne|talan)(?:en|erna|ar|s)? mot <whom>
        (?:in|ställ~|står|stod|upp) ?(?:in)?(?:för|i) (?:rätta|rätten|domstol|tingsrätt~|hovrätt~)
        inför rätta
        <who> … (?:ska|skall) upp i ~rätt~
        sin (?:egen )?(?:rättegång|häktningsförhandling|huvudförhandling|dom)
        stämd för
        <prosecutor> (?:yrkar|kräver|vill)
        strafförelagt?s?
        strafförelägg~
        (?:har|hade|fått|fick|meddela~|beviljad~) (?:\\w+ )?åtalsunderlåt~
        åtalsunderlåt~ (?:för|åt) <whom>
        (?:kommit|kom|kommer|hamnat|hamnade) (?:\\w+ )?(?:på kant|i klammeri
            |i konflikt) med (?:rättvisan|lagen)
        (?:charged|indicted|prosecuted) (?:with|for|in)
        (?:on|stands?|standing|stood|awaiting) trial
        i klammeri med
        ~tilltalad(?:e|es)?
        (?:mordet|rånet|inbrottet|stölden|misshandeln|branden|dådet|skjutningen|sprängningen
            |brottet|bedrägeriet|våldtäkten|skadegörelsen|klottret|överfallet|knivdådet|stölderna
            |inbrotten|rånen|bränderna) (?:\\w+ ){0,2}(?:utfördes|utförts|begicks|begåtts|gjordes
            |gjorts|planerades|beställdes|anlades|orsakades) (?:\\w+ )?av <whom>
        (?:mordet|rånet|inbrottet|stölden|misshandeln|branden|dådet|skjutningen|sprängningen
            |brottet|bedrägeriet|våldtäkten|skadegörelsen|klottret|överfallet|knivdådet|stölderna
            |inbrotten|rånen|bränderna) (?:\\w+ ){0,2}(?:kopplas|kopplats|knyts|knutits|binds
            |bundits|spåras|spårats) (?:\\w+ )?till <whom>
        (?:knyts|knutits|knuten|binds|bunden|bundits|kopplas|kopplats) (?:\\w+ )?(?:till
            |vid) (?:\\w+ )?(?:mordet|rånet|inbrottet|stölden|misshandeln|branden|dådet|skjutningen
            |sprängningen|brottet|våldtäkten|brotten|stölderna|inbrotten|brottsplatsen)
        ¤s (?:\\w+ )?(?:dna|fingeravtryck|blod) (?:\\w+ ){0,2}(?:på|vid|från
            |till) (?:brottsplats|mordplats|vapn|kniv|mordvapn|pistol|offret)~
        """,
        """
        åtala(?:d|s|de) (?:brott|gärning)~
        sin dom över (?!¤)~
        åtalar (?:sällan|inte|aldrig|ofta|fler|färre|bara|ibland)
        (?:tror|hoppas|tycker|vill|undrar|frågade|sa|säger|menar|påpekade|berättade) (?:(?:att|om
            |hur ofta) )?(?:\\w+ )?åtal (?:\\w+ )?(?:väcks|kan väckas|ska väckas|väckts)(?! mot ¤)
        """,
    ),
    Words(
        "reported to the police",
        """
        anmäl anklag beskyll utpek pek reported turned_in police_rep accused alleged
        """,
        """
        polisanmäl(?:d|des|ts|s|as)
        är polisanmält
        polisanmäl(?:t|er|de|a) <whom>
        (?:<is>|båda) (?:\\w+ ){0,2}polisanmälda
        ~anmäl(?:an|ningar?|ningarna|ningen) (?:\\w+ ){0,3}(?:mot|på) <whom>
        ~anmäl(?:an|ning|ningar|ningen) (?:gjord|gjordes|upprättad|lämnad|inlämnad) (?:mot|på)
        anmäl(?:d|da|des|ts|s|as) (?:\\w+ ){0,4}(?:till|hos|av|för) (?:\\w+ )?<police>
        anmäl(?:d|da|des|ts|s|as) (?:\\w+ ){0,2}(?:för|som misstänkt) … <crime>
        anmäl(?:d|des|ts) för att
        anmäl(?:de|er|t|a) <whom> … (?:för|till <police>|hos <police>)
        (?:pekade|pekat|pekar) ut <whom>
        anmäl(?:d|des|ts) till \\w+ för <crime>
        (?:anklaga|beskyll|utpeka)(?:d|des|ts|s|t|de|r|er)
        pek(?:as|ades|ats) ut (?:som|för|av)
        (?:anklagelser|anklagelse|beskyllning~|anklagelserna) (?:mot|om)
        (?:åtals|brotts)anmäl(?:d|des|ts)
        anmäl(?:d|ts|des|s|as) … (?:av|hos) (?:[\\w¤]+ ){1,3}för (?:\\w+ )?<crime>
        (?:har|hade|fått|fick|samlat) (?:\\w+ ){0,2}(?:polisanmälan|polisanmälningar|anmälan
            |anmälningar) (?:på|mot|emot) (?:sig|honom|henne)
        ~anmälningar mot <whom>
        (?:har|hade|fått|fick) (?:\\w+ )?polisanmälningar(?= ?$|[.,])
        (?:reported|turned in) (?:\\w+ )?(?:to|by) the police
        police report (?:against|on) <whom>
        (?:accused|alleged) (?:of|to have)
        anmäl(?:d|ts|des) (?:[\\w]+ )?av (?:sin|hennes|hans) (?:\\w+ )?(?:fru|man|sambo|exfru|exman
            |ex|granne|dotter|son|pojkvän|flickvän|hustru|före detta|styvdotter|syster|mamma
            |pappa)
        anmäl(?:d|ts|des|s) (?:\\w+ ){0,3}för (?:hets|ofredande|hot|olaga|brott|sexuell|grov|stöld
            |våld|rån|mis|bedräg|skade)~
        """,
        """
        polisanmäl(?:s|as|des|da|d|ts) (?:av )?(?:all~|brott~|skadegörelse~|klotter~|stöld~|inbrott~
            |händelse~|ärende~)
        (?:<crime>|~görelsen|händelsen|klottret|det|detta|allt|allting|incidenten|ärendet|bilen|cykeln
            |cyklarna|skadorna|händelserna) (?:\\w+ ){0,2}~anmäl(?:d|des|ts|s|da|t|as)
        anmäl(?:d|da|des|ts|s) (?:\\w+ )?(?:till|som) (?!polis|misstänkt)\\w+(?! för)
        anmäl(?:de|er|t|a) (?:sig|förhinder|intresse|ärende~|fråga~|sjuk~)
        anklag\\w+ (?:ingen|inte|aldrig|varandra|sig själv)
        utpeka(?:d|t|de) (?:\\w+ )?(?:kontaktperson|samordnare|ansvarig|representant|föredöme
            |ledamot|område|plats|funktion|medarbetare|deltagare|talesperson|resurs|koordinator
            |ersättare|efterträdare)~
        pek(?:as|ades|ats|ar|ade|at) ut (?:som|av) (?:\\w+ )?(?:föredöme|föregång|förebild|ansvarig
            |kontaktperson|samordnare|viktig|prioriterad|framgång|god|bra|exempel|~kommun|problem
            |favorit)~
        anmäl(?:de|er|t|a|d|s|ts|des) (?:[\\w¤]+ ){1,3}(?:till|som) (?!polis|åklag|misst|myndig
            |jo\\b|skatt|försäkr|soc)\\w+
        """,
    ),
    Words(
        "under investigation",
        """
        utred undersökning höras_ hörts_ beslagtag tjänar hos_ föremål_för aktuell_för förhör _hör_ hörde_
        razzia tillslag husrann hitta beslag fann_ funnit avlyss spaning spana bevakas övervakas följs_av
        skuggas eftersöks jagas söks_ förföljs granskar anmält_ anmälde_ misstanke har_anmälan _lupp aktuell
        figurerar förekommer nämns inledd inletts inleddes startad öppnad av_intresse_för intressant_för
        investigat questioned interrog interviewed searched _på_sig _mot_sig på_honom på_henne anmälan höra_
        hört_ förhöra span_ polisutr utredning koll_på ögonen_på
        """,
        """
        ~(?:undersökning|utredning)(?:en|ar|arna)?s? … (?:mot|kring|gällande) (?:\\w+ )?<whom>
        ~(?:undersökning|utredning)(?:en|ar|arna)? … pågår mot
        (?:föremål|aktuell|ämne) för (?:en )?(?:\\w+ )?(?:~undersökning|~utredning|spaning|polisens|åtal
            |<crime>)~
        (?:förekommer|figurerar|nämns|dyker upp
            |finns med) i (?:\\w+ )?(?:polisens |en |flera )?(?:\\w+ )?(?:~utredning|förundersökning
            |brottsutredning|polisutredning)~
        (?:har|hade|fått|fick) (?:en )?(?:förundersökning|utredning|brottsmisstanke|misstanke|anmälan
            |polisanmälan) (?:på|mot|riktad) ~
        (?:spaning|spanar|spanas)~ (?:det )?(?:mot|på) ?<whom>?
        ¤ spanas det på
        (?:bevakas|övervakas|spanas|följs|skuggas|eftersöks|jagas|söks|förföljs
            |avlyssnas) (?:\\w+ )?av <police>
        (?:ekobrottsmyndigheten|ebm|skatteverket|försäkringskassan) (?:\\w+ )?(?:utreder|granskar|har anmält
            |anmälde) <whom>
        under lupp~? (?:hos|av)
        utred(?:s|d|des|tts|da) (?:\\w+ ){0,2}(?:för|av <police>|av <prosecutor>)
        (?:<police>|<prosecutor>) (?:\\w+ )?(?:utreder|förhör|förhörde|förhört|hör|hörde) <whom>
        (?:förhörs|förhörd|förhördes|förhörts)
        (?:ska|kommer att|har) (?:höras|hörts) (?:av <police>|som misstänkt)
        höras av <police>
        (?:till|i) (?:polis)?förhör
        tjänar pengar på <drugs>
        (?:hemma )?hos ¤ (?:fanns|hittades|låg) (?:\\w+ )?<drugs>
        ¤s? fick … beslagtag~
        (?:kallad|kallas|kallats|kallades|hämtad|inkallad|tagen|togs|förd|fördes|inne) (?:\\w+ ){0,2}(?:till
            |in på|på) ~förhör~
        förhör(?:et|en)? (?:med|av) <whom>
        under (?:förundersökning|utredning|spaning)
        (?:husrannsakan|razzia~?|tillslag~?|husrannsakningen) … (?:hos|mot) (?:\\w+ )?<whom>
        (?:hittades|hittat|hittade|beslagtogs|beslagtagits|fann|funnit) … (?:hemma )?(?:hos|på) <whom>
        <drugs> hittades … ¤
        (?:avlyssnas|avlyssnats|avlyssnad)
        ~(?:undersökning|utredning)(?:en)? (?:har |är )?(?:\\w+ )?(?:inletts|inletts?|inleddes
            |inledd|startats|startad|öppnats|öppnad) (?:\\w+ )?(?:mot|om|på
            |gällande) (?:[\\w¤]+ )?<whom>
        (?:tagits?|togs|tas|hämtats|kallats) (?:\\w+ ){0,2}(?:in )?(?:för|på|till) ~förhör~
        (?:aktuell|figurerar|förekommer|nämns|med|inblandad|finns
            |part) (?:även |också |ofta )?i (?:\\w+ )?(?:~brottsutredning|~förundersökning
            |mordutredning|~polisutredning
            |narkotikautredning|~stöldutredning|drogutredning|bedrägeriutredning|våldsutredning)~
        ¤ (?:är|var|blev) (?:\\w+ )?(?:intressant|av intresse|högintressant) för polisen(?= ?$|[.,]
            | i \\w*(?:utredning|ärende))
        under (?:\\w+ )?investigation
        (?:investigated|questioned|interrogated|searched|interviewed) (?:by|for|over)
        (?:har|hade|fått|fick) (?:\\w+ ){0,3}(?:förundersökning|utredning|polisutredning
            |brottsutredning|misstanke) (?:mot|på|emot) (?:sig|honom|henne)
        under (?:\\w+ )?(?:polis|brotts|mord|åklagar)utredning
        <police> (?:vill|ska|skall|har|kommer att|tänker|behöver|planerar att) (?:\\w+ )?(?:förhöra
            |höra|hört|förhört|utreda|hämta in) <whom>
        <police> har (?:\\w+ )?(?:span|spaning|koll|uppsikt|ögonen) på <whom>
        """,
        """
        (?:under utredning hos|under utredning av) (?:nämnd|kommun|förvaltning)~
        (?:förhörs|förhörde) sig
        utred(?:s|d|des|tts|da) (?:\\w+ ){0,2}för (?:autism|adhd|add|npf|adhd/~|ms|demens|sömn~
            |astma|allergi~|cancer|diabetes|epilepsi|~sjukdom~|~diagnos~|dyslexi|utmattning~
            |stress~|hjärt~|hjärn~|bipolär~|depression|gluten~|migrän|ledvärk|~smärt~|~besvär
            |~problem|tjänsten|uppdraget)
        (?:intressant|av intresse) för polisens? (?:\\w+ )?(?:nätverk|utveckling|arbete|projekt
            |utbildning)~
        spanar (?:på|efter) (?:möjlig|ny|ett |en |lokal|fler|bättre|nästa|trend|erbjud|bidrag|idé
            |lösning)~
        (?:har|hade) (?:\\w+ )?hört (?:talas|av|att|om)
        """,
    ),
)
