"""List a session's events: GET /sessions/{session_id}/events.

Returns the events emitted in the session, oldest first (inferred).

Wire form: observed. Retry class: safe.
"""

from __future__ import annotations

from typing import Any

from ...models.session_event import SessionEvent
from ...operations import LIST_SESSION_EVENTS
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
    session_id: str,
    *,
    acting_user_id: str | None = None,
) -> Request[list[SessionEvent]]:
    """Prepares the call; nothing is sent.

    Args:
        session_id: The session's id, as returned when the session was created.
        acting_user_id: The id of the user on whose behalf it is done. The client's own where it is bound to one.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        LIST_SESSION_EVENTS,
        f"/sessions/{path_segment(session_id, 'session_id')}/events",
        parse,
        acting_user_id=acting_user_id,
    )


def parse(data: Any) -> list[SessionEvent]:
    """Reads the answer's data.

    Raises:
        UnexpectedData: If they do not have the form that the contract declares.
    """
    return result_list(SessionEvent, data)


def sync_detailed(
    session_id: str,
    *,
    client: Client,
    acting_user_id: str | None = None,
) -> Response[list[SessionEvent]]:
    """Does what `sync` does; returns the status, the headers and the body as well."""
    return sync_client(client, __name__).execute_detailed(build(session_id, acting_user_id=acting_user_id))


def sync(
    session_id: str,
    *,
    client: Client,
    acting_user_id: str | None = None,
) -> list[SessionEvent]:
    """List a session's events. The arguments are those of `build`.

    Args:
        client: The `raw` of an `OrbitServer`.
        session_id: The session's id, as returned when the session was created.
        acting_user_id: The id of the user on whose behalf it is done. The client's own where it is bound to one.

    Raises:
        OrbitServerError: If the call failed.
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return sync_client(client, __name__).execute(build(session_id, acting_user_id=acting_user_id))


async def asyncio_detailed(
    session_id: str,
    *,
    client: AsyncClient,
    acting_user_id: str | None = None,
) -> Response[list[SessionEvent]]:
    """Does what `sync_detailed` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(build(session_id, acting_user_id=acting_user_id))


async def asyncio(
    session_id: str,
    *,
    client: AsyncClient,
    acting_user_id: str | None = None,
) -> list[SessionEvent]:
    """Does what `sync` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build(session_id, acting_user_id=acting_user_id))
