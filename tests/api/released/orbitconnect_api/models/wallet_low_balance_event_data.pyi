from ..types import Field, Model
from .billing_alert import BillingAlert
from .wallet import Wallet
from collections.abc import Mapping
from typing import Any, ClassVar, Self

class WalletLowBalanceEventData(Model):
    wallet: Wallet
    alert: BillingAlert | None
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
