from ..types import Field, RequestModel, Unset
from collections.abc import Mapping
from typing import Any, ClassVar, Self

class RecordUsageEventBody(RequestModel):
    event_type: str
    quantity: float
    metadata: Mapping[str, Any] | Unset
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
