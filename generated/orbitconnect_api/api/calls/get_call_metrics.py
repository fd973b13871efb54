"""Get call quality metrics: GET /calls/{call_id}/metrics.

Returns the measurements reported for the call, oldest first (inferred).

Provenance: observed. Retry class: safe.
"""

from __future__ import annotations

from typing import Any

from ...models.call_metrics import CallMetrics
from ...operations import GET_CALL_METRICS
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
    call_id: str,
    *,
    acting_user_id: str | None = None,
) -> Request[list[CallMetrics]]:
    """Build the request without sending it.

    Args:
        call_id: The call's id, as returned when the call was initiated.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        GET_CALL_METRICS,
        f"/calls/{path_segment(call_id, 'call_id')}/metrics",
        parse,
        acting_user_id=acting_user_id,
    )


def parse(data: Any) -> list[CallMetrics]:
    """Parse the response's data.

    Raises:
        UnexpectedData: If the data does not match the contract.
    """
    return result_list(CallMetrics, data)


def sync_detailed(
    call_id: str,
    *,
    client: Client,
    acting_user_id: str | None = None,
) -> Response[list[CallMetrics]]:
    """Get call quality metrics. Like `sync`, but returns the status, headers and body as well."""
    return sync_client(client, __name__).execute_detailed(build(call_id, acting_user_id=acting_user_id))


def sync(
    call_id: str,
    *,
    client: Client,
    acting_user_id: str | None = None,
) -> list[CallMetrics]:
    """Get call quality metrics.

    Args:
        client: The `raw` of an `OrbitServer`.
        call_id: The call's id, as returned when the call was initiated.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        OrbitServerError: For any API or network error. The API's errors are 400 (`bad_request`,
            `acting_user_required`), 401 (`unauthorized`), 403 (`acting_user_unknown`, `acting_user_inactive`), 404
            (`resource_not_found`), 429 (`rate_limited`), 431 (`too_large`), 500 (`server_error`), 503 (`server_error`).
            Other codes can occur.
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return sync_client(client, __name__).execute(build(call_id, acting_user_id=acting_user_id))


async def asyncio_detailed(
    call_id: str,
    *,
    client: AsyncClient,
    acting_user_id: str | None = None,
) -> Response[list[CallMetrics]]:
    """Get call quality metrics. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(build(call_id, acting_user_id=acting_user_id))


async def asyncio(
    call_id: str,
    *,
    client: AsyncClient,
    acting_user_id: str | None = None,
) -> list[CallMetrics]:
    """Get call quality metrics. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build(call_id, acting_user_id=acting_user_id))
