"""Near-duplicate articles: MinHash signatures, pairs, and reports on imports."""
