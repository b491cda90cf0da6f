"""Parsers of Word files, PDF and mail; the product runs them only in a child process with limits."""
