"""Stems of the tables' words, for a first look, by `tools/make_stems.py`; `_` is a blank."""

from __future__ import annotations

OFFENCE = """
    _bail _dom, _dom. _dom_ _domar _domen _dåd _full, _full. _full_ _grov _hall _hot _hör_ _lob _lyst
    _mot_sig _mål_ _målet_ _på_sig _rån _sex. _sex_ _sis_ _tar_ _tog_ _trial _vet_ abuse accused
    acquitted admitted aggress aktiv aktuell allegat alleged amfetamin anabola angr anhåll anhöll anklag
    ankle_ anlade anlagt anmäl ansikte anstalt anstift antasta apprehended arrest aspack asptuna assault
    att_göra attack attentat av_intresse_för av_polis avhopp avlyss avtjän avvek avvik avvisa bakgrund
    bakom_ bandidos beat_ beats_ bedrag bedrar bedrev bedriv bedrägeri begick begår begått behind_bars
    bekant bekän belastad benzo berusad beskyll beslag bestick beställdes bevak bevis beväpnad binds
    bland_ blod blotta blåst_ bomb bordell bov_ boven brand brinkeberg brott brutit bryter bränder
    bränna bråk bröt_ bunden bundits burad buren burglar buse_ busted börja böta böter bötf cannabis
    caught cell centralfigur charged confess convict criminal custody dalen deala dealer dealing deals_
    dealt delaktig delgiven deltagit deltog den_misst detained dna domstol doping doxa dragen dragit
    drivande driver drog drug_de dråp dynamit dådet döda döm efter_att efter_sig efterlys eftersöks
    eftersökt eld_ eldade eldat en_av_ erkän ertappa eskort extremist f.d. falska_ fann_ farlig fick_
    fiffla figurerar fined fingeravtr finkan flydde flykt folk fortkörn fortsatt fortsätt fosie fotboja
    foxtrot framträd fri_fot friad friande frias frigav friges frigiv frigång frihetsber frikän frivård
    funnit fusk fyll fällande fälld fälls fängels fängslad färingsö få_tag_i fånge får_ fått_ följs_av
    förbryt förbud förd_ förde_ fördes före_detta förekommer föremål_för förfalsk förfl förfölj förgr
    förhandling förhör förskin försök fört_ förtal förövare galler gang gjorde_ gjordes gjort_ gjorts
    granat granskar grep_ greps grip grooma gräs. gräs_ guilty gäng gärning gäst_ gömd gömm gömt hacka
    haffa hallick halvväg handcuf handel harass hasch hedersf hells hembränt heroin hinseberg historia
    historik hitman hits_ hitta hjärnan hos_ hot_till hotad hotar hotas hotat hotbrev hotet hotfull
    hovrätt hugg husrann huvudmisst häkt hälare häleri hällby hämta hänger_ håller_i hållit_i högg_
    högsbo höll_i höra_ höras_ hörde_ hört_ hörts_ in_av in_på_ inbland incarc indicted inledd inletts
    inlåst innehav inspärr institution instängd insyltad intern interpol interrog interviewed
    intressant_för investigat involver islamist jaga jail kant_med_ kasta kikare kirseberg klammeri klan
    klotter klottra knark kniv known knuffa knuten knutits knyts kokain koll_på konflikt_med_lagen
    kontraktsv koppla koppleri koppling krimin krossa kränk kumla kund_ kunder_ kupp känd känner_ kåk
    körde_ körkort lagför langa langning ledande letar_ liga ligga_bakom ligist lista livstid lupp lurad
    lurar lurat lustgas lyset lämna länsa maffia mariefred mc- med_polis med_sig medgav medge medhjälp
    medskyld medverkan medverkat mened misshand misstank misstän mord mucka murdered murderer muta mutor
    människosm målvakt mörda nabbed nakenb namn_ narkotika nazist neka norrtälje nyckelp nykterhet nämns
    ocker offender ofreda olaga omhändert on_the_run onykter ordningsbot organis orsakades parole
    pedofil pek pengar_ur permis perpetr piller pistol planera plocka plågare plågeri police_rec
    police_rep polisens polisutr porr pressar_ prick prison probation process prosecut prövotid puckla
    pyroman på_henne på_honom påföljd påkom påstås påträffa påverkad questioned radar raped rapist rattf
    ratton razzia regist rekryter relation remanded reported robbed robber roll_i rymde rymmen rymmer
    rymt rätta_ rättegång rätten rättspro rättspsyk rånar rödjan rör_sig rört_sig rövade rövat sabotage
    sagsjön salberga saltvik samhällst samröre samvete satt_ searched selling sells_ sentenced setts
    sexförb sexköp sexualförb siktet sin_dom sin_egen sina_ sitta_ sitter_ skadegör skar_ skjut
    skottloss skuggas skuld skurit skurk skyddst skyldig skytt skänninge skär_ sköt_ slagen slagit
    slagsmål slog slutat sluten_ungd släpp slår_ slåss smitning smugg snatta snatter snodde snor_ snott
    sold_ span_ spana spaning sparka spice spion spotta sprang springpojk sprit spräng spåra srån
    stabbed stack_ stal. stal_ stalk stamk startad stjäl stole_ stoppa straff strypt stuckit stul stämd
    stämning stämpling stöld suspect suspic suttit svartkl svindl systemen sägs säljer sågs sökarlj
    söker_ söks_ sönder tafsa tagen tagit_ tagits tagna talan tas_ terror thief threaten tid_på tidaholm
    tillslag tilltalad tingsrätt tjuv tjänar tjänstefel togs torped torska trakass tramadol trolös tros_
    trån turned_in turné tvätt tände_ tänt_ tömde tömt umgicks umgås umgåtts undan under_jord
    undersökning undre_v ungdomst ungdomsv unge_ uppges upplopp uppsikt ute_efter utförde utfört utpress
    utred utsatt utsätt utvis vandal vapen var_med_ varit_med_ verksam villkorlig viskan visste vittn
    vräk värsting värvad värvat våld vållande wanted ärende_mot ärendet_mot åka_ åker_ åklagar åkt_
    åkte_ åtal återfallare återfallsf återkommande ögonen öppnad österåker överfall överföll övergrepp
    överklag övervak
"""

MATTER = """
    _add_ _liv _sis abort addict adhd adopt aktuell akut alkohol allerg anmäl anorekt anorex anpassad
    antidepr använder asperg astma autis avdelning avgift bantar barnavård bbic behandl beroende
    biologisk bipolär blind borderline bulimi bup cancer cp-skad custody depress deprim diabet diagnos
    disorder dricker drog dyskalk dyslekt dyslexi dö. dö_ död döv epilep familjehem fobi foster funktion
    fyll förmyndar god_man gode_man gravid gången går habiliter hallucin havande hetsät hiv hjärnskad
    hvb hög hör inlagd insats inskriven insulin intellektuell intensiven intox jourhem kissar klamydia
    knark kontaktfam kontaktperson krissamtal kräks känd kön lades leukemi leva lpt lss lvm lvu läggs
    läkarvård låst magpump medicin missbruk mutism mådde mår mått narko nedsättning npf ocd omhänder
    oros panikatt placer pregnan provat psyk ptsd påverkad rehab rullstol röker rökt röster samhällsv
    schizo self-harm ser_dål sig sjuk självdestr självskad skada skydda soc_ språkstör spyr ssri
    stödboende suicid super svält syndrom särskol tablett tagen tagit tar_ tas_ terapi testat tog_ togs
    tourette transp trauma tvist tvångs umgänge ungdomshem uppföljning utbränd utmatt utre utvecklingsst
    väntar vårdnad äter ätstör ångest överdos
"""

CHILD = """
    _bror _f. _i_1 _i_2 _i_3 _i_4 _i_5 _i_6 _i_7 _i_8 _i_9 _son _åk _år barn bebis boy brorson child
    daughter dotter elev ettan femman flick fyran född förskol girl gosse grabb gudson gymnasi kamrat
    kid kill klass lillasyst lillebro minderår nian nollan pojk pupil sexan sjuan sonen stadiet styv
    syster teenag telning tjej tonår trean tvåan unga ungdom unge year-old yngling åk. årig åring
    årskurs åttan
"""
