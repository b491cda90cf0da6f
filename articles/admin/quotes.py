"""Quotes as a table. Words and places are changed on the desk alone, where the text stands beside them."""

from django.contrib import admin
from django.db import transaction
from django.db.models import F
from django.utils.html import format_html

from articles.admin.guards import ArchiveAdmin
from articles.admin.respoken import offer
from articles.models import Article, Quote, Turn
from articles.models.history import act


@admin.register(Quote)
class QuoteAdmin(ArchiveAdmin):
    list_display = ["__str__", "speaker", "source", "article", "kind", "status", "standing", "confidence"]
    list_filter = ["status", "standing", "kind", "part", ("lost_at", admin.EmptyFieldListFilter), "rule"]
    list_select_related = ["speaker", "article"]
    search_fields = ["=id", "text", "source", "speaker__name", "article__headline"]
    autocomplete_fields = ["speaker", "credited_to"]
    actions = ["accept_selected", "reject_selected"]
    fields = [
        "on_the_desk", "text", "speaker", "source", "cue", "role_as_printed", "kind", "channel",
        "standing", "credited_to", "said_on", "said_precision", "said_as_printed", "translated",
        "original_url",
        "status", "part", "start", "end", "spans", "turn", "inside", "lost_at",
        "rule", "confidence", "decided_by", "decided_through", "decided_at", "first_public_at",
    ]  # fmt: skip
    readonly_fields = [
        "on_the_desk", "text", "source", "cue", "role_as_printed", "kind", "status", "part", "start", "end",
        "spans", "turn", "inside", "lost_at", "rule", "confidence", "decided_by", "decided_through",
        "decided_at", "first_public_at",
    ]  # fmt: skip

    def get_queryset(self, request):
        return super().get_queryset(request).defer("article__body", "article__extra")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and request.user.has_perm("articles.decide_quote")

    @admin.display(description="article")
    def on_the_desk(self, obj):
        return format_html(
            '<a href="../../../../../desk/{}/?quote={}#p{}">{}</a>',
            obj.article_id,
            obj.pk,
            obj.pk,
            obj.article,
        )

    def has_decide_permission(self, request):
        return request.user.has_perm("articles.decide_quote")

    @admin.action(description="Accept selected quotes", permissions=["decide"])
    def accept_selected(self, request, queryset):
        nameless = queryset.pending().filter(speaker__isnull=True).count()
        lost = queryset.pending().filter(speaker__isnull=False, lost_at__isnull=False).count()
        ready = queryset.pending().filter(speaker__isnull=False, lost_at__isnull=True)
        contradictions = ready.contradictions()
        contradicted = ready.filter(pk__in=list(contradictions)).values_list("pk", flat=True)
        left = [f"Quote {pk} left: {contradictions[pk]}" for pk in contradicted]
        with act("Accepted quotes of the list"):
            accepted = self._decide(
                queryset, lambda: ready.accept(by=request.user, through=Quote.Through.DESK)
            )
        left += [f"{nameless} left: no speaker is named; say on the desk who it was."] if nameless else []
        left += [f"{lost} left: lost in the text."] if lost else []
        self.say(request, f"{accepted} accepted.", left)

    @admin.action(description="Reject selected quotes", permissions=["decide"])
    def reject_selected(self, request, queryset):
        with act("Rejected quotes of the list"):
            rejected = self._decide(
                queryset, lambda: queryset.pending().reject(by=request.user, through="desk")
            )
        decided = len(self._selected) - rejected
        self.say(request, f"{rejected} rejected.", [f"{decided} left: decided before."] if decided else [])

    def _decide(self, queryset, decide) -> int:
        with transaction.atomic():
            self._selected = list(queryset.values_list("pk", flat=True))
            touched = Article.objects.filter(quotes__in=self._selected).distinct()
            number = decide()
            for article in touched.only("pk"):
                _count_save(article)
        return number

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if "speaker" in form.changed_data:
            Turn.objects.filter(pk=obj.turn_id).update(speaker=obj.speaker)
        _count_save(obj.article)
        if "speaker" in form.changed_data:
            offer(request, [obj])


def _count_save(article: Article) -> None:
    """A page of the desk that is open on this article must not save over what was decided here."""
    Article.objects.filter(pk=article.pk).update(
        quotes_state=article.quotes.reading_state(), version=F("version") + 1
    )
