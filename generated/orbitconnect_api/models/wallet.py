"""The model Wallet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import (
    Field,
    Model,
    as_utc,
    from_iso,
    new,
    read_datetime,
    read_float,
    read_str,
    write_datetime,
)


@define(eq=False, repr=False, kw_only=True)
class Wallet(Model):
    """The balance that usage is paid from.

    All amounts are in major units of the currency: 5.00 is five euros or dollars.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        balance: The balance of the wallet, in major units of the currency (unit inferred). The vendor documents this
            property.
        currency: The currency, as an ISO 4217 code (format inferred). The vendor documents this property.
        created_at: When the wallet was created.
        updated_at: When the balance last changed.
    """

    balance: float
    currency: str
    created_at: datetime | None = None
    updated_at: datetime | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("balance", "balance", None, read_float),
        Field("currency", "currency", None, read_str),
        Field("created_at", "created_at", write_datetime, read_datetime),
        Field("updated_at", "updated_at", write_datetime, read_datetime),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.balance = value if type(value := get("balance")) is float else read_float(value)
        self.currency = value if type(value := get("currency")) is str else read_str(value)
        try:
            self.created_at = (
                value if (value := get("created_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
            self.updated_at = (
                value if (value := get("updated_at")) is None or (value := from_iso(value)).tzinfo else as_utc(value)
            )
        except (TypeError, ValueError):  # A rare form of a time, or none.
            self.created_at = read_datetime(get("created_at"))
            self.updated_at = read_datetime(get("updated_at"))
        self._raw = src_dict
        return self
