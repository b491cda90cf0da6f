"""Quotes of posts embedded in a text: the words above a line «— Author (@handle) date»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from articles.extraction.spans import QuotePiece
from articles.text.not_people import BODIES, SURNAMES_TOO, THINGS

SIGNATURE = re.compile(
    r"\n[—–] (?P<author>[^\n()@—–]{0,80}?) ?\((?P<handle>@[\w.@-]{2,80}|Facebook)\)[^\n]{0,60}(?=\n|\Z)"
)
NAME = re.compile(
    r"[^\W\d_a-zß-ÿ][\w.'’-]*(?: (?:[^\W\d_a-zß-ÿ][\w.'’-]*|[a-z]{1,3})){0,3} [^\W\d_a-zß-ÿ][\w'’-]+"
)
LONGEST = 5_000
# An account may be of a newspaper or an office with a name like a person's.
SURE = 0.85


def with_posts(text: str, pieces: Sequence[QuotePiece]) -> list[QuotePiece]:
    """Add the posts of a text as written words of their authors; quotes inside them are nested."""
    found = list(pieces)
    for match in SIGNATURE.finditer(text) if "(@" in text or "(Facebook)" in text else ():
        start = text.rfind("\n", 0, match.start()) + 1
        if not 0 < match.start() - start <= LONGEST:
            continue
        group = max((piece.group for piece in found), default=0) + 1
        post = _post(match, start, group)
        found = [_beside(piece, post) for piece in found if not _repeats(piece, post, match)]
        found.append(post)
    return sorted(found, key=lambda piece: (piece.start, -piece.end)) if len(found) != len(pieces) else found


def _post(match: re.Match[str], start: int, group: int) -> QuotePiece:
    author = match["author"]
    is_person = bool(NAME.fullmatch(author)) and not _is_of_body(author)
    return QuotePiece(
        start=start,
        end=match.start(),
        group=group,
        marked=((start, match.start()),),
        speaker=author if is_person else None,
        speaker_start=match.start("author") if author else None,
        speaker_end=match.end("author") if author else None,
        source=author or match["handle"],
        cue="",
        kind="direct",
        channel="written",
        inside=None,
        rule="post",
        confidence=SURE,
    )


def _is_of_body(author: str) -> bool:
    """Whether an account is of an organisation: «Kestrel Bay Police», but not «Emily Post»."""
    *given, last = author.lower().split()
    return last in (BODIES | THINGS) - SURNAMES_TOO or not (BODIES | THINGS).isdisjoint(given)


def _repeats(piece: QuotePiece, post: QuotePiece, match: re.Match[str]) -> bool:
    """Whether a piece is the whole post, or begins outside it."""
    if piece.part != "body" or piece.end <= post.start or piece.start >= match.end():
        return False
    return (
        piece.start < post.start
        or piece.end > post.end
        or (piece.end - piece.start) + 2 >= post.end - post.start
    )


def _beside(piece: QuotePiece, post: QuotePiece) -> QuotePiece:
    inside = piece.part == "body" and post.start <= piece.start and piece.end <= post.end
    return replace(piece, inside=post.group) if inside and piece.inside is None else piece
