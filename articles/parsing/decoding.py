"""Tells files that are not text, and the encoding of a text file."""

from articles.parsing.encoding_guess import possible_encodings

# First bytes of files that are not text.
_OTHERS = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a Word, OpenDocument or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a packed file"),
)


def no_text(raw: bytes) -> str:
    """The kind of a file that is not text («a PDF»); empty for text."""
    if known := next((name for start, name in _OTHERS if raw.startswith(start)), ""):
        return known
    wide = raw[:2] in (b"\xff\xfe", b"\xfe\xff")
    return "not text" if b"\0" in raw and not wide else ""


def broken_utf16(raw: bytes) -> str:
    """The fault of a file with a UTF-16 byte order mark; empty if it is sound or has no mark."""
    if raw[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        return ""
    try:
        raw.decode("utf-16")
    except UnicodeDecodeError as error:
        return f"is not whole: from byte {error.start + 1:,} of {len(raw):,} on it is no UTF-16"
    return ""


def detect_encoding(raw: bytes) -> str:
    """UTF-8, UTF-16 with a byte order mark, or else the likeliest encoding of the letters."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    try:
        raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return possible_encodings(raw)[0]
    return "utf-8"
