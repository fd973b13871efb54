"""Create a session: POST /sessions.

Creates a session: an object that ties a chat, a call and a meeting together while users move between them.

Wire form: observed. Retry class: never.
"""

from __future__ import annotations

from typing import Any

from ...models.create_session_body import CreateSessionBody
from ...models.session import Session
from ...operations import CREATE_SESSION
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
    body: CreateSessionBody,
    acting_user_id: str | None = None,
) -> Request[Session]:
    """Prepares the call; nothing is sent.

    Args:
        body: The session to create.
        acting_user_id: The id of the user on whose behalf it is done. The client's own where it is bound to one.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        CREATE_SESSION,
        "/sessions",
        parse,
        body=body_of(body, CreateSessionBody),
        acting_user_id=acting_user_id,
    )


def parse(data: Any) -> Session:
    """Reads the answer's data.

    Raises:
        UnexpectedData: If they do not have the form that the contract declares.
    """
    return result_model(Session, data)


def sync_detailed(
    *,
    client: Client,
    body: CreateSessionBody,
    acting_user_id: str | None = None,
) -> Response[Session]:
    """Does what `sync` does; returns the status, the headers and the body as well."""
    return sync_client(client, __name__).execute_detailed(build(body=body, acting_user_id=acting_user_id))


def sync(
    *,
    client: Client,
    body: CreateSessionBody,
    acting_user_id: str | None = None,
) -> Session:
    """Create a session. The arguments are those of `build`.

    Args:
        client: The `raw` of an `OrbitServer`.
        body: The session to create.
        acting_user_id: The id of the user on whose behalf it is done. The client's own where it is bound to one.

    Raises:
        OrbitServerError: If the call failed.
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return sync_client(client, __name__).execute(build(body=body, acting_user_id=acting_user_id))


async def asyncio_detailed(
    *,
    client: AsyncClient,
    body: CreateSessionBody,
    acting_user_id: str | None = None,
) -> Response[Session]:
    """Does what `sync_detailed` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(build(body=body, acting_user_id=acting_user_id))


async def asyncio(
    *,
    client: AsyncClient,
    body: CreateSessionBody,
    acting_user_id: str | None = None,
) -> Session:
    """Does what `sync` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build(body=body, acting_user_id=acting_user_id))
