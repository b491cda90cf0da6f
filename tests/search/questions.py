"""Random requests to a random archive, mostly about something in it, so that most have results."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from articles.models import Speaker
from articles.search.query import parse
from tests.search.invented import DRESSES, NOW, PEOPLE, WORDS
from tests.search.oracle import Archive, Asked, Character, ReadArticle, ReadQuote, first_day, last_day

PARTS = ("headline", "standfirst", "caption", "body", "byline", "kicker")
OWN_WORDS = ("quote", "quote", "answer", "question")
DISTANCES = ("", "/1", "/2", "/5", "/50")
PERIODS = ("2018", "2019", "2019-06", "2020-02-01", "2018-12-24", "-2500d")
TYPED_DATES = ("June 2019", "24/12/2018", '"1 February 2020"', "5.6.2019")
KINDS = ("direct", "mixed", "question", "answer")
CHANNELS = ("spoken", "written", "unknown")
STANDINGS = ("unreviewed", "confirmed", "disputed", "corrected")
SORTS = ("", "", "newest", "oldest", "added", "random")
EVER = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)
# What the words of a query may call a name that is also written otherwise, and names nobody has.
OTHER_NAMES = {
    "speaker": (*(f'"{name}"' for name in PEOPLE), '"zoe brask"', '"benedict thole"', "s4", "nobody"),
    "quoting": (*(f'"{name}"' for name in PEOPLE), '"zoe brask"', "s4", "nobody"),
    "author": ('"Ada Okafor"', "s3", '"nobody at all"'),
    "publication": ('"the northmoor post"', '"THANE RECORD"', '"the Thane’s record"', "nothing"),
    "section": ("Farming", "nothing"),
    "topic": ('"FLOODS"', "nothing"),
    "language": ("en", "de", "fr", "en-gb", "pl"),
}


@dataclass(frozen=True)
class Invented:
    """A request as a query string and in plain values."""

    scope: str
    query: str
    asked: Asked
    speaker: Speaker | None


class Questions:
    """Makes requests; half of all clauses are taken from one article and one of its quotes."""

    def __init__(self, seed: int, archive: Archive, speaker: Speaker) -> None:
        self.random = random.Random(f"questions {seed}")  # noqa: S311 - the same for the same seed
        self.archive = archive
        self.speaker = speaker
        self.article: ReadArticle | None = None
        self.quote: ReadQuote | None = None

    def question(self) -> Invented:
        rnd = self.random
        scope = rnd.choice(("articles", "articles", "articles", "quotes", "quotes", "speaker"))
        self._choose(scope)
        text = self.query(scope != "articles") if rnd.random() < 0.85 else ""
        pairs: list[tuple[str, str]] = [("q", text)]
        chosen = self._values(scope)
        for sign in ("", "-"):
            pairs += [(sign + name, value) for name, values in chosen[sign] for value in values]
        asked = Asked(
            scope=scope,
            root=parse(text, "articles" if scope == "articles" else "quotes").root,
            any_of=tuple(chosen[""]),
            none_of=tuple(chosen["-"]),
            speaker="s0" if scope == "speaker" else "",
            **self._singles(pairs),
        )
        return Invented(scope, urlencode(pairs), asked, self.speaker if scope == "speaker" else None)

    def _choose(self, scope: str) -> None:
        """Choose the subject of the request: one quote and its article, or nothing in the archive."""
        quotes = [quote for quote in self.archive.quotes if scope != "speaker" or "s0" in quote.speakers]
        self.quote = self.random.choice(quotes) if quotes and self.random.random() < 0.85 else None
        self.article = self.quote.article if self.quote else None
        if scope == "articles" and self.archive.articles and self.random.random() < 0.5:
            self.article = self.random.choice(self.archive.articles)
            self.quote = self.random.choice(self.article.quotes) if self.article.quotes else None

    # Words ----------------------------------------------------------------------------------------

    def query(self, of_quotes: bool, depth: int = 2) -> str:
        rnd = self.random
        clauses = [self.clause(of_quotes, depth) for _ in range(rnd.choice((1, 1, 1, 2, 2, 3)))]
        return rnd.choice((" ", " ", " ", " AND ", " OR ")).join(clauses)

    def clause(self, of_quotes: bool, depth: int) -> str:
        rnd = self.random
        roll = rnd.random()
        if roll < 0.12:
            return self.negative(of_quotes, depth)
        if roll < 0.2 and depth:
            return f"({self.query(of_quotes, depth - 1)})"
        if roll < 0.32:
            return self.in_a_part()
        if roll < 0.46:
            return self.in_own_words()
        if roll < 0.58:
            return self.named()
        stretch = self._stretch() if of_quotes else self._part()[1]
        return self.words(stretch)

    def negative(self, of_quotes: bool, depth: int) -> str:
        rnd = self.random
        if depth and rnd.random() < 0.25:
            return f"-({self.query(of_quotes, depth - 1)})"
        # Any words: those of the article asked for would only ever take it away.
        word = rnd.choice((self.word(WORDS), self.phrase(WORDS), f"({self.near(WORDS)})"))
        what = rnd.choice((word, word, word, f"quote:{word}", f"headline:{word}", self.named()))
        return f"NOT {what}" if rnd.random() < 0.3 or not what[0].isalpha() else f"-{what}"

    def in_a_part(self) -> str:
        name, words = self._part()
        inside = self.random.choice(
            (
                self.word(words),
                self.phrase(words),
                f"({self.near(words)})",
                f"({self.word(words)} -{self.phrase(WORDS)})",
                f"({self.word(WORDS)} OR {self.word(words)})",
            )
        )
        return f"{name}:{inside}"

    def in_own_words(self) -> str:
        stretch = self._stretch()
        inside = self.random.choice((self.word(stretch), self.phrase(stretch), f"({self.near(stretch)})"))
        kind = self.quote.kind if self.quote and self.quote.kind in OWN_WORDS else "quote"
        field = self.random.choice((kind, kind, *OWN_WORDS))
        if self.quote and self.quote.speakers and self.random.random() < 0.3:
            return f"{field}:{inside} speaker:{next(iter(self.quote.speakers))}"
        return f"{field}:{inside}"

    def words(self, words: Sequence[str]) -> str:
        rnd = self.random
        return rnd.choice(
            (
                self.word(words),
                self.word(words),
                self.phrase(words),
                self.near(words),
                f"{self.word(words)} {self.word(words)}",
                f"({self.word(WORDS)} OR {self.word(words)})",
            )
        )

    def word(self, words: Sequence[str]) -> str:
        """A word, a prefix, an exact word, or two adjacent words, in varied spelling."""
        rnd = self.random
        at = rnd.randrange(len(words))
        word = written(words[at : at + rnd.randint(1, 4)]).split()[0]
        beginning = f"{word[: rnd.randint(3, len(word))]}*" if len(word) >= 3 else word
        pair = "-".join(words[at : at + 2])
        dressed = rnd.choice(DRESSES)(word)
        return rnd.choice((word, word, word, beginning, f'"{word}"', pair, dressed))

    def phrase(self, words: Sequence[str]) -> str:
        rnd = self.random
        length = rnd.choice((1, 2, 2, 3))
        at = rnd.randrange(max(1, len(words) - length + 1))
        chosen = list(words[at : at + length])
        if rnd.random() < 0.15 and len(chosen[-1]) > 3:
            chosen[-1] = f"{chosen[-1][:3]}*"
        opening, closing = rnd.choice(('""', '""', "“”", "«»"))
        return f"{opening}{written(chosen)}{closing}"

    def near(self, words: Sequence[str]) -> str:
        rnd = self.random
        at = rnd.randrange(len(words))
        close = words[max(0, at - 5) : at + 6]
        sides = [
            rnd.choice((self.word(close), self.phrase(close), f"({self.word(WORDS)} OR {self.word(close)})"))
            for _ in range(3)
        ]
        first, second = rnd.choice(DISTANCES), rnd.choice(DISTANCES)
        text = f"{sides[0]} NEAR{first} {sides[1]}"
        return f"{text} NEAR{second} {sides[2]}" if rnd.random() < 0.2 else text

    def _part(self) -> tuple[str, Sequence[str]]:
        name = self.random.choice(PARTS)
        if self.article is None:
            return name, WORDS
        parts = [part for part in self.article.parts if part[1]]
        # The end of a text is where an index no longer knows positions.
        name, words = self.random.choice(parts)
        return name, self.random.choice((words[:40], words[-40:]))

    def _stretch(self) -> Sequence[str]:
        stretches = [words for words in self.quote.stretches if words] if self.quote else []
        return self.random.choice(stretches) if stretches else WORDS

    # Filters --------------------------------------------------------------------------------------

    def named(self) -> str:
        """A filter in the query, mostly one that the subject meets."""
        rnd = self.random
        name = rnd.choice((*OTHER_NAMES, "kind", "before", "after"))
        if name in ("before", "after"):
            return f"{name}:{rnd.choice(PERIODS + TYPED_DATES)}"
        if name == "quoting" and rnd.random() < 0.3 and len(self._met(name)) > 1:
            return " ".join(f"quoting:{slug}" for slug in rnd.sample(self._met(name), 2))
        known = list(KINDS) if name == "kind" else list(OTHER_NAMES[name])
        met = self._met(name)
        return f"{name}:{rnd.choice(met if met and rnd.random() < 0.6 else known)}"

    def _met(self, name: str) -> list[str]:
        """The parameter values of the subject."""
        if name in ("speaker", "kind", "standing", "channel"):
            if self.quote is None:
                return []
            return sorted(self.quote.speakers) if name == "speaker" else [getattr(self.quote, name)]
        if name == "quoting":
            return (
                sorted({slug for quote in self.article.quotes for slug in quote.speakers})
                if self.article
                else []
            )
        return sorted(self.article.values[name]) if self.article else []

    def _values(self, scope: str) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
        known = {
            "publication": ("selwy", "northmoor", "thane"),
            "section": ("home", "farming"),
            "topic": ("floods", "taxes", "roads"),
            "speaker": ("s0", "s1", "s2"),
            "author": ("s0", "s1", "s2"),
            "language": ("en", "de", "fr"),
            "kind": KINDS,
            "standing": STANDINGS,
            "channel": CHANNELS,
        }
        given: dict[str, list[tuple[str, tuple[str, ...]]]] = {"": [], "-": []}
        for name, values in known.items():
            if scope == "speaker" and name == "speaker":
                continue
            for sign, chance in (("", 0.05), ("-", 0.03)):
                if self.random.random() < chance:
                    chosen = set(self.random.sample(values, self.random.choice((1, 1, 2))))
                    met = set(self._met(name))
                    chosen = chosen | met if not sign and self.random.random() < 0.7 else chosen
                    given[sign].append((name, tuple(sorted(chosen))))
        return given

    def _singles(self, pairs: list[tuple[str, str]]) -> dict:
        rnd = self.random
        found: dict = self._period(pairs)
        if rnd.random() < 0.08:
            found["checked"] = rnd.choice(("person", "rule"))
            pairs.append(("checked", found["checked"]))
        if rnd.random() < 0.08:
            added, found["added"] = rnd.choice(
                (
                    (
                        "2025",
                        (dt.datetime(2025, 1, 1, tzinfo=dt.UTC), dt.datetime(2026, 1, 1, tzinfo=dt.UTC)),
                    ),
                    (
                        "2025-12",
                        (dt.datetime(2025, 12, 1, tzinfo=dt.UTC), dt.datetime(2026, 1, 1, tzinfo=dt.UTC)),
                    ),
                    ("-100d", (dt.datetime(2025, 9, 23, tzinfo=dt.UTC), EVER)),
                )
            )
            pairs.append(("added", added))
        if rnd.random() < 0.1:
            found["copies"] = "one"
            pairs.append(("copies", "one"))
        sort = rnd.choice(SORTS)
        pairs.append(("sort", sort))
        if sort == "random":
            pairs.append(("seed", str(rnd.choice((1, 42)))))
        pairs.append(("group", rnd.choice(("", "", "", "publication", "speaker", "year"))))
        pairs.append(("size", rnd.choice(("20", "100", "100", "100"))))
        return found

    def _period(self, pairs: list[tuple[str, str]]) -> dict:
        found = {}
        if self.random.random() < 0.08:
            since = self.random.choice(PERIODS)
            pairs.append(("from", since))
            found["since"] = first_day(since, NOW)
        if self.random.random() < 0.08:
            until = self.random.choice(PERIODS)
            last = last_day(first_day(until, NOW), {4: "year", 7: "month"}.get(len(until), "day"))
            # A period that ends before it begins is refused, and finds nothing.
            if last >= found.get("since", last):
                pairs.append(("to", until))
                found["until"] = last
        return found


def written(words: Sequence[str]) -> str:
    """These words with blanks between them, except where the text has none."""
    joined = (word if isinstance(word, Character) and word.joined else f"{word} " for word in words)
    return "".join(joined).strip()
