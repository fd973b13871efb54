"""The model InvoiceEventData."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import (
    Field,
    Model,
    WriteModel,
    new,
    read_model,
    read_object,
)
from .invoice import Invoice


@define(eq=False, repr=False, kw_only=True)
class InvoiceEventData(Model):
    """The invoice that the event is about.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        invoice: The invoice.
    """

    invoice: Invoice
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (Field("invoice", "invoice", WriteModel(Invoice), read_object),)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.invoice = read_model(Invoice, get("invoice"))
        self._raw = src_dict
        return self
