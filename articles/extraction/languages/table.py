"""The word tables of a language that the rules use; one module per language fills them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property


def words(text: str) -> frozenset[str]:
    """Split at white space; underscores become blanks."""
    return frozenset(word.replace("_", " ") for word in text.split())


def forms(stems: str, endings: str) -> frozenset[str]:
    """All regular forms of verbs: each stem with each ending."""
    return frozenset(stem + ending for stem in stems.split() for ending in endings.split())


# Of all languages but English, which has its own.
SALIENCE = {
    "sentence": 0.5, "paragraph": 0.4, "gender": 0.6, "person": 1.0, "subject": 1.4, "speaks": 0.8,
    "possessive": 0.8, "opens": 0.5, "last": 0.8,
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Language:
    """The tables of one language; words are in lower case, verbs in all their forms."""

    code: str
    # Verbs by what may follow them.
    say: frozenset[str] = frozenset()  # the words themselves or a clause: said, added
    write: frozenset[str] = frozenset()  # the same, in writing: wrote, tweeted
    tell: frozenset[str] = frozenset()  # a hearer first: told reporters
    call: frozenset[str] = frozenset()  # a name for a thing: called it “epic”
    think: frozenset[str] = frozenset()  # a clause that may hold somebody's words: believes, wants
    # forms that are nouns as often: cues only right beside a name or the quote
    either: frozenset[str] = frozenset()
    # Words that make a reporting verb not assert speech.
    negations: frozenset[str] = frozenset()  # not, never, didn't
    nobodies: frozenset[str] = frozenset()  # nobody, no: a subject with one of them said nothing
    modals: frozenset[str] = frozenset()  # would, might, should
    habitual: frozenset[str] = frozenset()  # beside «would» these tell of what was said: would later say
    habitual_modals: frozenset[str] = frozenset()  # would
    said_after_all: frozenset[str] = frozenset()  # would only say, did not only say
    inverted: frozenset[str] = frozenset()  # did, has: before the subject they ask
    conditions: frozenset[str] = frozenset()  # if, unless: open a clause of what may never happen
    unsaid_openers: frozenset[str] = frozenset()  # imagine, let, tell: nothing in their sentence was said
    quoted_verbs: frozenset[str] = frozenset()  # quoted: in the passive their subject speaks
    unfulfilled: frozenset[str] = frozenset()  # refused, wanted, asked: «… to say» after them
    reluctance: frozenset[str] = frozenset()  # the same, but said after all if negated: hesitated
    denials: frozenset[str] = frozenset()  # denied, without: «… saying», «… that she said» after them
    futures: frozenset[str] = frozenset()  # German «wird … sagen»: with an infinitive
    infinitive_endings: tuple[str, ...] = ()
    conditional_endings: tuple[str, ...] = ()  # Polish «powiedziałby»
    asking: frozenset[str] = frozenset()  # verbs after which a question is what was said
    # Phrases.
    according: frozenset[str] = frozenset()  # before the source: according to
    views: frozenset[str] = frozenset()  # of these, plain prepositions: only «For Okafor, “…”» at the start
    after_source: frozenset[str] = frozenset()  # behind it: German «zufolge»
    noun_cues: frozenset[str] = frozenset()  # statement, tweet: “…” may follow directly
    written_nouns: frozenset[str] = frozenset()  # of these, the written ones
    written_by: frozenset[str] = frozenset()  # a letter by, a letter from
    # German «teilt … mit»: the particles of which one must follow the verb
    separable: Mapping[str, frozenset[str]] = field(default_factory=dict)
    # People.
    # word -> m, f, n, p (plural), i (first or second person)
    pronouns: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)  # title before a name -> m, f or ""
    modifiers: frozenset[str] = frozenset()  # of the titles, those that prove no person: former, state, house
    roles: frozenset[str] = frozenset()  # head nouns that mean a person or body: spokesman, ministry, poll
    postmodifiers: frozenset[str] = frozenset()  # adjectives behind a description: familiar with, close to
    nobody: frozenset[str] = frozenset()  # headlines, rumours: a source, but no speaker
    role_gender: Mapping[str, str] = field(default_factory=dict)
    given: Mapping[str, str] = field(default_factory=dict)  # given name -> m, f
    particles: frozenset[str] = frozenset()  # inside names: van, de, al
    suffixes: frozenset[str] = frozenset()
    not_names: frozenset[str] = frozenset()  # capitalised words that never are a name by themselves
    # Small words.
    determiners: frozenset[str] = frozenset()
    genders: Mapping[str, str] = field(default_factory=dict)  # determiner -> m, f
    prepositions: frozenset[str] = frozenset()
    of: frozenset[str] = frozenset()  # prepositions that tie a description to its body: of, for, at
    conjunctions: frozenset[str] = frozenset()
    subordinators: frozenset[str] = frozenset()
    relatives: frozenset[str] = frozenset()
    whose: frozenset[str] = frozenset()
    auxiliaries: frozenset[str] = frozenset()
    clitics: frozenset[str] = frozenset()  # between subject and verb: French «se», «lui»
    elisions: frozenset[str] = frozenset()  # words written together with the next: French «l'», «d'»
    enclitics: frozenset[str] = frozenset()  # pronouns that a hyphen ties to the verb: French «dit-il»
    adverbs: frozenset[str] = frozenset()
    times: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()  # two, several: determiners that may stand for people
    one: frozenset[str] = frozenset()  # Spanish «uno de ellos, Tom Reyes»
    infinitive: frozenset[str] = frozenset()  # to
    and_words: frozenset[str] = frozenset()
    be: frozenset[str] = frozenset()  # forms that make a passive
    with_words: frozenset[str] = frozenset()  # with one of them saying
    opening_participles: frozenset[str] = frozenset()  # asked about it, …
    breaks: frozenset[str] = frozenset()  # after a comma these begin a clause of the writer's own
    place_prepositions: frozenset[str] = frozenset()  # said in an interview, on Twitter
    hearers: frozenset[str] = frozenset()  # reporters, the committee
    that: frozenset[str] = frozenset()
    abbreviations: frozenset[str] = frozenset()
    questions: frozenset[str] = frozenset()  # words that open a question
    you: frozenset[str] = frozenset()
    me: frozenset[str] = frozenset()
    self_words: frozenset[str] = frozenset()  # I'm, am: a name after them is the speaker's own
    common: frozenset[str] = frozenset()  # to tell the language by
    interview: frozenset[str] = frozenset()  # words that announce an interview
    question_labels: frozenset[str] = frozenset()
    answer_labels: frozenset[str] = frozenset()
    editor_words: frozenset[str] = frozenset()  # ed, editor: sign a bracketed note
    note_words: frozenset[str] = frozenset()
    interview_verbs: frozenset[str] = frozenset()  # of these, the verbs: subject asks, object answers
    by: frozenset[str] = frozenset()  # interviewed by
    about: frozenset[str] = frozenset()  # interviewed about: what follows is the subject
    reporter_words: frozenset[str] = frozenset()  # reporter, correspondent: the name after them asks
    media: frozenset[str] = frozenset()  # Herald, Radio: the last word of a newspaper's or station's name
    label_stops: frozenset[str] = frozenset()  # words before a colon that are no speaker: update, image
    credit_words: frozenset[str] = frozenset()  # Image: …, Photo: …
    answer_openers: frozenset[str] = frozenset()  # yes, no, well
    commands: frozenset[str] = frozenset()  # tell us, describe
    work_nouns: frozenset[str] = frozenset()  # film, song, show: what stands in marks after them is a title
    small_in_titles: frozenset[str] = frozenset()  # words that titles leave in small letters
    show_prepositions: frozenset[str] = frozenset()  # on, in, of: a capitalised stretch after them is a title
    alias_words: frozenset[str] = frozenset()  # so-called, nicknamed, known as: what follows is a term
    naming_words: frozenset[str] = frozenset()  # a course called “…”, a boat named “…”
    # Weights for the antecedent of a pronoun, in sentences of distance; fitted, see docs.
    salience: Mapping[str, float] = field(default_factory=lambda: SALIENCE)
    verb_first: bool = False  # may verb and subject change places anywhere (German, Polish)?
    drops_subject: bool = False  # Polish «dodała»: no word for «she»
    adverb_endings: tuple[str, ...] = ()
    verb_endings: tuple[str, ...] = ()
    incises: bool = False  # may «said Okafor» interrupt a quote inside its marks?
    dialogue_dashes: str = ""  # dashes that open a paragraph of speech: «— Oui, dit-elle.»
    object_forms: frozenset[str] = frozenset()  # German den, dem, einen: no subject begins so
    object_pronouns: frozenset[str] = frozenset()  # German «sagte ihm Okafor»: between verb and subject
    gendered: Mapping[str, str] = field(default_factory=dict)  # he, his, she, her: the gender of a person
    whereabouts: frozenset[str] = frozenset()  # in, near: a name of one word behind them is a place's
    things: frozenset[str] = frozenset()  # which: a relative pronoun that is no person's
    role_verbs: frozenset[str] = frozenset()  # chairs, leads: «who chairs the board» is a role
    personal_roles: frozenset[str] = frozenset()  # of the roles, those of single people: baker, mayor
    age_endings: tuple[str, ...] = ()  # «the 52-year-old» is a person
    calling_endings: tuple[str, ...] = ()  # of occupations: planner, economist
    bodies: frozenset[str] = frozenset()  # Federation, University: their names go on with «of»
    body_ties: frozenset[str] = frozenset()  # of, for
    comparisons: frozenset[str] = frozenset()  # than: a comparison goes on after the quoted words
    outlets: frozenset[str] = frozenset()  # interview, tweet: «on his radio show» is no part of a quote
    genitives: frozenset[str] = frozenset()  # German der, des: the next noun belongs to the one before
    impersonal: frozenset[str] = frozenset()  # German «heißt es»
    role_endings: tuple[str, ...] = ()  # German -minister, -sprecher: titles by their ending
    nouns_capitalised: bool = False  # a capital letter makes no name
    bare_terms: bool = False  # after «nannte das Vorhaben „tot“» the quote is the marks alone
    # German «hatte Okafor am Montag gesagt»: the participle ends the clause
    perfect: frozenset[str] = frozenset()
    as_words: frozenset[str] = frozenset()  # «quoted her as saying», «wies den Vorwurf als „haltlos“ zurück»
    past_endings: tuple[str, ...] = ()
    past_verbs: frozenset[str] = frozenset()  # past forms of cues without such an ending: said, told
    plural_endings: tuple[str, ...] = ()  # of descriptions that are nobody in particular: clerks, people
    verbs: frozenset[str] = frozenset()  # common irregular forms that end a subject
    participle_endings: tuple[str, ...] = ()

    @cached_property
    def speech(self) -> frozenset[str]:
        """Verbs of speech and writing: all that quoted words may follow."""
        return self.say | self.write | self.tell
