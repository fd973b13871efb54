"""Files in the store: who can access them, and the API's models of them."""

from __future__ import annotations

from typing import Final

from orbitconnect_api.models.media import Media
from orbitconnect_api.models.media_error import MediaError

from ..clock import from_microseconds, time_or_none
from ..context import Context, RequestContext
from ..model_fields import nulls
from ..refusals import conflict, forbidden, not_found
from ..rules import MEDIA_ACCESS, MEDIA_OWNER, MEDIA_READY
from ..tables.media import MediaRow

PENDING: Final = "pending"
UPLOADED: Final = "uploaded"
PROCESSING: Final = "processing"
READY: Final = "ready"
FAILED: Final = "failed"
DELETED: Final = "deleted"

ACCESS_TYPES: Final = ("view", "download", "stream")

NOUN: Final = "media file"

RECORDINGS_SEEN: Final = (
    "SELECT id FROM recordings WHERE started_by = :user_id"
    " OR session_type = 'call' AND session_id IN"
    " (SELECT id FROM calls WHERE caller_id = :user_id OR callee_id = :user_id)"
    " OR session_type = 'meeting' AND session_id IN"
    " (SELECT meeting_id FROM meeting_participants WHERE user_id = :user_id AND status != 'removed')"
)
"""Selects the ids of the recordings that the user `:user_id` started, and of recordings of the user's calls and
meetings."""

MEDIA_SEEN: Final = (
    "SELECT id FROM media WHERE created_by = :user_id"
    " UNION SELECT media_id FROM media_access WHERE user_id = :user_id"
    f" UNION SELECT id FROM media WHERE recording_id IN ({RECORDINGS_SEEN})"
)
"""Selects the ids of the files that the user `:user_id` owns or has been granted access to, and of the user's
recordings."""


def insert_media(
    context: Context,
    mime_type: str,
    filename: str | None,
    *,
    created_by: str,
    status: str = PENDING,
    recording_id: str | None = None,
) -> str:
    """Add a file. Returns its media id."""
    media_id = context.new_id("med")
    context.store.run(
        "INSERT INTO media (id, mime_type, filename, folded, status, recording_id, created_by, created_at, updated_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            media_id,
            mime_type,
            filename,
            f"{filename or ''}\n{mime_type}".casefold(),
            status,
            recording_id,
            created_by,
            context.now,
            context.now,
        ),
    )
    return media_id


def visible_media(context: RequestContext, media_id: str) -> MediaRow:
    """Return a file that the acting user has access to.

    Raises:
        Refusal: If there is no such file, or the user has no access to it. The response's body is the same for both.
    """
    row = context.store.one_or_none(MediaRow, "SELECT * FROM media WHERE id = ? AND deleted_at IS NULL", (media_id,))
    if row is None:
        raise not_found(NOUN)
    check_visible(context, row)
    return row


def check_visible(context: RequestContext, row: MediaRow) -> None:
    """Check that the acting user has access to a file.

    Raises:
        Refusal: If the user has no access. The response's body is the same as if there were no such file.
    """
    if row.created_by == context.actor_id or access_types(context, row):
        return
    raise not_found(NOUN, MEDIA_ACCESS)


def own_media(context: RequestContext, media_id: str) -> MediaRow:
    """Return a file that the acting user owns.

    Raises:
        Refusal: If there is no such file, or it belongs to another user.
    """
    row = visible_media(context, media_id)
    check_owner(context, row)
    return row


def check_owner(context: RequestContext, row: MediaRow) -> None:
    """Check that the acting user owns a file.

    Raises:
        Refusal: If the user does not own the file.
    """
    if row.created_by != context.actor_id:
        raise forbidden("Only the file's owner can do this.", MEDIA_OWNER)


def access_types(context: RequestContext, row: MediaRow) -> set[str]:
    """The acting user's kinds of access to a file. Users who can see the file's recording have all kinds of access."""
    query = "SELECT access_type FROM media_access WHERE media_id = ? AND user_id = ?"
    types = set(context.store.scalars(str, query, (row.id, context.actor_id)))
    if row.recording_id is not None:
        query = f"SELECT 1 WHERE :recording_id IN ({RECORDINGS_SEEN})"
        if context.store.exists(query, {"user_id": context.actor_id, "recording_id": row.recording_id}):
            types.update(ACCESS_TYPES)
    return types


def check_ready(row: MediaRow, action: str) -> None:
    """Check that a file is ready.

    Raises:
        Refusal: If the file is not ready.
    """
    if row.status != READY:
        raise conflict(f"The file cannot be {action}: it is {row.status}.", MEDIA_READY)


def media_model(context: Context, media_id: str) -> Media:
    """Read a file, even a deleted one, and build its model."""
    return media_from(context.store.one(MediaRow, "SELECT * FROM media WHERE id = ?", (media_id,)))


def media_from(row: MediaRow) -> Media:
    """Build the model of a row."""
    return Media(
        id=row.id,
        mime_type=row.mime_type,
        filename=row.filename,
        size=row.size,
        status=row.status,
        error=error_from(row),
        checksum=row.file_id,
        recording_id=row.recording_id,
        created_by=row.created_by,
        created_at=from_microseconds(row.created_at),
        updated_at=from_microseconds(row.updated_at),
        uploaded_at=time_or_none(row.uploaded_at),
        ready_at=time_or_none(row.ready_at),
        _raw=nulls(Media),
    )


def error_from(row: MediaRow) -> MediaError | None:
    """Why the processing of a file failed, or None if it did not fail."""
    return None if row.error_code is None else MediaError(code=row.error_code, message=row.error_message)
