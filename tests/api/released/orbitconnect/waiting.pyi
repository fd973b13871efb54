from .errors import OrbitServerError
from _typeshed import Incomplete
from typing import Any

class WaitError(OrbitServerError):
    last_seen: Incomplete
    last_error: Incomplete
    def __init__(self, message: str = '', *, last_seen: Any = None, last_error: OrbitServerError | None = None, **facts: Any) -> None: ...

class WaitTimeoutError(WaitError, TimeoutError): ...
class NeverReachedError(WaitError): ...
