"""Fill in the printed names of proposals from releases that did not store them."""

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = (
        "Run the extraction again on articles with proposals without a name, and fill in the printed names of"
        " proposals with the same span; nothing else is changed. The names desk then lists them."
    )

    def handle(self, *args, **options):
        from articles.ingest.proposals.refresh import name_proposals, without_names
        from articles.models import Article

        waiting = without_names().order_by("article").values_list("article", flat=True).distinct()
        read = named = 0
        for pk in list(waiting):
            article = Article.objects.select_related("publication").get(pk=pk)
            named += name_proposals(article)
            read += 1
            if read % 500 == 0:
                self.stderr.write(f"{read:,} articles read, {named:,} proposals named")
        self.stderr.write(f"{read:,} articles read, {named:,} proposals named")
