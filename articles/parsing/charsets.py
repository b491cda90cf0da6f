"""Decodes bytes by the encoding label of their source, with the labels' meaning in browsers.

Labels follow the WHATWG Encoding Standard (the table is in webencodings): `iso-8859-1` means
windows-1252, `gb2312` gb18030, `shift_jis` cp932. Undecodable bytes become U+FFFD.
"""

import codecs
import re

import webencodings

REPLACEMENT = "\ufffd"
_BOMS = (("utf-8-sig", codecs.BOM_UTF8), ("utf-16", codecs.BOM_UTF16_LE), ("utf-16", codecs.BOM_UTF16_BE))
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
_META = re.compile(rb"<meta\b[^>]{0,1000}", re.IGNORECASE)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"\A\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*[\"']([\w.:-]{2,40})[\"']", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")


def codecs_of(label: str) -> tuple[str, ...]:
    """Python's codecs for an encoding label, in the order to try them; empty for an unknown label.

    >>> codecs_of("ISO-8859-1"), codecs_of("gb2312"), codecs_of("big5"), codecs_of("nonsense")
    (('cp1252',), ('gb18030',), ('big5hkscs',), ())
    """
    label = label.strip().lower()
    if label in _REFUSED:
        return (_REFUSED[label],)
    found = webencodings.lookup(label)
    if found and found.name not in ("replacement", "x-user-defined"):
        return _CODECS.get(found.name, (found.codec_info.name,))
    try:
        return (codecs.lookup(label).name,) if _OTHERS.fullmatch(label) else ()
    except LookupError:
        return ()


def decode_markup(raw: bytes, label: str = "") -> tuple[str, list[str]]:
    """Decode an HTML or XML file; returns text and warnings. `label` is the charset from the HTTP header."""
    for codec, mark in _BOMS:
        if raw.startswith(mark):
            return raw.decode(codec, "replace"), []
    named = codecs_of(label) or codecs_of(declared_encoding(raw))
    if named and (sign := _SIGNS.get(named[0])) and sign in raw:
        return _decode(raw, named), []
    try:
        # Valid UTF-8 is almost never another encoding, whatever the label says.
        return raw.decode("utf-8"), []
    except UnicodeDecodeError:
        pass
    # The declaration was readable as single bytes, so a multi-byte label must be wrong.
    if named and not named[0].startswith(("utf-8", "utf-16", "utf-32")):
        return _decode(raw, named), []
    return _mostly_utf8(raw)


def decode_text(raw: bytes, label: str = "") -> str:
    """Decode plain text by its label; raises `UnicodeDecodeError` if it is not UTF-8 and has no label."""
    for codec, mark in _BOMS:
        if raw.startswith(mark):
            return raw.decode(codec, "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        if named := codecs_of(label):
            return _decode(raw, named)
        raise


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
    """The encoding label of the XML declaration or of the first `<meta>` that has one."""
    if declared := _XML.search(raw[:1024]):
        return declared[1].decode("ascii")
    for meta in _META.finditer(raw):
        if charset := _CHARSET.search(meta[0]):
            return charset[1].decode("ascii", "replace")
    return ""


def _decode(raw: bytes, names: tuple[str, ...]) -> str:
    for name in names:
        try:
            return raw.decode(name)
        except UnicodeDecodeError:
            continue
    return raw.decode(names[0], "replace")


def _mostly_utf8(raw: bytes) -> tuple[str, list[str]]:
    text = raw.decode("utf-8", "replace")
    broken = text.count(REPLACEMENT)
    if len(text.encode("ascii", "ignore")) + 2 * broken < len(text):
        return text, []
    note = "the file does not say how its letters are coded; it was read as windows-1252: check them"
    return raw.decode("cp1252", "replace"), [note]
