"""Measure the cost of inserting one accepted quote, with its documents and counts."""

from __future__ import annotations

import random
import time

from django.db import connection, transaction

from articles.models import Article, Speaker
from benchmarks import corpus
from benchmarks.timing import WARM, at_share

SEED = 6


def measure(quotes: int) -> tuple[float, float]:
    """Return the median and 95th percentile in milliseconds; each insert is rolled back."""
    dice = random.Random(SEED)  # noqa: S311 - the same quotes for the same seed
    last = Article.objects.order_by("-pk").values_list("pk", flat=True)[0]
    speakers = list(Speaker.objects.order_by("pk"))
    times = []
    for number in range(quotes + WARM):
        article = Article.objects.get(pk=dice.randint(1, last))
        start, end = dice.choice(corpus.sentences(article.body))
        with transaction.atomic():
            begun = time.perf_counter()
            corpus.quote(article, start, end, dice.choice(speakers)).save()
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            taken = (time.perf_counter() - begun) * 1000
            transaction.set_rollback(True)
        if number >= WARM:
            times.append(taken)
    return at_share(times, 0.5), at_share(times, 0.95)
