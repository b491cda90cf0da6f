"""The review page of an article: its form, proposals, versions and autosave."""
