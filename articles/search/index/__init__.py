"""The search index: posting lists in token space, held in immutable segments."""
