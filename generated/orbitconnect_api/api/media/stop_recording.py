"""Stop a recording: POST /recordings/{recording_id}/stop.

Stops the recording. It is then processed into a media file, and `media_id` is set when the file is ready (inferred).

Provenance: observed. Retry class: never.
"""

from __future__ import annotations

from typing import Any

from ...models.recording import Recording
from ...operations import STOP_RECORDING
from ...raw_calls import async_client, sync_client
from ...types import (
    AsyncClient,
    Client,
    Request,
    Response,
    path_segment,
    result_model,
)


def build(
    recording_id: str,
    *,
    acting_user_id: str | None = None,
) -> Request[Recording]:
    """Build the request without sending it.

    Args:
        recording_id: The recording's id, as returned when the recording was started.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        STOP_RECORDING,
        f"/recordings/{path_segment(recording_id, 'recording_id')}/stop",
        parse,
        acting_user_id=acting_user_id,
    )


def parse(data: Any) -> Recording:
    """Parse the response's data.

    Raises:
        UnexpectedData: If the data does not match the contract.
    """
    return result_model(Recording, data)


def sync_detailed(
    recording_id: str,
    *,
    client: Client,
    acting_user_id: str | None = None,
) -> Response[Recording]:
    """Stop a recording. Like `sync`, but returns the status, headers and body as well."""
    return sync_client(client, __name__).execute_detailed(build(recording_id, acting_user_id=acting_user_id))


def sync(
    recording_id: str,
    *,
    client: Client,
    acting_user_id: str | None = None,
) -> Recording:
    """Stop a recording.

    Args:
        client: The `raw` of an `OrbitServer`.
        recording_id: The recording's id, as returned when the recording was started.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        OrbitServerError: For any API or network error. The API's errors are 400 (`bad_request`,
            `acting_user_required`), 401 (`unauthorized`), 403 (`forbidden`, `acting_user_unknown`,
            `acting_user_inactive`), 404 (`resource_not_found`), 408 (`request_timeout`), 409 (`conflict`), 413
            (`too_large`), 415 (`unsupported_media_type`), 429 (`rate_limited`), 431 (`too_large`), 500
            (`server_error`), 503 (`server_error`). Other codes can occur.
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return sync_client(client, __name__).execute(build(recording_id, acting_user_id=acting_user_id))


async def asyncio_detailed(
    recording_id: str,
    *,
    client: AsyncClient,
    acting_user_id: str | None = None,
) -> Response[Recording]:
    """Stop a recording. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(build(recording_id, acting_user_id=acting_user_id))


async def asyncio(
    recording_id: str,
    *,
    client: AsyncClient,
    acting_user_id: str | None = None,
) -> Recording:
    """Stop a recording. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build(recording_id, acting_user_id=acting_user_id))
