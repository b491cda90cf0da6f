"""Benchmarks of searches, pages and imports, compared with plain PostgreSQL full-text search."""
