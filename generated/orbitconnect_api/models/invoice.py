"""The model Invoice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Literal, Self

from attrs import define, field

from ..types import (
    Field,
    Model,
    as_utc,
    from_iso,
    mask,
    new,
    read_datetime,
    read_float,
    read_list,
    read_models,
    read_str,
    write_datetime,
    write_models,
)
from .invoice_line import InvoiceLine


@define(eq=False, repr=False, kw_only=True)
class Invoice(Model):
    """An invoice for the usage in a period. All amounts are in major units of its currency.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        id: The invoice's id.
        number: The number printed on the invoice. Null while it is a draft.
        status: The status of the invoice.
        period_start: The start of the period that the invoice covers.
        period_end: The end of the period that the invoice covers, exclusive.
        lines: The lines of the invoice.
        subtotal_amount: The sum of the lines, excluding tax.
        tax_amount: The tax.
        total_amount: The amount due, including tax.
        currency: The currency, as an ISO 4217 code.
        pdf_url: The URL of the invoice as a PDF. Anyone who has the URL can fetch it (inferred). Null if there is none.
        issued_at: When the invoice was issued. Null while it is a draft.
        due_at: When payment is due. Null while it is a draft.
        paid_at: When the invoice was paid. Null until then.
        created_at: When the invoice was generated.
        updated_at: When the invoice was last updated.
    """

    id: str
    number: str | None = None
    status: Literal["draft", "issued", "overdue", "paid", "void"] | str | None = None
    period_start: datetime | None = None
    period_end: datetime | None = None
    lines: list[InvoiceLine] | None = None
    subtotal_amount: float | None = None
    tax_amount: float | None = None
    total_amount: float | None = None
    currency: str | None = None
    pdf_url: str | None = field(default=None, repr=mask)
    issued_at: datetime | None = None
    due_at: datetime | None = None
    paid_at: datetime | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("id", "id", None, read_str),
        Field("number", "number", None, read_str),
        Field("status", "status", None, read_str),
        Field("period_start", "period_start", write_datetime, read_datetime),
        Field("period_end", "period_end", write_datetime, read_datetime),
        Field("lines", "lines", write_models, read_list),
        Field("subtotal_amount", "subtotal_amount", None, read_float),
        Field("tax_amount", "tax_amount", None, read_float),
        Field("total_amount", "total_amount", None, read_float),
        Field("currency", "currency", None, read_str),
        Field("pdf_url", "pdf_url", None, read_str),
        Field("issued_at", "issued_at", write_datetime, read_datetime),
        Field("due_at", "due_at", write_datetime, read_datetime),
        Field("paid_at", "paid_at", write_datetime, read_datetime),
        Field("created_at", "created_at", write_datetime, read_datetime),
        Field("updated_at", "updated_at", write_datetime, read_datetime),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.id = value if type(value := get("id")) is str else read_str(value)
        self.number = value if (value := get("number")) is None or type(value) is str else read_str(value)
        self.status = value if type(value := get("status")) is str or value is None else read_str(value)
        self.lines = (
            read_models(InvoiceLine, value) if (value := get("lines")) else [] if isinstance(value, list) else None
        )
        self.subtotal_amount = (
            value if type(value := get("subtotal_amount")) is float or value is None else read_float(value)
        )
        self.tax_amount = value if type(value := get("tax_amount")) is float or value is None else read_float(value)
        self.total_amount = value if type(value := get("total_amount")) is float or value is None else read_float(value)
        self.currency = value if type(value := get("currency")) is str or value is None else read_str(value)
        self.pdf_url = value if (value := get("pdf_url")) is None or type(value) is str else read_str(value)
        try:
            self.period_start = (
                value if (value := get("period_start")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
            self.period_end = (
                value if (value := get("period_end")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
            self.issued_at = (
                value if (value := get("issued_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
            self.due_at = (
                value if (value := get("due_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
            self.paid_at = (
                value if (value := get("paid_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
            self.created_at = (
                value if (value := get("created_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
            self.updated_at = (
                value if (value := get("updated_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
        except (TypeError, ValueError):  # A rare form of a time, or none.
            self.period_start = read_datetime(get("period_start"))
            self.period_end = read_datetime(get("period_end"))
            self.issued_at = read_datetime(get("issued_at"))
            self.due_at = read_datetime(get("due_at"))
            self.paid_at = read_datetime(get("paid_at"))
            self.created_at = read_datetime(get("created_at"))
            self.updated_at = read_datetime(get("updated_at"))
        self._raw = src_dict
        return self
