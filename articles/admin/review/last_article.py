"""The newspaper of the editor's last article, filled in or suggested where the next one names none."""

from __future__ import annotations

from django.contrib.auth.models import User

from articles.models import Article, AuditEntry
from articles.parsing.newspaper_names import host_of

# Entries of the audit log to look through for an article with a newspaper.
LATEST = 20


def last_article(user: User, besides: Article) -> Article | None:
    """The article with a publication that this editor changed last, according to the audit log."""
    entries = AuditEntry.objects.filter(
        who=user.get_username(), kind=AuditEntry.Kind.CHANGE, about="article", rows=1
    )
    ids = entries.exclude(ids__contains=[besides.pk]).order_by("-at", "-pk").values_list("ids", flat=True)
    latest = list(dict.fromkeys(pk for one in ids[:LATEST] for pk in one))
    articles = Article.objects.select_related("publication", "section").defer("body").in_bulk(latest)
    found = (articles[pk] for pk in latest if pk in articles)
    return next((article for article in found if article.publication_id is not None), None)


def is_similar(one: Article, other: Article) -> bool:
    """Whether both articles come from the same site or, without one, are written in the same style."""
    site = host_of(one.source_url)
    if site or other.source_url:
        return site == host_of(other.source_url)
    return _style(one) == _style(other)


def _style(article: Article) -> tuple[str, str, bool, bool]:
    """Language, first word of the byline, and whether there are a kicker and a dateline."""
    opening = article.byline.split(maxsplit=1)[:1]
    return article.language, "".join(opening).casefold(), bool(article.kicker), bool(article.dateline)
