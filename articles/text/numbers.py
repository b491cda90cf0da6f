"""Numbers in text that others wrote: ids and positions of forms and URLs."""


def number_in(text: str) -> int:
    """A non-negative number of at most 18 ASCII digits, which a column can hold; -1 for any other text.

    >>> number_in("42"), number_in(""), number_in("-1"), number_in("४२"), number_in("9" * 19)
    (42, -1, -1, -1, -1)
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else -1
