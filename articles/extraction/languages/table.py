"""What the rules need to know of a language: plain tables, filled in by one module a language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


def words(text: str) -> frozenset[str]:
    """The blank-separated words of a table, underscores standing for blanks."""
    return frozenset(word.replace("_", " ") for word in text.split())


@dataclass(frozen=True, eq=False)
class Language:
    """Every word is in lower case, every verb in all its forms."""

    code: str
    # Verbs by what may follow them.
    say: frozenset[str]  # the words themselves or a clause: said, added
    write: frozenset[str]  # the same, in writing: wrote, tweeted
    tell: frozenset[str]  # a hearer first: told reporters
    call: frozenset[str]  # a name for a thing: called it “epic”
    think: frozenset[str]  # a clause that may hold somebody's words: believes, wants
    either: frozenset[str]  # forms that are nouns as often: cues only right beside a name or the quote
    # Phrases.
    according: frozenset[str]  # before the source: according to
    after_source: frozenset[str]  # behind it: German «zufolge»
    noun_cues: frozenset[str]  # statement, tweet: “…” may follow directly
    written_nouns: frozenset[str]  # of these, the written ones
    particles_of_verbs: frozenset[str]  # German «hinzu», English «on», «out»
    # People.
    pronouns: Mapping[str, str]  # word -> m, f, n, p (plural), i (first or second person)
    titles: Mapping[str, str]  # title before a name -> m, f or ""
    modifiers: frozenset[str]  # of the titles, those that prove no person: former, state, house
    roles: frozenset[str]  # head nouns that mean a person or body: spokesman, ministry, poll
    role_gender: Mapping[str, str]
    given: Mapping[str, str]  # given name -> m, f
    particles: frozenset[str]  # inside names: van, de, al
    suffixes: frozenset[str]
    not_names: frozenset[str]  # capitalised words that never are a name by themselves
    # Small words.
    determiners: frozenset[str]
    prepositions: frozenset[str]
    of: frozenset[str]  # prepositions that tie a description to its body: of, for, at
    conjunctions: frozenset[str]
    subordinators: frozenset[str]
    relatives: frozenset[str]
    auxiliaries: frozenset[str]
    adverbs: frozenset[str]
    times: frozenset[str]
    numbers: frozenset[str]  # two, several: determiners that may stand for people
    infinitive: frozenset[str]  # to
    and_words: frozenset[str]
    be: frozenset[str]  # forms that make a passive
    with_words: frozenset[str]  # with one of them saying
    opening_participles: frozenset[str]  # asked about it, …
    breaks: frozenset[str]  # after a comma these begin a clause of the writer's own
    place_prepositions: frozenset[str]  # said in an interview, on Twitter
    hearers: frozenset[str]  # reporters, the committee
    that: frozenset[str]
    abbreviations: frozenset[str]
    questions: frozenset[str]  # words that open a question
    you: frozenset[str]
    me: frozenset[str]
    self_words: frozenset[str]  # I'm, am: a name after them is the speaker's own
    common: frozenset[str]  # to tell the language by
    interview: frozenset[str]  # words that announce an interview
    question_labels: frozenset[str]
    answer_labels: frozenset[str]
    note_words: frozenset[str]
    interview_verbs: frozenset[str]  # of these, the verbs: subject asks, object answers
    by: frozenset[str]  # interviewed by
    about: frozenset[str]  # interviewed about: what follows is the subject
    reporter_words: frozenset[str]  # reporter, correspondent: the name after them asks
    label_stops: frozenset[str]  # words before a colon that are no speaker: update, image
    credit_words: frozenset[str]  # Image: …, Photo: …
    answer_openers: frozenset[str]  # yes, no, well
    commands: frozenset[str]  # tell us, describe
    work_nouns: frozenset[str]  # film, song, show: what stands in marks after them is a title
    small_in_titles: frozenset[str]  # words that titles leave in small letters
    show_prepositions: frozenset[str]  # on, in, of: a capitalised stretch after them is a title
    alias_words: frozenset[str]  # so-called, nicknamed, known as: what follows is a term
    # How much counts for whom «she» means, in steps of the sentence before; fitted, see docs.
    salience: Mapping[str, float]
    verb_first: bool = False  # may verb and subject change places anywhere (German, Polish)?
    adverb_endings: tuple[str, ...] = ()
    verb_endings: tuple[str, ...] = ()
    past_endings: tuple[str, ...] = ()
    verbs: frozenset[str] = frozenset()  # common irregular forms that end a subject
    participle_ending: str = ""
