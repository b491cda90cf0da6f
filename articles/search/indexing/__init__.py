"""Keeps the postings of frequent terms up to date."""
