"""Build an archive of a million quotes, to time pages: few distinct texts with many different quotes.

Building the documents of texts takes most time, and pages of quotes read few of them: each distinct text is
copied several times with other sentences quoted, which the copied documents of articles do not contain.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable
from itertools import islice

from django.db import connection

from articles.models import Alias, Article, Quote, Role, Speaker
from articles.search import count_words
from benchmarks import corpus
from benchmarks.loading import loading, multiply, quote_elsewhere

DISTINCT = 5_000
QUOTES = 6
FEWEST_WORDS = 4
# Average number of quotes per speaker.
QUOTES_PER_SPEAKER = 60
BATCH = 100
_ROLES = ("mayor", "engineer", "teacher", "warden", "secretary", "ferryman", "surveyor")
_BODIES = ("harbour", "school", "council", "hospital", "museum", "waterworks")


def build(articles: int, on_progress: Callable[[int], None]) -> None:
    """Fill an empty archive with a multiple of DISTINCT articles, or fewer than that."""
    rnd = random.Random(corpus.SEED)  # noqa: S311 - the same archive for the same seed
    distinct = min(articles, DISTINCT)
    text = corpus.Text(rnd, None, FEWEST_WORDS)
    _run("SET synchronous_commit = off")
    with loading():
        corpus.write(
            rnd,
            text,
            distinct,
            on_progress,
            speakers=max(100, QUOTES * articles // QUOTES_PER_SPEAKER),
            quotes=QUOTES,
        )
        for _ in multiply(distinct, articles // distinct - 1, corpus.PUBLICATIONS, quotes_too=False):
            pass
        if articles > distinct:
            _run("ANALYZE")
            _quote_others(text, distinct, articles // distinct - 1, on_progress)
    _name_speakers(rnd)
    count_words()


def _run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def _quote_others(text: corpus.Text, distinct: int, copies: int, on_progress: Callable[[int], None]) -> None:
    """Replace the quotes of each copy by other sentences, by the same speakers."""
    texts = Article.objects.filter(pk__lte=distinct).order_by("pk").values_list("pk", "body").iterator()
    while batch := list(islice(texts, BATCH)):
        places: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        first = Quote.objects.filter(article__in=[pk for pk, _ in batch]).order_by("start")
        for quote, article, start, end in first.values_list("pk", "article", "start", "end"):
            if start is not None and end is not None:
                places[article].append((quote, start, end))
        quote_elsewhere(
            (pk + copy * distinct, *_with_others(body, places[pk], text))
            for pk, body in batch
            for copy in range(1, copies + 1)
        )
        on_progress(batch[-1][0] * (copies + 1))


def _with_others(
    body: str, places: list[tuple[int, int, int]], text: corpus.Text
) -> tuple[str, list[tuple[int, int, int, str]]]:
    """Replace the spans by random sentences; return the body and (quote's id, start, end, words) of each."""
    parts: list[str] = []
    found: list[tuple[int, int, int, str]] = []
    at = length = 0
    for quote, start, end in places:
        sentence = text.sentence()
        parts += [body[at:start], sentence]
        length += start - at
        found.append((quote, length, length + len(sentence), sentence))
        at, length = end, length + len(sentence)
    return "".join([*parts, body[at:]]), found


def _name_speakers(rnd: random.Random) -> None:
    """Give speakers names, half of them roles, every third an alias; merge one in a hundred into another."""
    speakers = list(Speaker.objects.order_by("pk"))
    for speaker in speakers:
        first, last = corpus.name(rnd), corpus.name(rnd)
        speaker.name, speaker.sort_name = f"{first} {last}", f"{last}, {first}"
    Speaker.objects.bulk_update(speakers, ["name", "sort_name"], batch_size=1000)
    Alias.objects.bulk_create(
        Alias(speaker=speaker, name=f"{speaker.name[0]}. {speaker.sort_name.split(',')[0]}")
        for speaker in speakers[::3]
    )
    Role.objects.bulk_create(
        Role(
            speaker=speaker,
            title=rnd.choice(_ROLES),
            organisation=f"{corpus.name(rnd)} {rnd.choice(_BODIES)}",
        )
        for speaker in speakers
        if rnd.random() < 0.5
    )
    merged = speakers[99::100]
    for speaker in merged:
        speaker.merged_into_id = speaker.pk - 50
    Speaker.objects.bulk_update(merged, ["merged_into"])
