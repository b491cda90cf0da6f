"""Tables of words written as running text: how the other modules of this room spell them."""


def words(table: str) -> frozenset[str]:
    """The words between blanks."""
    return frozenset(table.split())


def phrases(table: str) -> frozenset[str]:
    """The phrases between bars or line ends; each may hold blanks."""
    return frozenset(phrase.strip() for phrase in table.replace("\n", "|").split("|") if phrase.strip())
