"""A view for Flask; needs the extra `flask`.

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
    """Create a Flask view for a receiver. Its rule accepts only POST, even if the rule names no methods.

    The view reads no more of a body than the receiver's `max_body`, or the application's `MAX_CONTENT_LENGTH` if that
    is less, and answers 413 to a larger one.

    Args:
        receiver: The receiver. If an application has several, give each rule its own `endpoint`.

    Returns:
        A view for `add_url_rule` of an application or a blueprint.

    Raises:
        TypeError: If the receiver is an `AsyncWebhookReceiver`.

    Example:
        ```python
        blueprint.add_url_rule("/webhooks/orbit", view_func=webhook_view(receiver))
        ```
    """
    if not isinstance(receiver, WebhookReceiver):  # pyright: ignore[reportUnnecessaryIsInstance]  # Callers may not check types.
        raise TypeError(
            f"receiver must be a WebhookReceiver, not {type(receiver).__name__}: Flask's views are not async."
        )

    def orbit_webhook() -> Response:
        receipt = _receive(receiver)
        return Response(receipt.body, receipt.status, receipt.headers)

    # Flask looks here for the methods of a rule that names none.
    orbit_webhook.methods = ["POST"]  # type: ignore[attr-defined]  # pyright: ignore[reportFunctionMemberAccess]
    return orbit_webhook


def _receive(receiver: WebhookReceiver) -> Receipt:
    try:
        return receiver.receive(_body(receiver.max_body), request.headers.items())
    except NotReceived as reason:
        return reason.receipt


def _body(limit: int) -> bytes:
    """Read the body, unless it is larger than the limit.

    Raises:
        NotReceived: If there is no body to verify.
    """
    configured = request.max_content_length
    if configured is not None:
        limit = min(limit, configured)
    # One more byte, because Werkzeug silently truncates a body of unknown length at its limit.
    request.max_content_length = limit + 1
    try:
        body = request.get_data(cache=False) or unannounced_body(request.environ, limit)
    except RequestEntityTooLarge:
        raise NotReceived(TOO_LARGE) from None
    except Exception as error:  # noqa: BLE001  # Each server raises its own errors for what senders do.
        raise NotReceived(unreadable_body(error)) from None
    if len(body) > limit:
        raise NotReceived(TOO_LARGE)
    return body
