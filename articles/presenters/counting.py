"""Numbers with their noun, such as “1 article” and “2,000 articles”, in the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

# Any: Django’s lazy strings have no public type.
# By «singular,plural» as templates give it: the phrase for a number, and for none.
_NOUNS: dict[str, tuple[Any, Any]] = {
    "article,articles": (
        ngettext_lazy("%(shown)s article", "%(shown)s articles", "number"),
        _("no articles"),
    ),
    "quote,quotes": (ngettext_lazy("%(shown)s quote", "%(shown)s quotes", "number"), _("no quotes")),
    "publication,publications": (
        ngettext_lazy("%(shown)s publication", "%(shown)s publications", "number"),
        _("no publications"),
    ),
    "speaker,speakers": (
        ngettext_lazy("%(shown)s speaker", "%(shown)s speakers", "number"),
        _("no speakers"),
    ),
    "item,items": (ngettext_lazy("%(shown)s item", "%(shown)s items", "number"), _("no items")),
    "value,values": (ngettext_lazy("%(shown)s value", "%(shown)s values", "number"), _("no values")),
    "version,versions": (
        ngettext_lazy("%(shown)s version", "%(shown)s versions", "number"),
        _("no versions"),
    ),
    "interview,interviews": (
        ngettext_lazy("%(shown)s interview", "%(shown)s interviews", "number"),
        _("no interviews"),
    ),
    "match,matches": (ngettext_lazy("%(shown)s match", "%(shown)s matches", "number"), _("no matches")),
    "quote matches,quotes match": (
        ngettext_lazy("%(shown)s quote matches", "%(shown)s quotes match", "number"),
        _("no quotes match"),
    ),
}


def counted(number: int, words: str) -> str:
    """The number with its noun: `counted(3, "quote,quotes")` is “3 quotes”, and 0 gives “no quotes”."""
    if words not in _NOUNS:
        one, many = words.split(",")
        return f"{number:,} {one if number == 1 else many}" if number else f"no {many}"
    some, none = _NOUNS[words]
    return str(some % {"number": number, "shown": f"{number:,}"}) if number else str(none)
