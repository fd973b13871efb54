"""Submit a WebRTC answer: POST /calls/{call_id}/answer.

Passes the acting user's SDP answer to the user who sent the offer. Only needed for custom signaling.

Wire form: inferred. Retry class: never.
"""

from __future__ import annotations

from typing import Any

from ...models.call import Call
from ...models.submit_call_answer_body import SubmitCallAnswerBody
from ...operations import SUBMIT_CALL_ANSWER
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
    call_id: str,
    *,
    body: SubmitCallAnswerBody,
    acting_user_id: str | None = None,
) -> Request[Call | None]:
    """Prepares the call; nothing is sent.

    Args:
        call_id: The call's id, as returned when the call was initiated.
        body: The WebRTC answer.
        acting_user_id: The id of the user on whose behalf it is done. The client's own where it is bound to one.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        SUBMIT_CALL_ANSWER,
        f"/calls/{path_segment(call_id, 'call_id')}/answer",
        parse,
        body=body_of(body, SubmitCallAnswerBody),
        acting_user_id=acting_user_id,
    )


def parse(data: Any) -> Call | None:
    """Reads the answer's data.

    Raises:
        UnexpectedData: If they do not have the form that the contract declares.
    """
    return None if data is None else result_model(Call, data)


def sync_detailed(
    call_id: str,
    *,
    client: Client,
    body: SubmitCallAnswerBody,
    acting_user_id: str | None = None,
) -> Response[Call | None]:
    """Does what `sync` does; returns the status, the headers and the body as well."""
    return sync_client(client, __name__).execute_detailed(build(call_id, body=body, acting_user_id=acting_user_id))


def sync(
    call_id: str,
    *,
    client: Client,
    body: SubmitCallAnswerBody,
    acting_user_id: str | None = None,
) -> Call | None:
    """Submit a WebRTC answer. The arguments are those of `build`.

    Args:
        client: The `raw` of an `OrbitServer`.
        call_id: The call's id, as returned when the call was initiated.
        body: The WebRTC answer.
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
    body: SubmitCallAnswerBody,
    acting_user_id: str | None = None,
) -> Response[Call | None]:
    """Does what `sync_detailed` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(
        build(call_id, body=body, acting_user_id=acting_user_id)
    )


async def asyncio(
    call_id: str,
    *,
    client: AsyncClient,
    body: SubmitCallAnswerBody,
    acting_user_id: str | None = None,
) -> Call | None:
    """Does what `sync` does, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build(call_id, body=body, acting_user_id=acting_user_id))
