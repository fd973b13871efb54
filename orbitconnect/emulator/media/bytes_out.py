"""Files as they are fetched: whole, in ranges, or only looked at."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from ..context import Context
from ..exchange import EmulatorRequest, EmulatorResponse
from ..refusals import conflict, not_found
from ..rules import MEDIA_READY
from ..tables.media import MediaRow
from .ranges import asked_span, is_known
from .routes import HEAD
from .rows import NOUN

DOWNLOAD: Final = "download"
STREAM: Final = "stream"

# What users upload is no part of the emulator's own pages: it runs no script there, and is not taken for another type.
_HARMLESS: Final = {"x-content-type-options": "nosniff", "content-security-policy": "sandbox"}


def serve(context: Context, request: EmulatorRequest, segments: list[str]) -> EmulatorResponse:
    """Answers a request whose signature was checked.

    Raises:
        Refusal: If the file is not there any more, or has no such bytes.
    """
    media_id, use = segments
    row = context.store.one_or_none(MediaRow, "SELECT * FROM media WHERE id = ? AND deleted_at IS NULL", (media_id,))
    if row is None:
        raise not_found(NOUN)
    if row.file_id is None or row.size is None:
        raise conflict("The file is not there yet.", MEDIA_READY)
    if not context.files.has(row.file_id):
        raise conflict("The file's bytes are gone from the emulator's folder of files.", MEDIA_READY)
    size, etag = row.size, f'"{row.file_id}"'
    headers = {"etag": etag, "accept-ranges": "bytes", "cache-control": "private", **_HARMLESS}
    if is_known(request.headers, etag):
        return EmulatorResponse(304, headers)
    headers["content-type"] = row.mime_type
    headers["content-disposition"] = _disposition(use, row.filename)
    if request.method == HEAD:
        return EmulatorResponse(200, {**headers, "content-length": str(size)})
    span = asked_span(request.headers, size, etag)
    if span is None:
        return EmulatorResponse(200, {**headers, "content-length": str(size)}, stream=context.files.read(row.file_id))
    length = span.last - span.first + 1
    headers["content-length"] = str(length)
    headers["content-range"] = f"bytes {span.first}-{span.last}/{size}"
    return EmulatorResponse(206, headers, stream=context.files.read(row.file_id, span.first, length))


def _disposition(use: str, filename: str | None) -> str:
    kind = "attachment" if use == DOWNLOAD else "inline"
    return kind if filename is None else f"{kind}; filename*=UTF-8''{quote(filename, safe='')}"
