"""Fetches pages from the web, and parses untrusted HTML in a process with limits."""
