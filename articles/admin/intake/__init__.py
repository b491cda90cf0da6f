"""Pages that bring articles and speakers into the archive."""
