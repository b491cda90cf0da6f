"""The addresses of the desk, below ``/admin/desk/``."""

from django.contrib.admin import AdminSite
from django.urls import URLPattern, path

from articles.admin import recovered_input
from articles.admin.audit import audit_log, undo
from articles.admin.intake import import_batches, import_speakers, import_upload, new_article
from articles.admin.queue import (
    conflicting_attributions,
    extraction_rules,
    guidelines,
    near_duplicates,
    views,
    withholding,
    zero_result_searches,
)
from articles.admin.reader_reports import views as reports
from articles.admin.review import article_versions, autosave, propagate_correction
from articles.admin.review import views as review
from articles.admin.speakers import duplicate_speakers, merge_speakers, unlinked_names


def desk_urls(site: AdminSite) -> list[URLPattern]:
    """Every page but the last asks for a login; which rights it asks for stands at the view."""
    guarded = [
        ("desk/", views.what_waits, "desk"),
        ("desk/paste/", new_article.paste, "desk-paste"),
        ("desk/<int:pk>/", review.review, "desk-review"),
        ("desk/<int:pk>/keep/", autosave.keep, "desk-keep"),
        ("desk/<int:pk>/throw-away/", autosave.throw_away, "desk-throw-away"),
        ("desk/<int:pk>/take-over/", autosave.take_over, "desk-take-over"),
        ("desk/<int:pk>/withhold/", withholding.withhold, "desk-withhold"),
        ("desk/<int:pk>/versions/", article_versions.versions, "desk-versions"),
        ("desk/<int:pk>/versions/<int:number>/", article_versions.version, "desk-version"),
        ("desk/withheld/", withholding.withheld, "desk-withheld"),
        ("desk/<int:pk>/near/", near_duplicates.near, "desk-near"),
        ("desk/quotes/<int:pk>/alike/", propagate_correction.like_this, "desk-respoken"),
        ("desk/speakers.json", unlinked_names.suggest_speakers, "desk-speakers"),
        ("desk/speakers/import/", import_speakers.bring_in, "desk-speakers-import"),
        ("desk/names/", unlinked_names.unlinked_names, "desk-names"),
        ("desk/credits/", conflicting_attributions.credits_twice, "desk-credits"),
        ("desk/alike/", duplicate_speakers.alike, "desk-alike"),
        ("desk/merging/", merge_speakers.merging, "desk-merging"),
        ("desk/splitting/<int:pk>/", merge_speakers.splitting, "desk-splitting"),
        ("desk/acts/", undo.acts, "desk-acts"),
        ("desk/log/", audit_log.log, "desk-log"),
        ("desk/reports/", reports.queue, "desk-reports"),
        ("desk/reports/<int:pk>/", reports.decide, "desk-report"),
        ("desk/rules/", extraction_rules.rules, "desk-rules"),
        ("desk/what-counts/", guidelines.what_counts, "desk-quotes-here"),
        ("desk/searches/", zero_result_searches.failed_searches, "desk-searches"),
        ("desk/searches/suggest/", zero_result_searches.suggest, "desk-suggest"),
        ("desk/imports/", import_batches.batches, "desk-imports"),
        ("desk/imports/upload/", import_upload.upload, "desk-upload"),
        ("desk/imports/<int:pk>/", import_batches.batch, "desk-import"),
        ("desk/imports/<int:pk>/near/", near_duplicates.near_in_batch, "desk-import-near"),
    ]
    return [
        *(path(route, site.admin_view(view), name=name) for route, view, name in guarded),
        # It brings a lost text back, and so logs in by itself.
        path("desk/again/", recovered_input.bring_back, name="desk-again"),
    ]
