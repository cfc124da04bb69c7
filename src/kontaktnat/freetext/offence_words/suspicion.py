"""How Swedish says of a person that they are suspected, charged, reported to the police or under investigation."""

from __future__ import annotations

from kontaktnat.freetext.forms import Words

WORDS = (
    Words(
        "suspected",
        "misstän misstank en_av_ bland_",
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
        misstänk(?:er|te|t) att <whom> (?:har|ligger|är|säljer|kör|langar|stulit|ljuger|köper|tagit|stal|sålt)
        """,
        # What is suspected is a fire, a burglary, a leak, a trend.
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
        talan rätta_ rätten tingsrätt hovrätt domstol sin_dom sin_egen stämd åklagar strafföre
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
        """,
        "åtala(?:d|s|de) (?:brott|gärning)~\nsin dom över (?!¤)~",
    ),
    Words(
        "reported to the police",
        "anmäl anklag beskyll utpek pek",
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
        """,
        """
        polisanmäl(?:s|as|des|da|d|ts) (?:av )?(?:all~|brott~|skadegörelse~|klotter~|stöld~|inbrott~
            |händelse~|ärende~)
        (?:<crime>|~görelsen|händelsen|klottret|det|detta|allt|allting|incidenten|ärendet|bilen|cykeln
            |cyklarna|skadorna|händelserna) (?:\\w+ ){0,2}~anmäl(?:d|des|ts|s|da|t|as)
        anmäl(?:d|da|des|ts|s) (?:\\w+ )?(?:till|som) (?!polis|misstänkt)\\w+(?! för)
        anmäl(?:de|er|t|a) (?:sig|förhinder|intresse|ärende~|fråga~|sjuk~)
        """,
    ),
    Words(
        "under investigation",
        """
        utred undersökning höras_ hörts_ beslagtag tjänar hos_ föremål_för aktuell_för förhör _hör_ hörde_
        razzia tillslag husrann hitta beslag
        fann_ funnit avlyss spaning spana bevakas övervakas följs_av skuggas eftersöks jagas söks_ förföljs
        granskar anmält_ anmälde_ misstanke har_anmälan _lupp
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
        """,
        "(?:under utredning hos|under utredning av) (?:nämnd|kommun|förvaltning)~\n(?:förhörs|förhörde) sig",
    ),
)
