"""Random archives, reproducible by seed: few words, many edge cases, written in a dozen statements."""

from __future__ import annotations

import datetime as dt
import random
import unicodedata
from collections.abc import Callable, Iterator

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

NOW = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)
_WORDS = """
flood floods flooded flooding tax taxes taxed bridge bridges the of who us carbon river rivers well being
immigrant immigration immigrants running runs Ströme Strom Núñez news new maires maire café 2019 5
well-being iron/steel O’Hara don't Straße strasse cœur coeur
東京 京都 東京都 大阪。京都 都 AKB48の歌 น้ำท่วม ท่วมน้ำ น้ำ พ.ศ. ខ្មែរ မြန်မာ ລາວ
"""
WORDS = tuple(_WORDS.split())
JOINTS = (
    " ",
    " ",
    " ",
    " ",
    " ",
    ", ",
    ". ",
    " – ",
    "-",
    "/",
    "\n\n",
    " “",
    "” ",
    " U.S. ",
    "’s ",
    " <",
    "> ",
    "",
)
LANGUAGES = ("en", "en", "en", "en-gb", "de", "fr", "ja", "", "xx")
PEOPLE = ("Ada Okafor", "Ben Thole", "Zoë Brask", "A. Okafor", "Ada Okafor the Elder")
# A word that stands more often than an index keeps positions of it.
OFTEN = 270


def _full_width(word: str) -> str:
    return "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in word)


# Ways to write a word that all mean the word.
DRESSES: tuple[Callable[[str], str], ...] = (
    str.upper,
    str.title,
    _full_width,
    lambda word: unicodedata.normalize("NFD", word),
    lambda word: f"{word[:2]}\u00ad{word[2:]}",
    lambda word: f"{word[:1]}\u200b{word[1:]}",
    lambda word: f"<{word}>",
    lambda word: f"„{word}“",
    lambda word: word.replace("fl", "ﬂ").replace("ff", "ﬀ"),
)


class Inventor:
    """Makes one archive: every status, merged speakers, copies, embargoes, texts too long for an index."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - the same archive for the same seed
        self.numbers = iter(self.random.sample(range(1, 10**6), 2000))

    def text(self, least: int, most: int) -> str:
        rnd = self.random
        return "".join(self._word() + rnd.choice(JOINTS) for _ in range(rnd.randint(least, most))).strip()

    def _word(self) -> str:
        word = self.random.choice(WORDS)
        return self.random.choice(DRESSES)(word) if self.random.random() < 0.12 else word

    def archive(self, articles: int, *, long: int = 0) -> None:
        """Write `articles` articles; if `long` is given, one of them has that many words."""
        self._names()
        made = [self._article(number, long if number == 1 else 0) for number in range(articles)]
        copies = [(article, article.copy_of_id) for article in made]
        for article in made:
            article.copy_of_id = None
        Article.objects.bulk_create(made)
        # An article may stand before the one whose text it repeats.
        for original in {original for _, original in copies if original}:
            repeating = [article.pk for article, of in copies if of == original]
            Article.objects.filter(pk__in=repeating).update(copy_of=original)
        images = [image for article in made for image in self._images(article)]
        Image.objects.bulk_create(images)
        ArticleTopic.objects.bulk_create(self._topics(made))
        Authorship.objects.bulk_create(self._authors(made))
        quotes = [quote for article in made for quote in self._quotes(article, images)]
        Turn.objects.bulk_create([quote.turn for quote in quotes if quote.turn])
        Quote.objects.bulk_create(quotes)

    def _names(self) -> None:
        names = ("Selwy Courier", "Northmoor Post", "Thane Record")
        self.publications = Publication.objects.bulk_create(
            Publication(pk=self._number(), name=name, slug=name.split()[0].lower(), aliases=[f"The {name}"])
            for name in names
        )
        self.sections = Section.objects.bulk_create(
            Section(pk=self._number(), name=name, slug=name.lower()) for name in ("Home", "Farming")
        )
        self.topics = Topic.objects.bulk_create(
            Topic(pk=self._number(), name=name, slug=name.lower()) for name in ("Floods", "Taxes", "Roads")
        )
        self.speakers = [Speaker(pk=self._number(), name=name, slug=f"s{n}") for n, name in enumerate(PEOPLE)]
        self.speakers[3].merged_into = self.speakers[0]
        self.speakers[4].merged_into = self.speakers[3]
        Speaker.objects.bulk_create(self.speakers)
        Alias.objects.create(pk=self._number(), speaker=self.speakers[1], name="Bénédict Thole")
        self.editor = get_user_model().objects.create(username=f"editor{self.random.random()}")
        self.originals = [self._number(), self._number()]

    def _number(self) -> int:
        """A random unused id, so that ids do not follow the order of creation."""
        return next(self.numbers)

    def _article(self, number: int, long: int) -> Article:
        rnd = self.random
        original = self.originals[number] if number < len(self.originals) else None
        first, precision = self._period()
        return Article(
            pk=original or self._number(),
            publication=rnd.choice(self.publications),
            section=rnd.choice([None, *self.sections]),
            headline=self.text(1, 5) or "Flood",
            kicker=self.text(0, 2),
            standfirst=self.text(0, 8),
            byline=self.text(0, 2),
            body=self._body(number, long),
            language=rnd.choice(LANGUAGES),
            status=rnd.choice(("usable",) * 12 + ("draft", "withheld", "canceled")),
            published_on=first,
            published_precision=precision,
            visible_from=NOW + dt.timedelta(days=rnd.choice((-900, -300, -30, -3, -1, 0, 0, 30))),
            copy_of_id=None if original else rnd.choice([None, None, None, *self.originals]),
            first_public_at=NOW - dt.timedelta(days=rnd.choice((0, 1, 30, 400, 700))),
        )

    def _body(self, number: int, long: int) -> str:
        """A long text with the words that matter at its end, after a word with too many positions."""
        rnd = self.random
        body = f"{self.text(5, 40)} {number}"
        if long:
            return f"{self.text(long, long)} the carbon river {body}"
        if number == 0:
            return f"{rnd.choice(('of ', 'flood tax '))}" * OFTEN + body
        return body

    def _period(self) -> tuple[dt.date | None, str]:
        rnd = self.random
        precision = rnd.choice(("day", "day", "month", "year", ""))
        day = dt.date(rnd.choice((2018, 2019, 2020)), rnd.randint(1, 12), rnd.randint(1, 28))
        first = {"day": day, "month": day.replace(day=1), "year": day.replace(day=1, month=1)}
        return first.get(precision), precision

    def _images(self, article: Article) -> Iterator[Image]:
        for position in range(self.random.choice((0, 0, 1, 2))):
            yield Image(pk=self._number(), article=article, caption=self.text(1, 6), position=position)

    def _topics(self, articles: list[Article]) -> Iterator[ArticleTopic]:
        for article in articles:
            for topic in self.random.sample(self.topics, self.random.choice((0, 1, 2))):
                yield ArticleTopic(pk=self._number(), article=article, topic=topic)

    def _authors(self, articles: list[Article]) -> Iterator[Authorship]:
        for article in articles:
            for author in self.random.sample(self.speakers, self.random.choice((0, 0, 1, 2))):
                yield Authorship(pk=self._number(), article=article, speaker=author)

    def _quotes(self, article: Article, images: list[Image]) -> Iterator[Quote]:
        captions = [image for image in images if image.article is article and len(image.caption) > 8]
        for position in range(self.random.choice((0, 1, 2, 4))):
            image = self.random.choice([None, None, None, *captions])
            text = image.caption if image else article.body
            if len(text) > 8:
                yield self._quote(article, image, text, position)

    def _quote(self, article: Article, image: Image | None, text: str, position: int) -> Quote:
        rnd = self.random
        edge = min(len(text), 400)
        places = sorted(rnd.sample(range(edge + 1), 2 * rnd.choice((1, 1, 2))))
        # Of a long text the end, so that a quote stands past the last position too.
        shift = rnd.choice((0, len(text) - edge))
        spans = [[a + shift, b + shift] for a, b in zip(places[::2], places[1::2], strict=True)]
        kind = rnd.choice(("direct", "direct", "mixed", "question", "answer"))
        turn = None
        if kind in ("question", "answer"):
            whole = len(article.body)
            turn = Turn(pk=self._number(), article=article, start=0, end=whole, role=kind, position=position)
        return Quote(
            pk=self._number(),
            article=article,
            part="caption" if image else "body",
            image=image,
            speaker=rnd.choice([None, *self.speakers]),
            kind=kind,
            turn=turn,
            start=spans[0][0],
            end=spans[-1][1],
            spans=spans,
            text=GAP.join(text[a:b] for a, b in spans),
            status=rnd.choice(("accepted",) * 6 + ("pending", "rejected")),
            # Not drawn: what is drawn after it stays as it was.
            channel=("spoken", "written", "unknown")[len(text) % 3],
            standing=rnd.choice(("unreviewed", "confirmed", "disputed", "corrected", "withdrawn")),
            decided_by=rnd.choice((None, self.editor)),
            first_public_at=NOW - dt.timedelta(days=rnd.choice((0, 1, 30, 400, 700))),
            position=position,
        )
