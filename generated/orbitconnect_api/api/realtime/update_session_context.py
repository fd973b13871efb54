"""Update a session's context: PATCH /sessions/{session_id}/context.

Sets the given ids. Omitted ids stay unchanged. No transition takes place.

Wire form: observed. Retry class: safe. The operation sets fields to given values.
"""

from __future__ import annotations

from typing import Any

from ...models.session_context import SessionContext
from ...models.update_session_context_body import UpdateSessionContextBody
from ...operations import UPDATE_SESSION_CONTEXT
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
    session_id: str,
    *,
    body: UpdateSessionContextBody,
    acting_user_id: str | None = None,
) -> Request[SessionContext]:
    """Prepares the call; nothing is sent.

    Args:
        session_id: The session's id, as returned when the session was created.
        body: The ids to set. Omitted ids stay unchanged.
        acting_user_id: The id of the user on whose behalf it is done. The client's own where it is bound to one.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        UPDATE_SESSION_CONTEXT,
        f"/sessions/{path_segment(session_id, 'session_id')}/context",
        parse,
        body=body_of(body, UpdateSessionContextBody),
        acting_user_id=acting_user_id,
    )


def parse(data: Any) -> SessionContext:
    """Reads the answer's data.

    Raises:
        UnexpectedData: If they do not have the form that the contract declares.
    """
    return result_model(SessionContext, data)


def sync_detailed(
    session_id: str,
    *,
    client: Client,
    body: UpdateSessionContextBody,
    acting_user_id: str | None = None,
) -> Response[SessionContext]:
    """Does what `sync` does; returns the status, the headers and the body as well."""
    return sync_client(client, __name__).execute_detailed(build(session_id, body=body, acting_user_id=acting_user_id))


def sync(
    session_id: str,
    *,
    client: Client,
    body: UpdateSessionContextBody,
    acting_user_id: str | None = None,
) -> SessionContext:
    """Update a session's context. The arguments are those of `build`.

    Args:
        client: The `raw` of an `OrbitServer`.
        session_id: The session's id, as returned when the session was created.
        body: The ids to set. Omitted ids stay unchanged.
        acting_user_id: The id of the user on whose behalf it is done. The client's own where it is bound to one.

    Raises:
        OrbitServerError: If the call failed.
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return sync_client(client, __name__).execute(build(session_id, body=body, acting_user_id=acting_user_id))


async def asyncio_detailed(
    session_id: str,
    *,
    client: AsyncClient,
    body: UpdateSessionContextBody,
    acting_user_id: str | None = None,
) -> Response[SessionContext]:
    """Does what `sync_detailed` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(
        build(session_id, body=body, acting_user_id=acting_user_id)
    )


async def asyncio(
    session_id: str,
    *,
    client: AsyncClient,
    body: UpdateSessionContextBody,
    acting_user_id: str | None = None,
) -> SessionContext:
    """Does what `sync` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build(session_id, body=body, acting_user_id=acting_user_id))
