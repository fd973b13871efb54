"""Submit meeting quality metrics: POST /meetings/{meeting_id}/metrics.

Stores one measurement of the connection quality, as seen from the acting user's side.

Wire form: observed. Retry class: never.
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
    """Prepares the call; nothing is sent.

    Args:
        meeting_id: The meeting's id, as returned when the meeting was created.
        body: One measurement of a meeting's connection quality. Omit the values that were not measured.
        acting_user_id: The id of the user on whose behalf it is done. The client's own where it is bound to one.

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
    """Reads the answer's data.

    Raises:
        UnexpectedData: If they do not have the form that the contract declares.
    """
    return result_model(MeetingMetrics, data)


def sync_detailed(
    meeting_id: str,
    *,
    client: Client,
    body: SubmitMeetingMetricsBody,
    acting_user_id: str | None = None,
) -> Response[MeetingMetrics]:
    """Does what `sync` does; returns the status, the headers and the body as well."""
    return sync_client(client, __name__).execute_detailed(build(meeting_id, body=body, acting_user_id=acting_user_id))


def sync(
    meeting_id: str,
    *,
    client: Client,
    body: SubmitMeetingMetricsBody,
    acting_user_id: str | None = None,
) -> MeetingMetrics:
    """Submit meeting quality metrics. The arguments are those of `build`.

    Args:
        client: The `raw` of an `OrbitServer`.
        meeting_id: The meeting's id, as returned when the meeting was created.
        body: One measurement of a meeting's connection quality. Omit the values that were not measured.
        acting_user_id: The id of the user on whose behalf it is done. The client's own where it is bound to one.

    Raises:
        OrbitServerError: If the call failed.
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
    """Does what `sync_detailed` does, with the `raw` of an `AsyncOrbitServer`."""
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
    """Does what `sync` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build(meeting_id, body=body, acting_user_id=acting_user_id))
