"""The words that pages put around an article: buttons, labels, headings of lists of other stories."""

from articles.parsing.vocabulary import phrases, words

# Whole lines, without case and outer punctuation.
BUTTONS = phrases(
    """
    share | share this | share this article | share this story | share this page | share on facebook
    share on twitter | share on x | share on whatsapp | share via email | share full article | tweet
    tweet this | copy link | copy link to clipboard | link copied | save | save article | save for later
    print | print this article | print article | email this article | gift this article | listen
    listen to this article | play video | watch video | advertisement | advertising | ad | sponsored
    sponsored content | comments | comment | leave a comment | add a comment | post a comment
    view comments | read comments | join the conversation | show more | load more | read more
    read the full story | continue reading | skip to content | skip to main content | skip advert | menu
    search | home | log in | sign in | subscribe | subscribe now | sign up | follow us | back to top
    top of page | view gallery | open image in gallery | image | view image in fullscreen
    view in full screen | accept | accept all | accept all cookies | reject all | manage cookies
    cookie settings | privacy policy | terms of use | all rights reserved | contact us | report this ad
    artikel teilen | teilen | beitrag teilen | merken | drucken | artikel drucken | kommentare
    kommentieren | anzeige | werbung | vorlesen | artikel anhören | mehr anzeigen | weiterlesen
    zur startseite | nach oben | alle akzeptieren | udostępnij | udostępnij artykuł | podziel się
    skomentuj | komentarze | drukuj | reklama | materiał sponsorowany | posłuchaj artykułu
    czytaj więcej | czytaj dalej | zaloguj się | akceptuję | obserwuj nas | partager
    partager l'article | imprimer | commenter | commentaires | publicité | s'abonner | compartir
    imprimir | comentarios | publicidad | suscríbete
    """
)

# Headings below which headlines of other stories stand.
OTHER_STORIES = phrases(
    """
    related | related content | related articles | related stories | related topics | related links
    related news | related coverage | more on this story | more on this | more on this topic
    more stories | more like this | more from the web | more news | most read | most popular
    most viewed | trending | trending now | top stories | latest news | latest stories
    you may also like | you might also like | you may also be interested in | recommended
    recommended for you | recommended stories | read also | read next | also read | see also
    editor's picks | editors' picks | don't miss | around the web | from our partners | popular stories
    mehr zum thema | mehr zu diesem thema | lesen sie auch | auch interessant
    das könnte sie auch interessieren | weitere artikel | weitere meldungen | weitere themen
    meistgelesen | zum thema | zobacz także | zobacz też | czytaj także | czytaj też | czytaj również
    polecane | polecamy | najczęściej czytane | najnowsze | powiązane artykuły | powiązane
    à lire aussi | lire aussi | sur le même sujet | les plus lus | te puede interesar | lo más leído
    noticias relacionadas
    """
)

# A line of these alone, with one that means sharing among them, is a row of share buttons.
SHARE_WORDS = words(
    """
    share tweet facebook twitter x whatsapp linkedin email e-mail mail print pinterest reddit telegram
    messenger instagram copy link save bluesky mastodon threads flipboard teilen drucken udostępnij
    drukuj partager compartir pocket sms more on via by to this article or and in at
    """
)
MEANS_SHARING = words(
    """
    share tweet facebook twitter whatsapp linkedin pinterest reddit telegram teilen udostępnij partager
    compartir
    """
)
