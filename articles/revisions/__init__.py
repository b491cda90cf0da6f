"""Changing a stored text: what stands in it follows, or is told to be lost."""

from articles.revisions.edit_text import Changes, EditedMeanwhile, change_text

__all__ = ["Changes", "EditedMeanwhile", "change_text"]
