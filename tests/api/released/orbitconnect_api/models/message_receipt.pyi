from ..types import Field, Model
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Literal, Self

class MessageReceipt(Model):
    app_user_id: str | None
    status: Literal['delivered', 'read', 'sent'] | str | None
    delivered_at: datetime | None
    read_at: datetime | None
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
