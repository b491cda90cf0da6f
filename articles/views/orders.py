"""The orders of results, as links name them and as a sentence tells them."""

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
