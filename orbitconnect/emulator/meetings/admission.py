"""Admission to meetings: tokens, joining and leaving."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NotRequired, TypedDict, cast

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
from .model import emit_participant_event, meeting_model
from .rows import (
    HOST,
    JOINED,
    LEFT,
    PARTICIPANT,
    REMOVED,
    ROLES,
    check_host,
    check_host_or_co_host,
    check_live,
    check_not_over,
    check_present,
    end_presence,
    find_meeting,
    find_participant,
    insert_participant,
    listed_participant,
    own_meeting,
    touch,
)

TOKEN_TTL: Final = 3600
"""A token's lifetime, in seconds."""

MEETING_AUDIENCE: Final = "meeting"
SFU_AUDIENCE: Final = "sfu"
"""The audiences of the tokens. They ensure that a token of one kind is not accepted as another."""

SFU_URL: Final = "wss://sfu.invalid"
"""A placeholder URL: the emulator has no media server."""


class _Claims(TypedDict):
    """The claims of a meeting token."""

    sub: NotRequired[str]
    """The user. The token of an open link has none."""
    meeting_id: str
    role: str
    epoch: int
    exp: int


@handles(operations.GENERATE_MEETING_TOKEN)
def generate_token(context: RequestContext, meeting_id: str) -> MeetingToken:
    """Issue a token. Every participant can get one; the host and co-hosts also for another user or an open link."""
    meeting, participant = own_meeting(context, meeting_id)
    body = GenerateMeetingTokenBody.from_dict(context.body)
    user_id = None if isinstance(body.app_user_id, Unset) else body.app_user_id
    if user_id != context.actor_id:
        check_host_or_co_host(participant, "issue a token for another user or an open link")
    check_not_over(meeting)
    known = None
    if user_id is not None:
        check_active_users(context, body, "app_user_id", [user_id], is_list=False)
        known = find_participant(context, meeting_id, user_id)
    present_role = PARTICIPANT if known is None or known.status == REMOVED else known.role
    role = present_role if isinstance(body.role, Unset) else body.role
    if role not in ROLES:
        raise invalid_field(body, "role", f"must be one of {', '.join(ROLES)}")
    if role != present_role:
        if HOST in (role, present_role):
            raise invalid_field(
                body, "role", "cannot be changed to or from host with a token; update the participant's role instead"
            )
        check_host(participant, "issue a token with another role")
    claims: dict[str, str | int] = {
        "aud": MEETING_AUDIENCE,
        **({} if user_id is None else {"sub": user_id}),
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
    """Join a meeting, with a token or as a user on its list.

    A user who has already joined gets another connection, as for a second device.
    """
    token = JoinMeetingBody.from_dict(context.body).token
    role = None
    participant: MeetingParticipantRow | None
    if isinstance(token, Unset):
        meeting, participant = own_meeting(context, meeting_id)
    else:
        # Checked before the meeting is looked up, so that a wrong token does not reveal whether the meeting exists.
        claims = _claims(context, meeting_id, token)
        meeting, participant = (
            find_meeting(context, meeting_id),
            find_participant(context, meeting_id, context.actor_id),
        )
        role = _admitted_role(claims, participant)
    check_live(meeting)
    if participant is None:
        insert_participant(context, meeting_id, context.actor_id, PARTICIPANT)
        participant = listed_participant(context, meeting_id, context.actor_id)
    _join(context, participant, role or participant.role)
    return MeetingJoin(
        meeting=meeting_model(context, meeting_id),
        sfu_session=_sfu_session(context, meeting_id),
        _raw=nulls(MeetingJoin),
    )


@handles(operations.LEAVE_MEETING)
def leave_meeting(context: RequestContext, meeting_id: str) -> None:
    """Leave a meeting. A meeting continues even without its host, until it is ended."""
    _, participant = own_meeting(context, meeting_id)
    check_present(participant)
    end_presence(context, participant, LEFT)
    emit_participant_event(context, events.MEETING_PARTICIPANT_LEFT, participant)


def _join(context: RequestContext, participant: MeetingParticipantRow, role: str) -> None:
    is_new = participant.status != JOINED
    if not is_new and participant.role == role:
        return
    context.store.run(
        "UPDATE meeting_participants SET status = ?, role = ?, left_at = NULL, joined_at = ?, updated_at = ?"
        " WHERE id = ?",
        (JOINED, role, context.now if is_new else participant.joined_at, context.now, participant.id),
    )
    touch(context, participant.meeting_id)
    if is_new:
        emit_participant_event(context, events.MEETING_PARTICIPANT_JOINED, participant)


def _claims(context: RequestContext, meeting_id: str, token: str) -> _Claims:
    """Check a token, and return its claims.

    Raises:
        Refusal: If the token does not currently admit the acting user to the meeting.
    """
    read = read_token(token, context.token_secret)
    if read is None:
        raise _refused("was not issued by this emulator")
    if read.get("aud") != MEETING_AUDIENCE:
        raise _refused("is not for joining a meeting")
    claims = cast("_Claims", read)
    if claims["meeting_id"] != meeting_id:
        raise _refused("is for another meeting")
    if claims.get("sub", context.actor_id) != context.actor_id:
        raise _refused("is for another user")
    if claims["exp"] * 1_000_000 <= context.now:
        raise _refused("has expired")
    return claims


def _admitted_role(claims: _Claims, participant: MeetingParticipantRow | None) -> str:
    """The role of a user who joins with a token. With an open link, a participant keeps the present role.

    Raises:
        Refusal: If the user was removed, or got another role, after the token was issued.
    """
    if "sub" in claims:
        if claims["epoch"] != (0 if participant is None else participant.token_epoch):
            raise _refused("was issued before the user was removed or got another role")
        return claims["role"]
    if participant is None:
        return claims["role"]
    if participant.status == REMOVED:
        raise _refused("is for an open link, and the user was removed from the meeting")
    return participant.role


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


def _issue(context: RequestContext, claims: Mapping[str, str | int]) -> tuple[str, int]:
    issued_at = context.now // 1_000_000
    expires_at = issued_at + TOKEN_TTL
    return sign_token({"iss": ISSUER, **claims, "iat": issued_at, "exp": expires_at}, context.token_secret), expires_at
