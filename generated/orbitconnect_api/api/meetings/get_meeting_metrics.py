"""Get meeting quality metrics: GET /meetings/{meeting_id}/metrics.

Returns the measurements reported for the meeting, oldest first (inferred).

Provenance: observed. Retry class: safe.
"""

from __future__ import annotations

from typing import Any

from ...models.meeting_metrics import MeetingMetrics
from ...operations import GET_MEETING_METRICS
from ...raw_calls import async_client, sync_client
from ...types import (
    AsyncClient,
    Client,
    Request,
    Response,
    path_segment,
    result_list,
)


def build(
    meeting_id: str,
    *,
    acting_user_id: str | None = None,
) -> Request[list[MeetingMetrics]]:
    """Build the request without sending it.

    Args:
        meeting_id: The meeting's id, as returned when the meeting was created.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        GET_MEETING_METRICS,
        f"/meetings/{path_segment(meeting_id, 'meeting_id')}/metrics",
        parse,
        acting_user_id=acting_user_id,
    )


def parse(data: Any) -> list[MeetingMetrics]:
    """Parse the response's data.

    Raises:
        UnexpectedData: If the data does not match the contract.
    """
    return result_list(MeetingMetrics, data)


def sync_detailed(
    meeting_id: str,
    *,
    client: Client,
    acting_user_id: str | None = None,
) -> Response[list[MeetingMetrics]]:
    """Get meeting quality metrics. Like `sync`, but returns the status, headers and body as well."""
    return sync_client(client, __name__).execute_detailed(build(meeting_id, acting_user_id=acting_user_id))


def sync(
    meeting_id: str,
    *,
    client: Client,
    acting_user_id: str | None = None,
) -> list[MeetingMetrics]:
    """Get meeting quality metrics.

    Args:
        client: The `raw` of an `OrbitServer`.
        meeting_id: The meeting's id, as returned when the meeting was created.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        OrbitServerError: For any API or network error. The API's errors are 400 (`bad_request`,
            `acting_user_required`), 401 (`unauthorized`), 403 (`acting_user_unknown`, `acting_user_inactive`), 404
            (`resource_not_found`), 429 (`rate_limited`), 431 (`too_large`), 500 (`server_error`), 503 (`server_error`).
            Other codes can occur.
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return sync_client(client, __name__).execute(build(meeting_id, acting_user_id=acting_user_id))


async def asyncio_detailed(
    meeting_id: str,
    *,
    client: AsyncClient,
    acting_user_id: str | None = None,
) -> Response[list[MeetingMetrics]]:
    """Get meeting quality metrics. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(build(meeting_id, acting_user_id=acting_user_id))


async def asyncio(
    meeting_id: str,
    *,
    client: AsyncClient,
    acting_user_id: str | None = None,
) -> list[MeetingMetrics]:
    """Get meeting quality metrics. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build(meeting_id, acting_user_id=acting_user_id))
