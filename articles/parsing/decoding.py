"""What a file of text is coded in: told by its own bytes where they tell, else found out and said so."""

from dataclasses import dataclass

from articles.parsing.tabular.csv_rows import sniff_dialect


@dataclass(frozen=True)
class DetectedEncoding:
    """The name of the coding, and whether it had to be found out from the letters."""

    encoding: str
    guessed: bool = False


# What a file begins with that is no text, and what it is.
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
    """What a file is that cannot be read as text; empty for text."""
    if known := next((name for start, name in _OTHERS if raw.startswith(start)), ""):
        return known
    wide = raw[:2] in (b"\xff\xfe", b"\xfe\xff")
    return "not text" if b"\0" in raw and not wide else ""


def broken_utf16(raw: bytes) -> str:
    """What is wrong with a file that is marked as UTF-16; empty where nothing is, or it is not marked."""
    if raw[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        return ""
    try:
        raw.decode("utf-16")
    except UnicodeDecodeError as error:
        return f"is not whole: from byte {error.start + 1:,} of {len(raw):,} on it is no UTF-16"
    return ""


def detect_encoding(raw: bytes) -> DetectedEncoding:
    """UTF-8 and marked UTF-16 are sure; the rest is of the Windows coding that makes words of its letters."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return DetectedEncoding("utf-16")
    try:
        raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        # A last line end, for the guess passes over a line that may be cut.
        found = sniff_dialect(raw + b"\n\n")
        return DetectedEncoding(found.otherwise or found.encoding, guessed=True)
    return DetectedEncoding("utf-8")
