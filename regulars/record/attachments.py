"""What comes with a message: pictures and files, and a letter byte by byte as it came; all of it kept in the book."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models, transaction

from regulars.record.complaints import Complaint
from regulars.record.owned import Owned, OwnedForeignKey, keys


class Attachment(Owned):
    """A picture or a file that came with a message, or that a colleague added."""

    complaint = OwnedForeignKey(Complaint, related_name="attachments")
    message = OwnedForeignKey("record.Message", null=True, related_name="attachments")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)  # as it says itself; never believed when it is served
    size = models.PositiveIntegerField()  # bytes
    is_picture = models.BooleanField(default=False)  # drawn anew by us, so it can be shown
    content = models.BinaryField()
    at = models.DateTimeField()

    class Meta(Owned.Meta):
        ordering = ["at", "id"]
        constraints = keys("attachment", complaint="complaint", message="message")
        indexes = [
            models.Index(fields=["business", "complaint"], name="attachment_complaint"),
            models.Index(fields=["business", "message"], name="attachment_message"),
        ]

    def __str__(self) -> str:
        return self.name


class Original(Owned):
    """A letter as it came, byte by byte."""

    message = OwnedForeignKey("record.Message", related_name="originals")
    content = models.BinaryField()
    is_whole = models.BooleanField(default=True)  # a very large one was left on the server in part

    class Meta(Owned.Meta):
        constraints = [
            *keys("original", message="message"),
            models.UniqueConstraint(fields=["business", "message"], name="original_once"),
        ]


@dataclass(frozen=True)
class File:
    """A file before it is written down."""

    name: str
    media_type: str
    content: bytes
    is_picture: bool = False


def files() -> Any:
    """Attachments without their content."""
    return Attachment.objects.defer("content")


@transaction.atomic
def attach(complaint: Complaint, files: Iterable[File], *, at: datetime, message: Any = None) -> None:
    """Pictures and files, from her or from a colleague at the counter."""
    for file in files:
        Attachment.objects.create(
            complaint=complaint,
            message=message,
            name=file.name[:200],
            media_type=file.media_type[:100],
            size=len(file.content),
            is_picture=file.is_picture,
            content=file.content,
            at=at,
        )


def keep_original(message: Any, content: bytes, *, is_whole: bool) -> None:
    """The letter as it came."""
    Original.objects.create(message=message, content=content, is_whole=is_whole)
