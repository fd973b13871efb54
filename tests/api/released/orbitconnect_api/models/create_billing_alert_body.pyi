from ..types import Field, RequestModel
from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

class CreateBillingAlertBody(RequestModel):
    type: Literal['low_balance'] | str
    threshold: float
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
