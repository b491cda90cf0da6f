"""Recognises bylines and splits them into author names as printed."""

import re
from collections.abc import Iterator

from articles.text.person_names import CONJUNCTIONS, PARTICLES
from articles.text.word_lists import phrases, words

_OPENING = re.compile(
    r"""(?:(?:words|story|text|report(?:ing|ed)?|interview|written|analysis|compiled)[ ]by
    |(?:by|von|par|por)(?:\s?:)?
    |door|av|af|a[ ]cura[ ]di|(?:écrit|rédigé)[ ]par|escrito[ ]por|scritto[ ]da|geschreven[ ]door
    |skrevet[ ]a[vf]
    |(?:geschrieben|verfasst)[ ]von
    |(?:ein|eine)[ ](?:interview|gespräch|reportage|kommentar|analyse|bericht)[ ]von
    |das[ ](?:interview|gespräch)[ ]führten?:?|rozmawia(?:ł|ła|li|ją)?:?|rozmawiały:?|írta:?|kirjoittanut:?
    |(?:autor(?:a|e|es|i|ka|zy|en|in|ul)?|authors?|words|texte?(?:[ ]und[ ]fotos?)?|texto|testo|teksti?
    |opracowanie|opr\.|reporter|auteurs?|interview|szerző|skribent|forfatter|автор(?:ы)?|текст)\s?:)[ ]+""",
    re.VERBOSE | re.IGNORECASE,
)
# Prepositions that begin many names and headlines; they open a byline only of names.
_OPENING_OF_NAMES = re.compile(r"(?:de|di|da|van)[ ]+", re.IGNORECASE)
# The look-behind tries only a whole run of blanks; trying each blank would take quadratic time.
_BETWEEN = re.compile(
    r"(?:(?<!\s)\s+)?(?:[,;&/+|•·\n]|\b(?:and|with|mit|plus|oraz|et|og|och|ja|és|și|şi|и)\b)+\s*"
)
# These also join two family names («Ortega y Gasset»), or stand before a place («en Madrid»).
_BETWEEN_NAMES = re.compile(r"\s(?:y|e|und|i|a|en|ve)\s")
_WHERE = re.compile(
    r"\s(?:in|at|for|from|aus|w|we|z|à|en|im|reports?|reporting|para|pour|para|per|voor|för)\s.*"
    r"|(?:(?<!\s)\s+)?[|•·(–—].*|\s-\s.*|\s?[@<].*"
)
_ADDRESS = re.compile(r"\S{1,80}@\S{1,80}")
_OF_OTHER_WORK = re.compile(
    r"(?:edit(?:ing|ed)|photo\w*|fotos?|pictures?|illustrat\w+|video|graphics?|translat\w+|übersetzung)\b",
    re.IGNORECASE,
)
_TRAILING_ROLE = re.compile(
    r"(?<=\S)\s(?:staff|senior|chief|political|special|our|associate|managing|deputy|sports?|guest|freelance)?\s?"
    r"(?:writer|reporter|editor|correspondent|columnist|journalist|contributor|producer|photographer)s?$",
    re.IGNORECASE,
)
_PLACE_AFTER_EN = re.compile(r"\sen\s[^,;]*")
_LOGIN = re.compile(r"[a-z0-9._+-]+|\S*[\d_]\S*|\S+@\S+")
_LOGINS = words(
    "admin administrator webmaster root user editor staff guest author unknown anonymous none null"
)
_NOT_NAMES = words(
    """
    correspondent correspondents editor editors reporter reporters staff writer writers desk team news
    press agency agencies gazette times post herald tribune chronicle journal bureau redaktion redakteur
    redakteurin redakcja redakcji contributor contributors columnist critic online media service
    services today daily newspaper council rédaction redacción agence agencia reuters politics political
    health science education business sport culture the our a an special chief senior guest
    korrespondent korrespondentin dziennikarz dziennikarka january february march april may june july
    august september october november december monday tuesday wednesday thursday friday saturday sunday
    guardian observer telegraph independent standard globe mirror express network radio television tv
    zeitung anzeiger nachrichten rundschau kurier dziennik gazeta courrier corriere dagblad university
    presse-agentur france-presse agenzia agentur telegraaf
    """
)
_ROLE = re.compile(
    r"""\b(?:correspondent|reporter|editor|writer|columnist|critic|journalist|producer|redakteur(?:in)?|staff
    |korrespondent(?:in)?|dziennikar(?:z|zem|ka|ką)|reporterk[aą]|redaktor(?:em|k[aą])?|journaliste|redactora?|periodista)\b""",
    re.VERBOSE | re.IGNORECASE,
)
# Lower-case words inside names.
_SMALL_WORDS = PARTICLES | CONJUNCTIONS | words("an na ny nic op")
_AGENCIES = words(
    "reuters agencies agences agencias agenzie agenturen dpa afp ap pti ani ians efe ansa lusa pap ntb mti"
)
_ENDS_OF_AGENCIES = words("agency agencies service press bureau desk staff newsroom agentur network")
_LONG_AGENCIES = phrases(
    "press trust of india | agence france-presse | presse canadienne | united press international"
)
# A piece after the first that begins so is a newspaper: «Le Monde».
_ARTICLES = words("The Der Die Das Le Les La El Los Il")
_WITHIN_NAMES = str.maketrans("", "", "'’-.")
_LONGEST = 200


def is_byline(line: str) -> bool:
    """Whether the whole line is a byline that begins with «By», «Von», «Autor:» or similar."""
    if len(line) > _LONGEST:
        return False
    if _OPENING.match(line):
        return _begins_with_name(_rest(line))
    opening = _OPENING_OF_NAMES.match(line)
    names = list(_pieces(line[opening.end() :])) if opening else []
    return bool(names) and len(line.split()) > 3 and not line.isupper() and all(map(is_name, names))


def _begins_with_name(rest: str) -> bool:
    if rest.endswith((".", "!", "?", ":")) and not re.search(r"\b(?:[A-Z]|Jr|Sr)\.$", rest):
        return False
    first = next(_pieces(rest), "")
    return is_name(first) or bool(_ROLE.search(rest)) or (first.isupper() and len(first) <= 12)


def is_name(text: str) -> bool:
    """Whether the text looks like a person's name: two to five words besides particles."""
    parts = text.split()
    if not 2 <= len(parts) <= 8 or len(text) > 60:
        return False
    proper = [part for part in parts if part not in _SMALL_WORDS]
    if any(part.casefold().strip(".") in _NOT_NAMES for part in proper):
        return False
    return 2 <= len(proper) <= 5 and parts[-1] not in _SMALL_WORDS and all(map(_is_name_word, proper))


def _is_name_word(word: str) -> bool:
    """A capitalised word of letters; apostrophes, hyphens and full stops may be inside it."""
    letters = word.translate(_WITHIN_NAMES)
    return word[0].isupper() and letters.isalpha() and word[-1] not in "-'’"


def names_in(text: str) -> tuple[str, ...]:
    """Split an author field into names, without titles and newspapers; other text is returned as one item.

    >>> names_in("By Ada Okafor, Tom Reyes"), names_in("Okafor, Ada"), names_in("Okafor, Ada; Reyes, Tom")
    (('Ada Okafor', 'Tom Reyes'), ('Okafor, Ada',), ('Okafor, Ada', 'Reyes, Tom'))
    """
    text = text.strip()
    if len(text) > 500:
        return (text,)
    entries = [entry.strip() for entry in re.split(r"[;|\n]", text) if entry.strip()]
    if len(entries) > 1 and all(_INVERTED.fullmatch(entry) for entry in entries):
        return tuple(dict.fromkeys(entries))
    pieces = list(_pieces(_rest(text)))
    names = tuple(dict.fromkeys(piece for piece in pieces if is_name(piece)))
    others = [piece for piece in pieces if not is_name(piece)]
    known = all(_is_no_person(piece) for piece in others)
    return names if names and is_name(pieces[0]) and known else (text,)


# «Okafor, Ada»: one comma, and no part is a whole name.
_INVERTED = re.compile(r"[^\W\d_][\w'’ .-]{0,60},\s[^\W\d_][\w'’ .-]{0,60}")


def _is_no_person(piece: str) -> bool:
    """Whether a piece is a job title, an agency or a newspaper: a word of it is in no person's name."""
    plain = [word.casefold().strip(".") for word in piece.split()]
    return (
        not _NOT_NAMES.isdisjoint(plain) or bool(_ROLE.search(piece)) or (piece.isupper() and len(plain) == 1)
    )


def is_agency(text: str) -> bool:
    """Whether a short text is an agency or its newsroom: «PTI», «Reuters», «Express News Service»."""
    plain = text.strip(" .").split()
    if not 1 <= len(plain) <= 5 or len(text) > 50 or any(character.isdigit() for character in text):
        return False
    if len(plain) == 1:
        return (text.isupper() and 2 <= len(text) <= 6) or text.casefold() in _AGENCIES
    return plain[-1].casefold() in _ENDS_OF_AGENCIES or text.casefold() in _LONG_AGENCIES


def is_login(text: str) -> bool:
    """Whether an author field has an account or e-mail address instead of a name: «tlind», «editor1»."""
    return len(text) <= 100 and (
        _LOGIN.fullmatch(text.strip()) is not None or text.strip().lower() in _LOGINS
    )


def _rest(byline: str) -> str:
    """The byline without «By»; after «por» and «par», «en» begins a place."""
    opening = _OPENING.match(byline)
    if not opening:
        return byline
    rest = byline[opening.end() :]
    return _PLACE_AFTER_EN.sub("", rest) if opening[0].lower().startswith(("por", "par", "escrito")) else rest


def _pieces(text: str) -> Iterator[str]:
    """The entries of a list of authors, without what follows a name: its place, newspaper, title, address."""
    for number, entry in enumerate(_BETWEEN.split(_ADDRESS.sub("", text))):
        if number and entry.partition(" ")[0] in _ARTICLES:
            continue
        for piece in _at_conjunctions(entry):
            piece = _TRAILING_ROLE.sub("", _WHERE.sub("", _rest(f"{piece} ")).strip())
            if piece and not _OF_OTHER_WORK.match(piece):
                yield piece


def _at_conjunctions(entry: str) -> list[str]:
    """Split «Ana Ríos y Juan Peña», but neither «Ortega y Gasset» nor «Ana Ríos en San Juan»."""
    for between in _BETWEEN_NAMES.finditer(entry):
        before, after = entry[: between.start()], entry[between.end() :]
        second = _WHERE.sub("", after).strip()
        agency = second.isupper() and len(second.split()) == 1
        if is_name(_rest(before)) and (is_name(second) or agency):
            return [before, *_at_conjunctions(after)]
    return [entry]


def more_complete(given: tuple[str, ...], printed: tuple[str, ...]) -> tuple[str, ...]:
    """The authors that the metadata give, unless the byline has all of them and more."""
    known = {name.casefold() for name in printed}
    more = len(known) > len(given) and all(name.casefold() in known for name in given)
    return printed if more else given


def is_role(line: str) -> bool:
    """Whether a short line gives an author's job title: «Political correspondent, Selwyn Gazette»."""
    return len(line) <= 80 and bool(_ROLE.search(line)) and not line.endswith((".", "!", "?", ":"))


def authors_of(byline: str) -> tuple[str, ...]:
    """The author names of a byline as printed, without job titles, newspapers, agencies and places.

    >>> authors_of("By Ada Okafor and Tom Reyes in Selwyn")
    ('Ada Okafor', 'Tom Reyes')
    """
    if len(byline) > 500:
        return ()
    rest = _rest(byline)
    if rest == byline and is_byline(byline):
        rest = _OPENING_OF_NAMES.sub("", byline, count=1)
    return tuple(dict.fromkeys(filter(is_name, _pieces(rest))))
