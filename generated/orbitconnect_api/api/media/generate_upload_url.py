"""Create an upload URL: POST /media/upload-url.

Creates an upload session for one file. Upload the file's bytes to `upload_path` with `PUT`; OrbitConnect then
processes the file. Browsers and phones receive `media:ready` over their WebSocket. Backends receive the webhook event
`media.ready` (inferred).

`upload_path` is either relative to this API's origin or an absolute URL. Never send the secret key to another origin.
For large files, see `initMultipartUpload`.

Provenance: observed. Retry class: safe. If the response is lost, the upload session goes unused.
"""

from __future__ import annotations

from typing import Any

from ...models.generate_upload_url_body import GenerateUploadUrlBody
from ...models.upload_session import UploadSession
from ...operations import GENERATE_UPLOAD_URL
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
    body: GenerateUploadUrlBody,
    acting_user_id: str | None = None,
) -> Request[UploadSession]:
    """Build the request without sending it.

    Args:
        body: The file to upload.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return Request(
        GENERATE_UPLOAD_URL,
        "/media/upload-url",
        parse,
        body=body_of(body, GenerateUploadUrlBody),
        acting_user_id=acting_user_id,
    )


def parse(data: Any) -> UploadSession:
    """Parse the response's data.

    Raises:
        UnexpectedData: If the data does not match the contract.
    """
    return result_model(UploadSession, data)


def sync_detailed(
    *,
    client: Client,
    body: GenerateUploadUrlBody,
    acting_user_id: str | None = None,
) -> Response[UploadSession]:
    """Create an upload URL. Like `sync`, but returns the status, headers and body as well."""
    return sync_client(client, __name__).execute_detailed(build(body=body, acting_user_id=acting_user_id))


def sync(
    *,
    client: Client,
    body: GenerateUploadUrlBody,
    acting_user_id: str | None = None,
) -> UploadSession:
    """Create an upload URL.

    Args:
        client: The `raw` of an `OrbitServer`.
        body: The file to upload.
        acting_user_id: The acting user's id. Defaults to the user that the client is bound to, if any.

    Raises:
        OrbitServerError: For any API or network error. The API's errors are 400 (`bad_request`,
            `acting_user_required`), 401 (`unauthorized`), 403 (`acting_user_unknown`, `acting_user_inactive`), 408
            (`request_timeout`), 413 (`too_large`), 415 (`unsupported_media_type`), 422 (`validation_failed`), 429
            (`rate_limited`), 431 (`too_large`), 500 (`server_error`), 503 (`server_error`). Other codes can occur.
        TypeError: If an argument has the wrong type.
        ValueError: If an argument has a value that cannot be sent.
    """
    return sync_client(client, __name__).execute(build(body=body, acting_user_id=acting_user_id))


async def asyncio_detailed(
    *,
    client: AsyncClient,
    body: GenerateUploadUrlBody,
    acting_user_id: str | None = None,
) -> Response[UploadSession]:
    """Create an upload URL. Like `sync_detailed`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute_detailed(build(body=body, acting_user_id=acting_user_id))


async def asyncio(
    *,
    client: AsyncClient,
    body: GenerateUploadUrlBody,
    acting_user_id: str | None = None,
) -> UploadSession:
    """Create an upload URL. Like `sync`, with the `raw` of an `AsyncOrbitServer`."""
    return await async_client(client, __name__).execute(build(body=body, acting_user_id=acting_user_id))
