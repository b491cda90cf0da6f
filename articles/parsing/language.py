"""Detects the language of a text from its most frequent function words.

Packages such as langdetect and py3langid bring models of their own and always name a language; here an
unclear text has none.
"""

import re
from collections import Counter

from articles.parsing.vocabulary import words

FUNCTION_WORDS = {
    "en": words(
        """
        the and of to in that is was for it with as his her on be at by had not are but from said have
        which they this an were she he has been will would who their we
        """
    ),
    "de": words(
        """
        der die und das den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden
        aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben
        nur oder aber
        """
    ),
    "pl": words(
        """
        i w na z się nie do to że o jest jak po ale za od przez dla czy był była tym są oraz tego było
        już ich jego także tylko które który która przed może ze być ma powiedział powiedziała
        """
    ),
    "fr": words(
        """
        de la le et les des en un une du que est pour qui dans par sur au pas plus ne se ce avec sont il
        elle été aux cette mais ont son sa nous comme leur était l qu d a selon après
        """
    ),
    "es": words(
        """
        de la que el en y los del se las por un para con no una su al lo como más pero sus le ya o este
        sí porque esta entre cuando muy sin sobre también me hasta hay donde fue son ha era
        """
    ),
    "it": words(
        """
        di e il la che è in un una per non con del della sono gli le da si ha al alla nel come anche
        più ma dei delle lo su dal ai questo era hanno stato suo sua dopo secondo tra
        """
    ),
    "nl": words(
        """
        de het een en van in is dat op te zijn voor met niet aan er om ook als bij door maar naar
        heeft uit nog werd wordt over dan hij zij ze hun tot worden had volgens zei
        """
    ),
    "pt": words(
        """
        de a que e da em um para é com não uma os no se por mais as dos como mas foi ao ele das tem
        à seu sua ou ser quando muito nos já está também pelo pela até isso ela entre são
        """
    ),
    "ru": words(
        """
        и в во не на я что он она мы вы они с со как это а по но его её их из к у же за бы от до о об при для
        так уже или если был была было были быть то все ему им мне нас вам через после перед под над без
        который которая которые когда где только ещё также сказал сказала
        """
    ),
}
# Other Cyrillic languages share these function words but not these letters.
_RUSSIAN, _NOT_RUSSIAN = frozenset("ыэ"), frozenset("іїєґўјљњћђџқғүұөәһ")
# A word of one language counts twice as much as one that two languages share.
_WEIGHT = {
    word: 3 - min(2, sum(word in table for table in FUNCTION_WORDS.values()))
    for word in frozenset().union(*FUNCTION_WORDS.values())
}
_WORD = re.compile(r"[^\W\d_]+")
_LOOKED_AT = 2_000


def detect_language(text: str) -> str:
    """`en`, `de`, `pl`, `fr`, `es`, `it`, `nl`, `pt` or `ru`; empty for short texts and close calls.

    >>> detect_language("Die Stadt hat am Dienstag beschlossen, dass die Bücherei im Mai schließt.")
    'de'
    """
    seen = Counter(_WORD.findall(text[:_LOOKED_AT].lower()))
    points = {
        language: sum(seen[word] * _WEIGHT[word] for word in table & seen.keys())
        for language, table in FUNCTION_WORDS.items()
    }
    best, second = sorted(points, key=points.__getitem__, reverse=True)[:2]
    if best == "ru" and not _is_russian(text[:_LOOKED_AT].lower()):
        return ""
    enough = points[best] >= 6 and points[best] * 3 >= seen.total()
    return best if enough and points[best] * 2 >= points[second] * 3 else ""


def _is_russian(text: str) -> bool:
    return not _RUSSIAN.isdisjoint(text) and _NOT_RUSSIAN.isdisjoint(text)


def tag_case(tag: str) -> str:
    """A BCP 47 tag in its conventional case: «PT-br» becomes «pt-BR»."""
    language, *rest = tag.lower().split("-")
    cases = {2: str.upper, 4: str.title}
    return "-".join([language, *(cases.get(len(part), str)(part) for part in rest)])
