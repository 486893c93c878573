"""Files on their way in: no more of one is written to the disk than the largest that we take."""

from typing import Any

from django.core.files.uploadhandler import TemporaryFileUploadHandler

from regulars.intake import pictures
from regulars.record import imports


class Bounded(TemporaryFileUploadHandler):
    """Beyond the limit it only counts: the form then sees how large the file was, and refuses it in words."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> Any:
        is_guests = self.request is not None and not self.request.path.startswith("/at/")
        if start + len(raw_data) <= (pictures.LARGEST if is_guests else imports.LARGEST_FILE):
            super().receive_data_chunk(raw_data, start)
