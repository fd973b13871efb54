"""A view for Flask; takes the extra `flask`.

app = Flask(__name__)
app.add_url_rule("/webhooks/orbit", view_func=webhook_view(receiver))
"""

from __future__ import annotations

from collections.abc import Callable

from .._extras import how_to_install
from .receipts import TOO_LARGE, NotReceived, Receipt, unreadable_body
from .receiver import WebhookReceiver
from .wsgi import unannounced_body

try:
    from flask import Response, request
    from werkzeug.exceptions import RequestEntityTooLarge
except ImportError as _missing:
    raise ImportError(
        f"orbitconnect.webhooks.flask needs Flask, which is not installed. {how_to_install('flask')}",
        name=_missing.name,
    ) from None

__all__ = ["webhook_view"]


def webhook_view(receiver: WebhookReceiver) -> Callable[[], Response]:
    """Makes a view of a receiver. It is for POST, without being told.

    No more of the body is read than the receiver's `max_body`, or the application's `MAX_CONTENT_LENGTH` if that is
    less.

    Args:
        receiver: What takes the deliveries. With several of them, give each rule an `endpoint` of its own, too.

    Returns:
        What `add_url_rule` takes, of an application and of a blueprint.

    Raises:
        TypeError: If it is an `AsyncWebhookReceiver`.

    Example:
        ```python
        blueprint.add_url_rule("/webhooks/orbit", view_func=webhook_view(receiver))
        ```
    """
    if not isinstance(receiver, WebhookReceiver):  # pyright: ignore[reportUnnecessaryIsInstance]  # not everybody checks types
        raise TypeError(
            f"receiver must be a WebhookReceiver, not {type(receiver).__name__}: Flask's views are not async."
        )

    def orbit_webhook() -> Response:
        receipt = _receive(receiver)
        return Response(receipt.body, receipt.status, receipt.headers)

    # Where Flask looks for what a rule does not say.
    orbit_webhook.methods = ["POST"]  # type: ignore[attr-defined]  # pyright: ignore[reportFunctionMemberAccess]
    return orbit_webhook


def _receive(receiver: WebhookReceiver) -> Receipt:
    try:
        return receiver.receive(_body(receiver.max_body), request.headers.items())
    except NotReceived as reason:
        return reason.receipt


def _body(limit: int) -> bytes:
    """Reads the body, as far as it is not larger than the limit."""
    configured = request.max_content_length
    if configured is not None:
        limit = min(limit, configured)
    # One more, since Werkzeug ends a body of unknown length at the limit without a word.
    request.max_content_length = limit + 1
    try:
        body = request.get_data(cache=False) or unannounced_body(request.environ, limit)
    except RequestEntityTooLarge:
        raise NotReceived(TOO_LARGE) from None
    except Exception as error:  # noqa: BLE001  # Each server has errors of its own for what senders do.
        raise NotReceived(unreadable_body(error)) from None
    if len(body) > limit:
        raise NotReceived(TOO_LARGE)
    return body
