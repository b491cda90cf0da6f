"""Names for changes: what a page changed, and the page that changed it, as the audit log lists them."""

from __future__ import annotations

from collections.abc import Mapping

from django.apps import apps
from django.db.models import Model
from django.utils.text import Truncator
from django.utils.translation import gettext, gettext_lazy

from articles.models import Article, AuditEntry, Quote, Turn, last_deletion

# A change of several records is named after the first of these.
MAIN = (
    *("report", "namedecision", "speakerstoldapart", "creditdecision", "ruleswitch", "suggestedsearch"),
    *("source", "notice", "article", "quote", "turn", "speaker", "publication", "section", "topic"),
)
VERBS = {
    AuditEntry.Kind.ADD: gettext_lazy("Added %(type)s: %(name)s"),
    AuditEntry.Kind.CHANGE: gettext_lazy("Changed %(type)s: %(name)s"),
    AuditEntry.Kind.DELETE: gettext_lazy("Deleted %(type)s: %(name)s"),
}
LONGEST = 120
PAGES = {
    "desk": gettext_lazy("To do"),
    "desk-selected": gettext_lazy("Selected articles"),
    "desk-paste": gettext_lazy("Add article"),
    "desk-review": gettext_lazy("Review"),
    "desk-confirm": gettext_lazy("Review"),
    "desk-withhold": gettext_lazy("Withhold"),
    "desk-version": gettext_lazy("Earlier versions"),
    "desk-versions": gettext_lazy("Earlier versions"),
    "near-duplicates": gettext_lazy("Near-duplicates"),
    "propagate-correction": gettext_lazy("Correct the same mistake elsewhere"),
    "desk-speakers-import": gettext_lazy("Import speakers"),
    "desk-names": gettext_lazy("Names"),
    "attribution-conflicts": gettext_lazy("Same words, different speakers"),
    "duplicate-speakers": gettext_lazy("Possible duplicate speakers"),
    "desk-merging": gettext_lazy("Merge two speakers"),
    "desk-splitting": gettext_lazy("Split this speaker"),
    "merge-topics": gettext_lazy("Merge two topics"),
    "merge-sections": gettext_lazy("Merge two sections"),
    "undo": gettext_lazy("Recent actions"),
    "desk-reports": gettext_lazy("Reports"),
    "desk-report": gettext_lazy("Reports"),
    "desk-rules": gettext_lazy("Rules"),
    "desk-sample": gettext_lazy("Random sample"),
    "desk-suggest": gettext_lazy("Searches"),
    "desk-upload": gettext_lazy("Import files"),
    "desk-import": gettext_lazy("Imports"),
    "desk-source": gettext_lazy("Automatic sources"),
    "desk-source-add": gettext_lazy("Automatic sources"),
    "desk-publication": gettext_lazy("Profile of a publication"),
    "account": gettext_lazy("Your account"),
    "login": gettext_lazy("Sign in"),
    "login-code": gettext_lazy("Sign in"),
    "login-again": gettext_lazy("Sign in"),
    "password_change": gettext_lazy("Your account"),
    "two-step": gettext_lazy("Two-step sign-in"),
}


CHANNELS = {
    "desk": gettext_lazy("Editors’ pages"),
    "web": gettext_lazy("Public pages"),
    "proposals": gettext_lazy("Finding quotes"),
    "import": gettext_lazy("Import"),
    "single sign-on": gettext_lazy("Single sign-on"),
}


def channel_label(through: str) -> str:
    """Where a change came from, in words; the command line names no channel."""
    return str(CHANNELS.get(through, through) or gettext("Command line"))


def source_of(context: Mapping[str, str]) -> str:
    """Where a change of the history came from: its page, or else its channel."""
    if page := context.get("page"):
        return page_label(page)
    return channel_label(context.get("through", ""))


def page_label(page: str) -> str:
    """The page or command of an audit log entry, in words."""
    if page in PAGES:
        return str(PAGES[page])
    app, _, rest = page.partition("_")
    name = rest.partition("_")[0]
    if app == "auth":
        return gettext("All records, roles") if name == "group" else gettext("All records, users")
    model = next((one for one in _models() if one._meta.model_name == name), None)
    if model is not None and app == "articles":
        return gettext("All records, %(type)s") % {"type": model._meta.verbose_name_plural}
    return page


def name_changes(changed: list[AuditEntry]) -> str:
    """Name the changes of one page by the record that matters most: “Changed article: Gates opened early”."""
    rank = {name: number for number, name in enumerate(MAIN)}
    main = min(changed, key=lambda one: rank.get(one.about, len(MAIN)))
    model = next((one for one in _models() if one._meta.model_name == main.about), None)
    if model is None or not main.ids:
        return gettext("Changed %(type)s") % {"type": main.about}
    ids = {pk for one in changed if one.about == main.about for pk in one.ids}
    row = model._base_manager.filter(pk=main.ids[0]).first() or _deleted(model, main.ids[0])
    if len(ids) > 1 or row is None:
        return _counted(model, len(ids), row)
    words = {"type": model._meta.verbose_name, "name": Truncator(str(row)).chars(LONGEST)}
    return str(VERBS[AuditEntry.Kind(main.kind)] % words)


def _deleted(model: type[Model], pk: int) -> Model | None:
    """The row as it was when it was deleted, if the model has a history."""
    if not hasattr(model, "pgh_event_model"):
        return None
    last = last_deletion(model, pk)
    if last is None:
        return None
    names = {column.attname for column in last._meta.concrete_fields}
    columns = (column.attname for column in model._meta.concrete_fields if column.attname in names)
    return model(**{name: getattr(last, name) for name in columns})


def _counted(model: type[Model], number: int, row: Model | None) -> str:
    many = number != 1
    words = {"n": number, "types": model._meta.verbose_name_plural if many else model._meta.verbose_name}
    article = row.article if isinstance(row, (Quote, Turn)) else None
    if isinstance(article, Article):
        return gettext("Changed %(n)s %(types)s in %(article)s") % {**words, "article": article}
    return gettext("Changed %(n)s %(types)s") % words


def _models() -> list[type[Model]]:
    return list(apps.get_app_config("articles").get_models())
