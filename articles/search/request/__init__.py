"""The request: URL parameters, cleaned and with their names resolved."""
