from ..types import Field, Model
from .transaction import Transaction
from .wallet import Wallet
from collections.abc import Mapping
from typing import Any, ClassVar, Self

class WalletToppedUpEventData(Model):
    wallet: Wallet
    transaction: Transaction | None
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
