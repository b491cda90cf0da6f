"""The site under gunicorn with more readers than threads for searches."""

import pytest

from articles.models import Article
from articles.operations.sample_data import load_samples
from tests.newsarchive.served import get_at_once, gunicorn

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = ("river", "bridge", "flood", "mayor", "council", "water", "school", "weir", "gate", "valley")


@pytest.fixture
def port(tmp_path):
    load_samples(stories="dam-and-floods")
    # A slow machine is no fault of the program.
    with gunicorn(tmp_path / "log", site="tests.newsarchive.unhurried") as port:
        yield port


def searches(count):
    return [f"/search/?q={WORDS[n % 10]}+OR+{WORDS[n // 10]}" for n in range(count)]


def test_as_many_readers_as_threads_are_all_answered_and_other_pages_too(port):
    others = [Article.objects.published().latest("pk").get_absolute_url(), "/healthz"]
    ten = get_at_once(port, searches(10))
    assert set(ten.values()) == {200}
    statuses = get_at_once(port, [*searches(30), *others])
    assert len(statuses) == 32 and set(statuses.values()) == {200}
