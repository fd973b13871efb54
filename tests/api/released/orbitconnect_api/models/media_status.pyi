from ..types import Field, Model
from .media_error import MediaError
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Literal, Self

class MediaStatus(Model):
    media_id: str | None
    job_id: str | None
    status: Literal['deleted', 'failed', 'pending', 'processing', 'ready', 'uploaded'] | str | None
    progress: int | None
    error: MediaError | None
    started_at: datetime | None
    ended_at: datetime | None
    updated_at: datetime | None
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
