from ..types import Field, RequestModel, Unset
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Self

class GenerateInvoiceBody(RequestModel):
    from_: datetime | str | Unset
    to: datetime | str | Unset
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
