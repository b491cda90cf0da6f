"""The search engine: compiles a request to SQL and runs it on the search documents."""
