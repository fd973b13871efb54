from ..types import Field, Model
from .invoice_line import InvoiceLine
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Literal, Self

class Invoice(Model):
    id: str
    number: str | None
    status: Literal['draft', 'issued', 'overdue', 'paid', 'void'] | str | None
    period_start: datetime | None
    period_end: datetime | None
    lines: list[InvoiceLine] | None
    subtotal_amount: float | None
    tax_amount: float | None
    total_amount: float | None
    currency: str | None
    pdf_url: str | None
    issued_at: datetime | None
    due_at: datetime | None
    paid_at: datetime | None
    created_at: datetime | None
    updated_at: datetime | None
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
