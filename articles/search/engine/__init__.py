"""The search engine: from a request to its results, in the index."""
