"""The answer to a request: results, excerpts, facets, histogram, exports."""
