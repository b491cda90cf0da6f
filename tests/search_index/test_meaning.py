"""The answers from the new index equal the plain reading of the texts."""

import numpy as np
import pytest

from articles.models import SearchNote, SearchSegment
from articles.search.engine import statements
from articles.search.index import answering, building, snapshot
from articles.search.index.counting import shuffled
from articles.search.index.storage import StoredSegment, load
from tests.search.invented import NOW, Inventor
from tests.search.oracle import Archive
from tests.search.questions import Questions
from tests.search.test_meaning import compare
from tests.sizes import size


def snapshot_of(archive, number):
    """All articles in notes, in segments, or some in each."""
    SearchSegment.objects.all().delete()
    ids = [article.id for article in archive.articles]
    SearchNote.objects.exclude(article_id__in=ids).delete()
    if number:
        building.consolidate(len(ids) if number == 1 else 5)
    if number == 2:
        building.consolidate(5)
    taken = snapshot.take()
    return taken


def rows(request, taken):
    stored = [each for each in (*taken.articles, *taken.quotes) if isinstance(each, StoredSegment)]
    load(stored, [request.parsed.root] if request.parsed.root else [])
    return answering.rows(request, taken)


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
    archive = NewArchive(NOW)
    taken = snapshot_of(archive, seed % 3)
    monkeypatch.setattr(statements, "rows", lambda found: rows(found[0].question, taken))
    questions = Questions(seed, archive, inventor.speakers[0])
    differences = []
    for _ in range(52):
        invented = questions.question()
        _, found = compare(archive, invented)
        differences += [f"{invented.scope} ?{invented.query}\n    {line}" for line in found]
    assert not differences, f"{len(differences)} differences:\n" + "\n".join(differences)
