from ..types import Field, RequestModel
from collections.abc import Mapping
from typing import Any, ClassVar, Self

class PublishEventBody(RequestModel):
    type: str
    payload: Mapping[str, Any]
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
