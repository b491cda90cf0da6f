"""The permissions of every URL of the project, by role. A URL without a rule fails the tests."""

from __future__ import annotations

import re
from dataclasses import dataclass

ROLES = ("anonymous", "outsider", "no group", "reader", "editor", "chief editor", "superuser")
# Each may do what those after it may not: the least first.
EVERYBODY = frozenset(ROLES)
VISITORS = frozenset(ROLES[:2])
STAFF = frozenset(ROLES[2:])
READERS = frozenset(ROLES[3:])
EDITORS = frozenset(ROLES[4:])
CHIEFS = frozenset(ROLES[5:])
OPERATOR = frozenset(ROLES[6:])
NOBODY: frozenset[str] = frozenset()

SHOWN, MOVED, ELSEWHERE, BAD, MISSING, NOT_TAKEN = 200, 301, 302, 400, 404, 405
LOGIN, REFUSED = "login", "refused"
REFUSALS = {403, 404, 405}
Answers = dict[frozenset[str], int]


@dataclass(frozen=True)
class Rule:
    """What those get who may open the page, and those who may send its form, the form being empty."""

    get: Answers
    post: Answers
    writes: bool = False

    def answer(self, method: str, role: str) -> int | str:
        """By default a visitor is asked to log in, and everybody else refused."""
        answers: Answers = getattr(self, method)
        found = next((answer for roles, answer in answers.items() if role in roles), None)
        return found or (LOGIN if method == "get" and role in VISITORS else REFUSED)


def reads(who: frozenset[str], page: int = SHOWN) -> Rule:
    return Rule({who: page}, {who: NOT_TAKEN})


def edits(who: frozenset[str], sent: int = SHOWN, *, readers: frozenset[str] | None = None) -> Rule:
    return Rule({readers or who: SHOWN}, {who: sent}, writes=True)


def only_sent(who: frozenset[str], sent: int = ELSEWHERE) -> Rule:
    return Rule({who: NOT_TAKEN}, {who: sent}, writes=True)


def same_for(who: frozenset[str], answer: int = SHOWN) -> Rule:
    """A page that takes no heed of how it is asked for, and writes nothing."""
    return Rule({who: answer}, {who: answer})


ROW = "<path:object_id>/"
DESK = {
    "": reads(READERS),
    "selected/": only_sent(EDITORS, BAD),
    "paste/": edits(EDITORS),
    "paste/keep/": only_sent(EDITORS, SHOWN),
    "paste/throw-away/": only_sent(EDITORS),
    "<int:pk>/": edits(EDITORS),
    "<int:pk>/keep/": only_sent(EDITORS, SHOWN),
    "<int:pk>/throw-away/": only_sent(EDITORS),
    "<int:pk>/take-over/": only_sent(EDITORS),
    "<int:pk>/confirm/": same_for(EDITORS, ELSEWHERE),
    "<int:pk>/near/": edits(EDITORS, BAD),
    "<int:pk>/withhold/": edits(EDITORS),
    "<int:pk>/versions/": reads(READERS),
    "<int:pk>/versions/<int:number>/": edits(EDITORS, readers=READERS),
    "withheld/": reads(READERS),
    "quotes/<int:pk>/alike/": edits(EDITORS, ELSEWHERE),
    "log/": reads(CHIEFS),
    "account/": Rule({STAFF: SHOWN}, {STAFF: SHOWN}),
    "account/two-step/": edits(STAFF),
    "speakers.json": reads(READERS),
    "names/": edits(EDITORS, ELSEWHERE, readers=READERS),
    "speakers/import/": edits(EDITORS),
    "credits/": edits(EDITORS, MISSING),
    "alike/": edits(EDITORS, BAD),
    "doubtful/": reads(READERS),
    "merging/": edits(EDITORS),
    "merging/topics/": edits(EDITORS),
    "merging/topics.json": reads(EDITORS),
    "merging/sections/": edits(CHIEFS),
    "merging/sections.json": reads(CHIEFS),
    "splitting/<int:pk>/": edits(EDITORS),
    "acts/": edits(EDITORS, MISSING, readers=READERS),
    "reports/": edits(EDITORS, MISSING),
    "reports/<int:pk>/": edits(EDITORS),
    "rules/": edits(CHIEFS, readers=EDITORS),
    "sample/": edits(EDITORS, MISSING),
    "what-counts/": reads(READERS),
    "searches/": reads(EDITORS),
    "searches/suggest/": Rule({EDITORS: MISSING}, {EDITORS: MISSING}, writes=True),
    "sources/": reads(EDITORS),
    "sources/add/": edits(CHIEFS),
    "sources/<int:pk>/": edits(CHIEFS, readers=EDITORS),
    "imports/": reads(READERS),
    "imports/upload/": edits(EDITORS),
    "imports/<int:pk>/": edits(CHIEFS, SHOWN, readers=READERS),
    "imports/<int:pk>/rejected/": reads(READERS, MISSING),
    "imports/<int:pk>/near/": reads(READERS),
    "publications/<int:pk>/": edits(CHIEFS, readers=READERS),
    "again/": Rule({EVERYBODY: NOT_TAKEN}, {STAFF: ELSEWHERE}),
}
# By table: who adds a row and who changes one. Each may be read by every reader and deleted by nobody.
TABLES = {
    "article": (NOBODY, EDITORS),
    "quote": (NOBODY, EDITORS),
    "speaker": (EDITORS, EDITORS),
    "topic": (EDITORS, EDITORS),
    "notice": (EDITORS, EDITORS),
    "publication": (CHIEFS, CHIEFS),
    "section": (CHIEFS, CHIEFS),
    "importbatch": (NOBODY, NOBODY),
    "rawdocument": (NOBODY, NOBODY),
}
SITE = {
    "": same_for(STAFF),
    "login/": Rule({VISITORS: SHOWN, STAFF: ELSEWHERE}, {EVERYBODY: SHOWN}),
    "login/code/": Rule({EVERYBODY: ELSEWHERE}, {EVERYBODY: ELSEWHERE}),
    "logout/": Rule({VISITORS: ELSEWHERE, STAFF: NOT_TAKEN}, {VISITORS: ELSEWHERE, STAFF: SHOWN}),
    "password_change/": edits(STAFF),
    "password_change/done/": reads(STAFF),
    "autocomplete/": Rule({}, {}),
    "jsi18n/": reads(STAFF),
    "r/<path:content_type_id>/<path:object_id>/": same_for(STAFF, ELSEWHERE),
    "^(?P<app_label>auth|articles|axes)/$": same_for(READERS),
    "(?P<url>.*)$": same_for(STAFF, MISSING),
}
# What everybody may read and nobody may send anything to.
PUBLIC = [
    "healthz",
    "readyz",
    "metrics",
    "opensearch.xml",
    "robots.txt",
    "sitemap.xml",
    "sitemap-<slug:section>.xml",
    "about/",
    "about/accuracy/",
    "about/holdings/",
    "basket/",
    "corrections/",
    "feeds/",
    "help/search/",
    "search/",
    "search/cite/",
    "search/over-time/",
    "search/values/<slug:facet>/",
    "quotes/",
    "quotes/cite/",
    "quotes/over-time/",
    "quotes/values/<slug:facet>/",
    "quotes/find/",
    "quotes/<id:pk>/",
    "quotes/<id:pk>/versions/",
    "articles/<yyyy:year>/<mm:month>/<mm:day>/<id:pk>-<str:slug>/",
    "articles/<yyyy:year>/<mm:month>/<mm:day>/<id:pk>-<str:slug>/history/",
    "articles/undated/<id:pk>-<str:slug>/",
    "articles/undated/<id:pk>-<str:slug>/history/",
    "speakers/",
    "speakers/compare/",
    "speakers/<speaker:slug>/",
    "speakers/<speaker:slug>/cite/",
    "speakers/<speaker:slug>/over-time/",
    "speakers/<speaker:slug>/profile/",
    "speakers/<speaker:slug>/values/<slug:facet>/",
    "publications/",
    "publications/<slug:slug>/",
    "sections/",
    "sections/<slug:slug>/",
    "topics/",
    "topics/<slug:slug>/",
    "archive/",
    "archive/<yyyy:year>/",
    "archive/<yyyy:year>/<mm:month>/",
    "reports/<slug:token>/",
]
# Opening it is written down: who has the article open.
OPENED = "admin/desk/<int:pk>/"
RULES = {
    **{f"admin/{route}": rule for route, rule in SITE.items()},
    **{f"admin/desk/{route}": rule for route, rule in DESK.items()},
    **dict.fromkeys(["", *PUBLIC], reads(EVERYBODY)),
    "articles/<id:pk>/": reads(EVERYBODY, MOVED),
    "archive/<yyyy:year>/<mm:month>/<mm:day>/": reads(EVERYBODY, ELSEWHERE),
    "articles/<id:pk>/report/": edits(EVERYBODY),
    "quotes/<id:pk>/report/": edits(EVERYBODY),
}


def rule_for(route: str) -> Rule | None:
    in_a_table = re.fullmatch(r"admin/(articles|auth|axes)/([a-z]+)/(.*)", route)
    return _rule_in_a_table(*in_a_table.groups()) if in_a_table else RULES.get(route)


def _rule_in_a_table(app: str, table: str, page: str) -> Rule | None:
    if page == ROW:
        return same_for(STAFF, ELSEWHERE)  # Django leads on to the page that asks for the right
    if app != "articles":
        # Accounts, groups and failed logins are the operator's, who is no editor.
        return _OPERATORS.get(f"{table}/{page}") or _OPERATORS.get(page)
    if table not in TABLES:
        return None
    add, change = TABLES[table]
    return {
        "": same_for(READERS),
        "add/": edits(add),
        f"{ROW}change/": edits(change, readers=READERS),
        f"{ROW}history/": same_for(READERS),
        f"{ROW}delete/": same_for(NOBODY),
    }.get(page)


_OPERATORS = {
    "": same_for(OPERATOR),
    "add/": edits(OPERATOR),
    f"{ROW}change/": edits(OPERATOR),
    f"{ROW}history/": same_for(OPERATOR),
    f"{ROW}delete/": edits(OPERATOR),
    "user/<id>/password/": edits(OPERATOR),
    **{f"{log}/add/": same_for(NOBODY) for log in ("accessattempt", "accesslog", "accessfailurelog")},
    # The log of logins is read.
    **{
        f"{log}/{page}": rule
        for log in ("accessattempt", "accesslog", "accessfailurelog")
        for page, rule in {
            f"{ROW}change/": Rule({OPERATOR: SHOWN}, {}),
            f"{ROW}delete/": same_for(NOBODY),
        }.items()
    },
}
