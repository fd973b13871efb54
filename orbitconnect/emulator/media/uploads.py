"""Upload sessions, for a whole file or for the parts of a large one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from orbitconnect_api import operations
from orbitconnect_api.models.complete_multipart_upload_body import CompleteMultipartUploadBody
from orbitconnect_api.models.generate_upload_url_body import GenerateUploadUrlBody
from orbitconnect_api.models.init_multipart_upload_body import InitMultipartUploadBody
from orbitconnect_api.models.media import Media
from orbitconnect_api.models.multipart_session import MultipartSession
from orbitconnect_api.models.upload_part import UploadPart
from orbitconnect_api.models.upload_session import UploadSession

from ..clock import from_microseconds
from ..context import RequestContext
from ..model_fields import nulls
from ..refusals import conflict, invalid_field, not_found
from ..registry import handles
from ..rules import MEDIA_ACCESS, SIGNED_URL_AGE, UPLOAD_ONCE, UPLOAD_PARTS, UPLOAD_SIZE, UPLOAD_TYPE
from ..tables.media import UploadPartRow
from .rows import insert_media, media_model
from .signed_urls import PUT, UPLOADS, signed_target
from .upload_requests import Upload, accept_file, close_upload, find_upload

_PART_URL_FACTOR: Final = 12
"""How many times longer part URLs are valid than the URL of a whole file."""

_PART_TYPE: Final = "application/octet-stream"


@handles(operations.GENERATE_UPLOAD_URL)
def generate_upload_url(context: RequestContext) -> UploadSession:
    """Open an upload session for a whole file."""
    body = GenerateUploadUrlBody.from_dict(context.body)
    upload_id, media_id = (
        context.new_id("upl"),
        insert_media(context, body.mime_type, None, created_by=context.actor_id),
    )
    expires_at = context.now + context.media.url_time
    _insert(context, upload_id, media_id, None, context.media.max_upload_size, expires_at)
    return UploadSession(
        id=upload_id,
        media_id=media_id,
        upload_path=_upload_path(context, f"{UPLOADS}{upload_id}", expires_at),
        method=PUT,
        headers=_content_type(body.mime_type),
        mime_type=body.mime_type,
        max_size=context.media.max_upload_size,
        created_at=from_microseconds(context.now),
        expires_at=from_microseconds(expires_at),
        _raw=nulls(UploadSession),
    )


@handles(operations.INIT_MULTIPART_UPLOAD)
def init_multipart(context: RequestContext) -> MultipartSession:
    """Open an upload session for a file in parts."""
    body = InitMultipartUploadBody.from_dict(context.body)
    upload_id = context.new_id("mpu")
    media_id = insert_media(context, body.mime_type, body.filename, created_by=context.actor_id)
    part_size, expires_at = context.media.part_size, context.now + _PART_URL_FACTOR * context.media.url_time
    max_size = part_size * context.media.max_parts
    _insert(context, upload_id, media_id, part_size, max_size, expires_at)
    parts = [
        UploadPart(
            part_number=number,
            upload_path=_upload_path(context, f"{UPLOADS}{upload_id}/{number}", expires_at),
            headers=_content_type(_PART_TYPE),
        )
        for number in range(1, context.media.max_parts + 1)
    ]
    return MultipartSession(
        session_id=upload_id,
        media_id=media_id,
        mime_type=body.mime_type,
        filename=body.filename,
        part_size=part_size,
        parts=parts,
        method=PUT,
        max_size=max_size,
        created_at=from_microseconds(context.now),
        expires_at=from_microseconds(expires_at),
        _raw=nulls(MultipartSession),
    )


@handles(operations.COMPLETE_MULTIPART_UPLOAD)
def complete_multipart(context: RequestContext) -> Media:
    """Join the uploaded parts into one file."""
    body = CompleteMultipartUploadBody.from_dict(context.body)
    upload, part_size = _own_multipart(context, body.session_id)
    if body.mime_type != upload.mime_type:
        raise invalid_field(
            body, "mime_type", f"must be the upload session's type, {upload.mime_type}", rule=UPLOAD_TYPE
        )
    parts = context.store.all(
        UploadPartRow, "SELECT * FROM upload_parts WHERE upload_id = ? ORDER BY number", (body.session_id,)
    )
    _check_parts(parts, part_size)
    size = sum(part.size for part in parts)
    if body.size != size:
        raise invalid_field(body, "size", f"must be the total size of the uploaded parts, {size}", rule=UPLOAD_SIZE)
    joined = context.files.receive(_bytes_of(context, parts))
    close_upload(context, body.session_id)
    accept_file(context, upload.media_id, joined)
    return media_model(context, upload.media_id)


def _own_multipart(context: RequestContext, session_id: str) -> tuple[Upload, int]:
    upload = find_upload(context, session_id)
    if upload is None or upload.part_size is None:
        raise not_found("upload session")
    if upload.created_by != context.actor_id:
        raise not_found("upload session", MEDIA_ACCESS)
    if upload.closed_at is not None:
        raise conflict("The upload session is closed.", UPLOAD_ONCE)
    if context.now >= upload.expires_at:
        raise conflict("The upload session has expired.", SIGNED_URL_AGE)
    return upload, upload.part_size


def _check_parts(parts: list[UploadPartRow], part_size: int) -> None:
    if not parts:
        raise conflict("No part has been uploaded.", UPLOAD_PARTS)
    for number, part in enumerate(parts, 1):
        if part.number != number:
            raise conflict(f"Part {number} is missing.", UPLOAD_PARTS)
        if number < len(parts) and part.size != part_size:
            message = f"Part {number} has {part.size} bytes. All parts except the last must have {part_size}."
            raise conflict(message, UPLOAD_PARTS)


def _bytes_of(context: RequestContext, parts: list[UploadPartRow]) -> Iterator[bytes]:
    for part in parts:
        yield from context.files.read(part.file_id)


def _insert(
    context: RequestContext, upload_id: str, media_id: str, part_size: int | None, max_size: int, expires_at: int
) -> None:
    context.store.run(
        "INSERT INTO uploads (id, media_id, part_size, max_size, created_by, expires_at) VALUES (?, ?, ?, ?, ?, ?)",
        (upload_id, media_id, part_size, max_size, context.actor_id, expires_at),
    )


def _upload_path(context: RequestContext, path: str, expires_at: int) -> str:
    target = signed_target(PUT, path, expires_at, context.token_secret)
    return f"{context.origin}{target}" if context.media.absolute_upload_paths else target


def _content_type(mime_type: str) -> dict[str, str]:
    return {"content-type": mime_type}
