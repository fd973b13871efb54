"""Move a session to another state: POST /sessions/{session_id}/transition.

Moves the session to another state, for example from a chat to a call, and returns the transition. `context_id`
identifies the conversation, call or meeting that the session moves to. The vendor's client always sends it, as null if
there is none.

The operation was observed with a transition type that the caller chose. The types that the convenience methods send are
inferred from the methods' names: `chat_to_call` (with a call's id), `call_to_meeting` (with a meeting's id) and
`meeting_to_chat` (with a conversation's id).

Provenance: observed. Retry class: never.
"""

from __future__ import annotations

from typing import Any

from ...models.transition import Transition
from ...models.transition_session_body import TransitionSessionBody
from ...operations import TRANSITION_SESSION
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
    body: TransitionSessionBody,
    acting_user_id: str | None = None,
) -> Request[Transition]:
    """Build the request without sending it.

    Args:
        session_id: The session's id, as returned when the session was created.
        body: The transition to make.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        TRANSITION_SESSION,
        f"/sessions/{path_segment(session_id, 'session_id')}/transition",
        parse,
        body=body_of(body, TransitionSessionBody),
        acting_user_id=acting_user_id,
    )


def parse(data: Any) -> Transition:
    """Parse the response's data.

    Raises:
        UnexpectedData: If the data does not match the contract.
    """
    return result_model(Transition, data)


def sync_detailed(
    session_id: str,
    *,
    client: Client,
    body: TransitionSessionBody,
    acting_user_id: str | None = None,
) -> Response[Transition]:
    """Move a session to another state. Like `sync`, but returns the status, headers and body as well."""
    return sync_client(client, __name__).execute_detailed(build(session_id, body=body, acting_user_id=acting_user_id))


def sync(
    session_id: str,
    *,
    client: Client,
    body: TransitionSessionBody,
    acting_user_id: str | None = None,
) -> Transition:
    """Move a session to another state.

    Args:
        client: The `raw` of an `OrbitServer`.
        session_id: The session's id, as returned when the session was created.
        body: The transition to make.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        OrbitServerError: For any API or network error. The API's errors are 400 (`bad_request`,
            `acting_user_required`), 401 (`unauthorized`), 403 (`acting_user_unknown`, `acting_user_inactive`), 404
            (`resource_not_found`), 408 (`request_timeout`), 409 (`conflict`), 413 (`too_large`), 415
            (`unsupported_media_type`), 422 (`validation_failed`), 429 (`rate_limited`), 431 (`too_large`), 500
            (`server_error`), 503 (`server_error`). Other codes can occur.
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return sync_client(client, __name__).execute(build(session_id, body=body, acting_user_id=acting_user_id))


async def asyncio_detailed(
    session_id: str,
    *,
    client: AsyncClient,
    body: TransitionSessionBody,
    acting_user_id: str | None = None,
) -> Response[Transition]:
    """Move a session to another state. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(
        build(session_id, body=body, acting_user_id=acting_user_id)
    )


async def asyncio(
    session_id: str,
    *,
    client: AsyncClient,
    body: TransitionSessionBody,
    acting_user_id: str | None = None,
) -> Transition:
    """Move a session to another state. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build(session_id, body=body, acting_user_id=acting_user_id))
