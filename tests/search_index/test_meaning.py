"""The answers from the new index equal the plain reading of the texts."""

import numpy as np
import pytest

from articles.search.engine import statements
from articles.search.index import answering
from articles.search.index.columns import of_articles, of_quotes
from articles.search.index.counting import shuffled
from articles.search.index.hits import Snapshot
from articles.search.index.segment import Document, build
from articles.search.index.stemmers import stem, stemmer_of
from tests.search.invented import NOW, Inventor
from tests.search.oracle import Archive
from tests.search.questions import Questions
from tests.search.test_meaning import compare
from tests.sizes import size


def snapshot_of(archive, number):
    articles = [Document(a.id, stemmer_of(a.language), a.parts) for a in archive.articles]
    quotes = [
        Document(q.id, stemmer_of(q.article.language), [("quote", words) for words in q.stretches])
        for q in archive.quotes
    ]
    segments = [build(articles[n::number]) for n in range(number)]
    of = [build(quotes[n::number]) for n in range(number)]
    return Snapshot(
        segments, [of_articles(each.ids) for each in segments], of, [of_quotes(each.ids) for each in of],
        [each.all for each in segments], [each.all for each in of],
    )  # fmt: skip


class NewArchive(Archive):
    def ordered(self, ids, scope, sort, seed=1):
        if sort == "random":
            numbers = np.array(sorted(ids), np.int64)
            return numbers[np.lexsort((numbers, shuffled(seed, numbers)))].tolist()
        return super().ordered(ids, scope, sort, seed)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(size(12, 400)))
def test_every_answer_is_what_the_plain_reading_of_the_texts_gives(seed, monkeypatch):
    inventor = Inventor(seed)
    inventor.archive(16)
    archive = NewArchive(NOW, lambda word, language: stem(stemmer_of(language), word))
    taken = snapshot_of(archive, 1 + seed % 3)
    monkeypatch.setattr(statements, "rows", lambda found: answering.rows(found[0].question, taken))
    questions = Questions(seed, archive, inventor.speakers[0])
    differences = []
    for _ in range(52):
        invented = questions.question()
        _, found = compare(archive, invented)
        differences += [f"{invented.scope} ?{invented.query}\n    {line}" for line in found]
    assert not differences, f"{len(differences)} differences:\n" + "\n".join(differences)
