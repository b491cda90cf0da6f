"""Parsers of HTML: pages, fragments, metadata, figures."""
