"""Parsers of printed and machine-written dates."""
