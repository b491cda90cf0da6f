"""Every answer equals the brute-force oracle: ids, order, counts, facets, clauses.

That an answer of the past is the one that was given then, `test_as_of.py` holds.
"""

from collections import Counter

import pytest
from django.http import QueryDict

from articles import search
from articles.models import SearchNote, SearchSegment
from articles.search.index import building
from articles.search.query import Not
from tests.search.coverage import Coverage
from tests.search.invented import NOW, Inventor
from tests.search.oracle import Archive
from tests.search.questions import Questions
from tests.sizes import size

ARCHIVES = size(20, 1000)
QUESTIONS = 52


@pytest.fixture(scope="module")
def coverage():
    """The coverage of operators, printed when all requests are run."""
    asked = Coverage()
    yield asked
    if size(0, 1):
        print(asked)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(ARCHIVES))
def test_every_answer_is_what_the_plain_reading_of_the_texts_gives(seed, coverage):
    inventor = Inventor(seed)
    inventor.archive(16)
    archive = Archive(NOW)
    index(archive, seed % 3)
    questions = Questions(seed, archive, inventor.speakers[0])
    differences = []
    for number in range(QUESTIONS):
        invented = questions.question()
        count, found = compare(archive, invented, also_count=number % 5 == 0)
        coverage.add(invented, count)
        differences += [f"{invented.scope} ?{invented.query}\n    {line}" for line in found]
    assert not differences, f"{len(differences)} differences:\n" + "\n".join(differences)


def index(archive, number):
    """Index the archive: all articles in notes, all in segments, or some in each."""
    SearchSegment.objects.all().delete()
    ids = [article.id for article in archive.articles]
    SearchNote.objects.exclude(article_id__in=ids).delete()
    if number:
        building.consolidate(len(ids) if number == 1 else 5)
    if number == 2:
        building.consolidate(5)


def compare(archive, invented, *, also_count=False):
    """The number of results, and every difference between the answer and the oracle."""
    asked = read(invented, invented.query)
    if not asked.is_valid():
        return 0, [f"is taken for malformed: {asked.errors}"]
    answer = search.search(asked.cleaned)
    if asked.parsed.text.strip() and asked.parsed.root is None:
        return 0, [] if answer.count == 0 else ["nothing was understood, and something found"]
    expected = archive.ids(invented.asked)
    paged = [id_ for page in pages(invented, answer) for id_ in page.ids]
    found = [
        *differences("count", answer.count, len(expected)),
        *differences("ids", sorted(paged), sorted(expected)),
        *order_differences(archive, answer.request, paged),
        *facet_differences(archive, invented, answer),
        *year_differences(archive, invented, answer, expected),
        *group_differences(archive, invented, answer),
        *clause_differences(archive, invented, answer),
    ]
    if also_count:
        found += differences("count alone", search.count(asked.cleaned), len(expected))
    return len(expected), found


def read(invented, query):
    return search.ArticleFilter(QueryDict(query), invented.scope, invented.speaker, now=NOW)


def pages(invented, answer):
    yield answer
    for page in range(2, answer.pages + 1):
        yield search.search(read(invented, f"{invented.query}&page={page}").cleaned)


def differences(what, found, expected):
    if found != expected:
        yield f"{what}: {found} where the texts give {expected}"


def order_differences(archive, question, paged):
    if question.sort != "relevance" and len(set(paged)) == len(paged):
        expected = archive.ordered(set(paged), question.scope, question.sort, question.seed)
        yield from differences(f"order {question.sort}", paged, expected)


def facet_differences(archive, invented, answer):
    for facet in answer.facets:
        counts = {value.value: value.count for value in facet.values}
        for value in values_of(archive, facet.name):
            expected = len(archive.ids(invented.asked.choosing(facet.name, value)))
            yield from differences(f"facet {facet.name} {value}", counts.get(value, 0), expected)


def values_of(archive, name):
    """Every facet value that occurs in the archive."""
    if name == "speaker":
        return sorted({slug for quote in archive.quotes for slug in quote.speakers})
    if name == "kind":
        return sorted({quote.kind for quote in archive.quotes})
    return sorted({value for article in archive.articles for value in article.values[name]})


def year_differences(archive, invented, answer, expected):
    # An article and a quote may have the same id.
    things = {
        thing.id: thing for thing in (archive.articles if invented.scope == "articles" else archive.quotes)
    }
    dates = [getattr(things[id_], "article", things[id_]).first for id_ in expected]
    years = Counter(date.year for date in dates if date)
    yield from differences("years", answer.years, dict(years))
    yield from differences("undated", answer.undated, len(expected) - years.total())


def group_differences(archive, invented, answer):
    """Groups count like facets; results without a named speaker are counted separately."""
    name = answer.request.group
    if answer.without_speaker is not None:
        expected = archive.without_speaker(invented.asked)
        yield from differences("without speaker", answer.without_speaker, expected)
    if name in ("publication", "speaker"):
        counts = {value.value: value.count for value in answer.groups}
        for value in values_of(archive, name):
            expected = len(archive.ids(invented.asked.choosing(name, value)))
            yield from differences(f"group {name} {value}", counts.get(value, 0), expected)


def clause_differences(archive, invented, answer):
    for clause, parsed in zip(answer.clauses, answer.request.parsed.clauses, strict=True):
        node = parsed.node.node if isinstance(parsed.node, Not) else parsed.node
        alone = archive.ids(invented.asked.__class__(**{**vars(invented.asked), "root": node}))
        yield from differences(f"clause {clause.text}", clause.count, len(alone))
