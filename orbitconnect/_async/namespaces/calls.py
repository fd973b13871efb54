"""`orbit.calls`: voice and video calls, WebRTC signaling and recordings."""

import builtins

from orbitconnect_api.api.calls import (
    accept_call,
    add_call_ice_candidate,
    end_call,
    get_call,
    get_call_metrics,
    get_turn_credentials,
    get_webrtc_token,
    initiate_call,
    list_call_recordings,
    list_calls,
    reject_call,
    submit_call_answer,
    submit_call_metrics,
    submit_call_offer,
    toggle_call_recording,
)
from orbitconnect_api.api.media import get_recording
from orbitconnect_api.literals import CallType
from orbitconnect_api.models.add_call_ice_candidate_body import AddCallIceCandidateBody
from orbitconnect_api.models.call import Call
from orbitconnect_api.models.call_metrics import CallMetrics
from orbitconnect_api.models.initiate_call_body import InitiateCallBody
from orbitconnect_api.models.recording import Recording
from orbitconnect_api.models.submit_call_answer_body import SubmitCallAnswerBody
from orbitconnect_api.models.submit_call_metrics_body import SubmitCallMetricsBody
from orbitconnect_api.models.submit_call_offer_body import SubmitCallOfferBody
from orbitconnect_api.models.turn_credentials import TurnCredentials
from orbitconnect_api.models.webrtc_token import WebrtcToken

from ..._facade.arguments import omit_none
from ..._facade.hints import with_hints
from ..._flows.milestones import call_is_accepted, call_is_over, recording_is_ready
from ..._flows.polling import LONGEST_PAUSE, schedule
from ..executor import AsyncExecutor
from ..flows.waiting import poll


@with_hints("orbit.calls")
class AsyncCalls:
    """Voice and video calls, WebRTC signaling and recordings.

    Every method acts on behalf of a user. It raises `ValueError` before sending anything if you neither pass
    `acting_user_id` nor use a client from `orbit.as_user(...)`.

    Methods: `initiate`, `accept`, `reject`, `end`, `get`, `wait_until_accepted`, `wait_until_ended`, `list`,
    `get_webrtc_token`, `get_turn_credentials`, `submit_offer`, `submit_answer`, `add_ice_candidate`, `submit_metrics`,
    `get_metrics`, `toggle_record`, `list_recordings`, `get_recording`, `wait_until_recording_ready`.
    """

    def __init__(self, executor: AsyncExecutor) -> None:
        self._executor = executor

    async def initiate(self, *, callee_id: str, type: CallType | str, acting_user_id: str | None = None) -> Call:
        """Call another user. The user's devices start to ring.

        The acting user is the caller.

        The SDK never retries this call once a byte has been sent: a retry could start a second call. If `error.sent` is
        True, `list` shows whether there is a new call with this `callee_id`.

        Args:
            callee_id: The id of the user to call.
            type: `voice` for audio only, or `video` for audio and video.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The ringing call.

        Raises:
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            ConflictError: If the call cannot be made now, for example because the user is in another call (inferred).
            UnprocessableEntityError: If a value is invalid, or the callee is not an active user.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            call = await orbit.calls.initiate(callee_id=bob.id, type="video", acting_user_id=alice.id)
            ```
        """
        body = InitiateCallBody(callee_id=callee_id, type=type)
        return await self._executor.execute(initiate_call.build(body=body, acting_user_id=acting_user_id))

    async def accept(self, call_id: str, *, acting_user_id: str | None = None) -> Call:
        """Accept a ringing call. The acting user is the callee.

        The SDK never retries this call once a byte has been sent: a retry could fail although the first request
        succeeded. If `error.sent` is True, `get` shows the call's `status`.

        Args:
            call_id: The call's id, as returned by `initiate`.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The call, now active.

        Raises:
            NotFoundError: If the call does not exist.
            PermissionDeniedError: If the acting user is not the callee.
            ConflictError: If the call is no longer ringing.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            call = await orbit.calls.accept(call.id, acting_user_id=bob.id)
            ```
        """
        return await self._executor.execute(accept_call.build(call_id, acting_user_id=acting_user_id))

    async def reject(self, call_id: str, *, acting_user_id: str | None = None) -> Call:
        """Reject a ringing call. The acting user is the callee.

        The call is then over.

        The SDK never retries this call once a byte has been sent: a retry could fail although the first request
        succeeded. If `error.sent` is True, `get` shows the call's `status`.

        Args:
            call_id: The call's id, as returned by `initiate`.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The rejected call.

        Raises:
            NotFoundError: If the call does not exist.
            PermissionDeniedError: If the acting user is not the callee.
            ConflictError: If the call is no longer ringing.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            call = await orbit.calls.reject(call.id, acting_user_id=bob.id)
            ```
        """
        return await self._executor.execute(reject_call.build(call_id, acting_user_id=acting_user_id))

    async def end(self, call_id: str, *, acting_user_id: str | None = None) -> Call:
        """End a call. The acting user is the caller or the callee.

        The caller can also end a call that is still ringing (inferred).

        The SDK never retries this call once a byte has been sent: a retry could fail although the first request
        succeeded. If `error.sent` is True, `get` shows the call's `status`.

        Args:
            call_id: The call's id, as returned by `initiate`.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The ended call with its duration.

        Raises:
            NotFoundError: If the call does not exist, or the acting user cannot see it (inferred).
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            ConflictError: If the call is already over.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            call = await orbit.calls.end(call.id, acting_user_id=alice.id)
            print(call.duration_seconds)
            ```
        """
        return await self._executor.execute(end_call.build(call_id, acting_user_id=acting_user_id))

    async def get(self, call_id: str, *, acting_user_id: str | None = None) -> Call:
        """Get a call. The acting user must be its caller or callee.

        Args:
            call_id: The call's id, as returned by `initiate`.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The call.

        Raises:
            NotFoundError: If the call does not exist, or the acting user cannot see it (inferred).
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            call = await orbit.calls.get(call.id, acting_user_id=alice.id)
            print(call.status)
            ```
        """
        return await self._executor.execute(get_call.build(call_id, acting_user_id=acting_user_id))

    async def wait_until_accepted(
        self,
        call_id: str,
        *,
        timeout: float | None,
        longest_pause: float = LONGEST_PAUSE,
        acting_user_id: str | None = None,
    ) -> Call:
        """Wait until the callee accepts a call, by polling.

        A poll that fails with a temporary error does not end the wait. If your application receives the webhook event
        `call.accepted` (inferred), it does not need to wait here.

        Args:
            call_id: The call's id, as returned by `initiate`.
            timeout: How long to wait, in seconds, more than 0. None means no limit.
            longest_pause: The longest interval between two polls, in seconds, more than 0; 5 by default. The first
                intervals are shorter.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The call, now active.

        Raises:
            ValueError: If `timeout` or `longest_pause` is not more than 0.
            NeverReachedError: If the call is over: rejected, missed or ended. From `orbitconnect.waiting`.
            WaitTimeoutError: If the call was not accepted in time. The call is in `last_seen`. From
                `orbitconnect.waiting`.
            NotFoundError: If the call does not exist.
            PermissionDeniedError: If the acting user is neither the caller nor the callee.
            OrbitServerError: For any other API or network error that is not temporary.

        Example:
            ```python
            call = await orbit.calls.initiate(callee_id=bob.id, type="video", acting_user_id=alice.id)
            call = await orbit.calls.wait_until_accepted(call.id, timeout=60, acting_user_id=alice.id)
            ```
        """
        request = get_call.build(call_id, acting_user_id=acting_user_id)
        return await poll(
            self._executor,
            request,
            call_is_accepted,
            schedule(timeout, longest_pause),
            f"the call {call_id} to be accepted",
        )

    async def wait_until_ended(
        self,
        call_id: str,
        *,
        timeout: float | None,
        longest_pause: float = LONGEST_PAUSE,
        acting_user_id: str | None = None,
    ) -> Call:
        """Wait until a call is over, by polling.

        A poll that fails with a temporary error does not end the wait. If your application receives the webhook event
        `call.ended`, it does not need to wait here.

        Args:
            call_id: The call's id, as returned by `initiate`.
            timeout: How long to wait, in seconds, more than 0. None means no limit.
            longest_pause: The longest interval between two polls, in seconds, more than 0; 5 by default. The first
                intervals are shorter.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The call. Its `status` is `ended`, `rejected`, `missed` or `failed`.

        Raises:
            ValueError: If `timeout` or `longest_pause` is not more than 0.
            WaitTimeoutError: If the call did not end in time. The call is in `last_seen`. From `orbitconnect.waiting`.
            NotFoundError: If the call does not exist.
            PermissionDeniedError: If the acting user is neither the caller nor the callee.
            OrbitServerError: For any other API or network error that is not temporary.

        Example:
            ```python
            call = await orbit.calls.wait_until_ended(call.id, timeout=3600, acting_user_id=alice.id)
            print(call.status, call.duration_seconds)
            ```
        """
        request = get_call.build(call_id, acting_user_id=acting_user_id)
        return await poll(
            self._executor, request, call_is_over, schedule(timeout, longest_pause), f"the call {call_id} to end"
        )

    async def list(self, *, acting_user_id: str | None = None) -> builtins.list[Call]:
        """List the calls that the acting user made or received.

        The vendor mentions pages, and data about the caller and the callee. How to ask for them is unknown. Fields that
        the contract does not have are in `additional_properties`.

        Args:
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The calls.

        Raises:
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            for call in await orbit.calls.list(acting_user_id=alice.id):
                print(call.id, call.status)
            ```
        """
        return await self._executor.execute(list_calls.build(acting_user_id=acting_user_id))

    async def get_webrtc_token(self, *, acting_user_id: str | None = None) -> WebrtcToken:
        """Issue a short-lived token for the signaling server.

        Send the token to your frontend: the acting user's device connects with it. The request and response formats are
        inferred.

        Args:
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The token and its expiry time. The token is hidden in its `repr`.

        Raises:
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            token = await orbit.calls.get_webrtc_token(acting_user_id=alice.id)
            return {"token": token.token, "expires_at": token.expires_at}
            ```
        """
        return await self._executor.execute(get_webrtc_token.build(acting_user_id=acting_user_id))

    async def get_turn_credentials(self, *, acting_user_id: str | None = None) -> TurnCredentials:
        """Get short-lived credentials for the TURN servers.

        TURN servers relay media if a direct connection is not possible. Send the credentials to your frontend, which
        passes them to its `RTCIceServer`. The request and response formats are inferred.

        Args:
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The servers' `urls`, the `username`, the `credential` and the `ttl` in seconds. The credential is hidden in
            its `repr`.

        Raises:
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            turn = await orbit.calls.get_turn_credentials(acting_user_id=alice.id)
            return {"urls": turn.urls, "username": turn.username, "credential": turn.credential}
            ```
        """
        return await self._executor.execute(get_turn_credentials.build(acting_user_id=acting_user_id))

    async def submit_offer(self, call_id: str, sdp: str, *, acting_user_id: str | None = None) -> Call | None:
        """Send the acting user's SDP offer to the other user in the call.

        You need this only for custom signaling: the vendor's client SDKs do it themselves. The request and response
        formats are inferred.

        The SDK never retries this call once a byte has been sent: a late retry could disturb the negotiation. If
        `error.sent` is True, the other user may have received the offer, and the API offers no way to check. If no SDP
        answer arrives, check with `get` that the call is still active, and negotiate again with a new offer.

        Args:
            call_id: The call's id, as returned by `initiate`.
            sdp: The session description, as created by the browser's `createOffer`.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The call, or None if the API returns nothing.

        Raises:
            NotFoundError: If the call does not exist, or the acting user cannot see it (inferred).
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            ConflictError: If the call is over.
            UnprocessableEntityError: If `sdp` is invalid.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            await orbit.calls.submit_offer(call.id, offer_sdp, acting_user_id=alice.id)
            ```
        """
        body = SubmitCallOfferBody(sdp=sdp)
        return await self._executor.execute(submit_call_offer.build(call_id, body=body, acting_user_id=acting_user_id))

    async def submit_answer(self, call_id: str, sdp: str, *, acting_user_id: str | None = None) -> Call | None:
        """Send the acting user's SDP answer to the user who made the offer.

        You need this only for custom signaling: the vendor's client SDKs do it themselves. The request and response
        formats are inferred.

        The SDK never retries this call once a byte has been sent: a late retry could disturb the negotiation. If
        `error.sent` is True, the other user may have received the answer, and the API offers no way to check. If no
        media flows, check with `get` that the call is still active, and negotiate again with a new offer
        (`submit_offer`).

        Args:
            call_id: The call's id, as returned by `initiate`.
            sdp: The session description, as created by the browser's `createAnswer`.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The call, or None if the API returns nothing.

        Raises:
            NotFoundError: If the call does not exist, or the acting user cannot see it (inferred).
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            ConflictError: If the call is over.
            UnprocessableEntityError: If `sdp` is invalid.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            await orbit.calls.submit_answer(call.id, answer_sdp, acting_user_id=bob.id)
            ```
        """
        body = SubmitCallAnswerBody(sdp=sdp)
        return await self._executor.execute(submit_call_answer.build(call_id, body=body, acting_user_id=acting_user_id))

    async def add_ice_candidate(self, call_id: str, candidate: str, *, acting_user_id: str | None = None) -> None:
        """Send one of the acting user's ICE candidates to the other user in the call.

        You need this only for custom signaling: the vendor's client SDKs do it themselves. The request and response
        formats are inferred.

        The SDK never retries this call once a byte has been sent: a late retry could disturb the negotiation. If
        `error.sent` is True, the other user may have received the candidate, and the API offers no way to check. If no
        connection is established, check with `get` that the call is still active, and restart ICE with a new offer
        (`submit_offer`).

        Args:
            call_id: The call's id, as returned by `initiate`.
            candidate: The candidate as an SDP candidate line: the `candidate` string of the browser's
                `RTCIceCandidate`. Its format is inferred.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Raises:
            NotFoundError: If the call does not exist, or the acting user cannot see it (inferred).
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            ConflictError: If the call is over.
            UnprocessableEntityError: If `candidate` is invalid.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            await orbit.calls.add_ice_candidate(call.id, candidate, acting_user_id=alice.id)
            ```
        """
        body = AddCallIceCandidateBody(candidate=candidate)
        return await self._executor.execute(
            add_call_ice_candidate.build(call_id, body=body, acting_user_id=acting_user_id)
        )

    async def submit_metrics(
        self,
        call_id: str,
        *,
        bitrate: float | None = None,
        packet_loss: float | None = None,
        jitter: float | None = None,
        rtt: float | None = None,
        acting_user_id: str | None = None,
    ) -> CallMetrics:
        """Report connection quality metrics of a call, from the acting user.

        Omit the values that were not measured.

        The SDK never retries this call once a byte has been sent: a retry could store the measurement twice. If
        `error.sent` is True, `get_metrics` shows whether the measurement was stored. You can also drop it.

        Args:
            call_id: The call's id, as returned by `initiate`.
            bitrate: The bitrate in kbit/s (unit inferred). Not negative (inferred).
            packet_loss: The packet loss in percent, 0 to 100 (unit and limits inferred).
            jitter: The jitter in milliseconds (unit inferred). Not negative (inferred).
            rtt: The round-trip time in milliseconds (unit inferred). Not negative (inferred).
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The stored measurement.

        Raises:
            ValueError: If a value is not a finite number.
            NotFoundError: If the call does not exist, or the acting user cannot see it (inferred).
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            UnprocessableEntityError: If a value is out of range.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            await orbit.calls.submit_metrics(call.id, packet_loss=0.4, rtt=48, acting_user_id=alice.id)
            ```
        """
        body = SubmitCallMetricsBody(
            bitrate=omit_none(bitrate), packet_loss=omit_none(packet_loss), jitter=omit_none(jitter), rtt=omit_none(rtt)
        )
        return await self._executor.execute(
            submit_call_metrics.build(call_id, body=body, acting_user_id=acting_user_id)
        )

    async def get_metrics(self, call_id: str, *, acting_user_id: str | None = None) -> builtins.list[CallMetrics]:
        """Get the connection quality metrics that were reported for a call.

        Args:
            call_id: The call's id, as returned by `initiate`.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The measurements, oldest first (inferred).

        Raises:
            NotFoundError: If the call does not exist, or the acting user cannot see it (inferred).
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            for metrics in await orbit.calls.get_metrics(call.id, acting_user_id=alice.id):
                print(metrics.created_at, metrics.packet_loss)
            ```
        """
        return await self._executor.execute(get_call_metrics.build(call_id, acting_user_id=acting_user_id))

    async def toggle_record(self, call_id: str, *, acting_user_id: str | None = None) -> Recording:
        """Start recording a call, or stop the recording if one is running.

        The SDK never retries this call once a byte has been sent: it toggles, so a retry would undo the first request.
        If `error.sent` is True, `list_recordings` shows whether a recording is running.

        Args:
            call_id: The call's id, as returned by `initiate`.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The recording that was started or stopped. Its `status` is `recording` if it was started.

        Raises:
            NotFoundError: If the call does not exist, or the acting user cannot see it (inferred).
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            ConflictError: If the call is not active.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            recording = await orbit.calls.toggle_record(call.id, acting_user_id=alice.id)
            print(recording.status)
            ```
        """
        return await self._executor.execute(toggle_call_recording.build(call_id, acting_user_id=acting_user_id))

    async def list_recordings(self, call_id: str, *, acting_user_id: str | None = None) -> builtins.list[Recording]:
        """List a call's recordings, including one that is still running.

        Args:
            call_id: The call's id, as returned by `initiate`.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The recordings.

        Raises:
            NotFoundError: If the call does not exist, or the acting user cannot see it (inferred).
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            for recording in await orbit.calls.list_recordings(call.id, acting_user_id=alice.id):
                print(recording.id, recording.status)
            ```
        """
        return await self._executor.execute(list_call_recordings.build(call_id, acting_user_id=acting_user_id))

    async def get_recording(self, recording_id: str, *, acting_user_id: str | None = None) -> Recording:
        """Get a recording of a call, a meeting or another object.

        The same as `orbit.media.get_recording`.

        Args:
            recording_id: The recording's id, as returned when it was started.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.

        Returns:
            The recording. Its `media_id` is set when it is ready.

        Raises:
            NotFoundError: If the recording does not exist, or the acting user cannot see it (inferred).
            PermissionDeniedError: If the acting user does not exist or is deactivated.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            recording = await orbit.calls.get_recording(recording.id, acting_user_id=alice.id)
            ```
        """
        return await self._executor.execute(get_recording.build(recording_id, acting_user_id=acting_user_id))

    async def wait_until_recording_ready(
        self,
        recording_id: str,
        *,
        timeout: float | None,
        longest_pause: float = LONGEST_PAUSE,
        acting_user_id: str | None = None,
    ) -> Recording:
        """Wait until a recording's file is available, by polling.

        Stop the recording or end the call first. A poll that fails with a temporary error does not end the wait. If
        your application receives the webhook event `recording.ready` (inferred), it does not need to wait here.

        Args:
            recording_id: The recording's id, as returned when it was started.
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
            NotFoundError: If the recording does not exist.
            PermissionDeniedError: If the acting user is not allowed to see the recording.
            OrbitServerError: For any other API or network error that is not temporary.

        Example:
            ```python
            recording = await orbit.calls.toggle_record(call.id, acting_user_id=alice.id)  # Stops the recording.
            ready = await orbit.calls.wait_until_recording_ready(recording.id, timeout=300, acting_user_id=alice.id)
            link = await orbit.media.get_download_url(ready.media_id, acting_user_id=alice.id)
            ```
        """
        request = get_recording.build(recording_id, acting_user_id=acting_user_id)
        return await poll(
            self._executor,
            request,
            recording_is_ready,
            schedule(timeout, longest_pause),
            f"the recording {recording_id} to be ready",
        )
