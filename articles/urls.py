"""The public URLs of the archive. They are permanent: never remove one."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter, StringConverter
from django.views.decorators.http import require_safe

from articles.sitemaps import sitemap, sitemap_index
from articles.views import (
    about,
    articles,
    baskets,
    browse,
    facet_values,
    quotes,
    reports,
    result_details,
    search,
    speakers,
    text_reuse,
)


class FourDigits(StringConverter):
    regex = "[0-9]{1,4}"


class TwoDigits(StringConverter):
    regex = "[0-9]{1,2}"


class ID(IntConverter):
    """An id of at most 19 digits, the length of a bigint."""

    regex = "[0-9]{1,19}"


class SpeakerSlug(StringConverter):
    """A slug in any script."""

    regex = r"[-\w]+"


register_converter(FourDigits, "yyyy")
register_converter(TwoDigits, "mm")
register_converter(ID, "id")
register_converter(SpeakerSlug, "speaker")

app_name = "articles"

urlpatterns = [
    path("", browse.home, name="home"),
    path("search/", search.search_articles, name="search"),
    path("quotes/", search.search_quotes, name="quotes"),
    path("search/values/<slug:facet>/", facet_values.article_values, name="search-values"),
    path("quotes/values/<slug:facet>/", facet_values.quote_values, name="quote-values"),
    path("speakers/<speaker:slug>/values/<slug:facet>/", facet_values.speaker_values, name="speaker-values"),
    path("search/cite/", result_details.of_articles, {"shown": "cite"}, name="search-cite"),
    path("search/over-time/", result_details.of_articles, {"shown": "over-time"}, name="search-over-time"),
    path("quotes/cite/", result_details.of_quotes, {"shown": "cite"}, name="quotes-cite"),
    path("quotes/over-time/", result_details.of_quotes, {"shown": "over-time"}, name="quotes-over-time"),
    path("speakers/<speaker:slug>/cite/", result_details.of_speaker, {"shown": "cite"}, name="speaker-cite"),
    path(
        "speakers/<speaker:slug>/over-time/",
        result_details.of_speaker,
        {"shown": "over-time"},
        name="speaker-over-time",
    ),
    path("quotes/find/", text_reuse.find_quote, name="find-quote"),
    path("quotes/<id:pk>/", quotes.show_quote, name="quote"),
    path("quotes/<id:pk>/versions/", text_reuse.show_versions, name="quote-versions"),
    path("quotes/<id:pk>/report/", reports.report_quote, name="report-quote"),
    path("articles/<id:pk>/report/", reports.report_article, name="report-article"),
    path("reports/<slug:token>/", reports.show_report, name="report"),
    path(
        "articles/<yyyy:year>/<mm:month>/<mm:day>/<id:pk>-<str:slug>/", articles.show_article, name="article"
    ),
    path("articles/undated/<id:pk>-<str:slug>/", articles.show_article, name="undated-article"),
    path(
        "articles/<yyyy:year>/<mm:month>/<mm:day>/<id:pk>-<str:slug>/history/",
        articles.show_history,
        name="article-history",
    ),
    path(
        "articles/undated/<id:pk>-<str:slug>/history/",
        articles.show_history,
        name="undated-article-history",
    ),
    path("articles/<id:pk>/", articles.show_article, name="article-by-id"),
    path("basket/", baskets.show_basket, name="basket"),
    path("speakers/", speakers.list_speakers, name="speakers"),
    path("speakers/compare/", speakers.compare_speakers, name="speakers-compare"),
    path("speakers/<speaker:slug>/profile/", speakers.show_profile, name="speaker-profile"),
    path("speakers/<speaker:slug>/", speakers.show_speaker, name="speaker"),
    path("publications/", browse.list_publications, name="publications"),
    path("publications/<slug:slug>/", browse.show_publication, name="publication"),
    path("sections/", browse.list_sections, name="sections"),
    path("sections/<slug:slug>/", browse.show_section, name="section"),
    path("topics/", browse.list_topics, name="topics"),
    path("topics/<slug:slug>/", browse.show_topic, name="topic"),
    path("archive/", browse.list_years, name="archive"),
    path("archive/<yyyy:year>/", browse.show_year, name="year"),
    path("archive/<yyyy:year>/<mm:month>/", browse.show_month, name="month"),
    path("archive/<yyyy:year>/<mm:month>/<mm:day>/", browse.show_day, name="day"),
    path("about/", about.show_about, name="about"),
    path("about/accuracy/", about.show_accuracy, name="accuracy"),
    path("about/holdings/", browse.show_holdings, name="holdings"),
    path("corrections/", browse.corrections, name="corrections"),
    path("feeds/", browse.feeds, name="feeds"),
    path("help/search/", browse.search_help, name="search-help"),
    path("opensearch.xml", browse.opensearch, name="opensearch"),
    path("robots.txt", browse.robots, name="robots"),
    path("sitemap.xml", sitemap_index, name="sitemap-index"),
    path("sitemap-<slug:section>.xml", sitemap, name="sitemap"),
]

# The only pages that accept POST.
FORMS = {"report-quote", "report-article"}

for pattern in urlpatterns:
    if pattern.name not in FORMS:
        pattern.callback = require_safe(pattern.callback)
