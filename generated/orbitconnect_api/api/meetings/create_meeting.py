"""Create a meeting: POST /meetings.

Creates a meeting with the acting user as its host. The meeting is not started.

Provenance: observed. Retry class: never.
"""

from __future__ import annotations

from typing import Any

from ...models.create_meeting_body import CreateMeetingBody
from ...models.meeting import Meeting
from ...operations import CREATE_MEETING
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
    body: CreateMeetingBody,
    acting_user_id: str | None = None,
) -> Request[Meeting]:
    """Build the request without sending it.

    Args:
        body: The meeting to create.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        CREATE_MEETING,
        "/meetings",
        parse,
        body=body_of(body, CreateMeetingBody),
        acting_user_id=acting_user_id,
    )


def parse(data: Any) -> Meeting:
    """Parse the response's data.

    Raises:
        UnexpectedData: If the data does not match the contract.
    """
    return result_model(Meeting, data)


def sync_detailed(
    *,
    client: Client,
    body: CreateMeetingBody,
    acting_user_id: str | None = None,
) -> Response[Meeting]:
    """Create a meeting. Like `sync`, but returns the status, headers and body as well."""
    return sync_client(client, __name__).execute_detailed(build(body=body, acting_user_id=acting_user_id))


def sync(
    *,
    client: Client,
    body: CreateMeetingBody,
    acting_user_id: str | None = None,
) -> Meeting:
    """Create a meeting.

    Args:
        client: The `raw` of an `OrbitServer`.
        body: The meeting to create.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        OrbitServerError: For any API or network error. The API's errors are 400 (`bad_request`,
            `acting_user_required`), 401 (`unauthorized`), 403 (`acting_user_unknown`, `acting_user_inactive`), 408
            (`request_timeout`), 413 (`too_large`), 415 (`unsupported_media_type`), 422 (`validation_failed`), 429
            (`rate_limited`), 431 (`too_large`), 500 (`server_error`), 503 (`server_error`). Other codes can occur.
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return sync_client(client, __name__).execute(build(body=body, acting_user_id=acting_user_id))


async def asyncio_detailed(
    *,
    client: AsyncClient,
    body: CreateMeetingBody,
    acting_user_id: str | None = None,
) -> Response[Meeting]:
    """Create a meeting. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(build(body=body, acting_user_id=acting_user_id))


async def asyncio(
    *,
    client: AsyncClient,
    body: CreateMeetingBody,
    acting_user_id: str | None = None,
) -> Meeting:
    """Create a meeting. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build(body=body, acting_user_id=acting_user_id))
