"""Load the sample articles of `fixtures/samples/`: import them as any file, then check some as an editor.

Each `*.txt` file has the articles of one story, as text to be edited by hand. `archive.json` has what an
import cannot express: speakers with their roles, corrections, withdrawals, embargoes, and the quotes of the
articles that an editor has checked.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db import transaction

from articles.ingest.pipeline.importer import Fault, import_rows
from articles.ingest.pipeline.types import ImportOptions
from articles.models import Alias, Article, Notice, Publication, Quote, Role, Section, Speaker, Topic
from articles.operations.gold_quotes import apply_gold_quotes, gold_quotes_in, mark_notes
from articles.parsing.tabular.jsonl import read_lines
from articles.speakers.names import free_slugs
from articles.speakers.sort_names import sort_name

FOLDER = settings.BASE_DIR / "fixtures" / "samples"
SURE = 0.9
ACCOUNT = "samples"
# A line that begins so starts an article; the rest of the line is its external id.
START = "=== "


# Objects of archive.json, and articles as rows of an import.
Plan = Mapping[str, Any]


def sample_plan() -> Plan:
    plan: Plan = json.loads((FOLDER / "archive.json").read_text(encoding="utf-8"))
    return plan


def sample_rows(plan: Plan, stories: str = "*") -> list[Plan]:
    """The sample articles as rows of an import, from the files whose names match."""
    papers = {fields["name"]: fields for fields in plan["publications"]}
    files = sorted(FOLDER.glob(f"{stories}.txt"))
    rows = [row for file in files for row in _articles_of(file.read_text(encoding="utf-8"))]
    return [_with_paper(row, papers[row["publication"]]) for row in rows]


def _articles_of(story: str) -> Iterator[Plan]:
    """Read articles like `=== id`, lines `column: value`, a blank line and the body."""
    for written in f"\n{story}".split(f"\n{START}")[1:]:
        head, _, body = written.partition("\n\n")
        external_id, *lines = head.splitlines()
        images: list[dict[str, str]] = []
        row: dict[str, object] = {"external_id": external_id, "body": body.strip(), "images": images}
        for name, _, value in (line.partition(": ") for line in lines):
            if name == "caption":
                caption, _, credit = value.partition(" | ")
                images.append({"caption": caption, "credit": credit})
            else:
                row[name] = value.split(", ") if name == "topics" else value
        yield row


def _with_paper(row: Plan, paper: Plan) -> Plan:
    """Add what follows from the paper: the language, and a link made of the id (`sc-2009-03-14-1`)."""
    path = row["external_id"].partition("-")[2].replace("-", "/")
    return {**row, "language": paper["language"], "source_url": f"{paper['homepage']}{path}"}


@transaction.atomic
def load_samples(*, stories: str = "*") -> int:
    """Load the samples that are missing, and return how many; existing articles are not changed.

    Quotes are checked by an account of the samples that cannot log in. `stories` is a pattern for the names
    of files, to load a part.
    """
    plan = sample_plan()
    by = _sample_editor()
    people = make_names(plan)
    added = _import(plan, by, stories)
    _read(plan["read"], added, people, by)
    _confirm(plan["confirmed"], added, by)
    _add_metadata(plan, added)
    return len(added)


def _sample_editor() -> User:
    account, made = get_user_model().objects.get_or_create(username=ACCOUNT, defaults={"is_active": False})
    if made:
        account.set_unusable_password()
        account.save()
    return account


def make_names(plan: Plan) -> dict[str, Speaker]:
    """Create publications, sections, topics and speakers; return the speakers by name."""
    for model, listed in ((Publication, "publications"), (Section, "sections"), (Topic, "topics")):
        for fields in plan[listed]:
            model._default_manager.get_or_create(slug=fields["slug"], defaults=fields)
    return {fields["name"]: _speaker(fields) for fields in plan["speakers"]}


def _speaker(fields: Plan) -> Speaker:
    name, kind = fields["name"], fields["kind"]
    known = Speaker.objects.named(name).first()
    if known:
        return known
    speaker = Speaker.objects.create(
        name=name,
        slug=free_slugs(Speaker, [name])[name],
        kind=kind,
        description=fields.get("description", ""),
        sort_name=fields.get("sort_name") or sort_name(name, kind),
    )
    for alias in fields.get("aliases", ()):
        Alias.objects.create(speaker=speaker, **alias)
    for role in fields.get("roles", ()):
        days = {edge: dt.date.fromisoformat(role[edge]) for edge in ("since", "until") if edge in role}
        Role.objects.create(speaker=speaker, **{**role, **days})
    return speaker


def _import(plan: Plan, by: User, stories: str) -> dict[str, Article]:
    """Import missing articles with the options of the plan; return them by external id."""
    here = _by_external_id(plan)
    rows = {row["external_id"]: row for row in sample_rows(plan, stories)}
    new = rows.keys() - here.keys()
    embargoed = new & {item["article"] for item in plan["embargoes"]}
    unread = new & set(plan["unread"])
    for names, options in (
        (new - embargoed - unread, ImportOptions(publish=True, accept_from=SURE, create_speakers=True)),
        (unread, ImportOptions(publish=True)),
        (embargoed, ImportOptions(accept_from=SURE)),
    ):
        if names:
            chosen = [json.dumps(row, ensure_ascii=False) for name, row in rows.items() if name in names]
            lines = read_lines(BytesIO("\n".join(chosen).encode()))
            import_rows(lines, options, source="sample articles", started_by=by, on_fault=_refuse)
    return {name: article for name, article in _by_external_id(plan).items() if name in new}


def _refuse(fault: Fault) -> None:
    name = (fault.line.row or {}).get("external_id") if fault.line else fault.row
    raise ValueError(f"sample article {name}: {fault.column} {fault.reason}")


def _by_external_id(plan: Plan) -> dict[str, Article]:
    papers = [fields["slug"] for fields in plan["publications"]]
    found = Article.objects.filter(publication__slug__in=papers, external_id__isnull=False)
    return {article.external_id: article for article in found if article.external_id}


def _read(
    listed: Iterable[Plan],
    added: Mapping[str, Article],
    people: Mapping[str, Speaker],
    by: User,
) -> None:
    for item in listed:
        if article := added.get(item["article"]):
            mark_notes(article, item.get("notes", ()))
            apply_gold_quotes(article, gold_quotes_in(article, item["quotes"], people), by=by)


def _confirm(names: Iterable[str], added: Mapping[str, Article], by: User) -> None:
    """Accept every quote that was found in these articles, as an editor who agrees with all of them."""
    for article in (added[name] for name in names if name in added):
        for quote in article.quotes.all():
            quote.accept(by=by, through=Quote.Through.COMMAND)
        article.quotes_state = article.quotes.reading_state()
        article.save(update_fields=["quotes_state"])


def _add_metadata(plan: Plan, added: Mapping[str, Article]) -> None:
    """Add notices, embargoes, statuses and versions."""
    for item in plan["notices"]:
        if article := added.get(item["article"]):
            fields = {"kind": item["kind"], "whose": item["whose"], "text": item["text"]}
            Notice.objects.create(article=article, dated=dt.date.fromisoformat(item["dated"]), **fields)
    for item in plan["embargoes"]:
        until = dt.datetime.fromisoformat(item["visible_from"])
        _change(added, item["article"], status=Article.Status.USABLE, visible_from=until)
    for item in plan["statuses"]:
        _change(added, item["article"], status=item["status"])
    here = _by_external_id(plan)
    for item in plan["versions"]:
        _change(added, item["article"], version_of=here.get(item["replaced_by"]))


def _change(added: Mapping[str, Article], name: str, **fields: object) -> None:
    if name in added:
        Article.objects.filter(pk=added[name].pk).update(**fields)
