"""From what a reader types to what is meant: the fold of words, and the grammar of a query."""

from articles.querylang.fold import FOLD_VERSION, Word, fold, fold_sql, words, words_in_place

__all__ = ["FOLD_VERSION", "Word", "fold", "fold_sql", "words", "words_in_place"]
