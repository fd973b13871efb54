from ..types import Field, Model
from .upload_part import UploadPart
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Self

class MultipartSession(Model):
    session_id: str
    media_id: str | None
    mime_type: str | None
    filename: str | None
    part_size: int | None
    parts: list[UploadPart] | None
    method: str | None
    max_size: int | None
    created_at: datetime | None
    expires_at: datetime | None
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
