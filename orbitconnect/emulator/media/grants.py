"""Granting other users access to a file."""

from __future__ import annotations

from typing import Final

from orbitconnect_api import events, operations
from orbitconnect_api.models.grant_media_access_body import GrantMediaAccessBody
from orbitconnect_api.models.media_access import MediaAccess
from orbitconnect_api.models.media_access_event_data import MediaAccessEventData

from ..chat.users import check_active_users
from ..clock import from_microseconds
from ..context import RequestContext
from ..model_fields import nulls
from ..outbox import emit
from ..refusals import invalid_field
from ..registry import handles
from ..tables.media import MediaAccessRow
from .rows import ACCESS_TYPES, own_media

_SELECT: Final = "SELECT * FROM media_access WHERE media_id = ?"


@handles(operations.GRANT_MEDIA_ACCESS)
def grant_access(context: RequestContext, media_id: str) -> MediaAccess:
    """Grant a user one kind of access. A grant that already exists stays unchanged."""
    own_media(context, media_id)
    body = GrantMediaAccessBody.from_dict(context.body)
    if body.access_type not in ACCESS_TYPES:
        raise invalid_field(body, "access_type", f"must be one of {', '.join(ACCESS_TYPES)}")
    check_active_users(context, body, "app_user_id", [body.app_user_id], is_list=False)
    added = context.store.run(
        "INSERT INTO media_access (id, media_id, user_id, access_type, created_by, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (context.new_id("acc"), media_id, body.app_user_id, body.access_type, context.actor_id, context.now),
    )
    query = f"{_SELECT} AND user_id = ? AND access_type = ?"
    grant = _model(context.store.one(MediaAccessRow, query, (media_id, body.app_user_id, body.access_type)))
    if added:
        emit(context, events.MEDIA_ACCESS_GRANTED, MediaAccessEventData(access=grant))
    return grant


@handles(operations.LIST_MEDIA_ACCESS)
def list_access(context: RequestContext, media_id: str) -> list[MediaAccess]:
    """List the grants of a file, oldest first. Only the file's owner can do so."""
    own_media(context, media_id)
    return [_model(row) for row in context.store.all(MediaAccessRow, f"{_SELECT} ORDER BY n", (media_id,))]


def _model(row: MediaAccessRow) -> MediaAccess:
    return MediaAccess(
        id=row.id,
        media_id=row.media_id,
        app_user_id=row.user_id,
        access_type=row.access_type,
        created_by=row.created_by,
        created_at=from_microseconds(row.created_at),
        updated_at=from_microseconds(row.created_at),
        _raw=nulls(MediaAccess),
    )
