"""List sessions: GET /sessions.

Returns the sessions that the acting user is allowed to see, newest first. These are the sessions that the user
created, and those whose conversation, call or meeting the user participates in (inferred).

Wire form: observed. Retry class: safe.
"""

from __future__ import annotations

from typing import Any

from ...models.session import Session
from ...operations import LIST_SESSIONS
from ...raw_calls import async_client, sync_client
from ...types import (
    AsyncClient,
    Client,
    Request,
    Response,
    result_list,
)


def build(
    *,
    acting_user_id: str | None = None,
) -> Request[list[Session]]:
    """Prepares the call; nothing is sent.

    Args:
        acting_user_id: The id of the user on whose behalf it is done. The client's own where it is bound to one.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        LIST_SESSIONS,
        "/sessions",
        parse,
        acting_user_id=acting_user_id,
    )


def parse(data: Any) -> list[Session]:
    """Reads the answer's data.

    Raises:
        UnexpectedData: If they do not have the form that the contract declares.
    """
    return result_list(Session, data)


def sync_detailed(
    *,
    client: Client,
    acting_user_id: str | None = None,
) -> Response[list[Session]]:
    """Does what `sync` does; returns the status, the headers and the body as well."""
    return sync_client(client, __name__).execute_detailed(build(acting_user_id=acting_user_id))


def sync(
    *,
    client: Client,
    acting_user_id: str | None = None,
) -> list[Session]:
    """List sessions. The arguments are those of `build`.

    Args:
        client: The `raw` of an `OrbitServer`.
        acting_user_id: The id of the user on whose behalf it is done. The client's own where it is bound to one.

    Raises:
        OrbitServerError: If the call failed.
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return sync_client(client, __name__).execute(build(acting_user_id=acting_user_id))


async def asyncio_detailed(
    *,
    client: AsyncClient,
    acting_user_id: str | None = None,
) -> Response[list[Session]]:
    """Does what `sync_detailed` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(build(acting_user_id=acting_user_id))


async def asyncio(
    *,
    client: AsyncClient,
    acting_user_id: str | None = None,
) -> list[Session]:
    """Does what `sync` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build(acting_user_id=acting_user_id))
