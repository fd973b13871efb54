from .dispatcher import AsyncEventDispatcher, EventDispatcher
from .once.protocol import AnyClaimStore, ClaimStore
from _typeshed import Incomplete
from collections.abc import Sequence
from datetime import timedelta
from typing import Final, TypeAlias

DEFAULT_MAX_BODY: Final[Incomplete]
Secret: TypeAlias = str | bytes | Sequence[str | bytes]

class NoHandler(Exception): ...

class ReceiverBase:
    max_body: Final[Incomplete]
    def __init__(self, signature_header: str, max_body: int, endpoint: str | None, max_age: float | timedelta | None) -> None: ...

def check_parts(events: EventDispatcher, store: ClaimStore | None) -> None: ...
def check_async_parts(events: AsyncEventDispatcher, store: AnyClaimStore | None) -> None: ...
def is_announced_larger(content_length: str | None, limit: int) -> bool: ...
