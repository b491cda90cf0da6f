"""Word lists that distinguish names of people from those of organisations, places and headlines."""

from articles.extraction.languages import LANGUAGES
from articles.extraction.languages.en import ENGLISH
from articles.extraction.languages.table import words


def table(name: str) -> frozenset[str]:
    """Join a word list of all languages: the language of a name is not known."""
    return frozenset(word for language in LANGUAGES.values() for word in getattr(language, name))


PARTICLES = table("particles")
SUFFIXES = table("suffixes")
# Occupations that are surnames as often: «Jan de Boer», «Ana Reina».
TRADES = words("alcalde boer boulanger frei juge koning maire obispo papa prins re reina rey roi visser")
TITLES = (table("titles") | table("roles")) - TRADES - words("don donna regina")

# A name with one of these words is of an organisation.
BODIES = words("""
    academy administration agency alliance army association assembly authority bank board bureau
    cathedral centre center chamber charity church city club coalition college commission committee
    company confederation congress consortium cooperative corporation council county court department
    directorate embassy federation force forum foundation front fund gazette government group guild
    herald hospital house inc institute institution journal laboratory league library ltd ministry
    movement museum navy network news office organisation organization parish parliament party plc
    police post press programme radio school secretariat senate service services society station
    syndicate team times trade treasury tribune trust union university workers works
""")
# Those that are surnames too: «Emily Post», «Tom Bishop».
SURNAMES_TOO = words("bank bishop church court duke house king major pope post press priest prince school")

# Given names that are particles or small words in other names: «Ben Carter», «Al Greene», «Per Lusk».
GIVEN_PARTICLES = words("al ben van")
GIVEN_SMALL = words("des ella les lui per una")
# Suffixes of occupations and nationalities, as in «Astronomer Anna Dorn» at the start of a sentence.
CALLINGS = ("er", "or", "ist", "ian", "ish", "ese")
GIVEN = table("given") | words("""
    amber archer asher baker carter chester connor cooper cyprian damian dexter dorian eleanor elinor
    esther fabian fletcher florian ginger gulliver gunther gunter hadrian hector hester hunter igor
    javier jasper jennifer jupiter kristian kristofer lillian lucian luther marian meyer miller oliver
    octavian parker piper porter rainer ryder salvador sawyer skyler spencer sumner taylor theodor
    trevor tudor tyler victor vivian walter werner winnifer wolfer xavier
""")

NEVER_FIRST = table("determiners") | table("pronouns") | table("prepositions")
NEVER_FIRST -= GIVEN | GIVEN_PARTICLES | GIVEN_SMALL

# Given names that are also places: «Virginia Court» and «Charlotte Post» are not people.
GIVEN_PLACES = words("""
    adelaide alexandria austin carolina charlotte chelsea dakota dallas denver florence georgia houston
    israel jackson jordan kent lincoln lourdes madison orlando regina santiago savannah sydney victoria
    virginia
""")
# Words that begin the name of a place, and never of a person.
PLACE_FIRST = words("""
    baton buenos cape central costa des downing east eastern fort grand great greater hong kuala lake
    las los lower middle mount new north northern palo phnom port puerto rio saint salt san santa saudi
    sierra silicon south southern sri tel united upper wall west western white
""")
# The second word of a place's name, as in «York Times», cut from «New York Times».
PLACE_HALVES = words("""
    africa america angeles antonio barbara carolina dakota delhi diego francisco guinea hampshire haven
    ireland jersey kingdom korea leone mexico orleans states street vegas york zealand
""")
PLACES = words("""
    afghanistan africa albania algeria america ankara argentina armenia athens australia austria baghdad
    bangladesh beijing beirut belarus belgium belgrade berlin bern bogota brazil britain brussels
    bucharest budapest bulgaria cairo canada chile china colombia copenhagen croatia damascus denmark
    dublin egypt england estonia ethiopia europe finland france gaza geneva germany ghana greece hague
    hanoi havana helsinki hungary iceland india indonesia iran iraq ireland islamabad israel italy
    jakarta japan jerusalem kabul kenya kiev korea kosovo kyiv latvia lebanon libya lisbon lithuania
    london madrid malaysia manila mexico minsk moldova moscow morocco nairobi nato netherlands nigeria
    norway oslo ottawa pakistan paris peru philippines poland portugal prague pyongyang riga romania
    rome russia scotland seoul serbia slovakia slovenia sofia spain stockholm sudan sweden switzerland
    syria taiwan tallinn tehran thailand tokyo tunisia turkey uganda ukraine venezuela vienna vietnam
    vilnius wales warsaw washington yemen zagreb zimbabwe
""")

# Small words in a headline in title case: «Ada Okafor On The Weir».
HEADLINE_SMALL = words("""
    the of to at by for from with and or but over after before against into amid about is are was were
    has have had not who what why how when where
""")
_VERBS = ENGLISH.say | ENGLISH.tell | ENGLISH.write | ENGLISH.call | ENGLISH.think | ENGLISH.verbs
HEADLINE_VERBS = frozenset(word for word in _VERBS if word.endswith(("s", "ed"))) | words(
    "said told wrote spoke"
)
ASKING = ENGLISH.inverted | ENGLISH.questions
