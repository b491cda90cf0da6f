"""Noun phrases, clauses and subjects, found without a grammar."""
