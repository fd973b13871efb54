from ..types import Field, Model
from .turn_credentials import TurnCredentials
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Self

class SfuSession(Model):
    id: str | None
    meeting_id: str | None
    app_user_id: str | None
    url: str | None
    token: str | None
    ice_servers: list[TurnCredentials] | None
    expires_at: datetime | None
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
