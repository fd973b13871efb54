"""Stop a recording: POST /recordings/{recording_id}/stop.

Stops the recording. It is then processed into a media file, and `media_id` is set when the file is ready (inferred).

Wire form: observed. Retry class: never.
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
    """Prepares the call; nothing is sent.

    Args:
        recording_id: The recording's id, as returned when the recording was started.
        acting_user_id: The id of the user on whose behalf it is done. The client's own where it is bound to one.

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
    """Reads the answer's data.

    Raises:
        UnexpectedData: If they do not have the form that the contract declares.
    """
    return result_model(Recording, data)


def sync_detailed(
    recording_id: str,
    *,
    client: Client,
    acting_user_id: str | None = None,
) -> Response[Recording]:
    """Does what `sync` does; returns the status, the headers and the body as well."""
    return sync_client(client, __name__).execute_detailed(build(recording_id, acting_user_id=acting_user_id))


def sync(
    recording_id: str,
    *,
    client: Client,
    acting_user_id: str | None = None,
) -> Recording:
    """Stop a recording. The arguments are those of `build`.

    Args:
        client: The `raw` of an `OrbitServer`.
        recording_id: The recording's id, as returned when the recording was started.
        acting_user_id: The id of the user on whose behalf it is done. The client's own where it is bound to one.

    Raises:
        OrbitServerError: If the call failed.
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
    """Does what `sync_detailed` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(build(recording_id, acting_user_id=acting_user_id))


async def asyncio(
    recording_id: str,
    *,
    client: AsyncClient,
    acting_user_id: str | None = None,
) -> Recording:
    """Does what `sync` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build(recording_id, acting_user_id=acting_user_id))
