"""The addresses of the desk, below ``/admin/desk/``."""

from django.contrib.admin import AdminSite
from django.urls import URLPattern, path

from articles.admin import (
    alike,
    credits,
    desk,
    examples,
    imports_page,
    kept,
    log,
    merging,
    names,
    near,
    paste,
    reports,
    respoken,
    review,
    rules,
    searches,
    speaker_tables,
    taking_back,
    unsaved,
    uploads,
    versions,
    withholding,
)


def desk_urls(site: AdminSite) -> list[URLPattern]:
    """Every page but the last asks for a login; which rights it asks for stands at the view."""
    guarded = [
        ("desk/", desk.what_waits, "desk"),
        ("desk/paste/", paste.paste, "desk-paste"),
        ("desk/<int:pk>/", review.review, "desk-review"),
        ("desk/<int:pk>/keep/", unsaved.keep, "desk-keep"),
        ("desk/<int:pk>/throw-away/", unsaved.throw_away, "desk-throw-away"),
        ("desk/<int:pk>/take-over/", unsaved.take_over, "desk-take-over"),
        ("desk/<int:pk>/withhold/", withholding.withhold, "desk-withhold"),
        ("desk/<int:pk>/versions/", versions.versions, "desk-versions"),
        ("desk/<int:pk>/versions/<int:number>/", versions.version, "desk-version"),
        ("desk/withheld/", withholding.withheld, "desk-withheld"),
        ("desk/<int:pk>/near/", near.near, "desk-near"),
        ("desk/quotes/<int:pk>/alike/", respoken.like_this, "desk-respoken"),
        ("desk/speakers.json", names.suggest_speakers, "desk-speakers"),
        ("desk/speakers/import/", speaker_tables.bring_in, "desk-speakers-import"),
        ("desk/names/", names.unlinked_names, "desk-names"),
        ("desk/credits/", credits.credits_twice, "desk-credits"),
        ("desk/alike/", alike.alike, "desk-alike"),
        ("desk/merging/", merging.merging, "desk-merging"),
        ("desk/splitting/<int:pk>/", merging.splitting, "desk-splitting"),
        ("desk/acts/", taking_back.acts, "desk-acts"),
        ("desk/log/", log.log, "desk-log"),
        ("desk/reports/", reports.queue, "desk-reports"),
        ("desk/reports/<int:pk>/", reports.decide, "desk-report"),
        ("desk/rules/", rules.rules, "desk-rules"),
        ("desk/what-counts/", examples.what_counts, "desk-quotes-here"),
        ("desk/searches/", searches.failed_searches, "desk-searches"),
        ("desk/searches/suggest/", searches.suggest, "desk-suggest"),
        ("desk/imports/", imports_page.batches, "desk-imports"),
        ("desk/imports/upload/", uploads.upload, "desk-upload"),
        ("desk/imports/<int:pk>/", imports_page.batch, "desk-import"),
        ("desk/imports/<int:pk>/near/", near.near_in_batch, "desk-import-near"),
    ]
    return [
        *(path(route, site.admin_view(view), name=name) for route, view, name in guarded),
        # It brings a lost text back, and so logs in by itself.
        path("desk/again/", kept.bring_back, name="desk-again"),
    ]
