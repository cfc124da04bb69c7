"""How Swedish says of a person that they are violent, have stolen, dealt, defrauded."""

from __future__ import annotations

from kontaktnat.freetext.forms import Words

WORDS = (
    Words(
        "has, sells or handles what is forbidden",
        """
        drog narkotika knark hasch cannabis tramadol piller kokain amfetamin spice heroin lustgas gräs_
        gräs. benzo anabola hembränt smugg vapen pistol kniv sprängm granat dynamit barnporr falska_ stöld
        _rån srån trån brott våld _hot hotet bedrägeri mord dråp skadegör ofreda häleri förskin mened förtal
        övergrepp trakass förfölj utpress smitning brand bränder doping kränk attack attentat _dåd dådet
        bråk upplopp mutor muta sprit olaga _grov hedersf slagsmål kupp krimin snatteri klotter tvätt
        koppleri handel vållande fusk innehav skjut spräng anstift medhjälp stämpling langning sabotage
        terror spion svindleri stalk överfall plågeri förfalsk tjänstefel fortkörn trolös sexköp nykterhet
        rattf fylleri bestick gripandet svindl misshandel inbrott
        """,
        """
        <who><then>(?:säljer|sålt|sålde|sälja|köper|köpt|köpte|har|hade|haft|kör|kört|körde|fraktar|odlar
            |odlat|odlade|gömmer|gömde|gömt|förvarar|förvarade|smugg~|innehar|tillverkar|delar ut|bär|bar
            |viftat?(?:de)? med|hittades med|tog emot|tagit emot|tar emot|köpt upp|handlar med|hanterar
            |hanterat|distribuerar|setts med|sågs med|synts med|håller på med|hållit på med|sysslar med
            |sysslat med|ägnar sig åt|ägnat sig åt|lever på|försörjer sig på|döljer|springer med|langar
            |åker runt med) (?:[\\w¤]+ ){0,2}(?:<drugs>|<crime>)(?! (?:i (?:ett|nytt)|på (?:nästa|dagord
            |agenda)))
        """,
        """
        har (?:\\w+ ){0,2}(?:plan|projekt|uppdrag|material|fråga|frågor|statistik|utbildning|åsikter
            |synpunkter|föreläsning|erfarenhet|kunskap|ansvar|information|rutin|~grupp) … (?:<drugs>
            |<crime>)
        (?:har|hade|haft) (?:\\w+ )?(?:~brotts~|~inbrott|~stöld(?:er)?|problem ~)
        (?:delar|delade|delat) ut (?:broschyr|material|foldr|info|flygblad)~ … (?:<drugs>|<crime>)
        (?:~projekt~|~arbete~|~insats~|föreningen|kampanj~|grupp~|samverkan|åtgärd~|plan~) (?:mot|om
            |kring) (?:<drugs>|<crime>|<gang>)
        (?:håller|höll|hållit) (?!i (?:kniven|vapnet|pistolen|yxan))(?:\\w+ )?(?:i|kurs|föredrag
            |föreläsning|utbildning|ett pass
                    |pass) (?:\\w+ ){0,3}<crime>
        (?:har |hade )?tvätta[rt]?(?:de)? (?:bort|västar|kläder|bil|bilen|händer)~
        (?:har|hade) (?:\\w+ )?(?:noterat|sett|märkt|rapporterat|följt|kartlagt|sammanställt
            |skrivit|hört|läst|upplevt|registrerat|diskuterat|lyft|räknat|analyserat|studerat
            |utrett|anmält|polisanmält|forskat|pratat|berättat|frågat|minskat|förebyggt|förhindrat
            |tagit upp|jobbat|arbetat|svarat|föreläst|informerat|undersökt|mätt|jämfört|drabbats
            |utsatts|bevittnat|kommenterat|presenterat) (?:[\\w¤]+ ){0,3}(?:<crime>|<drugs>)
        (?:har|hade|ställ~|fick|med) (?:\\w+ )?(?:frågor|fråga|funderingar|synpunkter|oro
            |idéer) (?:om|kring|på|rörande) (?:\\w+ )?(?:<crime>|<drugs>)
        hanterar (?:ärenden?|frågor|samtal|hot) (?:om|kring|mot|rörande) (?:\\w+ )?(?:<crime>
            |förtroende~|personal~|tjänste~|politiker~|medarbetare~)?
        var med (?:vid|på|i) (?:\\w+ )?(?:invigning|möte|utbildning|träff|uppstart|kick|fest
            |vandring)~ (?:\\w+ ){0,3}(?:<crime>)?
        """,
    ),
    Words(
        "violence, theft, drugs, fraud: what somebody does",
        """
        misshand _rån srån trån stul stal_ stjäl snott snor_ snodde snatta langa deala smugg mörda döda
        våldta våldtog våldtäkt stalka förfölj ofreda trakass bedrog bedrag bedrar förskin svindla fiffla
        vandal klottra högg_ hugg skar_ skurit skär_ förgr antasta utpress mutat mutade rattf ratton avvik
        överfall överföll tafsa blotta strypt terroris turné pressar_ slår_ slog_ slagit sparka knuffa hotar
        hotat hotade granat barnporr _full_ _full. _full, onykter berusad påverkad körkort sköt_ skjut
        begått begick begår utfört utförde erkän neka förneka inbland delaktig involver medskyld medhjälp
        bakom_ eld_ eldat eldade tänt_ tände_ anlagt anlade spräng brutit bröt_ bryter sönder krossa fuska
        lurar lurat lurade blåst_ _sex_ _sex. våldsam utsätt utsatt vräk kasta slåss kränk attack bekän
        medge medgav tömt tömde länsa pengar_ur hotfull körde_ stack_ stuckit flydde sprang skjuter_folk
        ligga_bakom kränk insyltad hotas hotad slagen skjuten dödad _utsatt utsätts bomb bedriv bedrev
        driver organis människosm bordell svartkl ocker grooma kidnapp rövat rövade våldför puckla spotta
        doxa hacka porr nakenb tvätta höll_i håller_i hållit_i fyllan lyset aspack dragen handgrip confess
        admitted beats_ beat_ hits_ threaten stabbed raped robbed stole_ murdered assault stalk abuse harass
        sells_ sold_ selling deals_ dealing dealt smuggle mördad lurad bedragen folk jagar jagade angr
        inlåst instängd fången inspärr inblandning delaktighet roll_i medverkan kriminalitet brottslig
        krimin snatter säljer börja försök fortsätt fortsatt slutat påstås sägs skottloss efter_att stal.
        slog krossade sparkade gjort_ gjorde_ deltog deltagit medverkat planera var_med_ varit_med_ hotbrev
        hot_till tros_ misstänks uppges setts sågs mutor _muta
        """,
        """
        <who><then>(?:misshandlar|misshandlade|misshandlat|rånat|rånade|rånar|stulit|stal|stjäl|snott|snor
            |snodde|snattat|snattar|snattade|langat|langar|langade|dealar|dealat|smugglat|smugglar|smugglade
            |mördat|mördade|dödat|dödade|våldtagit|våldtog|våldtar|stalkar|stalkade|stalkat|förföljer
            |förföljde|förföljt)
        <who><then>(?:ofredar|ofredade|ofredat|trakasserar|trakasserat|trakasserade|bedragit|bedrog|bedrar
            |förskingrat|förskingrade|svindlat|fifflat|fifflar|vandaliserat|vandaliserade|klottrat|klottrar
            |klottrade|(?:kniv|yx)?(?:högg|huggit|skar|skurit|skär))(?! (?:sig|av|ner))
        <who><then>(?:förgripit sig|förgrep sig|förgriper sig|antastat|antastade|utpressar|utpressat
            |utpressade|mutat|mutade|kört rattfull|avvikit från|överfallit|överföll|tafsat|tafsar|tafsade
            |blottat sig|blottade sig|strypt|terroriserar|terroriserat|åkt på stöldturné)
        <who><then>pressar (?:\\w+ )?på pengar
        <who><then>(?:slår|slog|slagit|sparkat|sparkade|knuffat) (?:sin|sina|sitt|ihjäl|ner|honom|henne|dem
            |barnen|frun|mamman|¤|en|ett|två|sönder|till (?:sin|en|honom|henne))(?! (?:slag|rekord|fast))
        <who><then>hota[rt]?(?:de)? (?:\\w+ )?(?:mig|oss|att|sin|sina|en|flera|honom|henne|dem|personal~
            |lärar~|vakt~|¤|grann~|med|till livet|\\w+(?:en|na|an))
        <who><then>(?:kör|körde|kört|åker) (?:\\w+ )?(?:full|onykter|berusad|rattfull|rattonykter
            |drograttfull|~påverkad|utan körkort|på droger)
        <who> (?:\\w+ )?(?:rattfull|onykter|drograttfull|narkotikapåverkad)
        <who><then>(?:sköt|skjutit|skjuter) (?:mot|på|ihjäl|en|ner|¤|sin|två|i|skott|av)
        <who><then>(?:begått|begick|begår|utfört|utförde|medverkat (?:till|i|vid)|deltagit i|deltog i
            |var med (?:vid|i|på|om)|varit med (?:vid|om|på)|planerat|planerar|gjort
            |gjorde) (?:[\\w¤]+ ){0,2}(?:inbrott~|rånet|rån|stölden|stölder|brott|brottet|mordet|misshandeln
            |skjutningen|sprängningen|dådet|upploppet|bedrägeri~|våldtäkt~|skadegörelsen|överfallet
            |mordförsök~|slagsmålet|branden)
        (?:erkänt|erkände|erkänner|nekar|nekade|nekat|förnekar|förnekat
            |förnekade) (?:till )?(?:\\w+ ){0,2}(?:<crime>|anklagelse~|misstank~)
        <who><then>vräk(?:s|tes|ts) (?:efter|för|på grund av|p\\.?g\\.?a\\.?) (?:\\w+ )?<crime>
        <who><then>(?:kastat|kastade|kastar|kasta) (?:sten|stenar|ägg|bomb~|brandbomb~|molotov~|flaskor
            |saker|bangers|smällare) (?:på|mot|in)
        <who><then>(?:är|var) (?:\\w+ )?aggressiv och slåss
        <who><then>slåss (?:med|mot)
        (?:bekänt|bekände|bekänner|medgett|medgav|medger) (?:\\w+ )?<crime>
        <who><then>(?:tömt|tömde|länsat|länsade) (?:\\w+ )?(?:~kassan|~kontot|kassaskåpet)
        <who><then>(?:tog|tagit|plockade) (?:\\w+ )?pengar ur
        <who><then>(?:skickat|skickade|skickar|skrivit|skrev) (?:\\w+ )?(?:hotbrev~|hot till|hotfulla ~)
        <who><then>(?:är|var|varit) (?:\\w+ )?hotfull~ mot
        <who><then>(?:körde|kört|stack|stuckit|sprang|flydde) (?:i)?från <police>
        <who><then>skjuter (?:folk|\\w+ människor)
        (?:ligga|ligger|låg|legat) bakom(?= ?$|[.,])
        ¤ (?:har )?(?:kränkt|kränkte) (?:en|ett|flera|sin) ~
        insyltad i \\w+
        ärendet är polisanmält
        <who> har (?:nu |också )?erkänt(?= ?$|[.,;])
        (?:nekar|nekade)(?= ?$|[.,;])
        (?:inblandad|delaktig|involverad|medskyldig|medhjälpare) (?:\\w+ )?(?:i|till
            |vid) (?:\\w+ ){0,3}<crime>
        (?:ligger|låg|legat|står|stod|stått) bakom (?:\\w+ ){0,2}(?:<crime>|det hela|dådet)
        <who><then>(?:tänt eld|tände eld|tänt på|tände på|anlagt (?:\\w+ )?bränder|anlade (?:\\w+ )?(?:brand
            |bränder|branden)|anlagt (?:\\w+ )?(?:brand|branden)|eldat upp|eldade upp|sprängt|sprängde
            |brutit sig in|bröt sig in|bryter sig in|slagit sönder|slår sönder|krossat|krossade (?:en|flera
            |två|rut~|fönst~|bil~|gla~)|fuska[rt]?(?:de)? med|lurat|lurade|lurar|blåst|köpte sex|köpt sex
            |köper sex)(?! en lösning)
        <who><then>(?:är|var|varit|blir|blev) (?:\\w+ )?våldsam(?:t|ma)? mot
        <who><then>utsätt(?:er|a) (?:[\\w¤]+ ){1,3}för (?:våld|hot|övergrepp|misshandel|~våld)
        <who><then>utsatt (?!för)(?:[\\w¤]+ ){1,3}för (?:våld|hot|övergrepp|misshandel|~våld)
        (?:misshandlad|misshandlades|misshandlats|misshandlas|slagen|rånad|rånades|rånats|hotad
            |hotades|hotats|hotas|trakasserad|trakasserades|trakasseras|förföljd|förföljs
            |förföljdes|stalkad|stalkas|knivhuggen|knivhöggs|våldtagen|våldtogs|våldtagits|lurad
            |lurades|bedragen|utpressad|utpressas|skjuten|dödad|mördad|mördades|sexuellt ofredad
            |ofredad) (?:\\w+ )?av (?:¤|(?:sin|sitt|sina|hennes|hans) (?:\\w+ )?(?:man|exman|make
            |exmake|fru|exfru|sambo|ex|pojkvän|flickvän|bror|pappa|mamma|far|mor|son|dotter|granne
            |chef|kollega|styvfar|partner|kille|släkting|kusin))
        (?:utsatt|utsätts|utsattes|utsatts) för (?:\\w+ )?(?:våld|hot|misshandel|övergrepp
            |stalkning|trakasserier|~våld|förföljelse|hedersvåld) (?:\\w+ )?av (?:¤|(?:sin|sina
            |hennes|hans) ~)
        <who><then>(?:kastat|kastade|kastar) (?:\\w+ )?(?:handgranat|granat|molotovcocktail
            |brandbomb|bomb)~
        <who><then>fuska[rt]?(?:de)? sig till
        <who><then>(?:bedriver|bedrev|bedrivit|driver|drev|drivit|organiserar|sköter|leder|ledde
            |finansierar) (?:\\w+ )?(?:bidragsfusk|människosmuggling|bordell~|koppleri|svartklubb
            |spelklubb|narkotika~|knark~|droghandel|häleri~|stöldliga|utpressning|ocker
            |penningtvätt|bedrägeri~|svarthandel|langning)
        <who><then>(?:tog|tagit|tar) (?:emot )?(?:mutor|en muta)
        <who><then>(?:grooma(?:r|t|de)|kidnappa(?:r|t|de)|rövade bort|rövat bort|hackat sig
            |våldför(?:t|de|s)? sig|pucklat på|pucklade på|sparkade ner|bitit|spottade på
            |spottat på|doxa(?:t|de))
        <who><then>(?:ladda(?:t|de|r) (?:ner|hem|ned)|sprider|spred|spridit|innehar|innehade
            |tittar på|tittat på|sett på) (?:\\w+ )?(?:barnporr|övergreppsbild|nakenbild
            |hämndporr)~
        (?:bakom|till|för) (?:\\w+ ){0,2}<crime> (?:\\w+ ){0,2}(?:ligger|låg|står|stod|tros
            |misstänks|sägs|uppges) ¤
        (?:höll|hållit|håller) i (?:kniven|vapnet|pistolen|yxan|geväret)
        (?:kör|körde|kört|åkte|åker) (?:\\w+ )?(?:bil |moped |epa |runt |omkring )?(?:på fyllan
            |i fyllan|på lyset|dragen|aspackad)
        <who><then>(?:tvätta[rt]?(?:de)?) (?:\\w+ )?(?:svarta )?(?:pengar|kontanter|miljoner
            |vinster|brottspengar)
        tvätta[rt]?(?:de)? (?:\\w+ )?pengar
        <who><then>(?:är|var|varit|blir|blev) (?:\\w+ )?(?:våldsam|hotfull|handgriplig)~? (?:hemma
            |mot|när|i hemmet|på fyllan|med)
        <who><then>(?:är|var|varit|blir|blev) (?:\\w+ )?våldsam(?= ?$|[.,])
        erkänn?(?:er|de|t)(?= ?$|[.;])
        (?:confessed|admitted) (?:to|the|in)
        (?:beats|beat|hits|threatens|threatened|stabbed|raped|robbed|stole|murdered|assaulted
            |stalks|stalked|abuses|abused|harassed|harasses) (?:his|her|him|them|a|an|the|from|¤
            |money|cars|bikes)
        (?:sells|sold|selling|deals|dealing|dealt|smuggles|smuggled) (?:drugs|cannabis|cocaine
            |heroin|weapons|guns|stolen|hash)
        <who><then>hota[rt]?(?:de)? (?:\\w+ )?(?:folk|alla|barn|elever|ungdomar|andra)
        <who><then>(?:jagar|jagade|jagat|attackera[rt]?(?:de)?|angr(?:ep
            |iper)) (?:[\\w¤]+ )?(?:\\w+ )?med (?:kniv|yxa|vapen|pistol|machete|basebollträ)~
        <who><then>(?:gick|går|gått) till attack(?! mot (?!polis|vakt|person|en |sin |¤|barn))
        <who><then>(?:hållit|håller|höll) (?:[\\w¤]+ ){1,2}(?:inlåst|instängd|fången|inspärrad)
        ¤s (?:\\w+ )?(?:inblandning|delaktighet|roll|medverkan|skuld) i (?:\\w+ )?(?:<crime>|<gang>)
        <who><then>(?:sysslar|sysslat|ägnar sig|håller på|hållit på|lever) (?:med|åt|i
            |på) (?:\\w+ )?(?:kriminalitet|kriminella|brottslig)~
        <who><then>(?:inne|fastnat|fast|hamnat|indragen|på väg in|djupt nere|halkat in|glidit in
            |dragits in) i (?:\\w+ )?(?:kriminalitet|brottslighet|gängkriminalitet|drogträsk
            |missbruk och kriminalitet)~
        ¤s (?:\\w+ )?(?:brottsliga|kriminella) ~
        säljer ¤ (?:\\w+ )?<drugs>
        <who><then>(?:börjat|börjar|började|försökt|försökte|försöker|erkänt att han|setts
            |fortsätter|fortsatt|slutat|påstås|sägs|misstänks|lär|uppges|anses
            |ska ha) (?:\\w+ )?(?:sälja|langa|köpa|stjäla|råna|snatta|klottra|deala|smuggla
            |sprida) (?:\\w+ )?(?:<drugs>|<crime>|bilar|cyklar|mopeder|på|i|från|till)
        <who><then>(?:inblandad|delaktig|involverad|misstänkt) i (?:\\w+ )?(?:skottlossning
            |skjutning|sprängning|knivbråk|knivdåd|slagsmål|gängbråk|rån|stöld|mord)~
        (?:efter att|för att|eftersom) (?:han |hon |de )?(?:ha|har|hade|hon|han) (?:stulit
            |misshandlat|hotat|slagit|rånat|förskingrat|sålt (?:<drugs>)|langat|förgripit sig
            |trakasserat|ofredat)
        när (?:han|hon|hen) (?:stal|slog|rånade|klottrade|snattade|misshandlade|hotade|bröt sig in
            |langade|sålde <drugs>|krossade|sparkade|tände eld|eldade)
        har (?:börjat|slutat|fortsatt|försökt) (?:\\w+ )?(?:sälja|langa|deala|köra
            |smuggla) (?:\\w+ )?<drugs>
        """,
        """
        (?:slår|slog) (?:ett slag|an|fast|vakt|sig samman|ihop)
        kör (?:en )?(?:utbildning|kurs|projekt)~
        (?:sköt|skjutit|skjuter) (?:upp|på mötet|fram)
        har (?:\\w+ ){0,2}(?:plan|projekt|uppdrag|material|fråga|frågor|statistik|utbildning|åsikter
            |synpunkter|föreläsning|erfarenhet|kunskap|ansvar|information|rutin|~grupp) … (?:<drugs>
            |<crime>)
        (?:har|hade|haft) (?:\\w+ )?(?:~brotts~|~inbrott|~stöld(?:er)?|problem ~)
        (?:arbetar|jobbar|forskar) (?:med|mot|om|kring) \\w+
        (?:delar|delade|delat) ut (?:broschyr|material|foldr|info|flygblad)~ … (?:<drugs>|<crime>)
        (?:~projekt~|~arbete~|~insats~|föreningen|kampanj~|grupp~|samverkan|åtgärd~|plan~) (?:mot|om
            |kring) (?:<drugs>|<crime>|<gang>)
        (?:håller|höll|hållit) (?!i (?:kniven|vapnet|pistolen|yxan))(?:\\w+ )?(?:i|kurs|föredrag
            |föreläsning|utbildning|ett pass
                    |pass) (?:\\w+ ){0,3}<crime>
        (?:har |hade )?tvätta[rt]?(?:de)? (?:bort|västar|kläder|bil|bilen|händer)~
        fuska[rt]?(?:de)? (?:inte|i spel|på provet)
        (?:har|hade) (?:\\w+ )?(?:noterat|sett|märkt|rapporterat|följt|kartlagt|sammanställt
            |skrivit|hört|läst|upplevt|registrerat|diskuterat|lyft|räknat|analyserat|studerat
            |utrett|anmält|polisanmält|forskat|pratat|berättat|frågat|minskat|förebyggt|förhindrat
            |tagit upp|jobbat|arbetat|svarat|föreläst|informerat|undersökt|mätt|jämfört|drabbats
            |utsatts|bevittnat|kommenterat|presenterat) (?:[\\w¤]+ ){0,3}(?:<crime>|<drugs>)
        (?:har|hade|ställ~|fick|med) (?:\\w+ )?(?:frågor|fråga|funderingar|synpunkter|oro
            |idéer) (?:om|kring|på|rörande) (?:\\w+ )?(?:<crime>|<drugs>)
        hanterar (?:ärenden?|frågor|samtal|hot) (?:om|kring|mot|rörande) (?:\\w+ )?(?:<crime>
            |förtroende~|personal~|tjänste~|politiker~|medarbetare~)?
        var med (?:vid|på|i) (?:\\w+ )?(?:invigning|möte|utbildning|träff|uppstart|kick|fest
            |vandring)~ (?:\\w+ ){0,3}(?:<crime>)?
        """,
    ),
)
