"""Searches of the archive as it was at a past moment, and their differences from today."""
