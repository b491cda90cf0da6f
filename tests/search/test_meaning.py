"""Every answer equals the brute-force reading of the same question: ids, counts, facets, clauses, pages."""

from functools import cache

from django.db import connection
from django.http import QueryDict
from django.test import TestCase

from articles import search
from articles.querylang import Not
from tests.search.invented import NOW, Inventor
from tests.search.oracle import Archive

FACETS = ("publication", "section", "topic", "speaker", "author", "language", "kind")


@cache
def stem(word, language):
    with connection.cursor() as cursor:
        cursor.execute("SELECT public.archive_stem(%s, %s)", [word, language])
        return cursor.fetchone()[0]


def check(case, archive, invented):
    """Compare one answer with the oracle's; `case` is the test that fails where they differ."""
    asked = search.ArticleFilter(QueryDict(invented.query), invented.scope, invented.speaker, now=NOW)
    case.assertTrue(asked.is_valid(), asked.errors)
    question = asked.cleaned
    if question.parsed.text.strip() and question.parsed.root is None:
        case.assertEqual(search.answer(question).count, 0)
        return
    expected = archive.ids(invented.asked)
    answer = search.answer(question)
    case.assertEqual(answer.count, len(expected))
    paged = list(answer.ids)
    for page in range(2, answer.pages + 1):
        more = search.ArticleFilter(
            QueryDict(f"{invented.query}&page={page}"), invented.scope, invented.speaker, now=NOW
        )
        paged += search.answer(more.cleaned).ids
    case.assertEqual(len(paged), len(set(paged)))
    case.assertEqual(set(paged), expected)
    case.assertEqual(search.count(question), len(expected))
    check_order(case, archive, question, paged)
    check_facets(case, archive, invented, answer)
    check_clauses(case, archive, invented, answer)


def check_order(case, archive, question, paged):
    things = {thing.id: thing for thing in (archive.quotes if question.of_quotes else archive.articles)}
    dates = [(things[id_].article if question.of_quotes else things[id_]).first for id_ in paged]
    dated = [date for date in dates if date]
    if question.sort in ("newest", "oldest"):
        case.assertEqual(
            dates, sorted(dated, reverse=question.sort == "newest") + [None] * (len(dates) - len(dated))
        )


def check_facets(case, archive, invented, answer):
    for facet in answer.facets:
        counts = {value.value: value.count for value in facet.values}
        known = {
            value
            for article in archive.articles
            for value in (
                {who for quote in article.quotes for who in quote.speakers}
                if facet.name == "speaker"
                else {quote.kind for quote in article.quotes}
                if facet.name == "kind"
                else article.values[facet.name]
            )
        }
        for value in known:
            expected = len(archive.ids(invented.asked.choosing(facet.name, value)))
            case.assertEqual(counts.get(value, 0), expected, f"{facet.name} {value}")
    expected_years = {}
    ids = archive.ids(invented.asked)
    for thing in archive.articles if invented.scope == "articles" else archive.quotes:
        first = (thing if invented.scope == "articles" else thing.article).first
        if thing.id in ids and first:
            expected_years[first.year] = expected_years.get(first.year, 0) + 1
    case.assertEqual({year.year: year.count for year in answer.years if year.count}, expected_years)
    case.assertEqual(answer.undated, len(ids) - sum(expected_years.values()))


def check_clauses(case, archive, invented, answer):
    for clause, parsed in zip(answer.clauses, answer.question.parsed.clauses, strict=True):
        node = parsed.node.node if isinstance(parsed.node, Not) else parsed.node
        alone = archive.ids(invented.asked.__class__(**{**vars(invented.asked), "root": node}))
        if len(answer.clauses) > 1 or isinstance(parsed.node, Not):
            case.assertEqual(clause.count, len(alone), clause.text)


class MeaningTests(TestCase):
    """Three invented archives, some hundred questions to each; `measure` asks many more."""

    def ask(self, seed, questions):
        inventor = Inventor(seed)
        inventor.archive(26)
        archive = Archive(NOW, stem)
        for _ in range(questions):
            invented = inventor.question()
            with self.subTest(scope=invented.scope, query=invented.query):
                check(self, archive, invented)

    def test_the_first_invented_archive(self):
        self.ask(1, 90)

    def test_the_second_invented_archive(self):
        self.ask(2, 90)

    def test_the_third_invented_archive(self):
        self.ask(3, 90)
