"""Requests that download a file: whole, a range of it, or only its headers."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from ..context import Context
from ..exchange import EmulatorRequest, EmulatorResponse
from ..refusals import conflict, not_found
from ..rules import MEDIA_READY
from ..tables.media import MediaRow
from .ranges import is_not_modified, requested_range
from .rows import NOUN
from .signed_urls import HEAD

DOWNLOAD: Final = "download"
STREAM: Final = "stream"

# Uploaded files must not run scripts on the emulator's origin, or be interpreted as another type.
_SAFETY_HEADERS: Final = {"x-content-type-options": "nosniff", "content-security-policy": "sandbox"}


def serve(context: Context, request: EmulatorRequest, segments: list[str]) -> EmulatorResponse:
    """Respond with a file. The request's signature has been checked.

    Raises:
        Refusal: If the file no longer exists, or does not contain the requested range.
    """
    media_id, use = segments
    row = context.store.one_or_none(MediaRow, "SELECT * FROM media WHERE id = ? AND deleted_at IS NULL", (media_id,))
    if row is None:
        raise not_found(NOUN)
    if row.file_id is None or row.size is None:
        raise conflict("The file has not been uploaded yet.", MEDIA_READY)
    if not context.files.has(row.file_id):
        raise conflict("The file's bytes are missing from the emulator's folder of files.", MEDIA_READY)
    size, etag = row.size, f'"{row.file_id}"'
    headers = {"etag": etag, "accept-ranges": "bytes", "cache-control": "private", **_SAFETY_HEADERS}
    if is_not_modified(request.headers, etag):
        return EmulatorResponse(304, headers)
    headers["content-type"] = row.mime_type
    headers["content-disposition"] = _disposition(use, row.filename)
    if request.method == HEAD:
        return EmulatorResponse(200, {**headers, "content-length": str(size)})
    byte_range = requested_range(request.headers, size, etag)
    if byte_range is None:
        return EmulatorResponse(200, {**headers, "content-length": str(size)}, stream=context.files.read(row.file_id))
    length = byte_range.last - byte_range.first + 1
    headers["content-length"] = str(length)
    headers["content-range"] = f"bytes {byte_range.first}-{byte_range.last}/{size}"
    return EmulatorResponse(206, headers, stream=context.files.read(row.file_id, byte_range.first, length))


def _disposition(use: str, filename: str | None) -> str:
    kind = "attachment" if use == DOWNLOAD else "inline"
    return kind if filename is None else f"{kind}; filename*=UTF-8''{quote(filename, safe='')}"
