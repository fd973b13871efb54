from .receiver import AsyncWebhookReceiver, WebhookReceiver
from collections.abc import Awaitable as Awaitable, Callable
from starlette.requests import Request
from starlette.responses import Response

def webhook_endpoint(receiver: AsyncWebhookReceiver | WebhookReceiver) -> Callable[[Request], Awaitable[Response]]: ...
