"""How Swedish says of a person that they are suspected, convicted, detained, reported, known to the police.

Each entry: what it says, the forms (see `forms`), and beside them the harmless senses of the same words,
which
are taken out of the sentence first.
"""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    says: str
    stems: str
    """Where none of these stands in a text, none of the forms does; `_` is a blank. A cheap first look."""
    forms: str
    harmless: str = ""


PARTS = {
    "crime": """
        (?!från\\b)~(?:stöld|misshandel|rån|brott|våld|hot|bedrägeri|våldtäkt|mord|dråp|inbrott|skadegörelse
            |ofredande|häleri)(?:en|et|n|er|erna|erier)?
        ~(?:förskingring|mened|förtal|övergrepp|trakasseri|förföljelse|smuggling|utpressning|fylleri
            |rattfylla|nykterhet)(?:en|et|er|erna)?
        (?:narkotika|knark|vapen|kniv|terror|barnporr|doping|spion|hedersvåld)~
        ~(?:snatteri|klotter|brand|bränder|bränderna|brandstiftning|tvätt|koppleri|handel med ~
            |människohandel|vållande)(?:en|et|er|erna|t)?
        ~(?:fusk|innehav|skjutning|sprängning|detonation|anstiftan|medhjälp|stämpling|langning|upplopp
            |sabotage)(?:en|et|ar|arna|er|n)?
        ~(?:bestickning|muta|mutor|kränkning|förfalskning|plågeri|svindleri|stalkning|bråk|attack|attentat
            |överfall|dåd)(?:en|et|er|n)?
        droger|sprit|hasch|cannabis|kokain|amfetamin|tramadol|heroin|olaga ~|grov ~|köp av ~|sexköp
            |trolöshet|smitning|tjänstefel|fortkörning|hembränning
        (?!från\\b)~(?:mordet|rånet|inbrottet|dråpet|hotet|brottet|branden|stölden|stölderna|stölder
            |inbrotten|rånen|rånet|misshandeln|gripandet|dådet)
        mutor|(?:sexuella )?trakasserier|narkotikahandel~|droghandel~|vapenhandel~|kuppen|kupper
            |organiserad brottslighet|brottslighet~|hedersförtryck|slagsmål~|upplopp~
    """,
    "drugs": """
        droger|narkotika|knark|hasch|cannabis|tramadol|piller|kokain|amfetamin|spice|heroin|lustgas|gräs
            |benzo|anabola|stöldgods|hembränt|smuggelsprit|smuggelcigg?~
        vapen|skjutvapen|pistol~|kniv|knivar|sprängmedel|handgranat~|dynamit|barnporr~|falska (?:sedlar
            |pengar|id~)
    """,
    "whom": """
        ¤s? ?(?:ex|bror|son|dotter|man|fru|pappa|mamma|syster|vän|kompis|kusin)?|honom|henne|dem|mannen
            |kvinnan|sonen|dottern|brodern|killen|tjejen|pojken|flickan|grannen
        (?:sin|sina|hans|hennes|deras|vår|familjen|bröderna|unge|unga|läraren|ledaren|eleven|medlemmen
            |kassören) [\\w¤]+
    """,
    "is": """
        är|e|va|var|vart|blev|blir|bli|blivit|varit|vara|sitter|satt|suttit|anses|kallas|som|själv|numera|nu
            |ju
    """,
    "police": """
        ~polis(?:en|ens|er|erna|man|patrull~|ens \\w+)?|~patrull~|~väktar~|~vakt(?:en|er|erna)?
            |insatsstyrkan|tull(?:en|verket)|kustbevakningen|säpo|~snut~|aina|spanarna|span
    """,
    "prosecutor": "~åklagare?n?s?|~åklagar\\w+",
    "court": "~(?:rätten|rätt|domstol|domstolen|nämndemännen)",
    "prison": """
        fängelse~|kåken|anstalt~|finkan|buren|kumla(?:anstalten)?|hall|hallanstalten|saltvik|hinseberg
            |tidaholm|norrtäljeanstalten|skänninge|österåker
        viskan|kirseberg|fosie|mariefred|salberga|hällby|brinkeberg|färingsö|asptuna|sagsjön|ystadanstalten
            |högsbo|rödjan|kriminalvården
    """,
    "gang": """
        ~gäng|~gänget|~gängen|~gängkriminella|gängmiljö~|gängkriminalitet~|~ligan?|mc-~|hells angels
            |bandidos|foxtrot~|dalennätverket|~maffian?|undre världen|~narkotikanätverk~
        kriminella|(?:kriminella|kriminellt|kriminell|grovt kriminella) \\w+|brottsaktiva
            |livsstilskriminella|extremist~|islamist~|nazist~|terrorist~
    """,
    # Whoever does something in the sentence: one who is named, a pronoun, somebody's kin, a person meant.
    "who": """
        ¤s?|han|hon|hen|som|jag|båda|~(?:mannen|kvinnan|killen|tjejen|pojken|flickan|sonen|dottern|brodern
            |brorsan|systern|personen)
        maken|makan|frun|sambon|exet|ex|exman|exmannen|exmaken|pojkvännen|pappan|mamman|fadern|modern
            |styvpappan|styvfadern|kusinen|grannen|kompisen|vännen
        kollegan|chefen|ledaren|tränaren|kassören|ordföranden|eleven|ungdomen|hyresgästen|butiksägaren
            |läraren|väktaren|medlemmen
        (?:hans|hennes|deras|sin|min|vår|¤s) (?:\\w+ )?\\w+|(?:en|ena) (?:\\w+ )?(?:man|kvinna|kille|tjej
            |pojke|flicka|person|elev|granne|medlem|ledare|tränare|hyresgäst|son|dotter)
        ~(?:son|dotter|bror|brorsa|syster|morsa|farsa|pappa|mamma|kusin|granne|kompis|vän|polare|sambo|man
            |pojkvän)
    """,
    # What may stand between who and what is done; another subject may not.
    "then": """
        (?:\\W+(?!att |när |som |någon |okän|inte |ungdom|vi |man |de |folk |tjuv
            |om |för |mot |nya? )[\\w¤]+){0,4}?\\W+
    """,
    "number": "\\d+|en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|tolv|arton|flera|några|många|ytterligare",
    "offender": """
        ~gärningsman|~gärningsperson|förövare|~våldsutövare|våldsverkare|våldsman|~tjuv|~langare|~mördare
            |~rånare|~våldtäktsman|pedofil|~bedragare
        svindlare|hälare|mordbrännare|pyroman|~terrorist|stalker|snattare|~smugglare|skurk|bov|värsting
            |ligist|huligan|~misshandlare|hustruplågare
        kåkfarare|hembrännare|återfallsförbrytare|förbrytare|~brottsling|utpressare|rattfyllerist|~kriminell
            |torped|hitman|skytt|~gängmedlem|~gängledare
        gängtopp|gangster|maffia~|målvakt|springpojke|buse|knarkkung|hallick|sexköpare|djurplågare|klottrare
            |vandal|brandstiftare|fängelsekund
        sexförbrytare|sexualförbrytare|livstidsfånge|fånge|straffånge|avhoppare|huvudmisstänkt|dealer
            |knarkhandlare|narkotikahandlare|vapenhandlare|kvinnomisshandlare|tjuvgods~
    """,
    "theoffender": """
        ~(?:langaren|tjuven|förövaren|utövaren|mördaren|rånaren|våldtäktsmannen|gärningsmannen
            |gärningspersonen|bedragaren|pedofilen|brottslingen)s?
        ~(?:hälaren|pyromanen|mordbrännaren|skytten|terroristen|stalkern|smugglaren|skurken|boven|ligisten
            |huliganen|misshandlaren|utpressaren|snattaren)s?
        ~(?:våldsmannen|torpeden|klottraren|gangstern|förbrytaren|hembrännaren|knivmannen|attentatsmannen
            |fången|internen|svindlaren|dealern|gängledaren|avhopparen)s?
    """,
}

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
        "arrested",
        """
        greps grip grep_ haffa torska åkte_ åker_ åkt_ åka_ tagen togs tagits tas_ tagna _tog_ tagit_ _tar_
        plocka hämta förd_ fördes förde_ fört_ jaga eskort omhändert avvisa gärning ertappa stoppa arrest
        påkom påträffa fyll cell av_polis med_polis in_av _gripande
        """,
        """
        greps
        grip(?:en|its|as|s)
        gripit
        gripne
        (?:<is>) (?:\\w+ ){0,2}gripna
        gripna(?= ?$| (?:för|efter|i|på|och|av (?:polis|väkt|vakt|tull)))
        gripna?(?: \\w+){0,2}(?: är)?:? ¤
        <police> … (?:grep|griper|gripa|haffa~|tog|tagit|tar|plocka~|fört|förde|hämta~|stoppa~|jaga~
            |stopp~) (?:in |fast )?<whom>(?! (?:emot|upp|kontakt|om|med sig|på stationen))
        (?:grep|griper|gripa|gripande~ av|haffade?r?|tog fast) <whom>
        haffa(?:d|des|ts|t)
        tor?skat?(?:de|r|s)? (?:för|på|dit)
        åk(?:er|te|t|a) (?:fast|dit|in igen|på en (?:volta|dom|resa till kåken))
        (?:bli|blev|blivit|blir) tagen(?= ?$|[.,])
        (?:togs|tagen|tagits|stoppad~) (?:\\w+ )?för <crime>
        (?:hamna~|körd~|lades|lagd|satt|sov) (?:\\w+ )?(?:i|till) (?:arresten|arrest|fyllecell~|fyllan|cell~)
        ~arrest
        (?:tagen|tagits|togs|tas|tagna|plockad~|hämtad~|förd|fördes|stoppad~|jagad~|eskorterad~
            |omhändertagen|omhändertogs|avvisad~) … (?:av|till|hos) (?:\\w+ )?(?:<police>|arrest~|~förhör~
            |häkte~)
        (?:fast|med|in) av <police>
        plockad(?:es)? in
        (?:tagen|togs|tagits|ertappa~|stoppa~|påträffa~|påkommen|påkoms) (?:på bar gärning|med … <drugs>
            |med … (?:gram|kilo) ~)
        på bar gärning
        ertappa(?:d|des|ts)
        (?:i|ur|från) (?:arresten|fyllecellen|polisarrest~)
        polisingripande~ mot <whom>
        <police> … (?:och|,) (?:tog|tar|hämta~|grep|förde) (?:med sig )?(?:med )?<whom>
        """,
        """
        gripande (?:\\w+ )?(?:föreläsning|berättelse|film|möte|föredrag|tal|vittnesmål|stund|skildring
            |inslag|bok|historia|ögonblick)~
        (?:grip(?:en|na|s|its)
            |greps) av (?:¤s |hennes |hans |deras |den |det |stor |stark |plötslig )?(?:\\w+ )?(?:panik
            |stund|berättel|allvar|ångest|skräck|lust|musik|föreläs|ämne|film|bok|vittnes|tal|ord|känsl|oro
            |sorg|situation|engagemang|mod|historia|stämning)~
        (?:tar|tog|tagit) fast på
        åk(?:er|te|t) fast i (?:snö|lera|trafik|kö|hissen)~
        """,
    ),
    Words(
        "detained",
        """
        häkt anhåll anhöll frihetsber fri_fot släpp gripne anhållne den_dömd den_åtalad den_efterlys
        den_frigiv den_anmäl den_misst unge_ gripna arrest
        """,
        """
        ~häktad
        ~häkta(?:s|des|ts)
        häktat <whom>
        häktade?(?: \\w+){0,2} <whom>
        (?:den|unge) ~(?:häktade|gripne|gripna|åtalade|dömde|dömda|anhållne|misstänkte|misstänkta|efterlyste
            |frigivne|anmälde) (?:mannen|kvinnan|killen|tjejen|pojken|flickan|personen|¤|är|heter)
        den ~(?:häktade|gripne|åtalade|dömde|anhållne|misstänkte|efterlyste|frigivne)
        häktade?(?: \\w+){0,2}(?: är)?:? ¤
        <court> (?:\\w+ ){0,2}häktade
        häktning(?:en|s~)? av
        (?:begär|begärs|begärdes|begärts|begärd|begärt) (?:\\w+ ){0,2}häkt~
        begär(?:t|s|ts)? ¤ häkt~
        (?:<is>|båda) (?:\\w+ ){0,2}häktade
        (?:i|ur|från) häkte
        (?:sitter|satt|suttit|sitta|släpp~|förd~|kvar|hamna~) (?:\\w+ ){0,2}(?:i|på|ur|från|till) (?:häktet
            |häkte|arrest~)
        häktningsförhandling~ (?:mot|för|med|om) <whom>
        ¤s häktning~
        anhåll(?:en|na|its|s)
        anhölls
        anhöll <whom>
        anhållit <whom>
        frihetsberöva~
        (?:släppt|släpptes|släpps|frisläppt|försatt~) (?:\\w+ ){0,2}(?:efter (?:\\w+ )?förhör|på fri fot
            |ur häkte~|från häkte~|från arrest~)
        på fri fot
        """,
        """
        häkta(?:d|de|t|des|s) (?:på|av|upp|fast|i|ihop) (?!sannolik|goda|skälig|sin frånvaro|går|natt|dag
            |förr|helg|måndag|tisdag|onsdag|torsdag|fredag|väntan|sin)\\w+
        (?:anhåller|anhållas|anhållit|anhålla|anhålls|anhöll|anhölls) om
        """,
    ),
    Words(
        "in prison, on probation",
        """
        fängels fängslad kåk anstalt finkan buren kumla _hall saltvik hinseberg tidaholm norrtälje skänninge
        österåker viskan kirseberg fosie mariefred salberga hällby brinkeberg färingsö asptuna sagsjön
        högsbo rödjan kriminalvård sitter_ sitta_ suttit satt_ galler institution släppt mucka burad burades
        frigiv frigav friges fotboja övervak avtjän skyddstillsyn prövotid samhällst ungdomsv ungdomst
        kontraktsv påföljd villkorlig dagsböter frivård intern_ permis rymmen _sis_ tid_på in_på_
        """,
        """
        (?:sitter|satt|suttit|sitta|åk~|hamna~|kom|kommer|komma|kommit|släpp~|rym~|avvek|avvikit|permission
            |permis|intagen|är|var|inlåst|placerad|ute|ut|in|tillbaka|hemma|pappa|mamma|bror|son|far|man
            |vistas) … (?:i|på|från|ur) <prison>
        (?:sitter|satt|suttit|sitta) (?:fortfarande |nu |redan )?(?:inne|inlåst|inspärrad|fängslad
            |i fängsligt~|av (?:sitt|ett|en|sin|\\d~|två|tre)|bakom lås~)
        bakom galler
        på kåken
        i fängelse
        (?:satt|suttit|sitter) (?:\\w+ )?på institution
        (?:in|ut|fri)släppt från
        mucka(?:r|de|t)
        inburad~
        burades in
        fängslad(?:es)?
        (?:villkorligt )?(?:frigiven|frigavs|friges|frigivits|frigivning av)
        (?:har|bär|går med|fick|fått|ålagd|till|med) (?:elektronisk )?fotboja
        intensivövervakning (?:till|för)
        avtjän(?:ar|a|ade|at) (?:\\w+ ){0,3}(?:straff~|dom~|fängelse~|år|mån~|på \\w+|resten|på|livstid|tid
            |påföljd)
        (?:på|under|har|fått|fick|står under) (?:\\w+ )?(?:övervakning|skyddstillsyn|prövotid)
        (?:skyddstillsyn|samhällstjänst|ungdomsvård|ungdomstjänst|övervakare|kontraktsvård)~ (?:för|åt|till) ¤
        (?:fick|fått|får|har|gör|döms?|dömd|under|avtjän~) (?:\\w+ ){0,2}(?:skyddstillsyn|samhällstjänst
            |ungdomstjänst|ungdomsvård|kontraktsvård|påföljd|villkorlig|dagsböter|övervakare)
        ¤s (?:övervakare|skyddstillsyn|frivård~|permission|frigivning|anstalt~|häktning|villkor~|fotboja)
        (?:klient|inskriven|aktuell|kontakt|inkallad|går|dömd) (?:hos|på|inom|till|i) (?:frivård
            |kriminalvård)~
        frivårdsklient~
        intern på
        på rymmen
        (?:hemma|ute|är) på permis~(?: från ~)?
        (?:gjort|gjorde|gör) (?:\\w+ ){0,2}(?:på <prison>|tid på ~)
        (?:sitter|satt|suttit) (?:på livstid|för ~(?:mord|rån|dråp|brott|stöld|våldtäkt|misshandel|narkotika))
        (?:frivård|kriminalvård)~ har ¤
        (?:frivård|kriminalvård)~ (?:klient|klienten|intagne) ¤
        via frivården(?= ?$|[.,])
        <who> … (?:intagen|placerad) på sis för
        åk(?:er|te|t) in på (?:\\w+ ){0,2}(?:år|mån~)
        """,
        """
        (?:med|om) fotboja:
        kontaktförbud med fotboja
        fängslad av (?:¤s |den |det |hennes |hans )?(?:\\w+ )?(?:ämne|föreläs|berättel|bok|film|tal|histori
            |tema|musik)~
        (?:sitter|satt|suttit) inne (?:med|på) (?!kumla|hall|anstalt)\\w+
        (?:med|vid|på) (?:mötet|möte|träffen|träff|lunch|kurs~|konferens~) i (?:hall|kumla|tidaholm|mariefred)
        kumla (?:kommun|centrum|bibliotek~|station|brå)
        (?:föreläs~|ute) … (?:i|på|från|ur) <prison> (?:och )?(?:föreläs~|håller|pratar|berättar)?
        (?:på|hos|via|genom|inom) frivården (?:i|som|tar|är|har|vill|deltar|arbetar|jobbar)
        (?:jobbar|arbetar|anställd|chef|vakt|tjänstgör|besök~|studiebesök|präst|lärare|praktik|kollega~
            |vårdare|personal|utredare|handläggare|förarbetar) … (?:i|på|från|ur|hos) <prison>
        (?:är|var) (?:\\w+ )?(?:chef|vakt|vårdare|präst|lärare|handläggare|anställd|samordnare|rektor
            |inspektör|utvecklare|kontaktperson|ny) … (?:i|på|från|hos) <prison>
        """,
    ),
    Words(
        "convicted, acquitted",
        """
        döm _dom_ _dom. _dom, _domen _domar fängelsedom straff tingsrätt hovrätt rätten rättegång rättspro
        domstol åtal stämning fälld fälls lagför frikän friad frias friade fängelse livstid böter villkorlig
        sluten_ungd fick_ fått_ får_ skyldig bötf böta ordningsbot utvis skulden körkort kriminalitet brott
        stöld inbrott rättspsyk skyddst
        påföljd fällande friande
        """,
        """
        ~dömd
        döm(?:des|ts|s)
        (?:<is>|båda) (?:\\w+ ){0,2}dömda
        dömda? för
        (?:i|av) <court> … (?:dömd|fälld)
        <court> … (?:dömer|dömde|dömt|fällde|fäller|friade|friar|dömer ut) (?:\\w+ ){0,2}<whom>
        (?:dömer|dömde|dömt|fällde|friade) <whom>
        dom(?:en|ar|arna|s)? (?:mot|för|över) <whom>
        bötfäll(?:d|des|ts|s)
        (?:fick|fått|får|fick en) (?:\\w+ )?(?:böta|ordningsbot|strafföreläggande) för (?!park|felpark
            |fortk)\\w+
        (?:inne på|avslutar|avslutat|avklarat|sonat|sonar) (?:sitt|ett) (?:\\w+ )?~straff
        (?:utvisas|utvisad|utvisats|utvisades) (?:\\w+ )?(?:efter|på grund av|för) … (?:straff|<crime>)
        (?:tagit|tog) på sig skulden
        (?:fällande|villkorlig|friande) dom
        (?:har|hade|fått|fick|åkt på|med|väntar på|avvaktar|överklaga~) (?:\\w+ ){0,2}(?:dom|domen|domar
            |fängelsedom|straff|fängelsestraff|rättegång|rättegången|rättsprocess|åtal|åtalet
            |stämning)(?= ?$|[,.;)]| (?:på sig|bakom sig|för|mot|i|sedan|efter|och|från|på halsen))
        fäll(?:d|des|ts|s) (?:för|i)
        (?:tidigare|för|ej|flerfaldigt|flera gånger|redan) ?(?:straffad|straffat|lagförd)
        förstraffad
        straffa(?:d|des|ts)
        lagför(?:d|s|des|ts|da)
        frikän(?:d|des|ts|ns|ner|de)
        fria(?:d|des|ts)
        straff(?:et)? (?:för|mot) <whom>
        ¤s (?:fängelse)?(?:straff~|dom|domen|brott|brottslighet|åtal|rättegång~|kriminalitet|brottshistorik
            |stölder|inbrott)
        (?:fick|fått|får|till|döm~|gav|ger|ska få) (?:¤ |honom |henne )?(?:\\w+ ){0,2}(?:fängelse~|livstid~
            |dagsböter|böter|bötesstraff|villkorligt|ovillkorlig~|sluten ungdomsvård|rättspsyk~)
        <who> (?:ska ha |har )?(?:fick|fått|får) (?:<number>)(?: \\w+)? (?:dagar|månader|månaders|år|års
            |veckor)(?! (?:på sig|på oss|till|extra|längre|senare|kvar|tid|att|betänketid|anstånd|gamla?
            |sedan|före|bidrag|stöd|projekt~|finansiering|semester|ledigt|garanti))
        skyldig till
        är skyldig(?= ?$|[.,])
        befunnen skyldig
        fängelse i \\w+ (?:år|mån~)
        blev av med körkortet
        """,
        """
        (?:dömd|dömt|dömda) (?:att|till (?:väntan|tystnad|framgång|ensamhet|undergång)|på förhand
            |till misslyckande|till undergång|ut)
        (?:för|be|ut|av)döm~
        döms? (?:matchen|av)
        fria(?:d|t|de)? till (?:sin|henne|honom)
        parkeringsböter
        böter för (?:felpark|parkering)~
        (?:får|fått|fick|väntar på|har) (?:ett |sitt )?(?:positivt |eget )?straff i matchen
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
        "wanted, looked for",
        """
        efterlys flykt eftersökt jagad undan letar_ söker_ jagar jagade spanar bevak övervak ögonen koll_på
        få_tag_i häktningsorder interpol ute_efter uppsikt lupp efter_sig _lyst spanad under_jord med_sig
        """,
        """
        (?:<is>|nationellt|internationellt|fortfarande|lysts|lyst|blivit) (?:\\w+ ){0,2}efterlyst
        efterlyst(?= ?$| ?[:,(]| (?:sedan|av|för|i|över|nationellt|internationellt|person))
        efterlys(?:es|tes|ts)
        <police> efterlys(?:er|te|t) <whom>
        (?:är|gått|håller sig|befinner sig|var) (?:\\w+ )?(?:på flykt|eftersökt~|jagad|undan|under jord~
            |undan polis~)
        på flykt undan
        eftersökt av
        <police> (?:\\w+ )?(?:letar efter|söker efter|söker|jagar|jagade|spanar (?:på|mot|efter)|bevakar
            |övervakar|har ögonen på|håller (?:koll|ögonen) på|vill få tag i|är ute efter) <whom>
        <police> … tog med (?:sig )?<whom>
        <police> har (?:\\w+ )?haft (?:\\w+ ){0,2}(?:ögonen|koll|blicken) på <whom>
        <who> har polisen efter sig
        under uppsikt av <police>
        är (?:\\w+ )?(?:lyst|spanad på)
        <police> har (?:\\w+ )?<whom> under (?:uppsikt|bevakning|luppen)
        häktningsorder
        efterlysning(?:en)? (?:av|på|efter) <whom>
        interpol
        """,
        """
        (?:har|hade|vi|ha) efterlyst (?!av|i|för|sedan)\\w+
        efterlys(?:ta|tes?) (?:uppgift|siffr|statistik|rapport|exempel|fler|mer)~
        efterlys(?:s|es|ts|tes) (?:\\w+ )?(?:av många|fler|mer|statistik|exempel|kunskap|metoder)
        """,
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
    Words(
        "known to the police",
        """
        känd bekant stamk återkommande ansikte namn_ kund_ kunder_ gäst_ känner_ kände_ _vet_ visste
        koll_på regist polisens
        kriminell brottslig förfl bakgrund belastad brottsaktiv delgiven brottsbel brottshist
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
        """,
        """
        utdrag (?:ur|från) (?:belastnings|misstanke)~
        belastningsregistret (?:krävs|kontrolleras|begärs|behövs|visas)
        (?:arbetar|jobbar|handläggare|utredare|chef|anställd) … (?:med|på|i|hos) ~regist~
        ~känd (?:som|för) (?!polis|myndig|social|rätts)\\w+ (?:hos|av|inom) (?:polis|myndighet)~
        """,
    ),
    Words(
        "criminal, in a gang",
        """
        krimin gäng _liga ligan mc- hells bandidos foxtrot dalen maffia undre_v narkotikan brottsaktiv
        islamist nazist extremist terrorist koppla koppling umgås umgicks umgåtts hänger_ samröre rör_sig
        rört_sig skuld relation dragit avhopp rekryter hjärnan farlig beväpnad återfallare samvete indragen
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
        """,
        """
        (?:arbet~|jobb~|forsk~|insats~|samtal~|föreläs~|~inform~|berätta~|pratade?|rapport~|~projekt~
            |leder arbetet|tema~|frågor?|dialog|möte~|~kurs~|utbildning~) … (?:med|mot|om
            |kring) (?:\\w+ )?(?:kriminella|~gäng~|avhoppar~|rekryter~|~koppling~
            |organiserad ~)(?: till)?(?: (?:kriminella|kriminellt))?(?: (?:nätverk~|miljö~|gäng~|grupp~))?
        rekryter(?:ar|ade|at|a|ing~) … (?:nattvandrar|volontär|vuxna|fältare|samordnare|handläggare|personal
            |ledare|gode|kontaktpersoner|familjehem|medlemmar|ombud|värdar|deltagare|föräldrar|polis
            |ungdomsvärd|ungdomar (?:till|som)|unga (?:till|som))~
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
        fången fängelsekund
        intern avhopp huvudmisst dealer narkotikah vapenh tjuvg
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
        """,
    ),
    Words(
        "violence, theft, drugs, fraud: what somebody does",
        """
        misshand _rån srån trån stul stal_ stjäl snott snor_ snodde snatta langa deala smugg mörda döda
        våldta våldtog våldtäkt stalka förfölj ofreda trakass bedrog bedrag bedrar förskin svindla fiffla
        vandal klottra högg_ hugg skar_ skurit skär_ förgr antasta utpress mutat mutade rattf ratton avvik
        överfall överföll tafsa blotta strypt terroris turné pressar_ slår_ slog_ slagit sparka knuffa hotar
        hotat hotade _hot drog narkotika knark hasch cannabis tramadol piller kokain amfetamin spice heroin
        lustgas gräs_ gräs. benzo anabola hembränt smuggel vapen pistol kniv sprängm granat dynamit barnporr
        falska_ falskt_ _full_ _full. _full, onykter berusad påverkad körkort sköt_ skjut begått begick
        begår utfört utförde erkän neka förneka inbland delaktig involver medskyld medhjälp bakom_ eld_
        eldat eldade tänt_ tände_ anlagt anlade spräng brutit bröt_ bryter sönder krossa fuska lurar lurat
        lurade blåst_ _sex_ _sex. våldsam utsätt utsatt vräk kasta slåss stöld brott våld bedrägeri mord
        dråp skadegör häleri mened förtal övergrepp smitning brand bränder doping kränk attack attentat _dåd
        dådet bråk upplopp mutor sprit_ sprit. olaga _grov hedersf slagsmål kupp bekän medge medgav tömt
        tömde länsa pengar_ur hotfull körde_ stack_ stuckit flydde sprang skjuter_folk ligga_bakom kränk
        insyltad
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
        <who><then>(?:säljer|sålt|sålde|sälja|köper|köpt|köpte|har|hade|haft|kör|kört|körde|fraktar|odlar
            |odlat|odlade|gömmer|gömde|gömt|förvarar|förvarade|smugg~|innehar|tillverkar|delar ut|bär|bar
            |viftat?(?:de)? med|hittades med|tog emot|tagit emot|tar emot|köpt upp|handlar med|hanterar
            |hanterat|distribuerar|setts med|sågs med|synts med|håller på med|hållit på med|sysslar med
            |sysslat med|ägnar sig åt|ägnat sig åt|lever på|försörjer sig på|döljer|springer med|langar
            |åker runt med) (?:[\\w¤]+ ){0,2}(?:<drugs>|<crime>)(?! (?:i (?:ett|nytt)|på (?:nästa|dagord
            |agenda)))
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
        (?:håller|höll|hållit) (?:\\w+ )?(?:i|kurs|föredrag|föreläsning|utbildning|ett pass
                    |pass) (?:\\w+ ){0,3}<crime>
        """,
    ),
    Words(
        "barred from a person or a place",
        "förbud",
        """
        (?:har|hade|fått|fick|meddela~|ålagd|bryter mot|brutit mot|bröt mot|överträtt|överträder
            |överträdelse av) (?:\\w+ ){0,2}(?:kontaktförbud|besöksförbud|tillträdesförbud|vistelseförbud
            |näringsförbud)~
        (?:kontaktförbud|besöksförbud|tillträdesförbud|näringsförbud|vistelseförbud)~ (?:mot|för
            |gentemot) (?:\\w+ )?<whom>
        """,
    ),
)

TOPIC = """
    (?:möte~|samtal~|utbildning~|kurs~|föreläs~|film~|bok~|podd~|seminari~|webbinari~|workshop~|material~
        |rapport~|tema~|dialog~|pass~|konferens~|artikel~|fråga~|rutin~|mall~|info~|enkät~|projekt~|insats~
        |stöd~|arbete~|lag~|forskning~|studie~|program~)(?: (?:med|av|från|hos
        |till) [\\w¤]+)?(?:,? ?[\\w¤]+)? (?:om|kring|för|till|mot|rörande|angående
        |ang\\.?) (?:hur |att |de |stöd (?:till|för) )?(?:unga|ungdomar|personer|barn|män|kvinnor|elever
        |killar|tjejer|dömda|misstänkta|lagförda|frigivna|häktade|åtalade|kriminella|människor|avhoppare
        |intagna|gäng~|misstanke|misstankar|åtal|polisanmälan|straff|återfall|påföljder|fotboja|häkt~
        |våldsutövare|förövare|kontaktförbud)(?![^.,;:]*(?<!med )¤)(?: [^.,;:]*)?
    (?:om|huruvida) åtal väcks
"""
"""What a meeting, a course or a film is about: kinds of people, in the plural."""

GROUP = """
    (?:andel|antal|statistik|procent|procentandel|genomsnitt|lagförslag|lagändring|lagstiftning)~
    [\\d,]+ ?%
    per (?:1 ?000|100 ?000|tusen) ~
    hur (?:många|stor ~|få)
    (?:misstänkta|dömda|gripna|häktade|lagförda|åtalade|kriminella|frigivna|anmälda|intagna
        |straffade) (?:unga|ungdomar|personer|barn|under|brott|män|kvinnor|i åldern|gärningsm~|för brott
        |bidragsbrott|elever)
"""
"""A number or a kind of people is spoken of; then only what is said of one person counts."""

PLURAL = """
    ~(?:misstänkta|dömda|kriminella|gripna|häktade|langare|anhållna|lagförda|åtalade|frigivna)
    (?:dömts|döms|åtalas|åtalats|lagförs|lagförts|misstänks|gripits|häktas|frikänns|dömdes|lagfördes|greps
        |polisanmäls|grips)
"""
