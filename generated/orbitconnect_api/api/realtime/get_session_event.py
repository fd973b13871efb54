"""Get a session's event: GET /sessions/{session_id}/events/{event_id}.

Returns an event that was emitted in the session.

Provenance: observed. Retry class: safe.
"""

from __future__ import annotations

from typing import Any

from ...models.session_event import SessionEvent
from ...operations import GET_SESSION_EVENT
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
    session_id: str,
    event_id: str,
    *,
    acting_user_id: str | None = None,
) -> Request[SessionEvent]:
    """Build the request without sending it.

    Args:
        session_id: The session's id, as returned when the session was created.
        event_id: The event's id, as returned when the event was emitted.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        GET_SESSION_EVENT,
        f"/sessions/{path_segment(session_id, 'session_id')}/events/{path_segment(event_id, 'event_id')}",
        parse,
        acting_user_id=acting_user_id,
    )


def parse(data: Any) -> SessionEvent:
    """Parse the response's data.

    Raises:
        UnexpectedData: If the data does not match the contract.
    """
    return result_model(SessionEvent, data)


def sync_detailed(
    session_id: str,
    event_id: str,
    *,
    client: Client,
    acting_user_id: str | None = None,
) -> Response[SessionEvent]:
    """Get a session's event. Like `sync`, but returns the status, headers and body as well."""
    return sync_client(client, __name__).execute_detailed(build(session_id, event_id, acting_user_id=acting_user_id))


def sync(
    session_id: str,
    event_id: str,
    *,
    client: Client,
    acting_user_id: str | None = None,
) -> SessionEvent:
    """Get a session's event.

    Args:
        client: The `raw` of an `OrbitServer`.
        session_id: The session's id, as returned when the session was created.
        event_id: The event's id, as returned when the event was emitted.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        OrbitServerError: For any API or network error. The API's errors are 400 (`bad_request`,
            `acting_user_required`), 401 (`unauthorized`), 403 (`acting_user_unknown`, `acting_user_inactive`), 404
            (`resource_not_found`), 429 (`rate_limited`), 431 (`too_large`), 500 (`server_error`), 503 (`server_error`).
            Other codes can occur.
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return sync_client(client, __name__).execute(build(session_id, event_id, acting_user_id=acting_user_id))


async def asyncio_detailed(
    session_id: str,
    event_id: str,
    *,
    client: AsyncClient,
    acting_user_id: str | None = None,
) -> Response[SessionEvent]:
    """Get a session's event. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(
        build(session_id, event_id, acting_user_id=acting_user_id)
    )


async def asyncio(
    session_id: str,
    event_id: str,
    *,
    client: AsyncClient,
    acting_user_id: str | None = None,
) -> SessionEvent:
    """Get a session's event. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build(session_id, event_id, acting_user_id=acting_user_id))
