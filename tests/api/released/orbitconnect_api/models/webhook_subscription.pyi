from ..types import Field, Model
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Self

class WebhookSubscription(Model):
    id: str
    webhook_id: str | None
    event_type: str | None
    created_at: datetime | None
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
