"""Fill in the printed names of proposals that were stored before names were kept."""

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = (
        "Read articles whose proposals name nobody again, and fill in the names as printed where a proposal"
        " stands at the same place; nothing else is changed. They stand on the names desk then."
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
