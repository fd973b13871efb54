"""File processing: takes a few seconds, checks the type, reads image dimensions, and can fail."""

from __future__ import annotations

from typing import Final

from orbitconnect_api import events
from orbitconnect_api.models.media_event_data import MediaEventData
from orbitconnect_api.models.media_status import MediaStatus

from ..clock import from_microseconds, time_or_none
from ..context import Context
from ..jobs import cancel, performs, schedule
from ..model_fields import nulls
from ..outbox import emit
from ..tables.media import MediaRow
from .images import KNOWN_TYPES, Dimensions, image_type, read_dimensions
from .rows import FAILED, PROCESSING, READY, error_from, media_model

_PROCESSED: Final = "media-processed"

_EMPTY: Final = ("empty_file", "The file is empty.")
_OTHER_TYPE: Final = ("type_mismatch", "The file's content does not match its media type.")
_BROKEN: Final = ("unreadable_image", "The image's size cannot be read.")


def start_processing(context: Context, media_id: str) -> None:
    """Start processing a file. A job completes it some seconds later."""
    due_at = context.now + context.media.processing_time
    context.store.run(
        "UPDATE media SET status = ?, error_code = NULL, error_message = NULL, job_id = ?, job_started_at = ?,"
        " job_due_at = ?, job_ended_at = NULL, ready_at = NULL, updated_at = ? WHERE id = ?",
        (PROCESSING, context.new_id("job"), context.now, due_at, context.now, media_id),
    )
    schedule(context, _PROCESSED, media_id, due_at)


def stop_processing(context: Context, media_id: str) -> None:
    """Cancel the processing of a file."""
    cancel(context, _PROCESSED, media_id)


def status_from(context: Context, row: MediaRow) -> MediaStatus:
    """The API's model of a file's processing."""
    return MediaStatus(
        media_id=row.id,
        job_id=row.job_id,
        status=row.status,
        progress=_progress(context, row),
        error=error_from(row),
        started_at=time_or_none(row.job_started_at),
        ended_at=time_or_none(row.job_ended_at),
        updated_at=from_microseconds(row.updated_at),
        _raw=nulls(MediaStatus),
    )


def _progress(context: Context, row: MediaRow) -> int:
    if row.status == READY:
        return 100
    if row.status != PROCESSING or row.job_started_at is None or row.job_due_at is None:
        return 0
    duration = row.job_due_at - row.job_started_at
    return max(0, min(99, (context.now - row.job_started_at) * 100 // max(1, duration)))


@performs(_PROCESSED)
def _finish_processing(context: Context, media_id: str) -> None:
    row = context.store.one(MediaRow, "SELECT * FROM media WHERE id = ?", (media_id,))
    failure, dimensions = _examine(context, row)
    code, message = failure or (None, None)
    context.store.run(
        "UPDATE media SET status = ?, error_code = ?, error_message = ?, width = ?, height = ?, job_ended_at = ?,"
        " ready_at = ?, updated_at = ? WHERE id = ?",
        (
            READY if failure is None else FAILED,
            code,
            message,
            None if dimensions is None else dimensions.width,
            None if dimensions is None else dimensions.height,
            context.now,
            context.now if failure is None else None,
            context.now,
            media_id,
        ),
    )
    event = events.MEDIA_READY if failure is None else events.MEDIA_FAILED
    emit(context, event, MediaEventData(media=media_model(context, media_id)))


def _examine(context: Context, row: MediaRow) -> tuple[tuple[str, str] | None, Dimensions | None]:
    """The error in a file, as a code and a message, and the size of its image."""
    if not row.size or row.file_id is None:
        return _EMPTY, None
    announced = row.mime_type.partition(";")[0].strip().lower()
    with context.files.open(row.file_id) as file:
        found = image_type(file)
        if found is None and announced not in KNOWN_TYPES:
            return None, None
        if found != announced:
            return _OTHER_TYPE, None
        dimensions = read_dimensions(file, found)
    return (_BROKEN, None) if dimensions is None else (None, dimensions)
