"""What the program notes about itself: when each nightly job last ran, and that the jobs are alive. Global."""

from datetime import datetime

from django.db import models


class JobRun(models.Model):
    """The last run of a job. `failure` is the kind of error that ended it, empty when it went well."""

    name = models.CharField(max_length=60, primary_key=True)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=300, blank=True)


HEARTBEAT = "heartbeat"


def began(name: str, *, at: datetime) -> None:
    """It runs. The run before it is forgotten."""
    JobRun.objects.update_or_create(name=name, defaults={"began_at": at, "ended_at": None, "failure": ""})


def ended(name: str, *, at: datetime, failure: str = "") -> None:
    """It is over, well or not."""
    JobRun.objects.filter(name=name).update(ended_at=at, failure=failure[:300])


def last_began(name: str) -> datetime | None:
    """When the job last began; None when it never did."""
    return JobRun.objects.filter(name=name).values_list("began_at", flat=True).first()


def last_ended(name: str) -> datetime | None:
    """When the last run began, if it came to an end; a run that was killed has to be done again."""
    return JobRun.objects.filter(name=name, ended_at__isnull=False).values_list("began_at", flat=True).first()
