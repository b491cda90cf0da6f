"""Files sent in at the desk for an import, kept where every web machine finds them."""

import django.db.models.deletion
import django.db.models.lookups
import articles.models.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0005_guards'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, unique=True)),
                ('content', models.BinaryField()),
                ('sent_at', models.DateTimeField(db_index=True, default=articles.models.clock.now)),
                ('sent_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-pk'],
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=django.db.models.lookups.LessThanOrEqual(models.Func(models.F('content'), function='octet_length', output_field=models.IntegerField()), 20971520), name='upload_size')],
            },
        ),
    ]
