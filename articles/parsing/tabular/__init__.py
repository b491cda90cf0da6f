"""Parsers of import rows: CSV, JSON Lines, column mappings, speaker tables."""
