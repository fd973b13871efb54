"""Start a recording: POST /recordings/start.

Starts recording what the body describes, for example a call or a meeting, and returns the recording. Stop it with
`stopRecording`.

The body is free-form: fields that are not listed are sent as given. For a call or a meeting, `toggleCallRecording` and
`startMeetingRecording` are simpler.

Provenance: observed. Retry class: never.
"""

from __future__ import annotations

from typing import Any

from ...models.recording import Recording
from ...models.start_recording_body import StartRecordingBody
from ...operations import START_RECORDING
from ...raw_calls import async_client, body_of, sync_client
from ...types import (
    AsyncClient,
    Client,
    Request,
    Response,
    result_model,
)


def build(
    *,
    body: StartRecordingBody,
    acting_user_id: str | None = None,
) -> Request[Recording]:
    """Build the request without sending it.

    Args:
        body: What to record. The body is free-form: the listed fields are the known ones, and all others are sent as
            given.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        START_RECORDING,
        "/recordings/start",
        parse,
        body=body_of(body, StartRecordingBody),
        acting_user_id=acting_user_id,
    )


def parse(data: Any) -> Recording:
    """Parse the response's data.

    Raises:
        UnexpectedData: If the data does not match the contract.
    """
    return result_model(Recording, data)


def sync_detailed(
    *,
    client: Client,
    body: StartRecordingBody,
    acting_user_id: str | None = None,
) -> Response[Recording]:
    """Start a recording. Like `sync`, but returns the status, headers and body as well."""
    return sync_client(client, __name__).execute_detailed(build(body=body, acting_user_id=acting_user_id))


def sync(
    *,
    client: Client,
    body: StartRecordingBody,
    acting_user_id: str | None = None,
) -> Recording:
    """Start a recording.

    Args:
        client: The `raw` of an `OrbitServer`.
        body: What to record. The body is free-form: the listed fields are the known ones, and all others are sent as
            given.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        OrbitServerError: For any API or network error. The API's errors are 400 (`bad_request`,
            `acting_user_required`), 401 (`unauthorized`), 403 (`forbidden`, `acting_user_unknown`,
            `acting_user_inactive`), 408 (`request_timeout`), 409 (`conflict`), 413 (`too_large`), 415
            (`unsupported_media_type`), 422 (`validation_failed`), 429 (`rate_limited`), 431 (`too_large`), 500
            (`server_error`), 503 (`server_error`). Other codes can occur.
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return sync_client(client, __name__).execute(build(body=body, acting_user_id=acting_user_id))


async def asyncio_detailed(
    *,
    client: AsyncClient,
    body: StartRecordingBody,
    acting_user_id: str | None = None,
) -> Response[Recording]:
    """Start a recording. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(build(body=body, acting_user_id=acting_user_id))


async def asyncio(
    *,
    client: AsyncClient,
    body: StartRecordingBody,
    acting_user_id: str | None = None,
) -> Recording:
    """Start a recording. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build(body=body, acting_user_id=acting_user_id))
