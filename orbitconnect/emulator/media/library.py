"""Operations on files: finding, downloading, processing and deleting them."""

from __future__ import annotations

from typing import Final

from orbitconnect_api import events, operations
from orbitconnect_api.models.media import Media
from orbitconnect_api.models.media_dimensions import MediaDimensions
from orbitconnect_api.models.media_event_data import MediaEventData
from orbitconnect_api.models.media_metadata import MediaMetadata
from orbitconnect_api.models.media_status import MediaStatus
from orbitconnect_api.models.media_url import MediaUrl

from ..clock import from_microseconds
from ..context import RequestContext
from ..model_fields import nulls
from ..outbox import emit
from ..refusals import conflict, forbidden, not_found
from ..registry import handles
from ..rules import MEDIA_ACCESS, MEDIA_READY
from ..tables.media import MediaRow
from .download_requests import DOWNLOAD, STREAM
from .processing import start_processing, status_from, stop_processing
from .rows import (
    DELETED,
    FAILED,
    MEDIA_SEEN,
    NOUN,
    READY,
    access_types,
    check_owner,
    check_ready,
    check_visible,
    media_from,
    media_model,
    own_media,
    visible_media,
)
from .signed_urls import FILES, GET, signed_target

_MAX_FOUND: Final = 100


@handles(operations.GET_MEDIA)
def get_file(context: RequestContext, media_id: str) -> Media:
    """Return one file."""
    return media_from(visible_media(context, media_id))


@handles(operations.SEARCH_MEDIA)
def search_media(context: RequestContext, q: str) -> list[Media]:
    """List the files whose name or type contains the given text, newest first. Case is ignored."""
    rows = context.store.all(
        MediaRow,
        f"SELECT * FROM media WHERE id IN ({MEDIA_SEEN}) AND instr(folded, :text) AND file_id IS NOT NULL"
        " AND deleted_at IS NULL ORDER BY n DESC LIMIT :most",
        {"user_id": context.actor_id, "text": q.casefold(), "most": _MAX_FOUND},
    )
    return [media_from(row) for row in rows]


@handles(operations.DELETE_MEDIA)
def delete_file(context: RequestContext, media_id: str) -> None:
    """Delete a file. Its upload session is closed and its processing is canceled."""
    row = context.store.one_or_none(MediaRow, "SELECT * FROM media WHERE id = ?", (media_id,))
    if row is None:
        raise not_found(NOUN)
    check_visible(context, row)
    check_owner(context, row)
    if row.deleted_at is not None:
        return
    stop_processing(context, media_id)
    context.store.run(
        "UPDATE uploads SET closed_at = ? WHERE media_id = ? AND closed_at IS NULL", (context.now, media_id)
    )
    context.store.run(
        "UPDATE media SET status = ?, deleted_at = ?, updated_at = ? WHERE id = ?",
        (DELETED, context.now, context.now, media_id),
    )
    emit(context, events.MEDIA_DELETED, MediaEventData(media=media_model(context, media_id)))


@handles(operations.GET_MEDIA_DOWNLOAD_URL)
def get_download_url(context: RequestContext, media_id: str) -> MediaUrl:
    """Create a URL to download a file, valid for `MediaOptions.url_seconds`."""
    return _url(context, media_id, DOWNLOAD)


@handles(operations.GET_MEDIA_STREAM_URL)
def get_stream_url(context: RequestContext, media_id: str) -> MediaUrl:
    """Create a URL to stream a file, valid for `MediaOptions.url_seconds`."""
    return _url(context, media_id, STREAM)


@handles(operations.GET_MEDIA_METADATA)
def get_metadata(context: RequestContext, media_id: str) -> MediaMetadata:
    """Return what processing has determined about a file."""
    row = visible_media(context, media_id)
    has_size = row.width is not None and row.height is not None
    return MediaMetadata(
        media_id=media_id,
        mime_type=row.mime_type,
        size=row.size,
        duration=row.duration,
        dimensions=MediaDimensions(width=row.width, height=row.height) if has_size else None,
        _raw=nulls(MediaMetadata),
    )


@handles(operations.GET_MEDIA_STATUS)
def get_status(context: RequestContext, media_id: str) -> MediaStatus:
    """Return the processing status."""
    return status_from(context, visible_media(context, media_id))


@handles(operations.PROCESS_MEDIA)
def process_again(context: RequestContext, media_id: str) -> MediaStatus:
    """Process a file again. The file must be ready or failed."""
    row = own_media(context, media_id)
    if row.status not in (READY, FAILED):
        raise conflict(f"The file cannot be processed: it is {row.status}.", MEDIA_READY)
    start_processing(context, media_id)
    return status_from(context, visible_media(context, media_id))


def _url(context: RequestContext, media_id: str, use: str) -> MediaUrl:
    row = visible_media(context, media_id)
    _check_allowed(context, row, use)
    check_ready(row, "fetched")
    expires_at = (context.now + context.media.url_time) // 1_000_000 * 1_000_000
    return MediaUrl(
        url=context.origin + signed_target(GET, f"{FILES}{media_id}/{use}", expires_at, context.token_secret),
        media_id=media_id,
        mime_type=row.mime_type,
        expires_at=from_microseconds(expires_at),
        _raw=nulls(MediaUrl),
    )


def _check_allowed(context: RequestContext, row: MediaRow, use: str) -> None:
    if row.created_by != context.actor_id and use not in access_types(context, row):
        raise forbidden(f"The acting user does not have {use} access to this file.", MEDIA_ACCESS)
