"""Trains and cross-validates the model of interview turns: see training/README.md.

uv run --group training python -m training.interview_turns GUM NEWS ARTICLES --cross-validate
uv run --group training python -m training.interview_turns GUM NEWS ARTICLES --write
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from articles.extraction.interviews import turn_model
from articles.extraction.interviews.paragraph_features import features_of
from articles.extraction.interviews.participants import is_announced
from articles.extraction.interviews.turns import LEAST_MARGIN, OPENING, find_turns, turn_scores
from articles.extraction.languages import language_of
from articles.extraction.tokenizer import paragraphs

HERE = Path(__file__).parent
WEIGHTS = HERE.parent / "articles" / "extraction" / "interviews" / "turn_weights.py"
STATES = "NQqAa"  # narration, question begins and continues, answer begins and continues
ROLES = {"Q": "question", "A": "answer"}
FOLDS = 10
SHORT = 5  # paragraphs
SETTINGS = {"algorithm": "lbfgs", "c1": 0.6, "c2": 0.1, "max_iterations": 300}
IMPOSSIBLE = {("N", "q"), ("A", "q"), ("a", "q"), ("Q", "a"), ("q", "a")}
# The labels of the two interviews among the articles that have all their answers.
ASKS = re.compile(r"\(\((?:WN|Wikinews)\)\)\s?:?\s*")
ANSWERS = re.compile(r"(?:\(\(Wayne Tseng\)\)|NG\s?:|Natasha Gownaris\s?:)\s*")
HEAD = '''"""The weights of the model of interview turns; written by training/interview_turns.py, not by hand.

Columns are the states of turn_model. Trained on CC BY and invented texts: see training/README.md.
"""

Row = tuple[float, float, float, float, float]
'''
CREDIT = re.compile(r"—\s?Natasha")


@dataclass(frozen=True)
class Text:
    """A text for training: its paragraphs, and the state of each."""

    id: str
    source: str
    title: str
    language: str
    paragraphs: tuple[str, ...]
    states: str

    @property
    def is_interview(self) -> bool:
        """Whether anybody answers."""
        return "A" in self.states

    def turns(self) -> list[tuple[int, int, str]]:
        """First and last paragraph of each turn, and its role."""
        found: list[tuple[int, int, str]] = []
        for number, state in enumerate(self.states):
            if state in ROLES:
                found.append((number, number, ROLES[state]))
            elif state != "N" and self.states[number - 1] != "N":
                found[-1] = (found[-1][0], number, found[-1][2])
            elif state != "N":
                found.append((number, number, ROLES[state.upper()]))
        return found


def invented() -> Iterator[Text]:
    """The texts that were written for this purpose."""
    for file in ("interviews.txt", "other_texts.txt"):
        for block in (HERE / "transcripts" / file).read_text().split("\n= "):
            head, *lines = block.removeprefix("= ").strip().split("\n")
            name, language, title = (part.strip() for part in head.split("|"))
            states = "".join(line[0] for line in lines)
            yield Text(name, file, title, language, tuple(line[2:] for line in lines), states)


def annotated(path: str) -> Iterator[Text]:
    """Texts of GUM: those with turns, and news without any."""
    for row in map(json.loads, Path(path).read_text().splitlines()):
        turns = [quote for quote in row["quotes"] if quote["kind"] == "turn"]
        asker = _asker(row["text"], turns)
        spans = paragraphs(row["text"])
        states, last = "", None
        for span in spans:
            turn = next((t for t in turns if t["start"] < span.end and span.start < t["end"]), None)
            state = "N" if turn is None else "Q" if turn["speaker"] == asker else "A"
            states += state.lower() if turn is not None and turn is last else state
            last = turn
        texts = tuple(span.cut(row["text"]) for span in spans)
        yield Text(row["id"], "GUM", row.get("title") or "", row["lang"], texts, states)


def _asker(text: str, turns: Sequence[dict]) -> str | None:
    """The speaker whose turns most often end with a question mark."""
    number = Counter(turn["speaker"] for turn in turns)
    asks = Counter(t["speaker"] for t in turns if text[t["start"] : t["end"]].rstrip().endswith("?"))
    return max(number, key=lambda who: asks[who] / number[who], default=None)


def articles(path: str) -> Iterator[Text]:
    """Wikinews articles; interviews whose answers are missing are left out."""
    for number, row in enumerate(map(json.loads, Path(path).read_text().splitlines())):
        texts, states = [], ""
        for span in paragraphs(row["body"]):
            text = span.cut(row["body"])
            label = ASKS.match(text) or ANSWERS.match(text)
            if label and label.re is ANSWERS and not states.strip("N") and texts[-1:]:
                states = states[:-1] + "Q"
            below = "a" if "A" in states and not CREDIT.match(text) else "N"
            state = below if label is None else "Q" if label.re is ASKS else "A"
            if not (label and label.end() == len(text)):
                texts.append(text[label.end() :] if label else text)
                states += state
        if ("((" in row["body"]) == ("A" in states):
            headline = row["headline"]
            yield Text(f"wikinews-{number}", "Wikinews", headline, "en", tuple(texts), states)


def examples(text: Text) -> Iterator[tuple[list[list[str]], list[str]]]:
    """The features and states of a text, as printed, and without the announcement of an interview."""
    table = language_of("", text.language)
    announced = is_announced([text.title, *text.paragraphs[:OPENING]], table)
    for said in {announced, not text.is_interview and text.source == "other_texts.txt"} | {False}:
        yield features_of(text.paragraphs, table, announced=said), list(text.states)
    for start, end in _parts(text):
        yield features_of(text.paragraphs[start:end], table, announced=False), list(text.states[start:end])


def _parts(text: Text) -> Iterator[tuple[int, int]]:
    """Parts of a text, since short texts are rare in the sources: first turns alone, and parts of others."""
    if text.is_interview:
        first = text.states.index("Q")
        begins = [n for n, state in enumerate(text.states) if state in ROLES] + [len(text.states)]
        yield first, len(text.states)
        yield from ((first, begins[turns]) for turns in (4, 6) if turns < len(begins))
    elif text.source == "other_texts.txt":
        yield from ((start, start + SHORT) for start in range(0, len(text.states) - SHORT, 2))


def trained(texts: Sequence[Text]) -> tuple[dict, tuple]:
    """The weights of features and of transitions."""
    import sklearn_crfsuite  # not installed by default: only training needs it

    pairs = [pair for text in texts for pair in examples(text)]
    model = sklearn_crfsuite.CRF(all_possible_transitions=True, **SETTINGS)
    model.fit([features for features, _ in pairs], [states for _, states in pairs])
    names = sorted({name for name, _ in model.state_features_})
    emissions = {
        name: tuple(round(model.state_features_.get((name, state), 0.0), 2) for state in STATES)
        for name in names
    }
    transitions = tuple(
        tuple(
            turn_model.NEVER if (a, b) in IMPOSSIBLE else round(model.transition_features_.get((a, b), 0), 2)
            for b in STATES
        )
        for a in STATES
    )
    return {name: row for name, row in emissions.items() if any(row)}, transitions


def use(weights: tuple[dict, tuple]) -> None:
    """Decode with these weights instead of those in the product."""
    turn_model.EMISSIONS, turn_model.TRANSITIONS = weights


def found_turns(text: Text) -> list[tuple[int, int, str]]:
    """The turns that the product finds, by their paragraphs."""
    body, starts = "", []
    for paragraph in text.paragraphs:
        starts.append(len(body))
        body += paragraph + "\n\n"
    table = language_of("", text.language)
    turns = find_turns(body, paragraphs(body), table, title=text.title).turns
    return [(_at(starts, t.start), _at(starts, t.end - 1), t.role) for t in turns]


def _at(starts: Sequence[int], place: int) -> int:
    return max(number for number, start in enumerate(starts) if start <= place)


def overlap(text: Text, a: tuple[int, int, str], b: tuple[int, int, str]) -> bool:
    """Whether the spans share 80 % of their characters."""
    size = [len(paragraph) + 2 for paragraph in text.paragraphs]
    one, other = set(range(a[0], a[1] + 1)), set(range(b[0], b[1] + 1))
    return sum(size[n] for n in one & other) >= 0.8 * sum(size[n] for n in one | other)


def report(texts: Sequence[Text], found: dict[str, list[tuple[int, int, str]]]) -> None:
    """Print span F1, span and role F1, and wrong decisions about the kind of text, by source."""
    for source in (*sorted({text.source for text in texts}), ""):
        chosen = [text for text in texts if source in (text.source, "")]
        gold = guess = span = role = 0
        for text in (text for text in chosen if text.is_interview):
            wanted, got = text.turns(), found[text.id]
            pairs = [(a, b) for a in wanted for b in got if overlap(text, a, b)]
            gold, guess, span = gold + len(wanted), guess + len(got), span + len(pairs)
            role += sum(a[2] == b[2] for a, b in pairs)
        lost = [text.id for text in chosen if text.is_interview and not found[text.id]]
        false = [text.id for text in chosen if not text.is_interview and found[text.id]]
        every = max(1, gold + guess)
        print(
            f"{source or 'all':16} turns {gold}: "
            f"span F1 {2 * span / every:.3f}, with role {2 * role / every:.3f}; "
            f"interviews missed {lost}; false {false} of {sum(not t.is_interview for t in chosen)}"
        )


def cross_validate(texts: Sequence[Text]) -> None:
    """Find the turns of each text with weights trained without it."""
    found, margins = {}, {}
    folds = _folds(texts)
    for fold in range(FOLDS):
        use(trained([text for text in texts if folds[text.id] != fold]))
        for text in (text for text in texts if folds[text.id] == fold):
            found[text.id] = found_turns(text)
            table = language_of("", text.language)
            margins[text.id] = turn_model.margin(turn_scores(text.paragraphs, table, [text.title]))
    report(texts, found)
    for text in sorted(texts, key=lambda text: margins[text.id]):
        if (margins[text.id] < LEAST_MARGIN) == text.is_interview:
            sort = "interview" if text.is_interview else "other text"
            print(f"  {sort} with a margin of {margins[text.id]:.2f}: {text.id} {text.title[:60]}")


def _folds(texts: Sequence[Text]) -> dict[str, int]:
    """The fold of each text; each source and kind is spread over all folds."""
    ordered = sorted(texts, key=lambda text: (text.is_interview, text.source, _hash(text.id)))
    return {text.id: number % FOLDS for number, text in enumerate(ordered)}


def _hash(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def write(weights: tuple[dict, tuple]) -> None:
    """Write the weights as a module of the product."""
    emissions, transitions = weights
    rows = [
        f"    {json.dumps(name)}: ({', '.join(f'{w:g}' for w in row)})," for name, row in emissions.items()
    ]
    steps = [f"    ({', '.join(f'{w:g}' for w in row)})," for row in transitions]
    lines = [HEAD, "EMISSIONS: dict[str, Row] = {", *rows, "}"]
    lines += ["TRANSITIONS: tuple[Row, Row, Row, Row, Row] = (", *steps, ")"]
    WEIGHTS.write_text("\n".join(lines) + "\n")
    number = sum(weight != 0 for row in emissions.values() for weight in row)
    print(f"{len(emissions)} features, {number} weights, {WEIGHTS.stat().st_size} bytes; run ruff format")


def main() -> None:
    """Train on the texts given and the invented ones."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("interviews", help="GUM interviews, as dev-gum-interview.jsonl")
    parser.add_argument("news", help="GUM news, as dev-gum-news.jsonl")
    parser.add_argument("articles", help="Wikinews articles, as articles.jsonl")
    parser.add_argument("--cross-validate", action="store_true")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    texts = [
        *invented(),
        *annotated(options.interviews),
        *annotated(options.news),
        *articles(options.articles),
    ]
    if options.cross_validate:
        cross_validate(texts)
    weights = trained(texts)
    use(weights)
    print("trained on all, so not an estimate:")
    report(texts, {text.id: found_turns(text) for text in texts})
    if options.write:
        write(weights)


if __name__ == "__main__":
    main()
