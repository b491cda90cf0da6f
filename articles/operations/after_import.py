"""What follows the import of many articles: the search index, the counts of words, and the holdings."""

from articles import holdings
from articles.search import count_words_if_grown
from articles.search.index.building import consolidate_if_many, merge_after_import


def after_import() -> None:
    consolidate_if_many()
    merge_after_import()
    count_words_if_grown()
    holdings.compact()
