"""How Swedish says of a person that they are arrested, detained, wanted."""

from __future__ import annotations

from kontaktnat.freetext.forms import Words

WORDS = (
    Words(
        "arrested",
        """
        greps grip grep_ haffa torska åkte_ åker_ åkt_ åka_ tagen togs tagits tas_ tagna _tog_ tagit_ _tar_
        plocka hämta förd_ fördes förde_ fört_ jaga eskort omhändert avvisa gärning ertappa stoppa arrest
        påkom påträffa fyll cell av_polis med_polis in_av _gripande _lob åkt_in åker_in åkte_in arrested
        apprehended busted nabbed caught handcuf custody slagit_till slog_till
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
        (?:hamna~|körd~|lades|lagd|satt|sov) (?:\\w+ )?(?:i|till) (?:arresten|arrest|fyllecell~|fyllan
            |cell~)
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
        torska(?:t|r|de)(?= ?$|[.,]| igen)
        åk(?:er|te|t|a) in(?= ?$|[.,])
        lob[:.]?(?:ba)?(?:ad|ades|ats|as|at|bades|bats|bad)
        (?:omhändertagen|omhändertogs|tagen|togs|intagen) (?:\\w+ )?(?:enligt|för|på) lob
        (?:arrested|apprehended|busted|nabbed|caught red-handed|handcuffed)
        taken into custody
        <police> … slagit till mot <whom>
        <police> (?:ska|skall|vill|kommer att|tänker|försök~) (?:\\w+ )?(?:gripa|haffa|anhålla
            |ta in|plocka in) <whom>
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
        gripande (?:\\w+ )?(?:anförande|ord|träff|kväll|citat|dikt|låt|konsert|dokumentär
            |utställning|teater|pjäs|presentation|möten)~
        (?:hämta~|möt~) (?:\\w+ )?av (?:en )?polis(?:en)? på (?:stationen|perrongen|flyg|tåg|buss
            |hållplatsen)~
        """,
    ),
    Words(
        "detained",
        """
        häkt anhåll anhöll frihetsber fri_fot släpp gripne anhållne den_dömd den_åtalad den_efterlys
        den_frigiv den_anmäl den_misst unge_ gripna arrest detained remanded custody behind_bars från_häkt
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
        (?:detained|remanded|in custody|behind bars)
        (?:sitter|satt|suttit|är) … (?:på|i) (?:häktet|häkte)
        (?:kommer|kom|kommit) (?:direkt |hit )?(?:från|ur) häktet(?= direkt|$|[.,])
        """,
        """
        häkta(?:d|de|t|des|s) (?:på|av|upp|fast|i|ihop) (?!sannolik|goda|skälig|sin frånvaro|går|natt|dag
            |förr|helg|måndag|tisdag|onsdag|torsdag|fredag|väntan|sin)\\w+
        (?:anhåller|anhållas|anhållit|anhålla|anhålls|anhöll|anhölls) om
        (?:sitter|satt|är|var) (?:\\w+ )?(?:på|i) häktet (?:[\\w¤-]+ ){0,5}(?:som (?:präst|vakt
            |handläggare|chef|lärare|diakon|pastor|imam|kurator|tolk|sjuksköterska|psykolog)
            |i (?:möte|sitt tjänsterum))
        (?:arbet|jobb|möte|studiebesök|tjänst|kontaktperson|kollega)~ (?:\\w+ ){0,2}(?:på|i|vid
            |från) häktet
        """,
    ),
    Words(
        "wanted, looked for",
        """
        efterlys flykt eftersökt jagad undan letar_ söker_ jagar jagade spanar bevak övervak ögonen koll_på
        få_tag_i häktningsorder interpol ute_efter uppsikt lupp efter_sig _lyst spanad under_jord med_sig
        gömd gömm gömt gömde sökarlj kikare siktet radar sina_ systemen wanted on_the_run polisens_
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
        (?:är|var|blivit) (?:\\w+ )?efterspanad
        (?:håller|höll|hållit|gömmer|gömde|gömt) (?:sig )?(?:gömd |undan |sig )?(?:för|från
            |undan) <police>
        (?:i|under) polisens (?:sökarljus|kikare|blickfång|ögon|sikte|radar|strålkastarljus)
        <police> har (?:\\w+ )?<whom> (?:i kikaren|i siktet|på sin radar|på radarn|i sökarljuset
            |i sina ~|i sitt ~register|i systemen|i spaningsregist~)
        (?:polisens|rättvisans) ögon på <whom>
        wanted (?:by|for|in)
        on the run
        polisens (?:blickar|ögon) på (?:sig|honom|henne|<whom>)
        """,
        """
        (?:har|hade|vi|ha) efterlyst (?!av|i|för|sedan)\\w+
        efterlys(?:ta|tes?) (?:uppgift|siffr|statistik|rapport|exempel|fler|mer)~
        efterlys(?:s|es|ts|tes) (?:\\w+ )?(?:av många|fler|mer|statistik|exempel|kunskap|metoder)
        (?:är|var|blivit) (?:\\w+ )?eftersökt (?:som|till|inom|på|bland) ~
        eftersökt(?:a)? (?:\\w+ )?(?:föreläsare|talare|moderator|utbildare|konsult|expert|kurs~
            |resurs|kompetens|person till|instruktör|ledare)
        """,
    ),
)
