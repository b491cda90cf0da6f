"""Random archives and random questions, the same for the same seed: small words, many edges."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.auth import get_user_model

from articles.models import (
    GAP,
    Alias,
    Article,
    ArticleTopic,
    Authorship,
    Image,
    Publication,
    Quote,
    Section,
    Speaker,
    Topic,
    Turn,
)
from articles.querylang import parse
from tests.search.oracle import Asked

NOW = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)
_WORDS = """
flood floods flooded flooding tax taxes taxed bridge bridges the of who us carbon river rivers well being
immigrant immigration immigrants running runs Ströme Strom Núñez news new maires maire café 2019 5
"""
WORDS = tuple(_WORDS.split())
JOINTS = (" ", " ", " ", " ", " ", ", ", ". ", " – ", "-", "/", "\n\n", " “", "” ", " U.S. ", "’s ")
LANGUAGES = ("en", "en", "en", "en-gb", "de", "fr", "", "xx")
PARTS = ("headline", "standfirst", "caption", "body", "byline", "kicker")


class Inventor:
    """Makes one archive, and questions for it."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - the same archive for the same seed
        self.things: dict[str, list] = {}

    def text(self, least: int, most: int) -> str:
        count = self.random.randint(least, most)
        return "".join(
            f"{self.random.choice(WORDS)}{self.random.choice(JOINTS)}" for _ in range(count)
        ).strip()

    # Archives -----------------------------------------------------------------------------------------

    def archive(self, articles: int, *, long_texts: int = 1) -> None:
        names = ("Selwy Courier", "Northmoor Post", "Thane Record")
        self.publications = [
            Publication.objects.create(name=name, slug=name.split()[0].lower(), aliases=[f"The {name}"])
            for name in names
        ]
        self.sections = [Section.objects.create(name=name, slug=name.lower()) for name in ("Home", "Farming")]
        self.topics = [
            Topic.objects.create(name=name, slug=name.lower()) for name in ("Floods", "Taxes", "Roads")
        ]
        people = ("Ada Okafor", "Ben Thole", "Zoë Brask", "A. Okafor", "Ada Okafor the Elder")
        self.speakers = [Speaker.objects.create(name=name, slug=f"s{n}") for n, name in enumerate(people)]
        Speaker.objects.filter(slug="s3").update(merged_into=self.speakers[0])
        Speaker.objects.filter(slug="s4").update(merged_into=self.speakers[3])
        Alias.objects.create(speaker=self.speakers[1], name="Bénédict Thole")
        self.editor = get_user_model().objects.create(username=f"editor{self.random.random()}")
        for number in range(articles):
            self.article(number, long=number < long_texts)

    def article(self, number: int, *, long: bool) -> None:
        rnd = self.random
        body = self.text(5, 60) + f" {number}"
        if long:
            # Too long for the positions of an index; what matters stands at its end.
            body = "of " * rnd.choice((200, 300)) + self.text(17_000, 17_200) + " the carbon river " + body
        precision = rnd.choice(("day", "day", "month", "year", ""))
        day = dt.date(rnd.choice((2018, 2019, 2020)), rnd.randint(1, 12), rnd.randint(1, 28))
        first = {"day": day, "month": day.replace(day=1), "year": day.replace(day=1, month=1)}.get(precision)
        article = Article.objects.create(
            publication=rnd.choice(self.publications),
            section=rnd.choice([None, *self.sections]),
            headline=self.text(1, 5),
            kicker=self.text(0, 2),
            standfirst=self.text(0, 8),
            byline=self.text(0, 2),
            body=body,
            language=rnd.choice(LANGUAGES),
            status=rnd.choice(("usable",) * 8 + ("draft", "withheld")),
            published_on=first,
            published_precision=precision,
            visible_from=NOW + dt.timedelta(days=rnd.choice((-900, -300, -30, -3, -1, 30))),
            copy_of=rnd.choice([None, None, None, self.first_of(Article)]),
            first_public_at=NOW - dt.timedelta(days=rnd.choice((1, 30, 400, 700))),
        )
        for position in range(rnd.choice((0, 0, 1, 2))):
            Image.objects.create(article=article, caption=self.text(1, 6), position=position)
        for topic in rnd.sample(self.topics, rnd.choice((0, 1, 2))):
            ArticleTopic.objects.create(article=article, topic=topic)
        for position, author in enumerate(rnd.sample(self.speakers, rnd.choice((0, 0, 1, 2)))):
            Authorship.objects.create(article=article, speaker=author, position=position)
        for _ in range(rnd.choice((0, 1, 2, 4))):
            self.quote(article)

    def first_of(self, model):
        return model.objects.filter(copy_of=None).order_by("pk").first()

    def quote(self, article: Article) -> None:
        rnd = self.random
        edge = min(len(article.body), 400)
        places = sorted(rnd.sample(range(edge), 2 * rnd.choice((1, 1, 2))))
        spans = [list(pair) for pair in zip(places[::2], places[1::2], strict=True)]
        text = GAP.join(article.body[a:b] for a, b in spans)
        kind = rnd.choice(("direct", "direct", "mixed", "question", "answer"))
        turn = None
        if kind in ("question", "answer"):
            turn = Turn.objects.create(
                article=article, start=0, end=len(article.body), role=kind, position=article.turns.count()
            )
        Quote.objects.create(
            article=article,
            speaker=rnd.choice([None, *self.speakers]),
            kind=kind,
            turn=turn,
            start=spans[0][0],
            end=spans[-1][1],
            spans=spans,
            text=text,
            status=rnd.choice(("accepted",) * 6 + ("pending", "rejected")),
            standing=rnd.choice(("unreviewed", "confirmed", "disputed", "withdrawn")),
            decided_by=rnd.choice((None, self.editor)),
            first_public_at=NOW - dt.timedelta(days=rnd.choice((1, 30, 400, 700))),
        )

    # Questions ----------------------------------------------------------------------------------------

    def word(self) -> str:
        rnd = self.random
        word = rnd.choice(WORDS)
        return rnd.choice(
            (word, word, word, word.upper(), f"{word[:3]}*" if len(word) > 3 else word, "well-being")
        )

    def phrase(self) -> str:
        return f'"{" ".join(self.random.choice(WORDS) for _ in range(self.random.choice((1, 2, 2, 3))))}"'

    def near(self) -> str:
        rnd = self.random
        sides = [
            rnd.choice((self.word(), self.phrase(), f"({self.word()} OR {self.word()})")) for _ in range(3)
        ]
        distances = [rnd.choice(("", "/1", "/2", "/5", "/50")) for _ in range(2)]
        text = f"{sides[0]} NEAR{distances[0]} {sides[1]}"
        return f"{text} NEAR{distances[1]} {sides[2]}" if rnd.random() < 0.2 else text

    def named(self) -> str:
        rnd = self.random
        name = rnd.choice(
            ("speaker", "publication", "section", "topic", "author", "kind", "language", "before", "after")
        )
        value = {
            "kind": ("direct", "answer", "question"),
            "language": ("en", "de", "en-gb"),
            "before": ("2019", "2019-06", "2020-02-01", "-2500d"),
            "after": ("2019", "2019-06", "2020-02-01", "-2500d"),
            "speaker": ('"Ada Okafor"', "s1", '"zoe brask"', '"benedict thole"', "nobody", "s4"),
            "author": ('"Ada Okafor"', "s1", "s2"),
            "publication": ("selwy", '"the northmoor post"', "nothing"),
            "section": ("home", "Farming"),
            "topic": ("floods", "roads"),
        }[name]
        return f"{name}:{rnd.choice(value)}"

    def clause(self, depth: int) -> str:
        rnd = self.random
        roll = rnd.random()
        if roll < 0.1:
            return f"-({self.query(depth - 1)})" if depth else f"NOT {self.word()}"
        if roll < 0.2 and depth:
            return f"({self.query(depth - 1)})"
        if roll < 0.32:
            mixed = f"({self.word()} -{self.phrase()})"
            inside = rnd.choice((self.word(), self.phrase(), f"({self.near()})", mixed))
            return f"{rnd.choice(PARTS)}:{inside}"
        if roll < 0.45:
            inside = rnd.choice((self.word(), self.phrase(), f"({self.near()})"))
            return f"{rnd.choice(('', '-'))}{rnd.choice(('quote', 'answer', 'question'))}:{inside}"
        if roll < 0.6:
            return f"{rnd.choice(('', '', '-'))}{self.named()}"
        return rnd.choice((self.word(), self.word(), self.phrase(), self.near(), f"-{self.phrase()}"))

    def query(self, depth: int = 2) -> str:
        rnd = self.random
        clauses = [self.clause(depth) for _ in range(rnd.choice((1, 1, 2, 2, 3)))]
        return rnd.choice((" ", " ", " OR ")).join(clauses)

    def question(self) -> Invented:
        rnd = self.random
        scope = rnd.choice(("articles", "articles", "quotes", "speaker"))
        text = self.query() if rnd.random() < 0.85 else ""
        pairs: list[tuple[str, str]] = [("q", text)]
        values = {
            "publication": [thing.slug for thing in self.publications],
            "section": [thing.slug for thing in self.sections],
            "topic": [thing.slug for thing in self.topics],
            "author": ["s0", "s1", "s2"],
            "speaker": ["s0", "s1", "s2"],
            "language": ["en", "de", "fr"],
            "kind": ["direct", "mixed", "answer", "question"],
            "standing": ["unreviewed", "confirmed", "disputed"],
        }
        if scope == "speaker":
            del values["speaker"]
        given: dict[str, list[tuple[str, tuple[str, ...]]]] = {"": [], "-": []}
        for name, known in values.items():
            for sign, chance in (("", 0.1), ("-", 0.06)):
                if rnd.random() < chance:
                    chosen = tuple(sorted(rnd.sample(known, rnd.choice((1, 1, 2)))))
                    given[sign].append((name, chosen))
                    pairs += [(sign + name, value) for value in chosen]
        asked = Asked(
            scope=scope,
            root=parse(text, "articles" if scope == "articles" else "quotes").root,
            any_of=tuple(given[""]),
            none_of=tuple(given["-"]),
            speaker="s0" if scope == "speaker" else "",
            **self.singles(pairs),
        )
        pairs.append(("sort", rnd.choice(("", "", "newest", "oldest", "added", "random"))))
        return Invented(scope, urlencode(pairs), asked, self.speakers[0] if scope == "speaker" else None)

    def singles(self, pairs: list[tuple[str, str]]) -> dict:
        rnd = self.random
        found: dict = {}
        if rnd.random() < 0.1:
            pairs.append(("from", "2019-03"))
            found["since"] = dt.date(2019, 3, 1)
        if rnd.random() < 0.1:
            pairs.append(("to", "2019"))
            found["until"] = dt.date(2019, 12, 31)
        if rnd.random() < 0.1:
            found["checked"] = rnd.choice(("person", "rule"))
            pairs.append(("checked", found["checked"]))
        if rnd.random() < 0.1:
            found["copies"] = "one"
            pairs.append(("copies", "one"))
        if rnd.random() < 0.05:
            pairs.append(("as_of", "2025-12-15T00:00:00Z"))
            found["as_of"] = dt.datetime(2025, 12, 15, tzinfo=dt.UTC)
        if rnd.random() < 0.05:
            pairs.append(("added", "2025"))
            found["added"] = (dt.datetime(2025, 1, 1, tzinfo=dt.UTC), dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
        return found


@dataclass(frozen=True)
class Invented:
    scope: str
    query: str
    asked: Asked
    speaker: Speaker | None
