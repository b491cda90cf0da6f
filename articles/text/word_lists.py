"""Parses word tables that are written as running text."""


def words(table: str) -> frozenset[str]:
    """Split at white space."""
    return frozenset(table.split())


def phrases(table: str) -> frozenset[str]:
    """Split at bars and line ends; phrases may contain blanks."""
    return frozenset(phrase.strip() for phrase in table.replace("\n", "|").split("|") if phrase.strip())
