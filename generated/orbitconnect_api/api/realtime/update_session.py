"""Update a session: PATCH /sessions/{session_id}.

Updates the given fields. Omitted fields stay unchanged.

Provenance: observed. Retry class: safe. The operation sets fields to given values.
"""

from __future__ import annotations

from typing import Any

from ...models.session import Session
from ...models.update_session_body import UpdateSessionBody
from ...operations import UPDATE_SESSION
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
    body: UpdateSessionBody,
    acting_user_id: str | None = None,
) -> Request[Session]:
    """Build the request without sending it.

    Args:
        session_id: The session's id, as returned when the session was created.
        body: The fields to update. Omitted fields stay unchanged.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        UPDATE_SESSION,
        f"/sessions/{path_segment(session_id, 'session_id')}",
        parse,
        body=body_of(body, UpdateSessionBody),
        acting_user_id=acting_user_id,
    )


def parse(data: Any) -> Session:
    """Parse the response's data.

    Raises:
        UnexpectedData: If the data does not match the contract.
    """
    return result_model(Session, data)


def sync_detailed(
    session_id: str,
    *,
    client: Client,
    body: UpdateSessionBody,
    acting_user_id: str | None = None,
) -> Response[Session]:
    """Update a session. Like `sync`, but returns the status, headers and body as well."""
    return sync_client(client, __name__).execute_detailed(build(session_id, body=body, acting_user_id=acting_user_id))


def sync(
    session_id: str,
    *,
    client: Client,
    body: UpdateSessionBody,
    acting_user_id: str | None = None,
) -> Session:
    """Update a session.

    Args:
        client: The `raw` of an `OrbitServer`.
        session_id: The session's id, as returned when the session was created.
        body: The fields to update. Omitted fields stay unchanged.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        OrbitServerError: For any API or network error. The API's errors are 400 (`bad_request`,
            `acting_user_required`), 401 (`unauthorized`), 403 (`forbidden`, `acting_user_unknown`,
            `acting_user_inactive`), 404 (`resource_not_found`), 408 (`request_timeout`), 409 (`conflict`), 413
            (`too_large`), 415 (`unsupported_media_type`), 422 (`validation_failed`), 429 (`rate_limited`), 431
            (`too_large`), 500 (`server_error`), 503 (`server_error`). Other codes can occur.
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return sync_client(client, __name__).execute(build(session_id, body=body, acting_user_id=acting_user_id))


async def asyncio_detailed(
    session_id: str,
    *,
    client: AsyncClient,
    body: UpdateSessionBody,
    acting_user_id: str | None = None,
) -> Response[Session]:
    """Update a session. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(
        build(session_id, body=body, acting_user_id=acting_user_id)
    )


async def asyncio(
    session_id: str,
    *,
    client: AsyncClient,
    body: UpdateSessionBody,
    acting_user_id: str | None = None,
) -> Session:
    """Update a session. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build(session_id, body=body, acting_user_id=acting_user_id))
