"""URL patterns of the editors' pages, below ``/admin/desk/``."""

from django.contrib.admin import AdminSite
from django.urls import URLPattern, path

from articles.admin import recovered_input
from articles.admin.accounts import account, sign_in
from articles.admin.audit import audit_log, undo
from articles.admin.intake import import_batches, import_speakers, import_upload, new_article, paste_autosave
from articles.admin.queue import (
    conflicting_attributions,
    extraction_rules,
    guidelines,
    merge_categories,
    near_duplicates,
    random_sample,
    views,
    withholding,
    zero_result_searches,
)
from articles.admin.reader_reports import views as reports
from articles.admin.review import article_versions, autosave, confirm, propagate_correction
from articles.admin.review import views as review
from articles.admin.speakers import doubtful, duplicate_speakers, merge_speakers, unlinked_names
from articles.admin.tables import publication_profile, sources


def desk_urls(site: AdminSite) -> list[URLPattern]:
    """All pages but the last two require a login; each view names the permissions it requires."""
    guarded = [
        ("desk/", views.review_queue, "desk"),
        ("desk/selected/", views.act_on_selected, "desk-selected"),
        ("desk/paste/", new_article.new_article, "desk-paste"),
        ("desk/paste/keep/", paste_autosave.save, "paste-autosave"),
        ("desk/paste/throw-away/", paste_autosave.discard, "discard-paste"),
        ("desk/<int:pk>/", review.review_article, "desk-review"),
        ("desk/<int:pk>/keep/", autosave.save, "autosave"),
        ("desk/<int:pk>/throw-away/", autosave.discard, "discard-autosave"),
        ("desk/<int:pk>/take-over/", autosave.take_over, "desk-take-over"),
        ("desk/<int:pk>/confirm/", confirm.confirm, "desk-confirm"),
        ("desk/<int:pk>/withhold/", withholding.withhold, "desk-withhold"),
        ("desk/<int:pk>/versions/", article_versions.versions, "desk-versions"),
        ("desk/<int:pk>/versions/<int:number>/", article_versions.version, "desk-version"),
        ("desk/withheld/", withholding.withheld, "desk-withheld"),
        ("desk/<int:pk>/near/", near_duplicates.article_near_duplicates, "near-duplicates"),
        ("desk/quotes/<int:pk>/alike/", propagate_correction.propagate, "propagate-correction"),
        ("desk/account/", account.show_account, "account"),
        ("desk/account/two-step/", account.set_up, "two-step"),
        ("desk/speakers.json", unlinked_names.suggest_speakers, "desk-speakers"),
        ("desk/speakers/import/", import_speakers.speaker_import, "desk-speakers-import"),
        ("desk/names/", unlinked_names.unlinked_names, "desk-names"),
        ("desk/credits/", conflicting_attributions.attribution_conflicts, "attribution-conflicts"),
        ("desk/alike/", duplicate_speakers.duplicate_speakers, "duplicate-speakers"),
        ("desk/doubtful/", doubtful.doubtful, "doubtful"),
        ("desk/merging/", merge_speakers.merge_pair, "desk-merging"),
        ("desk/merging/topics/", merge_categories.merge_topics, "merge-topics"),
        ("desk/merging/topics.json", merge_categories.suggest_topics, "suggest-topics"),
        ("desk/merging/sections/", merge_categories.merge_sections, "merge-sections"),
        ("desk/merging/sections.json", merge_categories.suggest_sections, "suggest-sections"),
        ("desk/splitting/<int:pk>/", merge_speakers.split_speaker, "desk-splitting"),
        ("desk/acts/", undo.recent_actions, "undo"),
        ("desk/log/", audit_log.audit_log, "desk-log"),
        ("desk/reports/", reports.queue, "desk-reports"),
        ("desk/reports/<int:pk>/", reports.decide, "desk-report"),
        ("desk/rules/", extraction_rules.extraction_rules, "desk-rules"),
        ("desk/sample/", random_sample.random_sample, "desk-sample"),
        ("desk/what-counts/", guidelines.annotation_guidelines, "guidelines"),
        ("desk/searches/", zero_result_searches.zero_result_searches, "desk-searches"),
        ("desk/searches/suggest/", zero_result_searches.suggest_search, "desk-suggest"),
        ("desk/publications/<int:pk>/", publication_profile.publication_profile, "desk-publication"),
        ("desk/sources/", sources.sources, "desk-sources"),
        ("desk/sources/add/", sources.add_source, "desk-source-add"),
        ("desk/sources/<int:pk>/", sources.one_source, "desk-source"),
        ("desk/imports/", import_batches.batches, "desk-imports"),
        ("desk/imports/upload/", import_upload.upload, "desk-upload"),
        ("desk/imports/<int:pk>/", import_batches.batch, "desk-import"),
        ("desk/imports/<int:pk>/rejected/", import_batches.rejected, "import-rejected"),
        ("desk/imports/<int:pk>/near/", near_duplicates.import_near_duplicates, "import-near-duplicates"),
    ]
    return [
        *(path(route, site.admin_view(view), name=name) for route, view, name in guarded),
        # These pages log the user in themselves; the second restores what they typed.
        path("login/code/", sign_in.enter_code, name="login-code"),
        path("desk/again/", recovered_input.resume_after_login, name="login-again"),
    ]
