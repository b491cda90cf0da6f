"""Fill in the printed names of proposals from releases that did not store them."""

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = (
        "Find quotes again in articles that have proposed quotes without a name, and fill in the names of"
        " those at the same position. Nothing else changes. The Names page then lists them."
    )

    def handle(self, *args: object, **options: object) -> None:
        from articles.ingest.proposals.refresh import name_proposals, without_names
        from articles.models import Article

        waiting = without_names().order_by("article").values_list("article", flat=True).distinct()
        read = named = 0
        for pk in list(waiting):
            article = Article.objects.select_related("publication").get(pk=pk)
            named += name_proposals(article)
            read += 1
            if read % 500 == 0:
                self.stderr.write(f"{read:,} articles read, {named:,} quotes named")
        self.stderr.write(f"{read:,} articles read, {named:,} quotes named")
