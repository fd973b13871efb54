# Derived from orbitconnect/_async/namespaces/meetings.py by `make generate`: edit that file.
"""`orbit.meetings`: hold meetings: rooms, participants, screen sharing, recordings."""

import builtins
from datetime import datetime
from typing import Literal

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

from ..._facade.arguments import omit_none, with_hints
from ..._flows.milestones import meeting_is_live, meeting_is_over, recording_is_ready
from ..._flows.polling import LONGEST_PAUSE, schedule
from ..executor import Executor
from ..flows.waiting import poll


@with_hints("orbit.meetings")
class Meetings:
    """Hold meetings: rooms, participants, screen sharing, recordings.

    Each method is done on behalf of a user. Without `acting_user_id`, and without a user bound by `orbit.as_user(...)`,
    it raises ValueError before anything is sent.

    Methods: `create`, `list`, `get`, `update`, `start`, `join`, `leave`, `end`, `wait_until_started`,
    `wait_until_ended`, `add_participant`, `remove_participant`, `kick_participant`, `update_role`, `mute`, `unmute`,
    `start_screen_share`, `stop_screen_share`, `generate_token`, `start_recording`, `stop_recording`, `list_recordings`,
    `get_recording`, `wait_until_recording_ready`, `submit_metrics`, `get_metrics`.
    """

    def __init__(self, executor: Executor) -> None:
        self._executor = executor

    def create(
        self,
        *,
        title: str,
        description: str | None = None,
        scheduled_at: datetime | str | None = None,
        acting_user_id: str | None = None,
    ) -> Meeting:
        """Creates a meeting with the acting user as its host. It does not start the meeting.

        The SDK never repeats this call after a byte was sent: a repetition would create a second meeting. If
        `error.sent` is True, `list` shows whether the meeting exists.

        Args:
            title: The meeting's title, at most 255 characters (the limit is inferred).
            description: What the meeting is about, at most 2000 characters (the limit is inferred).
            scheduled_at: When the meeting is planned to start, as an aware `datetime` or RFC 3339 text. Leave it out
                for a meeting that is started by hand.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The meeting, with the `id` that all other methods take.

        Raises:
            UnprocessableEntityError: If a field has a value that is not allowed.
            OrbitServerError: If the call failed otherwise.
            ValueError: If `scheduled_at` has no time zone, or is not RFC 3339 text.

        Example:
            ```python
            begin = datetime(2026, 1, 5, 10, tzinfo=timezone.utc)
            meeting = orbit.meetings.create(title="Weekly review", scheduled_at=begin, acting_user_id="usr_4f1c")
            ```
        """
        body = CreateMeetingBody(title=title, description=omit_none(description), scheduled_at=omit_none(scheduled_at))
        return self._executor.execute(create_meeting.build(body=body, acting_user_id=acting_user_id))

    def list(self, *, acting_user_id: str | None = None) -> builtins.list[Meeting]:
        """Lists the meetings that the acting user hosts or takes part in.

        Args:
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The meetings.

        Raises:
            OrbitServerError: If the call failed.

        Example:
            ```python
            for meeting in orbit.meetings.list(acting_user_id="usr_4f1c"):
                print(meeting.id, meeting.title)
            ```
        """
        return self._executor.execute(list_meetings.build(acting_user_id=acting_user_id))

    def get(self, meeting_id: str, *, acting_user_id: str | None = None) -> Meeting:
        """Gets a meeting.

        Args:
            meeting_id: The meeting's id, as returned by `create`.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The meeting, with its participants.

        Raises:
            NotFoundError: If there is no such meeting.
            PermissionDeniedError: If the acting user may not see it.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            meeting = orbit.meetings.get("mtg_6e90", acting_user_id="usr_4f1c")
            print(meeting.status)
            ```
        """
        return self._executor.execute(get_meeting.build(meeting_id, acting_user_id=acting_user_id))

    def update(
        self,
        meeting_id: str,
        *,
        title: str | Unset = UNSET,
        description: str | Unset | None = UNSET,
        acting_user_id: str | None = None,
    ) -> Meeting:
        """Sets the given fields of a meeting and leaves the others as they are.

        Args:
            meeting_id: The meeting's id, as returned by `create`.
            title: The meeting's title, at most 255 characters (the limit is inferred).
            description: What the meeting is about, at most 2000 characters. None clears it (both are inferred).
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The meeting after the change.

        Raises:
            NotFoundError: If there is no such meeting.
            PermissionDeniedError: If the acting user is not the host (inferred).
            UnprocessableEntityError: If a field has a value that is not allowed.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            meeting = orbit.meetings.update("mtg_6e90", title="Monthly review", acting_user_id="usr_4f1c")
            ```
        """
        body = UpdateMeetingBody(title=title, description=description)
        return self._executor.execute(update_meeting.build(meeting_id, body=body, acting_user_id=acting_user_id))

    def start(self, meeting_id: str, *, acting_user_id: str | None = None) -> Meeting:
        """Opens a meeting, so that users can join. Only its host may do this (inferred).

        The SDK never repeats this call after a byte was sent: a repetition would find that the meeting has moved on. If
        `error.sent` is True, `get` shows the meeting's `status`.

        Args:
            meeting_id: The meeting's id, as returned by `create`.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The meeting, which is live now.

        Raises:
            NotFoundError: If there is no such meeting.
            PermissionDeniedError: If the acting user is not the host (inferred).
            ConflictError: If the meeting is live or has ended already.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            meeting = orbit.meetings.start("mtg_6e90", acting_user_id="usr_4f1c")
            ```
        """
        return self._executor.execute(start_meeting.build(meeting_id, acting_user_id=acting_user_id))

    def join(self, meeting_id: str, *, token: str | None = None, acting_user_id: str | None = None) -> MeetingJoin:
        """Lets the acting user into a meeting that is live.

        The SDK never repeats this call after a byte was sent: a repetition could open a second connection to the media
        server. If `error.sent` is True, `get` shows in `participants` whether the user has joined. If so, `leave` and
        join again to get the connection data.

        Args:
            meeting_id: The meeting's id, as returned by `create`.
            token: A token for this meeting, from `generate_token`. Leave it out where the acting user may join without
                one.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The `meeting`, and the `sfu_session` with which the user's device connects to the media server; hand that to
            your frontend. Its secrets do not show in its `repr`.

        Raises:
            NotFoundError: If there is no such meeting.
            PermissionDeniedError: If the acting user may not join, or the token is not accepted.
            ConflictError: If the meeting is not live.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            joined = orbit.meetings.join("mtg_6e90", acting_user_id="usr_7a02")
            return {"url": joined.sfu_session.url, "token": joined.sfu_session.token}
            ```
        """
        body = JoinMeetingBody(token=omit_none(token))
        return self._executor.execute(join_meeting.build(meeting_id, body=body, acting_user_id=acting_user_id))

    def leave(self, meeting_id: str, *, acting_user_id: str | None = None) -> None:
        """Takes the acting user out of a meeting. The meeting goes on for the others.

        The SDK never repeats this call after a byte was sent: the user may have joined again by then. If `error.sent`
        is True, `get` shows in `participants` whether the user has left.

        Args:
            meeting_id: The meeting's id, as returned by `create`.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Raises:
            NotFoundError: If there is no such meeting.
            ConflictError: If the acting user is not in the meeting.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            orbit.meetings.leave("mtg_6e90", acting_user_id="usr_7a02")
            ```
        """
        return self._executor.execute(leave_meeting.build(meeting_id, acting_user_id=acting_user_id))

    def end(self, meeting_id: str, *, acting_user_id: str | None = None) -> Meeting:
        """Ends a meeting for everybody. Only its host may do this (inferred).

        The SDK never repeats this call after a byte was sent: a repetition would find that the meeting has moved on. If
        `error.sent` is True, `get` shows the meeting's `status`.

        Args:
            meeting_id: The meeting's id, as returned by `create`.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The meeting, which is over now.

        Raises:
            NotFoundError: If there is no such meeting.
            PermissionDeniedError: If the acting user is not the host (inferred).
            ConflictError: If the meeting has ended already.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            meeting = orbit.meetings.end("mtg_6e90", acting_user_id="usr_4f1c")
            ```
        """
        return self._executor.execute(end_meeting.build(meeting_id, acting_user_id=acting_user_id))

    def wait_until_started(
        self,
        meeting_id: str,
        *,
        timeout: float | None,
        longest_pause: float = LONGEST_PAUSE,
        acting_user_id: str | None = None,
    ) -> Meeting:
        """Waits until a meeting is live, so that users can join, by looking at it again and again.

        Looks that fail for the moment do not end the wait. It needs no webhooks; where yours receive `meeting.started`
        (inferred), you need not wait here.

        Args:
            meeting_id: The meeting's id, as returned by `create`.
            timeout: The seconds to wait at most. None sets no limit.
            longest_pause: The most seconds between two looks. The first pauses are shorter.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The meeting, which is live.

        Raises:
            NeverReachedError: If the meeting is over already. From `orbitconnect.waiting`.
            WaitTimeoutError: If the time passed; the meeting is in its `last_seen`. From `orbitconnect.waiting`.
            NotFoundError: If there is no such meeting.
            PermissionDeniedError: If the acting user may not see it.
            OrbitServerError: If a look failed otherwise, in a way that will not pass by itself.
            ValueError: If `timeout` or `longest_pause` is not more than 0.

        Example:
            ```python
            meeting = orbit.meetings.wait_until_started("mtg_6e90", timeout=900, acting_user_id="usr_7a02")
            joined = orbit.meetings.join(meeting.id, acting_user_id="usr_7a02")
            ```
        """
        request = get_meeting.build(meeting_id, acting_user_id=acting_user_id)
        return poll(
            self._executor,
            request,
            meeting_is_live,
            schedule(timeout, longest_pause),
            f"the meeting {meeting_id} to start",
        )

    def wait_until_ended(
        self,
        meeting_id: str,
        *,
        timeout: float | None,
        longest_pause: float = LONGEST_PAUSE,
        acting_user_id: str | None = None,
    ) -> Meeting:
        """Waits until a meeting is over, by looking at it again and again.

        Looks that fail for the moment do not end the wait. It needs no webhooks; where yours receive `meeting.ended`
        (inferred), you need not wait here.

        Args:
            meeting_id: The meeting's id, as returned by `create`.
            timeout: The seconds to wait at most. None sets no limit.
            longest_pause: The most seconds between two looks. The first pauses are shorter.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The meeting, which is over.

        Raises:
            WaitTimeoutError: If the time passed; the meeting is in its `last_seen`. From `orbitconnect.waiting`.
            NotFoundError: If there is no such meeting.
            PermissionDeniedError: If the acting user may not see it.
            OrbitServerError: If a look failed otherwise, in a way that will not pass by itself.
            ValueError: If `timeout` or `longest_pause` is not more than 0.

        Example:
            ```python
            meeting = orbit.meetings.wait_until_ended("mtg_6e90", timeout=7200, acting_user_id="usr_4f1c")
            print(meeting.ended_at)
            ```
        """
        request = get_meeting.build(meeting_id, acting_user_id=acting_user_id)
        return poll(
            self._executor,
            request,
            meeting_is_over,
            schedule(timeout, longest_pause),
            f"the meeting {meeting_id} to end",
        )

    def add_participant(
        self, meeting_id: str, user_id: str, *, acting_user_id: str | None = None
    ) -> MeetingParticipant:
        """Puts a user on a meeting's list of participants. The user still has to join.

        The SDK never repeats this call after a byte was sent: a repetition would find the user added already. If
        `error.sent` is True, `get` shows in `participants` whether the user was added.

        Args:
            meeting_id: The meeting's id, as returned by `create`.
            user_id: The id of the user to add.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The participant.

        Raises:
            NotFoundError: If there is no such meeting or no such user.
            PermissionDeniedError: If the acting user may not manage participants.
            ConflictError: If the user is a participant already.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            orbit.meetings.add_participant("mtg_6e90", "usr_7a02", acting_user_id="usr_4f1c")
            ```
        """
        body = AddMeetingParticipantBody(app_user_id=user_id)
        return self._executor.execute(
            add_meeting_participant.build(meeting_id, body=body, acting_user_id=acting_user_id)
        )

    def remove_participant(self, meeting_id: str, user_id: str, *, acting_user_id: str | None = None) -> None:
        """Takes a user off a meeting's list of participants. Doing it again changes nothing.

        To disconnect someone who has joined, see `kick_participant`.

        Args:
            meeting_id: The meeting's id, as returned by `create`.
            user_id: The id of the user to remove.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Raises:
            NotFoundError: If there is no such meeting.
            PermissionDeniedError: If the acting user may not manage participants.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            orbit.meetings.remove_participant("mtg_6e90", "usr_7a02", acting_user_id="usr_4f1c")
            ```
        """
        return self._executor.execute(
            remove_meeting_participant.build(meeting_id, user_id, acting_user_id=acting_user_id)
        )

    def kick_participant(self, meeting_id: str, user_id: str, *, acting_user_id: str | None = None) -> None:
        """Disconnects a user from a meeting that is live.

        Unlike `remove_participant`, it is meant for someone who has joined (inferred).

        The SDK never repeats this call after a byte was sent: the user may have joined again by then. If `error.sent`
        is True, `get` shows in `participants` whether the user was disconnected.

        Args:
            meeting_id: The meeting's id, as returned by `create`.
            user_id: The id of the user to throw out.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Raises:
            NotFoundError: If there is no such meeting, or the user is no participant of it.
            PermissionDeniedError: If the acting user may not manage participants.
            ConflictError: If the user is not in the meeting.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            orbit.meetings.kick_participant("mtg_6e90", "usr_7a02", acting_user_id="usr_4f1c")
            ```
        """
        body = KickMeetingParticipantBody(app_user_id=user_id)
        return self._executor.execute(
            kick_meeting_participant.build(meeting_id, body=body, acting_user_id=acting_user_id)
        )

    def update_role(
        self,
        meeting_id: str,
        user_id: str,
        role: Literal["host", "co_host", "participant"] | str,
        *,
        acting_user_id: str | None = None,
    ) -> None:
        """Gives a participant of a meeting another role. Only the host may do this (inferred).

        Args:
            meeting_id: The meeting's id, as returned by `create`.
            user_id: The id of the participant.
            role: The new role: `host` may do everything, `co_host` helps to manage participants and recordings,
                `participant` takes part.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Raises:
            NotFoundError: If there is no such meeting, or the user is no participant of it.
            PermissionDeniedError: If the acting user is not the host (inferred).
            UnprocessableEntityError: If `role` is not allowed.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            orbit.meetings.update_role("mtg_6e90", "usr_7a02", "co_host", acting_user_id="usr_4f1c")
            ```
        """
        body = UpdateMeetingParticipantRoleBody(role=role)
        return self._executor.execute(
            update_meeting_participant_role.build(meeting_id, user_id, body=body, acting_user_id=acting_user_id)
        )

    def mute(self, meeting_id: str, user_id: str, *, acting_user_id: str | None = None) -> None:
        """Switches a participant's microphone off for everybody. Doing it again changes nothing.

        Args:
            meeting_id: The meeting's id, as returned by `create`.
            user_id: The id of the participant.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Raises:
            NotFoundError: If there is no such meeting, or the user is no participant of it.
            PermissionDeniedError: If the acting user may not manage participants.
            ConflictError: If the meeting is not live.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            orbit.meetings.mute("mtg_6e90", "usr_7a02", acting_user_id="usr_4f1c")
            ```
        """
        body = MuteMeetingParticipantBody(app_user_id=user_id)
        return self._executor.execute(
            mute_meeting_participant.build(meeting_id, body=body, acting_user_id=acting_user_id)
        )

    def unmute(self, meeting_id: str, user_id: str, *, acting_user_id: str | None = None) -> None:
        """Lets a muted participant be heard again. Doing it again changes nothing.

        Args:
            meeting_id: The meeting's id, as returned by `create`.
            user_id: The id of the participant.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Raises:
            NotFoundError: If there is no such meeting, or the user is no participant of it.
            PermissionDeniedError: If the acting user may not manage participants.
            ConflictError: If the meeting is not live.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            orbit.meetings.unmute("mtg_6e90", "usr_7a02", acting_user_id="usr_4f1c")
            ```
        """
        body = UnmuteMeetingParticipantBody(app_user_id=user_id)
        return self._executor.execute(
            unmute_meeting_participant.build(meeting_id, body=body, acting_user_id=acting_user_id)
        )

    def start_screen_share(self, meeting_id: str, *, acting_user_id: str | None = None) -> None:
        """Marks the acting user as the one who shares a screen in a meeting.

        The picture itself goes through the media server.

        The SDK never repeats this call after a byte was sent: another user may share a screen by then. If `error.sent`
        is True, `get` shows in `screen_share_user_id` who shares a screen.

        Args:
            meeting_id: The meeting's id, as returned by `create`.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Raises:
            NotFoundError: If there is no such meeting.
            PermissionDeniedError: If the acting user takes no part in it.
            ConflictError: If the meeting is not live, or another user shares a screen.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            orbit.meetings.start_screen_share("mtg_6e90", acting_user_id="usr_7a02")
            ```
        """
        return self._executor.execute(start_meeting_screen_share.build(meeting_id, acting_user_id=acting_user_id))

    def stop_screen_share(self, meeting_id: str, *, acting_user_id: str | None = None) -> None:
        """Ends the acting user's screen share in a meeting.

        The SDK never repeats this call after a byte was sent: the user may share a screen again by then. If
        `error.sent` is True, `get` shows in `screen_share_user_id` who shares a screen.

        Args:
            meeting_id: The meeting's id, as returned by `create`.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Raises:
            NotFoundError: If there is no such meeting.
            PermissionDeniedError: If the acting user takes no part in it.
            ConflictError: If the acting user shares no screen.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            orbit.meetings.stop_screen_share("mtg_6e90", acting_user_id="usr_7a02")
            ```
        """
        return self._executor.execute(stop_meeting_screen_share.build(meeting_id, acting_user_id=acting_user_id))

    def generate_token(
        self,
        meeting_id: str,
        *,
        user_id: str | None = None,
        role: Literal["host", "co_host", "participant"] | str | None = None,
        acting_user_id: str | None = None,
    ) -> MeetingToken:
        """Issues a token with which a user can join a meeting.

        Args:
            meeting_id: The meeting's id, as returned by `create`.
            user_id: The id of the user to admit. The server takes the acting user when it is left out (inferred).
            role: The role that the user gets: `host` may do everything, `co_host` helps to manage participants and
                recordings, `participant` takes part. When it is left out, the server takes the one that the user has in
                the meeting, or `participant` (inferred).
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The token, whom it admits, as what, and when it expires. The token does not show in its `repr`.

        Raises:
            NotFoundError: If there is no such meeting or no such user.
            PermissionDeniedError: If the acting user may not issue it.
            UnprocessableEntityError: If `role` is not allowed.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            token = orbit.meetings.generate_token("mtg_6e90", user_id="usr_7a02", acting_user_id="usr_4f1c")
            orbit.meetings.join("mtg_6e90", token=token.token, acting_user_id="usr_7a02")
            ```
        """
        body = GenerateMeetingTokenBody(app_user_id=omit_none(user_id), role=omit_none(role))
        return self._executor.execute(
            generate_meeting_token.build(meeting_id, body=body, acting_user_id=acting_user_id)
        )

    def start_recording(self, meeting_id: str, *, acting_user_id: str | None = None) -> Recording:
        """Starts a recording of a meeting.

        The SDK never repeats this call after a byte was sent: a repetition could start a second recording. If
        `error.sent` is True, `list_recordings` shows whether one is running.

        Args:
            meeting_id: The meeting's id, as returned by `create`.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The recording, which is running.

        Raises:
            NotFoundError: If there is no such meeting.
            PermissionDeniedError: If the acting user may not manage recordings.
            ConflictError: If the meeting is not live, or a recording is running already.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            recording = orbit.meetings.start_recording("mtg_6e90", acting_user_id="usr_4f1c")
            ```
        """
        return self._executor.execute(start_meeting_recording.build(meeting_id, acting_user_id=acting_user_id))

    def stop_recording(self, meeting_id: str, *, acting_user_id: str | None = None) -> Recording:
        """Stops the running recording of a meeting. Its file is processed afterwards.

        The SDK never repeats this call after a byte was sent: another recording may be running by then. If `error.sent`
        is True, `list_recordings` shows whether this one is still running.

        Args:
            meeting_id: The meeting's id, as returned by `create`.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The recording; its `media_id` is set once it is ready.

        Raises:
            NotFoundError: If there is no such meeting.
            PermissionDeniedError: If the acting user may not manage recordings.
            ConflictError: If no recording is running.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            recording = orbit.meetings.stop_recording("mtg_6e90", acting_user_id="usr_4f1c")
            ```
        """
        return self._executor.execute(stop_meeting_recording.build(meeting_id, acting_user_id=acting_user_id))

    def list_recordings(self, meeting_id: str, *, acting_user_id: str | None = None) -> builtins.list[Recording]:
        """Lists the recordings of a meeting, including one that is still running.

        Args:
            meeting_id: The meeting's id, as returned by `create`.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The recordings.

        Raises:
            NotFoundError: If there is no such meeting.
            PermissionDeniedError: If the acting user may not see it.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            for recording in orbit.meetings.list_recordings("mtg_6e90", acting_user_id="usr_4f1c"):
                print(recording.id, recording.status)
            ```
        """
        return self._executor.execute(list_meeting_recordings.build(meeting_id, acting_user_id=acting_user_id))

    def get_recording(self, meeting_id: str, recording_id: str, *, acting_user_id: str | None = None) -> Recording:
        """Gets a recording of a meeting.

        Args:
            meeting_id: The meeting's id, as returned by `create`.
            recording_id: The recording's id, as returned by `start_recording`.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The recording; its `media_id` is set once it is ready.

        Raises:
            NotFoundError: If there is no such meeting, or no such recording of it.
            PermissionDeniedError: If the acting user may not see it.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            recording = orbit.meetings.get_recording("mtg_6e90", "rec_3b90", acting_user_id="usr_4f1c")
            ```
        """
        return self._executor.execute(
            get_meeting_recording.build(meeting_id, recording_id, acting_user_id=acting_user_id)
        )

    def wait_until_recording_ready(
        self,
        meeting_id: str,
        recording_id: str,
        *,
        timeout: float | None,
        longest_pause: float = LONGEST_PAUSE,
        acting_user_id: str | None = None,
    ) -> Recording:
        """Waits until the file of a recording can be had, by looking at it again and again.

        Stop the recording first, or end the meeting. Looks that fail for the moment do not end the wait. It needs no
        webhooks; where yours receive `recording.ready` (inferred), you need not wait here.

        Args:
            meeting_id: The meeting's id, as returned by `create`.
            recording_id: The recording's id, as returned by `start_recording`.
            timeout: The seconds to wait at most. None sets no limit.
            longest_pause: The most seconds between two looks. The first pauses are shorter.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The recording, with its `media_id`.

        Raises:
            NeverReachedError: If the recording has failed. From `orbitconnect.waiting`.
            WaitTimeoutError: If the time passed; the recording is in its `last_seen`. From `orbitconnect.waiting`.
            NotFoundError: If there is no such recording.
            PermissionDeniedError: If the acting user may not see it.
            OrbitServerError: If a look failed otherwise, in a way that will not pass by itself.
            ValueError: If `timeout` or `longest_pause` is not more than 0.

        Example:
            ```python
            orbit.meetings.stop_recording("mtg_6e90", acting_user_id="usr_4f1c")
            ready = orbit.meetings.wait_until_recording_ready(
                "mtg_6e90", "rec_3b90", timeout=300, acting_user_id="usr_4f1c"
            )
            print(ready.media_id)
            ```
        """
        request = get_meeting_recording.build(meeting_id, recording_id, acting_user_id=acting_user_id)
        return poll(
            self._executor,
            request,
            recording_is_ready,
            schedule(timeout, longest_pause),
            f"the recording {recording_id} to be ready",
        )

    def submit_metrics(
        self,
        meeting_id: str,
        *,
        bitrate: float | None = None,
        packet_loss: float | None = None,
        jitter: float | None = None,
        rtt: float | None = None,
        acting_user_id: str | None = None,
    ) -> MeetingMetrics:
        """Reports one measurement of a meeting's connection, as the acting user's side sees it.

        Leave out what was not measured.

        The SDK never repeats this call after a byte was sent: a repetition would be a second measurement. If
        `error.sent` is True, `get_metrics` shows whether the measurement was stored. You can also drop it.

        Args:
            meeting_id: The meeting's id, as returned by `create`.
            bitrate: The bitrate in kbit/s, at least 0 (the unit is inferred).
            packet_loss: The share of packets lost, in percent, 0 to 100 (the unit and the limits are inferred).
            jitter: The jitter in milliseconds, at least 0 (the unit is inferred).
            rtt: The round-trip time in milliseconds, at least 0 (the unit is inferred).
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The measurement.

        Raises:
            NotFoundError: If there is no such meeting.
            PermissionDeniedError: If the acting user takes no part in it.
            UnprocessableEntityError: If a value is out of range.
            OrbitServerError: If the call failed otherwise.
            ValueError: If a value is not a finite number.

        Example:
            ```python
            orbit.meetings.submit_metrics("mtg_6e90", bitrate=1250.5, jitter=12.3, acting_user_id="usr_7a02")
            ```
        """
        body = SubmitMeetingMetricsBody(
            bitrate=omit_none(bitrate), packet_loss=omit_none(packet_loss), jitter=omit_none(jitter), rtt=omit_none(rtt)
        )
        return self._executor.execute(
            submit_meeting_metrics.build(meeting_id, body=body, acting_user_id=acting_user_id)
        )

    def get_metrics(self, meeting_id: str, *, acting_user_id: str | None = None) -> builtins.list[MeetingMetrics]:
        """Gets the measurements that were reported for a meeting.

        Args:
            meeting_id: The meeting's id, as returned by `create`.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The measurements, oldest first (the order is inferred).

        Raises:
            NotFoundError: If there is no such meeting.
            PermissionDeniedError: If the acting user may not see it.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            for metrics in orbit.meetings.get_metrics("mtg_6e90", acting_user_id="usr_4f1c"):
                print(metrics.app_user_id, metrics.packet_loss)
            ```
        """
        return self._executor.execute(get_meeting_metrics.build(meeting_id, acting_user_id=acting_user_id))
