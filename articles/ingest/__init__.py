"""Import articles: from raw bytes to stored rows, and roll back a batch."""
