from .protocol import Claim
from collections.abc import Callable
from dataclasses import dataclass
from orbitconnect_api.types import SafeRepr

@dataclass(frozen=True, slots=True, repr=False)
class _Entry(SafeRepr):
    token: str
    until: float

class MemoryStore:
    def __init__(self, *, lease: float = ..., keep: float = ..., capacity: int = 100000, clock: Callable[[], float] = ...) -> None: ...
    def claim(self, key: str, /) -> Claim: ...
    def commit(self, key: str, token: str, /) -> None: ...
    def release(self, key: str, token: str, /) -> None: ...
