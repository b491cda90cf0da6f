"""Decodes bytes by the encoding label of their source, with the labels' meaning in browsers.

Labels follow the WHATWG Encoding Standard (the table is in webencodings): `iso-8859-1` means
windows-1252, `gb2312` gb18030, `shift_jis` cp932. Undecodable bytes become U+FFFD.
"""

import codecs
import re

import webencodings

from articles.parsing.encoding_guess import possible_encodings
from articles.parsing.mojibake import repair_markup, repair_text

REPLACEMENT = "\ufffd"
_BOMS = (
    ("utf-8-sig", codecs.BOM_UTF8),
    # The mark of UTF-32 begins with that of UTF-16.
    ("utf-32", codecs.BOM_UTF32_LE),
    ("utf-32", codecs.BOM_UTF32_BE),
    ("utf-16", codecs.BOM_UTF16_LE),
    ("utf-16", codecs.BOM_UTF16_BE),
)
# The standard means supersets that Python's codecs of the same name lack. If the first codec fails, the next
# is tried.
_CODECS = {
    "gbk": ("gb18030",),
    "gb18030": ("gb18030",),
    "euc-jp": ("euc_jp", "euc_jis_2004"),
    "iso-2022-jp": ("iso2022_jp", "iso2022_jp_ext"),
}
# Labels that the standard lacks or rejects but that occur in archives.
_OTHERS = re.compile(
    r"(?:cp|ibm)\d{3,4}|mac[-_]?[a-z]{2,10}\d?|utf[-_]?(?:16|32)(?:[-_]?[lb]e)?", re.IGNORECASE
)
_REFUSED = {"hz-gb-2312": "hz", "iso-2022-kr": "iso2022_kr", "csiso2022kr": "iso2022_kr"}
# Bytes in these encodings can also be valid UTF-8; each maps to a byte sequence that identifies it.
_SIGNS = {"iso2022_jp": b"\x1b", "iso2022_kr": b"\x1b", "hz": b"~{", "utf-16-le": b"\0", "utf-16-be": b"\0"}
_TOKEN = re.compile(rb"<!--|-->|<(/?)script\b|<meta\b([^>]{0,1000})", re.IGNORECASE)
_SAYS_CONTENT = re.compile(rb"\bcontent\s*=", re.IGNORECASE)
_HTTP_EQUIV = re.compile(rb"\bhttp-equiv\s*=", re.IGNORECASE)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"\A\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*[\"']([\w.:-]{2,40})[\"']", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
# Names as in browsers' menus, of Python's codecs.
_NAMES = {
    **{f"cp{number}": f"windows-{number}" for number in range(1250, 1259)},
    **{"cp874": "windows-874", "cp932": "Shift_JIS", "cp949": "EUC-KR", "euc_jp": "EUC-JP"},
    **{
        "big5hkscs": "Big5",
        "mac_roman": "macintosh",
        "cp866": "IBM866",
        "cp850": "IBM850",
        "cp852": "IBM852",
    },
    **{"utf-8": "UTF-8", "utf-16-le": "UTF-16LE", "utf-16-be": "UTF-16BE"},
}
# Encodings of texts that state none, for editors to choose from.
CHOICES = (
    *(
        "UTF-8",
        "UTF-16LE",
        *(f"windows-{number}" for number in (1252, 1250, 1251, 1253, 1254, 1255, 1256, 1257)),
    ),
    *("ISO-8859-2", "KOI8-R", "KOI8-U", "IBM866", "IBM850", "IBM852", "macintosh", "windows-874"),
    *("Shift_JIS", "EUC-JP", "EUC-KR", "GB18030", "Big5"),
)


def codecs_of(label: str) -> tuple[str, ...]:
    """Python's codecs for an encoding label, in the order to try them; empty for an unknown label.

    >>> codecs_of("ISO-8859-1"), codecs_of("gb2312"), codecs_of("big5"), codecs_of("nonsense")
    (('cp1252',), ('gb18030',), ('big5hkscs',), ())
    """
    label = label.strip().lower()
    if label in _REFUSED:
        return (_REFUSED[label],)
    found = webencodings.lookup(label)
    if found and found.name == "x-user-defined":
        return ("cp1252",)
    if found and found.name != "replacement":
        return _CODECS.get(found.name, (found.codec_info.name,))
    try:
        return (codecs.lookup(label).name,) if _OTHERS.fullmatch(label) else ()
    except LookupError:
        return ()


def decode_markup(raw: bytes, label: str = "") -> tuple[str, list[str]]:
    """Decode an HTML or XML file; returns text and warnings. `label` is the charset from the HTTP header."""
    return _decode_file(raw, codecs_of(label) or codecs_of(declared_encoding(raw)), "file")


def decode_text(raw: bytes, label: str = "") -> tuple[str, list[str]]:
    """Decode plain text by its label, or by the likeliest encoding; returns text and warnings."""
    return _decode_file(raw, codecs_of(label), "text")


def encoding_name(codec: str) -> str:
    """The name of one of Python's codecs in the standard, which `codecs_of` reads back."""
    return _NAMES.get(codec, codec.upper().replace("ISO8859", "ISO-8859").replace("_", "-"))


def repaired(text: str, *, markup: bool = False) -> tuple[str, list[str]]:
    """Undo wrong decodings of the past (`articles.parsing.mojibake`); returns text and warnings."""
    found = repair_markup(text) if markup else repair_text(text)
    if found == text:
        return text, []
    note = "letters that were stored in a wrong encoding (“Ã©” for “é”) are repaired: check names and quotes"
    return found, [note]


def _decode_file(raw: bytes, named: tuple[str, ...], kind: str) -> tuple[str, list[str]]:
    if codec := _certain_codec(raw):
        return raw.decode(codec, "replace"), []
    if named and (sign := _SIGNS.get(named[0])) and sign in raw:
        return _decode(raw, named), []
    # Valid UTF-8 is almost never another encoding, whatever the label says.
    if _is_utf8(raw):
        return raw.decode("utf-8"), []
    possible = _possible(raw)
    # A declaration that was readable as single bytes cannot mean an encoding of two or four bytes a letter.
    if named and not _is_wide(named[0]):
        return _decode(raw, named), _doubts(raw, named, possible)
    if possible[0] == "utf-8":
        return raw.decode("utf-8", "replace"), []
    fault = "is not in the encoding that it states" if named else "does not state its encoding"
    note = f"the {kind} {fault}; we used {encoding_name(possible[0])}: check the letters"
    if others := ", ".join(map(encoding_name, possible[1:4])):
        note += f" (also possible: {others})"
    return raw.decode(possible[0], "replace"), [note]


def _doubts(raw: bytes, named: tuple[str, ...], possible: tuple[str, ...]) -> list[str]:
    """A warning if the letters look like another encoding than the one that the file states."""
    if (
        not named[0].startswith(("cp125", "iso8859", "koi8"))
        or named[0] in possible
        or possible[0] == "utf-8"
    ):
        return []
    if _gives_the_text_of(raw, named, possible):
        return []
    stated, likely = encoding_name(named[0]), encoding_name(possible[0])
    return [f"the file states the encoding {stated}, but its letters look like {likely}: check the letters"]


def _gives_the_text_of(raw: bytes, named: tuple[str, ...], possible: tuple[str, ...]) -> bool:
    return _decode(raw, named) in (raw.decode(codec, "replace") for codec in possible)


def _certain_codec(raw: bytes) -> str:
    """The codec by the byte order mark, or by the zero bytes of UTF-16; empty for other files."""
    for codec, mark in _BOMS:
        if raw.startswith(mark):
            return codec
    head = raw[:400]
    for codec, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        if len(head) >= 8 and zeros.count(0) * 10 >= len(zeros) * 4 and head.count(0) * 4 <= len(head) * 3:
            return codec
    return ""


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_wide(codec: str) -> bool:
    return codec.startswith(("utf-8", "utf-16", "utf-32"))


def _possible(raw: bytes) -> tuple[str, ...]:
    """UTF-8 in which few bytes are broken, or the encodings that fit the letters, the likeliest first."""
    text = raw.decode("utf-8", "replace")
    broken = text.count(REPLACEMENT)
    if len(text.encode("ascii", "ignore")) + 2 * broken < len(text):
        return ("utf-8",)
    return possible_encodings(raw)


def unreadable(text: str) -> list[str]:
    """Warnings about replacement and control characters in a text."""
    replaced, controls = text.count(REPLACEMENT), len(_CONTROL.findall(text))
    found = []
    if replaced:
        found.append(f"{_characters(replaced)} could not be read, shown as {REPLACEMENT}")
    if controls:
        found.append(
            f"{_characters(controls, 'control ')} that no browser shows: these may have been quotation marks"
            " or dashes"
        )
    return found


def _characters(number: int, kind: str = "") -> str:
    return f"{number:,} {kind}character{'' if number == 1 else 's'}"


def declared_encoding(raw: bytes) -> str:
    """The encoding label of the XML declaration or of the first `<meta>` that has one, wherever it is."""
    if declared := _XML.search(raw[:1024]):
        return declared[1].decode("ascii")
    in_comment = in_script = False
    hidden = ""
    for token in _TOKEN.finditer(raw):
        if token[2] is None:
            in_comment = token[0] == b"<!--" or (in_comment and token[0] != b"-->")
            in_script = token[1] == b"" if token[1] is not None else in_script
        elif label := _label(token[2]):
            if not (in_comment or in_script):
                return label
            hidden = hidden or label
    # A comment or script that never ends hides the rest of the page.
    return hidden if in_comment or in_script else ""


def _label(meta: bytes) -> str:
    """The label in the attributes of a `<meta>`; a description that only mentions a charset has none."""
    charset = _CHARSET.search(meta)
    if not charset or (_SAYS_CONTENT.search(meta) and not _HTTP_EQUIV.search(meta)):
        return ""
    return charset[1].decode("ascii", "replace")


def _decode(raw: bytes, names: tuple[str, ...]) -> str:
    for name in names:
        try:
            return raw.decode(name)
        except UnicodeDecodeError:
            continue
    return raw.decode(names[0], "replace")
