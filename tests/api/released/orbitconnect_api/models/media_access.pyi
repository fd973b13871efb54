from ..types import Field, Model
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Literal, Self

class MediaAccess(Model):
    id: str
    media_id: str | None
    app_user_id: str | None
    access_type: Literal['download', 'stream', 'view'] | str | None
    created_by: str | None
    created_at: datetime | None
    updated_at: datetime | None
    expires_at: datetime | None
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
