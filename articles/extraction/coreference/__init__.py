"""Mentions of people in a text, and the people that sources refer to."""
