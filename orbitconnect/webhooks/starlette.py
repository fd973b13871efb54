"""An endpoint for FastAPI and Starlette; needs the extra `fastapi` or `starlette`.

app = FastAPI()
app.add_route("/webhooks/orbit", webhook_endpoint(receiver), methods=["POST"])
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from .._extras import how_to_install
from .receipts import TOO_LARGE, UNREADABLE, NotReceived, Receipt, body_taken
from .receiver import AsyncWebhookReceiver, WebhookReceiver
from .receiver_base import is_announced_larger

try:
    from starlette.concurrency import run_in_threadpool
    from starlette.requests import ClientDisconnect, Request
    from starlette.responses import Response
except ImportError as _missing:
    raise ImportError(
        "orbitconnect.webhooks.starlette needs Starlette, which is not installed and which the extra [fastapi] also "
        "brings. " + how_to_install("starlette"),
        name=_missing.name,
    ) from None

__all__ = ["webhook_endpoint"]


def webhook_endpoint(receiver: AsyncWebhookReceiver | WebhookReceiver) -> Callable[[Request], Awaitable[Response]]:
    """Create a FastAPI or Starlette endpoint for a receiver.

    The endpoint reads no more of a body than the receiver's `max_body`, and answers 413 to a larger one.

    Args:
        receiver: The receiver. A `WebhookReceiver` runs in Starlette's thread pool.

    Returns:
        An endpoint for `Route`, and for `add_route` of an application or a router.

    Example:
        ```python
        app = Starlette(routes=[Route("/webhooks/orbit", webhook_endpoint(receiver), methods=["POST"])])
        ```
    """

    async def orbit_webhook(request: Request) -> Response:
        receipt = await _receive(receiver, request)
        return Response(receipt.body, receipt.status, receipt.headers)

    return orbit_webhook


async def _receive(receiver: AsyncWebhookReceiver | WebhookReceiver, request: Request) -> Receipt:
    headers = request.headers.items()
    try:
        if isinstance(receiver, AsyncWebhookReceiver):
            return await receiver.receive(await _body(request, receiver.max_body), headers)
        return await run_in_threadpool(receiver.receive, await _body(request, receiver.max_body), headers)
    except NotReceived as reason:
        return reason.receipt


async def _body(request: Request, limit: int) -> bytes:
    """Read the body, unless it is larger than the limit.

    Raises:
        NotReceived: If there is no body to verify.
    """
    if is_announced_larger(request.headers.get("content-length"), limit):
        raise NotReceived(TOO_LARGE)
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > limit:
                raise NotReceived(TOO_LARGE)
    except ClientDisconnect:
        raise NotReceived(UNREADABLE) from None
    except RuntimeError as error:
        if str(error) != "Stream consumed":
            raise
        raise NotReceived(body_taken()) from None
    return bytes(body)
