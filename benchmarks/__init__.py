"""How fast searches are on an archive of any size, beside the ordinary way of searching the same rows."""
