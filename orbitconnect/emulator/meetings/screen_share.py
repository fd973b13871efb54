"""Screen sharing in meetings."""

from __future__ import annotations

from orbitconnect_api import operations

from ..context import RequestContext
from ..refusals import conflict
from ..registry import handles
from ..rules import ONE_SCREEN
from .rows import check_live, check_present, own_meeting


@handles(operations.START_MEETING_SCREEN_SHARE)
def start_screen_share(context: RequestContext, meeting_id: str) -> None:
    """Start the acting user's screen share. If the share is already active, it continues."""
    meeting, participant = own_meeting(context, meeting_id)
    check_live(meeting)
    check_present(participant)
    sharer = meeting.screen_sharer_id
    if sharer is not None and sharer != context.actor_id:
        raise conflict("Another user is sharing a screen.", ONE_SCREEN)
    if sharer is None:
        _set_sharer(context, meeting_id, context.actor_id)


@handles(operations.STOP_MEETING_SCREEN_SHARE)
def stop_screen_share(context: RequestContext, meeting_id: str) -> None:
    """Stop the acting user's screen share."""
    meeting, _ = own_meeting(context, meeting_id)
    if meeting.screen_sharer_id != context.actor_id:
        raise conflict("The acting user is not sharing a screen.", ONE_SCREEN)
    _set_sharer(context, meeting_id, None)


def _set_sharer(context: RequestContext, meeting_id: str, sharer: str | None) -> None:
    context.store.run(
        "UPDATE meetings SET screen_sharer_id = ?, updated_at = ? WHERE id = ?", (sharer, context.now, meeting_id)
    )
    context.store.run(
        "UPDATE meeting_participants SET updated_at = ? WHERE meeting_id = ? AND user_id = ?",
        (context.now, meeting_id, context.actor_id),
    )
