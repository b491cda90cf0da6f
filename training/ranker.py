"""Trains and cross-validates the ranker of speakers.

    uv run python -m training.ranker TEXTS.jsonl … --cross-validate
    uv run python -m training.ranker TEXTS.jsonl … --write
    uv run python -m training.ranker TEXTS.jsonl … --measure ANNOTATED.jsonl

A line of a text file has `text` (or `body`), perhaps `lang`, and perhaps annotated `quotes` with
`speaker_start` and `speaker_end`. Without annotation, the labels are the unambiguous attributions: a
quote directly beside a reporting verb and its subject, and the quotes that continue it in the same
paragraph. Use only texts whose licence allows it: `SOURCES` is printed into the table of weights.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from articles.extraction.attribution.attribution_draft import Draft
from articles.extraction.attribution.quote_attribution import Attributor
from articles.extraction.attribution.ranker_features import OptionFinder, folded_name
from articles.extraction.coreference.mentions import MentionRegister
from articles.extraction.coreference.source_resolution import SourceResolver
from articles.extraction.evaluation.calibration import FOLDS, share_of
from articles.extraction.languages import language_of
from articles.extraction.spans import Span
from articles.extraction.tokenizer import parse_document

SOURCES = """English Wikinews 2019 and 2020 (CC BY 2.5); GUM news and interviews, English Wikinews with
annotation by Amir Zeldes and others (text CC BY 2.5, annotation CC BY 4.0)."""
TABLE = Path(__file__).parents[1] / "articles" / "extraction" / "attribution" / "ranker_weights.py"
EPOCHS, RATE, DECAY, SEED = 8, 0.1, 1e-3, 1
WIDTH = 108
LEAST_WEIGHT = 0.05  # smaller ones are left out of the table
CERTAIN = frozenset({"head", "tail"})
CONTINUED = frozenset({"same"})

Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Case:
    """One quote: the features of each option, the options that are right, and those that the rule chose."""

    document: str
    kind: str
    features: tuple[tuple[str, ...], ...]
    right: frozenset[int]
    chosen: frozenset[int]
    rule_is_right: bool


def read(path: Path) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        if line.strip():
            row = json.loads(line)
            yield {"id": f"{path.name} {number}", "text": row.get("body", ""), **row}


def cases_of(row: Mapping[str, Any]) -> Iterator[Case]:
    """The labelled quotes of one text."""
    document = parse_document(row["text"], language_of(row["text"], row.get("lang") or ""))
    register = MentionRegister(document)
    finder = OptionFinder(document, register)
    last: tuple[str, ...] = ()
    for draft in Attributor(document, SourceResolver(document, register)).run():
        source = Span(draft.source.start, draft.source.end) if draft.source else None
        speaker = folded_name(draft.source.speaker) if draft.source else ()
        label = annotated(row["quotes"], draft) if "quotes" in row else unambiguous(draft)
        spot = finder.spot(draft.marked[0].start) if draft.marked else None
        if spot is not None and label is not None:
            options = finder.near(spot, Span(draft.start, draft.end), source)
            right = {n for n, option in enumerate(options) if option.meets(label)}
            if draft.rule not in CERTAIN:
                names = {options[n].words for n in right} - {()}
                right |= {n for n, option in enumerate(options) if option.words in names}
            chosen = {n for n, option in enumerate(options) if source is not None and option.meets(source)}
            chosen |= {n for n, option in enumerate(options) if option.words and option.words == speaker}
            yield Case(
                str(row["id"]),
                draft.kind,
                tuple(
                    tuple(
                        name
                        for weights, key in finder.groups(spot, option, last)
                        for name in weights.names(key)
                    )
                    for option in options
                ),
                frozenset(right),
                frozenset(chosen),
                bool(right & chosen) or (source is not None and source.meets(label)),
            )
        last = speaker or last


def unambiguous(draft: Draft) -> Span | None:
    """The source of a quote whose attribution leaves no doubt."""
    if draft.source is None:
        return None
    cue = draft.cue
    certain = (
        cue is not None
        and not cue.weak
        and cue.said
        and cue.sort in ("say", "tell")
        and draft.rule in CERTAIN
    )
    if certain or draft.rule in CONTINUED:
        return Span(draft.source.start, draft.source.end)
    return None


def annotated(quotes: Sequence[Mapping[str, Any]], draft: Draft) -> Span | None:
    """The annotated source of the quote that includes the first quoted span of the draft."""
    if not draft.marked:
        return None
    first = Span(draft.marked[0].start, draft.marked[0].end)
    for quote in quotes:
        if quote.get("kind") in ("direct", "mixed") and quote.get("speaker_start") is not None:
            whole = Span(quote["start"], quote["end"])
            if 2 * (min(first.end, whole.end) - max(first.start, whole.start)) > len(first):
                return Span(quote["speaker_start"], quote["speaker_end"])
    return None


def shares(features: Iterable[Sequence[str]], weights: Weights) -> list[float]:
    """The probability of each option."""
    scores = [sum(weights.get(name, 0.0) for name in names) for names in features]
    top = max(scores)
    odds = [math.exp(score - top) for score in scores]
    return [value / sum(odds) for value in odds]


def train(cases: Iterable[Case]) -> dict[str, float]:
    """Fit a conditional logistic model by stochastic gradient descent with AdaGrad steps."""
    weights: defaultdict[str, float] = defaultdict(float)
    steps: defaultdict[str, float] = defaultdict(lambda: 1e-6)
    order = [case for case in cases if case.right and len(case.right) < len(case.features)]
    shuffled = random.Random(SEED)  # noqa: S311
    for _ in range(EPOCHS):
        shuffled.shuffle(order)
        for case in order:
            given = shares(case.features, weights)
            right = sum(given[n] for n in case.right) or 1e-9
            for n, names in enumerate(case.features):
                slope = given[n] - (given[n] / right if n in case.right else 0.0)
                for name in names if abs(slope) > 1e-4 else ():
                    downhill = slope + DECAY * weights[name]
                    steps[name] += downhill * downhill
                    weights[name] -= RATE * downhill / math.sqrt(steps[name])
    return {name: round(value, 2) for name, value in weights.items() if abs(value) >= LEAST_WEIGHT}


def report(judged: Iterable[tuple[Case, Weights]]) -> str:
    """How often the rule is right, by the share that the ranker gives to its speaker."""
    seen: Counter[tuple[str, float]] = Counter()
    right: Counter[tuple[str, float]] = Counter()
    for case, weights in judged:
        share = 0.0
        if case.features:
            given = shares(case.features, weights)
            share = sum(given[n] for n in case.chosen)
        band = next(least for least in (0.98, 0.7, 0.3, 0.0) if share >= least)
        seen[case.kind, band] += 1
        right[case.kind, band] += case.rule_is_right
    lines = [
        f"{kind:7} share {band:.2f} and more: {count:5} quotes, rule right {right[kind, band] / count:.4f}"
        for (kind, band), count in sorted(seen.items(), reverse=True)
    ]
    return "\n".join(lines)


def ten_fold(cases: Sequence[Case]) -> Iterator[tuple[Case, Weights]]:
    """Each case with weights trained on the other nine tenths of the documents."""
    for fold in range(FOLDS):
        inside = [share_of(f"ranker {case.document}", FOLDS) == fold for case in cases]
        weights = train(case for case, out in zip(cases, inside, strict=True) if not out)
        yield from ((case, weights) for case, out in zip(cases, inside, strict=True) if out)


def as_module(weights: Weights) -> str:
    """The source of the module with the table of weights."""
    pairs = " ".join(f"{name} {value:g}" for name, value in sorted(weights.items()))
    rows = "\n".join(textwrap.wrap(pairs, WIDTH, break_on_hyphens=False, break_long_words=False))
    return (
        '"""Weights of the ranker of speakers, fitted by `training/ranker.py`.\n\n'
        f'Trained on: {SOURCES}\n"""\n\n'
        'TRAINED_ON = "en"\n'
        f'TABLE = """\n{rows}\n"""\n'
        "PAIRS = TABLE.split()\n"
        "WEIGHTS = dict(zip(PAIRS[::2], map(float, PAIRS[1::2]), strict=True))\n"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("texts", nargs="+", type=Path)
    parser.add_argument("--cross-validate", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--measure", type=Path)
    options = parser.parse_args()
    cases = [case for path in options.texts for row in read(path) for case in cases_of(row)]
    print(f"{len(cases)} quotes in {len({case.document for case in cases})} texts")
    if options.cross_validate:
        print(report(ten_fold(cases)))
    weights = train(cases)
    print(f"{len(weights)} weights")
    if options.measure:
        measured = [case for row in read(options.measure) for case in cases_of(row)]
        print(report((case, weights) for case in measured))
    if options.write:
        TABLE.write_text(as_module(weights), encoding="utf-8")


if __name__ == "__main__":
    main()
