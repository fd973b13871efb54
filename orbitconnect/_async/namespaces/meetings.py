"""`orbit.meetings`: meeting rooms, participants, screen sharing and recordings."""

import builtins
from datetime import datetime

from orbitconnect_api.api.meetings import (
    add_meeting_participant,
    create_meeting,
    end_meeting,
    generate_meeting_token,
    get_meeting,
    get_meeting_metrics,
    get_meeting_recording,
    join_meeting,
    kick_meeting_participant,
    leave_meeting,
    list_meeting_recordings,
    list_meetings,
    mute_meeting_participant,
    remove_meeting_participant,
    start_meeting,
    start_meeting_recording,
    start_meeting_screen_share,
    stop_meeting_recording,
    stop_meeting_screen_share,
    submit_meeting_metrics,
    unmute_meeting_participant,
    update_meeting,
    update_meeting_participant_role,
)
from orbitconnect_api.literals import MeetingRole
from orbitconnect_api.models.add_meeting_participant_body import AddMeetingParticipantBody
from orbitconnect_api.models.create_meeting_body import CreateMeetingBody
from orbitconnect_api.models.generate_meeting_token_body import GenerateMeetingTokenBody
from orbitconnect_api.models.join_meeting_body import JoinMeetingBody
from orbitconnect_api.models.kick_meeting_participant_body import KickMeetingParticipantBody
from orbitconnect_api.models.meeting import Meeting
from orbitconnect_api.models.meeting_join import MeetingJoin
from orbitconnect_api.models.meeting_metrics import MeetingMetrics
from orbitconnect_api.models.meeting_participant import MeetingParticipant
from orbitconnect_api.models.meeting_token import MeetingToken
from orbitconnect_api.models.mute_meeting_participant_body import MuteMeetingParticipantBody
from orbitconnect_api.models.recording import Recording
from orbitconnect_api.models.submit_meeting_metrics_body import SubmitMeetingMetricsBody
from orbitconnect_api.models.unmute_meeting_participant_body import UnmuteMeetingParticipantBody
from orbitconnect_api.models.update_meeting_body import UpdateMeetingBody
from orbitconnect_api.models.update_meeting_participant_role_body import UpdateMeetingParticipantRoleBody
from orbitconnect_api.types import UNSET, Unset

from ..._facade.arguments import omit_none
from ..._facade.hints import with_hints
from ..._flows.milestones import meeting_is_live, meeting_is_over, recording_is_ready
from ..._flows.polling import LONGEST_PAUSE, schedule
from ..executor import AsyncExecutor
from ..flows.waiting import poll


@with_hints("orbit.meetings")
class AsyncMeetings:
    """Meeting rooms, participants, screen sharing and recordings.

    Every method acts on behalf of a user. It raises `ValueError` before sending anything if you neither pass
    `acting_user_id` nor use a client from `orbit.as_user(...)`.

    Methods: `create`, `list`, `get`, `update`, `start`, `join`, `leave`, `end`, `wait_until_started`,
    `wait_until_ended`, `add_participant`, `remove_participant`, `kick_participant`, `update_role`, `mute`, `unmute`,
    `start_screen_share`, `stop_screen_share`, `generate_token`, `start_recording`, `stop_recording`, `list_recordings`,
    `get_recording`, `wait_until_recording_ready`, `submit_metrics`, `get_metrics`.
    """

    def __init__(self, executor: AsyncExecutor) -> None:
        self._executor = executor

    async def create(
        self,
        *,
        title: str,
        description: str | None = None,
        scheduled_at: datetime | str | None = None,
        acting_user_id: str | None = None,
    ) -> Meeting:
        """Create a meeting hosted by the acting user. `start` opens it.

        The SDK never retries this call once a byte has been sent: a retry could create a second meeting. If
        `error.sent` is True, `list` shows whether the meeting exists.

        Args:
            title: The meeting's title. At most 255 characters (inferred).
            description: What the meeting is about. At most 2000 characters (inferred).
            scheduled_at: The planned start time: an aware datetime or RFC 3339 text. Omit it for an unscheduled
                meeting.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The meeting. Its `id` is the `meeting_id` of all other methods.

        Raises:
            ValueError: If `scheduled_at` has no time zone or is not RFC 3339 text.
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            UnprocessableEntityError: If a value is invalid.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            begin = datetime(2026, 1, 5, 10, tzinfo=timezone.utc)
            meeting = await orbit.meetings.create(title="Weekly review", scheduled_at=begin, acting_user_id=alice.id)
            ```
        """
        body = CreateMeetingBody(title=title, description=omit_none(description), scheduled_at=omit_none(scheduled_at))
        return await self._executor.execute(create_meeting.build(body=body, acting_user_id=acting_user_id))

    async def list(self, *, acting_user_id: str | None = None) -> builtins.list[Meeting]:
        """List the meetings that the acting user hosts or participates in.

        Args:
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The meetings.

        Raises:
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            for meeting in await orbit.meetings.list(acting_user_id=alice.id):
                print(meeting.id, meeting.title)
            ```
        """
        return await self._executor.execute(list_meetings.build(acting_user_id=acting_user_id))

    async def get(self, meeting_id: str, *, acting_user_id: str | None = None) -> Meeting:
        """Get a meeting and its participants.

        Args:
            meeting_id: The meeting's id, as returned by `create`.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The meeting.

        Raises:
            NotFoundError: If the meeting does not exist, or the acting user cannot see it (inferred).
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            meeting = await orbit.meetings.get(meeting.id, acting_user_id=alice.id)
            print(meeting.status)
            ```
        """
        return await self._executor.execute(get_meeting.build(meeting_id, acting_user_id=acting_user_id))

    async def update(
        self,
        meeting_id: str,
        *,
        title: str | Unset = UNSET,
        description: str | Unset | None = UNSET,
        acting_user_id: str | None = None,
    ) -> Meeting:
        """Update the given fields of a meeting. Omitted fields stay unchanged.

        Args:
            meeting_id: The meeting's id, as returned by `create`.
            title: The meeting's title. At most 255 characters (inferred).
            description: What the meeting is about. At most 2000 characters (inferred). None clears it (inferred).
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The updated meeting.

        Raises:
            NotFoundError: If the meeting does not exist.
            PermissionDeniedError: If the acting user is not the host (inferred).
            UnprocessableEntityError: If a value is invalid.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            meeting = await orbit.meetings.update(meeting.id, title="Monthly review", acting_user_id=alice.id)
            ```
        """
        body = UpdateMeetingBody(title=title, description=description)
        return await self._executor.execute(update_meeting.build(meeting_id, body=body, acting_user_id=acting_user_id))

    async def start(self, meeting_id: str, *, acting_user_id: str | None = None) -> Meeting:
        """Start a meeting, so that users can join.

        Only the host can start a meeting (inferred).

        The SDK never retries this call once a byte has been sent: a retry could fail although the first request
        succeeded. If `error.sent` is True, `get` shows the meeting's `status`.

        Args:
            meeting_id: The meeting's id, as returned by `create`.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The meeting, now live.

        Raises:
            NotFoundError: If the meeting does not exist.
            PermissionDeniedError: If the acting user is not the host (inferred).
            ConflictError: If the meeting is already live or has ended.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            meeting = await orbit.meetings.start(meeting.id, acting_user_id=alice.id)
            ```
        """
        return await self._executor.execute(start_meeting.build(meeting_id, acting_user_id=acting_user_id))

    async def join(
        self, meeting_id: str, *, token: str | None = None, acting_user_id: str | None = None
    ) -> MeetingJoin:
        """Join a live meeting as the acting user.

        The SDK never retries this call once a byte has been sent: a retry could open a second connection to the media
        server. If `error.sent` is True, `get` shows in `participants` whether the user has joined. If the user has
        joined, call `leave` and join again to get the connection data.

        Args:
            meeting_id: The meeting's id, as returned by `create`.
            token: A token for this meeting, from `generate_token`. Omit it if the acting user can join without a token.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The `meeting`, and the `sfu_session` with which the user's device connects to the media server: send it to
            your frontend. Its secrets are hidden in its `repr`.

        Raises:
            NotFoundError: If the meeting does not exist.
            PermissionDeniedError: If the acting user is not allowed to join, or the token is not accepted.
            ConflictError: If the meeting is not live.
            UnprocessableEntityError: If `token` is invalid.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            joined = await orbit.meetings.join(meeting.id, acting_user_id=bob.id)
            return {"url": joined.sfu_session.url, "token": joined.sfu_session.token}
            ```
        """
        body = JoinMeetingBody(token=omit_none(token))
        return await self._executor.execute(join_meeting.build(meeting_id, body=body, acting_user_id=acting_user_id))

    async def leave(self, meeting_id: str, *, acting_user_id: str | None = None) -> None:
        """Leave a meeting as the acting user. It continues for the others.

        The SDK never retries this call once a byte has been sent: the user could have joined again before the retry. If
        `error.sent` is True, `get` shows in `participants` whether the user has left.

        Args:
            meeting_id: The meeting's id, as returned by `create`.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Raises:
            NotFoundError: If the meeting does not exist, or the acting user cannot see it (inferred).
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            ConflictError: If the acting user is not in the meeting.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            await orbit.meetings.leave(meeting.id, acting_user_id=bob.id)
            ```
        """
        return await self._executor.execute(leave_meeting.build(meeting_id, acting_user_id=acting_user_id))

    async def end(self, meeting_id: str, *, acting_user_id: str | None = None) -> Meeting:
        """End a meeting for everyone.

        Only the host can end a meeting (inferred).

        The SDK never retries this call once a byte has been sent: a retry could fail although the first request
        succeeded. If `error.sent` is True, `get` shows the meeting's `status`.

        Args:
            meeting_id: The meeting's id, as returned by `create`.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The ended meeting.

        Raises:
            NotFoundError: If the meeting does not exist.
            PermissionDeniedError: If the acting user is not the host (inferred).
            ConflictError: If the meeting has already ended.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            meeting = await orbit.meetings.end(meeting.id, acting_user_id=alice.id)
            ```
        """
        return await self._executor.execute(end_meeting.build(meeting_id, acting_user_id=acting_user_id))

    async def wait_until_started(
        self,
        meeting_id: str,
        *,
        timeout: float | None,
        longest_pause: float = LONGEST_PAUSE,
        acting_user_id: str | None = None,
    ) -> Meeting:
        """Poll until a meeting is live, so that users can join.

        A poll that fails with a temporary error does not end the wait. If your application receives the webhook event
        `meeting.started` (inferred), it does not need to wait here.

        Args:
            meeting_id: The meeting's id, as returned by `create`.
            timeout: How long to wait, in seconds, more than 0. None means no limit.
            longest_pause: The longest interval between two polls, in seconds, more than 0; 5 by default. The first
                intervals are shorter.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The live meeting.

        Raises:
            ValueError: If `timeout` or `longest_pause` is not more than 0.
            NeverReachedError: If the meeting is already over. From `orbitconnect.waiting`.
            WaitTimeoutError: If the meeting did not start in time. It is in `last_seen`. From `orbitconnect.waiting`.
            NotFoundError: If the meeting does not exist.
            PermissionDeniedError: If the acting user is not allowed to see the meeting.
            OrbitServerError: For any other API or network error that is not temporary.

        Example:
            ```python
            meeting = await orbit.meetings.wait_until_started(meeting.id, timeout=900, acting_user_id=bob.id)
            joined = await orbit.meetings.join(meeting.id, acting_user_id=bob.id)
            ```
        """
        request = get_meeting.build(meeting_id, acting_user_id=acting_user_id)
        return await poll(
            self._executor,
            request,
            meeting_is_live,
            schedule(timeout, longest_pause),
            f"the meeting {meeting_id} to start",
        )

    async def wait_until_ended(
        self,
        meeting_id: str,
        *,
        timeout: float | None,
        longest_pause: float = LONGEST_PAUSE,
        acting_user_id: str | None = None,
    ) -> Meeting:
        """Wait until a meeting is over, by polling.

        A poll that fails with a temporary error does not end the wait. If your application receives the webhook event
        `meeting.ended` (inferred), it does not need to wait here.

        Args:
            meeting_id: The meeting's id, as returned by `create`.
            timeout: How long to wait, in seconds, more than 0. None means no limit.
            longest_pause: The longest interval between two polls, in seconds, more than 0; 5 by default. The first
                intervals are shorter.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The ended meeting.

        Raises:
            ValueError: If `timeout` or `longest_pause` is not more than 0.
            WaitTimeoutError: If the meeting did not end in time. It is in `last_seen`. From `orbitconnect.waiting`.
            NotFoundError: If the meeting does not exist.
            PermissionDeniedError: If the acting user is not allowed to see the meeting.
            OrbitServerError: For any other API or network error that is not temporary.

        Example:
            ```python
            meeting = await orbit.meetings.wait_until_ended(meeting.id, timeout=7200, acting_user_id=alice.id)
            print(meeting.ended_at)
            ```
        """
        request = get_meeting.build(meeting_id, acting_user_id=acting_user_id)
        return await poll(
            self._executor,
            request,
            meeting_is_over,
            schedule(timeout, longest_pause),
            f"the meeting {meeting_id} to end",
        )

    async def add_participant(
        self, meeting_id: str, user_id: str, *, acting_user_id: str | None = None
    ) -> MeetingParticipant:
        """Add a user to a meeting's participants. The user still has to join.

        The SDK never retries this call once a byte has been sent: a retry could fail although the first request
        succeeded. If `error.sent` is True, `get` shows in `participants` whether the user was added.

        Args:
            meeting_id: The meeting's id, as returned by `create`.
            user_id: The id of the user to add.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The new participant.

        Raises:
            NotFoundError: If the meeting or the user does not exist.
            PermissionDeniedError: If the acting user is not allowed to manage participants.
            ConflictError: If the user is already a participant.
            UnprocessableEntityError: If `user_id` is not the id of an active user.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            await orbit.meetings.add_participant(meeting.id, dave.id, acting_user_id=alice.id)
            ```
        """
        body = AddMeetingParticipantBody(app_user_id=user_id)
        return await self._executor.execute(
            add_meeting_participant.build(meeting_id, body=body, acting_user_id=acting_user_id)
        )

    async def remove_participant(self, meeting_id: str, user_id: str, *, acting_user_id: str | None = None) -> None:
        """Remove a user from a meeting's participants.

        To record the removal in the meeting's event log, use `kick_participant`. Repeating the call has no effect.

        Args:
            meeting_id: The meeting's id, as returned by `create`.
            user_id: The id of the user to remove.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Raises:
            NotFoundError: If the meeting does not exist.
            PermissionDeniedError: If the acting user is not allowed to manage participants.
            ConflictError: If the user is the host (inferred).
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            await orbit.meetings.remove_participant(meeting.id, carol.id, acting_user_id=alice.id)
            ```
        """
        return await self._executor.execute(
            remove_meeting_participant.build(meeting_id, user_id, acting_user_id=acting_user_id)
        )

    async def kick_participant(self, meeting_id: str, user_id: str, *, acting_user_id: str | None = None) -> None:
        """Remove a user from a meeting and record that in the meeting's event log.

        The user does not need to have joined.

        The SDK never retries this call once a byte has been sent: the user could have joined again before the retry. If
        `error.sent` is True, `get` shows in `participants` whether the user was removed.

        Args:
            meeting_id: The meeting's id, as returned by `create`.
            user_id: The id of the user to kick.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Raises:
            NotFoundError: If the meeting does not exist, or the user is not a participant.
            PermissionDeniedError: If the acting user is not allowed to manage participants.
            ConflictError: If the meeting is over, or the user is its host.
            UnprocessableEntityError: If `user_id` is invalid.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            await orbit.meetings.kick_participant(meeting.id, bob.id, acting_user_id=alice.id)
            ```
        """
        body = KickMeetingParticipantBody(app_user_id=user_id)
        return await self._executor.execute(
            kick_meeting_participant.build(meeting_id, body=body, acting_user_id=acting_user_id)
        )

    async def update_role(
        self,
        meeting_id: str,
        user_id: str,
        role: MeetingRole | str,
        *,
        acting_user_id: str | None = None,
    ) -> None:
        """Change a participant's role in a meeting.

        Only the host can change roles (inferred).

        Args:
            meeting_id: The meeting's id, as returned by `create`.
            user_id: The participant's user id.
            role: The new role (values inferred): a `host` may do everything, a `co_host` manages participants and
                recordings, a `participant` takes part.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Raises:
            NotFoundError: If the meeting does not exist, or the user is not a participant.
            PermissionDeniedError: If the acting user is not the host (inferred).
            ConflictError: If the user is the host, or the meeting is over (inferred).
            UnprocessableEntityError: If `role` is invalid.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            await orbit.meetings.update_role(meeting.id, bob.id, "co_host", acting_user_id=alice.id)
            ```
        """
        body = UpdateMeetingParticipantRoleBody(role=role)
        return await self._executor.execute(
            update_meeting_participant_role.build(meeting_id, user_id, body=body, acting_user_id=acting_user_id)
        )

    async def mute(self, meeting_id: str, user_id: str, *, acting_user_id: str | None = None) -> None:
        """Mute a participant's microphone for everyone.

        Repeating the call has no effect.

        Args:
            meeting_id: The meeting's id, as returned by `create`.
            user_id: The participant's user id.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Raises:
            NotFoundError: If the meeting does not exist, or the user is not a participant.
            PermissionDeniedError: If the acting user is not allowed to manage participants.
            ConflictError: If the meeting is not live.
            UnprocessableEntityError: If `user_id` is invalid.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            await orbit.meetings.mute(meeting.id, bob.id, acting_user_id=alice.id)
            ```
        """
        body = MuteMeetingParticipantBody(app_user_id=user_id)
        return await self._executor.execute(
            mute_meeting_participant.build(meeting_id, body=body, acting_user_id=acting_user_id)
        )

    async def unmute(self, meeting_id: str, user_id: str, *, acting_user_id: str | None = None) -> None:
        """Unmute a participant's microphone.

        Repeating the call has no effect.

        Args:
            meeting_id: The meeting's id, as returned by `create`.
            user_id: The participant's user id.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Raises:
            NotFoundError: If the meeting does not exist, or the user is not a participant.
            PermissionDeniedError: If the acting user is not allowed to manage participants.
            ConflictError: If the meeting is not live.
            UnprocessableEntityError: If `user_id` is invalid.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            await orbit.meetings.unmute(meeting.id, bob.id, acting_user_id=alice.id)
            ```
        """
        body = UnmuteMeetingParticipantBody(app_user_id=user_id)
        return await self._executor.execute(
            unmute_meeting_participant.build(meeting_id, body=body, acting_user_id=acting_user_id)
        )

    async def start_screen_share(self, meeting_id: str, *, acting_user_id: str | None = None) -> None:
        """Mark the acting user as sharing a screen in a meeting.

        The video itself is sent through the media server.

        The SDK never retries this call once a byte has been sent: another user could be sharing a screen by the time of
        the retry. If `error.sent` is True, `get` shows in `screen_share_user_id` who is sharing a screen.

        Args:
            meeting_id: The meeting's id, as returned by `create`.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Raises:
            NotFoundError: If the meeting does not exist, or the acting user cannot see it (inferred).
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            ConflictError: If the meeting is not live, or another user is sharing a screen.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            await orbit.meetings.start_screen_share(meeting.id, acting_user_id=bob.id)
            ```
        """
        return await self._executor.execute(start_meeting_screen_share.build(meeting_id, acting_user_id=acting_user_id))

    async def stop_screen_share(self, meeting_id: str, *, acting_user_id: str | None = None) -> None:
        """Stop the acting user's screen share in a meeting.

        The SDK never retries this call once a byte has been sent: the user could be sharing a screen again by the time
        of the retry. If `error.sent` is True, `get` shows in `screen_share_user_id` who is sharing a screen.

        Args:
            meeting_id: The meeting's id, as returned by `create`.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Raises:
            NotFoundError: If the meeting does not exist, or the acting user cannot see it (inferred).
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            ConflictError: If the acting user is not sharing a screen.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            await orbit.meetings.stop_screen_share(meeting.id, acting_user_id=bob.id)
            ```
        """
        return await self._executor.execute(stop_meeting_screen_share.build(meeting_id, acting_user_id=acting_user_id))

    async def generate_token(
        self,
        meeting_id: str,
        *,
        user_id: str | None = None,
        role: MeetingRole | str | None = None,
        acting_user_id: str | None = None,
    ) -> MeetingToken:
        """Issue a token with which a user can join a meeting.

        Args:
            meeting_id: The meeting's id, as returned by `create`.
            user_id: The id of the user who can join with the token. Without it, the token is for an open link: any user
                can join with it.
            role: The user's role (values inferred): a `host` may do everything, a `co_host` manages participants and
                recordings, a `participant` takes part. The server defaults to the user's role in the meeting, or
                `participant` if the user has none (inferred). With an open link, users on the list keep their role
                (inferred).
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The token, its user and role, and its expiry time. The token is hidden in its `repr`.

        Raises:
            NotFoundError: If the meeting or the user does not exist.
            PermissionDeniedError: If the acting user is not allowed to issue the token.
            ConflictError: If the meeting is over (inferred).
            UnprocessableEntityError: If `role` is invalid.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            token = await orbit.meetings.generate_token(meeting.id, user_id=bob.id, acting_user_id=alice.id)
            await orbit.meetings.join(meeting.id, token=token.token, acting_user_id=bob.id)
            ```
        """
        body = GenerateMeetingTokenBody(app_user_id=omit_none(user_id), role=omit_none(role))
        return await self._executor.execute(
            generate_meeting_token.build(meeting_id, body=body, acting_user_id=acting_user_id)
        )

    async def start_recording(self, meeting_id: str, *, acting_user_id: str | None = None) -> Recording:
        """Start recording a meeting.

        The SDK never retries this call once a byte has been sent: a retry could start a second recording. If
        `error.sent` is True, `list_recordings` shows whether a recording is running.

        Args:
            meeting_id: The meeting's id, as returned by `create`.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The running recording.

        Raises:
            NotFoundError: If the meeting does not exist.
            PermissionDeniedError: If the acting user is not allowed to manage recordings.
            ConflictError: If the meeting is not live, or a recording is already running.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            recording = await orbit.meetings.start_recording(meeting.id, acting_user_id=alice.id)
            ```
        """
        return await self._executor.execute(start_meeting_recording.build(meeting_id, acting_user_id=acting_user_id))

    async def stop_recording(self, meeting_id: str, *, acting_user_id: str | None = None) -> Recording:
        """Stop the running recording of a meeting. Its file is then processed.

        The SDK never retries this call once a byte has been sent: another recording could be running by the time of the
        retry. If `error.sent` is True, `list_recordings` shows whether this one is still running.

        Args:
            meeting_id: The meeting's id, as returned by `create`.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The recording. Its `media_id` is set when it is ready.

        Raises:
            NotFoundError: If the meeting does not exist.
            PermissionDeniedError: If the acting user is not allowed to manage recordings.
            ConflictError: If no recording is running.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            recording = await orbit.meetings.stop_recording(meeting.id, acting_user_id=alice.id)
            ```
        """
        return await self._executor.execute(stop_meeting_recording.build(meeting_id, acting_user_id=acting_user_id))

    async def list_recordings(self, meeting_id: str, *, acting_user_id: str | None = None) -> builtins.list[Recording]:
        """List a meeting's recordings, including one that is still running.

        Args:
            meeting_id: The meeting's id, as returned by `create`.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The recordings.

        Raises:
            NotFoundError: If the meeting does not exist, or the acting user cannot see it (inferred).
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            for recording in await orbit.meetings.list_recordings(meeting.id, acting_user_id=alice.id):
                print(recording.id, recording.status)
            ```
        """
        return await self._executor.execute(list_meeting_recordings.build(meeting_id, acting_user_id=acting_user_id))

    async def get_recording(
        self, meeting_id: str, recording_id: str, *, acting_user_id: str | None = None
    ) -> Recording:
        """Get a recording of a meeting.

        Args:
            meeting_id: The meeting's id, as returned by `create`.
            recording_id: The recording's id, as returned by `start_recording`.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The recording. Its `media_id` is set when it is ready.

        Raises:
            NotFoundError: If the meeting does not exist, or does not have the recording, or the acting user cannot see
                it (inferred).
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            recording = await orbit.meetings.get_recording(meeting.id, recording.id, acting_user_id=alice.id)
            ```
        """
        return await self._executor.execute(
            get_meeting_recording.build(meeting_id, recording_id, acting_user_id=acting_user_id)
        )

    async def wait_until_recording_ready(
        self,
        meeting_id: str,
        recording_id: str,
        *,
        timeout: float | None,
        longest_pause: float = LONGEST_PAUSE,
        acting_user_id: str | None = None,
    ) -> Recording:
        """Wait until a recording's file is available, by polling.

        Stop the recording or end the meeting first. A poll that fails with a temporary error does not end the wait. If
        your application receives the webhook event `recording.ready` (inferred), it does not need to wait here.

        Args:
            meeting_id: The meeting's id, as returned by `create`.
            recording_id: The recording's id, as returned by `start_recording`.
            timeout: How long to wait, in seconds, more than 0. None means no limit.
            longest_pause: The longest interval between two polls, in seconds, more than 0; 5 by default. The first
                intervals are shorter.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The recording with its `media_id`.

        Raises:
            ValueError: If `timeout` or `longest_pause` is not more than 0.
            NeverReachedError: If the recording failed. From `orbitconnect.waiting`.
            WaitTimeoutError: If the recording was not ready in time. It is in `last_seen`. From `orbitconnect.waiting`.
            NotFoundError: If the meeting does not exist, or does not have the recording.
            PermissionDeniedError: If the acting user is not allowed to see the recording.
            OrbitServerError: For any other API or network error that is not temporary.

        Example:
            ```python
            recording = await orbit.meetings.stop_recording(meeting.id, acting_user_id=alice.id)
            ready = await orbit.meetings.wait_until_recording_ready(
                meeting.id, recording.id, timeout=300, acting_user_id=alice.id
            )
            print(ready.media_id)
            ```
        """
        request = get_meeting_recording.build(meeting_id, recording_id, acting_user_id=acting_user_id)
        return await poll(
            self._executor,
            request,
            recording_is_ready,
            schedule(timeout, longest_pause),
            f"the recording {recording_id} to be ready",
        )

    async def submit_metrics(
        self,
        meeting_id: str,
        *,
        bitrate: float | None = None,
        packet_loss: float | None = None,
        jitter: float | None = None,
        rtt: float | None = None,
        acting_user_id: str | None = None,
    ) -> MeetingMetrics:
        """Report connection quality metrics of a meeting, from the acting user.

        Omit the values that were not measured.

        The SDK never retries this call once a byte has been sent: a retry could store the measurement twice. If
        `error.sent` is True, `get_metrics` shows whether the measurement was stored. You can also drop it.

        Args:
            meeting_id: The meeting's id, as returned by `create`.
            bitrate: The bitrate in kbit/s (unit inferred). Not negative (inferred).
            packet_loss: The packet loss in percent, 0 to 100 (unit and limits inferred).
            jitter: The jitter in milliseconds (unit inferred). Not negative (inferred).
            rtt: The round-trip time in milliseconds (unit inferred). Not negative (inferred).
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The stored measurement.

        Raises:
            ValueError: If a value is not a finite number.
            NotFoundError: If the meeting does not exist, or the acting user cannot see it (inferred).
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            UnprocessableEntityError: If a value is out of range.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            await orbit.meetings.submit_metrics(meeting.id, bitrate=1250.5, jitter=12.3, acting_user_id=bob.id)
            ```
        """
        body = SubmitMeetingMetricsBody(
            bitrate=omit_none(bitrate), packet_loss=omit_none(packet_loss), jitter=omit_none(jitter), rtt=omit_none(rtt)
        )
        return await self._executor.execute(
            submit_meeting_metrics.build(meeting_id, body=body, acting_user_id=acting_user_id)
        )

    async def get_metrics(self, meeting_id: str, *, acting_user_id: str | None = None) -> builtins.list[MeetingMetrics]:
        """Get the connection quality metrics that were reported for a meeting.

        Args:
            meeting_id: The meeting's id, as returned by `create`.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The measurements, oldest first (inferred).

        Raises:
            NotFoundError: If the meeting does not exist, or the acting user cannot see it (inferred).
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            for metrics in await orbit.meetings.get_metrics(meeting.id, acting_user_id=alice.id):
                print(metrics.app_user_id, metrics.packet_loss)
            ```
        """
        return await self._executor.execute(get_meeting_metrics.build(meeting_id, acting_user_id=acting_user_id))
