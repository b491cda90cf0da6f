"""Figures for monitoring, of all web processes together."""

from __future__ import annotations

from django.db import models


class Metric(models.Model):
    """The total of one series of Prometheus: a name with labels."""

    series = models.CharField(max_length=200, primary_key=True)
    total = models.FloatField(default=0)

    class Meta:
        db_table = "metric"
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.series
