"""Reject a call: POST /calls/{call_id}/reject.

Rejects the call, which ends it. The acting user must be the callee.

Wire form: observed. Retry class: never.
"""

from __future__ import annotations

from typing import Any

from ...models.call import Call
from ...operations import REJECT_CALL
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
    call_id: str,
    *,
    acting_user_id: str | None = None,
) -> Request[Call]:
    """Prepares the call; nothing is sent.

    Args:
        call_id: The call's id, as returned when the call was initiated.
        acting_user_id: The id of the user on whose behalf it is done. The client's own where it is bound to one.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        REJECT_CALL,
        f"/calls/{path_segment(call_id, 'call_id')}/reject",
        parse,
        acting_user_id=acting_user_id,
    )


def parse(data: Any) -> Call:
    """Reads the answer's data.

    Raises:
        UnexpectedData: If they do not have the form that the contract declares.
    """
    return result_model(Call, data)


def sync_detailed(
    call_id: str,
    *,
    client: Client,
    acting_user_id: str | None = None,
) -> Response[Call]:
    """Does what `sync` does; returns the status, the headers and the body as well."""
    return sync_client(client, __name__).execute_detailed(build(call_id, acting_user_id=acting_user_id))


def sync(
    call_id: str,
    *,
    client: Client,
    acting_user_id: str | None = None,
) -> Call:
    """Reject a call. The arguments are those of `build`.

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
) -> Response[Call]:
    """Does what `sync_detailed` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(build(call_id, acting_user_id=acting_user_id))


async def asyncio(
    call_id: str,
    *,
    client: AsyncClient,
    acting_user_id: str | None = None,
) -> Call:
    """Does what `sync` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build(call_id, acting_user_id=acting_user_id))
