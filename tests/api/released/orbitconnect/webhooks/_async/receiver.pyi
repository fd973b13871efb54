from ..dispatcher import AsyncEventDispatcher
from ..headers import Headers
from ..once.protocol import AnyClaimStore
from ..receipts import Receipt
from ..receiver_base import ReceiverBase, Secret
from collections.abc import Callable
from datetime import timedelta

class AsyncWebhookReceiver(ReceiverBase):
    def __init__(self, *, secret: Secret | Callable[[], Secret], events: AsyncEventDispatcher, store: AnyClaimStore | None = None, signature_header: str = ..., max_body: int = ..., endpoint: str | None = None, max_age: float | timedelta | None = None) -> None: ...
    async def receive(self, body: bytes, headers: Headers) -> Receipt: ...
