"""Word tables for Dutch."""

from articles.extraction.languages.table import Language, words
from articles.extraction.languages.western_given_names import DUTCH_GIVEN

DUTCH = Language(
    code="nl",
    say=words("""
        zegt zei zeggen zeiden gezegd aldus vertelt vertelde vertelden vertellen verteld stelt stelde stelden gesteld laat
        liet lieten laten legt legde legden roept riep riepen geroepen benadrukt benadrukte benadrukten verklaart
        verklaarde verklaarden verklaard antwoordt antwoordde antwoordden geantwoord reageert reageerde reageerden
        gereageerd voegt voegde voegden vraagt vroeg vroegen gevraagd waarschuwt waarschuwde waarschuwden gewaarschuwd
        meent meende meenden zucht zuchtte verzucht verzuchtte fluistert fluisterde besluit besloot erkent erkende
        erkenden erkend herhaalt herhaalde herhaalden verzekert verzekerde verzekerden verzekerd concludeert concludeerde
        betoogt betoogde betoogden licht lichtte bevestigt bevestigde bevestigden klaagt klaagde klaagden lacht lachte
        grapt grapte vervolgt vervolgde beaamt beaamde constateert constateerde beweert beweerde beweerden geeft gaf
        gaven vult vulde somt roemt bromt bromde mompelt mompelde schreeuwt schreeuwde jubelt jubelde verwijt
        oordeelt oordeelde meldt meldde meldden gemeld bericht berichtte onderstreept onderstreepte herinnert herinnerde
        belooft beloofde voorspelt voorspelde pleit pleitte eist eiste hekelt hekelde adviseert adviseerde relativeert
        relativeerde nuanceert nuanceerde opmerkte merkt merkte brengt bracht verdedigt verdedigde vermoedt vermoedde
        luidt luidde vat vatte kondigt kondigde ontkent ontkende bekent bekende denkt dacht vindt vond hoopt
        concludeerden sneert sneerde foetert foeterde sombert tekent tekende wijst wees onthult onthulde
    """),
    write=words("schrijft schreef schreven geschreven twittert twitterde tweet tweette post postte kopt kopte"),
    call=words("""
        noemt noemde noemden noemen genoemd spreekt sprak spraken gesproken omschrijft omschreef omschreven bestempelt
        bestempelde typeert typeerde vergelijkt vergeleek ziet zag zagen kwalificeert betitelt betitelde
    """),
    think=words("""
        gelooft geloofde geloven denkt dacht dachten hoopt hoopte hoopten vreest vreesde vreesden wil wilde wilden vindt
        vond vonden verwacht verwachtte weet wist
    """),
    either=words("""
        licht post vat wees bericht besluit tweet laat liet legt geeft gaf zag ziet wil weet merkt bracht brengt zucht
        denkt dacht voegt vult vulde bekende vond vindt wijst luidt
    """),
    negations=words("niet nooit evenmin noch"),
    nobodies=words("niemand geen niets"),
    modals=words("zou zouden kan kunnen kon konden moet moeten mag mogen had_willen"),
    said_after_all=words("alleen slechts"),
    conditions=words("als indien of tenzij misschien wellicht"),
    unsaid_openers=words("stel denk zeg"),
    futures=words("zal zullen"),
    infinitive_endings=("en",),
    unfulfilled=words("weigerde weigert wilde wil weigerden"),
    denials=words("ontkent ontkende ontkenden ontkend zonder"),
    asking=words("vraagt vroeg vroegen gevraagd"),
    according=words("volgens naar_eigen_zeggen_van in_de_woorden_van naar_de_mening_van in_de_ogen_van"),
    noun_cues=words("""
        verklaring bericht brief antwoord vraag titel  tweet woorden zin toespraak conclusie waarschuwing
        persbericht reactie
    """),
    written_nouns=words("verklaring bericht brief titel tweet rapport artikel persbericht mail column"),
    written_by=words("van"),
    separable={
        **dict.fromkeys(words("laat laten liet lieten"), words("weten horen optekenen ontvallen")),
        **dict.fromkeys(words("legt legde legden"), words("uit")),
        **dict.fromkeys(words("geeft gaf gaven"), words("toe aan")),
        **dict.fromkeys(words("voegt voegde voegden"), words("toe eraan")),
        **dict.fromkeys(words("vult vulde"), words("aan")),
        **dict.fromkeys(words("licht lichtte"), words("toe")),
        **dict.fromkeys(words("merkt merkte"), words("op")),
        **dict.fromkeys(words("brengt bracht"), words("in uit naar")),
        **dict.fromkeys(words("vat vatte"), words("samen")),
        **dict.fromkeys(words("wijst wees"), words("op erop terug")),
        **dict.fromkeys(words("tekent tekende"), words("aan op")),
        **dict.fromkeys(words("somt"), words("op")),
    },
    pronouns={
        "hij": "m", "zij": "f", "ze": "f", "hem": "m", "haar": "f", "het": "n", "ik": "i", "we": "i", "wij": "i",
        "jij": "i", "je": "i", "u": "i", "jullie": "i", "men": "n", "die": "n", "wie": "r", "beiden": "p",
        "velen": "p", "hen": "p", "hun": "p", "sommigen": "p", "anderen": "p", "allen": "p", "iedereen": "n", "iemand": "n", "niemand": "n",
        "deze": "n", "dit": "n", "dat": "n", "mij": "i", "me": "i", "ons": "i", "er": "n",
    },
    titles={
        "meneer": "m", "mevrouw": "f", "dhr": "m", "mevr": "f", "mw": "f", "dr": "", "drs": "", "mr": "", "ir": "",
        "ing": "", "prof": "", "professor": "", "hoogleraar": "", "president": "", "premier": "",
        "minister-president": "", "minister": "", "staatssecretaris": "", "burgemeester": "", "wethouder": "",
        "gedeputeerde": "", "commissaris": "", "senator": "", "kamerlid": "", "tweede": "", "kamervoorzitter": "",
        "raadslid": "", "fractievoorzitter": "", "voorzitter": "", "officier": "", "rechter": "", "generaal": "",
        "kolonel": "", "kapitein": "", "commandant": "", "directeur": "", "secretaris": "", "bisschop": "m",
        "kardinaal": "m", "paus": "m", "pastoor": "m", "dominee": "", "pater": "m", "zuster": "f", "koning": "m",
        "koningin": "f", "prins": "m", "prinses": "f", "advocaat": "", "advocate": "f", "ingenieur": "",
        "schrijver": "m", "schrijfster": "f", "regisseur": "", "brandweerman": "m", "brandweervrouw": "f",
        "coach": "", "trainer": "", "trainster": "f", "econoom": "", "econome": "f", "bioloog": "", "biologe": "f",
        "historicus": "m", "historica": "f", "onderzoeker": "", "onderzoekster": "f", "arts": "", "huisarts": "",
        "woordvoerder": "", "woordvoerster": "f", "leider": "", "lijsttrekker": "", "ambassadeur": "",
        "journalist": "", "journaliste": "f", "acteur": "m", "actrice": "f", "zanger": "m", "zangeres": "f",
        "boer": "m", "boerin": "f", "projectleider": "", "vakbondsleider": "", "werkgeversvoorzitter": "",
        "partijleider": "", "oud-minister": "", "oud-premier": "", "ex-president": "", "oud-burgemeester": "",
        "vicepresident": "", "vicevoorzitter": "",
    },
    modifiers=words("tweede"),
    roles=words("""
        woordvoerder woordvoerders woordvoerster president minister ministerie burgemeester gemeente wethouder
        gemeenteraad officier politie brandweer justitie kabinet regering vakbond bond federatie vereniging stichting
        bedrijf concern groep bestuur directie directeur directrice leiding raadslid kamerlid kamerleden senator advocaat
        advocate arts artsen huisarts verpleegkundige leraar leraren docent docente onderzoeker onderzoekers onderzoekster
        wetenschapper wetenschappers deskundige deskundigen expert experts specialist econoom econome socioloog historicus
        historica bioloog biologe rechter rechtbank hof partij oppositie commissie raad comité instituut universiteit
        ziekenhuis rapport studie krant dagblad weekblad tijdschrift persbureau bron bronnen getuige getuigen bewoner
        bewoners bewoonster buurman buurvrouw buren klant slachtoffer slachtoffers familie moeder vader vrouw man
        echtgenoot echtgenote weduwe weduwnaar zoon dochter broer zus zuster tante oom oma opa vriend vriendin vrienden
        collega collega's jongen meisje student studente studenten leerling leerlingen boer boerin boeren visser vissers
        arbeider arbeiders werknemer werknemers medewerker medewerkster medewerkers eigenaar eigenares ondernemer
        ondernemers chauffeur buschauffeur trainer trainster coach speler speelster aanvoerder acteur actrice zanger
        zangeres auteur schrijver schrijfster regisseur kunstenaar kunstenares journalist journaliste activist activisten
        demonstranten kandidaat lijsttrekker rivaal vrijwilliger vrijwilligers duiker duikers duikleider redder
        brandweerman brandweerlieden soldaat commandant kolonel generaal ingenieur chef hoofd secretaris lid leden
        vertegenwoordiger voorzitter leider vakbondsleider projectleider pastoor priester bisschop paus bank beweging
        persbericht verklaring brief autoriteiten rechercheurs ouders agent agenten omwonenden ooggetuige ooggetuigen
        toezichthouder inspectie
    """),
    nobody=words("gerucht geruchten gezegde spreekwoord"),
    role_gender={"moeder": "f", "vader": "m", "vrouw": "f", "man": "m", "weduwe": "f", "weduwnaar": "m", "zoon": "m",
                 "dochter": "f", "broer": "m", "zus": "f", "zuster": "f", "oma": "f", "opa": "m", "tante": "f",
                 "oom": "m", "buurman": "m", "buurvrouw": "f", "eigenares": "f", "woordvoerster": "f"},
    role_endings=(
        "voorzitter", "leider", "minister", "directeur", "woordvoerder", "woordvoerster", "burgemeester", "trainer",
        "coach", "lid", "chef", "onderzoeker", "hoogleraar", "commissaris", "deskundige", "advocaat", "eigenaar",
        "officier", "econoom", "historicus", "arts",
    ),
    given=DUTCH_GIVEN,
    particles=words("van de der den het ten ter te 't in op el al bin von di da du la le"),
    suffixes=words("jr sr"),
    not_names=words("""
        maandag dinsdag woensdag donderdag vrijdag zaterdag zondag januari februari maart april mei juni juli augustus
        september oktober november december de het een en of maar want dus als dat die dit deze daar hier er hij zij ze
        wij we ik jij je u jullie hun haar zijn mijn onze ons zo ook nog al dan toen nu vandaag gisteren morgen niet geen
        nooit niemand iedereen alle alles veel velen sommige in op aan bij met van voor naar door om over onder tegen
        tussen tijdens na sinds tot uit zonder volgens wat wie waar wanneer waarom hoe welke terwijl omdat hoewel ondanks
        volgens gevraagd ja nee bovendien verder daarna later eerder inmiddels toch wel twee drie vier vijf zo'n wegens
        vorig vorige volgende afgelopen
    """),
    determiners=words("""
        de het een 't 'n deze dit die dat zijn haar hun mijn onze ons jouw uw twee drie vier vijf enkele sommige veel
        alle elke ieder iedere geen beide verschillende diverse zo'n
    """),
    prepositions=words("""
        in op aan bij met van voor naar door om over onder tegen tussen tijdens na sinds tot uit zonder volgens binnen
        buiten langs rond rondom wegens vanwege namens per via boven achter naast te ter ten vanaf
    """),
    of=words("van voor bij uit in op aan der des te"),
    conjunctions=words("en of maar want dus doch"),
    subordinators=words("dat als of omdat terwijl toen wanneer hoewel nadat voordat zodat doordat waar zoals"),
    relatives=words("die dat wie wiens waarvan waarin waar"),
    whose=words("wiens wier"),
    auxiliaries=words("""
        is zijn was waren heeft hebben had hadden wordt worden werd werden zal zullen zou zouden kan kunnen kon konden
        moet moeten mag mogen wil wilde gaat gaan ging niet geworden geweest ben
    """),
    adverbs=words("""
        ook nog weer daarna dan toen vervolgens echter wel al altijd inmiddels tenslotte gisteren vandaag morgen eerder
        later verder bovendien daarbij zelf zich nu onlangs opnieuw nogmaals alleen ongeveer daarentegen toch hier daar
        desgevraagd hierover daarover erover af toe uit
    """),
    times=words("""
        maandag dinsdag woensdag donderdag vrijdag zaterdag zondag januari februari maart april mei juni juli augustus
        september oktober november december gisteren vandaag morgen ochtend middag avond nacht week maand jaar dag dagen
        uur vorige volgende afgelopen maandagavond dinsdagavond woensdagavond donderdagavond vrijdagavond zaterdagavond
        zondagavond maandagochtend dinsdagochtend woensdagochtend donderdagochtend vrijdagochtend afloop
    """),
    numbers=words("twee drie vier vijf enkele beide verschillende"),
    infinitive=words("te"),
    one=words("een"),
    and_words=words("en"),
    be=words("werd werden wordt worden"),
    with_words=words("met"),
    opening_participles=words("gevraagd"),
    breaks=words("maar en terwijl hoewel waarbij die omdat want"),
    place_prepositions=words("in op tegen tegenover bij tijdens na aan voor via over naar"),
    hearers=words("""
        journalisten verslaggevers pers radio televisie tv persbureau krant persconferentie interview vraaggesprek
        verklaring anp publiek kamer media raad nos reactie
    """),
    that=words("dat"),
    by=words("door"),
    abbreviations=words("dhr mevr mw dr drs mr ir ing prof st bv nv jan feb mrt apr jun jul aug sep sept okt nov dec enz bijv o.a d.w.z ca nr art jl"),
    questions=words("""
        wie wat wanneer waar waarom hoe welke welk hoeveel is zijn was heeft hebt kan kunt bent gaat gaan denkt vindt
        moet wilt zou
    """),
    you=words("u uw je jij jou jouw jullie"),
    me=words("ik me mij mijn we wij ons onze"),
    self_words=words("ben heet"),
    common=words("de het een van en in is dat op te zijn voor met niet aan er om ook als bij ze"),
    interview=words("interview vraaggesprek gesprek geïnterviewd interviewde sprak_met"),
    interview_verbs=words("interviewt interviewde"),
    about=words("over"),
    reporter_words=words("journalist journaliste verslaggever verslaggeefster correspondent redacteur"),
    label_stops=words("foto foto's beeld bron update correctie contact plaats datum tijd info lees_ook"),
    credit_words=words("foto foto's beeld bron illustratie"),
    answer_openers=words("ja nee nou natuurlijk zeker klopt precies absoluut eigenlijk ik inderdaad tja"),
    commands=words("vertel vertelt beschrijf leg noem"),
    question_labels=words("v vraag"),
    answer_labels=words("a antwoord"),
    editor_words=words("red redactie noot"),
    note_words=words("red lacht lachend gelach sic stilte applaus pauze"),
    work_nouns=words("""
        film boek roman lied liedje album serie programma stuk toneelstuk krant blad tijdschrift essay documentaire
        voorstelling tentoonstelling gedicht opera schip operatie project musical
    """),
    small_in_titles=words("de het een van en of in op aan met voor zonder te naar"),
    alias_words=words("zogenoemde zogenaamde zogeheten genaamd bijgenaamd getiteld alias"),
    dialogue_dashes="—–",
    incises=True,
    verb_first=True,
    object_pronouns=words("hem haar hen hun mij me ons zich het"),
    perfect=words("heeft hebben had hadden"),
    verbs=words("weten toe uit aan af mee vast voort heen"),
)  # fmt: skip
