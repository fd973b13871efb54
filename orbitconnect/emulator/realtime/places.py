"""Where a session can be: in a conversation, in a call, in a meeting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from attrs import frozen

from orbitconnect_api.types import RequestModel, SafeRepr

from ..calls.rows import own_call
from ..chat.membership import own_membership
from ..context import RequestContext
from ..meetings.rows import own_meeting
from ..refusals import Refusal, conflict, invalid_field
from ..rules import SESSION_TARGET
from ..tables.realtime import SessionRow


@frozen(kw_only=True, repr=False)
class Place(SafeRepr):
    """One of the three."""

    state: str
    """What the state of a session is called there, and the place itself to a person."""
    begins_as: str
    """The type of a session that begins there."""
    noun: str
    attribute: str
    """Where the context of a session names it."""
    id_in: Callable[[SessionRow], str | None]
    """Reads that from a session."""
    own: Callable[[RequestContext, str], object]
    """Finds one that the acting user takes part in, or raises a refusal."""
    of_user: str
    """The query for the ids of those that the user :user_id takes part in."""
    over: str
    """The query for the one with the id :id if it is over."""


CHAT: Final = Place(
    state="chat",
    begins_as="chat_session",
    noun="conversation",
    attribute="conversation_id",
    id_in=lambda session: session.conversation_id,
    own=own_membership,
    of_user="SELECT conversation_id FROM participants WHERE user_id = :user_id AND left_at IS NULL",
    over="SELECT 1 WHERE :id IS NULL",
)
CALL: Final = Place(
    state="call",
    begins_as="call_session",
    noun="call",
    attribute="call_id",
    id_in=lambda session: session.call_id,
    own=own_call,
    of_user="SELECT id FROM calls WHERE caller_id = :user_id UNION ALL SELECT id FROM calls WHERE callee_id = :user_id",
    over="SELECT 1 FROM calls WHERE id = :id AND ended_at IS NOT NULL",
)
MEETING: Final = Place(
    state="meeting",
    begins_as="meeting_session",
    noun="meeting",
    attribute="meeting_id",
    id_in=lambda session: session.meeting_id,
    own=own_meeting,
    of_user="SELECT meeting_id FROM meeting_participants WHERE user_id = :user_id AND status != 'removed'",
    over="SELECT 1 FROM meetings WHERE id = :id AND ended_at IS NOT NULL",
)
PLACES: Final = (CHAT, CALL, MEETING)


def check_reference(context: RequestContext, body: RequestModel, attribute: str, place: Place, given: str) -> None:
    """Sees to it that a body names something that the acting user takes part in.

    Raises:
        Refusal: If it does not; it names the field.
    """
    try:
        place.own(context, given)
    except Refusal as refusal:
        flaw = f"names no {place.noun} of the acting user"
        raise invalid_field(body, attribute, flaw, rule=refusal.rule) from None


def is_over(context: RequestContext, place: Place, thing_id: str) -> bool:
    """Whether a call or a meeting is over. A conversation never is."""
    return context.store.exists(place.over, {"id": thing_id})


def check_going_on(context: RequestContext, place: Place, thing_id: str) -> None:
    """Sees to it that a session can be moved somewhere.

    Raises:
        Refusal: If the call or the meeting is over.
    """
    if is_over(context, place, thing_id):
        raise conflict(f"The {place.noun} is over.", SESSION_TARGET)
