"""The demonstration content of `fixtures/`: imported as any file is, then read as an editor reads.

`articles.jsonl` holds the articles; `archive.json` what an import cannot say: who people are, what was
corrected, withdrawn or held back, and which quotes an editor found in the articles that one has read.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction

from articles.ingest.pipeline.importer import Fault, import_rows
from articles.ingest.pipeline.types import Wishes
from articles.models import (
    Alias,
    Article,
    Notice,
    Publication,
    Quote,
    Role,
    Section,
    Speaker,
    Topic,
)
from articles.operations.gold_annotations import findings_in, mark_notes, read_as_found
from articles.parsing.tabular.jsonl import read_lines
from articles.speakers.names import free_slugs, sort_name

FOLDER = settings.BASE_DIR / "fixtures"
ARTICLES = "articles.jsonl"
SURE = 0.9
ACCOUNT = "samples"


@dataclass(frozen=True)
class SamplesLoaded:
    """What one load added, and how far its quotes are read; noughts where the samples were here already."""

    articles: int
    speakers: int
    quotes_read: int
    quotes_by_rule: int
    quotes_waiting: int


@transaction.atomic
def load_samples(*, by: Any = None) -> SamplesLoaded:
    """Bring in what is not here yet of the samples; what is here stays as people have left it.

    Quotes that the samples give as read by a person are decided by this user, else by an account of the
    samples' own that nobody can log in with.
    """
    plan = json.loads((FOLDER / "archive.json").read_text(encoding="utf-8"))
    by = by or _sample_editor()
    speakers = Speaker.objects.count()
    people = make_names(plan)
    added = _import(plan, by)
    _read(plan["read"], added, people, by)
    _tell(plan, added)
    quotes = Quote.objects.filter(article__in=added.values())
    return SamplesLoaded(
        articles=len(added),
        speakers=Speaker.objects.count() - speakers,
        quotes_read=quotes.filter(decided_by__isnull=False).exclude(status=Quote.Status.REJECTED).count(),
        quotes_by_rule=quotes.filter(status=Quote.Status.ACCEPTED, decided_by__isnull=True).count(),
        quotes_waiting=quotes.pending().count(),
    )


def _sample_editor() -> Any:
    account, made = get_user_model().objects.get_or_create(username=ACCOUNT, defaults={"is_active": False})
    if made:
        account.set_unusable_password()
        account.save()
    return account


def make_names(plan: Mapping[str, Any]) -> dict[str, Speaker]:
    """Publications, sections, topics and speakers with all that is known of them; the speakers by name."""
    for model, listed in ((Publication, "publications"), (Section, "sections"), (Topic, "topics")):
        for fields in plan[listed]:
            model._default_manager.get_or_create(slug=fields["slug"], defaults=fields)
    return {fields["name"]: _speaker(fields) for fields in plan["speakers"]}


def _speaker(fields: Mapping[str, Any]) -> Speaker:
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


def _import(plan: Mapping[str, Any], by: Any) -> dict[str, Article]:
    """Import the articles that are not here, each as the plan wishes; those added, by their papers' ids."""
    here = _by_external_id(plan)
    with (FOLDER / ARTICLES).open("rb") as file:
        lines = {line.row["external_id"]: line for line in read_lines(file) if line.row}
    new = lines.keys() - here.keys()
    held = new & {item["article"] for item in plan["embargoes"]}
    unread = new & set(plan["unread"])
    for names, wishes in (
        (new - held - unread, Wishes(publish=True, accept_from=SURE)),
        (unread, Wishes(publish=True)),
        (held, Wishes(accept_from=SURE)),
    ):
        if names:
            chosen = [line for name, line in lines.items() if name in names]
            import_rows(chosen, wishes, source=f"{FOLDER.name}/{ARTICLES}", started_by=by, fault=_refuse)
    return {name: article for name, article in _by_external_id(plan).items() if name in new}


def _refuse(fault: Fault) -> None:
    raise ValueError(f"{ARTICLES}, line {fault.row}: {fault.column} {fault.reason}")


def _by_external_id(plan: Mapping[str, Any]) -> dict[str, Article]:
    papers = [fields["slug"] for fields in plan["publications"]]
    held = Article.objects.filter(publication__slug__in=papers, external_id__isnull=False)
    return {article.external_id: article for article in held}


def _read(
    listed: Iterable[Mapping[str, Any]], added: Mapping[str, Article], people: Mapping[str, Speaker], by: Any
) -> None:
    for item in listed:
        if article := added.get(item["article"]):
            mark_notes(article, item.get("notes", ()))
            read_as_found(article, findings_in(article, item["quotes"], people), by=by)


def _tell(plan: Mapping[str, Any], added: Mapping[str, Article]) -> None:
    """Notices, embargoes, withdrawals, and which article repeats or replaces which."""
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
    for item in plan["copies"]:
        _change(added, item["article"], copy_of=here.get(item["copy_of"]))
    for item in plan["versions"]:
        _change(added, item["article"], version_of=here.get(item["replaced_by"]))


def _change(added: Mapping[str, Article], name: str, **fields: Any) -> None:
    if name in added:
        Article.objects.filter(pk=added[name].pk).update(**fields)
