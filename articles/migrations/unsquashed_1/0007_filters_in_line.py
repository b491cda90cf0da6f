"""Keep what facets count in the row itself: fetched from out of line, it took longer than all the rest."""

from django.db import migrations

INLINE = """
alter table search_document set (toast_tuple_target = 300);
alter table search_document alter column topic_ids set storage main, alter column author_ids set storage main,
  alter column speaker_ids set storage main;
alter table quote_document set (toast_tuple_target = 300);
alter table quote_document alter column topic_ids set storage main, alter column author_ids set storage main;
"""

BACK = """
alter table search_document set (toast_tuple_target = 128);
alter table search_document alter column topic_ids set storage extended, alter column author_ids set storage extended,
  alter column speaker_ids set storage extended;
alter table quote_document set (toast_tuple_target = 128);
alter table quote_document alter column topic_ids set storage extended, alter column author_ids set storage extended;
"""


class Migration(migrations.Migration):
    dependencies = [("articles", "0006_kinds_of_quotes")]

    operations = [migrations.RunSQL([INLINE], [BACK])]
