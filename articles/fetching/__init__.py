"""The world outside: pages of strangers, read where they can do no harm."""
