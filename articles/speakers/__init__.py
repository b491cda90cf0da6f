"""Entity resolution of speakers: names, lookup, disambiguation, duplicates and merging."""
