"""What the tables of offences are made of: crimes, drugs, courts, prisons, gangs, who does it and to whom."""

from __future__ import annotations

PARTS = {
    "crime": """
        (?!\\w*från\\b)~(?:stöld|misshandel|rån|brott|våld|hot|bedrägeri|våldtäkt|mord|dråp|inbrott|skadegörelse
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
        (?!\\w*från\\b)~(?:mordet|rånet|inbrottet|dråpet|hotet|brottet|branden|stölden|stölderna|stölder
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
