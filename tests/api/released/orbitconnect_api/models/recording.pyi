from ..types import Field, Model
from .media_error import MediaError
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Literal, Self

class Recording(Model):
    id: str
    session_id: str | None
    session_type: Literal['call', 'meeting'] | str | None
    status: Literal['failed', 'processing', 'ready', 'recording'] | str | None
    error: MediaError | None
    media_id: str | None
    duration_seconds: int | None
    options: dict[str, Any] | None
    started_by: str | None
    stopped_by: str | None
    started_at: datetime | None
    ended_at: datetime | None
    created_at: datetime | None
    updated_at: datetime | None
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
