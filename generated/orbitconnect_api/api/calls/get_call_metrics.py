"""Get call quality metrics: GET /calls/{call_id}/metrics.

Returns the measurements reported for the call, oldest first (inferred).

Wire form: observed. Retry class: safe.
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
    """Prepares the call; nothing is sent.

    Args:
        call_id: The call's id, as returned when the call was initiated.
        acting_user_id: The id of the user on whose behalf it is done. The client's own where it is bound to one.

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
    """Reads the answer's data.

    Raises:
        UnexpectedData: If they do not have the form that the contract declares.
    """
    return result_list(CallMetrics, data)


def sync_detailed(
    call_id: str,
    *,
    client: Client,
    acting_user_id: str | None = None,
) -> Response[list[CallMetrics]]:
    """Does what `sync` does; returns the status, the headers and the body as well."""
    return sync_client(client, __name__).execute_detailed(build(call_id, acting_user_id=acting_user_id))


def sync(
    call_id: str,
    *,
    client: Client,
    acting_user_id: str | None = None,
) -> list[CallMetrics]:
    """Get call quality metrics. The arguments are those of `build`.

    Args:
        client: The `raw` of an `OrbitServer`.
        call_id: The call's id, as returned when the call was initiated.
        acting_user_id: The id of the user on whose behalf it is done. The client's own where it is bound to one.

    Raises:
        OrbitServerError: If the call failed.
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
    """Does what `sync_detailed` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(build(call_id, acting_user_id=acting_user_id))


async def asyncio(
    call_id: str,
    *,
    client: AsyncClient,
    acting_user_id: str | None = None,
) -> list[CallMetrics]:
    """Does what `sync` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build(call_id, acting_user_id=acting_user_id))
