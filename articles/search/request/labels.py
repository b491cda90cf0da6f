"""Labels of the parameters of a search and of their values, and sentences for values that nothing has."""

from __future__ import annotations

from django.utils.translation import get_language_info, gettext
from django.utils.translation import gettext_lazy as _

from articles.search.query.dates import PERIOD, written_date
from articles.search.request.messages import translated
from articles.search.request.query import ResolvedName

# For each parameter with several values: its label, and the label of the one that excludes.
LABELS = {
    "publication": (_("Publication"), _("Exclude publication")),
    "section": (_("Section"), _("Exclude section")),
    "topic": (_("Topic"), _("Exclude topic")),
    "speaker": (_("Speaker"), _("Exclude speaker")),
    "author": (_("Author"), _("Exclude author")),
    "language": (_("Language"), _("Exclude language")),
    "kind": (_("Quote type"), _("Exclude quote type")),
    "standing": (_("Status"), _("Exclude status")),
    "channel": (_("Spoken or written"), _("Exclude spoken or written")),
}
QUOTE_TYPES = {
    "direct": _("full quote"),
    "mixed": _("partial quote"),
    "question": _("question"),
    "answer": _("answer"),
}


def no_such(name: str, value: str) -> str:
    """A sentence for readers: nothing in the archive has this name."""
    texts = {
        "publication": gettext("We have no publication called “%(name)s”"),
        "section": gettext("We have no section called “%(name)s”"),
        "topic": gettext("We have no topic called “%(name)s”"),
        "speaker": gettext("We have no speaker called “%(name)s”"),
        "quoting": gettext("We have no speaker called “%(name)s”"),
        "author": gettext("We have no author called “%(name)s”"),
    }
    return texts[name] % {"name": value}


def several(name: str, value: str) -> str:
    """A sentence for readers: several things in the archive have this name."""
    texts = {
        "publication": gettext("Several publications are called “%(name)s”"),
        "section": gettext("Several sections are called “%(name)s”"),
        "topic": gettext("Several topics are called “%(name)s”"),
        "speaker": gettext("Several speakers are called “%(name)s”"),
        "quoting": gettext("Several speakers are called “%(name)s”"),
        "author": gettext("Several authors are called “%(name)s”"),
    }
    return texts[name] % {"name": value}


def value_label(name: str, value: str, named: ResolvedName | None = None) -> str:
    """The label of a value: the name of the object, language or quote type, or the choice of the form."""
    choices = {
        ("checked", "person"): gettext("Checked by an editor"),
        ("checked", "rule"): gettext("Found automatically, not checked"),
        ("copies", "one"): gettext("hidden"),
    }
    if (name, value) in choices:
        return choices[name, value]
    if name == "kind":
        return str(QUOTE_TYPES.get(value, value))
    if name == "language":
        try:
            return str(get_language_info(value)["name_translated"])
        except KeyError:
            return value
    return named.label if named and named.label else value


def date_label(value: str) -> str:
    """A date of a URL as it is written, as “30 May 2019”; other values as they are."""
    return translated(written_date(value)) if PERIOD.fullmatch(value) else value
