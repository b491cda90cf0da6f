"""Word tables for Polish."""

from articles.extraction.languages.given_names import GIVEN
from articles.extraction.languages.table import Language, words

SAY = words("""
mówi mówił mówiła mówili mówią powiedział powiedziała powiedzieli powie dodał dodała dodali dodaje dodają
stwierdził stwierdziła stwierdzili stwierdza podkreślił podkreśliła podkreślili podkreśla zaznaczył
zaznaczyła zaznaczyli zaznacza wyjaśnił wyjaśniła wyjaśnili wyjaśnia tłumaczył tłumaczyła tłumaczy
odpowiedział odpowiedziała odpowiedzieli odpowiada odparł odparła pyta pytał pytała zapytał zapytała
oświadczył oświadczyła oświadczyli oświadcza zapowiedział zapowiedziała zapowiada przyznał przyznała
przyznaje przekonuje przekonywał przekonywała ocenił oceniła ocenia uważa apeluje apelował apelowała
ostrzega ostrzegł ostrzegła zapewnił zapewniła zapewnia krzyknął krzyknęła zawołał zawołała wołał wołała
szepnął szepnęła skomentował skomentowała komentuje relacjonuje relacjonował relacjonowała wspomina
wspominał wspominała opowiada opowiadał opowiadała zauważył zauważyła zauważa przypomniał przypomniała
przypomina żartował żartowała poinformował poinformowała poinformowali informuje argumentował
argumentowała argumentuje ogłosił ogłosiła potwierdził potwierdziła zaprzeczył zaprzeczyła
powiedzieć dodać odpowiedzieć stwierdzić oświadczyć przyznać
""")

POLISH = Language(
    code="pl",
    # «powiedziałby», «powiedziałaby»: would say
    say=SAY | frozenset(f"{verb}by" for verb in SAY if verb.endswith(("ł", "ła", "li"))),
    negations=words("nie nigdy"),
    nobodies=words("nikt żaden żadna żadne"),
    modals=words("""
        by mógł mogła mogli mógłby mogłaby mogliby powinien powinna powinni może mogą chciał chciała chciałby
        chciałaby miałby miałaby
    """),
    said_after_all=words("tylko bez"),
    conditions=words("jeśli jeżeli gdyby czy"),
    unsaid_openers=words("wyobraź wyobraźmy przypuśćmy załóżmy niech powiedz powiedzcie proszę"),
    conditional_endings=("by",),
    asking=words("pyta pytał pytała zapytał zapytała"),
    write=words("""
        napisał napisała napisali pisze pisał pisała piszą zatweetował zatweetowała opublikował opublikowała
    """),
    call=words("nazwał nazwała nazwali nazywa nazywał nazywała określił określiła określa określił porównał porównała"),
    think=words("sądzi sądził sądziła myśli myślał myślała wierzy ma_nadzieję liczy chce chciał chciała"),
    either=words("liczy chce chciał chciała pisze"),
    according=words("według zdaniem w_ocenie jak_twierdzi"),
    noun_cues=words("oświadczenie oświadczeniu komunikat komunikacie wpis wpisie list liście słowami pytanie odpowiedź"),
    written_nouns=words("oświadczenie oświadczeniu komunikat komunikacie wpis wpisie list liście raport twitterze"),
    pronouns={
        "on": "m", "ona": "f", "ono": "n", "oni": "p", "one": "p", "ja": "i", "ty": "i", "my": "i", "wy": "i",
        "jego": "m", "jej": "f",
    },
    titles={
        "pan": "m", "pani": "f", "prezydent": "", "premier": "", "minister": "", "poseł": "m", "posłanka": "f",
        "senator": "", "marszałek": "", "burmistrz": "", "wójt": "", "rzecznik": "m", "rzeczniczka": "f",
        "prezes": "", "dyrektor": "", "profesor": "", "prof": "", "dr": "", "ks": "m", "ksiądz": "m",
        "biskup": "m", "arcybiskup": "m", "papież": "m", "kardynał": "m", "generał": "m", "gen": "m",
        "płk": "m", "kpt": "m", "trener": "m", "redaktor": "", "radny": "m", "radna": "f", "wiceminister": "",
    },
    roles=words("""
        rzecznik rzeczniczka prezydent premier minister ministerstwo rząd sąd policja prokuratura prokurator sędzia
        partia klub raport sondaż gazeta dziennik tygodnik związek urząd komisja rada mieszkaniec mieszkanka
        mieszkańcy świadek świadkowie ekspert ekspertka lekarz lekarka nauczyciel nauczycielka trener piłkarz
        dyrektor dyrektorka prezes burmistrz wójt poseł posłanka senator kandydat kandydatka autor autorka
    """),
    role_gender={"rzecznik": "m", "rzeczniczka": "f", "posłanka": "f", "dyrektorka": "f", "autorka": "f"},
    given=GIVEN,
    particles=words("von de van da del der den la los y"),
    suffixes=words("jr sr ii iii iv"),
    not_names=words("""
        poniedziałek wtorek środa czwartek piątek sobota niedziela stycznia lutego marca kwietnia maja czerwca lipca
        sierpnia września października listopada grudnia w na z ze do od po o i a ale oraz że to jak gdy kiedy bo
        czy nie tak już też jest są był była było były będzie dziś wczoraj jutro według zdaniem jednak dlatego
    """),
    determiners=words("ten ta to ci te jeden jedna dwaj dwie trzej kilku wielu każdy każda jego jej ich nasz nasza"),
    prepositions=words("w we na z ze do od po o przy przez dla bez pod nad przed za u między podczas wobec"),
    of=words("z ze do od dla przy"),
    conjunctions=words("i a ale oraz lub albo więc"),
    subordinators=words("że bo ponieważ gdy kiedy jeśli jeżeli choć chociaż żeby aby gdyż czy jak"),
    relatives=words("który która które którzy których"),
    whose=words("którego której"),
    auxiliaries=words("jest są był była było były będzie będą został została zostało zostały się nie"),
    adverbs=words("""
        też także potem później znowu jeszcze już dziś wczoraj wcześniej jednak następnie ponadto również wreszcie
        krótko wprost jasno ostro spokojnie natychmiast sam sama
    """),
    times=words("""
        poniedziałek wtorek środę środa czwartek piątek sobotę sobota niedzielę niedziela dziś wczoraj jutro rano
        wieczorem nocą tygodniu miesiącu roku dniu
    """),
    numbers=words("dwaj dwie trzej kilku wielu"),
    and_words=words("i oraz"),
    breaks=words("ale a choć podczas gdy natomiast"),
    place_prepositions=words("w we na podczas po przed dla"),
    hearers=words("dziennikarzom reporterom mediom agencji nam mu jej im pap radiu telewizji wywiadzie"),
    that=words("że"),
    abbreviations=words("dr prof ks gen płk kpt np m.in tj tzw ul al św r ok godz mgr inż"),
    questions=words("kto co kiedy gdzie dlaczego jak jaki jaka jakie czy ile skąd dokąd czemu po_co"),
    you=words("pan pana panu panem pani panią ty ciebie tobie cię ci twój twoja twoje wy was wam wasz"),
    me=words("ja mnie mi mną mój moja moje my nas nam nami nasz nasza jestem mam byłem byłam"),
    self_words=words("jestem nazywam"),
    common=words("i w na z się nie że do to jest o jak po ale od za przez dla są jego jej był była czy"),
    interview=words("wywiad wywiadzie rozmowa rozmowie rozmawia rozmawiał rozmawiała"),
    interview_verbs=words("rozmawia rozmawiał rozmawiała"),
    about=words("o"),
    reporter_words=words("reporter reporterka dziennikarz dziennikarka"),
    media=words("gazeta gazety kurier radio radia tygodnik dziennik głos"),
    label_stops=words("fot foto zdjęcie źródło uwaga sprostowanie kontakt tło czas miejsce"),
    credit_words=words("fot foto zdjęcie źródło"),
    answer_openers=words("tak nie oczywiście cóż no owszem nigdy może dokładnie"),
    commands=words("proszę opowiedz powiedz opisz"),
    question_labels=words("p pytanie"),
    answer_labels=words("o odp odpowiedź"),
    editor_words=words("red redakcja redakcji"),
    note_words=words("red przyp śmiech śmieje oklaski"),
    work_nouns=words("film książka książce powieść piosenka album serial program sztuka tygodnik magazyn gra opera"),
    alias_words=words("tak_zwany tzw zwany zwana nazywany pseudonim"),
    small_in_titles=words("i w na z ze do od po o a"),
    verb_first=True,
    drops_subject=True,
    dialogue_dashes="—–",
    verb_endings=("ł", "ła", "li", "ły"),
)  # fmt: skip
