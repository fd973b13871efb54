from .headers import HasItems
from .receiver import AsyncWebhookReceiver, WebhookReceiver
from collections.abc import Callable, Mapping
from typing import Any, Protocol

class _Request(Protocol):
    method: str | None
    content_type: str | None
    headers: HasItems
    META: Mapping[str, object]
    @property
    def body(self) -> bytes: ...

def webhook_view(receiver: AsyncWebhookReceiver | WebhookReceiver) -> Callable[..., Any]: ...
