from ..types import Field, Model
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Self

class MediaUrl(Model):
    url: str
    media_id: str | None
    mime_type: str | None
    expires_at: datetime | None
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
