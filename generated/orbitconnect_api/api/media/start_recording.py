"""Start a recording: POST /recordings/start.

Starts recording what the body describes, for example a call or a meeting, and returns the recording. Stop it with
`stopRecording`.

The body is free-form: fields that are not listed are sent as given. For a call or a meeting, `toggleCallRecording` and
`startMeetingRecording` are simpler.

Wire form: observed. Retry class: never.
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
    """Prepares the call; nothing is sent.

    Args:
        body: What to record. The body is free-form: the listed fields are the known ones, and all others are sent as
            given.
        acting_user_id: The id of the user on whose behalf it is done. The client's own where it is bound to one.

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
    """Reads the answer's data.

    Raises:
        UnexpectedData: If they do not have the form that the contract declares.
    """
    return result_model(Recording, data)


def sync_detailed(
    *,
    client: Client,
    body: StartRecordingBody,
    acting_user_id: str | None = None,
) -> Response[Recording]:
    """Does what `sync` does; returns the status, the headers and the body as well."""
    return sync_client(client, __name__).execute_detailed(build(body=body, acting_user_id=acting_user_id))


def sync(
    *,
    client: Client,
    body: StartRecordingBody,
    acting_user_id: str | None = None,
) -> Recording:
    """Start a recording. The arguments are those of `build`.

    Args:
        client: The `raw` of an `OrbitServer`.
        body: What to record. The body is free-form: the listed fields are the known ones, and all others are sent as
            given.
        acting_user_id: The id of the user on whose behalf it is done. The client's own where it is bound to one.

    Raises:
        OrbitServerError: If the call failed.
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
    """Does what `sync_detailed` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(build(body=body, acting_user_id=acting_user_id))


async def asyncio(
    *,
    client: AsyncClient,
    body: StartRecordingBody,
    acting_user_id: str | None = None,
) -> Recording:
    """Does what `sync` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build(body=body, acting_user_id=acting_user_id))
