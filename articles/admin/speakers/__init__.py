"""Pages for linking, merging and splitting speakers."""
