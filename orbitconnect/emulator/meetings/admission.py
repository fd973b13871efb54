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
from ..chat.users import check_members
from ..clock import from_microseconds
from ..handlers import Call, handles, nulls
from ..rules import MEETING_TOKEN, Refusal, forbidden, invalid_field
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
def generate_token(call: Call, meeting_id: str) -> MeetingToken:
    """Issues a token. Whoever runs the meeting can admit others; everybody gets one for itself."""
    meeting, entry = own_meeting(call, meeting_id)
    body = GenerateMeetingTokenBody.from_dict(call.body)
    user_id = call.actor_id if isinstance(body.app_user_id, Unset) else body.app_user_id
    if user_id != call.actor_id:
        check_runs(entry, "admit others to a meeting")
    check_not_over(meeting)
    check_members(call, body, "app_user_id", [user_id], is_list=False)
    known = entry_of(call, meeting_id, user_id)
    present_role = PARTICIPANT if known is None or known["status"] == REMOVED else known["role"]
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
        "epoch": 0 if known is None else known["token_epoch"],
        "jti": call.new_id("tok"),
    }
    token, expires_at = _issue(call, claims)
    return MeetingToken(
        token=token,
        meeting_id=meeting_id,
        app_user_id=user_id,
        role=role,
        expires_at=from_microseconds(expires_at * 1_000_000),
        _raw=nulls(MeetingToken),
    )


@handles(operations.JOIN_MEETING)
def join_meeting(call: Call, meeting_id: str) -> MeetingJoin:
    """Lets the acting user in: with a token, or without one where it is on the list.

    One who is in already gets another connection, as for a second device.
    """
    token = JoinMeetingBody.from_dict(call.body).token
    role = None
    if isinstance(token, Unset):
        meeting, entry = own_meeting(call, meeting_id)
    else:
        # Checked before anything is looked up, so that it makes no difference whether the meeting exists.
        claims = _claims(call, meeting_id, token)
        meeting, entry = find_meeting(call, meeting_id), entry_of(call, meeting_id, call.actor_id)
        if claims["epoch"] != (0 if entry is None else entry["token_epoch"]):
            raise _refused("was issued before the user was removed or got another role")
        role = claims["role"]
    check_live(meeting)
    if entry is None:
        add_entry(call, meeting_id, call.actor_id, PARTICIPANT)
        entry = entry_of(call, meeting_id, call.actor_id)
    _let_in(call, entry, role or entry["role"])
    return MeetingJoin(
        meeting=meeting_model(call, meeting_id), sfu_session=_sfu_session(call, meeting_id), _raw=nulls(MeetingJoin)
    )


@handles(operations.LEAVE_MEETING)
def leave_meeting(call: Call, meeting_id: str) -> None:
    """Takes the acting user out, the host too: the meeting goes on until it is ended."""
    _, entry = own_meeting(call, meeting_id)
    check_present(entry)
    take_out(call, entry, LEFT)
    tell_of_participant(call, events.MEETING_PARTICIPANT_LEFT, entry)


def _let_in(call: Call, entry: Any, role: str) -> None:
    comes = entry["status"] != JOINED
    if not comes and entry["role"] == role:
        return
    call.store.run(
        "UPDATE meeting_participants SET status = ?, role = ?, left_at = NULL, joined_at = ?, updated_at = ?"
        " WHERE id = ?",
        (JOINED, role, call.now if comes else entry["joined_at"], call.now, entry["id"]),
    )
    touch(call, entry["meeting_id"])
    if comes:
        tell_of_participant(call, events.MEETING_PARTICIPANT_JOINED, entry)


def _claims(call: Call, meeting_id: str, token: str) -> dict[str, Any]:
    claims = read_token(token, call.token_secret)
    if claims is None:
        raise _refused("is not one of the emulator's")
    if claims.get("aud") != MEETING_AUDIENCE:
        raise _refused("is not for joining a meeting")
    if claims["meeting_id"] != meeting_id:
        raise _refused("is for another meeting")
    if claims["sub"] != call.actor_id:
        raise _refused("admits another user")
    if claims["exp"] * 1_000_000 <= call.now:
        raise _refused("has expired")
    return claims


def _refused(flaw: str) -> Refusal:
    return forbidden(f"The token {flaw}.", MEETING_TOKEN)


def _sfu_session(call: Call, meeting_id: str) -> SfuSession:
    session_id = call.new_id("sfu")
    token, expires_at = _issue(
        call, {"aud": SFU_AUDIENCE, "sub": call.actor_id, "meeting_id": meeting_id, "jti": session_id}
    )
    return SfuSession(
        id=session_id,
        meeting_id=meeting_id,
        app_user_id=call.actor_id,
        url=SFU_URL,
        token=token,
        ice_servers=[turn_credentials(call, call.actor_id)],
        expires_at=from_microseconds(expires_at * 1_000_000),
        _raw=nulls(SfuSession),
    )


def _issue(call: Call, claims: dict[str, Any]) -> tuple[str, int]:
    issued_at = call.now // 1_000_000
    expires_at = issued_at + TOKEN_TTL
    return sign_token({"iss": ISSUER, **claims, "iat": issued_at, "exp": expires_at}, call.token_secret), expires_at
