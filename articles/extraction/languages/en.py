"""Word tables for English."""

from articles.extraction.languages.en_cues import (
    ACCORDING,
    CALL,
    DENIALS,
    EITHER,
    MODALS,
    NEGATIONS,
    NOUN_CUES,
    RELUCTANCE,
    SAY,
    TELL,
    THINK,
    UNFULFILLED,
    WRITE,
    WRITTEN_NOUNS,
)
from articles.extraction.languages.given_names import ENGLISH_GIVEN
from articles.extraction.languages.table import Language, words

PRONOUNS = {
    "he": "m", "she": "f", "it": "n", "they": "p", "i": "i", "we": "i", "you": "i", "who": "r", "him": "m",
    "her": "f", "them": "p", "himself": "m", "herself": "f", "both": "p", "others": "p", "one": "n",
    "another": "n", "many": "p", "some": "p", "several": "p", "most": "p", "all": "p", "neither": "n",
    "someone": "n", "somebody": "n", "nobody": "n", "everyone": "n", "everybody": "n", "anyone": "n",
    "which": "r", "that": "n", "this": "n", "these": "p", "those": "p", "there": "n", "mine": "i",
    "me": "i", "us": "i", "what": "r",
}  # fmt: skip

TITLES = {
    "mr": "m", "mrs": "f", "ms": "f", "miss": "f", "sir": "m", "dame": "f", "lord": "m", "lady": "f",
    "king": "m", "queen": "f", "prince": "m", "princess": "f", "pope": "m", "father": "m", "brother": "m",
    "sister": "f", "congressman": "m", "congresswoman": "f", "councilman": "m", "councilwoman": "f",
    "alderman": "m", "assemblyman": "m", "assemblywoman": "f", "chairman": "m", "chairwoman": "f",
    "spokesman": "m", "spokeswoman": "f", "baron": "m", "baroness": "f", "duke": "m", "duchess": "f",
    "actor": "", "actress": "f", "businessman": "m", "businesswoman": "f", "imam": "m", "sheikh": "m",
    "dr": "", "prof": "", "professor": "", "sen": "", "senator": "", "rep": "", "reps": "", "sens": "",
    "representative": "", "gov": "", "governor": "", "president": "", "vice": "", "vice-president": "",
    "pres": "", "rev": "", "reverend": "", "st": "", "capt": "", "captain": "", "col": "", "colonel": "",
    "gen": "", "general": "", "lt": "", "lieutenant": "", "sgt": "", "sergeant": "", "maj": "", "major": "",
    "cmdr": "", "commander": "", "adm": "", "admiral": "", "judge": "", "justice": "", "secretary": "",
    "minister": "", "chancellor": "", "premier": "", "mayor": "", "attorney": "", "sheriff": "", "chief": "",
    "officer": "", "detective": "", "inspector": "", "constable": "", "speaker": "", "leader": "",
    "director": "", "manager": "", "strategist": "", "pollster": "", "moderator": "", "host": "",
    "anchor": "", "candidate": "", "nominee": "", "rival": "", "bishop": "", "archbishop": "", "cardinal": "",
    "rabbi": "", "ambassador": "", "congressmen": "", "republican": "", "republicans": "", "democrat": "",
    "democrats": "", "democratic": "", "conservative": "", "libertarian": "", "independent": "", "gop": "",
    "ceo": "", "cfo": "", "editor": "", "reporter": "", "correspondent": "", "spokesperson": "", "hon": "",
    "treasurer": "", "commissioner": "", "superintendent": "", "coach": "", "hp": "", "late": "", "former": "",
    "ex-president": "", "ex-governor": "", "first": "", "deputy": "", "prime": "", "state": "", "foreign": "",
    "chairperson": "", "administrator": "", "legislator": "", "co-author": "", "co-founder": "", "chair": "", "councillor": "", "councilor": "", "mp": "", "msp": "", "pte": "",
    "private": "", "cpl": "", "corporal": "", "economist": "", "analyst": "", "author": "", "historian": "",
    "adviser": "", "advisor": "", "aide": "", "lawyer": "", "counsel": "", "comedian": "", "singer": "",
    "rapper": "", "billionaire": "", "businessmen": "", "interim": "", "acting": "", "retired": "", "press": "",
    "supreme": "", "court": "", "house": "", "minority": "", "majority": "", "whip": "", "district": "",
}  # fmt: skip

ROLES = words("""
spokesman spokeswoman spokesperson spokespeople spokesmen official officials source sources aide aides
adviser advisers advisor advisors analyst analysts expert experts lawyer lawyers attorney attorneys judge
judges police authorities campaign campaigns poll polls survey surveys report reports study studies
statement company companies group groups organisation organisations organization organizations committee
commission council board ministry department agency agencies office government administration party
union court newspaper paper magazine network outlet outlets website site blog ad ads commercial letter
email e-mail memo document documents lawsuit complaint filing ruling article editorial op-ed column
headline headlines banner sign poster note post tweet message transcript video film book indictment
minister president governor mayor senator congressman congresswoman lawmaker lawmakers politician
candidate candidates nominee nominees rival rivals opponent opponents critic critics supporter supporters
activist activists protester protesters demonstrator voter voters resident residents neighbour neighbor
witness witnesses victim victims survivor survivors friend friends colleague colleagues family mother
father wife husband son daughter brother sister parents widow man woman men women boy girl student
students teacher teachers professor researcher researchers scientist scientists doctor doctors nurse
worker workers employee employees owner owners founder founders chairman chairwoman chair director
manager executive executives chief boss leader leaders leadership secretary ambassador diplomat diplomats
officer officers general soldier soldiers veteran veterans reporter reporters journalist journalists
correspondent columnist editor editors author authors writer host anchor moderator pundit pundits
commentator commentators historian economist economists pollster pollsters strategist strategists
operative operatives insider insiders donor donors businessman businesswoman billionaire mogul tycoon
investor investors farmer farmers coach player players singer actor actress comedian pastor priest
bishop pope cardinal rabbi imam republicans democrats liberals conservatives people person members
member delegation delegates delegate panel jury prosecutor prosecutors investigators investigator
detective detectives sheriff caller user users fan fans guest guests audience crowd team firm bank
university school hospital church charity foundation institute association federation coalition
""")

PERSONAL_ROLES = words("""
spokesman spokeswoman spokesperson official aide adviser advisor analyst expert lawyer attorney judge minister
president governor mayor senator congressman congresswoman lawmaker politician candidate nominee rival opponent
critic supporter activist protester demonstrator voter resident neighbour neighbor witness victim survivor friend
colleague mother father wife husband son daughter brother sister widow man woman boy girl student teacher
professor researcher scientist doctor nurse worker employee owner founder chairman chairwoman chair director
manager executive chief boss leader secretary ambassador diplomat officer soldier veteran reporter journalist
correspondent columnist editor author writer host anchor moderator pundit commentator historian economist
pollster strategist operative insider donor businessman businesswoman billionaire mogul tycoon investor farmer
coach player singer actor actress comedian pastor priest bishop cardinal rabbi imam member prosecutor
investigator detective sheriff baker fisherman photographer engineer architect artist poet novelist musician
pilot driver mechanic carpenter electrician surveyor planner warden ranger keeper gardener clerk librarian
designer developer programmer physicist chemist biologist geologist psychologist sociologist nun monk
councillor councilor commissioner treasurer speaker whip captain sergeant major colonel inspector constable
paramedic firefighter midwife pharmacist surgeon vet dentist consultant contractor builder landlord tenant
shopkeeper trader broker banker accountant retiree pensioner grandmother grandfather uncle aunt cousin head
""")

ROLE_GENDER = {
    "spokesman": "m", "spokeswoman": "f", "congressman": "m", "congresswoman": "f", "chairman": "m",
    "chairwoman": "f", "businessman": "m", "businesswoman": "f", "mother": "f", "father": "m", "wife": "f",
    "husband": "m", "son": "m", "daughter": "f", "brother": "m", "sister": "f", "widow": "f", "widower": "m",
    "man": "m", "woman": "f", "boy": "m", "girl": "f", "actress": "f", "lady": "f",
    "king": "m", "queen": "f", "grandmother": "f", "grandfather": "m", "uncle": "m", "aunt": "f",
    "priest": "m", "pope": "m", "nun": "f", "gentleman": "m", "councilman": "m", "councilwoman": "f",
}  # fmt: skip

NOT_NAMES = words("""
i monday tuesday wednesday thursday friday saturday sunday january february march april may june july
august september october november december mon tue wed thu fri sat sun jan feb mar apr jun jul aug sep
sept oct nov dec christmas easter today yesterday tomorrow the a an in on at but and or so if when while
after before as for with from by to of he she it they we you his her their its our my your this that these
those there here what who why how where which yet still also then now meanwhile however though although
because since until once both many most some several others one two three four five six seven eight nine
ten no not yes well oh ok okay p.m a.m gmt est asked speaking according during despite indeed instead
later earlier last next new   do does did is are
was were will would could should can may might must has have had be been even just only perhaps maybe
such like unlike among under over about between through without within against another other each every
all any either neither nor asked added said says q a
""")

DETERMINERS = words("""
the a an his her their its our my your this that these those some many several both one another other
two three four five six seven eight nine ten dozens hundreds thousands each every any no most all few
""")
PREPOSITIONS = words("""
in on at by with from to of for during after before about against into onto over under within without
through throughout since until till between among amid near outside inside across behind beyond along
around despite via upon like unlike toward towards following including regarding concerning than alongside
""")
OF = words("""of for at from with in on to against behind by""")
CONJUNCTIONS = words("""and but or nor yet so plus""")
SUBORDINATORS = words("""
because although though while whereas if unless when whenever where wherever as since until till after
before once that whether lest how why what than
""")
RELATIVES = words("""who which that whose whom""")
AUXILIARIES = words("""
is are was were be been being has have had having do does did will would shall should can could may might
must 'd 'll 've hasn't haven't hadn't didn't doesn't don't wasn't weren't isn't won't wouldn't couldn't
can't cannot shouldn't mustn't hasn’t haven’t hadn’t didn’t doesn’t don’t wasn’t weren’t isn’t won’t wouldn’t
couldn’t can’t shouldn’t mustn’t not went came
""")
ADVERBS = words("""
also then later again once further still even just often always never now soon today yesterday tomorrow
first finally once twice too instead however meanwhile moreover famously recently only simply already
himself herself themselves itself earlier ever long back on out over up down off in away around ahead
together afterwards afterward thus hence apparently reportedly at_first almost quite rather very much
well there here alone last_week this_week nonetheless nevertheless though bluntly indeed
""")
TIMES = words("""
monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
september october november december today yesterday tomorrow tonight morning afternoon evening night week
weekend month year years days weeks months hours minutes ago last this next earlier later recently early
late day hour minute noon midnight spring summer autumn fall winter
""")
HEARERS = words("""
reporters journalists supporters listeners viewers the_crowd audience crowd lawmakers members newspaper
agency committee court jury police officers investigators me us him her them it you people fans colleagues
voters delegates aides staff attendees conference press news times post radio tv television magazine
senators congress parliament students friends donors host anchor
""")
ABBREVIATIONS = words("""
mr mrs ms dr prof sen sens rep reps gov govs pres rev st capt col gen lt sgt maj cmdr adm hon jr sr inc co
corp ltd no vs etc jan feb mar apr jun jul aug sep sept oct nov dec mt ft ave blvd u.s u.k u.n e.u d.c
p.m a.m i.e e.g ph.d m.d d r r-ky ariz calif colo conn del fla ga ill ind kan ky la md mass mich minn miss
mo mont neb nev n.h n.j n.m n.y n.c n.d okla ore pa r.i s.c s.d tenn tex vt va wash w.va wis wyo est approx
dept bros supt det
""")
QUESTIONS = words("""
who what when where why how which whose is are was were do does did have has had can could will would
should shall may might must isn't aren't wasn't don't doesn't didn't won't couldn't shouldn't
""")

ENGLISH = Language(
    code="en",
    say=SAY | words("went_on pointed_out points_out pointing_out shot_back fired_back made_clear makes_clear"),
    write=WRITE,
    tell=TELL,
    call=CALL,
    think=THINK,
    either=EITHER,
    negations=NEGATIONS,
    nobodies=words("no nobody none nothing neither nor no-one few"),
    modals=MODALS,
    habitual=words("later often always sometimes then eventually again repeatedly regularly usually frequently"),
    habitual_modals=words("would"),
    said_after_all=words("only just merely simply"),
    inverted=words("do does did has have had is are was were can could will would shall should may might must"),
    conditions=words("if unless lest whether perhaps maybe possibly dream dreams nightmare imagination"),
    unsaid_openers=words("imagine suppose supposing let lets please picture say tell ask repeat write"),
    quoted_verbs=words("quoted quotes quoting cited cites"),
    as_words=words("as"),
    unfulfilled=UNFULFILLED,
    reluctance=RELUCTANCE,
    denials=DENIALS,
    asking=words("ask asks asked asking wonder wonders wondered wondering question questions questioned"),
    according=ACCORDING,
    after_source=frozenset(),
    noun_cues=NOUN_CUES,
    written_nouns=WRITTEN_NOUNS,
    written_by=words("by from"),
    pronouns=PRONOUNS,
    gendered={
        **dict.fromkeys(("he", "him", "his", "himself"), "m"),
        **dict.fromkeys(("she", "her", "hers", "herself"), "f"),
    },
    titles=TITLES,
    modifiers=words("""late former first deputy prime state foreign interim acting retired press supreme court house
        minority majority district republican republicans democrat democrats democratic conservative libertarian
        independent gop private"""),
    roles=ROLES,
    postmodifiers=words("familiar close involved briefed aware present opposed loyal allied privy knowledgeable"),
    nobody=words("headline headlines rumour rumours rumor rumors legend tradition proverb"),
    role_gender=ROLE_GENDER,
    given=ENGLISH_GIVEN,
    particles=words("""van von vom zu vd de del della di da dos das du la le los las el al bin ibn ben binti bint ter
        ten der den dem af ap e y"""),
    suffixes=words("jr sr ii iii iv esq phd md mp"),
    not_names=NOT_NAMES,
    determiners=DETERMINERS,
    prepositions=PREPOSITIONS,
    of=OF,
    conjunctions=CONJUNCTIONS,
    subordinators=SUBORDINATORS,
    relatives=RELATIVES,
    whose=words("whose"),
    auxiliaries=AUXILIARIES,
    adverbs=ADVERBS,
    times=TIMES,
    numbers=words("two three four five six seven eight nine ten both several many some others most one another"),
    infinitive=words("to"),
    and_words=words("and"),
    be=words("is are was were be been being isn't wasn't aren't weren't get gets got"),
    with_words=words("with"),
    opening_participles=words("asked speaking pressed according given based born compared known faced"),
    breaks=words("but while and although though whereas even which who whose where when adding as after before"),
    place_prepositions=words("in on at during to after before with from for into via through"),
    hearers=HEARERS,
    that=words("that"),
    abbreviations=ABBREVIATIONS,
    questions=QUESTIONS,
    you=words("you your yours yourself you're you've you'd you'll you’re you’ve you’d you’ll"),
    me=words("i me my mine myself we us our ours ourselves i'm i've i'd i'll we're we've i’m i’ve i’d i’ll "
             "we’re we’ve we’d we’ll"),
    self_words=words("i'm i’m am name's"),
    common=words("the and of to in that for is was on with said he she his her they have not by from are"),
    interview=words("interview interviewed interviews interviewer q&a spoke_with talked_to spoke_to"),
    question_labels=words("q question interviewer"),
    answer_labels=words("a answer"),
    editor_words=words("ed eds editor editor's editor’s editors translator"),
    note_words=words("ed editor editor's editor’s note laughs laughter laughing pause pauses sic smiles "
                     "applause sighs crosstalk inaudible translator"),
    interview_verbs=words("interviews interviewed interviewing"),
    by=words("by"),
    about=words("about on regarding concerning"),
    reporter_words=words("reporter correspondent interviewer journalist contributor"),
    media=words("""herald gazette times courier tribune journal radio tv television weekly magazine news press
        telegraph guardian observer chronicle newspaper podcast post review mail"""),
    label_stops=words("""update updates correction editor's_note editors_note note image photo picture video
        caption source sources related read_more background summary warning key facts location date time
        where when what why how who contact email e-mail phone website copyright credit http https"""),
    credit_words=words("image photo photograph photographer picture credit photos"),
    answer_openers=words("""yes no well yeah yep nope absolutely exactly definitely certainly sure of_course
        oh not never actually honestly right correct maybe probably i i'm i've i’m i’ve we we're we’re because
        thanks thank"""),
    commands=words("tell describe explain talk walk give name take anything any"),
    work_nouns=words("""film movie book novel song album show series play musical episode magazine newspaper
        program programme documentary memoir poem painting exhibition game opera single track column blog
        podcast website bestseller comedy drama sitcom hit anthem"""),
    small_in_titles=words("a an the and or but nor of in on at to for by with from as vs v"),
    show_prepositions=words("on in of with for from at during"),
    alias_words=words("so-called nicknamed aka known_as termed the_word the_term the_phrase entitled titled"),
    naming_words=words("called named dubbed branded christened"),
    salience={
        "sentence": 1.0, "paragraph": 0.5, "gender": 0.4, "person": 0.5, "subject": 1.4, "speaks": 0.8,
        "possessive": 0.8, "opens": 0.3, "last": 0.5,
    },
    adverb_endings=("ly",),
    verb_endings=("ed", "es", "s"),
    whereabouts=words("in near across throughout outside inside"),
    things=words("which that what"),
    role_verbs=words("""chairs chaired leads led heads headed runs ran directs directed manages managed teaches taught
        owns owned founded works worked serves served represents represented plays played coaches coached edits
        edited writes wrote oversees oversaw studies studied farms keeps kept presides presided co-chairs
        co-founded specialises specializes advises advised commands commanded"""),
    personal_roles=PERSONAL_ROLES,
    age_endings=("-year-old", "-year-olds", "year-old"),
    calling_endings=("er", "or", "ist", "ian", "ant", "man", "woman", "person", "ee", "chief", "head", "aide"),
    bodies=words("""federation association university college institute bank department ministry house council
        board chamber court society union league confederation committee bureau office school museum"""),
    body_ties=words("of for"),
    comparisons=words("than without regarding about because toward towards"),
    outlets=words("""interview interviews tweet tweets post posts speech statement statements show program programme
        radio television tv twitter facebook email e-mail blog column article letter memo book podcast broadcast
        appearance press conference report video remarks debate episode"""),
    past_endings=("ed",),
    past_verbs=words("said told wrote swore sang spoke went on back began read"),
    plural_endings=("s", "people"),
    verbs=words("""put held took made gave went got kept left let met ran sat sent set shot stood spent won lost
        led brought bought built broke began came chose drew drove fell felt fought found flew grew heard hit
        knew laid lay paid rose sold shook showed sought stuck struck swore taught thought threw turned wore
        blew beat became cut hurt quit spread takes makes gives goes gets keeps leaves sends sets stands wins
        loses leads brings comes seems seemed appeared appears continued remains remained no longer wrote"""),
    participle_endings=("ing",),
)  # fmt: skip
