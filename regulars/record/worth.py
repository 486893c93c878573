"""What each customer is worth, as it was last worked out: one fit of the model, one estimate per customer."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from regulars.record.owned import Owned, OwnedForeignKey, keys


class Stage(models.TextChoices):
    """Where she stands, by rule from her own rhythm. `NONE`: she has bought nothing yet."""

    NONE = "none", _("No purchase yet")
    FIRST_TIME = "first", _("First-time")
    REPEAT = "repeat", _("Repeat")
    REGULAR = "regular", _("Regular")
    SLIPPING = "slipping", _("Slipping away")
    GONE = "gone", _("Gone")


class Fit(Owned):
    """One run of the value engine over the whole history."""

    at = models.DateTimeField()
    until = models.DateField()
    model = models.CharField(max_length=20)
    parameters = models.JSONField(default=dict)
    spend_parameters = models.JSONField(default=dict)
    log_likelihood = models.FloatField(null=True)
    chosen_by = models.JSONField(default=dict)
    fallback = models.CharField(max_length=40, blank=True)  # why plain averages were used
    counts = models.JSONField(default=dict)
    horizon_days = models.PositiveIntegerField()
    currency = models.CharField(max_length=3, default="")
    story = models.JSONField(default=dict)  # what the owner's page says: worked out once, read by one row

    class Meta(Owned.Meta):
        constraints = keys("fit")
        indexes = [models.Index("business", models.F("at").desc(), name="fit_at")]


class Estimate(Owned):
    """What one customer has brought and is likely to bring. Money in minor units of the business's currency."""

    customer = OwnedForeignKey("record.Customer", on_delete=models.CASCADE)
    visits = models.PositiveIntegerField(default=0)
    first_on = models.DateField(null=True)
    last_on = models.DateField(null=True)
    spent = models.BigIntegerField(default=0)
    mean_spend = models.BigIntegerField(default=0)
    usual_gap = models.FloatField(null=True)  # days
    alive = models.FloatField(null=True)  # 0 to 1
    expected_visits = models.FloatField(null=True)  # over the horizon
    value = models.BigIntegerField(default=0)
    low = models.BigIntegerField(default=0)
    high = models.BigIntegerField(default=0)
    at_stake = models.BigIntegerField(default=0)
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.NONE)
    stage_since = models.DateField(null=True)

    class Meta(Owned.Meta):
        constraints = [
            *keys("estimate", customer="customer"),
            models.UniqueConstraint(fields=["business", "customer"], name="estimate_once"),
        ]
        indexes = [
            models.Index("business", models.F("value").desc(), "customer", name="estimate_value"),
            models.Index("business", models.F("spent").desc(), "customer", name="estimate_spent"),
            models.Index("business", "stage", models.F("at_stake").desc(), "customer", name="estimate_stage"),
            models.Index("business", models.F("last_on").desc(), "customer", name="estimate_last"),
            models.Index(
                "business", "stage", models.F("stage_since").desc(), "customer", name="estimate_since"
            ),
        ]


class Reckoning(Owned):
    """A working out that somebody or the night asked for: how far it is, and what came of it."""

    by = OwnedForeignKey("record.Member", on_delete=models.DO_NOTHING, null=True)
    asked_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True)
    step = models.CharField(max_length=20, blank=True)
    share = models.FloatField(default=0)  # 0 to 1
    finished_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)

    class Meta(Owned.Meta):
        constraints = [
            *keys("reckoning", by="member"),
            models.UniqueConstraint(
                fields=["business"],
                condition=models.Q(began_at=None, finished_at=None, failed_at=None),
                name="reckoning_waits_once",
            ),
        ]
        indexes = [models.Index("business", models.F("asked_at").desc(), name="reckoning_asked")]


class ServiceLine(Owned):
    """One kind of service work beside the product, and its part of all service: oil changes 40 of 100."""

    name = models.CharField(max_length=60)
    percent = models.DecimalField(max_digits=5, decimal_places=2)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta(Owned.Meta):
        ordering = ["position", "id"]
        constraints = [
            *keys("serviceline"),
            models.UniqueConstraint(fields=["business", "name"], name="serviceline_name"),
            models.CheckConstraint(
                condition=models.Q(percent__gt=0, percent__lte=100), name="serviceline_is_a_part"
            ),
        ]
