from .once import OnceError
from _typeshed import Incomplete
from collections.abc import Mapping
from orbitconnect_api.types import SafeRepr
from typing import Final

BUSY_SECONDS: Final[int]

class Receipt(SafeRepr):
    status: int
    body: bytes
    headers: Mapping[str, str]

HANDLED: Final[Incomplete]
ALREADY_HANDLED: Final[Incomplete]
NO_HANDLER: Final[Incomplete]
UNREADABLE: Final[Incomplete]
REFUSED: Final[Incomplete]
TOO_OLD: Final[Incomplete]
NOT_A_POST: Final[Incomplete]
TOO_LARGE: Final[Incomplete]
BODY_TAKEN: Final[Incomplete]
BUSY: Final[Incomplete]
STORE_FAILED: Final[Incomplete]

class NotReceived(Exception):
    receipt: Final[Incomplete]
    def __init__(self, receipt: Receipt) -> None: ...

def unreadable_body(error: Exception) -> Receipt: ...
def body_taken() -> Receipt: ...
def not_handled_once(error: OnceError) -> Receipt: ...
