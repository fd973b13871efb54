from ..types import Field, Model
from .billing_alert import BillingAlert
from collections.abc import Mapping
from typing import Any, ClassVar, Self

class BillingAlertEventData(Model):
    alert: BillingAlert
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
