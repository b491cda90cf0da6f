"""A new text of the source for an article that is here: in place, with its quotes found again."""

from __future__ import annotations

from articles.ingest.pipeline.bulk_write import acceptance, database_now, raw_document
from articles.ingest.pipeline.pending_article import AS_READ, Arrival
from articles.ingest.pipeline.resolver import Speakers
from articles.ingest.pipeline.types import Wishes
from articles.ingest.proposals.create import Acceptance
from articles.ingest.proposals.refresh import repropose
from articles.models import Article
from articles.revisions import change_text

TEXTS = ("headline", "standfirst", "body")


def update_article(pk: int, arrival: Arrival, speakers: Speakers, wishes: Wishes) -> tuple[int, int]:
    """Give the article the parts as now printed; return how many quotes were proposed and accepted anew.

    History keeps the row as it was, and the bytes that came in stand beside the earlier ones.
    """
    parsed = arrival.incoming.parsed
    article = Article.objects.select_for_update().get(pk=pk)
    rest = [name for name in AS_READ if name not in TEXTS and getattr(parsed, name)]
    Article.objects.filter(pk=pk).update(**{name: getattr(parsed, name) for name in rest})
    change_text(article, headline=parsed.headline, standfirst=parsed.standfirst, body=parsed.body)
    arrival.article = article
    raw_document(arrival).save()
    rule: Acceptance | None = acceptance(wishes, database_now())
    return repropose(article, arrival.incoming.reading, speakers, rule)
