"""Issue a meeting token: POST /meetings/{meeting_id}/token.

Issues a token that a user can join this meeting with.

Provenance: observed. Retry class: safe. If the response is lost, the token goes unused.
"""

from __future__ import annotations

from typing import Any

from ...models.generate_meeting_token_body import GenerateMeetingTokenBody
from ...models.meeting_token import MeetingToken
from ...operations import GENERATE_MEETING_TOKEN
from ...raw_calls import async_client, body_of, sync_client
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
    body: GenerateMeetingTokenBody,
    acting_user_id: str | None = None,
) -> Request[MeetingToken]:
    """Build the request without sending it.

    Args:
        meeting_id: The meeting's id, as returned when the meeting was created.
        body: The user and role that the token is for.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        GENERATE_MEETING_TOKEN,
        f"/meetings/{path_segment(meeting_id, 'meeting_id')}/token",
        parse,
        body=body_of(body, GenerateMeetingTokenBody),
        acting_user_id=acting_user_id,
    )


def parse(data: Any) -> MeetingToken:
    """Parse the response's data.

    Raises:
        UnexpectedData: If the data does not match the contract.
    """
    return result_model(MeetingToken, data)


def sync_detailed(
    meeting_id: str,
    *,
    client: Client,
    body: GenerateMeetingTokenBody,
    acting_user_id: str | None = None,
) -> Response[MeetingToken]:
    """Issue a meeting token. Like `sync`, but returns the status, headers and body as well."""
    return sync_client(client, __name__).execute_detailed(build(meeting_id, body=body, acting_user_id=acting_user_id))


def sync(
    meeting_id: str,
    *,
    client: Client,
    body: GenerateMeetingTokenBody,
    acting_user_id: str | None = None,
) -> MeetingToken:
    """Issue a meeting token.

    Args:
        client: The `raw` of an `OrbitServer`.
        meeting_id: The meeting's id, as returned when the meeting was created.
        body: The user and role that the token is for.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        OrbitServerError: For any API or network error. The API's errors are 400 (`bad_request`,
            `acting_user_required`), 401 (`unauthorized`), 403 (`forbidden`, `acting_user_unknown`,
            `acting_user_inactive`), 404 (`resource_not_found`), 408 (`request_timeout`), 409 (`conflict`), 413
            (`too_large`), 415 (`unsupported_media_type`), 422 (`validation_failed`), 429 (`rate_limited`), 431
            (`too_large`), 500 (`server_error`), 503 (`server_error`). Other codes can occur.
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return sync_client(client, __name__).execute(build(meeting_id, body=body, acting_user_id=acting_user_id))


async def asyncio_detailed(
    meeting_id: str,
    *,
    client: AsyncClient,
    body: GenerateMeetingTokenBody,
    acting_user_id: str | None = None,
) -> Response[MeetingToken]:
    """Issue a meeting token. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(
        build(meeting_id, body=body, acting_user_id=acting_user_id)
    )


async def asyncio(
    meeting_id: str,
    *,
    client: AsyncClient,
    body: GenerateMeetingTokenBody,
    acting_user_id: str | None = None,
) -> MeetingToken:
    """Issue a meeting token. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build(meeting_id, body=body, acting_user_id=acting_user_id))
