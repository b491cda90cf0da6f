"""The search engine: finds the documents of a request, counts and orders them."""
