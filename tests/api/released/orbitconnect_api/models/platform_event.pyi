from ..types import Field, Model
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Literal, Self

class PlatformEvent(Model):
    id: str
    type: str | None
    source: Literal['platform', 'published'] | str | None
    payload: dict[str, Any] | None
    delivery_count: int | None
    last_replayed_at: datetime | None
    created_at: datetime | None
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
