"""Plain-text functions without knowledge of articles: folding, annotated text, CSV cells, time zones."""
