"""Complete a multipart upload: POST /media/multipart/complete.

Joins the uploaded parts into one file and closes the upload session. Returns the new media file and starts
processing it.

Provenance: observed. Retry class: never.
"""

from __future__ import annotations

from typing import Any

from ...models.complete_multipart_upload_body import CompleteMultipartUploadBody
from ...models.media import Media
from ...operations import COMPLETE_MULTIPART_UPLOAD
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
    body: CompleteMultipartUploadBody,
    acting_user_id: str | None = None,
) -> Request[Media]:
    """Build the request without sending it.

    Args:
        body: The upload to complete.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        COMPLETE_MULTIPART_UPLOAD,
        "/media/multipart/complete",
        parse,
        body=body_of(body, CompleteMultipartUploadBody),
        acting_user_id=acting_user_id,
    )


def parse(data: Any) -> Media:
    """Parse the response's data.

    Raises:
        UnexpectedData: If the data does not match the contract.
    """
    return result_model(Media, data)


def sync_detailed(
    *,
    client: Client,
    body: CompleteMultipartUploadBody,
    acting_user_id: str | None = None,
) -> Response[Media]:
    """Complete a multipart upload. Like `sync`, but returns the status, headers and body as well."""
    return sync_client(client, __name__).execute_detailed(build(body=body, acting_user_id=acting_user_id))


def sync(
    *,
    client: Client,
    body: CompleteMultipartUploadBody,
    acting_user_id: str | None = None,
) -> Media:
    """Complete a multipart upload.

    Args:
        client: The `raw` of an `OrbitServer`.
        body: The upload to complete.
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
    return sync_client(client, __name__).execute(build(body=body, acting_user_id=acting_user_id))


async def asyncio_detailed(
    *,
    client: AsyncClient,
    body: CompleteMultipartUploadBody,
    acting_user_id: str | None = None,
) -> Response[Media]:
    """Complete a multipart upload. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(build(body=body, acting_user_id=acting_user_id))


async def asyncio(
    *,
    client: AsyncClient,
    body: CompleteMultipartUploadBody,
    acting_user_id: str | None = None,
) -> Media:
    """Complete a multipart upload. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build(body=body, acting_user_id=acting_user_id))
