"""A file that somebody brought: what was made of it, how far it got, and what came of it."""

from django.db import models

from regulars.record.owned import Owned, OwnedForeignKey, keys


class Import(Owned):
    """One file. It goes in whole or not at all; each dated fact below is a step that it has passed."""

    class Subject(models.TextChoices):
        SALES = "sales"
        CUSTOMERS = "customers"

    subject = models.CharField(max_length=10, choices=Subject)
    file_name = models.CharField(max_length=255)
    size = models.BigIntegerField()
    by = OwnedForeignKey("record.Member", on_delete=models.DO_NOTHING, null=True)
    brought_at = models.DateTimeField()
    plan = models.JSONField(
        default=dict
    )  # columns, date order, decimal mark, branch: as a person confirmed them
    asked_at = models.DateTimeField(null=True)  # somebody pressed the button; a job will do it
    is_dry_run = models.BooleanField(default=False)
    began_at = models.DateTimeField(null=True)
    lines_total = models.BigIntegerField(default=0)
    lines_read = models.BigIntegerField(default=0)
    stage = models.CharField(max_length=20, blank=True)
    checked_at = models.DateTimeField(null=True)  # the dry run said what would come of it
    finished_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    failure = models.JSONField(default=dict)  # the refusal: sentence and details
    outcome = models.JSONField(default=dict)  # added, known already, refused, new customers, ...
    undone_at = models.DateTimeField(null=True)

    class Meta(Owned.Meta):
        constraints = keys("import", by="member")
        indexes = [models.Index("business", models.F("brought_at").desc(), name="import_brought")]


class ColumnMapping(Owned):
    """How the columns of a file with these headings were understood last time."""

    subject = models.CharField(max_length=10, choices=Import.Subject)
    headings = models.CharField(max_length=64)  # a hash of the header line
    plan = models.JSONField(default=dict)
    used_at = models.DateTimeField()

    class Meta(Owned.Meta):
        constraints = [
            *keys("columnmapping"),
            models.UniqueConstraint(fields=["business", "subject", "headings"], name="mapping_once"),
        ]
