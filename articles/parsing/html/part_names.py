"""The classes and ids that content management systems give to parts of a page beside its story."""

import re
from collections.abc import Iterator, Mapping

from articles.text.word_lists import phrases

# Words anywhere in a class or id: «c-newsletter__form», «jp-relatedposts».
_WITHIN = {
    "share": phrases(
        """
        sharing | share-bar | share-buttons | share-button | share-tools | share-links | share-icons
        share-this | share-list | share-widget | share-container | social-share | social-sharing
        social-links | social-icons | social-media | social-bar | social-buttons | social-follow
        sharedaddy | addtoany | addthis | follow-us
        """
    ),
    "newsletter": phrases(
        """
        newsletter | newsletters | signup | sign-up | mailing-list | optin | opt-in | mailchimp | mc4wp
        email-capture | email-form | push-notification
        """
    ),
    "cookies": phrases("cookie | cookies | gdpr | onetrust | didomi | consent | cmp"),
    "comments": phrases(
        """
        comments | comment-list | commentlist | comment-form | comment-area | comment-respond | disqus
        disqus-thread | livefyre | discussion | comentarios | commentaires | kommentare | komentarze
        commenti | reacties
        """
    ),
    "advertisement": phrases(
        """
        advert | adverts | advertisement | advertising | ad-slot | ad-unit | ad-container | ad-wrapper
        ad-box | ad-banner | banner-ad | adsbygoogle | dfp | sponsored | outbrain | taboola
        """
    ),
    "other stories": phrases(
        """
        related | relatedposts | related-posts | recommended | recommendations | recirc | recirculation
        readmore | read-more | read-next | read-also | see-also | also-read | also-like | more-on
        more-from | more-stories | more-news | more-articles | more-coverage | most-read | most-popular
        most-viewed | trending | rich-link | richlink | further-reading | up-next | popular-posts | yarpp
        cross-link | crosslink | latest-news | latest-stories | latest-posts | you-may-like | linkbox
        link-list | story-list | inline-teaser | relacionadas | relacionados | relacionada | lire-aussi
        sur-le-meme-sujet | zum-thema | mehr-zum-thema | siehe-auch | correlati | correlate | powiazane
        czytaj-takze | leia-mais | lees-ook
        """
    ),
    "navigation": phrases(
        """
        navbar | navigation | pagination | pager | page-links | table-of-contents | skip-link | breadcrumb
        breadcrumbs | nav-links | nav-menu | main-menu | site-menu | sidebar | side-bar | topnav | sidenav
        """
    ),
    "tags": phrases(
        "tags-links | tag-links | tag-cloud | tag-list | post-tags | article-tags | entry-tags | field-tags"
    ),
}
# Whole classes and ids: «share» but not «share-prices».
_WHOLE = {
    **dict.fromkeys(("share", "social", "shares"), "share"),
    **dict.fromkeys(("ad", "ads", "adv", "adbox"), "advertisement"),
    **dict.fromkeys(("nav", "menu", "toc"), "navigation"),
    **dict.fromkeys(("tags", "keywords"), "tags"),
    **dict.fromkeys(("respond", "comment"), "comments"),
}
# Also names of introductions and of boxes of the story; other stories if most of the words are links.
_MAYBE_TEASER = phrases(
    """
    teaser | teasers | promo | promos | card | cards | box | aside | widget | module | embed | callout
    block-link
    """
)
_PARTS = {phrase: part for part, names in _WITHIN.items() for phrase in names}
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_LONGEST_PHRASE = 3


def part_named(attributes: Mapping[str, str]) -> str:
    """The part of a page that an element with these attributes is by its class or id; empty if unknown.

    >>> part_named({"class": "c-newsletter__form"}), part_named({"class": "share-prices"})
    ('newsletter', '')
    """
    for name in _names(attributes):
        found = _WHOLE.get(name) or next(filter(None, map(_PARTS.get, _phrases(name))), "")
        if found:
            return found
    return ""


def may_be_teaser(attributes: Mapping[str, str]) -> bool:
    """Whether the names also fit a teaser of another story, if most of its words are links."""
    return any(not _MAYBE_TEASER.isdisjoint(_phrases(name)) for name in _names(attributes))


def _phrases(name: str) -> list[str]:
    words = [word for word in name.split("-") if word]
    return [
        "-".join(words[at : at + length])
        for length in range(1, _LONGEST_PHRASE + 1)
        for at in range(len(words) - length + 1)
    ]


def _names(attributes: Mapping[str, str]) -> Iterator[str]:
    """Each class, id and component name in lower case, with hyphens between its words."""
    given = " ".join(attributes.get(name) or "" for name in ("class", "id", "data-component", "data-testid"))
    yield from _CAMEL.sub("-", given[:500]).replace("_", "-").casefold().split()
