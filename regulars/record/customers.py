"""Customers: who she is, how to reach her, what we know about her, what she wishes, what she does not want."""

from datetime import date, datetime
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from regulars.kernel.refusal import Refused, gettext_noop
from regulars.record import journal
from regulars.record.owned import Owned, OwnedForeignKey, keys


class Customer(Owned):
    """Somebody we serve, or only talked to: whoever bought nothing is a customer too."""

    number = models.CharField(max_length=100, blank=True)  # hers in the old program
    name = models.CharField(max_length=200)
    address_as = models.CharField(max_length=100, blank=True)  # "Mrs Tamm", "Pekka"
    language = models.CharField(max_length=10, blank=True)
    zone = models.CharField(max_length=60, blank=True)  # empty: that of her phone number, else the branch's
    source = models.CharField(max_length=100, blank=True)
    branch = OwnedForeignKey("record.Branch", on_delete=models.DO_NOTHING, null=True, blank=True)
    keeper = OwnedForeignKey("record.Member", on_delete=models.DO_NOTHING, null=True, blank=True)
    referred_by = OwnedForeignKey("self", on_delete=models.DO_NOTHING, null=True, blank=True)
    met_at = models.DateTimeField()
    no_calls_at = models.DateTimeField(null=True)
    no_mail_at = models.DateTimeField(null=True)
    consent_at = models.DateTimeField(null=True)
    consent_how = models.CharField(max_length=200, blank=True)
    merged_into = OwnedForeignKey("self", on_delete=models.DO_NOTHING, null=True, blank=True)
    merged_at = models.DateTimeField(null=True)

    class Meta(Owned.Meta):
        constraints = [
            *keys(
                "customer", branch="branch", keeper="member", referred_by="customer", merged_into="customer"
            ),
            models.UniqueConstraint(
                fields=["business", "number"], condition=~models.Q(number=""), name="customer_number"
            ),
        ]
        indexes = [
            models.Index(fields=["business", "name", "id"], name="customer_name"),
            models.Index(fields=["business", "met_at", "id"], name="customer_met"),
            models.Index(fields=["business", "referred_by"], name="customer_referred_by"),
            models.Index(fields=["business", "merged_into"], name="customer_merged_into"),
        ]

    def __str__(self) -> str:
        return self.name


class Contact(Owned):
    """A way to reach her. `value` is what machines compare (+3725551234), `written` what people read."""

    class Kind(models.TextChoices):
        PHONE = "phone", _("Phone")
        EMAIL = "email", _("E-mail")

    customer = OwnedForeignKey(Customer, on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField(max_length=10, choices=Kind)
    value = models.CharField(max_length=254)
    written = models.CharField(max_length=254)
    position = models.PositiveSmallIntegerField(default=0)
    wrong_since = models.DateTimeField(null=True)

    class Meta(Owned.Meta):
        ordering = ["position", "id"]
        constraints = [
            *keys("contact", customer="customer"),
            models.UniqueConstraint(fields=["business", "customer", "kind", "value"], name="contact_once"),
        ]
        indexes = [models.Index(fields=["business", "value"], name="contact_value")]


class Tag(Owned):
    name = models.CharField(max_length=60)

    class Meta(Owned.Meta):
        ordering = ["name"]
        constraints = [*keys("tag"), models.UniqueConstraint(fields=["business", "name"], name="tag_name")]

    def __str__(self) -> str:
        return self.name


class Tagging(Owned):
    """A tag on a customer."""

    customer = OwnedForeignKey(Customer, on_delete=models.CASCADE, related_name="taggings")
    tag = OwnedForeignKey(Tag, on_delete=models.CASCADE, related_name="taggings")

    class Meta(Owned.Meta):
        constraints = [
            *keys("tagging", customer="customer", tag="tag"),
            models.UniqueConstraint(fields=["business", "customer", "tag"], name="tagging_once"),
        ]
        indexes = [models.Index(fields=["business", "tag", "customer"], name="tagging_tag")]


class OwnField(Owned):
    """A field that this business added: the plate, the dog's name, the room she likes."""

    name = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True)

    class Meta(Owned.Meta):
        ordering = ["position", "id"]
        constraints = [
            *keys("ownfield"),
            models.UniqueConstraint(fields=["business", "name"], name="ownfield_name"),
        ]

    def __str__(self) -> str:
        return self.name


class OwnValue(Owned):
    """What stands in an own field for one customer."""

    customer = OwnedForeignKey(Customer, on_delete=models.CASCADE, related_name="own_values")
    field = OwnedForeignKey(OwnField, on_delete=models.CASCADE)
    text = models.CharField(max_length=300)

    class Meta(Owned.Meta):
        constraints = [
            *keys("ownvalue", customer="customer", field="ownfield"),
            models.UniqueConstraint(fields=["business", "customer", "field"], name="ownvalue_once"),
        ]


class Fact(Owned):
    """Something we know about her, who learnt it and when. With a date it reminds us every year."""

    customer = OwnedForeignKey(Customer, on_delete=models.CASCADE, related_name="facts")
    text = models.CharField(max_length=500)
    learnt_by = OwnedForeignKey("record.Member", on_delete=models.DO_NOTHING, null=True)
    learnt_at = models.DateTimeField()
    day = models.DateField(null=True, blank=True)
    forgotten_at = models.DateTimeField(null=True)

    class Meta(Owned.Meta):
        ordering = ["-learnt_at"]
        constraints = keys("fact", customer="customer", learnt_by="member")
        indexes = [models.Index(fields=["business", "customer"], name="fact_customer")]


class Wish(Owned):
    """What she would like; a guess of ours says that it is one."""

    class Source(models.TextChoices):
        CALL = "call", _("said on the phone")
        VISIT = "visit", _("said at a visit")
        LETTER = "letter", _("wrote it")
        GUESS = "guess", _("our guess")

    customer = OwnedForeignKey(Customer, on_delete=models.CASCADE, related_name="wishes")
    text = models.CharField(max_length=500)
    source = models.CharField(max_length=10, choices=Source)
    heard_by = OwnedForeignKey("record.Member", on_delete=models.DO_NOTHING, null=True)
    heard_at = models.DateTimeField()
    granted_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta(Owned.Meta):
        ordering = ["-heard_at"]
        constraints = keys("wish", customer="customer", heard_by="member")
        indexes = [models.Index(fields=["business", "customer"], name="wish_customer")]


class Merge(Owned):
    """Two cards became one. `moved` lists the rows that changed hands, so that it can be undone."""

    kept = OwnedForeignKey(Customer, on_delete=models.CASCADE)
    gone = OwnedForeignKey(Customer, on_delete=models.CASCADE)
    by = OwnedForeignKey("record.Member", on_delete=models.DO_NOTHING, null=True)
    at = models.DateTimeField()
    moved = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True)

    class Meta(Owned.Meta):
        constraints = keys("merge", kept="customer", gone="customer", by="member")
        indexes = [models.Index(fields=["business", "kept"], name="merge_kept")]
