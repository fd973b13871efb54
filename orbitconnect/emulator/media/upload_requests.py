"""Requests that upload a file or a part of a file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from attrs import frozen

from orbitconnect_api import events
from orbitconnect_api.models.media_event_data import MediaEventData
from orbitconnect_api.types import SafeRepr

from ..context import Context
from ..exchange import EmulatorRequest
from ..file_store import FileStore, StoredFile, TooLarge
from ..outbox import emit
from ..refusals import Refusal, bad_request, conflict, not_found
from ..rules import UPLOAD_COMPLETE, UPLOAD_ONCE, UPLOAD_SIZE, UPLOAD_TYPE
from .processing import start_processing
from .rows import UPLOADED, media_model

_LENGTH: Final = re.compile(r"\d{1,18}", re.ASCII)
_ANY_TYPE: Final = "application/octet-stream"


@frozen(repr=False)
class ExpectedBody(SafeRepr):
    """The body that an upload request can have."""

    upload_id: str
    part: int | None
    """The part's number, or None for a whole file."""
    limit: int
    """The largest size in bytes."""


class Upload(NamedTuple):
    """An upload session, with the declared type of its file."""

    media_id: str
    mime_type: str
    part_size: int | None
    max_size: int
    created_by: str
    expires_at: int
    closed_at: int | None


def expect(context: Context, request: EmulatorRequest, segments: list[str]) -> ExpectedBody:
    """Determine what body a request can have. The request's signature has already been checked.

    Raises:
        Refusal: If the upload session is closed, or the request's headers declare a different type or too many bytes.
    """
    upload = _open_upload(context, segments[0])
    if len(segments) == 1:
        expected = ExpectedBody(segments[0], None, upload.max_size)
        _check_type(request, upload.mime_type)
    else:
        assert upload.part_size is not None  # Only URLs of parts contain a number.
        expected = ExpectedBody(segments[0], int(segments[1]), upload.part_size)
    length = request.headers.get("content-length", "")
    if _LENGTH.fullmatch(length) and int(length) > expected.limit:
        raise _too_large(expected.limit)
    return expected


def receive(files: FileStore, request: EmulatorRequest, expected: ExpectedBody) -> StoredFile:
    """Store the body of a request.

    Raises:
        Refusal: If the body is too large, or its size differs from the request's `content-length`.
    """
    chunks: Iterable[bytes] = (request.body,) if request.stream is None else request.stream
    try:
        stored = files.receive(chunks, expected.limit)
    except TooLarge:
        raise _too_large(expected.limit) from None
    length = request.headers.get("content-length", "")
    if _LENGTH.fullmatch(length) and int(length) != stored.size:
        raise bad_request(f"The body is {stored.size} bytes, but content-length says {int(length)}.", UPLOAD_COMPLETE)
    return stored


def complete(context: Context, expected: ExpectedBody, stored: StoredFile) -> None:
    """Assign a stored body to its upload session, as the whole file or as a part.

    Raises:
        Refusal: If the upload session was closed in the meantime.
    """
    upload = _open_upload(context, expected.upload_id)
    if expected.part is None:
        close_upload(context, expected.upload_id)
        accept_file(context, upload.media_id, stored)
        return
    context.store.run(
        "INSERT INTO upload_parts (upload_id, number, file_id, size) VALUES (?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET file_id = excluded.file_id, size = excluded.size",
        (expected.upload_id, expected.part, stored.id, stored.size),
    )


def close_upload(context: Context, upload_id: str) -> None:
    """Close an upload session."""
    context.store.run("UPDATE uploads SET closed_at = ? WHERE id = ?", (context.now, upload_id))


def accept_file(context: Context, media_id: str, stored: StoredFile) -> None:
    """Attach an uploaded file to its media, and start processing it."""
    context.store.run(
        "UPDATE media SET status = ?, file_id = ?, size = ?, uploaded_at = ?, updated_at = ? WHERE id = ?",
        (UPLOADED, stored.id, stored.size, context.now, context.now, media_id),
    )
    emit(context, events.MEDIA_UPLOADED, MediaEventData(media=media_model(context, media_id)))
    start_processing(context, media_id)


def find_upload(context: Context, upload_id: str) -> Upload | None:
    """Return any user's upload session, or None."""
    return context.store.one_or_none(
        Upload,
        "SELECT u.media_id, m.mime_type, u.part_size, u.max_size, u.created_by, u.expires_at, u.closed_at"
        " FROM uploads u JOIN media m ON m.id = u.media_id WHERE u.id = ?",
        (upload_id,),
    )


def _open_upload(context: Context, upload_id: str) -> Upload:
    upload = find_upload(context, upload_id)
    if upload is None:
        raise not_found("upload session")
    if upload.closed_at is not None:
        raise conflict("The upload session is closed.", UPLOAD_ONCE)
    return upload


def _check_type(request: EmulatorRequest, announced: str) -> None:
    """Check a request's media type. A missing type, and the generic type for bytes, are accepted."""
    given = request.headers.get("content-type")
    if given is None or _essence(given) in (_essence(announced), _ANY_TYPE):
        return
    message = f"The content-type is not that of the upload session, {announced}."
    raise Refusal(415, "unsupported_media_type", message, UPLOAD_TYPE)


def _essence(mime_type: str) -> str:
    return mime_type.partition(";")[0].strip().lower()


def _too_large(limit: int) -> Refusal:
    return Refusal(413, "too_large", f"The body is larger than {limit} bytes.", UPLOAD_SIZE)
