"""Add an ICE candidate: POST /calls/{call_id}/ice-candidates.

Passes one of the acting user's ICE candidates to the other user in the call. Only needed for custom signaling.

Wire form: inferred. Retry class: never.
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
    """Prepares the call; nothing is sent.

    Args:
        call_id: The call's id, as returned when the call was initiated.
        body: The ICE candidate.
        acting_user_id: The id of the user on whose behalf it is done. The client's own where it is bound to one.

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
    """Does what `sync` does; returns the status, the headers and the body as well."""
    return sync_client(client, __name__).execute_detailed(build(call_id, body=body, acting_user_id=acting_user_id))


def sync(
    call_id: str,
    *,
    client: Client,
    body: AddCallIceCandidateBody,
    acting_user_id: str | None = None,
) -> None:
    """Add an ICE candidate. The arguments are those of `build`.

    Args:
        client: The `raw` of an `OrbitServer`.
        call_id: The call's id, as returned when the call was initiated.
        body: The ICE candidate.
        acting_user_id: The id of the user on whose behalf it is done. The client's own where it is bound to one.

    Raises:
        OrbitServerError: If the call failed.
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
    """Does what `sync_detailed` does, with the `raw` of an `AsyncOrbitServer`."""
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
    """Does what `sync` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build(call_id, body=body, acting_user_id=acting_user_id))
