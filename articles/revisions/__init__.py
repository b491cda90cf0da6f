"""Edit and undo stored articles: quotes, turns and notes follow the text, or are marked lost."""

from articles.revisions.edit_text import Changes, EditedMeanwhile, change_text

__all__ = ["Changes", "EditedMeanwhile", "change_text"]
