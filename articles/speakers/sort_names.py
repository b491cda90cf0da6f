"""The name of a speaker in index order."""

from articles.models import Speaker
from articles.text.person_names import name_parts


def sort_name(name: str, kind: str = Speaker.Kind.PERSON) -> str:
    """Return the name in index order.

    >>> sort_name("Ada Okafor"), sort_name("Jan van der Meer"), sort_name("Tom Reyes Jr.")
    ('Okafor, Ada', 'van der Meer, Jan', 'Reyes, Tom, Jr.')
    >>> sort_name("The Selwy Courier", "organisation")
    'Selwy Courier, The'
    """
    if kind != Speaker.Kind.PERSON:
        first, _, rest = name.partition(" ")
        return f"{rest}, {first}" if rest and first == "The" else name
    parts = name_parts(name)
    return ", ".join(part for part in (parts.family, parts.given, parts.suffix) if part)
