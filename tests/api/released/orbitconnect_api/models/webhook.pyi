from ..types import Field, Model
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Self

class Webhook(Model):
    id: str
    is_active: bool
    url: str | None
    secret: str | None
    created_at: datetime | None
    updated_at: datetime | None
    secret_rotated_at: datetime | None
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
