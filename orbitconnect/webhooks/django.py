"""A view for Django, sync or async; needs the extra `django`.

urlpatterns = [path("webhooks/orbit", webhook_view(receiver))]
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, Protocol

from .._extras import how_to_install
from .headers import HasItems
from .receipts import NOT_A_POST, TOO_LARGE, UNREADABLE, NotReceived, Receipt, body_taken, unreadable_body
from .receiver import AsyncWebhookReceiver, WebhookReceiver
from .receiver_base import is_announced_larger
from .wsgi import unannounced_body

try:
    # Django has no type annotations, so a plain import would tell a type checker nothing.
    _http: Any = import_module("django.http")
    _exceptions: Any = import_module("django.core.exceptions")
except ImportError as _missing:
    raise ImportError(
        f"orbitconnect.webhooks.django needs Django, which is not installed. {how_to_install('django')}",
        name=_missing.name,
    ) from None

__all__ = ["webhook_view"]


class _Request(Protocol):
    """The part of Django's `HttpRequest` that a view uses."""

    method: str | None
    content_type: str | None
    headers: HasItems
    META: Mapping[str, object]

    @property
    def body(self) -> bytes: ...


def webhook_view(receiver: AsyncWebhookReceiver | WebhookReceiver) -> Callable[..., Any]:
    """Create a Django view for a receiver.

    The view needs neither a CSRF token nor a login, because the signature proves who the sender is. It answers 405 to
    any method other than POST, and 413 to a body larger than the receiver's `max_body` or the setting
    `DATA_UPLOAD_MAX_MEMORY_SIZE`.

    Args:
        receiver: The receiver. The view of an `AsyncWebhookReceiver` is async.

    Returns:
        A view for `path`.

    Example:
        ```python
        urlpatterns = [path("webhooks/orbit", webhook_view(receiver))]
        ```
    """
    view: Callable[..., Any]
    if isinstance(receiver, AsyncWebhookReceiver):

        async def async_orbit_webhook(request: _Request) -> object:
            try:
                return _response(await receiver.receive(_body(request, receiver.max_body), request.headers))
            except NotReceived as reason:
                return _response(reason.receipt)

        view = async_orbit_webhook
    else:

        def orbit_webhook(request: _Request) -> object:
            try:
                return _response(receiver.receive(_body(request, receiver.max_body), request.headers))
            except NotReceived as reason:
                return _response(reason.receipt)

        view = orbit_webhook
    # The attributes that Django's decorators `csrf_exempt` and `login_not_required` set. Before Django 5.0, the first
    # does not support async views; before 5.1, the second does not exist.
    vars(view).update(csrf_exempt=True, login_required=False)
    return view


def _body(request: _Request, limit: int) -> bytes:
    """Read the body, unless it is larger than the limit.

    Raises:
        NotReceived: If there is no body to verify.
    """
    if request.method != "POST":
        raise NotReceived(NOT_A_POST)
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    if is_announced_larger(length, limit):
        raise NotReceived(TOO_LARGE)
    if not length.lstrip("-").isdecimal():  # Django 6.1 treats such a body as empty; earlier versions raise.
        raise NotReceived(UNREADABLE)
    try:
        # Under ASGI, Django has already read the body, whether or not its length was declared.
        return request.body or unannounced_body(request.META, limit)
    except _exceptions.RequestDataTooBig:
        raise NotReceived(TOO_LARGE) from None
    except _http.RawPostDataException:
        # Middleware has already read `request.POST` or the stream, so the raw body is gone. (Deliveries are never
        # form-encoded.)
        is_form = request.content_type == "multipart/form-data"
        raise NotReceived(UNREADABLE if is_form else body_taken()) from None
    except Exception as error:  # noqa: BLE001  # Each server raises its own errors for what senders do.
        raise NotReceived(unreadable_body(error)) from None


def _response(receipt: Receipt) -> object:
    return _http.HttpResponse(receipt.body, status=receipt.status, headers=dict(receipt.headers))
