"""Names of the sort orders of results, for links and for sentences."""

SORTS = {
    "relevance": "Relevance",
    "newest": "Newest",
    "oldest": "Oldest",
    "added": "Last added",
    "random": "Random",
}
ORDERS = {
    "relevance": "the likeliest first",
    "newest": "newest first",
    "oldest": "oldest first",
    "added": "last added first",
    "random": "in random order",
}
