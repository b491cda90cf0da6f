"""The ways in: the quotes of a text, and everything of an article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from articles.extraction.attribution import Attributor, Draft
from articles.extraction.confidence import confidence_of
from articles.extraction.languages import Language, language_of
from articles.extraction.names import Register
from articles.extraction.people import Speakers
from articles.extraction.sentences import read_prose
from articles.extraction.spans import Piece, Reading, Turn
from articles.extraction.turns import find_turns


def find_quotes(text: str, *, title: str = "", language: str = "") -> list[Piece]:
    """The pieces of all attributions and turns of a text, in order; offsets are of `text` as given.

    >>> [p.speaker for p in find_quotes("“We will appeal,” said Ada Okafor. “Soon,” she added.")]
    ['Ada Okafor', 'Ada Okafor']
    """
    table = language_of(text, language)
    prose = read_prose(text, table)
    pieces = _pieces(prose)
    interview = find_turns(text, [p.span for p in prose.paragraphs], table, title=title)
    return _with_turns(pieces, interview.turns)


def _pieces(prose: Prose) -> list[Piece]:
    drafts = Attributor(prose, Speakers(prose, Register(prose))).run()
    return [_piece(prose.text, draft, prose.language) for draft in drafts]


def _with_turns(pieces: list[Piece], turns: list[Turn]) -> list[Piece]:
    """Turns join the pieces; a quote inside a turn says so."""
    if not turns:
        return pieces
    group = max((p.group for p in pieces), default=0)
    found: list[Piece] = []
    for number, turn in enumerate(turns, group + 1):
        found.append(
            Piece(
                start=turn.start, end=turn.end, group=number, marked=(), speaker=turn.speaker, speaker_start=None,
                speaker_end=None, source=turn.source, cue="", kind=turn.role, channel="spoken", inside=None,
                rule="turn" if turn.labelled else "inferred", confidence=turn.confidence,
            )
        )  # fmt: skip
    for piece in pieces:
        outer = next((t for t in found if t.start <= piece.start and piece.end <= t.end), None)
        if outer is None:
            found.append(piece)
        elif piece.rule not in ("alone", "before", "label"):
            found.append(replace(piece, inside=outer.group))
    return sorted(found, key=lambda p: (p.start, -p.end))


def _piece(text: str, draft: Draft, language: Language) -> Piece:
    source = draft.source
    marked = tuple((m.start, m.end) for m in draft.marked)
    direct = len(marked) == 1 and marked[0] == (draft.start, draft.end)
    kind = "direct" if direct else "mixed"
    return Piece(
        start=draft.start,
        end=draft.end,
        group=draft.group,
        marked=marked,
        speaker=source.speaker if source else None,
        speaker_start=source.start if source else None,
        speaker_end=source.end if source else None,
        source=source.printed if source else "",
        cue=draft.cue_text,
        kind=kind,
        channel=_channel(draft),
        inside=None,
        rule=draft.rule,
        confidence=confidence_of(draft.rule, kind, draft.words, source.sort if source else "none"),
    )


def _channel(draft: Draft) -> str:
    if draft.cue is None:
        return "unknown"
    return "written" if draft.cue.written else "spoken"


def read(
    body: str,
    *,
    headline: str = "",
    standfirst: str = "",
    captions: Sequence[str] = (),
    language: str = "",
    publication: str = "",
    known_names: Iterable[str] = (),
) -> Reading:
    """People, turns, notes and quotes of one article, of all its parts."""
    table = language_of(body or headline, language)
    prose = read_prose(body, table)
    interview = find_turns(
        body,
        [p.span for p in prose.paragraphs],
        table,
        title=headline,
        standfirst=standfirst,
        publication=publication,
    )
    pieces = _with_turns(_pieces(prose), interview.turns)
    group = max((p.group for p in pieces), default=0)
    parts = [("headline", None, headline), ("standfirst", None, standfirst)]
    parts += [("caption", number, caption) for number, caption in enumerate(captions)]
    for part, image, text in parts:
        for piece in _pieces(read_prose(text, table)) if text else ():
            pieces.append(replace(piece, part=part, image=image, group=piece.group + group))
        group = max((p.group for p in pieces), default=0)
    warnings = tuple(prose.warnings + interview.warnings)
    return Reading(tuple(interview.people), tuple(interview.turns), (), tuple(pieces), warnings)
