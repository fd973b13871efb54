"""Who gets into a meeting: tokens, joining and leaving."""

from __future__ import annotations

from typing import Any, Final

from orbitconnect_api import events, operations
from orbitconnect_api.models.generate_meeting_token_body import GenerateMeetingTokenBody
from orbitconnect_api.models.join_meeting_body import JoinMeetingBody
from orbitconnect_api.models.meeting_join import MeetingJoin
from orbitconnect_api.models.meeting_token import MeetingToken
from orbitconnect_api.models.sfu_session import SfuSession
from orbitconnect_api.types import Unset

from ..calls.turn import turn_credentials
from ..chat.users import check_active_users
from ..clock import from_microseconds
from ..context import RequestContext
from ..model_fields import nulls
from ..refusals import Refusal, forbidden, invalid_field
from ..registry import handles
from ..rules import MEETING_TOKEN
from ..tables.meetings import MeetingParticipantRow
from ..tokens import ISSUER, read_token, sign_token
from .model import meeting_model, tell_of_participant
from .rows import (
    HOST,
    JOINED,
    LEFT,
    PARTICIPANT,
    REMOVED,
    ROLES,
    add_entry,
    check_host,
    check_live,
    check_not_over,
    check_present,
    check_runs,
    entry_of,
    find_meeting,
    listed,
    own_meeting,
    take_out,
    touch,
)

TOKEN_TTL: Final = 3600
"""How long a token is good for, in seconds."""

MEETING_AUDIENCE: Final = "meeting"
SFU_AUDIENCE: Final = "sfu"
"""What tokens are for, so that no kind passes for another."""

SFU_URL: Final = "wss://sfu.invalid"
"""The emulator has no media server; nobody's is named by mistake."""


@handles(operations.GENERATE_MEETING_TOKEN)
def generate_token(context: RequestContext, meeting_id: str) -> MeetingToken:
    """Issues a token. Whoever runs the meeting can admit others; everybody gets one for itself."""
    meeting, entry = own_meeting(context, meeting_id)
    body = GenerateMeetingTokenBody.from_dict(context.body)
    user_id = context.actor_id if isinstance(body.app_user_id, Unset) else body.app_user_id
    if user_id != context.actor_id:
        check_runs(entry, "admit others to a meeting")
    check_not_over(meeting)
    check_active_users(context, body, "app_user_id", [user_id], is_list=False)
    known = entry_of(context, meeting_id, user_id)
    present_role = PARTICIPANT if known is None or known.status == REMOVED else known.role
    role = present_role if isinstance(body.role, Unset) else body.role
    if role not in ROLES:
        raise invalid_field(body, "role", f"must be one of {', '.join(ROLES)}")
    if role != present_role:
        if HOST in (role, present_role):
            raise invalid_field(body, "role", "cannot make or unmake a host: that is done by updating the role")
        check_host(entry, "give another role by a token")
    claims = {
        "aud": MEETING_AUDIENCE,
        "sub": user_id,
        "meeting_id": meeting_id,
        "role": role,
        "epoch": 0 if known is None else known.token_epoch,
        "jti": context.new_id("tok"),
    }
    token, expires_at = _issue(context, claims)
    return MeetingToken(
        token=token,
        meeting_id=meeting_id,
        app_user_id=user_id,
        role=role,
        expires_at=from_microseconds(expires_at * 1_000_000),
        _raw=nulls(MeetingToken),
    )


@handles(operations.JOIN_MEETING)
def join_meeting(context: RequestContext, meeting_id: str) -> MeetingJoin:
    """Lets the acting user in: with a token, or without one where it is on the list.

    One who is in already gets another connection, as for a second device.
    """
    token = JoinMeetingBody.from_dict(context.body).token
    role = None
    entry: MeetingParticipantRow | None
    if isinstance(token, Unset):
        meeting, entry = own_meeting(context, meeting_id)
    else:
        # Checked before anything is looked up, so that it makes no difference whether the meeting exists.
        claims = _claims(context, meeting_id, token)
        meeting, entry = find_meeting(context, meeting_id), entry_of(context, meeting_id, context.actor_id)
        if claims["epoch"] != (0 if entry is None else entry.token_epoch):
            raise _refused("was issued before the user was removed or got another role")
        role = claims["role"]
    check_live(meeting)
    if entry is None:
        add_entry(context, meeting_id, context.actor_id, PARTICIPANT)
        entry = listed(context, meeting_id, context.actor_id)
    _let_in(context, entry, role or entry.role)
    return MeetingJoin(
        meeting=meeting_model(context, meeting_id),
        sfu_session=_sfu_session(context, meeting_id),
        _raw=nulls(MeetingJoin),
    )


@handles(operations.LEAVE_MEETING)
def leave_meeting(context: RequestContext, meeting_id: str) -> None:
    """Takes the acting user out, the host too: the meeting goes on until it is ended."""
    _, entry = own_meeting(context, meeting_id)
    check_present(entry)
    take_out(context, entry, LEFT)
    tell_of_participant(context, events.MEETING_PARTICIPANT_LEFT, entry)


def _let_in(context: RequestContext, entry: MeetingParticipantRow, role: str) -> None:
    comes = entry.status != JOINED
    if not comes and entry.role == role:
        return
    context.store.run(
        "UPDATE meeting_participants SET status = ?, role = ?, left_at = NULL, joined_at = ?, updated_at = ?"
        " WHERE id = ?",
        (JOINED, role, context.now if comes else entry.joined_at, context.now, entry.id),
    )
    touch(context, entry.meeting_id)
    if comes:
        tell_of_participant(context, events.MEETING_PARTICIPANT_JOINED, entry)


def _claims(context: RequestContext, meeting_id: str, token: str) -> dict[str, Any]:
    claims = read_token(token, context.token_secret)
    if claims is None:
        raise _refused("is not one of the emulator's")
    if claims.get("aud") != MEETING_AUDIENCE:
        raise _refused("is not for joining a meeting")
    if claims["meeting_id"] != meeting_id:
        raise _refused("is for another meeting")
    if claims["sub"] != context.actor_id:
        raise _refused("admits another user")
    if claims["exp"] * 1_000_000 <= context.now:
        raise _refused("has expired")
    return claims


def _refused(flaw: str) -> Refusal:
    return forbidden(f"The token {flaw}.", MEETING_TOKEN)


def _sfu_session(context: RequestContext, meeting_id: str) -> SfuSession:
    session_id = context.new_id("sfu")
    token, expires_at = _issue(
        context, {"aud": SFU_AUDIENCE, "sub": context.actor_id, "meeting_id": meeting_id, "jti": session_id}
    )
    return SfuSession(
        id=session_id,
        meeting_id=meeting_id,
        app_user_id=context.actor_id,
        url=SFU_URL,
        token=token,
        ice_servers=[turn_credentials(context, context.actor_id)],
        expires_at=from_microseconds(expires_at * 1_000_000),
        _raw=nulls(SfuSession),
    )


def _issue(context: RequestContext, claims: dict[str, Any]) -> tuple[str, int]:
    issued_at = context.now // 1_000_000
    expires_at = issued_at + TOKEN_TTL
    return sign_token({"iss": ISSUER, **claims, "iat": issued_at, "exp": expires_at}, context.token_secret), expires_at
