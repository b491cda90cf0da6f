"""How reliable the quotes are: the shares checked and without a speaker, and precision on a random sample."""
