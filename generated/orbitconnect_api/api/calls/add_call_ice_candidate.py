"""Add an ICE candidate: POST /calls/{call_id}/ice-candidates.

Passes one of the acting user's ICE candidates to the other user in the call. This is only needed for custom
signaling.

Provenance: inferred. Retry class: never.
"""

from __future__ import annotations

from ...models.add_call_ice_candidate_body import AddCallIceCandidateBody
from ...operations import ADD_CALL_ICE_CANDIDATE
from ...raw_calls import async_client, body_of, sync_client
from ...types import (
    AsyncClient,
    Client,
    Request,
    Response,
    path_segment,
    result_none,
)


def build(
    call_id: str,
    *,
    body: AddCallIceCandidateBody,
    acting_user_id: str | None = None,
) -> Request[None]:
    """Build the request without sending it.

    Args:
        call_id: The call's id, as returned when the call was initiated.
        body: The ICE candidate.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        ADD_CALL_ICE_CANDIDATE,
        f"/calls/{path_segment(call_id, 'call_id')}/ice-candidates",
        parse,
        body=body_of(body, AddCallIceCandidateBody),
        acting_user_id=acting_user_id,
    )


parse = result_none


def sync_detailed(
    call_id: str,
    *,
    client: Client,
    body: AddCallIceCandidateBody,
    acting_user_id: str | None = None,
) -> Response[None]:
    """Add an ICE candidate. Like `sync`, but returns the status, headers and body as well."""
    return sync_client(client, __name__).execute_detailed(build(call_id, body=body, acting_user_id=acting_user_id))


def sync(
    call_id: str,
    *,
    client: Client,
    body: AddCallIceCandidateBody,
    acting_user_id: str | None = None,
) -> None:
    """Add an ICE candidate.

    Args:
        client: The `raw` of an `OrbitServer`.
        call_id: The call's id, as returned when the call was initiated.
        body: The ICE candidate.
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
    return sync_client(client, __name__).execute(build(call_id, body=body, acting_user_id=acting_user_id))


async def asyncio_detailed(
    call_id: str,
    *,
    client: AsyncClient,
    body: AddCallIceCandidateBody,
    acting_user_id: str | None = None,
) -> Response[None]:
    """Add an ICE candidate. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(
        build(call_id, body=body, acting_user_id=acting_user_id)
    )


async def asyncio(
    call_id: str,
    *,
    client: AsyncClient,
    body: AddCallIceCandidateBody,
    acting_user_id: str | None = None,
) -> None:
    """Add an ICE candidate. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build(call_id, body=body, acting_user_id=acting_user_id))
