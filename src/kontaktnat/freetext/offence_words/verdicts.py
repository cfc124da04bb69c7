"""How Swedish says of a person that they are convicted, acquitted, in prison, on probation."""

from __future__ import annotations

from kontaktnat.freetext.forms import Words

WORDS = (
    Words(
        "convicted, acquitted",
        """
        döm _dom_ _dom. _dom, _domen _domar fängelsedom straff tingsrätt hovrätt rätten rättegång rättspro
        domstol åtal stämning fälld fälls lagför frikän friad frias friade fängelse livstid böter villkorlig
        sluten_ungd fick_ fått_ får_ skyldig bötf böta ordningsbot utvis skulden körkort kriminalitet brott
        stöld inbrott rättspsyk skyddst påföljd fällande friande överklag dömde straffade convicted
        sentenced acquitted guilty fined criminal
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
        (?:tidigare |redan |nyss |nyligen |f\\.d\\. )?(?:dömde|straffade|frikände|lagförde|bötfällde
            |friade) ¤
        (?:ett |sitt |lång[at]* )?straff att avtjäna
        (?:slapp|sluppit|riskerar|riskerade|under|inför) (?:\\w+ )?(?:åtal|fängelse|straff|utvisning
            |häktning|livstid)(?! (?:om|i vissa))
        <who><then>överklaga(?:r|t|de) (?:\\w+ )?(?:till )?(?:domen|tingsrättens dom|hovrätt~
            |högsta domstol~|fängelse~|straffet|sin dom)
            (?! (?:i (?:förvaltnings|kammar|mark)|om bygg))
        (?:får|fått|fick|gav|ger) (?:\\w+ ){0,5}(?:års|månaders|veckors
            |dagars) (?:\\w+ )?(?:fängelse|ungdomsvård|skyddstillsyn|fotboja|påföljd)
        (?:efter|på grund av|p\\.?g\\.?a\\.?) (?:en |sin |ett )?(?:\\w+ )?(?:dom|straff|fängelsedom
            |fängelsestraff)(?:en|et)? (?:för|i)
        (?:convicted|sentenced|acquitted|pleaded guilty|found guilty|fined for|guilty of)
        criminal (?:record|history|past|conviction|background)s?
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
        fäll(?:d|des|s|ts) i (?:\\w+ )?(?:offside|straffområdet|fält|matchen|första|andra|ryggen
            |duell)~
        (?:personer|unga|ungdomar|män|kvinnor|människor|de|dem) som (?:har |är |blivit )?(?:dömts
            |dömda|dömdes|straffats|lagförts|åtalats|frikänts) (?:för )?~
        """,
    ),
    Words(
        "in prison, on probation",
        """
        fängels fängslad kåk anstalt finkan buren kumla _hall saltvik hinseberg tidaholm norrtälje skänninge
        österåker viskan kirseberg fosie mariefred salberga hällby brinkeberg färingsö asptuna sagsjön
        högsbo rödjan kriminalvård sitter_ sitta_ suttit satt_ galler institution släppt mucka burad burades
        frigiv frigav friges fotboja övervak avtjän skyddstillsyn prövotid samhällst ungdomsv ungdomst
        kontraktsv påföljd villkorlig dagsböter frivård intern_ permis rymmen _sis_ tid_på in_på_ rymt rymde
        rymmer avvik avvek prison jail probation parole _bail incarc convict ankle_ häktn halvväg frigång
        f.d. före_detta
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
        (?:skyddstillsyn|samhällstjänst|ungdomsvård|ungdomstjänst|övervakare|kontraktsvård)~ (?:för|åt
            |till) ¤
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
        (?:sitter|satt|suttit) (?:på livstid|för ~(?:mord|rån|dråp|brott|stöld|våldtäkt|misshandel
            |narkotika))
        (?:frivård|kriminalvård)~ har ¤
        (?:frivård|kriminalvård)~ (?:klient|klienten|intagne) ¤
        via frivården(?= ?$|[.,])
        <who> … (?:intagen|placerad) på sis för
        åk(?:er|te|t) in på (?:\\w+ ){0,2}(?:år|mån~)
        ¤ ?[:–(,-] ?(?:\\w+ ){0,2}(?:skyddstillsyn|fotboja|frivård|övervakning|övervakare
            |permission|prövotid|samhällstjänst|ungdomstjänst|ungdomsvård|kontraktsvård
            |villkorlig ~|häkte|anstalt|fängelse)(?= ?$|[.,;]| (?:t\\.?o\\.?m|till|sedan|i|från|fram
            |nu|just|för|efter|\\d+|klar|slut)\\b)
        (?:skyddstillsyn|fotboja|villkorlig dom|permission|prövotid|villkorlig frigivning
            |utslussning)(?: \\w+){0,2} (?:för|till|åt|avser|gäller|gällande):? ¤
        frivårdskontakt(?:en)?
        frivårdens (?:\\w+ )?(?:tillsyn|övervakning|klient|vård|kontroll)~
        (?:frivård|kriminalvård)(?:en)? (?:följer upp|övervakar|har tillsyn över|ansvarar för
            |har hand om|söker|släppte|släpper) <whom>
        avtjän(?:ar|a|ade|at) … (?:straff|dom|fängelse|livstid|påföljd)~
        avtjän(?:ar|a|ade|at) ¤
        (?:sitter|satt|suttit) … (?:inne|inlåst|i fängelse|bakom galler)(?= ?$|[.,;]| (?:för|sedan
            |igen|i|på kumla|nu))
        (?:rymt|rymde|rymmer|avvek|avvikit|avviker) (?:\\w+ )?(?:från|ur) (?:häkt|anstalt|fängels
            |sis|behandlingshem|permission|hvb|ungdomshem|<prison>)~
        (?:in|from|to|left) (?:prison|jail)
        on (?:probation|parole|bail)
        (?:imprisoned|jailed|incarcerated|paroled|ex-con|convict)
        ankle (?:bracelet|monitor|tag)
        (?:suttit|sitter|satt|sitta) av (?:\\w+ ){0,3}(?:månader|år|dagar|straff~|dom~|tid~)
        (?:halvvägshus|utökad frigång|frigångsanstalt|utslussboende)~? … (?:från|efter|hos
            |i) <prison>
        (?:utökad frigång|på frigång)
        (?:är|var|som|,) (?:\\w+ )?(?:f\\.d\\.|före detta|tidigare|ex-?) ?(?:intern|fånge
            |fängelsekund|kåkfarare)
        """,
        """
        (?:med|om) fotboja:
        kontaktförbud med fotboja
        fängslad av (?:¤s |den |det |hennes |hans )?(?:\\w+ )?(?:ämne|föreläs|berättel|bok|film|tal|histori
            |tema|musik)~
        (?:sitter|satt|suttit) inne (?:med|på) (?!kumla|hall|anstalt)\\w+
        (?:med|vid|på) (?:mötet|möte|träffen|träff|lunch|kurs~|konferens~) i (?:hall|kumla|tidaholm
            |mariefred)
        kumla (?:kommun|centrum|bibliotek~|station|brå)
        (?:föreläs~|ute) … (?:i|på|från|ur) <prison> (?:och )?(?:föreläs~|håller|pratar|berättar)?
        (?:på|hos|via|genom|inom) frivården (?:i|som|tar|är|har|vill|deltar|arbetar|jobbar)
        (?:jobbar|arbetar|anställd|chef|vakt|tjänstgör|besök~|studiebesök|präst|lärare|praktik|kollega~
            |vårdare|personal|utredare|handläggare|förarbetar) … (?:i|på|från|ur|hos) <prison>
        (?:är|var) (?:\\w+ )?(?:chef|vakt|vårdare|präst|lärare|handläggare|anställd|samordnare|rektor
            |inspektör|utvecklare|kontaktperson|ny) … (?:i|på|från|hos) <prison>
        (?:kontakt|kontaktperson|handläggare|samverkan|möte|avstämning|inspektör
            |chef) (?:\\w+ )?(?:på|hos|från|inom|vid|med) (?:frivård|kriminalvård|häkt)~
        kom(?:mer|mit)? från kriminalvården(?= ?$|[.,]| och)
        (?:bakgrund|erfarenhet|karriär|anställning|tjänst|praktik|år) (?:\\w+ )?(?:i|inom|från
            |på) kriminalvården
        (?:chef|vakt|präst|personal|handläggare|samordnare|kommer|kom|inbjuden
            |representant) (?:\\w+ )?(?:på|från|vid) (?:anstalten|fängelset) (?:i )?\\w+ (?:och ska
            |för att|som ska|deltar|och (?:pratar|berättar|informerar|föreläser))
        (?:handledare|kontaktperson|ansvarig|stöd|platsansvarig) (?:åt|för|till) (?:unga|ungdomar
            |personer|de|dem|klienter) som ~ (?:\\w+ )?(?:samhällstjänst|straff|ungdomstjänst)~
        ta emot (?:unga|ungdomar|personer) ~ (?:\\w+ )?~tjänst
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
