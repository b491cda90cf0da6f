"""Detects the language of a text from its most frequent function words.

Packages such as langdetect and py3langid bring models of their own and always name a language; here an
unclear text has none.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import lru_cache

from articles.text.word_lists import words

FUNCTION_WORDS = {
    "en": words(
        """
        the and of to in that is was for it with as his her on be at by had not are but from said have
        which they this an were she he has been will would who their we after over out up more than no
        its about into says when what how why new
        """
    ),
    "de": words(
        """
        der die und das den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden
        aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben
        nur oder aber vor zur gegen wir kein keine mehr ihre seine wurde wurden bis unter sagt ins ich
        """
    ),
    "pl": words(
        """
        i w na z się nie do to że o jest jak po ale za od przez dla czy był była tym są oraz tego było
        już ich jego także tylko które który która przed może ze być ma powiedział powiedziała
        we nad bez pod przy co gdy będzie będą mówi
        """
    ),
    "fr": words(
        """
        de la le et les des en un une du que est pour qui dans par sur au pas plus ne se ce avec sont il
        elle été aux cette mais ont son sa nous comme leur était l qu d a selon après n s ses sans
        """
    ),
    "es": words(
        """
        de la que el en y los del se las por un para con no una su al lo como más pero sus le ya o este
        sí porque esta entre cuando muy sin sobre también me hasta hay donde fue son ha era tras nos
        """
    ),
    "it": words(
        """
        di e il la che è in un una per non con del della sono gli le da si ha al alla nel come anche
        più ma dei delle lo su dal ai questo era hanno stato suo sua dopo secondo tra nella degli dalla
        """
    ),
    "nl": words(
        """
        de het een en van in is dat op te zijn voor met niet aan er om ook als bij door maar naar
        heeft uit nog werd wordt over dan hij zij ze hun tot worden had volgens zei na geen meer wil
        """
    ),
    "pt": words(
        """
        de a que e da em um para é com não uma os no se por mais as dos como mas foi ao ele das tem
        à seu sua ou ser quando muito nos já está também pelo pela até isso ela entre são na do sem após
        """
    ),
    "da": words(
        """
        og i at det er en til på for af den med de ikke der som et har men om var fra blev være også nu
        efter mod hvor kunne skulle siger hun han vi jeg ud op hvad kun selv når noget mellem havde bliver
        mange eller ved sit sin da så end alle uden nogle mere os ifølge blevet kan vil skal nye går
        dig hvis kunne blive meget dine nogen bruge hver mig tilbage gøre gør give aldrig både lige ny ingen
        """
    ),
    "no": words(
        """
        og i å det er en til på for av den med de ikke som et har men om var fra ble være også nå etter
        mot hvor kunne skulle sier hun han vi jeg ut opp hva bare selv når noe mellom hadde blir mange
        eller ved sitt sin da så enn alle uten noen mer oss ifølge blitt kan vil skal nye går må fikk
        deg hvis kunne bli mye dine bruke hver meg tilbake gjøre gjør gi aldri både like ny ingen hvilke
        ikkje dei eg frå ein eit vart kva meir
        """
    ),
    "sv": words(
        """
        och i att det som på är av för med till den inte om ett har de men en var han hon från vi så kan
        jag nu efter man vid när ska under sig också blev eller hade över där blir mot ut upp vad än
        mycket skulle alla vara sin sitt några mer mellan utan enligt säger många åt nya får vill går
        """
    ),
    "fi": words(
        """
        ja on ei että se oli hän mutta ovat kun myös ole tai joka niin kuin sen mukaan sanoo sanoi ollut
        jo vain voi tämä mitä nyt vielä jos kanssa hänen siitä jälkeen eivät ole olla jotka tämän en me he
        sekä ennen asti yli uusi sitä olisi ovat miksi näin
        """
    ),
    "hu": words(
        """
        a az és hogy nem is egy van volt ez meg csak de már mint még vagy azt ezt kell lesz után szerint
        mondta minden aki ami amely ha sem majd pedig mert olyan több nincs lehet között új el fel ki
        """
    ),
    "ro": words(
        """
        și şi în de a la cu nu că este pe care o un din mai pentru sunt se ce fost au lui sau dar al ale
        după fi această acest între prin către până spus despre le ei doar cel cea cei ca să fără când
        unde era va vor noi potrivit iar nici a-i
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
# The letters beyond ASCII of each language.
_LETTERS = {
    "en": "", "de": "ßäöü", "pl": "łąęśżćńźó", "fr": "éàèêçôîâûùœïæ", "es": "ñíóúáéü", "it": "èàùòìé",
    "pt": "ãõçâêíáéóúôà", "nl": "éïó", "da": "æøåé", "no": "æøåéòô", "sv": "äöåé", "fi": "äö",
    "hu": "őűáéóöüíú", "ro": "ășțşţâî", "ru": "",
}  # fmt: skip
# Ends of words that few of these languages have.
_ENDS = {
    "en": words("ing tion ness ed ly ight ould"),
    "de": words("ung ungen keit lich isch ein chen ter t"),
    "pl": words("ego ych ość ów ie ny ski ski ć ą ę ł ła li ie nie"),
    "fr": words("tion ment eux aire ais ait ent ées ée ique isme eur que re"),
    "es": words("ción dad mente ado ada ados os as aron ería ón ó"),
    "it": words("zione mente ato ata ità ono are ere io gli ella ezza i"),
    "pt": words("ção ções mente ado ada dade eira eiro ões ram ou os as"),
    "nl": words("heid lijk ing tie aar oor eer en er ij dt isch t"),
    "da": words("erne ede hed else tion ing et en er te"),
    "no": words("ene ede het else sjon ing et en er te"),
    "sv": words("arna ade het else tion ning en ar or de as na"),
    "fi": words("ssa ssä sta stä lla llä lle nen vat vät aan ään een tä ta ksi ivat oi ee uu ii t n a ä"),
    "hu": words("ban ben nak nek ság ség ok ek ák ett ott tól től ról ről hoz ját ét át ért ik ja i t"),
    "ro": words("ul ului ea ția ție lor ele ește ată esc ile ă"),
}
# Letters of Russian, and letters that it does not have; other Cyrillic languages share its small words.
_RUSSIAN, _NOT_RUSSIAN = frozenset("ыэ"), frozenset("іїєґўјљњћђџқғүұөәһ")
_CYRILLIC = re.compile("[а-яё]{2,}")
_WORD = re.compile(r"[^\W\d_]+")
_LOOKED_AT = 2_000
_OF_WORD = {
    word: [language for language, table in FUNCTION_WORDS.items() if word in table]
    for word in frozenset().union(*FUNCTION_WORDS.values())
}
_OF_END = {
    end: [language for language, table in _ENDS.items() if end in table]
    for end in frozenset().union(*_ENDS.values())
}
_LONGEST_END = max(map(len, _OF_END))
_ENOUGH, _ENOUGH_PER_WORD, _AHEAD = 3.2, 0.42, 1.9


def detect_language(text: str) -> str:
    """One of `FUNCTION_WORDS`; empty for texts that are too short and for close calls.

    >>> detect_language("Die Stadt hat am Dienstag beschlossen, dass die Bücherei im Mai schließt.")
    'de'
    """
    seen = Counter(_WORD.findall(text[:_LOOKED_AT].lower()))
    if not seen:
        return ""
    cyrillic = sum(number for word, number in seen.items() if _CYRILLIC.fullmatch(word))
    if cyrillic * 2 > seen.total():
        return "ru" if cyrillic > 2 and _is_russian(text[:_LOOKED_AT].lower()) else ""
    points: defaultdict[str, float] = defaultdict(float)
    for word, number in seen.items():
        for language, weight in _points(word).items():
            points[language] += weight * number
    best, second = (*sorted(points, key=points.__getitem__, reverse=True), "", "")[:2]
    if points[best] < max(_ENOUGH, _ENOUGH_PER_WORD * seen.total()):
        return ""
    # What related languages share decides nothing between them.
    ahead = [
        number * (_points(word).get(best, 0) - _points(word).get(second, 0)) for word, number in seen.items()
    ]
    won, lost = sum(lead for lead in ahead if lead > 0), -sum(lead for lead in ahead if lead < 0)
    return best if won >= max(_AHEAD, 2 * lost) else ""


@lru_cache(maxsize=20_000)
def _points(word: str) -> Mapping[str, float]:
    """How much a word speaks for each language: the more, the fewer languages share it."""
    found: defaultdict[str, float] = defaultdict(float)
    _add(found, 3.0, _OF_WORD.get(word, []))
    _add(found, 1.0, _languages_by_end(word))
    if not word.isascii():
        others = {letter for letter in word if not letter.isascii()}
        fitting = [language for language, letters in _LETTERS.items() if others.issubset(letters)]
        _add(found, 1.5, fitting)
        for language in _LETTERS.keys() - fitting:
            found[language] -= 1
    return dict(found)


def _add(points: defaultdict[str, float], share: float, languages: list[str]) -> None:
    for language in languages:
        points[language] += share / len(languages)


def _languages_by_end(word: str) -> list[str]:
    if len(word) <= 3:
        return []
    ends = (word[-length:] for length in range(1, min(_LONGEST_END, len(word) - 1) + 1))
    return list(dict.fromkeys(language for end in ends for language in _OF_END.get(end, ())))


def _is_russian(text: str) -> bool:
    return not _RUSSIAN.isdisjoint(text) and _NOT_RUSSIAN.isdisjoint(text)


def tag_case(tag: str) -> str:
    """A BCP 47 tag in its conventional case: «PT-br» becomes «pt-BR»."""
    language, *rest = tag.lower().split("-")
    cases = {2: str.upper, 4: str.title}
    return "-".join([language, *(cases.get(len(part), str)(part) for part in rest)])
