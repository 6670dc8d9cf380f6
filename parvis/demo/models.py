"""The mark of a demo company: without this row no door of the demonstration opens."""

from django.db import models


class DemoCompany(models.Model):
    """Written once, by `create_demo`, in a database where there was nobody."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    seed = models.CharField(max_length=40)
    drawn_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "demo companies"
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="demo_company_only_one")]

    def __str__(self) -> str:
        return self.seed
