"""Word tables for German."""

from articles.extraction.languages.given_names import GIVEN
from articles.extraction.languages.table import Language, words

SAY = words("""
sage sagt sagst sagen sagte sagten gesagt meint meinte meinten meinen gemeint erklärt erklärte erklärten
erklären betont betonte betonten betonen ergänzt ergänzte ergänzten fragt fragte fragten fragen gefragt
antwortet antwortete antworteten geantwortet entgegnet entgegnete entgegneten erwidert erwiderte erwiderten
kommentiert kommentierte kommentierten äußert äußerte äußerten berichtet berichtete berichteten berichten
behauptet behauptete behaupteten versichert versicherte versicherten warnt warnte warnten gewarnt fordert
forderte forderten gefordert verlangt verlangte verlangten kündigt kündigte kündigten angekündigt erläutert
erläuterte erläuterten bekräftigt bekräftigte bekräftigten bestätigt bestätigte bestätigten unterstreicht
unterstrich unterstrichen urteilt urteilte urteilten resümiert resümierte gesteht gestand gestanden räumt
räumte räumten beklagt beklagte beklagten klagt klagte klagten kritisiert kritisierte kritisierten scherzt
scherzte ruft rief riefen gerufen schreit schrie schrien flüstert flüsterte murmelt murmelte jubelt jubelte
jubelten schimpft schimpfte lobt lobte lobten mahnt mahnte mahnten appelliert appellierte appellierten
begründet begründete begründeten beteuert beteuerte beteuerten bemerkt bemerkte bemerkten erzählt erzählte
erzählten erinnert erinnerte erinnerten fügt fügte fügten teilt teilte teilten gibt gab gaben führt führte
führten stellt stellte stellten weist wies wiesen hebt hob hoben stimmt stimmte macht machte lautet lautete
lauteten heißt hieß hießen skandiert skandierte skandierten verkündet verkündete verkündeten verspricht
versprach versprachen verteidigt verteidigte verteidigten vermutet vermutete vermuteten spekuliert
spekulierte beschreibt beschrieb beschrieben schildert schilderte schilderten zitiert zitierte prophezeit
prophezeite beschwert beschwerte plädiert plädierte plädierten empfiehlt empfahl empfahlen beanstandet
beanstandete wertet wertete würdigt würdigte würdigten dementiert dementierte wiederholt wiederholte
folgert folgerte bilanziert bilanzierte konstatiert konstatierte präzisiert präzisierte reagiert reagierte
reagierten zeigt zeigte zeigten bedauert bedauerte bedauerten begrüßt begrüßte begrüßten rät riet rieten
entschied entschieden besagt besagte sieht sah
""")

WRITE = words("""
schreibt schrieb schrieben schreiben geschrieben twittert twitterte twitterten bloggt bloggte postet postete
posteten mailt mailte notiert notierte meldet meldete meldeten veröffentlicht veröffentlichte titelt titelte
titelten
""")

CALL = words("""
nennt nannte nannten nennen genannt bezeichnet bezeichnete bezeichneten bezeichnen spricht sprach sprachen
sprechen gesprochen tituliert titulierte charakterisiert charakterisierte beschimpft beschimpfte beschimpften
verurteilt verurteilte verurteilten stufte stufen vergleicht verglich verglichen bewertet bewertete
""")

THINK = words("""
glaubt glaubte glaubten denkt dachte dachten hofft hoffte hofften will wollte wollten fürchtet fürchtete
befürchtet befürchtete erwartet erwartete erwarteten findet fand fanden weiß wusste hält hielt hielten
""")

PRONOUNS = {
    "er": "m", "ihm": "m", "ihn": "m", "sie": "f", "ihr": "f", "es": "n", "ich": "i", "wir": "i", "du": "i",
    "man": "n", "beide": "p", "dieser": "n", "diese": "n", "dieses": "n", "jener": "n", "viele": "p",
    "einige": "p", "manche": "p", "alle": "p", "uns": "i", "mich": "i", "mir": "i", "niemand": "n", "jemand": "n",
}  # fmt: skip

TITLES = {
    "herr": "m", "herrn": "m", "frau": "f", "dr": "", "prof": "", "professor": "", "professorin": "f",
    "präsident": "m", "präsidentin": "f", "kanzler": "m", "kanzlerin": "f", "minister": "m", "ministerin": "f",
    "sprecher": "m", "sprecherin": "f", "bürgermeister": "m", "bürgermeisterin": "f", "papst": "m",
    "kardinal": "m", "bischof": "m", "bischöfin": "f", "richter": "m", "richterin": "f", "direktor": "m",
    "direktorin": "f", "trainer": "m", "trainerin": "f", "könig": "m", "königin": "f", "prinz": "m",
    "prinzessin": "f", "general": "m", "senator": "m", "senatorin": "f", "abgeordnete": "f",
    "abgeordneter": "m", "chef": "m", "chefin": "f", "leiter": "m", "leiterin": "f", "pfarrer": "m",
    "staatsanwalt": "m", "staatsanwältin": "f", "generalsekretär": "m", "generalsekretärin": "f",
    "vorsitzende": "f", "vorsitzender": "m", "autor": "m", "autorin": "f", "journalist": "m",
    "journalistin": "f", "experte": "m", "expertin": "f", "kommissar": "m", "kommissarin": "f",
    "anwalt": "m", "anwältin": "f", "botschafter": "m", "botschafterin": "f", "us-präsident": "m",
}  # fmt: skip

ROLES = words("""
sprecher sprecherin polizeisprecher polizei gericht regierung ministerium partei fraktion bericht zeitung
magazin studie umfrage verband gewerkschaft universität kommission ausschuss behörde opposition experten
kritiker anwohner zeugen augenzeugen veranstalter organisation konzern firma unternehmen verein stiftung
bischof papst präsident präsidentin minister ministerin kanzler kanzlerin abgeordnete abgeordneter
vorsitzende vorsitzender richter richterin staatsanwaltschaft staatsanwalt anwalt anwältin chef chefin leiter
leiterin direktor direktorin trainer trainerin spieler autor autorin forscher wissenschaftler professor
bürgermeister botschafter senator general kommissar mitteilung erklärung stellungnahme pressemitteilung
brief artikel urteil gutachten wirtschaftsrat landtagsfraktion bundesregierung amt rat senat demonstranten
aktivisten gegner anhänger eltern schüler studenten mitarbeiter angehörige
""")

DETERMINERS = words("""
der die das den dem des ein eine einer eines einem einen sein seine seiner seines seinem seinen ihr ihre ihrer
ihres ihrem ihren unser unsere mein meine kein keine mehrere zwei drei vier einige viele dieser diese dieses
diesem diesen jeder jede jedes beide beiden zahlreiche
""")

PREPOSITIONS = words("""
in im ins an am ans auf bei beim mit von vom zu zum zur nach für durch gegen um ohne aus über unter vor
zwischen während wegen seit bis trotz laut neben hinter gegenüber anlässlich angesichts innerhalb außerhalb
statt per ab entlang mittels
""")

NOT_NAMES = words("""
montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag januar februar märz april mai juni juli
august september oktober november dezember heute gestern morgen der die das den dem des ein eine einer eines
einem einen und oder aber doch denn wenn als weil dass ob da so auch noch nur schon sehr mehr nicht kein keine
er sie es wir ihr ich du man sein seine ihre unser in im an am auf bei mit von zu nach für durch gegen um ohne
aus über unter vor zwischen während wegen seit bis trotz laut zudem außerdem dabei dagegen daher dann danach
darauf darum deshalb dennoch jedoch allerdings bereits damit hier dort jetzt nun wie was wer wo warum ja nein
zitat wörtlich weiter insgesamt zuvor später ferner zum zur beim ins vom dazu dies diese dieser dieses
angesichts anlässlich nachdem bevor obwohl sowie sowohl uhr euro prozent jahr jahre
""")

GERMAN = Language(
    code="de",
    say=SAY,
    write=WRITE,
    call=CALL,
    think=THINK,
    either=words("""
        stimmt stimmte
        zeigt zeigte zeigten ruft rief riefen wiederholt sieht sah will wollte wollten hält hielt hielten fand
        findet entschied entschieden reagiert reagierte reagierten stufte fordert forderte
        verteidigt verteidigte meldet meldete veröffentlicht veröffentlichte
    """),
    negations=words("nicht nie niemals kein keine keiner keinen keinem keines weder"),
    nobodies=words("niemand niemandem keiner keine kein keines weder"),
    modals=words("""
        hätte hätten würde würden könnte könnten dürfte dürften müsste müssten sollte sollten soll sollen wollte
        wollten will wollen möchte möchten kann können darf dürfen muss müssen
    """),
    said_after_all=words("nur ohne zuletzt minder"),
    conditions=words("wenn falls ob sofern"),
    unsaid_openers=words("angenommen stellen sagen fragen"),
    quoted_verbs=words("zitiert"),
    unfulfilled=words("""
        weigerte weigerten weigert weigern vermied vermieden ohne statt anstatt versäumte versäumten lehnte lehnten
        bat baten
    """),
    denials=words("bestritt bestreitet bestritten leugnet leugnete leugneten"),
    futures=words("wird werden werde"),
    infinitive_endings=("en",),
    asking=words("fragt fragte fragten fragen gefragt"),
    according=words("""
        laut gemäß nach_angaben nach_aussage nach_aussagen nach_ansicht nach_auffassung nach_meinung so nach_den_worten
        nach_angaben_von nach_angaben_der nach_angaben_des nach_einschätzung
    """),
    after_source=words("zufolge"),
    noun_cues=words("""
        worten zitat erklärung stellungnahme aussage mitteilung pressemitteilung bericht titel
        begründung überschrift schlagzeile frage antwort satz feststellung botschaft rede brief aufschrift
        transparent plakat parole urteil artikel kommentar
    """),
    written_nouns=words("""
        erklärung mitteilung pressemitteilung bericht titel slogan überschrift schlagzeile brief aufschrift plakat
        transparent urteil artikel stellungnahme
    """),
    written_by=words("von"),
    separable={
        **dict.fromkeys(words("stellt stellte stellten"), words("fest klar richtig infrage dar")),
        **dict.fromkeys(words("gibt gab gaben"), words("an bekannt zu preis")),
        **dict.fromkeys(words("teilt teilte teilten"), words("mit")),
        **dict.fromkeys(words("führt führte führten"), words("aus an fort")),
        **dict.fromkeys(words("fügt fügte fügten"), words("hinzu an bei")),
        **dict.fromkeys(words("weist wies wiesen"), words("hin zurück darauf")),
        **dict.fromkeys(words("hebt hob hoben"), words("hervor")),
        **dict.fromkeys(words("räumt räumte räumten"), words("ein")),
        **dict.fromkeys(words("kündigt kündigte kündigten"), words("an")),
        **dict.fromkeys(words("spricht sprach sprachen"), words("von vom")),
        **dict.fromkeys(words("macht machte"), words("deutlich klar geltend aufmerksam")),
    },
    pronouns=PRONOUNS,
    titles=TITLES,
    modifiers=words("general"),
    roles=ROLES,
    nobody=words("schlagzeile schlagzeilen gerücht gerüchte"),
    role_gender={
        "sprecher": "m", "sprecherin": "f", "vater": "m", "mutter": "f", "präsidentin": "f", "ministerin": "f",
        "chef": "m", "chefin": "f", "trainer": "m", "trainerin": "f",
    },
    given=GIVEN,
    particles=words("von vom zu zum zur van de der den dem di da del dos la los ten al el bin af y"),
    suffixes=words("jr sr ii iii iv"),
    not_names=NOT_NAMES,
    determiners=DETERMINERS,
    prepositions=PREPOSITIONS,
    of=words("von vom der des für aus im in am an beim bei zum zur"),
    conjunctions=words("und oder aber sondern denn doch sowie"),
    subordinators=words("dass daß weil wenn als ob obwohl während nachdem bevor damit indem da falls sodass wie"),
    relatives=words("der die das welcher welche welches deren dessen"),
    whose=words("dessen deren"),
    auxiliaries=words("""
        ist sind war waren wird werden wurde wurden hat haben hatte hatten habe hätte hätten sei seien wäre wären
        könne können konnte konnten kann soll sollen sollte sollten müsse müssen musste mussten muss darf dürfen
        möchte möchten würde würden worden bin nicht
    """),
    adverbs=words("""
        auch dann später wieder weiter weiterhin noch schon heute gestern zuvor zudem außerdem jedoch allerdings
        dabei dazu daraufhin sich ferner unter_anderem wörtlich gegenüber hingegen dagegen dennoch selbst bereits
        jetzt nun erneut schließlich abschließend anschließend zunächst einst mehrfach scharf indes unterdessen
        wiederum deshalb daher damals hier nie niemals gern gerne ebenfalls zugleich gleichzeitig so
    """),
    times=words("""
        montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag montags januar februar märz april mai
        juni juli august september oktober november dezember heute gestern morgen abend nachmittag vormittag nacht
        woche monat jahr jahre wochenende mittag tag tage stunden vergangenen letzten letzte vergangene
    """),
    numbers=words("zwei drei vier fünf beide beiden mehrere einige viele"),
    infinitive=words("zu"),
    and_words=words("und"),
    be=words("wird werden wurde wurden worden"),
    with_words=words("mit"),
    breaks=words("aber während obwohl doch jedoch und sagte wobei"),
    place_prepositions=words("in im auf bei beim am an vor zu zum zur nach gegenüber während mit"),
    hearers=words("""
        journalisten reportern reporter presse zeitung medien magazin nachrichtenagentur agentur fernsehen radio
        interview gespräch uns mir ihm ihr ihnen dpa afp reuters bild spiegel
    """),
    that=words("dass daß"),
    abbreviations=words("""
        dr prof hr fr st bzw ca z.b u.a d.h usw etc nr art abs mio mrd jh geb ev e.v str sog vgl evtl ggf inkl max
        min tel jan feb apr aug sept okt nov dez rd bspw i.d.r
    """),
    questions=words("""
        wer was wann wo warum wieso weshalb wie welche welcher welches wen wem wessen wohin woher sind ist haben hat
        können kann werden wird würden wollen sollen muss müssen gibt glauben denken
    """),
    you=words("sie ihnen ihr ihre ihren ihrem ihrer du dich dir dein deine euch euer"),
    me=words("ich mich mir mein meine meinen meinem meiner wir uns unser unsere unseren unserem"),
    self_words=words("bin heiße"),
    common=words("der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an"),
    interview=words("interview gespräch interviewte interviewt interviewten befragte sprach_mit"),
    interview_verbs=words("interviewte interviewt interviewten befragte"),
    by=words("von durch"),
    about=words("über zum zur zu"),
    reporter_words=words("reporter reporterin korrespondent korrespondentin journalist journalistin"),
    media=words("bote boten zeitung anzeiger rundschau nachrichten tageblatt kurier radio magazin spiegel"),
    label_stops=words("""
        foto fotos bild bilder quelle quellen hinweis anmerkung korrektur update aktualisierung termin ort zeit datum
        hintergrund info infos kontakt zitat lesen_sie_auch mehr fazit
    """),
    credit_words=words("foto fotos bild quelle grafik archivfoto"),
    answer_openers=words("ja nein doch nun natürlich genau sicher klar absolut eigentlich ich wir naja also vielleicht"),
    commands=words("erzählen beschreiben erklären nennen sagen schildern"),
    question_labels=words("frage f q"),
    answer_labels=words("antwort a"),
    editor_words=words("anm anmerkung red redaktion übersetzer"),
    note_words=words("anm anmerkung red redaktion lacht lachen lächelt pause d.red sic gelächter beifall"),
    work_nouns=words("""
        film buch roman song lied album serie stück musical zeitung zeitschrift magazin sendung programm gedicht
        gemälde ausstellung spiel oper schiff forschungsflugzeug projekt titel wochenzeitung tageszeitung
    """),
    alias_words=words("sogenannte sogenannten sogenannter sogenanntes so_genannte genannt alias namens"),
    small_in_titles=words("der die das und in im am an auf von vom zu zum zur für mit des den dem ein eine"),
    verb_first=True,
    object_forms=words("den dem einen einem ihn ihm ihnen seinen seinem ihren ihrem diesen diesem zum zur im am beim vom des eines seines ihres"),
    object_pronouns=words("ihn ihm ihnen mich mir uns sich es dies das dazu"),
    age_endings=("-jährige", "-jähriger", "-jährigen"),
    calling_endings=("in", "ist", "ent", "or", "eur", "mann", "frau", "chef", "är"),
    genitives=words("der des"),
    impersonal=words("es"),
    verb_endings=("te", "ten", "t"),
    past_endings=(),
    role_endings=(
        "minister", "ministerin", "präsident", "präsidentin", "sprecher", "sprecherin", "chef", "chefin", "kanzler",
        "kanzlerin", "meister", "meisterin", "trainer", "trainerin", "vorsitzende", "vorsitzender", "kommissar",
        "kommissarin", "politiker", "politikerin", "leiter", "leiterin", "direktor", "direktorin", "experte",
        "expertin", "sekretär", "sekretärin", "anwalt", "anwältin", "richter", "richterin", "rabbiner", "bischof",
        "manager", "managerin", "forscher", "forscherin", "abgeordnete", "abgeordneter", "beauftragte",
        "beauftragter", "sportler", "autor", "autorin", "pilot", "pilotin",
    ),
    nouns_capitalised=True,
    bare_terms=True,
    as_words=words("als"),
    perfect=words("hat haben hatte hatten habe"),
)  # fmt: skip
