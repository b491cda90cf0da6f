"""The import pipeline: read, parse, resolve names, detect duplicates, store, roll back."""
