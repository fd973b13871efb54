"""A view for Django, sync or async; takes the extra `django`.

urlpatterns = [path("webhooks/orbit", webhook_view(receiver))]
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from .._extras import how_to_install
from .receipts import NOT_A_POST, TOO_LARGE, UNREADABLE, NotReceived, Receipt, body_taken, unreadable_body
from .receiver import AsyncWebhookReceiver, WebhookReceiver
from .receiver_base import is_announced_larger
from .wsgi import unannounced_body

try:
    # Django has no types, so there is nothing that a plain import would tell a type checker.
    _http: Any = import_module("django.http")
    _exceptions: Any = import_module("django.core.exceptions")
except ImportError as _missing:
    raise ImportError(
        f"orbitconnect.webhooks.django needs Django, which is not installed. {how_to_install('django')}",
        name=_missing.name,
    ) from None

__all__ = ["webhook_view"]


def webhook_view(receiver: AsyncWebhookReceiver | WebhookReceiver) -> Callable[..., Any]:
    """Makes a view of a receiver.

    It needs neither a CSRF token nor a login, since the signature says who it is, and answers whatever is no POST with
    405. A body that is larger than the receiver's `max_body` or the setting `DATA_UPLOAD_MAX_MEMORY_SIZE` is refused.

    Args:
        receiver: What takes the deliveries. That of an `AsyncWebhookReceiver` is an async view.

    Returns:
        What `path` takes.

    Example:
        ```python
        urlpatterns = [path("webhooks/orbit", webhook_view(receiver))]
        ```
    """
    view: Any
    if isinstance(receiver, AsyncWebhookReceiver):

        async def async_orbit_webhook(request: Any) -> Any:
            try:
                return _answer(await receiver.receive(_body(request, receiver.max_body), request.headers))
            except NotReceived as reason:
                return _answer(reason.receipt)

        view = async_orbit_webhook
    else:

        def orbit_webhook(request: Any) -> Any:
            try:
                return _answer(receiver.receive(_body(request, receiver.max_body), request.headers))
            except NotReceived as reason:
                return _answer(reason.receipt)

        view = orbit_webhook
    # What Django's decorators `csrf_exempt` and `login_not_required` set. The former wraps no async view before
    # Django 5.0, and the latter came with 5.1.
    view.csrf_exempt = True
    view.login_required = False
    made: Callable[..., Any] = view
    return made


def _body(request: Any, limit: int) -> bytes:
    """Reads the body, as far as it is not larger than the limit."""
    if request.method != "POST":
        raise NotReceived(NOT_A_POST)
    length = request.META.get("CONTENT_LENGTH") or "0"
    if is_announced_larger(length, limit):
        raise NotReceived(TOO_LARGE)
    if not length.lstrip("-").isdecimal():  # Django 6.1 takes such a body for an empty one; before, it raised.
        raise NotReceived(UNREADABLE)
    try:
        # Under ASGI Django has read the body already, whether its length was known or not.
        body: bytes = request.body or unannounced_body(request.META, limit)
    except _exceptions.RequestDataTooBig:
        raise NotReceived(TOO_LARGE) from None
    except _http.RawPostDataException:
        # A middleware has read `request.POST` of a form, which no delivery is; or else the stream.
        is_form = request.content_type == "multipart/form-data"
        raise NotReceived(UNREADABLE if is_form else body_taken()) from None
    except Exception as error:  # noqa: BLE001  # Each server has errors of its own for what senders do.
        raise NotReceived(unreadable_body(error)) from None
    return body


def _answer(receipt: Receipt) -> Any:
    return _http.HttpResponse(receipt.body, status=receipt.status, headers=dict(receipt.headers))
