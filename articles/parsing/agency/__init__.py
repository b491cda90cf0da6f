"""Parsers of what news agencies send: NITF, NewsML-G2 and ninjs."""
