"""Pictures and files, handed out so that nothing in them can run: what we drew ourselves is shown, all else saved."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.cache import add_never_cache_headers
from django.utils.http import content_disposition_header

from regulars.pages.access import Request, row
from regulars.record.attachments import Attachment


def complaint_file(request: Request, pk: UUID, file: UUID) -> HttpResponse:
    """One that belongs to this complaint."""
    return hand_out(row(Attachment.objects.filter(complaint=pk), file))


def hand_out(file: Attachment) -> HttpResponse:
    """What a file says that it is, is never believed."""
    kind = "image/jpeg" if file.is_picture else "application/octet-stream"
    response = HttpResponse(bytes(file.content), content_type=kind)
    name = content_disposition_header(as_attachment=not file.is_picture, filename=file.name)
    response["Content-Disposition"] = name or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    add_never_cache_headers(response)
    return response
