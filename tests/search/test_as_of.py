"""A search as of a moment equals the search at that moment, for the articles that are public now.

Where all of them are, it is the same in all: ids, counts, facets. Else it is what the oracle reads in those
that are.
"""

import datetime as dt
import random
from dataclasses import replace

from django.db import connection
from django.http import QueryDict
from django.test import TransactionTestCase
from django.utils import timezone

from articles import search
from articles.models import Alias, Article, PastSearchDocument, Publication, Speaker
from articles.revisions import change_text
from articles.search.history.diff import without_as_of
from articles.search.history.rebuild import check_former_documents
from articles.search.request.query import NAMED
from tests.factories import make_article
from tests.search.oracle import Archive, Asked
from tests.search.questions import Invented
from tests.search.test_meaning import (
    clause_differences,
    facet_differences,
    group_differences,
    values_of,
    year_differences,
)
from tests.sizes import size
from tests.test_index_in_step import Writer

PAST, FUTURE = (dt.datetime(year, 1, 1, tzinfo=dt.UTC) for year in (2020, 2100))
ARTICLES = (
    *("", "flood", '"flood"', "council OR river", "flo*", "-bridge", "headline:flood", "caption:river"),
    *("river NEAR/5 flood", '"the and"', "quote:flood", 'speaker:"Ada Okafor"', 'speaker:"Ada O."'),
    *('speaker:"Osric Pell" quote:the', "-speaker:pell", "topic:floods", 'author:"Ada Okafor" the'),
    *('publication:"Corran Post"', "section:farming was", "before:-2500d", "end of the long text"),
    *('quoting:"Ada Okafor"', 'quoting:pell quoting:"Ada Okafor"', "-quoting:pell the"),
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
    """Random writes with some renames, and one text that is too long for its positions."""

    # Facets count each spelling of a language for itself; the oracle knows one.
    languages = ("en", "de", "", "pl")

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
        for _ in range(12):
            self.add_article()
            self.add_topics()
            self.add_a_quote()
        self.add_authors()
        self.add_an_answer()

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
    """All counts and results of an answer, in order."""
    answer = search.search(asked(scope, query, speaker, **when))
    ids = list(answer.ids)
    for page in range(2, answer.pages + 1):
        ids += search.search(asked(scope, f"{query}&page={page}", speaker, **when)).ids
    return {
        "count": answer.count,
        "counted alone": search.count(asked(scope, query, speaker, **when)),
        "ids": ids,
        "facets": {f.name: [(v.value, v.label, v.count) for v in f.values] for f in answer.facets},
        "clauses": [(clause.text, clause.count) for clause in answer.clauses],
        "years": answer.years,
        "undated": answer.undated,
        "groups": [(value.value, value.label, value.count) for value in answer.groups],
        "excerpts": {result.row.pk: [e.text for e in result.excerpts] for result in answer.results},
    }


class Then:
    """A request at a moment, its answer, and the archive of that moment for the oracle."""

    def __init__(self, number, moment, scope, query, speaker, archive):
        self.number, self.moment, self.scope, self.query = number, moment, scope, query
        self.speaker, self.archive = speaker, archive
        self.told = told(scope, query, speaker, moment=moment)
        self.asked = in_plain_values(asked(scope, query, speaker, moment=moment))

    def __str__(self):
        return f"{self.number} {self.moment} {self.scope} {self.query}"

    def speaker_now(self):
        return self.speaker and Speaker.objects.get(pk=self.speaker.pk)

    def question(self):
        return asked(self.scope, self.query, self.speaker_now(), as_of=self.moment)


def in_plain_values(question):
    """The request for the oracle: periods as days, names as slugs of the moment."""
    any_of, none_of = (
        tuple(
            (name, tuple(slug_of(question, name, value) for value in values)) for name, values in of.items()
        )
        for of in (question.any_of, question.none_of)
    )
    added = question.added and (
        dt.datetime.combine(question.added.first, dt.time(), timezone.get_current_timezone()),
        dt.datetime.max.replace(tzinfo=dt.UTC),
    )
    return Asked(
        scope=question.scope,
        root=question.parsed.root,
        any_of=any_of,
        none_of=none_of,
        checked=question.checked,
        since=question.since and question.since.first,
        until=question.until and question.until.last,
        added=added,
        copies=question.copies,
        speaker=question.speaker.slug if question.speaker else "",
    )


def slug_of(question, name, value):
    return question.named(name, value).slug or value if name in NAMED else value


def unknown_values(archive, answer):
    """Facet values that are counted although no article of the archive has them."""
    for facet in answer.facets:
        if facet.name != "year":
            known = values_of(archive, facet.name)
            yield from (
                (facet, value.value) for value in facet.values if value.count and value.value not in known
            )


class AsOfTests(TransactionTestCase):
    def test_whatever_is_written_later_an_instant_is_answered_as_it_was(self):
        seed = random.SystemRandom().randrange(10**6) if size(0, 1) else 20190530
        historian, dice = Historian(seed), random.Random(seed)  # noqa: S311 (dice, not a lock)
        for _ in range(25):
            historian.write()
        then = []
        for number in range(size(10, 2_000)):
            for _ in range(dice.choice((0, 1, 1, 2))):
                historian.write()
            moment = now()
            archive = Archive(moment)
            for scope, query, speaker in self.questions(dice):
                then.append(Then(number, moment, scope, query, speaker, archive))
            if number % 20 == 19:
                self.assert_told_again(dice.sample(then, min(len(then), 40)), seed)
        self.assert_told_again(then, seed)
        self.assertEqual(list(check_former_documents()), [], seed)
        self.assertGreater(PastSearchDocument.objects.count(), 5)

    def questions(self, dice):
        query, parameter = dice.choice(ARTICLES), dice.choice(PARAMETERS)
        # Both at once seldom find anything.
        yield "articles", dice.choice((f"q={query}", f"q=&{parameter}", f"q={query}&{parameter}")), None
        words = dice.choice(QUOTES)
        yield "quotes", dice.choice((f"q={words}", f"q=&{parameter}", f"q={words}&{parameter}")), None
        # A speaker is known by the number: the word in the address may change.
        who = Speaker.objects.filter(merged_into=None).order_by("pk")
        yield "speaker", f"q={words}", dice.choice(who)

    def assert_told_again(self, then, seed):
        self.hide_some()
        self.assert_nothing_told_of_what_is_not_public(then[-20:], seed)
        # Once every article is public again, all is answered as it was; but for what was deleted.
        Article.objects.exclude(pk__in=Article.objects.published()).update(status="usable", visible_from=PAST)
        here = set(Article.objects.values_list("pk", flat=True))
        whole = [each for each in then if each.archive.ids_of_articles() <= here]
        for each in whole:
            self.assert_answered_as_it_was(each, seed)
        self.assert_nothing_told_of_what_is_not_public([each for each in then if each not in whole], seed)
        self.assertGreater(sum(1 for each in then if each.told["ids"]), len(then) // 3, seed)

    def hide_some(self):
        """Hide every second article in one of the three ways in which an article stops being public."""
        ways = ({"status": "canceled"}, {"status": "withheld"}, {"visible_from": FUTURE})
        for at, article in enumerate(Article.objects.published().order_by("pk")[::2]):
            Article.objects.filter(pk=article.pk).update(**ways[at % 3])

    def assert_answered_as_it_was(self, each, seed):
        found = told(each.scope, each.query, each.speaker_now(), as_of=each.moment)
        said = f"seed {seed}: {each}"
        # Of what may no longer be shown, nothing is; what is shown reads as it did.
        for id_, texts in found.pop("excerpts").items():
            self.assertEqual(texts, each.told["excerpts"][id_], said)
        self.assert_since(
            asked(each.scope, each.query, each.speaker_now(), as_of=each.moment), each.told["ids"]
        )
        kept = {name: value for name, value in each.told.items() if name != "excerpts"}
        self.assertEqual(found, kept, said)

    def assert_nothing_told_of_what_is_not_public(self, then, seed):
        """The answer equals the oracle on the articles that were public then and are public now."""
        public = set(Article.objects.published().values_list("pk", flat=True))
        for each in then:
            hidden = each.archive.ids_of_articles() - public
            archive, question = each.archive.without(hidden), each.question()
            answer = search.search(replace(question, format="json"))
            invented = Invented(each.scope, each.query, each.asked, None)
            expected = archive.ids(each.asked)
            differences = [
                *([] if set(answer.ids) <= expected else ["ids"]),
                *([] if answer.count == search.count(question) == len(expected) else ["count"]),
                *([] if answer.diff.withheld == len(hidden) else ["articles left out"]),
                *facet_differences(archive, invented, answer),
                *year_differences(archive, invented, answer, expected),
                *group_differences(archive, invented, answer),
                *clause_differences(archive, invented, answer),
                *(f"{facet.name} {value}" for facet, value in unknown_values(archive, answer)),
            ]
            rows = [row.id for row in answer.diff.gone.listed]
            told_of = hidden if each.scope == "articles" else each.archive.quotes_of(hidden)
            self.assertEqual(differences, [], f"seed {seed}: {each}")
            self.assertEqual(told_of.intersection(rows), set(), f"seed {seed}: {each}")

    def assert_since(self, question, ids_then):
        """New and gone results are the differences of the two sets, each with a reason."""
        told = search.search(replace(question, format="json")).diff
        ids_now = {row.row.pk for row in search.stream_results(without_as_of(question))}
        self.assertEqual({row.id for row in told.new.listed}, ids_now - set(ids_then))
        self.assertEqual({row.id for row in told.gone.listed}, set(ids_then) - ids_now)
        self.assertLessEqual({row.id for row in told.corrected.listed}, ids_now & set(ids_then))
        for group in (told.new, told.gone, told.corrected):
            self.assertEqual(group.count, len(group.listed))
            self.assertTrue(all(row.reasons for row in group.listed))
        shown = {row.row.pk for row in search.stream_results(question)}
        self.assertEqual(told.not_shown, len(set(ids_then) - shown))
