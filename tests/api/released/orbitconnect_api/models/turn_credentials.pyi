from ..types import Field, Model
from collections.abc import Mapping
from typing import Any, ClassVar, Self

class TurnCredentials(Model):
    urls: list[str]
    username: str
    credential: str
    ttl: int
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
