"""The meaning of a search, implemented by brute force over plain text, without an index.

Where this and the search disagree, one of them is wrong.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field, replace

from articles.models import Alias, Article, Publication, Quote, Section, Speaker, Topic
from articles.search.index.stemmers import stem, stemmer_of
from articles.search.query import And, Field, Filter, Near, Node, Not, Or, Term, Words, fold
from articles.text.folding import characters, query_words

QUOTE_FIELDS = {"quote", "answer", "question"}
QUOTE_NAMES = {"speaker", "kind", "standing", "channel"}


class Character(str):
    """A character of a script without spaces; `joined` if nothing is between it and the next one."""

    joined = False


def read_words(text: str) -> list[str]:
    """The words of a text, and the characters of scripts without spaces."""
    return [item for word in query_words(text) for item in _items(word)]


def _items(word: str) -> Iterator[str]:
    found = [Character(character) for character in characters(word)]
    for character in found[:-1]:
        character.joined = True
    yield from found or [word]


def splitmix64(seed: int, id_: int) -> int:
    """The hash by which results are in random order."""
    every = (1 << 64) - 1
    x = (id_ + seed * 0x9E3779B97F4A7C15) & every
    x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & every
    x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) & every
    return x ^ (x >> 31)


@dataclass
class ReadQuote:
    id: int
    article: ReadArticle
    stretches: list[list[str]]
    kind: str
    standing: str
    channel: str
    checked: str
    speakers: set[str]
    first_public_at: dt.datetime | None


@dataclass
class ReadArticle:
    id: int
    language: str
    parts: list[tuple[str, list[str]]]
    values: dict[str, set[str]]
    first: dt.date | None
    last: dt.date | None
    first_public_at: dt.datetime | None
    copy_of: int | None
    quotes: list[ReadQuote] = field(default_factory=list)


@dataclass(frozen=True)
class Asked:
    """A request in plain values: periods as first and last day, names as current slugs."""

    scope: str = "articles"
    root: Node | None = None
    any_of: tuple[tuple[str, tuple[str, ...]], ...] = ()
    none_of: tuple[tuple[str, tuple[str, ...]], ...] = ()
    checked: str = "any"
    since: dt.date | None = None
    until: dt.date | None = None
    added: tuple[dt.datetime, dt.datetime] | None = None
    copies: str = "all"
    speaker: str = ""

    def choosing(self, name: str, value: str) -> Asked:
        """The same request with only this value chosen."""
        rest = tuple(pair for pair in self.any_of if pair[0] != name)
        return replace(self, any_of=(*rest, (name, (value,))))


class Archive:
    """The public archive at a moment, read into memory."""

    def __init__(self, now: dt.datetime) -> None:
        self.now = now
        self._read: dict[tuple, bool] = {}
        merged = dict(Speaker.objects.values_list("pk", "merged_into"))
        slugs = dict(Speaker.objects.values_list("pk", "slug"))

        def today(speaker: int) -> str:
            while merged[speaker]:
                speaker = merged[speaker]
            return slugs[speaker]

        self.names = self._names(today)
        self.articles = [self._article(row, today) for row in self._rows()]
        self.quotes = [quote for article in self.articles for quote in article.quotes]

    def _rows(self) -> Iterable[Article]:
        public = Article.objects.filter(status="usable", visible_from__lte=self.now)
        return public.prefetch_related("images", "topics", "authors", "quotes").select_related(
            "publication", "section"
        )

    def _names(self, today: Callable[[int], str]) -> dict[str, dict[str, set[str]]]:
        """The objects of each written name, by field: slugs, names and aliases."""
        found: dict[str, dict[str, set[str]]] = {}
        for name, model in (("publication", Publication), ("section", Section), ("topic", Topic)):
            known = found.setdefault(name, {})
            for thing in model.objects.all():
                known.setdefault(thing.slug, set()).add(thing.slug)
                for written in (thing.name, *thing.aliases):
                    known.setdefault(key(written), set()).add(thing.slug)
        speakers: dict[str, set[str]] = {}
        for speaker in Speaker.objects.all():
            speakers.setdefault(speaker.slug, set()).add(today(speaker.pk))
            speakers.setdefault(fold(speaker.name), set()).add(today(speaker.pk))
        for alias in Alias.objects.all():
            speakers.setdefault(fold(alias.name), set()).add(today(alias.speaker_id))
        return {**found, "speaker": speakers, "author": speakers, "quoting": speakers}

    def _article(self, row: Article, today: Callable[[int], str]) -> ReadArticle:
        article = ReadArticle(
            id=row.pk,
            language=row.language,
            parts=[
                *(
                    (name, read_words(getattr(row, name)))
                    for name in ("headline", "standfirst", "byline", "kicker", "body")
                ),
                *(("caption", read_words(image.caption)) for image in row.images.all()),
            ],
            values={
                "publication": {row.publication.slug},
                "section": {row.section.slug} if row.section else set(),
                "topic": {topic.slug for topic in row.topics.all()},
                "author": {today(author.pk) for author in row.authors.all()},
                "language": {row.language} - {""},
            },
            first=row.published_on,
            last=last_day(row.published_on, row.published_precision),
            first_public_at=row.first_public_at,
            copy_of=row.copy_of_id,
        )
        for quote in row.quotes.all():
            if quote.status == "accepted" and quote.standing != "withdrawn":
                article.quotes.append(self._quote(quote, article, today))
        return article

    def _quote(self, row: Quote, article: ReadArticle, today: Callable[[int], str]) -> ReadQuote:
        return ReadQuote(
            id=row.pk,
            article=article,
            stretches=[read_words(stretch) for stretch in row.text.split(" […] ")],
            kind=row.kind,
            standing=row.standing,
            channel=row.channel,
            checked="person" if row.decided_by_id else "rule",
            speakers={today(row.speaker_id)} if row.speaker_id else set(),
            first_public_at=row.first_public_at,
        )

    def ids_of_articles(self) -> set[int]:
        return {article.id for article in self.articles}

    def quotes_of(self, articles: set[int]) -> set[int]:
        return {quote.id for quote in self.quotes if quote.article.id in articles}

    def without(self, articles: set[int]) -> Archive:
        """The same archive without these articles, as in a search of the past if they are not public now."""
        left = copy(self)
        left.articles = [article for article in self.articles if article.id not in articles]
        left.quotes = [quote for article in left.articles for quote in article.quotes]
        return left

    # The answer ------------------------------------------------------------------------------------

    def ids(self, asked: Asked) -> set[int]:
        """The ids of all results of the request."""
        found: list[ReadArticle] | list[ReadQuote]
        if asked.scope == "articles":
            found = [article for article in self.articles if self._article_meets(asked, article)]
            kept = _one_of_each(list(found), asked.copies)
            return {article.id for article in found if article.id in kept}
        quotes = [quote for quote in self.quotes if self._quote_meets(asked, quote)]
        kept = _one_of_each([quote.article for quote in quotes], asked.copies)
        return {quote.id for quote in quotes if quote.article.id in kept}

    def without_speaker(self, asked: Asked) -> int:
        """The number of results without a named speaker."""
        ids = self.ids(asked)
        if asked.scope == "articles":
            found = [article for article in self.articles if article.id in ids]
            return len([article for article in found if not self._speakers(asked, article)])
        return len([quote for quote in self.quotes if quote.id in ids and not quote.speakers])

    def _speakers(self, asked: Asked, article: ReadArticle) -> set[str]:
        """The speakers of quotes that meet the conditions on quotes, or of all quotes if there are none."""
        wanted, unwanted = self._parameters_on_quotes(asked)
        about = [node for node in _parts_of(asked.root) if _about_quotes(node)]
        return {
            slug
            for quote in article.quotes
            if all(test(quote) for test in wanted)
            and not any(test(quote) for test in unwanted)
            and all(self._on_quote(node, quote, asked) for node in about)
            for slug in quote.speakers
        }

    def ordered(self, ids: set[int], scope: str, sort: str, seed: int = 1) -> list[int]:
        """The ids in any order except relevance."""
        things = {thing.id: thing for thing in (self.articles if scope == "articles" else self.quotes)}
        if sort == "random":
            return sorted(ids, key=lambda id_: (splitmix64(seed, id_), id_))
        if sort == "added":
            moments = {id_: things[id_].first_public_at for id_ in ids}
            return sorted(ids, key=lambda id_: (moments[id_] is None, _back(moments[id_]), -id_))
        dates = {id_: (things[id_] if scope == "articles" else things[id_].article).first for id_ in ids}
        if sort == "oldest":
            return sorted(ids, key=lambda id_: (dates[id_] is None, dates[id_] or dt.date.max, id_))
        return sorted(
            ids, key=lambda id_: (dates[id_] is None, -(dates[id_] or dt.date.min).toordinal(), -id_)
        )

    def _article_meets(self, asked: Asked, article: ReadArticle) -> bool:
        nodes = _parts_of(asked.root)
        wanted, unwanted = self._parameters_on_quotes(asked)
        return (
            self._frame(asked, article, article.first_public_at)
            and self._values_meet(asked, article)
            and self._group(nodes, article, asked, wanted, unwanted)
        )

    def _quote_meets(self, asked: Asked, quote: ReadQuote) -> bool:
        wanted, unwanted = self._parameters_on_quotes(asked)
        return (
            self._frame(asked, quote.article, quote.first_public_at)
            and self._values_meet(asked, quote.article)
            and (not asked.speaker or asked.speaker in quote.speakers)
            and all(test(quote) for test in wanted)
            and not any(test(quote) for test in unwanted)
            and all(self._on_quote(node, quote, asked) for node in _parts_of(asked.root))
        )

    def _frame(self, asked: Asked, article: ReadArticle, public: dt.datetime | None) -> bool:
        if asked.since and not (article.last and article.last >= asked.since):
            return False
        if asked.until and not (article.first and article.first <= asked.until):
            return False
        return not asked.added or bool(public and asked.added[0] <= public < asked.added[1])

    def _values_meet(self, asked: Asked, article: ReadArticle) -> bool:
        chosen = all(
            article.values[name] & set(values) for name, values in asked.any_of if name not in QUOTE_NAMES
        )
        left_out = any(
            article.values[name] & set(values) for name, values in asked.none_of if name not in QUOTE_NAMES
        )
        return chosen and not left_out

    def _parameters_on_quotes(self, asked: Asked) -> tuple[list[Callable], list[Callable]]:
        def test(name: str, values: Sequence[str]) -> Callable[[ReadQuote], bool]:
            if name == "speaker":
                return lambda quote: bool(quote.speakers & set(values))
            return lambda quote: getattr(quote, name) in values

        wanted = [test(name, values) for name, values in asked.any_of if name in QUOTE_NAMES]
        unwanted = [test(name, values) for name, values in asked.none_of if name in QUOTE_NAMES]
        if asked.checked != "any":
            wanted.append(test("checked", [asked.checked]))
        return wanted, unwanted

    # Groups: what one AND group asks of quotes holds of one and the same quote ----------------------

    def _group(
        self,
        nodes: Sequence[Node],
        article: ReadArticle,
        asked: Asked,
        wanted: Sequence[Callable] = (),
        unwanted: Sequence[Callable] = (),
        place: str = "",
    ) -> bool:
        about = [node for node in nodes if _about_quotes(node)]
        others = [node for node in nodes if not _about_quotes(node)]
        if not all(self._on_article(node, article, asked, place) for node in others):
            return False
        if wanted or any(not isinstance(node, Not) for node in about):
            return any(
                all(test(quote) for test in wanted)
                and not any(test(quote) for test in unwanted)
                and all(self._on_quote(node, quote, asked) for node in about)
                for quote in article.quotes
            )
        return not any(
            any(test(quote) for test in unwanted)
            or any(self._on_quote(node.node, quote, asked) for node in about if isinstance(node, Not))
            for quote in article.quotes
        )

    def _on_article(self, node: Node, article: ReadArticle, asked: Asked, place: str = "") -> bool:
        if _about_quotes(node):
            return self._group([node], article, asked)
        if isinstance(node, And):
            return self._group(node.nodes, article, asked, place=place)
        if isinstance(node, Or):
            return any(self._on_article(part, article, asked, place) for part in node.nodes)
        if isinstance(node, Not):
            return not self._on_article(node.node, article, asked, place)
        if isinstance(node, Field):
            return self._on_article(node.node, article, asked, node.name)
        if isinstance(node, Filter):
            return self._filter(node, article)
        return any(
            self._stands(node, part, article.language) for name, part in article.parts if place in ("", name)
        )

    def _on_quote(self, node: Node, quote: ReadQuote, asked: Asked) -> bool:
        if isinstance(node, And):
            return all(self._on_quote(part, quote, asked) for part in node.nodes)
        if isinstance(node, Or):
            return any(self._on_quote(part, quote, asked) for part in node.nodes)
        if isinstance(node, Not):
            return not self._on_quote(node.node, quote, asked)
        if isinstance(node, Field):
            if node.name not in QUOTE_FIELDS:
                return self._on_article(node.node, quote.article, asked, node.name)
            return node.name in ("quote", quote.kind) and self._on_quote(node.node, quote, asked)
        if isinstance(node, Filter):
            if node.name == "speaker":
                return bool(quote.speakers & self._named(node))
            return quote.kind == node.value if node.name == "kind" else self._filter(node, quote.article)
        return any(self._stands(node, stretch, quote.article.language) for stretch in quote.stretches)

    def _named(self, node: Filter) -> set[str]:
        known = self.names[node.name]
        if "-" in node.value and node.value in known:
            return known[node.value]
        written = key(node.value) if node.name in ("publication", "section", "topic") else fold(node.value)
        return known.get(written, set()) | known.get(node.value, set())

    def _filter(self, node: Filter, article: ReadArticle) -> bool:
        if node.name == "language":
            return node.value in article.values["language"]
        if node.name == "before":
            return article.first is not None and article.first < first_day(node.value, self.now)
        if node.name == "after":
            return article.last is not None and article.last >= first_day(node.value, self.now)
        if node.name == "quoting":
            return any(quote.speakers & self._named(node) for quote in article.quotes)
        return bool(article.values[node.name] & self._named(node))

    # Words -----------------------------------------------------------------------------------------

    def _stands(self, node: Node, part: Sequence[str], language: str) -> bool:
        # The same clause is read again for every facet: no text changes meanwhile.
        key = (id(part), node, language)
        if key not in self._read:
            self._read[key] = bool(self._places(node, part, language))
        return self._read[key]

    def _places(self, node: Node, part: Sequence[str], language: str) -> list[tuple[int, int]]:
        """The first and last word of every occurrence; NEAR occurs where its right operand occurs."""
        if isinstance(node, Words):
            wanted = [(term, item) for term in node.terms for item in _items(term.text)]
            different = {str(word) for word in part}
            meant = [
                {word for word in different if self._is(term, item, word, language, node.exact)}
                for term, item in wanted
            ]
            length = len(wanted)
            return [
                (at, at + length - 1)
                for at in range(len(part) - length + 1)
                if all(part[at + n] in meant[n] for n in range(length))
                and all(_joined(part[at + n]) for n in range(length) if _joined(wanted[n][1]))
            ]
        if isinstance(node, Or):
            return [place for child in node.nodes for place in self._places(child, part, language)]
        assert isinstance(node, Near)
        left = self._places(node.left, part, language)
        return [
            (first, last)
            for first, last in self._places(node.right, part, language)
            if any(1 <= first - b <= node.distance or 1 <= a - last <= node.distance for a, b in left)
        ]

    def _is(self, term: Term, item: str, word: str, language: str, exact: bool) -> bool:
        if term.prefix:
            return word.startswith(term.text)
        if word == item or isinstance(item, Character):
            return word == item
        stemmer = stemmer_of(language)
        return not exact and stem(stemmer, word) == stem(stemmer, item)


def _joined(item: str) -> bool:
    return isinstance(item, Character) and item.joined


def key(name: str) -> str:
    """The name of a publication or category without apostrophes and without “The” before it."""
    return fold(re.sub("['’ʼ‘`´]", "", name)).removeprefix("the ")


def _about_quotes(node: Node) -> bool:
    if isinstance(node, Field):
        return node.name in QUOTE_FIELDS
    if isinstance(node, Filter):
        return node.name in ("speaker", "kind")
    return not isinstance(node, Words | Near) and all(_about_quotes(child) for child in node.children())


def _parts_of(root: Node | None) -> Sequence[Node]:
    if root is None:
        return ()
    return root.nodes if isinstance(root, And) else (root,)


def _one_of_each(found: Sequence[ReadArticle], copies: str) -> set[int]:
    """All ids; with folded copies only the original of each article, or else the lowest id."""
    if copies == "all":
        return {article.id for article in found}
    families: dict[int, list[ReadArticle]] = {}
    for article in found:
        families.setdefault(article.copy_of or article.id, []).append(article)
    return {
        min(group, key=lambda item: (item.copy_of is not None, item.id)).id for group in families.values()
    }


def _back(moment: dt.datetime | None) -> float:
    return -moment.timestamp() if moment else 0


def last_day(first: dt.date | None, precision: str) -> dt.date | None:
    if first is None or precision == "day":
        return first
    month = 12 if precision == "year" else first.month
    return dt.date(first.year, month, calendar.monthrange(first.year, month)[1])


def first_day(text: str, now: dt.datetime) -> dt.date:
    if text.startswith("-"):
        return now.date() - dt.timedelta(days=int(text[1:-1]))
    parts = [int(part) for part in text.split("-")]
    return dt.date(*[*parts, 1, 1][:3])
