"""Parsers of RSS and Atom feeds and of WordPress exports."""
