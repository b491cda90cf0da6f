"""Whatever is written, through whatever door, the index says at once what the record says."""

import datetime as dt
import random

from django.contrib.auth import get_user_model
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.test import TransactionTestCase
from django.utils import timezone

from articles.extraction import ExtractionResult, Span
from articles.models import (
    GAP,
    Article,
    ArticleTopic,
    Authorship,
    Image,
    Quote,
    QuoteDocument,
    SearchDocument,
    Speaker,
)
from articles.near_duplicates.minhash import update_signatures, without_current_signature
from articles.operations.integrity import faults
from articles.parsing import ParsedArticle, ParsedImage
from articles.revisions import change_text
from articles.search.index import building
from tests.factories import make_article, make_publication, make_section, make_speaker, make_topic, make_turn
from tests.ingest.readings import store
from tests.sizes import size

TEXT = """flood bridge council “river” Tarrin’s Núñez carbon-tax meadow U.S. ﬁrst stove, Ælfric lambs 1,200
– was wet the and said counted łąka ordinary straße don't e-mail iron/steel <b>quiet</b> siren reckoned bus"""
WORDS = TEXT.split()
LANGUAGES = ["en", "de", "fr-CA", "", "pl", "EN"]
CHANNELS = ["spoken", "written", "unknown"]
DAY = dt.timedelta(days=1)


class Writer:
    """Writes at random, always the same for the same seed; remembers what it did for whoever must look."""

    languages = LANGUAGES

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311 (dice, not a lock)
        self.number = 0
        self.diary: list[str] = []
        self.editor = get_user_model().objects.create_user("gwen")
        self.publications = [
            make_publication(name) for name in ("Selwy Courier", "Corran Post", "Tarrin Bell")
        ]
        self.sections = [make_section(name) for name in ("Home news", "Farming")]
        self.topics = [make_topic(name) for name in ("Floods", "Schools", "Lambs")]
        self.speakers = [
            make_speaker(name) for name in ("Ada Okafor", "Osric Pell", "Mira Tolland", "Ruth Embry")
        ]
        self.acts = [
            getattr(self, name) for name in dir(type(self)) if name.startswith(("add_", "change_", "take_"))
        ]

        # Quotes thrice as often as the rest: too many acts take them away again.
        self.weights = [3 if "quote" in act.__name__ and "add" in act.__name__ else 1 for act in self.acts]

    def write(self) -> None:
        (act,) = self.dice.choices(self.acts, self.weights)
        self.diary.append(act.__name__)
        try:
            with transaction.atomic():
                act()
        except IntegrityError as error:
            # Two copies that come to one paper and day are refused, and the record stays as it was.
            if "article_same_text_and_headline" not in str(error):
                raise

    # -- what there is to choose from

    def words(self, least: int = 3, most: int = 30) -> str:
        self.number += 1
        return " ".join([*self.dice.choices(WORDS, k=self.dice.randint(least, most)), f"nr{self.number}"])

    def one(self, queryset):
        rows = list(queryset.order_by("pk"))
        return self.dice.choice(rows) if rows else None

    def article(self) -> Article:
        return self.one(Article.objects.all()) or self.add_article()

    def some(self) -> list[int]:
        ids = sorted(Article.objects.values_list("pk", flat=True))
        return self.dice.sample(ids, min(len(ids), self.dice.randint(1, 4)))

    def when(self) -> dt.datetime:
        return timezone.now() + self.dice.choice([-3, -1, 2, 30]) * DAY

    def place(self, text: str) -> list[list[int]]:
        """One or two stretches of whole words."""
        ends, at = [], 0
        for word in text.split(" "):
            ends.append((at, at + len(word)))
            at += len(word) + 1
        picked = sorted(self.dice.sample(range(len(ends)), min(len(ends), self.dice.choice([2, 4]))))
        pairs = zip(picked[::2], picked[1::2], strict=False)
        return [[ends[first][0], ends[last][1]] for first, last in pairs]

    # -- writes

    def add_article(self) -> Article:
        return make_article(
            publication=self.dice.choice(self.publications),
            section=self.dice.choice([None, *self.sections]),
            headline=self.words(1, 5),
            standfirst=self.dice.choice(["", self.words()]),
            byline=self.dice.choice(["", "By Gwen Asher"]),
            kicker=self.dice.choice(["", "Farm supplement"]),
            body=self.words(8, 60),
            language=self.dice.choice(self.languages),
            published_on=self.dice.choice([None, dt.date(2019, 5, 30), dt.date(2009, 3, 1)]),
            visible_from=self.when(),
            status=self.dice.choice(["usable", "usable", "draft"]),
            captions=self.dice.choice([(), ("",), (self.words(), self.words())]),
        )

    def add_articles_in_bulk(self) -> None:
        Article.objects.bulk_create(
            Article(
                publication=self.dice.choice(self.publications),
                headline=self.words(1, 4),
                body=self.words(),
                language="en",
                status=self.dice.choice(["usable", "draft", "withheld"]),
            )
            for _ in range(2)
        )

    def add_articles_in_sql(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO articles_article SELECT (jsonb_populate_record(a, jsonb_build_object("
                "'id', nextval('articles_article_id_seq'), 'body', %s::text, 'status', 'usable',"
                " 'first_public_at', null))).* FROM articles_article a WHERE id = %s",
                [self.words(), self.article().pk],
            )

    def add_by_import(self) -> None:
        body = self.words(10, 40)
        parsed = ParsedArticle(
            headline=self.words(1, 4),
            body=body,
            publication="Selwy Courier",
            topics=("Floods", "Ferries"),
            authors=("Ada Okafor",),
            images=(ParsedImage(caption=self.words()),),
        )
        reading = ExtractionResult((), (), (Span(0, 2),), (), ())
        store(parsed, reading, body.encode(), publish=True)

    def add_a_copy(self) -> None:
        first = self.article()
        others = [p for p in self.publications if p.pk != first.publication_id]
        make_article(
            publication=self.dice.choice(others), body=first.body, headline=self.words(1, 3), copy_of=first
        )

    def add_a_quote(self) -> None:
        article = self.article()
        part = self.dice.choice(["body", "body", "headline", "standfirst", "caption"])
        image = self.one(article.images.exclude(caption="")) if part == "caption" else None
        text = image.caption if image else getattr(article, part, "")
        if " " not in text:
            return
        spans = self.place(text)
        status, standing = self.dice.choice(["pending", "accepted", "accepted", "rejected"]), "unreviewed"
        Quote.objects.create(
            article=article,
            part=part,
            image=image,
            kind=self.dice.choice(["direct", "mixed"]),
            spans=spans,
            start=spans[0][0],
            end=spans[-1][1],
            text=GAP.join(text[start:end] for start, end in spans),
            speaker=self.dice.choice([None, *self.speakers]),
            status=status,
            standing=standing,
            decided_by=self.dice.choice([None, self.editor]) if status != "pending" else None,
        )

    def add_an_answer(self) -> None:
        article = self.article()
        turn = make_turn(article, article.body.split(" ")[0], "answer")
        Quote.objects.bulk_create(
            [
                Quote(
                    article=article,
                    kind="answer",
                    turn=turn,
                    start=turn.start,
                    end=turn.end,
                    spans=[[turn.start, turn.end]],
                    text=article.body[turn.start : turn.end],
                    status="accepted",
                    speaker=self.dice.choice(self.speakers),
                )
            ]
        )

    def add_topics(self) -> None:
        for pk in self.some():
            ArticleTopic.objects.get_or_create(article_id=pk, topic=self.dice.choice(self.topics))

    def add_authors(self) -> None:
        self.article().authors.add(self.dice.choice(self.speakers))

    def add_an_image(self) -> None:
        caption = self.dice.choice(["", self.words()])
        Image.objects.create(article=self.article(), caption=caption, position=self.dice.randint(0, 3))

    def change_text_with_its_quotes(self) -> None:
        article = self.article()
        words = article.body.split(" ")
        words.insert(self.dice.randint(0, len(words)), self.words(1, 3))
        change_text(article, body=" ".join(words), headline=self.words(1, 4))

    def change_by_save(self) -> None:
        article = self.one(Article.objects.exclude(quotes__part="standfirst"))
        if article:
            article.standfirst = self.words()
            article.byline = self.dice.choice(["By Lise Amberley", ""])
            article.save()

    def change_status(self) -> None:
        status = self.dice.choice(["usable", "usable", "withheld", "canceled", "draft"])
        Article.objects.filter(pk__in=self.some()).update(status=status)

    def change_embargo(self) -> None:
        Article.objects.filter(pk__in=self.some()).update(visible_from=self.when())

    def change_publication(self) -> None:
        Article.objects.filter(pk__in=self.some()).update(publication=self.dice.choice(self.publications))

    def change_section_in_sql(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE articles_article SET section_id = %s WHERE id = ANY(%s)",
                [self.dice.choice([None, *(s.pk for s in self.sections)]), self.some()],
            )

    def change_language(self) -> None:
        Article.objects.filter(pk__in=self.some()).update(language=self.dice.choice(self.languages))

    def change_date(self) -> None:
        day, precision = self.dice.choice(
            [(None, ""), (dt.date(2020, 2, 1), "month"), (dt.date(2018, 1, 1), "year")]
        )
        Article.objects.filter(pk=self.article().pk).update(published_on=day, published_precision=precision)

    def change_kicker_of_all(self) -> None:
        Article.objects.update(
            kicker=self.dice.choice(["", "News"]), quotes_state=self.dice.choice(["rule", "read"])
        )

    def change_embargo_and_text_at_once(self) -> None:
        Article.objects.filter(pk__in=self.some()).update(
            byline=self.words(1, 2), visible_from=self.when(), status=self.dice.choice(["usable", "draft"])
        )

    def change_caption(self) -> None:
        for image in Image.objects.exclude(pk__in=Quote.objects.filter(image__isnull=False).values("image"))[
            :2
        ]:
            Image.objects.filter(pk=image.pk).update(caption=self.words(), position=self.dice.randint(0, 3))

    def change_owner_of_image(self) -> None:
        image = self.one(
            Image.objects.exclude(pk__in=Quote.objects.filter(image__isnull=False).values("image"))
        )
        if image:
            Image.objects.filter(pk=image.pk).update(article=self.article())

    def change_topics_in_sql(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE articles_articletopic SET article_id = %(pk)s WHERE id = (SELECT min(id)"
                " FROM articles_articletopic t WHERE NOT EXISTS (SELECT FROM articles_articletopic o"
                " WHERE o.article_id = %(pk)s AND o.topic_id = t.topic_id))",
                {"pk": self.article().pk},
            )

    def change_authors(self) -> None:
        self.article().authors.set(self.dice.sample(self.speakers, 2))

    def change_author_in_place(self) -> None:
        if row := self.one(Authorship.objects.all()):
            others = Speaker.objects.exclude(articles_written=row.article)
            Authorship.objects.filter(pk=row.pk).update(speaker=self.one(others) or row.speaker)

    def change_decisions(self) -> None:
        Quote.objects.pending().accept(by=self.editor, through="desk")

    def change_quotes(self) -> None:
        if quote := self.one(Quote.objects.all()):
            quote.status = self.dice.choice(["accepted", "accepted", "rejected", "pending"])
            quote.standing = self.dice.choice(["unreviewed", "confirmed", "disputed", "withdrawn"])
            quote.decided_by = self.dice.choice([None, self.editor])
            quote.channel = CHANNELS[self.number % 3]
            quote.speaker = self.dice.choice([None, *self.speakers])
            quote.save()

    def change_standing_of_all(self) -> None:
        quotes = Quote.objects.filter(article__in=self.some())
        quotes.update(standing=self.dice.choice(["confirmed", "corrected"]))
        quotes.update(channel=CHANNELS[self.number % 3])

    def change_stretches(self) -> None:
        if quote := self.one(Quote.objects.filter(part="body", kind="direct", lost_at__isnull=True)):
            spans = self.place(quote.article.body)
            quote.spans, quote.start, quote.end = spans, spans[0][0], spans[-1][1]
            quote.text = GAP.join(quote.article.body[start:end] for start, end in spans)
            quote.save()

    def change_merges(self) -> None:
        one, other = self.dice.sample(self.speakers, 2)
        Speaker.objects.update(merged_into=None)
        Speaker.objects.filter(pk=one.pk).update(merged_into=other)

    def change_speaker_of_quotes(self) -> None:
        Quote.objects.filter(speaker=self.dice.choice(self.speakers)).update(
            speaker=self.dice.choice(self.speakers)
        )

    def change_version(self) -> None:
        Article.objects.filter(pk__in=self.some()).update(version=F("version") + 1)

    def take_article(self) -> None:
        article = self.one(Article.objects.filter(copies__isnull=True))
        if article and Article.objects.count() > 8:
            article.delete()

    def take_articles_in_sql(self) -> None:
        alone = dict.fromkeys(
            ["copies", "images", "quotes", "turns", "notes", "raw_documents", "topics", "authors"]
        )
        article = self.one(Article.objects.filter(**alone))
        if article and Article.objects.count() > 8:
            with connection.cursor() as cursor:
                cursor.execute("DELETE FROM articles_article WHERE id = %s", [article.pk])

    def take_quotes(self) -> None:
        if quote := self.one(Quote.objects.filter(relayed__isnull=True)):
            quote.delete()

    def take_images(self) -> None:
        Image.objects.filter(article__in=self.some()[:1]).delete()

    def take_topics(self) -> None:
        ArticleTopic.objects.filter(topic=self.dice.choice(self.topics), article__in=self.some()).delete()

    def take_authors(self) -> None:
        Authorship.objects.filter(article__in=self.some()).delete()


class IndexInStepTests(TransactionTestCase):
    def test_after_any_writes_the_index_is_as_a_rebuild_would_make_it(self):
        seed = random.SystemRandom().randrange(10**6) if size(0, 1) else 20190530
        writer = Writer(seed)
        most = [0, 0]
        for number in range(size(250, 20_000)):
            writer.write()
            said = f"seed {seed}, write {number}, after {writer.diary[-4:]}"
            self.assert_first_public_when_first_seen(said)
            # What is still in notes is read from the records; the rest is compared with them by `faults`.
            if number % 10 == 5:
                building.consolidate(8)
            if number % 50 == 49:
                list(building.tidy())
            if number % size(10, 4) == 0:
                # Signatures, which are no part of the index, lag behind what SQL alone wrote.
                list(update_signatures(without_current_signature()))
                self.assertEqual(list(faults()), [], said)
                self.assertEqual(self.stored_articles(), self.expected_articles(), said)
                self.assertEqual(self.stored_quotes(), self.expected_quotes(), said)
                most = list(map(max, most, (SearchDocument.objects.count(), QuoteDocument.objects.count())))
        self.assertTrue(all(number > 5 for number in most), most)
        self.assertEqual(set(writer.diary), {act.__name__ for act in writer.acts})

    seen: dict[type, set[int]]

    def setUp(self):
        self.seen = {Article: set(), Quote: set()}

    def assert_first_public_when_first_seen(self, said):
        """What readers have seen at any time says since when; what they have not seen does not say so."""
        for model, public in ((Article, Article.objects.published()), (Quote, Quote.objects.accepted())):
            self.seen[model] |= set(public.values_list("pk", flat=True))
            told = set(model.objects.filter(first_public_at__lte=timezone.now()).values_list("pk", flat=True))
            here = set(model.objects.values_list("pk", flat=True))
            self.assertEqual(told, self.seen[model] & here, said)

    # -- what the index holds, and what the record says it should, read by other means than the triggers'

    def stored_articles(self):
        documents = SearchDocument.objects.filter(visible_from__lte=timezone.now())
        return {
            d.article_id: (
                d.publication_id, d.section_id, d.topic_ids, d.author_ids, d.speaker_ids, d.language,
                d.copy_of, d.year, d.published_on, d.published_until, d.quotes_state, d.kinds,
            )
            for d in documents
        }  # fmt: skip

    def expected_articles(self):
        return {a.pk: self.article_frame(a) for a in Article.objects.published()}

    def article_frame(self, a: Article):
        quotes = a.quotes.accepted().exclude(speaker=None)
        topics, authors = (
            sorted(a.topics.values_list("pk", flat=True)),
            sorted(a.authors.values_list("pk", flat=True)),
        )
        bits = {"direct": 1, "mixed": 2, "question": 4, "answer": 8}
        kinds = sum(bits[kind] for kind in set(a.quotes.accepted().values_list("kind", flat=True)))
        speakers = sorted(set(quotes.values_list("speaker", flat=True)))
        return (
            a.publication_id, a.section_id, topics, authors, speakers, a.language, a.copy_of_id,
            a.published_on and a.published_on.year, a.published_on, last_day(a), a.quotes_state, kinds,
        )  # fmt: skip

    def stored_quotes(self):
        documents = QuoteDocument.objects.filter(visible_from__lte=timezone.now())
        return {
            d.quote_id: (
                d.article_id, d.speaker_id, d.kind, d.channel, d.standing, d.checked, d.publication_id,
                d.section_id, d.topic_ids, d.author_ids, d.language, d.year, d.published_until,
            )
            for d in documents
        }  # fmt: skip

    def expected_quotes(self):
        return {q.pk: self.quote_frame(q) for q in Quote.objects.accepted().select_related("article")}

    def quote_frame(self, q: Quote):
        a = q.article
        topics, authors = (
            sorted(a.topics.values_list("pk", flat=True)),
            sorted(a.authors.values_list("pk", flat=True)),
        )
        return (
            q.article_id, q.speaker_id, q.kind, q.channel, q.standing, q.checked, a.publication_id,
            a.section_id, topics, authors, a.language, a.published_on and a.published_on.year, last_day(a),
        )  # fmt: skip


def last_day(article: Article) -> dt.date | None:
    first = article.published_on
    if article.published_precision == "month":
        return (first.replace(day=28) + 4 * DAY).replace(day=1) - DAY
    return first.replace(month=12, day=31) if article.published_precision == "year" else first
