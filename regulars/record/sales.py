"""Sales: when, how much, where, who served, what. Refunds are sales below zero and are no visits."""

from django.db import models

from regulars.record.owned import Owned, OwnedForeignKey, keys


class Sale(Owned):
    """One sale, or one refund. `fingerprint` keeps the same line from being written twice."""

    customer = OwnedForeignKey("record.Customer", on_delete=models.CASCADE, related_name="sales")
    at = models.DateTimeField()
    day = models.DateField()  # on the branch's calendar: the sales of one day are one visit
    amount = models.BigIntegerField()  # minor units
    currency = models.CharField(max_length=3)
    branch = OwnedForeignKey("record.Branch", on_delete=models.DO_NOTHING)
    served_by = OwnedForeignKey("record.Member", on_delete=models.DO_NOTHING, null=True, blank=True)
    what = models.CharField(max_length=300, blank=True)
    receipt = models.CharField(max_length=100, blank=True)
    fingerprint = models.CharField(max_length=32)
    brought_by = OwnedForeignKey("record.Import", on_delete=models.DO_NOTHING, null=True)

    class Meta(Owned.Meta):
        constraints = [
            *keys("sale", customer="customer", branch="branch", served_by="member", brought_by="import"),
            models.UniqueConstraint(fields=["business", "fingerprint"], name="sale_once"),
        ]
        indexes = [
            models.Index(fields=["business", "customer", "day", "amount", "currency"], name="sale_customer"),
            models.Index(fields=["business", "day"], name="sale_day"),
        ]
