# Derived from orbitconnect/_async/namespaces/calls.py by `make generate`: edit that file.
"""`orbit.calls`: make voice and video calls, signal WebRTC connections, record calls."""

import builtins
from typing import Literal

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

from ..._facade.arguments import omit_none, with_hints
from ..._flows.milestones import call_is_accepted, call_is_over, recording_is_ready
from ..._flows.polling import LONGEST_PAUSE, schedule
from ..executor import Executor
from ..flows.waiting import poll


@with_hints("orbit.calls")
class Calls:
    """Make voice and video calls, signal WebRTC connections, record calls.

    Each method is done on behalf of a user. Without `acting_user_id`, and without a user bound by `orbit.as_user(...)`,
    it raises ValueError before anything is sent.

    Methods: `initiate`, `accept`, `reject`, `end`, `get`, `wait_until_accepted`, `wait_until_ended`, `list`,
    `get_webrtc_token`, `get_turn_credentials`, `submit_offer`, `submit_answer`, `add_ice_candidate`, `submit_metrics`,
    `get_metrics`, `toggle_record`, `list_recordings`, `get_recording`, `wait_until_recording_ready`.
    """

    def __init__(self, executor: Executor) -> None:
        self._executor = executor

    def initiate(
        self, *, callee_id: str, type: Literal["voice", "video"] | str, acting_user_id: str | None = None
    ) -> Call:
        """Calls another user, whose devices begin to ring.

        The acting user is the caller.

        The SDK never repeats this call after a byte was sent: a repetition would be a second call. If `error.sent` is
        True, `list` shows whether there is a new call with this `callee_id`.

        Args:
            callee_id: The id of the user to call.
            type: What the call carries: `voice` is sound alone, `video` is sound and picture.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The call, which is ringing.

        Raises:
            NotFoundError: If there is no such user.
            ConflictError: If the call cannot be made now, such as to a user who is in another one (inferred).
            UnprocessableEntityError: If a field has a value that is not allowed.
            OrbitServerError: If the request failed otherwise.

        Example:
            ```python
            call = orbit.calls.initiate(callee_id="usr_7a02", type="video", acting_user_id="usr_4f1c")
            ```
        """
        body = InitiateCallBody(callee_id=callee_id, type=type)
        return self._executor.execute(initiate_call.build(body=body, acting_user_id=acting_user_id))

    def accept(self, call_id: str, *, acting_user_id: str | None = None) -> Call:
        """Takes a call on behalf of the acting user, who is being called.

        The SDK never repeats this call after a byte was sent: a repetition would find that the call has moved on. If
        `error.sent` is True, `get` shows the call's `status`.

        Args:
            call_id: The call's id, as returned by `initiate`.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The call, which is running now.

        Raises:
            NotFoundError: If there is no such call.
            PermissionDeniedError: If the acting user is not the one who is being called.
            ConflictError: If the call is not ringing any more.
            OrbitServerError: If the request failed otherwise.

        Example:
            ```python
            call = orbit.calls.accept("call_c27d", acting_user_id="usr_7a02")
            ```
        """
        return self._executor.execute(accept_call.build(call_id, acting_user_id=acting_user_id))

    def reject(self, call_id: str, *, acting_user_id: str | None = None) -> Call:
        """Declines a call on behalf of the acting user, who is being called. The call is over then.

        The SDK never repeats this call after a byte was sent: a repetition would find that the call has moved on. If
        `error.sent` is True, `get` shows the call's `status`.

        Args:
            call_id: The call's id, as returned by `initiate`.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The call, which is over now.

        Raises:
            NotFoundError: If there is no such call.
            PermissionDeniedError: If the acting user is not the one who is being called.
            ConflictError: If the call is not ringing any more.
            OrbitServerError: If the request failed otherwise.

        Example:
            ```python
            call = orbit.calls.reject("call_c27d", acting_user_id="usr_7a02")
            ```
        """
        return self._executor.execute(reject_call.build(call_id, acting_user_id=acting_user_id))

    def end(self, call_id: str, *, acting_user_id: str | None = None) -> Call:
        """Hangs up on behalf of the acting user.

        The caller can also end a call that is still ringing (inferred).

        The SDK never repeats this call after a byte was sent: a repetition would find that the call has moved on. If
        `error.sent` is True, `get` shows the call's `status`.

        Args:
            call_id: The call's id, as returned by `initiate`.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The call, with how long it lasted.

        Raises:
            NotFoundError: If there is no such call.
            PermissionDeniedError: If the acting user is neither its caller nor its callee.
            ConflictError: If the call is over already.
            OrbitServerError: If the request failed otherwise.

        Example:
            ```python
            call = orbit.calls.end("call_c27d", acting_user_id="usr_4f1c")
            print(call.duration_seconds)
            ```
        """
        return self._executor.execute(end_call.build(call_id, acting_user_id=acting_user_id))

    def get(self, call_id: str, *, acting_user_id: str | None = None) -> Call:
        """Gets a call. The acting user is its caller or its callee.

        Args:
            call_id: The call's id, as returned by `initiate`.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The call.

        Raises:
            NotFoundError: If there is no such call.
            PermissionDeniedError: If the acting user is neither its caller nor its callee.
            OrbitServerError: If the request failed otherwise.

        Example:
            ```python
            call = orbit.calls.get("call_c27d", acting_user_id="usr_4f1c")
            print(call.status)
            ```
        """
        return self._executor.execute(get_call.build(call_id, acting_user_id=acting_user_id))

    def wait_until_accepted(
        self,
        call_id: str,
        *,
        timeout: float | None,
        longest_pause: float = LONGEST_PAUSE,
        acting_user_id: str | None = None,
    ) -> Call:
        """Waits until the callee has taken a call, by looking at it again and again.

        Looks that fail for the moment do not end the wait. It needs no webhooks; where yours receive `call.accepted`
        (inferred), you need not wait here.

        Args:
            call_id: The call's id, as returned by `initiate`.
            timeout: The seconds to wait at most. None sets no limit.
            longest_pause: The most seconds between two looks. The first pauses are shorter.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The call, which is running.

        Raises:
            NeverReachedError: If the call is over: rejected, missed, ended. From `orbitconnect.waiting`.
            WaitTimeoutError: If the time passed; the call is in its `last_seen`. From `orbitconnect.waiting`.
            NotFoundError: If there is no such call.
            PermissionDeniedError: If the acting user is neither its caller nor its callee.
            OrbitServerError: If a look failed otherwise, in a way that will not pass by itself.
            ValueError: If `timeout` or `longest_pause` is not more than 0.

        Example:
            ```python
            call = orbit.calls.initiate(callee_id="usr_7a02", type="video", acting_user_id="usr_4f1c")
            call = orbit.calls.wait_until_accepted(call.id, timeout=60, acting_user_id="usr_4f1c")
            ```
        """
        request = get_call.build(call_id, acting_user_id=acting_user_id)
        return poll(
            self._executor,
            request,
            call_is_accepted,
            schedule(timeout, longest_pause),
            f"the call {call_id} to be accepted",
        )

    def wait_until_ended(
        self,
        call_id: str,
        *,
        timeout: float | None,
        longest_pause: float = LONGEST_PAUSE,
        acting_user_id: str | None = None,
    ) -> Call:
        """Waits until a call is over, in whatever way, by looking at it again and again.

        Looks that fail for the moment do not end the wait. It needs no webhooks; where yours receive `call.ended`, you
        need not wait here.

        Args:
            call_id: The call's id, as returned by `initiate`.
            timeout: The seconds to wait at most. None sets no limit.
            longest_pause: The most seconds between two looks. The first pauses are shorter.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The call; its `status` says whether it `ended` or was `rejected`, `missed` or `failed`.

        Raises:
            WaitTimeoutError: If the time passed; the call is in its `last_seen`. From `orbitconnect.waiting`.
            NotFoundError: If there is no such call.
            PermissionDeniedError: If the acting user is neither its caller nor its callee.
            OrbitServerError: If a look failed otherwise, in a way that will not pass by itself.
            ValueError: If `timeout` or `longest_pause` is not more than 0.

        Example:
            ```python
            call = orbit.calls.wait_until_ended("call_c27d", timeout=3600, acting_user_id="usr_4f1c")
            print(call.status, call.duration_seconds)
            ```
        """
        request = get_call.build(call_id, acting_user_id=acting_user_id)
        return poll(
            self._executor, request, call_is_over, schedule(timeout, longest_pause), f"the call {call_id} to end"
        )

    def list(self, *, acting_user_id: str | None = None) -> builtins.list[Call]:
        """Lists the calls that the acting user made or received.

        Args:
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The calls.

        Raises:
            OrbitServerError: If the request failed.

        Example:
            ```python
            for call in orbit.calls.list(acting_user_id="usr_4f1c"):
                print(call.id, call.status)
            ```
        """
        return self._executor.execute(list_calls.build(acting_user_id=acting_user_id))

    def get_webrtc_token(self, *, acting_user_id: str | None = None) -> WebrtcToken:
        """Issues a short-lived token with which the acting user's device connects to the signaling server.

        Hand the token to your frontend. The wire form is inferred.

        Args:
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The token and when it expires. The token does not show in its `repr`.

        Raises:
            OrbitServerError: If the request failed.

        Example:
            ```python
            token = orbit.calls.get_webrtc_token(acting_user_id="usr_4f1c")
            return {"token": token.token, "expires_at": token.expires_at}
            ```
        """
        return self._executor.execute(get_webrtc_token.build(acting_user_id=acting_user_id))

    def get_turn_credentials(self, *, acting_user_id: str | None = None) -> TurnCredentials:
        """Gets short-lived credentials of the TURN servers, which relay media where a direct connection fails.

        Hand them to your frontend, which puts them in its `RTCIceServer`. The wire form is inferred.

        Args:
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The servers' `urls`, the `username`, the `credential`, and the `ttl` in seconds. The credential does not
            show in its `repr`.

        Raises:
            OrbitServerError: If the request failed.

        Example:
            ```python
            turn = orbit.calls.get_turn_credentials(acting_user_id="usr_4f1c")
            return {"urls": turn.urls, "username": turn.username, "credential": turn.credential}
            ```
        """
        return self._executor.execute(get_turn_credentials.build(acting_user_id=acting_user_id))

    def submit_offer(self, call_id: str, sdp: str, *, acting_user_id: str | None = None) -> Call | None:
        """Passes the acting user's SDP offer to the other side of a call.

        Only custom signaling needs it; the vendor's client SDKs do it themselves. The wire form is inferred.

        The SDK never repeats this call after a byte was sent: a late repetition would disturb the negotiation. If
        `error.sent` is True, the other side may have the offer, and no operation shows it. If no SDP answer comes, look
        with `get` whether the call goes on, and negotiate again with a new offer.

        Args:
            call_id: The call's id, as returned by `initiate`.
            sdp: The session description, as the browser's `createOffer` makes it.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The call, or None if the API returns nothing.

        Raises:
            NotFoundError: If there is no such call.
            PermissionDeniedError: If the acting user is neither its caller nor its callee.
            ConflictError: If the call is over.
            UnprocessableEntityError: If `sdp` is not allowed.
            OrbitServerError: If the request failed otherwise.

        Example:
            ```python
            orbit.calls.submit_offer("call_c27d", offer_sdp, acting_user_id="usr_4f1c")
            ```
        """
        body = SubmitCallOfferBody(sdp=sdp)
        return self._executor.execute(submit_call_offer.build(call_id, body=body, acting_user_id=acting_user_id))

    def submit_answer(self, call_id: str, sdp: str, *, acting_user_id: str | None = None) -> Call | None:
        """Passes the acting user's SDP answer to the side that made the offer.

        Only custom signaling needs it; the vendor's client SDKs do it themselves. The wire form is inferred.

        The SDK never repeats this call after a byte was sent: a late repetition would disturb the negotiation. If
        `error.sent` is True, the other side may have the answer, and no operation shows it. If no media flows, look
        with `get` whether the call goes on, and negotiate again with a new offer (`submit_offer`).

        Args:
            call_id: The call's id, as returned by `initiate`.
            sdp: The session description, as the browser's `createAnswer` makes it.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The call, or None if the API returns nothing.

        Raises:
            NotFoundError: If there is no such call.
            PermissionDeniedError: If the acting user is neither its caller nor its callee.
            ConflictError: If the call is over.
            UnprocessableEntityError: If `sdp` is not allowed.
            OrbitServerError: If the request failed otherwise.

        Example:
            ```python
            orbit.calls.submit_answer("call_c27d", answer_sdp, acting_user_id="usr_7a02")
            ```
        """
        body = SubmitCallAnswerBody(sdp=sdp)
        return self._executor.execute(submit_call_answer.build(call_id, body=body, acting_user_id=acting_user_id))

    def add_ice_candidate(self, call_id: str, candidate: str, *, acting_user_id: str | None = None) -> None:
        """Passes one of the acting user's ICE candidates to the other side of a call.

        Only custom signaling needs it; the vendor's client SDKs do it themselves. The wire form is inferred.

        The SDK never repeats this call after a byte was sent: a late repetition would disturb the negotiation. If
        `error.sent` is True, the other side may have the candidate, and no operation shows it. If no connection comes
        about, look with `get` whether the call goes on, and restart ICE with a new offer (`submit_offer`).

        Args:
            call_id: The call's id, as returned by `initiate`.
            candidate: The candidate as one SDP candidate line: the string `candidate` of the browser's
                `RTCIceCandidate`.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Raises:
            NotFoundError: If there is no such call.
            PermissionDeniedError: If the acting user is neither its caller nor its callee.
            ConflictError: If the call is over.
            UnprocessableEntityError: If `candidate` is not allowed.
            OrbitServerError: If the request failed otherwise.

        Example:
            ```python
            orbit.calls.add_ice_candidate("call_c27d", candidate, acting_user_id="usr_4f1c")
            ```
        """
        body = AddCallIceCandidateBody(candidate=candidate)
        return self._executor.execute(add_call_ice_candidate.build(call_id, body=body, acting_user_id=acting_user_id))

    def submit_metrics(
        self,
        call_id: str,
        *,
        bitrate: float | None = None,
        packet_loss: float | None = None,
        jitter: float | None = None,
        rtt: float | None = None,
        acting_user_id: str | None = None,
    ) -> CallMetrics:
        """Reports one measurement of a call's connection, as the acting user's side sees it.

        Leave out what was not measured.

        The SDK never repeats this call after a byte was sent: a repetition would be a second measurement. If
        `error.sent` is True, `get_metrics` shows whether the measurement was stored. You can also drop it.

        Args:
            call_id: The call's id, as returned by `initiate`.
            bitrate: The bitrate in kbit/s, at least 0 (the unit is inferred).
            packet_loss: The share of packets lost, in percent, 0 to 100 (the unit and the limits are inferred).
            jitter: The jitter in milliseconds, at least 0 (the unit is inferred).
            rtt: The round-trip time in milliseconds, at least 0 (the unit is inferred).
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The measurement.

        Raises:
            NotFoundError: If there is no such call.
            PermissionDeniedError: If the acting user is neither its caller nor its callee.
            UnprocessableEntityError: If a value is out of range.
            OrbitServerError: If the request failed otherwise.
            ValueError: If a value is not a finite number.

        Example:
            ```python
            orbit.calls.submit_metrics("call_c27d", packet_loss=0.4, rtt=48, acting_user_id="usr_4f1c")
            ```
        """
        body = SubmitCallMetricsBody(
            bitrate=omit_none(bitrate), packet_loss=omit_none(packet_loss), jitter=omit_none(jitter), rtt=omit_none(rtt)
        )
        return self._executor.execute(submit_call_metrics.build(call_id, body=body, acting_user_id=acting_user_id))

    def get_metrics(self, call_id: str, *, acting_user_id: str | None = None) -> builtins.list[CallMetrics]:
        """Gets the measurements that were reported for a call.

        Args:
            call_id: The call's id, as returned by `initiate`.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The measurements, oldest first (the order is inferred).

        Raises:
            NotFoundError: If there is no such call.
            PermissionDeniedError: If the acting user is neither its caller nor its callee.
            OrbitServerError: If the request failed otherwise.

        Example:
            ```python
            for metrics in orbit.calls.get_metrics("call_c27d", acting_user_id="usr_4f1c"):
                print(metrics.created_at, metrics.packet_loss)
            ```
        """
        return self._executor.execute(get_call_metrics.build(call_id, acting_user_id=acting_user_id))

    def toggle_record(self, call_id: str, *, acting_user_id: str | None = None) -> Recording:
        """Starts a recording of a call when none is running, and stops it otherwise.

        The SDK never repeats this call after a byte was sent: it toggles, so a repetition would undo the first request.
        If `error.sent` is True, `list_recordings` shows whether a recording is running.

        Args:
            call_id: The call's id, as returned by `initiate`.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The recording that was started or stopped; its `status` tells which, `recording` when it was started.

        Raises:
            NotFoundError: If there is no such call.
            PermissionDeniedError: If the acting user is neither its caller nor its callee.
            ConflictError: If the call is not running.
            OrbitServerError: If the request failed otherwise.

        Example:
            ```python
            recording = orbit.calls.toggle_record("call_c27d", acting_user_id="usr_4f1c")
            print(recording.status)
            ```
        """
        return self._executor.execute(toggle_call_recording.build(call_id, acting_user_id=acting_user_id))

    def list_recordings(self, call_id: str, *, acting_user_id: str | None = None) -> builtins.list[Recording]:
        """Lists the recordings of a call, including one that is still running.

        Args:
            call_id: The call's id, as returned by `initiate`.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The recordings.

        Raises:
            NotFoundError: If there is no such call.
            PermissionDeniedError: If the acting user is neither its caller nor its callee.
            OrbitServerError: If the request failed otherwise.

        Example:
            ```python
            for recording in orbit.calls.list_recordings("call_c27d", acting_user_id="usr_4f1c"):
                print(recording.id, recording.status)
            ```
        """
        return self._executor.execute(list_call_recordings.build(call_id, acting_user_id=acting_user_id))

    def get_recording(self, recording_id: str, *, acting_user_id: str | None = None) -> Recording:
        """Gets a recording, whether of a call, of a meeting or of something else.

        It is the same as `orbit.media.get_recording`.

        Args:
            recording_id: The recording's id, as returned when it was started.
            acting_user_id: The id of the user on whose behalf it is done. May be left out on `orbit.as_user(...)`.

        Returns:
            The recording; its `media_id` is set once it is ready.

        Raises:
            NotFoundError: If there is no such recording.
            PermissionDeniedError: If the acting user may not see it.
            OrbitServerError: If the request failed otherwise.

        Example:
            ```python
            recording = orbit.calls.get_recording("rec_3b90", acting_user_id="usr_4f1c")
            ```
        """
        return self._executor.execute(get_recording.build(recording_id, acting_user_id=acting_user_id))

    def wait_until_recording_ready(
        self,
        recording_id: str,
        *,
        timeout: float | None,
        longest_pause: float = LONGEST_PAUSE,
        acting_user_id: str | None = None,
    ) -> Recording:
        """Waits until the file of a recording can be had, by looking at it again and again.

        Stop the recording first, or end the call. Looks that fail for the moment do not end the wait. It needs no
        webhooks; where yours receive `recording.ready` (inferred), you need not wait here.

        Args:
            recording_id: The recording's id, as returned when it was started.
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
            recording = orbit.calls.toggle_record("call_c27d", acting_user_id="usr_4f1c")  # stops it
            ready = orbit.calls.wait_until_recording_ready(
                recording.id, timeout=300, acting_user_id="usr_4f1c"
            )
            link = orbit.media.get_download_url(ready.media_id, acting_user_id="usr_4f1c")
            ```
        """
        request = get_recording.build(recording_id, acting_user_id=acting_user_id)
        return poll(
            self._executor,
            request,
            recording_is_ready,
            schedule(timeout, longest_pause),
            f"the recording {recording_id} to be ready",
        )
