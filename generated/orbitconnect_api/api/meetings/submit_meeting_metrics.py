"""Submit meeting quality metrics: POST /meetings/{meeting_id}/metrics.

Stores one measurement of the connection quality, as seen from the acting user's side.

Provenance: observed. Retry class: never.
"""

from __future__ import annotations

from typing import Any

from ...models.meeting_metrics import MeetingMetrics
from ...models.submit_meeting_metrics_body import SubmitMeetingMetricsBody
from ...operations import SUBMIT_MEETING_METRICS
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
    body: SubmitMeetingMetricsBody,
    acting_user_id: str | None = None,
) -> Request[MeetingMetrics]:
    """Build the request without sending it.

    Args:
        meeting_id: The meeting's id, as returned when the meeting was created.
        body: One measurement of a meeting's connection quality. Omit the values that were not measured.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        SUBMIT_MEETING_METRICS,
        f"/meetings/{path_segment(meeting_id, 'meeting_id')}/metrics",
        parse,
        body=body_of(body, SubmitMeetingMetricsBody),
        acting_user_id=acting_user_id,
    )


def parse(data: Any) -> MeetingMetrics:
    """Parse the response's data.

    Raises:
        UnexpectedData: If the data does not match the contract.
    """
    return result_model(MeetingMetrics, data)


def sync_detailed(
    meeting_id: str,
    *,
    client: Client,
    body: SubmitMeetingMetricsBody,
    acting_user_id: str | None = None,
) -> Response[MeetingMetrics]:
    """Submit meeting quality metrics. Like `sync`, but returns the status, headers and body as well."""
    return sync_client(client, __name__).execute_detailed(build(meeting_id, body=body, acting_user_id=acting_user_id))


def sync(
    meeting_id: str,
    *,
    client: Client,
    body: SubmitMeetingMetricsBody,
    acting_user_id: str | None = None,
) -> MeetingMetrics:
    """Submit meeting quality metrics.

    Args:
        client: The `raw` of an `OrbitServer`.
        meeting_id: The meeting's id, as returned when the meeting was created.
        body: One measurement of a meeting's connection quality. Omit the values that were not measured.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        OrbitServerError: For any API or network error. The API's errors are 400 (`bad_request`,
            `acting_user_required`), 401 (`unauthorized`), 403 (`acting_user_unknown`, `acting_user_inactive`), 404
            (`resource_not_found`), 408 (`request_timeout`), 413 (`too_large`), 415 (`unsupported_media_type`), 422
            (`validation_failed`), 429 (`rate_limited`), 431 (`too_large`), 500 (`server_error`), 503 (`server_error`).
            Other codes can occur.
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return sync_client(client, __name__).execute(build(meeting_id, body=body, acting_user_id=acting_user_id))


async def asyncio_detailed(
    meeting_id: str,
    *,
    client: AsyncClient,
    body: SubmitMeetingMetricsBody,
    acting_user_id: str | None = None,
) -> Response[MeetingMetrics]:
    """Submit meeting quality metrics. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(
        build(meeting_id, body=body, acting_user_id=acting_user_id)
    )


async def asyncio(
    meeting_id: str,
    *,
    client: AsyncClient,
    body: SubmitMeetingMetricsBody,
    acting_user_id: str | None = None,
) -> MeetingMetrics:
    """Submit meeting quality metrics. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build(meeting_id, body=body, acting_user_id=acting_user_id))
