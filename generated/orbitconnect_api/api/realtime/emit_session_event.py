"""Emit an event in a session: POST /sessions/{session_id}/events.

Emits a custom event to the participants of the session and stores it in the session's history.

Wire form: observed. Retry class: never.
"""

from __future__ import annotations

from typing import Any

from ...models.emit_session_event_body import EmitSessionEventBody
from ...models.session_event import SessionEvent
from ...operations import EMIT_SESSION_EVENT
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
    body: EmitSessionEventBody,
    acting_user_id: str | None = None,
) -> Request[SessionEvent]:
    """Prepares the call; nothing is sent.

    Args:
        session_id: The session's id, as returned when the session was created.
        body: The custom event to emit.
        acting_user_id: The id of the user on whose behalf it is done. The client's own where it is bound to one.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        EMIT_SESSION_EVENT,
        f"/sessions/{path_segment(session_id, 'session_id')}/events",
        parse,
        body=body_of(body, EmitSessionEventBody),
        acting_user_id=acting_user_id,
    )


def parse(data: Any) -> SessionEvent:
    """Reads the answer's data.

    Raises:
        UnexpectedData: If they do not have the form that the contract declares.
    """
    return result_model(SessionEvent, data)


def sync_detailed(
    session_id: str,
    *,
    client: Client,
    body: EmitSessionEventBody,
    acting_user_id: str | None = None,
) -> Response[SessionEvent]:
    """Does what `sync` does; returns the status, the headers and the body as well."""
    return sync_client(client, __name__).execute_detailed(build(session_id, body=body, acting_user_id=acting_user_id))


def sync(
    session_id: str,
    *,
    client: Client,
    body: EmitSessionEventBody,
    acting_user_id: str | None = None,
) -> SessionEvent:
    """Emit an event in a session. The arguments are those of `build`.

    Args:
        client: The `raw` of an `OrbitServer`.
        session_id: The session's id, as returned when the session was created.
        body: The custom event to emit.
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
    body: EmitSessionEventBody,
    acting_user_id: str | None = None,
) -> Response[SessionEvent]:
    """Does what `sync_detailed` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(
        build(session_id, body=body, acting_user_id=acting_user_id)
    )


async def asyncio(
    session_id: str,
    *,
    client: AsyncClient,
    body: EmitSessionEventBody,
    acting_user_id: str | None = None,
) -> SessionEvent:
    """Does what `sync` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build(session_id, body=body, acting_user_id=acting_user_id))
