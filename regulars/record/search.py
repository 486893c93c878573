"""Finding a customer by anything we wrote about her."""

from django.db import models

from regulars.record.owned import Owned, OwnedForeignKey, keys


class Finder(Owned):
    """The words by which a customer is found."""

    customer = OwnedForeignKey("record.Customer", on_delete=models.CASCADE)
    words = models.TextField()

    class Meta(Owned.Meta):
        constraints = [
            *keys("finder", customer="customer"),
            models.UniqueConstraint(fields=["business", "customer"], name="finder_once"),
        ]
