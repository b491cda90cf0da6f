"""Searches: articles, quotes, one speaker's quotes, all by one grammar."""

from django.http import HttpResponse


def search_articles(request):
    return HttpResponse("soon")


def search_quotes(request):
    return HttpResponse("soon")
