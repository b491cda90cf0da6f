"""The admin: review pages for editors, and Django's tables of every model."""
