"""How Swedish says of a person that they are known to the police, criminal, in a gang, an offender."""

from __future__ import annotations

from kontaktnat.freetext.forms import Words

WORDS = (
    Words(
        "known to the police",
        """
        känd bekant stamk återkommande ansikte namn_ kund_ kunder_ gäst_ känner_ kände_ _vet_ visste koll_på
        regist polisens kriminell brottslig förfl bakgrund belastad brottsaktiv delgiven brottsbel
        brottshist prick att_göra registe known police_rec criminal lista historia historik
        """,
        """
        ~känd~ (?:\\w+ ){0,3}(?:av|hos|för|inom) (?:\\w+ )?(?:<police>|~myndighet~|rättsväsende~
            |socialtjänst~|kriminalvård~|rättsvård~|soc)
        polisbekant~
        (?:är|blivit) (?:nu |också )?delgiven
        polisen ~känd
        (?:bekant|stamkund~|kund|återkommande) (?:\\w+ )?(?:till|hos) <police>
        polisens (?:stamkund|stammis|kund|bekant)~
        (?:bekant|ansikte|namn|kund|kunder|gäst) (?:\\w+ )?(?:för|hos|av) <police>
        <police> (?:\\w+ )?(?:känner|kände|vet|visste) (?:\\w+ ){0,2}(?:till |vem )<whom>
        <police> (?:\\w+ )?(?:känner|kände|har koll på) (?:väl |redan )?<whom>(?! (?:genom|via|från
            |sedan \\w+ som|som))
        (?:förekommer|finns|finnas|figurerar|ligger|står|är|hamnat|fanns|förekommit|syns|prick|anmärkning~
            |noterad|registrerad|träff|har) … (?:i|på|hos) (?:polisens |rättsväsendets )?(?:belastnings
            |misstanke|brotts|straff|spanings|kriminal)regist~
        (?:förekommer|finns|finnas|figurerar|ligger|står|är|hamnat|fanns|med|noterad|registrerad
            |träff) … (?:i|på|hos|inom) polisens (?:\\w+ )?(?:lista~|radar~|register~|ögon|system|databas
            |spanings~|belastnings~)
        har (?:ett |en )?(?:\\w+ )?(?:belastningsregister|brottsregister|straffregister|brottshistorik
            |brottsbelastning)
        polisens lista över
        (?:kriminell|brottslig) (?:bakgrund|historia|karriär|bana|livsstil)
        kriminellt (?:förflutet|liv|leverne)
        kriminella (?:liv|förflutna|bakgrund|karriär|bana|livsstil)
        (?:bakgrund|förflutet|förflutna) (?:i|inom|som) (?:~gäng~|~krimin~|~brott~|mc-~|~narkotika~
            |<offender>)
        brottsbelastad~
        (?:är|tungt|tidigare|högt) belastad
        brottsaktiv
        ökänd~
        (?:väl|o|gammal|mycket) ?(?:bekant|kända?) (?:\\w+ )?(?:för|hos|av|till) <police>
        (?:välbekant|välkänt?|okända?|ökänt?) (?:\\w+ )?(?:för|hos|av|till|i
            |bland) (?:\\w+ )?(?:<police>|rättvisan|kriminella ~|gäng~|undre ~|missbruks~|drog~)
        känd i (?:\\w+ )?(?:kriminella|gäng|drog|missbruks|undre)~
        <police> har (?:\\w+ )?<whom> (?:i|på) (?:sina?|sitt|en|ett) (?:\\w+ )?(?:~register
            |(?!kontakt|sänd|mejl|mail|deltag)~lista|~system|kikare|radar|~databas)
        (?:haft|ha|har|fått) (?:\\w+ )?(?:med <police> att göra|att göra med <police>)(?! (?:i|inom
            |genom|via|som) \\w)
        (?:en|fler|flera|många|två|tre|\\d+) prick(?:ar)? (?:i|på)
        prick(?:ar)? i (?:\\w+ )?(?:regist|belastnings)~
        (?:kriminellt|tungt|grovt) (?:\\w+ )?(?:belastad|belastat|aktiv)
        known (?:\\w+ )?(?:to|by) (?:the )?(?:police|authorities|cops)
        criminal (?:record|past|history|background)
        police record
        ~känd för (?:\\w+ )?(?:att (?:\\w+ )?(?:sälja|langa|stjäla|råna|slå|hota|misshandla|bråka
            |klottra|snatta|köra (?:full|onykter|rattfull))|<crime>)(?! (?:förebygg|bekämp))
        ~känd (?:av|hos|för) pol(?=[.,]| |$)
        (?:har|hade) (?:\\w+ )?(?:historia|historik|bakgrund) (?:av|med|i) (?:\\w+ )?(?:<crime>
            |kriminalitet~|våld~)
        """,
        """
        utdrag (?:ur|från) (?:belastnings|misstanke)~
        belastningsregistret (?:krävs|kontrolleras|begärs|behövs|visas)
        (?:arbetar|jobbar|handläggare|utredare|chef|anställd) … (?:med|på|i|hos) ~regist~
        ~känd (?:som|för) (?!polis|myndig|social|rätts)\\w+ (?:hos|av|inom) (?:polis|myndighet)~
        (?:har|hade) (?:\\w+ )?(?:bakgrund|erfarenhet|karriär) (?:som|inom|i|från) (?:kriminol
            |kriminalv|kriminaltek|kriminalpol|kriminalkom|kriminalinsp)~
        (?:har|haft|ha|fått) (?:\\w+ )?(?:inget|ingenting|lite|mindre) med <police> att göra
        har noterat ~
        delgiven (?:beslut|kallelse|protokoll|handling|svar|yttrande|föreläggande|information)~
        """,
    ),
    Words(
        "criminal, in a gang",
        """
        krimin gäng _liga ligan mc- hells bandidos foxtrot dalen maffia undre_v narkotikan brottsaktiv
        islamist nazist extremist terrorist koppla koppling umgås umgicks umgåtts hänger_ samröre rör_sig
        rört_sig skuld relation dragit avhopp rekryter hjärnan farlig beväpnad återfallare samvete indragen
        klan värvat värvad dragits drogs hotfull våldsam aggress gang criminal drug_de thief burglar rapist
        murderer robber offender perpetr abuser liga våldsben ledande drivande centralfigur nyckelp framträd
        verksam aktiv lämna brutit
        """,
        """
        (?:<is>|en|den|tung|grovt|väldigt|ökänd|detta|f\\.d\\.|tidigare
            |ex-?)[- ]?(?:\\w+ )?~kriminell(?! (?:verksamhet|handling|gruppering|miljö|ekonomi|livsstil
            |aktivitet|organisation|marknad|grupp|konstellation|värld|utnyttjande|rekrytering|liga|gärning))
        ~kriminelle
        ~kriminell ¤
        (?:livsstils|yrkes|gäng|vane)kriminell
        är (?:\\w+ )?kriminella(?= ?$|[.,])
        (?:är|var) (?:en|två|några) av (?:de )?~kriminella~
        (?:umgås|umgicks|umgåtts|häng~|~koppling~|~kopplad~?|kopplas|kopplats|kopplades|band|samröre|rör sig
            |rört sig|skuld~|skyldig pengar|relation~|dragit~|dras) … (?:med|till|i|hos|bland|åt
            |in i) (?:\\w+ ){0,2}(?:<gang>|<crime>)
        kontakter (?:i|inom|med) (?:\\w+ )?<gang>
        (?<!föreningen )(?:tillhör~|ingår i|ingått i|ingick i|med i|medlem i|medlem av|aktiv i|aktiv inom
            |lämna(?:r|t|de|)|hoppa(?:r|t|de) av(?: från)?|gått med i|gick med i|~kryter\\w+ (?:av|till|åt
            |in i)|värva~ (?:av|till|åt)|ledde|styr|styrt|in i|indragen i|inblandad i
            |springer (?:ärenden )?åt|jobbar (?:åt|för)|säljer åt|kör åt|går ärenden åt|utnyttjas av
            |utnyttjad av|hotad av|chef för|ledare för|leder|boss i|toppen (?:av|i|på)|grundare av|medlem i
            |del av|hör till|hörde till|beskyddar|president i|vice ordförande i
            |väst från) (?:(?!mot |om |kring )\\w+ ){0,3}<gang>
        gäng(?:koppling|anknytning|bakgrund)~
        (?:är|var) gängets ~
        (?:knuten|anknytning|anknuten|anslut~|bunden|klorna|skulden) … ?(?:till|på|hos) (?:\\w+ )?<gang>
        indragen i ~
        (?:lever|levde|levt) kriminellt
        kriminellt levnadssätt
        rekryter(?:ar|ade) (?:pojkar|flickor|minderåriga|springpojkar)
        gängtatuering~
        hjärnan bakom ~
        (?:farlig|beväpnad) (?:och|för|enligt|men) ~
        (?:anses|är|gick|går|är ofta) (?:\\w+ )?(?:farlig|beväpnad)
        återfallare
        stöld~ på sitt samvete
        leder (?:ett|ortens|det) <gang>
        gängmedlem~
        gängledar(?:e|en)
        (?:ledar(?:e|en)|boss~|medlem~) (?:för|i|av|på|inom) (?:\\w+ )?(?:gänget|~gäng|ligan|kriminell~)
        avhoppa(?:re|ren|d) ¤
        avhoppar(?:e|en) (?:från|ur)
        är (?:\\w+ )?avhoppare
        rekryter(?:ar|at|ade) (?:[\\w¤]+ ){0,3}(?:barn|unga|ungdomar|elever|killar|tjejer|\\d+-åringar|kids
            |minderåriga)
        gängkriminell
        (?:gäng|lig|mc-|nätverks|klan|maffia)(?:knut|anknut|anslut|koppl|kriminell)(?:en|ne|na|ad
            |ade|e|a)?
        (?:gäng|nätverks|klan|lig)(?:anknytning|koppling|tillhörighet|medlemskap|liv)~
        (?:är|var|som|en|ökänd|känd|utpekad|av|som är) (?:\\w+ )?(?:~gängledare|ligaledare
            |ligamedlem|~gängmedlem|klanledare|nätverksledare|maffialedare)
        <gang> har (?:\\w+ )?(?:värvat|rekryterat|hotat|utnyttjat|skuldsatt) <whom>
        (?:rekryterad|rekryterades|rekryterats|värvad|värvades|värvats|indragen|dragits
            |drogs) (?:\\w+ )?(?:in )?(?:av|till|i|in i|åt) (?:\\w+ )?<gang>
        (?:hotfull|våldsam|aggressiv|farlig) och (?:\\w+ )?(?:hotfull|våldsam|aggressiv|farlig
            |kriminell|oberäknelig|påverkad)
        våldsbenäg(?:en|na)
        gang (?:member|leader|affiliat|ties|related)~
        (?:is|was) (?:a |in a |an? \\w+ )(?:gang|criminal|gangster|drug dealer|thief|burglar|rapist
            |murderer|robber|terrorist|offender|perpetrator|abuser)
        (?:är|var|blivit) (?:\\w+ )?(?:ledande|drivande|centralfigur|nyckelperson|framträdande
            |högt uppsatt|aktiv|verksam|inblandad|involverad) (?:person )?(?:i
            |inom) (?:\\w+ )?(?:<gang>|kriminellt ~)
        (?:lämnat|lämnade|lämnar|tagit sig ur|brutit med) (?:\\w+ )?(?:kriminaliteten
            |den kriminella|gängkriminaliteten|gänglivet|gängmiljön)
        """,
        """
        (?:arbet~|jobb~|forsk~|insats~|samtal~|föreläs~|~inform~|berätta~|pratade?|rapport~|~projekt~
            |leder arbetet|tema~|frågor?|dialog|möte~|~kurs~|utbildning~) … (?:med|mot|om
            |kring) (?:\\w+ )?(?:kriminella|~gäng~|avhoppar~|rekryter~|~koppling~
            |organiserad ~)(?: till)?(?: (?:kriminella|kriminellt))?(?: (?:nätverk~|miljö~|gäng~|grupp~))?
        rekryter(?:ar|ade|at|a|ing~) … (?:nattvandrar|volontär|vuxna|fältare|samordnare|handläggare|personal
            |ledare|gode|kontaktpersoner|familjehem|medlemmar|ombud|värdar|deltagare|föräldrar|polis
            |ungdomsvärd|ungdomar (?:till|som)|unga (?:till|som))~
        rekryter(?:ades|ats|ad|at|as) (?:\\w+ )?(?:till|av) (?:tjänst|kommun|region|polisen|styr
            |nätverket|länsst|projekt|läns)~
        """,
    ),
    Words(
        "called an offender",
        """
        gärningsm gärningspers förövare våldsutövare våldsutövaren våldsman våldsverkare våldtäktsman
        attentatsman knivman tjuv langar mörda rånar pedofil bedragar svindlar hälare pyroman terrorist
        stalker snattar smugglar skurk bov_ boven värsting ligist huligan misshandlar plågare kåkfar bränna
        återfallsf förbryt brottsling utpressar rattfyll kriminell torped hitman skytt gäng gangster maffia
        målvakt springpojk buse_ knarkk hallick sexköp sexförb sexualförb klottrar vandal brandstift fånge
        fången fängelsekund intern avhopp huvudmisst dealer narkotikah vapenh tjuvg
        """,
        """
        (?:<is>|som|en|ökänd~|känd~|misstänkt|dömd|notorisk|riktig|detta|f\\.d\\.|tidigare|exfånge,
            |ex-?) … ?<offender>
        <theoffender>
        ¤ ?[,(–:-] ?(?:\\w+ ){0,2}<offender>
        <offender>: ¤
        <offender> ¤
        """,
        """
        (?:arbet~|jobb~|stöd~|insats~|program~|behandling~|samtal~|föreläs~|kurs~|~cirk~|bok~|film~
            |metod~) … (?:med|för|till|om|kring|mot) (?:\\w+ )?(?:våldsutöv|förövar|gärnings|avhopp|mördar
            |terrorist|pedofil)~
        ansvarar för … (?:våldsutöv|avhopp)~
        målvakt (?:i|för|på) (?:korpen|laget|klubben|\\w*fotboll\\w*|\\w*handboll\\w*|\\w*hockey\\w*|ff
            |if|bk)~
        målvakts~
        """,
    ),
)
