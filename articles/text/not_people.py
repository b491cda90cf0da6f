"""Words that show that a capitalised name is not a person's: of bodies, places, things and headlines."""

from articles.text.word_lists import words

# A name with one of these words is of an organisation.
BODIES = words("""
    academy administration agency alliance army assembly association authority bank board bureau cathedral
    center centre chamber charity church city club coalition college commission committee company
    confederation congress consortium cooperative corporation council county court department directorate
    embassy federation force forum foundation front fund gazette government group guild herald hospital
    house inc institute institution journal laboratory league library ltd ministry movement museum navy
    network news office organisation organization parish parliament party plc police post press programme
    radio school secretariat senate service services society station syndicate team times trade treasury
    tribune trust union university workers works
""")
# Those that are surnames too: «Emily Post», «Tom Bishop».
SURNAMES_TOO = words("""
    bank bishop bridge church court cross day duke field forest front hall hill house king lake major park
    pope post press price priest prince river school street war
""")
# Occupations that are surnames as often: «Jan de Boer», «Ana Reina».
TRADES = words("""
    alcalde boer boulanger frei juge koning maire obispo papa prins re reina rey roi visser
""")
# A name that ends with one of these is of a law, a prize, a place, a work or an event.
THINGS = words("""
    act administrator agreement airport amendment area avenue award awards bay beach beast belt bill
    border boulevard bowl bridge building bulletin campaign capital case castle catastrophe catholic cent
    century championship championships chart charter chili civil classic coast code collection column
    commandment conference constitution convention corps count couple creek crisis cross culture cup daily
    dam day days dead deal debate declaration derby desert disease district doctrine dollar drive earth
    east economist edition editor election elections electors empire era estate europe exchange
    expeditions experience express fair fashion festival fever field fiesta file film final finals fire
    flag flu force forecast forest franchise fruit galaxy games gate girl girls globe gold governorate
    grand guard guardian guide gulf gun hall harbor harbour hat heart heights highway hill hills holiday
    horse hotel hour idea independent index initiative inquiry insider institute international island
    islands isles jazz kingdom lake lakes lane law laws leader legacy legion letter lives machine magazine
    mail mall man management manifesto manual map maritime market massacre master masters medal media
    medicine memo memorial mile model month monument morning mountain mountains music nation national
    nations navy netherlands night nights north note observer ocean olympics online open opinion orchestra
    order palace paper park partners peace peninsula people pepper peppers phone photo pizza plan planet
    plateau players plaza plus point pole police policy poll port power presidency press principle prize
    problem process project prosecutor protocol province psychology question radar radio railway rally
    range rate ratio record reef region reich religion reports republic republican resort revenue review
    revolution rights ring river road romance room route sale scale science score sea season section
    security senator series service settlement shift shooting shop shore show side sign signal sky
    solutions sound south speech sport sports spring square stadium standard star state statement states
    statute store storm story strait strategy street studies style suite summer summit sun supply survey
    syndrome system table tape tax team tech technology telegraph temple territory test text theater
    theatre theory thing things title today tour tower town trail train treaty trial trip trophy tropical
    truth tunnel tv union unit valley video view village virus vision voice volcano vote voters walk wall
    war water wave way web week weekly west wind winter woman women word words worker world year zone
""")

# Given names that are particles in other names: «Ben Carter», «Al Greene», «Van Johns».
GIVEN_PARTICLES = words("al ben van")
# Given names that are small words in another language: «Per Lusk».
GIVEN_SMALL = words("des ella les lui per una")
# Suffixes of occupations and nationalities, as in «Astronomer Anna Dorn» at the start of a sentence: a name
# of three words that begins with one is no name if the second word is a given name or the first is here.
CALLINGS = ("er", "or", "ist", "ian", "ish", "ese")
OCCUPATIONS = words("""
    american anthropologist archaeologist astronaut astronomer australian austrian baker belgian
    biographer biologist botanist brazilian british broadcaster builder butcher canadian cardiologist
    carpenter chemist chinese cleaner climatologist climber composer conductor contractor curator
    cyclist dancer danish dealer defender designer driver dutch ecologist egyptian engineer english
    epidemiologist ethiopian explorer fighter filmmaker finnish firefighter fisherman footballer
    forester gardener geologist german goalkeeper golfer guitarist hairdresser hungarian illustrator
    immunologist indian indonesian inventor investigator iranian irish italian japanese jeweller keeper
    kenyan lecturer librarian magician mathematician meteorologist midfielder miner musician neighbour
    neurologist nigerian norwegian novelist officer oncologist organiser organizer painter palestinian
    performer persian peruvian pharmacist philosopher photographer physicist pianist pilot planner
    plumber polish portuguese potter printer producer programmer promoter psychiatrist psychologist
    publisher ranger rider romanian runner russian sailor scottish sculptor seismologist serbian settler
    shopkeeper skier sociologist spanish striker surveyor swedish swimmer syrian tailor technician
    tracker trader trainer translator traveller treasurer turkish ukrainian venezuelan vietnamese
    violinist virologist volcanologist warden weaver welder welsh winemaker zoologist
""")
# Given names that end like an occupation.
GIVEN_CALLINGS = words("""
    amber archer asher baker carter chester connor cooper cyprian damian dexter dorian eleanor elinor
    esther fabian fletcher florian ginger gulliver gunter gunther hadrian hector hester hunter igor jasper
    javier jennifer jupiter kristian kristofer lillian lucian luther marian meyer miller octavian oliver
    parker piper porter rainer ryder salvador sawyer skyler spencer sumner taylor theodor trevor tudor
    tyler victor vivian walter werner winnifer wolfer xavier
""")

# Given names that are also places: «Virginia Court» and «Charlotte Post» are not people.
GIVEN_PLACES = words("""
    adelaide alexandria austin carolina charlotte chelsea dakota dallas denver florence georgia houston
    israel jackson jordan kent lincoln lourdes madison orlando regina santiago savannah sydney victoria
    virginia
""")
# Words that begin the name of a place, and never of a person.
PLACE_FIRST = words("""
    baton buenos cape central costa des downing east eastern fort grand great greater hong kuala lake las
    los lower middle mount new north northern palo phnom port puerto rio saint salt san santa saudi sierra
    silicon south southern sri tel united upper wall west western white
""")
# Words that begin the name of a group, a body or a storm, and never that of a person.
NEVER_FIRST = words("""
    african american arab asian atlantic australian baltic black british canadian catholic chinese
    christian cold cuban cyclone daily dear democratic deputy dutch each eighteen emergency english
    european every federal female fifteen first former french friday gave general german global good green
    happy hurricane indian international iranian irish israeli italian japanese jewish knew korean late
    latin lead libertarian make male merry mexican middle military monday mount muslim national native
    occupy old olympic pacific polish presidential prime public republican roman royal russian saturday
    save second senior social soviet spanish star state stop storm sunday supreme swedish thank thanks
    third thursday tropical tuesday turkish typhoon ukrainian universal virtual vote wednesday women world
    young
""")
# The second word of a place's name, as in «York Times», cut from «New York Times».
PLACE_HALVES = words("""
    africa america angeles antonio barbara carolina dakota delhi diego francisco guinea hampshire haven
    ireland jersey kingdom korea leone mexico orleans states street vegas york zealand
""")
PLACES = words("""
    afghanistan africa alabama alaska albania algeria america ankara argentina arizona arkansas armenia
    athens australia austria baghdad bangladesh beijing beirut belarus belgium belgrade berlin bern
    bogota brazil britain brussels bucharest budapest bulgaria cairo california canada chile china
    colombia colorado connecticut copenhagen croatia damascus delaware denmark dublin egypt england
    estonia ethiopia europe finland florida france gaza geneva germany ghana greece hague hanoi havana
    hawaii helsinki hungary iceland idaho illinois india indiana indonesia iowa iran iraq ireland
    islamabad israel italy jakarta japan jerusalem kabul kansas kentucky kenya kiev korea kosovo kyiv
    latvia lebanon libya lisbon lithuania london louisiana madrid maine malaysia manila maryland
    massachusetts mexico michigan minnesota minsk mississippi missouri moldova montana morocco moscow
    nairobi nato nebraska netherlands nevada nigeria norway ohio oklahoma oregon oslo ottawa pakistan
    paris pennsylvania peru philippines poland portugal prague pyongyang riga romania rome russia
    scotland seoul serbia slovakia slovenia sofia spain stockholm sudan sweden switzerland syria taiwan
    tallinn tehran tennessee texas thailand tokyo tunisia turkey uganda ukraine utah venezuela vermont
    vienna vietnam vilnius wales warsaw washington wisconsin wyoming yemen zagreb zimbabwe
""")

# Small words in a headline in title case: «Ada Okafor On The Weir».
HEADLINE_SMALL = words("""
    about after against amid and are at before but by for from had has have how into is not of or over the
    to was were what when where who why with
""")
