"""Every table, in order of dependency."""

import datetime
import django.db.models.deletion
import regulars.record.owned
import uuid_utils.compat
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Business",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("slug", models.SlugField(max_length=60, unique=True)),
                ("name", models.CharField(max_length=200)),
                ("country", models.CharField(max_length=2)),
                ("currency", models.CharField(max_length=3)),
                ("language", models.CharField(default="en", max_length=10)),
                ("zone", models.CharField(max_length=60)),
                ("opened_at", models.DateTimeField()),
                ("is_demo", models.BooleanField(default=False)),
                ("call_gap_days", models.PositiveSmallIntegerField(default=30)),
                ("calls_from", models.TimeField(default=datetime.time(9, 0))),
                ("calls_until", models.TimeField(default=datetime.time(20, 0))),
                ("horizon_months", models.PositiveSmallIntegerField(default=36)),
                ("yearly_discount", models.DecimalField(decimal_places=4, default=Decimal("0.10"), max_digits=5)),
                ("price", models.BigIntegerField(blank=True, null=True)),
                ("purchases", models.DecimalField(decimal_places=2, default=Decimal("10"), max_digits=8)),
                ("service_rate", models.DecimalField(decimal_places=4, default=Decimal("0.33"), max_digits=5)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("calls_from__lt", models.F("calls_until"))), name="calls_by_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("price__gt", 0), ("price", None), _connector="OR"), name="price_above_zero"
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Branch",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "business",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="record.business",
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("country", models.CharField(max_length=2)),
                ("currency", models.CharField(max_length=3)),
                ("language", models.CharField(max_length=10)),
                ("zone", models.CharField(max_length=60)),
                ("address", models.CharField(blank=True, max_length=300)),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("keeps_public_holidays", models.BooleanField(default=True)),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("business", "id"), name="branch_key"),
                    models.UniqueConstraint(fields=("business", "name"), name="branch_name"),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="OpenInterval",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "business",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="record.business",
                    ),
                ),
                (
                    "branch",
                    regulars.record.owned.OwnedForeignKey(db_index=False, related_name="intervals", to="record.branch"),
                ),
                ("weekday", models.PositiveSmallIntegerField()),
                ("opens", models.TimeField()),
                ("closes", models.TimeField()),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("business", "id"), name="openinterval_key"),
                    regulars.record.owned.CompositeKey(
                        column="branch_id", name="openinterval_branch_key", to="record_branch"
                    ),
                    models.UniqueConstraint(fields=("business", "branch", "weekday", "opens"), name="interval_once"),
                    models.CheckConstraint(condition=models.Q(("weekday__lte", 6)), name="weekday_exists"),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="SpecialDay",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "business",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="record.business",
                    ),
                ),
                (
                    "branch",
                    regulars.record.owned.OwnedForeignKey(
                        db_index=False, related_name="special_days", to="record.branch"
                    ),
                ),
                ("day", models.DateField()),
                ("name", models.CharField(blank=True, max_length=100)),
                ("opens", models.TimeField(blank=True, null=True)),
                ("closes", models.TimeField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("business", "id"), name="specialday_key"),
                    regulars.record.owned.CompositeKey(
                        column="branch_id", name="specialday_branch_key", to="record_branch"
                    ),
                    models.UniqueConstraint(fields=("business", "branch", "day"), name="special_day_once"),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ColumnMapping",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "business",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="record.business",
                    ),
                ),
                ("subject", models.CharField(choices=[("sales", "Sales"), ("customers", "Customers")], max_length=10)),
                ("headings", models.CharField(max_length=64)),
                ("plan", models.JSONField(default=dict)),
                ("used_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("business", "id"), name="columnmapping_key"),
                    models.UniqueConstraint(fields=("business", "subject", "headings"), name="mapping_once"),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Fit",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "business",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="record.business",
                    ),
                ),
                ("at", models.DateTimeField()),
                ("until", models.DateField()),
                ("model", models.CharField(max_length=20)),
                ("parameters", models.JSONField(default=dict)),
                ("spend_parameters", models.JSONField(default=dict)),
                ("log_likelihood", models.FloatField(null=True)),
                ("chosen_by", models.JSONField(default=dict)),
                ("fallback", models.CharField(blank=True, max_length=40)),
                ("counts", models.JSONField(default=dict)),
                ("horizon_days", models.PositiveIntegerField()),
                ("currency", models.CharField(default="", max_length=3)),
                ("story", models.JSONField(default=dict)),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(models.F("business"), models.OrderBy(models.F("at"), descending=True), name="fit_at")
                ],
                "constraints": [models.UniqueConstraint(fields=("business", "id"), name="fit_key")],
            },
        ),
        migrations.CreateModel(
            name="ServiceLine",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "business",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="record.business",
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("percent", models.DecimalField(decimal_places=2, max_digits=5)),
                ("position", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["position", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("business", "id"), name="serviceline_key"),
                    models.UniqueConstraint(fields=("business", "name"), name="serviceline_name"),
                    models.CheckConstraint(
                        condition=models.Q(("percent__gt", 0), ("percent__lte", 100)), name="serviceline_is_a_part"
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Tag",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "business",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="record.business",
                    ),
                ),
                ("name", models.CharField(max_length=60)),
            ],
            options={
                "ordering": ["name"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("business", "id"), name="tag_key"),
                    models.UniqueConstraint(fields=("business", "name"), name="tag_name"),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="OwnField",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "business",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="record.business",
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("retired_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["position", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("business", "id"), name="ownfield_key"),
                    models.UniqueConstraint(fields=("business", "name"), name="ownfield_name"),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("email", models.EmailField(max_length=254, unique=True)),
                ("name", models.CharField(max_length=200)),
                ("language", models.CharField(blank=True, max_length=10)),
                ("theme", models.CharField(blank=True, max_length=5)),
                ("joined_at", models.DateTimeField(auto_now_add=True)),
                ("is_active", models.BooleanField(default=True)),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Seat",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="seats", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("business_id", models.UUIDField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("person", "business_id"), name="seat_once")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Member",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "business",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="record.business",
                    ),
                ),
                ("person_id", models.UUIDField(null=True)),
                ("name", models.CharField(max_length=200)),
                ("email", models.EmailField(blank=True, max_length=254)),
                (
                    "role",
                    models.PositiveSmallIntegerField(
                        choices=[(10, "Viewer"), (20, "Front line"), (30, "Manager"), (40, "Owner")], default=20
                    ),
                ),
                (
                    "branch",
                    regulars.record.owned.OwnedForeignKey(
                        blank=True, db_index=False, null=True, related_name="+", to="record.branch"
                    ),
                ),
                ("makes_calls", models.BooleanField(default=True)),
                ("joined_at", models.DateTimeField()),
                ("left_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("business", "id"), name="member_key"),
                    regulars.record.owned.CompositeKey(
                        column="branch_id", name="member_branch_key", to="record_branch"
                    ),
                    models.UniqueConstraint(fields=("business", "person_id"), name="member_once"),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Customer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "business",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="record.business",
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=100)),
                ("name", models.CharField(max_length=200)),
                ("address_as", models.CharField(blank=True, max_length=100)),
                ("language", models.CharField(blank=True, max_length=10)),
                ("zone", models.CharField(blank=True, max_length=60)),
                ("source", models.CharField(blank=True, max_length=100)),
                (
                    "branch",
                    regulars.record.owned.OwnedForeignKey(
                        blank=True, db_index=False, null=True, related_name="+", to="record.branch"
                    ),
                ),
                (
                    "keeper",
                    regulars.record.owned.OwnedForeignKey(
                        blank=True, db_index=False, null=True, related_name="+", to="record.member"
                    ),
                ),
                (
                    "referred_by",
                    regulars.record.owned.OwnedForeignKey(
                        blank=True, db_index=False, null=True, related_name="+", to="record.customer"
                    ),
                ),
                ("met_at", models.DateTimeField()),
                ("no_calls_at", models.DateTimeField(null=True)),
                ("no_mail_at", models.DateTimeField(null=True)),
                ("consent_at", models.DateTimeField(null=True)),
                ("consent_how", models.CharField(blank=True, max_length=200)),
                (
                    "merged_into",
                    regulars.record.owned.OwnedForeignKey(
                        blank=True, db_index=False, null=True, related_name="+", to="record.customer"
                    ),
                ),
                ("merged_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["business", "name", "id"], name="customer_name"),
                    models.Index(fields=["business", "met_at", "id"], name="customer_met"),
                    models.Index(fields=["business", "referred_by"], name="customer_referred_by"),
                    models.Index(fields=["business", "merged_into"], name="customer_merged_into"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("business", "id"), name="customer_key"),
                    regulars.record.owned.CompositeKey(
                        column="branch_id", name="customer_branch_key", to="record_branch"
                    ),
                    regulars.record.owned.CompositeKey(
                        column="keeper_id", name="customer_keeper_key", to="record_member"
                    ),
                    regulars.record.owned.CompositeKey(
                        column="referred_by_id", name="customer_referred_by_key", to="record_customer"
                    ),
                    regulars.record.owned.CompositeKey(
                        column="merged_into_id", name="customer_merged_into_key", to="record_customer"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("number", ""), _negated=True),
                        fields=("business", "number"),
                        name="customer_number",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "business",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="record.business",
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    regulars.record.owned.OwnedForeignKey(
                        db_index=False, null=True, related_name="+", to="record.member"
                    ),
                ),
                ("verb", models.CharField(max_length=40)),
                ("subject", models.CharField(max_length=40)),
                ("subject_id", models.UUIDField()),
                (
                    "customer",
                    regulars.record.owned.OwnedForeignKey(
                        db_index=False, null=True, related_name="+", to="record.customer"
                    ),
                ),
                ("what", models.JSONField(default=dict)),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(
                        models.F("business"),
                        models.F("customer"),
                        models.OrderBy(models.F("at"), descending=True),
                        name="entry_customer",
                    ),
                    models.Index(
                        models.F("business"), models.OrderBy(models.F("at"), descending=True), name="entry_at"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("business", "id"), name="entry_key"),
                    regulars.record.owned.CompositeKey(column="by_id", name="entry_by_key", to="record_member"),
                    regulars.record.owned.CompositeKey(
                        column="customer_id", name="entry_customer_key", to="record_customer"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Finder",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "business",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="record.business",
                    ),
                ),
                (
                    "customer",
                    regulars.record.owned.OwnedForeignKey(db_index=False, related_name="+", to="record.customer"),
                ),
                ("words", models.TextField()),
                ("variants", models.TextField()),
                ("place", models.BigIntegerField()),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("business", "id"), name="finder_key"),
                    regulars.record.owned.CompositeKey(
                        column="customer_id", name="finder_customer_key", to="record_customer"
                    ),
                    models.UniqueConstraint(fields=("business", "customer"), name="finder_once"),
                    models.UniqueConstraint(fields=("business", "place"), name="finder_place"),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "business",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="record.business",
                    ),
                ),
                (
                    "customer",
                    regulars.record.owned.OwnedForeignKey(
                        db_index=False, related_name="contacts", to="record.customer"
                    ),
                ),
                ("kind", models.CharField(choices=[("phone", "Phone"), ("email", "E-mail")], max_length=10)),
                ("value", models.CharField(max_length=254)),
                ("written", models.CharField(max_length=254)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("wrong_since", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["-kind", "position", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["business", "value"], name="contact_value")],
                "constraints": [
                    models.UniqueConstraint(fields=("business", "id"), name="contact_key"),
                    regulars.record.owned.CompositeKey(
                        column="customer_id", name="contact_customer_key", to="record_customer"
                    ),
                    models.UniqueConstraint(fields=("business", "customer", "kind", "value"), name="contact_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Fact",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "business",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="record.business",
                    ),
                ),
                (
                    "customer",
                    regulars.record.owned.OwnedForeignKey(db_index=False, related_name="facts", to="record.customer"),
                ),
                ("text", models.CharField(max_length=500)),
                (
                    "learnt_by",
                    regulars.record.owned.OwnedForeignKey(
                        db_index=False, null=True, related_name="+", to="record.member"
                    ),
                ),
                ("learnt_at", models.DateTimeField()),
                ("day", models.DateField(blank=True, null=True)),
                ("forgotten_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["-learnt_at"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["business", "customer"], name="fact_customer")],
                "constraints": [
                    models.UniqueConstraint(fields=("business", "id"), name="fact_key"),
                    regulars.record.owned.CompositeKey(
                        column="customer_id", name="fact_customer_key", to="record_customer"
                    ),
                    regulars.record.owned.CompositeKey(
                        column="learnt_by_id", name="fact_learnt_by_key", to="record_member"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Wish",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "business",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="record.business",
                    ),
                ),
                (
                    "customer",
                    regulars.record.owned.OwnedForeignKey(db_index=False, related_name="wishes", to="record.customer"),
                ),
                ("text", models.CharField(max_length=500)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("call", "said on the phone"),
                            ("visit", "said at a visit"),
                            ("letter", "wrote it"),
                            ("guess", "our guess"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "heard_by",
                    regulars.record.owned.OwnedForeignKey(
                        db_index=False, null=True, related_name="+", to="record.member"
                    ),
                ),
                ("heard_at", models.DateTimeField()),
                ("granted_at", models.DateTimeField(null=True)),
                ("dropped_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["-heard_at"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["business", "customer"], name="wish_customer")],
                "constraints": [
                    models.UniqueConstraint(fields=("business", "id"), name="wish_key"),
                    regulars.record.owned.CompositeKey(
                        column="customer_id", name="wish_customer_key", to="record_customer"
                    ),
                    regulars.record.owned.CompositeKey(
                        column="heard_by_id", name="wish_heard_by_key", to="record_member"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Call",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "business",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="record.business",
                    ),
                ),
                (
                    "customer",
                    regulars.record.owned.OwnedForeignKey(db_index=False, related_name="calls", to="record.customer"),
                ),
                (
                    "play",
                    models.CharField(
                        choices=[
                            ("top_ten", "Top ten: say thank you"),
                            ("slipping", "Slipping away"),
                            ("second_visit", "A second visit"),
                            ("agreed", "As agreed"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "caller",
                    regulars.record.owned.OwnedForeignKey(
                        blank=True, db_index=False, null=True, related_name="+", to="record.member"
                    ),
                ),
                ("planned_at", models.DateTimeField()),
                ("not_before", models.DateField()),
                ("due_on", models.DateField()),
                ("rank", models.FloatField(default=0)),
                ("stake", models.BigIntegerField(default=0)),
                ("why", models.JSONField(default=dict)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "ended_by",
                    regulars.record.owned.OwnedForeignKey(
                        db_index=False, null=True, related_name="+", to="record.member"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("reached", "Reached"),
                            ("no_answer", "No answer"),
                            ("wrong_number", "Wrong number"),
                            ("never_call", "Do not call me"),
                        ],
                        max_length=20,
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=1000)),
                ("note", models.CharField(blank=True, max_length=1000)),
                ("nothing_new", models.BooleanField(default=False)),
                ("made", models.JSONField(default=dict)),
                ("dropped_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(
                        condition=models.Q(("dropped_at", None), ("ended_at", None)),
                        fields=["business", "caller", "due_on"],
                        name="call_open",
                    ),
                    models.Index(
                        models.F("business"), models.OrderBy(models.F("ended_at"), descending=True), name="call_ended"
                    ),
                    models.Index(fields=["business", "customer", "ended_at"], name="call_customer"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("business", "id"), name="call_key"),
                    regulars.record.owned.CompositeKey(
                        column="customer_id", name="call_customer_key", to="record_customer"
                    ),
                    regulars.record.owned.CompositeKey(column="caller_id", name="call_caller_key", to="record_member"),
                    regulars.record.owned.CompositeKey(
                        column="ended_by_id", name="call_ended_by_key", to="record_member"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("dropped_at", None), ("ended_at", None)),
                        fields=("business", "customer"),
                        name="call_open_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Import",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "business",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="record.business",
                    ),
                ),
                ("subject", models.CharField(choices=[("sales", "Sales"), ("customers", "Customers")], max_length=10)),
                ("file_name", models.CharField(max_length=255)),
                ("size", models.BigIntegerField()),
                (
                    "by",
                    regulars.record.owned.OwnedForeignKey(
                        db_index=False, null=True, related_name="+", to="record.member"
                    ),
                ),
                ("brought_at", models.DateTimeField()),
                ("plan", models.JSONField(default=dict)),
                ("asked_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    regulars.record.owned.OwnedForeignKey(
                        db_index=False, null=True, related_name="+", to="record.member"
                    ),
                ),
                ("is_dry_run", models.BooleanField(default=False)),
                ("began_at", models.DateTimeField(null=True)),
                ("step", models.CharField(blank=True, max_length=20)),
                ("share", models.FloatField(default=0)),
                ("lines_read", models.BigIntegerField(default=0)),
                ("checked_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                ("failed_at", models.DateTimeField(null=True)),
                ("failure", models.JSONField(default=dict)),
                ("outcome", models.JSONField(default=dict)),
                ("undo_asked_at", models.DateTimeField(null=True)),
                (
                    "undo_asked_by",
                    regulars.record.owned.OwnedForeignKey(
                        db_index=False, null=True, related_name="+", to="record.member"
                    ),
                ),
                ("undone_at", models.DateTimeField(null=True)),
                ("cleared_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(
                        models.F("business"),
                        models.OrderBy(models.F("brought_at"), descending=True),
                        name="import_brought",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("business", "id"), name="import_key"),
                    regulars.record.owned.CompositeKey(column="by_id", name="import_by_key", to="record_member"),
                    regulars.record.owned.CompositeKey(
                        column="asked_by_id", name="import_asked_by_key", to="record_member"
                    ),
                    regulars.record.owned.CompositeKey(
                        column="undo_asked_by_id", name="import_undo_asked_by_key", to="record_member"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Brought",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "business",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="record.business",
                    ),
                ),
                (
                    "brought_by",
                    regulars.record.owned.OwnedForeignKey(db_index=False, related_name="+", to="record.import"),
                ),
                (
                    "customer",
                    regulars.record.owned.OwnedForeignKey(db_index=False, related_name="+", to="record.customer"),
                ),
                ("is_new", models.BooleanField()),
                ("added", models.JSONField(default=dict)),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["business", "customer"], name="brought_customer")],
                "constraints": [
                    models.UniqueConstraint(fields=("business", "id"), name="brought_key"),
                    regulars.record.owned.CompositeKey(
                        column="brought_by_id", name="brought_brought_by_key", to="record_import"
                    ),
                    regulars.record.owned.CompositeKey(
                        column="customer_id", name="brought_customer_key", to="record_customer"
                    ),
                    models.UniqueConstraint(fields=("business", "brought_by", "customer"), name="brought_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Sale",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "business",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="record.business",
                    ),
                ),
                (
                    "customer",
                    regulars.record.owned.OwnedForeignKey(db_index=False, related_name="sales", to="record.customer"),
                ),
                ("at", models.DateTimeField()),
                ("day", models.DateField()),
                ("amount", models.BigIntegerField()),
                ("currency", models.CharField(max_length=3)),
                ("branch", regulars.record.owned.OwnedForeignKey(db_index=False, related_name="+", to="record.branch")),
                (
                    "served_by",
                    regulars.record.owned.OwnedForeignKey(
                        blank=True, db_index=False, null=True, related_name="+", to="record.member"
                    ),
                ),
                ("what", models.CharField(blank=True, max_length=300)),
                ("receipt", models.CharField(blank=True, max_length=100)),
                ("fingerprint", models.CharField(max_length=32)),
                (
                    "brought_by",
                    regulars.record.owned.OwnedForeignKey(
                        db_index=False, null=True, related_name="+", to="record.import"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["business", "customer", "day", "amount", "currency"], name="sale_customer"),
                    models.Index(fields=["business", "day"], name="sale_day"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("business", "id"), name="sale_key"),
                    regulars.record.owned.CompositeKey(
                        column="customer_id", name="sale_customer_key", to="record_customer"
                    ),
                    regulars.record.owned.CompositeKey(column="branch_id", name="sale_branch_key", to="record_branch"),
                    regulars.record.owned.CompositeKey(
                        column="served_by_id", name="sale_served_by_key", to="record_member"
                    ),
                    regulars.record.owned.CompositeKey(
                        column="brought_by_id", name="sale_brought_by_key", to="record_import"
                    ),
                    models.UniqueConstraint(fields=("business", "fingerprint"), name="sale_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Estimate",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "business",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="record.business",
                    ),
                ),
                (
                    "customer",
                    regulars.record.owned.OwnedForeignKey(db_index=False, related_name="+", to="record.customer"),
                ),
                ("visits", models.PositiveIntegerField(default=0)),
                ("first_on", models.DateField(null=True)),
                ("last_on", models.DateField(null=True)),
                ("spent", models.BigIntegerField(default=0)),
                ("mean_spend", models.BigIntegerField(default=0)),
                ("usual_gap", models.FloatField(null=True)),
                ("alive", models.FloatField(null=True)),
                ("expected_visits", models.FloatField(null=True)),
                ("value", models.BigIntegerField(default=0)),
                ("low", models.BigIntegerField(default=0)),
                ("high", models.BigIntegerField(default=0)),
                ("at_stake", models.BigIntegerField(default=0)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("none", "No purchase yet"),
                            ("first", "First-time"),
                            ("repeat", "Repeat"),
                            ("regular", "Regular"),
                            ("slipping", "Slipping away"),
                            ("gone", "Gone"),
                        ],
                        default="none",
                        max_length=10,
                    ),
                ),
                ("stage_since", models.DateField(null=True)),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(
                        models.F("business"),
                        models.OrderBy(models.F("value"), descending=True),
                        models.F("customer"),
                        name="estimate_value",
                    ),
                    models.Index(
                        models.F("business"),
                        models.OrderBy(models.F("spent"), descending=True),
                        models.F("customer"),
                        name="estimate_spent",
                    ),
                    models.Index(
                        models.F("business"),
                        models.F("stage"),
                        models.OrderBy(models.F("at_stake"), descending=True),
                        models.F("customer"),
                        name="estimate_stage",
                    ),
                    models.Index(
                        models.F("business"),
                        models.OrderBy(models.F("last_on"), descending=True),
                        models.F("customer"),
                        name="estimate_last",
                    ),
                    models.Index(
                        models.F("business"),
                        models.F("stage"),
                        models.OrderBy(models.F("stage_since"), descending=True),
                        models.F("customer"),
                        name="estimate_since",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("business", "id"), name="estimate_key"),
                    regulars.record.owned.CompositeKey(
                        column="customer_id", name="estimate_customer_key", to="record_customer"
                    ),
                    models.UniqueConstraint(fields=("business", "customer"), name="estimate_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tagging",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "business",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="record.business",
                    ),
                ),
                (
                    "customer",
                    regulars.record.owned.OwnedForeignKey(
                        db_index=False, related_name="taggings", to="record.customer"
                    ),
                ),
                (
                    "tag",
                    regulars.record.owned.OwnedForeignKey(db_index=False, related_name="taggings", to="record.tag"),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["business", "tag", "customer"], name="tagging_tag")],
                "constraints": [
                    models.UniqueConstraint(fields=("business", "id"), name="tagging_key"),
                    regulars.record.owned.CompositeKey(
                        column="customer_id", name="tagging_customer_key", to="record_customer"
                    ),
                    regulars.record.owned.CompositeKey(column="tag_id", name="tagging_tag_key", to="record_tag"),
                    models.UniqueConstraint(fields=("business", "customer", "tag"), name="tagging_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="OwnValue",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "business",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="record.business",
                    ),
                ),
                (
                    "customer",
                    regulars.record.owned.OwnedForeignKey(
                        db_index=False, related_name="own_values", to="record.customer"
                    ),
                ),
                (
                    "field",
                    regulars.record.owned.OwnedForeignKey(db_index=False, related_name="+", to="record.ownfield"),
                ),
                ("text", models.CharField(max_length=300)),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("business", "id"), name="ownvalue_key"),
                    regulars.record.owned.CompositeKey(
                        column="customer_id", name="ownvalue_customer_key", to="record_customer"
                    ),
                    regulars.record.owned.CompositeKey(
                        column="field_id", name="ownvalue_field_key", to="record_ownfield"
                    ),
                    models.UniqueConstraint(fields=("business", "customer", "field"), name="ownvalue_once"),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Merge",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "business",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="record.business",
                    ),
                ),
                ("kept", regulars.record.owned.OwnedForeignKey(db_index=False, related_name="+", to="record.customer")),
                ("gone", regulars.record.owned.OwnedForeignKey(db_index=False, related_name="+", to="record.customer")),
                (
                    "by",
                    regulars.record.owned.OwnedForeignKey(
                        db_index=False, null=True, related_name="+", to="record.member"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("moved", models.JSONField(default=dict)),
                ("undone_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["business", "kept"], name="merge_kept")],
                "constraints": [
                    models.UniqueConstraint(fields=("business", "id"), name="merge_key"),
                    regulars.record.owned.CompositeKey(column="kept_id", name="merge_kept_key", to="record_customer"),
                    regulars.record.owned.CompositeKey(column="gone_id", name="merge_gone_key", to="record_customer"),
                    regulars.record.owned.CompositeKey(column="by_id", name="merge_by_key", to="record_member"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "business",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="record.business",
                    ),
                ),
                ("email", models.EmailField(max_length=254)),
                ("name", models.CharField(max_length=200)),
                (
                    "role",
                    models.PositiveSmallIntegerField(
                        choices=[(10, "Viewer"), (20, "Front line"), (30, "Manager"), (40, "Owner")]
                    ),
                ),
                ("secret_hash", models.CharField(max_length=64)),
                ("sent_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                (
                    "sent_by",
                    regulars.record.owned.OwnedForeignKey(
                        db_index=False, null=True, related_name="+", to="record.member"
                    ),
                ),
                ("taken_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["business", "email"], name="invitation_email")],
                "constraints": [
                    models.UniqueConstraint(fields=("business", "id"), name="invitation_key"),
                    regulars.record.owned.CompositeKey(
                        column="sent_by_id", name="invitation_sent_by_key", to="record_member"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reckoning",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "business",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="record.business",
                    ),
                ),
                (
                    "by",
                    regulars.record.owned.OwnedForeignKey(
                        db_index=False, null=True, related_name="+", to="record.member"
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("began_at", models.DateTimeField(null=True)),
                ("step", models.CharField(blank=True, max_length=20)),
                ("share", models.FloatField(default=0)),
                ("finished_at", models.DateTimeField(null=True)),
                ("failed_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(
                        models.F("business"),
                        models.OrderBy(models.F("asked_at"), descending=True),
                        name="reckoning_asked",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("business", "id"), name="reckoning_key"),
                    regulars.record.owned.CompositeKey(column="by_id", name="reckoning_by_key", to="record_member"),
                    models.UniqueConstraint(
                        condition=models.Q(("began_at", None), ("failed_at", None), ("finished_at", None)),
                        fields=("business",),
                        name="reckoning_waits_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="JobRun",
            fields=[
                ("name", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("began_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("failure", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "indexes": [],
                "constraints": [],
            },
        ),
    ]
