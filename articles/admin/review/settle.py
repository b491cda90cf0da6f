"""What is left to settle before an article can be published, as a short list for the review page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from articles.admin.review.unread_languages import unread
from articles.ingest.pipeline.reread import doubtful_encodings
from articles.parsing.charsets import CHOICES

if TYPE_CHECKING:
    from articles.admin.review.context import ReviewContext


@dataclass(frozen=True)
class Item:
    """One thing to settle; `kind` says how the page shows the value."""

    kind: str
    value: object = None


def to_settle(review: ReviewContext) -> list[Item]:
    """Missing parts first, then names that the archive lacks, copies, warnings and doubtful turns."""
    article, unknown = review.article, review.article.extra.get("unknown", {})
    items = [Item("field", field) for field in review.missing_fields]
    if not article.body:
        items.append(Item("body"))
    if unknown.get("section"):
        items.append(Item("section", unknown["section"]))
    items += [Item("topic", (number, name)) for number, name in enumerate(unknown.get("topics", []))]
    items += [Item("same", other) for other in review.same_text]
    items += [Item("copy", other) for other in review.copies]
    items += [Item("near", pair) for pair in review.near_duplicates]
    items += [Item("warning", text) for text in (*article.extra.get("warnings", []), *unread(article))]
    used, likely = doubtful_encodings(article)
    if used:
        others = dict.fromkeys([*likely, *CHOICES])
        items.append(Item("encoding", {"used": used, "others": [name for name in others if name != used]}))
    if review.doubtful_turns:
        items.append(Item("turns", review.doubtful_turns))
    return items
