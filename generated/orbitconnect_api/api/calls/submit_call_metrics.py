"""Submit call quality metrics: POST /calls/{call_id}/metrics.

Stores one measurement of the connection quality, as seen from the acting user's side.

Provenance: observed. Retry class: never.
"""

from __future__ import annotations

from typing import Any

from ...models.call_metrics import CallMetrics
from ...models.submit_call_metrics_body import SubmitCallMetricsBody
from ...operations import SUBMIT_CALL_METRICS
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
    call_id: str,
    *,
    body: SubmitCallMetricsBody,
    acting_user_id: str | None = None,
) -> Request[CallMetrics]:
    """Build the request without sending it.

    Args:
        call_id: The call's id, as returned when the call was initiated.
        body: One measurement of a call's connection quality. Omit the values that were not measured.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        SUBMIT_CALL_METRICS,
        f"/calls/{path_segment(call_id, 'call_id')}/metrics",
        parse,
        body=body_of(body, SubmitCallMetricsBody),
        acting_user_id=acting_user_id,
    )


def parse(data: Any) -> CallMetrics:
    """Parse the response's data.

    Raises:
        UnexpectedData: If the data does not match the contract.
    """
    return result_model(CallMetrics, data)


def sync_detailed(
    call_id: str,
    *,
    client: Client,
    body: SubmitCallMetricsBody,
    acting_user_id: str | None = None,
) -> Response[CallMetrics]:
    """Submit call quality metrics. Like `sync`, but returns the status, headers and body as well."""
    return sync_client(client, __name__).execute_detailed(build(call_id, body=body, acting_user_id=acting_user_id))


def sync(
    call_id: str,
    *,
    client: Client,
    body: SubmitCallMetricsBody,
    acting_user_id: str | None = None,
) -> CallMetrics:
    """Submit call quality metrics.

    Args:
        client: The `raw` of an `OrbitServer`.
        call_id: The call's id, as returned when the call was initiated.
        body: One measurement of a call's connection quality. Omit the values that were not measured.
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
    return sync_client(client, __name__).execute(build(call_id, body=body, acting_user_id=acting_user_id))


async def asyncio_detailed(
    call_id: str,
    *,
    client: AsyncClient,
    body: SubmitCallMetricsBody,
    acting_user_id: str | None = None,
) -> Response[CallMetrics]:
    """Submit call quality metrics. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(
        build(call_id, body=body, acting_user_id=acting_user_id)
    )


async def asyncio(
    call_id: str,
    *,
    client: AsyncClient,
    body: SubmitCallMetricsBody,
    acting_user_id: str | None = None,
) -> CallMetrics:
    """Submit call quality metrics. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build(call_id, body=body, acting_user_id=acting_user_id))
