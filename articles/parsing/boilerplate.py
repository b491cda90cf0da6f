"""Recognises boilerplate lines: share buttons, cookie notices, prompts, lists of other stories."""

import re

from articles.parsing.dates.parser import PrintedDate
from articles.parsing.dates.timelines import read_timestamp_line
from articles.parsing.normalization import tidy
from articles.text.word_lists import phrases, words

# Compared with whole lines, case-folded and without outer punctuation.
BUTTONS = phrases(
    """
    share | share this | share this article | share this story | share this page | share on facebook
    share on twitter | share on x | share on whatsapp | share via email | share full article | tweet
    tweet this | copy link | copy link to clipboard | link copied | save | save article | save for later
    print | print this article | print article | email this article | gift this article | listen
    listen to this article | play video | watch video | advertisement | advertising | ad | sponsored
    sponsored content | comments | comment | leave a comment | add a comment | post a comment
    view comments | read comments | join the conversation | show more | load more | read more
    read the full story | continue reading | skip to content | skip to main content | skip advert | menu
    search | home | log in | sign in | subscribe | subscribe now | sign up | follow us | back to top
    top of page | view gallery | open image in gallery | image | view image in fullscreen
    view in full screen | accept | accept all | accept all cookies | reject all | manage cookies
    cookie settings | privacy policy | terms of use | all rights reserved | contact us | report this ad
    artikel teilen | teilen | beitrag teilen | merken | drucken | artikel drucken | kommentare
    kommentieren | anzeige | werbung | vorlesen | artikel anhören | mehr anzeigen | weiterlesen
    zur startseite | nach oben | alle akzeptieren | udostępnij | udostępnij artykuł | podziel się
    skomentuj | komentarze | drukuj | reklama | materiał sponsorowany | posłuchaj artykułu
    czytaj więcej | czytaj dalej | zaloguj się | akceptuję | obserwuj nas | partager
    partager l'article | imprimer | commenter | commentaires | publicité | s'abonner | compartir
    imprimir | comentarios | publicidad | suscríbete
    """
)

# Headings of lists of other stories.
OTHER_STORIES = phrases(
    """
    related | related content | related articles | related stories | related topics | related links
    related news | related coverage | more on this story | more on this | more on this topic
    more stories | more like this | more from the web | more news | most read | most popular
    most viewed | trending | trending now | top stories | latest news | latest stories
    you may also like | you might also like | you may also be interested in | recommended
    recommended for you | recommended stories | read also | read next | also read | see also
    editor's picks | editors' picks | don't miss | around the web | from our partners | popular stories
    mehr zum thema | mehr zu diesem thema | lesen sie auch | auch interessant
    das könnte sie auch interessieren | weitere artikel | weitere meldungen | weitere themen
    meistgelesen | zum thema | zobacz także | zobacz też | czytaj także | czytaj też | czytaj również
    polecane | polecamy | najczęściej czytane | najnowsze | powiązane artykuły | powiązane
    à lire aussi | lire aussi | sur le même sujet | les plus lus | te puede interesar | lo más leído
    noticias relacionadas
    """
)

# A line of only these words, at least one of them in MEANS_SHARING, is a row of share buttons.
SHARE_WORDS = words(
    """
    share tweet facebook twitter x whatsapp linkedin email e-mail mail print pinterest reddit telegram
    messenger instagram copy link save bluesky mastodon threads flipboard teilen drucken udostępnij
    drukuj partager compartir pocket sms more on via by to this article or and in at
    """
)
MEANS_SHARING = words(
    """
    share tweet facebook twitter whatsapp linkedin pinterest reddit telegram teilen udostępnij partager
    compartir
    """
)


_LONGEST = 400


def _any(*phrases: str) -> str:
    return "(?:" + "|".join(phrases) + ")"


_CROSS_REFERENCE = re.compile(
    _any(
        "read also",
        "also read",
        "read more",
        "read next",
        "see also",
        "related",
        "more",
        "watch",
        "watch also",
        "watch more",
        "listen",
        "lesen sie auch",
        "lesen sie mehr",
        "lies auch",
        "mehr dazu",
        "auch interessant",
        "siehe auch",
        "czytaj też",
        "czytaj także",
        "czytaj również",
        "czytaj więcej",
        "przeczytaj też",
        "przeczytaj także",
        "zobacz też",
        "zobacz także",
        "zobacz również",
        "lire aussi",
        "à lire aussi",
        "lea también",
        "lee también",
        "leer más",
        "ver también",
        "leggi anche",
        "lees ook",
        "leia também",
        "leia mais",
    )
    + r"\s*[:|»>–-]",
    re.IGNORECASE,
)
_CROSS_REFERENCE_OPENING = re.compile(
    _any("read also", "also read", "lesen sie auch", "czytaj też", "czytaj także", "zobacz też", "lire aussi")
    + r"\b",
    re.IGNORECASE,
)
_CONTINUES = re.compile(
    r"""(?:the[ ])?(?:story|article)[ ]continues\b
    |(?:der[ ])?(?:artikel|text|beitrag)[ ](?:geht|wird)[ ](?:nach|unter|unterhalb|hier)\b.{0,60}
    |dalsza[ ]część[ ](?:artykułu|tekstu)\b
    |(?:la[ ]suite|suite)[ ]de[ ]l['’]article\b
    |continue[ ]reading[ ](?:below|after)\b|scroll[ ]down[ ](?:to|for)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_PROMPT = re.compile(
    r"""(?:sign[ ]up|for[ ]more[ ]|subscribe|register|get[ ]|join[ ]|click[ ]here
    |want[ ]more|enter[ ]your[ ]e-?mail
    |follow[ ](?:us|[\w ]{1,40}[ ]on)\b
    |don['’]t[ ]miss|download[ ]our|melden[ ]sie|abonnieren|jetzt[ ]|zapisz|subskrybuj|dołącz
    |inscrivez|abonnez|recevez|suscr|reg[ií]strate
    |never[ ]miss|stay[ ]informed|our[ ]newsletter|newsletter\b|like[ ]us[ ]on|folgen[ ]sie|obserwuj)""",
    re.VERBOSE | re.IGNORECASE,
)
_PROMPT_SUBJECT = re.compile(
    r"""newsletter|inbox|e-?mail|facebook|twitter|instagram|whatsapp|telegram|our[ ]app|notifications?
    |postfach|skrzynk|kanał|bulletin|bolet[ií]n|podcast|on[ ]x\b""",
    re.VERBOSE | re.IGNORECASE,
)
_COOKIES = re.compile(
    r"""\b(?:use|uses|using|store|stores|accept|reject|manage|consent|agree|allow|privacy)\b
    |\bcookie(?:s|-|[ ])?(?:policy|settings|preferences|notice|consent|richtlinie|einstellungen)\b
    |\b(?:verwende[nt]|nutz(?:en|t)|setz(?:en|t)|zustimm\w*|akzeptier\w*|używa(?:my)?|wykorzystuje(?:my)?|plik(?:i|ów)
    |zgod\w*|utilis(?:e|ons)|acceptez|utiliza(?:mos)?|aceptar?)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_METER = re.compile(
    r"""(?:reading[ ]time|lesezeit|read[ ]time|czas[ ]czytania)\s*:?\s*(?:ca\.\s*)?\d{1,3}\s*\w{0,8}\.?
    |\d{1,3}[ -]?min(?:ute|uten|uty|ut)?s?\.?[ ](?:read|lesezeit|czytania|lecture|lectura)
    |[\d.,]{1,7}[km]?\s(?:comments?|shares?|views?|likes?|kommentare?|komentarz[ey]?|komentarzy|wyświetleń|commentaires|comentarios)
    |(?:comments?|shares?|views?|kommentare|komentarze)\s?[:(]?\s?[\d.,]{1,7}[km]?\)?""",
    re.VERBOSE | re.IGNORECASE,
)
_CONTACT = re.compile(r"(?:e-?mail\s*:?\s*)?[\w.+-]{1,60}@[\w-]{1,60}\.[\w.-]{2,60}|@\w{2,30}")
# Offers of a subscription; asked only of pages that are not free, for stories are about subscriptions too.
_OFFER = re.compile(
    r"""already[ ](?:a[ ])?(?:subscri|registered|member)|have[ ]an[ ]account\?|subscribers?[ -]only
    |(?:subscribe|register|sign[ ](?:in|up)|log[ ]?in|join|upgrade)\b.{0,60}\b
        (?:to[ ](?:continue|read|keep|go[ ]on|unlock|get|access|view|see)
        |for[ ](?:full|unlimited|as|just|only|free))
    |to[ ](?:continue|keep|finish)[ ]reading|(?:read|go)[ ]on[ ]with|continue[ ]reading\b
    |(?:this|the)[ ](?:article|story|content|page)[ ]is[ ].{0,40}\b(?:subscribers|members|premium)
    |want[ ]to[ ]read[ ](?:more|on)|(?:join|get|try)\b.{0,40}\bfor\b.{0,30}\b(?:a|per)[ ](?:week|month|year)
    |for[ ]subscribers|cancel[ ](?:it[ ])?(?:at[ ])?any[ ]?time|free[ ]trial
    |(?:digital|unlimited|full)[ ]access|subscription[ ]options|unlock[ ]|subscribe[ ](?:now|today)
    |your[ ](?:free[ ]articles?|subscription|limit)|become[ ]a[ ](?:member|subscriber)
    |\d[.,]\d\d[ ]?(?:[£$€]|euros?|eur|zł)?[ ]?(?:an?|per|every|/|im|pro|par|al|por|za)[ ]?
        (?:week|month|year|monat|woche|jahr|mois|mes|mese|mês|miesiąc|maand)
    |[£$€][ ]?\d{1,3}[ ](?:an?|per)[ ](?:week|month|year)
    |first[ ](?:month|week|\d+[ ]weeks)\b.{0,12}\b(?:free|for)|weiterlesen
    |(?:bereits|schon)[ ](?:abonnent|abonniert|registriert|kunde)|jederzeit[ ]kündbar
    |nur[ ]für[ ]abonnent|für[ ]abonnent|probe(?:abo|monat)|kostenlos[ ]testen
    |jetzt[ ](?:abonnieren|testen|anmelden|registrieren)|(?:einloggen|anmelden),?[ ]um
    |réservée?[ ](?:aux|à[ ]nos)[ ]abonn|déjà[ ]abonné|lire[ ]la[ ]suite|sans[ ]engagement|abonnez-vous
    |reste[ ]\d+[ ]?%|suscríbete|suscriptor|seguir[ ]leyendo|cancela[ ]cuando|abbonati|abbonato
    |continuare[ ]a[ ]leggere|al[ ]abonnee|verder[ ](?:te[ ])?lezen|alleen[ ]voor[ ]abonnees
    |já[ ]é[ ]assinante|assine\b|continuar[ ]lendo|para[ ]assinantes|(?:masz[ ]już|już[ ]masz)[ ]
    |dla[ ](?:subskrybent|prenumerator)|czytaj[ ]dalej|wykup[ ]|kup[ ]dostęp""",
    re.VERBOSE | re.IGNORECASE,
)
# Only of lines that are mostly links: «See also how the light falls, she wrote» is text.
_LINK_OPENING = re.compile(
    _any(
        r"(?:read|see|watch|listen)[ ](?:also|more|next|too)",
        r"also[ ]read",
        r"more[ ](?:on|from)[ ]",
        r"lesen[ ]sie|lies[ ](?:auch|mehr)|mehr[ ](?:dazu|zum)|siehe[ ]auch",
        r"(?:czytaj|zobacz|przeczytaj)[ ]",
        r"(?:à[ ])?lire[ ](?:aussi|plus)|voir[ ]aussi",
        r"(?:lea|lee|ver)[ ](?:también|más)|leggi[ ]anche|lees[ ]ook|leia[ ](?:também|mais)",
    )
    + r"\b",
    re.IGNORECASE,
)
_TECHNICAL = re.compile(
    r"""(?:your[ ]browser|this[ ]browser|ihr[ ]browser)\b.{0,80}
    |(?:please[ ])?enable[ ]javascript\b.{0,80}|javascript[ ]is[ ](?:disabled|required|not)\b.{0,80}
    |view[ ](?:this[ ])?(?:(?:post|photo|video|tweet|thread)[ ])?on[ ]
        (?:x|twitter|instagram|facebook|bluesky|threads|tiktok|mastodon|youtube)
    |(?:sieh[ ]dir|diesen[ ]beitrag)\b.{0,40}\bauf[ ]instagram\b.{0,20}""",
    re.VERBOSE | re.IGNORECASE,
)
_QUOTES = re.compile(r"[“”„«»\"]")
_TO_READER = re.compile(
    r"""\b(?:you|your|sie|ihr|ihre[mnrs]?|du|dein\w*|vous|votre|vos|tu|tus|usted|você|sua|je|uw|masz|twój|ty)\b
    |subscri|sign[ ](?:in|up)|log[ ]?in\b|abonn|suscri|assin|abbon|prenumer|subskryb|weiterlesen|czytaj|lees\b
    |read[ ]on|continue[ ]reading|for[ ](?:free|£|€|\$)|want[ ]to[ ]read|zaloguj|cuenta|einloggen|anmelden""",
    re.VERBOSE | re.IGNORECASE,
)
_POINTERS = frozenset("→▶►➔➜➤👉▸")
_OUTER = " \t:.…!?»>«<|•·–—-→▶►*#()[]"


def _bare(line: str) -> str:
    return line.strip(_OUTER).casefold().replace("’", "'")


def is_boilerplate(line: str) -> bool:
    """Whether a whole tidy line is boilerplate, wherever on the page it is."""
    if not line or len(line) > _LONGEST:
        return False
    bare = _bare(line)
    return (
        not bare
        or bare in BUTTONS
        or _is_share_row(bare)
        or bool(_METER.fullmatch(bare))
        or bool(_CONTACT.fullmatch(bare))
        or bool(_TECHNICAL.fullmatch(bare))
        or bool(_CROSS_REFERENCE.match(line))
        or (bool(_CROSS_REFERENCE_OPENING.match(line)) and not line.endswith("."))
        or (bool(_CONTINUES.match(bare)) and len(line) <= 90)
        or (bool(_PROMPT.match(bare)) and bool(_PROMPT_SUBJECT.search(line)))
        or ("cookie" in bare and bool(_COOKIES.search(bare)))
    )


def _is_share_row(bare: str) -> bool:
    if len(bare) > 120:
        return False
    words = re.findall(r"[\w-]+", bare)
    return bool(words) and set(words) <= SHARE_WORDS and not MEANS_SHARING.isdisjoint(words)


def opens_other_stories(line: str) -> bool:
    """Whether the line is the heading of a list of other stories: «Related content»."""
    return len(line) <= 60 and _bare(line) in OTHER_STORIES


def is_offer(line: str) -> bool:
    """Whether a line of a page that is not free offers a subscription or asks the reader to sign in."""
    return len(line) <= _LONGEST and _OFFER.search(line) is not None


def is_offer_to_reader(line: str) -> bool:
    """`is_offer` for lines that may be of the story: only without quotations, and only if it says «you»."""
    return not _QUOTES.search(line) and _TO_READER.search(line) is not None and is_offer(line)


def is_cross_reference(line: str) -> bool:
    """Whether a line that is mostly a link leads to another story: «See also the quay», «→ The quay»."""
    return bool(_CROSS_REFERENCE.match(line) or _LINK_OPENING.match(line)) or line[:1] in _POINTERS


def cut_from_given_body(
    body: str, headline: str, byline: str = ""
) -> tuple[str, PrintedDate | None, list[str]]:
    """Clean a body that is already separate: cut its date line, repeated headline or byline, and buttons."""
    paragraphs: list[str] = []
    removed: list[str] = []
    printed: PrintedDate | None = None
    repeated = {tidy(part).casefold() for part in (headline, byline) if part}
    for paragraph in body.split("\n\n"):
        line = tidy(paragraph) if len(paragraph) <= _LONGEST else ""
        stamp = read_timestamp_line(line) if line and not paragraphs and not printed else None
        if stamp and stamp.published and stamp.published.precision == "day":
            printed = stamp.published
            removed.append(paragraph)
        elif line and ((not paragraphs and line.casefold() in repeated) or _is_button(line)):
            removed.append(paragraph)
        else:
            paragraphs.append(paragraph)
    return ("\n\n".join(paragraphs), printed, removed) if paragraphs else (body, None, [])


def _is_button(line: str) -> bool:
    bare = _bare(line)
    return bare in BUTTONS or _is_share_row(bare)
