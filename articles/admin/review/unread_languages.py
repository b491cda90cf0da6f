"""Tells editors that quotes are not looked for in the language of an article."""

from django.utils.text import get_text_list
from django.utils.translation import get_language_info, gettext

from articles.extraction.languages import LANGUAGES, is_read
from articles.models import Article


def unread(article: Article) -> list[str]:
    """The notice that no quotes are looked for in this article; none if they are."""
    if is_read(article.body, article.language):
        return []
    if article.language:
        notice = gettext("Quotes are not looked for in %(language)s. Add them by hand.")
        return [notice % {"language": name_of(article.language)}]
    languages = get_text_list(sorted(map(name_of, LANGUAGES)), gettext("and"))
    notice = gettext(
        "Quotes are looked for only in %(languages)s. If this article is in one of them, enter its language; "
        "otherwise add the quotes by hand."
    )
    return [notice % {"languages": languages}]


def name_of(code: str) -> str:
    """The English name of a language; the code itself if it has none."""
    try:
        return str(get_language_info(code)["name"])
    except KeyError:
        return code
