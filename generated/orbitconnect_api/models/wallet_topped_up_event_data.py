"""The model WalletToppedUpEventData."""

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
from .transaction import Transaction
from .wallet import Wallet


@define(eq=False, repr=False, kw_only=True)
class WalletToppedUpEventData(Model):
    """The wallet that money was added to.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        wallet: The wallet after the change.
        transaction: The transaction.
    """

    wallet: Wallet
    transaction: Transaction | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("wallet", "wallet", WriteModel(Wallet), read_object),
        Field("transaction", "transaction", WriteModel(Transaction), read_object),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.wallet = read_model(Wallet, get("wallet"))
        self.transaction = None if (value := get("transaction")) is None else read_model(Transaction, value)
        self._raw = src_dict
        return self
