from ..types import Field, Model
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Self

class UploadSession(Model):
    upload_path: str
    id: str | None
    media_id: str | None
    method: str | None
    headers: dict[str, Any] | None
    mime_type: str | None
    max_size: int | None
    created_at: datetime | None
    expires_at: datetime | None
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
