"""The model WalletLowBalanceEventData."""

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
from .billing_alert import BillingAlert
from .wallet import Wallet


@define(eq=False, repr=False, kw_only=True)
class WalletLowBalanceEventData(Model):
    """The wallet whose balance is low.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        wallet: The wallet.
        alert: The alert that was triggered.
    """

    wallet: Wallet
    alert: BillingAlert | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("wallet", "wallet", WriteModel(Wallet), read_object),
        Field("alert", "alert", WriteModel(BillingAlert), read_object),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.wallet = read_model(Wallet, get("wallet"))
        self.alert = None if (value := get("alert")) is None else read_model(BillingAlert, value)
        self._raw = src_dict
        return self
