from ..types import Field, Model
from .invoice import Invoice
from collections.abc import Mapping
from typing import Any, ClassVar, Self

class InvoiceEventData(Model):
    invoice: Invoice
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
