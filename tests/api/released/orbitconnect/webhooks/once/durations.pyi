from _typeshed import Incomplete
from typing import Final

DEFAULT_LEASE: Final[float]
DEFAULT_KEEP: Final[Incomplete]
DEFAULT_TIMEOUT: Final[float]

def checked_seconds(name: str, value: float) -> float: ...
