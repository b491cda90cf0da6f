"""English cues: reporting verbs, nouns and phrases that introduce quotes."""

from articles.extraction.languages.table import words

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

# Forms that are nouns as often as verbs: cues only beside a name, a pronoun or the quote.
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

# Words that make a reporting verb not assert speech.

NEGATIONS = words("""
not never nor neither cannot can't couldn't didn't doesn't don't hadn't hasn't haven't isn't mightn't mustn't
needn't shouldn't wasn't weren't won't wouldn't ain't can’t couldn’t didn’t doesn’t don’t hadn’t hasn’t haven’t
isn’t mightn’t mustn’t needn’t shouldn’t wasn’t weren’t won’t wouldn’t ain’t
""")

MODALS = words("may might could should must can shall will would ought 'll ’ll")

RELUCTANCE = words("""
refuse refuses refused refusing refusal decline declines declined declining fail fails failed failing failure
forget forgets forgot forgotten hesitate hesitates hesitated
""")

UNFULFILLED = words("""
want wants wanted wanting wish wishes wished wishing hope hopes hoped hoping expect expects expected like love
prefer prefers preferred plan plans planned planning intend intends intended mean means meant is_going
was_going are_going were_going not_going be_going about supposed tempted likely unlikely unable reluctant
reluctance unwilling unwillingness ready need needs needed ought dare dares dared afraid ask asks asked asking
tell tells told telling urge urges urged urging beg begs begged order orders ordered force forced allow allows
allowed invite invites invited encourage encourages encouraged advise advises advised instruct instructs
instructed persuade persuaded permit permitted pressure pressured push pushed try tries tried trying attempt
attempts attempted time chance opportunity right wait waiting due scheduled promise promises promised vow vows
vowed pledge pledged threaten threatens threatened agree agrees agreed if as_though too enough yet
""")

DENIALS = words("""
without deny denies denied denying denial avoid avoids avoided avoiding refrain refrains refrained refraining
wish wishes wished far_from instead_of rather_than short_of as_though imagine imagines imagined imagining pictured picturing dreamed dreamt
dreaming pretend pretends pretended pretending untrue false not_true no_evidence doubt doubts doubted hear
""")
