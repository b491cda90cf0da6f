"""English."""

from articles.extraction.languages.given import ENGLISH_GIVEN
from articles.extraction.languages.table import Language, words

SAY = words("""
react reacts reacted reacting confide confides confided confiding mumble mumbles mumbled mumbling protest
protests protested protesting query queries queried querying reminisce reminisces reminisced reminiscing
seethe seethes seethed seething summed signal signals signalled signaled underscore underscores underscored
underscoring exult exults exulted exulting kid kids kidded kidding relay relays relayed relaying rage rages
raged raging decree decrees decreed admonish admonishes admonished admonishing expound expounds expounded
jibe jibed marvel marvels marvelled marveled marvelling entreat entreated detail details detailed divulge
divulges divulged pontificate pontificated harrumph harrumphed splutter spluttered quibble quibbled
quavered rasped wheezed giggled grinned grunted ribbed joshed congratulate congratulated curse cursed
trumpet trumpeted hedge hedged reproach reproached sympathise sympathised sympathize sympathized
say says said saying add adds added adding continue continues continued continuing ask asks asked asking
reply replies replied replying respond responds responded responding explain explains explained
explaining note notes noted noting declare declares declared declaring state states stated stating argue
argues argued arguing warn warns warned warning conclude concludes concluded concluding insist insists
insisted insisting claim claims claimed claiming announce announces announced announcing admit admits
admitted admitting acknowledge acknowledges acknowledged acknowledging recall recalls recalled recalling
concede concedes conceded conceding promise promises promised promising vow vows vowed vowing pledge
pledges pledged pledging joke jokes joked joking quip quips quipped quipping remark remarks remarked
remarking repeat repeats repeated repeating lament laments lamented lamenting question questions
questioned questioning wonder wonders wondered wondering stress stresses stressed stressing emphasize
emphasizes emphasized emphasizing emphasise emphasises emphasised emphasising observe observes observed
observing contend contends contended contending assert asserts asserted asserting maintain maintains
maintained maintaining suggest suggests suggested suggesting caution cautions cautioned cautioning cry
cries cried crying shout shouts shouted shouting yell yells yelled yelling scream screams screamed
screaming whisper whispers whispered whispering mutter mutters muttered muttering murmur murmurs
murmured murmuring exclaim exclaims exclaimed exclaiming answer answers answered answering retort
retorts retorted retorting counter counters countered countering complain complains complained
complaining comment comments commented commenting confess confesses confessed confessing confirm
confirms confirmed confirming deny denies denied denying predict predicts predicted predicting propose
proposes proposed proposing reveal reveals revealed revealing report reports reported reporting disclose
discloses disclosed disclosing reiterate reiterates reiterated reiterating elaborate elaborates
elaborated elaborating interject interjects interjected interjecting intone intones intoned intoning
boast boasts boasted boasting brag brags bragged bragging gush gushes gushed gushing tease teases teased
teasing deadpan deadpans deadpanned deadpanning demand demands demanded demanding urge urges urged urging
plead pleads pleaded pled pleading beg begs begged begging implore implores implored imploring advise
advises advised advising recommend recommends recommended recommending assure assures assured assuring
inquire inquires inquired inquiring muse muses mused musing ponder ponders pondered pondering reflect
reflects reflected reflecting reason reasons reasoned reasoning remind reminds reminded reminding rant
rants ranted ranting rave raves raved raving scold scolds scolded scolding scoff scoffs scoffed scoffing
sneer sneers sneered sneering snap snaps snapped snapping snarl snarls snarled snarling sigh sighs
sighed sighing sob sobs sobbed sobbing sing sings sang sung singing chant chants chanted chanting rap
raps rapped rapping recite recites recited reciting read reads reading reckon reckons reckoned reckoning
speculate speculates speculated speculating stammer stammers stammered stammering stutter stutters
stuttered stuttering swear swears swore sworn swearing testify testifies testified testifying thunder
thunders thundered thundering bellow bellows bellowed bellowing boom booms boomed booming bark barks
barked barking growl growls growled growling groan groans groaned groaning grumble grumbles grumbled
grumbling grouse grouses groused grousing gripe gripes griped griping fume fumes fumed fuming bemoan
bemoans bemoaned bemoaning decry decries decried decrying deplore deplores deplored deploring venture
ventures ventured venturing volunteer volunteers volunteered volunteering summarise summarises
summarised summarising summarize summarizes summarized summarizing opine opines opined opining allege
alleges alleged alleging affirm affirms affirmed affirming aver avers avered avering attest attests
attested attesting avow avows avowed avowing profess professes professed professing proclaim proclaims
proclaimed proclaiming pronounce pronounces pronounced pronouncing preach preaches preached preaching
pray prays prayed praying posit posits posited positing rejoin rejoins rejoined rejoining rebut rebuts
rebutted rebutting reassure reassures reassured reassuring relate relates related relating recount
recounts recounted recounting offer offers offered offering interrupt interrupts interrupted
interrupting interpose interposes interposed interposing chime chimes chimed chiming crow crows crowed
crowing echo echos echoed echoing enthuse enthuses enthused enthusing exhort exhorts exhorted exhorting
explode explodes exploded exploding express expresses expressed expressing extol extols extolled extolling
fret frets fretted fretting hint hints hinted hinting holler hollers hollered hollering imply implies
implied implying indicate indicates indicated indicating inform informs informed informing instruct
instructs instructed instructing jeer jeers jeered jeering laugh laughs laughed laughing mock mocks
mocked mocking narrate narrates narrated narrating nod nods nodded nodding object objects objected
objecting order orders ordered ordering outline outlines outlined outlining persist persists persisted
persisting philosophise philosophises philosophised philosophising philosophize philosophizes
philosophized philosophizing point points pointed pointing praise praises praised praising quote quotes
quoted quoting rail rails railed railing rationalise rationalises rationalised rationalising rationalize
rationalizes rationalized rationalizing recollect recollects recollected recollecting regret regrets
regretted regretting remonstrate remonstrates remonstrated remonstrating request requests requested
requesting resolve resolves resolved resolving riff riffs riffed riffing rhapsodise rhapsodises
rhapsodised rhapsodising ruminate ruminates ruminated ruminating sniff sniffs sniffed sniffing snipe
snipes sniped sniping snort snorts snorted snorting specify specifies specified specifying spit spits
spat spitting sputter sputters sputtered sputtering squeal squeals squealed squealing start starts
started starting stipulate stipulates stipulated stipulating submit submits submitted submitting surmise
surmises surmised surmising theorise theorises theorised theorising theorize theorizes theorized
theorizing thank thanks thanked thanking toast toasts toasted toasting threaten threatens threatened
threatening utter utters uttered uttering vent vents vented venting voice voices voiced voicing wail
wails wailed wailing whine whines whined whining begin begins began begun beginning concur concurs
concurred concurring agree agrees agreed agreeing disagree disagrees disagreed disagreeing apologise
apologises apologised apologising apologize apologizes apologized apologizing assess assesses assessed
assessing beam beams beamed beaming bristle bristles bristled bristling clarify clarifies clarified
clarifying chuckle chuckles chuckled chuckling coo coos cooed cooing croak croaks croaked croaking drawl
drawls drawled drawling gasp gasps gasped gasping greet greets greeted greeting hiss hisses hissed
hissing howl howls howled howling huff huffs huffed huffing invite invites invited inviting jest jests
jested jesting mouth mouths mouthed mouthing moan moans moaned moaning prod prods prodded prodding purr
purrs purred purring roar roars roared roaring screech screeches screeched screeching shriek shrieks
shrieked shrieking shrug shrugs shrugged shrugging smile smiles smiled smiling snigger sniggers
sniggered sniggering taunt taunts taunted taunting tell tells told telling trill trills trilled trilling
warble warbles warbled warbling weep weeps weeped weeping yelp yelps yelped yelping highlight highlights
highlighted highlighting hypothesize hypothesizes hypothesized hypothesizing hypothesise hypothesises
hypothesised hypothesising estimate estimates estimated estimating forecast forecasts forecasted
forecasting decide decides decided deciding rule rules ruled ruling find finds found finding determine
determines determined determining speak speaks spoke spoken speaking cheer cheers cheered cheering blurt
blurts blurted blurting rattle rattles rattled rattling retaliate retaliates retaliated retaliating
insinuate insinuates insinuated insinuating
""")

WRITE = words("""
write writes wrote written writing tweet tweets tweeted tweeting post posts posted posting email emails
emailed emailing e-mail e-mails e-mailed e-mailing blog blogs blogged blogging text texts texted texting
retweet retweets retweeted retweeting message messages messaged messaging comment comments commented
commenting publish publishes published publishing caption captions captioned captioning cable cables
cabled cabling telegraph telegraphs telegraphed telegraphing scribble scribbles scribbled scribbling
type types typed typing inscribe inscribes inscribed inscribing pen pens penned penning fax faxes faxed
faxing report reports reported reporting editorialise editorialises editorialised editorialising
editorialize editorializes editorialized editorializing cite cites cited citing state states stated
stating
""")

TELL = words("""
tell tells told telling inform informs informed informing advise advises advised advising remind reminds
reminded reminding assure assures assured assuring warn warns warned warning ask asks asked asking urge
urges urged urging notify notifies notified notifying brief briefs briefed briefing lecture lectures
lectured lecturing promise promises promised promising reassure reassures reassured reassuring implore
implores implored imploring
""")

CALL = words("""
call calls called calling label labels labelled labeled labelling labeling describe describes described
describing dub dubs dubbed dubbing brand brands branded branding term terms termed terming characterise
characterises characterised characterising characterize characterizes characterized characterizing
denounce denounces denounced denouncing dismiss dismisses dismissed dismissing portray portrays
portrayed portraying slam slams slammed slamming blast blasts blasted blasting accuse accuses accused
accusing hail hails hailed hailing praise praises praised praising condemn condemns condemned condemning
decry decries decried decrying deride derides derided deriding criticise criticises criticised
criticising criticize criticizes criticized criticizing mock mocks mocked mocking tag tags tagged
tagging deem deems deemed deeming consider considers considered considering declare declares declared
declaring cast casts casted casting depict depicts depicted depicting paint paints painted painting
castigate castigates castigated castigating excoriate excoriates excoriated excoriating lambaste
lambastes lambasted lambasting liken likens likened likening compare compares compared comparing refer
refers referred referring blame blames blamed blaming ridicule ridicules ridiculed ridiculing trash
trashes trashed trashing attack attacks attacked attacking assail assails assailed assailing tout touts
touted touting pan pans panned panning bash bashes bashed bashing knock knocks knocked knocking laud
lauds lauded lauding salute salutes saluted saluting commend commends commended commending style styles
styled styling view views viewed viewing regard regards regarded regarding thank thanks thanked thanking
christen christens christened christening fault faults faulted faulting chide chides chided chiding
rebuke rebukes rebuked rebuking chastise chastises chastised chastising belittle belittles belittled
belittling bill bills billed billing reject rejects rejected rejecting challenge challenges challenged
challenging question questions questioned questioning defend defends defended defending credit credits
credited crediting cheer cheers cheered cheering
""")

THINK = words("""
believe believes believed believing think thinks thought thinking feel feels felt feeling hope hopes
hoped hoping want wants wanted wanting wish wishes wished wishing expect expects expected expecting fear
fears feared fearing know knows knew knowing understand understands understood understanding plan
plans planned planning intend intends intended intending mean means meant meaning see sees saw seen
seeing hear hears heard hearing learn learns learned learning suspect suspects suspected suspecting
imagine imagines imagined imagining assume assumes assumed assuming doubt doubts doubted doubting
realise realises realised realising realize realizes realized realizing remember remembers remembered
remembering forget forgets forgot forgotten forgetting favor favors favored favoring favour favours
favoured favouring support supports supported supporting oppose opposes opposed opposing seek seeks
seeked seeking try tries tried trying need needs needed needing demand demands demanded demanding call
calls called calling threaten threatens threatened threatening worry worries worried worrying wonder
wonders wondered wondering consider considers considered considering guess guesses guessed guessing
figure figures figured figuring envision envisions envisioned envisioning foresee foresees foresaw
foreseen foreseeing anticipate anticipates anticipated anticipating aim aims aimed aiming choose chooses
choosed choosing decide decides decided deciding agree agrees agreed agreeing prefer prefers preferred
preferring propose proposes proposed proposing promise promises promised promising offer offers offered
offering show shows showed shown showing appear appears appeared appearing discuss discusses discussed
discussing mention mentions mentioned mentioning cite cites cited citing quote quotes quoted quoting
point points pointed pointing talk talks talked talking warn warns warned warning refuse refuses refused
refusing acknowledge acknowledges acknowledged acknowledging recognise recognises recognised recognising
recognize recognizes recognized recognizing reference references referenced referencing
""")

# Forms that are nouns as often as verbs: cues only right beside a name, a pronoun or the quote.
EITHER = words("""
protest protests query queries signal signals rage kid kids curse detail details detailed trumpet reply
replies report announce statement hedge jibe marvel marvels decree relay underscore
claim claims state states report reports post posts note notes comment comments offer offers offered order
orders question questions answer answers promise promises pledge pledges vow vows demand demands rule
rules cry cries shout shouts boast boasts echo echoes voice request requests object objects hint hints
express expresses begin begins began beginning start starts started starting mock mocks mocked praise
praises praised thank thanks thanked quote quotes quoted text texts email emails tweet e-mail e-mails
message messages caption captions estimate estimates forecast forecasts plan plans hope hopes hoped fear
fears attack attacks attacked view views viewed term terms termed label labels brand brands blast blasts
cast want wants need needs show shows showed figure figures doubt doubts support supports aim aims
reference references credit credits credited challenge challenges challenged questioned cheer cheers
cheered call calls point points pointed worry wish wishes talk talks cites cite mouth mouths toast rail
rails sing sang sings chant chants boom booms laugh laughs laughed nod nods nodded smile smiled smiles
snap snaps snapped rattle rattles rattled outline outlines outlined remark remarks joke jokes quip quips
repeat repeats answer review reviews greet greets greeted sob sobs bark barks growl howl howls huff rant
rants rave raves riff riffs retort retorts scream screams sigh sighs whisper whispers murmur murmurs yell
yells roar roars growls groan groans gasp gasps hiss moan jest jests taunt taunts tease teases order
speak speaks spoke spoken speaking read reads submit submits find finds found finding decide decides
decided determine determines reveal reveals invite invites resolve resolves suspect suspects try tries
tried trying seek seeks sought oppose opposes agree agrees fault faults bill bills style styles tag tags
pan pans bash knock knocks trash regard regards address addressed addresses coach document caution brief
briefs lecture lectures counsel cable cables fax pen type types inscribe publish publishes see sees seen
saw mean means meant hear hears heard learn learns learned know knows knew known feel feels felt shrug
shrugs smiling laughing starting speaking reading counter counters object vent vents weigh purr bristle
finding rattling defend defends defended assess assesses rebuke rebukes rail ridicule approach point
""")

ACCORDING = words("""
according_to as_per per in_the_words_of as_told_by said_by
""")

NOUN_CUES = words("""
statement statements tweet tweets message messages comment comments remark remarks email emails e-mail
e-mails letter letters post posts interview interviews speech speeches question questions answer answers
response reply text texts memo memos note notes headline headlines slogan slogans motto mottos chant
chants sign signs banner banners caption captions report reports article articles op-ed editorial column
words phrase quote quotes quotation testimony brief filing ruling opinion decision video ad ads
advertisement announcement warning claim claims pledge promise vow call calls cry shout shouts joke
description conclusion admission argument suggestion accusation assertion declaration refrain line
message mantra placard placards poster posters poem song lyrics verdict subject heading title subtitle
transcript press_release release hashtag complaint contention insistence belief view idea notion
""")

WRITTEN_NOUNS = words("""
statement statements tweet tweets message messages email emails e-mail e-mails letter letters post posts
text texts memo memos note notes headline headlines sign signs banner banners caption captions report
reports article articles op-ed editorial column brief filing ruling opinion ad ads placard placards poster
posters release blog essay book memoir facebook twitter document documents lawsuit complaint newsletter
""")

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
    "actor": "m", "actress": "f", "businessman": "m", "businesswoman": "f", "imam": "m", "sheikh": "m",
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
    "chairperson": "", "chair": "", "councillor": "", "councilor": "", "mp": "", "msp": "", "pte": "",
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

ROLE_GENDER = {
    "spokesman": "m", "spokeswoman": "f", "congressman": "m", "congresswoman": "f", "chairman": "m",
    "chairwoman": "f", "businessman": "m", "businesswoman": "f", "mother": "f", "father": "m", "wife": "f",
    "husband": "m", "son": "m", "daughter": "f", "brother": "m", "sister": "f", "widow": "f", "widower": "m",
    "man": "m", "woman": "f", "boy": "m", "girl": "f", "actor": "m", "actress": "f", "lady": "f",
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
hasn’t haven’t hadn’t didn’t doesn’t don’t wasn’t weren’t isn’t won’t wouldn’t couldn’t not went came
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
    according=ACCORDING,
    after_source=frozenset(),
    noun_cues=NOUN_CUES,
    written_nouns=WRITTEN_NOUNS,
    particles_of_verbs=words("on out back off up in forth"),
    pronouns=PRONOUNS,
    titles=TITLES,
    modifiers=words("""late former first deputy prime state foreign interim acting retired press supreme court house
        minority majority district republican republicans democrat democrats democratic conservative libertarian
        independent gop private"""),
    roles=ROLES,
    postmodifiers=words("familiar close involved briefed aware present opposed loyal allied privy knowledgeable"),
    nobody=words("headline headlines rumour rumours rumor rumors legend tradition proverb"),
    role_gender=ROLE_GENDER,
    given=ENGLISH_GIVEN,
    particles=words("van von de del della di da dos du la le el al bin ibn ben ter ten der den dem"),
    suffixes=words("jr sr ii iii iv esq phd md mp"),
    not_names=NOT_NAMES,
    determiners=DETERMINERS,
    prepositions=PREPOSITIONS,
    of=OF,
    conjunctions=CONJUNCTIONS,
    subordinators=SUBORDINATORS,
    relatives=RELATIVES,
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
        "sentence": 0.6, "paragraph": 0.5, "told": 0.6, "person": 1.0, "subject": 1.4, "speaks": 0.8,
        "possessive": 0.8, "opens": 0.5, "last": 0.8,
    },
    adverb_endings=("ly",),
    verb_endings=("ed", "es", "s"),
    past_endings=("ed",),
    past_verbs=words("said told wrote swore sang spoke went on back began read"),
    plural_endings=("s", "people"),
    verbs=words("""put held took made gave went got kept left let met ran sat sent set shot stood spent won lost
        led brought bought built broke began came chose drew drove fell felt fought found flew grew heard hit
        knew laid lay paid rose sold shook showed sought stuck struck swore taught thought threw turned wore
        blew beat became cut hurt quit spread takes makes gives goes gets keeps leaves sends sets stands wins
        loses leads brings comes seems seemed appeared appears continued remains remained no longer wrote"""),
    participle_ending="ing",
)  # fmt: skip
