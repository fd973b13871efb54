from ..types import Field, Model
from .media_error import MediaError
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Literal, Self

class Media(Model):
    id: str
    mime_type: str | None
    filename: str | None
    size: int | None
    status: Literal['deleted', 'failed', 'pending', 'processing', 'ready', 'uploaded'] | str | None
    error: MediaError | None
    checksum: str | None
    recording_id: str | None
    created_by: str | None
    created_at: datetime | None
    updated_at: datetime | None
    uploaded_at: datetime | None
    ready_at: datetime | None
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
