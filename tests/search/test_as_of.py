"""A search as of an instant is the search that was answered then, whatever came since: ids, counts, all."""

import random
from dataclasses import replace

from django.db import connection
from django.http import QueryDict
from django.test import TransactionTestCase

from articles import search
from articles.ingest.former import former_documents_astray, renew_former_documents
from articles.models import Alias, Article, PastQuoteDocument, PastSearchDocument, Publication, Speaker
from articles.revisions import change_text
from articles.search.since import of_today
from tests.factories import make_article
from tests.sizes import size
from tests.test_index_in_step import Writer

ARTICLES = (
    *("", "flood", '"flood"', "council OR river", "flo*", "-bridge", "headline:flood", "caption:river"),
    *("river NEAR/5 flood", '"the and"', "quote:flood", 'speaker:"Ada Okafor"', 'speaker:"Ada O."'),
    *('speaker:"Osric Pell" quote:the', "-speaker:pell", "topic:floods", 'author:"Ada Okafor" the'),
    *('publication:"Corran Post"', "section:farming was", "before:-2500d", "end of the long text"),
    *('"carbon tax meadow"', "byline:gwen OR kicker:supplement", "(flood OR meadow) -council"),
)
PARAMETERS = (
    *("", "", "", "speaker=pell", "-speaker=pell", "publication=corran-post", "-topic=floods", "kind=direct"),
    *(
        "checked=person",
        "language=en",
        "copies=one",
        "from=2019",
        "to=2019",
        "added=-1d",
        "standing=disputed",
    ),
    *("group=publication", "group=speaker", "author=pell", "section=home-news"),
)
QUOTES = (
    "",
    "flood",
    "the OR was",
    '"river"',
    "-council",
    'speaker:"Ada Okafor"',
    "headline:flood",
    "fi* -the",
)


class Historian(Writer):
    """Writes with a change of names now and then, and in one text too long for its positions."""

    def __init__(self, seed):
        super().__init__(seed)
        for speaker, slug in zip(self.speakers, ("okafor", "pell", "tolland", "embry"), strict=True):
            Speaker.objects.filter(pk=speaker.pk).update(slug=slug)
        # Names as often as quotes: nothing in the documents says that they were changed.
        self.weights = [
            4 if any(word in act.__name__ for word in ("merge", "name", "alias")) else weight
            for act, weight in zip(self.acts, self.weights, strict=True)
        ]
        self.long = make_article(headline="Long", body="of the river " * 5_600 + "end of the long text")

    def change_name(self):
        speaker = self.dice.choice(self.speakers)
        name = self.dice.choice(("Ada Okafor", "Osric Pell", "Mira Tolland", "Ruth Embry", "Ada Nwosu"))
        Speaker.objects.filter(pk=speaker.pk).update(name=name)

    def change_slug(self):
        speaker = self.dice.choice(self.speakers)
        Speaker.objects.filter(pk=speaker.pk).update(
            slug=f"named-{self.number}-{self.dice.random()}"[:30].replace(".", "-")
        )

    def change_name_of_publication(self):
        publication = self.dice.choice(self.publications)
        Publication.objects.filter(pk=publication.pk).update(name=self.dice.choice(("Corran Post", "Bell")))

    def add_an_alias(self):
        Alias.objects.get_or_create(speaker=self.dice.choice(self.speakers), name="Ada O.")

    def take_an_alias(self):
        Alias.objects.filter(speaker=self.dice.choice(self.speakers)).delete()

    def change_long_text(self):
        if article := Article.objects.filter(pk=self.long.pk).first():
            change_text(
                article, body=self.dice.choice(("of the river ", "carbon tax meadow ")) + article.body
            )


def now():
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def asked(scope, query, speaker, moment=None, as_of=None):
    data = QueryDict(query, mutable=True)
    if as_of:
        data["as_of"] = as_of.isoformat()
    question = search.ArticleFilter(data, scope, speaker, now=moment)
    assert question.is_valid(), question.errors
    return question.cleaned


def told(scope, query, speaker, **when):
    """All that an answer counts and finds, in order."""
    answer = search.answer(asked(scope, query, speaker, **when))
    ids = list(answer.ids)
    for page in range(2, answer.pages + 1):
        ids += search.answer(asked(scope, f"{query}&page={page}", speaker, **when)).ids
    return {
        "count": answer.count,
        "counted alone": search.count(asked(scope, query, speaker, **when)),
        "ids": ids,
        "facets": {f.name: [(v.value, v.label, v.count) for v in f.values] for f in answer.facets},
        "clauses": [(clause.text, clause.count) for clause in answer.clauses],
        "years": [(year.year, year.count) for year in answer.years],
        "undated": answer.undated,
        "groups": [(value.value, value.label, value.count) for value in answer.groups],
        "excerpts": {result.row.pk: [e.text for e in result.excerpts] for result in answer.results},
    }


class AsOfTests(TransactionTestCase):
    def test_whatever_is_written_later_an_instant_is_answered_as_it_was(self):
        seed = random.SystemRandom().randrange(10**6) if size(0, 1) else 20190530
        historian, dice = Historian(seed), random.Random(seed)  # noqa: S311 (dice, not a lock)
        for _ in range(25):
            historian.write()
        then = []
        for number in range(size(20, 2_000)):
            for _ in range(dice.choice((0, 1, 1, 2))):
                historian.write()
            moment = now()
            for scope, query, speaker in self.questions(dice):
                then.append(
                    (number, moment, scope, query, speaker, told(scope, query, speaker, moment=moment))
                )
            if number % 20 == 19:
                self.assert_told_again(dice.sample(then, min(len(then), 40)), seed)
        self.assert_told_again(then, seed)
        self.assert_former_documents_made_anew_are_the_same(seed)

    def assert_former_documents_made_anew_are_the_same(self, seed):
        self.assertEqual(list(former_documents_astray()), [], seed)
        self.assertGreater(PastSearchDocument.objects.count(), 5)
        for past in (PastSearchDocument, PastQuoteDocument):
            kept = dict(past.objects.values_list("pk", "vector"))
            past.objects.update(vector="", lossy=False, fold_version=0)
            self.assertEqual(len(list(former_documents_astray())), len(kept))
            self.assertEqual(sum(renew_former_documents()), len(kept))
            self.assertEqual(dict(past.objects.values_list("pk", "vector")), kept, seed)
        self.assertEqual(list(former_documents_astray()), [])

    def questions(self, dice):
        yield "articles", f"q={dice.choice(ARTICLES)}&{dice.choice(PARAMETERS)}", None
        words = dice.choice(QUOTES)
        yield "quotes", f"q={words}&{dice.choice(PARAMETERS)}", None
        # A speaker is known by the number: the word in the address may change.
        who = Speaker.objects.filter(merged_into=None).order_by("?").first()
        yield "speaker", f"q={words}", who

    def assert_told_again(self, then, seed):
        self.assert_nothing_told_of_what_is_withheld(then[-12:], seed)
        # The rest is answered as it was; what is withheld, once more or less of it is told.
        Article.objects.filter(status__in=["draft", "withheld"]).update(status="canceled")
        for number, moment, scope, query, speaker, expected in then:
            if speaker:
                speaker = Speaker.objects.get(pk=speaker.pk)
            found = told(scope, query, speaker, as_of=moment)
            # Of what may no longer be shown, nothing is; what is shown reads as it did.
            for id_, texts in found.pop("excerpts").items():
                self.assertEqual(
                    texts, expected["excerpts"][id_], f"seed {seed}: {number} {moment} {scope} {query}"
                )
            self.assert_since(asked(scope, query, speaker, as_of=moment), expected["ids"])
            kept = {name: value for name, value in expected.items() if name != "excerpts"}
            self.assertEqual(found, kept, f"seed {seed}: {number} {moment} {scope} {query}")

    def assert_nothing_told_of_what_is_withheld(self, then, seed):
        """The set is what it was, without those that are withheld now: their words are in no number."""
        withheld = Article.objects.filter(status__in=["draft", "withheld"])
        articles = set(withheld.values_list("pk", flat=True))
        quotes = set(
            PastQuoteDocument.objects.filter(article_id__in=articles).values_list("quote_id", flat=True)
        )
        for number, moment, scope, query, speaker, expected in then:
            if speaker:
                speaker = Speaker.objects.get(pk=speaker.pk)
            found = told(scope, query, speaker, as_of=moment)
            kept = [pk for pk in expected["ids"] if pk not in (articles if scope == "articles" else quotes)]
            said = f"seed {seed}: {number} {moment} {scope} {query}"
            # Of copies of one text another stands for all where the first is withheld.
            if "copies" not in query:
                self.assertEqual((found["ids"], found["count"]), (kept, len(kept)), said)
            question = asked(scope, query, speaker, as_of=moment)
            since = search.answer(replace(question, format="json")).since
            hidden = {row.id for row in since.gone.listed} & (articles if scope == "articles" else quotes)
            self.assertEqual(hidden, set(), said)

    def assert_since(self, question, ids_then):
        """What is new and what is gone are the differences of the two sets, each with its reason."""
        told = search.answer(replace(question, format="json")).since
        ids_now = {row.row.pk for row in search.everything(of_today(question))}
        self.assertEqual({row.id for row in told.new.listed}, ids_now - set(ids_then))
        self.assertEqual({row.id for row in told.gone.listed}, set(ids_then) - ids_now)
        self.assertLessEqual({row.id for row in told.corrected.listed}, ids_now & set(ids_then))
        for group in (told.new, told.gone, told.corrected):
            self.assertEqual(group.count, len(group.listed))
            self.assertTrue(all(row.reasons for row in group.listed))
        shown = {row.row.pk for row in search.everything(question)}
        self.assertEqual(told.not_shown, len(set(ids_then) - shown))
