"""What each customer is worth, as it was last worked out: one fit of the model, one estimate per customer."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from regulars.kernel import whose
from regulars.kernel.refusal import Refused, gettext_noop
from regulars.record import journal
from regulars.record.business import Business
from regulars.record.customers import Customer
from regulars.record.owned import Owned, OwnedForeignKey, keys
from regulars.record.sales import Sale

REGULAR_FROM = 4  # visits; engines.rhythm says the same, and a test holds the two together
AT_A_TIME = 10_000
AT_THE_COUNTER = 500  # customers who buy while we work; more than that is an import, which asks for its own


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
    """What one customer has brought and is likely to bring. Money: minor units of the business's currency."""

    customer = OwnedForeignKey("record.Customer")
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
            models.Index("business", "stage", models.F("stage_since").desc(), "customer", name="estimate_since"),
        ]


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
            models.CheckConstraint(condition=models.Q(percent__gt=0, percent__lte=100), name="serviceline_is_a_part"),
        ]


# --- what the engine worked out ----------------------------------------------------------------------------

COLUMNS = (
    "customer_id",
    *("visits", "first_on", "last_on", "spent", "mean_spend", "usual_gap", "alive", "expected_visits"),
    *("value", "low", "high", "at_stake", "stage", "stage_since"),
)


def latest() -> Fit | None:
    """What was worked out last."""
    found: Fit | None = Fit.objects.order_by("-at").first()
    return found


@transaction.atomic
def store(fit: Fit, rows: Iterable[Sequence[Any]], *, at: datetime, by: Any = None, seen: UUID | None = None) -> Fit:
    """The fit, and one estimate for each row (values in the order of `COLUMNS`; ids and dates may be text).

    Whoever has no sales has no estimate. `seen` is the newest sale that the fit knew: who bought while it was
    being worked out is counted again. Everything is computed before this is called: it only writes, because
    on SQLite nobody else can write meanwhile.
    """
    fit.at = at
    fit.save()
    rows = iter(rows)
    while batch := list(islice(rows, AT_A_TIME)):
        _write_estimates(batch)
    Estimate.objects.filter(~Exists(Sale.objects.filter(customer=OuterRef("customer")))).delete()
    if seen:
        later = Sale.objects.filter(pk__gt=seen).values("customer")
        for customer in Customer.objects.filter(pk__in=later)[:AT_THE_COUNTER]:
            count_visits(customer)
    Fit.objects.exclude(pk=fit.pk).exclude(story={}).update(story={})  # old pages are never read again
    journal.write("worth worked out", fit, by=by, at=at, model=fit.model, counts=fit.counts)
    return fit


def _write_estimates(rows: Sequence[Sequence[Any]]) -> None:
    """A new estimate takes the id of its customer. Plain SQL: the ORM would take minutes for a million."""
    named = ", ".join(COLUMNS)
    changes = ", ".join(f"{name} = excluded.{name}" for name in COLUMNS[1:])
    into = f"INSERT INTO {Estimate._meta.db_table} (id, business_id, {named})"
    conflict = f"ON CONFLICT (business_id, customer_id) DO UPDATE SET {changes}"
    business = whose.business().hex
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # one statement for all: a row at a time takes four times as long
            lists = ", ".join(f"%s::{_type(name)}[]" for name in COLUMNS)
            given = f"SELECT customer_id, %s::uuid, {named} FROM unnest({lists}) AS given ({named})"
            cursor.execute(f"{into} {given} {conflict}", [business, *map(list, zip(*rows, strict=True))])
        else:
            values = ", ".join(["%s"] * (len(COLUMNS) + 2))
            cursor.executemany(f"{into} VALUES ({values}) {conflict}", [(row[0], business, *row) for row in rows])


def _type(column: str) -> str:
    field = Estimate._meta.get_field(column.removesuffix("_id"))
    return str(field.db_type(connection))


def count_visits(customer: Customer) -> Estimate | None:
    """Count her sales anew after one was added or taken away; what she will bring waits for the night.

    None when she has no sales. Part of the verb that changed them, so it writes no journal line of its own.
    """
    count_visits_of([customer.pk])
    found: Estimate | None = Estimate.objects.filter(customer=customer).first()
    return found


@transaction.atomic
def count_visits_of(customers: Sequence[UUID]) -> None:
    """As `count_visits`, of some hundreds of customers in one statement: after an import, or after it was undone.

    Her stage goes by the number of visits alone: she cannot be slipping away the moment after one.
    """
    currency = Business.objects.values_list("currency", flat=True).get(pk=whose.business())
    marks, ids = ", ".join(["%s"] * len(customers)), [customer.hex for customer in customers]
    with connection.cursor() as cursor:
        cursor.execute(
            _COUNT_AND_STORE.format(marks=marks, regular=REGULAR_FROM, **{stage.name: stage.value for stage in Stage}),
            [currency, currency, whose.business().hex, *ids],
        )
        bought = {UUID(str(customer)) for (customer,) in cursor}
    if none_left := set(customers) - bought:
        Estimate.objects.filter(customer__in=none_left).delete()


_COUNT_AND_STORE = """
INSERT INTO record_estimate
    (id, business_id, customer_id, visits, first_on, last_on, spent, mean_spend, stage, stage_since, value, low, high,
     at_stake)
SELECT customer_id, business_id, customer_id, visits, first_on, last_on, spent,
    CASE WHEN paid > 0 AND spent > 0
        THEN (2 * spent + paid - (2 * spent + paid) %% (2 * paid)) / (2 * paid) ELSE 0 END,
    CASE WHEN visits = 0 THEN '{NONE}' WHEN visits = 1 THEN '{FIRST_TIME}'
        WHEN visits < {regular} THEN '{REPEAT}' ELSE '{REGULAR}' END,
    last_on, 0, 0, 0, 0
FROM (
    SELECT business_id, customer_id,
        count(DISTINCT CASE WHEN amount >= 0 THEN day END) AS visits,
        min(CASE WHEN amount >= 0 THEN day END) AS first_on,
        max(CASE WHEN amount >= 0 THEN day END) AS last_on,
        sum(CASE WHEN currency = %s THEN amount ELSE 0 END) AS spent,
        count(DISTINCT CASE WHEN amount >= 0 AND currency = %s THEN day END) AS paid
    FROM record_sale WHERE business_id = %s AND customer_id IN ({marks})
    GROUP BY business_id, customer_id
) AS counted WHERE true
ON CONFLICT (business_id, customer_id) DO UPDATE SET
    visits = excluded.visits, first_on = excluded.first_on, last_on = excluded.last_on, spent = excluded.spent,
    mean_spend = excluded.mean_spend, stage = excluded.stage,
    stage_since = CASE WHEN record_estimate.stage = excluded.stage THEN record_estimate.stage_since
        ELSE excluded.stage_since END
RETURNING customer_id
"""


# --- the method's own arithmetic ---------------------------------------------------------------------------


@transaction.atomic
def set_service_lines(lines: Sequence[tuple[str, Decimal]], *, by: Any, at: datetime) -> None:
    """The kinds of service work and their parts of all service, in percent; the rest is everything else."""
    if sum(percent for _name, percent in lines) > 100:
        raise Refused(gettext_noop("Together the parts make more than 100 percent. Make one of them smaller."))
    if len({name for name, _percent in lines}) < len(lines):
        raise Refused(gettext_noop("Two lines have the same name. Give each its own."))
    ServiceLine.objects.all().delete()
    ServiceLine.objects.bulk_create(
        ServiceLine(name=name, percent=percent, position=i) for i, (name, percent) in enumerate(lines)
    )
    journal.Entry.objects.create(
        at=at,
        by=by,
        verb="service lines set",
        subject="business",
        subject_id=whose.business(),
        what={name: str(percent) for name, percent in lines},
    )
