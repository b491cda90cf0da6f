"""Guesses the encoding of bytes that are not UTF-8 and do not name theirs.

charset-normalizer knows more encodings, but decoded only 367 of 400 English, German and French paragraphs in
windows-1252 correctly; this module weighs how many letters belong to one language, and decoded all.
"""

import re
from itertools import islice, pairwise

from articles.text.word_lists import words

# The letters beyond ASCII of each language, the most frequent first, by the encodings that its texts are in.
_WEST = words("üäöß éèàêçôîâûùœïëæüÿ óíáéñúü èàùòéìóù ãçáéíóêõúâàôü ëéïóöüáè øåæé äåöé äöå áíðþéóæöúý")
_CENTRAL = words("łóąęśżćńź ížáěéščřýúůňťóď áéöőíóüúű ăîţâş čšžćđ áéížúšýčľťňôäóďĺŕ")
_RUSSIAN = words("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё")
_UKRAINIAN = words("оанивіетрсклудмпьязбгйчхцжїюєшщфґ")
_SINGLE_BYTE = {
    "cp1252": _WEST,
    "cp1250": _CENTRAL,
    "cp1251": _RUSSIAN | _UKRAINIAN,
    "koi8-r": _RUSSIAN,
    "koi8-u": _UKRAINIAN,
    "cp1254": words("ışüçöğâîû"),
    "cp1253": words("αοιετσνηυρπκμλςόίωέάήγδχθύφβώξζψϊϋΐΰ"),
    "cp1257": words("ėųšįūžčąę āīšņēžļūčģķ äõüöšž"),
    "cp1255": words("יוהלאתרבשמנדחקפכעגזטסצםןךףץ"),
    "cp1256": words("اليمونتربعدسفكهقحجأةشصضطخذءزىثغإآؤئظ"),
    "iso8859-2": _CENTRAL,
    "iso8859-5": _RUSSIAN,
    "cp866": _RUSSIAN,
    "mac_roman": _WEST,
    "cp850": _WEST,
    "cp852": _CENTRAL,
    "cp874": words("านรอกเงมยวลตดทสปคหแจพใชขบไผถซธณศฐภฟฉษ่้ัีิุ็ู์ำ"),
}
# Signs of texts in encodings of two bytes: letters, or the most frequent characters.
_TWO_BYTES = {
    "cp932": re.compile("[\u3040-\u30ff]"),
    "euc_jp": re.compile("[\u3040-\u30ff]"),
    "cp949": re.compile("[이다는의에을를가고한하은로지도서사기리아어인했있과들]"),
    "gb18030": re.compile("[的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年]"),
    "big5hkscs": re.compile("[的一是不了在人有我他這中大來上國個到說們為子和你地出道也時年]"),
}
_NOT_IN_WORDS = frozenset("“”„‘’‚‹›«»–—…€§°©®™•·¿¡\u00a0\u00ad")
# These open quotations, and so never follow a letter.
_OPENING = frozenset("„‚")
_WORDS_WITH_OTHERS = re.compile(rb"[A-Za-z\x80-\xff]{0,40}[\x80-\xff][A-Za-z\x80-\xff ]{0,40}")
_MOST = 4_000
_FAR_BEHIND = 0.25
# What browsers and spreadsheets of Western Europe write is taken unless another encoding fits clearly better.
_HEAD_START = 0.02


def possible_encodings(raw: bytes) -> tuple[str, ...]:
    """Python's names of the encodings that the bytes may be in, the likeliest first; at least one.

    >>> possible_encodings("Закрыт старый шлюз".encode("koi8-r"))[0]
    'koi8-r'
    """
    sample = b"\n".join(found[0] for found in islice(_WORDS_WITH_OTHERS.finditer(raw), _MOST))
    scores = {codec: _score_of_two_bytes(raw, codec) for codec in _TWO_BYTES}
    scores |= {codec: _score(sample, codec) for codec in _SINGLE_BYTE}
    scores["cp1252"] += _HEAD_START
    ranked = sorted(scores, key=scores.__getitem__, reverse=True)
    best = scores[ranked[0]]
    if best <= _HEAD_START:
        return ("cp1252",)
    texts: set[str] = set()
    possible: list[str] = []
    for codec in ranked:
        text = sample.decode(codec, "replace")
        if scores[codec] >= best - _FAR_BEHIND and text not in texts:
            texts.add(text)
            possible.append(codec)
    return tuple(possible)


def _score(sample: bytes, codec: str) -> float:
    """The share of characters beyond ASCII that are letters of one language, less the share of faults."""
    text = sample.decode(codec, "replace")
    others = [character for character in text if not character.isascii()]
    if not others:
        return 0.0
    letters = [character.lower() for character in others if character not in _NOT_IN_WORDS]
    fitting = max(_fit(letters, alphabet) for alphabet in _SINGLE_BYTE[codec])
    faults = sum(_is_fault(before, after) for before, after in pairwise(text))
    # A text of only quotation marks and dashes fits where these belong.
    return (fitting + len(others) - len(letters) - faults) / len(others)


def _fit(letters: list[str], alphabet: str) -> float:
    """The number of letters that belong to an alphabet; its frequent letters count a little more."""
    frequent = alphabet[: max(2, len(alphabet) // 3)]
    belonging = sum(letter in alphabet for letter in letters)
    return belonging * 0.9 + sum(letter in frequent for letter in letters) * 0.1


def _score_of_two_bytes(raw: bytes, codec: str) -> float:
    """Above zero if the bytes are valid, form runs, and have the signs of the encoding."""
    try:
        text = raw[:200_000].decode(codec)
    except UnicodeDecodeError as error:
        if error.start < min(len(raw), 200_000) - 4:
            return 0.0
        text = raw[: error.start].decode(codec)
    others = [character for character in text if not character.isascii()]
    alone = sum(
        not before.isascii() and after.isascii() and after.isalpha() for before, after in pairwise(text)
    )
    signs = len(_TWO_BYTES[codec].findall(text))
    if not others or signs * 10 < len(others) or alone * 4 > len(others):
        return 0.0
    return 1.0 + signs / len(others)


def _is_fault(before: str, after: str) -> bool:
    """Whether two characters next to each other do not occur in words: «пР», «aж», «w¶"."""
    if before.isascii() and after.isascii():
        return False
    if before.isalpha() and after in _OPENING:
        return True
    if before.isalpha() and after.isalpha():
        return (before.islower() and after.isupper()) or _script(before) != _script(after)
    sign = after if before.isalpha() else before
    return (before.isalpha() or after.isalpha()) and not sign.isascii() and sign not in _NOT_IN_WORDS


def _script(letter: str) -> int:
    """Latin, Greek, Cyrillic, Hebrew, Arabic and others by number."""
    return next((n for n, last in enumerate((0x24F, 0x3FF, 0x52F, 0x5FF, 0x6FF)) if ord(letter) <= last), 9)
