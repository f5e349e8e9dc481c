"""A file that goes to the reader: never opened in the page, its name in both alphabets."""

from __future__ import annotations

from urllib.parse import quote

from starlette.responses import Response

from api.evidence.kinds import MEDIA_TYPES

XLSX = MEDIA_TYPES["xlsx"]
DOCX = MEDIA_TYPES["docx"]
ICS = "text/calendar; charset=utf-8"
JSON = "application/json; charset=utf-8"


def download(content: bytes, media_type: str, name: str, plain: str) -> Response:
    """Return a file as an attachment; ``plain`` is its name for programs that read only Latin letters."""
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    return Response(content, media_type=media_type, headers={"Content-Disposition": disposition})
