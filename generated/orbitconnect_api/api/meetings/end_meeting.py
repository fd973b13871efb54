"""End a meeting: POST /meetings/{meeting_id}/end.

Ends the meeting for all participants. Only the host can end it (inferred).

Provenance: observed. Retry class: never.
"""

from __future__ import annotations

from typing import Any

from ...models.meeting import Meeting
from ...operations import END_MEETING
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
    meeting_id: str,
    *,
    acting_user_id: str | None = None,
) -> Request[Meeting]:
    """Build the request without sending it.

    Args:
        meeting_id: The meeting's id, as returned when the meeting was created.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        END_MEETING,
        f"/meetings/{path_segment(meeting_id, 'meeting_id')}/end",
        parse,
        acting_user_id=acting_user_id,
    )


def parse(data: Any) -> Meeting:
    """Parse the response's data.

    Raises:
        UnexpectedData: If the data does not match the contract.
    """
    return result_model(Meeting, data)


def sync_detailed(
    meeting_id: str,
    *,
    client: Client,
    acting_user_id: str | None = None,
) -> Response[Meeting]:
    """End a meeting. Like `sync`, but returns the status, headers and body as well."""
    return sync_client(client, __name__).execute_detailed(build(meeting_id, acting_user_id=acting_user_id))


def sync(
    meeting_id: str,
    *,
    client: Client,
    acting_user_id: str | None = None,
) -> Meeting:
    """End a meeting.

    Args:
        client: The `raw` of an `OrbitServer`.
        meeting_id: The meeting's id, as returned when the meeting was created.
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
    return sync_client(client, __name__).execute(build(meeting_id, acting_user_id=acting_user_id))


async def asyncio_detailed(
    meeting_id: str,
    *,
    client: AsyncClient,
    acting_user_id: str | None = None,
) -> Response[Meeting]:
    """End a meeting. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(build(meeting_id, acting_user_id=acting_user_id))


async def asyncio(
    meeting_id: str,
    *,
    client: AsyncClient,
    acting_user_id: str | None = None,
) -> Meeting:
    """End a meeting. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build(meeting_id, acting_user_id=acting_user_id))
